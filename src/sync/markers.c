#include "sync/markers.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define MARKER_SIZE 7

/* The marker that a line is, '<', '|', '=' or '>', and its length; 0 for none. */
static int marker_of(size_t *size, struct amts_str line)
{
	size_t n = 0;

	if (!line.n || !strchr("<|=>", line.p[0]))
		return 0;
	while (n < line.n && line.p[n] == line.p[0])
		n++;
	*size = n;
	if (n < MARKER_SIZE || (n < line.n && line.p[n] != ' ' && line.p[n] != '\r'))
		return 0;
	return line.p[0];
}

int amts_has_markers(struct amts_str s)
{
	size_t beg, end, size;
	int open = 0;

	for (beg = 0; beg < s.n; beg = end + 1) {
		int marker;

		end = amts_str_find(s, AMTS_STR("\n"), beg);
		marker = marker_of(&size, amts_str_sub(s, beg, end));
		if (marker == '>' && open)
			return 1;
		open |= marker == '<';
	}
	return 0;
}

struct reader {
	struct amts_conflict now;
	size_t size; /* of the markers of the open conflict; longer ones are nested */
	int part;    /* marker that began the part we are in; 0 outside */
	size_t line;
};

static int stray(const struct reader *r, struct amts_error *err)
{
	return amts_fail(err, AMTS_EPARSE,
		"line %zu: a conflict marker that does not pair; resolve it by hand",
		r->line);
}

/* A marker line [beg, end); 1 when it ends a conflict. */
static int take(
	struct reader *r, int marker, size_t beg, size_t end, struct amts_error *err)
{
	if (marker == '<' && !r->part) {
		r->now = (struct amts_conflict){ { beg, 0 }, { end, end }, { end, end },
			r->line };
	} else if (marker == '|' && r->part == '<') {
		r->now.ours.end = beg;
	} else if (marker == '=' && (r->part == '<' || r->part == '|')) {
		if (r->part == '<')
			r->now.ours.end = beg;
		r->now.theirs.beg = end;
	} else if (marker == '>' && r->part == '=') {
		r->now.theirs.end = beg;
		r->now.all.end = end;
		r->part = 0;
		return 1;
	} else {
		return stray(r, err);
	}
	r->part = marker;
	return 0;
}

/* "=======" outside of a conflict underlines a heading, ">>>>>>>" quotes. */
static int counts(const struct reader *r, int marker, size_t size)
{
	return r->part ? size == r->size : marker == '<';
}

int amts_conflicts_find(struct amts_conflicts *out, struct amts_arena *arena,
	struct amts_str s, struct amts_error *err)
{
	struct amts_conflict *v = NULL;
	struct reader r = { .line = 1 };
	size_t beg, end, n = 0, cap = 0, size;
	int marker, rc = 0;

	for (beg = 0; rc >= 0 && beg < s.n; beg = end, r.line++) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		marker = marker_of(&size, amts_str_sub(s, beg, end));
		end += end < s.n;
		if (!marker || !counts(&r, marker, size))
			continue;
		if (!r.part)
			r.size = size;
		rc = take(&r, marker, beg, end, err);
		if (rc > 0)
			AMTS_VEC_PUSH(v, n, cap, r.now);
	}
	if (rc >= 0 && r.part) {
		r.line = r.now.line;
		rc = stray(&r, err);
	}
	out->n = n;
	out->v = AMTS_NEW(arena, struct amts_conflict, n);
	if (n)
		memcpy(out->v, v, n * sizeof(*v));
	free(v);
	return rc < 0 ? rc : AMTS_OK;
}

struct amts_str amts_conflicts_ours(
	struct amts_arena *arena, struct amts_str s, const struct amts_conflicts *all)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i, at = 0;

	for (i = 0; i < all->n; i++) {
		const struct amts_conflict *c = &all->v[i];

		amts_buf_add(&b, amts_str_sub(s, at, c->all.beg));
		amts_buf_add(&b, amts_str_sub(s, c->ours.beg, c->ours.end));
		at = c->all.end;
	}
	amts_buf_add(&b, amts_str_sub(s, at, s.n));
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}
