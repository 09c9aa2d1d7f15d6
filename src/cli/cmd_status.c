/* git amts-sync status: what is stale, by language and file. */
#include "cli.h"
#include "project.h"
#include "reviews.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_STALE = 1 };

struct status_opts {
	const char *porcelain;
	int nul, json, exit_code, offline, reviews;
	struct cli_list langs;
};

static const struct cli_opt options[] = {
	{ CLI_OPTSTR, 0, "porcelain", "v1",
		"stable form for scripts, see git-amts-sync(1)",
		offsetof(struct status_opts, porcelain) },
	{ CLI_FLAG, 'z', NULL, NULL,
		"end lines with NUL and do not quote paths; implies --porcelain",
		offsetof(struct status_opts, nul) },
	{ CLI_FLAG, 0, "json", NULL, "one JSON object",
		offsetof(struct status_opts, json) },
	{ CLI_FLAG, 0, "exit-code", NULL,
		"exit with 1 when something is stale or pending, small edits apart",
		offsetof(struct status_opts, exit_code) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct status_opts, offline) },
	{ CLI_FLAG, 0, "reviews", NULL,
		"show what reviewers made of the drafts that they merged",
		offsetof(struct status_opts, reviews) },
	{ CLI_LIST, 0, "lang", "lang", "only this language; may be given several times",
		offsetof(struct status_opts, langs) },
	{ 0 },
};

/* One language, ready to be shown. */
struct view {
	const struct status_opts *opt;
	struct cli *cli;
	const struct amts_sync_info *info;
	const struct amts_file *files;
	size_t n;
	size_t states[AMTS_FILE_STATES];
	size_t small, pending, in_review; /* files */
};

/* The source changed, but in nothing that wants translating. */
static int is_small(const struct amts_file *f)
{
	return f->state == AMTS_FILE_STALE && f->changed && f->small == f->changed;
}

static int is_stale(const struct amts_file *f)
{
	return (f->state == AMTS_FILE_STALE && !is_small(f)) ||
	       f->state == AMTS_FILE_RENAMED;
}

static void count_states(struct view *v)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		v->states[v->files[i].state]++;
		v->small += (size_t)is_small(&v->files[i]);
		v->pending += v->files[i].pending > 0;
		v->in_review += v->files[i].in_review != 0;
	}
}

/* ---- for scripts ---- */

static const char letters[AMTS_FILE_STATES] = { 'C', 'S', 'R', 'D', 'U', '?', 'A' };

static void put_field(const struct view *v, struct amts_str path)
{
	if (v->opt->nul)
		fwrite(path.p, 1, path.n, stdout);
	else
		cli_put_path(path);
}

/* "XY lang changed pending path": X the state, 's' for stale by small edits only, Y 'r'
 * when it waits for review, else '.'. */
static void put_porcelain(const struct view *v)
{
	char end = v->opt->nul ? '\0' : '\n';
	size_t i;

	printf("# target %s %s %s %s%c", v->info->lang, v->info->source.hex,
		v->info->target.hex, v->info->review.hex[0] ? v->info->review.hex : "-",
		end);
	for (i = 0; i < v->n; i++) {
		const struct amts_file *f = &v->files[i];

		if (f->state == AMTS_FILE_CURRENT && !f->pending && !f->in_review)
			continue;
		printf("%c%c %s %zu %zu ", is_small(f) ? 's' : letters[f->state],
			f->in_review ? 'r' : '.', v->info->lang, f->changed, f->pending);
		put_field(v, f->tgt_path.n ? f->tgt_path : f->new_path);
		if (f->state == AMTS_FILE_RENAMED) {
			fputs(v->opt->nul ? "" : " -> ", stdout);
			if (v->opt->nul)
				putchar('\0');
			put_field(v, f->new_path);
		}
		putchar(end);
	}
}

static void add_file(cJSON *files, const struct amts_file *f)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "state", amts_file_state_name(f->state));
	if (f->src_path.n)
		cli_json_str(o, "source", f->src_path);
	if (f->tgt_path.n)
		cli_json_str(o, "path", f->tgt_path);
	if (!amts_str_eq(f->tgt_path, f->new_path))
		cli_json_str(o, "new_path", f->new_path);
	if (f->base.hex[0])
		cJSON_AddStringToObject(o, "base", f->base.hex);
	if (f->head.hex[0])
		cJSON_AddStringToObject(o, "head", f->head.hex);
	cli_json_int(o, "changed", f->changed);
	cli_json_int(o, "small", f->small);
	cli_json_int(o, "pending", f->pending);
	cJSON_AddBoolToObject(o, "conflicted", f->conflicted);
	cJSON_AddBoolToObject(o, "in_review", f->in_review);
	if (f->review_ref)
		cJSON_AddStringToObject(
			o, "review_branch", cli_branch_name(f->review_ref));
	cJSON_AddItemToArray(files, o);
}

