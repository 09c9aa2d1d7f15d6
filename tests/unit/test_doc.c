/* Documents: fingerprints, dialects, plain text, splices, the invariant. */
#include "amts/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>
#include <unistd.h>

static struct amts_arena *arena;

static struct amts_doc *parse(struct amts_str bytes)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	if (amts_doc_parse(&doc, arena, bytes, &err))
		fail_msg("%s", err.msg);
	return doc;
}

/* Fingerprint of the only block of zstr. */
static uint64_t print(const char *zstr)
{
	struct amts_doc *doc = parse(amts_str_z(zstr));

	assert_int_equal(doc->n, 1);
	return doc->v[0].print;
}

static void assert_same_print(const char *a, const char *b)
{
	if (print(a) != print(b))
		fail_msg("fingerprints differ: '%s' and '%s'", a, b);
}

static void assert_other_print(const char *a, const char *b)
{
	if (print(a) == print(b))
		fail_msg("fingerprints are equal: '%s' and '%s'", a, b);
}

static void prints_fold_white_space(void **state)
{
	(void)state;
	assert_same_print("one two\nthree", "one\ntwo  three\n");
	assert_same_print("> one\n> two", "one two");
	assert_same_print("- one\n  two", "3. one two");
	assert_same_print("- one", "    \n   - one");
	assert_same_print("# one", "one\n===");
	assert_same_print("# one ##", "#   one");
	assert_same_print("one\r\ntwo", "one two");
	assert_same_print("***", "- - -");
	assert_same_print("$$\nx\n$$", "$$ x $$");
	assert_same_print("中文\n文字", "中文文字");
	assert_other_print("one two", "onetwo");
	assert_other_print("中文 文字", "中文文字");
	assert_other_print("# one", "## one");
	assert_other_print("one", "- one");
	assert_other_print("one", "One");
	assert_other_print("$$x$$", "$$y$$");
}

static void prints_of_code_keep_lines(void **state)
{
	(void)state;
	assert_same_print("```c\na\n\nb\n```", "~~~~ c\na  \n \nb\n\n~~~~");
	assert_same_print("- ```\n  a\n    b\n  ```", "```\na\n  b\n```");
	assert_same_print("> ```\n> a\n> ```", "```\na\n```");
	assert_same_print("    a\n\n    b", "- \n      a\n  \n      b");
	assert_other_print("```\na\nb\n```", "```\na b\n```");
	assert_other_print("```\na\n```", "```\n a\n```");
	assert_other_print("```\na\n```", "```c\na\n```");
	assert_other_print("```\na\n\nb\n```", "```\na\nb\n```");
}

static uint64_t print_of_row(const char *zstr, size_t row)
{
	struct amts_doc *doc = parse(amts_str_z(zstr));

	assert_true(doc->n > row);
	return doc->v[row].print;
}

static void prints_of_rows_forget_padding(void **state)
{
	const char *wide = "| a   | b |\n|-----|:--|\n| c   | d |",
		   *tight = "|a|b|\n|-|:-|\n|c|d|";
	const char *right = "|a|b|\n|-|-:|\n|c d|d|";
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_true(print_of_row(wide, i) == print_of_row(tight, i));
	assert_true(print_of_row(tight, 1) != print_of_row(right, 1));
	assert_true(print_of_row(tight, 2) != print_of_row(right, 2));
}

static void tabs_tell_sets_apart(void **state)
{
	struct amts_doc *doc = parse(AMTS_STR(":begin_tab:`a, b`\nx\n:end_tab:\n"
					      ":begin_tab:`a,b`\nx\n:end_tab:\n"
					      ":begin_tab:`c`\nx\n:end_tab:\nx\n"));

	(void)state;
	assert_int_equal(doc->n, 10);
	assert_true(doc->v[1].tabs == doc->v[4].tabs && doc->v[1].tabs != doc->v[7].tabs);
	assert_true(doc->v[1].tabs && doc->v[9].tabs == 0);
	assert_true(doc->v[1].print == doc->v[7].print); /* left out of the fingerprint */
}

