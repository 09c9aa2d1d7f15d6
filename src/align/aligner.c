/*
 * A batch: all documents are aligned by length, anchors and structure, the sure beads
 * teach a lexicon, and all are aligned again with it.  Documents are independent inside a
 * pass; what is learnt between passes is summed up in the order of the jobs, so that
 * threads change nothing.
 */
#include "align/aligner.h"
#include "align/focus.h"
#include "align/order.h"
#include "align/output.h"
#include "align/parallel.h"
#include "align/search.h"
#include "align/teach.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int amts_aligner_new(struct amts_aligner **out, const char *src_lang,
	const char *tgt_lang, struct amts_error *err)
{
	struct amts_aligner *al = amts_calloc(1, sizeof(*al));

	(void)err;
	al->lang[0] = amts_strdup(src_lang);
	al->lang[1] = amts_strdup(tgt_lang);
	align_model_init(&al->model);
	*out = al;
	return AMTS_OK;
}

void amts_aligner_free(struct amts_aligner *al)
{
	if (!al)
		return;
	for (int d = 0; d < 2; d++) {
		free(al->lang[d]);
		align_vocab_free(&al->words[d]);
	}
	align_vocab_free(&al->same);
	align_lexicon_release(&al->lex);
	align_lessons_release(&al->lessons);
	free(al);
}

double amts_aligner_lift(const struct amts_aligner *al, uint64_t src, uint64_t tgt)
{
	uint32_t s = align_vocab_get(&al->words[0], src);
	uint32_t t = align_vocab_get(&al->words[1], tgt);

	return .5 * (align_table_lift(&al->lex.fwd, s, t) +
			    align_table_lift(&al->lex.bwd, t, s));
}

/* A document while its batch is worked on. */
struct task {
	struct amts_arena *arena;
	struct align_side side[2];
	struct links links;
	struct band corridor; /* where all passes look, found in the first */
	uint64_t key;	      /* of the document pair */
	struct amts_error err;
	int rc;
	int done; /* links are what is given out */
};

struct batch {
	struct amts_aligner *al;
	struct amts_align_job *jobs;
	struct task *tasks;
	size_t n;
	unsigned threads;
	uint32_t *same_count[2]; /* of each `same`: occurrences on each side */
	struct align_chance chance;
	uint64_t *keys; /* heap: of the document pairs, sorted */
	int last;	/* this pass is the last */
	int known;	/* it is the only one, and teaches nothing */
};

static void release_task(struct task *t)
{
	align_side_release(&t->side[0]);
	align_side_release(&t->side[1]);
	links_release(&t->links);
	band_release(&t->corridor);
	amts_arena_free(t->arena);
}

/* ---- preparation ------------------------------------------------------------- */

static void prepare(void *ctx, size_t k)
{
	struct batch *b = ctx;
	struct task *t = &b->tasks[k];
	const struct amts_segments *segs[2] = { b->jobs[k].src, b->jobs[k].tgt };

	t->arena = amts_arena_new();
	for (int d = 0; d < 2 && !t->rc; d++)
		t->rc = align_side_init(
			&t->side[d], t->arena, segs[d], b->al->lang[d], &t->err);
}

static void number_tokens(struct batch *b)
{
	for (size_t k = 0; k < b->n; k++) {
		struct align_side *side = b->tasks[k].side;

		for (int d = 0; d < 2; d++)
			align_side_number(&side[d], &b->al->words[d], b->known,
				&b->al->same, side[0].latin && side[1].latin);
	}
	for (int d = 0; d < 2; d++) {
		b->same_count[d] =
			amts_calloc((size_t)b->al->same.n + 1, sizeof(*b->same_count[d]));
		for (size_t k = 0; k < b->n; k++) {
			const struct align_side *side = &b->tasks[k].side[d];

			for (size_t i = 0; i < side->ntok; i++)
				b->same_count[d][side->tok[i].same]++;
			b->chance.tokens[d] += (double)side->ntok;
		}
		b->chance.same[d] = b->same_count[d];
	}
}

static void compare_sides(void *ctx, size_t k)
{
	struct batch *b = ctx;
	unsigned char *seen = amts_calloc((size_t)b->al->same.n + 1, 1);

	align_sides_match(&b->tasks[k].side[0], &b->tasks[k].side[1], seen);
	free(seen);
}

