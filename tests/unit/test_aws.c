/* Regions, endpoints, credentials and signed calls, against tests/support/aws_double.py,
 * which verifies signatures by AWS's rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/double.h"
#include "gitbox.h"
#include "net/aws.h"

#include <time.h>

static const struct amts_http_options quick = {
	.retry_base_ms = 1, .retry_cap_ms = 4, .budget_ms = 3000, .attempts = 3
};

static struct amts_http *http;
static struct amts_arena *arena;

/* ---- the environment of a test ---- */

static struct {
	const char *name, *value;
} vars[32];
static size_t nvars;

static const char *variable(void *payload, const char *name)
{
	size_t i;

	(void)payload;
	for (i = nvars; i > 0; i--)
		if (!strcmp(vars[i - 1].name, name))
			return vars[i - 1].value;
	return NULL;
}

static void set(const char *name, const char *value)
{
	vars[nvars].name = name;
	vars[nvars++].value = value;
}

/* Every service is the double; HOME is an empty box; no metadata service. */
static int open_world(void **state)
{
	nvars = 0;
	arena = amts_arena_new();
	ok(amts_http_open(&http, &quick, err));
	if (box_open(state))
		return -1;
	set("HOME", box);
	set("AWS_REGION", "us-east-1");
	set("AWS_ENDPOINT_URL", double_url);
	set("AWS_EC2_METADATA_DISABLED", "true");
	return double_reset(state);
}

static int close_world(void **state)
{
	amts_http_free(http);
	amts_arena_free(arena);
	return box_close(state);
}

static struct amts_aws *open_aws(void)
{
	struct amts_aws_options o = { .variable = variable };
	struct amts_aws *aws;

	ok(amts_aws_open(&aws, http, &o, err));
	return aws;
}

static const char *fmt(const char *format, const char *a)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *p = strstr(format, "%s");
	char *z;

	assert_non_null(p);
	amts_buf_add(&b, (struct amts_str){ format, (size_t)(p - format) });
	amts_buf_addf(&b, "%s%s", a, p + 2);
	z = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return z;
}

/* ---- who am I: sts:GetCallerIdentity, signed with what was found ---- */

static int who(const char **arn, struct amts_aws *aws, struct amts_error *err)
{
	return amts_aws_identity(arn, aws, arena, err);
}

/* The credentials that are found are these, and a service takes them. */
static void finds(const char *source, const char *arn)
{
	struct amts_aws *aws = open_aws();
	const char *got = NULL;

	ok(amts_aws_login(&got, aws, err));
	assert_string_equal(got, source);
	ok(who(&got, aws, err));
	assert_string_equal(got, arn);
	amts_aws_free(aws);
}

static void finds_none(const char *message)
{
	struct amts_aws *aws = open_aws();
	struct amts_error e = AMTS_ERROR_INIT;
	int rc = amts_aws_login(NULL, aws, &e);

	if (rc != AMTS_EAUTH || e.code != rc || !strstr(e.msg, message))
		fail_msg("code %d: %s", rc, e.msg);
	amts_aws_free(aws);
}

#define USER "arn:aws:iam::123456789012:user/tester"
#define KEYS                                                                             \
	"aws_access_key_id = AKIDEXAMPLE\n"                                              \
	"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n"
#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

static void environment(void **state)
{
	(void)state;
	set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
	finds_none("AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not");
	set("AWS_SECRET_ACCESS_KEY", SECRET);
	finds("the environment", USER);
	set("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00Z");
	finds_none("have expired");
	set("AWS_CREDENTIAL_EXPIRATION", "2999-01-01T00:00:00Z");
	finds("the environment", USER);
}

static void session_tokens(void **state)
{
	(void)state;
	double_say("key",
		"{\"id\": \"ASIATEST\", \"secret\": \"s3cr3t-of-asia\", \"token\":"
		" \"the/session+token==\", \"arn\": \"arn:x\"}");
	set("AWS_ACCESS_KEY_ID", "ASIATEST");
	set("AWS_SECRET_ACCESS_KEY", "s3cr3t-of-asia");
	set("AWS_SESSION_TOKEN", "the/session+token==");
	finds("the environment", "arn:x");
	set("AWS_SESSION_TOKEN", NULL);
	set("AWS_SECURITY_TOKEN", "the/session+token=="); /* its name until 2013 */
	finds("the environment", "arn:x");
}

