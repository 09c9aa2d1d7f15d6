#include "align/model.h"

#include "amts/doc.h"

#include <math.h>

const struct shape align_shapes[SHAPES] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 },
	{ 3, 1 }, { 1, 3 }, { 3, 2 }, { 2, 3 }, { 3, 3 }, { 4, 1 }, { 1, 4 } };

void align_model_priors(double *prior)
{
	static const double first[SHAPES] = { PRIOR_11, PRIOR_21, PRIOR_21, PRIOR_22,
		PRIOR_31, PRIOR_31, PRIOR_32, PRIOR_32, PRIOR_33, PRIOR_41, PRIOR_41 };

	for (int k = 0; k < SHAPES; k++)
		prior[k] = log(first[k]);
}

void align_model_init(struct align_model *m)
{
	m->ratio = 1;
	m->s2 = LENGTH_S2;
	align_model_priors(m->prior);
	for (int k = 0; k <= ERFC_STEPS * ERFC_MAX; k++)
		m->log_erfc[k] = (float)log(erfc((double)k / ERFC_STEPS / sqrt(2)));
}

static double z2(const struct align_model *m, const struct align_item *src, unsigned a,
	const struct align_item *tgt, unsigned b)
{
	double s = m->ratio * (double)src->lengths[a - 1],
	       t = (double)tgt->lengths[b - 1];
	double ssame = (double)src->same_lengths[a - 1],
	       tsame = (double)tgt->same_lengths[b - 1];
	double diff = t - s + LENGTH_ANCHOR * (tsame - ssame);
	double mean = (t + s + LENGTH_ANCHOR * (tsame + ssame)) / 2;

	return diff * diff / (mean + 1);
}

double align_length_z2(const struct align_model *m, const struct align_item *src,
	const struct align_item *tgt)
{
	return z2(m, src, 1, tgt, 1);
}

/* Gale and Church: probability of a difference of at least this size. */
static double length_score(const struct align_model *m, const struct align_item *src,
	unsigned a, const struct align_item *tgt, unsigned b)
{
	double z = sqrt(z2(m, src, a, tgt, b) / m->s2);

	if (!(z < ERFC_MAX))
		z = ERFC_MAX;
	return (double)m->log_erfc[(int)(z * ERFC_STEPS)];
}

static double heading_score(const struct align_item *s, const struct align_item *t)
{
	int hs = s->kind == AMTS_BLOCK_HEADING, ht = t->kind == AMTS_BLOCK_HEADING;

	if (hs != ht)
		return HEADING_OTHER;
	return hs && s->level != t->level ? HEADING_LEVEL : 0;
}

static double tabs_score(uint64_t s, uint64_t t)
{
	if (s == t)
		return 0;
	if (!s || !t)
		return TABS_ONE;
	return s & t ? 0 : TABS_DISJOINT;
}

static double border_score(const struct align_item *src, unsigned a,
	const struct align_item *tgt, unsigned b)
{
	double score = (double)src->inside[a - 1] + (double)tgt->inside[b - 1];
	int borders = src[a - 1].ends + tgt[b - 1].ends;

	return borders == 2 ? score + BORDER_BOTH : score + (borders ? BORDER_ONE : 0);
}

double align_opaque_score(const struct align_item *s, const struct align_item *t)
{
	double n = (double)(s->words.n + t->words.n);

	if (s->kind != t->kind)
		return -INFINITY;
	if (n == 0)
		return 0;
	return OPAQUE_WEIGHT *
		       (2 * (double)align_words_common(&s->words, &t->words) / n - .5) +
	       tabs_score(s->tabs, t->tabs);
}

int align_bead_scores(double *score, const struct align_model *m,
	const struct align_item *src, const struct align_item *tgt, int nshapes)
{
	double both;

	for (int k = 0; k < nshapes; k++)
		score[k] = -INFINITY;
	if ((src->segment == NO_SEGMENT) != (tgt->segment == NO_SEGMENT))
		return 0;
	if (src->segment == NO_SEGMENT) {
		score[0] = align_opaque_score(src, tgt);
		return score[0] > -INFINITY;
	}
	both = heading_score(src, tgt) + tabs_score(src->tabs, tgt->tabs);
	for (int k = 0; k < nshapes; k++) {
		unsigned a = align_shapes[k].src, b = align_shapes[k].tgt;

		if (a <= src->joins && b <= tgt->joins)
			score[k] = m->prior[k] + length_score(m, src, a, tgt, b) + both +
				   border_score(src, a, tgt, b);
	}
	return 1;
}