/* Before any bead is known: the ratio of all text to all text. */
static void guess_ratio(struct batch *b)
{
	double sum[2] = { 1, 1 };

	for (size_t k = 0; k < b->n; k++)
		for (int d = 0; d < 2; d++)
			for (size_t i = 0; i < b->tasks[k].side[d].n; i++)
				sum[d] += (double)b->tasks[k].side[d].v[i].length;
	b->al->model.ratio = sum[1] / sum[0];
}

/* ---- a pass -------------------------------------------------------------------- */

/* Beads to give out if this pass is the last or enough, else to teach. */
static void find_links(struct batch *b, size_t k, struct fine *fine)
{
	struct task *t = &b->tasks[k];
	const unsigned char *focus = b->jobs[k].focus;
	struct links links = { 0 };

	if (b->last || focus) {
		search_fine_links(&links, fine, OUTPUT_TEMPER);
		t->done =
			b->last || focus_is_enough(focus, &t->side[0], &links, &t->links);
	}
	if (!t->done) {
		links_release(&links);
		search_fine_links(&links, fine, TEACH_TEMPER);
	}
	links_release(&t->links);
	t->links = links;
}

static void find_corridor(struct band *out, const struct search *s)
{
	struct band band;

	band_around_anchors(&band, s);
	search_coarse(out, s, &band);
	band_release(&band);
}

static void align_document(void *ctx, size_t k)
{
	struct batch *b = ctx;
	struct task *t = &b->tasks[k];
	struct match match;
	struct search s = { &b->al->model, &t->side[0], &t->side[1], &match };
	struct fine *fine;

	if (t->done)
		return;
	match_init(&match, s.src, s.tgt, &b->al->lex, &b->chance);
	if (!t->corridor.lo)
		find_corridor(&t->corridor, &s);
	fine = search_fine_new(&s, &t->corridor);
	find_links(b, k, fine);
	if (t->done)
		search_moved(&t->links, &s);
	search_fine_free(fine);
	match_release(&match);
}

/* Ratio, variance and priors from the beads of the pass. */
static void reestimate(struct batch *b)
{
	struct align_counts counts = { 0 };

	for (size_t k = 0; k < b->n; k++)
		align_count_lengths(&counts, b->tasks[k].side, &b->tasks[k].links);
	align_counts_ratio(&b->al->model, &counts);
	for (size_t k = 0; k < b->n; k++)
		align_count_beads(
			&counts, &b->al->model, b->tasks[k].side, &b->tasks[k].links);
	align_counts_apply(&b->al->model, &counts);
}

void align_aligner_train(struct amts_aligner *al, struct align_corpus *c,
	const uint64_t *skip, size_t n, unsigned threads)
{
	struct align_corpus all = { 0 };

	if (!c)
		c = &all;
	align_lessons_add(c, &al->lessons, skip, n);
	align_lexicon_train(&al->lex, c, al->words[0].n, al->words[1].n, threads);
	align_corpus_release(&all);
}

static void learn(struct batch *b)
{
	struct align_corpus corpus = { 0 };

	for (size_t k = 0; k < b->n; k++)
		align_teach_pairs(&corpus, b->tasks[k].side, &b->tasks[k].links);
	align_aligner_train(b->al, &corpus, b->keys, b->n, b->threads);
	align_corpus_release(&corpus);
}

static uint64_t key_of(const struct amts_align_job *job)
{
	return amts_str_hash(job->tgt->doc->bytes,
		amts_str_hash(job->src->doc->bytes, AMTS_HASH_SEED));
}

/* Keep what the finished batch teaches for the next one. */
static void remember(struct batch *b)
{
	for (size_t k = 0; k < b->n; k++) {
		struct align_corpus pairs = { 0 };

		if (b->jobs[k].focus)
			continue;
		align_teach_pairs(&pairs, b->tasks[k].side, &b->tasks[k].links);
		align_lessons_put(&b->al->lessons, b->tasks[k].key, pairs);
	}
}

static void write_beads(void *ctx, size_t k)
{
	struct batch *b = ctx;
	struct task *t = &b->tasks[k];

	align_output(&b->jobs[k], &t->side[0], &t->side[1], &t->links);
}

