#ifndef ALIGN_ORDER_H
#define ALIGN_ORDER_H
/* Ascending order of numbers, for qsort(3) and bsearch(3). */
#include <stdint.h>

static inline int align_cmp_u64(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

#endif
