#ifndef TESTS_GITBOX_H
#define TESTS_GITBOX_H
/*
 * A throw-away folder in which tests make repositories with git itself.  cmocka's headers
 * come first in each test; the functions are static so that every test is one file and
 * this.
 */
#include "amts/repo.h"
#include "base/alloc.h"
#include "base/process.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* libgit2 1.5 with pcre2 leaks one match a regular expression. */
const char *__lsan_default_suppressions(void);
__attribute__((unused)) const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

static char box[64]; /* the folder; "" outside of tests */

__attribute__((unused)) static int box_open(void **state)
{
	(void)state;
	snprintf(box, sizeof(box), "/tmp/amts-test-XXXXXX");
	if (!mkdtemp(box) || chdir(box))
		return -1;
	setenv("HOME", box, 1);
	setenv("XDG_CONFIG_HOME", box, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_DATE", "2024-05-01T10:00:00Z", 1);
	setenv("GIT_COMMITTER_DATE", "2024-05-01T10:00:00Z", 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("GIT_DIR");
	return 0;
}

/* Run a program; its trimmed output lives until the next call.  It must succeed. */
__attribute__((unused)) static const char *box_run(const char *const *argv)
{
	static struct amts_buf out;
	struct amts_buf messages = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	int status = -1;

	if (!out.p)
		out = (struct amts_buf)AMTS_BUF_INIT;
	amts_buf_reset(&out);
	if (amts_process_run(&status, &out, &messages, argv, &err) || status)
		fail_msg(
			"%s %s: %d: %s%s", argv[0], argv[1], status, messages.p, err.msg);
	amts_buf_release(&messages);
	while (out.n && out.p[out.n - 1] == '\n')
		out.p[--out.n] = '\0';
	return out.p;
}

__attribute__((unused)) static int box_close(void **state)
{
	const char *const rm[] = { "rm", "-rf", box, NULL };

	(void)state;
	if (chdir("/"))
		return -1;
	box_run(rm);
	box[0] = '\0';
	return 0;
}

/* git("repo", "commit", "-q", ..., NULL) */
__attribute__((unused)) static const char *git(const char *dir, ...)
{
	const char *argv[32] = { "git", "-c", "init.defaultBranch=main", "-C", dir };
	size_t n = 5;
	va_list ap;

	va_start(ap, dir);
	while (n < 31 && (argv[n] = va_arg(ap, const char *)))
		n++;
	va_end(ap);
	return box_run(argv);
}

__attribute__((unused)) static void put(const char *path, const char *text)
{
	char dir[512];
	char *p;
	FILE *f;

	snprintf(dir, sizeof(dir), "%s", path);
	for (p = dir; (p = strchr(p + 1, '/'));) {
		*p = '\0';
		mkdir(dir, 0777);
		*p = '/';
	}
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
}

/* A repository with an identity and no commit. */
__attribute__((unused)) static void make_repo(const char *dir)
{
	mkdir(dir, 0777);
	git(dir, "init", "-q", NULL);
	git(dir, "config", "user.name", "Ada Example", NULL);
	git(dir, "config", "user.email", "ada@example.org", NULL);
}

__attribute__((unused)) static void commit_all(const char *dir, const char *message)
{
	git(dir, "add", "-A", NULL);
	git(dir, "commit", "-q", "--allow-empty", "-m", message, NULL);
}

/* No error, or a failure that shows its message. */
#define ok(call)                                                                         \
	do {                                                                             \
		struct amts_error ok_err = AMTS_ERROR_INIT, *err = &ok_err;              \
		if ((call) != AMTS_OK)                                                   \
			fail_msg("%s: %s", #call, ok_err.msg);                           \
	} while (0)

/* A failure of this code, whose message holds this text. */
#define fails(call, want, text)                                                          \
	do {                                                                             \
		struct amts_error ok_err = AMTS_ERROR_INIT, *err = &ok_err;              \
		assert_int_equal((call), (want));                                        \
		assert_int_equal(ok_err.code, (want));                                   \
		if (!strstr(ok_err.msg, (text)))                                         \
			fail_msg("\"%s\" is not in: %s", (text), ok_err.msg);            \
	} while (0)

#endif
