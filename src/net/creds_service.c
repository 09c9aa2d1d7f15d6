/* Credentials from services near by: the SSO portal, the container's, the instance's. */
#include "base/json.h"
#include "net/aws.h"
#include "net/crypto.h"
#include "net/http.h"
#include "net/url.h"

#include <string.h>

/* Send, and read the JSON of a 2xx. */
static int get_json(struct amts_json **out, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_http_request *request,
	const char *source, struct amts_error *err)
{
	struct amts_http_reply reply;
	int rc = amts_http_send(&reply, aws->own, arena, request, err);

	if (!rc)
		rc = amts_aws_check(aws, request, &reply, err);
	if (!rc)
		rc = amts_json_parse(out, reply.body, source, err);
	if (rc == AMTS_ENOTFOUND)
		rc = err->code = AMTS_EAUTH; /* it is configured: no other is asked */
	return rc ? amts_error_prefix(err, "%s", source) : AMTS_OK;
}

/* ---- SSO (IAM Identity Center) ---- */

struct sso {
	const char *profile, *name, *start_url, *region, *account, *role;
};

static const char *session_setting(
	struct amts_aws *aws, const struct sso *s, const char *key)
{
	const char *session = amts_aws_setting(aws, s->profile, "sso_session");
	const char *value =
		session ? amts_awsconf_get(&aws->config, "sso-session", session, key)
			: NULL;

	return value ? value : amts_aws_setting(aws, s->profile, key);
}

/* The token that `aws sso login` left. */
static int sso_token(const char **out, struct amts_aws *aws, const struct sso *s,
	struct amts_arena *arena, struct amts_error *err)
{
	const char *home = amts_aws_variable(aws, "HOME"), *token;
	struct amts_json *json = NULL;
	struct amts_str text;
	char hash[41];
	int64_t expires = 0;
	int rc;

	amts_sha1_hex(hash, amts_str_z(s->name ? s->name : s->start_url));
	rc = amts_aws_read(&text, arena,
		amts_arena_fmt(arena, "%s/.aws/sso/cache/%s.json", home ? home : "", hash)
			.p,
		err);
	if (!rc)
		rc = amts_json_parse(&json, text, "SSO token", err);
	token = rc ? NULL : amts_json_string(json, "accessToken");
	if (!rc)
		expires = amts_iso_time(amts_json_string(json, "expiresAt"));
	if (token)
		token = amts_arena_z(arena, amts_str_z(token));
	amts_json_free(json);
	if (!token || expires <= amts_aws_now(aws))
		return amts_fail(err, AMTS_EAUTH,
			"the SSO session of profile '%s' has ended; run 'aws sso login "
			"--profile %s'",
			s->profile, s->profile);
	amts_aws_secret(aws, amts_str_z(token));
	*out = token;
	return AMTS_OK;
}

static int sso_url(const char **out, struct amts_aws *aws, const struct sso *s,
	struct amts_arena *arena, struct amts_error *err)
{
	struct amts_buf url = AMTS_BUF_INIT;
	const char *base, *saved = aws->o.region;
	int rc;

	aws->o.region = s->region; /* the portal's, which may be another */
	rc = amts_aws_endpoint(&base, NULL, aws, "sso", arena, err);
	aws->o.region = saved;
	if (rc)
		return rc;
	amts_buf_addf(&url, "%s/federation/credentials?role_name=", base);
	amts_url_encode(&url, amts_str_z(s->role), "");
	amts_buf_addz(&url, "&account_id=");
	amts_url_encode(&url, amts_str_z(s->account), "");
	*out = amts_arena_z(arena, amts_buf_str(&url));
	amts_buf_release(&url);
	return AMTS_OK;
}

static int sso_keys(struct amts_aws_keys *out, struct amts_aws *aws, const struct sso *s,
	struct amts_arena *arena, struct amts_error *err)
{
	static const char *const names[4] = { "accessKeyId", "secretAccessKey",
		"sessionToken", "expiration" };
	struct amts_http_header bearer = { "x-amz-sso_bearer_token", NULL };
	struct amts_http_request request = {
		.method = "GET", .headers = &bearer, .nheaders = 1
	};
	const char *source =
		amts_arena_fmt(arena, "SSO session of profile '%s'", s->profile).p;
	struct amts_json *json = NULL;
	int rc = sso_token(&bearer.value, aws, s, arena, err);

