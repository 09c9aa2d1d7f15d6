/* Who translates: an engine for each system of an experiment. */
#include "amts/amazon.h"
#include "experiment/experiment.h"
#include "net/crypto.h"
#include "sync/sync.h"

#include <string.h>

/* Similar sentences count from here on, as in a run of sync. */
#define SIMILAR .75

#define HASH 12 /* hex digits of a name, as many as keep names apart */

/* ---- Amazon ---- */

/* Named by what is in it: what a killed run has handed over and paid for is what the next
 * one finds, and other pairs are another resource. */
static const char *name_data(const struct experiment *x, enum amts_system system)
{
	const struct amts_corpus *c = &x->data[system];
	struct amts_buf b = AMTS_BUF_INIT;
	char hash[AMTS_SHA256_HEX];
	size_t i;

	if (!c->n)
		return NULL;
	for (i = 0; i < c->n; i++) {
		amts_buf_add(&b, c->v[i].src);
		amts_buf_addc(&b, '\t');
		amts_buf_add(&b, c->v[i].tgt);
		amts_buf_addc(&b, '\n');
	}
	amts_sha256_hex(hash, amts_buf_str(&b));
	amts_buf_release(&b);
	return amts_arena_fmt(x->arena, "amts-eval-%s-%s-%s-%.*s", x->out->src_lang,
		x->out->tgt_lang, amts_system_name(system), HASH, hash)
		.p;
}

static int amazon_options(struct amts_amazon_options *o, const struct experiment *x,
	struct amts_memory *mem, enum amts_system system, struct amts_error *err)
{
	int managed, rc = amts_sync_amazon(o, &managed, x->sync, err);

	o->src_lang = x->out->src_lang;
	o->tgt_lang = x->out->tgt_lang;
	o->parallel_data = name_data(x, system);
	o->memory = o->parallel_data ? mem : NULL;
	o->kept =
		amts_arena_fmt(x->arena, "%s-eval-%s", o->kept, amts_system_name(system))
			.p;
	o->max_cost = x->opt->max_cost > 0 ? x->opt->max_cost - x->out->cost : 0;
	if (x->opt->max_cost > 0 && o->max_cost <= 0)
		o->max_cost = 1e-9; /* nothing is left to spend */
	return rc;
}

static int open_amazon(struct amts_engine **out, const struct experiment *x,
	struct amts_memory *mem, enum amts_system system, struct amts_error *err)
{
	struct amts_amazon_options o;
	int rc = amazon_options(&o, x, mem, system, err);

	return rc ? rc : amts_engine_amazon(out, amts_engine_none(), &o, err);
}

int experiment_is_amazon(const struct experiment *x)
{
	return !strcmp(x->opt->engine, "amazon");
}

/* Parallel data is of no use after the experiment, and an account may have a thousand. */
static int delete_data(
	const struct experiment *x, enum amts_system system, struct amts_error *err)
{
	struct amts_error gone = AMTS_ERROR_INIT;
	struct amts_amazon_options o;
	struct amts_http *http = NULL;
	struct amts_aws *aws = NULL;
	int rc = amazon_options(&o, x, NULL, system, err);

	if (!rc && o.parallel_data)
		rc = amts_http_open(&http, o.http, err);
	if (!rc && o.parallel_data)
		rc = amts_aws_open(&aws, http, &o.aws, err);
	if (!rc && o.parallel_data &&
		(rc = amts_parallel_data_delete(aws, o.parallel_data, &gone))) {
		if (rc == AMTS_ENOTFOUND) /* the service was not asked: all was kept */
			rc = AMTS_OK;
		else
			*err = gone;
	}
	amts_aws_free(aws);
	amts_http_free(http);
	return rc;
}

int experiment_clean_up(const struct experiment *x, struct amts_error *err)
{
	int k, rc = AMTS_OK;

	for (k = AMTS_SYSTEM_PARAGRAPHS; !rc && k < AMTS_SYSTEMS; k++)
		if (experiment_is_amazon(x))
			rc = delete_data(x, (enum amts_system)k, err);
	return rc;
}

/* ---- */

int experiment_engine(struct amts_engine **out, const struct experiment *x,
	struct amts_memory *mem, enum amts_system system, struct amts_error *err)
{
	const char *name = x->opt->engine;

	if (experiment_is_amazon(x))
		return open_amazon(out, x, mem, system, err);
	if (!strcmp(name, "none"))
		*out = amts_engine_none();
	else if (!strcmp(name, "memory"))
		*out = amts_engine_memory(
			mem, NULL, x->out->src_lang, x->out->tgt_lang, SIMILAR);
	else
		return amts_fail(err, AMTS_EUSAGE,
			"engine '%s' is not one of memory, amazon, none", name);
	return AMTS_OK;
}
