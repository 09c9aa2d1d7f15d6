#ifndef SYNC_BRING_H
#define SYNC_BRING_H
/*
 * Bringing the target's branch into the review branch, where both have moved.  Files that
 * one side changed are that side's; texts are merged line by line; of the record each
 * line.  Where lines of a page conflict and only runs of this program wrote them on the
 * review branch, the page is as the target's branch has it, to be drafted anew.
 */
#include "amts/repo.h"

struct amts_sync;

struct amts_bring {
	struct amts_oid from; /* the target's branch; "": there is nothing to bring in */
	struct amts_oid parted;	 /* where the review branch left it */
	struct amts_tree merged; /* the tree, some blobs of which are only lent */
	struct amts_tree theirs; /* of `from` */
	int mixed;		 /* some files were changed by both */
	const char *stuck;	 /* a page that people have to merge; NULL */
};

/* Fill sync->bring, once start and target are known; sync->tgt gets blobs lent.  Nothing
 * is written. */
AMTS_MUST_CHECK int amts_bring_plan(struct amts_sync *sync, struct amts_error *err);

/* Commit it on `at`. */
AMTS_MUST_CHECK int amts_bring_commit(struct amts_oid *out, struct amts_sync *sync,
	const struct amts_oid *at, struct amts_error *err);

#endif
