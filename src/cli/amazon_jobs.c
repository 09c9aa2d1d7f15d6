/* git amts-sync amazon jobs, stop: what sync has begun and not collected yet. */
#include "amazon.h"
#include "sync_jobs.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

static int open_jobs(struct amts_amazon_jobs **out, struct amts_project **project,
	struct cli *cli, const struct amazon_opts *o, struct amts_error *err)
{
	struct amts_jobs_options how = {
		.profile = o->profile, .region = o->region, .note = cli_jobs_warn
	};
	int rc = cli_project_open(project, cli, err);

	if (rc)
		return rc;
	rc = amts_project_jobs(out, *project, &how, err);
	if (rc)
		amts_project_free(*project);
	return rc;
}

static void put_jobs(struct cli *cli, const struct amts_amazon_job *v, size_t n)
{
	size_t i;

	if (n)
		printf("%-32s  %-12s %-14s %9s %11s %7s\n", "job", "language", "state",
			"segments", "characters", "age");
	for (i = 0; i < n; i++)
		printf("%-32s  %-12s %-14s %9zu %11zu %7s\n",
			*v[i].id ? v[i].id : v[i].name, v[i].langs, v[i].state,
			v[i].segments, v[i].characters, cli_age(cli, v[i].started));
}

static int put_json(const struct amts_amazon_job *v, size_t n, struct amts_error *err)
{
	cJSON *all = cli_json_object(), *o;
	cJSON *list = cJSON_AddArrayToObject(all, "jobs");
	size_t i;

	for (i = 0; i < n; i++) {
		o = cJSON_CreateObject();
		cJSON_AddItemToArray(list, o);
		cli_json_str(o, "name", amts_str_z(v[i].name));
		cli_json_str(o, "id", amts_str_z(v[i].id));
		cli_json_str(o, "languages", amts_str_z(v[i].langs));
		cli_json_str(o, "state", amts_str_z(v[i].state));
		cli_json_int(o, "segments", v[i].segments);
		cli_json_int(o, "documents", v[i].documents);
		cli_json_int(o, "characters", v[i].characters);
		cli_json_int(o, "started", (size_t)v[i].started);
		cli_json_str(o, "objects", amts_str_z(v[i].where));
	}
	return cli_json_print(all, err);
}

/* 1 when something went wrong. */
static int put_troubles(const struct amts_amazon_job *v, size_t n)
{
	int failed = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (v[i].failed)
			cli_warn("%s: %s", v[i].langs, v[i].failed);
		if (v[i].unclear)
			cli_warn("%s: not cleared: %s", v[i].where, v[i].unclear);
		failed |= v[i].failed || v[i].unclear;
	}
	return failed;
}

static int list_or_resume(struct cli *cli, struct amts_amazon_jobs *jobs,
	const struct amazon_opts *o, struct amts_error *err)
{
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	const struct amts_amazon_job *v;
	size_t n;
	int rc = o->resume ? amts_amazon_jobs_run(jobs, 1, NULL, 0, &progress, err)
			   : amts_amazon_jobs_ask(jobs, err);

	cli_progress_stop(m.p);
	if (rc && o->resume)
		return rc;
	if (rc)
		cli_warn("states are as they were last known: %s", err->msg);
	v = amts_amazon_jobs_list(jobs, &n);
	if (!o->json)
		put_jobs(cli, v, n);
	rc = o->json ? put_json(v, n, err) : AMTS_OK;
	return rc ? rc : put_troubles(v, n);
}

int amazon_jobs(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	int argc, char **argv, struct amts_error *err)
{
	struct amts_amazon_jobs *jobs;
	struct amts_project *project;
	int rc;

	(void)aws;
	(void)argv;
	if (argc)
		return amts_fail(err, AMTS_EUSAGE, "jobs takes no arguments");
	rc = open_jobs(&jobs, &project, cli, o, err);
	if (rc)
		return rc;
	rc = list_or_resume(cli, jobs, o, err);
	amts_amazon_jobs_free(jobs);
	amts_project_free(project);
	return rc;
}

int amazon_stop(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	int argc, char **argv, struct amts_error *err)
{
	struct amts_amazon_jobs *jobs;
	struct amts_project *project;
	int rc;

	(void)aws;
	if (argc > 1)
		return amts_fail(err, AMTS_EUSAGE, "stop takes one job at most");
	rc = open_jobs(&jobs, &project, cli, o, err);
	if (rc)
		return rc;
	rc = amts_amazon_jobs_stop(jobs, argc ? argv[0] : NULL, err);
	amts_amazon_jobs_free(jobs);
	amts_project_free(project);
	return rc;
}
