#ifndef TEXT_ENGLISH_H
#define TEXT_ENGLISH_H
/* English words that are written in several ways. */
#include "amts/mem.h"

/* Length of the contraction that s begins with ("let's", "don’t"), 0 for none: a closed
 * class of pronouns and auxiliary verbs, so that possessives are none ("model's"). */
size_t text_english_contraction(struct amts_str s);

/*
 * Do two runs of words say the same?  Contractions are written out; articles, "that",
 * "to" and forms of "to be" without a tense are left out, which corrected grammar has;
 * British and American spelling, "e.g." and "for example" are one.  Case counts in words
 * of capitals only ("US").
 */
int text_english_same(
	const struct amts_str *a, size_t na, const struct amts_str *b, size_t nb);

#endif
