#ifndef STORE_WORDS_H
#define STORE_WORDS_H
/*
 * A segment as the words a translation memory compares.
 *
 * amts_tokens keeps the beginnings of words, which serves statistics; here "model" and
 * "models" must differ, and numbers and placeholders must be found again in the text.
 */
#include "amts/mem.h"

enum amts_word_kind {
	AMTS_WORD_TEXT, /* letters and digits; one character in scripts without spaces */
	AMTS_WORD_NUMBER, /* 42, 3.14, 1,000: all the same word */
	AMTS_WORD_HOLDER, /* <x id="N"/>: all the same word */
	AMTS_WORD_PUNCT	  /* one character */
};

/* Costs of the edit distance: a word counts as four marks of punctuation. */
#define AMTS_WORD_WEIGHT 4
#define AMTS_PUNCT_WEIGHT 1

struct amts_word {
	enum amts_word_kind kind;
	unsigned weight;
	uint64_t hash; /* equal for words that differ in the case of A-Z only */
	struct amts_span at;
};

/* Reusable; release with amts_words_release. */
struct amts_words {
	struct amts_word *v;
	size_t n, cap;
	unsigned weight; /* sum */
};
#define AMTS_WORDS_INIT                                                                  \
	{                                                                                \
		NULL, 0, 0, 0                                                            \
	}

void amts_words_cut(struct amts_words *out, struct amts_str text);
void amts_words_release(struct amts_words *w);

/* Equal for texts that differ in case, white space and numbers only. */
uint64_t amts_words_key(const struct amts_words *w, uint64_t seed);

/* Weighted word edit distance (Wagner and Fischer 1974); any value over limit when it is
 * over limit.  Cost O(a->n · b->n) at most. */
unsigned amts_words_distance(
	const struct amts_words *a, const struct amts_words *b, unsigned limit);

#endif
