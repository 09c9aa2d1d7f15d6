#include "sync/bring.h"
#include "base/alloc.h"
#include "project/layout.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#include "amts/align.h"

#include <stdlib.h>
#include <string.h>

/* A path in three trees and what becomes of it; NULL where there is no such file. */
struct trio {
	struct amts_str path, page; /* page: of a snapshot */
	struct amts_str was;	    /* the path before one side renamed it; else empty */
	const struct amts_tree_entry *base, *ours, *theirs, *out;
};

struct bringing {
	struct amts_sync *sync;
	struct amts_tree base, ours, theirs;
	struct trio *v;
	size_t n;
	struct amts_map again;	    /* pages that are to be drafted anew on theirs */
	struct amts_people *people; /* on the review branch; NULL until asked for */
};

static uint64_t key_of(struct amts_str s)
{
	return amts_str_hash(s, AMTS_HASH_SEED);
}

static int same(const struct amts_tree_entry *a, const struct amts_tree_entry *b)
{
	if (!a || !b)
		return a == b;
	return amts_oid_eq(&a->blob, &b->blob) && a->mode == b->mode;
}

/* 1 when both sides changed it, and not in the same way; else `out` is filled. */
static int is_mixed(struct trio *t)
{
	t->out = same(t->base, t->theirs) ? t->ours : t->theirs;
	return !same(t->ours, t->theirs) && !same(t->base, t->ours) &&
	       !same(t->base, t->theirs);
}

/* ---- the three trees ---- */

static const struct amts_tree_entry *take(
	const struct amts_tree *tree, size_t *at, struct amts_str path)
{
	if (*at >= tree->n || !amts_str_eq(tree->v[*at].path, path))
		return NULL;
	return &tree->v[(*at)++];
}

static void least(struct amts_str *path, const struct amts_tree *tree, size_t at)
{
	if (at < tree->n && (!path->p || amts_str_cmp(tree->v[at].path, *path) < 0))
		*path = tree->v[at].path;
}

static void line_up(struct bringing *b)
{
	struct amts_sync *s = b->sync;
	size_t i = 0, j = 0, k = 0;

	b->v = AMTS_NEW(s->arena, struct trio, b->base.n + b->ours.n + b->theirs.n + 1);
	for (;;) {
		struct trio *t = &b->v[b->n];
		struct amts_str path = { NULL, 0 };

		least(&path, &b->base, i);
		least(&path, &b->ours, j);
		least(&path, &b->theirs, k);
		if (!path.p)
			return;
		t->path = path;
		t->base = take(&b->base, &i, path);
		t->ours = take(&b->ours, &j, path);
		t->theirs = take(&b->theirs, &k, path);
		if (!s->target->snapshot ||
			!amts_layout_match(&t->page, s->arena, s->target->snapshot,
				s->target->lang, path))
			t->page = AMTS_STR("");
		b->n++;
	}
}

static int read_trees(
	struct bringing *b, const struct amts_oid *parted, struct amts_error *err)
{
	struct amts_sync *s = b->sync;
	int rc = amts_repo_tree(&b->base, s->arena, s->tgt, parted, err);

	if (!rc)
		rc = amts_repo_tree(&b->ours, s->arena, s->tgt, &s->info.start, err);
	if (!rc)
		rc = amts_repo_tree(&b->theirs, s->arena, s->tgt, &s->info.target, err);
	return rc;
}

/* ---- renames ---- */

