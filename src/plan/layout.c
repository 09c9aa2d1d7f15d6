/*
 * The blocks around the sentences: markers, splits and joins follow the source, where the
 * target is laid out as base was.
 */
#include "plan/prose.h"

#include <string.h>

#define MAX_UNITS 500 /* of a group; looking for borders is quadratic in it */

static struct amts_str marker(const struct amts_plan *p, int side, size_t i)
{
	const struct amts_block *b = &p->doc[side]->v[i];

	return plan_bytes(p, side, (struct amts_span){ b->all.beg, b->text.beg });
}

/* Is the first sentence of the group the first on all sides?  Then so is the first block,
 * however many follow; the markers of others go with the borders between sentences. */
static size_t keep_first(const struct prose *x)
{
	size_t k;

	for (k = 0; k < x->nv; k++)
		if (unit_has(&x->v[k], BASE) && unit_has(&x->v[k], HEAD) &&
			unit_has(&x->v[k], TGT) && !x->v[k].beg[BASE] &&
			!x->v[k].beg[HEAD] && !x->v[k].beg[TGT])
			return 1;
	return 0;
}

/* A quote on several lines has a mark on each, and the words between them change. */
static int is_wrapped_quote(const struct amts_plan *p, size_t head, size_t tgt)
{
	const struct amts_block *t = &p->doc[TGT]->v[tgt];
	struct amts_str text = plan_bytes(p, TGT, t->text);

	return p->doc[HEAD]->v[head].quotes != t->quotes &&
	       memchr(text.p, '\n', text.n) != NULL;
}

/* Heading levels, list markers: the target takes head's where it had base's. */
static void follow_markers(struct prose *x)
{
	const struct group *g = x->g;
	struct amts_plan *p = x->p;
	size_t i, n = g->end[BASE] - g->beg[BASE];
	int relaid = n != g->end[HEAD] - g->beg[HEAD] || n != g->end[TGT] - g->beg[TGT];

	if (p->doc[BASE]->v[g->beg[BASE]].kind == AMTS_BLOCK_FRONT_MATTER)
		return; /* what stands before a value is its key and a quote */
	if (relaid)
		n = keep_first(x);
	for (i = 0; i < n; i++) {
		struct amts_str b = marker(p, BASE, g->beg[BASE] + i),
				h = marker(p, HEAD, g->beg[HEAD] + i),
				t = marker(p, TGT, g->beg[TGT] + i);
		const struct amts_block *tb = &p->doc[TGT]->v[g->beg[TGT] + i];

		if (amts_str_eq(b, h) || amts_str_eq(t, h) || !amts_str_eq(t, b))
			continue;
		if (plan_is_bound(p, g->beg[HEAD] + i, g->beg[TGT] + i) ||
			is_wrapped_quote(p, g->beg[HEAD] + i, g->beg[TGT] + i)) {
			prose_step(x);
			x->unclear = 1;
			x->why = plan_bound_why;
			continue;
		}
		plan_patch(p, prose_step(x),
			(struct amts_span){ tb->all.beg, tb->text.beg },
			amts_arena_fmt(p->arena, AMTS_STR_FMT AMTS_STR_FMT,
				AMTS_STR_ARG(plan_parting(
					p, g->beg[HEAD] + i, g->beg[TGT] + i)),
				AMTS_STR_ARG(h)));
		p->patches[p->npatches - 1].frame = !relaid;
		x->carried = 1;
	}
}

static size_t block_of(const struct prose *x, int side, size_t i)
{
	return prose_seg(x, side, i)->block;
}

/* Do two units meet in a document: the last sentence of u right before the first of v? */
static int meet(const struct unit *u, const struct unit *v, int side)
{
	return unit_has(u, side) && unit_has(v, side) && u->end[side] == v->beg[side];
}

static int same_block(
	const struct prose *x, const struct unit *u, const struct unit *v, int side)
{
	return block_of(x, side, u->end[side] - 1) == block_of(x, side, v->beg[side]);
}

/* What head has between the two blocks that base had as one: line ends, the next marker.
 */
static struct amts_str head_border(
	const struct prose *x, const struct unit *u, const struct unit *v)
{
	const struct amts_block *b = x->p->doc[HEAD]->v;
	struct amts_span at = { b[block_of(x, HEAD, u->end[HEAD] - 1)].text.end,
		b[block_of(x, HEAD, v->beg[HEAD])].text.beg };

	return plan_head_text(x->p, at);
}

static void follow_border(struct prose *x, const struct unit *u, const struct unit *v)
{
	int base = same_block(x, u, v, BASE), head = same_block(x, u, v, HEAD);
	struct amts_span at = { prose_seg(x, TGT, u->end[TGT] - 1)->at.end,
		prose_seg(x, TGT, v->beg[TGT])->at.beg };

	if (base == head || same_block(x, u, v, TGT) != base)
		return;
	plan_patch(x->p, prose_step(x), at,
		base					? head_border(x, u, v)
		: amts_lang_unspaced(x->p->in.tgt_lang) ? AMTS_STR("")
							: AMTS_STR(" "));
	x->carried = x->relaid = 1;
}

/* A block that was split or joined in the source between sentences that stayed. */
static void follow_borders(struct prose *x)
{
	size_t i, k;

	for (i = 0; i < x->nv; i++)
		for (k = 0; k < x->nv; k++)
			if (meet(&x->v[i], &x->v[k], BASE) &&
				meet(&x->v[i], &x->v[k], HEAD) &&
				meet(&x->v[i], &x->v[k], TGT))
				follow_border(x, &x->v[i], &x->v[k]);
}

void layout_follow(struct prose *x)
{
	follow_markers(x);
	if (x->nv <= MAX_UNITS)
		follow_borders(x);
}

/* A block that people left in the source language follows the source. */
int layout_untranslated(struct prose *x)
{
	const struct group *g = x->g;
	struct amts_plan *p = x->p;
	struct amts_span bat = plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]);
	struct amts_span hat = plan_blocks_span(p, HEAD, g->beg[HEAD], g->end[HEAD]);
	struct amts_span tat = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);
	uint64_t t = plan_fold_hash(plan_bytes(p, TGT, tat));
	struct amts_str text = plan_head_text(p, hat);

	if (t == plan_fold_hash(text))
		return 1;
	if (t != plan_fold_hash(plan_bytes(p, BASE, bat)))
		return 0;
	if (tat.end > tat.beg && p->doc[TGT]->bytes.p[tat.end - 1] != '\n')
		while (text.n &&
			(text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
			text.n--;
	plan_patch(p,
		plan_step(p, g, AMTS_ACTION_DRAFT, "not translated: follows the source"),
		tat, text);
	return 1;
}
