/* Conflict markers in documents: finding them and taking our side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sync/conflicted.h"
#include "sync/markers.h"

#include "amts/mem.h"

static void takes_our_side(void **state)
{
	static const struct {
		const char *bytes, *ours;
		size_t n;
	} cases[] = {
		{ "a\n", "a\n", 0 },
		{ "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n", "a\nb\nd\n", 1 },
		{ "<<<<<<< HEAD\nb\n||||||| o\nx\n=======\nc\n>>>>>>> x\n", "b\n", 1 },
		{ "<<<<<<< HEAD\n=======\nc\n>>>>>>> x", "", 1 },
		{ "<<<<<<<\na\n=======\n>>>>>>>\n<<<<<<<\nb\n=======\n>>>>>>>\n",
			"a\nb\n", 2 },
		{ "<<<<<<< H\r\nb\r\n=======\r\nc\r\n>>>>>>> x\r\n", "b\r\n", 1 },
		/* longer markers inside are what an inner merge left */
		{ "<<<<<<< H\nb\n||||||| o\n<<<<<<<<< 1\np\n=========\nq\n>>>>>>>>> 2\n"
		  "=======\nc\n>>>>>>> x\n",
			"b\n", 1 },
		/* a heading, a quote, code */
		{ "Title\n=======\n", "Title\n=======\n", 0 },
		{ ">>>>>>> deep\n", ">>>>>>> deep\n", 0 },
		{ "<<<<<<<a\n", "<<<<<<<a\n", 0 },
		{ "<<<<<< a\n", "<<<<<< a\n", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_str s = amts_str_z(cases[i].bytes);
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_conflicts all;

		assert_int_equal(amts_conflicts_find(&all, arena, s, &err), 0);
		assert_int_equal(all.n, cases[i].n);
		assert_string_equal(amts_conflicts_ours(arena, s, &all).p, cases[i].ours);
		assert_int_equal(amts_has_markers(s), cases[i].n > 0);
		amts_arena_free(arena);
	}
}

static void markers_that_do_not_pair(void **state)
{
	static const struct {
		const char *bytes, *line;
	} cases[] = {
		{ "a\n<<<<<<< HEAD\nb\n", "line 2: " },
		{ "<<<<<<< HEAD\nb\n>>>>>>> x\n", "line 3: " },
		{ "<<<<<<< HEAD\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", "line 2: " },
		{ "<<<<<<< HEAD\nT\n=======\nb\n=======\n>>>>>>> x\n", "line 5: " },
		{ "<<<<<<< HEAD\nT\n=======\nb\n||||||| o\n>>>>>>> x\n", "line 5: " },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_conflicts all;

		assert_int_equal(amts_conflicts_find(
					 &all, arena, amts_str_z(cases[i].bytes), &err),
			AMTS_EPARSE);
		assert_non_null(strstr(err.msg, cases[i].line));
		amts_arena_free(arena);
	}
}

static int resolve(struct amts_str *out, size_t *n, struct amts_arena *arena,
	const char *base, const char *target, struct amts_error *err)
{
	struct amts_conflicted in = { amts_str_z(base),
		AMTS_STR("Run the program twice.\n"), amts_str_z(target), "zh" };

	return amts_conflicted_resolve(out, n, arena, &in, err);
}

static void theirs_must_be_the_source(void **state)
{
	static const char base[] = "Run the program.\n";
	static const char ours[] = "<<<<<<< HEAD\n运行程序。\n=======\n";
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_str out;
	size_t n;

	(void)state;
	/* head's line; one of a revision between, in its words; a translation */
	assert_int_equal(resolve(&out, &n, arena, base,
				 amts_arena_fmt(arena,
					 "%sRun the program twice.\n>>>>>>> x\n", ours)
					 .p,
				 &err),
		0);
	assert_string_equal(out.p, "运行程序。\n");
	assert_int_equal(n, 1);
	assert_int_equal(
		resolve(&out, &n, arena, base,
			amts_arena_fmt(arena, "%sRun the old program.\n>>>>>>> x\n", ours)
				.p,
			&err),
		0);
	assert_int_equal(
		resolve(&out, &n, arena, base,
			amts_arena_fmt(arena, "%s请将程序运行两次。\n>>>>>>> x\n", ours)
				.p,
			&err),
		AMTS_ECONFLICT);
	amts_arena_free(arena);
}

static void markers_of_the_source_are_text(void **state)
{
	static const char lesson[] = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n";
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_str out;
	size_t n = 9;

	(void)state;
	assert_int_equal(resolve(&out, &n, arena, lesson, lesson, &err), 0);
	assert_string_equal(out.p, lesson);
	assert_int_equal(n, 0);
	amts_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_our_side),
		cmocka_unit_test(markers_that_do_not_pair),
		cmocka_unit_test(theirs_must_be_the_source),
		cmocka_unit_test(markers_of_the_source_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
