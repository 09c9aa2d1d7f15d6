/* What the configuration says of Amazon Translate. */
#include "amts/amazon.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

#define LANG "{lang}"
#define LONGEST_POLL 3600 /* seconds */

/* amts.<lang>.<key>, else amts.amazon.<key>. */
static const char *setting(struct amts_sync *s, const char *key)
{
	const struct amts_config *cfg = &s->project->cfg;
	const char *own = amts_config_get(
		cfg, amts_arena_fmt(s->arena, "amts.%s.%s", s->info.lang, key).p);

	return own ? own
		   : amts_config_get(
			     cfg, amts_arena_fmt(s->arena, "amts.amazon.%s", key).p);
}

/* A name with a place for the language is ours to keep up to date; another one may be
 * anybody's, and is used as it is. */
static const char *resource(int *managed, struct amts_sync *s, const char *key)
{
	const char *name = setting(s, key), *at = name ? strstr(name, LANG) : NULL;

	*managed = at != NULL;
	if (!at)
		return name;
	return amts_arena_fmt(s->arena, "%.*s%s%s", (int)(at - name), name, s->info.lang,
		at + sizeof(LANG) - 1)
		.p;
}

static void read_style(struct amts_amazon_options *o, const struct amts_sync *s)
{
	const struct amts_target *t = amts_config_target(&s->project->cfg, s->info.lang);

	if (t && t->formality)
		o->formality = strcmp(t->formality, "formal") ? -1 : 1;
	o->brevity = t && t->brevity && !strcmp(t->brevity, "true");
}

static int read_poll(long *ms, const struct amts_config *cfg, struct amts_error *err)
{
	const char *seconds = amts_config_get(cfg, "amts.amazon.pollseconds");
	char *end = NULL;
	long n = seconds ? strtol(seconds, &end, 10) : 0;

	if (seconds && (!*seconds || *end || n < 0 || n > LONGEST_POLL))
		return amts_fail(err, AMTS_EPARSE,
			"git config 'amts.amazon.pollSeconds': '%s' is no number of "
			"seconds",
			seconds);
	*ms = seconds && !n ? 1 : n * 1000;
	return AMTS_OK;
}

static int read_rate(double *out, const struct amts_config *cfg, struct amts_error *err)
{
	const char *rate = amts_config_get(cfg, "amts.amazon.pricepermillion");

	*out = 0;
	if (rate && (!amts_str_number(out, rate) || *out < 0))
		return amts_fail(err, AMTS_EPARSE,
			"git config 'amts.amazon.pricePerMillion': '%s' is no price",
			rate);
	return AMTS_OK;
}

/* What is the same for all languages. */
static int read_service(struct amts_amazon_options *out,
	const struct amts_project *project, struct amts_error *err)
{
	static const struct amts_http_options plain;
	const struct amts_config *cfg = &project->cfg;
	const struct amts_env *env = project->env;
	int rc;

	*out = (struct amts_amazon_options){ .http = env->http ? env->http : &plain,
		.aws = { .variable = env->variable,
			.region = amts_config_get(cfg, "amts.amazon.region") },
		.bucket = amts_config_get(cfg, "amts.amazon.bucket"),
		.prefix = amts_config_get(cfg, "amts.amazon.prefix"),
		.role = amts_config_get(cfg, "amts.amazon.rolearn"),
		.src_lang = cfg->src_lang };
	rc = read_poll(&out->poll_ms, cfg, err);
	return rc ? rc : read_rate(&out->price_per_million, cfg, err);
}

static const char *kept_file(
	struct amts_arena *arena, struct amts_project *project, const char *lang)
{
	return amts_arena_fmt(
		arena, "%samts/amazon-%s", amts_repo_common_dir(project->repo), lang)
		.p;
}

int amts_sync_amazon(struct amts_amazon_options *out, int *managed, struct amts_sync *s,
	struct amts_error *err)
{
	int rc = read_service(out, s->project, err);

	out->tgt_lang = s->info.lang;
	out->parallel_data = resource(managed, s, "paralleldata");
	out->terminology = resource(&out->own_terminology, s, "terminology");
	read_style(out, s);
	out->kept = kept_file(s->arena, s->project, s->info.lang);
	return rc;
}

int amts_project_jobs(struct amts_amazon_jobs **out, struct amts_project *project,
	const struct amts_jobs_options *how, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_amazon_options o;
	int rc = read_service(&o, project, err);

	o.max_cost = how->max_cost;
	o.keep = how->keep;
	o.aws.profile = how->profile;
	o.aws.region = how->region ? how->region : o.aws.region;
	o.note = how->note;
	o.note_payload = how->note_payload;
	o.kept = kept_file(arena, project, "");
	if (!rc)
		rc = amts_amazon_jobs_open(out, &o, err);
	amts_arena_free(arena);
	return rc;
}
