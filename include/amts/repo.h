#ifndef AMTS_REPO_H
#define AMTS_REPO_H
/*
 * Git without a work tree: read blobs and history, write blobs, trees, commits and refs.
 * A handle is for one thread at a time.
 */
#include "amts/mem.h"

struct amts_repo;

struct amts_oid {
	char hex[65]; /* lower case, NUL terminated; "" means none */
};
int amts_oid_eq(const struct amts_oid *a, const struct amts_oid *b);
uint64_t amts_oid_key(const struct amts_oid *id); /* for maps of them */

/* Open the repository that holds path: worktrees, bare repositories.  One that belongs to
 * another user is opened when git does so too (safe.directory in git-config(1)). */
AMTS_MUST_CHECK int amts_repo_open(
	struct amts_repo **out, const char *path, struct amts_error *err);

/* What git's environment says about where the repository is; NULL for what is not set. */
struct amts_repo_place {
	const char *git_dir;   /* GIT_DIR */
	const char *work_tree; /* GIT_WORK_TREE */
	const char *ceilings;  /* GIT_CEILING_DIRECTORIES */
};
/* The same, as git finds it: with git_dir nothing is searched, and without work_tree and
 * core.worktree the current folder is the top of the work tree. */
AMTS_MUST_CHECK int amts_repo_open_at(struct amts_repo **out, const char *path,
	const struct amts_repo_place *place, struct amts_error *err);
void amts_repo_free(struct amts_repo *repo); /* NULL is allowed */

const char *amts_repo_common_dir(const struct amts_repo *repo); /* ends in '/' */
const char *amts_repo_work_dir(
	const struct amts_repo *repo); /* NULL if bare; ends in '/' */
/* Where a person finds it: the work tree, else the git directory. */
const char *amts_repo_folder(const struct amts_repo *repo);
/* Whether amts_repo_mirror made it: what is committed there is for nobody to see until it
 * is pushed to `origin`. */
int amts_repo_is_mirror(const struct amts_repo *repo);
int amts_repo_is_shallow(const struct amts_repo *repo);
/* Is `git rebase` at work, with what it moves at ORIG_HEAD? */
int amts_repo_is_rebasing(const struct amts_repo *repo);

/* rev is anything git rev-parse knows, peeled to a commit.  AMTS_ENOTFOUND for none; the
 * message tells unborn branches and shallow or partial clones apart. */
AMTS_MUST_CHECK int amts_repo_resolve(struct amts_oid *out, struct amts_repo *repo,
	const char *rev, struct amts_error *err);

/* The commit a reference of this full name leads to; AMTS_ENOTFOUND when it does not
 * exist. */
AMTS_MUST_CHECK int amts_repo_read_ref(struct amts_oid *out, struct amts_repo *repo,
	const char *ref, struct amts_error *err);

/* Full names of references that begin with this. */
AMTS_MUST_CHECK int amts_repo_refs(const char ***out, size_t *n, struct amts_arena *arena,
	struct amts_repo *repo, const char *prefix, struct amts_error *err);

/* The tip of a branch by its short name: a local one, else origin's (in a mirror the
 * other way round), else whatever amts_repo_resolve makes of it.  NULL: the branch HEAD
 * is on. */
AMTS_MUST_CHECK int amts_repo_branch(struct amts_oid *out, struct amts_repo *repo,
	const char *branch, struct amts_error *err);

/* The short name of the branch that a repository stands for, whatever is checked out:
 * where origin's HEAD leads, else init.defaultBranch, main or master, the first that is
 * there; else NULL, and HEAD is all there is to go by. */
const char *amts_repo_default_branch(struct amts_arena *arena, struct amts_repo *repo);

/* Whether some work tree of the repository is on this branch (full name). */
int amts_repo_is_checked_out(struct amts_repo *repo, const char *ref);

struct amts_commit_info {
	struct amts_oid id, tree;
	struct amts_oid *parents;
	size_t nparents;
	int64_t time; /* committer's, seconds since 1970 */
	struct amts_str author_name, author_email;
	struct amts_str message;
};
AMTS_MUST_CHECK int amts_repo_commit_info(struct amts_commit_info *out,
	struct amts_arena *arena, struct amts_repo *repo, const struct amts_oid *commit,
	struct amts_error *err);

/* Every file of a commit's tree, sorted by path; links and submodules left out. */
struct amts_tree_entry {
	struct amts_str path;
	struct amts_oid blob;
	unsigned mode; /* 0100644 or 0100755 */
};
struct amts_tree {
	struct amts_tree_entry *v;
	size_t n;
};
AMTS_MUST_CHECK int amts_repo_tree(struct amts_tree *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *commit, struct amts_error *err);
const struct amts_tree_entry *amts_tree_find(
	const struct amts_tree *tree, struct amts_str path);

