/* git amts-sync sync: bring stale translations up to date, on review branches. */
#include "cli.h"
#include "project.h"
#include "pull_request.h"
#include "reviews.h"
#include "sync_jobs.h"

#include "amts/review.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_SOME_FAILED = 1, EXIT_RUNNING = 2 };
enum { SPLIT_LINES = 300 }; /* what reviewers are asked to read at once elsewhere too */

struct sync_opts {
	int dry_run, quiet, offline, push, pull_request, no_wait, keep;
	const char *engine, *max_cost, *split;
	struct cli_list langs;
};

static const struct cli_opt options[] = {
	{ CLI_FLAG, 'n', "dry-run", NULL, "show what would be done, make no commit",
		offsetof(struct sync_opts, dry_run) },
	{ CLI_FLAG, 'q', "quiet", NULL, "say nothing but errors",
		offsetof(struct sync_opts, quiet) },
	{ CLI_LIST, 0, "lang", "lang", "only this language; may be given several times",
		offsetof(struct sync_opts, langs) },
	{ CLI_STR, 0, "engine", "name",
		"draft with this engine (memory, amazon, amazon-realtime, none)",
		offsetof(struct sync_opts, engine) },
	{ CLI_STR, 0, "max-cost", "price",
		"send nothing to an engine that would cost more",
		offsetof(struct sync_opts, max_cost) },
	{ CLI_OPTSTR, 0, "split", "lines|directory",
		"several review branches when one is over 300 lines, or a directory each",
		offsetof(struct sync_opts, split) },
	{ CLI_FLAG, 0, "no-wait", NULL, "start jobs, and leave them to the next sync",
		offsetof(struct sync_opts, no_wait) },
	{ CLI_FLAG, 0, "keep", NULL, "leave the documents of jobs in S3",
		offsetof(struct sync_opts, keep) },
	{ CLI_FLAG, 0, "push", NULL, "fetch and push the review branches",
		offsetof(struct sync_opts, push) },
	{ CLI_FLAG, 0, "pull-request", NULL,
		"push them, and open or update a pull request a language",
		offsetof(struct sync_opts, pull_request) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct sync_opts, offline) },
	{ 0 },
};

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void put_counts(const struct amts_sync_outcome *o)
{
	int some = 0, i;

	if (o->file->state == AMTS_FILE_DELETED) {
		fputs("removed, its source is gone", stdout);
		return;
	}

	for (i = 0; i < AMTS_ACTIONS; i++) {
		if (!o->counts[i])
			continue;
		printf("%s%zu %s", some ? ", " : "", o->counts[i],
			amts_action_name((enum amts_action)i));
		some = 1;
	}
	if (!some)
		fputs("nothing to change", stdout);
	if (o->pending)
		printf("; %zu left to people", o->pending);
}

static void put_outcome(const struct cli *cli, const struct amts_sync_outcome *o)
{
	printf("  %s", cli_color(cli, o->failed	   ? CLI_RED
				      : o->pending ? CLI_YELLOW
						   : CLI_GREEN));
	cli_put_path(cli_file_path(o->file));
	fputs(cli_color(cli, CLI_RESET), stdout);
	if (o->file->state == AMTS_FILE_RENAMED) {
		fputs(" -> ", stdout);
		cli_put_path(o->file->new_path);
	}
	fputs(": ", stdout);
	if (o->failed)
		fputs("left alone", stdout);
	else
		put_counts(o);
	putchar('\n');
}

static void put_left_alone(
	const struct amts_sync_info *info, const struct amts_sync_result *r)
{
	if (r->ahead)
		printf("%s: %zu file%s left alone: made from a newer source than %.7s\n",
			info->lang, r->ahead, plural(r->ahead), info->source.hex);
	if (r->unknown)
		printf("%s: %zu file%s left alone: of unknown base\n", info->lang,
			r->unknown, plural(r->unknown));
}

