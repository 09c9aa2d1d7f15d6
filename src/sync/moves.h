#ifndef SYNC_MOVES_H
#define SYNC_MOVES_H
/*
 * Where text went, when the file it was in is gone: by the names that git followed along
 * the history and by what the files say today.  A rename that rewrote more than half of a
 * file, or that took several commits, leaves no trace in names.
 */
#include "amts/repo.h"

struct amts_sync;

struct amts_move {
	struct amts_oid base; /* in: what the translation reflects */
	struct amts_str
		followed;    /* in: the source path that git says it has now, or empty */
	struct amts_str now; /* out: the same, once what it says was looked at */
	struct amts_str
		like; /* out, when `now` is empty: the file that has most of its text */
};

/* candidates: files of the source's head that are no other translation's, each for one
 * move at most.  Linear in the size of all files. */
AMTS_MUST_CHECK int amts_moves_find(struct amts_move *moves, size_t n,
	struct amts_sync *sync, const struct amts_tree *candidates,
	struct amts_error *err);

#endif
