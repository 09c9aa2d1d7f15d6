#include "infer/timeline.h"
#include "infer/params.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BINS 4096
#define DAY 86400.0

/* Components of the mixture: flat, then the tree and the folder, each as they are and
 * smoothed over these many days. */
static const double smooth_days[] = { 0, 3, 30 };
#define NSMOOTH (sizeof(smooth_days) / sizeof(*smooth_days))
#define FLAT 0
#define TREE 1
#define FOLDER (TREE + NSMOOTH)
#define NPARTS (FOLDER + NSMOOTH)

/* How long before the translation's commit the state had been left behind by the next
 * one of its branch: not yet there, still the newest, then up to these many days. */
#define GAP_FUTURE 0
#define GAP_NEWEST 1
static const double gap_days[] = { 0, 0, 1, 3, 7, 14, 30, 90, 180, 365, 1e9 };
/* Part of the translation whose commits are too small to count. */
#define MIN_REST 0.05
#define NGAPS (sizeof(gap_days) / sizeof(*gap_days))

struct mass {
	uint32_t bin;
	float m;
};

struct amts_timeline {
	const struct amts_history *history;
	struct amts_timeline_file *files;
	size_t n, nbins, per;	/* states a bin */
	double *time;		/* of each bin, seconds */
	double *until;		/* when the next one of its run came */
	double *reach[NSMOOTH]; /* part of a bin's mass that reaches the next one */
	double part[NPARTS];	/* weights */
	double gap[NGAPS];
	double *lag;	       /* likelihood of a file's commits given each bin */
	double *tree, *folder; /* mass by bin, all files */
	double *density[NPARTS];
	double *sum, *own, *left; /* scratch, nbins + 1 */
	unsigned char *gap_bin;
	struct mass **q; /* of each file */
	size_t *nq;
};

static int follows(const struct amts_history *h, size_t state)
{
	return state && h->v[state].parent == state - 1;
}

static void lay_out(struct amts_timeline *s)
{
	const struct amts_history *h = s->history;
	size_t b, k, i;

	s->per = h->n / MAX_BINS + 1;
	s->nbins = (h->n + s->per - 1) / s->per;
	s->time = amts_calloc(s->nbins + 1, sizeof(*s->time));
	s->until = amts_calloc(s->nbins + 1, sizeof(*s->until));
	for (b = 0; b < s->nbins; b++)
		s->time[b] = (double)h->v[b * s->per].time;
	for (b = 0; b < s->nbins; b++)
		s->until[b] = b + 1 < s->nbins && follows(h, (b + 1) * s->per)
				      ? s->time[b + 1]
				      : HUGE_VAL;
	for (k = 0; k < NSMOOTH; k++) {
		s->reach[k] = amts_calloc(s->nbins + 1, sizeof(double));
		for (b = 0; b + 1 < s->nbins && smooth_days[k] > 0; b++) {
			double days = fabs(s->time[b + 1] - s->time[b]) / DAY;

			s->reach[k][b] = exp(-days / smooth_days[k]);
			for (i = b * s->per; i < (b + 1) * s->per; i++)
				if (!follows(h, i + 1))
					s->reach[k][b] = 0;
		}
	}
}

/* A unit of mass reaches other bins of its run, less with each day. */
static void smooth(double *out, const struct amts_timeline *s, const double *in, size_t k)
{
	double carry = 0, total = 0;
	size_t b;

	for (b = 0; b < s->nbins; b++) {
		out[b] = carry + in[b];
		carry = out[b] * s->reach[k][b];
	}
	carry = 0;
	for (b = s->nbins; b-- > 0;) {
		carry *= s->reach[k][b];
		out[b] += carry;
		carry += in[b];
		total += out[b];
	}
	for (b = 0; b < s->nbins && total > 0; b++)
		out[b] /= total;
}

/* All files of the tree or folder but this one. */
static void others(struct amts_timeline *s, const double *all, size_t f, size_t first)
{
	double total = 0;
	size_t b, k, i;

	memcpy(s->left, all, s->nbins * sizeof(*s->left));
	for (i = 0; i < s->nq[f]; i++)
		s->left[s->q[f][i].bin] -= (double)s->q[f][i].m;
	for (b = 0; b < s->nbins; b++) {
		if (s->left[b] < 1e-6)
			s->left[b] = 0;
		total += s->left[b];
	}
	for (b = 0; b < s->nbins; b++)
		s->left[b] = total > 1e-3 ? s->left[b] / total : 1.0 / (double)s->nbins;
	for (k = 0; k < NSMOOTH; k++)
		smooth(s->density[first + k], s, s->left, k);
}

static size_t gap_of(const struct amts_timeline *s, size_t bin, double t)
{
	size_t g = GAP_NEWEST + 1;

	if (s->time[bin] > t)
		return GAP_FUTURE;
	if (s->until[bin] > t)
		return GAP_NEWEST;
	while (g + 1 < NGAPS && t - s->until[bin] > gap_days[g] * DAY)
		g++;
	return g;
}

/* How likely the dates of the translation's commits are if a state was its base, against
 * any state. */
