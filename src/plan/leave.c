/* What leaves its place in the target: removed from the source, or moved. */
#include "plan/place.h"

static int removed_from_source(const struct group *g)
{
	return place_has(g, BASE) && !place_has(g, HEAD) && place_has(g, TGT);
}

static void say_removed(struct places *x, const struct group *g)
{
	size_t step, k;

	if (!x->gone[g->beg[TGT]]) {
		plan_step(x->p, g, AMTS_ACTION_PENDING,
			g->score < CERTAIN ? "removed from the source, but its "
					     "counterpart is not clear"
			: x->p->reworked[g->beg[BASE]]
				? "moved in the source, and its words changed"
			: x->reformed[g->beg[TGT]]
				? "its source was put into another form"
				: "removed from the source, but something else "
				  "stands inside it");
		return;
	}
	step = plan_step(x->p, g, AMTS_ACTION_DELETE, "removed from the source");
	for (k = g->beg[TGT]; k < g->end[TGT]; k++)
		x->gone_step[k] = step;
}

/* Code or a tag that the translation adapted, with what changed on the way; 0 when it is
 * as the source was, or does not merge. */
static int merge_moved(
	struct amts_str *out, const struct amts_plan *p, size_t b, size_t h, size_t t)
{
	struct amts_str base = plan_bytes(p, BASE, p->doc[BASE]->v[b].all);
	struct amts_str head = plan_head_text(p, p->doc[HEAD]->v[h].all);
	struct amts_str tgt = plan_bytes(p, TGT, p->doc[TGT]->v[t].all);
	struct merge3 m;

	if (plan_fold_hash(base) == plan_fold_hash(tgt))
		return 0;
	if (!merge3_tag(&m, p->arena, base, head, tgt))
		merge3_lines(&m, p->arena, base, head, tgt, p);
	*out = m.applied ? m.text : tgt;
	return !m.conflicts;
}

/* Translations of reworked blocks that go where head has these now. */
static void find_moved(struct places *x, char *taken)
{
	struct amts_plan *p = x->p;
	size_t j;

	x->from = AMTS_NEW(p->arena, size_t, p->doc[HEAD]->n + 1);
	x->merged = AMTS_NEW(p->arena, struct amts_str, p->doc[HEAD]->n + 1);
	for (j = 0; j < p->doc[HEAD]->n; j++) {
		size_t b = p->came_from[j];
		const struct group *g =
			b == NONE ? NULL : &p->groups[p->group_of[BASE][b]];

		x->from[j] = NONE;
		if (!g || !place_is_new(x, j) || x->old_of[j] != NONE ||
			!removed_from_source(g) || g->score < CERTAIN ||
			g->end[BASE] - g->beg[BASE] != 1 ||
			g->end[TGT] - g->beg[TGT] != 1 || taken[g->beg[TGT]])
			continue;
		if (p->doc[HEAD]->v[j].opaque &&
			!merge_moved(&x->merged[j], p, b, j, g->beg[TGT]))
			continue;
		if (p->doc[HEAD]->v[j].print == p->doc[BASE]->v[b].print)
			x->merged[j] =
				plan_bytes(p, TGT, p->doc[TGT]->v[g->beg[TGT]].all);
		x->gone[g->beg[TGT]] = 0;
		x->from[j] = g->beg[TGT];
		taken[g->beg[TGT]] = 1;
	}
}

/* The ends of a container stay with what stays between them; what moves does not. */
static void keep_directives(struct places *x, char *taken)
{
	struct amts_plan *p = x->p;
	size_t n = p->doc[TGT]->n, j, k;
	char *leaves = AMTS_NEW(p->arena, char, n + 1);

	for (k = 0; k < n; k++)
		leaves[k] = x->gone[k];
	for (j = 0; j < p->doc[HEAD]->n; j++)
		if (x->from[j] != NONE)
			leaves[x->from[j]] = 1;
	plan_keep_directives(p, x->in[TGT], leaves);
	for (k = 0; k < n; k++)
		x->gone[k] &= leaves[k];
	for (j = 0; j < p->doc[HEAD]->n; j++)
		if (x->from[j] != NONE && !leaves[x->from[j]]) {
			taken[x->from[j]] = 0;
			x->from[j] = NONE;
		}
}

void place_leaving(struct places *x)
{
	struct amts_plan *p = x->p;
	char *taken = AMTS_NEW(p->arena, char, p->doc[TGT]->n + 1);
	size_t i, k;

	for (i = 0; i < p->ngroups; i++) {
		const struct group *g = &p->groups[i];

		if (removed_from_source(g) && g->score >= CERTAIN &&
			!p->reworked[g->beg[BASE]])
			for (k = g->beg[TGT]; k < g->end[TGT]; k++)
				x->gone[k] = 1;
	}
	for (i = 0; i < p->doc[HEAD]->n; i++)
		if (x->old_of[i] != NONE) {
			x->gone[x->old_of[i]] = 0;
			taken[x->old_of[i]] = 1;
		}
	find_moved(x, taken);
	place_keep_reformed(x);
	keep_directives(x, taken);
	for (i = 0; i < p->ngroups; i++)
		if (removed_from_source(&p->groups[i]) && !taken[p->groups[i].beg[TGT]])
			say_removed(x, &p->groups[i]);
}

/* Block i of target blocks [beg, end) that go, with the white space behind it, or before
 * it where that keeps more of what the translation has around them. */
static struct amts_span removal(const struct places *x, size_t beg, size_t end, size_t i)
{
	const struct amts_doc *d = x->p->doc[TGT];
	struct amts_span at = d->v[i].all;

	if (end < d->n && (!beg || place_newlines(place_gap(x->p, TGT, end)) <=
					   place_newlines(place_gap(x->p, TGT, beg))))
		at.end = d->v[i + 1].all.beg;
	else if (beg)
		at.beg = d->v[i - 1].all.end;
	else if (i + 1 < end)
		at.end = d->v[i + 1].all.beg;
	return at;
}

void place_remove(struct places *x)
{
	const struct amts_doc *d = x->p->doc[TGT];
	size_t i, k, end;

	for (i = 0; i < d->n; i = end) {
		end = i + 1;
		if (!x->gone[i])
			continue;
		while (end < d->n && x->gone[end])
			end++;
		for (k = i; k < end; k++)
			plan_patch(x->p, x->gone_step[k], removal(x, i, end, k),
				AMTS_STR(""));
	}
}
