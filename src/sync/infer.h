#ifndef SYNC_INFER_H
#define SYNC_INFER_H
/*
 * The base that nobody recorded: which version of its source a translated file reflects
 * (DESIGN section 4, kind 6).
 *
 * Every version of the source file is a candidate.  What speaks for one: the traits
 * (sync/traits.h) that it shares with the translation and that come and go in the history
 * of the source; then what the whole tree says: files were often translated from one
 * state, folder by folder, shortly before the commits that brought the translation.
 */
#include "sync/lineage.h"

struct amts_infer_file {
	struct amts_str src_path, tgt_path; /* in: today's or former path of the source */
	/* out; base.hex is "" when no version of the source fits */
	struct amts_oid base;
	struct amts_oid commit;	   /* a state that has it: the likeliest */
	struct amts_str base_path; /* path of the source there */
	double confidence;	   /* posterior probability of this very blob, 0..1 */
};

/*
 * src_tips: tips of the source's branches, the one to sync from first (amts_repo_branches
 * has the others).  The time is linear in the size of all versions of all files.
 */
AMTS_MUST_CHECK int amts_infer(struct amts_infer_file *files, size_t n,
	struct amts_arena *arena, struct amts_repo *src, const struct amts_oid *src_tips,
	size_t ntips, struct amts_repo *tgt, const struct amts_oid *tgt_tip,
	struct amts_error *err);

#endif
