#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_WAIT 60000
#define DETAILS_MAX ((size_t)64 << 20)
#define PAGE_MAX ((size_t)20 << 20)
#define MOST_OBJECTS 1000000

struct job {
	struct amts_amazon *a;
	struct amts_arena *arena;
	const struct amts_pages *pages;
	char token[AMTS_SHA256_HEX];
	const char *folder; /* of this content, below the prefix */
	const char *id;
	const char *output; /* key prefix of the results */
	int was_over;	    /* the service remembered a job that had ended */
};

/* ---- the job's identity ---- */

static void identify(struct job *j, const char *salt)
{
	const struct amts_amazon_options *o = &j->a->o;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;

	amts_buf_addf(&b, "%s\n%s\n%s\n%s\n%s\n%s\n", o->bucket, o->role, j->a->src,
		j->a->tgt, j->a->data ? j->a->data : "", salt);
	amazon_put_custom(&b, j->a);
	for (i = 0; i < j->pages->n; i++)
		amts_buf_addf(&b, "%s\n", j->pages->v[i].name);
	amts_sha256_hex(j->token, amts_buf_str(&b));
	amts_buf_release(&b);
	j->folder = amts_arena_fmt(j->arena, "%s/%.24s", o->prefix, j->token).p;
}

static int upload(struct job *j, struct amts_error *err)
{
	struct amts_s3_object *objects =
		AMTS_NEW(j->arena, struct amts_s3_object, j->pages->n);
	size_t i;

	for (i = 0; i < j->pages->n; i++)
		objects[i] = (struct amts_s3_object){ .key = amts_arena_fmt(j->arena,
							      "%s/in/%s", j->folder,
							      j->pages->v[i].name)
								     .p,
			.type = "text/html; charset=utf-8",
			.body = j->pages->v[i].html };
	return amts_s3_put_all(j->a->s3, objects, j->pages->n, err);
}

static void member(struct amts_buf *b, const char *name, const char *value)
{
	amts_buf_addf(b, "\"%s\":", name);
	amts_json_quote(b, amts_str_z(value));
}

static int start(struct job *j, struct amts_error *err)
{
	const struct amts_amazon_options *o = &j->a->o;
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_json *json = NULL;
	const char *status;
	int rc;

	amts_buf_addz(&b, "{\"InputDataConfig\":{");
	member(&b, "S3Uri",
		amts_arena_fmt(j->arena, "s3://%s/%s/in/", o->bucket, j->folder).p);
	amts_buf_addz(&b, ",\"ContentType\":\"text/html\"},\"OutputDataConfig\":{");
	member(&b, "S3Uri",
		amts_arena_fmt(j->arena, "s3://%s/%s/out", o->bucket, j->folder).p);
	amts_buf_addz(&b, "},");
	member(&b, "DataAccessRoleArn", o->role);
	amts_buf_addc(&b, ',');
	member(&b, "SourceLanguageCode", j->a->src);
	amts_buf_addz(&b, ",\"TargetLanguageCodes\":[");
	amts_json_quote(&b, amts_str_z(j->a->tgt));
	amts_buf_addz(&b, "],");
	if (j->a->data) {
		amts_buf_addz(&b, "\"ParallelDataNames\":[");
		amts_json_quote(&b, amts_str_z(j->a->data));
		amts_buf_addz(&b, "],");
	}
	amazon_put_custom(&b, j->a);
	member(&b, "JobName", amts_arena_fmt(j->arena, "amts-%.24s", j->token).p);
	amts_buf_addc(&b, ',');
	member(&b, "ClientToken", j->token);
	amts_buf_addc(&b, '}');
	rc = amts_amazon_call(
		&json, j->a->aws, "StartTextTranslationJob", amts_buf_str(&b), err);
	amts_buf_release(&b);
	if (rc)
		return rc;
	j->id = amts_arena_z(j->arena, amts_str_z(amts_json_string(json, "JobId")));
	status = amts_json_string(json, "JobStatus");
	j->was_over = status && strcmp(status, "SUBMITTED") != 0 &&
		      strcmp(status, "IN_PROGRESS") != 0;
	amts_json_free(json);
	return *j->id ? AMTS_OK : amts_fail(err, AMTS_EFAIL, "the job has no id");
}

/* ---- waiting ---- */

/* "s3://bucket/key" is key; NULL for another bucket. */
static const char *key_of(struct job *j, const char *uri)
{
	const char *want = amts_arena_fmt(j->arena, "s3://%s/", j->a->o.bucket).p;

	return uri && !strncmp(uri, want, strlen(want))
		       ? amts_arena_z(j->arena, amts_str_z(uri + strlen(want)))
		       : NULL;
}