static void set_lag(struct amts_timeline *s, const struct amts_timeline_file *f)
{
	double rest = 1;
	size_t k, b;

	memset(s->lag, 0, s->nbins * sizeof(*s->lag));
	for (k = 0; k < f->nbirths; k++) {
		double count[NGAPS] = { 0 };

		for (b = 0; b < s->nbins; b++) {
			s->gap_bin[b] =
				(unsigned char)gap_of(s, b, (double)f->births[k].time);
			count[s->gap_bin[b]]++;
		}
		for (b = 0; b < s->nbins; b++) {
			size_t g = s->gap_bin[b];

			s->lag[b] += f->births[k].share * s->gap[g] * (double)s->nbins /
				     count[g];
		}
		rest -= f->births[k].share;
	}
	for (b = 0; b < s->nbins; b++)
		s->lag[b] =
			pow(s->lag[b] + (rest > MIN_REST ? rest : MIN_REST), LAG_TRUST);
}

static void set_density(struct amts_timeline *s, size_t f)
{
	size_t b, k;

	for (b = 0; b < s->nbins; b++)
		s->density[FLAT][b] = 1.0 / (double)s->nbins;
	others(s, s->tree, f, TREE);
	others(s, s->folder, f, FOLDER);
	set_lag(s, &s->files[f]);
	for (k = 0; k < NPARTS; k++)
		for (b = 0; b < s->nbins; b++)
			s->density[k][b] *= s->lag[b];
}

/* Mass of a version: the states in which it stood. */
static void add_up(double *sum, const struct amts_timeline *s, const double *density)
{
	size_t b;

	sum[0] = 0;
	for (b = 0; b < s->nbins; b++)
		sum[b + 1] = sum[b] + density[b];
}

static double below(const struct amts_timeline *s, const double *sum, size_t state)
{
	size_t b = state / s->per;
	double part = (double)(state - b * s->per) / (double)s->per;

	return b >= s->nbins ? sum[s->nbins] : sum[b] + part * (sum[b + 1] - sum[b]);
}

static double mass_of(
	const struct amts_timeline *s, const double *sum, const struct amts_version *v)
{
	double m = 0;
	size_t i;

	for (i = 0; i < v->nalive; i++)
		m += below(s, sum, v->alive[i].end) - below(s, sum, v->alive[i].beg);
	return m;
}

/* Posterior of the versions of one file, and how much each part of the mixture had to do
 * with it. */
static void judge(struct amts_timeline *s, size_t at, double *credit)
{
	struct amts_timeline_file *f = &s->files[at];
	double best = -HUGE_VAL, total = 0;
	size_t v, k, n = f->versions.n;
	double *mass = amts_calloc(n * NPARTS, sizeof(*mass));

	for (v = 0; v < n; v++)
		best = f->fit[v] > best ? f->fit[v] : best;
	for (v = 0; v < n; v++)
		f->posterior[v] = exp(f->fit[v] - best);
	for (k = 0; k < NPARTS; k++) {
		add_up(s->sum, s, s->density[k]);
		for (v = 0; v < n; v++)
			mass[v * NPARTS + k] = s->part[k] * f->posterior[v] *
					       mass_of(s, s->sum, &f->versions.v[v]);
	}
	for (v = 0; v < n * NPARTS; v++)
		total += mass[v];
	for (v = 0; v < n; v++) {
		f->posterior[v] = 0;
		for (k = 0; k < NPARTS; k++) {
			double p = total > 0 ? mass[v * NPARTS + k] / total : 0;

			f->posterior[v] += p;
			credit[k] += p;
		}
	}
	free(mass);
}

/* Spread the posterior of the versions over the states in which they stood. */
static void spread(struct mass **out, size_t *n, struct amts_timeline *s, size_t at)
{
	struct amts_timeline_file *f = &s->files[at];
	size_t b, k, v, i, cap = 0;
	struct mass *q = NULL;

	memset(s->left, 0, s->nbins * sizeof(*s->left));
	memset(s->own, 0, s->nbins * sizeof(*s->own));
	for (k = 0; k < NPARTS; k++)
		for (b = 0; b < s->nbins; b++)
			s->left[b] += s->part[k] * s->density[k][b];
	add_up(s->sum, s, s->left);
	for (v = 0; v < f->versions.n; v++) {
		const struct amts_version *ver = &f->versions.v[v];
		double mass = mass_of(s, s->sum, ver);

		if (f->posterior[v] < 1e-4 || mass <= 0)
			continue;
		for (i = 0; i < ver->nalive; i++)
			for (b = ver->alive[i].beg / s->per;
				b * s->per < ver->alive[i].end; b++)
				s->own[b] += f->posterior[v] * s->left[b] / mass;
	}
	*n = 0;
	for (b = 0; b < s->nbins; b++)
		if (s->own[b] > 1e-5) {
			struct mass m = { (uint32_t)b, (float)s->own[b] };

			AMTS_VEC_PUSH(q, *n, cap, m);
		}
	*out = q;
}

