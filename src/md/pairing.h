#ifndef MD_PAIRING_H
#define MD_PAIRING_H
/* Segments of two documents as one text each, for a translation memory. */
#include "amts/segment.h"

/*
 * Segments [src.beg, src.end) and [tgt.beg, tgt.end), neither empty: placeholders of
 * later segments count on, and the target's have the numbers of the source's that they
 * stand for.  0 when the inlines of the two sides do not correspond one to one: drafts
 * have no use for such a pair.  Strings live in arena or are those of the segments.
 */
int amts_pair_segments(struct amts_str *src_text, struct amts_str *tgt_text,
	struct amts_arena *arena, const struct amts_segments *src,
	struct amts_span src_at, const struct amts_segments *tgt, struct amts_span tgt_at,
	const char *tgt_lang);

#endif
