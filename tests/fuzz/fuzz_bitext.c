/*
 * Input: a byte that chooses a format, then a file of it.  Whatever it is, reading ends;
 * what was read has two sides, and written as TMX and read again it is the same.
 */
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define KEPT 64

struct kept {
	struct amts_arena *arena;
	struct amts_pair v[KEPT];
	size_t n;
};

static void require(int ok)
{
	if (!ok)
		abort();
}

static int keep(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *p, struct amts_error *err)
{
	struct kept *k = payload;

	(void)err;
	require(*src_lang && *tgt_lang && p->src.n && p->tgt.n);
	require(p->score >= 0 && p->score <= 1);
	if (k->n == KEPT)
		return AMTS_OK;
	k->v[k->n] = *p;
	k->v[k->n].src = bitext_clean(k->arena, amts_arena_str(k->arena, p->src));
	k->v[k->n].tgt = bitext_clean(k->arena, amts_arena_str(k->arena, p->tgt));
	k->v[k->n].before = k->v[k->n].path = k->v[k->n].commit = AMTS_STR("");
	k->n++;
	return AMTS_OK;
}

static int same(const struct amts_pair *a, const struct amts_pair *b)
{
	return amts_str_eq(a->src, b->src) && amts_str_eq(a->tgt, b->tgt) &&
	       !a->draft == !b->draft && (a->date > 0 ? a->date : 0) == b->date;
}

static void write_and_read(
	const struct kept *k, enum amts_bitext_format format, struct amts_arena *arena)
{
	struct amts_bitext v = { "en", "zh", k->v, k->n };
	struct kept again = { .arena = arena };
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_bitext_counts counts;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i;

	require(!amts_bitext_write(
		&out, &counts, format, AMTS_BITEXT_PLAIN, &v, 1, &err));
	require(counts.written + counts.empty == k->n);
	require(!amts_bitext_read(
		amts_buf_str(&out), "again", format, "en", "zh", keep, &again, &err));
	require(again.n == counts.written);
	for (i = 0; i < again.n && !counts.empty; i++)
		require(same(&k->v[i], &again.v[i]));
	amts_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct kept k = { .arena = amts_arena_new() };
	struct amts_error err = AMTS_ERROR_INIT;
	int rc;

	if (n) {
		struct amts_str bytes = { (const char *)data + 1, n - 1 };

		rc = amts_bitext_read(bytes, "file",
			(enum amts_bitext_format)(data[0] % AMTS_BITEXT_FORMATS),
			data[0] & 8 ? "en" : NULL, data[0] & 8 ? "zh" : NULL, keep, &k,
			&err);
		require(!rc || *err.msg);
	}
	write_and_read(&k, AMTS_BITEXT_TMX, k.arena);
	write_and_read(&k, AMTS_BITEXT_JSONL, k.arena);
	amts_arena_free(k.arena);
	return 0;
}
