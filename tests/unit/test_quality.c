/* Parallel data in figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "amts/corpus.h"

static struct amts_corpus_pair pair(const char *src, const char *tgt, double score)
{
	return (struct amts_corpus_pair){ .src = amts_str_z(src),
		.tgt = amts_str_z(tgt),
		.path = AMTS_STR("a.md"),
		.score = score };
}

static void counts_what_there_is(void **state)
{
	struct amts_corpus_pair v[] = {
		pair("abcd", "ab", 1),
		pair("abcd", "ab", .95),
		pair("abcd", "äü", .5), /* two characters, four bytes */
		pair("abcdef", "ab", .05),
	};
	struct amts_corpus c = { "en", "de", v, 4 };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_quality q;

	(void)state;
	assert_int_equal(amts_corpus_quality(&q, &c, &err), AMTS_OK);
	assert_int_equal(q.pairs, 4);
	assert_int_equal(q.sources, 2);
	assert_int_equal(q.targets, 2);
	assert_int_equal(q.unique, 3);
	assert_int_equal(q.documents, 1);
	assert_true(q.scored);
	assert_int_equal(q.scores[9], 2);
	assert_int_equal(q.scores[5], 1);
	assert_int_equal(q.scores[0], 1);
	assert_true(fabs(q.src_chars - 4.5) < 1e-9 && fabs(q.tgt_chars - 2) < 1e-9);
	assert_true(fabs(q.ratio - (.5 * 3 + 1. / 3) / 4) < 1e-9);
	assert_int_equal(q.outliers, 0);
}

static void finds_outliers(void **state)
{
	struct amts_corpus_pair v[21];
	struct amts_corpus c = { "en", "de", v, 21 };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_quality q;
	size_t i;

	(void)state;
	for (i = 0; i < 20; i++)
		v[i] = pair("four", "vier", 1);
	v[20] = pair("four", "vier und noch sehr viel mehr", 1);
	assert_int_equal(amts_corpus_quality(&q, &c, &err), AMTS_OK);
	assert_int_equal(q.outliers, 1);
	assert_false(q.scored);
}

static void draws_a_sample(void **state)
{
	size_t a[5], b[5], seen[20] = { 0 }, i, k;

	(void)state;
	for (i = 0; i < 400; i++) {
		assert_int_equal(amts_sample(a, 5, 20, i), 5);
		amts_sample(b, 5, 20, i);
		assert_memory_equal(a, b, sizeof(a));
		for (k = 0; k < 5; k++) {
			assert_true(a[k] < 20 && (!k || a[k] > a[k - 1]));
			seen[a[k]]++;
		}
	}
	for (i = 0; i < 20; i++) /* 100 are expected */
		assert_true(seen[i] > 60 && seen[i] < 140);
	assert_int_equal(amts_sample(a, 5, 3, 1), 3);
	assert_int_equal(amts_sample(a, 5, 0, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_what_there_is),
		cmocka_unit_test(finds_outliers),
		cmocka_unit_test(draws_a_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
