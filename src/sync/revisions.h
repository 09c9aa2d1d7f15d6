#ifndef SYNC_REVISIONS_H
#define SYNC_REVISIONS_H
/*
 * The history of a target as revisions whose base is known: by the snapshot or the record
 * of that commit, in a fork by the source that was merged until then.
 */
#include "amts/corpus.h"

struct amts_sync;

/*
 * Revisions of the target's branch in the order of its first parents, oldest first, each
 * after the one that it replaced; a renamed document goes on.  What the branch has now is
 * among them whenever sync knows its base, inferred ones included.  Strings live in
 * arena.
 */
AMTS_MUST_CHECK int amts_revisions_find(struct amts_revision **out, size_t *n,
	struct amts_arena *arena, struct amts_sync *sync, struct amts_error *err);

/* ---- ancestry.c ---- */

/* Which commit of the source each commit of a fork has merged. */
struct amts_ancestry;

/* NULL in *out when they are not related. */
AMTS_MUST_CHECK int amts_ancestry_new(
	struct amts_ancestry **out, struct amts_sync *sync, struct amts_error *err);
void amts_ancestry_free(struct amts_ancestry *anc); /* NULL is allowed */

/* The newest commit of the source's branch that a commit of the target has; NULL for
 * none. */
const struct amts_oid *amts_ancestry_of(
	const struct amts_ancestry *anc, const struct amts_oid *commit);

/* ---- trailers.c ---- */

/* The value of the last line of a message that begins with the key ("Amts-Engine:");
 * empty for none. */
struct amts_str amts_trailer(struct amts_str message, struct amts_str key);

/* 1 when the commit holds drafts that landed as a run of this program made them: neither
 * merged, nor made anew (amended, squashed, rebased) by anyone. */
int amts_is_draft_commit(struct amts_sync *sync, const struct amts_commit_info *commit);

/* 1 when a run of this program made the commit, drafts or a merge, and nobody has changed
 * it. */
int amts_is_own_commit(struct amts_sync *sync, const struct amts_commit_info *commit);
/* The same, and the source commit that it was made from is still there. */
int amts_can_be_remade(struct amts_sync *sync, const struct amts_commit_info *commit);

#endif
