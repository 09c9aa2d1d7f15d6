#ifndef AMTS_STYLE_H
#define AMTS_STYLE_H
/*
 * How a translation sets its text: blanks between Chinese or Japanese and Latin letters,
 * code and formulas, full-width marks, and what stands before a French colon.  Nothing of
 * it is configured: it is learnt from what people have written, and put on drafts that a
 * machine has made.
 */
#include "amts/segment.h"

/* What may stand beside a Han character or kana with or without a blank. */
enum amts_style_beside {
	AMTS_BESIDE_WORD, /* Latin letters, digits */
	AMTS_BESIDE_CODE,
	AMTS_BESIDE_MATH,
	AMTS_BESIDE_URL,
	AMTS_BESIDE_ROLE,
	AMTS_BESIDE_CITE,
	AMTS_BESIDE_EXPR
};
#define AMTS_BESIDES 7

/* What marks are set in full width: , . ; : ? ! and brackets around text with and without
 * Han characters or kana. */
#define AMTS_STYLE_WIDE 8
/* What stands between a word and ; : ? ! » and after «: nothing, a blank, U+00A0, U+202F.
 */
#define AMTS_STYLE_GAPPED 6
#define AMTS_STYLE_GAPS 4

/* Counts; zero is a style that nothing is known of. */
struct amts_style {
	size_t gap[AMTS_BESIDES][2][2]; /* [before, after it][without, with a blank] */
	size_t wide[AMTS_STYLE_WIDE][2];
	size_t comma[2], stop[2]; /* "，" or "、", "。" or "．" */
	size_t before[AMTS_STYLE_GAPPED][AMTS_STYLE_GAPS];
};

/* Look at a segment of the translation (see amts/segment.h); linear. */
void amts_style_learn(struct amts_style *style, struct amts_str text,
	const struct amts_inline *inl, size_t ninl);

/*
 * The draft as the style has it, added to out.  What the translation does not do nearly
 * always in one way stays as it is; Chinese and Japanese marks become full-width also
 * where little is known.  inl: what the placeholders of the draft stand for.  Only white
 * space and the marks named above change.  Linear.
 */
void amts_style_apply(struct amts_buf *out, const struct amts_style *style,
	const char *lang, struct amts_str draft, const struct amts_inline *inl,
	size_t ninl);

#endif
