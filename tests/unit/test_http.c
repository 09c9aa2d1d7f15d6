/* The HTTP client against a server that does as it is told (tests/support/aws_double.py).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/double.h"
#include "gitbox.h"
#include "net/http.h"

#include <time.h>

static const struct amts_http_options quick = { .retry_base_ms = 1,
	.retry_cap_ms = 4,
	.budget_ms = 3000,
	.total_ms = 2000,
	.attempts = 3 };

static struct amts_http *http;
static struct amts_arena *arena;

static int open_client(void **state)
{
	arena = amts_arena_new();
	ok(amts_http_open(&http, &quick, err));
	return double_reset(state);
}

static int close_client(void **state)
{
	(void)state;
	amts_http_free(http);
	amts_arena_free(arena);
	return 0;
}

static const char *at(const char *path)
{
	return amts_arena_fmt(arena, "%s%s", double_url, path).p;
}

static struct amts_http_request request(const char *method, const char *path)
{
	return (struct amts_http_request){ .method = method, .url = at(path) };
}

static void answers_are_handed_over(void **state)
{
	struct amts_http_request r = request("GET", "/x?y=1");
	struct amts_http_reply reply;

	(void)state;
	double_say("fault", "{\"status\": 201, \"body\": \"hello\","
			    " \"headers\": {\"X-Thing\": \"  a: b \"}}");
	ok(amts_http_send(&reply, http, arena, &r, err));
	assert_int_equal(reply.status, 201);
	assert_string_equal(reply.body.p, "hello");
	assert_int_equal(reply.size, 5);
	assert_int_equal(reply.attempts, 1);
	assert_string_equal(amts_http_header(&reply, "x-thing"), "a: b");
	assert_null(amts_http_header(&reply, "x-none"));
}

/* What arrives: the log's entry i has this for method, size of body, and a header. */
static void arrives(
	size_t i, const char *method, int size, const char *header, const char *value)
{
	struct amts_json *log = double_ask("log", NULL);
	const struct amts_json *e = amts_json_first(log);
	const char *got;
	double n = -1;

	while (e && i--)
		e = amts_json_next(e);
	assert_non_null(e);
	assert_string_equal(amts_json_string(e, "method"), method);
	amts_json_number(&n, e, "size");
	assert_int_equal((int)n, size);
	got = amts_json_string(amts_json_get(e, "headers"), header);
	if (value)
		assert_string_equal(got ? got : "(none)", value);
	else
		assert_null(got);
	amts_json_free(log);
}

static void requests_arrive_as_they_are(void **state)
{
	static const struct amts_http_header headers[] = { { "X-Empty", "" },
		{ "Content-Type", "text/x" } };
	static const char *const methods[] = { "GET", "HEAD", "DELETE", "PUT", "POST",
		"PATCH" };
	struct amts_http_reply reply;
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++) {
		struct amts_http_request r = request(methods[i], "/a/../b//c%2F?q");

		if (i > 2)
			r.body = AMTS_STR("body");
		r.headers = headers;
		r.nheaders = 2;
		ok(amts_http_send(&reply, http, arena, &r, err));
		assert_int_equal(reply.status, 404);
		arrives(i, methods[i], i > 2 ? 4 : 0, "x-empty", "");
		arrives(i, methods[i], i > 2 ? 4 : 0, "content-type", "text/x");
		arrives(i, methods[i], i > 2 ? 4 : 0, "expect", NULL);
	}
	{
		struct amts_json *log = double_ask("log", NULL);

		assert_string_equal(amts_json_string(amts_json_first(log), "target"),
			"/a/../b//c%2F?q");
		amts_json_free(log);
	}
}

