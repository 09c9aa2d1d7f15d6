#ifndef GIT_GIT_H
#define GIT_GIT_H
/* What the files of src/git share; nothing outside this folder sees libgit2. */
#include "amts/repo.h"

#include <git2.h>

/* A blob that is not written (yet). */
struct amts_lent {
	struct amts_oid id;
	char *p;
	size_t n;
};

struct amts_repo {
	git_repository *git;
	git_odb *odb;
	int shallow;
	int partial; /* promisor objects may be missing */
	int mirror;  /* made by amts_repo_mirror: branches live under refs/remotes/origin
		      */
	struct amts_lent *lent;
	size_t nlent, cap_lent;
	char *ident[4]; /* author name, author e-mail, committer name, committer e-mail */
};

/* Around every use of libgit2: a repository holds one from opening to freeing. */
void amts_git_init(void);
void amts_git_exit(void);

/* Say what failed, with libgit2's own words after it; the code follows rc. */
int amts_git_fail(struct amts_error *err, int rc, const char *fmt, ...) AMTS_PRINTF(3, 4);

/* GIT_ERROR when an object that was written is not there: libgit2 does not tell all that
 * a full disk refuses. */
int amts_git_check_written(struct amts_repo *repo, const git_oid *id);

/* An object that should be there is not: tell partial and shallow clones from damage. */
int amts_git_missing(struct amts_error *err, const struct amts_repo *repo,
	const char *what, const char *name);

int amts_git_oid(git_oid *out, const struct amts_oid *id, struct amts_error *err);
void amts_git_oid_out(struct amts_oid *out, const git_oid *id);

/* The tree of a commit; *out is NULL for the commit "". */
int amts_git_commit_tree(git_tree **out, struct amts_repo *repo,
	const struct amts_oid *commit, struct amts_error *err);

/* Files that differ between two trees (NULL: the empty one). */
int amts_git_changes(struct amts_file_changes *out, struct amts_arena *arena,
	struct amts_repo *repo, git_tree *a, git_tree *b, int renames,
	struct amts_error *err);

/* The id of `base` (NULL: the empty tree) with n files changed, files sorted by path. */
int amts_git_edit_tree(git_oid *out, struct amts_repo *repo, const git_tree *base,
	const struct amts_file_write *files, size_t n, struct amts_error *err);

/* With git_repository_open_ext's flags; without looking in the folders above when `flags`
 * say so. */
int amts_git_open(
	struct amts_repo **out, const char *path, unsigned flags, struct amts_error *err);

/* Change the tree so that links and submodules that differ between the commits are as in
 * `to`. */
int amts_git_keep_links(git_oid *tree, struct amts_repo *repo,
	const struct amts_oid *from, const struct amts_oid *to, struct amts_error *err);

#endif
