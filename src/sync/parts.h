#ifndef SYNC_PARTS_H
#define SYNC_PARTS_H
/*
 * The review branches of a language beside each other: amts/<lang> and
 * amts/<lang>.<name>. The pages of a branch are those that it has changed, in text,
 * snapshot or line of the record, since it left the target's; where two have the same
 * page it is of the first in the order of names.  What the others have is laid over the
 * trees that a sync reads, so that it sees what is in review wherever that is; a run
 * touches pages of its own only.
 */
#include "base/map.h"
#include "project/record.h"

struct amts_sync;
struct amts_file;

struct amts_branch {
	const char *name, *ref; /* "" is amts/<lang>; full name */
	struct amts_oid tip, parted;
	struct amts_map pages; /* of the target, by path */
};

struct amts_parts {
	struct amts_branch *others; /* by name */
	size_t nothers;
	struct amts_map mine;	  /* pages of the branch at hand, and those given to it */
	int only_mine;		  /* pages that are on no branch are not for this one */
	struct amts_record start; /* as the branch has it, without the others' lines */
};

/* Fill sync->parts, and lay the other branches' pages over the tree and the record. */
AMTS_MUST_CHECK int amts_parts_find(struct amts_sync *sync, struct amts_error *err);
void amts_parts_release(struct amts_parts *parts);

/* The full name of a review branch, local. */
const char *amts_parts_ref(struct amts_sync *sync, const char *name);

/* 1 when the file is for the branch at hand. */
int amts_parts_is_mine(const struct amts_sync *sync, const struct amts_file *f);
/* The other branch that has the page, or NULL. */
const struct amts_branch *amts_parts_owner(
	const struct amts_sync *sync, struct amts_str page);
/* 1 when the branch at hand has the page, or was given it. */
int amts_parts_has(const struct amts_sync *sync, struct amts_str page);

/* Find the pages of the branch at hand, where amts_parts_find had no need to. */
AMTS_MUST_CHECK int amts_parts_know_mine(struct amts_sync *sync, struct amts_error *err);
/* Before the sync is opened: a page that comes to the branch at hand. */
void amts_parts_give(struct amts_sync *sync, struct amts_str page);

/* The record as the branch at hand is to have it. */
void amts_parts_own_record(struct amts_record *out, struct amts_sync *sync);

#endif
