/*
 * Histogram diff: a region is cut in two at the longest run of common lines among those
 * that occur least often in the old text; what is left on either side likewise.
 */
#include "align/lines.h"
#include "amts/align.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Lines that occur more often tell nothing, as in git and JGit. */
#define OFTEN 64
/* Comparisons a line after which the regions that are left are compared by amts_lcs. */
#define EFFORT 4096

#define NONE SIZE_MAX

struct region {
	size_t abeg, aend, bbeg, bend;
};

struct histogram {
	const size_t *a, *b;
	unsigned char *gone, *came; /* 1: the line of a, of b, has no counterpart */
	size_t *first, *times;	    /* by id: in the region's part of a */
	size_t *next; /* by line of a: the same line further down, or NONE */
	size_t effort;
	struct region *todo;
	size_t ntodo, cap;
	struct amts_arena *arena;
};

/* The best run so far, and how often its rarest line occurs. */
struct run {
	struct region at;
	size_t times;
	int any; /* some line is common, however often */
};

static void push(struct histogram *h, struct region r)
{
	if (h->ntodo == h->cap) {
		h->cap = h->cap ? h->cap * 2 : 64;
		h->todo = amts_realloc(h->todo, h->cap * sizeof(*h->todo));
	}
	h->todo[h->ntodo++] = r;
}

static void count_lines(struct histogram *h, const struct region *r)
{
	size_t i, id;

	for (i = r->abeg; i < r->aend; i++)
		h->times[h->a[i]] = 0;
	for (i = r->bbeg; i < r->bend; i++)
		h->times[h->b[i]] = 0;
	for (i = r->aend; i-- > r->abeg;) {
		id = h->a[i];
		h->next[i] = h->times[id]++ ? h->first[id] : NONE;
		h->first[id] = i;
	}
}

/* The common run around line i of a and j of b, and its rarest line. */
static struct region stretch(
	size_t *times, struct histogram *h, const struct region *r, size_t i, size_t j)
{
	struct region at = { i, i + 1, j, j + 1 };

	for (; at.abeg > r->abeg && at.bbeg > r->bbeg &&
		h->a[at.abeg - 1] == h->b[at.bbeg - 1];
		at.abeg--, at.bbeg--)
		if (h->times[h->a[at.abeg - 1]] < *times)
			*times = h->times[h->a[at.abeg - 1]];
	for (; at.aend < r->aend && at.bend < r->bend && h->a[at.aend] == h->b[at.bend];
		at.aend++, at.bend++)
		if (h->times[h->a[at.aend]] < *times)
			*times = h->times[h->a[at.aend]];
	h->effort += at.aend - at.abeg;
	return at;
}

/* Try the runs through line j of b; the line of b to go on with. */
static size_t try_line(
	struct run *best, struct histogram *h, const struct region *r, size_t j)
{
	size_t id = h->b[j], next = j + 1, i, times;
	struct region at;

	h->effort++;
	if (!h->times[id])
		return next;
	best->any = 1;
	if (h->times[id] > best->times)
		return next;
	for (i = h->first[id]; i != NONE;) {
		times = h->times[id];
		at = stretch(&times, h, r, i, j);
		if (at.bend > next)
			next = at.bend;
		if (at.aend - at.abeg > best->at.aend - best->at.abeg ||
			times < best->times) {
			best->at = at;
			best->times = times;
		}
		while (i != NONE && i < at.aend)
			i = h->next[i];
	}
	return next;
}

/* All of the region came and went, but for what is common to both by amts_lcs. */
static void settle(struct histogram *h, const struct region *r, int any)
{
	size_t na = r->aend - r->abeg, nb = r->bend - r->bbeg, n = 0, i;
	struct amts_match *m = NULL;
	uint64_t *ids;

	memset(h->gone + r->abeg, 1, na);
	memset(h->came + r->bbeg, 1, nb);
	if (!any || !na || !nb)
		return;
	ids = AMTS_NEW(h->arena, uint64_t, na + nb);
	for (i = 0; i < na; i++)
		ids[i] = h->a[r->abeg + i];
	for (i = 0; i < nb; i++)
		ids[na + i] = h->b[r->bbeg + i];
	n = amts_lcs(&m, h->arena, ids, na, ids + na, nb);
	for (i = 0; i < n; i++)
		h->gone[r->abeg + m[i].i] = h->came[r->bbeg + m[i].j] = 0;
}

