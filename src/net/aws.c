#include "net/aws.h"

#include "base/alloc.h"
#include "base/json.h"
#include "net/http.h"
#include "net/url.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FILE_MAX (1 << 20)

int64_t amts_aws_now(const struct amts_aws *aws)
{
	return (int64_t)time(NULL) + aws->skew;
}

const char *amts_aws_variable(const struct amts_aws *aws, const char *name)
{
	const char *value =
		aws->o.variable ? aws->o.variable(aws->o.payload, name) : NULL;

	return value && *value ? value : NULL;
}

void amts_aws_secret(struct amts_aws *aws, struct amts_str value)
{
	amts_http_secret(aws->http, value);
	amts_http_secret(aws->own, value);
}

/* ---- configuration ---- */

static int read_fd(struct amts_buf *out, int fd, const char *path, struct amts_error *err)
{
	char chunk[4096];
	ssize_t n;

	out->max = FILE_MAX;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 && !out->over)
		amts_buf_add(out, (struct amts_str){ chunk, (size_t)n });
	if (n < 0)
		return amts_fail(
			err, AMTS_EFAIL, "cannot read '%s': %s", path, strerror(errno));
	return amts_buf_check(out, path, err);
}

int amts_aws_read(struct amts_str *out, struct amts_arena *arena, const char *path,
	struct amts_error *err)
{
	struct amts_buf text = AMTS_BUF_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	if (fd < 0)
		return amts_fail(err,
			errno == ENOENT || errno == ENOTDIR ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot open '%s': %s", path, strerror(errno));
	rc = read_fd(&text, fd, path, err);
	close(fd);
	if (!rc)
		*out = amts_arena_str(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	return rc;
}

static const char *config_path(
	struct amts_aws *aws, const char *variable, const char *below_home)
{
	const char *path = amts_aws_variable(aws, variable);
	const char *home = amts_aws_variable(aws, "HOME");

	if (path && (path[0] != '~' || path[1] != '/' || !home))
		return path;
	if (!home)
		return NULL;
	return amts_arena_fmt(aws->arena, "%s/%s", home, path ? path + 2 : below_home).p;
}

static int load_file(struct amts_awsconf *out, struct amts_aws *aws, const char *path,
	struct amts_error *err)
{
	struct amts_error missing = AMTS_ERROR_INIT;
	struct amts_str text = { 0 };
	int rc;

	if (!path)
		return AMTS_OK;
	rc = amts_aws_read(&text, aws->arena, path, &missing);
	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	if (rc) {
		*err = missing;
		return rc;
	}
	return amts_awsconf_parse(out, aws->arena, text, path, err);
}

int amts_aws_open(struct amts_aws **out, struct amts_http *http,
	const struct amts_aws_options *options, struct amts_error *err)
{
	struct amts_aws *aws = amts_calloc(1, sizeof(*aws));
	int rc;

	aws->arena = amts_arena_new();
	aws->o = *options;
	aws->http = http;
	aws->profile = options->profile ? options->profile
					: amts_aws_variable(aws, "AWS_PROFILE");
	if (!aws->profile)
		aws->profile = "default";
	aws->profile = amts_arena_z(aws->arena, amts_str_z(aws->profile));
	rc = amts_http_open(&aws->own, &http->o, err);
	if (!rc)
		rc = load_file(&aws->config, aws,
			config_path(aws, "AWS_CONFIG_FILE", ".aws/config"), err);
	if (!rc)
		rc = load_file(&aws->credentials, aws,
			config_path(
				aws, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
			err);
	if (rc) {
		amts_aws_free(aws);
		aws = NULL;
	}
	*out = aws;
	return rc;
}

void amts_aws_free(struct amts_aws *aws)
{
	if (!aws)
		return;
	amts_http_free(aws->own);
	amts_arena_free(aws->arena);
	free(aws);
}

struct amts_http *amts_aws_http(struct amts_aws *aws)
{
	return aws->http;
}

const char *amts_aws_setting(
	const struct amts_aws *aws, const char *profile, const char *key)
{
	const char *value = amts_awsconf_get(&aws->credentials, NULL, profile, key);

	if (!value)
		value = amts_awsconf_get(&aws->config, "profile", profile, key);
	if (!value && !strcmp(profile, "default"))
		value = amts_awsconf_get(&aws->config, NULL, "default", key);
	return value && *value ? value : NULL;
}

/* ---- regions and endpoints ---- */

/* It becomes part of a host's name. */
static int is_region(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 1 && n < 64 && !s[n] && *s != '-';
}

int amts_aws_region(const char **out, struct amts_aws *aws, struct amts_error *err)
{
	const char *region = aws->o.region;

	if (!region)
		region = amts_aws_variable(aws, "AWS_REGION");
	if (!region)
		region = amts_aws_variable(aws, "AWS_DEFAULT_REGION");
	if (!region)
		region = amts_aws_setting(aws, aws->profile, "region");
	if (!region)
		return amts_fail(err, AMTS_EUSAGE,
			"no AWS region: set AWS_REGION, or region in profile '%s'",
			aws->profile);
	if (!is_region(region))
		return amts_fail(err, AMTS_EUSAGE, "'%s' is no AWS region", region);
	*out = region;
	return AMTS_OK;
}

/* "AWS Identity and Access Management endpoints and quotas" in the AWS General Reference:
 * where the regions that begin so have it; the last has all others. */
static const struct {
	const char *regions, *host, *scope;
} iam[] = { { "cn-", "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1" },
	{ "us-gov-", "https://iam.us-gov.amazonaws.com", "us-gov-west-1" },
	{ "", "https://iam.amazonaws.com", "us-east-1" } };

static size_t iam_of(const char *region)
{
	size_t i = 0;

	while (strncmp(region, iam[i].regions, strlen(iam[i].regions)) != 0)
		i++;
	return i;
}

const char *amts_aws_scope(const char *service, const char *region)
{
	return strcmp(service, "iam") ? region : iam[iam_of(region)].scope;
}

static const char *variable_endpoint(
	struct amts_aws *aws, const char *service, struct amts_arena *arena)
{
	struct amts_str name = amts_arena_fmt(arena, "AWS_ENDPOINT_URL_%s", service);
	char *upper = amts_arena_z(arena, name), *c;
	const char *url;

	for (c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 32);
	url = amts_aws_variable(aws, upper);
	return url ? url : amts_aws_variable(aws, "AWS_ENDPOINT_URL");
}

static const char *configured_endpoint(
	struct amts_aws *aws, const char *service, struct amts_arena *arena)
{
	const char *ignore =
		amts_aws_variable(aws, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
	const char *section, *url = NULL;

	if (!ignore)
		ignore = amts_aws_setting(
			aws, aws->profile, "ignore_configured_endpoint_urls");
	if (ignore && !strcmp(ignore, "true"))
		return NULL;
	url = variable_endpoint(aws, service, arena);
	section = amts_aws_setting(aws, aws->profile, "services");
	if (!url && section)
		url = amts_awsconf_get(&aws->config, "services", section,
			amts_arena_fmt(arena, "%s.endpoint_url", service).p);
	return url ? url : amts_aws_setting(aws, aws->profile, "endpoint_url");
}

int amts_aws_endpoint(const char **out, int *custom, struct amts_aws *aws,
	const char *service, struct amts_arena *arena, struct amts_error *err)
{
	const char *url = configured_endpoint(aws, service, arena);
	const char *region = "";
	struct amts_url parts;
	int rc;

	if (custom)
		*custom = url != NULL;
	if (url) {
		struct amts_str s = amts_str_z(url);

		rc = amts_url_split(&parts, s, err);
		if (rc)
			return amts_error_prefix(err, "endpoint of %s", service);
		while (s.n && s.p[s.n - 1] == '/')
			s.n--;
		*out = amts_arena_z(arena, s);
		return AMTS_OK;
	}
	rc = amts_aws_region(&region, aws, err);
	if (rc)
		return rc;
	if (!strcmp(service, "iam")) {
		*out = iam[iam_of(region)].host;
		return AMTS_OK;
	}
	/* "GetRoleCredentials" of SSO has a host of its own. */
	*out = amts_arena_fmt(arena, "https://%s.%s.amazonaws.com%s",
		strcmp(service, "sso") ? service : "portal.sso", region,
		strncmp(region, "cn-", 3) ? "" : ".cn")
		       .p;
	return AMTS_OK;
}

/* ---- credentials that are fresh ---- */

int amts_aws_login(const char **source, struct amts_aws *aws, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	struct amts_aws_keys keys = { 0 };
	int64_t now = amts_aws_now(aws);
	int rc = AMTS_OK;

	if (!aws->have_keys ||
		(aws->keys.expires && aws->keys.expires - now < AMTS_AWS_FRESH)) {
		rc = amts_aws_find_keys(&keys, aws, &failure);
		/* Old ones serve while they last. */
		if (rc && aws->have_keys && aws->keys.expires > now)
			rc = AMTS_OK;
		else if (!rc)
			aws->keys = keys;
	}
	if (rc) {
		*err = failure;
		return rc;
	}
	aws->have_keys = 1;
	amts_aws_secret(aws, amts_str_z(aws->keys.secret));
	amts_aws_secret(aws, amts_str_z(aws->keys.token));
	if (source)
		*source = aws->keys.source;
	return AMTS_OK;
}
