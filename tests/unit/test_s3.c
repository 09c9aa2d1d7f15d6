/* Objects in S3, against tests/support/aws_double.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/double.h"
#include "amts/s3.h"

#define SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define MAX ((size_t)1 << 20)

static const struct amts_http_options quick = {
	.retry_base_ms = 1, .retry_cap_ms = 4, .budget_ms = 3000, .attempts = 3
};

static struct amts_http *http;
static struct amts_arena *arena;
static struct amts_aws *aws;
static struct amts_s3 *s3;
static const char *endpoint, *region;

static const char *variable(void *payload, const char *name)
{
	const char *const vars[][2] = { { "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE" },
		{ "AWS_SECRET_ACCESS_KEY", SECRET }, { "AWS_REGION", region },
		{ "AWS_ENDPOINT_URL", endpoint } };
	size_t i;

	(void)payload;
	for (i = 0; i < sizeof(vars) / sizeof(*vars); i++)
		if (!strcmp(vars[i][0], name))
			return vars[i][1];
	return NULL;
}

static void close_bucket(void)
{
	amts_s3_free(s3);
	amts_aws_free(aws);
	amts_http_free(http);
}

static void open_bucket(const char *bucket, const struct amts_s3_options *o,
	const struct amts_http_options *ho)
{
	const struct amts_aws_options ao = { .variable = variable };

	ok(amts_http_open(&http, ho, err));
	ok(amts_aws_open(&aws, http, &ao, err));
	ok(amts_s3_open(&s3, aws, bucket, o, err));
}

static int open_world(void **state)
{
	arena = amts_arena_new();
	endpoint = double_url;
	region = "us-east-1";
	open_bucket("amts-test", NULL, &quick);
	return double_reset(state);
}

static int close_world(void **state)
{
	(void)state;
	close_bucket();
	amts_arena_free(arena);
	return 0;
}

/* Keys that are hard to sign. */
static const char *const keys[] = { "plain.txt", "a b+c/caf\xc3\xa9//x%.md", "../up/./x",
	"q?a=b&c#d", "()!*'@:,;$=~", "trailing/", "%41", "\xe4\xb8\xad\xe6\x96\x87.md" };
#define NKEYS (sizeof(keys) / sizeof(*keys))

static void objects_come_back_under_any_key(void **state)
{
	struct amts_s3_entry *list;
	size_t n, i;

	(void)state;
	for (i = 0; i < NKEYS; i++) {
		struct amts_str body;
		uint64_t size;

		ok(amts_s3_put(s3, keys[i], "text/html", amts_str_z(keys[i]), err));
		ok(amts_s3_get(&body, s3, arena, keys[i], MAX, err));
		assert_string_equal(body.p, keys[i]);
		ok(amts_s3_head(&size, s3, keys[i], err));
		assert_int_equal(size, strlen(keys[i]));
	}
	ok(amts_s3_list(&list, &n, s3, arena, "", 100, err));
	assert_int_equal(n, NKEYS);
	for (i = 0; i < n; i++) {
		size_t k = 0;

		while (k < NKEYS && strcmp(list[i].key, keys[k]))
			k++;
		if (k == NKEYS)
			fail_msg("'%s' is listed", list[i].key);
	}
	ok(amts_s3_delete(s3, keys, NKEYS, err));
	ok(amts_s3_list(&list, &n, s3, arena, "", 100, err));
	assert_int_equal(n, 0);
}

static void failures_have_codes(void **state)
{
	struct amts_str body;
	struct amts_s3 *other;
	uint64_t size;

	(void)state;
	fails(amts_s3_get(&body, s3, arena, "none", MAX, err), AMTS_ENOTFOUND,
		"/amts-test/none: 404: NoSuchKey: ");
	fails(amts_s3_head(&size, s3, "none", err), AMTS_ENOTFOUND, "404");
	ok(amts_s3_put(s3, "big", NULL, AMTS_STR("0123456789"), err));
	fails(amts_s3_get(&body, s3, arena, "big", 9, err), AMTS_ETOOBIG, "over 9 bytes");
	fails(amts_s3_open(&other, aws, "No_Bucket", NULL, err), AMTS_EUSAGE,
		"'No_Bucket' is no name of a bucket");
	ok(amts_s3_open(&other, aws, "missing", NULL, err));
	fails(amts_s3_put(other, "x", NULL, AMTS_STR("x"), err), AMTS_ENOTFOUND,
		"NoSuchBucket");
	amts_s3_free(other);
	double_say("fault", "{\"match\": \"s3:Get*\", \"error\": \"AccessDenied\","
			    " \"status\": 403}");
	fails(amts_s3_get(&body, s3, arena, "big", MAX, err), AMTS_EAUTH, "AccessDenied");
	double_say("fault", "[{\"error\": \"SlowDown\", \"status\": 503},"
			    " {\"error\": \"InternalError\", \"status\": 500}]");
	ok(amts_s3_get(&body, s3, arena, "big", MAX, err));
	double_say("fault", "{\"match\": \"s3:List*\", \"body\": \"<Listing/>\"}");
	{
		struct amts_s3_entry *list;
		size_t n;

		fails(amts_s3_list(&list, &n, s3, arena, "", 9, err), AMTS_EPARSE,
			"no list");
	}
}

