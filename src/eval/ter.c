/*
 * TER: Snover, Dorr, Schwartz, Micciulla and Makhoul 2006, "A Study of Translation Edit
 * Rate with Targeted Human Annotation".  The search is that of Tercom as sacreBLEU has
 * it: greedy shifts, each the best of those that move a matching run of words to where it
 * matches, and an edit distance that looks at a beam around the diagonal only.
 */
#include "eval/ter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/scorer.h"

/* Tercom's limits. */
#define SHIFT_SIZE 10
#define SHIFT_DISTANCE 50
#define BEAM 25
/* sacreBLEU's: how many shifts of one segment are tried in all. */
#define CANDIDATES 1000

#define FAR (INT32_MAX / 2) /* the cost of what is outside the beam */

enum { OP_SAME, OP_SUB, OP_DEL, OP_INS };

/* Cells [lo, hi) of a row of the edit distance. */
struct window {
	size_t lo, hi;
};

struct eval_ter {
	const uint32_t *ref;
	size_t n, m; /* words of the hypothesis (shifts do not change that), of the
			reference */
	double ratio;
	size_t beam, stride;

	uint32_t *hyp, *moved; /* as it is now; the words a shift moves, in new order */
	int32_t *cost;	       /* n + 1 rows of `stride` cells for hyp */
	unsigned char *op;
	int32_t *row, *above; /* of a candidate, at their own places: m + 2 cells each */

	/* The alignment of hyp and ref. */
	ptrdiff_t *align; /* for each reference word the place in hyp, -1 before all */
	unsigned char *hyp_wrong, *ref_wrong;
	int distance;
	size_t hyp_cap, ref_cap, cells_cap;
};

void eval_ter_free(struct eval_ter *t)
{
	if (!t)
		return;
	free(t->hyp);
	free(t->moved);
	free(t->cost);
	free(t->op);
	free(t->row);
	free(t->above);
	free(t->align);
	free(t->hyp_wrong);
	free(t->ref_wrong);
	free(t);
}

/* ---- edit distance in a beam ---- */

static void set_beam(struct eval_ter *t)
{
	t->ratio = t->n ? (double)t->m / (double)t->n : 1;
	t->beam = BEAM;
	/* Rows would not overlap. */
	if (BEAM < t->ratio / 2)
		t->beam = (size_t)ceil(t->ratio / 2 + BEAM);
	t->stride = 2 * t->beam + 2;
}

static struct window window_of(const struct eval_ter *t, size_t i)
{
	size_t diagonal = (size_t)floor((double)i * t->ratio);
	struct window w = { 0, diagonal + t->beam };

	if (diagonal > t->beam)
		w.lo = diagonal - t->beam;
	if (i == t->n || w.hi > t->m + 1)
		w.hi = t->m + 1;
	return w;
}

static void make_room(struct eval_ter *t)
{
	size_t cells;

	if (t->n + 1 > t->hyp_cap) {
		t->hyp_cap = 2 * (t->n + 1);
		t->hyp = amts_realloc(t->hyp, t->hyp_cap * sizeof(*t->hyp));
		t->moved = amts_realloc(t->moved, t->hyp_cap * sizeof(*t->moved));
		t->hyp_wrong = amts_realloc(t->hyp_wrong, t->hyp_cap);
	}
	if (t->m + 2 > t->ref_cap) {
		t->ref_cap = 2 * (t->m + 2);
		t->row = amts_realloc(t->row, t->ref_cap * sizeof(*t->row));
		t->above = amts_realloc(t->above, t->ref_cap * sizeof(*t->above));
		t->align = amts_realloc(t->align, t->ref_cap * sizeof(*t->align));
		t->ref_wrong = amts_realloc(t->ref_wrong, t->ref_cap);
	}
	cells = (t->n + 1) * t->stride;
	if (cells > t->cells_cap) {
		t->cells_cap = 2 * cells;
		t->cost = amts_realloc(t->cost, t->cells_cap * sizeof(*t->cost));
		t->op = amts_realloc(t->op, t->cells_cap);
	}
}

/* Cells before `w` and after it, up to `hi`, are out of reach. */
static void fence(int32_t *row, struct window w, size_t hi)
{
	if (w.lo)
		row[w.lo - 1] = FAR;
	for (size_t j = w.hi; j < hi; j++)
		row[j] = FAR;
}

/*
 * A row from the row above, for one word of the hypothesis; both rows at their own
 * places. On a tie a substitution goes before a deletion, that before an insertion.
 */
static void fill_row(int32_t *row, unsigned char *op, const int32_t *above,
	struct window w, const uint32_t *ref, uint32_t word)
{
	size_t j = w.lo;

