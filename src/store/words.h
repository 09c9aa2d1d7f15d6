#ifndef STORE_WORDS_H
#define STORE_WORDS_H
/*
 * A segment as the words a translation memory compares.
 *
 * amts_tokens keeps the beginnings of words, which serves statistics; here "model" and
 * "models" must differ, and numbers and placeholders must be found again in the text.
 */
#include "amts/mem.h"

enum store_word_kind {
	STORE_WORD_TEXT, /* letters and digits; one character in scripts without spaces */
	STORE_WORD_NUMBER, /* 42, 3.14, 1,000: all the same word */
	STORE_WORD_HOLDER, /* <x id="N"/>: all the same word */
	STORE_WORD_PUNCT   /* one character */
};

/* Costs of the edit distance: a word counts as four marks of punctuation. */
#define STORE_WORD_WEIGHT 4
#define STORE_PUNCT_WEIGHT 1

struct store_word {
	enum store_word_kind kind;
	unsigned weight;
	uint64_t hash; /* equal for words that differ in the case of A-Z only */
	struct amts_span at;
};

/* Reusable; release with store_words_release. */
struct store_words {
	struct store_word *v;
	size_t n, cap;
	unsigned weight; /* sum */
};
#define STORE_WORDS_INIT                                                                 \
	{                                                                                \
		NULL, 0, 0, 0                                                            \
	}

void store_words_cut(struct store_words *out, struct amts_str text);
void store_words_release(struct store_words *w);

/* Equal for texts that differ in case, white space and numbers only. */
uint64_t store_words_key(const struct store_words *w, uint64_t seed);

/* Weighted word edit distance (Wagner and Fischer 1974); any value over limit when it is
 * over limit.  Cost O(a->n · b->n) at most. */
unsigned store_words_distance(
	const struct store_words *a, const struct store_words *b, unsigned limit);

#endif
