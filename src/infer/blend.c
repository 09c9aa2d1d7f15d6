#include "infer/blend.h"

#include <math.h>
#include <string.h>

void amts_blend_init(struct amts_blend *b)
{
	size_t k;

	memset(b, 0, sizeof(*b));
	for (k = 0; k <= AMTS_VIEWS; k++)
		b->weight[k] = 1.0 / (AMTS_VIEWS + 1);
}

static void to_likelihood(double *v, size_t n)
{
	double top = -HUGE_VAL, sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		top = v[i] > top ? v[i] : top;
	for (i = 0; i < n; i++)
		sum += v[i] = exp(v[i] - top);
	for (i = 0; i < n; i++)
		v[i] *= (double)n / sum;
}

static double mix(const struct amts_blend *b, double *const code[AMTS_VIEWS], size_t v)
{
	double sum = b->weight[AMTS_VIEWS];
	size_t k;

	for (k = 0; k < AMTS_VIEWS; k++)
		sum += b->weight[k] * code[k][v];
	return sum;
}

void amts_blend_fit(double *fit, const struct amts_blend *b, const double *text,
	double *code[AMTS_VIEWS], size_t n)
{
	size_t k, v;

	for (k = 0; k < AMTS_VIEWS; k++)
		to_likelihood(code[k], n);
	for (v = 0; v < n; v++)
		fit[v] = text[v] + log(mix(b, code, v));
}

size_t amts_blend_learn(struct amts_blend *b, double *const code[AMTS_VIEWS],
	const double *posterior, size_t n)
{
	double mine[AMTS_VIEWS + 1] = { 0 };
	size_t k, v, best = 0;

	for (v = 0; v < n; v++) {
		double all = mix(b, code, v);

		for (k = 0; k < AMTS_VIEWS; k++)
			mine[k] += posterior[v] * b->weight[k] * code[k][v] / all;
		mine[AMTS_VIEWS] += posterior[v] * b->weight[AMTS_VIEWS] / all;
	}
	for (k = 0; k <= AMTS_VIEWS; k++)
		b->credit[k] += mine[k];
	for (k = 1; k < AMTS_VIEWS; k++)
		if (mine[k] > mine[best])
			best = k;
	return best;
}

void amts_blend_update(struct amts_blend *b)
{
	double total = 0;
	size_t k;

	for (k = 0; k <= AMTS_VIEWS; k++)
		total += b->credit[k] + 1;
	for (k = 0; k <= AMTS_VIEWS; k++) {
		b->weight[k] = (b->credit[k] + 1) / total;
		b->credit[k] = 0;
	}
}
