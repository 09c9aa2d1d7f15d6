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

/* A source block that waits to be translated and what stands for it in the target. */
static uint64_t pair_key(uint64_t src, uint64_t tgt)
{
	return src * 0x9e3779b97f4a7c15ULL ^ tgt;
}

/* Pending pairs; those of a block that was put in as the source says it are of one print.
 */
static void learn_pending(struct amts_map *pairs, const struct amts_record_entry *r)
{
	size_t i;

	for (i = 0; i < r->npending; i++)
		amts_map_add(pairs, pair_key(r->pending[i].src, r->pending[i].tgt), 1);
}

static int has(const struct amts_map *map, uint64_t key)
{
	return amts_map_get(map, key) != AMTS_MAP_NONE;
}

/* Blocks in the words of the source that stand in the target once: the plan will find
 * their place again. */
static void mark_waiting(
	char *waiting, const struct amts_doc *doc, const struct amts_map *pairs)
{
	struct amts_map first = { 0 };
	size_t i, at;

	for (i = 0; i < doc->n; i++) {
		uint64_t print = doc->v[i].print;

		at = amts_map_add(&first, print, i);
		waiting[i] = at == i && !doc->v[i].opaque &&
			     has(pairs, pair_key(print, print));
		waiting[at] = (char)(waiting[at] && at == i);
	}
	amts_map_release(&first);
}

/* A document without those, which the plan puts in anew. */
static int take_out_waiting(
	struct amts_str *text, struct work *w, const struct amts_map *pairs)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_doc *doc;
	size_t i, from = 0, kept;
	char *waiting;
	int rc = amts_doc_parse(&doc, w->arena, *text, &w->err);

	if (rc)
		return rc;
	waiting = AMTS_NEW(w->arena, char, doc->n + 1);
	mark_waiting(waiting, doc, pairs);
	for (i = 0; i < doc->n; i++)
		if (waiting[i])
			amts_map_add(&w->touched, doc->v[i].print, 1);
	kept = doc->n; /* at the end the blank lines before them go too */
	while (kept && waiting[kept - 1])
		kept--;
	for (i = 0; i < kept; i++) {
		if (!waiting[i])
			continue;
		amts_buf_add(&b, amts_str_sub(*text, from, doc->v[i].all.beg));
		from = doc->v[i + 1].all.beg;
	}
	if (kept < doc->n) {
		size_t end = kept ? doc->v[kept - 1].all.end : doc->v[0].all.beg;

		amts_buf_add(&b, amts_str_sub(*text, from, end));
		from = doc->v[doc->n - 1].all.end;
	}
	if (from) {
		amts_buf_add(&b, amts_str_sub(*text, from, text->n));
		*text = amts_arena_str(w->arena, amts_buf_str(&b));
	}
	amts_buf_release(&b);
	return AMTS_OK;
}

/* Where only new blocks are pending, the source without them is what the rest of the
 * target says, whatever else was new when they came. */
static int take_out_of_source(struct work *w, const struct amts_map *pairs)
{
	const struct amts_record_entry *r = entry_of(w);
	size_t i;

	for (i = 0; i < r->npending; i++)
		if (r->pending[i].src != r->pending[i].tgt)
			return AMTS_OK;
	w->base = w->head;
	return take_out_waiting(&w->base, w, pairs);
}

/* Only what is pending is wanted of the plan. */
static int restrict_plan(struct work *w, const struct amts_map *pairs)
{
	const struct amts_step *steps;
	struct amts_doc *tgt;
	size_t i, n;
	char *wanted;
	int rc = amts_doc_parse(&tgt, w->arena, w->target, &w->err);

	if (rc)
		return rc;
	steps = amts_plan_steps(w->plan, &n);
	wanted = AMTS_NEW(w->arena, char, n + 1);
	for (i = 0; i < n && !w->idle; i++) {
		uint64_t src = steps[i].src_print;
		uint64_t print = amts_work_print(tgt, steps[i].target);

		if (print && has(pairs, pair_key(src, print)))
			amts_map_add(&w->touched, print, 1);
		else if (print || !has(&w->touched, src))
			continue;
		wanted[i] = 1;
	}
	amts_plan_restrict(w->plan, wanted);
	return AMTS_OK;
}

int amts_retry_plan(struct work *w)
{
	struct amts_map pairs = { 0 };
	int rc = AMTS_OK;

	learn_pending(&pairs, entry_of(w));
	if (!w->idle)
		rc = take_out_of_source(w, &pairs);
	if (!rc && !w->idle)
		rc = take_out_waiting(&w->target, w, &pairs);
	if (!rc)
		rc = amts_work_make_plan(w);
	if (!rc)
		rc = restrict_plan(w, &pairs);
	amts_map_release(&pairs);
	return rc;
}

/* Every block that was not to be touched is still there, in order, and of the others as
 * many as there were. */
static int keeps_the_rest(int *keeps, struct work *w)
{
	struct amts_doc *old, *out;
	size_t i, k = 0;
	int rc = amts_doc_parse(&old, w->arena, w->committed, &w->err);

	if (!rc)
		rc = amts_doc_parse(&out, w->arena, amts_buf_str(&w->out), &w->err);
	if (rc)
		return rc;
	*keeps = out->n >= old->n;
	for (i = 0; i < old->n; i++) {
		if (has(&w->touched, old->v[i].print))
			continue;
		while (k < out->n && out->v[k].print != old->v[i].print)
			k++;
		*keeps &= k++ < out->n;
	}
	return AMTS_OK;
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
	snprintf(out, size, "%s %s %s %.64s %zu\n", at->hex, s->info.source.hex,
		s->info.target.hex, engine, pairs);
	return 1;
}

static const char *file_of(struct drafter *d)
{
	const struct amts_sync_info *info = &d->sync->info;

	return amts_arena_fmt(d->sync->arena, "%samts/retried-%s%s%s",
		amts_repo_common_dir(d->sync->project->repo), info->lang,
		*info->part ? "." : "", info->part)
		.p;
}

int amts_retry_is_due(struct drafter *d, const char *engine)
{
	char now[384], then[384] = "";
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
	char now[384];
	FILE *f;

	if (!state_of(now, sizeof(now), d, engine, at))
		return;
	f = fopen(file_of(d), "w");
	if (!f)
		return;
	fputs(now, f);
	fclose(f);
}