static void files(void **state)
{
	(void)state;
	put(".aws/config",
		"# mine\n[default]\nregion = us-east-1\n" KEYS "[profile dev]\n" KEYS);
	finds("the configuration file, profile 'default'", USER);
	set("AWS_PROFILE", "dev");
	finds("the configuration file, profile 'dev'", USER);
	put(".aws/credentials", "[default]\naws_access_key_id = X\n[dev]\n" KEYS);
	finds("the shared credentials file, profile 'dev'", USER);
	set("AWS_PROFILE", NULL);
	finds_none("profile 'default' has an aws_access_key_id without its secret");
	set("AWS_PROFILE", "none");
	finds_none("there is no AWS profile 'none'");
	set("AWS_SHARED_CREDENTIALS_FILE", "other");
	put("other", "[none]\n" KEYS);
	finds("the shared credentials file, profile 'none'", USER);
}

static void a_profile_that_was_asked_for_precedes_the_environment(void **state)
{
	struct amts_aws_options o = { .variable = variable, .profile = "dev" };
	const char *source;
	struct amts_aws *aws;

	(void)state;
	set("AWS_ACCESS_KEY_ID", "X");
	set("AWS_SECRET_ACCESS_KEY", "Y");
	put(".aws/credentials", "[dev]\n" KEYS);
	ok(amts_aws_open(&aws, http, &o, err));
	ok(amts_aws_login(&source, aws, err));
	assert_string_equal(source, "the shared credentials file, profile 'dev'");
	amts_aws_free(aws);
}

#define ROLE "arn:aws:iam::123456789012:role/translator"
#define ASSUMED "arn:aws:sts::123456789012:assumed-role/translator/"

static void roles(void **state)
{
	(void)state;
	put(".aws/config",
		"[profile base]\n" KEYS "[profile role]\nrole_arn = " ROLE
		"\nsource_profile = base\nrole_session_name = me\n"
		"external_id = 42\n"
		"[profile second]\nrole_arn = " ROLE "\nsource_profile=role\n"
		"[profile own]\nrole_arn=" ROLE "\nsource_profile=own\n"
		"[profile a]\nrole_arn = " ROLE "\nsource_profile = b\n"
		"[profile b]\nrole_arn = " ROLE "\nsource_profile = a\n"
		"[profile mfa]\nrole_arn = " ROLE "\nsource_profile = base\n"
		"mfa_serial = x\n"
		"[profile env]\nrole_arn = " ROLE "\ncredential_source = "
		"Environment\n"
		"[profile odd]\nrole_arn = " ROLE "\ncredential_source = Odd\n"
		"[profile lost]\nrole_arn = " ROLE "\nsource_profile = gone\n");
	set("AWS_PROFILE", "role");
	finds("role '" ROLE "' of profile 'role'", ASSUMED "me");
	set("AWS_PROFILE", "second");
	finds("role '" ROLE "' of profile 'second'", ASSUMED "git-amts-sync");
	set("AWS_PROFILE", "a");
	finds_none("goes in circles");
	set("AWS_PROFILE", "mfa");
	finds_none("(mfa_serial)");
	set("AWS_PROFILE", "env");
	finds_none("credential_source 'Environment' has no credentials");
	set("AWS_PROFILE", "lost");
	finds_none("source_profile 'gone' has no credentials");
	set("AWS_PROFILE", "own");
	finds_none("source_profile 'own' has no credentials");
	put(".aws/credentials", "[own]\n" KEYS);
	finds("role '" ROLE "' of profile 'own'", ASSUMED "git-amts-sync");
	set("AWS_PROFILE", "role");
	double_say("fault",
		"{\"match\": \"sts:AssumeRole *\", \"error\": \"AccessDenied\","
		" \"status\": 403, \"message\": \"not you\"}");
	finds_none("role '" ROLE "' of profile 'role': POST");
}