static void put_branch(
	const struct amts_sync_info *info, const struct amts_sync_result *r, size_t done)
{
	const char *branch = cli_branch_name(info->review_ref);

	printf("%zu commit%s on %s, now at %.7s\n", done, plural(done), branch,
		r->after.hex);
	if (info->is_copy)
		printf("it is in a copy of the repository; to push it:\n"
		       "  git -C '%s' push origin %s\n",
			info->elsewhere, branch);
	else if (info->elsewhere)
		printf("it is in %s\n", info->elsewhere);
}

static void put_cost(const struct sync_opts *opt, const struct amts_amazon_cost *c)
{
	if (!c->segments)
		return;
	printf("amazon: %zu segment%s of %zu document%s%s sent, %zu characters",
		c->segments, plural(c->segments), c->documents, plural(c->documents),
		opt->dry_run ? " would be" : "", c->characters);
	if (c->price > 0)
		printf(", %.2f by your rate", c->price);
	putchar('\n');
}

static void put_result(const struct cli *cli, const struct sync_opts *opt,
	const struct amts_sync_info *info, const struct amts_sync_result *r)
{
	const char *branch = cli_branch_name(info->review_ref);
	size_t i, pending = 0, done = r->n - r->failed;

	if (!r->n) {
		put_left_alone(info, r);
		printf("%s%s%s: nothing %sto do, up to date with %s %.7s\n", info->lang,
			*info->part ? "." : "", info->part,
			r->ahead || r->unknown ? "else " : "", info->source_name,
			info->source.hex);
		return;
	}
	printf("%s%s%s%s%s to %s %.7s:\n", cli_color(cli, CLI_BOLD), info->lang,
		*info->part ? "." : "", info->part, cli_color(cli, CLI_RESET),
		info->source_name, info->source.hex);
	for (i = 0; i < r->n; i++) {
		put_outcome(cli, &r->v[i]);
		pending += r->v[i].pending;
	}
	if (opt->dry_run)
		printf("%zu file%s would be brought up to date on %s\n", done,
			plural(done), branch);
	else if (!amts_oid_eq(&r->before, &r->after))
		put_branch(info, r, done);
	put_cost(opt, &r->cost);
	if (pending)
		printf("%zu block%s left to people\n", pending,
			pending == 1 ? " is" : "s are");
	put_left_alone(info, r);
}

static int read_split(struct amts_split *out, const char *s, struct amts_error *err)
{
	char *end = NULL;
	long lines = s && *s ? strtol(s, &end, 10) : SPLIT_LINES;

	*out = (struct amts_split){ .lines = s ? (size_t)lines : 0 };
	if (!s || !end || (!*end && *s >= '0' && *s <= '9' && lines > 0))
		return AMTS_OK;
	*out = (struct amts_split){ .by_folder = !strcmp(s, "directory") };
	return out->by_folder ? AMTS_OK
			      : amts_fail(err, AMTS_EUSAGE,
					"--split: neither a number of lines nor "
					"'directory': '%s'",
					s);
}

/* What is the same for every branch of a run. */
struct job {
	struct cli *cli;
	const struct sync_opts *o;
	struct amts_project *project;
	const struct cli_list *paths;
	double max_cost;
	struct amts_split split;
	int push;
	struct cli_row *row; /* of the language that is at it */
	int failed;
};

static const char *state_of(struct cli *cli, const struct sync_opts *o,
	const struct amts_sync_info *info, const struct amts_sync_result *r)
{
	if (o->dry_run || amts_oid_eq(&r->before, &r->after))
		return r->n ? "" : "up to date";
	return amts_arena_fmt(cli->arena, "%s is at %.7s",
		cli_branch_name(info->review_ref), r->after.hex)
		.p;
}

