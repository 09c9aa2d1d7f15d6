/*
 * Aligning what the ledger does not have yet, with the lexicon that was given or the one
 * that the history calls for.  Whatever is aligned with either comes out the same, in
 * whatever order, by however many threads, and after a kill.
 */
#include "align/parallel.h"
#include "base/alloc.h"
#include "base/map.h"
#include "corpus/chain.h"
#include "corpus/lexicon.h"
#include "corpus/task.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of documents that are aligned together. */
#define GROUP_BYTES ((size_t)1 << 20)

struct harvest {
	const struct amts_harvest_input *in;
	struct amts_memory *mem;
	struct store_harvest *store;
	uint64_t lexicon; /* its key; 0: one that was given, and counts for this time */
	const struct amts_aligner *al;
	struct amts_aligner *own; /* al, unless it was given */
	size_t *order;		  /* revisions, document by document */
	char *wanted; /* of each revision: align it now; each pair of blobs once */
	struct corpus_chain chain; /* of the document at hand */
	size_t next;		   /* in order: what the ledger is complete up to */
	size_t done, fresh;
};

struct group {
	struct harvest *h;
	struct corpus_tasks tasks;
};

static void align_one(void *ctx, size_t i)
{
	struct group *g = ctx;

	corpus_task_align(&g->tasks.v[i], g->h->in, g->h->al);
}

/* ---- the ledger ---- */

static int store_texts(struct store_document *doc, struct harvest *h,
	struct corpus_task *t, struct amts_error *err)
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

/* What people say in it for the first time.  Of what is only aligned anew the memory
 * knows, or was told to forget, all but what came out otherwise. */
static int teach_memory(struct harvest *h, struct corpus_task *t,
	const struct store_item *items, const unsigned char *brought,
	struct amts_error *err)
{
	struct amts_pair *v = AMTS_NEW(t->arena, struct amts_pair, t->texts[0].n);
	size_t i, n = 0;

	for (i = 0; i < t->texts[0].n; i++)
		if (brought[i] && t->pairs[i].src.n &&
			(!t->again || items[i].text >= t->new_text))
			v[n++] = t->pairs[i];
	return n ? amts_memory_add(h->mem, h->in->src_lang, h->in->tgt_lang, v, n, err)
		 : AMTS_OK;
}

/* The next revision of the document at hand; t is NULL when the ledger has it already. */
static int step(
	struct harvest *h, size_t at, struct corpus_task *t, struct amts_error *err)
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
		rc = teach_memory(h, t, doc->v[0], brought, err);
	free(brought);
	return rc;
}

/* One document pair that was aligned; what cannot be read is not tried again. */
static int store_task(struct harvest *h, struct corpus_task *t, struct amts_error *err)
{
	struct store_document doc = { .key = 0 };
	int rc;

	t->again = store_harvest_find(h->store, &t->revision->src, &t->revision->tgt) !=
		   NULL;
	t->new_text = store_harvest_next_text(h->store);
	rc = t->rc ? AMTS_OK : store_texts(&doc, h, t, err);
	doc.lexicon = h->lexicon;
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
		struct corpus_task *t = k < g->tasks.n && g->tasks.v[k].revision == r
						? &g->tasks.v[k++]
						: NULL;

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
	const struct store_document *d = store_harvest_find(h->store, &r->src, &r->tgt);

	return d && (h->in->present || d->lexicon == h->lexicon);
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
		struct corpus_task t;

		if (!h->wanted[h->order[i]])
			continue;
		h->done++;
		rc = corpus_task_open(&t, h->in, &h->in->v[h->order[i]], err);
		if (rc == AMTS_ENOTFOUND) { /* part of the history is not here */
			amts_arena_free(t.arena);
			rc = AMTS_OK;
			continue;
		}
		AMTS_VEC_PUSH(g->tasks.v, g->tasks.n, g->tasks.cap, t);
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
			align_parallel(h->in->threads, g.tasks.n, align_one, &g);
		if (!rc)
			rc = store_group(&g, end, err);
		corpus_tasks_release(&g.tasks);
		tell(h, "Reading history", h->done, h->fresh);
	}
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
	struct harvest h = { .in = in, .mem = mem };
	int rc = store_harvest_open(&h.store, mem, in->src_lang, in->tgt_lang, err);

	if (rc)
		return rc;
	if (in->present)
		h.al = in->lexicon;
	if (!h.al)
		h.lexicon = corpus_lexicon_key(in);
	h.order = corpus_chains_order(in->v, in->n);
	h.wanted = amts_calloc(in->n + 1, 1);
	h.fresh = want_all(&h);
	if (in->present)
		h.fresh = want_present(&h);
	*fresh = h.fresh;
	if (h.fresh && !h.al) {
		rc = corpus_lexicon_open(&h.own, h.store, in, err);
		h.al = h.own;
	}
	if (!rc && h.fresh)
		rc = align_all(&h, err);
	amts_aligner_free(h.own);
	corpus_chain_release(&h.chain);
	free(h.order);
	free(h.wanted);
	store_harvest_free(h.store);
	return rc;
}
