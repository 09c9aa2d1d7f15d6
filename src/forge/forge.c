#include "forge/forge.h"
#include "base/alloc.h"
#include "forge/app.h"
#include "net/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const names[] = { "none", "github", "gitlab", "gitea" };

const char *amts_forge_name(enum amts_forge_kind kind)
{
	return names[kind];
}

int amts_forge_parse(enum amts_forge_kind *out, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i])) {
			*out = (enum amts_forge_kind)i;
			return 1;
		}
	*out = AMTS_FORGE_GITEA;
	return !strcmp(name, "forgejo");
}

/* GitHub and GitHub Enterprise refuse more than 65,536 characters, GitLab 1,048,576;
 * Gitea's column holds 65,535 bytes on some databases.
 * A tenth is left for what people write around ours. */
size_t amts_forge_body_max(enum amts_forge_kind kind)
{
	return kind == AMTS_FORGE_GITLAB ? 900000 : 59000;
}

/* ---- where ---- */

static enum amts_forge_kind kind_of(const char *host)
{
	if (!strcmp(host, "github.com") || !strcmp(host, "ssh.github.com"))
		return AMTS_FORGE_GITHUB;
	if (!strcmp(host, "gitlab.com"))
		return AMTS_FORGE_GITLAB;
	if (!strcmp(host, "codeberg.org") || !strcmp(host, "gitea.com"))
		return AMTS_FORGE_GITEA;
	return AMTS_FORGE_NONE;
}

static const char *api_of(struct amts_arena *arena, enum amts_forge_kind kind,
	const char *host, struct amts_str port)
{
	int known = kind_of(host) == kind;

	host = amts_arena_fmt(arena, "%s" AMTS_STR_FMT, host, AMTS_STR_ARG(port)).p;

	switch (kind) {
	case AMTS_FORGE_GITHUB:
		return known ? "https://api.github.com"
			     : amts_arena_fmt(arena, "https://%s/api/v3", host).p;
	case AMTS_FORGE_GITLAB:
		return amts_arena_fmt(arena, "https://%s/api/v4", host).p;
	case AMTS_FORGE_GITEA:
		return amts_arena_fmt(arena, "https://%s/api/v1", host).p;
	case AMTS_FORGE_NONE:
		break;
	}
	return NULL;
}

/* Host, port (":8443" or "", that of https and http only) and path of
 * scheme://[user@]host[:port]/path and [user@]host:path; 0 for others. */
static int split(struct amts_str *host, struct amts_str *port, struct amts_str *path,
	struct amts_str url)
{
	size_t scheme = amts_str_find(url, AMTS_STR("://"), 0), at, end;
	struct amts_str rest = url;

	if (scheme < url.n) {
		rest = amts_str_sub(url, scheme + 3, url.n);
		end = amts_str_find(rest, AMTS_STR("/"), 0);
		if (amts_str_starts(url, AMTS_STR("file")))
			return 0;
	} else {
		end = amts_str_find(rest, AMTS_STR(":"), 0);
		if (amts_str_find(rest, AMTS_STR("/"), 0) < end)
			return 0; /* a path */
	}
	if (end == rest.n)
		return 0;
	*path = amts_str_sub(rest, end + 1, rest.n);
	*host = amts_str_sub(rest, 0, end);
	at = amts_str_find(*host, AMTS_STR("@"), 0);
	if (at < host->n)
		*host = amts_str_sub(*host, at + 1, host->n);
	at = amts_str_find(*host, AMTS_STR(":"), 0);
	*port = amts_str_starts(url, AMTS_STR("http")) && scheme < url.n
			? amts_str_sub(*host, at, host->n)
			: AMTS_STR("");
	*host = amts_str_sub(*host, 0, at);
	return host->n && path->n;
}

void amts_forge_locate(struct amts_forge_place *out, struct amts_arena *arena,
	const char *remote_url, enum amts_forge_kind kind)
{
	struct amts_str host, port, path;

	*out = (struct amts_forge_place){ .kind = kind };
	if (!split(&host, &port, &path, amts_str_z(remote_url)))
		return;
	while (path.n && path.p[0] == '/')
		path = amts_str_sub(path, 1, path.n);
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	if (amts_str_ends(path, AMTS_STR(".git")))
		path.n -= 4;
	out->host = amts_arena_z(arena, host);
	out->repository = amts_arena_z(arena, path);
	if (kind == AMTS_FORGE_NONE)
		out->kind = kind_of(out->host);
	out->api = api_of(arena, out->kind, out->host, port);
}

/* ---- calls ---- */

const char *forge_escape(struct amts_arena *arena, const char *s)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *out;

	amts_url_encode(&b, amts_str_z(s), "");
	out = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

const char *forge_below(
	struct amts_arena *arena, const struct amts_forge *f, const char *rest)
{
	return amts_arena_fmt(arena, "%s%s", f->root, rest).p;
}

const char *forge_text(
	struct amts_arena *arena, const struct amts_json *object, const char *key)
{
	const char *s = amts_json_string(object, key);

	return amts_arena_z(arena, amts_str_z(s ? s : ""));
}

