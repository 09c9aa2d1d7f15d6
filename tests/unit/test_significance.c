/* Whether a difference of two systems is chance. */
#include "amts/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* A system that gets `wrong` of 100 words wrong, in n segments of 12 words. */
static struct amts_scorer *system_with(
	enum amts_metric metric, unsigned wrong, unsigned seed, size_t n)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const struct amts_score_opts opts = { .metric = metric };
	struct amts_scorer *s = amts_scorer_new(&opts);
	struct amts_buf hyp = AMTS_BUF_INIT, ref = AMTS_BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		struct amts_str r;

		amts_buf_reset(&hyp);
		amts_buf_reset(&ref);
		for (size_t k = 0; k < 12; k++) {
			amts_buf_addf(&ref, "w%zu ", i * 12 + k);
			if (next_random(&seed) % 100 < wrong)
				amts_buf_addf(&hyp, "x%u ", next_random(&seed));
			else
				amts_buf_addf(&hyp, "w%zu ", i * 12 + k);
		}
		r = amts_buf_str(&ref);
		assert_int_equal(
			amts_scorer_add(s, amts_buf_str(&hyp), &r, 1, &err), AMTS_OK);
	}
	amts_buf_release(&hyp);
	amts_buf_release(&ref);
	return s;
}

static struct amts_score_test compare(
	const struct amts_scorer *a, const struct amts_scorer *b, uint64_t seed)
{
	const struct amts_score_trials trials = { 500, 1000, seed };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_score_test t;

	assert_int_equal(amts_scorer_compare(&t, a, b, &trials, &err), AMTS_OK);
	return t;
}

static void a_system_equals_itself(void **state)
{
	struct amts_scorer *a = system_with(AMTS_BLEU, 20, 1, 50);
	struct amts_score_test t = compare(a, a, 0);

	(void)state;
	assert_true(t.difference == 0 && t.low == 0 && t.high == 0);
	assert_true(t.wins == 0);
	assert_true(t.p_bootstrap == 1 && t.p_randomisation == 1);
	amts_scorer_free(a);
}

static void a_clear_difference_is_no_chance(void **state)
{
	static const enum amts_metric metrics[] = { AMTS_BLEU, AMTS_CHRF, AMTS_TER };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct amts_scorer *good = system_with(metrics[i], 10, 1, 200);
		struct amts_scorer *bad = system_with(metrics[i], 30, 2, 200);
		struct amts_score_test t = compare(good, bad, 0),
				       u = compare(bad, good, 0);

		assert_true(metrics[i] == AMTS_TER ? t.high < 0 : t.low > 0);
		assert_true(t.low <= t.difference && t.difference <= t.high);
		assert_true(t.wins == 1 && u.wins == 0);
		assert_true(t.p_bootstrap == 1 / 501. && u.p_bootstrap == 1 / 501.);
		assert_true(t.p_randomisation == 1 / 1001.);
		assert_true(u.p_randomisation == 1 / 1001.);
		assert_true(t.difference == -u.difference);
		amts_scorer_free(good);
		amts_scorer_free(bad);
	}
}

/* Systems of the same quality: of 20 pairs about one is below 0.05, not many. */
static void chance_is_called_chance(void **state)
{
	int bootstrap = 0, randomisation = 0;

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		struct amts_scorer *a = system_with(AMTS_BLEU, 20, 2 * i + 1, 100);
		struct amts_scorer *b = system_with(AMTS_BLEU, 20, 2 * i + 2, 100);
		struct amts_score_test t = compare(a, b, i);

		assert_true(t.p_bootstrap > 0 && t.p_bootstrap <= 1);
		assert_true(t.p_randomisation > 0 && t.p_randomisation <= 1);
		bootstrap += t.p_bootstrap < 0.05;
		randomisation += t.p_randomisation < 0.05;
		amts_scorer_free(a);
		amts_scorer_free(b);
	}
	assert_true(bootstrap <= 5); /* one-sided, on the side that won */
	assert_true(randomisation <= 4);
}

/* Of two segments swapped or not, half of the four ways are as far apart as the systems:
 * both swapped, or none. */
static void few_segments_prove_nothing(void **state)
{
	struct amts_scorer *good = system_with(AMTS_TER, 0, 1, 2);
	struct amts_scorer *bad = system_with(AMTS_TER, 60, 1, 2);
	struct amts_score_test t = compare(good, bad, 3);

	(void)state;
	assert_true(fabs(t.p_randomisation - 0.5) < 0.06);
	amts_scorer_free(good);
	amts_scorer_free(bad);
}

static void the_seed_decides(void **state)
{
	struct amts_scorer *a = system_with(AMTS_BLEU, 20, 1, 100);
	struct amts_scorer *b = system_with(AMTS_BLEU, 22, 2, 100);
	struct amts_score_test t = compare(a, b, 7), u = compare(a, b, 7),
			       v = compare(a, b, 8);

	(void)state;
	assert_memory_equal(&t, &u, sizeof(t));
	assert_true(t.low != v.low || t.high != v.high);
	amts_scorer_free(a);
	amts_scorer_free(b);
}

static void refuses_what_cannot_be_compared(void **state)
{
	const struct amts_score_trials trials = { 0 };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_scorer *a = system_with(AMTS_BLEU, 0, 1, 3);
	struct amts_scorer *other[] = { system_with(AMTS_BLEU, 0, 1, 2),
		system_with(AMTS_TER, 0, 1, 3) };
	struct amts_scorer *none = system_with(AMTS_BLEU, 0, 1, 0);
	struct amts_score_test t;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
			amts_scorer_compare(&t, a, other[i], &trials, &err), AMTS_EUSAGE);
		amts_scorer_free(other[i]);
	}
	assert_int_equal(amts_scorer_compare(&t, none, none, &trials, &err), AMTS_EUSAGE);
	amts_scorer_free(a);
	amts_scorer_free(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_system_equals_itself),
		cmocka_unit_test(a_clear_difference_is_no_chance),
		cmocka_unit_test(chance_is_called_chance),
		cmocka_unit_test(few_segments_prove_nothing),
		cmocka_unit_test(the_seed_decides),
		cmocka_unit_test(refuses_what_cannot_be_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
