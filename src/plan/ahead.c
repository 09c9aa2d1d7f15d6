/*
 * What the target has already.  It may be ahead of base: a change was carried over by
 * hand, or by an earlier run.  Then head explains it better than base does.
 *
 * Both are aligned with the target.  Where they agree on a target unit (its base unit
 * became its head unit) it is an anchor; between two anchors the alignment that leaves
 * fewer units without a counterpart wins.
 */
#include "base/map.h"
#include "plan/plan.h"

/* Units between two anchors, exclusive; a border of the document is an anchor, too. */
struct region {
	size_t tgt_beg, tgt_end;
	size_t base_beg, base_end;
	size_t head_beg, head_end;
};

static size_t alone(const char *taken, size_t beg, size_t end)
{
	size_t n = 0;

	for (; beg < end; beg++)
		n += !taken[beg];
	return n;
}

static int is_anchor(const struct ahead *a, size_t t)
{
	return a->base_of[t] != NONE && a->head_of[t] != NONE &&
	       a->to_head[a->base_of[t]] == a->head_of[t];
}

/* One of several target units that share a counterpart explains itself, an anchor if
 * there is one; the others do not.  [beg, end): the units of that side between the
 * anchors. */
static int is_explained(const size_t *of, size_t t, size_t beg, size_t end)
{
	return of[t] != NONE && of[t] != end && of[t] + 1 != beg &&
	       (!t || of[t] != of[t - 1]);
}

/* How badly a target unit is explained: 0 by the same bytes, 1 by a counterpart with
 * others, 2 by nothing. */
static size_t unlike(const size_t *of, const char *same, size_t t, size_t beg, size_t end)
{
	return !is_explained(of, t, beg, end) ? 2 : same && !same[t];
}

/* With as much explained by either, is head's alignment much the surer?  So are rows that
 * changed places: each has a counterpart both ways. */
static int is_surer(const struct ahead *a, const struct region *r)
{
	double gain = 0;
	size_t t;

	if (!a->base_score || r->tgt_beg == r->tgt_end)
		return 0;
	for (t = r->tgt_beg; t < r->tgt_end; t++)
		gain += a->head_score[t] - a->base_score[t];
	return gain > .1 * (double)(r->tgt_end - r->tgt_beg);
}

static void judge(struct ahead *a, const struct region *r, const char *base_taken,
	const char *head_taken)
{
	size_t t, base = 0, head = 0;

	if (r->head_end < r->head_beg)
		return; /* sections moved that the target has where base had them */
	for (t = r->tgt_beg; t < r->tgt_end; t++) {
		base += unlike(a->base_of, a->base_same, t, r->base_beg, r->base_end);
		head += unlike(a->head_of, a->head_same, t, r->head_beg, r->head_end);
	}
	head += 2 * alone(head_taken, r->head_beg, r->head_end);
	if (r->base_end < r->base_beg)
		base = 1; /* ... or where head has them: it has to explain all */
	else
		base += 2 * alone(base_taken, r->base_beg, r->base_end);
	if (head < base || (head == base && is_surer(a, r)))
		for (t = r->tgt_beg; t < r->tgt_end; t++)
			a->adopt[t] = 1;
}

static char *taken(struct amts_arena *arena, const size_t *of, size_t ntgt, size_t n)
{
	char *v = AMTS_NEW(arena, char, n + 1);
	size_t t;

	for (t = 0; t < ntgt; t++)
		if (of[t] != NONE)
			v[of[t]] = 1;
	return v;
}

void ahead_judge(struct ahead *a, struct amts_arena *arena)
{
	char *base_taken = taken(arena, a->base_of, a->ntgt, a->nbase);
	char *head_taken = taken(arena, a->head_of, a->ntgt, a->nhead);
	struct region r = { 0 };
	size_t t;

	a->adopt = AMTS_NEW(arena, char, a->ntgt + 1);
	for (t = 0; t <= a->ntgt; t++) {
		if (t < a->ntgt && !is_anchor(a, t))
			continue;
		r.tgt_end = t;
		r.base_end = t < a->ntgt ? a->base_of[t] : a->nbase;
		r.head_end = t < a->ntgt ? a->head_of[t] : a->nhead;
		judge(a, &r, base_taken, head_taken);
		r = (struct region){ t + 1, 0, r.base_end + 1, 0, r.head_end + 1, 0 };
	}
}

