/*
 * Any bytes: inlines lie sorted inside their block; segments are sorted, placeholders are
 * numbered from 1 in order, and a segment's own text restores its bytes but for white
 * space.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amts/segment.h"
#include "amts/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "broken: %s\n", what);
		abort();
	}
}

static void check_inlines(const struct amts_doc *doc, struct amts_arena *arena)
{
	for (size_t b = 0; b < doc->n; b++) {
		const struct amts_block *block = &doc->v[b];
		struct amts_inline *v;
		size_t n, at = block->text.beg;
		amts_doc_inlines(&v, &n, arena, doc, block, block->text);
		for (size_t i = 0; i < n; i++) {
			check(v[i].at.beg >= at && v[i].at.end > v[i].at.beg,
				"inline order");
			at = v[i].at.end;
		}
		check(at <= block->text.end, "inline inside block");
	}
}

/* Bytes without white space, control characters and the > of quotes. */
static size_t squeeze(char *out, struct amts_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] > ' ' && s.p[i] != 0x7f && s.p[i] != '>')
			out[n++] = s.p[i];
	return n;
}

static void check_restore(const struct amts_doc *doc, const struct amts_segment *s)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_str own = amts_doc_bytes(doc, s->at);
	char *a = malloc(own.n + 1), *b;

	check(amts_segment_restore(&out, doc, s, s->text, &err) == AMTS_OK, err.msg);
	b = malloc(out.n + 1);
	check(a && b, "memory");
	size_t n = squeeze(a, own), m = squeeze(b, amts_buf_str(&out));
	check(n == m && memcmp(a, b, n) == 0, "identity");
	free(a);
	free(b);
	amts_buf_release(&out);
}

static void check_segments(
	const struct amts_doc *doc, struct amts_arena *arena, const char *lang)
{
	struct amts_segments s;
	struct amts_error err = AMTS_ERROR_INIT;

	check(amts_segments(&s, arena, doc, lang, &err) == AMTS_OK, err.msg);
	check(s.first[0] == 0 && s.first[doc->n] == s.n, "first");
	for (size_t i = 0; i < s.n; i++) {
		const struct amts_segment *g = &s.v[i];
		const struct amts_block *block = &doc->v[g->block];
		size_t at = g->at.beg;
		check(g->at.beg < g->at.end && g->at.beg >= block->text.beg &&
				g->at.end <= block->text.end,
			"segment inside block");
		check(i == 0 || s.v[i - 1].at.end <= g->at.beg, "segment order");
		check(i >= s.first[g->block] && i < s.first[g->block + 1], "index");
		for (size_t k = 0; k < g->ninl; k++) {
			check(g->inl[k].at.beg >= at, "inline of segment");
			at = g->inl[k].at.end;
		}
		check(at <= g->at.end, "inline inside segment");
		int utf8 = amts_utf8_fault(g->text) == g->text.n;
		check(utf8 || doc->plain,
			"UTF-8"); /* a plain document may hold any bytes */
		if (utf8)
			check_restore(doc, g);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const langs[] = { "en", "zh", "ko", "th", "de" };
	struct amts_str bytes = { (const char *)data, size };
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	if (amts_doc_parse(&doc, arena, bytes, &err) == AMTS_OK) {
		check_inlines(doc, arena);
		check_segments(doc, arena, langs[size % 5]);
	}
	if (amts_doc_plain(&doc, arena, bytes, &err) == AMTS_OK)
		check_segments(doc, arena, "en");
	amts_arena_free(arena);
	return 0;
}
