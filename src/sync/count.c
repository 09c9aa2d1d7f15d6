/* How much is stale: documents that changed are parsed, the others are not even read. */
#include "align/parallel.h"
#include "amts/align.h"
#include "sync/prints.h"
#include "sync/sync.h"

#include <stdlib.h>

/* One file to look into. */
struct job {
	struct amts_file *file;
	struct amts_error err;
	int rc;
};

struct counting {
	struct amts_sync *s;
	struct job *v;
	size_t n;
};

static int read_side(struct amts_str *out, struct amts_arena *arena, struct amts_sync *s,
	const struct amts_oid *blob, struct amts_error *err)
{
	int rc;

	pthread_mutex_lock(&s->lock);
	rc = amts_base_read(out, arena, s, blob, err);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static int parse_blob(struct amts_doc **out, struct amts_arena *arena,
	struct amts_sync *s, const struct amts_oid *blob, struct amts_error *err)
{
	struct amts_str bytes;
	int rc = read_side(&bytes, arena, s, blob, err);

	return rc ? rc : amts_doc_parse(out, arena, bytes, err);
}

static size_t blocks_of(const struct amts_edit *e)
{
	size_t n = e->new_end - e->new_beg, old = e->old_end - e->old_beg;

	if (e->op == AMTS_EDIT_KEEP)
		return 0;
	return n > old ? n : old;
}

/* Small edits that the target does not want translated? */
static int is_small(struct amts_arena *arena, const struct amts_edit *e, unsigned strict,
	const struct amts_doc *base, const struct amts_doc *head)
{
	unsigned kinds;

	if (e->op != AMTS_EDIT_CHANGE || e->old_end - e->old_beg != 1 ||
		e->new_end - e->new_beg != 1)
		return 0;
	kinds = amts_small_edits_between(arena, base, e->old_beg, head, e->new_beg);
	return kinds && !(kinds & strict);
}

int amts_changed_blocks(size_t *n, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_error *err)
{
	struct amts_doc *b, *h;
	struct amts_edits edits;
	size_t i;
	int rc = amts_doc_parse(&b, arena, base, err);

	*n = 0;
	if (!rc)
		rc = amts_doc_parse(&h, arena, head, err);
	if (!rc)
		rc = amts_edits_between(&edits, arena, b, h, err);
	for (i = 0; !rc && i < edits.n; i++)
		*n += blocks_of(&edits.v[i]);
	return rc;
}

static int count_changed(struct amts_sync *s, struct amts_file *f,
	struct amts_arena *arena, struct amts_error *err)
{
	struct amts_doc *base, *head;
	struct amts_edits edits;
	unsigned strict;
	size_t i;
	int rc = amts_small_edits_parse(&strict, s->target->strictness, err);

	if (!rc)
		rc = parse_blob(&base, arena, s, &f->base, err);
	if (!rc)
		rc = parse_blob(&head, arena, s, &f->head, err);
	if (!rc)
		rc = amts_edits_between(&edits, arena, base, head, err);
	for (i = 0; !rc && i < edits.n; i++) {
		f->changed += blocks_of(&edits.v[i]);
		f->small += (size_t)is_small(arena, &edits.v[i], strict, base, head);
	}
	return rc;
}

/* A pending block is done when the text the run left there is gone. */
static int count_pending(struct amts_sync *s, struct amts_file *f,
	struct amts_arena *arena, struct amts_error *err)
{
	const struct amts_record_entry *r = amts_record_find(&s->record, f->tgt_path);
	struct prints in;
	struct amts_doc *doc;
	size_t i;
	int rc = parse_blob(&doc, arena, s, &f->target, err);

	f->pending = 0;
	if (rc)
		return rc;
	prints_index(&in, arena, doc);
	for (i = 0; i < r->npending; i++)
		f->pending += !r->pending[i].tgt ||
			      prints_find(&in, r->pending[i].tgt) != NO_BLOCK;
	prints_release(&in);
	return AMTS_OK;
}

static void count_one(void *ctx, size_t i)
{
	struct counting *c = ctx;
	struct job *j = &c->v[i];
	struct amts_arena *arena = amts_arena_new();

	j->file->changed = j->file->small = 0;
	if (j->file->pending)
		j->rc = count_pending(c->s, j->file, arena, &j->err);
	if (!j->rc && !amts_oid_eq(&j->file->base, &j->file->head))
		j->rc = count_changed(c->s, j->file, arena, &j->err);
	amts_arena_free(arena);
}

static int needs_look(const struct amts_file *f)
{
	return f->pending || f->state == AMTS_FILE_STALE || f->state == AMTS_FILE_RENAMED;
}

int amts_sync_count(
	struct amts_sync *s, const struct amts_progress *progress, struct amts_error *err)
{
	struct counting c = { .s = s };
	size_t i;
	int rc = amts_base_infer(s, progress, err);

	if (rc)
		return rc;
	c.v = AMTS_NEW(s->arena, struct job, s->nfiles);
	for (i = 0; i < s->nfiles; i++)
		if (needs_look(&s->files[i]))
			c.v[c.n++].file = &s->files[i];
	align_parallel(0, c.n, count_one, &c);
	for (i = 0; i < c.n; i++)
		if (c.v[i].rc)
			amts_sync_note(s, AMTS_STR_FMT ": %s",
				AMTS_STR_ARG(c.v[i].file->tgt_path), c.v[i].err.msg);
	return AMTS_OK;
}
