#include "sync/work.h"
#include "amts/text.h"
#include "sync/conflicted.h"
#include "sync/prints.h"

#include <stdlib.h>
#include <string.h>

/* A translation whose source is gone is read for what it teaches: its sentences may stand
 * in another file now. */
static int read_head(struct work *w)
{
	struct amts_sync *s = w->sync;

	if (w->file->state != AMTS_FILE_DELETED)
		return amts_repo_blob(
			&w->head, w->arena, s->src, &w->file->head, &w->err);
	w->head = w->base;
	return AMTS_OK;
}

void amts_work_read(struct work *w)
{
	struct amts_sync *s = w->sync;
	int is_new = w->file->state == AMTS_FILE_UNTRANSLATED;

	w->arena = amts_arena_new();
	w->out = (struct amts_buf)AMTS_BUF_INIT;
	w->rc = AMTS_OK;
	w->idle = 0;
	if (w->retry)
		amts_retry_read(w);
	else if (!is_new)
		w->rc = amts_base_read(&w->base, w->arena, s, &w->file->base, &w->err);
	if (!w->rc)
		w->rc = read_head(w);
	if (!w->rc && !is_new)
		w->rc = amts_repo_blob(
			&w->target, w->arena, s->tgt, &w->file->target, &w->err);
	w->committed = w->target;
}

size_t amts_work_bytes(const struct work *w)
{
	return w->base.n + w->head.n + w->target.n;
}

/* What earlier runs left to people. */
static void find_stale(struct amts_plan_input *in, struct work *w)
{
	const struct amts_record_entry *r =
		amts_record_find(&w->sync->record, w->file->tgt_path);
	struct amts_plan_stale *v;
	size_t i;

	if (!r || !r->npending)
		return;
	v = AMTS_NEW(w->arena, struct amts_plan_stale, r->npending);
	for (i = 0; i < r->npending; i++)
		v[i] = (struct amts_plan_stale){ r->pending[i].src, r->pending[i].tgt };
	in->stale = v;
	in->nstale = r->npending;
}

int amts_work_make_plan(struct work *w)
{
	struct amts_plan_input in = { .base = w->base,
		.head = w->head,
		.target = w->target,
		.src_lang = w->sync->project->cfg.src_lang,
		.tgt_lang = w->sync->info.lang,
		.path = w->file->src_path.p,
		.aligner = w->sync->lexicon };
	int rc = amts_small_edits_parse(&in.strict, w->sync->target->strictness, &w->err);

	find_stale(&in, w);

	return rc ? rc : amts_plan_make(&w->plan, &in, &w->err);
}

static int take_our_side(struct work *w)
{
	struct amts_conflicted in = { w->base, w->head, w->target, w->sync->info.lang };

	return amts_conflicted_resolve(&w->target, &w->conflicts, w->arena, &in, &w->err);
}

/* A page that nobody has translated is what the source is; one that was put in to be
 * translated is put in anew. */
static void follow_untranslated(struct work *w)
{
	const struct amts_record_entry *r =
		amts_record_find(&w->sync->record, w->file->tgt_path);

	if (!w->base.n || !amts_str_eq(w->target, w->base) ||
		w->file->state == AMTS_FILE_DELETED)
		return;
	w->base = w->target = r && r->npending ? AMTS_STR("") : w->head;
}

/* As nobody leaves a translation: what it was made from is still to be known when it
 * comes back. */
static int is_empty(const struct work *w)
{
	return !w->retry && w->file->state != AMTS_FILE_UNTRANSLATED &&
	       w->file->state != AMTS_FILE_DELETED && !amts_str_trim(w->target).n &&
	       amts_str_trim(w->base).n && amts_str_trim(w->head).n;
}

static int refuse(struct work *w)
{
	const char *what = amts_str_is_binary(w->head)	   ? "its source"
			   : amts_str_is_binary(w->target) ? "it"
			   : amts_str_is_binary(w->base)   ? "the source it was made from"
							   : NULL;

	if (is_empty(w))
		return amts_fail(&w->err, AMTS_EPARSE,
			"it is empty: bring it back, or delete the file");
	return what ? amts_fail(&w->err, AMTS_EPARSE, "%s is binary, not text", what)
		    : amts_text_check(w->target, "it", &w->err);
}

void amts_work_plan(struct work *w)
{
	if (!w->rc)
		w->rc = refuse(w);
	if (!w->rc)
		w->rc = take_our_side(w);
	if (!w->rc && w->retry) {
		w->rc = amts_retry_plan(w);
	} else if (!w->rc) {
		follow_untranslated(w);
		w->rc = amts_work_make_plan(w);
	}
}

