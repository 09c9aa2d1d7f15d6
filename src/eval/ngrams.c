#include "eval/ngrams.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/hash.h"

/* A node is its place in the table plus one; the root is 0. */

void eval_ngrams_release(struct eval_ngrams *t)
{
	free(t->table);
}

void eval_ngrams_begin(struct eval_ngrams *t, size_t most)
{
	size_t size = 64;

	while (size < most * 2)
		size *= 2;
	if (size > t->size || t->stamp == UINT32_MAX) {
		free(t->table);
		if (size > t->size)
			t->size = size;
		t->table = amts_calloc(t->size, sizeof(*t->table));
		t->stamp = 0;
	}
	t->mask = size - 1;
	t->stamp++;
}

/* Where the child is, or the free place where it would be. */
static struct eval_ngram *child(struct eval_ngrams *t, uint64_t key)
{
	uint64_t h = key * EVAL_HASH_FACTOR;
	size_t at = (h ^ h >> 32) & t->mask;

	while (t->table[at].stamp == t->stamp && t->table[at].key != key)
		at = (at + 1) & t->mask;
	return &t->table[at];
}

static uint32_t node_of(const struct eval_ngrams *t, const struct eval_ngram *g)
{
	return (uint32_t)(g - t->table) + 1;
}

static uint32_t count(struct eval_ngrams *t, uint32_t ref, uint64_t key)
{
	struct eval_ngram *g = child(t, key);

	if (g->stamp != t->stamp)
		*g = (struct eval_ngram){ key, t->stamp, ref, 0, 0 };
	if (g->ref != ref) {
		g->ref = ref;
		g->count = 0;
	}
	if (++g->count > g->left)
		g->left = g->count;
	return node_of(t, g);
}

void eval_ngrams_add(struct eval_ngrams *t, uint32_t ref, const uint32_t *token, size_t n,
	unsigned order)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t node = 0;

		for (unsigned k = 0; k < order && i + k < n; k++)
			node = count(t, ref, (uint64_t)node << 32 | token[i + k]);
	}
}

void eval_ngrams_match(double *matches, struct eval_ngrams *t, const uint32_t *token,
	size_t n, unsigned order)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t node = 0;

		for (unsigned k = 0; k < order && i + k < n; k++) {
			struct eval_ngram *g =
				child(t, (uint64_t)node << 32 | token[i + k]);

			if (g->stamp != t->stamp)
				break; /* nor is anything longer that begins so */
			if (g->left) {
				g->left--;
				matches[k]++;
			}
			node = node_of(t, g);
		}
	}
}
