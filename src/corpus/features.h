#ifndef CORPUS_FEATURES_H
#define CORPUS_FEATURES_H
/* What filters look at: one side of a pair, with its markup told from its words. */
#include "amts/mem.h"

/* Keys of strings, sorted. */
struct corpus_bag {
	uint64_t *v;
	size_t n;
};

struct corpus_features {
	struct amts_str words; /* letters and digits outside of markup, folded */
	size_t letters;	       /* code points of these that are no digits */
	size_t visible;	       /* code points outside of markup, white space left out */
	size_t markup; /* bytes of code, formulas, targets of links, roles, tags */
	struct amts_str *placeholders; /* what code and formulas say, squeezed */
	size_t nplaceholders;
	struct amts_str all; /* the whole text, squeezed */
	struct corpus_bag
		numbers; /* outside of markup, of two significant digits or more */
	struct corpus_bag all_numbers;
	struct corpus_bag names; /* outside of markup, with capitals inside: "PyTorch" */
	unsigned digits[10];	 /* how often each occurs outside of markup */
};

/* Strings and bags live in arena. */
AMTS_MUST_CHECK int corpus_features_of(struct corpus_features *out,
	struct amts_arena *arena, struct amts_str text, struct amts_error *err);

/* 1 when the other side says what all code and formulas of this one say. */
int corpus_has_placeholders(
	const struct corpus_features *side, const struct corpus_features *other);
/* 1 when the numbers are the same, or at least their digits. */
int corpus_same_numbers(const struct corpus_features *a, const struct corpus_features *b);

/* 1 when each side has a name that the other has not. */
int corpus_names_differ(const struct corpus_features *a, const struct corpus_features *b);

/*
 * ---- trigrams.c: which of two languages a text is in (Cavnar and Trenkle, "N-gram-based
 * text categorization", 1994, with probabilities for ranks) ----
 */

#define CORPUS_TRIGRAMS 65536 /* buckets */
struct corpus_trigrams {
	unsigned *count[2]; /* heap: of each bucket, source and target */
	double total[2];
	float *odds; /* heap: log odds of the target against the source */
};
void corpus_trigrams_add(struct corpus_trigrams *t, int side, struct amts_str words);
/* After the last one. */
void corpus_trigrams_ready(struct corpus_trigrams *t);

struct corpus_odds {
	size_t n;	/* trigrams of a text */
	size_t side[2]; /* that are clearly of one side */
	double mean;	/* log odds of the target's language */
};
struct corpus_odds corpus_trigrams_odds(
	const struct corpus_trigrams *t, struct amts_str words);
void corpus_trigrams_release(struct corpus_trigrams *t);

#endif
