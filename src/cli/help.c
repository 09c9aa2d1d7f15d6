/* -h, the overview and completion, all from the tables. */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HELP_COLUMN 26 /* where git begins the explanation of an option */

static const char *const group_titles[] = {
	[CLI_MAIN] = "day to day",
	[CLI_DATA] = "translations as data",
	[CLI_PLUMBING] = "plumbing, for scripts",
};

/* "    -n, --dry-run" with the value's name; returns its width. */
static int put_option_name(const struct cli_opt *opt)
{
	int width = printf("    ");

	if (opt->letter)
		width += printf(opt->name ? "-%c, " : "-%c", opt->letter);
	if (opt->name)
		width += printf("--%s%s", opt->type == CLI_TRI ? "[no-]" : "", opt->name);
	if (opt->type == CLI_OPTSTR)
		width += printf("[=<%s>]", opt->arg);
	else if (opt->type == CLI_CHOICE)
		width += printf(" (%s)", opt->arg);
	else if (opt->arg)
		width += printf(" <%s>", opt->arg);
	return width;
}

static void put_options(const struct cli_opt *opt)
{
	for (; cli_opt_at(opt); opt++) {
		int width = put_option_name(opt);

		if (width >= HELP_COLUMN) {
			putchar('\n');
			width = 0;
		}
		printf("%*s%s\n", HELP_COLUMN - width, "", opt->help);
	}
}

/* "usage: git amts-sync x ..." and, like git, "   or: ..." for each further form. */
static void put_usage(const struct cli_command *cmd, FILE *to)
{
	const char *form = cmd->usage, *end;

	for (; form; form = *end ? end + 1 : NULL) {
		end = form + strcspn(form, "\n");
		fprintf(to, "%s git amts-sync %s %.*s\n",
			form == cmd->usage ? "usage:" : "   or:", cmd->name,
			(int)(end - form), form);
	}
}

void cli_help(const struct cli *cli)
{
	const struct cli_command *cmd = cli->cmd;

	put_usage(cmd, stdout);
	printf("\n%s\n", cmd->about);
	if (cmd->opts) {
		putchar('\n');
		put_options(cmd->opts);
	}
	putchar('\n');
	put_options(cli_common_opts);
	if (cmd->examples)
		printf("\nexamples:\n%s\n", cmd->examples);
}

static void put_group(const struct cli *cli, enum cli_group group)
{
	const struct cli_command *const *c;
	int titled = 0;

	for (c = cli->commands; *c; c++) {
		if ((*c)->group != group)
			continue;
		if (!titled++)
			printf("\n%s\n", group_titles[group]);
		printf("   %-12s  %s\n", (*c)->name, (*c)->summary);
	}
}

void cli_overview(const struct cli *cli)
{
	int g;

	puts("usage: git amts-sync <command> [<options>] [<args>]\n"
	     "\n"
	     "Keeps translations of markdown in step with their source: finds what "
	     "changed,\n"
	     "changes only that in the translation, and leaves the result on a branch to "
	     "review.");
	for (g = CLI_MAIN; g < CLI_HIDDEN; g++)
		put_group(cli, (enum cli_group)g);
	puts("\n'git amts-sync <command> -h' explains a command with its options and "
	     "examples,\n"
	     "'git amts-sync --help' is the manual.");
}

void cli_usage_hint(const struct cli *cli)
{
	if (cli->cmd)
		put_usage(cli->cmd, stderr);
	fprintf(stderr, "hint: 'git amts-sync %s%s-h' tells more\n",
		cli->cmd ? cli->cmd->name : "", cli->cmd ? " " : "");
}

/* Called by its path, this program has its manual beside it: installed below a prefix
 * that man does not know, or just built. */
int cli_man(const struct cli *cli)
{
	const char *slash = cli->program ? strrchr(cli->program, '/') : NULL;
	const char *const places[] = { "share/man", "../share/man" };
	size_t i;

	for (i = 0; slash && i < 2; i++) {
		const char *page =
			amts_arena_fmt(cli->arena, "%.*s/%s/man1/git-amts-sync.1",
				(int)(slash - cli->program), cli->program, places[i])
				.p;

		if (!access(page, R_OK))
			execlp("man", "man", page, (char *)NULL);
	}
	execlp("man", "man", "git-amts-sync", (char *)NULL);
	return 1;
}

static void list_options(const struct cli_opt *opt)
{
	for (; cli_opt_at(opt); opt++) {
		int wants = opt->type != CLI_FLAG && opt->type != CLI_TRI &&
			    opt->type != CLI_OPTSTR;

		if (opt->name)
			printf("--%s%s\n", opt->name, wants ? "=" : "");
		else
			printf("-%c\n", opt->letter);
		if (opt->type == CLI_TRI)
			printf("--no-%s\n", opt->name);
	}
}

int cli_list_completions(const struct cli *cli, const char *command)
{
	const struct cli_command *const *c;

	for (c = cli->commands; *c; c++) {
		if (!command && (*c)->group != CLI_HIDDEN) {
			printf("%s\n", (*c)->name);
		} else if (command && !strcmp((*c)->name, command)) {
			list_options((*c)->opts);
			list_options(cli_common_opts);
			return 0;
		}
	}
	return command ? 1 : 0;
}

/* Levenshtein's distance of two short words; 99 for longer ones. */
static int distance(const char *a, const char *b)
{
	int row[32] = { 0 }, i, j;

	if (strlen(b) >= sizeof(row) / sizeof(*row) || strlen(a) > 64)
		return 99;
	for (j = 0; j <= (int)strlen(b); j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		int diagonal = row[0];

		row[0] = i + 1;
		for (j = 0; b[j]; j++) {
			int best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			if (best > row[j] + 1)
				best = row[j] + 1;
			if (best > diagonal + 1)
				best = diagonal + 1;
			row[j + 1] = best;
		}
	}
	return row[strlen(b)];
}

const char *cli_similar(const struct cli *cli, const char *name)
{
	const struct cli_command *const *c;
	const char *best = NULL;
	int least = 3;

	for (c = cli->commands; *c; c++) {
		int d = distance(name, (*c)->name);

		if (d < least && (*c)->group != CLI_HIDDEN) {
			least = d;
			best = (*c)->name;
		}
	}
	return best;
}