static void roles_by_what_is_near(void **state)
{
	(void)state;
	put(".aws/config",
		"[profile env]\nrole_arn = " ROLE "\ncredential_source = Environment\n"
		"[profile box]\nrole_arn = " ROLE "\ncredential_source = EcsContainer\n"
		"[profile host]\nrole_arn = " ROLE
		"\ncredential_source = Ec2InstanceMetadata\n"
		"[profile odd]\nrole_arn = " ROLE "\ncredential_source = Odd\n");
	set("AWS_PROFILE", "odd");
	finds_none("profile 'odd': unknown credential_source 'Odd'");
	set("AWS_PROFILE", "box");
	finds_none("credential_source 'EcsContainer' has no credentials");
	set("AWS_CONTAINER_CREDENTIALS_FULL_URI", fmt("%s/v2/credentials", double_url));
	finds("role '" ROLE "' of profile 'box'", ASSUMED "git-amts-sync");
	set("AWS_PROFILE", "host");
	set("AWS_EC2_METADATA_DISABLED", NULL);
	set("AWS_EC2_METADATA_SERVICE_ENDPOINT", double_url);
	finds("role '" ROLE "' of profile 'host'", ASSUMED "git-amts-sync");
}

static void web_identity(void **state)
{
	(void)state;
	set("AWS_ROLE_ARN", ROLE);
	put("token", "web-identity-token\n");
	set("AWS_WEB_IDENTITY_TOKEN_FILE", "token");
	finds("role '" ROLE "' by web identity", ASSUMED "git-amts-sync");
	set("AWS_ROLE_SESSION_NAME", "job-1");
	finds("role '" ROLE "' by web identity", ASSUMED "job-1");
	put("token", "forged");
	finds_none("InvalidIdentityToken");
	set("AWS_WEB_IDENTITY_TOKEN_FILE", "nowhere");
	finds_none("cannot open 'nowhere'");
	set("AWS_ROLE_ARN", NULL);
	set("AWS_WEB_IDENTITY_TOKEN_FILE", NULL);
	put("token", "web-identity-token");
	put(".aws/config",
		"[default]\nrole_arn = " ROLE "\nweb_identity_token_file = token\n");
	finds("role '" ROLE "' by web identity", ASSUMED "job-1");
}

static void jobs_of_github(void **state)
{
	(void)state;
	set("AWS_ROLE_ARN", ROLE);
	set("ACTIONS_ID_TOKEN_REQUEST_URL", fmt("%s/oidc/token?v=1", double_url));
	set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS-BEARER-0123");
	finds("role '" ROLE "' by web identity", ASSUMED "git-amts-sync");
	set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS-BEARER-wrong");
	finds_none("identity token of the job: GET");
	set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", NULL);
	finds_none("no AWS credentials");
}

#define SSO                                                                              \
	"[default]\nsso_session = corp\nsso_account_id = 123456789012\n"                 \
	"sso_role_name = Translator\n[sso-session corp]\n"                               \
	"sso_start_url = https://corp.example/start\nsso_region = eu-west-1\n"

