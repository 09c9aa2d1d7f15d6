#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H
/* What the files of src/sync share. */
#include "amts/align.h"
#include "amts/glossary.h"
#include "amts/sync.h"

#include "project/project.h"
#include "project/record.h"
#include "sync/bring.h"
#include "sync/fork.h"
#include "sync/parts.h"

#include <pthread.h>

struct amts_sync {
	struct amts_arena *arena;
	struct amts_project *project;
	const struct amts_target *target;
	struct amts_repo *src, *tgt; /* may be the project's, or one and the same */
	int own_src, own_tgt;
	pthread_mutex_t lock; /* around src and tgt: handles are for one thread */
	struct amts_sync_info info;
	struct amts_tree src_tree, tgt_tree,
		branch_tree;	   /* head; start; the target's branch */
	struct amts_record record; /* of start, and of what other branches have */
	struct amts_fork fork;
	struct amts_bring bring;
	struct amts_parts parts;
	int inferred;		 /* the base of some files */
	struct amts_sync *whole; /* of a part: the same trees but for the review branch */
	struct amts_aligner
		*lexicon; /* of a run, of the whole if there is one; NULL: none */
	int harvested;	  /* the project's memory knows what this run would put there */
	struct amts_file *files;
	size_t nfiles;
	const char **notes;
	size_t nnotes, cap_notes;
};

/* ---- open.c ---- */

/* Something for people to know that is no reason to stop. */
void amts_sync_note(struct amts_sync *sync, const char *fmt, ...) AMTS_PRINTF(2, 3);

/* ---- branch.c ---- */

/* Fill the review branch and the start of a sync whose target tip is known. */
int amts_sync_find_start(struct amts_sync *sync, struct amts_error *err);
/* Where the review branch left the target's; "" when there is none, or a shallow clone
 * does not tell. */
int amts_sync_find_parted(
	struct amts_oid *parted, struct amts_sync *sync, struct amts_error *err);
/* Fill tip and parted of a branch whose ref is known; *open is 0 when there is nothing on
 * it to review. */
int amts_sync_find_branch(int *open, struct amts_branch *branch, struct amts_sync *sync,
	struct amts_error *err);
/* Where the review branch is pushed to: amts.remote, else "origin". */
const char *amts_sync_remote(struct amts_sync *sync);

/* 1 in *arrived when everything that a branch changed has come into the target's branch,
 * now or in one of its states since they parted, by merge or otherwise.  *parted: where.
 */
int amts_sync_has_arrived(int *arrived, struct amts_oid *parted, struct amts_sync *sync,
	const struct amts_oid *branch, struct amts_error *err);

/* ---- base.c ---- */

/* Mark the lines of the record whose source neither repository has, and note them. */
void amts_base_check_record(struct amts_sync *sync);

/* Which source blob the translation at tgt_path of a tree reflects, and the path of the
 * snapshot that says so (empty when that is something else); base is "" when nothing
 * tells. */
int amts_base_find(struct amts_oid *base, struct amts_str *snapshot,
	struct amts_sync *sync, struct amts_str tgt_path, struct amts_error *err);

/* Infer the bases that nothing tells from the history, put those that are sure into the
 * record and pair the files anew. */
int amts_base_infer(struct amts_sync *sync, const struct amts_progress *progress,
	struct amts_error *err);

/* The bytes of a source blob, from whichever repository has it. */
int amts_base_read(struct amts_str *out, struct amts_arena *arena, struct amts_sync *sync,
	const struct amts_oid *blob, struct amts_error *err);

/* ---- lexicon.c ---- */

/* sync->lexicon becomes what the documents of the target teach about its language pair,
 * whatever is stale, if it is not yet; NULL when there are none whose source is known. */
int amts_sync_lexicon(struct amts_sync *sync, struct amts_error *err);

/* ---- corpus.c ---- */

/* Where the memory of the project lies. */
const char *amts_sync_memory_path(struct amts_sync *sync);
/* The repository's memory; one that is damaged is renamed, noted, and begun anew. */
int amts_sync_open_memory(
	struct amts_memory **out, struct amts_sync *s, struct amts_error *err);
/* After a failure, which is in err: the same when *mem turned out to be damaged, which is
 * freed then; else the code of the failure. */
int amts_sync_mend_memory(
	struct amts_memory **mem, struct amts_sync *s, struct amts_error *err);

/* Put what people say now into the memory.  What older revisions said is put there by
 * amts_sync_learn and amts_sync_corpus only: it takes long, and the drafts of a run must
 * not depend on how many ran before. */
int amts_sync_harvest(struct amts_sync *sync, struct amts_memory *mem,
	const struct amts_progress *progress, struct amts_error *err);

/* ---- run.c ---- */

/* 1 when one of the patterns is for the file's source or translation, or there is none.
 */
int amts_sync_wants(const struct amts_file *f, const char *const *paths, size_t npaths);

/* 1 when a run would do something about the file. */
int amts_sync_has_work(const struct amts_sync *s, const struct amts_file *f);

/* ---- count.c ---- */

/* How many blocks differ between two versions of a document. */
AMTS_MUST_CHECK int amts_changed_blocks(size_t *n, struct amts_arena *arena,
	struct amts_str base, struct amts_str head, struct amts_error *err);

/* ---- files.c ---- */

/* Pair the files of both trees. */
int amts_sync_pair_files(struct amts_sync *sync, struct amts_error *err);

/* ---- glossary.c ---- */

/* The glossary that the target's configuration names; NULL without one, and with a note
 * when it cannot be read. */
struct amts_glossary *amts_sync_glossary(struct amts_sync *sync);

/* ---- amazon.c ---- */

/* The service's options of a target, by the configuration; strings live as long as sync.
 * *managed: the parallel data is ours to keep up to date. */
struct amts_amazon_options;
AMTS_MUST_CHECK int amts_sync_amazon(struct amts_amazon_options *out, int *managed,
	struct amts_sync *sync, struct amts_error *err);

#endif
