/* Uploads in parts ("Uploading and copying objects using multipart upload" in the Amazon
 * S3 User Guide): at least 5 MiB each but the last, at most 10,000. */
#include "base/alloc.h"
#include "net/http.h"
#include "net/s3.h"
#include "net/xml.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PARTS 10000
#define AT_ONCE 64 /* parts under way or waiting; their replies are small */

struct upload {
	struct amts_s3 *s3;
	const char *key, *id;
	struct amts_arena *arena;
	struct amts_str body;
	size_t part_size, n;
	const char **etags;
};

static size_t size_of_parts(const struct amts_s3 *s3, size_t total)
{
	size_t size = s3->o.part_size ? (size_t)s3->o.part_size : 16 << 20;

	while (total / size >= MOST_PARTS)
		size *= 2;
	return size;
}

static int begin(struct upload *u, const char *type, struct amts_error *err)
{
	struct amts_s3_ask ask = { .method = "POST",
		.key = u->key,
		.query = "uploads=",
		.type = type ? type : "application/octet-stream",
		.repeatable = 0 }; /* a second one would be left behind */
	struct amts_http_reply reply;
	struct amts_xml *doc;
	int rc = amts_s3_send(&reply, u->s3, u->arena, &ask, err);

	if (!rc)
		rc = amts_xml_parse(&doc, reply.body, "upload in parts", err);
	if (rc)
		return rc;
	u->id = amts_xml_text(amts_xml_root(doc), "UploadId", u->arena);
	amts_xml_free(doc);
	return *u->id ? AMTS_OK
		      : amts_fail(err, AMTS_EFAIL, "the upload in parts has no id");
}

static const char *part_query(struct upload *u, size_t i, struct amts_arena *arena)
{
	struct amts_buf query = AMTS_BUF_INIT;
	char *z;

	if (i != SIZE_MAX)
		amts_buf_addf(&query, "partNumber=%zu", i + 1);
	amts_s3_field(&query, "uploadId", amts_str_z(u->id));
	z = amts_arena_z(arena, amts_buf_str(&query));
	amts_buf_release(&query);
	return z;
}

static int take_part(
	struct upload *u, struct amts_http_job *job, size_t i, struct amts_error *err)
{
	const char *etag;
	int rc = job->rc;

	if (rc)
		*err = job->err;
	else
		rc = amts_aws_check(u->s3->aws, &job->request, &job->reply, err);
	if (rc)
		return rc;
	etag = amts_http_header(&job->reply, "etag");
	if (!etag)
		return amts_fail(err, AMTS_EFAIL, "part %zu has no ETag", i + 1);
	u->etags[i] = amts_arena_z(u->arena, amts_str_z(etag));
	return AMTS_OK;
}

/* Parts beg.. up to AT_ONCE of them. */
static int send_some(struct upload *u, size_t beg, size_t n, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_http_job *jobs = AMTS_NEW(arena, struct amts_http_job, n);
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n; i++) {
		size_t at = (beg + i) * u->part_size;
		struct amts_s3_ask ask = { .method = "PUT",
			.key = u->key,
			.query = part_query(u, beg + i, arena),
			.body = amts_str_sub(u->body, at, at + u->part_size) };

		amts_s3_request(&jobs[i].request, u->s3, arena, &ask);
	}
	amts_http_run(amts_aws_http(u->s3->aws), arena, jobs, n);
	for (i = 0; !rc && i < n; i++)
		rc = take_part(u, &jobs[i], beg + i, err);
	amts_arena_free(arena);
	return rc;
}

static int finish(struct upload *u, struct amts_error *err)
{
	struct amts_buf xml = AMTS_BUF_INIT;
	struct amts_s3_ask ask = { .method = "POST",
		.key = u->key,
		.query = part_query(u, SIZE_MAX, u->arena),
		.type = "application/xml",
		.repeatable = 1 };
	struct amts_http_reply reply;
	size_t i;
	int rc;

	amts_buf_addz(&xml, "<CompleteMultipartUpload "
			    "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
	for (i = 0; i < u->n; i++) {
		amts_buf_addf(&xml, "<Part><PartNumber>%zu</PartNumber><ETag>", i + 1);
		amts_xml_escape(&xml, amts_str_z(u->etags[i]));
		amts_buf_addz(&xml, "</ETag></Part>");
	}
	amts_buf_addz(&xml, "</CompleteMultipartUpload>");
	ask.body = amts_buf_str(&xml);
	rc = amts_s3_send(&reply, u->s3, u->arena, &ask, err);
	amts_buf_release(&xml);
	return rc;
}

/* The answer to a completion may be lost: then the upload is gone and the object is
 * there. */
static int is_done_after_all(struct upload *u)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	uint64_t size = 0;

	return !amts_s3_head(&size, u->s3, u->key, &ignored) && size == u->body.n;
}

static void give_up(struct upload *u)
{
	struct amts_s3_ask ask = { .method = "DELETE",
		.key = u->key,
		.query = part_query(u, SIZE_MAX, u->arena) };
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_http_reply reply;

	/* Nothing better can be done when this fails too; the first failure is told. */
	(void)!amts_s3_send(&reply, u->s3, u->arena, &ask, &ignored);
}

int amts_s3_put_parts(struct amts_s3 *s3, const char *key, const char *type,
	struct amts_str body, struct amts_error *err)
{
	struct upload u = { .s3 = s3,
		.key = key,
		.arena = amts_arena_new(),
		.body = body,
		.part_size = size_of_parts(s3, body.n) };
	size_t beg;
	int rc;

	u.n = (body.n + u.part_size - 1) / u.part_size;
	u.etags = AMTS_NEW(u.arena, const char *, u.n + 1);
	rc = begin(&u, type, err);
	for (beg = 0; !rc && beg < u.n; beg += AT_ONCE)
		rc = send_some(&u, beg, u.n - beg < AT_ONCE ? u.n - beg : AT_ONCE, err);
	if (!rc)
		rc = finish(&u, err);
	if (rc == AMTS_ENOTFOUND && u.id && is_done_after_all(&u))
		rc = AMTS_OK;
	if (rc && u.id && *u.id)
		give_up(&u);
	amts_arena_free(u.arena);
	return rc;
}
