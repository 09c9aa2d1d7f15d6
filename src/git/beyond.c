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
struct amts_beyond {
	git_oid head;
	int knows_own;
	struct amts_map brought; /* by commits that only other branches have */
	struct amts_map own;	 /* in head's history since the branches parted */
	struct amts_map passed;	 /* replaced on other branches by what head has had */
	struct amts_map commits; /* that only other branches have */
	git_oid *parents;	 /* of these */
	size_t nparents, cap;
	struct replaced {
		uint64_t before, after;
	} * changes; /* on other branches, newest first */
	size_t nchanges, cap_changes;
};

typedef void change_fn(struct amts_beyond *s, uint64_t before, uint64_t after);

static int has(const struct amts_map *map, uint64_t key)
{
	return amts_map_get(map, key) != AMTS_MAP_NONE;
}

static void note_brought(struct amts_beyond *s, uint64_t before, uint64_t after)
{
	struct replaced r = { before, after };

	amts_map_add(&s->brought, after, 1);
	AMTS_VEC_PUSH(s->changes, s->nchanges, s->cap_changes, r);
}

static void note_own(struct amts_beyond *s, uint64_t before, uint64_t after)
{
	amts_map_add(&s->own, before, 1);
	amts_map_add(&s->own, after, 1);
}

/* What replaced it comes first. */
static void find_passed(struct amts_beyond *s)
{
	size_t i;

	for (i = 0; i < s->nchanges; i++)
		if (has(&s->own, s->changes[i].after) ||
			has(&s->passed, s->changes[i].after))
			amts_map_add(&s->passed, s->changes[i].before, 1);
}

/* What a commit changed, seen from its first parent. */
static int tell_changes(
	struct amts_beyond *s, change_fn *fn, struct amts_repo *repo, const git_oid *id)
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

static void note_parents(struct amts_beyond *s, struct amts_repo *repo, const git_oid *id)
{
	git_commit *commit = NULL;
	unsigned i;

	amts_map_add(&s->commits, oid_key(id), 1);
	if (git_commit_lookup(&commit, repo->git, id))
		return;
	for (i = 0; i < git_commit_parentcount(commit); i++)
		AMTS_VEC_PUSH(s->parents, s->nparents, s->cap,
			*git_commit_parent_id(commit, i));
	git_commit_free(commit);
}

static int walk(
	struct amts_beyond *s, change_fn *fn, struct amts_repo *repo, git_revwalk *walk)
{
	git_oid id;
	int rc = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL);

	while (!rc && !(rc = git_revwalk_next(&id, walk))) {
		rc = tell_changes(s, fn, repo, &id);
		if (fn == note_brought)
			note_parents(s, repo, &id);
	}
	return rc == GIT_ITEROVER ? 0 : rc;
}

/* What the other branches did on top of head, children first. */
static int walk_others(struct amts_beyond *s, struct amts_repo *repo)
{
	git_revwalk *w = NULL;
	int rc = git_revwalk_new(&w, repo->git);

	if (!rc)
		rc = git_revwalk_push_glob(w, "refs/heads/*");
	if (!rc)
		rc = git_revwalk_push_glob(w, "refs/remotes/*");
	if (!rc)
		rc = git_revwalk_hide(w, &s->head);
	if (!rc)
		rc = walk(s, note_brought, repo, w);
	git_revwalk_free(w);
	return rc;
}

/* What head had when the branches parted, and since. */
static int walk_own(struct amts_beyond *s, struct amts_repo *repo)
{
	git_revwalk *w = NULL;
	size_t i;
	int rc = git_revwalk_new(&w, repo->git);

	if (!rc)
		rc = git_revwalk_push(w, &s->head);
	for (i = 0; !rc && i < s->nparents; i++)
		if (!has(&s->commits, oid_key(&s->parents[i])))
			rc = git_revwalk_hide(w, &s->parents[i]);
	if (!rc)
		rc = walk(s, note_own, repo, w);
	git_revwalk_free(w);
	return rc;
}

static int note_entry(const char *root, const git_tree_entry *e, void *payload)
{
	struct amts_beyond *s = payload;

	(void)root;
	if (git_tree_entry_type(e) == GIT_OBJECT_BLOB)
		amts_map_add(&s->own, oid_key(git_tree_entry_id(e)), 1);
	return 0;
}

static int note_tree(struct amts_beyond *s, struct amts_repo *repo)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	int rc = git_commit_lookup(&commit, repo->git, &s->head);

	if (!rc)
		rc = git_commit_tree(&tree, commit);
	if (!rc)
		rc = git_tree_walk(tree, GIT_TREEWALK_PRE, note_entry, s);
	git_tree_free(tree);
	git_commit_free(commit);
	return rc;
}

int amts_beyond_new(struct amts_beyond **out, struct amts_repo *repo,
	const struct amts_oid *head, struct amts_error *err)
{
	struct amts_beyond *s = amts_calloc(1, sizeof(*s));
	int rc = amts_git_oid(&s->head, head, err);

	if (!rc && walk_others(s, repo))
		rc = amts_git_fail(err, GIT_ERROR, "cannot walk the branches");
	if (rc) {
		amts_beyond_free(s);
		return rc;
	}
	*out = s;
	return AMTS_OK;
}

void amts_beyond_free(struct amts_beyond *s)
{
	if (!s)
		return;
	amts_map_release(&s->brought);
	amts_map_release(&s->own);
	amts_map_release(&s->passed);
	amts_map_release(&s->commits);
	free(s->parents);
	free(s->changes);
	free(s);
}

int amts_beyond_is_of(const struct amts_beyond *s, const struct amts_oid *head)
{
	return !git_oid_streq(&s->head, head->hex);
}

/* Only for what others brought: the branches may have parted long ago, or never met. */
static int know_own(struct amts_beyond *s, struct amts_repo *repo, struct amts_error *err)
{
	if (s->knows_own)
		return AMTS_OK;
	if (note_tree(s, repo) || walk_own(s, repo))
		return amts_git_fail(err, GIT_ERROR, "cannot walk the history");
	find_passed(s);
	s->knows_own = 1;
	return AMTS_OK;
}

int amts_beyond_find(int *beyond, struct amts_beyond *s, struct amts_repo *repo,
	const struct amts_oid *blobs, size_t n, struct amts_error *err)
{
	uint64_t key;
	git_oid oid;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < n; i++) {
		beyond[i] = 0;
		rc = amts_git_oid(&oid, &blobs[i], err);
		key = oid_key(&oid);
		if (rc || !has(&s->brought, key))
			continue;
		rc = know_own(s, repo, err);
		beyond[i] = !has(&s->own, key) && !has(&s->passed, key);
	}
	return rc;
}
