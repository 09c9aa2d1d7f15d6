/* What languages want to have translated, as jobs, and the jobs side by side. */
#include "mt/amazon_jobs.h"

#include "base/alloc.h"
#include "base/folder.h"
#include "mt/disk.h"
#include "net/crypto.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LONGEST_WAIT 60000
#define NAME 24 /* hex digits */

/* "Guidelines and quotas" in the Amazon Translate Developer Guide. */
#define MOST_LANGUAGES 10
#define MOST_DOCUMENTS 1000000
#define MOST_BYTES ((size_t)4 << 30) /* of 5 GB, markup not counted */

/* What one language wants. */
struct wanted {
	struct amts_amazon *state;
	struct amts_arena *arena;
	struct amts_mt_request *v;
	size_t n, cap;
	struct amts_buf tmx, terms;
	enum amazon_data how_data;
	char content[AMTS_SHA256_HEX];
	int planned;
};

struct amts_amazon_jobs {
	struct amts_arena *arena;
	struct amts_amazon_options o; /* strings in arena */
	struct wanted *wanted;
	size_t nwanted, cap_wanted;
	struct amazon_job **v;
	size_t n, cap;
	struct amts_amazon_job *shown;
	int lock; /* descriptor; -1: not locked */
	struct amts_http *http;
	const char *bucket; /* of services.s3 */
	struct amazon_services services;
};

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

static void free_wanted(struct wanted *w)
{
	amazon_state_free(w->state);
	amts_arena_free(w->arena);
	amts_buf_release(&w->tmx);
	amts_buf_release(&w->terms);
	free(w->v);
}

void amts_amazon_jobs_free(struct amts_amazon_jobs *jobs)
{
	size_t i;

	if (!jobs)
		return;
	for (i = 0; i < jobs->nwanted; i++)
		free_wanted(&jobs->wanted[i]);
	for (i = 0; i < jobs->n; i++)
		amazon_job_free(jobs->v[i]);
	amts_s3_free(jobs->services.s3);
	amts_aws_free(jobs->services.aws);
	amts_http_free(jobs->http);
	if (jobs->lock >= 0)
		close(jobs->lock);
	free(jobs->wanted);
	free(jobs->v);
	free(jobs->shown);
	amts_arena_free(jobs->arena);
	free(jobs);
}

/* Until the process ends, or the jobs are freed.  Another one may have ended some of them
 * since the journal was read. */
static int lock(struct amts_amazon_jobs *jobs, struct amts_error *err)
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
		read_journal(jobs);
		return AMTS_OK;
	}
	if (jobs->lock >= 0)
		close(jobs->lock);
	jobs->lock = -1;
	return amts_fail(err, AMTS_ECONFLICT,
		"another process looks after the jobs of Amazon Translate");
}

/* ---- what is wanted ---- */

static struct wanted *find_wanted(
	struct amts_amazon_jobs *jobs, const struct amts_amazon *a)
{
	size_t i;

	for (i = 0; i < jobs->nwanted; i++)
		if (!strcmp(jobs->wanted[i].state->o.kept, a->o.kept))
			return &jobs->wanted[i];
	return NULL;
}

/* Memory and glossary are not there any more when the job begins. */
static int new_wanted(struct wanted **out, struct amts_amazon_jobs *jobs,
	const struct amts_amazon *a, struct amts_error *err)
{
	struct wanted w = { .tmx = AMTS_BUF_INIT, .terms = AMTS_BUF_INIT };
	int managed = a->o.parallel_data && a->o.memory;
	int rc = managed ? amazon_data_export(&w.tmx, a, err) : AMTS_OK;

	if (!rc && a->o.own_terminology && a->o.terminology)
		rc = amazon_terms_export(&w.terms, a, err);
	if (rc) {
		amts_buf_release(&w.tmx);
		amts_buf_release(&w.terms);
		return rc;
	}
	w.how_data = w.tmx.n			      ? AMAZON_DATA_MANAGED
		     : a->o.parallel_data && !managed ? AMAZON_DATA_GIVEN
						      : AMAZON_DATA_NONE;
	w.state = amazon_state_new(&a->o);
	w.state->o.memory = NULL;
	w.state->o.glossary = NULL;
	w.arena = amts_arena_new();
	AMTS_VEC_PUSH(jobs->wanted, jobs->nwanted, jobs->cap_wanted, w);
	*out = &jobs->wanted[jobs->nwanted - 1];
	return AMTS_OK;
}

