/* Three texts merged line by line, as xdiff of git does it (xdl_merge, zealous). */
#include "align/lines.h"
#include "amts/align.h"

#include <string.h>

#define MARKER_SIZE 7
/* Conflicts that so few lines lie between are shown as one. */
#define BETWEEN 3

enum { BASE, OURS, THEIRS };
enum whose { CONFLICT, TAKE_OURS, TAKE_THEIRS, EQUAL };

/* n[side] lines from beg[side] on. */
struct hunk {
	enum whose whose;
	size_t beg[3], n[3];
};

struct hunks {
	struct hunk *v;
	size_t n;
};

struct merge {
	const struct amts_text_merge *in;
	struct lines text[3];
	struct hunks found;
	struct amts_arena *arena;
	struct amts_buf *out;
};

/* ---- what changed on either side, and where both did ---- */

static size_t hunk_end(const struct hunk *h, int side)
{
	return h->beg[side] + h->n[side];
}

/* A hunk that touches the one before it becomes part of that. */
static void add_hunk(struct hunks *all, struct hunk h)
{
	struct hunk *last = all->n ? &all->v[all->n - 1] : NULL;
	int side;

	if (!last || (h.beg[OURS] > hunk_end(last, OURS) &&
			     h.beg[THEIRS] > hunk_end(last, THEIRS))) {
		all->v[all->n++] = h;
		return;
	}
	if (last->whose != h.whose)
		last->whose = CONFLICT;
	for (side = BASE; side <= THEIRS; side++)
		last->n[side] = hunk_end(&h, side) - last->beg[side];
}

/* One side's change; shift is how far the other side's lines are from base's there. */
static struct hunk of_one(enum whose whose, const struct line_change *c, ptrdiff_t shift)
{
	struct hunk h = { whose, { c->i, c->j, c->j }, { c->n, c->m, c->m } };
	int other = whose == TAKE_OURS ? THEIRS : OURS;

	h.beg[other] = (size_t)((ptrdiff_t)c->i + shift);
	h.n[other] = c->n;
	return h;
}

/* Changes of both sides in the same or touching lines of base, from the first of these
 * to the last. */
static struct hunk of_both(const struct line_change *a, const struct line_change *b)
{
	struct hunk h = { CONFLICT, { a->i, a->j, b->j }, { 0 } };
	size_t aend = a->i + a->n, bend = b->i + b->n, end = aend > bend ? aend : bend;

	if (a->i > b->i) {
		h.beg[BASE] -= a->i - b->i;
		h.beg[OURS] -= a->i - b->i;
	} else {
		h.beg[THEIRS] -= b->i - a->i;
	}
	h.n[BASE] = end - h.beg[BASE];
	h.n[OURS] = a->j + a->m + (end - aend) - h.beg[OURS];
	h.n[THEIRS] = b->j + b->m + (end - bend) - h.beg[THEIRS];
	return h;
}

static int same_change(
	const struct merge *m, const struct line_change *a, const struct line_change *b)
{
	return a->i == b->i && a->n == b->n && a->m == b->m &&
	       !memcmp(m->text[OURS].id + a->j, m->text[THEIRS].id + b->j,
		       a->m * sizeof(size_t));
}

static void find_hunks(struct merge *m, const struct line_change *a, size_t na,
	const struct line_change *b, size_t nb)
{
	const struct line_change *ea = a + na, *eb = b + nb;
	ptrdiff_t da = 0, db = 0; /* how far either side's lines are from base's */
	size_t aend, bend;

	m->found.v = AMTS_NEW(m->arena, struct hunk, na + nb + 1);
	while (a < ea || b < eb) {
		aend = a < ea ? a->i + a->n : SIZE_MAX;
		bend = b < eb ? b->i + b->n : SIZE_MAX;
		if (a < ea && (b == eb || aend < b->i)) {
			add_hunk(&m->found, of_one(TAKE_OURS, a, db));
			bend = SIZE_MAX;
		} else if (b < eb && (a == ea || bend < a->i)) {
			add_hunk(&m->found, of_one(TAKE_THEIRS, b, da));
			aend = SIZE_MAX;
		} else if (!same_change(m, a, b)) {
			add_hunk(&m->found, of_both(a, b));
		}
		if (aend <= bend)
			da = (ptrdiff_t)(a->j + a->m) - (ptrdiff_t)aend, a++;
		if (bend <= aend)
			db = (ptrdiff_t)(b->j + b->m) - (ptrdiff_t)bend, b++;
	}
}

