/*
 * AWS Signature Version 4, step by step: AWS's own vectors (AMTS_DATA/sigv4, or
 * ../shared/data/sigv4; skipped without them), the examples of the Amazon S3 API
 * Reference, and what the AWS SDK for Python computes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "gitbox.h"
#include "net/crypto.h"
#include "net/sigv4.h"

#include <dirent.h>
#include <time.h>

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void same(
	const char *where, const char *what, struct amts_str got, const char *want)
{
	if (!amts_str_eq(got, amts_str_z(want)))
		fail_msg("%s: %s:\n%.*s\nwanted:\n%s", where, what, (int)got.n, got.p,
			want);
}

static int64_t at(const char *iso)
{
	struct tm tm = { 0 };

	assert_int_equal(sscanf(iso, "%d-%d-%dT%d:%d:%dZ", &tm.tm_year, &tm.tm_mon,
				 &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec),
		6);
	/* The civil calendar as days since 1970 (proleptic Gregorian, years from March).
	 */
	{
		int y = tm.tm_year - (tm.tm_mon <= 2), m = (tm.tm_mon + 9) % 12;
		int64_t days = 365LL * y + y / 4 - y / 100 + y / 400 +
			       (m * 306 + 5) / 10 + tm.tm_mday - 1 - 719468;

		return ((days * 24 + tm.tm_hour) * 60 + tm.tm_min) * 60 + tm.tm_sec;
	}
}

/* ---- AWS's vectors ---- */

static const char *vectors(void)
{
	static char path[512];
	const char *data = getenv("AMTS_DATA");
	const char *const places[] = { data ? data : "../shared/data",
		"../../shared/data" };
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(*places); i++) {
		snprintf(path, sizeof(path), "%s/sigv4", places[i]);
		if (!access(path, R_OK))
			return path;
	}
	return NULL;
}

static const char *slurp(struct amts_arena *arena, const char *dir, const char *name)
{
	struct amts_buf text = AMTS_BUF_INIT;
	char chunk[4096];
	size_t n;
	FILE *f = fopen(amts_arena_fmt(arena, "%s/%s", dir, name).p, "rb");
	char *z;

	if (!f)
		fail_msg("no %s/%s", dir, name);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		amts_buf_add(&text, (struct amts_str){ chunk, n });
	fclose(f);
	z = amts_arena_z(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	return z;
}

/* "GET /a b?q HTTP/1.1", "Name:value" lines (folded ones start with a space), blank,
 * body. */
static void read_request(struct amts_sigv4_request *out, struct amts_str *body,
	struct amts_arena *arena, const char *text)
{
	struct amts_str all = amts_str_z(text), line, target;
	size_t end = amts_str_find(all, AMTS_STR("\n"), 0), beg, space, q;
	struct amts_http_header *headers = AMTS_NEW(arena, struct amts_http_header, 64);

	line = amts_str_sub(all, 0, end);
	space = amts_str_find(line, AMTS_STR(" "), 0);
	out->method = amts_arena_z(arena, amts_str_sub(line, 0, space));
	target = amts_str_sub(line, space + 1, line.n - strlen(" HTTP/1.1"));
	q = amts_str_find(target, AMTS_STR("?"), 0);
	out->path = amts_str_sub(target, 0, q);
	out->query = amts_str_sub(target, q + 1, target.n);
	out->headers = headers;
	for (beg = end + 1; beg < all.n && text[beg] != '\n'; beg = end + 1) {
		struct amts_http_header *h = &headers[out->nheaders];
		size_t colon;

		end = amts_str_find(all, AMTS_STR("\n"), beg);
		line = amts_str_sub(all, beg, end);
		if (line.p[0] == ' ') {
			h[-1].value = amts_arena_fmt(
				arena, "%s\n%.*s", h[-1].value, (int)line.n, line.p)
					      .p;
			continue;
		}
		colon = amts_str_find(line, AMTS_STR(":"), 0);
		h->name = amts_arena_z(arena, amts_str_sub(line, 0, colon));
		h->value = amts_arena_z(arena, amts_str_sub(line, colon + 1, line.n));
		out->nheaders++;
	}
	*body = amts_str_sub(all, beg + 1, all.n);
}

static void check_vector(const char *dir)
{
	struct amts_arena *arena = amts_arena_new();
	const char *context = slurp(arena, dir, "context.json");
	struct amts_sigv4_request in = { .service = "service" };
	struct amts_sigv4 out;
	struct amts_json *json;
	const struct amts_json *keys;
	struct amts_str body;
	char hash[AMTS_SHA256_HEX];
	double expires = 0;

	ok(amts_json_parse(&json, amts_str_z(context), dir, err));
	keys = amts_json_get(json, "credentials");
	in.id = amts_json_string(keys, "access_key_id");
	in.secret = amts_json_string(keys, "secret_access_key");
	in.token = amts_json_string(keys, "token");
	in.region = amts_json_string(json, "region");
	in.time = at(amts_json_string(json, "timestamp"));
	assert_true(amts_json_number(&expires, json, "expiration_in_seconds"));
	in.expires = (long)expires;
	if (amts_json_true(json, "normalize"))
		in.flags |= AMTS_SIGV4_NORMALIZE;
	if (amts_json_true(json, "omit_session_token"))
		in.flags |= AMTS_SIGV4_TOKEN_APART;
	read_request(&in, &body, arena, slurp(arena, dir, "request.txt"));
	if (!amts_json_true(json, "sign_body"))
		body = (struct amts_str){ 0 };
	amts_sha256_hex(hash, body);
	in.payload_hash = hash;

	amts_sigv4_query(&out, arena, &in);
	same(dir, "query", out.canonical_request,
		slurp(arena, dir, "query-canonical-request.txt"));
	same(dir, "query", out.string_to_sign,
		slurp(arena, dir, "query-string-to-sign.txt"));
	same(dir, "query", out.signature, slurp(arena, dir, "query-signature.txt"));
	assert_non_null(strstr(out.query.p, out.signature.p));

	if (amts_json_true(json, "sign_body"))
		in.flags |= AMTS_SIGV4_SEND_HASH;
	amts_sigv4_header(&out, arena, &in);
	same(dir, "header", out.canonical_request,
		slurp(arena, dir, "header-canonical-request.txt"));
	same(dir, "header", out.string_to_sign,
		slurp(arena, dir, "header-string-to-sign.txt"));
	same(dir, "header", out.signature, slurp(arena, dir, "header-signature.txt"));
	/* What is to be sent stands in AWS's own request. */
	assert_non_null(strstr(slurp(arena, dir, "header-signed-request.txt"),
		out.add[out.nadd - 1].value));
	amts_json_free(json);
	amts_arena_free(arena);
}

static void signs_aws_vectors(void **state)
{
	const char *folder = vectors();
	struct amts_arena *arena;
	struct dirent *e;
	int n = 0;
	DIR *d;

	(void)state;
	if (!folder)
		skip();
	arena = amts_arena_new();
	d = opendir(folder);
	assert_non_null(d);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		check_vector(amts_arena_fmt(arena, "%s/%s", folder, e->d_name).p);
		n++;
	}
	closedir(d);
	amts_arena_free(arena);
	assert_int_equal(n, 38);
}

