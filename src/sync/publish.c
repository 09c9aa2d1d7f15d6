/* What was planned becomes commits; the branch moves once, at the very end. */
#include "project/layout.h"
#include "sync/work.h"

#include <stdio.h>
#include <string.h>

static void put(struct publisher *p, struct amts_str path, struct amts_str bytes)
{
	if (bytes.n == 0 && !bytes.p)
		bytes = AMTS_STR("");
	p->files[p->n++] = (struct amts_file_write){ path, bytes, 0 };
}

static void take_away(struct publisher *p, struct amts_str path)
{
	p->files[p->n++] = (struct amts_file_write){ path, { NULL, 0 }, 0 };
}

/* The source it was made from lies, or is to lie, beside the translation. */
static int has_snapshot(const struct publisher *p, const struct amts_file *f)
{
	return f->tgt_path.n ? f->snapshot.n > 0 : p->sync->target->snapshot != NULL;
}

static void put_snapshot(struct publisher *p, const struct work *w)
{
	const struct amts_file *f = w->file;
	struct amts_str path;

	if (!has_snapshot(p, f))
		return;
	path = amts_layout_expand(
		p->arena, p->sync->target->snapshot, p->sync->target->lang, f->new_path);
	if (f->snapshot.n && !amts_str_eq(path, f->snapshot))
		take_away(p, f->snapshot);
	put(p, path, w->head);
}

static void write_record(struct publisher *p)
{
	struct amts_buf b = AMTS_BUF_INIT;

	amts_record_write(&b, &p->own);
	if (amts_str_eq(amts_buf_str(&b), amts_buf_str(&p->record))) {
		amts_buf_release(&b);
		return;
	}
	amts_buf_release(&p->record);
	p->record = b;
	put(p, AMTS_STR(AMTS_RECORD_FILE), amts_buf_str(&p->record));
}

/* What the source was before the blocks that are pending now came. */
static struct amts_oid pending_from(
	const struct amts_record_entry *old, const struct work *w)
{
	struct amts_oid none = { "" };

	if (old && old->npending)
		return old->from;
	if (w->file->base.hex[0])
		return w->file->base;
	memset(none.hex, '0', 40);
	return none;
}

/* With a snapshot the record holds only what is pending. */
static void put_record(struct publisher *p, const struct work *w)
{
	struct amts_record *r = &p->own;
	struct amts_record_entry *e;
	struct amts_str rest = AMTS_STR("");
	struct amts_oid from;

	e = amts_record_find(r, w->file->tgt_path);
	from = pending_from(e, w);
	if (e)
		rest = e->rest;
	amts_record_remove(r, w->file->tgt_path);
	if (w->npending || !has_snapshot(p, w->file)) {
		e = amts_record_put(r, p->sync->arena, w->file->new_path);
		e->source = w->file->head;
		e->pending = AMTS_NEW(p->sync->arena, struct amts_pending, w->npending);
		e->npending = w->npending;
		e->from = from;
		if (w->npending)
			memcpy(e->pending, w->pending, w->npending * sizeof(*e->pending));
		e->rest = rest;
	}
	write_record(p);
}

/* The source is gone, and so is all that was made from it. */
static void remove_all(struct publisher *p, const struct amts_file *f)
{
	take_away(p, f->tgt_path);
	if (f->snapshot.n)
		take_away(p, f->snapshot);
	amts_record_remove(&p->own, f->tgt_path);
	write_record(p);
}

static void put_translation(struct publisher *p, const struct work *w)
{
	const struct amts_file *f = w->file;

	if (f->tgt_path.n && !amts_str_eq(f->tgt_path, f->new_path))
		take_away(p, f->tgt_path);
	else if (f->tgt_path.n && amts_str_eq(amts_buf_str(&w->out), w->committed))
		return;
	put(p, f->new_path, amts_buf_str(&w->out));
}

static struct amts_str subject(const struct publisher *p, const struct work *w)
{
	static const char *const forms[AMTS_FILE_STATES][2] = {
		[AMTS_FILE_CURRENT] = { "Draft what is pending in", "from" },
		[AMTS_FILE_STALE] = { "Sync", "with" },
		[AMTS_FILE_RENAMED] = { "Sync", "with" },
		[AMTS_FILE_UNTRANSLATED] = { "Add", "from" },
		[AMTS_FILE_DELETED] = { "Remove", "which is not in" },
	};
	const char *const *form = forms[w->file->state];

