#include "align/chain.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>

/* Heaviest chain that ends at or before some j, in a binary indexed tree (Fenwick 1994).
 */
struct best {
	double weight;
	size_t last; /* 1 + index of its last pair, 0: the empty chain */
};

/* By i; pairs of one i by falling j, so that they never follow one another in a chain. */
static int cmp_pair(const void *x, const void *y)
{
	const struct align_pair *a = x, *b = y;

	if (a->i != b->i)
		return a->i < b->i ? -1 : 1;
	return (a->j < b->j) - (a->j > b->j);
}

/* Ties go to the smaller j, then to the smaller i, so that repeated things pair up from
 * the top. */
static int better(const struct best *a, const struct best *b, const struct align_pair *v)
{
	if (a->weight != b->weight || !a->last || !b->last)
		return a->weight > b->weight;
	if (v[a->last - 1].j != v[b->last - 1].j)
		return v[a->last - 1].j < v[b->last - 1].j;
	return a->last < b->last;
}

static struct best before(const struct best *tree, size_t j, const struct align_pair *v)
{
	struct best b = { 0, 0 };

	for (; j; j &= j - 1)
		if (better(&tree[j], &b, v))
			b = tree[j];
	return b;
}

size_t align_chain(struct align_pair *v, size_t n, size_t nj)
{
	struct best *tree = amts_calloc(nj + 1, sizeof(*tree)), whole;
	size_t *prev = amts_malloc(n * sizeof(*prev)), kept = 0;
	unsigned char *in = amts_calloc(n, 1);

	if (n)
		qsort(v, n, sizeof(*v), cmp_pair);
	for (size_t k = 0; k < n; k++) {
		struct best b = before(tree, v[k].j, v);

		prev[k] = b.last;
		b.weight += v[k].weight;
		b.last = k + 1;
		for (size_t j = v[k].j + 1; j <= nj; j += j & -j)
			if (better(&b, &tree[j], v))
				tree[j] = b;
	}
	whole = before(tree, nj, v);
	for (size_t k = whole.last; k; k = prev[k - 1])
		in[k - 1] = 1;
	for (size_t k = 0; k < n; k++)
		if (in[k])
			v[kept++] = v[k];
	free(in);
	free(tree);
	free(prev);
	return kept;
}
