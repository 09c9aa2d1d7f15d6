/* Parallel data of Amazon Translate ("Customizing your translations with parallel data"
 * in its Developer Guide). */
#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_WAIT 60000

static const char *string(
	const struct amts_json *object, const char *name, struct amts_arena *arena)
{
	return amts_arena_z(arena, amts_str_z(amts_json_string(object, name)));
}

static uint64_t count(const struct amts_json *object, const char *name)
{
	double n = 0;

	return amts_json_number(&n, object, name) && n > 0 && n < 1e15 ? (uint64_t)n : 0;
}

/* While an update runs, and when it has failed, the status is still that of the old data.
 */
static void read_properties(struct amts_parallel_data *out, const struct amts_json *p,
	struct amts_arena *arena)
{
	const struct amts_json *targets = amts_json_get(p, "TargetLanguageCodes");
	const struct amts_json *first = amts_json_first(targets);
	const char *attempt = amts_json_string(p, "LatestUpdateAttemptStatus");

	*out = (struct amts_parallel_data){ .name = string(p, "Name", arena),
		.status = attempt ? amts_arena_z(arena, amts_str_z(attempt))
				  : string(p, "Status", arena),
		.src = string(p, "SourceLanguageCode", arena),
		.tgt = amts_arena_z(
			arena, amts_str_z(first ? amts_json_value(first) : NULL)),
		.records = count(p, "ImportedRecordCount"),
		.failed = count(p, "FailedRecordCount"),
		.skipped = count(p, "SkippedRecordCount"),
		.message = string(p, "Message", arena) };
}

static int call_with_name(struct amts_json **out, struct amts_aws *aws,
	const char *operation, const char *name, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int rc;

	amts_buf_addz(&b, "{\"Name\":");
	amts_json_quote(&b, amts_str_z(name));
	amts_buf_addc(&b, '}');
	rc = amts_amazon_call(out, aws, operation, amts_buf_str(&b), err);
	amts_buf_release(&b);
	return rc;
}

int amts_parallel_data_get(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_error *err)
{
	struct amts_json *json;
	int rc = call_with_name(&json, aws, "GetParallelData", name, err);

	if (!rc)
		read_properties(
			out, amts_json_get(json, "ParallelDataProperties"), arena);
	amts_json_free(json);
	return rc;
}

int amts_parallel_data_list(struct amts_parallel_data **out, size_t *n,
	struct amts_aws *aws, struct amts_arena *arena, struct amts_error *err)
{
	struct amts_parallel_data *v = NULL;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t cap = 0;
	int rc, more = 1;

	*n = 0;
	amts_buf_addz(&b, "{}");
	do {
		const struct amts_json *e;
		struct amts_json *json;
		const char *token;

		rc = amts_amazon_call(
			&json, aws, "ListParallelData", amts_buf_str(&b), err);
		e = amts_json_first(amts_json_get(json, "ParallelDataPropertiesList"));
		for (; e; e = amts_json_next(e)) {
			AMTS_VEC_ROOM(v, *n, cap, 1);
			read_properties(&v[(*n)++], e, arena);
		}
		token = amts_json_string(json, "NextToken");
		more = token != NULL;
		amts_buf_reset(&b);
		amts_buf_addz(&b, "{\"NextToken\":");
		amts_json_quote(&b, amts_str_z(token));
		amts_buf_addc(&b, '}');
		amts_json_free(json);
	} while (!rc && more);
	*out = AMTS_NEW(arena, struct amts_parallel_data, *n + 1);
	if (*n)
		memcpy(*out, v, *n * sizeof(*v));
	free(v);
	amts_buf_release(&b);
	return rc;
}

int amts_parallel_data_delete(
	struct amts_aws *aws, const char *name, struct amts_error *err)
{
	struct amts_json *json;
	int rc = call_with_name(&json, aws, "DeleteParallelData", name, err);

	amts_json_free(json);
	return rc;
}

/* ---- creating, replacing ---- */

static int is_under_way(const char *status)
{
	return !strcmp(status, "CREATING") || !strcmp(status, "UPDATING");
}

static int wait_for(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, long wait, struct amts_error *err)
{
	int rc;

	while (!(rc = amts_parallel_data_get(out, aws, arena, name, err)) &&
		is_under_way(out->status)) {
		amts_amazon_pause(wait);
		wait = wait < LONGEST_WAIT / 2 ? wait * 2 : LONGEST_WAIT;
	}
	if (!rc && strcmp(out->status, "ACTIVE") != 0)
		rc = amts_fail(err, AMTS_EFAIL, "parallel data '%s': %s%s%s", name,
			out->status, *out->message ? ": " : "", out->message);
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

static int exists(int *yes, struct amts_aws *aws, struct amts_arena *arena,
	const char *name, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	struct amts_parallel_data old;
	int rc = amts_parallel_data_get(&old, aws, arena, name, &failure);

	*yes = !rc;
	if (!rc || rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	*err = failure;
	return rc;
}

static void make_token(char token[AMTS_SHA256_HEX], const char *name, struct amts_str tmx)
{
	char content[AMTS_SHA256_HEX];
	struct amts_buf b = AMTS_BUF_INIT;

	amts_sha256_hex(content, tmx);
	amts_buf_addf(&b, "%s\n%s", name, content);
	amts_sha256_hex(token, amts_buf_str(&b));
	amts_buf_release(&b);
}

int amts_parallel_data_put(struct amts_parallel_data *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_str tmx,
	const struct amts_amazon_options *options, struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	char token[AMTS_SHA256_HEX];
	struct amts_s3 *s3;
	const char *key;
	int is_there, rc = amts_s3_open(&s3, aws, options->bucket, NULL, err);

	if (rc)
		return rc;
	make_token(token, name, tmx);
	key = amts_arena_fmt(arena, "%s/parallel-data/%.24s.tmx",
		options->prefix ? options->prefix : "amts", token)
		      .p;
	rc = exists(&is_there, aws, arena, name, err);
	if (!rc)
		rc = amts_s3_put(s3, key, "application/xml", tmx, err);
	if (!rc) {
		rc = send(aws, name,
			amts_arena_fmt(arena, "s3://%s/%s", options->bucket, key).p,
			token, is_there, err);
		if (!rc)
			rc = wait_for(out, aws, arena, name,
				options->poll_ms ? options->poll_ms : 10000, err);
		(void)!amts_s3_delete(s3, &key, 1, &ignored);
	}
	amts_s3_free(s3);
	return rc;
}
