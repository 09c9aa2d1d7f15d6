/*
 * Any bytes (the first chooses) as a reply of a service, an AWS configuration file, an
 * address, a request to sign, or a text with secrets: nothing breaks, signatures do not
 * depend on how a query is encoded, and no secret stays.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/aws.h"
#include "net/sigv4.h"
#include "net/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "broken: %s\n", what);
		abort();
	}
}

static void reply(struct amts_arena *arena, struct amts_str s)
{
	struct amts_http_reply r = { .status = 400, .body = s };
	struct amts_str code, message;

	amts_aws_fault(&code, &message, &r, arena);
	(void)amts_aws_is_late_error(&r);
	(void)amts_iso_time(amts_arena_z(arena, s));
}

static void config(struct amts_arena *arena, struct amts_str s)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const char *const *words;
	struct amts_awsconf conf;
	size_t i;

	if (!amts_awsconf_parse(&conf, arena, s, "f", &err))
		for (i = 0; i < conf.n; i++)
			check(amts_awsconf_get(&conf, NULL, conf.v[i].section,
				      conf.v[i].key) != NULL,
				"a setting is not found");
	(void)!amts_awsconf_words(&words, arena, amts_arena_z(arena, s), &err);
}

static void address(struct amts_arena *arena, struct amts_str s)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_url u;

	if (!amts_url_split(&u, s, &err)) {
		check(amts_url_same_origin(&u, &u), "an address is not its own origin");
		(void)amts_url_authority(&u, arena);
	}
	(void)amts_url_plain(s, arena);
}

static void sign(struct amts_arena *arena, struct amts_str s)
{
	static const struct amts_http_header host = { "Host", "h" };
	size_t cut = amts_str_find(s, AMTS_STR("?"), 0);
	struct amts_sigv4_request in = { .id = "i",
		.secret = "s",
		.region = "r",
		.service = "x",
		.flags = s.n & 7,
		.method = "GET",
		.path = amts_str_sub(s, 0, cut),
		.query = amts_str_sub(s, cut + 1, s.n),
		.headers = &host,
		.nheaders = 1,
		.payload_hash = AMTS_SIGV4_UNSIGNED };
	struct amts_sigv4 a, b;

	amts_sigv4_query(&a, arena, &in);
	amts_sigv4_header(&a, arena, &in);
	/* The canonical form of the query is its own canonical form. */
	{
		size_t beg = amts_str_find(a.canonical_request, AMTS_STR("\n"), 4) + 1;

		in.query = amts_str_sub(a.canonical_request, beg,
			amts_str_find(a.canonical_request, AMTS_STR("\n"), beg));
	}
	amts_sigv4_header(&b, arena, &in);
	check(amts_str_eq(a.signature, b.signature), "the signature depends on encoding");
}

static void redact(struct amts_str s)
{
	const struct amts_http_options o = { 0 };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_http *http;

	if (amts_http_open(&http, &o, &err))
		return;
	amts_http_secret(http, AMTS_STR("PLANTED"));
	amts_http_redact(&out, http, s);
	check(amts_str_find(amts_buf_str(&out), AMTS_STR("PLANTED"), 0) == out.n,
		"a secret stays");
	amts_buf_release(&out);
	amts_http_free(http);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct amts_str s = { (const char *)data + 1, size - 1 };
	struct amts_arena *arena;

	if (!size)
		return 0;
	arena = amts_arena_new();
	switch (data[0] % 5) {
	case 0:
		reply(arena, s);
		break;
	case 1:
		config(arena, s);
		break;
	case 2:
		address(arena, s);
		break;
	case 3:
		sign(arena, s);
		break;
	default:
		redact(s);
	}
	amts_arena_free(arena);
	return 0;
}