static struct trio *trio_at(struct bringing *b, struct amts_str path)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = amts_str_cmp(b->v[mid].path, path);

		if (!c)
			return &b->v[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* What one side has at `to` is what was at `from`: there the other side's changes go. */
static void join(struct bringing *b, struct amts_str from, struct amts_str to, int by_us)
{
	struct trio *old = trio_at(b, from), *new = trio_at(b, to);
	const struct amts_tree_entry **gone, **side;

	if (!old || !new || !old->base || new->base)
		return;
	gone = by_us ? &new->theirs : &new->ours;
	side = by_us ? &old->theirs : &old->ours;
	if (*gone || !*side || (by_us ? old->ours : old->theirs))
		return;
	new->was = old->path;
	new->base = old->base;
	*gone = *side;
	old->base = *side = NULL;
}

static struct amts_str snapshot_of(struct bringing *b, struct amts_str page)
{
	const struct amts_target *t = b->sync->target;

	return amts_layout_expand(b->sync->arena, t->snapshot, t->lang, page);
}

static int follow_renames(struct bringing *b, const struct amts_oid *parted,
	const struct amts_oid *tip, int by_us, struct amts_error *err)
{
	struct amts_file_changes c;
	size_t i;
	int rc = amts_repo_diff(&c, b->sync->arena, b->sync->tgt, parted, tip, err);

	for (i = 0; !rc && i < c.n; i++) {
		const struct amts_file_change *f = &c.v[i];
		struct trio *new =
			f->kind == AMTS_CHANGE_RENAMED ? trio_at(b, f->new_path) : NULL;

		if (!new || new->page.n)
			continue;
		join(b, f->old_path, f->new_path, by_us);
		if (b->sync->target->snapshot)
			join(b, snapshot_of(b, f->old_path), snapshot_of(b, f->new_path),
				by_us);
	}
	return rc;
}

/* ---- files that both changed ---- */

static int read_blob(struct amts_str *out, struct bringing *b,
	const struct amts_tree_entry *e, struct amts_error *err)
{
	*out = AMTS_STR("");
	return e ? amts_repo_blob(out, b->sync->arena, b->sync->tgt, &e->blob, err)
		 : AMTS_OK;
}

static int lend(
	struct trio *t, struct bringing *b, struct amts_str bytes, struct amts_error *err)
{
	struct amts_tree_entry *e = AMTS_NEW(b->sync->arena, struct amts_tree_entry, 1);

	*e = t->ours ? *t->ours : *t->theirs;
	if (t->base && t->theirs && e->mode == t->base->mode)
		e->mode = t->theirs->mode;
	t->out = e;
	return amts_repo_lend_blob(&e->blob, b->sync->tgt, bytes, err);
}

static int merge_text(
	int *conflict, struct trio *t, struct bringing *b, struct amts_error *err)
{
	struct amts_text_merge in = { .label_base = NULL };
	size_t conflicts = 1;
	struct amts_buf out = AMTS_BUF_INIT;
	int rc = read_blob(&in.base, b, t->base, err);

	*conflict = 1;
	if (!t->ours || !t->theirs)
		return rc;
	if (!rc)
		rc = read_blob(&in.ours, b, t->ours, err);
	if (!rc)
		rc = read_blob(&in.theirs, b, t->theirs, err);
	if (!rc)
		rc = amts_text_merge(&out, &conflicts, &in, err);
	*conflict = conflicts > 0;
	if (!rc && !*conflict)
		rc = lend(t, b, amts_buf_str(&out), err);
	amts_buf_release(&out);
	return rc;
}

static int is_by_people(
	int *out, struct bringing *b, const struct trio *t, struct amts_error *err)
{
	int rc = AMTS_OK;

	if (!b->people)
		rc = amts_people_new(&b->people, b->sync, err);
	if (!rc)
		rc = amts_people_changed(out, b->people, t->path, err);
	if (!rc && !*out && t->was.n)
		rc = amts_people_changed(out, b->people, t->was, err);
	return rc;
}

static int merge_page(struct trio *t, struct bringing *b, struct amts_error *err)
{
	struct amts_bring *bring = &b->sync->bring;
	int conflict, by_people, rc = merge_text(&conflict, t, b, err);

	bring->mixed = 1;
	if (rc || !conflict)
		return rc;
	rc = is_by_people(&by_people, b, t, err);
	if (!rc && by_people && !bring->stuck)
		bring->stuck = amts_arena_z(b->sync->arena, t->path);
	t->out = t->theirs;
	amts_map_add(&b->again, key_of(t->path), 1);
	return rc;
}

static int is_again(const struct bringing *b, struct amts_str page)
{
	return amts_map_get(&b->again, key_of(page)) != AMTS_MAP_NONE;
}

/* Is this version of the source, of two, the newer one, as far as its head tells? */
static int is_head(struct bringing *b, struct amts_str page, const struct amts_oid *blob)
{
	struct amts_sync *s = b->sync;
	const struct amts_config *cfg = &s->project->cfg;
	const struct amts_tree_entry *e;
	struct amts_str document;

	if (!amts_layout_match(
		    &document, s->arena, s->target->path, s->target->lang, page))
		return 0;
	e = amts_tree_find(&s->src_tree,
		amts_layout_expand(s->arena, cfg->source_path, cfg->src_lang, document));
	return e && amts_oid_eq(&e->blob, blob);
}

static void choose_snapshot(struct trio *t, struct bringing *b)
{
	int mixed = is_mixed(t);

	if (is_again(b, t->page))
		t->out = t->theirs;
	else if (mixed)
		t->out = t->theirs && (!t->ours || is_head(b, t->page, &t->theirs->blob))
				 ? t->theirs
				 : t->ours;
}

/* ---- the record ---- */

static const struct amts_record_entry *choose_line(struct bringing *b,
	const struct amts_record_entry *base, const struct amts_record_entry *ours,
	const struct amts_record_entry *theirs)
{
	struct amts_str page = ours ? ours->path : theirs->path;

	if (is_again(b, page) || amts_record_same(base, ours))
		return theirs;
	if (amts_record_same(base, theirs) || !theirs)
		return ours;
	if (!ours || (is_head(b, page, &theirs->source) &&
			     !amts_oid_eq(&ours->source, &theirs->source)))
		return theirs;
	return ours;
}

static void put_line(struct amts_record *r, struct amts_arena *arena,
	const struct amts_record_entry *line)
{
	struct amts_record_entry *e;

	if (!line)
		return;
	e = amts_record_put(r, arena, line->path);
	*e = *line;
}

/* The line of a renamed page is one line, whatever path a side has it under. */
static void rename_lines(struct amts_record *r, struct bringing *b)
{
	struct amts_arena *arena = b->sync->arena;
	struct amts_record_entry line;
	size_t i;

	for (i = 0; i < b->n; i++) {
		const struct trio *t = &b->v[i];
		const struct amts_record_entry *e =
			t->was.n ? amts_record_find(r, t->was) : NULL;

		if (!e || amts_record_find(r, t->path))
			continue;
		line = *e;
		line.path = t->path;
		amts_record_remove(r, t->was);
		put_line(r, arena, &line);
	}
}

static int merge_record(struct trio *t, struct bringing *b, struct amts_error *err)
{
	const struct amts_tree_entry *const from[3] = { t->base, t->ours, t->theirs };
	struct amts_arena *arena = b->sync->arena;
	struct amts_record r[3], all = { .n = 0 };
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_str bytes;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < 3; i++) {
		rc = read_blob(&bytes, b, from[i], err);
		if (!rc)
			rc = amts_record_parse(&r[i], arena, bytes, err);
		if (!rc)
			rename_lines(&r[i], b);
	}
	if (rc)
		return rc;
	all.comments = r[2].comments.n ? r[2].comments : r[1].comments;
	for (i = 0; i < r[1].n; i++)
		put_line(&all, arena,
			choose_line(b, amts_record_find(&r[0], r[1].v[i].path),
				&r[1].v[i], amts_record_find(&r[2], r[1].v[i].path)));
	for (i = 0; i < r[2].n; i++)
		if (!amts_record_find(&r[1], r[2].v[i].path))
			put_line(&all, arena,
				choose_line(b, amts_record_find(&r[0], r[2].v[i].path),
					NULL, &r[2].v[i]));
	amts_record_write(&out, &all);
	rc = lend(t, b, amts_buf_str(&out), err);
	amts_buf_release(&out);
	return rc;
}