static void sso(void **state)
{
	/* SHA-1 of "corp" */
	const char *path = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

	(void)state;
	put(".aws/config", SSO);
	finds_none("run 'aws sso login --profile default'");
	put(path, "{\"accessToken\": \"SSO-ACCESS-TOKEN-0123\","
		  " \"expiresAt\": \"2020-01-01T00:00:00Z\"}");
	finds_none("has ended");
	put(path, "{\"accessToken\": \"SSO-ACCESS-TOKEN-0123\","
		  " \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
	finds("SSO session of profile 'default'", USER);
	double_say("set", "{\"sso_token\": \"another\"}");
	finds_none("UnauthorizedException");
	double_say("reset", "{}");
	/* Before there were sessions, the file was named after the address:
	 * SHA-1 of "https://corp.example/start" */
	put(".aws/config", "[default]\nsso_account_id = 123456789012\n"
			   "sso_role_name = Translator\nsso_region = eu-west-1\n"
			   "sso_start_url = https://corp.example/start\n");
	finds_none("run 'aws sso login --profile default'");
	put(".aws/sso/cache/f7c9b39d0b4c7a7d82c79307585f77e1c5e74378.json",
		"{\"accessToken\": \"SSO-ACCESS-TOKEN-0123\","
		" \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
	finds("SSO session of profile 'default'", USER);
	put(".aws/config", "[default]\nsso_start_url = https://x\n");
	finds_none("needs sso_start_url");
}

static void processes(void **state)
{
	(void)state;
	put(".aws/config", "[default]\ncredential_process = sh \"a b/give\" 'x y'\n");
	finds_none("ended with");
	put("a b/give", "test \"$1\" = 'x y' && echo '{\"Version\": 1, \"AccessKeyId\":"
			" \"AKIDEXAMPLE\", \"SecretAccessKey\": \"" SECRET "\"}'\n");
	finds("credential_process of profile 'default'", USER);
	put("a b/give", "echo '{\"Version\": 2}'\n");
	finds_none("not of version 1");
	put("a b/give", "echo no json\n");
	{
		struct amts_aws *aws = open_aws();

		fails(amts_aws_login(NULL, aws, err), AMTS_EPARSE, "bad JSON");
		amts_aws_free(aws);
	}
	put(".aws/config", "[default]\ncredential_process = /nowhere/at-all\n");
	finds_none("cannot run '/nowhere/at-all'");
}

static void containers(void **state)
{
	const char *url;

	(void)state;
	set("AWS_CONTAINER_CREDENTIALS_FULL_URI",
		fmt("%s/v2/credentials/x?a=b", double_url));
	finds("the container", USER);
	double_say("set", "{\"container_token\": \"Basic PLANTED\"}");
	finds_none("credentials of the container: GET");
	set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic PLANTED");
	finds("the container", USER);
	set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic wrong");
	put("token", "Basic PLANTED\n");
	set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "token");
	finds("the container", USER);
	set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://evil.example/x");
	finds_none("'evil.example' may not be asked without TLS");

	ok(amts_aws_container_url(&url, arena, "/v2/x", "http://ignored/", err));
	assert_string_equal(url, "http://169.254.170.2/v2/x");
	ok(amts_aws_container_url(&url, arena, NULL, "https://any.example/x", err));
	ok(amts_aws_container_url(&url, arena, NULL, "http://[::1]:80/x", err));
	ok(amts_aws_container_url(&url, arena, NULL, "http://127.0.0.2/x", err));
	fails(amts_aws_container_url(
		      &url, arena, NULL, "http://127.0.0.1.evil.example/", err),
		AMTS_EAUTH, "without TLS");
	fails(amts_aws_container_url(&url, arena, NULL, "http://127.0.0.1@evil/", err),
		AMTS_EAUTH, "without TLS");
	ok(amts_aws_container_url(&url, arena, "@evil/x", NULL, err));
	assert_string_equal(url, "http://169.254.170.2/@evil/x");
}

static void instances(void **state)
{
	(void)state;
	finds_none("no AWS credentials in the environment, in profile 'default', from a "
		   "container or an instance");
	set("AWS_EC2_METADATA_DISABLED", NULL);
	set("AWS_EC2_METADATA_SERVICE_ENDPOINT", fmt("%s/", double_url));
	finds("the instance", USER);
	assert_non_null(
		strstr(double_log(), "imds:PUT 200\nimds:GET 200\nimds:GET 200\n"));
	double_say(
		"fault", "{\"match\": \"imds:PUT *\", \"status\": 403, \"times\": -1}");
	finds_none("no AWS credentials");
}

static size_t count(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

static void credentials_are_renewed_before_they_end(void **state)
{
	struct amts_aws *aws;
	const char *arn;

	(void)state;
	set("AWS_CONTAINER_CREDENTIALS_FULL_URI", fmt("%s/v2/credentials", double_url));
	aws = open_aws();
	ok(who(&arn, aws, err));
	ok(who(&arn, aws, err));
	assert_int_equal(count(double_log(), "container:Get 200"), 1);

	double_say("set", "{\"container_lifetime\": 200}");
	double_say("fault", "{\"match\": \"sts:*\", \"error\": \"ExpiredToken\"}");
	ok(who(&arn, aws, err)); /* refused, renewed, sent again */
	assert_int_equal(count(double_log(), "container:Get 200"), 2);
	ok(who(&arn, aws, err)); /* these end within five minutes */
	assert_int_equal(count(double_log(), "container:Get 200"), 3);
	double_say(
		"fault", "{\"match\": \"container:*\", \"status\": 404, \"times\": -1}");
	ok(who(&arn, aws, err)); /* the old ones serve while they last */
	amts_aws_free(aws);
}

static void static_keys(void)
{
	set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
	set("AWS_SECRET_ACCESS_KEY", SECRET);
}

static void a_wrong_clock_is_corrected_once(void **state)
{
	struct amts_aws *aws;
	const char *arn;

	(void)state;
	static_keys();
	double_say("set", "{\"skew\": 3600}");
	aws = open_aws();
	ok(who(&arn, aws, err));
	assert_true(amts_aws_now(aws) - (int64_t)time(NULL) >= 3598);
	ok(who(&arn, aws, err));
	assert_string_equal(double_log(), "sts:GetCallerIdentity 403\n"
					  "sts:GetCallerIdentity 200\n"
					  "sts:GetCallerIdentity 200\n");
	double_say("set", "{\"skew\": -7200}");
	fails(who(&arn, aws, err), AMTS_EAUTH, "Signature not yet current");
	amts_aws_free(aws);
}

/* What a service says, how often it is asked, and what the caller is told. */
static const struct {
	const char *fault;
	int rc;
	size_t arrivals;
	const char *says;
} faults[] = {
	{ "{\"error\": \"Throttling\", \"times\": 2}", 0, 3, NULL },
	{ "{\"error\": \"ThrottlingException\", \"status\": 400, \"times\": -1}",
		AMTS_ERETRY, 3, "400: ThrottlingException: as told (request " },
	{ "{\"error\": \"ServiceUnavailable\", \"status\": 503}", 0, 2, NULL },
	{ "{\"status\": 500, \"body\": \"<html>no XML\", \"times\": -1}", AMTS_ERETRY, 3,
		": 500" },
	{ "{\"error\": \"AccessDenied\", \"status\": 403}", AMTS_EAUTH, 1,
		"403: AccessDenied: as told" },
	{ "{\"error\": \"LimitExceededException\"}", AMTS_ETOOBIG, 1, "LimitExceeded" },
	{ "{\"error\": \"ResourceNotFoundException\"}", AMTS_ENOTFOUND, 1, "NotFound" },
	{ "{\"error\": \"ConcurrentModificationException\"}", AMTS_ECONFLICT, 1,
		"Concurrent" },
	{ "{\"status\": 400, \"body\": \"{\\\"__type\\\": \\\"a.b#ValidationException:"
	  "http://x\\\", \\\"message\\\": \\\"bad\\\"}\"}",
		AMTS_EFAIL, 1, "400: ValidationException: bad (request " },
	{ "{\"status\": 400, \"body\": \"<!DOCTYPE x [<!ENTITY a 'b'>]><Error><Code>&a;"
	  "</Code></Error>\"}",
		AMTS_EFAIL, 1, ": 400" },
	{ "{\"status\": 400, \"body\": \"[[[[\"}", AMTS_EFAIL, 1, ": 400" },
};

static void faults_have_codes(void **state)
{
	size_t i;

	(void)state;
	static_keys();
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		struct amts_aws *aws = open_aws();
		struct amts_error e = AMTS_ERROR_INIT;
		const char *arn;
		int rc;

		double_say("reset", "{}");
		double_say("fault", faults[i].fault);
		rc = who(&arn, aws, &e);
		if (rc != faults[i].rc ||
			count(double_log(), "\n") != faults[i].arrivals ||
			(rc && !strstr(e.msg, faults[i].says)))
			fail_msg("%s: code %d: %s\n%s", faults[i].fault, rc, e.msg,
				double_log());
		amts_aws_free(aws);
	}
}

static void wrong_secrets_are_refused(void **state)
{
	struct amts_aws *aws;
	const char *arn;

	(void)state;
	set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
	set("AWS_SECRET_ACCESS_KEY", "not the secret");
	aws = open_aws();
	fails(who(&arn, aws, err), AMTS_EAUTH, "403: SignatureDoesNotMatch");
	amts_aws_free(aws);
	set("AWS_SECRET_ACCESS_KEY", SECRET);
	set("AWS_REGION", "eu-west-1");
	aws = open_aws();
	fails(who(&arn, aws, err), AMTS_EAUTH, "valid region");
	amts_aws_free(aws);
}

/* ---- regions, endpoints ---- */

static void regions(void **state)
{
	static const char *const bad[] = { "Mars", "us-east-1.evil.example/", "us east",
		"-x", "x" };
	const char *region;
	struct amts_aws *aws;
	size_t i;

	(void)state;
	put(".aws/config", "[default]\nregion = eu-central-1\n");
	aws = open_aws();
	ok(amts_aws_region(&region, aws, err));
	assert_string_equal(region, "us-east-1");
	set("AWS_REGION", NULL);
	set("AWS_DEFAULT_REGION", "ap-south-1");
	ok(amts_aws_region(&region, aws, err));
	assert_string_equal(region, "ap-south-1");
	set("AWS_DEFAULT_REGION", "");
	ok(amts_aws_region(&region, aws, err));
	assert_string_equal(region, "eu-central-1");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		set("AWS_REGION", bad[i]);
		fails(amts_aws_region(&region, aws, err), AMTS_EUSAGE,
			"is no AWS region");
	}
	amts_aws_free(aws);
	put(".aws/config", "");
	set("AWS_REGION", NULL);
	aws = open_aws();
	fails(amts_aws_region(&region, aws, err), AMTS_EUSAGE, "no AWS region: set");
	amts_aws_free(aws);
}

