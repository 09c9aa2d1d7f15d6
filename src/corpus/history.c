/* From what revisions say, one after the other, to what is said now. */
#include "base/alloc.h"
#include "base/map.h"
#include "corpus/chain.h"
#include "corpus/lexicon.h"

#include <stdlib.h>
#include <string.h>

/* What is known of a text. */
struct origin {
	size_t src;	/* texts with one source have one number */
	size_t brought; /* the newest revision that brought it, plus one; 0: none */
	unsigned short score;
	char current;	/* stands in what the branch has now */
	char corrected; /* replaced another wording */
	char given;	/* is in the result */
};

struct history {
	const struct amts_harvest_input *in;
	struct store_harvest *store;
	uint64_t lexicon; /* key of what counts */
	enum amts_unit unit;
	struct amts_arena *arena; /* the caller's */
	struct store_text *texts;
	size_t ntexts;
	struct origin *of; /* of each text */
	size_t *newest;	   /* of each source: text, where none is current */
	char *has_current; /* of each source */
	struct fate {
		size_t kept, replaced;
	} * fates;		    /* of what each revision brought */
	size_t *order;		    /* revisions, document by document */
	struct amts_corpus_pair *v; /* heap */
	size_t n, cap;
};

static void number_sources(struct history *h)
{
	struct amts_map sources = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < h->ntexts; i++)
		h->of[i].src = amts_map_add(
			&sources, amts_str_hash(h->texts[i].src, AMTS_HASH_SEED), i);
	amts_map_release(&sources);
}

/* A text that is new in a document replaces what the document said of its source. */
static void find_corrections(struct history *h, const struct corpus_chain *before,
	const struct corpus_chain *now, const struct store_item *items, size_t n,
	const unsigned char *brought)
{
	struct amts_map lost = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < before->n; i++)
		if (!corpus_chain_has(now, before->v[i].text))
			amts_map_add(&lost, h->of[before->v[i].text].src, 1);
	for (i = 0; lost.n && i < n; i++)
		if (brought[i] &&
			amts_map_get(&lost, h->of[items[i].text].src) != AMTS_MAP_NONE)
			h->of[items[i].text].corrected = 1;
	amts_map_release(&lost);
}

static int is_newer(const struct history *h, size_t a, size_t b)
{
	const struct amts_revision *v = h->in->v;

	return v[a].date != v[b].date ? v[a].date > v[b].date : a > b;
}

static void note(struct history *h, size_t revision, const struct store_item *items,
	size_t n, const unsigned char *brought)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct origin *o = &h->of[items[i].text];

		o->score = items[i].score > o->score ? items[i].score : o->score;
		if (brought[i] && (!o->brought || is_newer(h, revision, o->brought - 1)))
			o->brought = revision + 1;
	}
}

static void mark_current(struct history *h, const struct corpus_chain *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (!c->v[i].doubt) {
			h->of[c->v[i].text].current = 1;
			h->has_current[h->of[c->v[i].text].src] = 1;
		}
}

/* The list of a revision, NULL when there is nothing in it; numbers are of texts. */
static const struct store_item *items_of(
	size_t *n, const struct history *h, const struct amts_revision *r)
{
	const struct store_document *doc = store_harvest_find(h->store, &r->src, &r->tgt);
	size_t i;

	*n = doc && doc->lexicon == h->lexicon ? doc->n[h->unit] : 0;
	for (i = 0; i < *n; i++)
		if (doc->v[h->unit][i].text >= h->ntexts)
			*n = 0; /* not ours: damaged */
	return *n ? doc->v[h->unit] : NULL;
}

static void take_revision(struct history *h, struct corpus_chain *c, size_t at)
{
	size_t n;
	const struct store_item *items = items_of(&n, h, &h->in->v[h->order[at]]);
	struct corpus_chain before = *c;
	unsigned char *brought;

	if (!items)
		return;
	brought = amts_calloc(n, 1);
	corpus_chain_step(c, brought, &before, h->in->v, h->order[at], items, n);
	find_corrections(h, &before, c, items, n, brought);
	note(h, h->order[at], items, n, brought);
	corpus_chain_release(&before);
	free(brought);
}

static void take_all(struct history *h)
{
	struct corpus_chain c = { .n = 0 };
	size_t i;

	for (i = 0; i < h->in->n; i++) {
		take_revision(h, &c, i);
		if (!corpus_chain_ends(h->in->v, h->in->n, h->order, i))
			continue;
		if (h->in->v[h->order[i]].current)
			mark_current(h, &c);
		corpus_chain_release(&c);
	}
}

static void find_newest(struct history *h)
{
	size_t i, *best;

	for (i = 0; i < h->ntexts; i++) {
		if (!h->of[i].brought)
			continue;
		best = &h->newest[h->of[i].src];
		if (*best == SIZE_MAX ||
			is_newer(h, h->of[i].brought - 1, h->of[*best].brought - 1))
			*best = i;
	}
}

/* A commit of which this share was replaced, out of so many texts at least, was a draft:
 * what else it said (of sentences that the source has no more) is no better. */
#define REWRITTEN_SHARE .8
#define REWRITTEN_TEXTS 10

/* Of what each revision brought: how many are current, and how many have another wording
 * now. */
static void count_fates(struct history *h)
{
	size_t i;

	h->fates = amts_calloc(h->in->n + 1, sizeof(*h->fates));
	for (i = 0; i < h->ntexts; i++) {
		const struct origin *o = &h->of[i];

		if (o->brought && o->current)
			h->fates[o->brought - 1].kept++;
		else if (o->brought && h->has_current[o->src])
			h->fates[o->brought - 1].replaced++;
	}
}

