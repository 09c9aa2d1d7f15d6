#include "sync/infer.h"

#include "amts/doc.h"
#include "base/alloc.h"
#include "base/map.h"
#include "sync/blend.h"
#include "sync/timeline.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 5
#define TIMELINE_ROUNDS 4 /* of the timeline in each */
#define MANY 0.15	  /* share of the lines that makes a commit a view of its own */
#define MIN_SHARE 0.05	  /* commits that brought less of the translation do not count */

/* One file: what speaks for each version of its source. */
struct candidate_set {
	struct amts_evidence evidence;
	double *text, *code[AMTS_VIEWS], *fit;
};

struct inference {
	struct amts_arena *arena;
	struct amts_repo *src, *tgt;
	struct amts_history src_history, tgt_history;
	struct amts_lineage *src_lineage, *tgt_lineage;
	struct amts_infer_file *files;
	struct amts_habits *habits;
	struct candidate_set *sets;
	struct amts_timeline_file *when;
	size_t n;
};

static int read_traits(struct amts_traits *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *blob, struct amts_error *err)
{
	struct amts_arena *scratch = amts_arena_new();
	struct amts_doc *doc;
	struct amts_str bytes;
	int rc = amts_repo_blob(&bytes, scratch, repo, blob, err);

	if (!rc)
		rc = amts_doc_parse(&doc, scratch, bytes, err);
	if (!rc)
		amts_traits_of(out, arena, doc);
	amts_arena_free(scratch);
	return rc;
}

/* The version of the translation at the tip of its branch; vs->n for none.  *since is
 * when it got there. */
static size_t newest(
	int64_t *since, const struct amts_versions *vs, const struct amts_history *h)
{
	size_t v, i;

	for (v = 0; v < vs->n; v++)
		for (i = 0; i < vs->v[v].nalive; i++)
			if (vs->v[v].alive[i].end == h->n) {
				*since = h->v[vs->v[v].alive[i].beg].time;
				return v;
			}
	return vs->n;
}

/* When each line of one version of the translation first appeared. */
static int find_births(struct amts_timeline_file *f, struct inference *in,
	const struct amts_versions *tgt, size_t of, struct amts_error *err)
{
	struct amts_map born = { NULL, 0, 0 };
	size_t *count = amts_calloc(tgt->n + 1, sizeof(*count));
	size_t v, beg, end, total = 0;
	int rc = AMTS_OK;

	for (v = 0; v <= of && !rc; v++) {
		struct amts_arena *scratch = amts_arena_new();
		struct amts_str s = { NULL, 0 };

		rc = amts_repo_blob(&s, scratch, in->tgt, &tgt->v[v].blob, err);
		for (beg = 0; beg < s.n; beg = end + 1) {
			struct amts_str line;
			size_t at;

			end = amts_str_find(s, AMTS_STR("\n"), beg);
			line = amts_str_trim(amts_str_sub(s, beg, end));
			if (!line.n)
				continue;
			at = amts_map_add(&born, amts_str_hash(line, AMTS_HASH_SEED), v);
			if (v == of) {
				count[at]++;
				total++;
			}
		}
		amts_arena_free(scratch);
	}
	f->births = AMTS_NEW(in->arena, struct amts_birth, tgt->n);
	for (v = 0; v <= of && total; v++) {
		double share = (double)count[v] / (double)total;

		if (share >= MIN_SHARE)
			f->births[f->nbirths++] = (struct amts_birth){
				in->tgt_history.v[tgt->v[v].alive[0].beg].time, share, v
			};
	}
	amts_map_release(&born);
	free(count);
	return rc;
}

/* Leave out states after the translation's last change: nobody translates the future. */
static void clip(struct amts_versions *vs, const struct amts_history *h, int64_t last)
{
	size_t *now = amts_calloc(vs->n + 1, sizeof(*now)), v, i, n = 0;

	for (v = 0; v < vs->n; v++) {
		struct amts_version *ver = &vs->v[v];
		size_t kept = 0, before = v ? now[ver->before] : 0;

		for (i = 0; i < ver->nalive; i++) {
			struct amts_states *a = &ver->alive[i];

			while (a->end > a->beg && h->v[a->end - 1].time > last)
				a->end--;
			if (a->end > a->beg)
				ver->alive[kept++] = *a;
		}
		ver->nalive = kept;
		now[v] = before; /* what changed this one changed its predecessor */
		if (kept) {
			ver->before = before;
			now[v] = n;
			vs->v[n++] = *ver;
		}
	}
	vs->n = n;
	free(now);
}