/* The blob a commit has at a path; AMTS_ENOTFOUND when it has no file there. */
AMTS_MUST_CHECK int amts_repo_blob_at(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *commit, struct amts_str path, struct amts_error *err);

enum amts_change_kind {
	AMTS_CHANGE_ADDED,
	AMTS_CHANGE_MODIFIED,
	AMTS_CHANGE_DELETED,
	AMTS_CHANGE_RENAMED
};
struct amts_file_change {
	enum amts_change_kind kind;
	struct amts_str old_path, new_path; /* '/' between; empty when ADDED / DELETED */
	struct amts_oid old_blob, new_blob;
};
struct amts_file_changes {
	struct amts_file_change *v;
	size_t n;
};
/* Files that differ between two commits ("" for the empty tree), renames found. */
AMTS_MUST_CHECK int amts_repo_diff(struct amts_file_changes *out,
	struct amts_arena *arena, struct amts_repo *repo, const struct amts_oid *from,
	const struct amts_oid *to, struct amts_error *err);

/* *out is 1 when everything that differs between `from` and `to` (content, modes, links,
 * submodules; what is gone too) is in `in` as it is in `to`.  None of them is "". */
AMTS_MUST_CHECK int amts_repo_has_arrived(int *out, struct amts_repo *repo,
	const struct amts_oid *from, const struct amts_oid *to, const struct amts_oid *in,
	struct amts_error *err);

/* Tips of all branches, local ones and those of remotes, each commit once. */
AMTS_MUST_CHECK int amts_repo_branches(struct amts_oid **out, size_t *n,
	struct amts_arena *arena, struct amts_repo *repo, struct amts_error *err);

/* The states that branches went through: commits on the first-parent chains that end at
 * the tips, each once.  Chain by chain in the order of tips, within a chain oldest first;
 * a chain that leaves an earlier one starts after the commit where it does.  Only trees
 * are read; shallow history begins with everything added. */
#define AMTS_HISTORY_ROOT SIZE_MAX
struct amts_history_commit {
	struct amts_oid id;
	int64_t time;  /* committer's */
	size_t parent; /* index, less than its own; or AMTS_HISTORY_ROOT */
	struct amts_file_changes changes; /* from the parent; renames not looked for */
};
struct amts_history {
	struct amts_history_commit *v;
	size_t n;
};
AMTS_MUST_CHECK int amts_repo_history(struct amts_history *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *tips, size_t n,
	struct amts_error *err);

/* AMTS_ENOTFOUND tells a missing object of a partial clone from a wrong id. */
AMTS_MUST_CHECK int amts_repo_blob(struct amts_str *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *id, struct amts_error *err);
AMTS_MUST_CHECK int amts_repo_has(struct amts_repo *repo, const struct amts_oid *id);
/* A blob that this handle alone reads as if the repository had it; nothing is written. */
AMTS_MUST_CHECK int amts_repo_lend_blob(struct amts_oid *out, struct amts_repo *repo,
	struct amts_str bytes, struct amts_error *err);

/* Who commits.  What is NULL or empty comes from author.*, committer.* or user.* of the
 * repository's configuration, as in git. */
struct amts_ident {
	const char *author_name, *author_email;
	const char *committer_name, *committer_email;
};
void amts_repo_set_ident(
	struct amts_repo *repo, const struct amts_ident *ident); /* copied */
/* AMTS_EFAIL when a commit would fail for want of a name or an e-mail address. */
AMTS_MUST_CHECK int amts_repo_check_ident(struct amts_repo *repo, struct amts_error *err);

struct amts_file_write {
	struct amts_str path;
	struct amts_str bytes; /* p == NULL removes the file */
	unsigned mode;	       /* 0: keep, or 0100644 for a new file */
};
/* New commit on parent ("": none) with these files changed (no path twice), at `when` in
 * UTC (0: now, local time); folders left empty vanish; moves no ref, touches no index or
 * work tree. Not signed, and no hooks are run. */
AMTS_MUST_CHECK int amts_repo_commit(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *parent, const struct amts_file_write *files, size_t n,
	const char *message, int64_t when, struct amts_error *err);
/* The same for a merge: a commit on `parent` that also has `merged` as a parent; the
 * files are what it changes in the tree of `merged`.  Links and submodules that changed
 * between `base` and `parent` are as in `parent`. */
