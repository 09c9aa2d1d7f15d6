/* A memory as a file of parallel data. */
#include "base/alloc.h"
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

struct pairs {
	struct amts_arena *arena;
	struct amts_pair *v; /* heap */
	size_t n, cap;
};

static int keep(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *pair, struct amts_error *err)
{
	struct pairs *to = payload;
	struct amts_pair p = *pair;

	(void)src_lang, (void)tgt_lang, (void)err;
	p.src = to->n && amts_str_eq(to->v[to->n - 1].src, p.src)
			? to->v[to->n - 1].src
			: amts_arena_str(to->arena, p.src);
	p.tgt = amts_arena_str(to->arena, p.tgt);
	p.before = amts_arena_str(to->arena, p.before);
	p.path = amts_arena_str(to->arena, p.path);
	p.commit = amts_arena_str(to->arena, p.commit);
	AMTS_VEC_PUSH(to->v, to->n, to->cap, p);
	return AMTS_OK;
}

/* The language pairs to write, of one source language. */
static int choose(struct amts_bitext *out, size_t *n,
	const struct amts_memory_stats *stats, size_t nstats, const char *src_lang,
	const char *tgt_lang, struct amts_error *err)
{
	size_t i;

	for (*n = i = 0; i < nstats; i++) {
		if ((src_lang && !bitext_same_lang(stats[i].src_lang, src_lang)) ||
			(tgt_lang && !bitext_same_lang(stats[i].tgt_lang, tgt_lang)))
			continue;
		if (*n && strcmp(out[0].src_lang, stats[i].src_lang) != 0)
			return amts_fail(err, AMTS_EUSAGE,
				"the memory has sources in '%s' and '%s': say which",
				out[0].src_lang, stats[i].src_lang);
		out[*n].src_lang = stats[i].src_lang;
		out[(*n)++].tgt_lang = stats[i].tgt_lang;
	}
	if (*n)
		return AMTS_OK;
	return amts_fail(err, AMTS_ENOTFOUND, "the memory has no pairs%s%s",
		tgt_lang ? " in " : "", tgt_lang ? tgt_lang : "");
}

static int read_pairs(struct pairs *v, struct amts_bitext *b, size_t n,
	struct amts_memory *mem, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++) {
		rc = amts_memory_each(
			mem, b[i].src_lang, b[i].tgt_lang, keep, &v[i], err);
		b[i].v = v[i].v;
		b[i].n = v[i].n;
	}
	return rc;
}

int amts_bitext_export(struct amts_buf *out, struct amts_bitext_counts *counts,
	struct amts_memory *mem, enum amts_bitext_format format,
	enum amts_bitext_profile profile, const char *src_lang, const char *tgt_lang,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_memory_stats *stats;
	struct amts_bitext *b = NULL;
	struct pairs *v = NULL;
	size_t n = 0, i;
	int rc = amts_memory_stats(&stats, &n, arena, mem, err);

	if (!rc) {
		b = AMTS_NEW(arena, struct amts_bitext, n + 1);
		v = AMTS_NEW(arena, struct pairs, n + 1);
		for (i = 0; i < n; i++)
			v[i].arena = arena;
		rc = choose(b, &n, stats, n, src_lang, tgt_lang, err);
	}
	if (!rc)
		rc = read_pairs(v, b, n, mem, err);
	if (!rc)
		rc = amts_bitext_write(out, counts, format, profile, b, n, err);
	for (i = 0; v && i < n; i++)
		free(v[i].v);
	amts_arena_free(arena);
	return rc;
}
