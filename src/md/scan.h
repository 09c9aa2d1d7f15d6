#ifndef MD_SCAN_H
#define MD_SCAN_H
/*
 * What a line starts with, by the block rules of CommonMark 0.30 (chapters 4 and 5).  s
 * ends at the end of the line's body, at is its first byte that is not a space or tab.
 */
#include "amts/base.h"

unsigned md_scan_atx(struct amts_str s, size_t at);	 /* heading level, or 0 */
unsigned md_scan_setext(struct amts_str s, size_t at);	 /* level of an underline, or 0 */
size_t md_scan_fence_open(struct amts_str s, size_t at); /* length of the fence, or 0 */

/* 1 if only a fence of at least len times c stands there. */
int md_scan_fence_close(struct amts_str s, size_t at, char c, size_t len);

/* 1 for a thematic break.  *dead is where the last failure was seen on this line: nothing
 * before it can be one, which keeps "- - - -" from being looked at once a marker. */
int md_scan_rule(struct amts_str s, size_t at, size_t *dead);

/* Length of a list item's marker, or 0; in_para: it would interrupt a paragraph. */
size_t md_scan_list_marker(struct amts_str s, size_t at, int in_para);

/* Kind 1 to 7 of the HTML block that starts there, or 0. */
int md_scan_html(struct amts_str s, size_t at, int in_para);

/* 1 if the line satisfies the end condition of an HTML block of kind 1 to 5. */
int md_scan_html_end(struct amts_str s, size_t at, int kind);

#endif
