/*
 * Units: sentences of base, head and target that belong together.  Sentences of base and
 * head are the same, alike, or alone; beads tie them to the target.
 */
#include "base/alloc.h"
#include "plan/prose.h"

#include <stdlib.h>

const struct amts_segment *prose_seg(const struct prose *x, int side, size_t i)
{
	return &x->p->segs[side].v[x->beg[side] + i];
}

struct amts_span prose_span(const struct prose *x, int side, size_t beg, size_t end)
{
	return (struct amts_span){ prose_seg(x, side, beg)->at.beg,
		prose_seg(x, side, end - 1)->at.end };
}

/* Identity of a sentence: its protected text and what its placeholders stand for. */
static uint64_t seg_hash(const struct prose *x, int side, size_t i)
{
	const struct amts_segment *s = prose_seg(x, side, i);
	uint64_t h = plan_fold_hash(s->text);
	size_t k;

	for (k = 0; k < s->ninl; k++)
		if (s->inl[k].kind != AMTS_INLINE_BREAK)
			h = h * 31 + plan_fold_hash(plan_bytes(x->p, side, s->inl[k].at));
	return h;
}

/* Hashes of the words of a sentence; heap. */
static uint64_t *words_of(size_t *n, struct amts_str s)
{
	uint64_t *v = NULL;
	size_t i, beg = 0, cap = 0;

	*n = 0;
	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != ' ')
			continue;
		if (i > beg)
			AMTS_VEC_PUSH(v, *n, cap,
				amts_str_hash(amts_str_sub(s, beg, i), AMTS_HASH_SEED));
		beg = i + 1;
	}
	return v;
}

/* Share of words two source sentences have in common, 0..1 (Dice, as sequences). */
static double likeness(const struct prose *x, size_t b, size_t h)
{
	struct amts_arena *scratch = amts_arena_new(); /* for many pairs of sentences */
	size_t nb, nh, common;
	uint64_t *wb = words_of(&nb, prose_seg(x, BASE, b)->text);
	uint64_t *wh = words_of(&nh, prose_seg(x, HEAD, h)->text);
	struct amts_match *m;

	common = amts_lcs(&m, scratch, wb, nb, wh, nh);
	free(wb);
	free(wh);
	amts_arena_free(scratch);
	return nb && nh ? 2.0 * (double)common / (double)(nb + nh) : 0;
}

/* In a gap between unchanged sentences: pair those that are alike, in order. */
static void pair_gap(struct prose *x, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t b, h;

	for (b = b0; b < b1; b++) {
		double best = .3;
		size_t at = NONE;

		for (h = h0; !x->moved[BASE][b] && h < h1 && h < h0 + 20; h++) {
			double s = x->moved[HEAD][h] ? 0 : likeness(x, b, h);

			if (s > best) {
				best = s;
				at = h;
			}
		}
		if (at != NONE) {
			x->head_of[b] = at;
			h0 = at + 1;
		}
	}
	if (b1 - b0 == 1 && h1 - h0 == 1 && x->head_of[b0] == NONE &&
		!x->moved[BASE][b0] && !x->moved[HEAD][h1 - 1])
		x->head_of[b0] = h0; /* one sentence for another: rewritten */
}

void prose_pair(struct prose *x)
{
	struct amts_arena *a = x->p->arena;
	uint64_t *hb = AMTS_NEW(a, uint64_t, x->n[BASE] + 1),
		 *hh = AMTS_NEW(a, uint64_t, x->n[HEAD] + 1);
	struct amts_match *m;
	size_t i, n, b0 = 0, h0 = 0;

	x->head_of = AMTS_NEW(a, size_t, x->n[BASE] + 1);
	x->exact = AMTS_NEW(a, char, x->n[BASE] + 1);
	for (i = 0; i < x->n[BASE]; i++) {
		hb[i] = seg_hash(x, BASE, i);
		x->head_of[i] = NONE;
	}
	for (i = 0; i < x->n[HEAD]; i++)
		hh[i] = seg_hash(x, HEAD, i);
	n = amts_lcs(&m, a, hb, x->n[BASE], hh, x->n[HEAD]);
	prose_find_moved(x, hb, hh, m, n);
	for (i = 0; i <= n; i++) {
		size_t b1 = i < n ? m[i].i : x->n[BASE], h1 = i < n ? m[i].j : x->n[HEAD];

		pair_gap(x, b0, b1, h0, h1);
		if (i < n) {
			x->head_of[b1] = h1;
			x->exact[b1] = 1;
		}
		b0 = b1 + 1;
		h0 = h1 + 1;
	}
}

/* ---- units
 * ------------------------------------------------------------------------------ */

