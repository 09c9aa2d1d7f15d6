#include "base/alloc.h"
#include "base/map.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

struct tips {
	struct amts_oid *v;
	size_t n, cap;
};

static int add_tip(struct tips *tips, git_reference *ref)
{
	git_object *commit = NULL;
	struct amts_oid id;
	size_t i;

	if (git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT))
		return 0; /* a branch whose commit is missing has no history to offer */
	amts_git_oid_out(&id, git_object_id(commit));
	git_object_free(commit);
	for (i = 0; i < tips->n; i++)
		if (amts_oid_eq(&tips->v[i], &id))
			return 0;
	AMTS_VEC_PUSH(tips->v, tips->n, tips->cap, id);
	return 0;
}

int amts_repo_branches(struct amts_oid **out, size_t *n, struct amts_arena *arena,
	struct amts_repo *repo, struct amts_error *err)
{
	git_branch_iterator *it = NULL;
	struct tips tips = { NULL, 0, 0 };
	git_reference *ref;
	git_branch_t type;
	int rc = git_branch_iterator_new(&it, repo->git, GIT_BRANCH_ALL);

	while (!rc && !(rc = git_branch_next(&ref, &type, it))) {
		rc = add_tip(&tips, ref);
		git_reference_free(ref);
	}
	git_branch_iterator_free(it);
	*n = tips.n;
	*out = AMTS_NEW(arena, struct amts_oid, tips.n);
	if (tips.n)
		memcpy(*out, tips.v, tips.n * sizeof(*tips.v));
	free(tips.v);
	return rc == GIT_ITEROVER ? AMTS_OK
				  : amts_git_fail(err, rc, "cannot list branches");
}

/* A walk along first parents, newest first, then stored oldest first. */
struct chain {
	struct amts_repo *repo;
	struct amts_arena *arena;
	struct amts_map seen; /* by the first bytes of the id */
	struct amts_history_commit *v;
	git_oid *trees;
	size_t n, cap, cap_trees;
};

static uint64_t key_of(const git_oid *id)
{
	uint64_t key;

	memcpy(&key, id->id, sizeof(key));
	return key;
}

/* Commits of one chain that are in none before it; *join is where it leaves that, or
 * AMTS_HISTORY_ROOT. */
static int collect(git_commit ***out, size_t *n, size_t *join, struct chain *c,
	const struct amts_oid *tip, struct amts_error *err)
{
	git_commit **v = NULL, *commit = NULL;
	size_t cap = 0;
	git_oid id;
	int rc = amts_git_oid(&id, tip, err);

	*n = 0;
	*join = AMTS_HISTORY_ROOT;
	if (rc)
		return rc;
	rc = git_commit_lookup(&commit, c->repo->git, &id);
	if (rc)
		return amts_git_missing(err, c->repo, "commit", tip->hex);
	while (commit) {
		*join = amts_map_get(&c->seen, key_of(git_commit_id(commit)));
		if (*join != AMTS_MAP_NONE) {
			git_commit_free(commit);
			break;
		}
		/* a vector of pointers: NOLINTNEXTLINE(bugprone-sizeof-expression) */
		AMTS_VEC_PUSH(v, *n, cap, commit);
		/* history may end at a shallow boundary */
		if (git_commit_parent(&commit, v[*n - 1], 0))
			commit = NULL;
	}
	*out = v;
	return AMTS_OK;
}

static int diff_trees(struct amts_file_changes *out, struct chain *c, size_t parent,
	size_t self, struct amts_error *err)
{
	git_tree *a = NULL, *b = NULL;
	int rc = 0;

	if (parent != AMTS_HISTORY_ROOT)
		rc = git_tree_lookup(&a, c->repo->git, &c->trees[parent]);
	if (!rc)
		rc = git_tree_lookup(&b, c->repo->git, &c->trees[self]);
	if (rc)
		rc = amts_git_missing(err, c->repo, "tree of commit", c->v[self].id.hex);
	else
		rc = amts_git_changes(out, c->arena, c->repo, a, b, 0, err);
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}

static int add_commit(
	struct chain *c, git_commit *commit, size_t parent, struct amts_error *err)
{
	struct amts_history_commit h;
	size_t self = c->n;

	memset(&h, 0, sizeof(h));
	amts_git_oid_out(&h.id, git_commit_id(commit));
	h.time = git_commit_time(commit);
	h.parent = parent;
	AMTS_VEC_ROOM(c->trees, self, c->cap_trees, 1);
	c->trees[self] = *git_commit_tree_id(commit);
	AMTS_VEC_PUSH(c->v, c->n, c->cap, h);
	amts_map_add(&c->seen, key_of(git_commit_id(commit)), self);
	return diff_trees(&c->v[self].changes, c, parent, self, err);
}

static int add_chain(struct chain *c, const struct amts_oid *tip, struct amts_error *err)
{
	git_commit **v = NULL;
	size_t n, i, parent;
	int rc = collect(&v, &n, &parent, c, tip, err);

	for (i = n; i-- > 0;) {
		if (!rc)
			rc = add_commit(c, v[i], parent, err);
		parent = c->n - 1;
		git_commit_free(v[i]);
	}
	free(v);
	return rc;
}

int amts_repo_history(struct amts_history *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *tips, size_t n,
	struct amts_error *err)
{
	struct chain c = { .repo = repo, .arena = arena };
	int rc = AMTS_OK;
	size_t i;

	for (i = 0; i < n && !rc; i++)
		rc = add_chain(&c, &tips[i], err);
	out->n = c.n;
	out->v = AMTS_NEW(arena, struct amts_history_commit, c.n);
	if (c.n)
		memcpy(out->v, c.v, c.n * sizeof(*c.v));
	amts_map_release(&c.seen);
	free(c.v);
	free(c.trees);
	return rc;
}
