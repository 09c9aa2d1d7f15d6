#include "sync/conflicted.h"

#include "base/map.h"
#include "infer/ancestor.h"
#include "project/layout.h"
#include "sync/markers.h"
#include "sync/sync.h"
#include "sync/tongue.h"

/* ---- taking our side ---- */

/* From this share on a side is written in the translation's language. */
#define TRANSLATED 0.5

static void learn_lines(struct amts_map *lines, struct amts_str s)
{
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		amts_map_add(lines,
			amts_str_hash(
				amts_str_trim(amts_str_sub(s, beg, end)), AMTS_HASH_SEED),
			1);
	}
}

/* The lines of s that are not known. */
static struct amts_str unknown_lines(
	struct amts_arena *arena, const struct amts_map *lines, struct amts_str s)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out, line;
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		line = amts_str_sub(s, beg, end < s.n ? end + 1 : end);
		if (amts_map_get(lines, amts_str_hash(amts_str_trim(line),
						AMTS_HASH_SEED)) == AMTS_MAP_NONE)
			amts_buf_add(&b, line);
	}
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

static int check_theirs(const struct amts_conflicts *all, struct amts_arena *arena,
	const struct amts_conflicted *in, struct amts_error *err)
{
	struct amts_tongue source = { .lang = in->tgt_lang };
	struct amts_map lines = { 0 };
	size_t i;
	int rc = amts_tongue_add(&source, in->base, err);

	if (!rc)
		rc = amts_tongue_add(&source, in->head, err);
	learn_lines(&lines, in->base);
	learn_lines(&lines, in->head);
	for (i = 0; !rc && i < all->n; i++) {
		struct amts_span at = all->v[i].theirs;
		double share = 0;

		rc = amts_tongue_foreign(&share, &source,
			unknown_lines(
				arena, &lines, amts_str_sub(in->target, at.beg, at.end)),
			err);
		if (!rc && share >= TRANSLATED)
			rc = amts_fail(err, AMTS_ECONFLICT,
				"line %zu: a committed conflict with translations on "
				"both sides; resolve it by hand",
				all->v[i].line);
	}
	amts_map_release(&lines);
	amts_tongue_release(&source);
	return rc;
}

int amts_conflicted_resolve(struct amts_str *out, size_t *n, struct amts_arena *arena,
	const struct amts_conflicted *in, struct amts_error *err)
{
	struct amts_conflicts all;
	int rc;

	*out = in->target;
	*n = 0;
	if (!amts_has_markers(in->target) || amts_has_markers(in->base))
		return AMTS_OK;
	rc = amts_conflicts_find(&all, arena, in->target, err);
	if (!rc)
		rc = check_theirs(&all, arena, in, err);
	if (rc)
		return rc;
	*out = amts_conflicts_ours(arena, in->target, &all);
	*n = all.n;
	return AMTS_OK;
}

/* ---- finding them ---- */

struct finder {
	struct amts_sync *s;
	struct amts_oid commit, fork; /* asked last, and its merge base with the source */
};

/* Blobs of the target, and of the source that the target's repository may have too. */
static int is_marked(int *out, struct amts_sync *s, const struct amts_oid *blob,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str bytes = AMTS_STR("");
	int rc = amts_base_read(&bytes, arena, s, blob, err);

	*out = amts_has_markers(bytes);
	amts_arena_free(arena);
	return rc;
}

/* The last commit of the target, along first parents, that has the file without markers,
 * or under another name; "" when there is none. */
static int before_markers(struct amts_oid *out, struct amts_sync *s,
	struct amts_arena *arena, const struct amts_file *f, struct amts_error *err)
{
	struct amts_oid at = s->info.start, last = f->target, blob;
	struct amts_commit_info info;
	int rc, marked = 1;

	*out = (struct amts_oid){ "" };
	while (marked) {
		rc = amts_repo_commit_info(&info, arena, s->tgt, &at, err);
		if (rc || !info.nparents)
			return rc;
		at = info.parents[0];
		rc = amts_repo_blob_at(&blob, s->tgt, &at, f->tgt_path, err);
		if (rc == AMTS_ENOTFOUND)
			break;
		if (rc)
			return rc;
		if (!amts_oid_eq(&blob, &last))
			rc = is_marked(&marked, s, &blob, err);
		if (rc)
			return rc;
		last = blob;
	}
	*out = at;
	return AMTS_OK;
}

/* The source's file of a path as it was at the fork; "" when it was not there, under this
 * name or the one that it was renamed from. */
static int source_at_fork(struct amts_oid *out, struct amts_arena *arena,
	const struct finder *x, struct amts_str path, struct amts_error *err)
{
	struct amts_file_changes changes;
	size_t i;
	int rc = amts_repo_blob_at(out, x->s->src, &x->fork, path, err);

	if (rc != AMTS_ENOTFOUND)
		return rc;
	*out = (struct amts_oid){ "" };
	rc = amts_repo_diff(
		&changes, arena, x->s->src, &x->fork, &x->s->info.source, err);
	for (i = 0; !rc && i < changes.n; i++)
		if (changes.v[i].kind == AMTS_CHANGE_RENAMED &&
			amts_str_eq(changes.v[i].new_path, path))
			*out = changes.v[i].old_blob;
	return rc;
}

static int base_before(struct amts_oid *out, struct finder *x, const struct amts_file *f,
	struct amts_error *err)
{
	const struct amts_config *cfg = &x->s->project->cfg;
	struct amts_arena *arena = amts_arena_new();
	struct amts_str document, path;
	struct amts_oid at;
	int rc = before_markers(&at, x->s, arena, f, err);

	if (!rc && at.hex[0] && !amts_oid_eq(&at, &x->commit)) {
		x->commit = at;
		rc = amts_infer_ancestor(
			&x->fork, x->s->src, &x->s->info.source, x->s->tgt, &at, err);
	}
	if (!rc && at.hex[0] && x->fork.hex[0] &&
		amts_layout_match(&document, arena, x->s->target->path,
			x->s->target->lang, f->tgt_path)) {
		path = amts_layout_expand(
			arena, cfg->source_path, cfg->src_lang, document);
		rc = source_at_fork(out, arena, x, path, err);
	}
	amts_arena_free(arena);
	return rc;
}

static int look_at(struct finder *x, struct amts_file *f, struct amts_error *err)
{
	int target = 0, base = 0;
	int rc = is_marked(&target, x->s, &f->target, err);

	if (!rc && target)
		rc = is_marked(&base, x->s, &f->base, err);
	if (rc || !target || base)
		return rc;
	f->conflicted = 1;
	if (f->state == AMTS_FILE_CURRENT)
		f->state = AMTS_FILE_STALE;
	rc = base_before(&f->base, x, f, err);
	if (!rc && !f->base.hex[0])
		f->state = AMTS_FILE_UNKNOWN;
	return rc;
}

int amts_conflicted_find(struct amts_sync *s, struct amts_error *err)
{
	struct finder x = { .s = s };
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && s->fork.at.hex[0] && i < s->nfiles; i++)
		if (s->files[i].head.hex[0] && s->files[i].base.hex[0] &&
			s->files[i].target.hex[0])
			rc = look_at(&x, &s->files[i], err);
	return rc;
}
