#include "pull_request.h"
#include "net.h"

#include "amts/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int cli_push(struct amts_sync *sync, int quiet, struct amts_error *err)
{
	const char *branch = cli_branch_name(amts_sync_info(sync)->review_ref);
	int pushed = 0, rc = amts_review_push(&pushed, sync, err);

	if (!rc && !quiet && pushed)
		printf("pushed %s\n", branch);
	return rc;
}

/* ---- which service ---- */

static const char *set(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *token_of(enum amts_forge_kind kind)
{
	const char *token;

	switch (kind) {
	case AMTS_FORGE_GITHUB:
		token = set("GITHUB_TOKEN");
		return token ? token : set("GH_TOKEN");
	case AMTS_FORGE_GITLAB:
		return set("GITLAB_TOKEN");
	case AMTS_FORGE_GITEA:
		return set("GITEA_TOKEN");
	case AMTS_FORGE_NONE:
		break;
	}
	return NULL;
}

static const char *token_name(enum amts_forge_kind kind)
{
	static const char *const names[] = { "", "GITHUB_TOKEN", "GITLAB_TOKEN",
		"GITEA_TOKEN" };

	return names[kind];
}

static const char *api_name(enum amts_forge_kind kind)
{
	static const char *const names[] = { "", "GITHUB_API_URL", "CI_API_V4_URL",
		"GITEA_API_URL" };

	return names[kind];
}

/* What the environment says of the service; a URL without its last slashes. */
static const char *api_of(struct cli *cli, enum amts_forge_kind kind)
{
	const char *url = kind ? set(api_name(kind)) : NULL;
	struct amts_str s = amts_str_z(url);

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return url ? amts_arena_z(cli->arena, s) : NULL;
}

/* Does the user's git configuration name a repository on this host? */
static int names_host(struct cli *cli, const struct amts_config *cfg, const char *host)
{
	struct amts_forge_place place;
	size_t i;

	for (i = 0; i < cfg->nall; i++) {
		if (!cfg->all[i].value ||
			!amts_str_ends(amts_str_z(cfg->all[i].key), AMTS_STR("url")))
			continue;
		amts_forge_locate(&place, cli->arena, cfg->all[i].value, AMTS_FORGE_NONE);
		if (place.host && !strcmp(place.host, host))
			return 1;
	}
	return 0;
}

/* A token is for its service's own host or those of the user's choice: `.amts`, which is
 * from others, may name any.  own: the url is from a configuration of git's. */
static int check_host(struct cli *cli, const struct amts_config *cfg,
	const struct amts_forge_place *place, int own, struct amts_error *err)
{
	static const char *const home[] = { "", "github.com", "gitlab.com", "" };

	if (own || !place->host || !strcmp(place->host, home[place->kind]) ||
		names_host(cli, cfg, place->host))
		return AMTS_OK;
	return amts_fail(err, AMTS_EAUTH,
		"only '" AMTS_CONFIG_FILE "' names '%s', which is sent no token; set %s, "
		"or name it in a remote of your own",
		place->host, api_name(place->kind));
}

static int find_service(struct amts_forge_options *out, struct cli *cli,
	const struct amts_config *cfg, const char *remote_url, int own,
	struct amts_error *err)
{
	const char *name = amts_config_get(cfg, "amts.forge");
	const char *repository = amts_config_get(cfg, "amts.forgerepository");
	enum amts_forge_kind kind = AMTS_FORGE_NONE;
	struct amts_forge_place place;

	if (name && !amts_forge_parse(&kind, name))
		return amts_fail(err, AMTS_EUSAGE,
			"amts.forge is '%s', which is none of github, gitlab, gitea, "
			"none",
			name);
	amts_forge_locate(&place, cli->arena, remote_url, kind);
	out->kind = place.kind;
	out->repository = repository ? repository : place.repository;
	out->api = api_of(cli, place.kind);
	out->token = token_of(place.kind);
	out->now = (int64_t)time(NULL);
	if (!out->token && place.kind == AMTS_FORGE_GITHUB) {
		out->app_id = set("GITHUB_APP_ID");
		out->app_key = set("GITHUB_APP_KEY");
	}
	if (place.kind != AMTS_FORGE_NONE && !out->token && !out->app_key)
		return amts_fail(err, AMTS_EAUTH,
			"no token for a pull request on %s: set %s",
			amts_forge_name(place.kind), token_name(place.kind));
	if (out->api || place.kind == AMTS_FORGE_NONE)
		return AMTS_OK;
	out->api = place.api;
	return check_host(cli, cfg, &place, own, err);
}

/* ---- */

/* "a, b" of amts.<lang>.<key>, else amts.<key>. */
static struct cli_list list_of(
	struct cli *cli, const struct amts_config *cfg, const char *lang, const char *key)
{
	const char *value = amts_config_get(
		cfg, amts_arena_fmt(cli->arena, "amts.%s.%s", lang, key).p);
	struct cli_list out = { 0 };
	char *part, *save = NULL;

	if (!value)
		value = amts_config_get(
			cfg, amts_arena_fmt(cli->arena, "amts.%s", key).p);
	if (!value)
		return out;
	out.v = AMTS_NEW(cli->arena, const char *, strlen(value) + 1);
	for (part = strtok_r(amts_arena_z(cli->arena, amts_str_z(value)), ", ", &save);
		part; part = strtok_r(NULL, ", ", &save))
		out.v[out.n++] = part;
	return out;
}

static void say(const char *lang, const struct amts_pull_request_result *r)
{
	static const char *const what[] = { [AMTS_PR_CREATED] = "opened",
		[AMTS_PR_UPDATED] = "updated",
		[AMTS_PR_SAME] = "is up to date:" };

	if (r->done != AMTS_PR_NOTHING)
		printf("%s: pull request %s %s\n", lang, what[r->done], r->url);
}

static int send(struct cli *cli, const struct amts_forge_options *o,
	const struct amts_pull_request *pr, const char *lang, int quiet,
	struct amts_error *err)
{
	struct amts_pull_request_result r = { .done = AMTS_PR_NOTHING };
	struct amts_forge *forge = NULL;
	struct amts_http *http;
	int rc = cli_http_open(&http, cli, NULL, err);

	if (rc)
		return rc;
	rc = amts_forge_open(&forge, http, o, err);
	if (!rc)
		rc = amts_forge_pull_request(&r, cli->arena, forge, pr, err);
	if (!rc && r.warning)
		cli_warn("%s: %s", lang, r.warning);
	if (!rc && !quiet)
		say(lang, &r);
	amts_forge_free(forge);
	amts_http_free(http);
	return rc;
}

/* The branch that the review is for. */
static int base_branch(const char **out, struct cli *cli, struct amts_project *project,
	const char *lang, struct amts_error *err)
{
	*out = amts_review_base(cli->arena, project, lang, err);
	return *out ? AMTS_OK
		    : amts_fail(err, AMTS_EUSAGE,
			      "nothing tells the branch to pull into; set "
			      "target.%s.branch",
			      lang);
}

int cli_pull_request(struct cli *cli, struct amts_project *project,
	const struct amts_sync_info *branch, int quiet, struct amts_error *err)
{
	const char *lang = branch->lang;
	const struct amts_config *cfg = amts_project_config(project);
	struct cli_list labels = list_of(cli, cfg, lang, "labels");
	struct cli_list reviewers = list_of(cli, cfg, lang, "reviewers");
	struct amts_forge_options o = { 0 };
	struct amts_pull_request pr = { .head = cli_branch_name(branch->review_ref),
		.labels = labels.v,
		.nlabels = labels.n,
		.reviewers = reviewers.v,
		.nreviewers = reviewers.n };
	struct amts_review_text text;
	const char *url = "";
	int own = 0;
	int rc = amts_config_bool(&pr.draft, cfg, "amts.draft", err);

	if (!rc)
		rc = amts_review_remote_url(&url, &own, cli->arena, project, lang, err);
	if (!rc)
		rc = find_service(&o, cli, cfg, url, own, err);
	if (!rc)
		rc = amts_review_text(&text, cli->arena, project, lang, branch->part,
			amts_forge_body_max(o.kind), err);
	if (rc || !text.files)
		return rc;
	rc = base_branch(&pr.base, cli, project, lang, err);
	pr.title = text.title.p;
	pr.body = text.body;
	return rc ? rc : send(cli, &o, &pr, lang, quiet, err);
}