static void dialects_are_detected(void **state)
{
	static const struct {
		const char *bytes;
		unsigned want;
	} cases[] = {
		{ "# Plain *text*\n\n- item\n", 0 },
		{ "|a|\n|-|\n", AMTS_DIALECT_GFM },
		{ "---\na: b\n---\n", AMTS_DIALECT_FRONT_MATTER },
		{ "# A\n:label:`a`\n", AMTS_DIALECT_D2L },
		{ "```{.python .input}\n```\n", AMTS_DIALECT_D2L },
		{ "$$x$$\n", AMTS_DIALECT_MATH },
		{ "# A {#a}\n", AMTS_DIALECT_CONTAINERS },
		{ "::: tip\n", AMTS_DIALECT_CONTAINERS },
		{ "import A from 'a'\n", AMTS_DIALECT_MDX },
		{ "<Intro>\n", AMTS_DIALECT_MDX },
		{ "```{note}\n```\n", AMTS_DIALECT_MYST },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (parse(amts_str_z(cases[i].bytes))->dialects != cases[i].want)
			fail_msg("dialects of '%s'", cases[i].bytes);
}

static void names(void **state)
{
	unsigned i;

	(void)state;
	assert_string_equal(amts_block_kind_name(AMTS_BLOCK_LIST_ITEM), "list-item");
	assert_string_equal(amts_dialect_name(AMTS_DIALECT_FRONT_MATTER), "front-matter");
	for (i = 0; i < AMTS_BLOCK_KINDS; i++)
		assert_true(strlen(amts_block_kind_name((enum amts_block_kind)i)) > 3);
	for (i = 0; i < AMTS_DIALECTS; i++)
		assert_true(strlen(amts_dialect_name((enum amts_dialect)(1u << i))) > 2);
}

static void line_endings_prevail(void **state)
{
	(void)state;
	assert_false(parse(AMTS_STR("a\n\nb\n"))->crlf);
	assert_true(parse(AMTS_STR("a\r\n\r\nb\n"))->crlf);
	assert_false(parse(AMTS_STR("a\r\nb\nc\n"))->crlf);
	assert_false(parse(AMTS_STR(""))->crlf);
}

static void plain_text_is_a_sentence_a_line(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	static const unsigned levels[] = { 1, 1, 2 };
	size_t i;

	(void)state;
	assert_int_equal(amts_doc_plain(&doc, arena,
				 AMTS_STR("\n# One.\n Two. \r\n\n \n42"), &err),
		0);
	assert_int_equal(doc->n, 3);
	for (i = 0; i < 3; i++)
		assert_int_equal(doc->v[i].level, levels[i]);
	assert_true(amts_str_eq(amts_doc_bytes(doc, doc->v[0].text), AMTS_STR("# One.")));
	assert_true(amts_str_eq(amts_doc_bytes(doc, doc->v[1].text), AMTS_STR("Two.")));
	assert_true(doc->plain);
	assert_false(doc->v[2].opaque); /* a line without letters is a sentence too */
	assert_int_equal(doc->v[2].line, 6);
}

static void too_big_is_refused(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	(void)state;
	assert_int_equal(amts_doc_parse(&doc, arena,
				 (struct amts_str){ "", (size_t)5 << 30 }, &err),
		AMTS_ETOOBIG);
	assert_non_null(strstr(err.msg, "4 GiB"));
}

/* ---- the invariant ----------------------------------------------------------- */

static void faults_are_seen(void **state)
{
	struct amts_doc *doc = parse(AMTS_STR("# a\n\n> b\n>\n> c\n\nd\n"));
	struct amts_block *b = doc->v;

	(void)state;
	assert_int_equal(doc->n, 4);
	assert_int_equal(amts_doc_fault(doc), 0);

	doc->n = 3; /* content after the last block */
	assert_int_equal(amts_doc_fault(doc), 7);
	doc->n = 4;

	b[1].all.beg++; /* no line starts there */
	assert_int_equal(amts_doc_fault(doc), 3);
	b[1].all.beg--;

	b[1].all.beg = 0; /* overlaps the block before */
	assert_true(amts_doc_fault(doc) > 0);
	b[1].all.beg = 5;

	b[2].text.end = b[2].all.end + 1; /* text outside of the block */
	assert_int_equal(amts_doc_fault(doc), 5);
	b[2].text.end -= 2;

	b[3].all.end++; /* past the end of the file */
	assert_true(amts_doc_fault(doc) > 0);
}

/* ---- splices ----------------------------------------------------------------- */

static void assert_splice(
	const char *bytes, const struct amts_splice *v, size_t n, const char *want)
{
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	int rc = amts_splice(&out, amts_str_z(bytes), v, n, &err);

	if (want) {
		assert_int_equal(rc, 0);
		assert_string_equal(out.p, want);
	} else {
		assert_int_equal(rc, AMTS_EFAIL);
		assert_non_null(strstr(err.msg, "splice 1"));
	}
	amts_buf_release(&out);
}

static void splices_change_their_spans_only(void **state)
{
	const struct amts_splice change[] = { { { 0, 1 }, { "A", 1 } },
		{ { 2, 4 }, { "", 0 } }, { { 6, 6 }, { "g", 1 } } };
	const struct amts_splice insert[] = { { { 3, 3 }, { "1", 1 } },
		{ { 3, 3 }, { "2", 1 } }, { { 3, 4 }, { "D", 1 } } };
	const struct amts_splice unsorted[] = { { { 2, 4 }, { "", 0 } },
		{ { 3, 5 }, { "", 0 } } };
	const struct amts_splice outside[] = { { { 0, 1 }, { "", 0 } },
		{ { 6, 7 }, { "", 0 } } };
	const struct amts_splice reversed[] = { { { 0, 1 }, { "", 0 } },
		{ { 4, 3 }, { "", 0 } } };

	(void)state;
	assert_splice("abcdef", NULL, 0, "abcdef");
	assert_splice("abcdef", change, 3, "Abefg");
	assert_splice("abcdef", insert, 3, "abc12Def");
	assert_splice("abcdef", unsorted, 2, NULL);
	assert_splice("abcdef", outside, 2, NULL);
	assert_splice("abcdef", reversed, 2, NULL);
}

/* ---- hostile input ----------------------------------------------------------- */

/* What grows with the square of its input would take hours here, not milliseconds. */
static void hostile_input_is_linear(void **state)
{
	static const struct {
		const char *head, *again, *tail;
	} cases[] = {
		{ "", ">", "" },
		{ "", "- ", "" },
		{ "", "* ", "a" },
		{ "", "> - ", "a" },
		{ "", "1. ", "a\n\n\n" },
		{ "", "$$\n", "" },
		{ "", "$$ a\n", "" },
		{ "", "$$\n\n\\a\n", "" },
		{ "", "\\begin{a}\n", "" },
		{ "", ":::\n", "" },
		{ "", "```{note}\n", "" },
		{ "```{note}\n", "---\n", "" },
		{ "", "<Foo\n", "" },
		{ "", "<Foo \"\n", "" },
		{ "", "<Foo\n> x\n", "" },
		{ "", "<Foo a={", "" },
		{ "", "{/* a\n", "" },
		{ "", "{/* a\n", "*/} x" },
		{ "", "export const a = {\n\n", "" },
		{ "", "<!-- ", "" },
		{ "<div>\n", "<a ", "" },
		{ "<div>\n", "<script>", "" },
		{ "<pre>", "</", "" },
		{ "", "[a]: b \"\n", "" },
		{ "", "[a]: b\n", "" },
		{ "", "[", "" },
		{ "", "| a |\n| - |\n", "" },
		{ "", "a|b\n-|\n", "" },
		{ "", "a\r", "" },
		{ "", "`` ", "" },
		{ "", "-\n", "" },
		{ "", "a\n-\n", "" },
		{ "---\n", "a: b\n", "" },
		{ "", "\t", "a" },
		{ "", "# ", "" },
		{ "- - - - - - - - - - - - - - - - - - - - a\n", "\n", "b" },
	};
	struct amts_buf in = AMTS_BUF_INIT;
	size_t i, j;

	(void)state;
	alarm(300); /* valgrind and sanitizers are slow */
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		amts_buf_reset(&in);
		amts_buf_addz(&in, cases[i].head);
		for (j = 0; j < 100000; j++)
			amts_buf_addz(&in, cases[i].again);
		amts_buf_addz(&in, cases[i].tail);
		parse(amts_buf_str(&in));
	}
	alarm(0);
	amts_buf_release(&in);
}

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

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(prints_fold_white_space),
		TEST(prints_of_code_keep_lines),
		TEST(prints_of_rows_forget_padding),
		TEST(tabs_tell_sets_apart),
		TEST(dialects_are_detected),
		TEST(names),
		TEST(line_endings_prevail),
		TEST(plain_text_is_a_sentence_a_line),
		TEST(too_big_is_refused),
		TEST(faults_are_seen),
		TEST(splices_change_their_spans_only),
		TEST(hostile_input_is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