	return amts_arena_fmt(p->arena, "%s " AMTS_STR_FMT " %s %s %.7s", form[0],
		AMTS_STR_ARG(w->file->new_path), form[1], p->sync->info.source_name,
		p->sync->info.source.hex);
}

/* What is to be known beside the steps. */
static struct amts_str remark(const struct publisher *p, const struct work *w)
{
	const struct amts_file *f = w->file;

	if (f->state == AMTS_FILE_RENAMED)
		return amts_arena_fmt(p->arena,
			"Renamed from " AMTS_STR_FMT ", as its source was.\n\n",
			AMTS_STR_ARG(f->tgt_path));
	if (f->state == AMTS_FILE_UNTRANSLATED)
		return AMTS_STR("New in the source, and in its words where nothing else "
				"is known.\n\n");
	return AMTS_STR("");
}

/* Subject, what was done where, trailers (git-interpret-trailers(1)). */
static struct amts_str message(struct publisher *p, const struct work *w)
{
	const struct amts_sync_info *info = &p->sync->info;

	return amts_arena_fmt(p->arena,
		AMTS_STR_FMT "\n\n" AMTS_STR_FMT AMTS_STR_FMT "%s"
			     "Amts-Source: %s@%s\nAmts-Lang: %s\nAmts-Engine: %s\n"
			     "Amts-Units: %zu drafted, %zu kept, %zu pending\n",
		AMTS_STR_ARG(subject(p, w)), AMTS_STR_ARG(remark(p, w)),
		AMTS_STR_ARG(w->steps), w->steps.n ? "\n" : "", info->source_name,
		info->source.hex, info->lang, p->engine, w->outcome->drafted,
		w->outcome->kept, w->outcome->pending);
}

static int commit_one(struct publisher *p, struct work *w, struct amts_error *err)
{
	struct amts_oid id;
	int rc;

	p->n = 0;
	p->arena = amts_arena_new();
	if (w->file->state == AMTS_FILE_DELETED) {
		remove_all(p, w->file);
	} else {
		put_translation(p, w);
		put_snapshot(p, w);
		put_record(p, w);
	}
	rc = amts_repo_commit(&id, p->sync->tgt, &p->at, p->files, p->n, message(p, w).p,
		p->sync->info.source_time, err);
	amts_arena_free(p->arena);
	if (!rc)
		w->outcome->commit = p->at = id;
	return rc;
}

void amts_publisher_init(struct publisher *p, struct amts_sync *s, const char *engine)
{
	*p = (struct publisher){
		.sync = s, .engine = engine, .record = AMTS_BUF_INIT, .at = s->info.start
	};
	amts_parts_own_record(&p->own, s);
	amts_record_write(&p->record, &p->own);
}

void amts_publisher_release(struct publisher *p)
{
	amts_buf_release(&p->record);
}

int amts_publisher_bring(struct publisher *p, struct amts_error *err)
{
	struct amts_oid id;
	int rc;

	if (!p->sync->bring.from.hex[0])
		return AMTS_OK;
	rc = amts_bring_commit(&id, p->sync, &p->at, err);
	if (!rc)
		p->at = id;
	return rc;
}

int amts_publisher_add(
	struct publisher *p, struct work *v, size_t n, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < n; i++)
		if (!v[i].rc && !v[i].idle)
			rc = commit_one(p, &v[i], err);
	return rc;
}

int amts_publisher_finish(
	struct amts_oid *out, struct publisher *p, struct amts_error *err)
{
	const struct amts_sync_info *info = &p->sync->info;
	char why[96];
	int rc;

	*out = info->review;
	if (amts_oid_eq(&p->at, &info->start))
		return AMTS_OK;
	snprintf(why, sizeof(why), "amts-sync: %s", info->source.hex);
	rc = amts_repo_move_ref(
		p->sync->tgt, info->review_ref, &info->review, &p->at, why, err);
	if (!rc)
		*out = p->at;
	return rc;
}
