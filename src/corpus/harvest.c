/*
 * Aligning what the ledger does not have yet, with the lexicon that was given.  Without
 * one the aligner learns from the latest revision of each document, once, and is kept as
 * it is then.  Whatever is aligned with either comes out the same, in whatever order, by
 * however many threads, and after a kill.
 */
#include "align/parallel.h"
#include "base/alloc.h"
#include "base/map.h"
#include "corpus/chain.h"
#include "corpus/extract.h"
#include "md/pairing.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of documents that teach the aligner, and that are aligned together. */
#define TEACH_BYTES ((size_t)12 << 20)
#define GROUP_BYTES ((size_t)1 << 20)

/* Alignments that are less sure teach the memory nothing; see src/mt/memory.c. */
#define MEMORY_SCORE .7

/* A pair of blobs to be aligned. */
struct task {
	const struct amts_revision *revision;
	struct amts_arena *arena;
	struct amts_str src, tgt;
	struct corpus_side side[2];
	struct corpus_texts texts[STORE_UNITS];
	struct amts_pair *pairs; /* of each sentence; src empty where there is none */
	struct amts_error err;
	int rc;
};

struct harvest {
	const struct amts_harvest_input *in;
	struct amts_memory *mem;
	struct store_harvest *store;
	const struct amts_aligner *al;
	struct amts_aligner *own; /* al, unless it was given */
	size_t *order;		  /* revisions, document by document */
	char *wanted; /* of each revision: align it now; each pair of blobs once */
	struct corpus_chain chain; /* of the document at hand */
	size_t next;		   /* in order: what the ledger is complete up to */
	size_t done, fresh;
};

/* ---- one pair of blobs, in any thread ---- */

static int read_sides(struct task *t, const struct harvest *h)
{
	int rc = corpus_side_read(
		&t->side[0], t->arena, t->src, 0, h->in->src_lang, &t->err);

	return rc ? rc
		  : corpus_side_read(
			    &t->side[1], t->arena, t->tgt, 0, h->in->tgt_lang, &t->err);
}

/* Sentences as the memory wants them, with placeholders. */
static void pair_sentences(struct task *t, const struct harvest *h)
{
	const struct amts_segments *src = &t->side[0].segs, *tgt = &t->side[1].segs;
	size_t i;

	t->pairs = AMTS_NEW(t->arena, struct amts_pair, t->texts[0].n);
	for (i = 0; i < t->texts[0].n; i++) {
		const struct corpus_text *x = &t->texts[0].v[i];
		struct amts_pair *p = &t->pairs[i];

		if (x->score < MEMORY_SCORE ||
			!amts_pair_segments(&p->src, &p->tgt, t->arena, src, x->src_at,
				tgt, x->tgt_at, h->in->tgt_lang) ||
			amts_str_eq(p->src, p->tgt)) {
			p->src = AMTS_STR("");
			continue;
		}
		if (x->src_at.beg)
			p->before = src->v[x->src_at.beg - 1].text;
		p->path = t->revision->path;
		p->commit = amts_str_z(t->revision->commit.hex);
		p->date = t->revision->date;
		p->score = x->score;
	}
}

static int align_task(struct task *t, const struct harvest *h)
{
	struct amts_align_job job = { .arena = t->arena };
	int unit, rc = read_sides(t, h);

	job.src = &t->side[0].segs;
	job.tgt = &t->side[1].segs;
	if (!rc)
		rc = amts_align_known(h->al, &job, 1, 1, &t->err);
	for (unit = 0; !rc && unit < STORE_UNITS; unit++)
		rc = corpus_extract(&t->texts[unit], t->arena, &t->side[0], &t->side[1],
			&job, (enum amts_unit)unit, t->revision->pending,
			t->revision->npending, &t->err);
	if (!rc)
		pair_sentences(t, h);
	return rc;
}

struct group {
	struct harvest *h;
	struct task *v;
	size_t n, cap;
};

static void align_one(void *ctx, size_t i)
{
	struct group *g = ctx;

	g->v[i].rc = align_task(&g->v[i], g->h);
}