static void add_target(cJSON *targets, const struct view *v)
{
	cJSON *o = cJSON_CreateObject(), *counts, *files;
	size_t i;

	cJSON_AddItemToArray(targets, o);
	cJSON_AddStringToObject(o, "lang", v->info->lang);
	cJSON_AddStringToObject(o, "source_name", v->info->source_name);
	cJSON_AddStringToObject(o, "source", v->info->source.hex);
	cJSON_AddStringToObject(o, "target", v->info->target.hex);
	cJSON_AddStringToObject(o, "review_branch", cli_branch_name(v->info->review_ref));
	if (v->info->review.hex[0])
		cJSON_AddStringToObject(o, "review", v->info->review.hex);
	counts = cJSON_AddObjectToObject(o, "counts");
	for (i = 0; i < AMTS_FILE_STATES; i++)
		cli_json_int(counts, amts_file_state_name((enum amts_file_state)i),
			v->states[i]);
	cli_json_int(counts, "small", v->small);
	cli_json_int(counts, "pending", v->pending);
	cli_json_int(counts, "in_review", v->in_review);
	files = cJSON_AddArrayToObject(o, "files");
	for (i = 0; i < v->n; i++)
		add_file(files, &v->files[i]);
}

/* ---- for people ---- */

static void put_count(size_t n, const char *what, int *some)
{
	if (!n)
		return;
	printf("%s%zu %s", *some ? ", " : "", n, what);
	*some = 1;
}

/* A line for each branch that pages wait on, with its first page. */
static void put_branches(const struct view *v)
{
	size_t i, k, n;

	for (i = 0; i < v->n; i++) {
		const char *ref = v->files[i].review_ref;

		if (!ref)
			continue;
		for (k = n = 0; k < v->n; k++) {
			if (!v->files[k].review_ref ||
				strcmp(v->files[k].review_ref, ref))
				continue;
			if (k < i)
				break;
			n++;
		}
		if (k == v->n)
			printf("  %zu of them on %s, waiting for review\n", n,
				cli_branch_name(ref));
	}
}

static void put_summary(const struct view *v)
{
	int some = 0;

	printf("%s%s%s against %s %.7s: ", cli_color(v->cli, CLI_BOLD), v->info->lang,
		cli_color(v->cli, CLI_RESET), v->info->source_name, v->info->source.hex);
	put_count(v->states[AMTS_FILE_CURRENT], "current", &some);
	put_count(v->states[AMTS_FILE_STALE] - v->small, "stale", &some);
	put_count(v->small, "with small edits only", &some);
	put_count(v->states[AMTS_FILE_RENAMED], "renamed", &some);
	put_count(v->states[AMTS_FILE_DELETED], "deleted in the source", &some);
	put_count(v->pending, "with pending blocks", &some);
	put_count(v->states[AMTS_FILE_UNTRANSLATED], "untranslated", &some);
	put_count(v->states[AMTS_FILE_AHEAD], "made from a newer source", &some);
	put_count(v->states[AMTS_FILE_UNKNOWN], "of unknown base", &some);
	puts(some ? "" : "nothing to translate");
	put_branches(v);
}

static void put_changed(const struct view *v, const struct amts_file *f)
{
	(void)v;
	if (f->conflicted)
		fputs("  (conflict markers)", stdout);
	if (f->changed)
		printf("  (%zu block%s)", f->changed, f->changed == 1 ? "" : "s");
	if (f->small && !is_small(f))
		printf("  (%zu by small edits)", f->small);
	if (f->pending)
		printf("  (%zu pending)", f->pending);
	if (f->state == AMTS_FILE_RENAMED) {
		fputs("  -> ", stdout);
		cli_put_path(f->new_path);
	}
	if (f->like.n) {
		fputs("  (some of it is now in ", stdout);
		cli_put_path(f->like);
		putchar(')');
	}
}

static void put_section(const struct view *v, const char *title, enum cli_color color,
	int (*wanted)(const struct amts_file *f))
{
	size_t i;
	int some = 0;

	for (i = 0; i < v->n; i++) {
		const struct amts_file *f = &v->files[i];

		if (!wanted(f))
			continue;
		if (!some++)
			printf("\n%s:\n", title);
		printf("\t%s", cli_color(v->cli, color));
		cli_put_path(f->tgt_path.n ? f->tgt_path : f->new_path);
		fputs(cli_color(v->cli, CLI_RESET), stdout);
		put_changed(v, f);
		putchar('\n');
	}
}

static int is_deleted(const struct amts_file *f)
{
	return f->state == AMTS_FILE_DELETED;
}

static int is_pending(const struct amts_file *f)
{
	return f->pending && f->state == AMTS_FILE_CURRENT;
}

static int is_untranslated(const struct amts_file *f)
{
	return f->state == AMTS_FILE_UNTRANSLATED;
}

static int is_unknown(const struct amts_file *f)
{
	return f->state == AMTS_FILE_UNKNOWN;
}

