#include "infer/front_matter.h"

#include <string.h>

#define LINES_MAX 200
#define ID_MIN 7 /* digits of an id that is cut short, as git cuts it */
#define ID_MAX 40

static struct amts_str next_line(struct amts_str s, size_t *at)
{
	size_t end = amts_str_find(s, AMTS_STR("\n"), *at);
	struct amts_str line = amts_str_sub(s, *at, end);

	*at = end + (end < s.n);
	return line;
}

static int is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* "date: 20240101" names no commit, though one may begin so; "l10n_commit: 5876342" does.
 */
static int is_number(struct amts_str key, struct amts_str value)
{
	size_t i = 0;

	while (i < value.n && value.p[i] >= '0' && value.p[i] <= '9')
		i++;
	return i == value.n && amts_str_find(key, AMTS_STR("commit"), 0) == key.n &&
	       amts_str_find(key, AMTS_STR("hash"), 0) == key.n;
}

/* The id that is the value of a line, without quotes and what follows it; empty for none.
 */
static struct amts_str id_of(struct amts_str line)
{
	struct amts_str id, rest;
	size_t at, n = 0;

	for (at = 0; at < line.n && line.p[at] != ':' && line.p[at] != '='; at++)
		;
	id = amts_str_trim(amts_str_sub(line, at + 1, line.n));
	if (id.n && strchr("\"'", id.p[0]))
		id = amts_str_sub(id, 1, id.n);
	while (n < id.n && is_hex(id.p[n]))
		n++;
	rest = amts_str_sub(id, n, id.n);
	id = amts_str_sub(id, 0, n);
	if (n < ID_MIN || n > ID_MAX || is_number(amts_str_sub(line, 0, at), id) ||
		(rest.n && !strchr("\"' ,#", rest.p[0])))
		return AMTS_STR("");
	return id;
}

/* What an id is of; AMTS_ENOTFOUND is no failure. */
static int look_up(struct amts_oid *base, struct amts_oid *commit, struct amts_str id,
	struct amts_repo *source, struct amts_str src_path, struct amts_error *err)
{
	char rev[ID_MAX + 1];
	struct amts_oid blob = { "" };
	int rc;

	memcpy(rev, id.p, id.n);
	rev[id.n] = '\0';
	rc = amts_repo_resolve(commit, source, rev, err);
	if (!rc)
		return amts_repo_blob_at(base, source, commit, src_path, err);
	memset(commit, 0, sizeof(*commit));
	if (id.n != ID_MAX)
		return AMTS_ENOTFOUND; /* ambiguous, or nothing */
	memcpy(blob.hex, rev, sizeof(rev));
	if (rc == AMTS_ENOTFOUND && amts_repo_has(source, &blob)) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_str bytes;

		rc = amts_repo_blob(&bytes, arena, source, &blob, err);
		amts_arena_free(arena);
		if (!rc)
			*base = blob;
	}
	return rc ? AMTS_ENOTFOUND : AMTS_OK;
}

int amts_front_matter_base(struct amts_oid *base, struct amts_oid *commit,
	struct amts_str document, struct amts_repo *source, struct amts_str src_path,
	struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	size_t at = 0, lines;
	struct amts_str fence = amts_str_trim(next_line(document, &at));

	memset(base, 0, sizeof(*base));
	memset(commit, 0, sizeof(*commit));
	if (!amts_str_eq(fence, AMTS_STR("---")) && !amts_str_eq(fence, AMTS_STR("+++")))
		return AMTS_OK;
	for (lines = 0; lines < LINES_MAX && at < document.n; lines++) {
		struct amts_str line = amts_str_trim(next_line(document, &at)), id;
		int rc;

		if (amts_str_eq(line, fence))
			break;
		id = id_of(line);
		if (!id.n)
			continue;
		rc = look_up(base, commit, id, source, src_path, &ignored);
		if (!rc)
			return AMTS_OK;
		memset(base, 0, sizeof(*base));
		memset(commit, 0, sizeof(*commit));
		if (rc != AMTS_ENOTFOUND)
			return amts_fail(err, rc, "%s", ignored.msg);
	}
	return AMTS_OK;
}
