#include "base/alloc.h"
#include "sync/work.h"

#include "amts/amazon.h"
#include "amts/memory.h"

#include <stdlib.h>
#include <string.h>

#define MIN_FUZZY 0.75
#define FLAGGED_TERMS 4 /* of one draft */

static void note_amazon(void *payload, const char *lang, const char *text)
{
	(void)lang;
	amts_sync_note(payload, "%s", text);
}

/* Asks Amazon for what the memory does not know. */
static int open_amazon(struct drafter *d, struct amts_engine *memory, int realtime,
	struct amts_error *err)
{
	struct amts_amazon_options o;
	int managed, rc = amts_sync_amazon(&o, &managed, d->sync, err);

	if (rc) {
		amts_engine_free(memory);
		return rc;
	}
	o.memory = managed ? d->memory : NULL;
	o.max_cost = d->opt->max_cost;
	o.dry_run = realtime ? d->opt->dry_run : !d->opt->jobs;
	o.jobs = d->opt->jobs;
	o.glossary = d->glossary;
	o.note = note_amazon;
	o.note_payload = d->sync;
	return realtime ? amts_engine_amazon_realtime(&d->engine, memory, &o, err)
			: amts_engine_amazon(&d->engine, memory, &o, err);
}

static int open_engine(struct drafter *d, struct amts_error *err)
{
	struct amts_sync *s = d->sync;
	struct amts_engine *e;
	const char *name = d->engine_name;
	int realtime = !strcmp(name, "amazon-realtime");
	int is_amazon = realtime || !strcmp(name, "amazon");

	if (is_amazon || !strcmp(name, "memory")) {
		e = amts_engine_memory(d->memory, d->glossary, s->project->cfg.src_lang,
			s->info.lang, MIN_FUZZY);
		if (is_amazon)
			return open_amazon(d, e, realtime, err);
		d->engine = e;
	} else if (!strcmp(name, "none"))
		d->engine = amts_engine_none();
	else
		return amts_fail(err, AMTS_EUSAGE, "unknown engine '%s'", name);
	return AMTS_OK;
}

/* Say of a draft which engine made it, and how near the memory's segment was. */
static void name_engine(
	const struct drafter *d, struct amts_arena *arena, struct amts_mt_result *r)
{
	if (r->origin == AMTS_MT_FUZZY)
		r->from = amts_arena_fmt(arena, AMTS_STR_FMT " [memory, %.0f %% alike]",
			AMTS_STR_ARG(r->from), r->score * 100);
	else if (r->origin != AMTS_MT_NONE)
		r->from =
			amts_arena_fmt(arena, AMTS_STR_FMT " [%s]", AMTS_STR_ARG(r->from),
				r->origin == AMTS_MT_EXACT ? "memory" : d->engine_name);
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

/* All requests of the documents, together: an engine may need a job a call. */
int amts_drafter_ask(struct drafter *d, struct work *v, size_t n, struct amts_error *err)
{
	struct amts_mt_request *all = NULL;
	struct amts_mt_result *results;
	struct amts_arena *arena = amts_arena_new();
	size_t i, k, m, nall = 0, cap = 0, at = 0;
	int rc;

	for (i = 0; i < n; i++) {
		const struct amts_mt_request *r =
			v[i].rc ? NULL : amts_plan_requests(v[i].plan, &m);

		for (k = 0; r && k < m; k++)
			AMTS_VEC_PUSH(all, nall, cap, r[k]);
	}
	results = AMTS_NEW(arena, struct amts_mt_result, nall + 1);
	rc = amts_engine_translate(d->engine, arena, all, nall, results, err);
	for (i = 0; !rc && i < n; i++) {
		if (v[i].rc)
			continue;
		(void)amts_plan_requests(v[i].plan, &m);
		v[i].results = AMTS_NEW(v[i].arena, struct amts_mt_result, m + 1);
		for (k = 0; k < m; k++, at++) {
			struct amts_mt_result *r = &v[i].results[k];

			*r = results[at];
			r->text = amts_arena_str(v[i].arena, r->text);
			r->from = amts_arena_str(v[i].arena, r->from);
			r->similar.src = amts_arena_str(v[i].arena, r->similar.src);
			r->similar.tgt = amts_arena_str(v[i].arena, r->similar.tgt);
			r->similar.from = amts_arena_str(v[i].arena, r->similar.from);
			name_engine(d, v[i].arena, r);
			flag_terms(d, v[i].arena, &all[at], r);
		}
	}
	if (!rc)
		amts_drafter_set_style(d, v, n);
	free(all);
	amts_arena_free(arena);
	return rc;
}

int amts_drafter_open(struct drafter *d, struct amts_sync *s, const char *engine,
	const struct amts_sync_options *opt, struct amts_error *err)
{
	int rc;

	*d = (struct drafter){ .sync = s, .engine_name = engine, .opt = opt };
	rc = amts_sync_open_memory(&d->memory, s, err);
	d->kept = !rc;
	if (rc == AMTS_EFAIL &&
		opt->dry_run) /* a repository that may only be looked at */
		rc = amts_memory_open(&d->memory, NULL, err);
	if (rc)
		return rc;
	d->glossary = amts_sync_glossary(s);
	return open_engine(d, err);
}

int amts_drafter_read_history(
	struct drafter *d, const struct amts_progress *progress, struct amts_error *err)
{
	struct amts_sync *whole = d->kept ? d->sync->whole : NULL;
	int rc;

	if (whole && whole->harvested)
		return AMTS_OK;
	rc = amts_sync_harvest(d->sync, d->memory, progress, err);
	if (!rc && whole)
		whole->harvested = 1;
	if (!rc || (rc = amts_sync_mend_memory(&d->memory, d->sync, err)))
		return rc;
	amts_engine_free(d->engine);
	d->engine = NULL;
	rc = open_engine(d, err);
	return rc ? rc : amts_sync_harvest(d->sync, d->memory, progress, err);
}

void amts_drafter_close(struct drafter *d)
{
	amts_engine_free(d->engine);
	amts_glossary_free(d->glossary);
	amts_memory_free(d->memory);
}

int amts_drafter_has_all(const struct drafter *d)
{
	return strcmp(d->engine_name, "amazon") != 0 || !amts_drafter_cost(d).segments;
}

struct amts_amazon_cost amts_drafter_cost(const struct drafter *d)
{
	const struct amts_amazon_cost *c = d->engine ? amts_amazon_cost(d->engine) : NULL;

	return c ? *c : (struct amts_amazon_cost){ 0 };
}
