/* Segments as documents of Amazon Translate's batch jobs, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gitbox.h"
#include "mt/amazon.h"

static struct amts_arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = amts_arena_new();
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	amts_arena_free(arena);
	return 0;
}

#define TEXT(s, w)                                                                       \
	{                                                                                \
		.text = { (s), sizeof(s) - 1 }, .where = (w)                             \
	}

static void pages_follow_source_files(void **state)
{
	static const struct amts_mt_request requests[] = { TEXT("One.", "a.md:1"),
		TEXT("a < b & \"c\" > <x id=\"12\"/>, <x id=\"\"/>", "a.md:7"),
		TEXT("Not this one.", "a.md:8"), TEXT("\xe4\xb8\xad", "b.md:1") };
	static const size_t chosen[] = { 0, 1, 3 };
	struct amts_pages pages;

	(void)state;
	amts_pages_write(&pages, arena, requests, chosen, 3);
	assert_int_equal(pages.n, 2);
	assert_string_equal(pages.v[0].html.p,
		"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n"
		"<p id=\"s0\">One.</p>\n"
		"<p id=\"s1\">a &lt; b &amp; \"c\" &gt; <span "
		"translate=\"no\">x12</span>, "
		"&lt;x id=\"\"/&gt;</p>\n"
		"</body></html>\n");
	assert_non_null(strstr(pages.v[1].html.p, "<p id=\"s3\">\xe4\xb8\xad</p>"));
	assert_int_equal(strlen(pages.v[0].name), 37);
	assert_string_not_equal(pages.v[0].name, pages.v[1].name);
}

static void pages_stay_small(void **state)
{
	struct amts_mt_request *requests = AMTS_NEW(arena, struct amts_mt_request, 3000);
	size_t *chosen = AMTS_NEW(arena, size_t, 3000), i, n = 0;
	struct amts_pages pages;

	(void)state;
	for (i = 0; i < 3000; i++) {
		requests[i].text = amts_arena_fmt(arena, "%0999zu", i);
		requests[i].where = "a.md:1";
		chosen[i] = i;
	}
	amts_pages_write(&pages, arena, requests, chosen, 3000);
	assert_true(pages.n > 7);
	for (i = 0; i < pages.n; i++) {
		const char *p = pages.v[i].html.p;

		assert_true(pages.v[i].html.n < 1000000);
		while ((p = strstr(p, "<p id="))) {
			p++;
			n++;
		}
	}
	assert_int_equal(n, 3000);
}

static void bare_pages_keep_to_their_limit(void **state)
{
	static const struct amts_mt_request requests[] = { TEXT("One & two.", "a.md:1"),
		TEXT("Three.", "a.md:2"), TEXT("Not this one.", "a.md:3"),
		TEXT("Longer than a page, however it is cut.", "a.md:4"),
		TEXT("Four.", "a.md:5"), TEXT("Five.", "b.md:1") };
	static const size_t chosen[] = { 0, 1, 3, 4, 5 };
	static const struct {
		const char *html;
		size_t first, n;
	} want[] = { { "<p id=\"s0\">One &amp; two.</p>\n", 0, 1 },
		{ "<p id=\"s1\">Three.</p>\n", 1, 1 },
		{ "<p id=\"s4\">Four.</p>\n", 3, 1 },
		{ "<p id=\"s5\">Five.</p>\n", 4, 1 } };
	struct amts_pages pages;
	size_t i;

	(void)state;
	amts_pages_write_bare(&pages, arena, requests, chosen, 5, 40);
	assert_int_equal(pages.n, 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(pages.v[i].html.p, want[i].html);
		assert_int_equal(pages.v[i].first, want[i].first);
		assert_int_equal(pages.v[i].n, want[i].n);
	}
	amts_pages_write_bare(&pages, arena, requests, chosen, 5, 52);
	assert_int_equal(pages.n, 3);
	assert_int_equal(pages.v[0].html.n, 52);
	assert_int_equal(pages.v[0].n, 2);
}

static void spoilt_placeholders_are_seen(void **state)
{
	static const struct {
		const char *src, *tgt;
		int whole;
	} table[] = { { "", "", 1 }, { "a", "b <x", 1 },
		{ "<x id=\"1\"/> a <x id=\"2\"/>", "<x id=\"2\"/>b<x id=\"1\"/>", 1 },
		{ "<x id=\"1\"/>", "b", 0 }, { "a", "b <x id=\"1\"/>", 0 },
		{ "<x id=\"1\"/> a", "<x id=\"1\"/> b <x id=\"1\"/>", 0 },
		{ "<x id=\"1\"/> a", "<x id=\"12\"/> b", 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_int_equal(amts_pages_is_whole(amts_str_z(table[i].src),
					 amts_str_z(table[i].tgt)),
			table[i].whole);
}

/* What comes back for paragraph 0, and what it is then; NULL: nothing. */
static const struct {
	const char *html, *text;
} replies[] = {
	{ "<p id=\"s0\">One.</p>", "One." },
	{ "<html><p id='x'>A</p>\n<p class=\"y\" id=\"s0\">\n Two\nlines </p>",
		"Two lines" },
	{ "<p id=\"s0\">a &lt;b&gt; &amp; &quot;&#39;&#x4e2d;&nbsp;</p>",
		"a <b> & \"'\xe4\xb8\xad\xc2\xa0" },
	{ "<p id=\"s0\">a & b &odd; &#xd800; &#0;</p>", "a & b &odd; &#xd800; &#0;" },
	{ "<p id=\"s0\">use <span translate=\"no\">x3</span>!</p>",
		"use <x id=\"3\"/>!" },
	{ "<p id=\"s0\"><span lang=\"zh\" translate=\"no\"> X3 </span></p>",
		"<x id=\"3\"/>" },
	{ "<p id=\"s0\"><span translate=\"no\">x</span></p>", NULL },
	{ "<p id=\"s0\"><span translate=\"no\">x3</p>", NULL },
	{ "<p id=\"s0\">a <b>bold</b></p>", NULL },
	{ "<p id=\"s0\"><script>x</script></p>", NULL },
	{ "<p id=\"s0\">  </p>", NULL },
	{ "<p id=\"s0\">open", NULL },
	{ "<p id=\"s1\">not asked for</p>", NULL },
	{ "<p id=\"s99999999999999999999999\">x</p>", NULL },
	{ "<p id=\"s\">x</p>", NULL },
	{ "<p id=\"s0\">first</p><p id=\"s0\">second</p>", "first" },
	{ "<p ", NULL },
	{ "", NULL },
};

