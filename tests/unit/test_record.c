/* The record: byte-stable, tolerant, never guessing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gitbox.h"
#include "project/record.h"

#define A "1111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222"

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

static const char *rewritten(const char *text)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_record r;
	const char *out;

	ok(amts_record_parse(&r, arena, amts_str_z(text), err));
	amts_record_write(&b, &r);
	out = amts_arena_str(arena, amts_buf_str(&b)).p;
	amts_buf_release(&b);
	return out;
}

static void what_was_written_reads_back_the_same(void **state)
{
	static const char *const files[] = {
		"",
		"a.md\t" A "\t-\n",
		"# by amts\na.md\t" A "\t-\nb/c d.md\t" B "\t1f:0,ffffffffffffffff:2a\n",
		"\"q\\\"uo\\\\te\\tab\\001\"\t" A "\t-\n",
		"\"#hash.md\"\t" A "\t-\n",
		"\xe4\xb8\xad.md\t" A "\t-\n",
		"a.md\t" A "\t-\tlater=1\tmore\n",
		"a.md\t" A "\t1f:2a\tfrom=" B "\n",
		"a.md\t" A "\t1f:2a\tfrom=" B "\tlater=1\n",
		"a.md\t" A "\t1f:2a\tfrom=soon\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(*files); i++)
		assert_string_equal(rewritten(files[i]), files[i]);
}

static void untidy_files_are_put_in_order(void **state)
{
	(void)state;
	assert_string_equal(rewritten("b.md\t" B "\t-\r\n\r\na.md\t" A "\t1:2"),
		"a.md\t" A "\t1:2\nb.md\t" B "\t-\n");
}

static void damage_is_told_by_line(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "a.md\t" A "\t-\n<<<<<<< ours\n", ".amts-record:2: conflict marker" },
		{ "=======\n", ".amts-record:1: conflict marker" },
		{ "a.md\n", ".amts-record:1: bad source id" },
		{ "a.md\tzz\t-\n", ".amts-record:1: bad source id" },
		{ "a.md\t" A "\t\n", ".amts-record:1: bad list" },
		{ "a.md\t" A "\t1:2,\n", ".amts-record:1: bad list" },
		{ "a.md\t" A "\t12345678901234567:1\n", ".amts-record:1: bad list" },
		{ "\t" A "\t-\n", ".amts-record:1: bad path" },
		{ "\"a\t" A "\t-\n", ".amts-record:1: bad path" },
		{ "\"a\\x\"\t" A "\t-\n", ".amts-record:1: bad path" },
		{ "a.md\t" A "\t-\na.md\t" B "\t-\n",
			".amts-record: two lines for 'a.md'" },
	};
	struct amts_record r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(amts_record_parse(&r, arena, amts_str_z(bad[i].text), err),
			AMTS_EPARSE, bad[i].says);
}

static void any_bytes_are_read_or_refused(void **state)
{
	static const char bits[] = "a\t\n\"\\:,-#1\r\0z";
	struct amts_error ignored;
	struct amts_record r;
	char noise[80];
	unsigned seed = 7;
	size_t i, k;

	(void)state;
	for (i = 0; i < 20000; i++) {
		for (k = 0; k < sizeof(noise); k++)
			noise[k] = bits[((seed = seed * 1103515245 + 12345) >> 16) %
					sizeof(bits)];
		(void)!amts_record_parse(&r, arena,
			(struct amts_str){ noise, i % sizeof(noise) }, &ignored);
	}
}

static void lines_are_found_added_and_removed(void **state)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_record r;
	char path[16];
	int i;

	(void)state;
	ok(amts_record_parse(&r, arena, AMTS_STR(""), err));
	for (i = 0; i < 100; i++) {
		snprintf(path, sizeof(path), "%02d.md", i * 37 % 100);
		strcpy(amts_record_put(&r, arena, amts_str_z(path))->source.hex, A);
	}
	assert_int_equal(r.n, 100);
	assert_ptr_equal(amts_record_find(&r, AMTS_STR("07.md")), &r.v[7]);
	assert_ptr_equal(amts_record_put(&r, arena, AMTS_STR("99.md")), &r.v[99]);
	assert_null(amts_record_find(&r, AMTS_STR("07.md.x")));
	for (i = 0; i < 99; i++)
		amts_record_remove(&r, r.v[0].path);
	amts_record_remove(&r, AMTS_STR("not there"));
	amts_record_write(&b, &r);
	assert_string_equal(b.p, "99.md\t" A "\t-\n");
	amts_buf_release(&b);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_was_written_reads_back_the_same),
		T(untidy_files_are_put_in_order),
		T(damage_is_told_by_line),
		T(any_bytes_are_read_or_refused),
		T(lines_are_found_added_and_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
