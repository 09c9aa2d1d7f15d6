/* Inline markup: each case lists the inlines of one paragraph as kind(bytes), blank
 * between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "amts/segment.h"

static struct amts_arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = amts_arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	amts_arena_free(arena);
	return 0;
}

/* A document of one block of the given kind. */
static struct amts_doc *doc_of(
	struct amts_str bytes, enum amts_block_kind kind, unsigned dialects)
{
	struct amts_doc *doc = AMTS_NEW(arena, struct amts_doc, 1);
	doc->bytes = bytes;
	doc->dialects = dialects;
	doc->n = 1;
	doc->v = AMTS_NEW(arena, struct amts_block, 1);
	doc->v[0].kind = kind;
	doc->v[0].all = doc->v[0].text = (struct amts_span){ 0, bytes.n };
	return doc;
}

static const char *listing(const struct amts_doc *doc, size_t block)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_inline *v;
	size_t n;

	amts_doc_inlines(&v, &n, arena, doc, &doc->v[block], doc->v[block].text);
	for (size_t i = 0; i < n; i++) {
		struct amts_str s = amts_doc_bytes(doc, v[i].at);
		amts_buf_addf(&b, "%s%s(" AMTS_STR_FMT ")", i ? " " : "",
			amts_inline_kind_name(v[i].kind), AMTS_STR_ARG(s));
	}
	const char *z = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return z;
}

static const char *inlines(const char *text, unsigned dialects)
{
	return listing(doc_of(amts_str_z(text), AMTS_BLOCK_PARAGRAPH, dialects), 0);
}

struct inline_case {
	const char *text, *want;
};
#define ALL(v, dialects)                                                                 \
	for (size_t i = 0; i < sizeof(v) / sizeof((v)[0]); i++)                          \
	assert_string_equal(inlines((v)[i].text, dialects), (v)[i].want)

static void code(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "a `b` c", "code(`b`)" },
		{ "``a ` b`` `c`", "code(``a ` b``) code(`c`)" },
		{ "`a", "" },
		{ "`a`` `b`", "code(`a`` `)" },
		{ "\\`a `b`", "code(`b`)" },
		{ "\\``a` b", "code(`a`)" },
		{ "`a\\` b`", "code(`a\\`)" },
		{ "`$x$` and `[a](b)`", "code(`$x$`) code(`[a](b)`)" },
		{ "**`a`**", "code(`a`)" },
		{ "`a\nb` c", "code(`a\nb`)" },
		{ "<code>a $b$</code> c", "html(<code>a $b$</code>)" },
		{ "<kbd>Ctrl</kbd>", "html(<kbd>Ctrl</kbd>)" },
	};
	ALL(v, 0);
}

static void math(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "$x$ and $$y$$", "math($x$) math($$y$$)" },
		{ "$a\\$b$", "math($a\\$b$)" },
		{ "costs $5 and $6", "" },
		{ "costs $5, or $x$", "math($x$)" },
		{ "costs \\$5, or $x$", "math($x$)" },
		{ "$5 to 6$", "math($5 to 6$)" },
		{ "$x$5", "" },
		{ "the $ n $ and $t = 0, $ too", "math($ n $) math($t = 0, $)" },
		{ "$ is money and so is $ here", "" },
		{ "$\\{x\\}$ {y}", "math($\\{x\\}$) expr({y})" },
		{ "$x `a$` b", "code(`a$`)" },
		{ "\\(a_1\\) and \\(b", "math(\\(a_1\\))" },
		{ "$[x]_i$ [a](b)", "math($[x]_i$) link([) link(](b))" },
		{ "$$a", "" },
		{ "中$x，y$文", "math($x，y$)" },
	};
	ALL(v, 0);
}