uint64_t amts_work_print(const struct amts_doc *doc, struct amts_span out)
{
	size_t lo = 0, hi = doc->n, at = out.beg;

	while (at < out.end && (doc->bytes.p[at] == '\n' || doc->bytes.p[at] == '\r'))
		at++; /* of the block before */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->v[mid].all.end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return at < out.end && lo < doc->n && doc->v[lo].all.beg < out.end
		       ? doc->v[lo].print
		       : 0;
}

static void add_pending(struct work *w, uint64_t src, uint64_t tgt)
{
	w->pending[w->npending++] = (struct amts_pending){ src, tgt };
}

/* What earlier runs left and nobody has dealt with, as long as the source still says it.
 */
static int keep_old_pending(
	struct work *w, const struct amts_record_entry *old, const struct amts_doc *out)
{
	struct prints in_head, in_out;
	struct amts_doc *head;
	size_t i;
	int rc = amts_doc_parse(&head, w->arena, w->head, &w->err);

	if (rc)
		return rc;
	prints_index(&in_head, w->arena, head);
	prints_index(&in_out, w->arena, out);
	for (i = 0; i < old->npending; i++) {
		const struct amts_pending *p = &old->pending[i];

		if (prints_find(&in_head, p->src) != NO_BLOCK &&
			(!p->tgt || prints_find(&in_out, p->tgt) != NO_BLOCK))
			add_pending(w, p->src, p->tgt);
	}
	prints_release(&in_head);
	prints_release(&in_out);
	return AMTS_OK;
}

static int by_print(const void *x, const void *y)
{
	const struct amts_pending *a = x, *b = y;

	if (a->src != b->src)
		return a->src < b->src ? -1 : 1;
	return (a->tgt > b->tgt) - (a->tgt < b->tgt);
}

/* In order, each once. */
static void sort_pending(struct work *w)
{
	size_t i, n = 0;

	if (w->npending)
		qsort(w->pending, w->npending, sizeof(*w->pending), by_print);
	for (i = 0; i < w->npending; i++)
		if (!n || by_print(&w->pending[n - 1], &w->pending[i]))
			w->pending[n++] = w->pending[i];
	w->npending = n;
}

static int find_pending(struct work *w, const struct amts_step *steps, size_t n)
{
	const struct amts_record_entry *old =
		amts_record_find(&w->sync->record, w->file->tgt_path);
	struct amts_doc *out;
	size_t i;
	int rc;

	if (!w->outcome->pending && !(old && old->npending))
		return AMTS_OK;
	w->pending = AMTS_NEW(w->arena, struct amts_pending,
		w->outcome->pending + (old ? old->npending : 0));
	rc = amts_doc_parse(&out, w->arena, amts_buf_str(&w->out), &w->err);
	for (i = 0; !rc && i < n; i++)
		if (steps[i].pending)
			add_pending(w, steps[i].src_print,
				amts_work_print(out, steps[i].out));
	if (!rc && old)
		rc = keep_old_pending(w, old, out);
	sort_pending(w);
	return rc;
}

/* The translation's wording stays, whatever happens around it. */
static int keeps_words(enum amts_action a)
{
	return a == AMTS_ACTION_KEEP || a == AMTS_ACTION_COPY || a == AMTS_ACTION_MERGE ||
	       a == AMTS_ACTION_TOKENS || a == AMTS_ACTION_MOVE;
}

static int apply(struct work *w)
{
	const struct amts_step *steps;
	size_t i, n;
	int rc = amts_plan_apply(&w->out, w->plan, w->results, &w->err);

	if (rc)
		return rc;
	steps = amts_plan_steps(w->plan, &n);
	for (i = 0; i < n; i++) {
		w->outcome->counts[steps[i].action]++;
		w->outcome->pending += steps[i].pending != 0;
		w->outcome->drafted += !steps[i].pending && steps[i].from.n;
		w->outcome->kept += !steps[i].pending && keeps_words(steps[i].action);
	}
	amts_work_tell(w, amts_plan_steps_by_line(w->plan, &n), n);
	return find_pending(w, steps, n);
}

void amts_work_apply(struct work *w)
{
	if (!w->rc && w->file->state != AMTS_FILE_DELETED)
		w->rc = apply(w);
	if (!w->rc && w->retry)
		w->rc = amts_retry_judge(w);
	if (w->keep_plan)
		return;
	amts_plan_free(w->plan); /* most of the memory a document takes */
	w->plan = NULL;
}

void amts_work_reset(struct work *w)
{
	amts_plan_free(w->plan);
	w->plan = NULL;
	amts_map_release(&w->touched);
	amts_buf_release(&w->out);
	amts_arena_free(w->arena);
	w->arena = NULL;
	w->base = w->head = w->target = w->committed = AMTS_STR("");
	w->results = NULL;
}