/* 1: over and well; 0: not yet; negative: over and failed. */
static int look(struct job *j, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const struct amts_json *p;
	struct amts_json *json;
	const char *status, *message;
	int rc;

	amts_buf_addc(&b, '{');
	member(&b, "JobId", j->id);
	amts_buf_addc(&b, '}');
	rc = amts_amazon_call(
		&json, j->a->aws, "DescribeTextTranslationJob", amts_buf_str(&b), err);
	amts_buf_release(&b);
	if (rc)
		return rc;
	p = amts_json_get(json, "TextTranslationJobProperties");
	status = amts_json_string(p, "JobStatus");
	message = amts_json_string(p, "Message");
	j->output = key_of(
		j, amts_json_string(amts_json_get(p, "OutputDataConfig"), "S3Uri"));
	if (!status)
		rc = amts_fail(err, AMTS_EFAIL, "job %s has no status", j->id);
	else if (!strcmp(status, "COMPLETED") || !strcmp(status, "COMPLETED_WITH_ERROR"))
		rc = j->output ? 1
			       : amts_fail(err, AMTS_EFAIL,
					 "job %s: its output is not in bucket '%s'",
					 j->id, j->a->o.bucket);
	else if (!strcmp(status, "FAILED") || !strcmp(status, "STOPPED"))
		rc = amts_fail(err, AMTS_EFAIL, "job %s: %.40s%s%.200s", j->id, status,
			message ? ": " : "", message ? message : "");
	amts_json_free(json);
	return rc;
}

static int wait_for(struct job *j, struct amts_error *err)
{
	long wait = j->a->o.poll_ms;
	int rc;

	while (!(rc = look(j, err))) {
		amts_amazon_pause(wait);
		wait = wait < LONGEST_WAIT / 2 ? wait * 2 : LONGEST_WAIT;
	}
	return rc < 0 ? rc : AMTS_OK;
}

/* ---- results ---- */

/* Only the details say which result belongs to which document. */
static void list_outputs(
	struct amts_amazon_outputs *out, struct job *j, const struct amts_json *details)
{
	const struct amts_json *e;
	size_t n = 0;

	for (e = amts_json_first(details); e; e = amts_json_next(e))
		n++;
	out->v = AMTS_NEW(j->arena, struct amts_s3_object, n + 1);
	for (e = amts_json_first(details); e; e = amts_json_next(e)) {
		const char *file = amts_json_string(e, "targetFile");

		if (file)
			out->v[out->n++].key =
				amts_arena_fmt(j->arena, "%s%s", j->output, file).p;
	}
}

static int collect(struct amts_amazon_outputs *out, struct job *j, struct amts_error *err)
{
	const char *slash =
		*j->output && j->output[strlen(j->output) - 1] == '/' ? "" : "/";
	struct amts_json *json = NULL;
	struct amts_str text;
	int rc;

	j->output = amts_arena_fmt(j->arena, "%s%s", j->output, slash).p;
	rc = amts_s3_get(&text, j->a->s3, j->arena,
		amts_arena_fmt(j->arena,
			"%sdetails/%s.auxiliary-translation-details.json", j->output,
			j->a->tgt)
			.p,
		DETAILS_MAX, err);
	if (!rc)
		rc = amts_json_parse(&json, text, "details of the job", err);
	if (rc)
		return rc;
	out->job = j->id;
	list_outputs(out, j, amts_json_get(json, "details"));
	amts_json_free(json);
	return amts_s3_get_all(j->a->s3, j->arena, out->v, out->n, PAGE_MAX, err);
}

/* Nothing better can be done when this fails: the results count. */
void amts_amazon_tidy(struct amts_amazon *a, struct amts_arena *arena, const char *but)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	const char *folder = amazon_folder_left(a, arena);
	struct amts_s3_entry *list = NULL;
	const char **keys;
	size_t n = 0, i;

	if (!folder || (but && !strcmp(folder, but)) ||
		amts_s3_list(&list, &n, a->s3, arena,
			amts_arena_fmt(arena, "%s/", folder).p, MOST_OBJECTS, &ignored))
		return;
	keys = AMTS_NEW(arena, const char *, n + 1);
	for (i = 0; i < n; i++)
		keys[i] = list[i].key;
	if (!n || !amts_s3_delete(a->s3, keys, n, &ignored))
		amazon_folder_forget(a);
}

static int run_once(struct amts_amazon_outputs *out, struct job *j, const char *salt,
	struct amts_error *err)
{
	int rc;

	*out = (struct amts_amazon_outputs){ 0 };
	identify(j, salt);
	amts_amazon_tidy(j->a, j->arena, j->folder);
	rc = amazon_folder_note(j->a, j->folder, err);
	if (!rc)
		rc = upload(j, err);
	if (!rc)
		rc = start(j, err);
	if (!rc)
		rc = wait_for(j, err);
	if (!rc)
		rc = collect(out, j, err);
	/* A job that runs on needs its input; the next run finds both. */
	if (rc && rc != AMTS_ERETRY && rc != AMTS_EAUTH)
		amts_amazon_tidy(j->a, j->arena, NULL);
	return rc;
}

int amts_amazon_run(struct amts_amazon_outputs *out, struct amts_amazon *a,
	struct amts_arena *arena, const struct amts_pages *pages, struct amts_error *err)
{
	struct job j = { .a = a, .arena = arena, .pages = pages };
	struct amts_error first = AMTS_ERROR_INIT;
	int rc = run_once(out, &j, "", &first);

	/* The same content as that of a job that failed, or whose results were collected:
	 * another job, since the service would remember the old one for ever. */
	if (rc && rc != AMTS_ERETRY && j.id && j.was_over)
		return run_once(out, &j, j.id, err);
	if (rc)
		*err = first;
	return rc;
}
