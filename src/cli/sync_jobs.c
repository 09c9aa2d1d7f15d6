#include "sync_jobs.h"

#include "amts/review.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct doing {
	const struct cli_jobs_options *o;
	struct cli_row *rows;
	struct amts_amazon_jobs *jobs;
	struct cli_meter meter;
	struct amts_progress progress;
};

const char *cli_age(struct cli *cli, int64_t then)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
	int64_t age = (int64_t)time(NULL) - then;
	size_t i = 0;

	if (age < 0)
		age = 0;
	while (i < 3 && age < 2 * units[i].seconds)
		i++;
	return amts_arena_fmt(
		cli->arena, "%ld %s", (long)(age / units[i].seconds), units[i].name)
		.p;
}

static int is_by_job(const struct cli_jobs_options *o, const char *lang)
{
	const struct amts_target *t =
		amts_config_target(amts_project_config(o->project), lang);
	const char *engine = o->engine ? o->engine : t ? t->engine : "";

	return !strcmp(engine, "amazon");
}

static int has_lang(const char *langs, const char *lang)
{
	size_t n = strlen(lang);
	const char *at = langs;

	while ((at = strstr(at, lang))) {
		if ((at == langs || at[-1] == ' ') && (!at[n] || at[n] == ' '))
			return 1;
		at += n;
	}
	return 0;
}

/* ---- jobs ---- */

/* What a job that is not done means for a language. */
static void mark(struct doing *d, struct cli_row *row, const struct amts_amazon_job *j)
{
	if (j->failed)
		row->rc = amts_fail(&row->err, AMTS_EFAIL, "%s", j->failed);
	else if (j->left)
		row->rc = amts_fail(
			&row->err, AMTS_ERETRY, "job %s is %s", j->id, j->state);
	if (j->failed || !j->left)
		return;
	row->running = 1;
	if (!d->o->quiet)
		printf("%s: job %s is running since %s: %zu segment%s of %zu document%s; "
		       "the next sync collects it\n",
			row->lang, j->id, cli_age(d->o->cli, j->started), j->segments,
			j->segments == 1 ? "" : "s", j->documents,
			j->documents == 1 ? "" : "s");
}

static void tell(const struct doing *d, const struct amts_amazon_job *j)
{
	if (j->unclear)
		cli_warn("%s: not cleared, which is tried again: %s", j->where,
			j->unclear);
	if (j->refused)
		cli_warn("%s: the service could not translate %zu of %zu documents",
			j->langs, j->refused, j->documents);
	if (d->o->keep && !j->left && !j->failed)
		printf("%s: its documents are left in %s\n", j->langs, j->where);
}

/* Jobs from the first-th on.  What failed for good, and was begun by an earlier run, is
 * only told: it is asked for anew. */
static void judge(struct doing *d, size_t first, int earlier)
{
	size_t n, i, k;
	const struct amts_amazon_job *v = amts_amazon_jobs_list(d->jobs, &n);

	for (i = first; i < n; i++) {
		tell(d, &v[i]);
		if (earlier && v[i].failed && !v[i].left) {
			cli_warn("%s: %s", v[i].langs, v[i].failed);
			continue;
		}
		for (k = 0; k < d->o->langs->n; k++)
			if (d->rows[k].by_job && has_lang(v[i].langs, d->rows[k].lang))
				mark(d, &d->rows[k], &v[i]);
	}
}

static void fail_all(struct doing *d, int rc, const struct amts_error *err)
{
	size_t i;

	for (i = 0; i < d->o->langs->n; i++) {
		if (!d->rows[i].by_job || d->rows[i].rc)
			continue;
		d->rows[i].rc = rc;
		d->rows[i].err = *err;
	}
}

static void run_jobs(struct doing *d, size_t first, int earlier)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const struct amts_progress *progress = d->o->quiet ? NULL : &d->progress;
	int rc = amts_amazon_jobs_run(
		d->jobs, !d->o->no_wait, d->o->langs->v, d->o->langs->n, progress, &err);

	cli_progress_stop(d->meter.p);
	d->meter.p = NULL;
	d->meter.what = NULL;
	if (rc)
		fail_all(d, rc, &err);
	else
		judge(d, first, earlier);
}

/* ---- what languages want ---- */