void ahead_follow(struct ahead *a)
{
	size_t t;

	for (t = 0; t < a->ntgt; t++)
		a->head_of[t] = a->base_of[t] == NONE ? NONE : a->to_head[a->base_of[t]];
}

/* ---- blocks ------------------------------------------------------------------ */

/* Beads below least are none. */
static void first_of(
	size_t *of, size_t ntgt, const struct amts_alignment *al, double least)
{
	size_t i, t;

	for (t = 0; t < ntgt; t++)
		of[t] = NONE;
	for (i = 0; i < al->n; i++)
		for (t = al->v[i].tgt_beg; t < al->v[i].tgt_end; t++)
			if (al->v[i].src_beg < al->v[i].src_end &&
				al->v[i].score >= least)
				of[t] = al->v[i].src_beg;
}

/* Copies of head's blocks that an earlier run put there are no guess, however the bead
 * that they are in came about. */
static void add_copies(size_t *of, const struct amts_plan *p)
{
	const struct amts_alignment *al = &p->ahead;
	size_t i, s, t;

	for (i = 0; i < al->n; i++)
		for (t = al->v[i].tgt_beg; t < al->v[i].tgt_end; t++)
			for (s = al->v[i].src_beg; s < al->v[i].src_end; s++)
				if (of[t] == NONE && p->doc[TGT]->v[t].print ==
							     p->doc[HEAD]->v[s].print)
					of[t] = s;
}

/* How sure each target unit's counterpart is; to have none explains nothing. */
static double *scores(
	struct amts_arena *arena, size_t ntgt, const struct amts_alignment *al)
{
	double *v = AMTS_NEW(arena, double, ntgt + 1);
	size_t i, t;

	for (i = 0; i < al->n; i++)
		for (t = al->v[i].tgt_beg; t < al->v[i].tgt_end; t++)
			v[t] = al->v[i].src_beg < al->v[i].src_end ? al->v[i].score : 0;
	return v;
}

static size_t *became(struct amts_plan *p)
{
	size_t *to = AMTS_NEW(p->arena, size_t, p->doc[BASE]->n + 1), i, k;

	for (i = 0; i < p->doc[BASE]->n; i++)
		to[i] = NONE;
	for (i = 0; i < p->edits.n; i++)
		for (k = 0; p->edits.v[i].old_beg + k < p->edits.v[i].old_end &&
			    p->edits.v[i].new_beg + k < p->edits.v[i].new_end;
			k++)
			to[p->edits.v[i].old_beg + k] = p->edits.v[i].new_beg + k;
	return to;
}

/* New head blocks whose bead holds only target blocks without a base counterpart. */
static void adopt_newcomers(struct amts_plan *p, struct ahead *a)
{
	char *fresh = AMTS_NEW(p->arena, char, a->nhead + 1);
	size_t i, k;

	for (i = 0; i < p->edits.n; i++)
		for (k = p->edits.v[i].new_beg; k < p->edits.v[i].new_end; k++)
			fresh[k] = p->edits.v[i].op == AMTS_EDIT_INSERT;
	for (i = 0; i < p->ahead.n; i++) {
		const struct amts_bead *b = &p->ahead.v[i];
		int ok = b->src_beg < b->src_end && b->score >= CERTAIN;

		for (k = b->src_beg; ok && k < b->src_end; k++)
			ok = fresh[k];
		for (k = b->tgt_beg; ok && k < b->tgt_end; k++)
			ok = a->base_of[k] == NONE;
		for (k = b->tgt_beg; ok && k < b->tgt_end; k++)
			a->adopt[k] = 1;
	}
}

/*
 * New blocks of head that stand in the target word for word, still in the source's
 * language, are there whatever the aligners make of them.
 */
