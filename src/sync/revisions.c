#include "sync/revisions.h"
#include "base/alloc.h"
#include "base/map.h"
#include "infer/front_matter.h"
#include "infer/woven.h"
#include "project/layout.h"
#include "sync/former.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

/* A document as the commits so far left it. */
struct document {
	struct amts_str path;
	struct amts_oid target, recorded, merged; /* blobs; "" for none */
	struct amts_oid snapshot[1 + FORMER_MAX]; /* where it is now, and was before */
	size_t recorded_at, merged_at;		  /* states that set them */
	struct amts_oid named; /* blob that the translation itself names */
	size_t named_at;
	int woven;   /* the translation holds the source */
	size_t last; /* its latest revision, or AMTS_REVISION_FIRST */
	int read;    /* named and woven are of this target */
	int touched; /* by the state at hand */
};

struct walk {
	struct amts_sync *sync;
	struct amts_arena *arena; /* the caller's */
	struct amts_ancestry *ancestry;
	const struct amts_oid *merged; /* commit of the source that the state has */
	struct amts_tree source;       /* of it */
	struct amts_arena *source_arena;
	struct amts_record record;
	struct amts_former former;
	struct amts_map roles; /* of a path: role */
	struct document *docs;
	size_t ndocs, docs_cap;
	size_t *touched;
	size_t ntouched, touched_cap;
	struct amts_revision *v; /* heap */
	size_t n, cap;
	size_t state;
	int64_t time; /* when it came to the branch, later than any before */
};

/* What a path is, as a number: none, or a document's target (kind 0) or snapshot. */
#define ROLE_NONE 0
#define KINDS (2 + FORMER_MAX)
#define ROLE_OF(doc, kind) ((doc)*KINDS + 1 + (kind))
#define ROLE_DOC(role) (((role)-1) / KINDS)
#define ROLE_KIND(role) (((role)-1) % KINDS)

static void touch(struct walk *w, size_t doc)
{
	if (w->docs[doc].touched)
		return;
	w->docs[doc].touched = 1;
	AMTS_VEC_PUSH(w->touched, w->ntouched, w->touched_cap, doc);
}

static uint64_t path_key(struct amts_str path)
{
	return amts_str_hash(path, AMTS_HASH_SEED);
}

/* The path of the source of a document, 0 when no translation of it is wanted. */
static int source_path(struct amts_str *out, struct walk *w, struct amts_str tgt_path)
{
	const struct amts_config *cfg = &w->sync->project->cfg;
	const struct amts_target *t = w->sync->target;
	struct amts_str document;

	if (!amts_layout_match(&document, w->arena, t->path, t->lang, tgt_path))
		return 0;
	*out = amts_layout_expand(w->arena, cfg->source_path, cfg->src_lang, document);
	return amts_target_wants(t, *out) &&
	       (w->sync->src != w->sync->tgt || !amts_str_eq(*out, tgt_path));
}

static void merge_source(struct walk *w, struct document *d);

/* The document of a target path, made if need be; SIZE_MAX when it is none. */
static size_t document_of(struct walk *w, struct amts_str path)
{
	struct document d = { .last = AMTS_REVISION_FIRST };
	struct amts_str src;
	size_t role = amts_map_get(&w->roles, path_key(path));

	if (role != AMTS_MAP_NONE)
		return role && !ROLE_KIND(role) ? ROLE_DOC(role) : SIZE_MAX;
	if (!source_path(&src, w, path)) {
		amts_map_add(&w->roles, path_key(path), ROLE_NONE);
		return SIZE_MAX;
	}
	d.path = amts_arena_str(w->arena, path);
	amts_map_add(&w->roles, path_key(path), ROLE_OF(w->ndocs, 0));
	AMTS_VEC_PUSH(w->docs, w->ndocs, w->docs_cap, d);
	merge_source(w, &w->docs[w->ndocs - 1]);
	return w->ndocs - 1;
}

/* The document whose snapshot a path is by a layout, if any. */
static int is_snapshot(
	size_t *doc, struct walk *w, const char *layout, struct amts_str path)
{
	struct amts_str tgt_path;

	if (!layout || !amts_layout_match(
			       &tgt_path, w->arena, layout, w->sync->target->lang, path))
		return 0;
	*doc = document_of(w, tgt_path);
	return 1;
}