/* ---- S3, and paths that are encoded twice ---- */

#define S3 AMTS_SIGV4_SEND_HASH
#define OTHER (AMTS_SIGV4_NORMALIZE | AMTS_SIGV4_DOUBLE)
#define DOC_KEY "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define SDK_KEY "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define DOC_HOST "examplebucket.s3.amazonaws.com"
#define DOC_TIME "2013-05-24T00:00:00Z"
#define SDK_TIME "2026-11-22T20:00:00Z"

static const struct {
	const char *name, *id, *secret, *token, *region, *service, *time;
	unsigned flags;
	const char *method, *path, *query, *body;
	struct amts_http_header headers[4];
	const char *canonical, *signature;
} own[] = {
	{ "S3 API Reference, GET object", DOC_KEY, NULL, "us-east-1", "s3", DOC_TIME, S3,
		"GET", "/test.txt", "", "",
		{ { "Host", DOC_HOST }, { "Range", "bytes=0-9" } },
		"GET\n/test.txt\n\nhost:" DOC_HOST
		"\nrange:bytes=0-9\nx-amz-content-sha256:" EMPTY
		"\nx-amz-date:20130524T000000Z\n\n"
		"host;range;x-amz-content-sha256;x-amz-date\n" EMPTY,
		"f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
	{ "S3 API Reference, PUT object", DOC_KEY, NULL, "us-east-1", "s3", DOC_TIME, S3,
		"PUT", "/test$file.text", "", "Welcome to Amazon S3.",
		{ { "Date", "Fri, 24 May 2013 00:00:00 GMT" }, { "Host", DOC_HOST },
			{ "x-amz-storage-class", "REDUCED_REDUNDANCY" } },
		NULL, "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd" },
	{ "S3 API Reference, GET bucket lifecycle", DOC_KEY, NULL, "us-east-1", "s3",
		DOC_TIME, S3, "GET", "/", "lifecycle", "", { { "Host", DOC_HOST } }, NULL,
		"fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
	{ "S3 API Reference, list objects", DOC_KEY, NULL, "us-east-1", "s3", DOC_TIME,
		S3, "GET", "/", "max-keys=2&prefix=J", "", { { "Host", DOC_HOST } }, NULL,
		"34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
	{ "SDK, path encoded twice", SDK_KEY, NULL, "eu-west-1", "translate", SDK_TIME,
		OTHER, "GET", "/a b/%/caf\xc3\xa9", "z=1&a=%2F", "",
		{ { "Host", "example.amazonaws.com" } },
		"GET\n/a%2520b/%2525/"
		"caf%25C3%25A9\na=%2F&z=1\nhost:example.amazonaws.com\n"
		"x-amz-date:20261122T200000Z\n\nhost;x-amz-date\n" EMPTY,
		"bf71a108fa53d25c4f04295ede0824b810e066b9608d696ba7a6ff9fcf1df989" },
	{ "SDK, JSON with a session token", SDK_KEY, "TOKEN/+==", "eu-west-1",
		"translate", SDK_TIME, OTHER, "POST", "", "", "{}",
		{ { "Content-Type", "application/x-amz-json-1.1" },
			{ "Host", "translate.eu-west-1.amazonaws.com" },
			{ "X-Amz-Target",
				"AWSShineFrontendService_20170701.ListLanguages" } },
		NULL,
		"4e0fad0451cf3aa5073b2df79fb4c24ed18e0d4c222f163622987e062020b59d" },
	{ "SDK, key that must not be normalised", SDK_KEY, NULL, "eu-west-1", "s3",
		SDK_TIME, S3, "PUT", "/a b+c/../caf\xc3\xa9//x%.md",
		"uploadId=a%2Fb%3D&partNumber=2", "hello",
		{ { "Content-Type", "text/plain" },
			{ "Host", "b.s3.eu-west-1.amazonaws.com" } },
		"PUT\n/a%20b%2Bc/../caf%C3%A9//x%25.md\npartNumber=2&uploadId=a%2Fb%3D\n"
		"content-type:text/plain\nhost:b.s3.eu-west-1.amazonaws.com\n"
		"x-amz-content-sha256:"
		"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\n"
		"x-amz-date:20261122T200000Z\n\n"
		"content-type;host;x-amz-content-sha256;x-amz-date\n"
		"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
		"902a41e34a1d177b1029ff44823fd4f50259c7e832459c861dcc15dd16586f54" },
	{ "SDK, fields without a value", SDK_KEY, "TOK", "eu-west-1", "s3", SDK_TIME, S3,
		"GET", "/b.c/", "list-type=2&prefix=a/&delete", "",
		{ { "Host", "s3.eu-west-1.amazonaws.com" } }, NULL,
		"d9a79cdb29dbae4d33a97715f75c764bc4face18174b380e433eff2a059eb8d8" },
};

static size_t count_headers(const struct amts_http_header *h)
{
	size_t n = 0;

	while (n < 4 && h[n].name)
		n++;
	return n;
}

static void signs_s3_and_double_encoding(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(own) / sizeof(*own); i++) {
		struct amts_arena *arena = amts_arena_new();
		char hash[AMTS_SHA256_HEX];
		struct amts_sigv4 out;
		struct amts_sigv4_request in = { own[i].id, own[i].secret, own[i].token,
			own[i].region, own[i].service, at(own[i].time), own[i].flags,
			own[i].method, amts_str_z(own[i].path), amts_str_z(own[i].query),
			own[i].headers, count_headers(own[i].headers), hash, 0 };

		amts_sha256_hex(hash, amts_str_z(own[i].body));
		amts_sigv4_header(&out, arena, &in);
		if (own[i].canonical)
			same(own[i].name, "canonical request", out.canonical_request,
				own[i].canonical);
		same(own[i].name, "signature", out.signature, own[i].signature);
		amts_arena_free(arena);
	}
}

/* Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters". */
static void signs_an_address(void **state)
{
	static const struct amts_http_header host = { "host", DOC_HOST };
	struct amts_arena *arena = amts_arena_new();
	struct amts_sigv4 out;
	struct amts_sigv4_request in = { DOC_KEY, NULL, "us-east-1", "s3", at(DOC_TIME),
		0, "GET", AMTS_STR("/test.txt"), { 0 }, &host, 1, AMTS_SIGV4_UNSIGNED,
		86400 };

	(void)state;
	amts_sigv4_query(&out, arena, &in);
	same("presigned", "query", out.query,
		"X-Amz-Algorithm=AWS4-HMAC-SHA256"
		"&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F"
		"aws4_request"
		"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
		"&X-Amz-SignedHeaders=host"
		"&X-Amz-Signature="
		"aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
	amts_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_aws_vectors),
		cmocka_unit_test(signs_s3_and_double_encoding),
		cmocka_unit_test(signs_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
