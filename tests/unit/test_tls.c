/* Certificates: a server that nobody vouches for is not talked to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/double.h"

static char url[64], folder[512];
static int in = -1;
static pid_t pid;

/* A certificate for localhost, good for a day, made by itself. */
static int open_server(void **state)
{
	const char *const make[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048",
		"-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext",
		"subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem",
		NULL };
	const char *const argv[] = { "python3", "-B", NULL, "--tls", "cert.pem",
		"key.pem", NULL };
	const char *serve[7];

	if (!getcwd(folder, sizeof(folder)) || box_open(state))
		return -1;
	box_run(make);
	memcpy(serve, argv, sizeof(serve));
	strncat(folder, "/tests/support/aws_double.py",
		sizeof(folder) - strlen(folder) - 1);
	serve[2] = folder;
	snprintf(url, sizeof(url), "https://localhost:");
	in = double_start(url, sizeof(url), serve, &pid);
	return in < 0;
}

static int close_server(void **state)
{
	close(in);
	waitpid(pid, NULL, 0);
	return box_close(state);
}

static int ask(const char *address, const char *ca_file, struct amts_error *e)
{
	struct amts_http_options o = { .attempts = 1, .ca_file = ca_file };
	struct amts_http_request request = { .method = "GET", .url = address };
	struct amts_arena *arena = amts_arena_new();
	struct amts_http_reply reply;
	struct amts_http *http;
	int rc;

	ok(amts_http_open(&http, &o, err));
	rc = amts_http_send(&reply, http, arena, &request, e);
	amts_http_free(http);
	amts_arena_free(arena);
	return rc;
}

static void strangers_are_not_trusted(void **state)
{
	(void)state;
	fails(ask(url, NULL, err), AMTS_EAUTH, "ertificate");
}

static void those_that_are_vouched_for_are(void **state)
{
	(void)state;
	ok(ask(url, "cert.pem", err));
}

static void the_name_must_be_right(void **state)
{
	char other[64];

	(void)state;
	snprintf(other, sizeof(other), "https://127.0.0.1%s", strrchr(url, ':'));
	fails(ask(other, "cert.pem", err), AMTS_EAUTH, "127.0.0.1");
}

static void a_list_that_is_missing_is_told(void **state)
{
	(void)state;
	fails(ask(url, "none.pem", err), AMTS_EAUTH, "none.pem");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strangers_are_not_trusted),
		cmocka_unit_test(those_that_are_vouched_for_are),
		cmocka_unit_test(the_name_must_be_right),
		cmocka_unit_test(a_list_that_is_missing_is_told),
	};

	return cmocka_run_group_tests(tests, open_server, close_server);
}
