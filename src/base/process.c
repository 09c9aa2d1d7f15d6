#include "base/process.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
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

/* An errno, 0 for none.  Not fork, which copies the tables of all memory of a big
 * process. */
static int start(pid_t *pid, const char *const *argv, int out, int messages)
{
	posix_spawn_file_actions_t files;
	char **env = child_environment();
	int e = posix_spawn_file_actions_init(&files);

	if (e) {
		free(env);
		return e;
	}
	e = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	if (!e)
		e = posix_spawn_file_actions_adddup2(&files, out, 1);
	if (!e)
		e = posix_spawn_file_actions_adddup2(&files, messages, 2);
	if (!e)
		e = posix_spawnp(pid, argv[0], &files, NULL, (char *const *)argv, env);
	posix_spawn_file_actions_destroy(&files);
	free(env);
	return e;
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

static int open_pipes(int pipes[2][2], struct amts_error *err)
{
	int i, j;

	for (i = 0; i < 2; i++)
		pipes[i][0] = pipes[i][1] = -1;
	for (i = 0; i < 2; i++) {
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
	int p[2][2], e = 0, rc = open_pipes(p, err), i;
	pid_t pid = -1;

	if (!rc)
		e = start(&pid, argv, p[0][1], p[1][1]);
	if (e)
		rc = amts_fail(err, e == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot run '%s': %s", argv[0], strerror(e));
	for (i = 0; i < 2; i++)
		close_fd(&p[i][1]);
	if (!rc) {
		drain(p[0][0], out, p[1][0], messages);
		*status = wait_for(pid);
	}
	for (i = 0; i < 2; i++)
		close_fd(&p[i][0]);
	return rc;
}
