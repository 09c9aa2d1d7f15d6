#ifndef BASE_WILDMATCH_H
#define BASE_WILDMATCH_H
/*
 * Patterns of gitignore(5) without "!": "*" and "?" stay within a folder, "**" does not,
 * a pattern without "/" (but at its end) matches a name at any depth, and one that
 * matches a folder matches all below it.  O(pattern · path) whatever the pattern.
 */
#include "amts/mem.h"

/* AMTS_EUSAGE for what is no pattern: empty, "!", a bracket left open, over 1024 bytes.
 */
AMTS_MUST_CHECK int amts_wildmatch_check(struct amts_str pattern, struct amts_error *err);

/* pattern has passed the check. */
int amts_wildmatch(struct amts_str pattern, struct amts_str path);

#endif
