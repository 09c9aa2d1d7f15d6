/* What the units of base became in head and in the target, for a three-way merge. */
#include "plan/merge3.h"

/*
 * Pair leftover units of two gaps in order.  Gaps of the same size are paired one by one
 * (a translated comment has little in common with its source); others by likeness.
 */
void merge3_pair_gap(struct merge *m, const struct pieces *x, const struct pieces *y,
	size_t *of, size_t b0, size_t b1, size_t y0, size_t y1, double least)
{
	size_t i, j;

	if (m->by_token)
		return;
	if (b1 - b0 == y1 - y0) {
		for (i = b0; i < b1; i++)
			if (merge3_line_kind(piece(x, i)) ==
				merge3_line_kind(piece(y, y0 + i - b0)))
				of[i] = y0 + i - b0;
		return;
	}
	for (i = b0; i < b1; i++) {
		double best = least;
		size_t at = NONE;

		for (j = y0; j < y1 && j < y0 + 50; j++) {
			double s = pieces_likeness(piece(x, i), piece(y, j));

			if (s > best && !pieces_is_blank(piece(y, j))) {
				best = s;
				at = j;
			}
		}
		if (at != NONE) {
			of[i] = at;
			y0 = at + 1;
		}
	}
}

static size_t *counterparts(
	struct merge *m, const struct pieces *x, const struct pieces *y, char *same)
{
	size_t *of = AMTS_NEW(m->arena, size_t, x->n + 1);
	struct amts_match *k;
	size_t i, n, x0 = 0, y0 = 0;

	for (i = 0; i <= x->n; i++)
		of[i] = NONE;
	n = amts_lcs(&k, m->arena, x->hash, x->n, y->hash, y->n);
	for (i = 0; i <= n; i++) {
		size_t x1 = i < n ? k[i].i : x->n, y1 = i < n ? k[i].j : y->n;

		if (x1 > x0 && y1 > y0)
			merge3_pair_gap(m, x, y, of, x0, x1, y0, y1, .4);
		if (i < n) {
			of[x1] = y1;
			if (same)
				same[x1] = 1;
		}
		x0 = x1 + 1;
		y0 = y1 + 1;
	}
	return of;
}

static size_t *inverse(struct merge *m, const size_t *of, size_t n)
{
	size_t *back = AMTS_NEW(m->arena, size_t, m->t.n + 1), i;

	for (i = 0; i < m->t.n; i++)
		back[i] = NONE;
	for (i = 0; i < n; i++)
		if (of[i] != NONE)
			back[of[i]] = i;
	return back;
}

/* Target units that head explains better than base: give them to what head has there. */
static void adopt(struct merge *m, const struct ahead *a, const size_t *from_base)
{
	size_t t;

	for (t = 0; t < m->t.n; t++)
		if (a->adopt[t] && a->base_of[t] != NONE) {
			m->rel.tgt[a->base_of[t]] = NONE;
			m->rel.same[a->base_of[t]] = 0;
		}
	for (t = 0; t < m->t.n; t++) {
		size_t h = a->head_of[t], b = h != NONE ? from_base[h] : NONE;

		if (!a->adopt[t] || h == NONE)
			continue;
		m->present[h] = 1;
		if (b == NONE || m->rel.tgt[b] != NONE)
			continue;
		m->rel.tgt[b] = t;
		m->rel.same[b] = m->b.hash[b] == m->t.hash[t];
	}
}

static char *same_units_of(struct merge *m, const size_t *of, const struct pieces *x)
{
	char *same = AMTS_NEW(m->arena, char, m->t.n + 1);
	size_t t;

	for (t = 0; t < m->t.n; t++)
		same[t] = of[t] != NONE && m->t.hash[t] == x->hash[of[t]];
	return same;
}

/* Counterparts of base in the target, where the target may have some of head already. */
void merge3_relate(struct merge *m)
{
	struct ahead a = { .nbase = m->b.n, .nhead = m->h.n, .ntgt = m->t.n };
	size_t *to_head, *from_base, i;

	m->rel.same = AMTS_NEW(m->arena, char, m->b.n + 1);
	m->present = AMTS_NEW(m->arena, char, m->h.n + 1);
	m->rel.tgt = counterparts(m, &m->b, &m->t, m->rel.same);
	to_head = counterparts(m, &m->b, &m->h, NULL);
	from_base = AMTS_NEW(m->arena, size_t, m->h.n + 1);
	for (i = 0; i < m->h.n; i++)
		from_base[i] = NONE;
	for (i = 0; i < m->b.n; i++)
		if (to_head[i] != NONE)
			from_base[to_head[i]] = i;
	a.to_head = to_head;
	a.base_of = inverse(m, m->rel.tgt, m->b.n);
	a.head_of = inverse(m, counterparts(m, &m->h, &m->t, NULL), m->h.n);
	m->head_of = a.head_of;
	a.base_same = same_units_of(m, a.base_of, &m->b);
	a.head_same = same_units_of(m, a.head_of, &m->h);
	ahead_judge(&a, m->arena);
	adopt(m, &a, from_base);
	m->claimed = AMTS_NEW(m->arena, char, m->t.n + 1);
	for (i = 0; i < m->b.n; i++)
		if (m->rel.tgt[i] != NONE)
			m->claimed[m->rel.tgt[i]] = 1;
}