/* ---- all of it ---- */

static int is_record(const struct trio *t)
{
	return amts_str_eq(t->path, AMTS_STR(AMTS_RECORD_FILE));
}

static int merge_all(struct bringing *b, struct amts_error *err)
{
	struct trio *record = NULL;
	size_t i;
	int conflict, rc = AMTS_OK;

	for (i = 0; !rc && i < b->n; i++) {
		struct trio *t = &b->v[i];

		if (is_record(t))
			record = t;
		else if (!t->page.n && is_mixed(t))
			rc = merge_page(t, b, err);
	}
	for (i = 0; !rc && i < b->n; i++)
		if (b->v[i].page.n)
			choose_snapshot(&b->v[i], b);
	if (rc || !record || !(is_mixed(record) || b->sync->bring.mixed) ||
		!(record->ours || record->theirs))
		return rc;
	rc = merge_text(&conflict, record, b, err);
	b->sync->bring.mixed |= conflict; /* nobody else could merge it */
	return rc ? rc : merge_record(record, b, err);
}

static void put_tree(struct bringing *b)
{
	struct amts_bring *bring = &b->sync->bring;
	size_t i;

	bring->merged.v = AMTS_NEW(b->sync->arena, struct amts_tree_entry, b->n + 1);
	for (i = 0; i < b->n; i++)
		if (b->v[i].out)
			bring->merged.v[bring->merged.n++] = *b->v[i].out;
	bring->theirs = b->theirs;
	bring->from = b->sync->info.target;
}

