#ifndef ALIGN_LEXICON_H
#define ALIGN_LEXICON_H
/*
 * Which words translate which: IBM Model 1 (Brown et al., "The mathematics of statistical
 * machine translation", Computational Linguistics 19, 1993) in both directions.
 */
#include <stddef.h>
#include <stdint.h>

/* Sentence pairs to learn from: the distinct words of each, by their numbers (from 1). */
struct align_corpus {
	uint32_t *src, *tgt; /* heap */
	size_t nsrc, src_cap, ntgt, tgt_cap;
	size_t *src_end, *tgt_end; /* heap: where the words of pair k end */
	float *weight;		   /* heap: how sure it is that pair k is one, 0 to 1 */
	size_t n, cap;
};

void align_corpus_release(struct align_corpus *c);
/* Add a pair of sentences; words are sorted here, zeros and repetitions left out. */
void align_corpus_add(struct align_corpus *c, uint32_t *src, size_t nsrc, uint32_t *tgt,
	size_t ntgt, float weight);

/* Translations of the words of one side: entries [row[w], row[w + 1]) of word w. */
struct align_table {
	size_t *row;  /* heap, words + 2 entries */
	uint32_t *to; /* heap */
	float *lift;  /* heap: p(to | word) / p(to), how much likelier than by chance */
	uint32_t words;
};

struct align_lexicon {
	struct align_table fwd; /* of source words */
	struct align_table bwd; /* of target words */
};

/* Replace lex by what c teaches; words are numbered up to src_words and tgt_words.
 * O(EM_ROUNDS · pairs of words in one sentence pair).  threads above 1: two of them. */
void align_lexicon_train(struct align_lexicon *lex, const struct align_corpus *c,
	uint32_t src_words, uint32_t tgt_words, unsigned threads);
void align_lexicon_release(struct align_lexicon *lex);

/* How much likelier `to` is beside the word than by chance; 0: not among its
 * translations. */
double align_table_lift(const struct align_table *t, uint32_t word, uint32_t to);

#endif