static size_t root(size_t *up, size_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

static void join(size_t *up, size_t i, size_t j)
{
	i = root(up, i);
	j = root(up, j);
	up[i > j ? i : j] = i > j ? j : i;
}

/* The sentences of the group that one of the alignments gives to target sentence t. */
static size_t first_in(const struct prose *x, int side, const struct amts_bead *b)
{
	size_t beg = x->beg[side], end = beg + x->n[side];

	if (b->src_beg >= b->src_end || b->src_end <= beg || b->src_beg >= end)
		return NONE;
	return b->src_beg < beg ? 0 : b->src_beg - beg;
}

/* Which target sentences does head explain better than base? */
static void judge_sentences(struct prose *x)
{
	struct ahead a = { .nbase = x->n[BASE],
		.nhead = x->n[HEAD],
		.ntgt = x->n[TGT],
		.to_head = x->head_of };
	size_t t;

	a.base_of = AMTS_NEW(x->p->arena, size_t, a.ntgt + 1);
	a.head_of = AMTS_NEW(x->p->arena, size_t, a.ntgt + 1);
	for (t = 0; t < a.ntgt; t++) {
		a.base_of[t] = first_in(x, BASE,
			&x->p->sentences.v[x->p->tgt_sentence_bead[x->beg[TGT] + t]]);
		if (x->p->ahead_bead)
			a.head_of[t] = first_in(x, HEAD,
				&x->p->ahead_sentences
					 .v[x->p->ahead_bead[x->beg[TGT] + t]]);
	}
	if (!x->p->ahead_bead)
		ahead_follow(&a);
	ahead_judge(&a, x->p->arena);
	for (t = 0; t < a.ntgt; t++)
		a.adopt[t] |= x->p->adopt[prose_seg(x, TGT, t)->block];
	x->adopt = a.adopt;
}

/* Join target sentence t with the sentences of its bead; what lies outside of the group
 * is cut off. */
static void join_bead(struct prose *x, size_t *up, const size_t *off, size_t t)
{
	int side = x->adopt[t] ? HEAD : BASE;
	const struct amts_bead *b;
	size_t k;

	if (side == HEAD && !x->p->ahead_bead)
		return; /* a copy of a block of head */
	b = side == HEAD ? &x->p->ahead_sentences.v[x->p->ahead_bead[x->beg[TGT] + t]]
			 : &x->p->sentences.v[x->p->tgt_sentence_bead[x->beg[TGT] + t]];
	for (k = b->src_beg; k < b->src_end; k++)
		if (k >= x->beg[side] && k < x->beg[side] + x->n[side])
			join(up, off[TGT] + t, off[side] + k - x->beg[side]);
}

static double unit_score(const struct prose *x, const struct unit *u)
{
	double s = 1;
	size_t i;

	for (i = u->beg[BASE]; i < u->end[BASE]; i++) {
		double b = x->p->sentences.v[x->p->base_sentence_bead[x->beg[BASE] + i]]
				   .score;

		if (b < s)
			s = b;
	}
	return s;
}

static void add_member(struct prose *x, size_t *unit_at, size_t r, int side, size_t i)
{
	struct unit *u;

	if (unit_at[r] == NONE) {
		unit_at[r] = x->nv++;
		u = &x->v[unit_at[r]];
		u->same = 1;
		u->beg[BASE] = u->beg[HEAD] = u->beg[TGT] = NONE;
		u->end[BASE] = u->end[HEAD] = u->end[TGT] = 0;
	}
	u = &x->v[unit_at[r]];
	if (u->beg[side] == NONE)
		u->beg[side] = i;
	u->end[side] = i + 1;
	if (side == BASE && !x->exact[i])
		u->same = 0;
}

/* Number of sentences that have a place in some unit's range but not in that unit. */
static int scattered(const struct prose *x, const size_t *up, const size_t *off)
{
	size_t k, i;
	int side;

	for (k = 0; k < x->nv; k++)
		for (side = 0; side < SIDES; side++) {
			size_t r = NONE;

			if (x->v[k].beg[side] == NONE)
				continue;
			for (i = x->v[k].beg[side]; i < x->v[k].end[side]; i++) {
				size_t y = root((size_t *)up, off[side] + i);

				if (r != NONE && y != r)
					return 1;
				r = y;
			}
		}
	return 0;
}

int prose_units(struct prose *x)
{
	size_t off[SIDES] = { 0, x->n[BASE], x->n[BASE] + x->n[HEAD] };
	size_t total = off[TGT] + x->n[TGT], i;
	size_t *up = AMTS_NEW(x->p->arena, size_t, total + 1);
	size_t *unit_at = AMTS_NEW(x->p->arena, size_t, total + 1);
	int side;

	for (i = 0; i < total; i++) {
		up[i] = i;
		unit_at[i] = NONE;
	}
	for (i = 0; i < x->n[BASE]; i++)
		if (x->head_of[i] != NONE)
			join(up, i, off[HEAD] + x->head_of[i]);
	judge_sentences(x);
	for (i = 0; i < x->n[TGT]; i++)
		join_bead(x, up, off, i);
	x->v = AMTS_NEW(x->p->arena, struct unit, total + 1);
	for (side = 0; side < SIDES; side++)
		for (i = 0; i < x->n[side]; i++)
			add_member(x, unit_at, root(up, off[side] + i), side, i);
	for (i = 0; i < x->nv; i++)
		x->v[i].score = unit_score(x, &x->v[i]);
	return !scattered(x, up, off);
}

int unit_has(const struct unit *u, int side)
{
	return u->beg[side] != NONE;
}
