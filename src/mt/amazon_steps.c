/* The steps of one batch job, each of which can be done again. */
#include "base/disk.h"
#include "base/json.h"
#include "mt/amazon_batch.h"

#include <string.h>

#define MOST_OBJECTS 4000000

typedef const struct amazon_services services;

static const char *folder_in_s3(const struct amazon_job *j, struct amts_arena *arena)
{
	return amts_arena_fmt(arena, "%s/%s", j->prefix, j->name).p;
}

static void member(struct amts_buf *b, const char *name, const char *value)
{
	amts_buf_addf(b, "\"%s\":", name);
	amts_json_quote(b, amts_str_z(value));
}

/* {"name":"value"} */
static int call_with(struct amts_json **out, services *s, const char *operation,
	const char *name, const char *value, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int rc;

	amts_buf_addc(&b, '{');
	member(&b, name, value);
	amts_buf_addc(&b, '}');
	rc = amts_amazon_call(out, s->aws, operation, amts_buf_str(&b), err);
	amts_buf_release(&b);
	return rc;
}

/* ---- parallel data and terms ---- */

static int read_file(struct amts_buf *out, const struct amazon_job *j, services *s,
	const char *suffix, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	int rc = amts_file_read(
		out, amazon_journal_path(arena, s->folder, j, suffix), err);

	amts_arena_free(arena);
	return rc;
}

/* A job with managed data has one language.  The file passes through the job's folder. */
static int ensure_data(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_amazon *target = amazon_job_target(j, s, j->langs, j->kept, arena);
	struct amts_buf tmx = AMTS_BUF_INIT;
	int rc = read_file(&tmx, j, s, ".tmx", err);

	target->o.prefix = folder_in_s3(j, arena);
	if (!rc)
		rc = amazon_data_ensure(target, s->aws, amts_buf_str(&tmx), err);
	amts_buf_release(&tmx);
	amazon_state_free(target);
	amts_arena_free(arena);
	return rc;
}

static int ensure_terms(const struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_buf tmx = AMTS_BUF_INIT;
	int rc = read_file(&tmx, j, s, ".terms", err);

	if (!rc)
		rc = amazon_terms_ensure(s->aws, j->terminology, amts_buf_str(&tmx), err);
	amts_buf_release(&tmx);
	return rc;
}

static int ensure_resources(struct amazon_job *j, services *s, struct amts_error *err)
{
	int rc = j->how_data == AMAZON_DATA_MANAGED ? ensure_data(j, s, err) : AMTS_OK;

	if (!rc && j->own_terms)
		rc = ensure_terms(j, s, err);
	return rc ? rc : amazon_job_begin(j, s->folder, AMAZON_UPLOAD, err);
}

/* ---- documents ---- */

static int upload(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_s3_object *objects = NULL;
	struct amts_pages pages = { 0 };
	size_t i;
	int rc = amazon_job_pages(&pages, j, s, arena, err);

	objects = AMTS_NEW(arena, struct amts_s3_object, pages.n + 1);
	for (i = 0; i < pages.n; i++) {
		objects[i].key = amts_arena_fmt(
			arena, "%s/%s/in/%s", j->prefix, j->name, pages.v[i].name)
					 .p;
		objects[i].type = "text/html; charset=utf-8";
		objects[i].body = pages.v[i].html;
	}
	if (!rc)
		rc = amts_s3_put_all(s->s3, objects, pages.n, err);
	amts_arena_free(arena);
	return rc ? rc : amazon_job_begin(j, s->folder, AMAZON_START, err);
}

/* ---- starting ---- */

static void put_languages(
	struct amts_buf *b, const struct amazon_job *j, struct amts_arena *arena)
{
	const char *langs = j->langs, *lang, *comma = "";

	amts_buf_addz(b, "\"SourceLanguageCode\":");
	amts_json_quote(b, amts_str_z(amts_amazon_language(j->src_lang, arena)));
	amts_buf_addz(b, ",\"TargetLanguageCodes\":[");
	while ((lang = amazon_next_word(&langs, arena))) {
		amts_buf_addz(b, comma);
		amts_json_quote(b, amts_str_z(amts_amazon_language(lang, arena)));
		comma = ",";
	}
	amts_buf_addz(b, "],");
}

static void put_request(struct amts_buf *b, const struct amazon_job *j, services *s,
	struct amts_arena *arena)
{
	const char *folder = folder_in_s3(j, arena);
	struct amts_amazon *any = amazon_job_target(j, s, j->langs, j->kept, arena);

