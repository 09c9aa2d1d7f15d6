#ifndef MD_INLINE_H
#define MD_INLINE_H
/*
 * Inline markup of one text whose lines are joined by LF.  cmark's inline positions
 * (0.30) are not reliable across lines and containers and it knows no dialects, so this
 * scanner is ours: one pass from left to right, the first construct that fits wins, as in
 * CommonMark chapter 6.
 */
#include "amts/segment.h"

/* Growing heap array of inlines; spans are of the scanned text. */
struct md_inlines {
	struct amts_inline *v;
	size_t n, cap;
};

/* Append the inlines of s, sorted and not overlapping.  doc: dialects and link labels. */
void md_inlines_scan(
	struct md_inlines *out, const struct amts_doc *doc, struct amts_str s);

#endif
