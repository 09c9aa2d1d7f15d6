#include "base/process.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* git rev-parse --local-env-vars, without the two that carry "git -c" settings on; and
 * what is set anew. */
static const char *const local_vars[] = { "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
	"GIT_CONFIG=", "GIT_OBJECT_DIRECTORY=", "GIT_DIR=", "GIT_WORK_TREE=",
	"GIT_IMPLICIT_WORK_TREE=", "GIT_GRAFT_FILE=", "GIT_INDEX_FILE=",
	"GIT_NO_REPLACE_OBJECTS=", "GIT_REPLACE_REF_BASE=", "GIT_PREFIX=",
	"GIT_SHALLOW_FILE=", "GIT_COMMON_DIR=", "GIT_INTERNAL_SUPER_PREFIX=",
	"LANGUAGE=" };
/* Its messages are read: gettext translates none then, and characters stay the user's. */
static char untranslated[] = "LANGUAGE=C";

static int is_local(const char *var)
{
	size_t i;

	for (i = 0; i < sizeof(local_vars) / sizeof(*local_vars); i++)
		if (!strncmp(var, local_vars[i], strlen(local_vars[i])))
			return 1;
	return 0;
}

static char **child_environment(void)
{
	size_t i, n = 0;
	char **env;

	for (i = 0; environ[i]; i++)
		;
	env = amts_malloc((i + 2) * sizeof(*env));
	for (i = 0; environ[i]; i++)
		if (!is_local(environ[i]))
			env[n++] = environ[i];
	env[n++] = untranslated;
	env[n] = NULL;
	return env;
}

/* In the child: only calls that are safe after fork in a threaded program. */
static void become(const char *const *argv, char **env, int out, int messages, int report)
{
	int nothing = open("/dev/null", O_RDONLY), e;

	if (nothing >= 0 && dup2(nothing, 0) >= 0 && dup2(out, 1) >= 0 &&
		dup2(messages, 2) >= 0) {
		environ = env;
		execvp(argv[0], (char *const *)argv);
	}
	e = errno;
	(void)!write(report, &e, sizeof(e));
	_exit(127);
}

/* Both pipes until both are closed, so that neither can fill up and block the child. */
static void drain(int out_fd, struct amts_buf *out, int msg_fd, struct amts_buf *messages)
{
	struct pollfd fds[2] = { { out_fd, POLLIN, 0 }, { msg_fd, POLLIN, 0 } };
	struct amts_buf *into[2] = { out, messages };
	char chunk[16384];
	int i;

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		for (i = 0; i < 2; i++) {
			ssize_t n;

			if (fds[i].fd < 0 || !fds[i].revents)
				continue;
			n = read(fds[i].fd, chunk, sizeof(chunk));
			if (n > 0)
				amts_buf_add(
					into[i], (struct amts_str){ chunk, (size_t)n });
			else if (n == 0 || errno != EINTR)
				fds[i].fd = -1;
		}
	}
}

static int wait_for(pid_t pid)
{
	int st;

	while (waitpid(pid, &st, 0) < 0)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

static int open_pipes(int pipes[3][2], struct amts_error *err)
{
	int i, j;

	for (i = 0; i < 3; i++)
		pipes[i][0] = pipes[i][1] = -1;
	for (i = 0; i < 3; i++) {
		if (pipe(pipes[i]) < 0)
			return amts_fail(err, AMTS_EFAIL, "cannot make a pipe: %s",
				strerror(errno));
		for (j = 0; j < 2; j++)
			fcntl(pipes[i][j], F_SETFD, FD_CLOEXEC);
	}
	return AMTS_OK;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int amts_process_run(int *status, struct amts_buf *out, struct amts_buf *messages,
	const char *const *argv, struct amts_error *err)
{
	int p[3][2], e = 0, rc = open_pipes(p, err), i;
	char **env = child_environment();
	pid_t pid = -1;

	if (!rc && (pid = fork()) < 0)
		rc = amts_fail(err, AMTS_EFAIL, "cannot start '%s': %s", argv[0],
			strerror(errno));
	if (!pid)
		become(argv, env, p[0][1], p[1][1], p[2][1]);
	for (i = 0; i < 3; i++)
		close_fd(&p[i][1]);
	if (pid > 0) {
		drain(p[0][0], out, p[1][0], messages);
		if (read(p[2][0], &e, sizeof(e)) != (ssize_t)sizeof(e))
			e = 0;
		*status = wait_for(pid);
	}
	for (i = 0; i < 3; i++)
		close_fd(&p[i][0]);
	free(env);
	if (e)
		rc = amts_fail(err, e == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot run '%s': %s", argv[0], strerror(e));
	return rc;
}
