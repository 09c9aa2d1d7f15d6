#ifndef AMTS_MERGE_H
#define AMTS_MERGE_H
/*
 * Merging in a repository that shares history with its source (a fork): what git asks a
 * merge driver to do, gitattributes(5).
 *
 * The merge of a translated page with its changed source brings the source's changes over
 * by the rules of amts/plan.h; what these leave to people is a conflict.  Every other
 * merge (pages nobody translated, two branches of the translation) is what git would have
 * made.
 */
#include "amts/plan.h"
#include "amts/repo.h"

struct amts_merge_input {
	struct amts_str base, ours, theirs;
	const char *src_lang, *tgt_lang; /* tgt_lang NULL: merge as git would */
	const char *path;		 /* for messages; may be NULL */
	const char *label_base, *label_ours, *label_theirs; /* NULL: none */
	size_t marker_size;				    /* 0: 7 */
	unsigned strict; /* small edits that are conflicts too (enum amts_small_edit) */
	enum amts_marker_style style; /* of merges as git would make them */
};

enum amts_merge_way {
	AMTS_MERGE_TEXT,   /* line by line */
	AMTS_MERGE_OURS,   /* ours is the translation */
	AMTS_MERGE_THEIRS, /* theirs is, as in a rebase onto the source */
};

struct amts_merged {
	enum amts_merge_way way;
	size_t conflicts;
};

/* Which of the sides is a translation of base and which is its newer version; TEXT where
 * that is not clear, or where conflict markers are in one of the three. */
AMTS_MUST_CHECK int amts_merge_way(enum amts_merge_way *out,
	const struct amts_merge_input *in, struct amts_error *err);

AMTS_MUST_CHECK int amts_merge(struct amts_buf *out, struct amts_merged *result,
	const struct amts_merge_input *in, struct amts_error *err);

#endif
