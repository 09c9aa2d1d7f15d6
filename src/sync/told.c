#include "sync/told.h"
#include "base/alloc.h"
#include "base/map.h"
#include "project/layout.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

/* ---- one line of a message ---- */

static size_t number(struct amts_str s, size_t *at)
{
	size_t n = 0;

	while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9' && n < SIZE_MAX / 20)
		n = n * 10 + (size_t)(s.p[(*at)++] - '0');
	return n;
}

static int take(struct amts_str s, size_t *at, const char *word)
{
	size_t n = strlen(word);

	if (s.n - *at < n || memcmp(s.p + *at, word, n) != 0)
		return 0;
	*at += n;
	return 1;
}

/* "[memory, 93 % alike]", the last one. */
static void read_engine(struct amts_told *t)
{
	size_t beg = 0, at = 0, end;

	while ((at = amts_str_find(t->text, AMTS_STR(" ["), at)) < t->text.n)
		beg = at += 2;
	end = amts_str_find(t->text, AMTS_STR("]"), beg);
	if (!beg || end == t->text.n)
		return;
	t->engine = amts_str_sub(t->text, beg, end);
	at = amts_str_find(t->engine, AMTS_STR(", "), 0);
	if (at == t->engine.n)
		return;
	end = at + 2;
	t->alike = (double)number(t->engine, &end) / 100;
	t->engine = amts_str_sub(t->engine, 0, at);
}

static int read_line(struct amts_told *t, struct amts_str line)
{
	size_t at = 0, end;

	*t = (struct amts_told){ 0 };
	if (!take(line, &at, "  line "))
		return 0;
	t->line = number(line, &at);
	if (take(line, &at, " of the source"))
		t->line = 0;
	if (!take(line, &at, ": "))
		return 0;
	t->pending = take(line, &at, "pending ");
	end = amts_str_find(line, AMTS_STR(": "), at);
	if (end == line.n)
		return 0;
	t->action = amts_str_sub(line, at, end);
	t->pending |= amts_str_eq(t->action, AMTS_STR("pending"));
	t->text = amts_str_sub(line, end + 2, line.n);
	if (!t->pending && amts_str_find(t->text, AMTS_STR("; from "), 0) < t->text.n)
		read_engine(t);
	return 1;
}

/* "    83 % like ...", below what waits. */
static void read_similar(struct amts_told *t, struct amts_str line)
{
	size_t at = 0;

	if (!t->pending || !take(line, &at, "    ") || !number(line, &at) ||
		!take(line, &at, " % like "))
		return;
	t->similar = amts_str_sub(line, strlen("    "), line.n);
}

size_t amts_told_parse(
	struct amts_told **out, struct amts_arena *arena, struct amts_str message)
{
	struct amts_told *v = NULL, t;
	size_t beg, end, n = 0, cap = 0;

	for (beg = 0; beg < message.n; beg = end + 1) {
		end = amts_str_find(message, AMTS_STR("\n"), beg);
		if (read_line(&t, amts_str_sub(message, beg, end)))
			AMTS_VEC_PUSH(v, n, cap, t);
		else if (n)
			read_similar(&v[n - 1], amts_str_sub(message, beg, end));
	}
	*out = AMTS_NEW(arena, struct amts_told, n + 1);
	if (n)
		memcpy(*out, v, n * sizeof(*v));
	free(v);
	return n;
}

/* ---- the commits ---- */

struct reading {
	struct amts_sync *sync;
	struct amts_arena *arena;
	struct amts_map known; /* commits of `since` */
	struct amts_told_page *v;
	size_t n, cap;
};

static int add_known(const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct reading *r = payload;

	(void)err;
	amts_map_add(&r->known, amts_oid_key(commit), 1);
	return 0;
}

/* Neither the record nor a snapshot. */
static int is_page(struct reading *r, struct amts_str path)
{
	const struct amts_target *t = r->sync->target;
	struct amts_str document;

	if (!path.n || (t->snapshot && amts_layout_match(&document, r->arena, t->snapshot,
					       t->lang, path)))
		return 0;
	return amts_layout_match(&document, r->arena, t->path, t->lang, path) &&
	       !amts_str_eq(path, AMTS_STR(AMTS_RECORD_FILE));
}

