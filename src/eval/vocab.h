#ifndef EVAL_VOCAB_H
#define EVAL_VOCAB_H
/* Words as numbers: equal words have equal numbers, others differ. */
#include "eval/chars.h"

struct eval_words {
	uint32_t *v;
	size_t n, cap;
};

struct eval_vocab_entry {
	uint64_t hash;
	size_t at;	  /* in text */
	uint32_t len, id; /* len 0: empty */
};

struct eval_vocab {
	struct eval_vocab_entry *table;
	size_t n, size; /* size a power of two, or 0 */
	uint32_t *text;
	size_t text_n, text_cap;
};

void eval_vocab_release(struct eval_vocab *vocab);

/* The number of a word of n >= 1 characters (their classes do not matter). */
uint32_t eval_vocab_id(struct eval_vocab *vocab, const uint32_t *word, size_t n);

void eval_words_push(struct eval_words *words, uint32_t id);

/* Append the words of line (white space between them) to out. */
void eval_vocab_words(
	struct eval_words *out, struct eval_vocab *vocab, const struct eval_chars *line);

#endif