/* A row adds up what is on a language's branches. */
static void tell_result(
	const struct job *j, const struct amts_sync *sync, struct amts_sync_result *r)
{
	struct cli_row *row = j->row;

	if (row->by_job && !j->o->dry_run)
		/* of the run that asked; told once */
		r->cost = row->documents ? (struct amts_amazon_cost){ 0 } : row->cost;
	else
		cli_row_add(row, &r->cost);
	row->documents += r->n - r->failed;
	row->state = state_of(j->cli, j->o, amts_sync_info(sync), r);
	if (!j->o->quiet)
		put_result(j->cli, j->o, amts_sync_info(sync), r);
	cli_warn_of_notes(sync);
	cli_warn_of_failures(r);
}

static int sync_branch(struct job *j, struct amts_sync *sync, struct amts_error *err)
{
	const struct sync_opts *o = j->o;
	struct cli_meter m = { .cli = j->cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_sync_options opt = { .dry_run = o->dry_run,
		.engine = o->engine,
		.paths = j->paths->v,
		.npaths = j->paths->n,
		.progress = o->quiet ? NULL : &progress,
		.max_cost = j->max_cost };
	struct amts_sync_result result;
	int rc = amts_sync_run(&result, sync, &opt, err);

	cli_progress_stop(m.p);
	if (!rc)
		tell_result(j, sync, &result);
	j->failed |= !rc && result.failed;
	if (!rc && j->push)
		rc = cli_push(sync, o->quiet, err);
	if (!rc && j->push && o->pull_request)
		rc = cli_pull_request(
			j->cli, j->project, amts_sync_info(sync), o->quiet, err);
	return rc;
}

static int sync_part(struct job *j, const char *lang, const struct amts_part *part,
	struct amts_error *err)
{
	struct amts_sync *sync;
	int rc = amts_sync_open_part(
		&sync, j->project, lang, AMTS_SYNC_OFFLINE, part, err);

	if (rc)
		return rc;
	rc = sync_branch(j, sync, err);
	amts_sync_free(sync);
	return rc;
}

/* A branch that fails does not keep the others from being done. */
static int sync_parts(struct job *j, const char *lang, const struct amts_part *v,
	size_t n, struct amts_error *err)
{
	size_t i, done = 0;
	int rc = AMTS_OK;

	for (i = 0; i < n; i++) {
		rc = sync_part(j, lang, &v[i], err);
		done += !rc;
		if (cli_ends_run(rc))
			return rc;
		if (!rc)
			continue;
		cli_warn("%s%s%s: %s", lang, *v[i].name ? "." : "", v[i].name, err->msg);
		j->failed = 1;
	}
	return n && !done ? amts_fail(err, AMTS_EFAIL, "no branch could be synced")
			  : AMTS_OK;
}

static int sync_lang(struct job *j, const char *lang, struct amts_error *err)
{
	struct amts_sync *sync;
	struct amts_part *parts;
	size_t n;
	int rc = j->push ? amts_review_fetch(j->project, lang, err) : AMTS_OK;

	if (!rc)
		rc = amts_sync_open(&sync, j->project, lang, j->o->offline, err);
	if (rc)
		return rc;
	if (!j->o->dry_run)
		rc = cli_reviews_tell(j->cli, sync, j->o->quiet ? NULL : stdout, err);
	if (!rc)
		rc = amts_sync_parts(&parts, &n, j->cli->arena, sync, &j->split, err);
	if (!rc && (!n || (n == 1 && parts->rest)))
		rc = sync_branch(j, sync, err);
	else if (!rc)
		rc = sync_parts(j, lang, parts, n, err);
	amts_sync_free(sync);
	return rc;
}

/* What jobs translate is there when the languages are synced. */
static int do_jobs(struct cli_row *rows, const struct job *j,
	const struct cli_list *langs, struct amts_error *err)
{
	struct cli_jobs_options how = { .cli = j->cli,
		.project = j->project,
		.langs = langs,
		.paths = j->paths,
		.engine = j->o->engine,
		.max_cost = j->max_cost,
		.quiet = j->o->quiet,
		.offline = j->o->offline,
		.fetch = j->push,
		.keep = j->o->keep,
		.no_wait = j->o->no_wait,
		.only_name = j->o->dry_run };

	return cli_jobs_do(rows, &how, err);
}

/* A language that fails does not keep the others from being done. */
static int sync_rows(
	struct cli_row *rows, struct job *j, size_t n, int *code, struct amts_error *err)
{
	size_t i, done = 0;
	int running = 0;

	for (i = 0; i < n; i++) {
		struct cli_row *row = j->row = &rows[i];

		if (!row->rc)
			row->rc = sync_lang(j, row->lang, &row->err);
		running |= row->running;
		done += !row->rc || row->running;
		if (!row->rc || row->running)
			continue;
		*err = row->err;
		if (n == 1 || cli_ends_run(row->rc))
			return row->rc;
		cli_warn("%s: %s", row->lang, row->err.msg);
		j->failed = 1;
	}
	*code = j->failed ? EXIT_SOME_FAILED : running ? EXIT_RUNNING : 0;
	return done ? AMTS_OK : amts_fail(err, AMTS_EFAIL, "no language could be synced");
}

static int sync_all(struct cli *cli, const struct sync_opts *o,
	struct amts_project *project, const struct cli_list *paths, char **argv,
	int *code, struct amts_error *err)
{
	struct job j = { .cli = cli,
		.o = o,
		.project = project,
		.paths = paths,
		.push = !o->dry_run && (o->push || o->pull_request) };
	struct cli_list langs;
	struct cli_row *rows;
	int rc = cli_project_langs(&langs, cli, project, &o->langs, err);

	if (!rc)
		rc = cli_price(&j.max_cost, "--max-cost", o->max_cost, err);
	if (!rc)
		rc = read_split(&j.split, o->split, err);
	j.split.paths = paths->v;
	j.split.npaths = paths->n;
	if (!rc)
		rc = cli_project_check_paths(
			project, &langs, paths, argv, o->offline, err);
	if (rc)
		return rc;
	rows = AMTS_NEW(cli->arena, struct cli_row, langs.n + 1);
	rc = do_jobs(rows, &j, &langs, err);
	if (!rc)
		rc = sync_rows(rows, &j, langs.n, code, err);
	if (!cli_ends_run(rc) && langs.n > 1 && !o->quiet)
		cli_jobs_table(rows, langs.n);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct sync_opts *o = opts;
	struct amts_project *project;
	struct cli_list paths;
	int code = 0, rc = cli_project_open(&project, cli, err);

	if (rc)
		return rc;
	rc = cli_project_paths(&paths, cli, project, argc, argv, err);
	if (!rc)
		rc = sync_all(cli, o, project, &paths, argv, &code, err);
	amts_project_free(project);
	if (rc)
		return rc;
	return code;
}

const struct cli_command cmd_sync = {
	.name = "sync",
	.group = CLI_MAIN,
	.summary = "bring stale translations up to date on review branches",
	.usage = "[-n] [--push | --pull-request] [--split] [--lang <lang>]... "
		 "[--engine <name>] [--max-cost <price>] [--no-wait] [--] [<path>...]",
	.about = "Makes one commit a document on the branch amts/<lang> of the "
		 "translation's\n"
		 "repository and moves that branch once, at the end.  Its other "
		 "branches, index and\n"
		 "work tree are not touched; commits that are on the branch already "
		 "stay.\n"
		 "Blocks with no draft keep their old text and are listed in "
		 ".amts-record.",
	.examples = "  git amts-sync sync -n\n"
		    "  git amts-sync sync --pull-request\n"
		    "  git amts-sync sync --lang zh chapter_preliminaries",
	.opts = options,
	.opts_size = sizeof(struct sync_opts),
	.max_args = -1,
	.run = run,
};
