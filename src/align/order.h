#ifndef ALIGN_ORDER_H
#define ALIGN_ORDER_H
/* Ascending order of numbers. */
#include <stddef.h>
#include <stdint.h>

/* O(n). */
void align_sort_u64(uint64_t *v, size_t n);

/* For qsort(3) and bsearch(3). */
static inline int align_cmp_u64(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

#endif
