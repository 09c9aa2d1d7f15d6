#include "sync/former.h"
#include "project/layout.h"
#include "sync/sync.h"

#include <string.h>

/* "guide/intro" of "guide/intro.md", and its ending in *ext. */
static struct amts_str stem(struct amts_str path, struct amts_str *ext)
{
	size_t dot = path.n;

	while (dot && path.p[dot - 1] != '.' && path.p[dot - 1] != '/')
		dot--;
	dot = dot && path.p[dot - 1] == '.' ? dot - 1 : path.n;
	*ext = amts_str_sub(path, dot, path.n);
	return amts_str_sub(path, 0, dot);
}

/* Of a file beside a document that is called like it but for what stands before the
 * ending; NULL when it is called otherwise. */
static const char *layout_of(
	struct amts_arena *arena, struct amts_str document, struct amts_str file)
{
	struct amts_str ext, own, name = stem(document, &ext);
	struct amts_str rest = stem(file, &own);

	if (!amts_str_eq(ext, own) || !amts_str_starts(rest, name) || rest.n == name.n)
		return NULL;
	rest = amts_str_sub(rest, name.n, rest.n);
	if (amts_str_find(rest, AMTS_STR("{"), 0) < rest.n ||
		amts_str_find(rest, AMTS_STR("/"), 0) < rest.n)
		return NULL;
	return amts_arena_fmt(
		arena, "{dir}/{name}" AMTS_STR_FMT "{ext}", AMTS_STR_ARG(rest))
		.p;
}

static void add(struct amts_former *f, const char *layout)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (!strcmp(f->layout[i], layout))
			return;
	if (f->n < FORMER_MAX)
		f->layout[f->n++] = layout;
}

/* The layout a snapshot was renamed from; NULL when that is no snapshot, or known. */
static const char *came_from(struct amts_arena *arena, struct amts_sync *s,
	struct amts_str old, struct amts_str now)
{
	struct amts_str document;

	if (!amts_layout_match(
		    &document, arena, s->target->snapshot, s->target->lang, now))
		return NULL;
	return layout_of(arena, document, old);
}

/* Did the commit bring a snapshot and take a file away that is called like its document?
 */
static int may_rename(
	struct amts_former *f, struct amts_sync *s, const struct amts_history_commit *c)
{
	struct amts_arena *arena = amts_arena_new();
	const struct amts_file_change *v = c->changes.v;
	struct amts_former now = { .n = 0 };
	size_t i, k;
	int found = 0;

	for (i = 0; i < c->changes.n && !found; i++) {
		if (v[i].old_path.n)
			continue;
		for (k = 0; k < c->changes.n && !found; k++) {
			const char *layout;

			if (v[k].new_path.n)
				continue;
			layout = came_from(arena, s, v[k].old_path, v[i].new_path);
			now = *f;
			if (layout)
				add(&now, layout);
			found = now.n > f->n;
		}
	}
	amts_arena_free(arena);
	return found;
}

/* A commit that moves a whole book says nothing that a smaller one does not. */
#define CHANGES_MAX 400

int amts_former_find(struct amts_former *out, struct amts_arena *arena,
	struct amts_sync *s, const struct amts_history *h, struct amts_error *err)
{
	struct amts_file_changes diff;
	const char *layout;
	size_t i, k;
	int rc = AMTS_OK;

	out->n = 0;
	for (i = 1; !rc && s->target->snapshot && i < h->n; i++) {
		if (h->v[i].changes.n > CHANGES_MAX || !may_rename(out, s, &h->v[i]))
			continue;
		/* one chain: the parent is the state before */
		rc = amts_repo_diff(
			&diff, arena, s->tgt, &h->v[i - 1].id, &h->v[i].id, err);
		for (k = 0; !rc && k < diff.n; k++) {
			if (diff.v[k].kind != AMTS_CHANGE_RENAMED)
				continue;
			layout = came_from(
				arena, s, diff.v[k].old_path, diff.v[k].new_path);
			if (layout)
				add(out, layout);
		}
	}
	return rc;
}