	amts_buf_addz(b, "{\"InputDataConfig\":{");
	member(b, "S3Uri", amts_arena_fmt(arena, "s3://%s/%s/in/", j->bucket, folder).p);
	amts_buf_addz(b, ",\"ContentType\":\"text/html\"},\"OutputDataConfig\":{");
	member(b, "S3Uri", amts_arena_fmt(arena, "s3://%s/%s/out", j->bucket, folder).p);
	amts_buf_addz(b, "},");
	member(b, "DataAccessRoleArn", j->role);
	amts_buf_addc(b, ',');
	put_languages(b, j, arena);
	if (j->how_data != AMAZON_DATA_NONE) {
		amts_buf_addz(b, "\"ParallelDataNames\":[");
		amts_json_quote(b, amts_str_z(j->data));
		amts_buf_addz(b, "],");
	}
	amazon_put_custom(b, any);
	member(b, "JobName", amts_arena_fmt(arena, "amts-%.24s", j->token).p);
	amts_buf_addc(b, ',');
	member(b, "ClientToken", j->token);
	amts_buf_addc(b, '}');
	amazon_state_free(any);
}

static int take_id(struct amazon_job *j, const struct amts_json *json)
{
	const char *id = amts_json_string(json, "JobId");
	const char *status = amts_json_string(json, "JobStatus");

	if (!id || !*id)
		return 0;
	j->id = amts_arena_z(j->arena, amts_str_z(id));
	j->was_over = status && strcmp(status, "SUBMITTED") != 0 &&
		      strcmp(status, "IN_PROGRESS") != 0;
	return 1;
}

/* How long the service remembers a client token is not documented: a job is looked for by
 * its name before it is asked for a second time. */
static int find_started(struct amazon_job *j, services *s, struct amts_error *err)
{
	const struct amts_json *list;
	struct amts_json *json = NULL;
	struct amts_buf b = AMTS_BUF_INIT;
	int rc;

	amts_buf_addf(&b, "{\"Filter\":{\"JobName\":\"amts-%.24s\"}}", j->token);
	rc = amts_amazon_call(
		&json, s->aws, "ListTextTranslationJobs", amts_buf_str(&b), err);
	list = amts_json_get(json, "TextTranslationJobPropertiesList");
	if (!rc && take_id(j, amts_json_first(list)))
		j->was_over = 0; /* it is this one */
	amts_json_free(json);
	amts_buf_release(&b);
	return rc;
}

static int send_start(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_json *json = NULL;
	int rc;

	put_request(&b, j, s, arena);
	rc = amts_amazon_call(
		&json, s->aws, "StartTextTranslationJob", amts_buf_str(&b), err);
	if (!rc && !take_id(j, json))
		rc = amts_fail(err, AMTS_EFAIL, "the job has no id");
	amts_json_free(json);
	amts_buf_release(&b);
	amts_arena_free(arena);
	return rc;
}

static int start(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	int rc = j->resumed ? find_started(j, s, err) : AMTS_OK;

	if (!rc && !*j->id)
		rc = send_start(j, s, err);
	/* A request before the one that was refused may have been heard. */
	if (rc == AMTS_EAUTH && !find_started(j, s, &failure))
		rc = *j->id ? AMTS_OK : AMTS_EFAIL;
	return rc ? rc : amazon_job_begin(j, s->folder, AMAZON_RUN, err);
}

/* The same content as that of a job that failed, or whose results are gone: another job,
 * since the service would remember the old one for ever. */
static int start_another(struct amazon_job *j, services *s, struct amts_error *err)
{
	j->salt = j->id;
	amazon_job_make_token(j);
	j->id = j->output = "";
	j->was_over = 0;
	return amazon_job_begin(j, s->folder, AMAZON_START, err);
}

/* ---- waiting ---- */

/* "s3://bucket/key" is "key/"; NULL for another bucket. */
static const char *key_of(struct amazon_job *j, const char *uri)
{
	const char *want = amts_arena_fmt(j->arena, "s3://%s/", j->bucket).p;
	size_t n = strlen(want);

	if (!uri || strncmp(uri, want, n) != 0)
		return NULL;
	return amts_arena_fmt(j->arena, "%s%s", uri + n,
		amts_str_ends(amts_str_z(uri), AMTS_STR("/")) ? "" : "/")
		.p;
}

static int is_status(const char *status, const char *a, const char *b)
{
	return !strcmp(status, a) || !strcmp(status, b);
}

static int judge(struct amazon_job *j, services *s, const struct amts_json *p,
	struct amts_error *err)
{
	const char *status = amts_json_string(p, "JobStatus");
	const char *message = amts_json_string(p, "Message");
	const char *output = key_of(
		j, amts_json_string(amts_json_get(p, "OutputDataConfig"), "S3Uri"));

	if (!status)
		return amts_fail(err, AMTS_EFAIL, "job %s has no status", j->id);
	if (is_status(status, "FAILED", "STOPPED"))
		return j->was_over ? start_another(j, s, err)
				   : amts_fail(err, AMTS_EFAIL, "job %s: %.40s%s%.200s",
					     j->id, status, message ? ": " : "",
					     message ? message : "");
	if (!is_status(status, "COMPLETED", "COMPLETED_WITH_ERROR"))
		return AMTS_OK;
	if (!output)
		return amts_fail(err, AMTS_EFAIL,
			"job %s: its output is not in bucket '%s'", j->id, j->bucket);
	j->output = output;
	return amazon_job_begin(j, s->folder, AMAZON_FETCH, err);
}

