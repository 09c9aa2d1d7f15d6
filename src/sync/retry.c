/*
 * Blocks that were left to people because nothing could draft them, tried again when
 * something may: the document is planned from the source that it had before they came,
 * and of that plan only their drafts are taken.
 */
#include "sync/work.h"

#include "amts/memory.h"

#include <stdio.h>
#include <string.h>

static const struct amts_record_entry *entry_of(const struct work *w)
{
	return amts_record_find(&w->sync->record, w->file->tgt_path);
}

void amts_retry_read(struct work *w)
{
	const struct amts_oid *from = &entry_of(w)->from;
	struct amts_error ignored = AMTS_ERROR_INIT;

	if (!from->hex[strspn(from->hex, "0")])
		return; /* there was none */
	if (amts_base_read(&w->base, w->arena, w->sync, from, &ignored))
		w->idle = 1;
}

/* A source block put in to be translated: the target says what the source says. */
static int is_waiting(const struct amts_record_entry *r, uint64_t print)
{
	size_t i;

	for (i = 0; i < r->npending; i++)
		if (r->pending[i].tgt == print && r->pending[i].src == print)
			return 1;
	return 0;
}

/* The target without those, which the plan puts in anew. */
static int take_out_waiting(struct work *w)
{
	const struct amts_record_entry *r = entry_of(w);
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_doc *doc;
	size_t i, from = 0;
	int rc = amts_doc_parse(&doc, w->arena, w->target, &w->err);

	for (i = 0; !rc && i < doc->n; i++) {
		if (!is_waiting(r, doc->v[i].print))
			continue;
		amts_buf_add(&b, amts_str_sub(w->target, from, doc->v[i].all.beg));
		from = i + 1 < doc->n ? doc->v[i + 1].all.beg : w->target.n;
	}
	if (from) {
		amts_buf_add(&b, amts_str_sub(w->target, from, w->target.n));
		w->target = amts_arena_str(w->arena, amts_buf_str(&b));
	}
	amts_buf_release(&b);
	return rc;
}

static int is_pending(const struct amts_record_entry *r, const struct amts_step *s,
	const struct amts_doc *tgt)
{
	uint64_t print = amts_work_print(tgt, s->target);
	size_t i;

	for (i = 0; i < r->npending; i++)
		if (r->pending[i].src == s->src_print &&
			(print ? r->pending[i].tgt == print
			       : r->pending[i].tgt == r->pending[i].src))
			return 1;
	return 0;
}

int amts_retry_plan(struct work *w)
{
	const struct amts_record_entry *r = entry_of(w);
	const struct amts_step *steps;
	struct amts_doc *tgt;
	size_t i, n;
	char *wanted;
	int rc = w->idle ? AMTS_OK : take_out_waiting(w);

	if (!rc)
		rc = amts_work_make_plan(w);
	if (!rc)
		rc = amts_doc_parse(&tgt, w->arena, w->target, &w->err);
	if (rc)
		return rc;
	steps = amts_plan_steps(w->plan, &n);
	wanted = AMTS_NEW(w->arena, char, n + 1);
	for (i = 0; i < n && !w->idle; i++)
		wanted[i] = (char)is_pending(r, &steps[i], tgt);
	amts_plan_restrict(w->plan, wanted);
	return AMTS_OK;
}

static int is_own(const struct amts_record_entry *r, uint64_t print)
{
	size_t i;

	for (i = 0; i < r->npending; i++)
		if (r->pending[i].tgt == print)
			return 0;
	return 1;
}

/* Every block that is not pending is still there, in order. */
static int keeps_the_rest(int *keeps, struct work *w)
{
	const struct amts_record_entry *r = entry_of(w);
	struct amts_doc *old, *out;
	size_t i, k = 0;
	int rc = amts_doc_parse(&old, w->arena, w->committed, &w->err);

	if (!rc)
		rc = amts_doc_parse(&out, w->arena, amts_buf_str(&w->out), &w->err);
	*keeps = !rc;
	for (i = 0; !rc && i < old->n; i++) {
		if (!is_own(r, old->v[i].print))
			continue;
		while (k < out->n && out->v[k].print != old->v[i].print)
			k++;
		*keeps &= k++ < out->n;
	}
	return rc;
}

int amts_retry_judge(struct work *w)
{
	size_t steps = 0;
	int keeps = 0, rc = AMTS_OK, i;

	for (i = 0; i < AMTS_ACTIONS; i++)
		steps += w->outcome->counts[i];
	if (steps == w->outcome->pending ||
		amts_str_eq(amts_buf_str(&w->out), w->committed))
		w->idle = 1;
	if (!w->idle)
		rc = keeps_the_rest(&keeps, w);
	w->idle |= !keeps;
	return rc;
}

/* ---- when ---- */

/* What a retry depends on. */
static int state_of(char *out, size_t size, struct drafter *d, const char *engine,
	const struct amts_oid *at)
{
	const struct amts_sync *s = d->sync;
	struct amts_error ignored;
	size_t pairs = 0;

	if (amts_memory_count(
		    &pairs, d->memory, s->project->cfg.src_lang, s->info.lang, &ignored))
		return 0;
	snprintf(out, size, "%s %s %.64s %zu\n", at->hex, s->info.source.hex, engine,
		pairs);
	return 1;
}

static const char *file_of(struct drafter *d)
{
	return amts_arena_fmt(d->sync->arena, "%samts/retried-%s",
		amts_repo_common_dir(d->sync->project->repo), d->sync->info.lang)
		.p;
}

int amts_retry_is_due(struct drafter *d, const char *engine)
{
	char now[256], then[256] = "";
	FILE *f = fopen(file_of(d), "r");

	if (f) {
		if (!fgets(then, sizeof(then), f))
			then[0] = '\0';
		fclose(f);
	}
	return state_of(now, sizeof(now), d, engine, &d->sync->info.start) &&
	       strcmp(now, then) != 0;
}

/* What cannot be written is tried again the next time. */
void amts_retry_done(struct drafter *d, const char *engine, const struct amts_oid *at)
{
	char now[256];
	FILE *f;

	if (!state_of(now, sizeof(now), d, engine, at))
		return;
	f = fopen(file_of(d), "w");
	if (!f)
		return;
	fputs(now, f);
	fclose(f);
}
