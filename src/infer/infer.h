#ifndef INFER_INFER_H
#define INFER_INFER_H
/*
 * The base that nobody recorded: which version of its source a translated file reflects
 * (DESIGN section 4, kind 6).
 *
 * Every version of the source file is a candidate.  What speaks for one: the traits
 * (infer/traits.h) that it shares with the translation and that come and go in the
 * history of the source; then what the whole tree says: files were often translated from
 * one state, folder by folder, shortly before the commits that brought the translation.
 */
#include "infer/lineage.h"

struct amts_infer_file {
	struct amts_str src_path, tgt_path; /* in: today's or former path of the source */
	/* out; base.hex is "" when no version of the source fits */
	struct amts_oid base;
	struct amts_oid commit;	   /* a state that has it: the likeliest */
	int64_t time;		   /* of that commit */
	struct amts_str base_path; /* path of the source there */
	double confidence;	   /* posterior probability of this very blob, 0..1 */
};

struct amts_infer_side {
	struct amts_repo *repo;
	const struct amts_oid *tip; /* of the branch to sync from; of the translation */
	const char *lang;	    /* BCP 47 */
};

/*
 * progress may be NULL.  Files of one folder stand together.  All branches of the source
 * are looked at.  The time is linear in the size of all versions of all files.
 * AMTS_ENOTFOUND when the source is a shallow clone, or a partial one that lacks
 * versions.
 */
AMTS_MUST_CHECK int amts_infer(struct amts_infer_file *files, size_t n,
	struct amts_arena *arena, const struct amts_infer_side *src,
	const struct amts_infer_side *tgt, const struct amts_progress *progress,
	struct amts_error *err);

/* A base below this confidence is not recorded. */
#define AMTS_INFER_SURE 0.5

#endif