static int is_ahead(const struct amts_file *f)
{
	return f->state == AMTS_FILE_AHEAD;
}

static void put_human(const struct view *v)
{
	put_summary(v);
	put_section(v, "Stale (\"git amts-sync sync\" brings them up to date)", CLI_RED,
		is_stale);
	put_section(
		v, "Small edits of the source, nothing to translate", CLI_DIM, is_small);
	put_section(v, "Blocks left to people (\"git amts-sync diff\" shows them)",
		CLI_YELLOW, is_pending);
	put_section(v, "Deleted in the source", CLI_RED, is_deleted);
	put_section(v, "Made from a newer source, of another branch (left alone)",
		CLI_DIM, is_ahead);
	put_section(v, "Untranslated", CLI_DIM, is_untranslated);
	put_section(v, "Nothing tells which source these were made from", CLI_DIM,
		is_unknown);
}

/* ---- */

static int show_lang(struct view *v, struct amts_project *project, const char *lang,
	cJSON *targets, int *stale, struct amts_error *err)
{
	struct cli_meter m = { .cli = v->cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_sync *sync;
	int rc = amts_sync_open(&sync, project, lang, v->opt->offline, err);

	if (rc)
		return rc;
	rc = amts_sync_count(sync, &progress, err);
	cli_progress_stop(m.p);
	cli_warn_of_notes(sync);
	v->info = amts_sync_info(sync);
	v->files = amts_sync_files(sync, &v->n);
	count_states(v);
	*stale |= v->states[AMTS_FILE_STALE] > v->small || v->states[AMTS_FILE_RENAMED] ||
		  v->pending;
	if (!rc && targets)
		add_target(targets, v);
	else if (!rc && (v->opt->porcelain || v->opt->nul))
		put_porcelain(v);
	else if (!rc)
		put_human(v);
	amts_sync_free(sync);
	return rc;
}

static int show_reviews(struct view *v, struct amts_project *project, const char *lang,
	cJSON *targets, struct amts_error *err)
{
	cJSON *o = targets ? cJSON_CreateObject() : NULL;
	struct amts_sync *sync;
	int rc = amts_sync_open(&sync, project, lang,
		(v->opt->offline ? AMTS_SYNC_OFFLINE : 0) | AMTS_SYNC_REVIEWED, err);

	if (o)
		cJSON_AddItemToArray(targets, o);
	if (rc)
		return rc;
	rc = cli_reviews_show(v->cli, sync, o, err);
	amts_sync_free(sync);
	return rc;
}

static int show_all(struct cli *cli, const struct status_opts *o,
	struct amts_project *project, int *stale, struct amts_error *err)
{
	cJSON *json = o->json ? cli_json_object() : NULL;
	cJSON *targets = json ? cJSON_AddArrayToObject(json, "targets") : NULL;
	struct cli_list langs;
	size_t i;
	int rc = cli_project_langs(&langs, cli, project, &o->langs, err);

	if (!rc && !json && !o->porcelain && !o->nul)
		cli_pager(cli);
	for (i = 0; !rc && i < langs.n; i++) {
		struct view v = { .opt = o, .cli = cli };

		if (i && !json && !o->porcelain && !o->nul)
			putchar('\n');
		if (o->reviews)
			rc = show_reviews(&v, project, langs.v[i], targets, err);
		else
			rc = show_lang(&v, project, langs.v[i], targets, stale, err);
	}
	if (!rc && json)
		return cli_json_print(json, err);
	cJSON_Delete(json);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct status_opts *o = opts;
	struct amts_project *project;
	int stale = 0, rc;

	(void)argc;
	(void)argv;
	if (o->porcelain && *o->porcelain && strcmp(o->porcelain, "v1") != 0)
		return amts_fail(err, AMTS_EUSAGE, "unknown --porcelain version '%s'",
			o->porcelain);
	if (o->reviews && (o->porcelain || o->nul || o->exit_code))
		return amts_fail(
			err, AMTS_EUSAGE, "--reviews goes with --json and --lang only");
	rc = cli_project_open(&project, cli, err);
	if (rc)
		return rc;
	rc = show_all(cli, o, project, &stale, err);
	amts_project_free(project);
	if (rc)
		return rc;
	return o->exit_code && stale ? EXIT_STALE : 0;
}

const struct cli_command cmd_status = {
	.name = "status",
	.group = CLI_MAIN,
	.summary = "show what is stale, by language and file",
	.usage = "[--porcelain] [-z] [--json] [--exit-code] [--reviews] "
		 "[--lang <lang>]...",
	.about =
		"Compares each translation's base with the source's newest commit.  "
		"Files that did\n"
		"not change are not read.  What waits on a review branch counts as done.",
	.examples = "  git amts-sync status\n"
		    "  git amts-sync status --exit-code >/dev/null || echo stale",
	.opts = options,
	.opts_size = sizeof(struct status_opts),
	.max_args = 0,
	.run = run,
};
