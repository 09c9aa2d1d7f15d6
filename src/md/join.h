#ifndef MD_JOIN_H
#define MD_JOIN_H
/* The text of a span as one run of bytes: container prefixes left out, lines joined by
 * LF. */
#include "amts/doc.h"

struct md_join {
	struct amts_str s; /* the joined bytes */
	struct md_line {
		size_t at;  /* where it begins in s */
		size_t doc; /* and in the document */
	} * lines;
	size_t n, cap;
	char *bytes;
	size_t bytes_cap;
};

#define MD_JOIN_INIT                                                                     \
	{                                                                                \
		{ NULL, 0 }, NULL, 0, 0, NULL, 0                                         \
	}

/* Join the lines of `at`, inside block->text; j may be used again and again. */
void md_join_lines(struct md_join *j, const struct amts_doc *doc,
	const struct amts_block *block, struct amts_span at);
void md_join_release(struct md_join *j);

/* Span of the document for span of j->s.  An end after an LF is the start of the next
 * line. */
struct amts_span md_join_span(const struct md_join *j, struct amts_span at);

/*
 * The fields of a block's text that are read apart: the cells of a table row (GFM 4.10: a
 * | that no backslash escapes divides, in code too), else one.  The next one that is not
 * empty, trimmed, from *at on; 0 when there is none.
 */
int md_next_field(struct amts_span *field, size_t *at, const struct amts_doc *doc,
	const struct amts_block *block, size_t end);

#endif
