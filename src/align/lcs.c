/*
 * Longest common subsequence: E. W. Myers, "An O(ND) difference algorithm and its
 * variations", Algorithmica 1 (1986), section 4b (linear space).
 */
#include "align/order.h"
#include "amts/align.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Differences after which a search for the middle settles for the furthest point reached,
 * so that hostile input costs O(n · COST_MAX), not O(n²). */
#define COST_MAX 512

/* A side without the elements that the other side lacks: they can match nothing. */
struct side {
	uint64_t *v;
	size_t *at; /* index in the caller's sequence */
	size_t n;
};

/* Part of both sides still to be compared. */
struct box {
	ptrdiff_t alo, ahi, blo, bhi;
};

/* One of the two searches of a box: furthest x on each diagonal x - y, and the diagonals
 * that are in use. */
struct front {
	ptrdiff_t *x;
	ptrdiff_t lo, hi;
};

struct lcs {
	struct side a, b;
	struct front fwd, bwd;
	size_t *partner; /* of each of a.v: 1 + index in b.v, or 0 */
	struct box *todo;
	size_t ntodo, cap;
};

static struct side side_new(const uint64_t *v, size_t n, const uint64_t *other, size_t m)
{
	uint64_t *sorted = amts_malloc(m * sizeof(*sorted));
	struct side s = { amts_malloc(n * sizeof(*s.v)), amts_malloc(n * sizeof(*s.at)),
		0 };

	memcpy(sorted, other, m * sizeof(*sorted));
	align_sort_u64(sorted, m);
	for (size_t i = 0; i < n; i++) {
		if (!bsearch(&v[i], sorted, m, sizeof(*sorted), align_cmp_u64))
			continue;
		s.v[s.n] = v[i];
		s.at[s.n++] = i;
	}
	free(sorted);
	return s;
}

/* A front grows by a diagonal at each end; at the border of the box it shrinks instead.
 */
static void front_widen(struct front *f, const struct box *q, ptrdiff_t unreached)
{
	if (f->lo > q->alo - q->bhi)
		f->x[--f->lo - 1] = unreached;
	else
		f->lo++;
	if (f->hi < q->ahi - q->blo)
		f->x[++f->hi + 1] = unreached;
	else
		f->hi--;
}

/* One more difference from the beginning; 1 when it met the backward search. */
static int step_fwd(struct lcs *l, const struct box *q, int odd, struct box *cut)
{
	struct front *f = &l->fwd, *b = &l->bwd;

	front_widen(f, q, -1);
	for (ptrdiff_t d = f->hi; d >= f->lo; d -= 2) {
		ptrdiff_t x = f->x[d - 1] >= f->x[d + 1] ? f->x[d - 1] + 1 : f->x[d + 1];

		while (x < q->ahi && x - d < q->bhi && l->a.v[x] == l->b.v[x - d])
			x++;
		f->x[d] = x;
		if (odd && d >= b->lo && d <= b->hi && b->x[d] <= x) {
			cut->alo = x;
			cut->blo = x - d;
			return 1;
		}
	}
	return 0;
}

/* One more difference from the end; 1 when it met the forward search. */
static int step_bwd(struct lcs *l, const struct box *q, int odd, struct box *cut)
{
	struct front *f = &l->fwd, *b = &l->bwd;

	front_widen(b, q, PTRDIFF_MAX);
	for (ptrdiff_t d = b->hi; d >= b->lo; d -= 2) {
		ptrdiff_t x = b->x[d - 1] < b->x[d + 1] ? b->x[d - 1] : b->x[d + 1] - 1;

		while (x > q->alo && x - d > q->blo && l->a.v[x - 1] == l->b.v[x - d - 1])
			x--;
		b->x[d] = x;
		if (!odd && d >= f->lo && d <= f->hi && x <= f->x[d]) {
			cut->alo = x;
			cut->blo = x - d;
			return 1;
		}
	}
	return 0;
}

