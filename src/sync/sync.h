#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H
/* What the files of src/sync share. */
#include "amts/sync.h"

#include "sync/fork.h"
#include "sync/record.h"

#include <pthread.h>

struct amts_project {
	struct amts_arena *arena;
	struct amts_repo *repo;
	const char *root; /* folder that relative urls are relative to */
	struct amts_config cfg;
	const struct amts_env *env;
};

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
	struct amts_record record; /* of start */
	struct amts_fork fork;
	struct amts_file *files;
	size_t nfiles;
};

/* ---- project.c ---- */

/* url as git would be given it: relative paths are relative to the project. */
const char *amts_project_url(
	struct amts_project *project, struct amts_arena *arena, const char *url);

/* A file at the top of the project's work tree, AMTS_ENOTFOUND without; links are not
 * followed, for they may lead out of it. */
int amts_project_read(struct amts_str *out, struct amts_arena *arena,
	const struct amts_project *project, const char *name, struct amts_error *err);

const char *amts_url_from(struct amts_arena *arena, const char *root, const char *url);
/* Last part of a url without ".git". */
const char *amts_url_name(struct amts_arena *arena, const char *url);

/* ---- config.c ---- */

/* AMTS_EUSAGE for what `.amts` does not take as a language. */
int amts_config_check_lang(const char *lang, struct amts_error *err);

/* ---- branch.c ---- */

/* Fill the review branch and the start of a sync whose target tip is known. */
int amts_sync_find_start(struct amts_sync *sync, struct amts_error *err);

/* ---- base.c ---- */

/* Which source blob the translation at tgt_path of a tree reflects, and the path of the
 * snapshot that says so (empty when that is something else); base is "" when nothing
 * tells. */
int amts_base_find(struct amts_oid *base, struct amts_str *snapshot,
	struct amts_sync *sync, struct amts_str tgt_path, struct amts_error *err);

/* Infer the bases that nothing tells from the history, put those that are sure into the
 * record and pair the files anew. */
int amts_base_infer(struct amts_sync *sync, struct amts_error *err);

/* The bytes of a source blob, from whichever repository has it. */
int amts_base_read(struct amts_str *out, struct amts_arena *arena, struct amts_sync *sync,
	const struct amts_oid *blob, struct amts_error *err);

/* ---- files.c ---- */

/* Pair the files of both trees. */
int amts_sync_pair_files(struct amts_sync *sync, struct amts_error *err);

#endif