static size_t role_of(struct walk *w, struct amts_str path)
{
	size_t role = amts_map_get(&w->roles, path_key(path)), doc, i;

	if (role != AMTS_MAP_NONE)
		return role;
	for (i = 0; i <= w->former.n; i++) {
		const char *layout =
			i ? w->former.layout[i - 1] : w->sync->target->snapshot;

		if (!is_snapshot(&doc, w, layout, path))
			continue;
		role = doc == SIZE_MAX ? ROLE_NONE : ROLE_OF(doc, 1 + i);
		return amts_map_add(&w->roles, path_key(path), role);
	}
	doc = document_of(w, path);
	return doc == SIZE_MAX ? ROLE_NONE : ROLE_OF(doc, 0);
}

static void change_file(struct walk *w, const struct amts_file_change *c)
{
	size_t role = role_of(w, c->new_path.n ? c->new_path : c->old_path), doc;

	if (role == ROLE_NONE)
		return;
	doc = ROLE_DOC(role);
	if (ROLE_KIND(role))
		w->docs[doc].snapshot[ROLE_KIND(role) - 1] = c->new_blob;
	else {
		w->docs[doc].target = c->new_blob;
		w->docs[doc].read = 0;
	}
	touch(w, doc);
}

/* ---- bases ---- */

/* What the record of this commit says; one that cannot be read says nothing new. */
static int read_record(
	struct walk *w, const struct amts_file_change *c, struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_record now = { .n = 0 };
	struct amts_str bytes = AMTS_STR("");
	size_t i, doc;
	int rc = AMTS_OK;

	if (c->new_path.n)
		rc = amts_repo_blob(&bytes, w->arena, w->sync->tgt, &c->new_blob, err);
	if (rc || amts_record_parse(&now, w->arena, bytes, &ignored))
		return rc;
	w->record = now;
	for (i = 0; i < now.n; i++) {
		doc = document_of(w, now.v[i].path);
		if (doc == SIZE_MAX ||
			amts_oid_eq(&w->docs[doc].recorded, &now.v[i].source))
			continue;
		w->docs[doc].recorded = now.v[i].source;
		w->docs[doc].recorded_at = w->state;
		touch(w, doc);
	}
	return rc;
}

/* The source of the document in the source's commit that the state has merged. */
static void merge_source(struct walk *w, struct document *d)
{
	const struct amts_tree_entry *e;
	struct amts_str path;

	if (!w->merged || !source_path(&path, w, d->path))
		return;
	e = amts_tree_find(&w->source, path);
	if (!e || amts_oid_eq(&e->blob, &d->merged))
		return;
	d->merged = e->blob;
	d->merged_at = w->state;
	touch(w, (size_t)(d - w->docs));
}

static int merge_state(
	struct walk *w, const struct amts_oid *commit, struct amts_error *err)
{
	const struct amts_oid *merged = amts_ancestry_of(w->ancestry, commit);
	size_t i;
	int rc;

	if (!merged || merged == w->merged)
		return AMTS_OK;
	amts_arena_free(w->source_arena);
	w->source_arena = amts_arena_new();
	w->merged = merged;
	rc = amts_repo_tree(&w->source, w->source_arena, w->sync->src, merged, err);
	for (i = 0; !rc && i < w->ndocs; i++)
		merge_source(w, &w->docs[i]);
	return rc;
}

/* What the translation itself tells of its source, where nothing else does; what cannot
 * be read tells nothing. */
static int read_target(struct walk *w, struct document *d, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_oid base = { "" }, commit;
	struct amts_str path, bytes, src, tgt;
	int rc = amts_repo_blob(&bytes, arena, w->sync->tgt, &d->target, err);

	d->read = 1;
	d->woven = 0;
	if (!rc && source_path(&path, w, d->path))
		rc = amts_front_matter_base(
			&base, &commit, bytes, w->sync->src, path, err);
	if (!rc && !base.hex[0])
		rc = amts_woven(&d->woven, &src, &tgt, arena, bytes, err);
	if (!amts_oid_eq(&base, &d->named))
		d->named_at = w->state;
	d->named = base;
	amts_arena_free(arena);
	return rc == AMTS_ENOTFOUND || rc == AMTS_ETOOBIG ? AMTS_OK : rc;
}

