/* Jobs side by side, from the journal and from what is wanted. */
#include "mt/amazon_batch.h"

#include "base/alloc.h"
#include "base/folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_WAIT 60000

/* ---- open, close ---- */

static void read_journal(struct amts_amazon_jobs *jobs)
{
	size_t i;

	for (i = 0; i < jobs->n; i++)
		amazon_job_free(jobs->v[i]);
	free(jobs->v);
	amazon_journal_read(&jobs->v, &jobs->n, jobs->services.folder);
	jobs->cap = jobs->n;
	for (i = 0; i < jobs->n; i++)
		jobs->v[i]->resumed = 1;
}

static struct amts_amazon_jobs *new_jobs(
	const struct amts_amazon_options *o, const char *folder)
{
	struct amts_amazon_jobs *jobs = amts_calloc(1, sizeof(*jobs));

	jobs->arena = amts_arena_new();
	jobs->o = *o;
	jobs->lock = -1;
	jobs->services.folder = amts_arena_z(jobs->arena, amts_str_z(folder));
	jobs->services.poll_ms = o->poll_ms ? o->poll_ms : 10000;
	jobs->services.note = o->note;
	jobs->services.note_payload = o->note_payload;
	read_journal(jobs);
	return jobs;
}

static const char *folder_beside(struct amts_arena *arena, const char *kept)
{
	const char *slash = strrchr(kept, '/');

	return amts_arena_fmt(
		arena, "%.*samazon-jobs", slash ? (int)(slash - kept) + 1 : 0, kept)
		.p;
}

int amts_amazon_jobs_open(struct amts_amazon_jobs **out,
	const struct amts_amazon_options *options, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();

	(void)err;
	*out = new_jobs(options, folder_beside(arena, options->kept));
	amts_arena_free(arena);
	return AMTS_OK;
}

void amts_amazon_jobs_free(struct amts_amazon_jobs *jobs)
{
	size_t i;

	if (!jobs)
		return;
	amazon_wants_free(jobs);
	for (i = 0; i < jobs->n; i++)
		amazon_job_free(jobs->v[i]);
	amts_s3_free(jobs->services.s3);
	amts_aws_free(jobs->services.aws);
	amts_http_free(jobs->http);
	if (jobs->lock >= 0)
		close(jobs->lock);
	free(jobs->v);
	free(jobs->shown);
	amts_arena_free(jobs->arena);
	free(jobs);
}

