#ifndef EVAL_CHARS_H
#define EVAL_CHARS_H
/*
 * A line as code points that carry classes: the low 21 bits are the code point, the bits
 * above say what a tokenizer does with it.  White space is what Python's str.split knows.
 */
#include "amts/mem.h"

#define EVAL_CODE_POINT 0x1fffffU

enum {
	EVAL_SPACE = 1 << 21,
	EVAL_APART = 1 << 22, /* a token of its own wherever it stands */
	EVAL_MARK = 1 << 23,  /* a token unless it stands between numbers */
	EVAL_NUM = 1 << 24,
	EVAL_DASH = 1 << 25,
	EVAL_WIDE = 1 << 26,  /* TER: as EVAL_APART, but set apart after all else */
	EVAL_DROP = 1 << 27,  /* TER: removed */
	EVAL_ESCAPE = 1 << 28 /* may begin an entity or <skipped>, or breaks the line */
};

/* Classes: of ASCII by table, of all else by function. */
struct eval_classes {
	uint32_t ascii[128];
	uint32_t (*of)(uint32_t c);
};
void eval_classes_init(struct eval_classes *classes, uint32_t (*of)(uint32_t c));

struct eval_chars {
	uint32_t *v;
	size_t n, cap;
	uint32_t seen; /* all classes in it */
};

/* Code points of s with their classes; a byte that is not UTF-8 becomes U+DC00 plus
 * itself. */
void eval_chars_of(
	struct eval_chars *out, struct amts_str s, const struct eval_classes *classes);
void eval_put_char(
	struct amts_buf *out, uint32_t c); /* the reverse, for one code point */

/* The length of the next run without white space at or after *at, which moves behind it;
 * 0 when there is none. */
size_t eval_next_word(const uint32_t **word, const struct eval_chars *line, size_t *at);

uint32_t eval_class_space(uint32_t c); /* EVAL_SPACE or 0 */

/* Take white space away at the end, or at both ends. */
void eval_chars_trim(struct eval_chars *line, int both);

/* Is c in one of the n ascending ranges? */
struct eval_range {
	uint32_t first, last;
};
int eval_in_ranges(uint32_t c, const struct eval_range *ranges, size_t n);

#endif
