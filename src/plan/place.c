/*
 * Inserted, deleted and moved blocks: where they go in the target.  A place is found from
 * the counterpart of the block's neighbours in head, never from a position.
 */
#include "plan/place.h"

static const char THERE_ALREADY[] = "new in the source, and there already";

/* The end of the target's blocks before what follows in head, with those that the aligner
 * gave to that; NONE when that is not clear. */
static size_t known_up_to(const struct places *x, size_t head_end)
{
	const struct amts_plan *p = x->p;
	size_t j, next = cursor_successor(x, head_end);

	if (next != NONE)
		return p->groups[p->group_of[TGT][next]].end[TGT];
	for (j = head_end; j < p->doc[HEAD]->n; j++)
		if (place_has(&p->groups[p->group_of[HEAD][j]], BASE))
			return NONE;
	return p->doc[TGT]->n;
}

/*
 * Does the target have known text that takes words of its own between the cursor and what
 * follows in head?  The aligner may have given it to a neighbour.
 */
static int stands_there(
	const struct places *x, struct cursor *c, size_t j, const struct parts *ps)
{
	const struct amts_plan *p = x->p;
	size_t k, end = known_up_to(x, j + 1);
	uint64_t text = plan_fold_hash(parts_known_text(p, ps));

	if (!c->sure || end == NONE || text == plan_fold_hash(AMTS_STR("")) ||
		text == plan_fold_hash(plan_bytes(p, HEAD, p->doc[HEAD]->v[j].all)))
		return 0;
	for (k = c->next; k < end; k++)
		if (!x->gone[k] &&
			plan_fold_hash(plan_bytes(p, TGT, p->doc[TGT]->v[k].all)) == text)
			break;
	if (k >= end)
		return 0;
	cursor_advance(c, p, k + 1);
	return 1;
}

/* A rewritten block: in place of the old translation when there is a draft. */
static void replace_block(struct places *x, struct cursor *c, size_t j)
{
	struct amts_plan *p = x->p;
	size_t k = x->old_of[j], step;
	struct group g = p->groups[p->group_of[TGT][k]];
	struct parts ps;

	g.beg[HEAD] = j;
	g.end[HEAD] = j + 1;
	step = plan_step(p, &g, AMTS_ACTION_DRAFT, "rewritten in the source");
	parts_of_block(x, &ps, j, step);
	plan_patch_parts(p, step, p->doc[TGT]->v[k].all, ps.v, ps.n, 1);
	cursor_advance(c, p, k + 1);
}

/* Does the target have it where head wants it? */
static int in_place(const struct places *x, const struct cursor *c, const struct group *g)
{
	size_t k = c->next;

	while (k < g->beg[TGT] &&
		(x->gone[k] || !place_has(&x->p->groups[x->p->group_of[TGT][k]], HEAD)))
		k++;
	return c->sure && k == g->beg[TGT];
}

/* Take target block k to the cursor. */
static void carry_block(
	struct places *x, struct cursor *c, const struct group *g, size_t k, size_t step)
{
	struct amts_plan *p = x->p;
	struct amts_str merged = x->merged[g->beg[HEAD]];
	struct part one = plan_literal(
		merged.n ? merged : plan_bytes(p, TGT, p->doc[TGT]->v[k].all));
	struct parts ps = { &one, 1 };

	if (one.text.n && one.text.p[one.text.n - 1] != '\n')
		one.text = amts_arena_fmt(p->arena, AMTS_STR_FMT "%s",
			AMTS_STR_ARG(one.text), place_eol(p));
	cursor_put(x, c, g->beg[HEAD], g->end[HEAD], step, &ps);
	x->gone[k] = 1;
	x->gone_step[k] = step;
}

/* A block that stood elsewhere and was reworked: its old translation goes along. */
static void move_reworked(struct places *x, struct cursor *c, size_t j)
{
	struct amts_plan *p = x->p;
	size_t k = x->from[j], step;
	struct group g = p->groups[p->group_of[TGT][k]];
	int stays;

	g.beg[HEAD] = j;
	g.end[HEAD] = j + 1;
	stays = in_place(x, c, &g);
	if (x->merged[j].n) {
		step = plan_step(p, &g, stays ? AMTS_ACTION_MERGE : AMTS_ACTION_MOVE,
			"moved in the source, what changed on the way merged");
		if (stays)
			plan_patch(p, step, p->doc[TGT]->v[k].all, x->merged[j]);
	} else {
		step = plan_step(p, &g, stays ? AMTS_ACTION_PENDING : AMTS_ACTION_MOVE,
			"moved in the source, and its words changed");
		p->steps[step].pending = 1;
	}
	if (stays)
		cursor_advance(c, p, k + 1);
	else
		carry_block(x, c, &g, k, step);
}

