#include "align/teach.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

static int is_text(const struct align_side *side, const struct link *l)
{
	return l->src_end > l->src_beg && l->tgt_end > l->tgt_beg &&
	       side[0].v[l->src_beg].segment != NO_SEGMENT;
}

static int is_sure_pair(const struct link *l)
{
	return l->src_end == l->src_beg + 1 && l->tgt_end == l->tgt_beg + 1 &&
	       l->score >= TEACH_POSTERIOR;
}

void align_count_lengths(
	struct align_counts *c, const struct align_side *side, const struct links *links)
{
	for (size_t i = 0; i < links->n; i++) {
		const struct link *l = &links->v[i];

		if (!is_text(side, l) || !is_sure_pair(l))
			continue;
		c->length[0] += (double)side[0].v[l->src_beg].length;
		c->length[1] += (double)side[1].v[l->tgt_beg].length;
	}
}

void align_counts_ratio(struct align_model *m, const struct align_counts *c)
{
	m->ratio = (c->length[1] + 1) / (c->length[0] + 1);
}

void align_count_beads(struct align_counts *c, const struct align_model *m,
	const struct align_side *side, const struct links *links)
{
	for (size_t i = 0; i < links->n; i++) {
		const struct link *l = &links->v[i];

		if (!is_text(side, l))
			continue;
		for (int s = 0; s < SHAPES; s++)
			if (align_shapes[s].src == l->src_end - l->src_beg &&
				align_shapes[s].tgt == l->tgt_end - l->tgt_beg)
				c->shape[s]++;
		if (!is_sure_pair(l))
			continue;
		c->z2 += align_length_z2(
			m, &side[0].v[l->src_beg], &side[1].v[l->tgt_beg]);
		c->pairs++;
	}
}

void align_counts_apply(struct align_model *m, const struct align_counts *c)
{
	double start[SHAPES], count[SHAPES], total = 0;

	align_model_priors(start);
	for (int s = 0; s < SHAPES; s++)
		total += count[s] = PRIOR_PSEUDO * exp(start[s]) + c->shape[s];
	m->s2 = (c->z2 + LENGTH_S2 * PRIOR_PSEUDO) / (c->pairs + PRIOR_PSEUDO);
	for (int s = 0; s < SHAPES; s++)
		m->prior[s] = log(count[s] / total);
}

static uint32_t *words_of(
	const struct align_side *side, uint32_t beg, uint32_t end, size_t *n)
{
	const struct align_item *last = &side->v[end - 1];
	uint32_t first = side->v[beg].tok, *v;

	*n = last->tok + last->ntok - first;
	v = amts_malloc(*n * sizeof(*v));
	for (size_t k = 0; k < *n; k++)
		v[k] = side->tok[first + k].word;
	return v;
}

static void teach_pair(
	struct align_corpus *corpus, const struct align_side *side, const struct link *l)
{
	size_t nsrc, ntgt;
	uint32_t *src = words_of(&side[0], l->src_beg, l->src_end, &nsrc);
	uint32_t *tgt = words_of(&side[1], l->tgt_beg, l->tgt_end, &ntgt);

	align_corpus_add(corpus, src, nsrc, tgt, ntgt, l->score);
	free(src);
	free(tgt);
}

void align_teach_pairs(struct align_corpus *corpus, const struct align_side *side,
	const struct links *links)
{
	for (size_t i = 0; i < links->nall; i++) {
		const struct link *l = &links->all[i];

		if (is_text(side, l) && l->score >= TEACH_POSTERIOR &&
			l->src_end - l->src_beg + l->tgt_end - l->tgt_beg <= TEACH_MAX)
			teach_pair(corpus, side, l);
	}
}
