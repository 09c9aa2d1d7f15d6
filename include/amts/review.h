#ifndef AMTS_REVIEW_H
#define AMTS_REVIEW_H
/*
 * A review branch as people are to see it: pushed, and explained in a pull request.
 *
 *   amts_sync_run -> amts_review_push -> amts_review_text -> amts_forge_pull_request
 */
#include "amts/forge.h"
#include "amts/sync.h"

/*
 * What stands on a review branch of a language (part: as in struct amts_part), in
 * Markdown: a table of its files, then place by place what changed in the source (words
 * taken out and put in), what became of the translation, and what is left to people.  It
 * is made from the branch itself, so the same branch gives the same bytes, whatever runs
 * made it.  At most `max` bytes, details of later files left out first; the title is one
 * line.  Nothing in it mentions accounts or issues ("@name", "#1" stand in code).  *files
 * is 0 when there is nothing to review.
 */
struct amts_review_text {
	struct amts_str title, body; /* in the arena */
	size_t files;		     /* that differ from the target's branch */
};
AMTS_MUST_CHECK int amts_review_text(struct amts_review_text *out,
	struct amts_arena *arena, struct amts_project *project, const char *lang,
	const char *part, size_t max, struct amts_error *err);

/*
 * What reviewers made of drafts.  A review is a branch that was merged, in whatever way:
 * the blocks that runs drafted on it are compared with what the translation's branch had
 * of them when it had arrived.  Edits are those of TER (Snover et al. 2006), Chinese and
 * Japanese by the character: words put in, taken out, replaced, and shifts.  A block that
 * was drafted twice counts as it was drafted last; one that is gone counts with all of
 * its words.
 */
struct amts_review_drafts {
	struct amts_str engine; /* "memory", "amazon"… */
	size_t drafts, as_is;	/* blocks; those that nobody changed */
	size_t edits, words;	/* words: of the drafts */
};
struct amts_review_outcome {
	struct amts_str part;	/* as in struct amts_part */
	struct amts_oid tip;	/* of the review branch */
	struct amts_oid landed; /* the commit of the translation's branch that has it */
	int64_t time;		/* of that */
	struct amts_str source; /* "d2l-en@<commit>" */
	size_t left;		/* blocks that its runs had left to people */
	struct amts_review_drafts *v; /* by engine */
	size_t n;
	int fresh; /* nobody was told of it before */
};
#define AMTS_REVIEW_HISTORY                                                              \
	1 /* look for merges in the history too, not at branches only */
/*
 * Every review that is known, oldest first.  What is found is kept in the git directory:
 * a branch that was squashed is known only until it starts afresh, so this comes before
 * amts_sync_run.  Strings in arena.
 */
AMTS_MUST_CHECK int amts_review_outcomes(struct amts_review_outcome **out, size_t *n,
	struct amts_arena *arena, struct amts_sync *sync, unsigned flags,
	struct amts_error *err);

/*
 * Push the review branch with the program `git` and the user's own credentials.  The
 * remote's branch is replaced only where it is what was fetched last, and only when
 * everything on it is in the new one or has arrived in the target's branch; *pushed is 0
 * when it is there already.  AMTS_ECONFLICT: somebody pushed meanwhile; fetch and sync
 * again.
 */
AMTS_MUST_CHECK int amts_review_push(
	int *pushed, struct amts_sync *sync, struct amts_error *err);
/* Fetch the branches of the remote that the target's review branch is pushed to. */
AMTS_MUST_CHECK int amts_review_fetch(
	struct amts_project *project, const char *lang, struct amts_error *err);

/* The URL of that remote, for amts_forge_locate; "" when it has none.  *own: it stands in
 * the configuration of a repository of the user's; else `.amts` may have named it. */
AMTS_MUST_CHECK int amts_review_remote_url(const char **out, int *own,
	struct amts_arena *arena, struct amts_project *project, const char *lang,
	struct amts_error *err);
/* The short name of the branch that a review is for: the target's, as configured or as
 * its repository stands for it; NULL when nothing tells, or it cannot be opened. */
const char *amts_review_base(struct amts_arena *arena, struct amts_project *project,
	const char *lang, struct amts_error *err);

#endif
