/* Which blobs only other branches have. */
#include "base/alloc.h"
#include "base/map.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

static uint64_t oid_key(const git_oid *id)
{
	return amts_str_hash((struct amts_str){ (const char *)id->id, sizeof(id->id) },
		AMTS_HASH_SEED);
}

/* Mark the blobs that a commit brought, seen from its first parent. */
static int mark_new(int *found, const struct amts_map *wanted, struct amts_repo *repo,
	const git_oid *id)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	size_t i, at;
	int rc = git_commit_lookup(&commit, repo->git, id);

	if (!rc && git_commit_parentcount(commit))
		rc = git_commit_parent(&parent, commit, 0);
	if (!rc && parent)
		rc = git_commit_tree(&before, parent);
	if (!rc)
		rc = git_commit_tree(&after, commit);
	if (!rc)
		rc = git_diff_tree_to_tree(&diff, repo->git, before, after, NULL);
	for (i = 0; !rc && i < git_diff_num_deltas(diff); i++) {
		const git_oid *blob = &git_diff_get_delta(diff, i)->new_file.id;

		at = amts_map_get(wanted, oid_key(blob));
		if (at != AMTS_MAP_NONE)
			found[at] = 1;
	}
	git_diff_free(diff);
	git_tree_free(before);
	git_tree_free(after);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc;
}

/* What head's own history brought, or what the other branches did on top of it. */
static int walk_marking(int *found, const struct amts_map *wanted, struct amts_repo *repo,
	const git_oid *head, int others)
{
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = git_revwalk_new(&walk, repo->git);

	if (!rc && others)
		rc = git_revwalk_push_glob(walk, "refs/heads/*");
	if (!rc && others)
		rc = git_revwalk_push_glob(walk, "refs/remotes/*");
	if (!rc)
		rc = others ? git_revwalk_hide(walk, head) : git_revwalk_push(walk, head);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		rc = mark_new(found, wanted, repo, &id);
	git_revwalk_free(walk);
	return rc == GIT_ITEROVER ? 0 : rc;
}

int amts_repo_beyond(int *beyond, struct amts_repo *repo, const struct amts_oid *head,
	const struct amts_oid *blobs, size_t n, struct amts_error *err)
{
	struct amts_map wanted = { 0 };
	int *own = amts_calloc(n + 1, sizeof(*own));
	size_t i, some = 0;
	git_oid oid;
	int rc = AMTS_OK;

	memset(beyond, 0, n * sizeof(*beyond));
	for (i = 0; !rc && i < n; i++) {
		rc = amts_git_oid(&oid, &blobs[i], err);
		amts_map_add(&wanted, oid_key(&oid), i);
	}
	if (!rc)
		rc = amts_git_oid(&oid, head, err);
	if (!rc && walk_marking(beyond, &wanted, repo, &oid, 1))
		rc = amts_git_fail(err, GIT_ERROR, "cannot walk the branches");
	for (i = 0; i < n; i++)
		some += beyond[i] != 0;
	if (!rc && some && walk_marking(own, &wanted, repo, &oid, 0))
		rc = amts_git_fail(err, GIT_ERROR, "cannot walk '%s'", head->hex);
	for (i = 0; i < n; i++)
		beyond[i] = beyond[i] && !own[i];
	amts_map_release(&wanted);
	free(own);
	return rc;
}
