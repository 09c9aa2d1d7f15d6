/* Sentence pairs of base and target, with the target's placeholders numbered as the
 * source's. */
#include "md/pairing.h"
#include "plan/plan.h"

static int pair_of(
	struct amts_plan *p, const struct amts_bead *b, struct amts_plan_pair *out)
{
	const struct amts_segments *s = &p->segs[BASE], *t = &p->segs[TGT];
	struct amts_span src = { b->src_beg, b->src_end },
			 tgt = { b->tgt_beg, b->tgt_end };

	if (src.beg == src.end || tgt.beg == tgt.end ||
		!amts_pair_segments(
			&out->src, &out->tgt, p->arena, s, src, t, tgt, p->in.tgt_lang))
		return 0;
	if (b->src_beg)
		out->before = s->v[b->src_beg - 1].text;
	out->score = b->score;
	out->src_print = s->doc->v[s->v[b->src_beg].block].print;
	out->tgt_print = t->doc->v[t->v[b->tgt_beg].block].print;
	return s->v[b->src_beg].letters && !amts_str_eq(out->src, out->tgt);
}

void plan_pairs(struct amts_plan *p)
{
	size_t i;

	p->pairs = AMTS_NEW(p->arena, struct amts_plan_pair, p->sentences.n + 1);
	for (i = 0; i < p->sentences.n; i++)
		if (pair_of(p, &p->sentences.v[i], &p->pairs[p->npairs]))
			p->npairs++;
}
