#ifndef TESTS_DOUBLE_H
#define TESTS_DOUBLE_H
/*
 * tests/support/aws_double.py for tests in C: started once a program (double_open and
 * double_close as group set-up and tear-down, before anything leaves the project's
 * folder), reset before each test.  cmocka's headers come first.
 */
#include "../unit/gitbox.h"
#include "amts/http.h"
#include "base/json.h"

#include <signal.h>
#include <sys/wait.h>

static char double_url[64]; /* "http://127.0.0.1:PORT" */
static int double_in = -1;
static pid_t double_pid;
static struct amts_http *double_http;
static struct amts_arena *double_arena;

__attribute__((unused)) static int double_start(
	char *url, size_t size, const char *const *argv, pid_t *pid)
{
	int in[2], out[2];
	char port[16] = "";
	size_t n = 0;

	if (pipe(in) || pipe(out) || (*pid = fork()) < 0)
		return -1;
	if (!*pid) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	while (n + 1 < sizeof(port) && read(out[0], port + n, 1) == 1 && port[n] != '\n')
		n++;
	port[n] = '\0';
	close(out[0]);
	if (!n)
		return -1;
	strncat(url, port, size - strlen(url) - 1);
	return in[1];
}

__attribute__((unused)) static int double_open(void **state)
{
	static const char *const argv[] = { "python3", "-B",
		"tests/support/aws_double.py", NULL };
	struct amts_http_options options = { 0 };
	struct amts_error err = AMTS_ERROR_INIT;

	(void)state;
	snprintf(double_url, sizeof(double_url), "http://127.0.0.1:");
	double_in = double_start(double_url, sizeof(double_url), argv, &double_pid);
	double_arena = amts_arena_new();
	return double_in < 0 || amts_http_open(&double_http, &options, &err);
}

__attribute__((unused)) static int double_close(void **state)
{
	(void)state;
	close(double_in);
	waitpid(double_pid, NULL, 0);
	amts_http_free(double_http);
	amts_arena_free(double_arena);
	return 0;
}

/* GET what, or POST json to it; the reply's JSON is the caller's to free. */
__attribute__((unused)) static struct amts_json *double_ask(
	const char *what, const char *json)
{
	struct amts_http_reply reply;
	struct amts_json *out = NULL;
	struct amts_http_request r = { .method = json ? "POST" : "GET",
		.url = amts_arena_fmt(double_arena, "%s/_double/%s", double_url, what).p,
		.body = amts_str_z(json) };

	ok(amts_http_send(&reply, double_http, double_arena, &r, err));
	assert_int_equal(reply.status, 200);
	ok(amts_json_parse(&out, reply.body, what, err));
	return out;
}

__attribute__((unused)) static void double_say(const char *what, const char *json)
{
	amts_json_free(double_ask(what, json));
}

/* Before each test. */
__attribute__((unused)) static int double_reset(void **state)
{
	(void)state;
	double_say("reset", "{}");
	return 0;
}

/* The requests that came, one a line: "action status". */
__attribute__((unused)) static const char *double_log(void)
{
	struct amts_json *log = double_ask("log", NULL);
	const struct amts_json *e;
	struct amts_buf out = AMTS_BUF_INIT;
	char *z;

	for (e = amts_json_first(log); e; e = amts_json_next(e)) {
		double status = 0;

		amts_json_number(&status, e, "status");
		amts_buf_addf(
			&out, "%s %d\n", amts_json_string(e, "action"), (int)status);
	}
	amts_json_free(log);
	z = amts_arena_z(double_arena, amts_buf_str(&out));
	amts_buf_release(&out);
	return z;
}

#endif