/* "3 drafted, 1 kept, 2 pending" */
static size_t pending_of(struct amts_str units)
{
	size_t at = amts_str_find(units, AMTS_STR(" kept, "), 0);

	at = at < units.n ? at + 7 : at;
	return number(units, &at);
}

/* The page that a subject names: "Sync guide/a.md with ...". */
static struct amts_str page_of(struct amts_str message)
{
	static const char *const forms[][2] = { { "Sync ", " with " },
		{ "Draft what is pending in ", " from " } };
	struct amts_str subject =
		amts_str_sub(message, 0, amts_str_find(message, AMTS_STR("\n"), 0));
	size_t i, beg, at, end;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		beg = 0;
		if (!take(subject, &beg, forms[i][0]))
			continue;
		for (at = end = beg; at < subject.n; at++) {
			at = amts_str_find(subject, amts_str_z(forms[i][1]), at);
			end = at < subject.n ? at : end;
		}
		return amts_str_sub(subject, beg, end);
	}
	return AMTS_STR("");
}

/* Only the snapshot or the record changed: what was left, and why, is told all the same.
 */
static int add_unchanged(struct amts_told_page *p, struct reading *r,
	const struct amts_commit_info *info, struct amts_error *err)
{
	int rc = AMTS_ENOTFOUND;

	p->path = page_of(info->message);
	if (is_page(r, p->path))
		rc = amts_repo_blob_at(&p->after, r->sync->tgt, &info->id, p->path, err);
	p->before = p->after;
	return rc;
}

static int add_page(
	struct reading *r, const struct amts_commit_info *info, struct amts_error *err)
{
	struct amts_file_changes c;
	struct amts_told_page p = { .commit = info->id };
	size_t i;
	int rc = amts_repo_diff(&c, r->arena, r->sync->tgt,
		info->nparents ? &info->parents[0] : &(struct amts_oid){ "" }, &info->id,
		err);

	for (i = 0; !rc && i < c.n; i++)
		if (is_page(r, c.v[i].new_path))
			break;
	if (!rc && i < c.n) {
		p.before = c.v[i].old_blob;
		p.after = c.v[i].new_blob;
		p.path = c.v[i].new_path;
	} else if (!rc) {
		rc = add_unchanged(&p, r, info, err);
	}
	if (rc)
		return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
	p.source = amts_trailer(info->message, AMTS_STR("Amts-Source:"));
	p.pending = pending_of(amts_trailer(info->message, AMTS_STR("Amts-Units:")));
	p.n = amts_told_parse(&p.v, r->arena, info->message);
	AMTS_VEC_PUSH(r->v, r->n, r->cap, p);
	return AMTS_OK;
}

static int read_commit(
	const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct reading *r = payload;
	struct amts_commit_info info;
	int rc;

	if (amts_map_get(&r->known, amts_oid_key(commit)) != AMTS_MAP_NONE)
		return 0;
	rc = amts_repo_commit_info(&info, r->arena, r->sync->tgt, commit, err);
	if (rc || info.nparents > 1 ||
		!amts_trailer(info.message, AMTS_STR("Amts-Units:")).n ||
		!amts_is_own_commit(r->sync, &info))
		return rc;
	return add_page(r, &info, err);
}

int amts_told_branch(struct amts_told_page **out, size_t *n, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_oid *tip, const struct amts_oid *since,
	struct amts_error *err)
{
	struct reading r = { .sync = sync, .arena = arena };
	int rc = amts_repo_walk(sync->tgt, since, add_known, &r, err);

	if (!rc)
		rc = amts_repo_walk(sync->tgt, tip, read_commit, &r, err);
	*n = rc ? 0 : r.n;
	*out = AMTS_NEW(arena, struct amts_told_page, *n + 1);
	if (*n)
		memcpy(*out, r.v, *n * sizeof(**out));
	amts_map_release(&r.known);
	free(r.v);
	return rc;
}
