#include "base/alloc.h"
#include "base/disk.h"
#include "mt/amazon_batch.h"
#include "net/crypto.h"

#include <dirent.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".job"
#define NAME 24 /* hex digits */

static const struct {
	const char *key;
	size_t at;
} strings[] = {
#define S(member)                                                                        \
	{                                                                                \
#member, offsetof(struct amazon_job, member)                             \
	}
	S(token),
	S(id),
	S(output),
	S(bucket),
	S(prefix),
	S(role),
	S(region),
	S(src_lang),
	S(langs),
	S(kept),
	S(data),
	S(terminology),
	S(salt),
	S(content),
#undef S
}, numbers[] = {
#define N(member)                                                                        \
	{                                                                                \
#member, offsetof(struct amazon_job, member)                             \
	}
	N(how_data),
	N(formality),
	N(segments),
	N(documents),
	N(characters),
	N(started),
	N(own_terms),
	N(keep),
#undef N
};

static const char *const steps[] = { "data", "upload", "start", "run", "fetch", "clear" };

#define COUNT(v) (sizeof(v) / sizeof(*(v)))

static const char **string_at(struct amazon_job *j, size_t i)
{
	return (const char **)(void *)((char *)j + strings[i].at);
}

static uint64_t *number_at(struct amazon_job *j, size_t i)
{
	return (uint64_t *)(void *)((char *)j + numbers[i].at);
}

struct amazon_job *amazon_job_new(void)
{
	struct amazon_job *j = amts_calloc(1, sizeof(*j));
	size_t i;

	j->arena = amts_arena_new();
	j->name = "";
	for (i = 0; i < COUNT(strings); i++)
		*string_at(j, i) = "";
	return j;
}

void amazon_job_free(struct amazon_job *j)
{
	amts_arena_free(j->texts);
	amts_arena_free(j->arena);
	free(j);
}

void amazon_job_make_token(struct amazon_job *j)
{
	char hex[AMTS_SHA256_HEX];

	amts_sha256_hex(hex, amts_arena_fmt(j->arena, "%s%s", j->content, j->salt));
	j->token = amts_arena_z(j->arena, amts_str_z(hex));
}

const char *amazon_journal_path(struct amts_arena *arena, const char *folder,
	const struct amazon_job *j, const char *suffix)
{
	return amts_arena_fmt(arena, "%s/%s%s", folder, j->name, suffix).p;
}

/* ---- the record ---- */

static void put_line(struct amts_buf *b, const char *key, const char *value)
{
	amts_buf_addf(b, "%s ", key);
	for (; *value; value++)
		amts_buf_addc(b, *value == '\n' ? ' ' : *value);
	amts_buf_addc(b, '\n');
}

int amazon_job_begin(struct amazon_job *j, const char *folder, enum amazon_step step,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;
	int rc;

	put_line(&b, "step", steps[step]);
	for (i = 0; i < COUNT(strings); i++)
		if (**string_at(j, i))
			put_line(&b, strings[i].key, *string_at(j, i));
	for (i = 0; i < COUNT(numbers); i++)
		amts_buf_addf(&b, "%s %" PRIu64 "\n", numbers[i].key, *number_at(j, i));
	rc = amts_file_replace(amazon_journal_path(arena, folder, j, SUFFIX),
		amts_buf_str(&b), 0600, err);
	if (!rc)
		j->step = step;
	amts_buf_release(&b);
	amts_arena_free(arena);
	return rc;
}

static void read_line(struct amazon_job *j, struct amts_str key, struct amts_str value)
{
	const char *z = amts_arena_z(j->arena, value);
	size_t i;

	for (i = 0; i < COUNT(steps); i++)
		if (amts_str_eq(key, AMTS_STR("step")) && !strcmp(z, steps[i]))
			j->step = (enum amazon_step)i;
	for (i = 0; i < COUNT(strings); i++)
		if (amts_str_eq(key, amts_str_z(strings[i].key)))
			*string_at(j, i) = z;
	for (i = 0; i < COUNT(numbers); i++)
		if (amts_str_eq(key, amts_str_z(numbers[i].key)))
			*number_at(j, i) = strtoull(z, NULL, 10);
}

/* NULL for a file that is no record. */
static struct amazon_job *read_record(const char *folder, const char *file)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_buf b = AMTS_BUF_INIT;
	struct amazon_job *j = amazon_job_new();
	struct amts_str line, value;
	size_t at = 0;
	int rc;

	j->name = amts_arena_z(j->arena, (struct amts_str){ file, NAME });
	rc = amts_file_read(
		&b, amazon_journal_path(j->arena, folder, j, SUFFIX), &ignored);
	while (!rc && amts_next_line(&line, amts_buf_str(&b), &at)) {
		struct amts_str key = amts_next_field(line, ' ', &value);

		read_line(j, key, value);
	}
	amts_buf_release(&b);
	if (!rc && *j->token && *j->bucket && *j->langs && *j->kept)
		return j;
	amazon_job_free(j);
	return NULL;
}