static int all_done(const struct batch *b)
{
	for (size_t k = 0; k < b->n; k++)
		if (!b->tasks[k].done)
			return 0;
	return 1;
}

static void run(struct batch *b)
{
	int known = b->al->lessons.pairs > 0, passes = known ? PASSES_KNOWN : PASSES;

	b->keys = amts_calloc(b->n, sizeof(*b->keys));
	for (size_t k = 0; k < b->n; k++)
		if (!b->jobs[k].focus)
			b->keys[k] = b->tasks[k].key = key_of(&b->jobs[k]);
	align_sort_u64(b->keys, b->n);
	number_tokens(b);
	align_parallel(b->threads, b->n, compare_sides, b);
	if (!known)
		guess_ratio(b);
	for (int pass = 1;; pass++) {
		b->last = pass == passes;
		align_parallel(b->threads, b->n, align_document, b);
		if (all_done(b))
			break;
		reestimate(b);
		learn(b);
	}
	align_parallel(b->threads, b->n, write_beads, b);
	remember(b);
	free(b->same_count[0]);
	free(b->same_count[1]);
	free(b->keys);
}

int amts_align_batch(struct amts_aligner *al, struct amts_align_job *jobs, size_t n,
	unsigned threads, struct amts_error *err)
{
	struct batch b = { .al = al, .jobs = jobs, .n = n, .threads = threads };
	int rc = AMTS_OK;

	b.tasks = amts_calloc(n, sizeof(*b.tasks));
	align_parallel(threads, n, prepare, &b);
	for (size_t k = 0; k < n && !rc; k++)
		if ((rc = b.tasks[k].rc))
			*err = b.tasks[k].err;
	if (!rc)
		run(&b);
	for (size_t k = 0; k < n; k++)
		release_task(&b.tasks[k]);
	free(b.tasks);
	return rc;
}

/* ---- one document, one pass, to teach ---------------------------------------------- */

int align_teach(struct align_counts *counts, struct align_corpus *pairs,
	struct amts_aligner *al, const struct amts_align_job *job, struct amts_error *err)
{
	struct amts_align_job copy = *job;
	struct task t = { 0 };
	struct batch b = { .al = al, .jobs = &copy, .tasks = &t, .n = 1, .threads = 1 };
	int rc;

	copy.focus = NULL;
	prepare(&b, 0);
	rc = t.rc;
	if (rc) {
		*err = t.err;
	} else {
		number_tokens(&b);
		compare_sides(&b, 0);
		guess_ratio(&b);
		align_document(&b, 0);
		align_count_lengths(counts, t.side, &t.links);
		align_counts_ratio(&al->model, counts);
		align_count_beads(counts, &al->model, t.side, &t.links);
		align_teach_pairs(pairs, t.side, &t.links);
		free(b.same_count[0]);
		free(b.same_count[1]);
	}
	release_task(&t);
	return rc;
}

/* ---- without learning ------------------------------------------------------------ */

struct known {
	const struct amts_aligner *al;
	struct amts_align_job *jobs;
	struct task *tasks;
};

/* A batch of one document, with a copy of what all of them share. */
static void align_known(void *ctx, size_t k)
{
	struct known *all = ctx;
	struct amts_aligner al = *all->al;
	struct task *t = &all->tasks[k];
	struct batch b = { .al = &al,
		.jobs = &all->jobs[k],
		.tasks = t,
		.n = 1,
		.threads = 1,
		.last = 1,
		.known = 1 };

	al.same = (struct align_vocab){ 0 };
	prepare(&b, 0);
	if (!t->rc) {
		number_tokens(&b);
		compare_sides(&b, 0);
		align_document(&b, 0);
		write_beads(&b, 0);
		free(b.same_count[0]);
		free(b.same_count[1]);
	}
	align_vocab_free(&al.same);
	release_task(t);
}

int amts_align_known(const struct amts_aligner *al, struct amts_align_job *jobs, size_t n,
	unsigned threads, struct amts_error *err)
{
	struct known all = { al, jobs, amts_calloc(n, sizeof(*all.tasks)) };
	int rc = AMTS_OK;

	align_parallel(threads, n, align_known, &all);
	for (size_t k = 0; k < n && !rc; k++)
		if ((rc = all.tasks[k].rc))
			*err = all.tasks[k].err;
	free(all.tasks);
	return rc;
}