/* A fault, what is sent, and how often it arrives. */
static const struct {
	const char *name, *fault, *method;
	int repeatable, rc, status, arrivals;
} repeats[] = {
	{ "500 goes away", "{\"status\": 500, \"times\": 2}", "GET", 0, 0, 404, 3 },
	{ "429 goes away", "{\"status\": 429}", "PUT", 0, 0, 404, 2 },
	{ "503 stays", "{\"status\": 503, \"times\": -1}", "GET", 0, 0, 503, 3 },
	{ "400 is an answer", "{\"status\": 400, \"times\": -1}", "GET", 0, 0, 400, 1 },
	{ "a POST is sent once", "{\"status\": 500}", "POST", 0, 0, 500, 1 },
	{ "a POST that may be repeated", "{\"status\": 500}", "POST", 1, 0, 404, 2 },
	{ "hung up", "{\"close\": true}", "GET", 0, 0, 404, 2 },
	{ "a POST that was hung up on", "{\"close\": true}", "POST", 0, AMTS_ERETRY, 0,
		1 },
	{ "cut short", "{\"status\": 200, \"body\": \"0123456789\", \"cut\": 3}", "GET",
		0, 0, 404, 2 },
	{ "cut short for ever",
		"{\"body\": \"0123456789\", \"length\": 99, \"times\": -1}", "GET", 0,
		AMTS_ERETRY, 0, 3 },
	{ "Retry-After over the budget",
		"{\"status\": 503, \"headers\": {\"Retry-After\": \"3600\"}}", "GET", 0,
		0, 503, 1 },
	{ "no HTTP at all", "{\"raw\": \"SSH-2.0-OpenSSH_9.9\\r\\n\"}", "GET", 0,
		AMTS_EFAIL, 0, 1 },
};

static void what_fails_for_the_moment_is_sent_again(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(repeats) / sizeof(*repeats); i++) {
		struct amts_http_request r = request(repeats[i].method, "/x");
		struct amts_http_reply reply;
		struct amts_error err = AMTS_ERROR_INIT;
		const char *line, *log;
		int n = 0, rc;

		double_say("reset", "{}");
		double_say("fault", repeats[i].fault);
		r.repeatable = repeats[i].repeatable;
		rc = amts_http_send(&reply, http, arena, &r, &err);
		for (line = log = double_log(); (line = strchr(line, '\n')); line++)
			n++;
		if (rc != repeats[i].rc || reply.status != repeats[i].status ||
			n != repeats[i].arrivals)
			fail_msg("%s: code %d, status %d, %d arrivals (%s)",
				repeats[i].name, rc, reply.status, n, err.msg);
	}
}

static void a_server_that_asks_for_time_gets_it(void **state)
{
	struct amts_http_request r = request("GET", "/x");
	struct amts_http_reply reply;
	int64_t start = amts_http_clock();

	(void)state;
	double_say("fault", "{\"status\": 429, \"headers\": {\"Retry-After\": \"1\"}}");
	ok(amts_http_send(&reply, http, arena, &r, err));
	assert_int_equal(reply.attempts, 2);
	assert_true(amts_http_clock() - start >= 1000);
}

static void waits_grow_to_a_cap(void **state)
{
	struct amts_http_options o = { .retry_base_ms = 100, .retry_cap_ms = 1000 };
	const int64_t now = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */

	(void)state;
	assert_int_equal(amts_retry_wait(&o, 0, 100), 100);
	assert_int_equal(amts_retry_wait(&o, 0, 101), 0);
	assert_int_equal(amts_retry_wait(&o, 2, 400), 400);
	assert_int_equal(amts_retry_wait(&o, 2, 401), 0);
	assert_int_equal(amts_retry_wait(&o, 60, 1000), 1000);
	assert_int_equal(amts_retry_wait(&o, 60, 1001), 0);
	assert_int_equal(amts_retry_after(NULL, now), 0);
	assert_int_equal(amts_retry_after("120", now), 120000);
	assert_int_equal(amts_retry_after("-1", now), 0);
	assert_int_equal(amts_retry_after("soon", now), 0);
	assert_int_equal(amts_retry_after("Sun, 06 Nov 1994 08:49:47 GMT", now), 10000);
	assert_int_equal(amts_retry_after("Sun, 06 Nov 1994 08:49:00 GMT", now), 0);
	assert_true(amts_retry_after("99999999999999999999", now) > 0);
}