static void endpoint_is(const char *service, const char *want, int custom)
{
	struct amts_aws *aws = open_aws();
	const char *url;
	int is_custom;

	ok(amts_aws_endpoint(&url, &is_custom, aws, service, arena, err));
	assert_string_equal(url, want);
	assert_int_equal(is_custom, custom);
	amts_aws_free(aws);
}

static void endpoints(void **state)
{
	(void)state;
	set("AWS_ENDPOINT_URL", NULL);
	endpoint_is("translate", "https://translate.us-east-1.amazonaws.com", 0);
	set("AWS_REGION", "cn-north-1");
	endpoint_is("s3", "https://s3.cn-north-1.amazonaws.com.cn", 0);
	set("AWS_REGION", "us-gov-west-1");
	endpoint_is("sts", "https://sts.us-gov-west-1.amazonaws.com", 0);
	endpoint_is("sso", "https://portal.sso.us-gov-west-1.amazonaws.com", 0);
	endpoint_is("iam", "https://iam.us-gov.amazonaws.com", 0);
	put(".aws/config",
		"[default]\nendpoint_url = http://profile:1/\nservices = local\n"
		"[services local]\ns3 =\n  endpoint_url = http://section:2\n"
		"translate =\n  other = x\n");
	endpoint_is("s3", "http://section:2", 1);
	endpoint_is("translate", "http://profile:1", 1);
	set("AWS_ENDPOINT_URL", "http://all:3");
	endpoint_is("s3", "http://all:3", 1);
	set("AWS_ENDPOINT_URL_S3", "http://s3:4/base/");
	endpoint_is("s3", "http://s3:4/base", 1);
	endpoint_is("translate", "http://all:3", 1);
	set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
	endpoint_is("s3", "https://s3.us-gov-west-1.amazonaws.com", 0);
	set("AWS_REGION", "eu-west-1");
	endpoint_is("iam", "https://iam.amazonaws.com", 0);
	assert_string_equal(amts_aws_scope("iam", "eu-west-1"), "us-east-1");
	assert_string_equal(amts_aws_scope("iam", "cn-northwest-1"), "cn-north-1");
	assert_string_equal(amts_aws_scope("sts", "eu-west-1"), "eu-west-1");
	set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", NULL);
	set("AWS_ENDPOINT_URL", NULL);
	set("AWS_ENDPOINT_URL_S3", NULL);
	put(".aws/config", "[default]\nignore_configured_endpoint_urls = true\n"
			   "endpoint_url = http://profile:1/\n");
	endpoint_is("s3", "https://s3.eu-west-1.amazonaws.com", 0);
}

