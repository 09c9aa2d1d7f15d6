#ifndef ALIGN_MATCH_H
#define ALIGN_MATCH_H
/*
 * Which tokens of the two sides of one document speak for each other, and how strongly:
 * lexicon and identity, cut down to what occurs in the document.
 */
#include "align/items.h"
#include "align/lexicon.h"

/* How often tokens occur over the batch: chance, against which a match is weighed. */
struct align_chance {
	const uint32_t *same[2]; /* of source and target, by number */
	double tokens[2];
};

/* One side of a document: the tokens that can say something, as types numbered from 0. */
struct match_side {
	uint32_t *type;	 /* heap: of each token that counts */
	uint32_t *begin; /* heap: of item i: type[begin[i]] up to type[begin[i + 1]] */
	uint32_t *heard; /* heap: of these, in the same order, those of which the other
			    side says something */
	uint32_t *heard_begin; /* heap: as begin, of heard */
	uint32_t ntypes;
	uint32_t *row; /* heap: of type u: matches [row[u], row[u + 1]) */
	uint32_t *to;  /* heap: type of the other side */
	float *lift;   /* heap: p(to | u) / p(to) */
	size_t nmatch, to_cap, lift_cap;
};

struct match {
	struct match_side side[2]; /* source, target */
};

/* lex may be empty (before the first training). */
void match_init(struct match *m, const struct align_side *src,
	const struct align_side *tgt, const struct align_lexicon *lex,
	const struct align_chance *chance);
void match_release(struct match *m);

#endif
