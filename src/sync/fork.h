#ifndef SYNC_FORK_H
#define SYNC_FORK_H
/*
 * Repositories that share history (DESIGN section 4, kind 5): what a translation reflects
 * is its source at the merge base, until the record names something newer.
 */
#include "base/map.h"

#include "amts/repo.h"

struct amts_sync;

struct amts_fork {
	struct amts_oid at;    /* merge base of source and target; "" when unrelated */
	struct amts_tree tree; /* of the source there */
	struct amts_map since; /* versions the source got since; filled when asked for */
	int knows_since;
};

/* Fill sync->fork. */
AMTS_MUST_CHECK int amts_fork_find(struct amts_sync *sync, struct amts_error *err);

/* The base of a translation of which the record says `recorded` ("" for nothing): that
 * when the source got it after the merge base, else the blob at the merge base, "" when
 * there is none. */
AMTS_MUST_CHECK int amts_fork_base_of(struct amts_oid *out, struct amts_sync *sync,
	struct amts_str tgt_path, const struct amts_oid *recorded,
	struct amts_error *err);

#endif
