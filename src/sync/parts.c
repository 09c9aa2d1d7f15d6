#include "sync/parts.h"
#include "base/alloc.h"
#include "project/layout.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

static uint64_t key_of(struct amts_str path)
{
	return amts_str_hash(path, AMTS_HASH_SEED);
}

static int has(const struct amts_map *map, struct amts_str path)
{
	return path.n && amts_map_get(map, key_of(path)) != AMTS_MAP_NONE;
}

const char *amts_parts_ref(struct amts_sync *s, const char *name)
{
	return amts_arena_fmt(s->arena, "refs/heads/amts/%s%s%s", s->target->lang,
		*name ? "." : "", name)
		.p;
}

/* ---- which branches there are ---- */

static int by_name(const void *x, const void *y)
{
	return strcmp(((const struct amts_branch *)x)->name,
		((const struct amts_branch *)y)->name);
}

static int is_known(const struct amts_parts *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->nothers; i++)
		if (!strcmp(p->others[i].name, name))
			return 1;
	return 0;
}

static void add_branch(struct amts_sync *s, const char *name)
{
	struct amts_parts *p = &s->parts;

	if (!strcmp(name, s->info.part) || strchr(name, '/') || is_known(p, name))
		return;
	p->others = amts_realloc(p->others, (p->nothers + 1) * sizeof(*p->others));
	p->others[p->nothers++] =
		(struct amts_branch){ .name = name, .ref = amts_parts_ref(s, name) };
}

/* Names that follow the prefix, of branches here or of the remote's as fetched last. */
static int list_branches(struct amts_sync *s, const char *prefix, struct amts_error *err)
{
	const char **v;
	size_t i, n;
	int rc = amts_repo_refs(&v, &n, s->arena, s->tgt, prefix, err);

	for (i = 0; !rc && i < n; i++)
		add_branch(s, v[i] + strlen(prefix));
	return rc;
}

static int find_names(struct amts_sync *s, struct amts_error *err)
{
	const char *remote = amts_sync_remote(s), *lang = s->target->lang;
	int rc = list_branches(
		s, amts_arena_fmt(s->arena, "refs/heads/amts/%s.", lang).p, err);

	if (!rc)
		rc = list_branches(s,
			amts_arena_fmt(s->arena, "refs/remotes/%s/amts/%s.", remote, lang)
				.p,
			err);
	if (!rc && *s->info.part)
		add_branch(s, "");
	if (s->parts.nothers)
		qsort(s->parts.others, s->parts.nothers, sizeof(*s->parts.others),
			by_name);
	return rc;
}

/* ---- whose page it is ---- */

/* The page of a path of the target, which may be a snapshot. */
static struct amts_str page_of(struct amts_sync *s, struct amts_str path)
{
	const struct amts_target *t = s->target;
	struct amts_str page;

	return t->snapshot && amts_layout_match(
				      &page, s->arena, t->snapshot, t->lang, path)
		       ? page
		       : path;
}

static int read_record(struct amts_record *out, struct amts_sync *s,
	const struct amts_oid *blob, struct amts_error *err)
{
	struct amts_str bytes = AMTS_STR("");
	int rc = blob->hex[0] ? amts_repo_blob(&bytes, s->arena, s->tgt, blob, err)
			      : AMTS_OK;

	return rc ? rc : amts_record_parse(out, s->arena, bytes, err);
}

static int is_record(const struct amts_file_change *c)
{
	return amts_str_eq(
		c->new_path.n ? c->new_path : c->old_path, AMTS_STR(AMTS_RECORD_FILE));
}

static void add_lines(
	struct amts_map *pages, const struct amts_record *a, const struct amts_record *b)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (!amts_record_same(&a->v[i], amts_record_find(b, a->v[i].path)))
			amts_map_add(pages, key_of(a->v[i].path), 1);
}

/* Pages whose lines differ. */
static int add_record(struct amts_map *pages, struct amts_sync *s,
	const struct amts_file_change *c, struct amts_error *err)
{
	struct amts_record old, new;
	int rc = read_record(&old, s, &c->old_blob, err);

	if (!rc)
		rc = read_record(&new, s, &c->new_blob, err);
	if (rc)
		return rc;
	add_lines(pages, &old, &new);
	add_lines(pages, &new, &old);
	return AMTS_OK;
}