/* ---- conflicts made smaller ---- */

static size_t line(const struct merge *m, int side, size_t i)
{
	return m->text[side].id[i];
}

/* Lines that both sides have at the beginning and the end are none; base is shown, so
 * those in the middle stay. */
static void trim(const struct merge *m, struct hunk *h)
{
	while (h->n[OURS] && h->n[THEIRS] &&
		line(m, OURS, h->beg[OURS]) == line(m, THEIRS, h->beg[THEIRS])) {
		h->beg[OURS]++, h->n[OURS]--;
		h->beg[THEIRS]++, h->n[THEIRS]--;
	}
	while (h->n[OURS] && h->n[THEIRS] &&
		line(m, OURS, hunk_end(h, OURS) - 1) ==
			line(m, THEIRS, hunk_end(h, THEIRS) - 1))
		h->n[OURS]--, h->n[THEIRS]--;
}

/* Cut the conflict where both sides have the same lines. */
static void cut_conflict(struct hunks *out, const struct merge *m, const struct hunk *h)
{
	struct line_change *c;
	struct hunk part = *h;
	size_t i, n;

	n = align_lines_diff(&c, m->arena, m->text[OURS].id + h->beg[OURS], h->n[OURS],
		m->text[THEIRS].id + h->beg[THEIRS], h->n[THEIRS]);
	for (i = 0; i < n; i++) {
		part.beg[OURS] = h->beg[OURS] + c[i].i;
		part.n[OURS] = c[i].n;
		part.beg[THEIRS] = h->beg[THEIRS] + c[i].j;
		part.n[THEIRS] = c[i].m;
		out->v[out->n++] = part;
	}
	if (!n) {
		part.whose = EQUAL;
		out->v[out->n++] = part;
	}
}

static int is_near(const struct hunk *last, const struct hunk *h)
{
	return last->whose == CONFLICT && h->whose == CONFLICT &&
	       h->beg[OURS] - hunk_end(last, OURS) <= BETWEEN;
}

static void join_near(struct hunks *all)
{
	size_t i, n = 0;

	for (i = 0; i < all->n; i++) {
		struct hunk *last = n ? &all->v[n - 1] : NULL, *h = &all->v[i];

		if (!last || !is_near(last, h)) {
			all->v[n++] = *h;
			continue;
		}
		last->n[OURS] = hunk_end(h, OURS) - last->beg[OURS];
		last->n[THEIRS] = hunk_end(h, THEIRS) - last->beg[THEIRS];
	}
	all->n = n;
}

static size_t most_parts(const struct hunks *all)
{
	size_t i, n = 0;

	for (i = 0; i < all->n; i++)
		n += all->v[i].n[OURS] + all->v[i].n[THEIRS] + 1;
	return n;
}

static void refine(struct merge *m)
{
	struct hunks all = { 0 };
	struct hunk *h = m->found.v, *end = h + m->found.n;

	if (m->in->style == AMTS_MARKERS_DIFF3)
		return;
	if (m->in->style == AMTS_MARKERS_ZDIFF3) {
		for (; h < end; h++)
			if (h->whose == CONFLICT)
				trim(m, h);
		return;
	}
	all.v = AMTS_NEW(m->arena, struct hunk, most_parts(&m->found));
	for (; h < end; h++)
		if (h->whose == CONFLICT && h->n[OURS] && h->n[THEIRS])
			cut_conflict(&all, m, h);
		else
			all.v[all.n++] = *h;
	join_near(&all);
	m->found = all;
}

/* ---- the result ---- */

/* Does line i end in CR LF?  A last line without an end is as the one before; -1: nobody
 * can tell. */
static int is_crlf(const struct lines *t, size_t i)
{
	if (i >= t->n)
		return -1;
	if (t->v[i].p[t->v[i].n - 1] != '\n') {
		if (!i)
			return -1;
		i--;
	}
	return t->v[i].n > 1 && t->v[i].p[t->v[i].n - 2] == '\r';
}

