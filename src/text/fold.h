#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H
#include <unicode/utypes.h>

#include "amts/text.h"

/* NFKC with case folding (NFKC_Casefold of UAX #31) as UTF-16; free(3) it. */
AMTS_MUST_CHECK int text_fold(
	UChar **out, size_t *n, struct amts_str s, struct amts_error *err);

/* How many bytes of s to fold at a time, so that memory stays bounded: up to white space.
 */
size_t text_fold_chunk(struct amts_str s);

#endif
