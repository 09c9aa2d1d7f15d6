#include "mt/amazon_batch.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* "Supported languages and language codes" in the Amazon Translate Developer Guide, where
 * they are not the language's own subtag. */
static const struct {
	const char *bcp47, *code;
} languages[] = { { "zh-Hant", "zh-TW" }, { "zh-TW", "zh-TW" }, { "zh-HK", "zh-TW" },
	{ "zh-MO", "zh-TW" }, { "pt-PT", "pt-PT" }, { "fr-CA", "fr-CA" },
	{ "es-MX", "es-MX" }, { "fa-AF", "fa-AF" }, { "prs", "fa-AF" }, { "nb", "no" },
	{ "nn", "no" }, { "fil", "tl" } };

const char *amts_amazon_language(const char *bcp47, struct amts_arena *arena)
{
	size_t i, n;

	for (i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
		n = strlen(languages[i].bcp47);
		if (!strncmp(bcp47, languages[i].bcp47, n) &&
			(!bcp47[n] || bcp47[n] == '-'))
			return languages[i].code;
	}
	return amts_arena_z(arena, (struct amts_str){ bcp47, strcspn(bcp47, "-_") });
}

static const struct amts_engine_ops amazon_ops, realtime_ops;

/* What the first engine has nothing for; a byte each request, and their numbers. */
static size_t choose(
	char *chosen, size_t *numbers, const struct amts_mt_result *results, size_t n)
{
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		chosen[i] = results[i].origin == AMTS_MT_NONE;
		if (chosen[i])
			numbers[m++] = i;
	}
	return m;
}

/* ---- what was paid for ---- */

static int load_kept(struct amts_amazon *a, struct amts_error *err)
{
	int rc = a->loaded ? AMTS_OK : amazon_kept_load(a, err);

	a->loaded = !rc;
	return rc;
}

static struct amts_str provenance(struct amts_arena *arena, struct amts_str job)
{
	return job.n ? amts_arena_fmt(arena, "Amazon Translate, job " AMTS_STR_FMT,
			       AMTS_STR_ARG(job))
		     : AMTS_STR("Amazon Translate");
}

static void answer_from_kept(const struct amts_amazon *a, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results)
{
	const struct amazon_kept *k;
	size_t i;

	for (i = 0; i < n; i++) {
		if (results[i].origin != AMTS_MT_NONE)
			continue;
		k = amazon_kept_find(a, requests[i].text);
		if (k && k->text.n)
			results[i] = (struct amts_mt_result){ .text = amts_arena_str(
								      arena, k->text),
				.origin = AMTS_MT_MACHINE,
				.from = provenance(arena, k->job) };
	}
}

int amazon_keep_results(struct amts_amazon *a, const struct amts_mt_request *requests,
	const size_t *numbers, size_t m, const struct amts_mt_result *results,
	const char *job, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < m; i++) {
		const struct amts_mt_result *r = &results[numbers[i]];

		if (r->origin == AMTS_MT_MACHINE && !memchr(r->text.p, '\n', r->text.n))
			amazon_kept_put(
				a, requests[numbers[i]].text, r->text, amts_str_z(job));
	}
	return amazon_kept_save(a, err);
}

/* ---- cost ---- */

size_t amazon_characters(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		if (amts_str_starts(amts_str_sub(s, i, s.n), AMTS_STR("<x id=\"")))
			i = amts_str_find(s, AMTS_STR(">"), i);
		else
			n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	}
	return n;
}

int amazon_count_cost(struct amts_amazon *a, size_t segments, size_t documents, size_t n,
	struct amts_error *err)
{
	struct amts_amazon_cost *c = &a->cost;

	c->segments += segments;
	c->documents += documents;
	c->characters += n;
	c->price = (double)c->characters * a->o.price_per_million / 1e6;
	if (a->o.max_cost > 0 && a->o.price_per_million <= 0)
		return amts_fail(err, AMTS_ECOST,
			"no price is known: set git config amts.amazon.pricePerMillion");
	return a->o.dry_run ? AMTS_OK : amazon_check_cost(&a->o, c->characters, err);
}

int amazon_check_cost(
	const struct amts_amazon_options *o, size_t characters, struct amts_error *err)
{
	double price = (double)characters * o->price_per_million / 1e6;

	if (o->max_cost <= 0 || price <= o->max_cost)
		return AMTS_OK;
	return amts_fail(err, AMTS_ECOST,
		"%zu characters would cost %.2f, more than %.2f: raise --max-cost, or "
		"name fewer pages",
		characters, price, o->max_cost);
}

