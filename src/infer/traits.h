#ifndef INFER_TRAITS_H
#define INFER_TRAITS_H
/*
 * Traits of a document: what a translation has in common with its source whatever the two
 * languages are.  Code, formulas, labels, targets of links, numbers, names, shape.
 */
#include "amts/segment.h"

enum amts_trait_kind {
	AMTS_TRAIT_CODE,   /* a line of code without its comment */
	AMTS_TRAIT_FRAME,  /* directives, raw HTML, how many blocks of code there are */
	AMTS_TRAIT_MATH,   /* a line of a formula, an inline formula */
	AMTS_TRAIT_MARK,   /* labels, roles, citations, tags, anchors */
	AMTS_TRAIT_LINK,   /* targets of links and images */
	AMTS_TRAIT_VERB,   /* inline code */
	AMTS_TRAIT_NUMBER, /* in prose */
	AMTS_TRAIT_NAME,   /* a latin word with a capital in prose */
	AMTS_TRAIT_SHAPE,  /* the nth block of text of a kind under the nth heading */
	AMTS_TRAIT_WORDS   /* the text of a block: never shared, see infer/wording.h */
};
#define AMTS_TRAIT_KINDS 10

/* The kind is in the low bits of the hash.  A trait that occurs several times is several
 * traits: the first, the second… */
static inline enum amts_trait_kind amts_trait_kind(uint64_t trait)
{
	return (enum amts_trait_kind)(trait & 15);
}

/* Code is often brought up to date by people who leave the words alone. */
static inline int amts_trait_of_code(uint64_t trait)
{
	return amts_trait_kind(trait) <= AMTS_TRAIT_FRAME;
}

struct amts_traits {
	uint64_t *v; /* ascending, no two equal */
	size_t n;
};
/* The trait of a block's text where it first occurs; 0 when it has none. */
uint64_t amts_trait_of_words(const struct amts_block *b);

void amts_traits_of(
	struct amts_traits *out, struct amts_arena *arena, const struct amts_doc *doc);

#endif