/* The label that an item now has for itself leaves the one that it was cut off. */
static void cut_label(struct amts_plan *p, size_t j, size_t step)
{
	struct amts_span at;

	if (!plan_label(&at, p, j))
		return;
	while (at.end < p->doc[TGT]->bytes.n && p->doc[TGT]->bytes.p[at.end] == ' ')
		at.end++;
	plan_patch(p, step, at, AMTS_STR(""));
	p->patches[p->npatches - 1].frame = 1;
}

static void insert_group(struct places *x, struct cursor *c, const struct group *g)
{
	struct amts_plan *p = x->p;
	size_t j;

	for (j = g->beg[HEAD]; j < g->end[HEAD]; j++) {
		struct group one = *g;
		struct parts ps;
		size_t step;

		if (x->old_of[j] != NONE) {
			replace_block(x, c, j);
			continue;
		}
		if (x->from[j] != NONE) {
			move_reworked(x, c, j);
			continue;
		}
		one.beg[HEAD] = j;
		one.end[HEAD] = j + 1;
		step = plan_step(p, &one, AMTS_ACTION_INSERT, "new in the source");
		p->steps[step].score = c->sure ? 1 : SURE;
		parts_of_block(x, &ps, j, step);
		if (stands_there(x, c, j, &ps)) {
			p->steps[step].action = AMTS_ACTION_KEEP;
			p->steps[step].reason = THERE_ALREADY;
		} else {
			cursor_put(x, c, j, j + 1, step, &ps);
			cut_label(p, j, step);
		}
	}
}

static void move_group(struct places *x, struct cursor *c, const struct group *g)
{
	struct amts_plan *p = x->p;
	struct part one = plan_literal(
		plan_bytes(p, TGT, plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT])));
	struct parts ps = { &one, 1 };
	size_t step, k;

	step = plan_step(p, g, AMTS_ACTION_MOVE, "moved in the source");
	plan_remarked(&one.text, p, g);
	if (one.text.n && one.text.p[one.text.n - 1] != '\n')
		one.text = amts_arena_fmt(p->arena, AMTS_STR_FMT "%s",
			AMTS_STR_ARG(one.text), place_eol(p));
	cursor_put(x, c, g->beg[HEAD], g->end[HEAD], step, &ps);
	for (k = g->beg[TGT]; k < g->end[TGT]; k++) {
		x->gone[k] = 1;
		x->gone_step[k] = step;
	}
}

/* A new block that the aligner finds in the target: told, unless it is there word for
 * word. */
static void say_known(struct amts_plan *p, const struct group *g)
{
	if (p->doc[HEAD]->v[g->beg[HEAD]].print != p->doc[TGT]->v[g->beg[TGT]].print)
		plan_step(p, g, AMTS_ACTION_KEEP, THERE_ALREADY);
}

static void leave_item(struct places *x, size_t j)
{
	const struct amts_block *v = x->p->doc[HEAD]->v;

	if (x->item != NONE && (v[j].depth < v[x->item].depth ||
				       (v[j].kind == AMTS_BLOCK_LIST_ITEM &&
					       v[j].depth == v[x->item].depth)))
		x->item = NONE;
}

static void walk(struct places *x)
{
	struct amts_plan *p = x->p;
	struct cursor c = { 0 };
	size_t j;

	for (j = 0; j < p->doc[HEAD]->n; j++) {
		const struct group *g = &p->groups[p->group_of[HEAD][j]];

		leave_item(x, j);
		if (g->beg[HEAD] != j)
			continue;
		if (!place_has(g, BASE) && !place_has(g, TGT))
			insert_group(x, &c, g);
		else if (!place_has(g, TGT))
			c.sure = 0;
		else if (g->moved && !g->changed && g->score >= SURE &&
			 !in_place(x, &c, g))
			move_group(x, &c, g);
		else {
			if (!place_has(g, BASE))
				say_known(p, g);
			cursor_advance(&c, p, g->end[TGT]);
		}
	}
}

void plan_places(struct amts_plan *p)
{
	struct places x = { .p = p, .item = NONE };

	x.gone = p->gone = AMTS_NEW(p->arena, char, p->doc[TGT]->n + 1);
	x.gone_step = p->gone_step = AMTS_NEW(p->arena, size_t, p->doc[TGT]->n + 1);
	x.in[HEAD] = plan_containers_of(p, HEAD);
	x.in[TGT] = plan_containers_of(p, TGT);
	x.breaks = place_breaks(p);
	x.old_of = plan_rewritten(p);
	place_leaving(&x);
	walk(&x);
	plan_quoted(p);
	place_remove(&x);
}