const struct amts_amazon_cost *amts_amazon_cost(const struct amts_engine *e)
{
	return e->ops == &amazon_ops || e->ops == &realtime_ops
		       ? &((const struct amts_amazon *)(const void *)e)->cost
		       : NULL;
}

/* ---- the engine ---- */

/* Those that were not counted before, fit into a document, and did not come to nothing as
 * often as they may; how many are left of numbers. */
static size_t select_new(struct amts_amazon *a, const struct amts_mt_request *requests,
	size_t *numbers, size_t m)
{
	size_t i, kept = 0;

	for (i = 0; i < m; i++) {
		struct amts_str text = requests[numbers[i]].text;
		const struct amazon_kept *k = amazon_kept_find(a, text);
		uint64_t key = amts_str_hash(text, AMTS_HASH_SEED);

		if (text.n > AMTS_PAGE_BYTES || (k && k->tries >= AMAZON_TRIES) ||
			amts_map_get(&a->asked, key) != AMTS_MAP_NONE)
			continue;
		amts_map_add(&a->asked, key, 1);
		numbers[kept++] = numbers[i];
	}
	return kept;
}

static int count_batch(struct amts_amazon *a, const struct amts_mt_request *requests,
	const size_t *numbers, size_t m, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_pages pages;
	size_t i, sum = 0;
	int rc;

	amts_pages_write(&pages, arena, requests, numbers, m);
	for (i = 0; i < m; i++)
		sum += amazon_characters(requests[numbers[i]].text);
	rc = amazon_count_cost(a, m, pages.n, sum, err);
	amts_arena_free(arena);
	return rc;
}

/* What killed runs of an engine by itself have left. */
static int finish_own(struct amts_amazon *a, struct amts_error *err)
{
	struct amts_error why = AMTS_ERROR_INIT;
	struct amts_amazon_jobs *own = amazon_jobs_of_one(a);
	int rc = amazon_jobs_finish(own, &why);

	amts_amazon_jobs_free(own);
	if (rc != AMTS_ERETRY && rc != AMTS_EAUTH && rc != AMTS_ECONFLICT)
		return AMTS_OK; /* what failed for good is asked for anew */
	*err = why;
	return rc;
}

static int do_own(struct amts_amazon *a, const struct amts_mt_request *requests,
	const size_t *numbers, size_t m, struct amts_error *err)
{
	struct amts_amazon_jobs *own = amazon_jobs_of_one(a);
	int rc = amazon_jobs_add(own, a, requests, numbers, m, err);

	if (!rc)
		rc = amazon_jobs_finish(own, err);
	amts_amazon_jobs_free(own);
	return rc ? rc : amazon_kept_load(a, err);
}

/* To be translated with others, or, of an engine by itself, at once. */
static int ask_batch(struct amts_amazon *a, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, size_t *numbers, size_t m,
	struct amts_mt_result *results, struct amts_error *err)
{
	int rc;

	m = select_new(a, requests, numbers, m);
	rc = m ? count_batch(a, requests, numbers, m, err) : AMTS_OK;
	if (rc || !m || a->o.dry_run)
		return rc;
	if (a->o.jobs)
		return amazon_jobs_add(a->o.jobs, a, requests, numbers, m, err);
	rc = do_own(a, requests, numbers, m, err);
	if (!rc)
		answer_from_kept(a, arena, requests, n, results);
	return rc;
}

static int ask_realtime(struct amts_amazon *a, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, const char *chosen,
	size_t *numbers, size_t m, struct amts_mt_result *results, struct amts_error *err)
{
	int rc;

	m = select_new(a, requests, numbers, m);
	rc = m ? amazon_send_texts(
			 a, arena, requests, n, chosen, numbers, m, results, err)
	       : AMTS_OK;
	if (!rc)
		answer_from_kept(a, arena, requests, n, results);
	return rc;
}

