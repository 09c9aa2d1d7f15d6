/* Which translation belongs to which source file, and how they stand; by ids alone. */
#include "base/alloc.h"
#include "project/layout.h"
#include "sync/moves.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

static const char *const state_names[AMTS_FILE_STATES] = { "current", "stale", "renamed",
	"deleted", "untranslated", "unknown", "ahead" };

const char *amts_file_state_name(enum amts_file_state state)
{
	return state_names[state];
}

struct pairing {
	struct amts_sync *s;
	size_t cap;
	char *paired; /* by index of tgt_tree: has a source at head */
};

static const struct amts_tree_entry *find_target(
	struct amts_sync *s, struct amts_str path)
{
	return amts_tree_find(&s->tgt_tree, path);
}

/* In one repository the translations, and the snapshots beside them, are no sources. */
static int is_translation(struct amts_sync *s, struct amts_str path)
{
	const struct amts_config *cfg = &s->project->cfg;
	struct amts_str document, source;
	size_t i;

	if (s->src != s->tgt)
		return 0;
	for (i = 0; i < cfg->n; i++) {
		const struct amts_target *t = &cfg->targets[i];

		if (t->url)
			continue;
		if (t->snapshot &&
			amts_layout_match(
				&document, s->arena, t->snapshot, t->lang, path) &&
			find_target(s, document))
			return 1;
		if (!amts_layout_match(&document, s->arena, t->path, t->lang, path))
			continue;
		source = amts_layout_expand(
			s->arena, cfg->source_path, cfg->src_lang, document);
		if (!amts_str_eq(source, path) && amts_tree_find(&s->src_tree, source))
			return 1;
	}
	return 0;
}

/* Where the translation of a source file belongs; 0 when none is wanted. */
static int translation_path(
	struct amts_str *out, struct amts_sync *s, struct amts_str src_path)
{
	const struct amts_config *cfg = &s->project->cfg;
	struct amts_str document;

	if (!amts_target_wants(s->target, src_path) ||
		!amts_layout_match(
			&document, s->arena, cfg->source_path, cfg->src_lang, src_path) ||
		is_translation(s, src_path))
		return 0;
	*out = amts_layout_expand(s->arena, s->target->path, s->target->lang, document);
	return s->src != s->tgt || !amts_str_eq(*out, src_path);
}

static void add(struct pairing *p, struct amts_file f)
{
	struct amts_sync *s = p->s;
	const struct amts_record_entry *r = amts_record_find(&s->record, f.tgt_path);
	const struct amts_tree_entry *e = amts_tree_find(&s->branch_tree, f.tgt_path);
	const struct amts_branch *owner;

	f.pending = r ? r->npending : 0;
	f.in_review = f.tgt_path.n && (!e || !amts_oid_eq(&e->blob, &f.target));
	if (f.in_review && (owner = amts_parts_owner(s, f.tgt_path)))
		f.review_ref = owner->ref;
	else if (f.in_review)
		f.review_ref = s->info.review_ref;
	AMTS_VEC_PUSH(s->files, s->nfiles, p->cap, f);
}

/* The file at head of the source and its translation. */
static int pair_source(
	struct pairing *p, const struct amts_tree_entry *src, struct amts_error *err)
{
	struct amts_file f = {
		.state = AMTS_FILE_UNTRANSLATED, .src_path = src->path, .head = src->blob
	};
	const struct amts_tree_entry *tgt;
	int rc;

	if (!translation_path(&f.new_path, p->s, src->path))
		return AMTS_OK;
	tgt = find_target(p->s, f.new_path);
	if (tgt) {
		p->paired[tgt - p->s->tgt_tree.v] = 1;
		f.tgt_path = tgt->path;
		f.target = tgt->blob;
		rc = amts_base_find(&f.base, &f.snapshot, p->s, tgt->path, err);
		if (rc)
			return rc;
		if (!f.base.hex[0])
			f.state = AMTS_FILE_UNKNOWN;
		else
			f.state = amts_oid_eq(&f.base, &f.head) ? AMTS_FILE_CURRENT
								: AMTS_FILE_STALE;
	}
	add(p, f);
	return AMTS_OK;
}

