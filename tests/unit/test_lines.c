/* The lines of a block's text without their container prefixes. */
#include "md/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

/* The lines of bytes[beg..] joined by '|'. */
static void assert_lines(const char *bytes, size_t beg, unsigned quotes, const char *want)
{
	struct amts_doc doc = { .bytes = amts_str_z(bytes) };
	struct amts_block block = { .quotes = quotes };
	struct md_text_lines it;
	struct amts_span line;
	char got[256] = "";

	md_text_lines_init(&it, &doc, &block, (struct amts_span){ beg, doc.bytes.n });
	while (md_text_lines_next(&it, &line)) {
		strncat(got, bytes + line.beg, line.end - line.beg);
		strcat(got, "|");
	}
	assert_string_equal(got, want);
}

static void prefixes_go(void **state)
{
	(void)state;
	assert_lines("one\ntwo", 0, 0, "one|two|");
	assert_lines("- one\n  two\n", 2, 0, "one|two|");
	assert_lines("> one\n> two\n>three\nlazy\n", 2, 1, "one|two|three|lazy|");
	assert_lines("- > > one\n  > > two\n  > three\n", 6, 2, "one|two|three|");
	assert_lines("> a\n> > b", 2, 1, "a|> b|");
}

static void endings_of_all_kinds(void **state)
{
	(void)state;
	assert_lines("a\r\nb\rc\nd", 0, 0, "a|b|c|d|");
	assert_lines("hard  \nbreak\\\nend", 0, 0, "hard  |break\\|end|");
	assert_lines("a\r", 0, 0, "a|");
	assert_lines("> a\n>\n> b", 2, 1, "a||b|");
	assert_lines("", 0, 0, "");
}

static void a_span_starts_inside_a_line(void **state)
{
	(void)state;
	assert_lines("# > x", 2, 1, "> x|");
	assert_lines("a  b\n   c", 1, 0, "  b|c|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_go),
		cmocka_unit_test(endings_of_all_kinds),
		cmocka_unit_test(a_span_starts_inside_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