static void roles_can_be_looked_at(void **state)
{
	struct amts_aws *aws;
	struct amts_str trust;
	int yes;

	(void)state;
	static_keys();
	aws = open_aws();
	ok(amts_aws_role_trust(&trust, aws, arena, ROLE, err));
	assert_non_null(strstr(trust.p, "\"Service\": \"translate.amazonaws.com\""));
	fails(amts_aws_role_trust(&trust, aws, arena, "arn:aws:iam::1:role/x/other", err),
		AMTS_ENOTFOUND, "NoSuchEntity");
	ok(amts_aws_may_pass_role(
		&yes, aws, arena, USER, ROLE, "translate.amazonaws.com", err));
	assert_int_equal(yes, 1);
	/* a session is known by its role */
	ok(amts_aws_may_pass_role(
		&yes, aws, arena, ASSUMED "me", ROLE, "translate.amazonaws.com", err));
	double_say("set", "{\"iam_pass\": \"explicitDeny\","
			  " \"iam_denied\": [\"GetRole\"]}");
	ok(amts_aws_may_pass_role(
		&yes, aws, arena, USER, ROLE, "translate.amazonaws.com", err));
	assert_int_equal(yes, 0);
	fails(amts_aws_role_trust(&trust, aws, arena, ROLE, err), AMTS_EAUTH,
		"AccessDenied");
	amts_aws_free(aws);
}

