/* What depends on a terminal: colour, the pager; and the end of stdout. */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const sgr[] = {
	[CLI_RESET] = "\033[m",
	[CLI_BOLD] = "\033[1m",
	[CLI_DIM] = "\033[2m",
	[CLI_RED] = "\033[31m",
	[CLI_GREEN] = "\033[32m",
	[CLI_YELLOW] = "\033[33m",
	[CLI_CYAN] = "\033[36m",
};

const char *cli_color(const struct cli *cli, enum cli_color c)
{
	return cli->color ? sgr[c] : "";
}

static int set_and_not_empty(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/*
 * Run git with stdout into buf (NUL terminated, trailing line end dropped); its exit
 * code, or -1.  Only asked for what git alone knows, and only on a terminal.
 */
static int ask_git(char *buf, size_t size, const char *const argv[])
{
	int fd[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	if (pipe(fd))
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(fd[1], STDOUT_FILENO);
		close(fd[0]);
		close(fd[1]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(fd[1]);
	while (pid > 0 && n + 1 < size && (got = read(fd[0], buf + n, size - 1 - n)) > 0)
		n += (size_t)got;
	close(fd[0]);
	if (n && buf[n - 1] == '\n')
		n--;
	buf[n] = '\0';
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* color.ui with everything that git knows: includes, git -c. */
static int color_ui(void)
{
	static const char *const argv[] = { "git", "config", "--get-colorbool",
		"color.ui", "true", NULL };
	char answer[8];

	return ask_git(answer, sizeof(answer), argv) != 0 || !strcmp(answer, "true");
}

int cli_color_init(struct cli *cli, struct amts_error *err)
{
	const char *when = cli->color_when;
	const char *term = getenv("TERM");

	if (when && (!*when || !strcmp(when, "always")))
		cli->color = 1;
	else if (when && !strcmp(when, "never"))
		cli->color = 0;
	else if (when && strcmp(when, "auto") != 0)
		return amts_fail(err, AMTS_EUSAGE,
			"option 'color' wants always, auto or never, not '%s'", when);
	else
		cli->color = isatty(STDOUT_FILENO) && !set_and_not_empty("NO_COLOR") &&
			     term && strcmp(term, "dumb") != 0 && color_ui();
	return AMTS_OK;
}

/* The pager's command line is meant for the shell (git-var(1)). */
static void run_pager(const char *command)
{
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

void cli_pager(struct cli *cli)
{
	static const char *const argv[] = { "git", "var", "GIT_PAGER", NULL };
	char command[1024];
	int fd[2];
	pid_t pid;

	if (cli->pager || !isatty(STDOUT_FILENO))
		return;
	if (ask_git(command, sizeof(command), argv) != 0 || !*command ||
		!strcmp(command, "cat"))
		return;
	fflush(stdout);
	if (pipe(fd))
		return;
	pid = fork();
	if (pid == 0) {
		dup2(fd[0], STDIN_FILENO);
		close(fd[0]);
		close(fd[1]);
		run_pager(command);
	}
	if (pid > 0) {
		dup2(fd[1], STDOUT_FILENO);
		cli->pager = pid;
		signal(SIGINT,
			SIG_IGN); /* the pager's from now on; quitting it ends us */
	}
	close(fd[0]);
	close(fd[1]);
}

int cli_finish(struct cli *cli, struct amts_error *err)
{
	int failed = fflush(stdout) != 0;
	int why = errno;

	failed |= ferror(stdout);
	failed |= fclose(stdout) != 0;
	if (cli->pager) {
		close(STDOUT_FILENO);
		while (waitpid((pid_t)cli->pager, NULL, 0) < 0 && errno == EINTR)
			;
		return AMTS_OK;
	}
	return failed ? amts_fail(err, AMTS_EFAIL, "cannot write to standard output: %s",
				strerror(why))
		      : AMTS_OK;
}

int cli_yes(void)
{
	char line[64];

	for (;;) {
		fflush(stdout);
		if (!fgets(line, sizeof(line), stdin))
			return 0;
		if (!strcmp(line, "\n") || !strcasecmp(line, "y\n") ||
			!strcasecmp(line, "yes\n"))
			return 1;
		if (!strcasecmp(line, "n\n") || !strcasecmp(line, "no\n"))
			return 0;
		if (strchr(line, '\n'))
			fputs("Please answer yes or no: ", stdout);
	}
}

/* C0 and DEL as ^X, C1 (which are two bytes in UTF-8) and stray bytes by their value. */
static void put_safely(FILE *to, struct amts_str s, const char *plain)
{
	size_t i, n;

	for (i = 0; i < s.n; i += n) {
		unsigned char c = (unsigned char)s.p[i];

		n = cli_utf8_length(amts_str_sub(s, i, s.n));
		if (!n) {
			fprintf(to, "<%02X>", c);
			n = 1;
		} else if (c == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0) {
			fprintf(to, "<U+%04X>", (unsigned char)s.p[i + 1]);
		} else if (c == 0x7f || (c < 0x20 && (!c || !strchr(plain, c)))) {
			fprintf(to, "^%c", c ^ 0x40);
		} else {
			fwrite(s.p + i, 1, n, to);
		}
	}
}

void cli_put_text(struct amts_str s)
{
	cli_put_text_to(stdout, s);
}

void cli_put_text_to(FILE *out, struct amts_str s)
{
	put_safely(out, s, "\t\n");
}

void cli_put_data(struct amts_str s)
{
	if (isatty(STDOUT_FILENO))
		put_safely(stdout, s, "\t\n\r");
	else
		fwrite(s.p, 1, s.n, stdout);
}

void cli_say(const char *kind, const char *message)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", kind);
	put_safely(stderr, amts_str_z(message), "\t");
	fputc('\n', stderr);
}

void cli_warn(const char *fmt, ...)
{
	char message[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	cli_say("warning", message);
}