/* The state with the largest part of the posterior. */
static size_t likeliest(const struct amts_timeline *s, size_t f)
{
	size_t i, best = 0;

	for (i = 1; i < s->nq[f]; i++)
		if (s->q[f][i].m > s->q[f][best].m)
			best = i;
	return s->nq[f] ? s->q[f][best].bin * s->per : AMTS_HISTORY_ROOT;
}

static void learn_gaps(struct amts_timeline *s, const double *seen)
{
	double total = 0;
	size_t g;

	for (g = 0; g < NGAPS; g++)
		total += seen[g] + 1;
	for (g = 0; g < NGAPS; g++)
		s->gap[g] = (seen[g] + 1) / total;
}

/* Which gaps the bases of one file are at. */
static void see_gaps(const struct amts_timeline *s, size_t at, double *seen)
{
	const struct amts_timeline_file *f = &s->files[at];
	size_t i, k;

	for (i = 0; i < s->nq[at]; i++)
		for (k = 0; k < f->nbirths; k++)
			seen[gap_of(s, s->q[at][i].bin, (double)f->births[k].time)] +=
				f->births[k].share * (double)s->q[at][i].m;
}

static void add_masses(double *to, const struct amts_timeline *s, size_t f)
{
	size_t i;

	for (i = 0; i < s->nq[f]; i++)
		to[s->q[f][i].bin] += (double)s->q[f][i].m;
}

static size_t folder_end(const struct amts_timeline *s, size_t f)
{
	size_t end = f;

	while (end < s->n && s->files[end].folder == s->files[f].folder)
		end++;
	return end;
}

/* The mixture's weights for the next round; each part starts with one file to its name.
 */
static void learn_parts(struct amts_timeline *s, const double *credit)
{
	double total = 0;
	size_t k;

	for (k = 0; k < NPARTS; k++)
		total += credit[k] + 1;
	for (k = 0; k < NPARTS; k++)
		s->part[k] = (credit[k] + 1) / total;
}

/* All files are judged by what the round before left. */
void amts_timeline_round(struct amts_timeline *s)
{
	double credit[NPARTS] = { 0 }, seen[NGAPS] = { 0 };
	struct mass **next = amts_calloc(s->n + 1, sizeof(*next));
	size_t *nnext = amts_calloc(s->n + 1, sizeof(*nnext));
	size_t f, beg, end;

	memset(s->tree, 0, s->nbins * sizeof(*s->tree));
	for (f = 0; f < s->n; f++)
		add_masses(s->tree, s, f);
	for (beg = 0; beg < s->n; beg = end) {
		end = folder_end(s, beg);
		memset(s->folder, 0, s->nbins * sizeof(*s->folder));
		for (f = beg; f < end; f++)
			add_masses(s->folder, s, f);
		for (f = beg; f < end; f++) {
			if (!s->files[f].versions.n)
				continue;
			set_density(s, f);
			judge(s, f, credit);
			spread(&next[f], &nnext[f], s, f);
		}
	}
	for (f = 0; f < s->n; f++) {
		free(s->q[f]);
		s->q[f] = next[f];
		s->nq[f] = nnext[f];
		see_gaps(s, f, seen);
		s->files[f].state = likeliest(s, f);
	}
	free(next);
	free(nnext);
	learn_parts(s, credit);
	learn_gaps(s, seen);
}

struct amts_timeline *amts_timeline_new(
	struct amts_timeline_file *files, size_t n, const struct amts_history *history)
{
	struct amts_timeline *s = amts_calloc(1, sizeof(*s));
	double **scratch[] = { &s->lag, &s->tree, &s->folder, &s->sum, &s->own,
		&s->left };
	size_t k;

	s->history = history;
	s->files = files;
	s->n = n;
	lay_out(s);
	for (k = 0; k < NPARTS; k++) {
		s->part[k] = 1.0 / (double)NPARTS;
		s->density[k] = amts_calloc(s->nbins + 1, sizeof(double));
	}
	for (k = 0; k < NGAPS; k++)
		s->gap[k] = 1.0 / (double)NGAPS;
	for (k = 0; k < sizeof(scratch) / sizeof(*scratch); k++)
		*scratch[k] = amts_calloc(s->nbins + 1, sizeof(double));
	s->gap_bin = amts_calloc(s->nbins + 1, 1);
	s->q = amts_calloc(n + 1, sizeof(*s->q));
	s->nq = amts_calloc(n + 1, sizeof(*s->nq));
	return s;
}

void amts_timeline_free(struct amts_timeline *s)
{
	size_t f, k;

	if (!s)
		return;
	for (f = 0; f < s->n; f++)
		free(s->q[f]);
	for (k = 0; k < NPARTS; k++)
		free(s->density[k]);
	for (k = 0; k < NSMOOTH; k++)
		free(s->reach[k]);
	free(s->time);
	free(s->until);
	free(s->lag);
	free(s->tree);
	free(s->folder);
	free(s->sum);
	free(s->own);
	free(s->left);
	free(s->gap_bin);
	free(s->q);
	free(s->nq);
	free(s);
}
