/* What there is to read in web pages and text files, and which files belong together. */
#include "amts/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_article(enum amts_article_kind kind, const char *lang,
	enum amts_unit unit, const char *bytes, const char *expected)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;

	if (amts_article_text(&out, amts_str_z(bytes), kind, lang, unit, &err))
		fail_msg("%s", err.msg);
	if (strcmp(out.p, expected) != 0)
		fail_msg("%s\ngives\n%s", bytes, out.p);
	amts_buf_release(&out);
}

static void pages(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{ "<p>One &amp; two. Three\nfour.</p><p>Five</p>",
			"One & two.\nThree four.\n\nFive\n\n" },
		{ "<html><head><title>T</title><style>p{}</style></head><body><script>"
		  "x<y</script><nav><ul><li>Home</ul></nav><h1>Doors</h1><ul><li>Old "
		  "<b>and</b> new<li>Red</ul></body></html>",
			"Doors\n\nOld and new\n\nRed\n\n" },
		{ "<div>Shop</div><main><article><p>Text</p></article></main><footer>"
		  "Legal</footer><p>More</p>",
			"Text\n\n" },
		{ "a<br>b<br><br>c", "a b\n\nc\n\n" },
		{ "<table><tr><th>Name<td>Value</table>", "Name\n\nValue\n\n" },
		{ "<p>Use <code>x &lt; y</code> <span hidden>now</span>here<pre>code"
		  "</pre>after",
			"Use x < y here\n\nafter\n\n" },
		{ "<div role=\"navigation\"><p>Skip<div>this</div></div><p>Text",
			"Text\n\n" },
		{ "<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext\n\n" },
		{ "<p>caf\xc3\xa9 <my-own>\xe9\x97\xa8</my-own>",
			"caf\xc3\xa9\n\n\xe9\x97\xa8\n\n" },
		{ "<meta charset=iso-8859-1><p>caf\xe9", "caf\xc3\xa9\n\n" },
		{ "plain text, no tags", "plain text, no tags\n\n" },
		{ "", "" },
		{ "<nav>never closed <p>lost", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_article(AMTS_ARTICLE_HTML, "en", AMTS_UNIT_SENTENCE, cases[i].html,
			cases[i].text);
}

static void texts(void **state)
{
	(void)state;
	assert_article(AMTS_ARTICLE_TEXT, "en", AMTS_UNIT_SENTENCE,
		"\xef\xbb\xbfOne. Two\nthree.\r\n\r\n\n  # Four *five*\n",
		"One.\nTwo three.\n\n# Four *five*\n\n");
	/* without blank lines a line is a paragraph */
	assert_article(AMTS_ARTICLE_TEXT, "en", AMTS_UNIT_SENTENCE,
		"One. Two\nthree.\n\n", "One.\nTwo\n\nthree.\n\n");
	assert_article(AMTS_ARTICLE_TEXT, "zh", AMTS_UNIT_SENTENCE,
		"慢慢打开\n旧门。等待。\n\n好", "慢慢打开旧门。\n等待。\n\n好\n\n");
	assert_article(AMTS_ARTICLE_TEXT, "en", AMTS_UNIT_PARAGRAPH,
		"One. Two.\n\nThree.", "One. Two.\n\nThree.\n\n");
	assert_article(AMTS_ARTICLE_MARKDOWN, "en", AMTS_UNIT_SENTENCE, "# A\n\n*b*",
		"# A\n\n*b*");
}

/* Elements never closed, and more of them than any page has. */
static void hostile_pages(void **state)
{
	static const char *const parts[] = { "<div>", "<b>a", "<p>a</b>", "</div>",
		"<br>", "&", "<", "<a b='" };
	size_t i, k;

	(void)state;
	for (k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
		struct amts_buf page = AMTS_BUF_INIT, out = AMTS_BUF_INIT;
		struct amts_error err;

		for (i = 0; i < 20000; i++)
			amts_buf_addz(&page, parts[k]);
		assert_int_equal(
			amts_article_text(&out, amts_buf_str(&page), AMTS_ARTICLE_HTML,
				"en", AMTS_UNIT_SENTENCE, &err),
			0);
		amts_buf_release(&page);
		amts_buf_release(&out);
	}
}

static void kinds(void **state)
{
	(void)state;
	assert_int_equal(amts_article_kind_of(AMTS_STR("a/b.html")), AMTS_ARTICLE_HTML);
	assert_int_equal(amts_article_kind_of(AMTS_STR("b.txt")), AMTS_ARTICLE_TEXT);
	assert_int_equal(amts_article_kind_of(AMTS_STR("b.md")), AMTS_ARTICLE_MARKDOWN);
}

static void matches(void **state)
{
	struct amts_str src[] = { AMTS_STR("a/x.md"), AMTS_STR("a/y.en.html"),
		AMTS_STR("only.md"), AMTS_STR("z.html"), AMTS_STR("w.txt"),
		AMTS_STR("en.md") };
	struct amts_str tgt[] = { AMTS_STR("a/x.md"), AMTS_STR("a/y.zh.html"),
		AMTS_STR("b/only.md"), AMTS_STR("z_zh.html"), AMTS_STR("w.html"),
		AMTS_STR("zh.md") };
	struct amts_arena *arena = amts_arena_new();
	struct amts_article_match *v;
	size_t n, i;

	(void)state;
	amts_article_matches(&v, &n, arena, src, 6, tgt, 6, "en", "zh");
	assert_int_equal(n, 4);
	for (i = 0; i < n; i++)
		assert_true(v[i].tgt.p == tgt[i < 2 ? i : i + 1].p);
	assert_true(amts_str_eq(v[2].src, AMTS_STR("z.html")));
	amts_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages),
		cmocka_unit_test(texts),
		cmocka_unit_test(hostile_pages),
		cmocka_unit_test(kinds),
		cmocka_unit_test(matches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