int amts_bring_plan(struct amts_sync *s, struct amts_error *err)
{
	struct bringing b = { .sync = s };
	struct amts_oid parted;
	int rc = amts_sync_find_parted(&parted, s, err);

	if (rc || !parted.hex[0] || amts_oid_eq(&parted, &s->info.target))
		return rc;
	rc = read_trees(&b, &parted, err);
	if (!rc) {
		line_up(&b);
		rc = follow_renames(&b, &parted, &s->info.start, 1, err);
	}
	if (!rc)
		rc = follow_renames(&b, &parted, &s->info.target, 0, err);
	if (!rc)
		rc = merge_all(&b, err);
	if (!rc && !s->bring.stuck)
		put_tree(&b);
	s->bring.parted = parted;
	amts_map_release(&b.again);
	amts_people_free(b.people);
	return rc;
}

/* ---- the commit ---- */

static int add_write(struct amts_file_write *w, struct amts_sync *s,
	const struct amts_tree_entry *e, struct amts_error *err)
{
	int rc = amts_repo_blob(&w->bytes, s->arena, s->tgt, &e->blob, err);

	if (!rc && !w->bytes.n)
		w->bytes = AMTS_STR("");
	w->path = e->path;
	w->mode = e->mode;
	return rc;
}

static const char *message(struct amts_sync *s)
{
	const struct amts_sync_info *info = &s->info;

	return amts_arena_fmt(s->arena,
		"Merge %.7s into %s\n\nThe translation's branch has moved.\n\n"
		"Amts-Source: %s@%s\nAmts-Lang: %s\n",
		s->bring.from.hex, info->review_ref + sizeof("refs/heads/") - 1,
		info->source_name, info->source.hex, info->lang)
		.p;
}

int amts_bring_commit(struct amts_oid *out, struct amts_sync *s,
	const struct amts_oid *at, struct amts_error *err)
{
	const struct amts_tree *all = &s->bring.merged, *old = &s->bring.theirs;
	struct amts_file_write *v = amts_calloc(all->n + old->n + 1, sizeof(*v));
	size_t i, n = 0;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < all->n; i++)
		if (!same(&all->v[i], amts_tree_find(old, all->v[i].path)))
			rc = add_write(&v[n++], s, &all->v[i], err);
	for (i = 0; i < old->n; i++)
		if (!amts_tree_find(all, old->v[i].path))
			v[n++].path = old->v[i].path;
	if (!rc)
		rc = amts_repo_commit_merge(out, s->tgt, at, &s->bring.from,
			&s->bring.parted, v, n, message(s), s->info.source_time, err);
	free(v);
	return rc;
}