int amazon_jobs_add(struct amts_amazon_jobs *jobs, const struct amts_amazon *a,
	const struct amts_mt_request *requests, const size_t *numbers, size_t n,
	struct amts_error *err)
{
	struct wanted *w = find_wanted(jobs, a);
	size_t i;
	int rc = w || !n ? AMTS_OK : new_wanted(&w, jobs, a, err);

	for (i = 0; !rc && i < n; i++) {
		const struct amts_mt_request *r = &requests[numbers[i]];
		struct amts_mt_request copy = { .text = amts_arena_str(w->arena, r->text),
			.where = amts_arena_z(w->arena, amts_str_z(r->where)) };

		AMTS_VEC_PUSH(w->v, w->n, w->cap, copy);
	}
	return rc;
}

/* ---- planning ---- */

static int by_text(const void *x, const void *y)
{
	return amts_str_cmp(((const struct amts_mt_request *)x)->text,
		((const struct amts_mt_request *)y)->text);
}

/* What is translated, and how, whatever the language; the order does not matter. */
static void hash_content(struct wanted *w)
{
	struct amts_mt_request *sorted = amts_calloc(w->n + 1, sizeof(*sorted));
	const struct amts_amazon_options *o = &w->state->o;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;

	amts_buf_addf(&b, "%s\n%s\n%s\n%d %s\n", o->bucket, o->role, w->state->src,
		(int)w->how_data, o->parallel_data ? o->parallel_data : "");
	amazon_put_custom(&b, w->state);
	memcpy(sorted, w->v, w->n * sizeof(*sorted));
	qsort(sorted, w->n, sizeof(*sorted), by_text);
	for (i = 0; i < w->n; i++) {
		amts_buf_addf(&b, "\n%zu ", sorted[i].text.n);
		amts_buf_add(&b, sorted[i].text);
	}
	amts_sha256_hex(w->content, amts_buf_str(&b));
	amts_buf_release(&b);
	free(sorted);
}

static int has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (; *list; list += strcspn(list, " "), list += *list == ' ')
		if (strcspn(list, " ") == n && !memcmp(list, word, n))
			return 1;
	return 0;
}

/* The languages that share with the first one; two of one code are none. */
static void share(struct amazon_job *j, struct amts_amazon_jobs *jobs, struct wanted *w)
{
	const char *codes = "";
	size_t n = 0;
	struct wanted *end = jobs->wanted + jobs->nwanted, *with;

	for (with = w; with < end && n < MOST_LANGUAGES; with++) {
		const char *slash = strrchr(with->state->o.kept, '/');
		const char *sep = n ? " " : "";

		if (with->planned || strcmp(with->content, w->content) != 0 ||
			has_word(codes, with->state->tgt))
			continue;
		with->planned = 1;
		codes = amts_arena_fmt(j->arena, "%s%s%s", codes, sep, with->state->tgt)
				.p;
		j->langs = amts_arena_fmt(
			j->arena, "%s%s%s", j->langs, sep, with->state->o.tgt_lang)
				   .p;
		j->kept = amts_arena_fmt(j->arena, "%s%s%s", j->kept, sep,
			slash ? slash + 1 : with->state->o.kept)
				  .p;
		n++;
	}
}

static const char *copy(struct amazon_job *j, const char *z)
{
	return amts_arena_z(j->arena, amts_str_z(z));
}

static int is_taken(const struct amts_amazon_jobs *jobs, const char *name)
{
	size_t i;

	for (i = 0; i < jobs->n; i++)
		if (!strcmp(jobs->v[i]->name, name))
			return 1;
	return 0;
}

/* The name, and so the place of the results, follows from the content: where the journal
 * of an earlier process is lost, the service may still have what it paid for. */
static void name_job(struct amazon_job *j, const struct amts_amazon_jobs *jobs,
	const struct wanted *w, size_t from)
{
	struct amts_buf b = AMTS_BUF_INIT;
	char hex[AMTS_SHA256_HEX];
	size_t i;

	amts_buf_addf(&b, "%s %s\n", w->content, j->langs);
	for (i = from; i < from + j->segments; i++) {
		amts_buf_addf(&b, "%s %zu ", w->v[i].where, w->v[i].text.n);
		amts_buf_add(&b, w->v[i].text);
	}
	do {
		amts_sha256_hex(hex, amts_buf_str(&b));
		j->name = amts_arena_z(j->arena, (struct amts_str){ hex, NAME });
		amts_buf_addz(&b, "again");
	} while (is_taken(jobs, j->name));
	amts_buf_release(&b);
	j->content = copy(j, hex);
	amazon_job_make_token(j);
}

static struct amazon_job *make_job(struct amts_amazon_jobs *jobs, struct wanted *w)
{
	const struct amts_amazon_options *o = &w->state->o;
	struct amazon_job *j = amazon_job_new();

