#include "net/s3.h"

#include "base/alloc.h"
#include "net/crypto.h"
#include "net/http.h"
#include "net/url.h"

#include <stdlib.h>
#include <string.h>

#define AT_ONCE 512 /* requests whose replies are kept in memory together */

/* ---- buckets ---- */

/* "Bucket naming rules" in the Amazon S3 User Guide. */
static int is_bucket(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789.-");

	return n >= 3 && n <= 63 && !s[n] && *s != '.' && *s != '-' && s[n - 1] != '.' &&
	       s[n - 1] != '-' && !strstr(s, "..");
}

static void set_address(struct amts_s3 *s3, const char *base, int custom)
{
	const char *host = strstr(base, "://") + 3;

	s3->path_style = s3->o.path_style > 0 ||
			 (!s3->o.path_style && (custom || strchr(s3->bucket, '.')));
	s3->base = s3->path_style ? base
				  : amts_arena_fmt(s3->arena, "%.*s%s.%s",
					    (int)(host - base), base, s3->bucket, host)
					    .p;
}

int amts_s3_open(struct amts_s3 **out, struct amts_aws *aws, const char *bucket,
	const struct amts_s3_options *options, struct amts_error *err)
{
	struct amts_s3 *s3;
	const char *base;
	int custom, rc;

	*out = NULL;
	if (!is_bucket(bucket))
		return amts_fail(err, AMTS_EUSAGE, "'%s' is no name of a bucket", bucket);
	s3 = amts_calloc(1, sizeof(*s3));
	s3->arena = amts_arena_new();
	s3->aws = aws;
	s3->bucket = amts_arena_z(s3->arena, amts_str_z(bucket));
	if (options)
		s3->o = *options;
	rc = amts_aws_endpoint(&base, &custom, aws, "s3", s3->arena, err);
	if (rc) {
		amts_s3_free(s3);
		return rc;
	}
	set_address(s3, base, custom);
	*out = s3;
	return AMTS_OK;
}

void amts_s3_free(struct amts_s3 *s3)
{
	if (!s3)
		return;
	amts_arena_free(s3->arena);
	free(s3);
}

/* ---- requests ---- */

void amts_s3_field(struct amts_buf *query, const char *name, struct amts_str value)
{
	amts_buf_addf(query, "%s%s=", query->n ? "&" : "", name);
	amts_url_encode(query, value, "");
}

static const char *checksum(struct amts_arena *arena, struct amts_str body)
{
	unsigned char digest[AMTS_SHA256_SIZE];
	struct amts_buf text = AMTS_BUF_INIT;
	char *z;

	amts_sha256(digest, body);
	amts_base64(&text, digest, sizeof(digest));
	z = amts_arena_z(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	return z;
}

void amts_s3_request(struct amts_http_request *out, struct amts_s3 *s3,
	struct amts_arena *arena, const struct amts_s3_ask *ask)
{
	struct amts_http_header headers[2];
	struct amts_aws_call call = { .service = "s3",
		.method = ask->method,
		.base = s3->base,
		.query = ask->query,
		.headers = headers,
		.body = ask->body,
		.repeatable = ask->repeatable != 0 };
	const char *key = ask->key ? ask->key : "", *slash = ask->key ? "/" : "";

	if (ask->type)
		headers[call.nheaders++] =
			(struct amts_http_header){ "Content-Type", ask->type };
	if (ask->with_checksum)
		headers[call.nheaders++] =
			(struct amts_http_header){ "X-Amz-Checksum-Sha256",
				checksum(arena, ask->body) };
	call.path = s3->path_style
			    ? amts_arena_fmt(arena, "/%s%s%s", s3->bucket, slash, key)
			    : amts_arena_fmt(arena, "/%s", key);
	amts_aws_request(out, s3->aws, arena, &call);
	/* A minute, and as long as slow lines (64 KiB/s) need for the body. */
	out->total_ms = 60000 + (long)(ask->body.n / 64);
}

int amts_s3_send(struct amts_http_reply *reply, struct amts_s3 *s3,
	struct amts_arena *arena, const struct amts_s3_ask *ask, struct amts_error *err)
{
	struct amts_http_request request;
	int rc;

	amts_s3_request(&request, s3, arena, ask);
	rc = amts_http_send(reply, amts_aws_http(s3->aws), arena, &request, err);
	return rc ? rc : amts_aws_check(s3->aws, &request, reply, err);
}

/* ---- objects ---- */

static struct amts_s3_ask put_ask(const char *key, const char *type, struct amts_str body)
{
	return (struct amts_s3_ask){ .method = "PUT",
		.key = key,
		.type = type ? type : "application/octet-stream",
		.body = body,
		.with_checksum = 1 };
}

int amts_s3_put(struct amts_s3 *s3, const char *key, const char *type,
	struct amts_str body, struct amts_error *err)
{
	uint64_t from = s3->o.parts_from ? s3->o.parts_from : 64 << 20;
	struct amts_s3_ask ask = put_ask(key, type, body);
	struct amts_http_reply reply;
	struct amts_arena *arena;
	int rc;

	if (body.n > from)
		return amts_s3_put_parts(s3, key, type, body, err);
	arena = amts_arena_new();
	rc = amts_s3_send(&reply, s3, arena, &ask, err);
	amts_arena_free(arena);
	return rc;
}

/* Results of jobs into their objects. */
static void take_results(struct amts_s3 *s3, struct amts_s3_object *objects,
	struct amts_http_job *jobs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		objects[i].err = (struct amts_error)AMTS_ERROR_INIT;
		objects[i].rc = jobs[i].rc;
		if (jobs[i].rc)
			objects[i].err = jobs[i].err;
		else
			objects[i].rc = amts_aws_check(s3->aws, &jobs[i].request,
				&jobs[i].reply, &objects[i].err);
	}
}