/* The search became too dear: cut where the forward search got furthest. */
static void cut_furthest(const struct lcs *l, const struct box *q, struct box *cut)
{
	ptrdiff_t best = -1;

	for (ptrdiff_t d = l->fwd.hi; d >= l->fwd.lo; d -= 2) {
		ptrdiff_t x = l->fwd.x[d] < q->ahi ? l->fwd.x[d] : q->ahi;

		if (x - d > q->bhi)
			x = q->bhi + d;
		if (x + x - d > best) {
			best = x + x - d;
			cut->alo = x;
			cut->blo = x - d;
		}
	}
}

/* Cut a box that has no common end into two that hold a best path between them. */
static void split(struct lcs *l, const struct box *q, struct box *cut)
{
	ptrdiff_t fmid = q->alo - q->blo, bmid = q->ahi - q->bhi;
	int odd = (fmid - bmid) % 2 != 0;

	l->fwd.lo = l->fwd.hi = fmid;
	l->bwd.lo = l->bwd.hi = bmid;
	l->fwd.x[fmid] = q->alo;
	l->bwd.x[bmid] = q->ahi;
	for (int cost = 1;; cost++) {
		if (step_fwd(l, q, odd, cut) || step_bwd(l, q, odd, cut))
			return;
		if (cost == COST_MAX) {
			cut_furthest(l, q, cut);
			return;
		}
	}
}

static void box_push(struct lcs *l, struct box q)
{
	AMTS_VEC_PUSH(l->todo, l->ntodo, l->cap, q);
}

static void box_compare(struct lcs *l, struct box q)
{
	struct box cut = { 0 };

	while (q.alo < q.ahi && q.blo < q.bhi && l->a.v[q.alo] == l->b.v[q.blo])
		l->partner[q.alo++] = (size_t)++q.blo;
	while (q.alo < q.ahi && q.blo < q.bhi && l->a.v[q.ahi - 1] == l->b.v[q.bhi - 1])
		l->partner[--q.ahi] = (size_t)q.bhi--;
	if (q.alo == q.ahi || q.blo == q.bhi)
		return;
	split(l, &q, &cut);
	box_push(l, (struct box){ q.alo, cut.alo, q.blo, cut.blo });
	box_push(l, (struct box){ cut.alo, q.ahi, cut.blo, q.bhi });
}

size_t amts_lcs(struct amts_match **out, struct amts_arena *arena, const uint64_t *a,
	size_t na, const uint64_t *b, size_t nb)
{
	struct lcs l = { .a = { NULL, NULL, 0 } };
	ptrdiff_t *fronts;
	size_t width, n = 0;

	*out = NULL;
	if (!na || !nb)
		return 0;
	l.a = side_new(a, na, b, nb);
	l.b = side_new(b, nb, a, na);
	width = l.a.n + l.b.n + 3;
	fronts = amts_calloc(2 * width, sizeof(*fronts));
	l.fwd.x = fronts + l.b.n + 1;
	l.bwd.x = fronts + width + l.b.n + 1;
	l.partner = amts_calloc(l.a.n + 1, sizeof(*l.partner));
	box_push(&l, (struct box){ 0, (ptrdiff_t)l.a.n, 0, (ptrdiff_t)l.b.n });
	while (l.ntodo)
		box_compare(&l, l.todo[--l.ntodo]);

	*out = AMTS_NEW(arena, struct amts_match, l.a.n < l.b.n ? l.a.n : l.b.n);
	for (size_t i = 0; i < l.a.n; i++)
		if (l.partner[i])
			(*out)[n++] = (struct amts_match){ l.a.at[i],
				l.b.at[l.partner[i] - 1] };
	free(fronts);
	free(l.partner);
	free(l.todo);
	free(l.a.v);
	free(l.a.at);
	free(l.b.v);
	free(l.b.at);
	return n;
}
