#ifndef ALIGN_LEXSCORE_H
#define ALIGN_LEXSCORE_H
/* How well the words of sentences explain each other, for all nodes of a band at once. */
#include "align/search.h"

/*
 * out[node * sizes + k], k from 0 to sizes - 1, for the node in front of items (x, y):
 * log likelihood, against chance, of the tokens of one item of side `of` given the k + 1
 * items of the other side that end with that node's.  of 1: target item y given source
 * items x - k to x; of 0: source item x given target items y - k to y.  0 for opaque
 * blocks.  sizes is BEAD_MAX if joint, else 1.  Caller frees.
 */
float *align_lex_scores(
	const struct search *s, const struct band *band, int of, int joint);

#endif