static void adopt_copies(struct amts_plan *p, struct ahead *a)
{
	const struct amts_doc *b = p->doc[BASE], *h = p->doc[HEAD], *t = p->doc[TGT];
	uint64_t *fresh = AMTS_NEW(p->arena, uint64_t, h->n + 1);
	uint64_t *prints = AMTS_NEW(p->arena, uint64_t, t->n + 1);
	struct amts_map known = { 0 };
	struct amts_match *m;
	size_t i, k, n;

	for (k = 0; k < b->n; k++)
		amts_map_add(&known, b->v[k].print, k);
	for (i = 0; i < p->edits.n; i++)
		for (k = p->edits.v[i].new_beg; k < p->edits.v[i].new_end; k++)
			fresh[k] =
				p->edits.v[i].op == AMTS_EDIT_INSERT ? h->v[k].print : 0;
	for (k = 0; k < t->n; k++)
		prints[k] = t->v[k].print;
	n = amts_lcs(&m, p->arena, fresh, h->n, prints, t->n);
	for (i = 0; i < n; i++) {
		if (amts_map_get(&known, prints[m[i].j]) != AMTS_MAP_NONE)
			continue;
		a->adopt[m[i].j] = 1;
		a->head_of[m[i].j] = m[i].i;
	}
	amts_map_release(&known);
}

/*
 * The two ends of a new container are in the target both, or they are those of another:
 * then so is what head has between them.
 */
static void release_halves(struct amts_plan *p, struct ahead *a)
{
	const struct containers *c = plan_containers_of(p, HEAD);
	char *there = AMTS_NEW(p->arena, char, a->nhead + 1);
	char *half = AMTS_NEW(p->arena, char, a->nhead + 1);
	size_t j, k;

	for (j = 0; j < a->nbase; j++)
		if (a->to_head[j] != NONE)
			there[a->to_head[j]] = 1;
	for (k = 0; k < a->ntgt; k++)
		if (a->adopt[k] && a->head_of[k] != NONE)
			there[a->head_of[k]] = 1;
	for (j = 0; j < a->nhead; j++) {
		size_t around = c->around[j], other = c->other[j];

		half[j] = (around != NONE && half[around]) ||
			  (other != NONE && there[j] != there[other]);
	}
	for (k = 0; k < a->ntgt; k++)
		if (a->adopt[k] && a->head_of[k] != NONE && half[a->head_of[k]])
			a->adopt[k] = 0;
}

/* Of target blocks: opaque, with the bytes of their counterpart. */
static char *same_bytes(struct amts_plan *p, const size_t *of, int side)
{
	const struct amts_doc *t = p->doc[TGT], *d = p->doc[side];
	char *same = AMTS_NEW(p->arena, char, t->n + 1);
	size_t i;

	for (i = 0; i < t->n; i++)
		same[i] = !t->v[i].opaque ||
			  (of[i] != NONE && t->v[i].print == d->v[of[i]].print);
	return same;
}

void ahead_blocks(struct amts_plan *p)
{
	struct ahead a = {
		.nbase = p->doc[BASE]->n, .nhead = p->doc[HEAD]->n, .ntgt = p->doc[TGT]->n
	};

	a.base_of = AMTS_NEW(p->arena, size_t, a.ntgt + 1);
	a.head_of = AMTS_NEW(p->arena, size_t, a.ntgt + 1);
	first_of(a.base_of, a.ntgt, &p->blocks, 0);
	a.to_head = became(p);
	if (p->ahead_bead) {
		first_of(a.head_of, a.ntgt, &p->ahead, SURE);
		add_copies(a.head_of, p);
	} else {
		ahead_follow(&a);
	}
	a.base_same = same_bytes(p, a.base_of, BASE);
	a.head_same = same_bytes(p, a.head_of, HEAD);
	if (p->ahead_bead) {
		a.base_score = scores(p->arena, a.ntgt, &p->blocks);
		a.head_score = scores(p->arena, a.ntgt, &p->ahead);
	}
	ahead_judge(&a, p->arena);
	adopt_newcomers(p, &a);
	adopt_copies(p, &a);
	release_halves(p, &a);
	p->adopt = a.adopt;
	p->head_of_tgt = a.head_of;
}