static int find_pages(struct amts_map *pages, struct amts_file_changes *c,
	struct amts_sync *s, const struct amts_oid *parted, const struct amts_oid *tip,
	struct amts_error *err)
{
	size_t i;
	int rc = amts_repo_diff(c, s->arena, s->tgt, parted, tip, err);

	for (i = 0; !rc && i < c->n; i++) {
		const struct amts_file_change *f = &c->v[i];

		if (is_record(f)) {
			rc = add_record(pages, s, f, err);
			continue;
		}
		if (f->old_path.n)
			amts_map_add(pages, key_of(page_of(s, f->old_path)), 1);
		if (f->new_path.n)
			amts_map_add(pages, key_of(page_of(s, f->new_path)), 1);
	}
	return rc;
}

int amts_parts_has(const struct amts_sync *s, struct amts_str page)
{
	return has(&s->parts.mine, page);
}

const struct amts_branch *amts_parts_owner(
	const struct amts_sync *s, struct amts_str page)
{
	const struct amts_parts *p = &s->parts;
	size_t i;

	for (i = 0; i < p->nothers; i++)
		if (has(&p->others[i].pages, page))
			return has(&p->mine, page) &&
					       strcmp(s->info.part, p->others[i].name) < 0
				       ? NULL
				       : &p->others[i];
	return NULL;
}

int amts_parts_is_mine(const struct amts_sync *s, const struct amts_file *f)
{
	if (amts_parts_owner(s, f->tgt_path) || amts_parts_owner(s, f->new_path))
		return 0;
	return !s->parts.only_mine || amts_parts_has(s, f->tgt_path) ||
	       amts_parts_has(s, f->new_path);
}

void amts_parts_give(struct amts_sync *s, struct amts_str page)
{
	amts_map_add(&s->parts.mine, key_of(page), 1);
}

/* ---- what the others have, laid over ---- */

static int by_path(const void *x, const void *y)
{
	return amts_str_cmp(((const struct amts_tree_entry *)x)->path,
		((const struct amts_tree_entry *)y)->path);
}

static void lay_over_tree(struct amts_sync *s, const struct amts_branch *b,
	const struct amts_file_changes *c, const struct amts_tree *tree)
{
	struct amts_tree all = {
		AMTS_NEW(s->arena, struct amts_tree_entry, s->tgt_tree.n + c->n + 1), 0
	};
	struct amts_map gone = { 0 };
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct amts_file_change *f = &c->v[i];
		struct amts_str path = f->new_path.n ? f->new_path : f->old_path;
		const struct amts_tree_entry *e = amts_tree_find(tree, path);

		if (is_record(f) || amts_parts_owner(s, page_of(s, path)) != b)
			continue;
		amts_map_add(&gone, key_of(path), 1);
		if (f->old_path.n)
			amts_map_add(&gone, key_of(f->old_path), 1);
		if (f->new_path.n && e)
			all.v[all.n++] = *e;
	}
	for (i = 0; i < s->tgt_tree.n; i++)
		if (!has(&gone, s->tgt_tree.v[i].path))
			all.v[all.n++] = s->tgt_tree.v[i];
	qsort(all.v, all.n, sizeof(*all.v), by_path);
	s->tgt_tree = all;
	amts_map_release(&gone);
}

static void lay_line(struct amts_record *r, struct amts_arena *arena,
	const struct amts_record_entry *line, struct amts_str path)
{
	if (!line)
		amts_record_remove(r, path);
	else
		*amts_record_put(r, arena, path) = *line;
}