/* A translation whose source is not at head under the path it had. */
struct orphan {
	struct amts_file file;
	struct amts_str old_src;
};

/* 1 when tgt is one, negative on failure. */
static int find_orphan(struct orphan *o, struct pairing *p,
	const struct amts_tree_entry *tgt, struct amts_error *err)
{
	const struct amts_config *cfg = &p->s->project->cfg;
	struct amts_str document;
	int rc;

	memset(o, 0, sizeof(*o));
	o->file.tgt_path = tgt->path;
	o->file.target = tgt->blob;
	rc = amts_base_find(&o->file.base, &o->file.snapshot, p->s, tgt->path, err);
	if (rc)
		return rc;
	if (!o->file.base.hex[0] ||
		!amts_layout_match(&document, p->s->arena, p->s->target->path,
			p->s->target->lang, tgt->path))
		return 0;
	o->old_src = amts_layout_expand(
		p->s->arena, cfg->source_path, cfg->src_lang, document);
	return amts_target_wants(p->s->target, o->old_src) &&
	       !amts_tree_find(&p->s->src_tree, o->old_src);
}

/* The untranslated file that the source of an orphan has become. */
static struct amts_file *find_successor(struct amts_sync *s, struct amts_str src_path)
{
	size_t i;

	for (i = 0; i < s->nfiles; i++)
		if (s->files[i].state == AMTS_FILE_UNTRANSLATED &&
			amts_str_eq(s->files[i].src_path, src_path))
			return &s->files[i];
	return NULL;
}

static void settle_orphan(
	struct pairing *p, struct orphan *o, const struct amts_move *move)
{
	struct amts_file *next = move->now.n ? find_successor(p->s, move->now) : NULL;

	if (!next) {
		o->file.state = AMTS_FILE_DELETED;
		o->file.new_path = o->file.tgt_path;
		o->file.like = move->like;
		add(p, o->file);
		return;
	}
	o->file.state = AMTS_FILE_RENAMED;
	o->file.src_path = next->src_path;
	o->file.head = next->head;
	o->file.new_path = next->new_path;
	*next = p->s->files[--p->s->nfiles];
	add(p, o->file);
}

/* Files of the source that nobody has translated. */
static struct amts_tree untranslated(struct amts_sync *s)
{
	struct amts_tree t = { AMTS_NEW(s->arena, struct amts_tree_entry, s->nfiles), 0 };
	size_t i;

	for (i = 0; i < s->nfiles; i++)
		if (s->files[i].state == AMTS_FILE_UNTRANSLATED)
			t.v[t.n++] = (struct amts_tree_entry){ s->files[i].src_path,
				s->files[i].head, 0100644 };
	return t;
}

static int settle_orphans(
	struct pairing *p, struct orphan *v, size_t n, struct amts_error *err)
{
	struct amts_sync *s = p->s;
	struct amts_str *old = AMTS_NEW(s->arena, struct amts_str, n);
	struct amts_str *now = AMTS_NEW(s->arena, struct amts_str, n);
	struct amts_move *moves = AMTS_NEW(s->arena, struct amts_move, n);
	struct amts_tree candidates = untranslated(s);
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		old[i] = v[i].old_src;
	rc = amts_repo_follow(now, s->arena, s->src, &s->info.source, old, n, err);
	for (i = 0; !rc && i < n; i++)
		moves[i] =
			(struct amts_move){ .base = v[i].file.base, .followed = now[i] };
	if (!rc)
		rc = amts_moves_find(moves, n, s, &candidates, err);
	for (i = 0; !rc && i < n; i++)
		settle_orphan(p, &v[i], &moves[i]);
	return rc;
}

