#include "net.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

/* The first of two variables that is set and not empty. */
static const char *either(const char *a, const char *b)
{
	const char *value = getenv(a);

	if (!value || !*value)
		value = b ? getenv(b) : NULL;
	return value && *value ? value : NULL;
}

/* ---- the trace ---- */

struct trace {
	int fd;
};

static void write_line(void *payload, const char *text)
{
	const struct trace *t = payload;
	struct timespec now;
	struct tm tm;
	char line[4096];
	int n;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	n = snprintf(line, sizeof(line), "%02d:%02d:%02d.%06ld %.4000s\n", tm.tm_hour,
		tm.tm_min, tm.tm_sec, now.tv_nsec / 1000, text);
	/* One write a line, so that those of several programs do not mix. */
	if (n > 0 && write(t->fd, line, (size_t)n) < 0)
		return;
}

/* The descriptor that a value means; -1: none, -2: it means nothing. */
static int trace_fd(const char *value)
{
	if (!value || !*value || !strcmp(value, "0") || !strcasecmp(value, "false"))
		return -1;
	if (!strcmp(value, "1") || !strcasecmp(value, "true"))
		return STDERR_FILENO;
	if (value[0] >= '2' && value[0] <= '9' && !value[1])
		return value[0] - '0';
	if (*value == '/')
		return open(value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	return -2;
}

static void set_trace(struct amts_http_options *o, struct amts_arena *arena)
{
	const char *value = getenv("AMTS_TRACE_CURL");
	struct trace *t = AMTS_NEW(arena, struct trace, 1);

	t->fd = trace_fd(value);
	if (t->fd == -2)
		cli_warn("AMTS_TRACE_CURL: '%s' is neither a descriptor nor an absolute "
			 "path",
			value);
	else if (t->fd == -1 && value && *value == '/')
		cli_warn("cannot open '%s' for AMTS_TRACE_CURL: %s", value,
			strerror(errno));
	if (t->fd < 0)
		return;
	o->trace = write_line;
	o->trace_payload = t;
}

/* ---- clients ---- */

/* HTTP_PROXY is what a web server makes of a header "Proxy": curl does not read it. */
void cli_http_options(
	struct amts_http_options *out, struct amts_arena *arena, const char *ca_file)
{
	*out = (struct amts_http_options){
		.http_proxy = either("http_proxy", NULL),
		.https_proxy = either("https_proxy", "HTTPS_PROXY"),
		.all_proxy = either("all_proxy", "ALL_PROXY"),
		.no_proxy = either("no_proxy", "NO_PROXY"),
		.ca_file = ca_file ? ca_file : either("CURL_CA_BUNDLE", "SSL_CERT_FILE"),
	};
	set_trace(out, arena);
}

int cli_http_open(struct amts_http **out, struct cli *cli, const char *ca_file,
	struct amts_error *err)
{
	struct amts_http_options o;

	cli_http_options(&o, cli->arena, ca_file);
	return amts_http_open(out, &o, err);
}

const char *cli_variable(void *payload, const char *name)
{
	(void)payload;
	return getenv(name);
}

int cli_aws_open(struct amts_aws **out, struct amts_http **http, struct cli *cli,
	const char *profile, const char *region, struct amts_error *err)
{
	struct amts_aws_options o = {
		.variable = cli_variable, .profile = profile, .region = region
	};
	int rc = cli_http_open(http, cli, either("AWS_CA_BUNDLE", NULL), err);

	if (rc)
		return rc;
	rc = amts_aws_open(out, *http, &o, err);
	if (rc) {
		amts_http_free(*http);
		*http = NULL;
	}
	return rc;
}