static void links_and_images(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "[a](b)", "link([) link(](b))" },
		{ "[a](b \"t (x)\") c", "link([) link(](b \"t (x)\"))" },
		{ "[a](<b c>)", "link([) link(](<b c>))" },
		{ "[a](b(c)d)", "link([) link(](b(c)d))" },
		{ "[a](b c)", "" },
		{ "[a]()", "link([) link(]())" },
		{ "[a `]` b](c)", "link([) code(`]`) link(](c))" },
		{ "[**a**](b)", "link([) link(](b))" },
		{ "![a](b)", "image(![) image(](b))" },
		{ "[![a](b)](c)", "link([) image(![) image(](b)) link(](c))" },
		{ "![a [b](c) d](e)", "image(![) link([) link(](c)) image(](e))" },
		{ "[a [b](c) d](e)", "link([) link(](c))" },
		{ "\\[a](b)", "" },
		{ "[a\\](b)", "" },
		{ "[a] (b)", "" },
		{ "[a][b] [c][]", "" },
		{ "[a](b\n\"t\")", "link([) link(](b\n\"t\"))" },
		{ "[](t)", "link([) link(](t))" },
		{ "[[a](b)", "link([) link(](b))" },
		{ "中[文](/a#b)中", "link([) link(](/a#b))" },
		{ "[https://a.b](https://a.b)",
			"link([) url(https://a.b) link(](https://a.b))" },
	};
	ALL(v, 0);
}

static void slide_marks_are_text(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "[**a**]", "" },
		{ "(**a**) (~~b~~)", "" },
		{ "[**a `b` c**]", "code(`b`)" },
		{ "[**a**](**b**)", "" },
		{ "[**a**](~~b~~)", "" },
		{ "[**a**] [b](c)", "link([) link(](c))" },
	};
	ALL(v, 0);
}

static void reference_links(void **state)
{
	(void)state;
	static const char text[] =
		"[a][Ref  x] and [other][none].\n\n[ref X] [ref x][] [nope] "
		"![ref x]\n\n[ref x]: /url\n[^f]: note\n";
	struct amts_doc *doc;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(amts_doc_parse(&doc, arena, amts_str_z(text), &err), AMTS_OK);
	assert_string_equal(listing(doc, 0), "link([) link(][Ref  x])");
	assert_string_equal(
		listing(doc, 1), "link([ref X]) link([ref x][]) image(![ref x])");
}

static void urls(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "see http://a.b/c. Then", "url(http://a.b/c)" },
		{ "(https://a.b/c_(d))", "url(https://a.b/c_(d))" },
		{ "见https://a.b/c。然后", "url(https://a.b/c)" },
		{ "<https://a.b> <x@y.z>", "url(<https://a.b>) url(<x@y.z>)" },
		{ "https:// xhttps://a", "" },
		{ "**https://a.b**", "url(https://a.b)" },
		{ "https://a.b/?c=d&e=f, g", "url(https://a.b/?c=d&e=f)" },
	};
	ALL(v, 0);
}

static void roles_and_citations(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "in :numref:`a` and :eqref:`b`", "role(:numref:`a`) role(:eqref:`b`)" },
		{ "X :cite:`A.B.2014`.", "cite(:cite:`A.B.2014`)" },
		{ ":citet:`A` says", "cite(:citet:`A`)" },
		{ "见:numref:`a`中", "role(:numref:`a`)" },
		{ "{ref}`x <y>` {cite}`k` {py:func}`f`",
			"role({ref}`x <y>`) cite({cite}`k`) role({py:func}`f`)" },
		{ ":numref:`broken", "" },
		{ "a: `b`", "code(`b`)" },
		{ "note[^1] and [@key; @b]", "cite([^1]) cite([@key; @b])" },
		{ "[^] [@]", "" },
	};
	ALL(v, 0);
}