static int first_failure(
	const struct amts_s3_object *objects, size_t n, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!objects[i].rc)
			continue;
		*err = objects[i].err;
		return objects[i].rc;
	}
	return AMTS_OK;
}

int amts_s3_put_all(struct amts_s3 *s3, struct amts_s3_object *objects, size_t n,
	struct amts_error *err)
{
	struct amts_http_job *jobs = amts_calloc(AT_ONCE, sizeof(*jobs));
	size_t beg, i, m;

	for (beg = 0; beg < n; beg += m) {
		struct amts_arena *arena = amts_arena_new();

		m = n - beg < AT_ONCE ? n - beg : AT_ONCE;
		for (i = 0; i < m; i++) {
			const struct amts_s3_object *o = &objects[beg + i];
			struct amts_s3_ask ask = put_ask(o->key, o->type, o->body);

			amts_s3_request(&jobs[i].request, s3, arena, &ask);
		}
		amts_http_run(amts_aws_http(s3->aws), arena, jobs, m);
		take_results(s3, objects + beg, jobs, m);
		amts_arena_free(arena);
	}
	free(jobs);
	return first_failure(objects, n, err);
}

int amts_s3_get_all(struct amts_s3 *s3, struct amts_arena *arena,
	struct amts_s3_object *objects, size_t n, size_t max, struct amts_error *err)
{
	struct amts_http_job *jobs = amts_calloc(AT_ONCE, sizeof(*jobs));
	size_t beg, i, m;

	for (beg = 0; beg < n; beg += m) {
		struct amts_arena *scratch = amts_arena_new();

		m = n - beg < AT_ONCE ? n - beg : AT_ONCE;
		for (i = 0; i < m; i++) {
			struct amts_s3_ask ask = { .method = "GET",
				.key = objects[beg + i].key };

			amts_s3_request(&jobs[i].request, s3, scratch, &ask);
			jobs[i].request.max_body = max;
		}
		amts_http_run(amts_aws_http(s3->aws), scratch, jobs, m);
		take_results(s3, objects + beg, jobs, m);
		for (i = 0; i < m; i++)
			if (!objects[beg + i].rc)
				objects[beg + i].body =
					amts_arena_str(arena, jobs[i].reply.body);
		amts_arena_free(scratch);
	}
	free(jobs);
	return first_failure(objects, n, err);
}

int amts_s3_get(struct amts_str *body, struct amts_s3 *s3, struct amts_arena *arena,
	const char *key, size_t max, struct amts_error *err)
{
	struct amts_s3_object object = { .key = key };
	int rc = amts_s3_get_all(s3, arena, &object, 1, max, err);

	if (!rc)
		*body = object.body;
	return rc;
}

int amts_s3_get_file(uint64_t *size, struct amts_s3 *s3, const char *key, int fd,
	uint64_t max, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_s3_ask ask = { .method = "GET", .key = key };
	struct amts_http_request request;
	struct amts_http_reply reply;
	int rc;

	amts_s3_request(&request, s3, arena, &ask);
	request.fd = fd;
	request.max_body = max;
	request.total_ms = 60000 + (long)(max / 64);
	rc = amts_http_send(&reply, amts_aws_http(s3->aws), arena, &request, err);
	if (!rc)
		rc = amts_aws_check(s3->aws, &request, &reply, err);
	if (!rc)
		*size = reply.size;
	amts_arena_free(arena);
	return rc;
}

int amts_s3_head(
	uint64_t *size, struct amts_s3 *s3, const char *key, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_s3_ask ask = { .method = "HEAD", .key = key };
	struct amts_http_reply reply;
	const char *length;
	int rc = amts_s3_send(&reply, s3, arena, &ask, err);

	length = rc ? NULL : amts_http_header(&reply, "content-length");
	*size = length ? strtoull(length, NULL, 10) : 0;
	amts_arena_free(arena);
	return rc;
}
