/*
 * Paragraphs that were rewritten beyond recognition: to the revision diff one was removed
 * and another put in.  Where both happened at one place, and nothing but a draft could
 * take the old translation's place, that stays until there is one.
 */
#include "plan/plan.h"

/* Blocks between two neighbours that stay: of head [head_beg, head_end), of the target.
 */
struct stretch {
	size_t head_beg, head_end, tgt_beg, tgt_end;
};

static int has(const struct group *g, int side)
{
	return g->beg[side] < g->end[side];
}

static const struct group *group_of(const struct amts_plan *p, int side, size_t i)
{
	return &p->groups[p->group_of[side][i]];
}

static int is_text(const struct amts_block *b)
{
	return !b->opaque &&
	       (b->kind == AMTS_BLOCK_PARAGRAPH || b->kind == AMTS_BLOCK_LIST_ITEM);
}

/* A new block that only a draft can put into the target's language. */
static int is_new(const struct amts_plan *p, size_t j)
{
	const struct amts_segments *s = &p->segs[HEAD];
	const struct group *g = group_of(p, HEAD, j);
	struct amts_str text;
	size_t i;

	if (has(g, BASE) || has(g, TGT))
		return 0;
	for (i = s->first[j]; i < s->first[j + 1]; i++)
		if (s->v[i].letters && !plan_recall_segment(&text, p, &s->v[i]))
			return 1;
	return 0;
}

static int is_removed(const struct amts_plan *p, size_t k)
{
	const struct group *g = group_of(p, TGT, k);

	return has(g, BASE) && !has(g, HEAD) && g->score >= CERTAIN &&
	       g->beg[BASE] + 1 == g->end[BASE] && g->beg[TGT] + 1 == g->end[TGT];
}

/* Were as many blocks of text removed as put in, in this order, and nothing else?  (Of
 * unequal numbers likeness of words could tell, but what is put in English beside an old
 * translation draws the source's away from it in a second run.) */
static int is_rewritten(const struct amts_plan *p, const struct stretch *s)
{
	const struct amts_block *h = p->doc[HEAD]->v + s->head_beg;
	const struct amts_block *t = p->doc[TGT]->v + s->tgt_beg;
	size_t n = s->head_end - s->head_beg, i;

	if (s->tgt_beg > s->tgt_end || s->tgt_end - s->tgt_beg != n)
		return 0;
	for (i = 0; i < n; i++)
		if (!is_text(&h[i]) || h[i].kind != t[i].kind || t[i].opaque ||
			!is_new(p, s->head_beg + i) || !is_removed(p, s->tgt_beg + i))
			return 0;
	return n > 0;
}

size_t *plan_rewritten(struct amts_plan *p)
{
	size_t n = p->doc[HEAD]->n, i, j;
	size_t *old_of = AMTS_NEW(p->arena, size_t, n + 1);
	struct stretch s = { 0 };

	for (j = 0; j <= n; j++)
		old_of[j] = NONE;
	for (j = 0; j <= n; j++) {
		const struct group *g = j < n ? group_of(p, HEAD, j) : NULL;

		if (g && (!has(g, BASE) || !has(g, TGT) || g->moved))
			continue;
		s.head_end = j;
		s.tgt_end = g ? g->beg[TGT] : p->doc[TGT]->n;
		if (is_rewritten(p, &s))
			for (i = s.head_beg; i < s.head_end; i++)
				old_of[i] = s.tgt_beg + i - s.head_beg;
		s.head_beg = j + 1;
		s.tgt_beg = g ? g->end[TGT] : 0;
	}
	return old_of;
}