static void limits_hold(void **state)
{
	struct amts_http_request r = request("GET", "/x");
	struct amts_http_reply reply;
	struct amts_buf raw = AMTS_BUF_INIT;
	int i;

	(void)state;
	double_say("fault", "{\"body\": \"0123456789\"}");
	r.max_body = 9;
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_ETOOBIG,
		"the reply is over 9 bytes");
	r.max_body = 10;
	double_say("fault", "{\"body\": \"0123456789\"}");
	ok(amts_http_send(&reply, http, arena, &r, err));

	amts_buf_addz(&raw, "{\"raw\": \"HTTP/1.1 200 OK\\r\\n");
	for (i = 0; i < 1100; i++)
		amts_buf_addf(&raw, "X-%060d: 0\\r\\n", i);
	amts_buf_addz(&raw, "\\r\\n\"}");
	double_say("fault", raw.p);
	amts_buf_release(&raw);
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_ETOOBIG,
		"headers are too long");

	double_say("fault", "{\"delay\": 1, \"body\": \"late\", \"times\": -1}");
	r.total_ms = 100;
	r.attempts = 2;
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_ERETRY, "timed out");
	assert_int_equal(reply.attempts, 2);
}

static void a_body_goes_to_a_file(void **state)
{
	struct amts_http_request r = request("GET", "/x");
	struct amts_http_reply reply;
	FILE *f = tmpfile();
	char text[32] = "";

	(void)state;
	assert_non_null(f);
	r.fd = fileno(f);
	assert_int_equal(write(r.fd, "older and longer", 16), 16);
	double_say("fault", "[{\"body\": \"0123456789\", \"cut\": 4},"
			    " {\"status\": 500, \"body\": \"trouble, not content\"},"
			    " {\"body\": \"content\"}]");
	ok(amts_http_send(&reply, http, arena, &r, err));
	assert_int_equal(reply.size, 7);
	assert_int_equal(reply.body.n, 0);
	assert_int_equal(pread(r.fd, text, sizeof(text), 0), 7);
	assert_string_equal(text, "content");
	fclose(f);
}

static void redirections_stay_at_home(void **state)
{
	struct amts_http_request r = request("GET", "/x");
	struct amts_http_reply reply;

	(void)state;
	double_say("fault", "{\"status\": 302, \"headers\": {\"Location\": \"/y\"}}");
	ok(amts_http_send(&reply, http, arena, &r, err));
	assert_int_equal(reply.status, 302);

	r.follow = 1;
	double_say("fault", "[{\"status\": 302, \"headers\": {\"Location\": \"/y\"}},"
			    " {\"match\": \"* /y\", \"body\": \"there\"}]");
	ok(amts_http_send(&reply, http, arena, &r, err));
	assert_string_equal(reply.body.p, "there");

	double_say("fault", "{\"status\": 301, \"headers\":"
			    " {\"Location\": \"http://elsewhere.example/?secret\"}}");
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_EFAIL,
		"redirected to 'elsewhere.example', which is not followed");
	double_say("fault", "{\"status\": 307, \"headers\": {\"Location\": \"//x/\"}}");
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_EUSAGE, "redirected");
	double_say("fault", "{\"status\": 307, \"times\": -1,"
			    " \"headers\": {\"Location\": \"/x\"}}");
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_EFAIL,
		"too many redirections");
}

static void what_cannot_be_sent_is_refused(void **state)
{
	static const struct amts_http_header split = { "X", "a\r\nHost: evil" };
	struct amts_http_reply reply;
	struct amts_http_request r = request("GET", "/x");
	static const char *const bad[] = { "", "file:///etc/passwd", "ftp://x/",
		"http://", "http:///x", "http://x y/", "http://x/\n", "HTTP//x" };
	size_t i;

	(void)state;
	r.headers = &split;
	r.nheaders = 1;
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_EUSAGE,
		"header 'X' would hold a line break");
	r.nheaders = 0;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		r.url = bad[i];
		fails(amts_http_send(&reply, http, arena, &r, err), AMTS_EUSAGE,
			"is no http or https address");
	}
	r.url = "http://127.0.0.1:1/";
	fails(amts_http_send(&reply, http, arena, &r, err), AMTS_ERETRY,
		"GET http://127.0.0.1:1/: ");
	assert_int_equal(reply.attempts, 3);
}

