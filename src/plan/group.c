/*
 * Groups: the smallest sets of blocks of the three documents that edits (base..head) and
 * beads (base x target) do not cut.  Every block is in one group; most groups are one of
 * each.
 */
#include "plan/plan.h"

#include <string.h>

/* Union-find over the blocks of all three documents, numbered side after side. */
struct sets {
	size_t *up;
	size_t off[SIDES];
};

static size_t find(struct sets *s, size_t x)
{
	while (s->up[x] != x)
		x = s->up[x] = s->up[s->up[x]];
	return x;
}

static void join(struct sets *s, int a, size_t i, int b, size_t j)
{
	size_t x = find(s, s->off[a] + i), y = find(s, s->off[b] + j);

	if (x != y)
		s->up[x > y ? x : y] = x > y ? y : x;
}

static void join_ranges(
	struct sets *s, int a, size_t a0, size_t a1, int b, size_t b0, size_t b1)
{
	size_t i;

	for (i = a0 + 1; i < a1; i++)
		join(s, a, a0, a, i);
	for (i = b0 + 1; i < b1; i++)
		join(s, b, b0, b, i);
	if (a0 < a1 && b0 < b1)
		join(s, a, a0, b, b0);
}

static void join_edits(struct amts_plan *p, struct sets *s)
{
	size_t i, k;

	for (i = 0; i < p->edits.n; i++) {
		const struct amts_edit *e = &p->edits.v[i];

		if (e->op == AMTS_EDIT_CHANGE)
			join_ranges(s, BASE, e->old_beg, e->old_end, HEAD, e->new_beg,
				e->new_end);
		if (e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE)
			for (k = 0; e->old_beg + k < e->old_end &&
				    e->new_beg + k < e->new_end;
				k++)
				join(s, BASE, e->old_beg + k, HEAD, e->new_beg + k);
	}
}

static void join_beads(struct amts_plan *p, struct sets *s)
{
	size_t i, k;

	for (i = 0; i < p->blocks.n; i++) {
		const struct amts_bead *b = &p->blocks.v[i];
		size_t taken = 0;

		for (k = b->tgt_beg; k < b->tgt_end && b->src_beg < b->src_end; k++)
			if (!p->adopt[k]) {
				join(s, BASE, b->src_beg, TGT, k);
				taken++;
			}
		if (taken)
			join_ranges(s, BASE, b->src_beg, b->src_end, TGT, 0, 0);
	}
	for (k = 0; k < p->doc[TGT]->n; k++)
		if (p->adopt[k] && p->head_of_tgt[k] != NONE)
			join(s, HEAD, p->head_of_tgt[k], TGT, k);
}

static void take(struct amts_plan *p, struct sets *s, size_t *group_at)
{
	int side;
	size_t i;

	for (side = 0; side < SIDES; side++) {
		p->group_of[side] = AMTS_NEW(p->arena, size_t, p->doc[side]->n + 1);
		for (i = 0; i < p->doc[side]->n; i++) {
			size_t root = find(s, s->off[side] + i), k = group_at[root];
			struct group *g;

			if (k == NONE) {
				k = group_at[root] = p->ngroups++;
				g = &p->groups[k];
				g->beg[BASE] = g->beg[HEAD] = g->beg[TGT] = NONE;
				g->end[BASE] = g->end[HEAD] = g->end[TGT] = 0;
				g->score = 1;
			}
			g = &p->groups[k];
			if (g->beg[side] == NONE)
				g->beg[side] = i;
			g->end[side] = i + 1;
			p->group_of[side][i] = k;
		}
	}
	for (i = 0; i < p->ngroups; i++)
		for (side = 0; side < SIDES; side++)
			if (p->groups[i].beg[side] == NONE)
				p->groups[i].beg[side] = 0;
}

/* A group whose blocks do not stand together in some document has no clear place. */
static void distrust_scattered(struct amts_plan *p)
{
	int side;
	size_t i, k;

	for (k = 0; k < p->ngroups; k++)
		for (side = 0; side < SIDES; side++)
			for (i = p->groups[k].beg[side]; i < p->groups[k].end[side]; i++)
				if (p->group_of[side][i] != k)
					p->groups[k].score = 0;
}

static void mark_changes(struct amts_plan *p)
{
	size_t i, k;

	for (i = 0; i < p->edits.n; i++) {
		const struct amts_edit *e = &p->edits.v[i];

		for (k = e->old_beg; k < e->old_end; k++) {
			struct group *g = &p->groups[p->group_of[BASE][k]];

			g->changed |= e->op != AMTS_EDIT_KEEP && e->op != AMTS_EDIT_MOVE;
			g->moved |= e->op == AMTS_EDIT_MOVE;
		}
		for (k = e->new_beg; k < e->new_end; k++)
			p->groups[p->group_of[HEAD][k]].changed |=
				e->op != AMTS_EDIT_KEEP && e->op != AMTS_EDIT_MOVE;
	}
	for (i = 0; i < p->blocks.n; i++) {
		const struct amts_bead *b = &p->blocks.v[i];

		if (b->src_beg < b->src_end && b->tgt_beg < b->tgt_end) {
			struct group *g = &p->groups[p->group_of[BASE][b->src_beg]];

			if (b->score < g->score)
				g->score = b->score;
		}
	}
}

void plan_groups(struct amts_plan *p)
{
	struct sets s;
	size_t i, n = 0, *group_at;
	int side;

	for (side = 0; side < SIDES; side++) {
		s.off[side] = n;
		n += p->doc[side]->n;
	}
	s.up = AMTS_NEW(p->arena, size_t, n + 1);
	group_at = AMTS_NEW(p->arena, size_t, n + 1);
	for (i = 0; i < n; i++) {
		s.up[i] = i;
		group_at[i] = NONE;
	}
	join_edits(p, &s);
	ahead_blocks(p);
	join_beads(p, &s);
	p->groups = AMTS_NEW(p->arena, struct group, n + 1);
	take(p, &s, group_at);
	mark_changes(p);
	distrust_scattered(p);
}