/* See AMTS_VIEWS. */
static void choose_views(size_t view[AMTS_VIEWS], const struct amts_timeline_file *f,
	size_t newest_version)
{
	double most = 0;
	size_t i;

	for (i = 0; i < AMTS_VIEWS; i++)
		view[i] = newest_version;
	for (i = 0; i < f->nbirths; i++) {
		if (f->births[i].share > most) {
			most = f->births[i].share;
			view[1] = f->births[i].version;
		}
		if (f->births[i].share >= MANY)
			view[2] = f->births[i].version;
	}
}

static int load_tgt(struct amts_traits views[AMTS_VIEWS], struct inference *in, size_t f,
	struct amts_arena *scratch, struct amts_error *err)
{
	struct amts_timeline_file *when = &in->when[f];
	struct amts_versions tgt;
	size_t view[AMTS_VIEWS], k, last;
	int64_t since = 0;
	int rc = amts_lineage_of(
		&tgt, scratch, in->tgt_lineage, in->files[f].tgt_path, err);

	last = rc ? 0 : newest(&since, &tgt, &in->tgt_history);
	if (rc || last == tgt.n) {
		when->versions.n = 0;
		return rc;
	}
	rc = find_births(when, in, &tgt, last, err);
	choose_views(view, when, last);
	clip(&when->versions, &in->src_history, since);
	for (k = 0; k < AMTS_VIEWS && !rc; k++)
		rc = read_traits(&views[k], scratch, in->tgt, &tgt.v[view[k]].blob, err);
	return rc;
}

static void open_set(struct inference *in, size_t f)
{
	struct candidate_set *set = &in->sets[f];
	size_t n = in->when[f].versions.n, k;

	set->text = AMTS_NEW(in->arena, double, n);
	set->fit = AMTS_NEW(in->arena, double, n);
	for (k = 0; k < AMTS_VIEWS; k++)
		set->code[k] = AMTS_NEW(in->arena, double, n);
	in->when[f].posterior = AMTS_NEW(in->arena, double, n);
	in->when[f].fit = set->fit;
}

static int load_file(struct inference *in, size_t f, struct amts_error *err)
{
	struct amts_arena *scratch = amts_arena_new();
	struct amts_versions *src = &in->when[f].versions;
	struct amts_traits *traits, views[AMTS_VIEWS] = { { NULL, 0 } };
	size_t v;
	int rc = amts_lineage_of(
		src, in->arena, in->src_lineage, in->files[f].src_path, err);

	if (!rc)
		rc = load_tgt(views, in, f, scratch, err);
	traits = AMTS_NEW(scratch, struct amts_traits, src->n);
	for (v = 0; v < src->n && !rc; v++)
		rc = read_traits(&traits[v], scratch, in->src, &src->v[v].blob, err);
	if (!rc) {
		amts_evidence_init(&in->sets[f].evidence, src, traits, views);
		open_set(in, f);
	}
	amts_arena_free(scratch);
	return rc;
}

static size_t best_of(const double *v, size_t n)
{
	size_t i, best = 0;

	for (i = 1; i < n; i++)
		if (v[i] >= v[best])
			best = i;
	return best;
}

static void weigh_all(struct inference *in, const struct amts_blend *b)
{
	size_t f;

	for (f = 0; f < in->n; f++) {
		struct candidate_set *set = &in->sets[f];

		amts_evidence_weigh(set->text, set->code, &set->evidence, in->habits);
		amts_blend_fit(set->fit, b, set->text, set->code, in->when[f].versions.n);
	}
}

/* Learn from the likeliest bases what translators of this tree do, and judge again. */
static void solve(struct inference *in)
{
	struct amts_habits *habits = in->habits;
	struct amts_blend blend;
	struct amts_timeline *tl;
	size_t round, f, i, view;

	tl = amts_timeline_new(in->when, in->n, &in->src_history);
	amts_blend_init(&blend);
	for (round = 0;; round++) {
		weigh_all(in, &blend);
		for (i = 0; i < TIMELINE_ROUNDS; i++)
			amts_timeline_round(tl);
		if (round == ROUNDS)
			break;
		amts_habits_clear(habits);
		for (f = 0; f < in->n; f++) {
			const struct amts_timeline_file *when = &in->when[f];
			size_t n = when->versions.n;

			if (!n)
				continue;
			view = amts_blend_learn(
				&blend, in->sets[f].code, when->posterior, n);
			amts_habits_learn(habits, &in->sets[f].evidence,
				best_of(when->posterior, n), view);
		}
		amts_habits_update(habits);
		amts_blend_update(&blend);
	}
	amts_timeline_free(tl);
}