AMTS_MUST_CHECK int amts_repo_commit_merge(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *parent, const struct amts_oid *merged,
	const struct amts_oid *base, const struct amts_file_write *files, size_t n,
	const char *message, int64_t when, struct amts_error *err);

/* Compare and swap: AMTS_ECONFLICT if ref is not at expected ("": must not exist). */
AMTS_MUST_CHECK int amts_repo_move_ref(struct amts_repo *repo, const char *ref,
	const struct amts_oid *expected, const struct amts_oid *to, const char *why,
	struct amts_error *err);

/* ids of both, and the best common ancestor; AMTS_ENOTFOUND when unrelated. */
AMTS_MUST_CHECK int amts_repo_merge_base(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *a, const struct amts_oid *b, struct amts_error *err);

/* Versions of files that came with the commits that lead to tip along first parents and
 * that `since` has not got, in no particular order; a version may be there twice. */
AMTS_MUST_CHECK int amts_repo_versions_since(struct amts_tree *out,
	struct amts_arena *arena, struct amts_repo *repo, const struct amts_oid *tip,
	const struct amts_oid *since, struct amts_error *err);

/* Commits reachable from `from`, newest first in topological order.  What fn returns
 * other than 0 ends the walk and is its result. */
typedef int amts_walk_fn(
	const struct amts_oid *commit, void *payload, struct amts_error *err);
AMTS_MUST_CHECK int amts_repo_walk(struct amts_repo *repo, const struct amts_oid *from,
	amts_walk_fn *fn, void *payload, struct amts_error *err);

/* Where files are at head that once had these paths: renames along first parents, newest
 * first.  out[i] is paths[i] itself when it exists, empty when the file was deleted or
 * never was. */
AMTS_MUST_CHECK int amts_repo_follow(struct amts_str *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *head, const struct amts_str *paths,
	size_t n, struct amts_error *err);

/* What is on other branches, local or of a remote, and not in the history of head: of the
 * moment it was made. */
struct amts_beyond;
AMTS_MUST_CHECK int amts_beyond_new(struct amts_beyond **out, struct amts_repo *repo,
	const struct amts_oid *head, struct amts_error *err);
void amts_beyond_free(struct amts_beyond *b); /* NULL is allowed */
int amts_beyond_is_of(const struct amts_beyond *b, const struct amts_oid *head);
/* beyond[i] is 1 when blobs[i] came with a commit that a branch, local or of a remote,
 * has and head has not, and nothing that replaced it there is in head's history (as what
 * became of a branch that was squashed is): what is made from it is ahead of head. */
AMTS_MUST_CHECK int amts_beyond_find(int *beyond, struct amts_beyond *b,
	struct amts_repo *repo, const struct amts_oid *blobs, size_t n,
	struct amts_error *err);

/* AMTS_EUSAGE for what is no path and no plain url of git's own transports; such strings
 * come from committed files, and git would run programs for some ("ext::sh -c ..."). */
AMTS_MUST_CHECK int amts_repo_check_url(const char *url, struct amts_error *err);

/*
 * A bare copy of url under cache_dir (created by the first call), fetched now unless
 * offline; its branches are under refs/remotes/origin, so that fetching never touches
 * branches made here.  The program `git` does the network, with the user's credentials
 * and proxies. url may be a local folder: then it is opened in place.
 */
AMTS_MUST_CHECK int amts_repo_mirror(struct amts_repo **out, const char *url,
	const char *cache_dir, int offline, struct amts_error *err);

/* Configuration as git sees it (system, global, local, worktree, includes), in order, so
 * that later values win.  The environment's overrides are for the caller: those that name
 * files go to amts_repo_set_config_files, the others to amts/config.h. */
typedef int amts_config_fn(const char *key, const char *value, void *payload,
	struct amts_error *err); /* value NULL: "key" without "=" */
AMTS_MUST_CHECK int amts_repo_config(struct amts_repo *repo, amts_config_fn *fn,
	void *payload, struct amts_error *err);

/* Write into the repository's own configuration file. */
AMTS_MUST_CHECK int amts_repo_set_config(struct amts_repo *repo, const char *key,
	const char *value, struct amts_error *err);

/* Read the system's and the user's configuration from other files: GIT_CONFIG_SYSTEM and
 * GIT_CONFIG_GLOBAL.  NULL: the usual place; "": no such file (GIT_CONFIG_NOSYSTEM). */
AMTS_MUST_CHECK int amts_repo_set_config_files(struct amts_repo *repo, const char *system,
	const char *global, struct amts_error *err);

#endif
