#ifndef SYNC_CONFLICTED_H
#define SYNC_CONFLICTED_H
/*
 * Translations into which a merge of the source was committed with its conflict markers
 * (robots do).  Ours is what the translation said; theirs the source's, which the plan
 * brings over again from the base of the time before that merge.
 */
#include "amts/base.h"

struct amts_arena;
struct amts_sync;

/* Files of a fork that have such markers: set `conflicted`, their state and base. */
AMTS_MUST_CHECK int amts_conflicted_find(struct amts_sync *sync, struct amts_error *err);

struct amts_conflicted {
	struct amts_str base, head, target;
	const char *tgt_lang;
};
/*
 * The target without its conflicts, how many these were.  Markers that base has too are
 * text.  AMTS_EPARSE for markers that do not pair, AMTS_ECONFLICT where theirs is
 * somebody's translation as well: nobody's work is dropped.
 */
AMTS_MUST_CHECK int amts_conflicted_resolve(struct amts_str *out, size_t *n,
	struct amts_arena *arena, const struct amts_conflicted *in,
	struct amts_error *err);

#endif
