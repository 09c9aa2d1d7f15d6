/* Credentials that the Security Token Service gives for other ones, or for a token of an
 * identity provider (AWS STS API Reference, 2011-06-15). */
#include "base/json.h"
#include "net/aws.h"
#include "net/http.h"
#include "net/url.h"
#include "net/xml.h"

#include <string.h>

#define AUDIENCE "sts.amazonaws.com"

void amts_aws_add_field(struct amts_buf *form, const char *name, const char *value)
{
	if (!value)
		return;
	amts_buf_addf(form, "&%s=", name);
	amts_url_encode(form, amts_str_z(value), "");
}

static int read_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	struct amts_str body, const char *source, struct amts_error *err)
{
	const struct amts_xml_element *e, *found = NULL;
	struct amts_xml *doc;
	int rc = amts_xml_parse(&doc, body, source, err);

	if (rc)
		return rc;
	e = amts_xml_root(doc);
	found = amts_xml_child(amts_xml_child(e, "AssumeRoleResult"), "Credentials");
	if (!found)
		found = amts_xml_child(
			amts_xml_child(e, "AssumeRoleWithWebIdentityResult"),
			"Credentials");
	*out = (struct amts_aws_keys){ amts_xml_text(found, "AccessKeyId", aws->arena),
		amts_xml_text(found, "SecretAccessKey", aws->arena),
		amts_xml_text(found, "SessionToken", aws->arena),
		amts_iso_time(amts_xml_text(found, "Expiration", aws->arena)), source };
	amts_xml_free(doc);
	if (!*out->id || !*out->secret || !out->expires)
		return amts_fail(
			err, AMTS_EAUTH, "%s: no credentials in the answer", source);
	return AMTS_OK;
}

int amts_aws_send_form(struct amts_http_reply *reply, struct amts_aws *aws,
	struct amts_http *http, struct amts_arena *arena, const char *service,
	struct amts_str form, const struct amts_aws_keys *with, int is_signed,
	struct amts_error *err)
{
	static const struct amts_http_header type = { "Content-Type",
		"application/x-www-form-urlencoded; charset=utf-8" };
	struct amts_aws_call call = { .service = service,
		.method = "POST",
		.path = AMTS_STR("/"),
		.headers = &type,
		.nheaders = 1,
		.body = form,
		.repeatable = 1 };
	struct amts_http_request request;
	int rc = amts_aws_endpoint(&call.base, NULL, aws, service, arena, err);

	if (rc)
		return rc;
	amts_aws_signed(&request, aws, arena, &call, with);
	if (!is_signed)
		request.sign = NULL;
	rc = amts_http_send(reply, http, arena, &request, err);
	return rc ? rc : amts_aws_check(aws, &request, reply, err);
}

/* Keys for a form. */
static int ask(struct amts_aws_keys *out, struct amts_aws *aws, struct amts_arena *arena,
	struct amts_str form, const struct amts_aws_keys *with, const char *source,
	struct amts_error *err)
{
	struct amts_http_reply reply;
	int rc = amts_aws_send_form(
		&reply, aws, aws->own, arena, "sts", form, with, with != NULL, err);

	if (!rc)
		rc = read_keys(out, aws, reply.body, source, err);
	return rc ? amts_error_prefix(err, "%s", source) : AMTS_OK;
}

int amts_aws_identity(const char **arn, struct amts_aws *aws, struct amts_arena *arena,
	struct amts_error *err)
{
	struct amts_http_reply reply;
	struct amts_xml *doc;
	int rc = amts_aws_send_form(&reply, aws, aws->http, arena, "sts",
		AMTS_STR("Action=GetCallerIdentity&Version=2011-06-15"), NULL, 1, err);

	if (!rc)
		rc = amts_xml_parse(&doc, reply.body, "caller identity", err);
	if (rc)
		return rc;
	*arn = amts_xml_text(
		amts_xml_child(amts_xml_root(doc), "GetCallerIdentityResult"), "Arn",
		arena);
	amts_xml_free(doc);
	return **arn ? AMTS_OK : amts_fail(err, AMTS_EFAIL, "STS tells no identity");
}

static const char *session_name(struct amts_aws *aws, const char *profile)
{
	const char *name =
		profile ? amts_aws_setting(aws, profile, "role_session_name") : NULL;

	if (!name)
		name = amts_aws_variable(aws, "AWS_ROLE_SESSION_NAME");
	return name ? name : "git-amts-sync";
}