#define MORE(token)                                                                      \
	"{\"match\": \"s3:List*\", \"body\": \"<ListBucketResult><IsTruncated>true"      \
	"</IsTruncated><NextContinuationToken>" token                                    \
	"</NextContinuationToken></ListBucketResult>\"}"

static void a_list_that_goes_round_ends(void **state)
{
	struct amts_s3_entry *list;
	size_t n;

	(void)state;
	double_say("fault", "[" MORE("61") "," MORE("62") "," MORE("61") "]");
	fails(amts_s3_list(&list, &n, s3, arena, "", 9, err), AMTS_EPARSE,
		"it never ends");
}

static void a_wrong_region_is_told(void **state)
{
	struct amts_str body;

	(void)state;
	close_bucket();
	region = "eu-west-1";
	open_bucket("amts-test", NULL, &quick);
	fails(amts_s3_get(&body, s3, arena, "x", MAX, err), AMTS_EFAIL,
		"AuthorizationHeaderMalformed: The authorization header is malformed; "
		"the "
		"region 'eu-west-1' is wrong; expecting 'us-east-1'");
}

static void a_wrong_clock_is_corrected(void **state)
{
	uint64_t size;

	(void)state;
	ok(amts_s3_put(s3, "x", NULL, AMTS_STR("x"), err));
	double_say("set", "{\"skew\": -100000}");
	ok(amts_s3_head(&size, s3, "x", err)); /* its answer has no body to explain */
	ok(amts_s3_put(s3, "x", NULL, AMTS_STR("x"), err));
}

static void many_objects_go_at_once(void **state)
{
	static struct amts_s3_object objects[1500];
	static const char *names[1500];
	struct amts_s3_entry *list;
	size_t i, n;

	(void)state;
	double_say("set", "{\"s3_page\": 400}");
	for (i = 0; i < 1500; i++) {
		names[i] = amts_arena_fmt(arena, "many/%04zu", i).p;
		objects[i] = (struct amts_s3_object){ .key = names[i],
			.body = amts_str_z(names[i]) };
	}
	ok(amts_s3_put_all(s3, objects, 1500, err));
	ok(amts_s3_put(s3, "other", NULL, AMTS_STR("x"), err));
	ok(amts_s3_list(&list, &n, s3, arena, "many/", 1500, err));
	assert_int_equal(n, 1500);
	for (i = 0; i < n; i++) {
		assert_string_equal(list[i].key, names[i]);
		assert_int_equal(list[i].size, 9);
	}
	fails(amts_s3_list(&list, &n, s3, arena, "many/", 1499, err), AMTS_ETOOBIG,
		"over 1499 objects below 'many/'");
	for (i = 0; i < 1500; i++)
		objects[i].body = (struct amts_str){ 0 };
	objects[7].key = "missing";
	fails(amts_s3_get_all(s3, arena, objects, 1500, MAX, err), AMTS_ENOTFOUND,
		"missing");
	for (i = 0; i < 1500; i++) {
		assert_int_equal(objects[i].rc, i == 7 ? AMTS_ENOTFOUND : AMTS_OK);
		if (i != 7)
			assert_string_equal(objects[i].body.p, names[i]);
	}
	ok(amts_s3_delete(s3, names, 1500, err)); /* two batches */
	ok(amts_s3_list(&list, &n, s3, arena, "", 9, err));
	assert_int_equal(n, 1);
}

static void deletion_tells_what_stays(void **state)
{
	const char *const some[] = { "a", "b/undeletable", "<&>" };

	(void)state;
	fails(amts_s3_delete(s3, some, 3, err), AMTS_EAUTH,
		"cannot delete 'b/undeletable': AccessDenied: Access Denied");
}

/* ---- in parts ---- */

static const struct amts_s3_options small_parts = { .part_size = 100, .parts_from = 250 };

/* The double's state has this text. */
static void has(const char *path, const char *member, int size)
{
	struct amts_json *all = double_ask("state", NULL);
	double n = -1;

	amts_json_number(&n, amts_json_get(amts_json_get(all, "s3"), path), member);
	assert_int_equal((int)n, size);
	amts_json_free(all);
}

static size_t uploads_left(void)
{
	struct amts_json *all = double_ask("state", NULL);
	const struct amts_json *e =
		amts_json_first(amts_json_get(amts_json_get(all, "s3"), "uploads"));
	size_t n = 0;

	for (; e; e = amts_json_next(e))
		n++;
	amts_json_free(all);
	return n;
}

static struct amts_str text_of(size_t n)
{
	char *p = AMTS_NEW(arena, char, n + 1);
	size_t i;

	for (i = 0; i < n; i++)
		p[i] = (char)('a' + i % 26);
	return (struct amts_str){ p, n };
}

