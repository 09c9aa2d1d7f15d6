/*
 * Merges in a fork on small documents, tests/spec/merge/, and line by line against
 * `git merge-file`.
 */
#include "amts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gitbox.h"

static struct amts_str read_spec(struct amts_arena *arena, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str s;
	char chunk[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(chunk, 1, sizeof(chunk), f)))
		amts_buf_add(&b, (struct amts_str){ chunk, n });
	fclose(f);
	s = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

static struct amts_str part(struct amts_str s, const char *title)
{
	char mark[32];
	size_t beg, end;

	snprintf(mark, sizeof(mark), "\n--- %s\n", title);
	beg = amts_str_find(s, amts_str_z(mark), 0);
	if (beg == s.n)
		fail_msg("no part '%s' in: %.*s", title, AMTS_STR_ARG(s));
	beg += strlen(mark);
	end = amts_str_find(s, AMTS_STR("\n--- "), beg);
	return amts_str_sub(s, beg, end < s.n ? end + 1 : s.n);
}

static const char *const ways[] = { "text", "ours", "theirs" };

static size_t check_case(struct amts_str text)
{
	struct amts_merge_input in = { .base = part(text, "base"),
		.ours = part(text, "ours"),
		.theirs = part(text, "theirs"),
		.src_lang = "en",
		.tgt_lang = "zh",
		.label_base = "base",
		.label_ours = "ours",
		.label_theirs = "theirs" };
	struct amts_str want = part(text, "want"), result = part(text, "result");
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_merged m;
	char got[64];
	int same;

	if (amts_merge(&out, &m, &in, &err))
		fail_msg("%s", err.msg);
	snprintf(got, sizeof(got), "%s %zu\n", ways[m.way], m.conflicts);
	same = amts_str_eq(amts_buf_str(&out), want) &&
	       amts_str_eq(amts_str_z(got), result);
	if (!same)
		print_error("%.*s\n--- got\n%s%s", AMTS_STR_ARG(text), out.p, got);
	amts_buf_release(&out);
	return !same;
}

static void merges(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str spec = read_spec(arena, "tests/spec/merge/fork.txt");
	size_t at = amts_str_find(spec, AMTS_STR("\n=== "), 0), end, n = 0, faults = 0;

	(void)state;
	for (; at < spec.n; at = end, n++) {
		end = amts_str_find(spec, AMTS_STR("\n=== "), at + 1);
		faults += check_case(
			amts_str_sub(spec, at + 1, end < spec.n ? end + 1 : end));
	}
	amts_arena_free(arena);
	assert_int_equal(faults, 0);
	assert_true(n >= 8);
}

/* ---- line by line ---- */

struct text_case {
	const char *base, *ours, *theirs;
	enum amts_marker_style style;
	size_t marker_size;
};

static void put_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* What `git merge-file -p` prints. */
static int by_git(struct amts_buf *out, const struct text_case *c)
{
	static const char *const styles[] = { "-q", "--diff3", "--zdiff3" };
	char size[64];
	const char *argv[] = { "git", "merge-file", "-p", styles[c->style], size, "-L",
		"a", "-L", "o", "-L", "b", "ours", "base", "theirs", NULL };
	struct amts_buf messages = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	int status = -1;

	snprintf(size, sizeof(size), "--marker-size=%zu",
		c->marker_size ? c->marker_size : 7);
	put_file("base", c->base);
	put_file("ours", c->ours);
	put_file("theirs", c->theirs);
	assert_int_equal(amts_process_run(&status, out, &messages, argv, &err), 0);
	amts_buf_release(&messages);
	return status != 0;
}

static void line_by_line(void **state)
{
	static const struct text_case cases[] = {
		{ "a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", 0, 0 },
		{ "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", 0, 0 },
		{ "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", AMTS_MARKERS_DIFF3, 0 },
		{ "a\nb\nc\n", "a\nx\nz\nc\n", "a\ny\nz\nc\n", AMTS_MARKERS_ZDIFF3, 0 },
		{ "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", 0, 11 },
		{ "a\r\nb\r\n", "x\r\nb\r\n", "y\r\nb\r\n", 0, 0 },
		{ "", "mine\n", "yours\n", 0, 0 },
		{ "a", "b", "c", 0, 0 },
		{ "a\n", "a\n", "", 0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct text_case *c = &cases[i];
		struct amts_text_merge in = { amts_str_z(c->base), amts_str_z(c->ours),
			amts_str_z(c->theirs), "o", "a", "b", c->style, c->marker_size };
		struct amts_buf want = AMTS_BUF_INIT, got = AMTS_BUF_INIT;
		struct amts_error err = AMTS_ERROR_INIT;
		size_t conflicts = 9;

		assert_int_equal(amts_text_merge(&got, &conflicts, &in, &err), 0);
		assert_int_equal(by_git(&want, c), conflicts);
		assert_string_equal(got.p, want.p);
		amts_buf_release(&want);
		amts_buf_release(&got);
	}
}

static void binary_is_not_merged(void **state)
{
	struct amts_text_merge in = { AMTS_STR("a\0b\n"), AMTS_STR("a\0c\n"),
		AMTS_STR("a\0d\n"), NULL, NULL, NULL, AMTS_MARKERS_MERGE, 0 };
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t conflicts = 0;

	(void)state;
	assert_int_equal(amts_text_merge(&out, &conflicts, &in, &err), 0);
	assert_int_equal(conflicts, 1);
	assert_true(amts_str_eq(amts_buf_str(&out), in.ours));
	amts_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges),
		cmocka_unit_test_setup_teardown(line_by_line, box_open, box_close),
		cmocka_unit_test(binary_is_not_merged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
