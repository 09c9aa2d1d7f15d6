#ifndef MD_LINKDEF_H
#define MD_LINKDEF_H
#include "amts/base.h"

/*
 * Offset after the link reference definition (CommonMark 4.7) that starts at `at`, its
 * line ending included, or 0.  s is the text of a paragraph: lines without container
 * prefixes, each ended by LF.  Footnotes ("[^1]: text") are not link definitions.
 */
size_t md_link_def(struct amts_str s, size_t at);

#endif
