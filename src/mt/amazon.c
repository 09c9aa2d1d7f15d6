#include "mt/amazon.h"

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

static int translate(struct amts_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err)
{
	struct amts_amazon *a = (struct amts_amazon *)(void *)e;
	struct amts_arena *scratch = amts_arena_new();
	char *chosen = AMTS_NEW(scratch, char, n);
	size_t *numbers = AMTS_NEW(scratch, size_t, n), m = 0, i;
	struct amts_amazon_outputs outputs = { 0 };
	struct amts_pages pages;
	int rc = amts_engine_translate(a->first, arena, requests, n, results, err);

	if (!rc)
		m = choose(chosen, numbers, results, n);
	if (m) {
		amts_pages_write(&pages, scratch, requests, numbers, m);
		rc = amts_amazon_run(&outputs, a, scratch, &pages, err);
	}
	for (i = 0; !rc && i < outputs.n; i++)
		amts_pages_read(results, arena, chosen, n, outputs.v[i].body,
			amts_arena_fmt(arena, "Amazon Translate, job %s", outputs.job).p);
	amts_arena_free(scratch);
	return rc;
}

static void free_amazon(struct amts_engine *e)
{
	struct amts_amazon *a = (struct amts_amazon *)(void *)e;

	amts_engine_free(a->first);
	amts_s3_free(a->s3);
	amts_aws_free(a->aws);
	amts_http_free(a->http);
	amts_arena_free(a->arena);
	free(a);
}

static const struct amts_engine_ops amazon_ops = { "amazon", translate, free_amazon };

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
	a->o.poll_ms = o->poll_ms ? o->poll_ms : 10000;
	a->o.aws.region = keep(a->arena, o->aws.region);
	a->src = amts_amazon_language(o->src_lang, a->arena);
	a->tgt = amts_amazon_language(o->tgt_lang, a->arena);
}

static int open_services(struct amts_amazon *a, struct amts_error *err)
{
	int rc;

	if (!a->o.bucket || !a->o.role)
		return amts_fail(err, AMTS_EUSAGE,
			"engine amazon needs git config amts.amazon.%s",
			a->o.bucket ? "roleArn" : "bucket");
	rc = amts_http_open(&a->http, a->o.http, err);
	if (!rc)
		rc = amts_aws_open(&a->aws, a->http, &a->o.aws, err);
	if (!rc)
		rc = amts_s3_open(&a->s3, a->aws, a->o.bucket, NULL, err);
	return rc;
}

int amts_engine_amazon(struct amts_engine **out, struct amts_engine *first,
	const struct amts_amazon_options *options, struct amts_error *err)
{
	struct amts_amazon *a = amts_calloc(1, sizeof(*a));
	int rc;

	a->base.ops = &amazon_ops;
	a->first = first;
	a->arena = amts_arena_new();
	copy_options(a, options);
	rc = open_services(a, err);
	*out = &a->base;
	if (rc) {
		free_amazon(&a->base);
		*out = NULL;
	}
	return rc;
}
