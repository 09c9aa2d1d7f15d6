#include "forge/app.h"
#include "net/crypto.h"

#include <string.h>

/* Clocks differ, so it is made a minute old; ten minutes is the most that is taken. */
#define BEFORE 60
#define LASTS 540

static void put_part(struct amts_buf *out, const char *json)
{
	amts_base64url(out, (const unsigned char *)json, strlen(json));
}

static int make_jwt(
	struct amts_buf *out, const struct amts_forge_options *o, struct amts_error *err)
{
	struct amts_buf claims = AMTS_BUF_INIT;
	int rc;

	amts_buf_addf(&claims, "{\"iat\":%lld,\"exp\":%lld", (long long)o->now - BEFORE,
		(long long)o->now + LASTS);
	forge_put(&claims, "iss", amts_str_z(o->app_id));
	amts_buf_addc(&claims, '}');
	put_part(out, "{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
	amts_buf_addc(out, '.');
	put_part(out, claims.p);
	amts_buf_release(&claims);
	rc = amts_sign_rs256(out, amts_buf_str(out), amts_str_z(o->app_key), err);
	return rc ? amts_error_prefix(err, "the app's key") : AMTS_OK;
}

/* The number of the installation that the repository belongs to. */
static int find_installation(long *id, struct amts_arena *arena, struct amts_forge *f,
	const char *auth, struct amts_error *err)
{
	struct amts_json *reply;
	double number = 0;
	int rc = forge_call_as(&reply, NULL, arena, f, auth, "GET",
		amts_arena_fmt(arena, "/repos/%s/installation", f->repository).p,
		AMTS_STR(""), err);

	if (!rc && !amts_json_number(&number, reply, "id"))
		rc = amts_fail(err, AMTS_EPARSE, "the app's installation has no id");
	*id = (long)number;
	amts_json_free(reply);
	return rc;
}

static int fetch_token(struct amts_arena *arena, struct amts_forge *f, const char *auth,
	long id, struct amts_error *err)
{
	const char *slash = strchr(f->repository, '/'), *token;
	struct amts_buf body = AMTS_BUF_INIT;
	struct amts_json *reply;
	int rc;

	slash = slash ? slash + 1 : f->repository;
	amts_buf_addc(&body, '{');
	forge_put_list(&body, "repositories", &slash, 1);
	amts_buf_addz(&body, ",\"permissions\":{\"contents\":\"write\","
			     "\"pull_requests\":\"write\"}}");
	rc = forge_call_as(&reply, NULL, arena, f, auth, "POST",
		amts_arena_fmt(arena, "/app/installations/%ld/access_tokens", id).p,
		amts_buf_str(&body), err);
	amts_buf_release(&body);
	token = rc ? NULL : amts_json_string(reply, "token");
	if (!rc && !token)
		rc = amts_fail(err, AMTS_EPARSE, "the reply has no token");
	if (token) {
		f->token = amts_arena_z(f->arena, amts_str_z(token));
		amts_http_secret(f->http, amts_str_z(f->token));
	}
	amts_json_free(reply);
	return rc;
}

int forge_app_token(
	struct amts_forge *f, const struct amts_forge_options *o, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf jwt = AMTS_BUF_INIT;
	const char *auth = NULL;
	long id = 0;
	int rc = make_jwt(&jwt, o, err);

	if (!rc) {
		amts_http_secret(f->http, amts_buf_str(&jwt));
		auth = amts_arena_fmt(arena, "Bearer %s", jwt.p).p;
		rc = find_installation(&id, arena, f, auth, err);
	}
	if (!rc)
		rc = fetch_token(arena, f, auth, id, err);
	amts_buf_release(&jwt);
	amts_arena_free(arena);
	return rc ? amts_error_prefix(err, "GitHub App") : AMTS_OK;
}
