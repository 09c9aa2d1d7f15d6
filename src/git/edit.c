/* A new tree out of an old one and some files, without an index. */
#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

/* A folder being rewritten. */
struct level {
	git_treebuilder *b;
	struct amts_str path; /* without a final '/'; empty for the root */
	const char *name;     /* in its parent */
};

struct edit {
	struct amts_repo *repo;
	struct amts_arena *arena;
	struct level *v;
	size_t n, cap;
};

static int push(struct edit *e, const git_tree *from, struct amts_str path,
	const char *name, struct amts_error *err)
{
	struct level l = { NULL, path, name };
	int rc = git_treebuilder_new(&l.b, e->repo->git, from);

	if (rc)
		return amts_git_fail(err, rc, "cannot build tree '" AMTS_STR_FMT "'",
			AMTS_STR_ARG(path));
	AMTS_VEC_PUSH(e->v, e->n, e->cap, l);
	return AMTS_OK;
}

/* Write the innermost folder and put it in its parent; folders left empty vanish. */
static int pop(struct edit *e, git_oid *id, struct amts_error *err)
{
	struct level l = e->v[--e->n], *up = e->n ? &e->v[e->n - 1] : NULL;
	int rc = AMTS_OK;

	if (!up || git_treebuilder_entrycount(l.b)) {
		rc = git_treebuilder_write(id, l.b);
		if (!rc)
			rc = amts_git_check_written(e->repo, id);
		if (!rc && up)
			rc = git_treebuilder_insert(
				NULL, up->b, l.name, id, GIT_FILEMODE_TREE);
	} else if (git_treebuilder_get(up->b, l.name)) {
		rc = git_treebuilder_remove(up->b, l.name);
	}
	git_treebuilder_free(l.b);
	return rc ? amts_git_fail(err, rc, "cannot write the tree of '" AMTS_STR_FMT "/'",
			    AMTS_STR_ARG(l.path))
		  : AMTS_OK;
}

static int descend(
	struct edit *e, struct amts_str path, const char *name, struct amts_error *err)
{
	const git_tree_entry *there = git_treebuilder_get(e->v[e->n - 1].b, name);
	git_tree *tree = NULL;
	int rc;

	if (there && git_tree_entry_type(there) != GIT_OBJECT_TREE)
		return amts_fail(err, AMTS_EFAIL, "'" AMTS_STR_FMT "' is not a folder",
			AMTS_STR_ARG(path));
	if (there) {
		rc = git_tree_lookup(&tree, e->repo->git, git_tree_entry_id(there));
		if (rc)
			return amts_git_fail(err, rc,
				"cannot read tree '" AMTS_STR_FMT "'",
				AMTS_STR_ARG(path));
	}
	rc = push(e, tree, path, name, err);
	git_tree_free(tree);
	return rc;
}

static int is_inside(struct amts_str path, struct amts_str folder)
{
	return !folder.n || (path.n > folder.n && path.p[folder.n] == '/' &&
				    amts_str_starts(path, folder));
}

/* Make the innermost level the folder of path; *name is what is left. */
static int go_to(
	struct edit *e, struct amts_str path, const char **name, struct amts_error *err)
{
	git_oid id;
	int rc = AMTS_OK;

	while (!rc && !is_inside(path, e->v[e->n - 1].path))
		rc = pop(e, &id, err);
	while (!rc) {
		size_t done = e->v[e->n - 1].path.n, beg = done ? done + 1 : 0;
		size_t end = amts_str_find(path, AMTS_STR("/"), beg);

		*name = amts_arena_z(e->arena, amts_str_sub(path, beg, end));
		if (end == beg)
			return amts_fail(err, AMTS_EFAIL,
				"cannot write '" AMTS_STR_FMT "'", AMTS_STR_ARG(path));
		if (end == path.n)
			break;
		rc = descend(e, amts_str_sub(path, 0, end), *name, err);
	}
	return rc;
}

static int put_file(struct edit *e, const char *name, const struct amts_file_write *f,
	struct amts_error *err)
{
	git_treebuilder *b = e->v[e->n - 1].b;
	const git_tree_entry *old = git_treebuilder_get(b, name);
	git_filemode_t mode = old ? git_tree_entry_filemode(old) : GIT_FILEMODE_BLOB;
	git_oid id;
	int rc;

	if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return amts_fail(err, AMTS_EFAIL,
			"'" AMTS_STR_FMT "' is not a regular file",
			AMTS_STR_ARG(f->path));
	if (!f->bytes.p) {
		rc = old ? git_treebuilder_remove(b, name) : 0;
	} else {
		rc = git_blob_create_from_buffer(
			&id, e->repo->git, f->bytes.p, f->bytes.n);
		if (!rc)
			rc = amts_git_check_written(e->repo, &id);
		if (!rc)
			rc = git_treebuilder_insert(NULL, b, name, &id,
				f->mode ? (git_filemode_t)f->mode : mode);
	}
	return rc ? amts_git_fail(err, rc, "cannot write '" AMTS_STR_FMT "'",
			    AMTS_STR_ARG(f->path))
		  : AMTS_OK;
}

int amts_git_edit_tree(git_oid *out, struct amts_repo *repo, const git_tree *base,
	const struct amts_file_write *files, size_t n, struct amts_error *err)
{
	struct edit e = { .repo = repo, .arena = amts_arena_new() };
	const char *name = NULL;
	size_t i;
	int rc = push(&e, base, AMTS_STR(""), NULL, err);

	for (i = 0; !rc && e.n && i < n; i++) {
		rc = go_to(&e, files[i].path, &name, err);
		if (!rc)
			rc = put_file(&e, name, &files[i], err);
	}
	while (!rc && e.n)
		rc = pop(&e, out, err);
	while (e.n)
		git_treebuilder_free(e.v[--e.n].b);
	free(e.v);
	amts_arena_free(e.arena);
	return rc;
}
