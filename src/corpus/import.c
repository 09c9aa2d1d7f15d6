/* Files of parallel data into a memory, some thousand pairs at a time. */
#include "base/alloc.h"
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

#define BATCH 50000 /* pairs of one transaction */
#define SCRATCH_PAIRS 256

/* Pairs of one language pair that wait to be added. */
struct batch {
	char src_lang[40], tgt_lang[40];
	struct amts_arena *arena;
	struct amts_pair *v;
	size_t n;
};

struct importing {
	struct amts_memory *mem;
	struct batch *v; /* the language at hand first: few, and long runs of each */
	size_t n, cap;
	size_t read;
	struct amts_arena *scratch; /* of the pairs at hand */
	const struct amts_progress *progress;
};

static int flush(struct importing *im, struct batch *b, struct amts_error *err)
{
	int rc = amts_memory_add(im->mem, b->src_lang, b->tgt_lang, b->v, b->n, err);

	amts_arena_free(b->arena);
	b->arena = amts_arena_new();
	b->n = 0;
	if (im->progress)
		im->progress->fn(im->progress->payload, "Importing", im->read, 0);
	return rc;
}

static struct batch *batch_of(
	struct importing *im, const char *src_lang, const char *tgt_lang)
{
	struct batch b = { .n = 0 };
	size_t i;

	for (i = 0; i < im->n; i++)
		if (!strcmp(im->v[i].src_lang, src_lang) &&
			!strcmp(im->v[i].tgt_lang, tgt_lang))
			return &im->v[i];
	strncat(b.src_lang, src_lang, sizeof(b.src_lang) - 1);
	strncat(b.tgt_lang, tgt_lang, sizeof(b.tgt_lang) - 1);
	b.arena = amts_arena_new();
	b.v = amts_malloc(BATCH * sizeof(*b.v));
	AMTS_VEC_PUSH(im->v, im->n, im->cap, b);
	return &im->v[im->n - 1];
}

static int add(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *pair, struct amts_error *err)
{
	struct importing *im = payload;
	struct batch *b = batch_of(im, src_lang, tgt_lang);
	struct amts_pair *p = &b->v[b->n++];

	*p = *pair;
	bitext_protect_pair(p, im->scratch, src_lang, tgt_lang);
	p->src = amts_arena_str(b->arena, p->src);
	p->tgt = amts_arena_str(b->arena, p->tgt);
	p->before = amts_arena_str(b->arena, p->before);
	p->path = amts_arena_str(b->arena, pair->path);
	p->commit = amts_arena_str(b->arena, pair->commit);
	im->read++;
	if (im->read % SCRATCH_PAIRS == 0) {
		amts_arena_free(im->scratch);
		im->scratch = amts_arena_new();
	}
	return b->n == BATCH ? flush(im, b, err) : AMTS_OK;
}

int amts_bitext_import(size_t *n, struct amts_memory *mem, struct amts_str bytes,
	const char *name, enum amts_bitext_format format, const char *src_lang,
	const char *tgt_lang, const struct amts_progress *progress,
	struct amts_error *err)
{
	struct importing im = { .mem = mem, .progress = progress };
	size_t i;
	int rc;

	im.scratch = amts_arena_new();
	rc = amts_bitext_read(bytes, name, format, src_lang, tgt_lang, add, &im, err);
	for (i = 0; i < im.n; i++) {
		if (!rc && im.v[i].n)
			rc = flush(&im, &im.v[i], err);
		amts_arena_free(im.v[i].arena);
		free(im.v[i].v);
	}
	free(im.v);
	amts_arena_free(im.scratch);
	*n = im.read;
	return rc;
}
