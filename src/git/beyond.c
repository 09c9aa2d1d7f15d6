/* Which blobs only other branches have. */
#include "base/alloc.h"
#include "base/map.h"
#include "git/git.h"

#include <stdlib.h>

static uint64_t oid_key(const git_oid *id)
{
	return amts_str_hash((struct amts_str){ (const char *)id->id, sizeof(id->id) },
		AMTS_HASH_SEED);
}

/* Blobs by id. */
struct seen {
	struct amts_map brought; /* by commits that only other branches have */
	struct amts_map own;	 /* in head's history */
	struct amts_map passed;	 /* replaced on other branches by what head has had */
};

typedef void change_fn(struct seen *s, uint64_t before, uint64_t after);

static int has(const struct amts_map *map, uint64_t key)
{
	return amts_map_get(map, key) != AMTS_MAP_NONE;
}

static void note_brought(struct seen *s, uint64_t before, uint64_t after)
{
	(void)before;
	amts_map_add(&s->brought, after, 1);
}

static void note_own(struct seen *s, uint64_t before, uint64_t after)
{
	(void)before;
	amts_map_add(&s->own, after, 1);
}

/* What replaced it comes first in the walk. */
static void note_passed(struct seen *s, uint64_t before, uint64_t after)
{
	if (has(&s->own, after) || has(&s->passed, after))
		amts_map_add(&s->passed, before, 1);
}

/* What a commit changed, seen from its first parent. */
static int tell_changes(
	struct seen *s, change_fn *fn, struct amts_repo *repo, const git_oid *id)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	size_t i;
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
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status != GIT_DELTA_DELETED)
			fn(s, oid_key(&d->old_file.id), oid_key(&d->new_file.id));
	}
	git_diff_free(diff);
	git_tree_free(before);
	git_tree_free(after);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc;
}

/* Head's own history, or what the other branches did on top of it; children first. */
static int walk(struct seen *s, change_fn *fn, struct amts_repo *repo,
	const git_oid *head, int others)
{
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = git_revwalk_new(&walk, repo->git);

	if (!rc)
		rc = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL);
	if (!rc && others)
		rc = git_revwalk_push_glob(walk, "refs/heads/*");
	if (!rc && others)
		rc = git_revwalk_push_glob(walk, "refs/remotes/*");
	if (!rc)
		rc = others ? git_revwalk_hide(walk, head) : git_revwalk_push(walk, head);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		rc = tell_changes(s, fn, repo, &id);
	git_revwalk_free(walk);
	return rc == GIT_ITEROVER ? 0 : rc;
}

int amts_repo_beyond(int *beyond, struct amts_repo *repo, const struct amts_oid *head,
	const struct amts_oid *blobs, size_t n, struct amts_error *err)
{
	uint64_t *keys = amts_calloc(n + 1, sizeof(*keys));
	struct seen s = { { 0 }, { 0 }, { 0 } };
	size_t i, some = 0;
	git_oid oid;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < n; i++) {
		rc = amts_git_oid(&oid, &blobs[i], err);
		keys[i] = oid_key(&oid);
	}
	if (!rc)
		rc = amts_git_oid(&oid, head, err);
	if (!rc && walk(&s, note_brought, repo, &oid, 1))
		rc = amts_git_fail(err, GIT_ERROR, "cannot walk the branches");
	for (i = 0; i < n; i++)
		some += has(&s.brought, keys[i]);
	if (!rc && some &&
		(walk(&s, note_own, repo, &oid, 0) ||
			walk(&s, note_passed, repo, &oid, 1)))
		rc = amts_git_fail(err, GIT_ERROR, "cannot walk '%s'", head->hex);
	for (i = 0; i < n; i++)
		beyond[i] = has(&s.brought, keys[i]) && !has(&s.own, keys[i]) &&
			    !has(&s.passed, keys[i]);
	amts_map_release(&s.brought);
	amts_map_release(&s.own);
	amts_map_release(&s.passed);
	free(keys);
	return rc;
}
