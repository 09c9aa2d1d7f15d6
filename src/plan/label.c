/*
 * A label that became an item of its own, with what it introduced nested in it: of
 * "- **See also:** [A](a)" the source made "- **See also:**" and "  - [A](a)".  That of
 * the translation is cut off in the same place.
 */
#include "plan/plan.h"

#include <string.h>

/* Bytes of the bold label, with its colon, that a text begins with; 0: none. */
static size_t label_of(struct amts_str s)
{
	static const char *const colons[] = { ":", "：" };
	size_t end, i;

	if (!amts_str_starts(s, AMTS_STR("**")))
		return 0;
	end = amts_str_find(s, AMTS_STR("**"), 2) + 2;
	if (end > s.n || end < 5)
		return 0;
	for (i = 0; i < sizeof(colons) / sizeof(*colons); i++)
		if (amts_str_starts(amts_str_sub(s, end, s.n), amts_str_z(colons[i])))
			return end + strlen(colons[i]);
	return end;
}

static struct amts_str text_of(const struct amts_plan *p, int side, size_t i)
{
	return amts_str_trim(plan_bytes(p, side, p->doc[side]->v[i].text));
}

int plan_label(struct amts_span *at, const struct amts_plan *p, size_t j)
{
	const struct amts_block *v = p->doc[HEAD]->v + j;
	struct amts_str label = text_of(p, HEAD, j), base, tgt;
	const struct group *g;
	size_t n, m, beg;

	if (v->kind != AMTS_BLOCK_LIST_ITEM || !label.n || label_of(label) != label.n ||
		j + 1 >= p->doc[HEAD]->n || v[1].kind != AMTS_BLOCK_LIST_ITEM ||
		v[1].depth != v->depth + 1)
		return 0;
	g = &p->groups[p->group_of[HEAD][j + 1]];
	if (g->score < SURE || g->end[HEAD] - g->beg[HEAD] != 1 ||
		g->end[BASE] - g->beg[BASE] != 1 || g->end[TGT] - g->beg[TGT] != 1)
		return 0;
	base = text_of(p, BASE, g->beg[BASE]);
	tgt = text_of(p, TGT, g->beg[TGT]);
	n = label_of(base);
	m = label_of(tgt);
	beg = p->doc[TGT]->v[g->beg[TGT]].text.beg;
	*at = (struct amts_span){ beg, beg + m };
	return n && n < base.n && m && m < tgt.n && !label_of(text_of(p, HEAD, j + 1)) &&
	       plan_fold_hash(amts_str_sub(base, 0, n)) == plan_fold_hash(label) &&
	       amts_str_eq(plan_bytes(p, TGT, *at), amts_str_sub(tgt, 0, m));
}
