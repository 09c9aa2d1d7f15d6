/* Where files went: renames along a branch, without reading more than needed. */
#include "base/alloc.h"
#include "base/map.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

/* A path that ended somewhere in history, and the path at head that continues it. */
struct fate {
	struct amts_str old, now; /* now is empty: deleted */
};

struct follower {
	struct amts_repo *repo;
	struct amts_arena *arena;
	struct amts_tree head;
	struct fate *v; /* newest first: the first of a path counts */
	size_t n, cap;
	struct amts_map by_path;
};

static const struct fate *find(const struct follower *f, struct amts_str old)
{
	size_t i = amts_map_get(&f->by_path, amts_str_hash(old, AMTS_HASH_SEED));

	return i == AMTS_MAP_NONE ? NULL : &f->v[i];
}

/* What path became later than the commits looked at so far. */
static struct amts_str continued(const struct follower *f, struct amts_str path)
{
	const struct amts_tree_entry *e = amts_tree_find(&f->head, path);
	const struct fate *fate = e ? NULL : find(f, path);

	if (e)
		return e->path;
	return fate ? fate->now : AMTS_STR("");
}

static void note(struct follower *f, const git_diff_delta *d)
{
	struct fate fate = { amts_str_z(d->old_file.path), AMTS_STR("") };

	if (amts_tree_find(&f->head, fate.old) || find(f, fate.old))
		return;
	if (d->status == GIT_DELTA_RENAMED)
		fate.now = continued(f, amts_str_z(d->new_file.path));
	fate.old = amts_arena_str(f->arena, fate.old);
	amts_map_add(&f->by_path, amts_str_hash(fate.old, AMTS_HASH_SEED), f->n);
	AMTS_VEC_PUSH(f->v, f->n, f->cap, fate);
}

/* Folders that differ, still to be compared. */
struct folders {
	struct {
		git_oid before, after;
	} * v;
	size_t n, cap;
};

static int is_kind(const git_tree_entry *e, git_filemode_t mode)
{
	return ((unsigned)git_tree_entry_filemode(e) ^ (unsigned)mode) >> 12 == 0;
}

/* Does `after` lack an entry of `before`, or have one of another kind?  Folders that
 * differ are put into todo. */
static int lacks(struct folders *todo, const git_tree *before, const git_tree *after)
{
	size_t i, n = git_tree_entrycount(before);

	for (i = 0; i < n; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(before, i), *now;
		const git_oid *id = git_tree_entry_id(e);

		now = git_tree_entry_byname(after, git_tree_entry_name(e));
		if (!now || !is_kind(now, git_tree_entry_filemode(e)))
			return 1;
		if (!is_kind(e, GIT_FILEMODE_TREE) ||
			git_oid_equal(id, git_tree_entry_id(now)))
			continue;
		AMTS_VEC_ROOM(todo->v, todo->n, todo->cap, 1);
		todo->v[todo->n].before = *id;
		todo->v[todo->n++].after = *git_tree_entry_id(now);
	}
	return 0;
}

/* Did a file end between two trees?  Reads only the folders that differ, which libgit2's
 * diff does not: most commits end none. */
static int lost_any(int *lost, git_repository *repo, git_tree *before, git_tree *after)
{
	struct folders todo = { NULL, 0, 0 };
	int rc = 0;

	*lost = lacks(&todo, before, after);
	while (!rc && !*lost && todo.n) {
		git_tree *a = NULL, *b = NULL;

		todo.n--;
		rc = git_tree_lookup(&a, repo, &todo.v[todo.n].before);
		if (!rc)
			rc = git_tree_lookup(&b, repo, &todo.v[todo.n].after);
		if (!rc)
			*lost = lacks(&todo, a, b);
		git_tree_free(a);
		git_tree_free(b);
	}
	free(todo.v);
	return rc;
}

static int note_lost(struct follower *f, git_tree *before, git_tree *after)
{
	git_diff_find_options find_opt;
	git_diff *diff = NULL;
	size_t i;
	int rc = git_diff_tree_to_tree(&diff, f->repo->git, before, after, NULL);

	git_diff_find_options_init(&find_opt, GIT_DIFF_FIND_OPTIONS_VERSION);
	find_opt.flags = GIT_DIFF_FIND_RENAMES;
	find_opt.rename_limit = 1000;
	if (!rc && git_diff_num_deltas_of_type(diff, GIT_DELTA_ADDED))
		rc = git_diff_find_similar(diff, &find_opt);
	for (i = 0; !rc && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status == GIT_DELTA_RENAMED || d->status == GIT_DELTA_DELETED)
			note(f, d);
	}
	git_diff_free(diff);
	return rc;
}

/* Files that ended in this commit, seen from its first parent. */
static int look_at(struct follower *f, git_commit *commit)
{
	git_tree *before = NULL, *after = NULL;
	git_commit *parent = NULL;
	int lost = 0, rc = git_commit_parent(&parent, commit, 0);

	if (!rc)
		rc = git_commit_tree(&before, parent);
	if (!rc)
		rc = git_commit_tree(&after, commit);
	if (!rc)
		rc = lost_any(&lost, f->repo->git, before, after);
	if (!rc && lost)
		rc = note_lost(f, before, after);
	git_tree_free(before);
	git_tree_free(after);
	git_commit_free(parent);
	return rc;
}

static int all_known(const struct follower *f, const struct amts_str *paths, size_t n)
{
	while (n--)
		if (!amts_tree_find(&f->head, paths[n]) && !find(f, paths[n]))
			return 0;
	return 1;
}

static int walk(
	struct follower *f, const git_oid *head, const struct amts_str *paths, size_t n)
{
	git_commit *commit = NULL, *parent;
	size_t known = 0;
	int rc = git_commit_lookup(&commit, f->repo->git, head),
	    done = all_known(f, paths, n);

	while (!rc && !done && git_commit_parentcount(commit)) {
		rc = look_at(f, commit);
		if (f->n > known)
			done = all_known(f, paths, n);
		known = f->n;
		parent = NULL;
		if (!rc)
			rc = git_commit_parent(&parent, commit, 0);
		git_commit_free(commit);
		commit = parent;
	}
	git_commit_free(commit);
	return rc;
}

int amts_repo_follow(struct amts_str *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *head, const struct amts_str *paths,
	size_t n, struct amts_error *err)
{
	struct follower f = { .repo = repo, .arena = arena };
	git_oid oid;
	size_t i;
	int rc = amts_git_oid(&oid, head, err);

	if (!rc)
		rc = amts_repo_tree(&f.head, arena, repo, head, err);
	if (rc)
		return rc;
	rc = walk(&f, &oid, paths, n);
	for (i = 0; !rc && i < n; i++)
		out[i] = continued(&f, paths[i]);
	free(f.v);
	amts_map_release(&f.by_path);
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(
			err, repo, "part of the history of commit", head->hex);
	return rc ? amts_git_fail(err, rc, "cannot walk the history of '%s'", head->hex)
		  : AMTS_OK;
}
