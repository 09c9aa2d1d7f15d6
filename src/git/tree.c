#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

/* A commit's tree is data from strangers: small objects can unfold into huge listings. */
#define MAX_FILES ((size_t)4 << 20)
#define MAX_FOLDERS ((size_t)1 << 20)
#define MAX_PATH_BYTES ((size_t)64 << 10)

/* One open folder of a listing. */
struct folder {
	git_tree *tree;
	size_t next;   /* entry to look at */
	size_t prefix; /* bytes of the path that name this folder, with its '/' */
};

struct listing {
	struct amts_repo *repo;
	struct amts_arena *arena;
	struct folder *v;
	size_t n, cap, entered;
	struct amts_buf path;
	struct amts_tree_entry *files;
	size_t nfiles, cap_files;
};

static int enter(struct listing *l, const git_oid *id, struct amts_error *err)
{
	struct folder f = { NULL, 0, l->path.n };
	char hex[GIT_OID_HEXSZ + 1];
	int rc;

	if (l->entered++ == MAX_FOLDERS)
		return amts_fail(
			err, AMTS_ETOOBIG, "a tree of over %zu folders", MAX_FOLDERS);
	rc = git_tree_lookup(&f.tree, l->repo->git, id);
	git_oid_tostr(hex, sizeof(hex), id);
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(err, l->repo, "tree", hex);
	if (rc)
		return amts_git_fail(err, rc, "cannot read tree '%s'", hex);
	AMTS_VEC_PUSH(l->v, l->n, l->cap, f);
	return AMTS_OK;
}

static int add_file(struct listing *l, const git_tree_entry *e, struct amts_error *err)
{
	struct amts_tree_entry file;

	if (l->nfiles == MAX_FILES)
		return amts_fail(
			err, AMTS_ETOOBIG, "a tree of over %zu files", MAX_FILES);
	file.path = amts_arena_str(l->arena, amts_buf_str(&l->path));
	file.mode = git_tree_entry_filemode(e) == GIT_FILEMODE_BLOB_EXECUTABLE ? 0100755
									       : 0100644;
	amts_git_oid_out(&file.blob, git_tree_entry_id(e));
	AMTS_VEC_PUSH(l->files, l->nfiles, l->cap_files, file);
	return AMTS_OK;
}

static int add_entry(struct listing *l, struct folder at, const git_tree_entry *e,
	struct amts_error *err)
{
	l->path.n = at.prefix;
	amts_buf_addz(&l->path, git_tree_entry_name(e));
	if (l->path.n > MAX_PATH_BYTES)
		return amts_fail(
			err, AMTS_ETOOBIG, "a path of over %zu bytes", MAX_PATH_BYTES);
	switch (git_tree_entry_filemode(e)) {
	case GIT_FILEMODE_TREE:
		amts_buf_addc(&l->path, '/');
		return enter(l, git_tree_entry_id(e), err);
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		return add_file(l, e, err);
	default:
		return AMTS_OK; /* links and submodules hold no translations */
	}
}

/* Depth first in git's own order, which is the byte order of whole paths. */
static int list(struct listing *l, struct amts_error *err)
{
	int rc = AMTS_OK;

	while (!rc && l->n) {
		struct folder *top = &l->v[l->n - 1];

		if (top->next == git_tree_entrycount(top->tree)) {
			git_tree_free(top->tree);
			l->n--;
			continue;
		}
		rc = add_entry(
			l, *top, git_tree_entry_byindex(top->tree, top->next++), err);
	}
	while (l->n)
		git_tree_free(l->v[--l->n].tree);
	return rc;
}

int amts_repo_tree(struct amts_tree *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *commit, struct amts_error *err)
{
	struct listing l = { .repo = repo, .arena = arena, .path = AMTS_BUF_INIT };
	git_tree *root;
	int rc = amts_git_commit_tree(&root, repo, commit, err);

	out->v = NULL;
	out->n = 0;
	if (rc || !root)
		return rc;
	rc = enter(&l, git_tree_id(root), err);
	git_tree_free(root);
	if (!rc)
		rc = list(&l, err);
	if (!rc) {
		out->n = l.nfiles;
		out->v = AMTS_NEW(arena, struct amts_tree_entry, l.nfiles);
		if (l.nfiles)
			memcpy(out->v, l.files, l.nfiles * sizeof(*l.files));
	}
	free(l.v);
	free(l.files);
	amts_buf_release(&l.path);
	return rc;
}