	j->own_terms = w->terms.n != 0;
	j->step = w->how_data == AMAZON_DATA_MANAGED || j->own_terms ? AMAZON_DATA
								     : AMAZON_UPLOAD;
	j->bucket = copy(j, o->bucket);
	j->prefix = copy(j, o->prefix);
	j->role = copy(j, o->role);
	j->src_lang = copy(j, o->src_lang);
	j->data = copy(j, o->parallel_data);
	j->terminology = copy(j, o->terminology);
	j->formality = (uint64_t)(o->formality + 1);
	j->how_data = w->how_data;
	j->keep = jobs->o.keep != 0;
	j->started = (uint64_t)time(NULL);
	share(j, jobs, w);
	return j;
}

/* How many of them fit into one job. */
static size_t take_some(struct amazon_job *j, const struct amts_mt_request *v, size_t n)
{
	struct amts_arena *arena = amts_arena_new();
	size_t bytes = 0, i, *all = AMTS_NEW(arena, size_t, n + 1);
	struct amts_pages pages;

	for (i = 0; i < n && i < MOST_DOCUMENTS && bytes < MOST_BYTES; i++) {
		all[i] = i;
		bytes += v[i].text.n;
		j->characters += amazon_characters(v[i].text);
	}
	amts_pages_write(&pages, arena, v, all, i);
	j->segments = i;
	j->documents = pages.n;
	amts_arena_free(arena);
	return i;
}

/* Nothing for empty ones. */
static int write_file(const struct amazon_job *j, const char *folder, const char *suffix,
	const struct amts_buf *b, struct amts_error *err)
{
	return b->n ? mt_file_replace(amazon_journal_path(j->arena, folder, j, suffix),
			      amts_buf_str(b), err)
		    : AMTS_OK;
}

static int record(const char *folder, struct amazon_job *j, const struct wanted *w,
	size_t from, struct amts_error *err)
{
	int rc = amazon_job_write_segments(j, folder, w->v + from, j->segments, err);

	if (!rc)
		rc = write_file(j, folder, ".tmx", &w->tmx, err);
	if (!rc)
		rc = write_file(j, folder, ".terms", &w->terms, err);
	return rc ? rc : amazon_job_begin(j, folder, j->step, err);
}

/* More than one job only when there is too much for one. */
static int plan(struct amts_amazon_jobs *jobs, struct wanted *w, struct amts_error *err)
{
	struct amazon_job *j, *first = NULL;
	size_t from;
	int rc = AMTS_OK;

	for (from = 0; !rc && from < w->n; from += (size_t)j->segments) {
		j = make_job(jobs, w);
		if (first) {
			j->langs = copy(j, first->langs);
			j->kept = copy(j, first->kept);
		}
		first = j;
		take_some(j, w->v + from, w->n - from);
		name_job(j, jobs, w, from);
		AMTS_VEC_PUSH(jobs->v, jobs->n, jobs->cap, j);
		rc = record(jobs->services.folder, j, w, from, err);
	}
	return rc;
}

static int check_cost(const struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	const struct amts_amazon_options *o = &jobs->o;
	size_t characters = 0, i, k;
	double price;

	for (i = 0; i < jobs->nwanted; i++)
		for (k = 0; k < jobs->wanted[i].n; k++)
			characters += amazon_characters(jobs->wanted[i].v[k].text);
	price = (double)characters * o->price_per_million / 1e6;
	if (o->max_cost <= 0 || price <= o->max_cost)
		return AMTS_OK;
	return amts_fail(err, AMTS_EUSAGE,
		"%zu characters would cost %.2f, more than %.2f", characters, price,
		o->max_cost);
}

int amts_amazon_jobs_plan(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	size_t i;
	int rc = check_cost(jobs, err);

	if (!rc && jobs->nwanted)
		rc = lock(jobs, err);
	for (i = 0; i < jobs->nwanted; i++)
		hash_content(&jobs->wanted[i]);
	for (i = 0; !rc && i < jobs->nwanted; i++)
		if (!jobs->wanted[i].planned)
			rc = plan(jobs, &jobs->wanted[i], err);
	for (i = 0; i < jobs->nwanted; i++)
		free_wanted(&jobs->wanted[i]);
	jobs->nwanted = 0;
	return rc;
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
		j->region = copy(j, region);
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
	jobs->bucket = j->bucket;
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
		if (has_word(j->langs, langs[i]))
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
	int rc = all ? lock(jobs, err) : AMTS_OK, moved;

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
	int others = lock(jobs, &busy), rc = open_services(jobs, err);
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
