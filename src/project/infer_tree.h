#ifndef PROJECT_INFER_TREE_H
#define PROJECT_INFER_TREE_H
/* From a tree of translations to a record of their bases. */
#include "infer/infer.h"

struct amts_record;
struct amts_tree;
struct amts_target;

/* Where the files of a tree and their sources lie. */
struct amts_infer_tree {
	const struct amts_tree *tgt_tree;
	const char *src_lang, *lang;
	const char *source_path, *path;	      /* layouts */
	const struct amts_progress *progress; /* may be NULL */
	const struct amts_target *target; /* which files are wanted; NULL: all markdown */
};

/* Bases of all translations of a tree that the record tells nothing of: what their front
 * matter names, else what the histories say; those that are sure enough go into it. */
AMTS_MUST_CHECK int amts_infer_tree(struct amts_infer_file **files, size_t *n,
	struct amts_record *record, struct amts_arena *arena,
	const struct amts_infer_tree *tree, const struct amts_infer_side *src,
	const struct amts_infer_side *tgt, struct amts_error *err);

#endif