	if (!rc)
		rc = sso_url(&request.url, aws, s, arena, err);
	if (!rc)
		rc = get_json(&json, aws, arena, &request, source, err);
	if (!rc)
		rc = amts_aws_json_keys(out, aws, amts_json_get(json, "roleCredentials"),
			names, source, err);
	amts_json_free(json);
	return rc;
}

int amts_aws_sso(struct amts_aws_keys *out, struct amts_aws *aws, const char *profile,
	struct amts_error *err)
{
	struct sso s = { .profile = profile,
		.name = amts_aws_setting(aws, profile, "sso_session"),
		.account = amts_aws_setting(aws, profile, "sso_account_id"),
		.role = amts_aws_setting(aws, profile, "sso_role_name") };
	struct amts_arena *arena;
	int rc;

	s.start_url = session_setting(aws, &s, "sso_start_url");
	s.region = session_setting(aws, &s, "sso_region");
	if (!s.name && !s.start_url)
		return AMTS_ENOTFOUND;
	if (!s.start_url || !s.region || !s.account || !s.role)
		return amts_fail(err, AMTS_EAUTH,
			"profile '%s' needs sso_start_url, sso_region, sso_account_id "
			"and "
			"sso_role_name",
			profile);
	arena = amts_arena_new();
	rc = sso_keys(out, aws, &s, arena, err);
	amts_arena_free(arena);
	return rc;
}

/* ---- containers (ECS, EKS) ---- */

static const char *const meta_names[4] = { "AccessKeyId", "SecretAccessKey", "Token",
	"Expiration" };