int amazon_jobs_lock(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	const char *folder = jobs->services.folder;
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int rc;

	if (jobs->lock >= 0)
		return AMTS_OK;
	rc = amts_make_folders(amts_str_z(folder), err);
	if (rc)
		return rc;
	jobs->lock = open(amts_arena_fmt(jobs->arena, "%s/lock", folder).p,
		O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (jobs->lock >= 0 && !fcntl(jobs->lock, F_SETLK, &whole)) {
		amazon_journal_sweep(folder);
		read_journal(jobs);
		return AMTS_OK;
	}
	if (jobs->lock >= 0)
		close(jobs->lock);
	jobs->lock = -1;
	return amts_fail(err, AMTS_ECONFLICT,
		"another process looks after the jobs of Amazon Translate");
}

/* ---- running ---- */

static int open_services(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	int rc;

	if (jobs->services.aws)
		return AMTS_OK;
	rc = amts_http_open(&jobs->http, jobs->o.http, err);
	if (!rc)
		rc = amts_aws_open(&jobs->services.aws, jobs->http, &jobs->o.aws, err);
	return rc;
}

/* A job that was begun in one region is not known in another. */
static int check_region(
	struct amts_amazon_jobs *jobs, struct amazon_job *j, struct amts_error *err)
{
	const char *region;
	int rc = amts_aws_region(&region, jobs->services.aws, err);

	if (!rc && !*j->region)
		j->region = amts_arena_z(j->arena, amts_str_z(region));
	if (!rc && strcmp(j->region, region) != 0)
		rc = amts_fail(err, AMTS_EUSAGE,
			"job %s was begun in region %s, this one is %s", j->name,
			j->region, region);
	return rc;
}

static int open_bucket(
	struct amts_amazon_jobs *jobs, const struct amazon_job *j, struct amts_error *err)
{
	if (jobs->bucket && !strcmp(jobs->bucket, j->bucket))
		return AMTS_OK;
	amts_s3_free(jobs->services.s3);
	jobs->services.s3 = NULL;
	jobs->bucket = amts_arena_z(jobs->arena, amts_str_z(j->bucket));
	return amts_s3_open(&jobs->services.s3, jobs->services.aws, j->bucket, NULL, err);
}

static void advance(struct amts_amazon_jobs *jobs, struct amazon_job *j)
{
	int rc = check_region(jobs, j, &j->err);

	if (!rc)
		rc = open_bucket(jobs, j, &j->err);
	if (!rc)
		amazon_job_advance(j, &jobs->services);
	j->rc = rc ? rc : j->rc;
	j->over |= rc != 0;
}

static int is_wanted(const struct amazon_job *j, const char *const *langs, size_t nlangs)
{
	size_t i;

	for (i = 0; langs && i < nlangs; i++)
		if (amazon_has_word(j->langs, langs[i]))
			return 1;
	return !langs;
}

/* Once round; how many go on, and whether any came further. */
static size_t advance_all(int *moved, struct amts_amazon_jobs *jobs,
	const char *const *langs, size_t nlangs)
{
	size_t i, left = 0;

	*moved = 0;
	for (i = 0; i < jobs->n; i++) {
		struct amazon_job *j = jobs->v[i];
		enum amazon_step before = j->step;

		if (j->over || !is_wanted(j, langs, nlangs))
			continue;
		advance(jobs, j);
		*moved |= j->over || j->step != before;
		left += !j->over;
	}
	return left;
}

static size_t count(
	const struct amts_amazon_jobs *jobs, const char *const *langs, size_t nlangs)
{
	size_t i, n = 0;

	for (i = 0; i < jobs->n; i++)
		n += !jobs->v[i]->over && is_wanted(jobs->v[i], langs, nlangs);
	return n;
}

int amts_amazon_jobs_run(struct amts_amazon_jobs *jobs, int wait,
	const char *const *langs, size_t nlangs, const struct amts_progress *progress,
	struct amts_error *err)
{
	size_t all = count(jobs, langs, nlangs), left;
	long pause = jobs->services.poll_ms;
	int rc = all ? amazon_jobs_lock(jobs, err) : AMTS_OK, moved;

	if (!rc && all)
		rc = open_services(jobs, err);
	while (!rc && all) {
		left = advance_all(&moved, jobs, langs, nlangs);
		if (progress)
			progress->fn(progress->payload, "Translating", all - left, all);
		if (!left || !wait)
			break;
		amts_amazon_pause(pause);
		pause = moved			   ? jobs->services.poll_ms
			: pause < LONGEST_WAIT / 2 ? pause * 2
						   : LONGEST_WAIT;
	}
	return rc;
}

/* ---- stopping ---- */

static int is_meant(const struct amazon_job *j, const char *id)
{
	return !id || !strcmp(j->name, id) || (*j->id && !strcmp(j->id, id));
}

/* 1: another process has the lock, and will see it. */
static int stop_one(struct amts_amazon_jobs *jobs, struct amazon_job *j, int others,
	struct amts_error *err)
{
	int rc = check_region(jobs, j, err);

	if (!rc)
		rc = open_bucket(jobs, j, err);
	if (!rc && others && j->step != AMAZON_RUN)
		return amts_fail(err, AMTS_ECONFLICT,
			"job %s is about to be started by another process", j->name);
	return rc ? rc : amazon_job_stop(j, &jobs->services, err);
}

int amts_amazon_jobs_stop(
	struct amts_amazon_jobs *jobs, const char *id, struct amts_error *err)
{
	struct amts_error busy = AMTS_ERROR_INIT;
	int others = amazon_jobs_lock(jobs, &busy), rc = open_services(jobs, err);
	size_t i, meant = 0;

	for (i = 0; !rc && i < jobs->n; i++) {
		if (!is_meant(jobs->v[i], id))
			continue;
		meant++;
		rc = stop_one(jobs, jobs->v[i], others != 0, err);
		if (!rc && !others) {
			while (!jobs->v[i]->over) {
				advance(jobs, jobs->v[i]);
				if (!jobs->v[i]->over)
					amts_amazon_pause(jobs->services.poll_ms);
			}
		}
	}
	if (!rc && !meant && id)
		rc = amts_fail(err, AMTS_ENOTFOUND, "there is no job '%s'", id);
	return rc;
}

/* ---- telling ---- */

int amts_amazon_jobs_ask(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < jobs->n; i++) {
		if (jobs->v[i]->step != AMAZON_RUN)
			continue;
		rc = open_services(jobs, err);
		if (!rc)
			rc = check_region(jobs, jobs->v[i], err);
		if (!rc)
			rc = amazon_job_ask(jobs->v[i], &jobs->services, err);
	}
	return rc;
}