void forge_split_title(struct forge_found *found, struct amts_arena *arena,
	const char *title, const char *const *prefixes, size_t n)
{
	struct amts_str s = amts_str_z(title), prefix;
	size_t i;

	found->prefix = "";
	for (i = 0; i < n; i++) {
		prefix = amts_str_z(prefixes[i]);
		if (!amts_str_starts(s, prefix))
			continue;
		found->prefix = prefixes[i];
		s = amts_str_sub(s, prefix.n, s.n);
		break;
	}
	found->title = amts_arena_z(arena, s);
}

void forge_put(struct amts_buf *out, const char *name, struct amts_str value)
{
	if (out->n && out->p[out->n - 1] != '{')
		amts_buf_addc(out, ',');
	amts_json_quote(out, amts_str_z(name));
	amts_buf_addc(out, ':');
	amts_json_quote(out, value);
}

void forge_put_list(
	struct amts_buf *out, const char *name, const char *const *v, size_t n)
{
	size_t i;

	if (out->n && out->p[out->n - 1] != '{')
		amts_buf_addc(out, ',');
	amts_json_quote(out, amts_str_z(name));
	amts_buf_addz(out, ":[");
	for (i = 0; i < n; i++) {
		if (i)
			amts_buf_addc(out, ',');
		amts_json_quote(out, amts_str_z(v[i]));
	}
	amts_buf_addc(out, ']');
}

const char *forge_said(struct amts_arena *arena, const struct amts_json *reply)
{
	const struct amts_json *e = amts_json_get(reply, "errors"), *m;
	const char *text = amts_json_string(reply, "message"), *more;

	m = amts_json_get(reply, "message"); /* GitLab: a list of texts */
	if (!text && (m = amts_json_first(m)))
		text = amts_json_value(m);
	if (!text)
		text = amts_json_string(reply, "error");
	for (e = amts_json_first(e); e; e = amts_json_next(e)) {
		more = amts_json_string(e, "message");
		if (!more)
			more = amts_json_value(e);
		if (more)
			text = amts_arena_fmt(
				arena, "%s%s%s", text ? text : "", text ? ": " : "", more)
				       .p;
	}
	return text ? amts_arena_z(arena, amts_str_z(text)) : "";
}

static enum amts_http_verdict judge(void *payload,
	const struct amts_http_request *request, const struct amts_http_reply *reply)
{
	const char *left = amts_http_header(reply, "x-ratelimit-remaining");
	int limited = reply->status == 429 || reply->status == 403;

	(void)payload;
	(void)request;
	if (limited && amts_http_header(reply, "retry-after"))
		return AMTS_HTTP_LATER;
	if (limited || (left && !strcmp(left, "0") && reply->status >= 400))
		return AMTS_HTTP_DONE; /* forge_call says until when */
	return reply->status >= 500 || reply->status == 408 ? AMTS_HTTP_RETRY
							    : AMTS_HTTP_DONE;
}

/* A rate limit that is used up, and until when. */
static int check_limit(
	const struct amts_http_reply *reply, const char *said, struct amts_error *err)
{
	const char *left = amts_http_header(reply, "x-ratelimit-remaining");
	const char *reset = amts_http_header(reply, "x-ratelimit-reset");
	const char *wait = amts_http_header(reply, "retry-after");
	char when[40] = "in a minute";
	struct tm tm;
	time_t t;

	if (reply->status != 403 && reply->status != 429)
		return AMTS_OK;
	if (!(left && !strcmp(left, "0")) && !strstr(said, "rate limit") && !wait &&
		reply->status != 429)
		return AMTS_OK;
	if (wait && *wait && strspn(wait, "0123456789") == strlen(wait)) {
		snprintf(when, sizeof(when), "in %.9s seconds", wait);
	} else if (left && !strcmp(left, "0") && reset) {
		t = (time_t)strtoll(reset, NULL, 10);
		if (gmtime_r(&t, &tm))
			strftime(when, sizeof(when), "after %H:%M:%S UTC", &tm);
	}
	return amts_fail(err, AMTS_ERETRY,
		"the rate limit of the service is used up; run this again %s", when);
}

static int check_reply(struct amts_forge *f, const struct amts_http_request *request,
	const struct amts_http_reply *reply, const char *said, int *status,
	struct amts_error *err)
{
	int rc = check_limit(reply, said, err);

	if (status)
		*status = reply->status;
	if (rc || (status && reply->status < 500 && reply->status != 401))
		return rc;
	rc = amts_http_check(f->http, request, reply, amts_str_z(said), err);
	if (rc == AMTS_EAUTH && reply->status == 401)
		return amts_fail(err, AMTS_EAUTH,
			"the service does not know the token (%s)", said);
	return rc;
}