const struct amts_tree_entry *amts_tree_find(
	const struct amts_tree *tree, struct amts_str path)
{
	size_t lo = 0, hi = tree->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = amts_str_cmp(path, tree->v[mid].path);

		if (!c)
			return &tree->v[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

static int is_regular(uint16_t mode)
{
	return (mode & 0170000) == 0100000;
}

static void side(struct amts_str *path, struct amts_oid *blob, struct amts_arena *arena,
	const git_diff_file *f)
{
	*path = amts_arena_str(arena, amts_str_z(f->path));
	amts_git_oid_out(blob, &f->id);
}

/* 1 when the delta is about regular files. */
static int convert(
	struct amts_file_change *out, struct amts_arena *arena, const git_diff_delta *d)
{
	int was = d->status != GIT_DELTA_ADDED && is_regular(d->old_file.mode);
	int is = d->status != GIT_DELTA_DELETED && is_regular(d->new_file.mode);

	memset(out, 0, sizeof(*out));
	if (was)
		side(&out->old_path, &out->old_blob, arena, &d->old_file);
	if (is)
		side(&out->new_path, &out->new_blob, arena, &d->new_file);
	if (!was)
		out->kind = AMTS_CHANGE_ADDED;
	else if (!is)
		out->kind = AMTS_CHANGE_DELETED;
	else if (d->status == GIT_DELTA_RENAMED)
		out->kind = AMTS_CHANGE_RENAMED;
	else
		out->kind = AMTS_CHANGE_MODIFIED;
	return was || is;
}

static int by_path(const void *x, const void *y)
{
	const struct amts_file_change *a = x, *b = y;

	return amts_str_cmp(a->new_path.n ? a->new_path : a->old_path,
		b->new_path.n ? b->new_path : b->old_path);
}

static void convert_all(
	struct amts_file_changes *out, struct amts_arena *arena, git_diff *diff)
{
	size_t i, n = git_diff_num_deltas(diff);

	out->v = AMTS_NEW(arena, struct amts_file_change, n);
	out->n = 0;
	for (i = 0; i < n; i++)
		out->n += (size_t)convert(
			&out->v[out->n], arena, git_diff_get_delta(diff, i));
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_path);
}

int amts_git_changes(struct amts_file_changes *out, struct amts_arena *arena,
	struct amts_repo *repo, git_tree *a, git_tree *b, int renames,
	struct amts_error *err)
{
	git_diff_find_options find;
	git_diff_options opt;
	git_diff *diff = NULL;
	char hex[GIT_OID_HEXSZ + 1];
	int rc;

	git_oid_tostr(hex, sizeof(hex), b ? git_tree_id(b) : NULL);
	git_diff_options_init(&opt, GIT_DIFF_OPTIONS_VERSION);
	git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
	opt.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
	find.flags = GIT_DIFF_FIND_RENAMES;
	find.rename_limit = 1000; /* git's own default (diff.renameLimit) */
	rc = git_diff_tree_to_tree(&diff, repo->git, a, b, &opt);
	if (!rc && renames)
		rc = git_diff_find_similar(diff, &find);
	if (!rc)
		convert_all(out, arena, diff);
	else if (rc == GIT_ENOTFOUND)
		rc = amts_git_missing(err, repo, "part of tree", hex);
	else
		rc = amts_git_fail(err, rc, "cannot compare with tree '%s'", hex);
	git_diff_free(diff);
	return rc;
}

int amts_repo_diff(struct amts_file_changes *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *from, const struct amts_oid *to,
	struct amts_error *err)
{
	git_tree *a = NULL, *b = NULL;
	int rc = amts_git_commit_tree(&a, repo, from, err);

	if (!rc)
		rc = amts_git_commit_tree(&b, repo, to, err);
	if (!rc)
		rc = amts_git_changes(out, arena, repo, a, b, 1, err);
	git_tree_free(a);
	git_tree_free(b);
	return rc;
}