static void replies_are_found_by_id(void **state)
{
	static const char chosen[] = { 1, 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(replies) / sizeof(*replies); i++) {
		struct amts_mt_result r[2] = { { .origin = AMTS_MT_NONE },
			{ .origin = AMTS_MT_NONE } };

		amts_pages_read(r, arena, chosen, 2, amts_str_z(replies[i].html), "me");
		assert_int_equal(r[1].origin, AMTS_MT_NONE);
		if (!replies[i].text)
			assert_int_equal(r[0].origin, AMTS_MT_NONE);
		else if (r[0].origin != AMTS_MT_MACHINE ||
			 !amts_str_eq(r[0].text, amts_str_z(replies[i].text)))
			fail_msg("%s: '%.*s'", replies[i].html, (int)r[0].text.n,
				r[0].text.p ? r[0].text.p : "");
	}
}

static void languages_have_the_service_s_codes(void **state)
{
	static const char *const table[][2] = { { "zh", "zh" }, { "zh-Hans", "zh" },
		{ "zh-CN", "zh" }, { "zh-Hant", "zh-TW" }, { "zh-Hant-HK", "zh-TW" },
		{ "zh-TW", "zh-TW" }, { "pt-BR", "pt" }, { "pt-PT", "pt-PT" },
		{ "pt", "pt" }, { "fr-CA", "fr-CA" }, { "fr-FR", "fr" }, { "nb", "no" },
		{ "fil", "tl" }, { "de", "de" } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_string_equal(
			amts_amazon_language(table[i][0], arena), table[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)
		T(pages_follow_source_files),
		T(pages_stay_small),
		T(bare_pages_keep_to_their_limit),
		T(spoilt_placeholders_are_seen),
		T(replies_are_found_by_id),
		T(languages_have_the_service_s_codes),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
