#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

struct versions {
	struct amts_repo *repo;
	struct amts_arena *arena;
	struct amts_tree_entry *v;
	size_t n, cap;
};

static int add_commit(struct versions *vs, git_commit *commit, struct amts_error *err)
{
	struct amts_file_changes d = { NULL, 0 };
	struct amts_oid self, parent = { "" };
	git_tree *before = NULL, *after = NULL;
	size_t i;
	int rc;

	amts_git_oid_out(&self, git_commit_id(commit));
	if (git_commit_parentcount(commit))
		amts_git_oid_out(&parent, git_commit_parent_id(commit, 0));
	rc = amts_git_commit_tree(&before, vs->repo, &parent, err);
	if (!rc)
		rc = amts_git_commit_tree(&after, vs->repo, &self, err);
	if (!rc)
		rc = amts_git_changes(&d, vs->arena, vs->repo, before, after, 0, err);
	for (i = 0; !rc && i < d.n; i++) {
		struct amts_tree_entry e = { d.v[i].new_path, d.v[i].new_blob, 0100644 };

		if (e.path.n)
			AMTS_VEC_PUSH(vs->v, vs->n, vs->cap, e);
	}
	git_tree_free(before);
	git_tree_free(after);
	return rc;
}

static int walk(struct versions *vs, git_revwalk *walk, struct amts_error *err)
{
	git_commit *commit;
	git_oid id;
	int rc = 0, failed = 0;

	while (!failed && !(rc = git_revwalk_next(&id, walk))) {
		rc = git_commit_lookup(&commit, vs->repo->git, &id);
		if (rc)
			break;
		failed = add_commit(vs, commit, err);
		git_commit_free(commit);
	}
	if (failed || rc == GIT_ITEROVER)
		return failed;
	return amts_git_fail(err, rc, "cannot walk the history");
}

int amts_repo_versions_since(struct amts_tree *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *tip, const struct amts_oid *since,
	struct amts_error *err)
{
	struct versions vs = { .repo = repo, .arena = arena };
	git_revwalk *w = NULL;
	git_oid from, hidden;
	int rc = amts_git_oid(&from, tip, err);

	if (!rc)
		rc = amts_git_oid(&hidden, since, err);
	if (rc)
		return rc;
	rc = git_revwalk_new(&w, repo->git);
	if (!rc)
		rc = git_revwalk_push(w, &from);
	if (!rc)
		rc = git_revwalk_hide(w, &hidden);
	if (!rc)
		rc = git_revwalk_simplify_first_parent(w);
	if (rc)
		rc = amts_git_fail(err, rc, "cannot walk from '%s'", tip->hex);
	else
		rc = walk(&vs, w, err);
	git_revwalk_free(w);
	out->n = vs.n;
	out->v = AMTS_NEW(arena, struct amts_tree_entry, vs.n);
	if (vs.n)
		memcpy(out->v, vs.v, vs.n * sizeof(*vs.v));
	free(vs.v);
	return rc;
}
