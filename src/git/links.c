/* Links and submodules in merges: what amts/repo.h does not show as files. */
#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>

struct updates {
	git_tree_update *v;
	size_t n, cap;
};

static int is_special(uint16_t mode)
{
	return mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT;
}

static int is_in(git_tree *tree, const char *path)
{
	git_tree_entry *e = NULL;
	int found = !git_tree_entry_bypath(&e, tree, path) &&
		    is_special((uint16_t)git_tree_entry_filemode(e));

	git_tree_entry_free(e);
	return found;
}

static void add(struct updates *u, git_tree *tree, const git_diff_delta *d)
{
	git_tree_update update = { .action = GIT_TREE_UPDATE_UPSERT,
		.id = d->new_file.id,
		.filemode = (git_filemode_t)d->new_file.mode,
		.path = d->new_file.path };

	if (d->status == GIT_DELTA_DELETED) {
		if (!is_special(d->old_file.mode) || !is_in(tree, d->old_file.path))
			return;
		update.action = GIT_TREE_UPDATE_REMOVE;
		update.path = d->old_file.path;
	} else if (!is_special(d->new_file.mode)) {
		return;
	}
	AMTS_VEC_PUSH(u->v, u->n, u->cap, update);
}

static int update(git_oid *id, struct amts_repo *repo, git_tree *a, git_tree *b)
{
	git_diff_options opt;
	struct updates u = { NULL, 0, 0 };
	git_diff *diff = NULL;
	git_tree *tree = NULL;
	size_t i;
	int rc;

	git_diff_options_init(&opt, GIT_DIFF_OPTIONS_VERSION);
	opt.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
	opt.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE;
	rc = git_diff_tree_to_tree(&diff, repo->git, a, b, &opt);
	if (!rc)
		rc = git_tree_lookup(&tree, repo->git, id);
	for (i = 0; !rc && i < git_diff_num_deltas(diff); i++)
		add(&u, tree, git_diff_get_delta(diff, i));
	if (!rc && u.n)
		rc = git_tree_create_updated(id, repo->git, tree, u.n, u.v);
	free(u.v);
	git_tree_free(tree);
	git_diff_free(diff);
	return rc;
}

int amts_git_keep_links(git_oid *tree, struct amts_repo *repo,
	const struct amts_oid *from, const struct amts_oid *to, struct amts_error *err)
{
	git_tree *a = NULL, *b = NULL;
	int rc = amts_git_commit_tree(&a, repo, from, err);

	if (!rc)
		rc = amts_git_commit_tree(&b, repo, to, err);
	if (!rc && (rc = update(tree, repo, a, b)))
		rc = amts_git_fail(err, rc, "cannot merge the links of '%s'", to->hex);
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}