/* Hosts that may be asked without TLS: this machine, and the two agents' addresses. */
static int may_be_plain(struct amts_str host)
{
	static const char *const hosts[] = { "localhost", "[::1]", "169.254.170.2",
		"169.254.170.23", "[fd00:ec2::23]" };
	size_t i;

	for (i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (amts_str_eq(host, amts_str_z(hosts[i])))
			return 1;
	return amts_str_starts(host, AMTS_STR("127.")) && host.n < 16 &&
	       strspn(host.p, "0123456789.") >= host.n;
}

int amts_aws_container_url(const char **out, struct amts_arena *arena,
	const char *relative, const char *full, struct amts_error *err)
{
	struct amts_url url;
	int rc;

	if (!relative && !full)
		return AMTS_ENOTFOUND;
	*out = relative ? amts_arena_fmt(arena, "http://169.254.170.2%s%s",
				  *relative == '/' ? "" : "/", relative)
				  .p
			: full;
	rc = amts_url_split(&url, amts_str_z(*out), err);
	if (rc)
		return amts_error_prefix(err, "credentials of the container");
	if (amts_str_eq(url.scheme, AMTS_STR("http")) &&
		(url.user.n || !may_be_plain(url.host)))
		return amts_fail(err, AMTS_EAUTH,
			"credentials of the container: '" AMTS_STR_FMT
			"' may not be asked without TLS",
			AMTS_STR_ARG(url.host));
	return AMTS_OK;
}

static int container_token(const char **out, struct amts_aws *aws,
	struct amts_arena *arena, struct amts_error *err)
{
	const char *file =
		amts_aws_variable(aws, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
	struct amts_str text;
	int rc;

	*out = amts_aws_variable(aws, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
	if (!file)
		return AMTS_OK;
	rc = amts_aws_read(&text, arena, file, err);
	if (rc)
		return err->code = AMTS_EAUTH;
	*out = amts_arena_z(arena, amts_str_trim(text));
	return AMTS_OK;
}

static int container_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *url, struct amts_arena *arena, struct amts_error *err)
{
	struct amts_http_header auth = { "Authorization", NULL };
	struct amts_http_request request = { .method = "GET",
		.url = url,
		.headers = &auth,
		.direct = 1,
		.connect_ms = 2000,
		.total_ms = 2000,
		.attempts = 3 };
	struct amts_json *json = NULL;
	int rc = container_token(&auth.value, aws, arena, err);

	request.nheaders = auth.value != NULL;
	if (!rc && auth.value)
		amts_aws_secret(aws, amts_str_z(auth.value));
	if (!rc)
		rc = get_json(
			&json, aws, arena, &request, "credentials of the container", err);
	if (!rc)
		rc = amts_aws_json_keys(out, aws, json, meta_names, "the container", err);
	amts_json_free(json);
	return rc;
}

int amts_aws_container(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *url;
	int rc = amts_aws_container_url(&url, arena,
		amts_aws_variable(aws, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
		amts_aws_variable(aws, "AWS_CONTAINER_CREDENTIALS_FULL_URI"), err);

	if (!rc)
		rc = container_keys(out, aws, url, arena, err);
	amts_arena_free(arena);
	return rc;
}

/* ---- instances (EC2), IMDSv2 ---- */

#define ROLES "/latest/meta-data/iam/security-credentials/"

/* One request to the instance's service; no answer means that this is no instance. */
static int ask_instance(struct amts_str *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *method, const char *path,
	struct amts_http_header header, struct amts_error *err)
{
	const char *base = amts_aws_variable(aws, "AWS_EC2_METADATA_SERVICE_ENDPOINT");
	struct amts_str b = amts_str_z(base ? base : "http://169.254.169.254");
	struct amts_http_request request = { .method = method,
		.headers = &header,
		.nheaders = 1,
		.direct = 1,
		.connect_ms = 1000,
		.total_ms = 1000,
		.attempts = 1,
		.max_body = 1 << 16 };
	struct amts_http_reply reply;
	int rc;

	while (b.n && b.p[b.n - 1] == '/')
		b.n--;
	request.url = amts_arena_fmt(arena, AMTS_STR_FMT "%s", AMTS_STR_ARG(b), path).p;
	rc = amts_http_send(&reply, aws->own, arena, &request, err);
	if (!rc && reply.status != 200)
		rc = amts_fail(err, AMTS_EFAIL, "status %d", reply.status);
	if (rc)
		return AMTS_ENOTFOUND;
	*out = amts_str_trim(reply.body);
	return AMTS_OK;
}

static int instance_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	struct amts_arena *arena, struct amts_error *err)
{
	struct amts_error quiet = AMTS_ERROR_INIT;
	struct amts_http_header header = { "x-aws-ec2-metadata-token-ttl-seconds",
		"21600" };
	struct amts_str token, role, text;
	struct amts_json *json;
	int rc = ask_instance(
		&token, aws, arena, "PUT", "/latest/api/token", header, &quiet);

	if (rc)
		return rc;
	amts_aws_secret(aws, token);
	header = (struct amts_http_header){ "x-aws-ec2-metadata-token",
		amts_arena_z(arena, token) };
	rc = ask_instance(&role, aws, arena, "GET", ROLES, header, &quiet);
	if (rc)
		return rc;
	role = amts_str_sub(role, 0, amts_str_find(role, AMTS_STR("\n"), 0));
	rc = ask_instance(&text, aws, arena, "GET",
		amts_arena_fmt(arena, ROLES AMTS_STR_FMT, AMTS_STR_ARG(role)).p, header,
		&quiet);
	if (!rc)
		rc = amts_json_parse(&json, text, "credentials of the instance", err);
	if (rc)
		return rc;
	rc = amts_aws_json_keys(out, aws, json, meta_names, "the instance", err);
	amts_json_free(json);
	return rc;
}

int amts_aws_instance(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err)
{
	const char *off = amts_aws_variable(aws, "AWS_EC2_METADATA_DISABLED");
	struct amts_arena *arena;
	int rc;

	if (off && (!strcmp(off, "true") || !strcmp(off, "True")))
		return AMTS_ENOTFOUND;
	arena = amts_arena_new();
	rc = instance_keys(out, aws, arena, err);
	amts_arena_free(arena);
	return rc;
}