static void split(struct histogram *h, const struct region *r, size_t limit)
{
	/* A run of one line counts when its line is rare, not for its length. */
	struct run best = { { 0, 1, 0, 1 }, OFTEN + 1, 0 };
	size_t j;

	if (r->abeg == r->aend || r->bbeg == r->bend || h->effort > limit) {
		settle(h, r, h->effort > limit);
		return;
	}
	count_lines(h, r);
	h->effort += r->aend - r->abeg;
	for (j = r->bbeg; j < r->bend;)
		j = try_line(&best, h, r, j);
	if (best.times > OFTEN) {
		settle(h, r, best.any);
		return;
	}
	push(h, (struct region){ r->abeg, best.at.abeg, r->bbeg, best.at.bbeg });
	push(h, (struct region){ best.at.aend, r->aend, best.at.bend, r->bend });
}

/* ---- where changes stand ---- */

/* One side's lines, which of them changed, and the group of changed ones at hand, which
 * may be empty. */
struct slider {
	const size_t *id;
	unsigned char *changed;
	size_t n, beg, end;
};

static int is_changed(const struct slider *s, size_t i)
{
	return i < s->n && s->changed[i];
}

static int next_group(struct slider *s)
{
	if (s->end == s->n)
		return 0;
	for (s->beg = s->end = s->end + 1; is_changed(s, s->end);)
		s->end++;
	return 1;
}

static void previous_group(struct slider *s)
{
	for (s->beg = s->end = s->beg - 1; s->beg && s->changed[s->beg - 1];)
		s->beg--;
}

static int slide_up(struct slider *s)
{
	if (!s->beg || s->id[s->beg - 1] != s->id[s->end - 1])
		return 0;
	s->changed[--s->beg] = 1;
	s->changed[--s->end] = 0;
	while (s->beg && s->changed[s->beg - 1])
		s->beg--;
	return 1;
}

static int slide_down(struct slider *s)
{
	if (s->end == s->n || s->id[s->beg] != s->id[s->end])
		return 0;
	s->changed[s->beg++] = 0;
	s->changed[s->end++] = 1;
	while (is_changed(s, s->end))
		s->end++;
	return 1;
}

/* Move the group as far down as it goes, or up again to where the other side has a change
 * too.  Groups that meet become one and are moved anew. */
static void settle_group(struct slider *s, struct slider *other)
{
	size_t size, top;
	int beside;

	do {
		size = s->end - s->beg;
		while (slide_up(s))
			previous_group(other);
		top = s->end;
		beside = other->end > other->beg;
		while (slide_down(s)) {
			next_group(other);
			beside |= other->end > other->beg;
		}
	} while (size != s->end - s->beg);
	while (s->end > top && beside && other->end == other->beg) {
		slide_up(s);
		previous_group(other);
	}
}

static void first_group(struct slider *s)
{
	s->beg = s->end = 0;
	while (is_changed(s, s->end))
		s->end++;
}

static void slide(struct slider *s, struct slider *other)
{
	first_group(s);
	first_group(other);
	do {
		if (s->beg < s->end)
			settle_group(s, other);
	} while (next_group(s) && next_group(other));
}

/* ---- */

static size_t changes(struct line_change **out, struct amts_arena *arena,
	const struct slider *a, const struct slider *b)
{
	size_t i = 0, j = 0, n = 0;
	struct line_change *v = AMTS_NEW(arena, struct line_change, a->n + b->n + 1);

	while (i < a->n || j < b->n) {
		struct line_change c = { i, 0, j, 0 };

		while (is_changed(a, i))
			i++, c.n++;
		while (is_changed(b, j))
			j++, c.m++;
		if (c.n || c.m)
			v[n++] = c;
		else
			i++, j++;
	}
	*out = v;
	return n;
}

static size_t ids_below(const size_t *v, size_t n, size_t below)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i] >= below)
			below = v[i] + 1;
	return below;
}

size_t align_lines_diff(struct line_change **out, struct amts_arena *arena,
	const size_t *old, size_t nold, const size_t *new, size_t nnew)
{
	size_t ids = ids_below(new, nnew, ids_below(old, nold, 1));
	size_t limit = (nold + nnew) * EFFORT;
	struct histogram h = { .a = old,
		.b = new,
		.gone = AMTS_NEW(arena, unsigned char, nold + 1),
		.came = AMTS_NEW(arena, unsigned char, nnew + 1),
		.first = amts_malloc(ids * sizeof(size_t)),
		.times = amts_malloc(ids * sizeof(size_t)),
		.next = amts_malloc((nold + 1) * sizeof(size_t)),
		.arena = arena };
	struct slider a = { old, h.gone, nold, 0, 0 }, b = { new, h.came, nnew, 0, 0 };

	push(&h, (struct region){ 0, nold, 0, nnew });
	while (h.ntodo) {
		struct region r = h.todo[--h.ntodo];

		split(&h, &r, limit);
	}
	free(h.first);
	free(h.times);
	free(h.next);
	free(h.todo);
	slide(&a, &b);
	slide(&b, &a);
	return changes(out, arena, &a, &b);
}
