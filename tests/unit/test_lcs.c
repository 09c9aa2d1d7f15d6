#include "amts/align.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* Length of the longest common subsequence by the textbook's quadratic program. */
static size_t slow_lcs(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	static size_t t[65][65];

	for (size_t i = 0; i <= na; i++)
		for (size_t j = 0; j <= nb; j++) {
			if (!i || !j)
				t[i][j] = 0;
			else if (a[i - 1] == b[j - 1])
				t[i][j] = t[i - 1][j - 1] + 1;
			else
				t[i][j] = t[i - 1][j] > t[i][j - 1] ? t[i - 1][j]
								    : t[i][j - 1];
		}
	return t[na][nb];
}

static size_t checked_lcs(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_match *m;
	size_t n = amts_lcs(&m, arena, a, na, b, nb);

	for (size_t k = 0; k < n; k++) {
		assert_true(m[k].i < na && m[k].j < nb);
		assert_true(a[m[k].i] == b[m[k].j]);
		assert_true(!k || (m[k].i > m[k - 1].i && m[k].j > m[k - 1].j));
	}
	amts_arena_free(arena);
	return n;
}

static size_t letters(const char *a, const char *b)
{
	uint64_t x[64], y[64];
	size_t na = strlen(a), nb = strlen(b);

	for (size_t i = 0; i < na; i++)
		x[i] = (unsigned char)a[i];
	for (size_t j = 0; j < nb; j++)
		y[j] = (unsigned char)b[j];
	return checked_lcs(x, na, y, nb);
}

static void known_pairs(void **state)
{
	(void)state;
	assert_int_equal(letters("", ""), 0);
	assert_int_equal(letters("abc", ""), 0);
	assert_int_equal(letters("", "abc"), 0);
	assert_int_equal(letters("abc", "abc"), 3);
	assert_int_equal(letters("abc", "xyz"), 0);
	assert_int_equal(letters("abcabba", "cbabac"), 4); /* Myers' own example */
	assert_int_equal(letters("aaaa", "aa"), 2);
	assert_int_equal(letters("nematode knowledge", "empty bottle"), 7);
}

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

static void equals_the_quadratic_program(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		uint64_t a[64], b[64];
		size_t na = next_random(&seed) % 65, nb = next_random(&seed) % 65;
		unsigned alphabet = 1 + next_random(&seed) % 12;

		for (size_t i = 0; i < na; i++)
			a[i] = next_random(&seed) % alphabet;
		for (size_t j = 0; j < nb; j++)
			b[j] = next_random(&seed) % alphabet;
		assert_int_equal(checked_lcs(a, na, b, nb), slow_lcs(a, na, b, nb));
	}
}

/* Two shuffles of few symbols: the exact answer would take billions of steps. */
static void dear_input_settles_for_less(void **state)
{
	size_t n = 200000, got;
	uint64_t *a = malloc(n * sizeof(*a)), *b = malloc(n * sizeof(*b));
	unsigned seed = 7;
	clock_t t0 = clock();

	(void)state;
	for (size_t i = 0; i < n; i++) {
		a[i] = next_random(&seed) % 1000;
		b[i] = next_random(&seed) % 1000;
	}
	got = checked_lcs(a, n, b, n);
	assert_true(got > n / 100);
	assert_true(clock() - t0 < 60 * CLOCKS_PER_SEC);
	free(a);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_pairs),
		cmocka_unit_test(equals_the_quadratic_program),
		cmocka_unit_test(dear_input_settles_for_less),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
