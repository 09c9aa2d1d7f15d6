#ifndef ALIGN_WORDS_H
#define ALIGN_WORDS_H
/*
 * Bags of words: how much of the same language two pieces of text share.
 * For comparing revisions, where equal words are equal bytes (ASCII case aside); the
 * statistics of translation use amts_tokens.
 */
#include "amts/mem.h"

/* Hashes of the words of a text, ascending, repeated as often as the words are. */
struct align_words {
	uint64_t *v;
	size_t n;
};

/* Words are runs of letters and digits; each CJK character, kana and Hangul syllable is a
 * word of its own. */
struct align_words align_words_of(struct amts_arena *arena, struct amts_str text);
size_t align_words_count(struct amts_str text);

/* Size of the intersection of two bags. */
size_t align_words_common(const struct align_words *a, const struct align_words *b);

/* What remains of a when the words of b are taken out. */
struct align_words align_words_minus(struct amts_arena *arena,
	const struct align_words *a, const struct align_words *b);

#endif
