#ifndef MD_LINES_H
#define MD_LINES_H
/* Lines of bytes, and the lines of a block's text without their container prefixes. */
#include "amts/doc.h"

/* Offset after the line ending (LF, CRLF or CR, as in CommonMark) of the line at `at`;
 * *body_end is where the ending starts. */
size_t md_line_end(struct amts_str bytes, size_t at, size_t *body_end);

size_t md_skip_blanks(struct amts_str s, size_t at); /* after spaces and tabs */
size_t md_trim_end(
	struct amts_str s, size_t beg, size_t end); /* before white space at end */

/* Offset after white space and up to *quotes quote markers at the start of a line that
 * ends at s.n; *quotes is lowered by the markers found. */
size_t md_skip_prefix(struct amts_str s, size_t at, unsigned *quotes);

/*
 * Walks the lines of a span inside block->text.  A line that starts inside the span loses
 * its container prefix: white space and up to block->quotes quote markers (a lazy
 * continuation line has fewer).  What comes before the span in its first line is not
 * looked at.
 */
struct md_text_lines {
	struct amts_str bytes;
	size_t at, end;
	unsigned quotes;
};
void md_text_lines_init(struct md_text_lines *it, const struct amts_doc *doc,
	const struct amts_block *block, struct amts_span at);

/* The next line without its ending (white space before it is kept: two spaces are a hard
 * break); 0 when there is none.  A line of prefix only comes out empty. */
int md_text_lines_next(struct md_text_lines *it, struct amts_span *line);

#endif
