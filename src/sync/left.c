/* What earlier runs left to people, and what the source said before. */
#include "amts/align.h"
#include "sync/prints.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

/* One document whose record has pending blocks. */
struct left {
	struct amts_sync *s;
	struct amts_arena *arena;
	const struct amts_file *file;
	const struct amts_record_entry *entry;
	struct amts_doc *from, *src, *tgt; /* from: empty when nobody knows it */
	struct amts_edits edits;	   /* from to src */
	struct amts_step *steps;
	size_t n;
	size_t *edit_of; /* of source blocks */
	/* two blocks of tgt that read the same are two pending ones */
	struct prints in_src, in_tgt;
};

static int is_known(const struct amts_oid *oid)
{
	return oid->hex[strspn(oid->hex, "0")] != '\0';
}

/* A source that is not there any more only makes the list poorer. */
static struct amts_str read_from(struct left *x)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_str s = AMTS_STR("");

	if (is_known(&x->entry->from) &&
		amts_base_read(&s, x->arena, x->s, &x->entry->from, &ignored))
		return AMTS_STR("");
	return s;
}

static int read_docs(struct left *x, struct amts_error *err)
{
	struct amts_str src, tgt;
	int rc = amts_base_read(&src, x->arena, x->s, &x->entry->source, err);

	if (!rc)
		rc = amts_repo_blob(&tgt, x->arena, x->s->tgt, &x->file->target, err);
	if (!rc)
		rc = amts_doc_parse(&x->from, x->arena, read_from(x), err);
	if (!rc)
		rc = amts_doc_parse(&x->src, x->arena, src, err);
	if (!rc)
		rc = amts_doc_parse(&x->tgt, x->arena, tgt, err);
	return rc ? rc : amts_edits_between(&x->edits, x->arena, x->from, x->src, err);
}

/* Of each source block, the edit that it is in. */
static void index_edits(struct left *x)
{
	size_t i, j;

	x->edit_of = AMTS_NEW(x->arena, size_t, x->src->n + 1);
	for (i = 0; i < x->edits.n; i++)
		for (j = x->edits.v[i].new_beg; j < x->edits.v[i].new_end; j++)
			x->edit_of[j] = i;
}

/* The blocks that source block j was before. */
static struct amts_span before(const struct left *x, size_t j)
{
	const struct amts_edit *e = &x->edits.v[x->edit_of[j]];

	if (e->old_beg >= e->old_end)
		return (struct amts_span){ 0, 0 };
	return (struct amts_span){ x->from->v[e->old_beg].all.beg,
		x->from->v[e->old_end - 1].all.end };
}

static void add_step(struct left *x, const struct amts_pending *p)
{
	struct amts_step s = { .action = AMTS_ACTION_PENDING,
		.score = 1,
		.reason = "left to people",
		.pending = 1,
		.src_print = p->src };
	size_t j = prints_find(&x->in_src, p->src);
	size_t k = p->tgt ? prints_take(&x->in_tgt, p->tgt) : NO_BLOCK;

	if (p->tgt && k == NO_BLOCK)
		return; /* somebody has dealt with it */
	if (k != NO_BLOCK) {
		s.kind = x->tgt->v[k].kind;
		s.target = s.out = x->tgt->v[k].all;
		s.tgt_line = s.out_line = x->tgt->v[k].line;
	}
	if (j != NO_BLOCK) {
		s.kind = x->src->v[j].kind;
		s.head = x->src->v[j].all;
		s.src_line = x->src->v[j].line;
		s.base = before(x, j);
	}
	x->steps[x->n++] = s;
}

/* In the order of the translation; what is not in it, first. */
static int by_line(const void *a, const void *b)
{
	const struct amts_step *x = a, *y = b;

	if (x->tgt_line != y->tgt_line)
		return x->tgt_line < y->tgt_line ? -1 : 1;
	return (x->src_line > y->src_line) - (x->src_line < y->src_line);
}

static int show_one(
	struct left *x, const struct amts_sync_options *opt, struct amts_error *err)
{
	int rc = read_docs(x, err);
	size_t i;

	if (rc)
		return amts_error_prefix(
			err, AMTS_STR_FMT, AMTS_STR_ARG(x->file->tgt_path));
	index_edits(x);
	prints_index(&x->in_src, x->arena, x->src);
	prints_index(&x->in_tgt, x->arena, x->tgt);
	x->steps = AMTS_NEW(x->arena, struct amts_step, x->entry->npending);
	for (i = 0; i < x->entry->npending; i++)
		add_step(x, &x->entry->pending[i]);
	prints_release(&x->in_src);
	prints_release(&x->in_tgt);
	qsort(x->steps, x->n, sizeof(*x->steps), by_line);
	if (x->n)
		opt->show(opt->show_payload,
			&(struct amts_sync_text){ .file = x->file,
				.src_lang = x->s->project->cfg.src_lang,
				.tgt_lang = x->s->info.lang,
				.base = x->from->bytes,
				.head = x->src->bytes,
				.target = x->tgt->bytes,
				.out = x->tgt->bytes,
				.steps = x->steps,
				.nsteps = x->n });
	return AMTS_OK;
}

int amts_sync_show_left(
	struct amts_sync *s, const struct amts_sync_options *opt, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < s->nfiles; i++) {
		struct left x = { .s = s, .file = &s->files[i] };

		if (!x.file->tgt_path.n ||
			!amts_sync_wants(x.file, opt->paths, opt->npaths))
			continue;
		x.entry = amts_record_find(&s->record, x.file->tgt_path);
		if (!x.entry || !x.entry->npending || x.entry->lost)
			continue;
		x.arena = amts_arena_new();
		rc = show_one(&x, opt, err);
		amts_arena_free(x.arena);
	}
	return rc;
}