static int translate(struct amts_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err)
{
	struct amts_amazon *a = (struct amts_amazon *)(void *)e;
	struct amts_arena *scratch = amts_arena_new();
	char *chosen = AMTS_NEW(scratch, char, n);
	size_t *numbers = AMTS_NEW(scratch, size_t, n), m = 0;
	int rc = amts_engine_translate(a->first, arena, requests, n, results, err);

	if (!rc && !a->realtime && !a->o.jobs && !a->o.dry_run)
		rc = finish_own(a, err);
	if (!rc)
		rc = load_kept(a, err);
	if (!rc) {
		answer_from_kept(a, arena, requests, n, results);
		m = choose(chosen, numbers, results, n);
	}
	if (m && a->realtime)
		rc = ask_realtime(
			a, arena, requests, n, chosen, numbers, m, results, err);
	else if (!rc && !a->realtime)
		rc = ask_batch(a, arena, requests, n, numbers, m, results, err);
	amts_arena_free(scratch);
	return rc;
}

void amazon_state_free(struct amts_amazon *a)
{
	amts_engine_free(a->first);
	amts_aws_free(a->aws);
	amts_http_free(a->http);
	amts_map_release(&a->asked);
	amts_map_release(&a->by_id);
	amts_buf_release(&a->unsaved);
	free(a->kept);
	amts_arena_free(a->arena);
	free(a);
}

static void free_amazon(struct amts_engine *e)
{
	amazon_state_free((struct amts_amazon *)(void *)e);
}

static const struct amts_engine_ops amazon_ops = { "amazon", translate, free_amazon };
static const struct amts_engine_ops realtime_ops = { "amazon-realtime", translate,
	free_amazon };

static const char *keep(struct amts_arena *arena, const char *z)
{
	return z && *z ? amts_arena_z(arena, amts_str_z(z)) : NULL;
}

static void copy_options(struct amts_amazon *a, const struct amts_amazon_options *o)
{
	a->o = *o;
	a->o.bucket = keep(a->arena, o->bucket);
	a->o.prefix = keep(a->arena, o->prefix ? o->prefix : "amts");
	a->o.role = keep(a->arena, o->role);
	a->o.parallel_data = keep(a->arena, o->parallel_data);
	a->o.terminology = o->own_terminology && !amazon_has_terms(o->glossary)
				   ? NULL
				   : keep(a->arena, o->terminology);
	a->o.src_lang = keep(a->arena, o->src_lang);
	a->o.tgt_lang = keep(a->arena, o->tgt_lang);
	a->o.kept = keep(a->arena, o->kept);
	a->o.poll_ms = o->poll_ms ? o->poll_ms : 10000;
	a->o.aws.region = keep(a->arena, o->aws.region);
	a->src = amts_amazon_language(o->src_lang, a->arena);
	a->tgt = amts_amazon_language(o->tgt_lang, a->arena);
}

struct amts_amazon *amazon_state_new(const struct amts_amazon_options *options)
{
	struct amts_amazon *a = amts_calloc(1, sizeof(*a));

	a->arena = amts_arena_new();
	a->unsaved = (struct amts_buf)AMTS_BUF_INIT;
	copy_options(a, options);
	return a;
}

int amts_engine_amazon(struct amts_engine **out, struct amts_engine *first,
	const struct amts_amazon_options *options, struct amts_error *err)
{
	struct amts_amazon *a = amazon_state_new(options);

	a->base.ops = &amazon_ops;
	a->first = first;
	*out = &a->base;
	if (a->o.bucket && a->o.role)
		return AMTS_OK;
	amts_fail(err, AMTS_EUSAGE, "engine amazon needs git config amts.amazon.%s",
		a->o.bucket ? "roleArn" : "bucket");
	amazon_state_free(a);
	*out = NULL;
	return AMTS_EUSAGE;
}

int amts_engine_amazon_realtime(struct amts_engine **out, struct amts_engine *first,
	const struct amts_amazon_options *options, struct amts_error *err)
{
	struct amts_amazon_options o = *options;
	struct amts_amazon *a;
	int rc;

	o.parallel_data = NULL; /* which only jobs take */
	o.memory = NULL;
	a = amazon_state_new(&o);
	a->realtime = 1;
	a->base.ops = &realtime_ops;
	a->first = first;
	rc = amts_http_open(&a->http, a->o.http, err);
	if (!rc)
		rc = amts_aws_open(&a->aws, a->http, &a->o.aws, err);
	*out = &a->base;
	if (rc) {
		amazon_state_free(a);
		*out = NULL;
	}
	return rc;
}
