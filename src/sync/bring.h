#ifndef SYNC_BRING_H
#define SYNC_BRING_H
/*
 * Bringing the target's branch into the review branch, where both have moved.  Files that
 * one side changed are that side's; texts are merged line by line, where one side renamed
 * the file at its new place; of the record each line.  Where lines of a page conflict and
 * only runs of this program wrote them on the review branch, the page is as the target's
 * branch has it, to be drafted anew.
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

/* ---- people.c ---- */

/* Who wrote the review branch, between the target's branch and its tip. */
struct amts_people;
AMTS_MUST_CHECK int amts_people_new(
	struct amts_people **out, struct amts_sync *sync, struct amts_error *err);
void amts_people_free(struct amts_people *people); /* NULL is allowed */
/* 1 when a commit there that no run made changed the file; merges that are what git makes
 * of their parents are nobody's. */
AMTS_MUST_CHECK int amts_people_changed(int *out, struct amts_people *people,
	struct amts_str path, struct amts_error *err);

/* ---- bring.c ---- */

/* Commit it on `at`. */
AMTS_MUST_CHECK int amts_bring_commit(struct amts_oid *out, struct amts_sync *sync,
	const struct amts_oid *at, struct amts_error *err);

#endif
