#ifndef CORPUS_CHAIN_H
#define CORPUS_CHAIN_H
/*
 * Whose words they are: the revisions of one document in their order.
 *
 * A revision brings a text when the one before did not have it.  What a draft brought
 * that nobody has been over, and what came about only because the source changed under an
 * old translation, is in doubt, and stays so until it is worded otherwise.
 */
#include "amts/corpus.h"
#include "store/harvest.h"

struct corpus_chain {
	struct corpus_said {
		uint32_t text;
		int doubt;
	} * v; /* heap: what the latest revision says, sorted */
	size_t n;
};

/* After `before` revision v[at], and what it says; brought[i] is 1 for what it is the
 * first to say, and people said it. */
void corpus_chain_step(struct corpus_chain *out, unsigned char *brought,
	const struct corpus_chain *before, const struct amts_revision *v, size_t at,
	const struct store_item *items, size_t n);
int corpus_chain_has(const struct corpus_chain *c, uint32_t text);
void corpus_chain_release(struct corpus_chain *c);

/* Indices of the revisions, document by document and in each from first to last; heap, n.
 */
size_t *corpus_chains_order(const struct amts_revision *v, size_t n);
/* 1 when revision order[i] is the last of its document. */
int corpus_chain_ends(
	const struct amts_revision *v, size_t n, const size_t *order, size_t i);

#endif