static int by_age(const void *x, const void *y)
{
	const struct amazon_job *a = *(struct amazon_job *const *)x;
	const struct amazon_job *b = *(struct amazon_job *const *)y;

	if (a->started != b->started)
		return a->started < b->started ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int is_record(const char *file)
{
	return strlen(file) == NAME + sizeof(SUFFIX) - 1 &&
	       strspn(file, "0123456789abcdef") == NAME && !strcmp(file + NAME, SUFFIX);
}

void amazon_journal_read(struct amazon_job ***out, size_t *n, const char *folder)
{
	DIR *dir = opendir(folder);
	struct amazon_job **v = NULL, *j;
	const struct dirent *e;
	size_t cap = 0;

	*n = 0;
	while (dir && (e = readdir(dir)))
		if (is_record(e->d_name) && (j = read_record(folder, e->d_name)))
			AMTS_VEC_PUSH(v, *n, cap, j);
	if (dir)
		closedir(dir);
	if (*n)
		qsort(v, *n, sizeof(*v), by_age);
	*out = v;
}

/* Of a job that was killed before its first record, or a file that was being written. */
static int is_litter(const char *folder, const char *file)
{
	struct amts_arena *arena = amts_arena_new();
	const char *record = amts_arena_fmt(arena, "%s/%.24s" SUFFIX, folder, file).p;
	int is_ours = strspn(file, "0123456789abcdef") == NAME && file[NAME] == '.';
	int out = is_ours && (amts_str_ends(amts_str_z(file), AMTS_STR(".new")) ||
				     (access(record, F_OK) && !is_record(file)));

	amts_arena_free(arena);
	return out;
}

void amazon_journal_sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;

	while (dir && (e = readdir(dir))) {
		struct amts_arena *arena;

		if (!is_litter(folder, e->d_name))
			continue;
		arena = amts_arena_new();
		unlink(amts_arena_fmt(arena, "%s/%s", folder, e->d_name).p);
		amts_arena_free(arena);
	}
	if (dir)
		closedir(dir);
}

void amazon_journal_forget(const struct amazon_job *j, const char *folder)
{
	static const char *const suffixes[] = { ".tmx", ".terms", ".segments", SUFFIX };
	struct amts_arena *arena = amts_arena_new();
	size_t i;

	for (i = 0; i < COUNT(suffixes); i++)
		unlink(amazon_journal_path(arena, folder, j, suffixes[i]));
	amts_arena_free(arena);
}

/* ---- segments: "path:line", a tab, the text ---- */

static void put_escaped(struct amts_buf *b, struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			amts_buf_addz(b, "\\\\");
		else if (s.p[i] == '\n')
			amts_buf_addz(b, "\\n");
		else if (s.p[i] == '\t')
			amts_buf_addz(b, "\\t");
		else
			amts_buf_addc(b, s.p[i]);
	}
}

static struct amts_str unescape(struct amts_arena *arena, struct amts_str s)
{
	char *p = AMTS_NEW(arena, char, s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\\' && i + 1 < s.n) {
			c = s.p[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		p[n++] = c;
	}
	return (struct amts_str){ p, n };
}

int amazon_job_write_segments(const struct amazon_job *j, const char *folder,
	const struct amts_mt_request *requests, size_t n, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *path = amazon_journal_path(arena, folder, j, ".segments");
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;
	int rc;

	for (i = 0; i < n; i++) {
		put_escaped(&b, amts_str_z(requests[i].where));
		amts_buf_addc(&b, '\t');
		put_escaped(&b, requests[i].text);
		amts_buf_addc(&b, '\n');
	}
	rc = amts_buf_check(&b, path, err);
	if (!rc)
		rc = amts_file_replace(path, amts_buf_str(&b), 0600, err);
	amts_buf_release(&b);
	amts_arena_free(arena);
	return rc;
}

int amazon_job_read_segments(
	struct amazon_job *j, const char *folder, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str line, text;
	size_t at = 0, i = 0, most;
	const char *path;
	int rc;

	if (j->requests)
		return AMTS_OK;
	path = amazon_journal_path(j->arena, folder, j, ".segments");
	rc = amts_file_read(&b, path, err);
	most = rc ? 0 : b.n / 2; /* a tab and a line end each */
	if (j->segments < most)
		most = (size_t)j->segments;
	j->texts = amts_arena_new();
	j->requests = AMTS_NEW(j->texts, struct amts_mt_request, most + 1);
	while (!rc && i < most && amts_next_line(&line, amts_buf_str(&b), &at)) {
		struct amts_str where = amts_next_field(line, '\t', &text);

		j->requests[i].where = amts_arena_z(j->texts, unescape(j->texts, where));
		j->requests[i++].text = unescape(j->texts, text);
	}
	if (!rc && i < j->segments)
		rc = amts_fail(err, AMTS_EPARSE,
			"'%s' line %zu: not whole, the job has %" PRIu64 " segments",
			path, i + 1, j->segments);
	if (rc) {
		amts_arena_free(j->texts);
		j->texts = NULL;
		j->requests = NULL;
	}
	amts_buf_release(&b);
	return rc;
}
