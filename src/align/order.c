#include "align/order.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Up to here comparing is faster. */
#define FEW 256

/* One byte of the keys (radix sort, Knuth, TAOCP 3, 5.2.5); 0: all of them have the same.
 */
static int sort_byte(uint64_t *to, const uint64_t *from, size_t n, int shift)
{
	size_t at[256] = { 0 }, next = 0;

	for (size_t k = 0; k < n; k++)
		at[from[k] >> shift & 0xff]++;
	if (at[from[0] >> shift & 0xff] == n)
		return 0;
	for (size_t b = 0; b < 256; b++) {
		size_t count = at[b];

		at[b] = next;
		next += count;
	}
	for (size_t k = 0; k < n; k++)
		to[at[from[k] >> shift & 0xff]++] = from[k];
	return 1;
}

void align_sort_u64(uint64_t *v, size_t n)
{
	uint64_t *spare, *from = v, *to;

	if (n <= FEW) {
		if (n)
			qsort(v, n, sizeof(*v), align_cmp_u64);
		return;
	}
	spare = to = amts_malloc(n * sizeof(*spare));
	for (int shift = 0; shift < 64; shift += 8)
		if (sort_byte(to, from, n, shift)) {
			uint64_t *sorted = to;

			to = from;
			from = sorted;
		}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
	free(spare);
}
