/*
 * Any bytes: a draft that is set in a style keeps its placeholders, and all else but
 * white space and marks; a page of segments that comes back as it went gives the
 * segments, and one that comes back as anything breaks nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amts/style.h"
#include "mt/pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "broken: %s\n", what);
		abort();
	}
}

static size_t count_letters(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9');
	return n;
}

static void check_style(struct amts_str s)
{
	static const char *const langs[] = { "zh", "fr" };
	static const struct amts_inline inl[] = { { AMTS_INLINE_CODE, { 0, 0 } },
		{ AMTS_INLINE_LINK, { 0, 0 } } };
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_style style = { 0 };
	int i;

	for (i = 0; i < 9; i++)
		amts_style_learn(&style, s, inl, 2);
	for (i = 0; i < 2; i++) {
		amts_buf_reset(&out);
		amts_style_apply(&out, &style, langs[i], s, inl, 2);
		check(amts_pages_is_whole(s, amts_buf_str(&out)), "placeholders");
		check(count_letters(s) == count_letters(amts_buf_str(&out)), "letters");
	}
	amts_buf_release(&out);
}

static void check_pages(struct amts_str s)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_mt_request r = { .text = s, .where = "a.md:1" };
	struct amts_mt_result back = { .origin = AMTS_MT_NONE };
	struct amts_pages pages;
	const size_t number = 0;

	amts_pages_write_bare(&pages, arena, &r, &number, 1, 1000);
	if (pages.n) {
		amts_pages_read(&back, arena, "\1", 1, pages.v[0].html, "");
		check(back.origin == AMTS_MT_NONE || amts_pages_is_whole(s, back.text),
			"what went comes back");
	}
	back = (struct amts_mt_result){ .origin = AMTS_MT_NONE };
	amts_pages_read(&back, arena, "\1", 1, s, "");
	check(!back.text.n || back.origin == AMTS_MT_MACHINE, "what nobody sent");
	amts_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct amts_str s = { (const char *)data, size };

	check_style(s);
	check_pages(s);
	return 0;
}
