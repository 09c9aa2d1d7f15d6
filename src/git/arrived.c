/* Has what one branch changed come into another one, by whatever way? */
#include "git/git.h"

/* 1 when the tree has at a path what the delta made of it, of whatever type and mode;
 * negative on failure. */
static int is_there(git_tree *tree, const git_diff_delta *d)
{
	git_tree_entry *e = NULL;
	int rc = git_tree_entry_bypath(&e, tree, d->new_file.path), same;

	if (rc == GIT_ENOTFOUND)
		return d->status == GIT_DELTA_DELETED;
	if (rc)
		return rc;
	if (d->status == GIT_DELTA_DELETED) /* a folder may have taken its place */
		same = git_tree_entry_type(e) == GIT_OBJECT_TREE;
	else
		same = git_oid_equal(git_tree_entry_id(e), &d->new_file.id) &&
		       git_tree_entry_filemode(e) == (git_filemode_t)d->new_file.mode;
	git_tree_entry_free(e);
	return same;
}

/* 1 when all of b's differences from a are in tree. */
static int are_there(struct amts_repo *repo, git_tree *a, git_tree *b, git_tree *tree)
{
	git_diff_options opt;
	git_diff *diff = NULL;
	size_t i, n;
	int rc;

	git_diff_options_init(&opt, GIT_DIFF_OPTIONS_VERSION);
	opt.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
	opt.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE;
	rc = git_diff_tree_to_tree(&diff, repo->git, a, b, &opt);
	if (rc)
		return rc;
	n = git_diff_num_deltas(diff);
	for (i = 0, rc = 1; rc > 0 && i < n; i++)
		rc = is_there(tree, git_diff_get_delta(diff, i));
	git_diff_free(diff);
	return rc;
}

int amts_repo_has_arrived(int *out, struct amts_repo *repo, const struct amts_oid *from,
	const struct amts_oid *to, const struct amts_oid *in, struct amts_error *err)
{
	git_tree *a = NULL, *b = NULL, *tree = NULL;
	int rc = amts_git_commit_tree(&a, repo, from, err);

	if (!rc)
		rc = amts_git_commit_tree(&b, repo, to, err);
	if (!rc)
		rc = amts_git_commit_tree(&tree, repo, in, err);
	if (!rc) {
		rc = are_there(repo, a, b, tree);
		*out = rc > 0;
		if (rc == GIT_ENOTFOUND)
			rc = amts_git_missing(err, repo, "part of tree", to->hex);
		else if (rc < 0)
			rc = amts_git_fail(err, rc, "cannot compare '%s'", to->hex);
		else
			rc = AMTS_OK;
	}
	git_tree_free(a);
	git_tree_free(b);
	git_tree_free(tree);
	return rc;
}
