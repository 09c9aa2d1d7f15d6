#ifndef INFER_BLEND_H
#define INFER_BLEND_H
/*
 * What the text of a translation says of its base, together with what its code says.
 *
 * Text is taken at its word.  Code was brought in with the text (then some view of the
 * translation shows the base's code) or later on its own (then it says nothing); which of
 * these is the custom is learnt over a tree.
 */
#include "infer/evidence.h"

struct amts_blend {
	double weight[AMTS_VIEWS + 1]; /* of each view; the last: code says nothing */
	double credit[AMTS_VIEWS + 1];
};
void amts_blend_init(struct amts_blend *b);

/* fit[v] = text[v] and the code of all views; code holds log likelihood ratios and is
 * turned into likelihoods of mean 1. */
void amts_blend_fit(double *fit, const struct amts_blend *b, const double *text,
	double *code[AMTS_VIEWS], size_t n);

/* What the posterior of a file's versions says of the custom; the likeliest view. */
size_t amts_blend_learn(struct amts_blend *b, double *const code[AMTS_VIEWS],
	const double *posterior, size_t n);
void amts_blend_update(struct amts_blend *b);

#endif