static int open_task(struct task *t, const struct harvest *h,
	const struct amts_revision *r, struct amts_error *err)
{
	int rc;

	memset(t, 0, sizeof(*t));
	t->revision = r;
	t->arena = amts_arena_new();
	rc = h->in->read(&t->src, t->arena, &r->src, 0, h->in->payload, err);
	if (!rc)
		rc = h->in->read(&t->tgt, t->arena, &r->tgt, 1, h->in->payload, err);
	return rc;
}

static void close_tasks(struct group *g)
{
	while (g->n)
		amts_arena_free(g->v[--g->n].arena);
}

/* ---- the ledger ---- */

static int store_texts(struct store_document *doc, struct harvest *h, struct task *t,
	struct amts_error *err)
{
	int unit, rc = AMTS_OK;
	size_t i;

	for (unit = 0; unit < STORE_UNITS; unit++) {
		const struct corpus_texts *texts = &t->texts[unit];

		doc->n[unit] = texts->n;
		doc->v[unit] = AMTS_NEW(t->arena, struct store_item, texts->n);
		for (i = 0; !rc && i < texts->n; i++) {
			doc->v[unit][i].score =
				(uint16_t)(texts->v[i].score * STORE_SCORE + .5);
			rc = store_harvest_text(&doc->v[unit][i].text, h->store,
				texts->v[i].src, texts->v[i].tgt, err);
		}
	}
	return rc;
}

/* What people say in it for the first time. */
static int teach_memory(struct harvest *h, struct task *t, const unsigned char *brought,
	struct amts_error *err)
{
	struct amts_pair *v = AMTS_NEW(t->arena, struct amts_pair, t->texts[0].n);
	size_t i, n = 0;

	for (i = 0; i < t->texts[0].n; i++)
		if (brought[i] && t->pairs[i].src.n)
			v[n++] = t->pairs[i];
	return n ? amts_memory_add(h->mem, h->in->src_lang, h->in->tgt_lang, v, n, err)
		 : AMTS_OK;
}

/* The next revision of the document at hand; t is NULL when the ledger has it already. */
static int step(struct harvest *h, size_t at, struct task *t, struct amts_error *err)
{
	const struct amts_revision *r = &h->in->v[at];
	const struct store_document *doc = store_harvest_find(h->store, &r->src, &r->tgt);
	struct corpus_chain now;
	unsigned char *brought;
	int rc = AMTS_OK;

	if (r->before == AMTS_REVISION_FIRST)
		corpus_chain_release(&h->chain);
	if (!doc || !doc->n[0])
		return AMTS_OK;
	brought = amts_calloc(doc->n[0], 1);
	corpus_chain_step(&now, brought, &h->chain, h->in->v, at, doc->v[0], doc->n[0]);
	corpus_chain_release(&h->chain);
	h->chain = now;
	if (t)
		rc = teach_memory(h, t, brought, err);
	free(brought);
	return rc;
}

/* One document pair that was aligned; what cannot be read is not tried again. */
static int store_task(struct harvest *h, struct task *t, struct amts_error *err)
{
	struct store_document doc = { .key = 0 };
	int rc = t->rc ? AMTS_OK : store_texts(&doc, h, t, err);

	return rc ? rc
		  : store_harvest_add(
			    h->store, &t->revision->src, &t->revision->tgt, &doc, err);
}

/* Go on in order to the end of the group; one transaction. */
static int store_group(struct group *g, size_t end, struct amts_error *err)
{
	struct harvest *h = g->h;
	size_t k = 0;
	int rc = store_harvest_begin(h->store, err);

	for (; !rc && h->next < end; h->next++) {
		const struct amts_revision *r = &h->in->v[h->order[h->next]];
		struct task *t = k < g->n && g->v[k].revision == r ? &g->v[k++] : NULL;

		if (t)
			rc = store_task(h, t, err);
		if (!rc)
			rc = step(h, h->order[h->next], t, err);
	}
	if (!rc)
		return store_harvest_commit(h->store, err);
	store_harvest_rollback(h->store);
	return rc;
}

