#ifndef PLAN_ROW_H
#define PLAN_ROW_H
/* A sentence as a row of tokens: protected inlines, numbers, words, punctuation. */
#include "plan/plan.h"

enum token_kind { T_INLINE, T_NUMBER, T_WORD, T_PUNCT };

struct token {
	enum token_kind kind;
	enum amts_inline_kind inl;
	struct amts_span at;
	uint64_t hash; /* inlines: without spacing, full-width punctuation as ASCII */
	size_t open; /* close of a link or image: index of its opening token; else NONE */
};

struct row {
	const struct amts_doc *doc;
	struct token *v;
	uint64_t *hash; /* of each token; ROW_OPEN for the opening bracket of a link */
	size_t n;
};
#define ROW_OPEN 1

void row_make(struct row *r, struct amts_arena *arena, const struct sentence *s);
struct amts_str row_token(const struct row *r, size_t i);

/* Base tokens [b0, b1) became head tokens [h0, h1). */
struct hunk {
	size_t b0, b1, h0, h1;
};
size_t row_hunks(struct hunk **out, struct amts_arena *arena, const struct row *b,
	const struct row *h);
/* Tokens [beg, end) are marks around text only: emphasis, slide marks. */
int row_is_marks(const struct row *r, size_t beg, size_t end);
/* Are the words of a hunk the same to a translator?  Those that differ by one letter go
 * to typos (room for as many as the hunk has tokens; may be NULL), one pair each. */
enum row_words {
	WORDS_SAME, /* but for case, articles, punctuation and English spelling */
	WORDS_TYPO, /* and for a letter: another word, perhaps */
	WORDS_OTHER
};
enum row_words row_words(const struct row *b, const struct row *h, const struct hunk *k,
	struct hunk *typos, size_t *ntypos);
/* The same letters, written as one word or several: "first class", "first-class". */
int row_same_letters(const struct row *b, const struct row *h, const struct hunk *k);
/* The same words, written in several ways of English: "let's", "let us"; "colour". */
int row_same_english(const struct row *b, const struct row *h, const struct hunk *k);
int row_same_but_case(struct amts_str a, struct amts_str b);
int row_is_article(const struct row *r, size_t i);
/* Where they are: in what they differ, bits of enum amts_small_edit. */
unsigned row_small_edits(const struct row *b, const struct row *h, const struct hunk *k);

#endif