	if (j == 0) {
		row[0] = above[0] + 1;
		if (op)
			op[0] = OP_DEL;
		j = 1;
	}
	for (; j < w.hi; j++) {
		int wrong = word != ref[j - 1];
		int32_t best = above[j - 1] + wrong;
		unsigned char how = wrong ? OP_SUB : OP_SAME;

		if (above[j] + 1 < best) {
			best = above[j] + 1;
			how = OP_DEL;
		}
		if (row[j - 1] + 1 < best) {
			best = row[j - 1] + 1;
			how = OP_INS;
		}
		row[j] = best;
		if (op)
			op[j - w.lo] = how;
	}
}

/* The row of t->hyp's matrix before word i, into t->above. */
static struct window load_row(struct eval_ter *t, size_t i)
{
	struct window w = { 0, t->m + 1 };

	if (i) {
		w = window_of(t, i);
		memcpy(t->above + w.lo, t->cost + i * t->stride,
			(w.hi - w.lo) * sizeof(*t->above));
		return w;
	}
	for (size_t j = 0; j <= t->m; j++)
		t->above[j] = (int32_t)j;
	return w;
}

/* One more row: t->above, with window *w, becomes that of hypothesis word i. */
static void next_row(
	struct eval_ter *t, struct window *w, size_t i, uint32_t word, unsigned char *op)
{
	struct window here = window_of(t, i);
	int32_t *row = t->row;

	fence(t->above, *w, here.hi);
	fence(row, here, 0);
	fill_row(row, op, t->above, here, t->ref, word);
	t->row = t->above;
	t->above = row;
	*w = here;
}

/* Fill the matrix of t->hyp from word `same` on, which is its first that changed. */
static void fill_matrix(struct eval_ter *t, size_t same)
{
	struct window w = load_row(t, same);

	for (size_t i = same + 1; i <= t->n; i++) {
		next_row(t, &w, i, t->hyp[i - 1], t->op + i * t->stride);
		memcpy(t->cost + i * t->stride, t->above + w.lo,
			(w.hi - w.lo) * sizeof(*t->above));
	}
	t->distance = t->above[t->m];
}

/* What the cheapest edits say about each word of both sides. */
static void trace(struct eval_ter *t)
{
	size_t i = t->n, j = t->m;

	while (i || j) {
		int op = i ? t->op[i * t->stride + j - window_of(t, i).lo] : OP_INS;

		if (op == OP_DEL) {
			t->hyp_wrong[--i] = 1;
			continue;
		}
		t->align[--j] = (ptrdiff_t)i - 1;
		t->ref_wrong[j] = op != OP_SAME;
		if (op != OP_INS)
			t->hyp_wrong[--i] = op != OP_SAME;
	}
}

/* ---- shifts ---- */

/* Words [lo, mid) and [mid, hi) of the hypothesis change places. */
struct shift {
	size_t lo, mid, hi;
	size_t from, len, to; /* words [from, from + len) go before word `to` */
	int gain, found;
};

/* Tercom's idea of it where `to` is among the words themselves: that many words further.
 */
static struct shift shift_of(const struct eval_ter *t, size_t from, size_t len, size_t to)
{
	size_t end = from + len;
	struct shift s = { from, end, to > end ? to : to + len, from, len, to, 0, 1 };

	if (to < from) {
		s.lo = to;
		s.mid = from;
		s.hi = end;
	}
	if (s.hi > t->n)
		s.hi = t->n;
	return s;
}

/* Words [s->lo, s->hi) as they are after the shift, in t->moved. */
static void move(struct eval_ter *t, const struct shift *s)
{
	memcpy(t->moved, t->hyp + s->mid, (s->hi - s->mid) * sizeof(*t->hyp));
	memcpy(t->moved + (s->hi - s->mid), t->hyp + s->lo,
		(s->mid - s->lo) * sizeof(*t->hyp));
}

/* Are all cells of t->above the same *more than those of t->hyp's matrix at i? */
static int runs_parallel(int *more, const struct eval_ter *t, size_t i, struct window w)
{
	const int32_t *now = t->above + w.lo, *before = t->cost + i * t->stride;
	int32_t d = now[0] - before[0];

	for (size_t k = 1; k < w.hi - w.lo; k++)
		if (now[k] - before[k] != d)
			return 0;
	*more = d;
	return 1;
}

/* The distance after a shift.  Behind it the words are those of t->hyp, so as soon as a
 * row is t->hyp's plus a constant the rest is too. */
static int distance_after(struct eval_ter *t, const struct shift *s)
{
	struct window w = load_row(t, s->lo);
	int more;

	for (size_t i = s->lo + 1; i <= t->n; i++) {
		next_row(t, &w, i, i <= s->hi ? t->moved[i - 1 - s->lo] : t->hyp[i - 1],
			NULL);
		if (i >= s->hi && runs_parallel(&more, t, i, w))
			return t->distance + more;
	}
	return t->above[t->m];
}

/* Highest gain, then longest, then earliest, then to the earliest place. */
static int is_better(const struct shift *a, const struct shift *b)
{
	if (!b->found || a->gain != b->gain)
		return !b->found || a->gain > b->gain;
	if (a->len != b->len)
		return a->len > b->len;
	if (a->from != b->from)
		return a->from < b->from;
	return a->to < b->to;
}