/* ---- the whole ---- */

static uint64_t revision_key(const struct amts_revision *r)
{
	return amts_str_hash(amts_str_z(r->tgt.hex),
		amts_str_hash(amts_str_z(r->src.hex), AMTS_HASH_SEED));
}

static int is_known(const struct harvest *h, const struct amts_revision *r)
{
	return store_harvest_find(h->store, &r->src, &r->tgt) != NULL;
}

static void tell(const struct harvest *h, const char *what, size_t done, size_t total)
{
	if (h->in->progress)
		h->in->progress->fn(h->in->progress->payload, what, done, total);
}

/* Tasks up to a size, from h->next on; *end is where they stop. */
static int open_group(struct group *g, size_t *end, struct amts_error *err)
{
	struct harvest *h = g->h;
	size_t i, bytes = 0;
	int rc = AMTS_OK;

	for (i = h->next; !rc && i < h->in->n && bytes < GROUP_BYTES; i++) {
		struct task t;

		if (!h->wanted[h->order[i]])
			continue;
		h->done++;
		rc = open_task(&t, h, &h->in->v[h->order[i]], err);
		if (rc == AMTS_ENOTFOUND) { /* part of the history is not here */
			amts_arena_free(t.arena);
			rc = AMTS_OK;
			continue;
		}
		AMTS_VEC_PUSH(g->v, g->n, g->cap, t);
		bytes += t.src.n + t.tgt.n;
	}
	*end = i;
	return rc;
}

static int align_all(struct harvest *h, struct amts_error *err)
{
	struct group g = { .h = h };
	size_t end;
	int rc = AMTS_OK;

	while (!rc && h->next < h->in->n) {
		rc = open_group(&g, &end, err);
		if (!rc)
			align_parallel(h->in->threads, g.n, align_one, &g);
		if (!rc)
			rc = store_group(&g, end, err);
		close_tasks(&g);
		tell(h, "Reading history", h->done, h->fresh);
	}
	free(g.v);
	return rc;
}

/* Read the latest revisions of documents as long as there is room. */
static int open_lessons(struct group *g, struct amts_error *err)
{
	struct harvest *h = g->h;
	size_t i, bytes = 0;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < h->in->n && bytes < TEACH_BYTES; i++) {
		struct task t;

		if (!corpus_chain_ends(h->in->v, h->in->n, h->order, i))
			continue;
		rc = open_task(&t, h, &h->in->v[h->order[i]], err);
		bytes += t.src.n + t.tgt.n;
		if (rc == AMTS_ENOTFOUND || (!rc && read_sides(&t, h))) {
			amts_arena_free(t.arena);
			rc = AMTS_OK;
			continue;
		}
		AMTS_VEC_PUSH(g->v, g->n, g->cap, t);
	}
	return rc;
}

static int teach(struct harvest *h, struct amts_buf *learnt, struct amts_error *err)
{
	struct group g = { .h = h };
	struct amts_align_job *jobs = NULL;
	struct amts_aligner *al = NULL;
	size_t i;
	int rc = open_lessons(&g, err);

	jobs = amts_calloc(g.n + 1, sizeof(*jobs));
	for (i = 0; i < g.n; i++) {
		jobs[i].arena = g.v[i].arena;
		jobs[i].src = &g.v[i].side[0].segs;
		jobs[i].tgt = &g.v[i].side[1].segs;
	}
	if (!rc)
		rc = amts_aligner_new(&al, h->in->src_lang, h->in->tgt_lang, err);
	if (!rc)
		rc = amts_align_batch(al, jobs, g.n, h->in->threads, err);
	if (!rc)
		rc = amts_aligner_save(learnt, al, err);
	amts_aligner_free(al);
	free(jobs);
	close_tasks(&g);
	free(g.v);
	return rc;
}