static void many_go_at_once(void **state)
{
	static struct amts_http_job jobs[100];
	int64_t start;
	size_t i;

	(void)state;
	double_say("fault", "[{\"match\": \"* /7\", \"status\": 500},"
			    " {\"match\": \"* /9\", \"body\": \"123456\"},"
			    " {\"delay\": 0.05, \"status\": 200, \"times\": -1}]");
	memset(jobs, 0, sizeof(jobs));
	for (i = 0; i < 100; i++) {
		jobs[i].request = request("GET", amts_arena_fmt(arena, "/%zu", i).p);
		jobs[i].request.max_body = 5;
	}
	start = amts_http_clock();
	amts_http_run(http, arena, jobs, 100);
	/* 100 · 50 ms one after the other, eight at a time in fact. */
	assert_true(amts_http_clock() - start < 3000);
	for (i = 0; i < 100; i++) {
		assert_int_equal(jobs[i].rc, i == 9 ? AMTS_ETOOBIG : AMTS_OK);
		assert_int_equal(jobs[i].reply.status, i == 9 ? 0 : 200);
		assert_int_equal(jobs[i].reply.attempts, i == 7 ? 2 : 1);
	}
}

/* ---- proxies ---- */

static void proxies_are_asked(void **state)
{
	struct amts_http_options o = quick;
	struct amts_http_request r = { .method = "GET", .url = "http://far.example/x?y" };
	struct amts_http_reply reply;
	struct amts_http *h;

	(void)state;
	setenv("http_proxy", "http://127.0.0.1:1", 1); /* must not matter */
	o.http_proxy = double_url;
	o.no_proxy = "near.example,127.0.0.1";
	o.attempts = 1;
	ok(amts_http_open(&h, &o, err));
	ok(amts_http_send(&reply, h, arena, &r, err));
	assert_int_equal(reply.status, 404);
	arrives(0, "GET", 0, "host", "far.example");
	r.url = at("/near");
	ok(amts_http_send(&reply, h, arena, &r, err));
	r.url = "http://far.invalid/x";
	r.direct = 1;
	fails(amts_http_send(&reply, h, arena, &r, err), AMTS_ERETRY, "far.invalid");
	amts_http_free(h);
	unsetenv("http_proxy");
}

/* A proxy is asked for a way through; what goes there it does not see. */
static void tunnels_are_asked_for(void **state)
{
	struct amts_http_request r = { .method = "GET",
		.url = "https://far.example/x?token=PLANTED" };
	struct amts_http_options o = quick;
	struct amts_http_reply reply;
	struct amts_http *h;
	int i;

	(void)state;
	o.attempts = 1;
	for (i = 0; i < 2; i++) {
		const char *proxy = amts_arena_fmt(
			arena, "http://me:PLANTED-pw@%s", double_url + strlen("http://"))
					    .p;

		o.https_proxy = i ? NULL : proxy;
		o.all_proxy = i ? proxy : NULL;
		ok(amts_http_open(&h, &o, err));
		fails(amts_http_send(&reply, h, arena, &r, err), AMTS_ERETRY,
			"GET https://far.example/x: ");
		arrives((size_t)i, "CONNECT", 0, "host", "far.example:443");
		amts_http_free(h);
	}
}

/* ---- secrets ---- */

static const struct {
	const char *text, *shown;
} secrets[] = {
	{ "Host: a.example\nAuthorization: Bearer abc\nNext: 1",
		"Host: a.example\nAuthorization: <redacted>\nNext: 1" },
	{ "proxy-authorization:x\r\nSET-COOKIE: a=b",
		"proxy-authorization: <redacted>\r\n"
		"SET-COOKIE: <redacted>" },
	{ "h2 [x-amz-security-token: FQoG]", "h2 [x-amz-security-token: <redacted>" },
	{ "GET /a?X-Amz-Signature=00ff&b=c HTTP/1.1",
		"GET /a?X-Amz-Signature=<redacted>&b=c HTTP/1.1" },
	{ "monkey=1&key=2&tokens=3&token=4", "monkey=1&key=<redacted>&tokens=3&token="
					     "<redacted>" },
	{ "https://user:pw@host/a@b", "https://<redacted>@host/a@b" },
	{ "https://host/a@b", "https://host/a@b" },
	{ "it is hunter22!", "it is <redacted>!" },
	{ "sent as s%2Bcret%2F or s+cret/", "sent as <redacted> or <redacted>" },
	{ "Authorization", "Authorization" },
	{ "key=", "key=<redacted>" },
	{ "://", "://" },
	{ "short", "short" },
	{ "", "" },
};