static int pair_orphans(struct pairing *p, struct amts_error *err)
{
	struct amts_sync *s = p->s;
	struct orphan *v = amts_malloc((s->tgt_tree.n + 1) * sizeof(*v));
	size_t i, n = 0;
	int rc = AMTS_OK;

	for (i = 0; rc >= 0 && i < s->tgt_tree.n; i++) {
		if (p->paired[i])
			continue;
		rc = find_orphan(&v[n], p, &s->tgt_tree.v[i], err);
		n += rc > 0;
	}
	rc = rc > 0 ? AMTS_OK : rc;
	if (!rc && n)
		rc = settle_orphans(p, v, n, err);
	free(v);
	return rc;
}

/* What the first sync of a process finds out serves the others. */
static int find_beyond(int *beyond, struct amts_sync *s, const struct amts_oid *blobs,
	size_t n, struct amts_error *err)
{
	struct amts_beyond **known = &s->project->beyond;
	int rc = AMTS_OK;

	if (*known && !amts_beyond_is_of(*known, &s->info.source)) {
		amts_beyond_free(*known);
		*known = NULL;
	}
	if (!*known)
		rc = amts_beyond_new(known, s->src, &s->info.source, err);
	return rc ? rc : amts_beyond_find(beyond, *known, s->src, blobs, n, err);
}

/* Going to head would mean going back, and taking away what people have translated. */
static int find_ahead(struct amts_sync *s, struct amts_error *err)
{
	struct amts_oid *bases = AMTS_NEW(s->arena, struct amts_oid, s->nfiles + 1);
	size_t *at = AMTS_NEW(s->arena, size_t, s->nfiles + 1), i, n = 0;
	int *ahead = AMTS_NEW(s->arena, int, s->nfiles + 1), rc;

	for (i = 0; i < s->nfiles; i++) {
		if (s->files[i].state != AMTS_FILE_STALE &&
			s->files[i].state != AMTS_FILE_RENAMED)
			continue;
		at[n] = i;
		bases[n++] = s->files[i].base;
	}
	rc = n ? find_beyond(ahead, s, bases, n, err) : AMTS_OK;
	if (rc && amts_repo_is_shallow(s->src))
		return AMTS_OK; /* nothing to tell it from */
	for (i = 0; !rc && i < n; i++) {
		if (!ahead[i])
			continue;
		s->files[at[i]].state = AMTS_FILE_AHEAD;
		s->files[at[i]].new_path = s->files[at[i]].tgt_path;
	}
	return rc;
}

/* Snapshots may be of a branch that was not fetched: nobody can tell where they stand. */
static void note_strangers(struct amts_sync *s)
{
	const struct amts_file *first = NULL;
	size_t i, n = 0;

	for (i = 0; i < s->nfiles; i++) {
		const struct amts_file *f = &s->files[i];

		if (f->state != AMTS_FILE_STALE || amts_repo_has(s->src, &f->base))
			continue;
		first = first ? first : f;
		n++;
	}
	if (n == 1)
		amts_sync_note(s,
			AMTS_STR_FMT ": made from a source that no branch here has, "
				     "perhaps a newer one",
			AMTS_STR_ARG(first->tgt_path));
	else if (n)
		amts_sync_note(s,
			"%zu files to be updated were made from sources that no branch "
			"here has, perhaps newer ones: " AMTS_STR_FMT "...",
			n, AMTS_STR_ARG(first->tgt_path));
}

static int by_path(const void *x, const void *y)
{
	const struct amts_file *a = x, *b = y;
	int c = amts_str_cmp(a->new_path, b->new_path);

	return c ? c : amts_str_cmp(a->tgt_path, b->tgt_path);
}

int amts_sync_pair_files(struct amts_sync *s, struct amts_error *err)
{
	struct pairing p = { .s = s, .paired = amts_calloc(s->tgt_tree.n + 1, 1) };
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < s->src_tree.n; i++)
		rc = pair_source(&p, &s->src_tree.v[i], err);
	if (!rc)
		rc = pair_orphans(&p, err);
	if (!rc)
		rc = find_ahead(s, err);
	if (!rc)
		note_strangers(s);
	if (s->nfiles)
		qsort(s->files, s->nfiles, sizeof(*s->files), by_path);
	free(p.paired);
	return rc;
}