static int keep_aligner(struct harvest *h, struct amts_str bytes, struct amts_error *err)
{
	int rc = store_harvest_begin(h->store, err);

	if (!rc)
		rc = store_harvest_set_aligner(h->store, bytes, err);
	if (!rc)
		return store_harvest_commit(h->store, err);
	store_harvest_rollback(h->store);
	return rc;
}

/* The aligner that was kept, or a new one; used as it was saved in either case. */
static int open_aligner(struct harvest *h, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf learnt = AMTS_BUF_INIT;
	struct amts_str bytes;
	int rc = store_harvest_aligner(&bytes, arena, h->store, err);

	if (!rc && bytes.n &&
		amts_aligner_load(&h->own, bytes, h->in->src_lang, h->in->tgt_lang, err))
		bytes.n = 0; /* of another version of this program */
	if (!rc && !bytes.n) {
		tell(h, "Learning words", 0, 0);
		rc = teach(h, &learnt, err);
		if (!rc)
			rc = keep_aligner(h, amts_buf_str(&learnt), err);
		if (!rc)
			rc = amts_aligner_load(&h->own, amts_buf_str(&learnt),
				h->in->src_lang, h->in->tgt_lang, err);
	}
	h->al = h->own;
	amts_buf_release(&learnt);
	amts_arena_free(arena);
	return rc;
}

/* ---- which ---- */

/* Mark all pairs of blobs that are not known; how many. */
static size_t want_all(struct harvest *h)
{
	struct amts_map seen = { NULL, 0, 0 };
	size_t i, k, n = 0;

	for (i = 0; i < h->in->n; i++) {
		k = h->order[i];
		h->wanted[k] = !is_known(h, &h->in->v[k]) &&
			       amts_map_add(&seen, revision_key(&h->in->v[k]), i) == i;
		n += (size_t)h->wanted[k];
	}
	amts_map_release(&seen);
	return n;
}

/* Is the revision order[i] needed to know what the end of its document, order[end], says?
 * Not much more than that one, unless drafts were landed before. */
static int is_needed(const struct harvest *h, size_t i, size_t end, int drafts)
{
	const struct amts_revision *v = h->in->v;

	return drafts || i == end ||
	       amts_oid_eq(&v[h->order[i]].tgt, &v[h->order[end]].tgt);
}

/* Leave the marks of those that current revisions need. */
static size_t want_present(struct harvest *h)
{
	const struct amts_revision *v = h->in->v;
	char *needed = amts_calloc(h->in->n + 1, 1);
	size_t i, beg = 0, k, n = 0;
	int drafts = 0;

	for (i = 0; i < h->in->n; i++) {
		drafts |= v[h->order[i]].draft;
		if (!corpus_chain_ends(v, h->in->n, h->order, i))
			continue;
		for (k = beg; k <= i && v[h->order[i]].current; k++)
			needed[h->order[k]] = (char)is_needed(h, k, i, drafts);
		beg = i + 1;
		drafts = 0;
	}
	for (i = 0; i < h->in->n; i++) {
		h->wanted[i] &= needed[i];
		n += (size_t)h->wanted[i];
	}
	free(needed);
	return n;
}

int amts_corpus_harvest(size_t *fresh, struct amts_memory *mem,
	const struct amts_harvest_input *in, struct amts_error *err)
{
	struct harvest h = { .in = in, .mem = mem, .al = in->lexicon };
	int rc = store_harvest_open(&h.store, mem, in->src_lang, in->tgt_lang, err);

	if (rc)
		return rc;
	h.order = corpus_chains_order(in->v, in->n);
	h.wanted = amts_calloc(in->n + 1, 1);
	h.fresh = want_all(&h);
	if (in->present)
		h.fresh = want_present(&h);
	*fresh = h.fresh;
	if (h.fresh && !h.al)
		rc = open_aligner(&h, err);
	if (!rc && h.fresh)
		rc = align_all(&h, err);
	amts_aligner_free(h.own);
	corpus_chain_release(&h.chain);
	free(h.order);
	free(h.wanted);
	store_harvest_free(h.store);
	return rc;
}
