/* git amts-sync: the table of commands, and what happens around each of them. */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_FATAL = 128, EXIT_USAGE = 129 };

/* In the order of -h. */
static const struct cli_command *const commands[] = {
	&cmd_init,
	&cmd_status,
	&cmd_diff,
	&cmd_sync,
	&cmd_check,
	&cmd_hooks,
	&cmd_pairs,
	&cmd_memory,
	&cmd_amazon,
	&cmd_align,
	&cmd_merge_file,
	&cmd_merge_driver,
	&cmd_hook,
	&cmd_parse,
	&cmd_score,
	&cmd_eval,
	NULL,
};

/* Descriptors 0 to 2 must be open, or files would take their places; what was closed
 * fails when it is used. */
static void hold_standard_descriptors(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", flags) != fd)
			_exit(EXIT_FATAL);
	}
}

static const struct cli_command *find_command(const char *name)
{
	const struct cli_command *const *c;

	for (c = commands; *c; c++) {
		if (!strcmp((*c)->name, name))
			return *c;
	}
	return NULL;
}

static int usage_error(const struct cli *cli, const char *msg)
{
	cli_say("error", msg);
	cli_usage_hint(cli);
	return EXIT_USAGE;
}

static int unknown_command(const struct cli *cli, const char *name)
{
	const char *similar = cli_similar(cli, name);

	fprintf(stderr, "error: '%s' is not a command of git amts-sync\n", name);
	if (similar)
		fprintf(stderr, "hint: did you mean '%s'?\n", similar);
	cli_usage_hint(cli);
	return EXIT_USAGE;
}

/* Parse, run; the exit code. */
static int run_command(struct cli *cli, int argc, char **argv)
{
	struct amts_error err = AMTS_ERROR_INIT;
	void *opts = amts_arena_alloc(cli->arena, cli->cmd->opts_size + 1);
	int nargs = 0, rc;

	rc = cli_parse(opts, &nargs, cli, argc, argv, &err);
	if (rc > 0) {
		cli_help(cli);
		return 0;
	}
	if (!rc)
		rc = cli_color_init(cli, &err);
	if (!rc)
		rc = cli->cmd->run(cli, opts, nargs, argv, &err);
	if (rc == AMTS_EUSAGE)
		return usage_error(cli, err.msg);
	if (rc < 0) {
		cli_say("fatal", err.msg);
		return EXIT_FATAL;
	}
	return rc;
}

/* What is not a command: -h, --version; by default, sync. */
static int dispatch(struct cli *cli, int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : NULL;

	if (first && *first != '-') {
		cli->cmd = find_command(first);
		return cli->cmd ? run_command(cli, argc - 1, argv + 1)
				: unknown_command(cli, first);
	}
	if (first && !strcmp(first, "--version")) {
		puts("git-amts-sync version " AMTS_VERSION);
		return 0;
	}
	if (first && !strcmp(first, "--list-completions"))
		return cli_list_completions(cli, argc > 2 ? argv[2] : NULL);
	if (first && !strcmp(first, "--help"))
		cli_man(cli);
	if (first && (!strcmp(first, "-h") || !strcmp(first, "--help"))) {
		cli_overview(cli);
		return 0;
	}
	cli->cmd = find_command("sync");
	if (!cli->cmd)
		return usage_error(cli, "which command?");
	return run_command(cli, argc, argv);
}

int main(int argc, char **argv)
{
	struct cli cli = { .commands = commands };
	struct amts_error err = AMTS_ERROR_INIT;
	int code;

	hold_standard_descriptors();
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN); /* a file too large is a write that fails */
	cli.arena = amts_arena_new();
	cli.program = argv[0];
	code = dispatch(&cli, argc, argv);
	if (cli_finish(&cli, &err) && code < EXIT_FATAL) {
		cli_say("fatal", err.msg);
		code = EXIT_FATAL;
	}
	amts_arena_free(cli.arena);
	return code;
}
