/* Parallel data of Amazon Translate ("Customizing your translations with parallel data"
 * in its Developer Guide). */
#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_WAIT 60000
#define MOST_TURNS 8
#define REPORT_MAX ((size_t)16 << 20)

/* While an update runs, and when it has failed, the status is still that of the old data.
 */
static void read_properties(void *to, const struct amts_json *p, struct amts_arena *arena)
{
	struct amts_parallel_data *out = to;
	const struct amts_json *targets = amts_json_get(p, "TargetLanguageCodes");
	const struct amts_json *first = amts_json_first(targets);
	double changed = 0;
	const char *attempt = amts_json_string(p, "LatestUpdateAttemptStatus");

	if (!amts_json_number(&changed, p, "LatestUpdateAttemptAt") &&
		!amts_json_number(&changed, p, "LastUpdatedAt"))
		(void)!amts_json_number(&changed, p, "CreatedAt");
	*out = (struct amts_parallel_data){ .name = amts_amazon_string(p, "Name", arena),
		.status = attempt ? amts_arena_z(arena, amts_str_z(attempt))
				  : amts_amazon_string(p, "Status", arena),
		.src = amts_amazon_string(p, "SourceLanguageCode", arena),
		.tgt = amts_arena_z(
			arena, amts_str_z(first ? amts_json_value(first) : NULL)),
		.records = amts_amazon_count(p, "ImportedRecordCount"),
		.failed = amts_amazon_count(p, "FailedRecordCount"),
		.skipped = amts_amazon_count(p, "SkippedRecordCount"),
		.changed = changed,
		.message = amts_amazon_string(p, "Message", arena) };
}

int amts_parallel_data_get(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_error *err)
{
	struct amts_json *json;
	int rc = amts_amazon_call_named(&json, aws, "GetParallelData", name, err);

	if (!rc)
		read_properties(
			out, amts_json_get(json, "ParallelDataProperties"), arena);
	amts_json_free(json);
	return rc;
}

int amts_parallel_data_list(struct amts_parallel_data **out, size_t *n,
	struct amts_aws *aws, struct amts_arena *arena, struct amts_error *err)
{
	void *v;
	int rc = amts_amazon_list(&v, n, sizeof(**out), read_properties, arena, aws,
		"ListParallelData", "ParallelDataPropertiesList", err);

	*out = v;
	return rc;
}

int amts_parallel_data_delete(
	struct amts_aws *aws, const char *name, struct amts_error *err)
{
	return amts_amazon_do_named(aws, "DeleteParallelData", name, err);
}

/* ---- what was not taken ---- */

static int read_faults(struct amts_parallel_data_fault **out, size_t *n,
	struct amts_arena *arena, struct amts_str text, struct amts_error *err)
{
	const struct amts_json *first, *e;
	struct amts_json *json;
	int rc = amts_json_parse(&json, text, "report of parallel data", err);

	if (rc)
		return rc;
	first = amts_json_first(amts_json_get(json, "messages"));
	for (e = first; e; e = amts_json_next(e))
		++*n;
	*out = AMTS_NEW(arena, struct amts_parallel_data_fault, *n + 1);
	for (e = first, *n = 0; e; e = amts_json_next(e))
		(*out)[(*n)++] = (struct amts_parallel_data_fault){
			amts_amazon_string(e, "content", arena),
			amts_amazon_string(e, "message", arena)
		};
	amts_json_free(json);
	return AMTS_OK;
}

/* The address is signed as it is, for half an hour. */
static int fetch_report(struct amts_str *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *url, struct amts_error *err)
{
	struct amts_http_request request = {
		.method = "GET", .url = url, .max_body = REPORT_MAX
	};
	struct amts_http_reply reply;
	int rc = amts_http_send(&reply, amts_aws_http(aws), arena, &request, err);

	if (!rc)
		rc = amts_http_check(
			amts_aws_http(aws), &request, &reply, AMTS_STR(""), err);
	*out = reply.body;
	return rc;
}

int amts_parallel_data_faults(struct amts_parallel_data_fault **out, size_t *n,
	struct amts_aws *aws, struct amts_arena *arena, const char *name,
	struct amts_error *err)
{
	const struct amts_json *at;
	struct amts_json *json;
	struct amts_str text;
	const char *url;
	int rc = amts_amazon_call_named(&json, aws, "GetParallelData", name, err);

	*n = 0;
	if (rc)
		return rc;
	at = amts_json_get(json, "LatestUpdateAttemptAuxiliaryDataLocation");
	if (!at)
		at = amts_json_get(json, "AuxiliaryDataLocation");
	url = amts_amazon_string(at, "Location", arena);
	amts_json_free(json);
	if (!*url)
		return AMTS_OK;
	rc = fetch_report(&text, aws, arena, url, err);
	return rc ? rc : read_faults(out, n, arena, text, err);
}

/* ---- creating, replacing ---- */

