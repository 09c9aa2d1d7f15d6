#ifndef AMTS_HOOKS_H
#define AMTS_HOOKS_H
/*
 * Git's hooks, githooks(5): what a push or a merge makes stale, said when it happens.
 * Nothing here uses the network.
 */
#include "amts/sync.h"

/* ---- what new commits of the source make stale ---- */

struct amts_push_file {
	struct amts_str path; /* of the source */
	size_t blocks;	      /* that differ; of a new file all, of one that is gone 0 */
};
struct amts_push_lang {
	const char *lang;
	size_t files, blocks; /* with a translation, as far as its repository is here */
};
struct amts_push_report {
	struct amts_push_file *v; /* by path; those that some target wants */
	size_t n;
	struct amts_push_lang *langs; /* those concerned, in order of the configuration */
	size_t nlangs;
};

/* old and new are commits of the source, which is the project's own repository.  Reads two
 * trees and what differs between them. */
AMTS_MUST_CHECK int amts_push_stale(struct amts_push_report *out,
	struct amts_arena *arena, struct amts_project *project,
	const struct amts_oid *from, const struct amts_oid *to, struct amts_error *err);

/* ---- installing ---- */

#define AMTS_HOOKS 2
extern const char *const amts_hook_names[AMTS_HOOKS]; /* "pre-push", "post-merge" */
/* The script for a hook: two lines that call `git amts-sync hook` and, where there is one,
 * the hook that was there before. */
void amts_hook_script(struct amts_buf *out, const char *name);

enum amts_hook_done {
	AMTS_HOOK_WRITTEN,
	AMTS_HOOK_CHAINED, /* the hook that was there is called first */
	AMTS_HOOK_ADDED,   /* a line in a hook of husky's */
	AMTS_HOOK_THERE,   /* nothing to do */
	AMTS_HOOK_REMOVED,
	AMTS_HOOK_ABSENT,
	AMTS_HOOK_LEFTHOOK /* not touched: lefthook writes that file anew, see its
			      configuration */
};
/* Where git looks for a hook: core.hooksPath (git's own expansion of "~/", relative to the top
 * of the work tree), else the git directory; husky's own folder is above that.  home: $HOME or
 * NULL. */
const char *amts_hook_path(struct amts_arena *arena, struct amts_project *project,
	const char *name, const char *home);
AMTS_MUST_CHECK int amts_hook_install(enum amts_hook_done *out, const char *path,
	const char *name, struct amts_error *err);
AMTS_MUST_CHECK int amts_hook_uninstall(enum amts_hook_done *out, const char *path,
	const char *name, struct amts_error *err);

#endif