static void secrets_are_taken_out(void **state)
{
	size_t i;

	(void)state;
	amts_http_secret(http, AMTS_STR("hunter22"));
	amts_http_secret(http, AMTS_STR("s+cret/"));
	amts_http_secret(http, AMTS_STR("short"));
	for (i = 0; i < sizeof(secrets) / sizeof(*secrets); i++) {
		struct amts_buf out = AMTS_BUF_INIT;

		amts_http_redact(&out, http, amts_str_z(secrets[i].text));
		assert_string_equal(out.p, secrets[i].shown);
		amts_buf_release(&out);
	}
}

static void note(void *payload, const char *line)
{
	amts_buf_addf(payload, "%s\n", line);
}

static void no_trace_or_message_shows_secrets(void **state)
{
	static const struct amts_http_header headers[] = { { "Authorization",
								   "Bearer PLANTED-1" },
		{ "Cookie", "PLANTED-2" }, { "X-Odd", "PLANTED-3" } };
	struct amts_buf trace = AMTS_BUF_INIT;
	struct amts_http_options o = quick;
	struct amts_http_request r = { .method = "PUT",
		.headers = headers,
		.nheaders = 3,
		.body = AMTS_STR("PLANTED-3") };
	struct amts_http_reply reply;
	struct amts_http *h;
	struct amts_error e = AMTS_ERROR_INIT;

	(void)state;
	o.trace = note;
	o.trace_payload = &trace;
	ok(amts_http_open(&h, &o, err));
	amts_http_secret(h, AMTS_STR("PLANTED-3"));
	r.url = amts_arena_fmt(arena, "http://u:PLANTED-4@%s/x?token=PLANTED-5&a=b",
		double_url + strlen("http://"))
			.p;
	double_say("fault", "{\"status\": 403, \"body\": \"PLANTED-3 is wrong\","
			    " \"headers\": {\"Set-Cookie\": \"PLANTED-6\"}}");
	ok(amts_http_send(&reply, h, arena, &r, err));
	assert_int_equal(amts_http_check(h, &r, &reply, reply.body, &e), AMTS_EAUTH);
	assert_null(strstr(e.msg, "PLANTED"));
	assert_non_null(strstr(e.msg, "/x: 403: <redacted> is wrong"));
	double_say("fault", "{\"close\": true, \"times\": -1}");
	assert_int_equal(amts_http_send(&reply, h, arena, &r, &e), AMTS_ERETRY);
	assert_null(strstr(e.msg, "PLANTED"));
	assert_non_null(strstr(trace.p, "=> Send header: PUT /x?token=<redacted>&a=b"));
	assert_non_null(strstr(trace.p, "<= Recv header: HTTP/1.1 403"));
	if (strstr(trace.p, "PLANTED"))
		fail_msg("%s", trace.p);
	amts_http_free(h);
	amts_buf_release(&trace);
}

static void statuses_have_codes(void **state)
{
	static const struct {
		int status, code;
	} table[] = { { 200, AMTS_OK }, { 204, AMTS_OK }, { 400, AMTS_EFAIL },
		{ 401, AMTS_EAUTH }, { 403, AMTS_EAUTH }, { 404, AMTS_ENOTFOUND },
		{ 409, AMTS_ECONFLICT }, { 413, AMTS_ETOOBIG }, { 422, AMTS_EFAIL },
		{ 429, AMTS_ERETRY }, { 500, AMTS_ERETRY }, { 302, AMTS_EFAIL } };
	struct amts_http_request r = request("GET", "/x?y");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct amts_http_reply reply = { .status = table[i].status };
		struct amts_error err = AMTS_ERROR_INIT;

		assert_int_equal(
			amts_http_check(http, &r, &reply, AMTS_STR("a\nb\x1b"), &err),
			table[i].code);
		if (table[i].code)
			assert_non_null(strstr(err.msg, ": a b "));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_client, close_client)
		T(answers_are_handed_over),
		T(requests_arrive_as_they_are),
		T(what_fails_for_the_moment_is_sent_again),
		T(a_server_that_asks_for_time_gets_it),
		T(waits_grow_to_a_cap),
		T(limits_hold),
		T(a_body_goes_to_a_file),
		T(redirections_stay_at_home),
		T(what_cannot_be_sent_is_refused),
		T(many_go_at_once),
		T(proxies_are_asked),
		T(tunnels_are_asked_for),
		T(secrets_are_taken_out),
		T(no_trace_or_message_shows_secrets),
		T(statuses_have_codes),
#undef T
	};

	return cmocka_run_group_tests(tests, double_open, double_close);
}