static int lay_over_record(struct amts_sync *s, const struct amts_branch *b,
	const struct amts_tree *tree, struct amts_error *err)
{
	const struct amts_tree_entry *e =
		amts_tree_find(tree, AMTS_STR(AMTS_RECORD_FILE));
	struct amts_record theirs;
	size_t i;
	int rc = read_record(&theirs, s, e ? &e->blob : &(struct amts_oid){ "" }, err);

	for (i = 0; !rc && i < theirs.n; i++)
		if (amts_parts_owner(s, theirs.v[i].path) == b)
			lay_line(&s->record, s->arena, &theirs.v[i], theirs.v[i].path);
	for (i = s->record.n; !rc && i-- > 0;) {
		struct amts_str path = s->record.v[i].path;

		if (amts_parts_owner(s, path) == b && !amts_record_find(&theirs, path))
			amts_record_remove(&s->record, path);
	}
	return rc;
}

static int lay_over(struct amts_sync *s, const struct amts_branch *b,
	const struct amts_file_changes *c, struct amts_error *err)
{
	struct amts_tree tree;
	int rc = amts_repo_tree(&tree, s->arena, s->tgt, &b->tip, err);

	if (rc)
		return rc;
	lay_over_tree(s, b, c, &tree);
	return lay_over_record(s, b, &tree, err);
}

/* ---- */

/* Those that are merged already, or that are nobody's business, go from the list. */
static int find_open(struct amts_sync *s, struct amts_error *err)
{
	struct amts_parts *p = &s->parts;
	size_t i, n = 0;
	int open, rc = AMTS_OK;

	for (i = 0; !rc && i < p->nothers; i++) {
		rc = amts_sync_find_branch(&open, &p->others[i], s, err);
		if (!rc && open)
			p->others[n++] = p->others[i];
	}
	p->nothers = n;
	return rc;
}

int amts_parts_know_mine(struct amts_sync *s, struct amts_error *err)
{
	struct amts_file_changes c;
	struct amts_oid parted;
	int rc = amts_sync_find_parted(&parted, s, err);

	if (rc || !parted.hex[0])
		return rc;
	return find_pages(&s->parts.mine, &c, s, &parted, &s->info.start, err);
}

static void copy_record(
	struct amts_record *out, struct amts_arena *arena, const struct amts_record *from)
{
	*out = *from;
	out->cap = out->n;
	out->v = AMTS_NEW(arena, struct amts_record_entry, out->n + 1);
	if (out->n)
		memcpy(out->v, from->v, out->n * sizeof(*out->v));
}

int amts_parts_find(struct amts_sync *s, struct amts_error *err)
{
	struct amts_parts *p = &s->parts;
	struct amts_file_changes *changes;
	size_t i;
	int rc = find_names(s, err);

	copy_record(&p->start, s->arena, &s->record);
	if (!rc)
		rc = find_open(s, err);
	if (rc || (!p->nothers && !p->only_mine))
		return rc;
	changes = AMTS_NEW(s->arena, struct amts_file_changes, p->nothers + 1);
	rc = amts_parts_know_mine(s, err);
	for (i = 0; !rc && i < p->nothers; i++)
		rc = find_pages(&p->others[i].pages, &changes[i], s, &p->others[i].parted,
			&p->others[i].tip, err);
	for (i = 0; !rc && i < p->nothers; i++)
		rc = lay_over(s, &p->others[i], &changes[i], err);
	return rc;
}

void amts_parts_release(struct amts_parts *p)
{
	size_t i;

	for (i = 0; i < p->nothers; i++)
		amts_map_release(&p->others[i].pages);
	amts_map_release(&p->mine);
	free(p->others);
}

void amts_parts_own_record(struct amts_record *out, struct amts_sync *s)
{
	const struct amts_parts *p = &s->parts;
	const struct amts_record *start = &p->start;
	struct amts_str path;
	size_t i;

	copy_record(out, s->arena, &s->record);
	for (i = out->n; i-- > 0;) {
		path = out->v[i].path;
		if (amts_parts_owner(s, path) ||
			(p->only_mine && !amts_parts_has(s, path)))
			lay_line(out, s->arena, amts_record_find(start, path), path);
	}
	for (i = 0; i < start->n; i++)
		if (amts_parts_owner(s, start->v[i].path))
			lay_line(out, s->arena, &start->v[i], start->v[i].path);
}