/* Reading each translation takes its time: only where no snapshot or merge tells. */
static int may_tell(const struct walk *w, const struct document *d)
{
	return !w->sync->target->snapshot && !w->ancestry && d->target.hex[0] && !d->read;
}

/* The source that the state tells; "" for none. */
static const struct amts_oid *base_of(const struct document *d)
{
	size_t i, at = d->recorded_at;
	const struct amts_oid *base = &d->recorded;

	for (i = 0; i <= FORMER_MAX; i++)
		if (d->snapshot[i].hex[0])
			return &d->snapshot[i];
	if (d->merged.hex[0] && (!base->hex[0] || d->merged_at > at)) {
		base = &d->merged;
		at = d->merged_at;
	}
	if (d->named.hex[0] && (!base->hex[0] || d->named_at > at))
		base = &d->named;
	return base->hex[0] || !d->woven ? base : &d->target;
}

/* ---- revisions ---- */

static void add_pending(struct amts_revision *r, struct walk *w)
{
	const struct amts_record_entry *e = amts_record_find(&w->record, r->path);
	struct amts_corpus_pending *v;
	size_t i;

	if (!e || !e->npending)
		return;
	v = AMTS_NEW(w->arena, struct amts_corpus_pending, e->npending);
	for (i = 0; i < e->npending; i++)
		v[i] = (struct amts_corpus_pending){ e->pending[i].src,
			e->pending[i].tgt };
	r->pending = v;
	r->npending = e->npending;
}

static void add_revision(struct walk *w, struct document *d, const struct amts_oid *base,
	const struct amts_oid *commit, int64_t date, int draft)
{
	struct amts_revision r = { .path = d->path,
		.src = *base,
		.tgt = d->target,
		.commit = *commit,
		.date = date,
		.before = d->last,
		.draft = draft,
		.woven = base == &d->target };

	if (!base->hex[0] || !d->target.hex[0])
		return;
	if (d->last != AMTS_REVISION_FIRST && amts_oid_eq(&w->v[d->last].src, base) &&
		amts_oid_eq(&w->v[d->last].tgt, &d->target))
		return;
	add_pending(&r, w);
	d->last = w->n;
	AMTS_VEC_PUSH(w->v, w->n, w->cap, r);
}

/* A document that this commit brought goes on where the one that it was renamed from
 * ended. */
static int follow_renames(
	struct walk *w, const struct amts_history_commit *c, struct amts_error *err)
{
	struct amts_file_changes diff;
	size_t i, from, to, gone = 0, new = 0;
	int rc;

	for (i = 0; i < w->ntouched; i++) {
		const struct document *d = &w->docs[w->touched[i]];

		gone += !d->target.hex[0] && d->last != AMTS_REVISION_FIRST;
		new += d->target.hex[0] && d->last == AMTS_REVISION_FIRST;
	}
	if (!gone || !new || c->parent == AMTS_HISTORY_ROOT)
		return AMTS_OK;
	/* the history is one chain: its parent is the state before */
	rc = amts_repo_diff(&diff, w->arena, w->sync->tgt, &(c - 1)->id, &c->id, err);
	for (i = 0; !rc && i < diff.n; i++) {
		if (diff.v[i].kind != AMTS_CHANGE_RENAMED)
			continue;
		from = document_of(w, diff.v[i].old_path);
		to = document_of(w, diff.v[i].new_path);
		if (from == SIZE_MAX || to == SIZE_MAX ||
			w->docs[to].last != AMTS_REVISION_FIRST)
			continue;
		w->docs[to].last = w->docs[from].last;
		w->docs[from].last = AMTS_REVISION_FIRST;
		memset(w->docs[from].snapshot, 0, sizeof(w->docs[from].snapshot));
	}
	return rc;
}

