#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(struct amts_error *err, const char *what, const char *path)
{
	return amts_fail(err, errno == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
		"cannot %s '%s': %s", what, path, strerror(errno));
}

static int write_all(int fd, struct amts_str s, const char *path, struct amts_error *err)
{
	size_t at = 0;

	while (at < s.n) {
		ssize_t n = write(fd, s.p + at, s.n - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(err, "write", path);
		at += (size_t)n;
	}
	return fsync(fd) ? fail(err, "write", path) : AMTS_OK;
}

static int read_all(
	struct amts_buf *out, int fd, const char *path, struct amts_error *err)
{
	char part[65536];
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			amts_buf_add(out, (struct amts_str){ part, (size_t)n });
	return n < 0 ? fail(err, "read", path) : amts_buf_check(out, path, err);
}

int amts_file_read(struct amts_buf *out, const char *path, struct amts_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	if (fd < 0)
		return fail(err, "open", path);
	rc = read_all(out, fd, path, err);
	close(fd);
	return rc;
}

/* The name of a new file is on the disk when its folder is. */
static void settle_folder(const char *path)
{
	struct amts_arena *arena = amts_arena_new();
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;
	int fd = open(n ? amts_arena_z(arena, (struct amts_str){ path, n }) : ".",
		O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!fsync(fd);
		close(fd);
	}
	amts_arena_free(arena);
}

static int is_at(int fd, const char *path)
{
	struct stat ours, there;

	return !fstat(fd, &ours) && !stat(path, &there) && ours.st_dev == there.st_dev &&
	       ours.st_ino == there.st_ino;
}

/* An empty file, locked: who waited for it finds that it was renamed, and makes another.
 * It has one name, so that one left by a process that was killed is used by the next. */
static int open_new(const char *new, mode_t mode)
{
	int fd;

	while ((fd = open(new, O_WRONLY | O_CREAT | O_CLOEXEC, mode)) >= 0) {
		while (flock(fd, LOCK_EX) && errno == EINTR)
			; /* no locks on this file system: as it was before there were */
		if (is_at(fd, new) && !ftruncate(fd, 0))
			break;
		close(fd);
	}
	return fd;
}

int amts_file_replace(
	const char *path, struct amts_str bytes, mode_t mode, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *new = amts_arena_fmt(arena, "%s.new", path).p;
	int fd = open_new(new, mode), rc;

	if (fd < 0) {
		rc = fail(err, "create", new);
	} else {
		rc = write_all(fd, bytes, new, err);
		if (!rc && rename(new, path))
			rc = fail(err, "rename", new);
		if (rc)
			unlink(new);
		close(fd);
		settle_folder(path);
	}
	amts_arena_free(arena);
	return rc;
}

/* Where the last whole line ends. */
static off_t end_of_lines(int fd)
{
	off_t at = lseek(fd, 0, SEEK_END);
	char c;

	while (at > 0 && pread(fd, &c, 1, at - 1) == 1 && c != '\n')
		at--;
	return at;
}

/* Until it is closed: another process may be at the same place.  A file system without
 * locks is no reason to lose what was to be written. */
static void wait_for_lock(int fd)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	while (fcntl(fd, F_SETLKW, &whole) && errno == EINTR)
		;
}

int amts_file_append(const char *path, struct amts_str bytes, struct amts_error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), rc = AMTS_OK;
	off_t end;

	if (fd < 0)
		return fail(err, "open", path);
	wait_for_lock(fd);
	end = end_of_lines(fd);
	if (ftruncate(fd, end) || lseek(fd, end, SEEK_SET) < 0)
		rc = fail(err, "write", path);
	if (!rc)
		rc = write_all(fd, bytes, path, err);
	close(fd);
	return rc;
}

int amts_next_line(struct amts_str *line, struct amts_str s, size_t *at)
{
	size_t end = amts_str_find(s, AMTS_STR("\n"), *at);

	if (end >= s.n)
		return 0;
	*line = amts_str_sub(s, *at, end);
	*at = end + 1;
	return 1;
}

struct amts_str amts_next_field(struct amts_str line, char sep, struct amts_str *rest)
{
	size_t end = amts_str_find(line, (struct amts_str){ &sep, 1 }, 0);

	*rest = amts_str_sub(line, end + 1, line.n);
	return amts_str_sub(line, 0, end);
}