int forge_call_as(struct amts_json **out, int *status, struct amts_arena *arena,
	struct amts_forge *f, const char *auth, const char *method, const char *path,
	struct amts_str body, struct amts_error *err)
{
	struct amts_http_header headers[] = { { f->ops->auth_header, auth },
		{ "Accept", f->ops->accept }, { "Content-Type", "application/json" },
		{ f->ops->version_header, f->ops->version } };
	struct amts_http_request request = { .method = method,
		.url = amts_arena_fmt(arena, "%s%s", f->api, path).p,
		.headers = headers,
		.nheaders = f->ops->version ? 4 : 3,
		.body = body,
		.repeatable = !strcmp(method, "PATCH"),
		.judge = judge };
	struct amts_http_reply reply;
	struct amts_error ignored = AMTS_ERROR_INIT;
	int rc = amts_http_send(&reply, f->http, arena, &request, err);

	*out = NULL;
	if (rc)
		return rc;
	if (reply.body.n && amts_json_parse(out, reply.body, path, &ignored) &&
		reply.status < 300)
		return amts_fail(
			err, AMTS_EPARSE, "%s %s: %s", method, request.url, ignored.msg);
	return check_reply(f, &request, &reply, forge_said(arena, *out), status, err);
}

int forge_call(struct amts_json **out, int *status, struct amts_arena *arena,
	struct amts_forge *f, const char *method, const char *path, struct amts_str body,
	struct amts_error *err)
{
	const char *auth =
		amts_arena_fmt(arena, "%s%s", f->ops->auth, f->token ? f->token : "").p;

	return forge_call_as(out, status, arena, f, auth, method, path, body, err);
}

int forge_send(struct amts_arena *arena, struct amts_forge *f, const char *method,
	const char *path, struct amts_buf *body, struct amts_error *err)
{
	struct amts_json *reply;
	int rc = forge_call(&reply, NULL, arena, f, method, forge_below(arena, f, path),
		amts_buf_str(body), err);

	amts_json_free(reply);
	amts_buf_release(body);
	return rc;
}

int forge_create(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const char *path, struct amts_buf *body,
	void (*read)(struct forge_found *out, struct amts_arena *arena,
		const struct amts_json *reply),
	struct amts_error *err)
{
	struct amts_json *reply;
	int status = 0, rc = forge_call(&reply, &status, arena, f, "POST",
				forge_below(arena, f, path), amts_buf_str(body), err);
	const char *said = forge_said(arena, reply), *noun = f->kind == AMTS_FORGE_GITLAB
								     ? "merge request"
								     : "pull request";

	amts_buf_release(body);
	if (!rc && status == 409)
		rc = amts_fail(err, AMTS_ECONFLICT, "%s", said);
	else if (!rc && status != 201)
		rc = amts_fail(err, status == 403 ? AMTS_EAUTH : AMTS_EFAIL,
			"the %s was refused: %d %s", noun, status, said);
	else if (!rc)
		read(out, arena, reply);
	if (!rc && !out->number)
		rc = amts_fail(err, AMTS_EPARSE, "the reply names no %s", noun);
	amts_json_free(reply);
	return rc;
}

int forge_label(struct amts_arena *arena, struct amts_forge *f, long number,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put_list(&body, "labels", pr->labels, pr->nlabels);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "POST",
		amts_arena_fmt(arena, "/issues/%ld/labels", number).p, &body, err);
}

/* ---- opening ---- */

static const char *copy(struct amts_arena *arena, const char *s)
{
	return s ? amts_arena_z(arena, amts_str_z(s)) : NULL;
}

static const char *root_of(const struct amts_forge *f)
{
	if (f->kind == AMTS_FORGE_GITLAB)
		return amts_arena_fmt(
			f->arena, "/projects/%s", forge_escape(f->arena, f->repository))
			.p;
	return amts_arena_fmt(f->arena, "/repos/%s", f->repository).p;
}

int amts_forge_open(struct amts_forge **out, struct amts_http *http,
	const struct amts_forge_options *o, struct amts_error *err)
{
	static const struct forge_ops *const ops[] = { NULL, &forge_github, &forge_gitlab,
		&forge_gitea };
	struct amts_forge *f;
	int rc = AMTS_OK;

	*out = NULL;
	if (o->kind == AMTS_FORGE_NONE || !o->api || !o->repository)
		return amts_fail(err, AMTS_EFAIL,
			"no service for pull requests is known for this repository; set "
			"amts.forge and amts.forgeRepository");
	f = amts_calloc(1, sizeof(*f));
	f->arena = amts_arena_new();
	f->http = http;
	f->kind = o->kind;
	f->ops = ops[o->kind];
	f->api = copy(f->arena, o->api);
	f->repository = copy(f->arena, o->repository);
	f->root = root_of(f);
	f->token = copy(f->arena, o->token);
	if (f->token)
		amts_http_secret(http, amts_str_z(f->token));
	else if (o->kind == AMTS_FORGE_GITHUB && o->app_id && o->app_key)
		rc = forge_app_token(f, o, err);
	else
		rc = amts_fail(
			err, AMTS_EAUTH, "no token for %s", amts_forge_name(o->kind));
	if (rc)
		amts_forge_free(f);
	else
		*out = f;
	return rc;
}

void amts_forge_free(struct amts_forge *f)
{
	if (!f)
		return;
	amts_arena_free(f->arena);
	free(f);
}