static int close_state(
	struct walk *w, const struct amts_history_commit *c, struct amts_error *err)
{
	struct amts_arena *scratch = amts_arena_new();
	struct amts_commit_info info;
	int rc = follow_renames(w, c, err), draft = 0;
	size_t i;

	if (!rc && w->ntouched)
		rc = amts_repo_commit_info(&info, scratch, w->sync->tgt, &c->id, err);
	if (!rc && w->ntouched)
		draft = amts_is_draft_commit(w->sync, &info);
	for (i = 0; i < w->ntouched; i++) {
		struct document *d = &w->docs[w->touched[i]];

		d->touched = 0;
		if (!rc && may_tell(w, d))
			rc = read_target(w, d, err);
		if (!rc)
			add_revision(w, d, base_of(d), &c->id, w->time, draft);
	}
	w->ntouched = 0;
	amts_arena_free(scratch);
	return rc;
}

static int take_state(
	struct walk *w, const struct amts_history_commit *c, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	if (w->ancestry)
		rc = merge_state(w, &c->id, err);
	for (i = 0; !rc && i < c->changes.n; i++) {
		const struct amts_file_change *f = &c->changes.v[i];
		struct amts_str path = f->new_path.n ? f->new_path : f->old_path;

		if (amts_str_eq(path, AMTS_STR(AMTS_RECORD_FILE)))
			rc = read_record(w, f, err);
		else
			change_file(w, f);
	}
	return rc ? rc : close_state(w, c, err);
}

/* What is there now, of which more is known than commits say: inferred bases. */
static void add_present(struct walk *w, const struct amts_history *h)
{
	const struct amts_sync *s = w->sync;
	size_t i, doc;

	for (i = 0; h->n && i < s->nfiles; i++) {
		const struct amts_file *f = &s->files[i];

		if (!f->base.hex[0] || !f->tgt_path.n || f->in_review)
			continue;
		doc = document_of(w, f->tgt_path);
		if (doc == SIZE_MAX || !amts_oid_eq(&w->docs[doc].target, &f->target) ||
			base_of(&w->docs[doc])->hex[0])
			continue;
		add_revision(w, &w->docs[doc], &f->base, &h->v[h->n - 1].id, w->time, 0);
	}
}

static void mark_current(struct walk *w)
{
	size_t i;

	for (i = 0; i < w->ndocs; i++) {
		const struct document *d = &w->docs[i];

		if (d->last != AMTS_REVISION_FIRST)
			w->v[d->last].current =
				amts_oid_eq(&d->target, &w->v[d->last].tgt);
	}
}

static int walk_all(struct walk *w, struct amts_error *err)
{
	struct amts_history h;
	struct amts_arena *arena = amts_arena_new();
	size_t i;
	int rc =
		amts_repo_history(&h, arena, w->sync->tgt, &w->sync->info.target, 1, err);

	if (!rc)
		rc = amts_former_find(&w->former, w->arena, w->sync, &h, err);
	if (!rc)
		rc = amts_ancestry_new(&w->ancestry, w->sync, err);
	for (i = 0; !rc && i < h.n; i++) {
		w->state = i;
		/* when it came to the branch: clocks differ, and drafts are dated by
		 * their source, but what came later is newer */
		w->time = h.v[i].time > w->time ? h.v[i].time : w->time + 1;
		rc = take_state(w, &h.v[i], err);
	}
	if (!rc) {
		add_present(w, &h);
		mark_current(w);
	}
	amts_arena_free(arena);
	return rc;
}

int amts_revisions_find(struct amts_revision **out, size_t *n, struct amts_arena *arena,
	struct amts_sync *sync, struct amts_error *err)
{
	struct walk w = { .sync = sync, .arena = arena };
	int rc = walk_all(&w, err);

	*n = rc ? 0 : w.n;
	*out = AMTS_NEW(arena, struct amts_revision, w.n + 1);
	if (!rc && w.n)
		memcpy(*out, w.v, w.n * sizeof(*w.v));
	amts_ancestry_free(w.ancestry);
	amts_arena_free(w.source_arena);
	amts_map_release(&w.roles);
	free(w.docs);
	free(w.touched);
	free(w.v);
	return rc;
}