int amts_aws_assume_role(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, const struct amts_aws_keys *with, struct amts_error *err)
{
	const char *role = amts_aws_setting(aws, profile, "role_arn");
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf form = AMTS_BUF_INIT;
	int rc;

	amts_aws_secret(aws, amts_str_z(with->secret));
	amts_aws_secret(aws, amts_str_z(with->token));
	amts_buf_addz(&form, "Action=AssumeRole&Version=2011-06-15");
	amts_aws_add_field(&form, "RoleArn", role);
	amts_aws_add_field(&form, "RoleSessionName", session_name(aws, profile));
	amts_aws_add_field(
		&form, "ExternalId", amts_aws_setting(aws, profile, "external_id"));
	amts_aws_add_field(&form, "DurationSeconds",
		amts_aws_setting(aws, profile, "duration_seconds"));
	rc = ask(out, aws, arena, amts_buf_str(&form), with,
		amts_arena_fmt(aws->arena, "role '%s' of profile '%s'", role, profile).p,
		err);
	amts_buf_release(&form);
	amts_arena_free(arena);
	return rc;
}

/* ---- tokens of identity providers ---- */

/* A job of GitHub Actions (or Forgejo) with "id-token: write" can have a token made. */
static int github_token(struct amts_str *out, struct amts_aws *aws,
	struct amts_arena *arena, struct amts_error *err)
{
	const char *url = amts_aws_variable(aws, "ACTIONS_ID_TOKEN_REQUEST_URL");
	const char *bearer = amts_aws_variable(aws, "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
	struct amts_http_header auth = { "Authorization", NULL };
	struct amts_http_request request = {
		.method = "GET", .headers = &auth, .nheaders = 1
	};
	struct amts_http_reply reply;
	struct amts_json *json = NULL;
	int rc;

	if (!url || !bearer)
		return AMTS_ENOTFOUND;
	amts_aws_secret(aws, amts_str_z(bearer));
	auth.value = amts_arena_fmt(arena, "bearer %s", bearer).p;
	request.url = amts_arena_fmt(
		arena, "%s%caudience=" AUDIENCE, url, strchr(url, '?') ? '&' : '?')
			      .p;
	rc = amts_http_send(&reply, aws->own, arena, &request, err);
	if (!rc)
		rc = amts_http_check(
			aws->own, &request, &reply, (struct amts_str){ 0 }, err);
	if (!rc)
		rc = amts_json_parse(&json, reply.body, "the identity token", err);
	if (!rc) {
		*out = amts_arena_str(arena, amts_str_z(amts_json_string(json, "value")));
		if (!out->n)
			rc = amts_fail(err, AMTS_EAUTH, "there is no identity token");
	}
	amts_json_free(json);
	if (rc)
		amts_error_prefix(err, "identity token of the job");
	if (rc == AMTS_ENOTFOUND)
		rc = err->code = AMTS_EAUTH; /* not "look elsewhere" */
	return rc;
}

static int find_token(struct amts_str *out, struct amts_aws *aws, const char *file,
	struct amts_arena *arena, struct amts_error *err)
{
	int rc;

	if (!file)
		return github_token(out, aws, arena, err);
	rc = amts_aws_read(out, arena, file, err);
	*out = amts_arena_str(arena, amts_str_trim(*out));
	if (!rc && !out->n)
		rc = amts_fail(err, AMTS_EAUTH, "'%s' is empty", file);
	if (rc == AMTS_ENOTFOUND)
		rc = err->code = AMTS_EAUTH;
	return rc;
}

int amts_aws_web_identity(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, struct amts_error *err)
{
	const char *file = amts_aws_variable(aws, "AWS_WEB_IDENTITY_TOKEN_FILE");
	const char *role = amts_aws_variable(aws, "AWS_ROLE_ARN");
	struct amts_arena *arena;
	struct amts_str token = { 0 };
	struct amts_buf form = AMTS_BUF_INIT;
	int rc;

	if (!role) {
		file = amts_aws_setting(aws, profile, "web_identity_token_file");
		role = file ? amts_aws_setting(aws, profile, "role_arn") : NULL;
	}
	if (!role)
		return AMTS_ENOTFOUND;
	arena = amts_arena_new();
	rc = find_token(&token, aws, file, arena, err);
	if (!rc) {
		amts_aws_secret(aws, token);
		amts_buf_addz(
			&form, "Action=AssumeRoleWithWebIdentity&Version=2011-06-15");
		amts_aws_add_field(&form, "RoleArn", role);
		amts_aws_add_field(&form, "RoleSessionName", session_name(aws, profile));
		amts_aws_add_field(&form, "WebIdentityToken", token.p);
		rc = ask(out, aws, arena, amts_buf_str(&form), NULL,
			amts_arena_fmt(aws->arena, "role '%s' by web identity", role).p,
			err);
	}
	amts_buf_release(&form);
	amts_arena_free(arena);
	return rc;
}