static const char *state_of(const struct amazon_job *j)
{
	static const char *const states[] = { [AMAZON_DATA] = "preparing",
		[AMAZON_UPLOAD] = "preparing",
		[AMAZON_START] = "starting",
		[AMAZON_RUN] = "running",
		[AMAZON_FETCH] = "translated",
		[AMAZON_CLEAR] = "to be cleared" };

	if (j->over && (!j->rc || j->unclear))
		return "done";
	if (j->said && !j->over)
		return j->said;
	return j->over && j->step == AMAZON_CLEAR ? "failed" : states[j->step];
}

static void show(struct amts_amazon_job *out, struct amts_amazon_jobs *jobs,
	const struct amazon_job *j)
{
	*out = (struct amts_amazon_job){ .name = j->name,
		.id = j->id,
		.langs = j->langs,
		.state = state_of(j),
		.running = j->step == AMAZON_RUN && !j->over,
		.left = !j->over || j->step != AMAZON_CLEAR,
		.segments = (size_t)j->segments,
		.documents = (size_t)j->documents,
		.characters = (size_t)j->characters,
		.started = (int64_t)j->started,
		.refused = j->refused,
		.failed = j->rc && !j->unclear ? j->err.msg : NULL,
		.unclear = j->unclear ? j->err.msg : NULL };
	out->where = amts_arena_fmt(
		jobs->arena, "s3://%s/%s/%s", j->bucket, j->prefix, j->name)
			     .p;
}

const struct amts_amazon_job *amts_amazon_jobs_list(
	struct amts_amazon_jobs *jobs, size_t *n)
{
	size_t i;

	jobs->shown = amts_realloc(jobs->shown, (jobs->n + 1) * sizeof(*jobs->shown));
	for (i = 0; i < jobs->n; i++)
		show(&jobs->shown[i], jobs, jobs->v[i]);
	*n = jobs->n;
	return jobs->shown;
}

/* ---- an engine by itself ---- */

static int first_failure(const struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < jobs->n; i++) {
		const struct amazon_job *j = jobs->v[i];

		if (!j->rc || j->unclear)
			continue;
		*err = j->err;
		return j->rc;
	}
	return AMTS_OK;
}

struct amts_amazon_jobs *amazon_jobs_of_one(const struct amts_amazon *a)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_amazon_jobs *jobs =
		new_jobs(&a->o, amts_arena_fmt(arena, "%s.jobs", a->o.kept).p);

	amts_arena_free(arena);
	return jobs;
}

int amazon_jobs_finish(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	int rc = amts_amazon_jobs_plan(jobs, err);

	if (!rc)
		rc = amts_amazon_jobs_run(jobs, 1, NULL, 0, NULL, err);
	return rc ? rc : first_failure(jobs, err);
}
