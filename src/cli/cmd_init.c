/* git amts-sync init: look at what is here and write `.amts`. */
#include "cli.h"
#include "driver.h"
#include "project.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct init_opts {
	const char *source, *source_branch, *lang;
	struct cli_list targets;
	int yes, dry_run;
};

/* Pages that init names although there are many: those less sure than this, at most. */
#define PAGES_SURE .7
#define PAGES_NAMED 10

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "source", "url", "this is a translation of that repository",
		offsetof(struct init_opts, source) },
	{ CLI_STR, 0, "source-branch", "branch", "follow this branch of the source",
		offsetof(struct init_opts, source_branch) },
	{ CLI_STR, 0, "lang", "lang", "the language of this translation",
		offsetof(struct init_opts, lang) },
	{ CLI_LIST, 0, "target", "lang=url",
		"this is the source of that translation; may be given several times",
		offsetof(struct init_opts, targets) },
	{ CLI_FLAG, 'n', "dry-run", NULL, "say all that was found, write nothing",
		offsetof(struct init_opts, dry_run) },
	{ CLI_FLAG, 'y', "yes", NULL, "write without asking",
		offsetof(struct init_opts, yes) },
	{ 0 },
};

/* A path given here, as seen from the top of the work tree. */
static const char *from_top(struct cli *cli, struct amts_repo *repo, const char *url)
{
	const char *root = amts_repo_work_dir(repo);
	char cwd[4096];
	size_t n = root ? strlen(root) : 0;

	if (!url || !root || url[0] == '/' || strchr(url, ':') ||
		!getcwd(cwd, sizeof(cwd)))
		return url;
	if (strlen(cwd) < n || strncmp(cwd, root, n) != 0)
		return url;
	return amts_arena_fmt(cli->arena, "%s/%s", cwd + n, url).p;
}

static int split_targets(struct amts_detect_options *out, struct cli *cli,
	struct amts_repo *repo, const struct cli_list *targets, struct amts_error *err)
{
	const char **langs = AMTS_NEW(cli->arena, const char *, targets->n + 1);
	const char **urls = AMTS_NEW(cli->arena, const char *, targets->n + 1);
	size_t i;

	for (i = 0; i < targets->n; i++) {
		struct amts_str s = amts_str_z(targets->v[i]);
		size_t eq = amts_str_find(s, AMTS_STR("="), 0);

		if (!eq || eq + 1 >= s.n)
			return amts_fail(err, AMTS_EUSAGE,
				"--target wants LANG=URL, not '%s'", targets->v[i]);
		langs[i] = amts_arena_z(cli->arena, amts_str_sub(s, 0, eq));
		urls[i] = from_top(cli, repo, s.p + eq + 1);
	}
	out->target_langs = langs;
	out->target_urls = urls;
	out->ntargets = targets->n;
	return AMTS_OK;
}

static void put_finding(const struct cli *cli, const struct amts_finding *f)
{
	enum cli_color c = f->sure >= PAGES_SURE ? CLI_GREEN
			   : f->sure >= .3	 ? CLI_YELLOW
						 : CLI_RED;

	printf("  %s%3.0f%%%s  ", cli_color(cli, c), f->sure * 100,
		cli_color(cli, CLI_RESET));
	cli_put_text(f->text);
	putchar('\n');
}

/* Of the pages of a language only those that somebody should look at. */
static void put_findings(
	const struct cli *cli, const struct amts_detected *found, int all)
{
	size_t i = 0, named, left;

	while (i < found->n) {
		if (!found->v[i].page) {
			put_finding(cli, &found->v[i++]);
			continue;
		}
		for (named = 0; i < found->n && found->v[i].page; i++, named++) {
			if (!all &&
				(found->v[i].sure >= PAGES_SURE || named == PAGES_NAMED))
				break;
			put_finding(cli, &found->v[i]);
		}
		for (left = 0; i < found->n && found->v[i].page; i++)
			left++;
		if (left)
			printf("        and %zu page%s more: the same command with "
			       "--dry-run lists all\n",
				left, left == 1 ? "" : "s");
	}
}

/* Asked on a terminal only. */
static int agreed(const struct init_opts *o)
{
	if (o->yes || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return 1;
	printf("\nWrite %s? [Y/n] ", AMTS_CONFIG_FILE);
	return cli_yes();
}

/* For this clone alone. */
static int write_settings(
	struct amts_repo *repo, const struct amts_detected *found, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < found->nsettings; i++) {
		const struct amts_setting *s = &found->settings[i];

		rc = amts_repo_set_config(repo, s->key, s->value, err);
		if (!rc)
			printf("set %s in this clone's configuration: others will have "
			       "to set their own\n",
				s->key);
	}
	return rc;
}

