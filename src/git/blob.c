#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

static const struct amts_lent *find_lent(
	const struct amts_repo *repo, const struct amts_oid *id)
{
	size_t i;

	for (i = 0; i < repo->nlent; i++)
		if (amts_oid_eq(&repo->lent[i].id, id))
			return &repo->lent[i];
	return NULL;
}

int amts_repo_lend_blob(struct amts_oid *out, struct amts_repo *repo,
	struct amts_str bytes, struct amts_error *err)
{
	struct amts_lent lent = { .n = bytes.n };
	git_oid oid;
	int rc = git_odb_hash(&oid, bytes.n ? bytes.p : "", bytes.n, GIT_OBJECT_BLOB);

	if (rc)
		return amts_git_fail(err, rc, "cannot name a blob");
	amts_git_oid_out(out, &oid);
	if (amts_repo_has(repo, out))
		return AMTS_OK;
	lent.id = *out;
	lent.p = amts_malloc(bytes.n + 1);
	if (bytes.n)
		memcpy(lent.p, bytes.p, bytes.n);
	AMTS_VEC_PUSH(repo->lent, repo->nlent, repo->cap_lent, lent);
	return AMTS_OK;
}

int amts_repo_blob(struct amts_str *out, struct amts_arena *arena, struct amts_repo *repo,
	const struct amts_oid *id, struct amts_error *err)
{
	const struct amts_lent *lent = find_lent(repo, id);
	git_odb_object *obj = NULL;
	git_oid oid;
	int rc = amts_git_oid(&oid, id, err);

	if (rc)
		return rc;
	if (lent) {
		*out = amts_arena_str(arena, (struct amts_str){ lent->p, lent->n });
		return AMTS_OK;
	}
	rc = git_odb_read(&obj, repo->odb, &oid);
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(err, repo, "blob", id->hex);
	if (rc)
		return amts_git_fail(err, rc, "cannot read blob '%s'", id->hex);
	if (git_odb_object_type(obj) != GIT_OBJECT_BLOB)
		rc = amts_fail(err, AMTS_ENOTFOUND, "'%s' is not a blob", id->hex);
	else
		*out = amts_arena_str(arena, (struct amts_str){ git_odb_object_data(obj),
						     git_odb_object_size(obj) });
	git_odb_object_free(obj);
	return rc;
}

int amts_repo_blob_at(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *commit, struct amts_str path, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	int rc = amts_git_commit_tree(&tree, repo, commit, err);

	if (!rc)
		rc = git_tree_entry_bypath(&entry, tree, amts_arena_z(arena, path));
	if (!rc && git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		amts_git_oid_out(out, git_tree_entry_id(entry));
	else if (tree)
		rc = amts_fail(err, AMTS_ENOTFOUND,
			"no file '" AMTS_STR_FMT "' in commit '%s'", AMTS_STR_ARG(path),
			commit->hex);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	amts_arena_free(arena);
	return rc;
}

int amts_repo_has(struct amts_repo *repo, const struct amts_oid *id)
{
	struct amts_error ignored;
	git_oid oid;

	return find_lent(repo, id) ||
	       (!amts_git_oid(&oid, id, &ignored) && git_odb_exists(repo->odb, &oid));
}