static void large_objects_go_up_in_parts(void **state)
{
	struct amts_str text = text_of(1050), body;

	(void)state;
	close_bucket();
	open_bucket("amts-test", &small_parts, &quick);
	double_say("set", "{\"s3_part_min\": 100}");
	double_say("fault",
		"[{\"match\": \"s3:UploadPart *partNumber=3&*\", \"error\":"
		" \"InternalError\", \"status\": 500},"
		" {\"match\": \"s3:CompleteMultipartUpload *\", \"status\": 200,"
		" \"body\": \"<?xml version='1.0'?>\\n<Error><Code>InternalError"
		"</Code></Error>\"}]");
	ok(amts_s3_put(s3, "large one", "text/plain", text, err));
	ok(amts_s3_get(&body, s3, arena, "large one", MAX, err));
	assert_true(amts_str_eq(body, text));
	assert_int_equal(uploads_left(), 0);
	has("objects", "amts-test/large one", 1050);
}

static void no_parts_are_left(void **state)
{
	static const char *const faults[] = {
		"{\"match\": \"s3:UploadPart *partNumber=7&*\", \"error\": "
		"\"AccessDenied\"}",
		"{\"match\": \"s3:UploadPart *partNumber=7&*\", \"close\": true,"
		" \"times\": -1}",
		"{\"match\": \"s3:Complete*\", \"error\": \"InvalidPart\"}",
		"{\"match\": \"s3:Complete*\", \"status\": 200, \"times\": -1,"
		" \"body\": \"<Error><Code>InternalError</Code></Error>\"}",
	};
	size_t i;

	(void)state;
	close_bucket();
	open_bucket("amts-test", &small_parts, &quick);
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		struct amts_error e = AMTS_ERROR_INIT;

		double_say("reset", "{}");
		double_say("set", "{\"s3_part_min\": 100}");
		double_say("fault", faults[i]);
		assert_true(amts_s3_put(s3, "k", NULL, text_of(1000), &e) < 0);
		assert_int_equal(uploads_left(), 0);
		has("objects", "amts-test/k", -1);
	}
}

static void a_completion_whose_answer_is_lost_is_done(void **state)
{
	(void)state;
	close_bucket();
	open_bucket("amts-test", &small_parts, &quick);
	double_say("set", "{\"s3_part_min\": 100}");
	double_say("fault",
		"{\"match\": \"s3:Complete*\", \"after\": true, \"close\": true}");
	ok(amts_s3_put(s3, "k", NULL, text_of(1000), err));
	has("objects", "amts-test/k", 1000);
	assert_int_equal(uploads_left(), 0);
}

static void an_object_goes_to_a_file(void **state)
{
	FILE *f = tmpfile();
	char text[16] = "";
	uint64_t size;

	(void)state;
	assert_non_null(f);
	ok(amts_s3_put(s3, "x", NULL, AMTS_STR("content"), err));
	ok(amts_s3_get_file(&size, s3, "x", fileno(f), 100, err));
	assert_int_equal(size, 7);
	assert_int_equal(pread(fileno(f), text, sizeof(text), 0), 7);
	assert_string_equal(text, "content");
	fails(amts_s3_get_file(&size, s3, "x", fileno(f), 6, err), AMTS_ETOOBIG,
		"over 6");
	fclose(f);
}

/* ---- where the bucket is named ---- */

/* Through a proxy that answers for every host. */
static void address_is(
	const char *bucket, int path_style, const char *host, const char *target)
{
	struct amts_http_options o = quick;
	struct amts_s3_options so = { .path_style = path_style };
	struct amts_json *log;
	const struct amts_json *e;

	close_bucket();
	o.http_proxy = double_url;
	open_bucket(bucket, &so, &o);
	double_say("reset", "{}");
	ok(amts_s3_put(s3, "a b", NULL, AMTS_STR("x"), err));
	log = double_ask("log", NULL);
	e = amts_json_first(log);
	assert_string_equal(amts_json_string(e, "host"), host);
	assert_string_equal(amts_json_string(e, "target"), target);
	amts_json_free(log);
}

static void buckets_are_named_by_host_or_path(void **state)
{
	(void)state;
	endpoint = "http://s3.test.example";
	address_is("amts-test", 0, "s3.test.example",
		"http://s3.test.example/amts-test/a%20b");
	address_is("amts-test", -1, "amts-test.s3.test.example",
		"http://amts-test.s3.test.example/a%20b");
	address_is("with.dots", 1, "s3.test.example",
		"http://s3.test.example/with.dots/a%20b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)
		T(objects_come_back_under_any_key),
		T(failures_have_codes),
		T(a_list_that_goes_round_ends),
		T(a_wrong_region_is_told),
		T(a_wrong_clock_is_corrected),
		T(many_objects_go_at_once),
		T(deletion_tells_what_stays),
		T(large_objects_go_up_in_parts),
		T(no_parts_are_left),
		T(a_completion_whose_answer_is_lost_is_done),
		T(an_object_goes_to_a_file),
		T(buckets_are_named_by_host_or_path),
#undef T
	};

	return cmocka_run_group_tests(tests, double_open, double_close);
}
