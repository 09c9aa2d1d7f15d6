#include "infer/inference.h"

#include "base/alloc.h"
#include "infer/wording.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 4
#define TIMELINE_ROUNDS 3 /* of the timeline in each */

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

/* What the likeliest bases say of what translators of this tree do. */
static void learn(struct inference *in, struct amts_blend *blend)
{
	size_t f, view;

	amts_habits_clear(in->habits);
	for (f = 0; f < in->n; f++) {
		const struct amts_timeline_file *when = &in->when[f];
		size_t n = when->versions.n;

		if (!n)
			continue;
		view = amts_blend_learn(blend, in->sets[f].code, when->posterior, n);
		amts_habits_learn(in->habits, &in->sets[f].evidence,
			best_of(when->posterior, n), view);
	}
	amts_habits_update(in->habits);
	amts_blend_update(blend);
}

static void solve(struct inference *in)
{
	struct amts_timeline *tl = amts_timeline_new(in->when, in->n, &in->src_history);
	struct amts_blend blend;
	size_t round, i;

	amts_blend_init(&blend);
	for (round = 0; round <= ROUNDS; round++) {
		if (round)
			learn(in, &blend);
		weigh_all(in, &blend);
		for (i = 0; i < TIMELINE_ROUNDS; i++)
			amts_timeline_round(tl);
	}
	amts_timeline_free(tl);
}

/* Documents of files that have a likely base, for the lexicon. */
static int read_pairs(struct amts_wording *v, size_t *of, size_t *n, struct inference *in,
	struct amts_arena *arena, struct amts_error *err)
{
	size_t f;
	int rc = AMTS_OK;

	for (f = 0, *n = 0; f < in->n && !rc; f++) {
		struct candidate_set *set = &in->sets[f];
		struct amts_versions *src = &in->when[f].versions;
		size_t best;

		if (!src->n)
			continue;
		best = best_of(in->when[f].posterior, src->n);
		if (amts_evidence_relation(&set->evidence, best, in->habits) <= 0)
			continue;
		v[*n].pieces = set->pieces;
		v[*n].npieces = set->npieces;
		v[*n].weight = AMTS_NEW(arena, double, set->npieces);
		rc = amts_repo_blob(&v[*n].src, arena, in->src, &src->v[best].blob, err);
		if (!rc)
			rc = amts_repo_blob(&v[*n].tgt, arena, in->tgt, &set->tgt, err);
		of[(*n)++] = f;
	}
	return rc;
}

/* What the words say, with a lexicon learnt from the likeliest bases so far. */
static int weigh_words(struct inference *in, const char *src_lang, const char *tgt_lang,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_wording *v = AMTS_NEW(arena, struct amts_wording, in->n);
	size_t *of = AMTS_NEW(arena, size_t, in->n), n, i, k;
	int rc = read_pairs(v, of, &n, in, arena, err);

	if (!rc)
		rc = amts_wording_weigh(v, n, src_lang, tgt_lang, err);
	for (i = 0; i < n && !rc; i++) {
		struct candidate_set *set = &in->sets[of[i]];

		for (k = 0; k < set->npieces; k++)
			set->evidence.words[set->piece_trait[k]] = v[i].weight[k];
	}
	amts_arena_free(arena);
	return rc;
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
	const struct amts_progress *progress, struct amts_error *err)
{
	struct inference in = {
		.arena = arena, .src = src->repo, .tgt = tgt->repo, .files = files, .n = n
	};
	size_t f;
	int rc;

	if (amts_repo_is_shallow(in.src))
		return amts_fail(err, AMTS_ENOTFOUND,
			"'%s' is a shallow clone; fetch the rest of its history first",
			amts_repo_folder(in.src));
	rc = read_histories(&in, src->tip, tgt->tip, err);
	if (rc)
		return rc;
	amts_lineage_new(&in.src_lineage, in.src, &in.src_history);
	amts_lineage_new(&in.tgt_lineage, in.tgt, &in.tgt_history);
	in.habits = amts_habits_new();
	in.sets = amts_calloc(n + 1, sizeof(*in.sets));
	in.when = amts_calloc(n + 1, sizeof(*in.when));
	number_folders(&in);
	for (f = 0; f < n && !rc; f++) {
		if (progress)
			progress->fn(progress->payload, "Searching the history", f, n);
		rc = amts_inference_load(&in, f, err);
	}
	if (!rc)
		solve(&in);
	if (!rc)
		rc = weigh_words(&in, src->lang, tgt->lang, err);
	if (!rc)
		solve(&in);
	for (f = 0; f < n && !rc; f++)
		report(&in, f);
	close_inference(&in);
	return rc;
}