static long longer(long wait)
{
	return wait < LONGEST_WAIT / 2 ? wait * 2 : LONGEST_WAIT;
}

static int is_under_way(const char *status)
{
	return !strcmp(status, "CREATING") || !strcmp(status, "UPDATING");
}

/* Until nothing is done to it. */
static int settle(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, long wait, struct amts_error *err)
{
	int rc;

	while (!(rc = amts_parallel_data_get(out, aws, arena, name, err)) &&
		is_under_way(out->status)) {
		amts_amazon_pause(wait);
		wait = longer(wait);
	}
	return rc;
}

static int send(struct amts_aws *aws, const char *name, const char *uri,
	const char *token, int exists, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_json *json;
	int rc;

	amts_buf_addz(&b, "{\"Name\":");
	amts_json_quote(&b, amts_str_z(name));
	amts_buf_addz(&b, ",\"ParallelDataConfig\":{\"Format\":\"TMX\",\"S3Uri\":");
	amts_json_quote(&b, amts_str_z(uri));
	amts_buf_addf(&b, "},\"ClientToken\":\"%s\"}", token);
	rc = amts_amazon_call(&json, aws,
		exists ? "UpdateParallelData" : "CreateParallelData", amts_buf_str(&b),
		err);
	amts_json_free(json);
	amts_buf_release(&b);
	return rc;
}

/* One resource at a time may be filled in an account. */
static int send_in_turn(struct amts_aws *aws, const char *name, const char *uri,
	const char *token, int exists, long wait, struct amts_error *err)
{
	int tries, rc = AMTS_ECONFLICT;

	for (tries = 0; rc == AMTS_ECONFLICT && tries < MOST_TURNS; tries++) {
		struct amts_error why = AMTS_ERROR_INIT;

		if (tries) {
			amts_amazon_pause(wait);
			wait = longer(wait);
		}
		rc = send(aws, name, uri, token, exists, &why);
		if (rc)
			*err = why;
		if (!exists) /* of a new one it says that there is one of that name */
			break;
	}
	return rc;
}

/* What is there, when nothing is done to it any more; AMTS_OK also for nothing. */
static int find(int *exists, struct amts_parallel_data *old, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, enum amts_parallel_data_how how,
	long wait, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	int rc;

	*exists = 0;
	*old = (struct amts_parallel_data){ 0 };
	if (how == AMTS_PARALLEL_DATA_CREATE)
		return AMTS_OK;
	rc = settle(old, aws, arena, name, wait, &failure);
	*exists = !rc;
	if (!rc || (rc == AMTS_ENOTFOUND && how == AMTS_PARALLEL_DATA_PUT))
		return AMTS_OK;
	*err = failure;
	return rc;
}

/* The service forgets no token: what it held once and is to hold again needs another. */
static void make_token(char token[AMTS_SHA256_HEX], const char *name, struct amts_str tmx,
	const struct amts_parallel_data *old)
{
	char content[AMTS_SHA256_HEX];
	struct amts_buf b = AMTS_BUF_INIT;

	amts_sha256_hex(content, tmx);
	amts_buf_addf(&b, "%s\n%s\n%.3f", name, content, old->changed);
	amts_sha256_hex(token, amts_buf_str(&b));
	amts_buf_release(&b);
}

static int fill(struct amts_parallel_data *out, struct amts_s3 *s3, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_str tmx,
	enum amts_parallel_data_how how, const struct amts_amazon_options *o,
	struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	long wait = o->poll_ms ? o->poll_ms : 10000;
	char token[AMTS_SHA256_HEX];
	const char *key, *uri;
	int exists, rc = find(&exists, out, aws, arena, name, how, wait, err);

	if (rc)
		return rc;
	make_token(token, name, tmx, out);
	key = amts_arena_fmt(arena, "%s/parallel-data/%.24s.tmx",
		o->prefix ? o->prefix : "amts", token)
		      .p;
	uri = amts_arena_fmt(arena, "s3://%s/%s", o->bucket, key).p;
	rc = amts_s3_put(s3, key, "application/xml", tmx, err);
	if (rc)
		return rc;
	rc = send_in_turn(aws, name, uri, token, exists, wait, err);
	if (!rc)
		rc = settle(out, aws, arena, name, wait, err);
	(void)!amts_s3_delete(s3, &key, 1, &ignored);
	return rc;
}

int amts_parallel_data_put(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_str tmx,
	enum amts_parallel_data_how how, const struct amts_amazon_options *options,
	struct amts_error *err)
{
	struct amts_s3 *s3;
	int rc = amts_s3_open(&s3, aws, options->bucket, NULL, err);

	if (rc)
		return rc;
	rc = fill(out, s3, aws, arena, name, tmx, how, options, err);
	amts_s3_free(s3);
	if (!rc && strcmp(out->status, "ACTIVE") != 0)
		rc = amts_fail(err, AMTS_EFAIL, "parallel data '%s': %s%s%s", name,
			out->status, *out->message ? ": " : "", out->message);
	return rc;
}
