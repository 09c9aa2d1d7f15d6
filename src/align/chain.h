#ifndef ALIGN_CHAIN_H
#define ALIGN_CHAIN_H
/* The heaviest chain of pairs that ascends on both sides: what stayed in order. */
#include <stddef.h>

struct align_pair {
	size_t i, j;
	double weight; /* > 0 */
};

/*
 * Keep of v[0..n) (sorted here) the heaviest subset in which i and j both ascend
 * strictly; returns its size.  nj is above every j.  O(n log n).  Ties go to the pairs
 * that come first.
 */
size_t align_chain(struct align_pair *v, size_t n, size_t nj);

#endif