/* ---- files and dates ---- */

static void reads_configuration_files(void **state)
{
	static const struct {
		const char *text, *kind, *section, *key, *value;
	} table[] = {
		{ "[default]\na=b", NULL, "default", "a", "b" },
		{ "\xef\xbb\xbf[ profile  x y ]\r\nKey\t=\tv\r\n", "profile", "x y",
			"key", "v" },
		{ "[profile \"q\"]\na = b # c\n", "profile", "q", "a", "b" },
		{ "[d]\na = b#c ;d\n", NULL, "d", "a", "b#c" },
		{ "[d]\n# x\n; y\n\na = 1\na = 2\n", NULL, "d", "a", "2" },
		{ "[d]\na =\n", NULL, "d", "a", "" },
		{ "[d]\na =  # c\n", NULL, "d", "a", "" },
		{ "[d]\ns3 =\n  endpoint_url = x\n  b = y\nc = z\n", NULL, "d", "s3.b",
			"y" },
		{ "[d]\ns3 =\n  b = y\nc = z\n", NULL, "d", "c", "z" },
		{ "[d]\na = b=c==\n", NULL, "d", "a", "b=c==" },
		{ "[d]\na = b\n  going on\n", NULL, "d", "a", "b" },
		{ "[e]\na = b\n", NULL, "d", "a", NULL },
		{ "[profile d]\na = b\n", NULL, "d", "a", NULL },
		{ "", NULL, "d", "a", NULL },
	};
	struct amts_awsconf conf;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const char *got;

		ok(amts_awsconf_parse(&conf, arena, amts_str_z(table[i].text), "f", err));
		got = amts_awsconf_get(
			&conf, table[i].kind, table[i].section, table[i].key);
		if (!got != !table[i].value || (got && strcmp(got, table[i].value)))
			fail_msg("%zu: '%s'", i, got ? got : "(none)");
	}
	fails(amts_awsconf_parse(&conf, arena, AMTS_STR("[d\n"), "f", err), AMTS_EPARSE,
		"f:1: ']' missing");
	fails(amts_awsconf_parse(&conf, arena, AMTS_STR("\na=b"), "f", err), AMTS_EPARSE,
		"f:2: a setting before any section");
	fails(amts_awsconf_parse(&conf, arena, AMTS_STR("[d]\nx\n"), "f", err),
		AMTS_EPARSE, "f:2: no setting");
}