static int was_rewritten(const struct history *h, size_t revision)
{
	double kept = (double)h->fates[revision].kept;
	double replaced = (double)h->fates[revision].replaced;

	return kept + replaced >= REWRITTEN_TEXTS &&
	       replaced > REWRITTEN_SHARE * (kept + replaced);
}

/* The memory has it from its own commits: those that were drafts are told there. */
static int distrust(
	const struct history *h, struct amts_memory *mem, struct amts_error *err)
{
	struct amts_memory_origin *v = amts_malloc((h->in->n + 1) * sizeof(*v));
	size_t i, n = 0;
	int rc;

	for (i = 0; i < h->in->n; i++)
		if (was_rewritten(h, i))
			v[n++] = (struct amts_memory_origin){ h->in->v[i].path,
				amts_str_z(h->in->v[i].commit.hex) };
	rc = amts_memory_distrust(mem, v, n, err);
	free(v);
	return rc;
}

static enum amts_standing standing_of(const struct history *h, size_t text)
{
	const struct origin *o = &h->of[text];

	if (!o->brought)
		return AMTS_PAIR_UNREVIEWED;
	if (o->current)
		return AMTS_PAIR_CURRENT;
	if (h->has_current[o->src] || h->newest[o->src] != text)
		return AMTS_PAIR_OLDER;
	return was_rewritten(h, o->brought - 1) ? AMTS_PAIR_REWRITTEN : AMTS_PAIR_CURRENT;
}

/* A text, and the revision that has it. */
static void give(struct history *h, size_t text, size_t revision)
{
	struct origin *o = &h->of[text];
	const struct amts_revision *r = &h->in->v[o->brought ? o->brought - 1 : revision];
	struct amts_corpus_pair p = { .src = h->texts[text].src,
		.tgt = h->texts[text].tgt,
		.path = amts_arena_str(h->arena, r->path),
		.commit = amts_arena_str(h->arena, amts_str_z(r->commit.hex)),
		.date = r->date,
		.score = (double)o->score / STORE_SCORE,
		.standing = standing_of(h, text),
		.corrected = o->corrected };

	o->given = 1;
	AMTS_VEC_PUSH(h->v, h->n, h->cap, p);
}

/* A document: its latest revision first, then what it once said. */
struct last {
	struct amts_str path;
	size_t beg, end; /* in order */
};

static int by_path(const void *x, const void *y)
{
	const struct last *a = x, *b = y;
	int c = amts_str_cmp(a->path, b->path);

	return c ? c : (a->beg > b->beg) - (a->beg < b->beg);
}

static void give_document(struct history *h, const struct last *d)
{
	size_t i, k, n;

	for (i = d->end; i-- > d->beg;) {
		const struct store_item *items = items_of(&n, h, &h->in->v[h->order[i]]);

		for (k = 0; k < n; k++)
			if (!h->of[items[k].text].given)
				give(h, items[k].text, h->order[i]);
	}
}

static void give_all(struct history *h)
{
	struct last *docs = amts_malloc((h->in->n + 1) * sizeof(*docs));
	size_t i, n = 0, beg = 0;

	for (i = 0; i < h->in->n; i++)
		if (corpus_chain_ends(h->in->v, h->in->n, h->order, i)) {
			docs[n++] =
				(struct last){ h->in->v[h->order[i]].path, beg, i + 1 };
			beg = i + 1;
		}
	qsort(docs, n, sizeof(*docs), by_path);
	for (i = 0; i < n; i++)
		give_document(h, &docs[i]);
	free(docs);
}

static void resolve(struct history *h)
{
	size_t i;

	h->of = amts_calloc(h->ntexts + 1, sizeof(*h->of));
	h->has_current = amts_calloc(h->ntexts + 1, 1);
	h->newest = amts_malloc((h->ntexts + 1) * sizeof(*h->newest));
	for (i = 0; i < h->ntexts; i++)
		h->newest[i] = SIZE_MAX;
	h->order = corpus_chains_order(h->in->v, h->in->n);
	h->lexicon = corpus_lexicon_key(h->in);
	number_sources(h);
	take_all(h);
	find_newest(h);
	count_fates(h);
	give_all(h);
}

static void release(struct history *h)
{
	free(h->fates);
	free(h->of);
	free(h->has_current);
	free(h->newest);
	free(h->order);
	free(h->v);
}

int amts_corpus_of_history(struct amts_corpus *out, struct amts_arena *arena,
	struct amts_memory *mem, const struct amts_harvest_input *in, enum amts_unit unit,
	struct amts_error *err)
{
	struct history h = { .in = in, .unit = unit, .arena = arena };
	int rc = store_harvest_open(&h.store, mem, in->src_lang, in->tgt_lang, err);

	*out = (struct amts_corpus){ in->src_lang, in->tgt_lang, NULL, 0 };
	if (rc)
		return rc;
	rc = store_harvest_texts(&h.texts, &h.ntexts, arena, h.store, err);
	if (!rc) {
		resolve(&h);
		rc = unit == AMTS_UNIT_SENTENCE ? distrust(&h, mem, err) : AMTS_OK;
	}
	out->n = h.n;
	out->v = AMTS_NEW(arena, struct amts_corpus_pair, h.n + 1);
	if (h.n)
		memcpy(out->v, h.v, h.n * sizeof(*h.v));
	release(&h);
	store_harvest_free(h.store);
	return rc;
}
