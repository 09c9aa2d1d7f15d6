#include "align/order.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Up to here comparing is faster. */
#define FEW 512
/* ... and up to here moving each number to its place. */
#define RUN 12

static void sort_run(uint64_t *v, size_t n)
{
	for (size_t k = 1; k < n; k++) {
		uint64_t x = v[k];
		size_t at = k;

		for (; at && v[at - 1] > x; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

static void merge(
	uint64_t *to, const uint64_t *a, const uint64_t *mid, const uint64_t *end)
{
	const uint64_t *b = mid;

	while (a < mid && b < end) {
		int second = *b < *a;

		*to++ = second ? *b : *a;
		b += second;
		a += !second;
	}
	memcpy(to, a, (size_t)(mid - a) * sizeof(*a));
	memcpy(to + (mid - a), b, (size_t)(end - b) * sizeof(*b));
}

/* Runs, then pairs of runs, and so on. */
static void sort_few(uint64_t *v, size_t n)
{
	uint64_t spare[FEW], *from = v, *to = spare;

	for (size_t k = 0; k < n; k += RUN)
		sort_run(v + k, n - k < RUN ? n - k : RUN);
	for (size_t run = RUN; run < n; run *= 2) {
		uint64_t *sorted = to;

		for (size_t k = 0; k < n; k += 2 * run)
			merge(to + k, from + k, from + (n - k < run ? n : k + run),
				from + (n - k < 2 * run ? n : k + 2 * run));
		to = from;
		from = sorted;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

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
		sort_few(v, n);
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