static int gather(struct doing *d, struct cli_row *row, struct amts_error *err)
{
	const struct cli_jobs_options *o = d->o;
	struct amts_sync_options opt = { .dry_run = 1,
		.engine = o->engine,
		.paths = o->paths->v,
		.npaths = o->paths->n,
		.max_cost = o->max_cost,
		.progress = o->quiet ? NULL : &d->progress,
		.jobs = d->jobs };
	struct amts_sync_result result = { 0 };
	struct amts_sync *sync;
	int rc = o->fetch ? amts_review_fetch(o->project, row->lang, err) : AMTS_OK;

	if (!rc)
		rc = amts_sync_open(&sync, o->project, row->lang,
			o->offline ? AMTS_SYNC_OFFLINE : 0, err);
	if (rc)
		return rc;
	rc = amts_sync_run(&result, sync, &opt, err);
	cli_progress_stop(d->meter.p);
	d->meter.p = NULL;
	d->meter.what = NULL;
	row->cost = result.cost;
	amts_sync_free(sync);
	return rc;
}

int cli_ends_run(int rc)
{
	return rc == AMTS_EUSAGE || rc == AMTS_ECOST;
}

static int gather_all(struct doing *d, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < d->o->langs->n; i++) {
		struct cli_row *row = &d->rows[i];

		if (!row->by_job || row->rc)
			continue;
		row->rc = gather(d, row, &row->err);
		if (!cli_ends_run(row->rc))
			continue;
		*err = row->err;
		return row->rc;
	}
	return AMTS_OK;
}

static int do_all(struct doing *d, struct amts_error *err)
{
	size_t before;
	int rc;

	(void)amts_amazon_jobs_list(d->jobs, &before);
	if (before)
		run_jobs(d, 0, 1);
	(void)amts_amazon_jobs_list(d->jobs, &before);
	rc = gather_all(d, err);
	if (!rc)
		rc = amts_amazon_jobs_plan(d->jobs, err);
	if (rc && !cli_ends_run(rc))
		fail_all(d, rc, err);
	else if (!rc)
		run_jobs(d, before, 0);
	return cli_ends_run(rc) ? rc : AMTS_OK;
}

void cli_jobs_warn(void *payload, const char *lang, const char *text)
{
	(void)payload;
	cli_warn("%s: %s", lang, text);
}

int cli_jobs_do(
	struct cli_row *rows, const struct cli_jobs_options *o, struct amts_error *err)
{
	struct amts_jobs_options how = { o->max_cost, o->keep, NULL, NULL, cli_jobs_warn,
		NULL };
	struct doing d = { .o = o, .rows = rows, .meter = { .cli = o->cli } };
	size_t i, n = 0;
	int rc;

	d.progress = (struct amts_progress){ cli_meter_step, &d.meter };
	for (i = 0; i < o->langs->n; i++) {
		rows[i] = (struct cli_row){ .lang = o->langs->v[i] };
		rows[i].by_job = is_by_job(o, rows[i].lang);
		n += rows[i].by_job != 0;
	}
	if (!n || o->only_name)
		return AMTS_OK;
	rc = amts_project_jobs(&d.jobs, o->project, &how, err);
	if (rc)
		return rc;
	rc = do_all(&d, err);
	amts_amazon_jobs_free(d.jobs);
	return rc;
}

/* ---- the table ---- */

void cli_row_add(struct cli_row *row, const struct amts_amazon_cost *cost)
{
	row->cost.segments += cost->segments;
	row->cost.documents += cost->documents;
	row->cost.characters += cost->characters;
	row->cost.price += cost->price;
}

static int is_priced(const struct cli_row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (rows[i].by_job || rows[i].cost.segments)
			return 1;
	return 0;
}

static void put_cost(const struct amts_amazon_cost *c)
{
	char price[32] = "-";

	if (c->price > 0)
		snprintf(price, sizeof(price), "%.2f", c->price);
	printf("%9zu %11zu %9s", c->segments, c->characters, price);
}

void cli_jobs_table(const struct cli_row *rows, size_t n)
{
	size_t i;

	if (!is_priced(rows, n))
		return;
	printf("\n%-10s %9s %9s %11s %9s  %s\n", "language", "documents", "segments",
		"characters", "cost", "state");
	for (i = 0; i < n; i++) {
		printf("%-10s %9zu ", rows[i].lang, rows[i].documents);
		put_cost(&rows[i].cost);
		printf("  %s\n", rows[i].running ? "running"
				 : rows[i].rc	 ? "failed"
				 : rows[i].state ? rows[i].state
						 : "");
	}
}
