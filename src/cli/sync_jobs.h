#ifndef CLI_SYNC_JOBS_H
#define CLI_SYNC_JOBS_H
/* The part of sync that waits for jobs of Amazon Translate, for all languages at once. */
#include "project.h"

struct cli_jobs_options {
	struct cli *cli;
	struct amts_project *project;
	const struct cli_list *langs, *paths;
	const char *engine; /* NULL: each language's own */
	double max_cost;
	int quiet, offline, fetch, keep, no_wait;
	int only_name; /* the rows' languages, and do nothing */
};

/* A language of the run. */
struct cli_row {
	const char *lang;
	int by_job;		      /* its engine needs jobs */
	struct amts_amazon_cost cost; /* of what jobs were asked for */
	int rc;			      /* why it is left alone this time; err says it */
	struct amts_error err;
	int running;	   /* …: its job is */
	size_t documents;  /* that were brought up to date */
	const char *state; /* for the table; NULL: rc says it */
};

/*
 * Finish what earlier runs began, find out what the languages want, have it translated in
 * jobs side by side, and wait, or, with no_wait, not.  Fills a row a language, in order;
 * jobs are told on stdout, trouble with them on stderr.  AMTS_ECOST when it would cost
 * too much: nothing was sent.
 */
AMTS_MUST_CHECK int cli_jobs_do(
	struct cli_row *rows, const struct cli_jobs_options *o, struct amts_error *err);

/* A failure that ends the whole run: no other language or branch is tried after it. */
int cli_ends_run(int rc);

/* More of what an engine took. */
void cli_row_add(struct cli_row *row, const struct amts_amazon_cost *cost);

/* A line a language, at the end; nothing when none of them had a price. */
void cli_jobs_table(const struct cli_row *rows, size_t n);

/* What jobs have to say, as a warning. */
void cli_jobs_warn(void *payload, const char *lang, const char *text);

/* "12 s", "3 min", "5 h", "2 d" since then. */
const char *cli_age(struct cli *cli, int64_t then);

#endif
