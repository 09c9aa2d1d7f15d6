/* Credentials on this machine: the environment, files, a program. */
#include "base/json.h"
#include "base/process.h"
#include "net/aws.h"

#include <string.h>

static int fill(struct amts_aws_keys *out, struct amts_aws *aws, const char *id,
	const char *secret, const char *token, int64_t expires, const char *source)
{
	struct amts_arena *a = aws->arena;

	*out = (struct amts_aws_keys){ amts_arena_z(a, amts_str_z(id)),
		amts_arena_z(a, amts_str_z(secret)),
		token && *token ? amts_arena_z(a, amts_str_z(token)) : NULL, expires,
		amts_arena_z(a, amts_str_z(source)) };
	return AMTS_OK;
}

int amts_aws_environment(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err)
{
	const char *id = amts_aws_variable(aws, "AWS_ACCESS_KEY_ID");
	const char *secret = amts_aws_variable(aws, "AWS_SECRET_ACCESS_KEY");
	const char *token = amts_aws_variable(aws, "AWS_SESSION_TOKEN");
	int64_t expires =
		amts_iso_time(amts_aws_variable(aws, "AWS_CREDENTIAL_EXPIRATION"));

	if (!id && !secret)
		return AMTS_ENOTFOUND;
	if (!id || !secret)
		return amts_fail(err, AMTS_EAUTH, "%s is set but %s is not",
			id ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
			id ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID");
	if (!token)
		token = amts_aws_variable(aws, "AWS_SECURITY_TOKEN");
	if (expires && expires <= amts_aws_now(aws))
		return amts_fail(err, AMTS_EAUTH,
			"the credentials in the environment have expired");
	return fill(out, aws, id, secret, token, expires, "the environment");
}

int amts_aws_file_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const struct amts_awsconf *file, const char *kind, const char *profile,
	const char *source, struct amts_error *err)
{
	const char *id = amts_awsconf_get(file, kind, profile, "aws_access_key_id");
	const char *secret =
		amts_awsconf_get(file, kind, profile, "aws_secret_access_key");

	if (!id)
		return AMTS_ENOTFOUND;
	if (!secret || !*secret || !*id)
		return amts_fail(err, AMTS_EAUTH,
			"profile '%s' has an aws_access_key_id without its secret",
			profile);
	return fill(out, aws, id, secret,
		amts_awsconf_get(file, kind, profile, "aws_session_token"), 0,
		amts_arena_fmt(aws->arena, "%s, profile '%s'", source, profile).p);
}

int amts_aws_json_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const struct amts_json *object, const char *const names[4], const char *source,
	struct amts_error *err)
{
	const char *id = amts_json_string(object, names[0]);
	const char *secret = amts_json_string(object, names[1]);
	const char *date = amts_json_string(object, names[3]);
	int64_t expires = amts_iso_time(date);
	double ms = 0;

	if (!id || !*id || !secret || !*secret)
		return amts_fail(
			err, AMTS_EAUTH, "%s: no credentials in the answer", source);
	if (amts_json_number(&ms, object, names[3]) && ms > 0 && ms < 1e15)
		expires = (int64_t)(ms / 1000);
	if (date && !expires)
		return amts_fail(err, AMTS_EAUTH, "%s: '%.40s' is no date", source, date);
	if (expires && expires <= amts_aws_now(aws))
		return amts_fail(err, AMTS_EAUTH,
			"%s: the credentials have expired already", source);
	return fill(out, aws, id, secret, amts_json_string(object, names[2]), expires,
		source);
}

/* "Sourcing credentials with an external process" in the AWS CLI's guide. */
static int read_process(struct amts_aws_keys *out, struct amts_aws *aws,
	struct amts_str text, const char *source, struct amts_error *err)
{
	static const char *const names[4] = { "AccessKeyId", "SecretAccessKey",
		"SessionToken", "Expiration" };
	struct amts_json *json;
	double version = 0;
	int rc = amts_json_parse(&json, text, source, err);

	if (rc)
		return rc;
	if (!amts_json_number(&version, json, "Version") || version != 1)
		rc = amts_fail(
			err, AMTS_EAUTH, "%s: its answer is not of version 1", source);
	else
		rc = amts_aws_json_keys(out, aws, json, names, source, err);
	amts_json_free(json);
	return rc;
}

/* What it writes to its standard error may hold secrets and is not shown. */
int amts_aws_process(struct amts_aws_keys *out, struct amts_aws *aws, const char *profile,
	struct amts_error *err)
{
	const char *command = amts_aws_setting(aws, profile, "credential_process");
	struct amts_buf text = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	const char *const *argv, *source;
	int rc, status;

	if (!command)
		return AMTS_ENOTFOUND;
	source = amts_arena_fmt(aws->arena, "credential_process of profile '%s'", profile)
			 .p;
	rc = amts_awsconf_words(&argv, aws->arena, command, err);
	if (rc)
		return amts_error_prefix(err, "%s", source);
	text.max = messages.max = 1 << 20;
	rc = amts_process_run(&status, &text, &messages, argv, err);
	if (rc == AMTS_ENOTFOUND)
		rc = err->code = AMTS_EAUTH;
	if (rc)
		amts_error_prefix(err, "%s", source);
	else if (status)
		rc = amts_fail(err, AMTS_EAUTH, "%s ended with %d", source, status);
	else
		rc = read_process(out, aws, amts_buf_str(&text), source, err);
	amts_buf_release(&text);
	amts_buf_release(&messages);
	return rc;
}