static void splits_commands(void **state)
{
	const char *const *v;

	(void)state;
	ok(amts_awsconf_words(&v, arena, " a 'b c'\"d\\\"e\" \\ f '' ", err));
	assert_string_equal(v[0], "a");
	assert_string_equal(v[1], "b cd\"e");
	assert_string_equal(v[2], " f");
	assert_string_equal(v[3], "");
	assert_null(v[4]);
	fails(amts_awsconf_words(&v, arena, "a 'b", err), AMTS_EPARSE, "left open");
}

static void reads_dates(void **state)
{
	(void)state;
	assert_int_equal(amts_iso_time("1970-01-01T00:00:01Z"), 1);
	assert_int_equal(amts_iso_time("2000-02-29T12:00:00Z"), 951825600);
	assert_int_equal(amts_iso_time("2026-11-22T20:00:00.123Z"), 1795377600);
	assert_int_equal(amts_iso_time("2026-11-22T21:00:00+01:00"), 1795377600);
	assert_int_equal(amts_iso_time("2026-11-22T20:00:00UTC"), 1795377600);
	assert_int_equal(amts_iso_time("2026-11-22"), 0);
	assert_int_equal(amts_iso_time("2026-13-22T20:00:00Z"), 0);
	assert_int_equal(amts_iso_time("2026-11-22T20:00:00Zx"), 0);
	assert_int_equal(amts_iso_time(""), 0);
	assert_int_equal(amts_iso_time(NULL), 0);
}

/* ---- secrets ---- */

static void note(void *payload, const char *line)
{
	amts_buf_addf(payload, "%s\n", line);
}

static void nothing_shows_secrets(void **state)
{
	struct amts_buf trace = AMTS_BUF_INIT;
	struct amts_http_options o = quick;
	struct amts_http *traced;
	struct amts_aws_options ao = { .variable = variable };
	struct amts_aws *aws;
	struct amts_http *saved = http;
	const char *arn;

	(void)state;
	o.trace = note;
	o.trace_payload = &trace;
	ok(amts_http_open(&traced, &o, err));
	http = traced;
	double_say("key", "{\"id\": \"ASIATEST\", \"secret\": \"PLANTED-secret\","
			  " \"token\": \"PLANTED/token+\", \"arn\": \"arn:x\"}");
	put(".aws/credentials",
		"[base]\naws_access_key_id = ASIATEST\n"
		"aws_secret_access_key = PLANTED-secret\n"
		"aws_session_token = PLANTED/token+\n"
		"[default]\nrole_arn = " ROLE "\nsource_profile = base\n");
	double_say("fault",
		"{\"match\": \"sts:GetCaller*\", \"error\": \"Odd\", \"message\":"
		" \"PLANTED-secret and PLANTED/token+\", \"skip\": 1}");
	ok(amts_aws_open(&aws, traced, &ao, err));
	ok(who(&arn, aws, err));
	fails(who(&arn, aws, err), AMTS_EFAIL, "Odd: <redacted> and <redacted>");
	assert_non_null(strstr(trace.p, "=> Send header: POST / HTTP/1.1"));
	assert_non_null(strstr(trace.p, "=> Send header: Authorization: <redacted>"));
	if (strstr(trace.p, "PLANTED") || strstr(trace.p, "Signature="))
		fail_msg("%s", trace.p);
	amts_aws_free(aws);
	amts_http_free(traced);
	http = saved;
	amts_buf_release(&trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)
		T(environment),
		T(session_tokens),
		T(files),
		T(a_profile_that_was_asked_for_precedes_the_environment),
		T(roles),
		T(roles_by_what_is_near),
		T(web_identity),
		T(jobs_of_github),
		T(sso),
		T(processes),
		T(containers),
		T(instances),
		T(credentials_are_renewed_before_they_end),
		T(a_wrong_clock_is_corrected_once),
		T(faults_have_codes),
		T(wrong_secrets_are_refused),
		T(regions),
		T(endpoints),
		T(roles_can_be_looked_at),
		T(reads_configuration_files),
		T(splits_commands),
		T(reads_dates),
		T(nothing_shows_secrets),
#undef T
	};

	return cmocka_run_group_tests(tests, double_open, double_close);
}