static void try_shift(
	struct shift *best, struct eval_ter *t, size_t from, size_t len, size_t to)
{
	struct shift s = shift_of(t, from, len, to);

	move(t, &s);
	s.gain = t->distance - distance_after(t, &s);
	if (is_better(&s, best))
		*best = s;
}

static int any(const unsigned char *wrong, size_t n)
{
	return memchr(wrong, 1, n) != NULL;
}

/* Move the run that matches ref[at..at + len) to each place where these words are
 * aligned; returns how many places were tried. */
static size_t try_run(
	struct shift *best, struct eval_ter *t, size_t from, size_t at, size_t len)
{
	ptrdiff_t now = t->align[at], last = -1;
	size_t tried = 0;

	if (!any(t->hyp_wrong + from, len) || !any(t->ref_wrong + at, len))
		return 0;
	if (now >= (ptrdiff_t)from && now < (ptrdiff_t)(from + len))
		return 0;
	for (size_t k = 0; k <= len; k++) {
		ptrdiff_t to = at + k ? t->align[at + k - 1] + 1 : 0;

		if (to == last)
			continue;
		last = to;
		try_shift(best, t, from, len, (size_t)to);
		tried++;
	}
	return tried;
}

/* The best shift of t->hyp. */
static struct shift best_shift(struct eval_ter *t, size_t *tried)
{
	struct shift best = { 0 };

	for (size_t h = 0; h < t->n; h++) {
		size_t r = h > SHIFT_DISTANCE ? h - SHIFT_DISTANCE : 0;

		for (; r < t->m && r <= h + SHIFT_DISTANCE; r++) {
			for (size_t len = 1;
				len <= SHIFT_SIZE && h + len <= t->n && r + len <= t->m &&
				t->hyp[h + len - 1] == t->ref[r + len - 1];
				len++) {
				*tried += try_run(&best, t, h, r, len);
				if (*tried >= CANDIDATES)
					return best;
			}
		}
	}
	return best;
}

static int edits(
	struct eval_ter *t, const struct eval_words *hyp, const uint32_t *ref, size_t m)
{
	size_t tried = 0;
	int shifts = 0;

	t->ref = ref;
	t->n = hyp->n;
	t->m = m;
	if (m == 0)
		return (int)t->n;
	set_beam(t);
	make_room(t);
	if (t->n)
		memcpy(t->hyp, hyp->v, t->n * sizeof(*t->hyp));
	fill_matrix(t, 0);
	for (;;) {
		struct shift s;

		trace(t);
		s = best_shift(t, &tried);
		if (tried >= CANDIDATES || s.gain <= 0)
			return shifts + t->distance;
		shifts++;
		move(t, &s);
		memcpy(t->hyp + s.lo, t->moved, (s.hi - s.lo) * sizeof(*t->hyp));
		fill_matrix(t, s.lo);
	}
}

/* ---- the metric ---- */

enum { EDITS, REF_WORDS, N_STATS };

static const char *name(const struct amts_score_opts *o)
{
	(void)o;
	return "TER";
}

static size_t n_stats(const struct amts_score_opts *o)
{
	(void)o;
	return N_STATS;
}

static int measure(double *stats, struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	double words = 0;
	int rc;

	if (!s->ter)
		s->ter = amts_calloc(1, sizeof(*s->ter));
	s->hyp.n = 0;
	rc = eval_words_of(&s->hyp, s, hyp, err);
	for (size_t i = 0; !rc && i < n_refs; i++) {
		double e;

		s->ref.n = 0;
		rc = eval_words_of(&s->ref, s, refs[i], err);
		if (rc)
			break;
		e = edits(s->ter, &s->hyp, s->ref.v, s->ref.n);
		if (!i || e < stats[EDITS])
			stats[EDITS] = e;
		words += (double)s->ref.n;
	}
	stats[REF_WORDS] = words / (double)n_refs;
	return rc;
}

static void score(
	struct amts_score *out, const struct amts_score_opts *o, const double *stats)
{
	(void)o;
	out->edits = stats[EDITS];
	out->ref_words = stats[REF_WORDS];
	if (out->ref_words > 0)
		out->score = 100 * (out->edits / out->ref_words);
	else
		out->score = out->edits > 0 ? 100 : 0;
}

static void signature(struct amts_buf *out, const struct amts_score_opts *o, int brief)
{
	eval_signature_add(out, "case", "c", brief, o->ter_cased ? "mixed" : "lc");
	eval_signature_add(out, "tok", "t", brief, "tercom");
	eval_signature_add(out, "norm", "nr", brief, o->ter_normalized ? "yes" : "no");
	eval_signature_add(out, "punct", "pn", brief, o->ter_no_punct ? "no" : "yes");
	eval_signature_add(out, "asian", "as", brief, o->ter_asian ? "yes" : "no");
}

const struct eval_metric eval_ter_metric = { name, n_stats, measure, score, signature,
	1 };
