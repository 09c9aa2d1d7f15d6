#ifndef MD_PRINT_H
#define MD_PRINT_H
#include "amts/doc.h"

/*
 * Fingerprints of block content, for everything but code.  White space is folded and
 * container prefixes are left out, so that re-wrapping or re-indenting a paragraph
 * changes nothing; a line break between two CJK characters counts as nothing, elsewhere
 * as a space.
 */
uint64_t md_print(const struct amts_doc *doc, const struct amts_block *block,
	struct amts_span content);


#endif