static void html(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "<b>a</b> <br/>", "html(<b>) html(</b>) html(<br/>)" },
		{ "<a href=\"x>y\" b='c' d=e f>t</a>",
			"html(<a href=\"x>y\" b='c' d=e f>) html(</a>)" },
		{ "<A b={c > d} {...e}>t", "html(<A b={c > d} {...e}>)" },
		{ "<C @click=\"a\" #b :d.e=\"f\" />",
			"html(<C @click=\"a\" #b :d.e=\"f\" />)" },
		{ "a < b and c > d", "" },
		{ "a <b, c>", "" },
		{ "<!-- a `b` --> c", "html(<!-- a `b` -->)" },
		{ "<!-- a", "" },
		{ "<?a?> <!DOCTYPE b> <![CDATA[c]]>",
			"html(<?a?>) html(<!DOCTYPE b>) html(<![CDATA[c]]>)" },
		{ "&nbsp; &#12; a & b; &;", "html(&nbsp;) html(&#12;)" },
		{ "\\<x id=\"1\"/>", "html(\\<)" },
		{ "<x id=\"1\"/>", "html(<x id=\"1\"/>)" },
		{ "<script>`a</script>`", "html(<script>`a</script>)" },
		{ "<code>a", "html(<code>)" },
		{ "<a\nb=\"c\">d", "html(<a\nb=\"c\">)" },
	};
	ALL(v, 0);
}

static void braces(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "{{ a.b }} {% c %}", "expr({{ a.b }}) expr({% c %})" },
		{ "a {#id} {.c} {: .d} {width=5%}",
			"id({#id}) id({.c}) id({: .d}) id({width=5%})" },
		{ "a {/*id*/}", "id({/*id*/})" },
		{ "{name} {a, b} {0, 1} {", "expr({name})" },
		{ "\\{a\\} [[toc]]", "id([[toc]])" },
		{ "![a](b){#c}", "image(![) image(](b)) id({#c})" },
	};
	ALL(v, 0);
	static const struct inline_case mdx[] = {
		{ "{a + {b: 1}.b} {' '}", "expr({a + {b: 1}.b}) expr({' '})" },
		{ "<>a</>", "html(<>) html(</>)" },
	};
	ALL(mdx, AMTS_DIALECT_MDX);
}

static void breaks(void **state)
{
	(void)state;
	static const struct inline_case v[] = {
		{ "a\\\nb  \nc \nd", "break(\\\n) break(  \n)" },
		{ "a\\", "" },
		{ "a   b", "" },
	};
	ALL(v, 0);
}

/* Inlines that cross lines of a quote hold its markers: their bytes are the document's.
 */
static void containers(void **state)
{
	(void)state;
	struct amts_doc *doc;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(
		amts_doc_parse(&doc, arena,
			AMTS_STR("> a `b\n> c` d\n> [e\n> f](g)  \n> h\n"), &err),
		AMTS_OK);
	assert_string_equal(
		listing(doc, 0), "code(`b\n> c`) link([) link(](g)) break(  \n> )");
}

static void cells_are_read_apart(void **state)
{
	(void)state;
	struct amts_doc *doc = doc_of(AMTS_STR("| a `b \\| c` | `d | e` | [f | g](h) |"),
		AMTS_BLOCK_TABLE_ROW, 0);
	assert_string_equal(listing(doc, 0), "code(`b \\| c`)");
}

static size_t count_inlines(struct amts_str s)
{
	struct amts_doc *doc = doc_of(s, AMTS_BLOCK_PARAGRAPH, AMTS_DIALECT_MDX);
	struct amts_inline *v;
	size_t n;
	amts_doc_inlines(&v, &n, arena, doc, &doc->v[0], doc->v[0].text);
	return n;
}

/* Every construct opened 100,000 times and never closed: minutes if anything is
 * quadratic. */
static void hostile_runs(void **state)
{
	(void)state;
	static const char *const v[] = { "[", "]", "![", "`", "` ", "`` `", "$", "$a ",
		"$$ ", "{", "{a}", "{{", "<", "<a ", "<a b=\"", "<a b={", "<a b='<c d=\"",
		"<!--", "<?", "<!A", "<code>", "*", "\\", "\\(", "](", "[a](", "[a](b \"",
		"[a](<b", "[a][", "[^", "[@", ":a:", ":a:`", "&", "&#", "http://", " ",
		"  \n", "(", "[a](((", "](a '", "\n" };
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		for (size_t k = 0; k < 100000; k++)
			amts_buf_addz(&b, v[i]);
		count_inlines(amts_buf_str(&b));
		amts_buf_addz(&b, "}>`$\")]-->");
		count_inlines(amts_buf_str(&b));
		amts_buf_release(&b);
	}
}

