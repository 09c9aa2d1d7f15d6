#ifndef EVAL_NGRAMS_H
#define EVAL_NGRAMS_H
/*
 * How often n-grams of the system occur in the references.  The n-grams of a segment's
 * references are a trie kept in one hash table, (node, token) -> node: exact, all orders
 * at once, a look-up each.  It is emptied by counting up a stamp.
 */
#include <stddef.h>
#include <stdint.h>

struct eval_ngram {
	uint64_t key;
	uint32_t stamp; /* of the segment; others are empty */
	uint32_t ref;	/* the reference that `count` is of */
	uint32_t count;
	uint32_t left; /* most in any reference, less those already matched */
};

struct eval_ngrams {
	struct eval_ngram *table;
	size_t size, mask; /* of the table, and of the part in use */
	uint32_t stamp;
};

void eval_ngrams_release(struct eval_ngrams *t);

/* Forget everything; up to `most` n-grams follow. */
void eval_ngrams_begin(struct eval_ngrams *t, size_t most);

/* Count the n-grams of 1 to `order` tokens of reference number `ref`; references follow
 * each other in order. */
void eval_ngrams_add(struct eval_ngrams *t, uint32_t ref, const uint32_t *token, size_t n,
	unsigned order);

/* matches[k] += n-grams of k + 1 tokens that a reference has too, each as often as the
 * reference with the most of it has it (Papineni et al. 2002, "clipped").  Once a
 * segment. */
void eval_ngrams_match(double *matches, struct eval_ngrams *t, const uint32_t *token,
	size_t n, unsigned order);

#endif
