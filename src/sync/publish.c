/* What was planned becomes commits; the branch moves once, at the very end. */
#include "sync/layout.h"
#include "sync/work.h"

#include <string.h>

struct publisher {
	struct amts_sync *s;
	struct amts_arena *arena; /* of one commit */
	const char *engine;
	struct amts_str record; /* as last written */
	struct amts_oid at;
	struct amts_file_write files[5];
	size_t n;
};

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

static void put_snapshot(struct publisher *p, const struct work *w)
{
	const struct amts_file *f = w->file;
	struct amts_str path;

	if (!f->snapshot.n)
		return;
	path = amts_layout_expand(
		p->arena, p->s->target->snapshot, p->s->target->lang, f->new_path);
	if (!amts_str_eq(path, f->snapshot))
		take_away(p, f->snapshot);
	put(p, path, w->head);
}

/* With a snapshot the record holds only what is pending. */
static void put_record(struct publisher *p, const struct work *w)
{
	struct amts_record *r = &p->s->record;
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_record_entry *e;
	struct amts_str rest = AMTS_STR("");

	e = amts_record_find(r, w->file->tgt_path);
	if (e)
		rest = e->rest;
	amts_record_remove(r, w->file->tgt_path);
	if (w->npending || !w->file->snapshot.n) {
		e = amts_record_put(r, p->s->arena, w->file->new_path);
		e->source = w->file->head;
		e->pending = AMTS_NEW(p->s->arena, struct amts_pending, w->npending);
		e->npending = w->npending;
		if (w->npending)
			memcpy(e->pending, w->pending, w->npending * sizeof(*e->pending));
		e->rest = rest;
	}
	amts_record_write(&b, r);
	if (!amts_str_eq(amts_buf_str(&b), p->record)) {
		p->record = amts_arena_str(p->s->arena, amts_buf_str(&b));
		put(p, AMTS_STR(AMTS_RECORD_FILE), p->record);
	}
	amts_buf_release(&b);
}

static void put_translation(struct publisher *p, const struct work *w)
{
	const struct amts_file *f = w->file;

	if (!amts_str_eq(f->tgt_path, f->new_path))
		take_away(p, f->tgt_path);
	else if (amts_str_eq(amts_buf_str(&w->out), w->target))
		return;
	put(p, f->new_path, amts_buf_str(&w->out));
}

/* Subject, what was done where, trailers (git-interpret-trailers(1)). */
static struct amts_str message(struct publisher *p, const struct work *w)
{
	const struct amts_sync_info *info = &p->s->info;
	const size_t *c = w->outcome->counts;
	size_t drafted = c[AMTS_ACTION_DRAFT] + c[AMTS_ACTION_INSERT];
	size_t kept = c[AMTS_ACTION_KEEP] + c[AMTS_ACTION_COPY] + c[AMTS_ACTION_MERGE] +
		      c[AMTS_ACTION_TOKENS] + c[AMTS_ACTION_MOVE];

	return amts_arena_fmt(p->arena,
		"Sync " AMTS_STR_FMT " with %s %.7s\n\n" AMTS_STR_FMT "%s"
		"Amts-Source: %s@%s\nAmts-Lang: %s\nAmts-Engine: %s\n"
		"Amts-Units: %zu drafted, %zu kept, %zu pending\n",
		AMTS_STR_ARG(w->file->new_path), info->source_name, info->source.hex,
		AMTS_STR_ARG(w->steps), w->steps.n ? "\n" : "", info->source_name,
		info->source.hex, info->lang, p->engine, drafted, kept,
		w->outcome->pending);
}

static int commit_one(struct publisher *p, struct work *w, struct amts_error *err)
{
	struct amts_oid id;
	int rc;

	p->n = 0;
	p->arena = amts_arena_new();
	put_translation(p, w);
	put_snapshot(p, w);
	put_record(p, w);
	rc = amts_repo_commit(&id, p->s->tgt, &p->at, p->files, p->n, message(p, w).p,
		p->s->info.source_time, err);
	amts_arena_free(p->arena);
	if (!rc)
		w->outcome->commit = p->at = id;
	return rc;
}

int amts_publish(struct amts_sync_result *result, struct amts_sync *s, struct work *v,
	size_t n, const char *engine, struct amts_error *err)
{
	struct publisher p = { .s = s, .engine = engine, .at = s->info.start };
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;
	int rc = AMTS_OK;

	amts_record_write(&b, &s->record);
	p.record = amts_arena_str(s->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	for (i = 0; !rc && i < n; i++)
		if (!v[i].rc)
			rc = commit_one(&p, &v[i], err);
	if (!rc && !amts_oid_eq(&p.at, &s->info.start))
		rc = amts_repo_move_ref(s->tgt, s->info.review_ref, &s->info.review,
			&p.at,
			amts_arena_fmt(s->arena, "amts-sync: %s", s->info.source.hex).p,
			err);
	if (!rc && !amts_oid_eq(&p.at, &s->info.start))
		result->after = p.at;
	return rc;
}
