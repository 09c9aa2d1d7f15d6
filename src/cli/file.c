/* Files whole: read, and written so that no reader ever sees half of one. */
#define _XOPEN_SOURCE 700 /* realpath; NOLINT(bugprone-reserved-identifier) */
#include "cli.h"

#include "amts/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The largest document that is read; what amts_doc_parse takes. */
#define FILE_MAX ((size_t)0xffffffff)

static int read_all(struct amts_buf *buf, int fd)
{
	static char chunk[1 << 16];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		amts_buf_add(buf, (struct amts_str){ chunk, (size_t)n });
		if (buf->over)
			break;
	}
	return 0;
}

int cli_read(struct amts_str *out, struct amts_arena *arena, const char *path,
	struct amts_error *err)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	int standard = !strcmp(path, "-");
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return amts_fail(err, errno == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot open '%s': %s", path, strerror(errno));
	buf.max = FILE_MAX;
	rc = AMTS_OK;
	if (read_all(&buf, fd))
		rc = amts_fail(err, AMTS_EFAIL, "cannot read '%s': %s",
			standard ? "standard input" : path, strerror(errno));
	if (!standard)
		close(fd);
	if (!rc)
		rc = amts_buf_check(&buf, path, err);
	if (!rc)
		*out = amts_arena_str(arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return rc;
}

static int write_all(int fd, struct amts_str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		s.p += n;
		s.n -= (size_t)n;
	}
	return 0;
}

void cli_warn_of_bytes(const char *path, struct amts_str bytes)
{
	size_t at = amts_utf8_fault(bytes);

	if (at < bytes.n)
		cli_warn("%s: not UTF-8 at byte %zu; blocks with such bytes are not "
			 "looked at",
			path, at);
}

static int write_failed(const char *path, struct amts_error *err)
{
	return amts_fail(err, AMTS_EFAIL, "cannot write '%s': %s", path, strerror(errno));
}

/* /dev/stdout, a pipe: nothing to replace. */
static int write_through(const char *path, struct amts_str bytes, struct amts_error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int failed = fd < 0 || write_all(fd, bytes);

	if (fd >= 0)
		failed |= close(fd);
	return failed ? write_failed(path, err) : AMTS_OK;
}

static mode_t mode_of_new_files(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Write to the temporary file and put it in place. */
static int replace(
	const char *tmp, int fd, const char *path, mode_t mode, struct amts_str bytes)
{
	int failed = write_all(fd, bytes) || fchmod(fd, mode) || fsync(fd);
	int why = errno;

	if (close(fd) && !failed) {
		failed = 1;
		why = errno;
	}
	if (!failed && rename(tmp, path)) {
		failed = 1;
		why = errno;
	}
	if (failed)
		unlink(tmp);
	errno = why;
	return failed;
}

int cli_write(const char *path, struct amts_str bytes, struct amts_error *err)
{
	struct amts_buf tmp = AMTS_BUF_INIT;
	struct stat st;
	int there = stat(path, &st) == 0;
	char *real = there ? realpath(path, NULL) : NULL;
	int fd, failed;

	if (there && !S_ISREG(st.st_mode)) {
		free(real);
		return write_through(path, bytes, err);
	}
	amts_buf_addf(&tmp, "%s.XXXXXX", real ? real : path);
	fd = mkstemp(tmp.p);
	failed = fd < 0 ||
		 replace(tmp.p, fd, real ? real : path,
			 there ? st.st_mode & 07777 : mode_of_new_files(), bytes);
	if (failed)
		write_failed(path, err);
	free(real);
	amts_buf_release(&tmp);
	return failed ? AMTS_EFAIL : AMTS_OK;
}
