/*
 * Whether a difference of two systems is more than chance: Koehn 2004, "Statistical
 * Significance Tests for Machine Translation Evaluation"; Riezler and Maxwell 2005, "On
 * Some Pitfalls in Automatic Evaluation and Significance Testing for MT", after Noreen
 * 1989.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/hash.h"
#include "eval/scorer.h"

#define RESAMPLES 1000
#define SWAPS 10000

static double score_of(const struct amts_scorer *s, const double *stats)
{
	struct amts_score score;

	eval_score(&score, s, stats);
	return score.score;
}

static void add(double *sum, const struct amts_scorer *s, size_t i, double factor)
{
	for (size_t k = 0; k < s->n_stats; k++)
		sum[k] += factor * s->stats[i * s->n_stats + k];
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* A number below n (Lemire 2019 without the rejection: n is far below 2^32). */
static size_t draw(uint64_t *state, size_t n)
{
	return (size_t)((eval_random(state) >> 32) * n >> 32);
}

/* a's score less b's on one resample. */
static double resample(
	const struct amts_scorer *a, const struct amts_scorer *b, uint64_t *state)
{
	double of_a[EVAL_STATS_MAX] = { 0 }, of_b[EVAL_STATS_MAX] = { 0 };

	for (size_t k = 0; k < a->n; k++) {
		size_t i = draw(state, a->n);

		add(of_a, a, i, 1);
		add(of_b, b, i, 1);
	}
	return score_of(a, of_a) - score_of(b, of_b);
}

static void bootstrap(struct amts_score_test *out, const struct amts_scorer *a,
	const struct amts_scorer *b, size_t n, uint64_t seed)
{
	double sign = a->metric->less_is_better ? -1 : 1;
	double *d = amts_malloc(n * sizeof(*d));
	size_t wins = 0, losses = 0, tail = n / 40;

	for (size_t i = 0; i < n; i++) {
		d[i] = resample(a, b, &seed);
		wins += sign * d[i] > 0;
		losses += sign * d[i] < 0;
	}
	qsort(d, n, sizeof(*d), by_value);
	out->low = d[tail];
	out->high = d[n - 1 - tail];
	out->wins = (double)wins / (double)n;
	out->p_bootstrap = (double)(n -
				    (sign * out->difference > 0		 ? wins
					    : sign * out->difference < 0 ? losses
									 : 0) +
				    1) /
			   (double)(n + 1);
	free(d);
}

/* How far apart the systems are when the outputs of half the segments are swapped. */
static double swapped(const struct amts_scorer *a, const struct amts_scorer *b,
	const double *sum_a, const double *sum_b, uint64_t *state)
{
	double of_a[EVAL_STATS_MAX], of_b[EVAL_STATS_MAX];
	uint64_t bits = 0;

	memcpy(of_a, sum_a, sizeof(of_a));
	memcpy(of_b, sum_b, sizeof(of_b));
	for (size_t i = 0; i < a->n; i++, bits >>= 1) {
		if (i % 64 == 0)
			bits = eval_random(state);
		if (!(bits & 1))
			continue;
		add(of_a, a, i, -1);
		add(of_a, b, i, 1);
		add(of_b, b, i, -1);
		add(of_b, a, i, 1);
	}
	return fabs(score_of(a, of_a) - score_of(b, of_b));
}

static double randomisation(const struct amts_scorer *a, const struct amts_scorer *b,
	double difference, size_t n, uint64_t seed)
{
	/* Sums of fractions (TER's mean lengths) come out differently by their order. */
	double least = fabs(difference) * (1 - 1e-12), sum_a[EVAL_STATS_MAX] = { 0 },
	       sum_b[EVAL_STATS_MAX] = { 0 };
	size_t as_far = 0;

	for (size_t i = 0; i < a->n; i++) {
		add(sum_a, a, i, 1);
		add(sum_b, b, i, 1);
	}
	for (size_t i = 0; i < n; i++)
		as_far += swapped(a, b, sum_a, sum_b, &seed) >= least;
	return (double)(as_far + 1) / (double)(n + 1);
}

static int check(
	const struct amts_scorer *a, const struct amts_scorer *b, struct amts_error *err)
{
	if (a->metric != b->metric || a->n_stats != b->n_stats)
		return amts_fail(
			err, AMTS_EUSAGE, "two systems scored by different metrics");
	if (a->n != b->n)
		return amts_fail(err, AMTS_EUSAGE,
			"one system has %zu segments, the other %zu", a->n, b->n);
	if (!a->n)
		return amts_fail(err, AMTS_EUSAGE, "no segment to compare systems by");
	return AMTS_OK;
}

int amts_scorer_compare(struct amts_score_test *out, const struct amts_scorer *a,
	const struct amts_scorer *b, const struct amts_score_trials *trials,
	struct amts_error *err)
{
	struct amts_score of_a, of_b;
	int rc = check(a, b, err);

	if (rc)
		return rc;
	memset(out, 0, sizeof(*out));
	amts_scorer_total(&of_a, a);
	amts_scorer_total(&of_b, b);
	out->difference = of_a.score - of_b.score;
	bootstrap(out, a, b, trials->resamples ? trials->resamples : RESAMPLES,
		trials->seed);
	out->p_randomisation = randomisation(a, b, out->difference,
		trials->swaps ? trials->swaps : SWAPS, trials->seed + 1);
	return AMTS_OK;
}