/* Processor time for head, n times open, n times close. */
static double seconds_nested(
	const char *head, const char *open, const char *close, size_t n)
{
	struct amts_buf b = AMTS_BUF_INIT;
	amts_buf_addz(&b, head);
	for (size_t k = 0; k < n; k++)
		amts_buf_addz(&b, open);
	for (size_t k = 0; k < n; k++)
		amts_buf_addz(&b, close);
	struct amts_doc *doc = doc_of(amts_buf_str(&b), AMTS_BLOCK_PARAGRAPH, 0);
	struct amts_inline *v;
	size_t found;
	clock_t t0 = clock();
	amts_doc_inlines(&v, &found, arena, doc, &doc->v[0], doc->v[0].text);
	clock_t t1 = clock();
	amts_buf_release(&b);
	return (double)(t1 - t0) / CLOCKS_PER_SEC;
}

static double best_of_three(const char *const v[3], size_t n)
{
	double best = seconds_nested(v[0], v[1], v[2], n);
	for (int round = 1; round < 3; round++) {
		double s = seconds_nested(v[0], v[1], v[2], n);
		best = s < best ? s : best;
	}
	return best;
}

/* Four times the input takes four times as long, sixteen times if anything is quadratic;
 * what is too short to measure passes. */
static void nesting_is_linear(void **state)
{
	(void)state;
	static const char *const v[][3] = {
		{ "x", "{a", "}" },
		{ "x", "{#a", "}" },
		{ "x\n", "{#a ", "\n}" },
		{ "x", "{a=", "`}" },
		{ "x", "{:", "}`" },
		{ "x", "{/*", "}" },
		{ "x", "{a{%", "%}}" },
		{ "x", "[", "]" },
		{ "x", "[", "](b)" },
		{ "x", "![a", "][b]" },
		{ "x", "[a](", ")" },
		{ "x", "<a b={", "}>" },
		{ "x", "<b>{", "}</b>" },
		{ "x", "$a{", "}" },
		{ "x", "(http://a", ")" },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		double small = best_of_three(v[i], 40000);
		double large = best_of_three(v[i], 160000);
		if (large > 8 * small + 0.05)
			fail_msg("%s…%s: %.3f s, four times as long %.3f s", v[i][1],
				v[i][2], small, large);
	}
}

/* 1, 2, 3… backticks: each run a length of its own. */
static void runs_of_every_length(void **state)
{
	(void)state;
	struct amts_buf b = AMTS_BUF_INIT;
	for (size_t len = 1; len < 600; len++) {
		for (size_t k = 0; k < len; k++)
			amts_buf_addc(&b, '`');
		amts_buf_addc(&b, ' ');
	}
	assert_int_equal(count_inlines(amts_buf_str(&b)), 0);
	amts_buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(code, setup, teardown),
		cmocka_unit_test_setup_teardown(math, setup, teardown),
		cmocka_unit_test_setup_teardown(links_and_images, setup, teardown),
		cmocka_unit_test_setup_teardown(slide_marks_are_text, setup, teardown),
		cmocka_unit_test_setup_teardown(reference_links, setup, teardown),
		cmocka_unit_test_setup_teardown(urls, setup, teardown),
		cmocka_unit_test_setup_teardown(roles_and_citations, setup, teardown),
		cmocka_unit_test_setup_teardown(html, setup, teardown),
		cmocka_unit_test_setup_teardown(braces, setup, teardown),
		cmocka_unit_test_setup_teardown(breaks, setup, teardown),
		cmocka_unit_test_setup_teardown(containers, setup, teardown),
		cmocka_unit_test_setup_teardown(cells_are_read_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(nesting_is_linear, setup, teardown),
		cmocka_unit_test_setup_teardown(runs_of_every_length, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
