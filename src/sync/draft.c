#include "base/alloc.h"
#include "sync/work.h"

#include "amts/memory.h"

#include <stdlib.h>
#include <string.h>

#define MIN_FUZZY 0.75
#define FLAGGED_TERMS 4 /* of one draft */

static int open_engine(struct amts_engine **out, struct amts_sync *s, const char *name,
	struct amts_memory *memory, struct amts_error *err)
{
	if (!strcmp(name, "memory"))
		*out = amts_engine_memory(
			memory, s->project->cfg.src_lang, s->info.lang, MIN_FUZZY);
	else if (!strcmp(name, "none"))
		*out = amts_engine_none();
	else
		return amts_fail(err, AMTS_EUSAGE, "unknown engine '%s'", name);
	return AMTS_OK;
}

/* Was the block left to people, and nobody has dealt with it since?  Then the target does
 * not say what the source says. */
static int is_pending(
	const struct amts_record_entry *r, const struct amts_plan_pair *pair)
{
	size_t i;

	for (i = 0; r && i < r->npending; i++)
		if (r->pending[i].src == pair->src_print &&
			r->pending[i].tgt == pair->tgt_print)
			return 1;
	return 0;
}

/* Does the memory know what the document says, from its history? */
static int is_known(const struct drafter *d, const struct work *w)
{
	return w->rc || w->retry || (d->harvested && !w->file->in_review);
}

int amts_drafter_learn(
	struct drafter *d, const struct work *v, size_t n, struct amts_error *err)
{
	struct amts_sync *s = d->sync;
	struct amts_pair *pairs = NULL;
	struct amts_commit_info info;
	size_t npairs = 0, cap = 0, i, k, m;
	int rc = amts_repo_commit_info(&info, s->arena, s->tgt, &s->info.start, err);

	for (i = 0; !rc && i < n; i++) {
		const struct amts_plan_pair *p =
			is_known(d, &v[i]) ? NULL : amts_plan_pairs(v[i].plan, &m);
		const struct amts_record_entry *r =
			amts_record_find(&s->record, v[i].file->tgt_path);

		for (k = 0; p && k < m; k++) {
			struct amts_pair pair = { .src = p[k].src,
				.tgt = p[k].tgt,
				.before = p[k].before,
				.path = v[i].file->tgt_path,
				.commit = amts_str_z(s->info.start.hex),
				.date = info.time,
				.score = p[k].score,
				.draft = v[i].file->in_review };

			if (!is_pending(r, &p[k]))
				AMTS_VEC_PUSH(pairs, npairs, cap, pair);
		}
	}
	if (!rc)
		rc = amts_memory_add(d->memory, s->project->cfg.src_lang, s->info.lang,
			pairs, npairs, err);
	free(pairs);
	return rc;
}

/* Say of a draft which terms it has otherwise than the glossary. */
static void flag_terms(const struct drafter *d, struct amts_arena *arena,
	const struct amts_mt_request *request, struct amts_mt_result *result)
{
	const struct amts_term *terms[FLAGGED_TERMS];
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i, n;

	if (!d->glossary || result->origin == AMTS_MT_NONE)
		return;
	n = amts_glossary_broken(
		terms, FLAGGED_TERMS, d->glossary, request->text, result->text);
	amts_buf_add(&b, result->from);
	for (i = 0; i < n; i++) {
		amts_buf_addz(&b, i ? ", " : b.n ? "; glossary: " : "glossary: ");
		amts_glossary_say(&b, terms[i]);
	}
	if (n)
		result->from = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
}

int amts_drafter_ask(struct drafter *d, struct work *v, size_t n, struct amts_error *err)
{
	size_t i, k, m;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < n; i++) {
		const struct amts_mt_request *requests;

		if (v[i].rc)
			continue;
		requests = amts_plan_requests(v[i].plan, &m);
		v[i].results = AMTS_NEW(v[i].arena, struct amts_mt_result, m + 1);
		if (m)
			rc = amts_engine_translate(
				d->engine, v[i].arena, requests, m, v[i].results, err);
		for (k = 0; k < m && !rc; k++)
			flag_terms(d, v[i].arena, &requests[k], &v[i].results[k]);
	}
	return rc;
}

int amts_drafter_open(struct drafter *d, struct amts_sync *s, const char *engine,
	int dry_run, struct amts_error *err)
{
	int rc;

	*d = (struct drafter){ .sync = s, .engine_name = engine };
	rc = amts_sync_open_memory(&d->memory, s, err);
	d->keeps = !rc;
	if (rc == AMTS_EFAIL && dry_run) /* a repository that may only be looked at */
		rc = amts_memory_open(&d->memory, NULL, err);
	if (rc)
		return rc;
	d->glossary = amts_sync_glossary(s);
	return open_engine(&d->engine, s, engine, d->memory, err);
}

int amts_drafter_read_history(
	struct drafter *d, const struct amts_progress *progress, struct amts_error *err)
{
	int rc;

	if (!d->keeps)
		return AMTS_OK; /* not all of it for one look: what is at hand will do */
	d->harvested = 1;
	rc = amts_sync_harvest(&d->fresh, d->sync, d->memory, progress, err);
	if (!rc || (rc = amts_sync_mend_memory(&d->memory, d->sync, err)))
		return rc;
	amts_engine_free(d->engine);
	d->engine = NULL;
	rc = open_engine(&d->engine, d->sync, d->engine_name, d->memory, err);
	return rc ? rc : amts_sync_harvest(&d->fresh, d->sync, d->memory, progress, err);
}

void amts_drafter_close(struct drafter *d)
{
	amts_engine_free(d->engine);
	amts_glossary_free(d->glossary);
	amts_memory_free(d->memory);
}
