/* What jobs have brought, in a file: a run that is killed before its commits, or whose
 * drafts nobody took, does not pay for them again. */
#include "base/alloc.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fail(struct amts_error *err, const char *what, const char *path)
{
	return amts_fail(
		err, AMTS_EFAIL, "cannot %s '%s': %s", what, path, strerror(errno));
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

	while ((n = read(fd, part, sizeof(part))) > 0)
		amts_buf_add(out, (struct amts_str){ part, (size_t)n });
	return n < 0 ? fail(err, "read", path) : amts_buf_check(out, path, err);
}

/* The next line; 0 at the end.  A last one that was cut off by a kill is none. */
static int next_line(struct amts_str *line, struct amts_str s, size_t *at)
{
	size_t end = amts_str_find(s, AMTS_STR("\n"), *at);

	if (end >= s.n)
		return 0;
	*line = amts_str_sub(s, *at, end);
	*at = end + 1;
	return 1;
}

static struct amts_str field(struct amts_str line, char sep, struct amts_str *rest)
{
	size_t end = amts_str_find(line, (struct amts_str){ &sep, 1 }, 0);

	*rest = amts_str_sub(line, end + 1, line.n);
	return amts_str_sub(line, 0, end);
}

/* Of a text as this engine translates it: customised otherwise it is another. */
void amazon_kept_id(
	char id[KEPT_ID + 1], const struct amts_amazon *a, struct amts_str text)
{
	const char *data = a->o.parallel_data ? a->o.parallel_data : "";
	struct amts_buf b = AMTS_BUF_INIT;
	char hex[AMTS_SHA256_HEX];

	amts_buf_addf(&b, "%s %s %s ", a->src, a->tgt, data);
	amazon_put_custom(&b, a);
	amts_buf_addz(&b, a->s3 ? "\n" : "realtime\n");
	amts_buf_add(&b, text);
	amts_sha256_hex(hex, amts_buf_str(&b));
	memcpy(id, hex, KEPT_ID);
	id[KEPT_ID] = '\0';
	amts_buf_release(&b);
}

static uint64_t key_of(const char *id)
{
	return amts_str_hash((struct amts_str){ id, KEPT_ID }, AMTS_HASH_SEED);
}

void amazon_kept_add(struct amts_amazon *a, struct amts_str id, struct amts_str text,
	struct amts_str job)
{
	struct amazon_kept r = { "", amts_arena_str(a->arena, text),
		amts_arena_str(a->arena, job) };

	memcpy(r.id, id.p, KEPT_ID);
	if (amts_map_add(&a->by_id, key_of(r.id), a->nkept) == a->nkept)
		AMTS_VEC_PUSH(a->kept, a->nkept, a->cap, r);
}

const struct amazon_kept *amazon_kept_find(const struct amts_amazon *a, const char *id)
{
	size_t i = amts_map_get(&a->by_id, key_of(id));

	return i == AMTS_MAP_NONE || strcmp(a->kept[i].id, id) ? NULL : &a->kept[i];
}

/* Where the last whole line ends: what follows was cut off by a kill. */
static size_t read_results(struct amts_amazon *a, struct amts_str all)
{
	struct amts_str line, id, job, text;
	size_t at = 0;

	while (next_line(&line, all, &at)) {
		id = field(line, '\t', &text);
		job = field(text, '\t', &text);
		if (id.n == KEPT_ID && text.n)
			amazon_kept_add(a, id, text, job);
	}
	return at;
}

int amazon_kept_load(struct amts_amazon *a, struct amts_error *err)
{
	struct amts_buf all = AMTS_BUF_INIT;
	const char *path = a->o.kept;
	int fd = open(path, O_RDWR | O_CLOEXEC), rc;
	size_t end;

	if (fd < 0)
		return errno == ENOENT ? AMTS_OK : fail(err, "open", path);
	rc = read_all(&all, fd, path, err);
	end = rc ? 0 : read_results(a, amts_buf_str(&all));
	if (!rc && end < all.n && ftruncate(fd, (off_t)end))
		rc = fail(err, "write", path);
	close(fd);
	amts_buf_release(&all);
	return rc;
}

int amazon_kept_save(struct amts_amazon *a, size_t from, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *path = a->o.kept;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), rc;

	if (fd < 0)
		return fail(err, "open", path);
	for (; from < a->nkept; from++)
		amts_buf_addf(&b, "%s\t" AMTS_STR_FMT "\t" AMTS_STR_FMT "\n",
			a->kept[from].id, AMTS_STR_ARG(a->kept[from].job),
			AMTS_STR_ARG(a->kept[from].text));
	rc = amts_buf_check(&b, path, err);
	if (!rc)
		rc = write_all(fd, amts_buf_str(&b), path, err);
	close(fd);
	amts_buf_release(&b);
	return rc;
}

/* ---- the folder in S3 that a killed run has left ---- */

static const char *folder_path(const struct amts_amazon *a, struct amts_arena *arena)
{
	return amts_arena_fmt(arena, "%s.folder", a->o.kept).p;
}

int amazon_folder_note(struct amts_amazon *a, const char *folder, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *path = folder_path(a, arena);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), rc;

	if (fd < 0)
		rc = fail(err, "open", path);
	else {
		rc = write_all(fd, amts_arena_fmt(arena, "%s\n", folder), path, err);
		close(fd);
	}
	amts_arena_free(arena);
	return rc;
}

const char *amazon_folder_left(const struct amts_amazon *a, struct amts_arena *arena)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_buf b = AMTS_BUF_INIT;
	const char *path = folder_path(a, arena), *folder = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (!read_all(&b, fd, path, &ignored) && b.n > 1 && b.p[b.n - 1] == '\n')
		folder = amts_arena_z(arena, amts_str_sub(amts_buf_str(&b), 0, b.n - 1));
	close(fd);
	amts_buf_release(&b);
	return folder;
}

void amazon_folder_forget(const struct amts_amazon *a)
{
	struct amts_arena *arena = amts_arena_new();

	unlink(folder_path(a, arena));
	amts_arena_free(arena);
}
