#ifndef SYNC_TOLD_H
#define SYNC_TOLD_H
/*
 * What the messages of a run's commits say, read back (tell.c writes them): so the branch
 * itself tells where its drafts came from, whoever asks and wherever it was pushed.
 */
#include "amts/repo.h"

struct amts_sync;

/* "  line 12: draft: sentence changed; from a.md@c0ffee1 [memory, 93 % alike] (80 %
 * sure)" */
struct amts_told {
	size_t line;		/* of the page as the commit has it; 0: elsewhere */
	struct amts_str action; /* "draft", "insert"… */
	struct amts_str text;	/* all that follows the action */
	struct amts_str engine; /* that drafted it; empty for none */
	double alike; /* of what the memory had, 0..1; 0 where it does not apply */
	int pending;
	struct amts_str similar; /* pending: what was translated elsewhere, with how alike */
};

/* One page of one commit of a run. */
struct amts_told_page {
	struct amts_oid commit, before,
		after;		/* after, before: blobs; before may be "" */
	struct amts_str path;	/* at the commit */
	struct amts_str source; /* "d2l-en@<commit>" */
	size_t pending;		/* blocks that it left */
	struct amts_told *v;
	size_t n;
};

/* Of the commits of runs that tip has and `since` has not, as they were made; newest
 * first. */
AMTS_MUST_CHECK int amts_told_branch(struct amts_told_page **out, size_t *n,
	struct amts_arena *arena, struct amts_sync *sync, const struct amts_oid *tip,
	const struct amts_oid *since, struct amts_error *err);

/* For tests: the steps of one message. */
size_t amts_told_parse(
	struct amts_told **out, struct amts_arena *arena, struct amts_str message);

#endif