static const char *eol_at(const struct merge *m, const struct hunk *h)
{
	int crlf = is_crlf(&m->text[OURS], h->beg[OURS] ? h->beg[OURS] - 1 : 0);

	if (crlf)
		crlf = is_crlf(&m->text[THEIRS], h->beg[THEIRS] ? h->beg[THEIRS] - 1 : 0);
	if (crlf)
		crlf = is_crlf(&m->text[BASE], 0);
	return crlf > 0 ? "\r\n" : "\n";
}

/* eol: end the last line where it has no end, or NULL. */
static void put(struct merge *m, int side, size_t beg, size_t n, const char *eol)
{
	const struct lines *t = &m->text[side];
	size_t i;

	for (i = beg; i < beg + n; i++)
		amts_buf_add(m->out, t->v[i]);
	if (eol && n && m->out->n && m->out->p[m->out->n - 1] != '\n')
		amts_buf_addz(m->out, eol);
}

static void put_marker(struct merge *m, char c, const char *label, const char *eol)
{
	size_t i, n = m->in->marker_size ? m->in->marker_size : MARKER_SIZE;

	for (i = 0; i < n; i++)
		amts_buf_addc(m->out, c);
	if (label && *label)
		amts_buf_addf(m->out, " %s", label);
	amts_buf_addz(m->out, eol);
}

static void put_conflict(struct merge *m, const struct hunk *h)
{
	const char *eol = eol_at(m, h);

	put_marker(m, '<', m->in->label_ours, eol);
	put(m, OURS, h->beg[OURS], h->n[OURS], eol);
	if (m->in->style != AMTS_MARKERS_MERGE) {
		put_marker(m, '|', m->in->label_base, eol);
		put(m, BASE, h->beg[BASE], h->n[BASE], eol);
	}
	put_marker(m, '=', NULL, eol);
	put(m, THEIRS, h->beg[THEIRS], h->n[THEIRS], eol);
	put_marker(m, '>', m->in->label_theirs, eol);
}

static size_t put_all(struct merge *m)
{
	const struct hunk *h = m->found.v, *end = h + m->found.n;
	size_t at = 0, conflicts = 0;

	for (; h < end; h++) {
		put(m, OURS, at, h->beg[OURS] - at, NULL);
		at = hunk_end(h, OURS);
		if (h->whose == CONFLICT)
			put_conflict(m, h), conflicts++;
		else if (h->whose == TAKE_THEIRS)
			put(m, THEIRS, h->beg[THEIRS], h->n[THEIRS], NULL);
		else
			put(m, OURS, h->beg[OURS], h->n[OURS], NULL);
	}
	put(m, OURS, at, m->text[OURS].n - at, NULL);
	return conflicts;
}

static size_t merge(struct merge *m)
{
	struct line_table *table = align_lines_new();
	struct line_change *ours, *theirs;
	const struct lines *t = m->text;
	size_t n, k;

	align_lines_cut(&m->text[BASE], m->arena, table, m->in->base);
	align_lines_cut(&m->text[OURS], m->arena, table, m->in->ours);
	align_lines_cut(&m->text[THEIRS], m->arena, table, m->in->theirs);
	align_lines_free(table);
	n = align_lines_diff(
		&ours, m->arena, t[BASE].id, t[BASE].n, t[OURS].id, t[OURS].n);
	k = align_lines_diff(
		&theirs, m->arena, t[BASE].id, t[BASE].n, t[THEIRS].id, t[THEIRS].n);
	find_hunks(m, ours, n, theirs, k);
	refine(m);
	return put_all(m);
}

int amts_text_merge(struct amts_buf *out, size_t *conflicts,
	const struct amts_text_merge *in, struct amts_error *err)
{
	struct merge m = { .in = in, .out = out };

	*conflicts = 1;
	if (amts_str_is_binary(in->base) || amts_str_is_binary(in->ours) ||
		amts_str_is_binary(in->theirs)) {
		amts_buf_add(out, in->ours);
	} else {
		m.arena = amts_arena_new();
		*conflicts = merge(&m);
		amts_arena_free(m.arena);
	}
	return amts_buf_check(out, "the merged text", err);
}