static int look(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_json *json = NULL;
	int rc = call_with(&json, s, "DescribeTextTranslationJob", "JobId", j->id, err);

	if (!rc)
		rc = judge(
			j, s, amts_json_get(json, "TextTranslationJobProperties"), err);
	amts_json_free(json);
	return rc;
}

/* ---- results ---- */

static int fetch(struct amazon_job *j, services *s, struct amts_error *err)
{
	int rc = amazon_job_fetch(j, s, err);

	if (rc == AMTS_ENOTFOUND && j->was_over)
		return start_another(j, s, err);
	return rc ? rc : amazon_job_begin(j, s->folder, AMAZON_CLEAR, err);
}

/* ---- the end ---- */

static int clear_s3(struct amazon_job *j, services *s, struct amts_arena *arena,
	struct amts_error *err)
{
	struct amts_s3_entry *list = NULL;
	const char **keys;
	size_t n = 0, i;
	int rc = amts_s3_list(&list, &n, s->s3, arena,
		amts_arena_fmt(arena, "%s/", folder_in_s3(j, arena)).p, MOST_OBJECTS,
		err);

	if (rc)
		return rc;
	keys = AMTS_NEW(arena, const char *, n + 1);
	for (i = 0; i < n; i++)
		keys[i] = list[i].key;
	return n ? amts_s3_delete(s->s3, keys, n, err) : AMTS_OK;
}

static int clear(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	int rc = j->keep ? AMTS_OK : clear_s3(j, s, arena, err);

	amts_arena_free(arena);
	if (rc)
		return rc;
	amazon_journal_forget(j, s->folder);
	j->over = 1;
	return AMTS_OK;
}

/* ---- in order ---- */

static int (*const steps[])(struct amazon_job *j, services *s, struct amts_error *err) = {
	[AMAZON_DATA] = ensure_resources,
	[AMAZON_UPLOAD] = upload,
	[AMAZON_START] = start,
	[AMAZON_RUN] = look,
	[AMAZON_FETCH] = fetch,
	[AMAZON_CLEAR] = clear,
};

/* Is it better to try again another time than to give up? */
static int is_worth_keeping(const struct amazon_job *j, int rc)
{
	if (j->step == AMAZON_CLEAR)
		return 1;
	if (j->step == AMAZON_FETCH) /* it is paid for, as long as it is there */
		return rc != AMTS_ENOTFOUND && rc != AMTS_EPARSE;
	return (j->step == AMAZON_START || j->step == AMAZON_RUN) &&
	       (rc == AMTS_ERETRY || rc == AMTS_EAUTH);
}

static void fail(struct amazon_job *j, services *s, int rc, const struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;

	j->rc = rc;
	j->err = *err;
	j->unclear = j->step == AMAZON_CLEAR;
	if (!is_worth_keeping(j, rc) &&
		!amazon_job_begin(j, s->folder, AMAZON_CLEAR, &ignored))
		(void)!clear(j, s, &ignored);
	j->over = 1;
}

void amazon_job_advance(struct amazon_job *j, services *s)
{
	struct amts_error err = AMTS_ERROR_INIT;
	enum amazon_step before;
	int rc = AMTS_OK;

	do {
		before = j->step;
		rc = steps[j->step](j, s, &err);
	} while (!rc && !j->over && (j->step != before));
	if (rc)
		fail(j, s, rc, &err);
}

int amazon_job_ask(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_json *json = NULL;
	const char *status;
	char *p;
	int rc = call_with(&json, s, "DescribeTextTranslationJob", "JobId", j->id, err);

	status = amts_json_string(
		amts_json_get(json, "TextTranslationJobProperties"), "JobStatus");
	if (!rc && status) {
		j->said = p = amts_arena_z(j->arena, amts_str_z(status));
		for (; *p; p++) /* "IN_PROGRESS" */
			*p = *p == '_' ? ' ' : (char)(*p | 0x20);
	}
	amts_json_free(json);
	return rc;
}

int amazon_job_stop(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_json *json = NULL;
	int rc = AMTS_OK;

	if (j->step == AMAZON_START)
		rc = find_started(j, s, err);
	if (!rc && j->step <= AMAZON_START && !*j->id)
		return amazon_job_begin(j, s->folder, AMAZON_CLEAR, err);
	if (!rc && j->step == AMAZON_START)
		rc = amazon_job_begin(j, s->folder, AMAZON_RUN, err);
	if (!rc && j->step == AMAZON_RUN)
		rc = call_with(&json, s, "StopTextTranslationJob", "JobId", j->id, err);
	amts_json_free(json);
	return rc;
}