/* The likeliest state if the version has it, else the last one that does. */
static size_t state_of(const struct amts_version *v, size_t likeliest)
{
	size_t i;

	for (i = 0; i < v->nalive; i++)
		if (likeliest >= v->alive[i].beg && likeliest < v->alive[i].end)
			return likeliest;
	return v->alive[v->nalive - 1].end - 1;
}

static void report(struct inference *in, size_t f)
{
	struct amts_infer_file *file = &in->files[f];
	struct amts_timeline_file *when = &in->when[f];
	const struct amts_version *v;
	size_t best, state;

	file->base.hex[0] = file->commit.hex[0] = '\0';
	file->confidence = 0;
	if (!when->versions.n)
		return;
	best = best_of(when->posterior, when->versions.n);
	v = &when->versions.v[best];
	if (amts_evidence_relation(&in->sets[f].evidence, best, in->habits) <= 0)
		return;
	file->base = v->blob;
	file->base_path = v->path;
	state = state_of(v, when->state);
	file->commit = in->src_history.v[state].id;
	file->time = in->src_history.v[state].time;
	file->confidence = when->posterior[best];
}

static uint64_t folder_of(struct amts_str path)
{
	size_t n = path.n;

	while (n && path.p[n - 1] != '/')
		n--;
	return amts_str_hash(amts_str_sub(path, 0, n), AMTS_HASH_SEED);
}

static void number_folders(struct inference *in)
{
	size_t f;

	for (f = 1; f < in->n; f++)
		in->when[f].folder = in->when[f - 1].folder +
				     (folder_of(in->files[f].tgt_path) !=
					     folder_of(in->files[f - 1].tgt_path));
}

/* The history of the source's branches, that of the tip first. */
static int read_histories(struct inference *in, const struct amts_oid *src_tip,
	const struct amts_oid *tgt_tip, struct amts_error *err)
{
	struct amts_oid *branches, *tips;
	size_t n;
	int rc = amts_repo_branches(&branches, &n, in->arena, in->src, err);

	if (rc)
		return rc;
	tips = AMTS_NEW(in->arena, struct amts_oid, n + 1);
	tips[0] = *src_tip;
	if (n)
		memcpy(tips + 1, branches, n * sizeof(*tips));
	rc = amts_repo_history(&in->src_history, in->arena, in->src, tips, n + 1, err);
	if (!rc)
		rc = amts_repo_history(
			&in->tgt_history, in->arena, in->tgt, tgt_tip, 1, err);
	return rc;
}

static void close_inference(struct inference *in)
{
	size_t f;

	for (f = 0; f < in->n; f++)
		amts_evidence_release(&in->sets[f].evidence);
	amts_lineage_free(in->src_lineage);
	amts_lineage_free(in->tgt_lineage);
	amts_habits_free(in->habits);
	free(in->sets);
	free(in->when);
}

int amts_infer(struct amts_infer_file *files, size_t n, struct amts_arena *arena,
	const struct amts_infer_side *src, const struct amts_infer_side *tgt,
	struct amts_error *err)
{
	struct inference in = {
		.arena = arena, .src = src->repo, .tgt = tgt->repo, .files = files, .n = n
	};
	size_t f;
	int rc = read_histories(&in, src->tip, tgt->tip, err);

	if (rc)
		return rc;
	amts_lineage_new(&in.src_lineage, in.src, &in.src_history);
	amts_lineage_new(&in.tgt_lineage, in.tgt, &in.tgt_history);
	in.habits = amts_habits_new();
	in.sets = amts_calloc(n + 1, sizeof(*in.sets));
	in.when = amts_calloc(n + 1, sizeof(*in.when));
	number_folders(&in);
	for (f = 0; f < n && !rc; f++)
		rc = load_file(&in, f, err);
	if (!rc)
		solve(&in);
	for (f = 0; f < n && !rc; f++)
		report(&in, f);
	close_inference(&in);
	return rc;
}