static int write_config(struct cli *cli, struct amts_repo *repo,
	const struct init_opts *o, const struct amts_detected *found,
	struct amts_error *err)
{
	const char *root = amts_repo_work_dir(repo);
	const char *path = amts_arena_fmt(cli->arena, "%s" AMTS_CONFIG_FILE, root).p;
	int rc;

	put_findings(cli, found, o->dry_run);
	if (o->dry_run || !agreed(o))
		return AMTS_OK;
	rc = cli_write(path, found->config, err);
	if (!rc && found->record.n)
		rc = cli_write(amts_arena_fmt(cli->arena, "%s" AMTS_RECORD_FILE, root).p,
			found->record, err);
	if (!rc) {
		printf("\nwrote %s" AMTS_CONFIG_FILE ":\n\n",
			found->record.n ? AMTS_RECORD_FILE " and " : "");
		cli_put_text(found->config);
		printf("\ncommit %s, then see \"git amts-sync status\"\n",
			found->record.n ? "both" : "it");
	}
	if (!rc)
		rc = write_settings(repo, found, err);
	return !rc && found->fork ? cli_driver_install(cli, repo, o->yes, err) : rc;
}

/* 1 when there is an `.amts` already. */
static int is_initialized(struct cli *cli, struct amts_repo *repo)
{
	return !access(amts_arena_fmt(cli->arena, "%s" AMTS_CONFIG_FILE,
			       amts_repo_work_dir(repo))
			       .p,
		F_OK);
}

/* In another clone git's configuration may be all that is missing. */
static int init_again(struct cli *cli, struct amts_repo *repo, const struct init_opts *o,
	struct amts_error *err)
{
	if (cli_driver_is_missing(cli, repo))
		return cli_driver_install(cli, repo, o->yes, err);
	return amts_fail(err, AMTS_EFAIL,
		"'" AMTS_CONFIG_FILE "' exists already; edit it, or remove it first");
}

static int init(struct cli *cli, struct amts_repo *repo, const struct init_opts *o,
	const struct amts_env *env, struct amts_error *err)
{
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_detect_options opt = {
		.progress = &progress, .source_branch = o->source_branch, .lang = o->lang
	};
	struct amts_detected found;
	struct amts_config user;
	int rc = amts_config_load_user(&user, cli->arena, repo, env, err);

	if (rc)
		return rc;
	opt.source = o->source ? amts_config_remote(&user, cli->arena, o->source) : NULL;
	if (opt.source == o->source)
		opt.source = from_top(cli, repo, o->source);
	rc = split_targets(&opt, cli, repo, &o->targets, err);
	if (!rc)
		rc = amts_detect(&found, cli->arena, repo, &opt, env, err);
	cli_progress_stop(m.p);
	if (!rc)
		rc = write_config(cli, repo, o, &found, err);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct init_opts *o = opts;
	struct amts_repo *repo;
	struct amts_env env;
	int rc;

	(void)argc;
	(void)argv;
	if (o->source && o->targets.n)
		return amts_fail(
			err, AMTS_EUSAGE, "--source and --target exclude each other");
	rc = cli_env(&env, cli->arena, err);
	if (!rc)
		rc = amts_repo_open_at(&repo, ".", &env.place, err);
	if (rc)
		return rc;
	if (!amts_repo_work_dir(repo))
		rc = amts_fail(err, AMTS_EFAIL, "this repository has no work tree");
	else if (!o->dry_run && is_initialized(cli, repo))
		rc = init_again(cli, repo, o, err);
	else
		rc = init(cli, repo, o, &env, err);
	amts_repo_free(repo);
	return rc;
}

const struct cli_command cmd_init = {
	.name = "init",
	.group = CLI_MAIN,
	.summary = "find out how translations are laid out and write .amts",
	.usage = "[--source <url> [--source-branch <branch>]] [--lang <lang>] [--dry-run "
		 "| --yes]\n"
		 "--target <lang>=<url>... [--dry-run | --yes]",
	.about = "Looks at the files of source and translations for languages, layout "
		 "and what the\n"
		 "translations were made from, and says how sure each finding is.  "
		 "Without options it\n"
		 "looks for translations beside their sources in this repository.\n"
		 "\n"
		 "<url> may be the name of a remote.  A repository that shares history "
		 "with its source\n"
		 "can merge from it: with your consent git merge is set up to use "
		 "merge-driver there.",
	.examples = "  git amts-sync init --source ../d2l-en --source-branch r0.17\n"
		    "  git amts-sync init --target zh=../d2l-zh --target tr=../d2l-tr",
	.opts = options,
	.opts_size = sizeof(struct init_opts),
	.max_args = 0,
	.run = run,
};
