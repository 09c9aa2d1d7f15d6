/* What messages of commits say of drafts, read back. */
#include "amts/mem.h"
#include "sync/told.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct amts_told one(struct amts_arena *arena, const char *message, size_t n)
{
	struct amts_told *v;

	assert_int_equal(amts_told_parse(&v, arena, amts_str_z(message)), n);
	return n ? v[0] : (struct amts_told){ 0 };
}

static void assert_text(struct amts_str s, const char *text)
{
	assert_true(amts_str_eq(s, amts_str_z(text)));
}

static void lines(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct amts_told t;

	(void)state;
	t = one(a,
		"Sync a.md\n\n  line 12: draft: sentence changed; from a.md@c0ffee1, "
		"2023-11-15 "
		"[memory, 93 % alike] (80 % sure)\n    [-a-]{+b+}\n",
		1);
	assert_int_equal(t.line, 12);
	assert_text(t.action, "draft");
	assert_text(t.engine, "memory");
	assert_true(t.alike > .925 && t.alike < .935);
	assert_false(t.pending);
	t = one(a,
		"  line 3: insert: new; from Amazon Translate, job 7 [amazon]; glossary: "
		"'a' is 'b'\n",
		1);
	assert_text(t.engine, "amazon");
	assert_true(t.alike == 0);
	t = one(a, "  line 4: pending insert: new in the source", 1);
	assert_true(t.pending);
	assert_text(t.action, "insert");
	assert_int_equal(t.engine.n, 0);
	t = one(a, "  line 4: pending: nothing to put there", 1);
	assert_true(t.pending);
	t = one(a,
		"  line 4: pending: the words changed\n    [-a-]{+b+}\n"
		"    83 % like \"a {+red +}door\": \"门\" (a.md@c0ffee1)\n",
		1);
	assert_text(t.similar, "83 % like \"a {+red +}door\": \"门\" (a.md@c0ffee1)");
	t = one(a, "  line 4: draft: x; from a.md [memory]\n    83 % like \"a\"\n", 1);
	assert_int_equal(t.similar.n, 0);
	t = one(a, "  line 9 of the source: pending insert: x", 1);
	assert_int_equal(t.line, 0);
	t = one(a, "  line 5: tokens: only [marks] changed", 1);
	assert_int_equal(t.engine.n, 0);
	amts_arena_free(a);
}

static void no_lines(void **state)
{
	static const char *const messages[] = { "", "Sync a.md\n", "  line", "  line 1",
		"  line 1: ", "  line 1: draft", "line 1: draft: x",
		"  line 99999999999999999999999999: x" };
	struct amts_arena *a = amts_arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		(void)one(a, messages[i], 0);
	amts_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lines),
		cmocka_unit_test(no_lines) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
