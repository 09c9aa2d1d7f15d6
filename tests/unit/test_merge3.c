/* Three-way merge of code, math and directives that a translation adapted. */
#include "plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct merge_case {
	const char *what;
	const char *base, *head, *tgt;
	const char *want;
	size_t conflicts;
};

static const struct merge_case by_line[] = {
	{ "a line is replaced where the target has it", "a\nb\nc\n", "a\nB\nc\n",
		"a\nb\nc\n", "a\nB\nc\n", 0 },
	{ "a translated comment survives a change elsewhere", "# load\nx = 1\ny = 2\n",
		"# load\nx = 1\ny = 3\n", "# 加载\nx = 1\ny = 2\n",
		"# 加载\nx = 1\ny = 3\n", 0 },
	{ "code beside a translated comment follows", "x = f(1)  # first\n",
		"x = f(2)  # first\n", "x = f(1)  # 第一\n", "x = f(2)  # 第一\n", 0 },
	{ "a changed comment that was translated is a conflict", "x = 1  # the first\n",
		"x = 1  # the very first\n", "x = 1  # 第一个\n", "x = 1  # 第一个\n",
		1 },
	{ "a new line goes after its predecessor", "a\nb\n", "a\nn\nb\n", "a\nb\n",
		"a\nn\nb\n", 0 },
	{ "a new line at the top", "a\nb\n", "n\na\nb\n", "a\n乙\n", "n\na\n乙\n", 0 },
	{ "a new line at the end, after an adapted one", "a\nb # x\n", "a\nb # x\nn\n",
		"a\nb # 某\n", "a\nb # 某\nn\n", 0 },
	{ "a removed line goes, translated or not", "a\nb # word\nc\n", "a\nc\n",
		"a\nb # 词\nc\n", "a\nc\n", 0 },
	{ "what the target has already leaves no trace", "a\nb\n", "a\nc\n", "a\nc\n",
		"a\nc\n", 0 },
	{ "a line that was added by hand is not added twice", "a\nb\n", "a\nn\nb\n",
		"a\nn\nb\n", "a\nn\nb\n", 0 },
	{ "lines only the target has stay", "a\nb\n", "a\nB\n", "a\nours\nb\n",
		"a\nours\nB\n", 0 },
	{ "full-width commas of a formula survive", "$$f(a, b) = 1$$\n",
		"$$f(a, b) = 2$$\n", "$$f(a，b) = 1$$\n", "$$f(a，b) = 2$$\n", 0 },
	{ "an expression in a translated comment, spaced in its own way",
		"# from `i + 1` to `n`\n", "# from `i` to `n`\n", "# 从（i+1）到（n）\n",
		"# 从（i）到（n）\n", 0 },
	{ "code is indented deeper beside a translated comment", "f(x)  # one\n",
		"    f(x)  # one\n", "f(x)  # 一\n", "    f(x)  # 一\n", 0 },
	{ "a new argument beside a translated string", "f('one', a)\n",
		"f('one', a, b=2)\n", "f('一', a)\n", "f('一', a, b=2)\n", 0 },
	{ "lines that are there, but for a blank line between them", "a\n", "n\nm\n\na\n",
		"n\nm\na\n", "n\nm\na\n", 0 },
	{ "code that the target changed is not deleted", "x = 1\ny = 2\nz = 3\n",
		"x = 1\nz = 3\n", "x = 1\ny = special(2, 7)\nz = 3\n",
		"x = 1\ny = special(2, 7)\nz = 3\n", 1 },
	{ "an empty target line is not paired with code", "a\nb\n", "a\nx\n", "a\n\n",
		"a\n\n", 1 },
	{ "both sides empty", "", "", "", "", 0 },
	{ "everything removed", "a\n", "", "a\n", "", 0 },
};

static void check(const struct merge_case *c)
{
	struct amts_arena *arena = amts_arena_new();
	struct merge3 m;

	merge3_lines(&m, arena, amts_str_z(c->base), amts_str_z(c->head),
		amts_str_z(c->tgt), NULL);
	if (!amts_str_eq(m.text, amts_str_z(c->want)) || m.conflicts != c->conflicts) {
		print_error("%s:\nwant %s(%zu conflicts)\ngot  %.*s(%zu conflicts)\n",
			c->what, c->want, c->conflicts, AMTS_STR_ARG(m.text),
			m.conflicts);
		fail();
	}
	amts_arena_free(arena);
}

static void merges_by_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(by_line) / sizeof(by_line[0]); i++)
		check(&by_line[i]);
}

/* Merging again what was merged changes nothing. */
static void is_idempotent(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(by_line) / sizeof(by_line[0]); i++) {
		struct merge_case again = by_line[i];

		if (again.conflicts)
			continue;
		again.tgt = again.want;
		check(&again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges_by_line),
		cmocka_unit_test(is_idempotent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
