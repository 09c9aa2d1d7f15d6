#include "align/model.h"

#include "amts/doc.h"

#include <math.h>

const struct shape align_shapes[SHAPES] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 },
	{ 3, 1 }, { 1, 3 }, { 3, 2 }, { 2, 3 }, { 3, 3 }, { 4, 1 }, { 1, 4 } };

void align_model_init(struct align_model *m)
{
	static const double prior[SHAPES] = { PRIOR_11, PRIOR_21, PRIOR_21, PRIOR_22,
		PRIOR_31, PRIOR_31, PRIOR_32, PRIOR_32, PRIOR_33, PRIOR_41, PRIOR_41 };

	m->ratio = 1;
	m->s2 = LENGTH_S2;
	for (int k = 0; k < SHAPES; k++)
		m->prior[k] = log(prior[k]);
	for (int k = 0; k <= ERFC_STEPS * ERFC_MAX; k++)
		m->log_erfc[k] = (float)log(erfc((double)k / ERFC_STEPS / sqrt(2)));
}

struct lengths {
	double text, same;
};

static struct lengths lengths_of(const struct align_item *v, unsigned n)
{
	struct lengths l = { 0, 0 };

	for (unsigned k = 0; k < n; k++) {
		l.text += (double)v[k].length;
		l.same += (double)v[k].same_length;
	}
	return l;
}

static double z2(const struct align_model *m, struct lengths s, struct lengths t)
{
	double diff = t.text - m->ratio * s.text + LENGTH_ANCHOR * (t.same - s.same);
	double mean =
		(t.text + m->ratio * s.text + LENGTH_ANCHOR * (t.same + s.same)) / 2;

	return diff * diff / (mean + 1);
}

double align_length_z2(const struct align_model *m, const struct align_item *src,
	const struct align_item *tgt)
{
	return z2(m, lengths_of(src, 1), lengths_of(tgt, 1));
}

/* Gale and Church: probability of a difference of at least this size. */
static double length_score(const struct align_model *m, const struct align_item *src,
	unsigned a, const struct align_item *tgt, unsigned b)
{
	double z = sqrt(z2(m, lengths_of(src, a), lengths_of(tgt, b)) / m->s2);

	if (!(z < ERFC_MAX))
		z = ERFC_MAX;
	return (double)m->log_erfc[(int)(z * ERFC_STEPS)];
}

static int is_running_text(const struct align_item *item)
{
	return item->kind == AMTS_BLOCK_PARAGRAPH || item->kind == AMTS_BLOCK_LIST_ITEM;
}

/* 1 if a bead may hold these items of one side: only text of one kind stands together,
 * but a paragraph may have become a list. */
static int may_join(const struct align_item *v, unsigned n)
{
	for (unsigned k = 0; n > 1 && k < n; k++)
		if (v[k].segment == NO_SEGMENT || v[k].kind == AMTS_BLOCK_HEADING ||
			(v[k].kind != v[0].kind &&
				!(is_running_text(&v[k]) && is_running_text(&v[0]))))
			return 0;
	return 1;
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
	double score = 0;

	for (unsigned k = 0; k + 1 < a; k++) {
		score += src[k].ends ? BORDER_INSIDE : 0;
		score += src[k].tabs != src[k + 1].tabs ? TABS_INSIDE : 0;
	}
	for (unsigned k = 0; k + 1 < b; k++) {
		score += tgt[k].ends ? BORDER_INSIDE : 0;
		score += tgt[k].tabs != tgt[k + 1].tabs ? TABS_INSIDE : 0;
	}
	if (src[a - 1].ends && tgt[b - 1].ends)
		return score + BORDER_BOTH;
	return score + (src[a - 1].ends || tgt[b - 1].ends ? BORDER_ONE : 0);
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

double align_bead_score(const struct align_model *m, const struct align_side *src,
	const struct align_side *tgt, size_t i, size_t j, int shape)
{
	const struct align_item *s = &src->v[i], *t = &tgt->v[j];
	unsigned a = align_shapes[shape].src, b = align_shapes[shape].tgt;

	if ((s->segment == NO_SEGMENT) != (t->segment == NO_SEGMENT) || !may_join(s, a) ||
		!may_join(t, b))
		return -INFINITY;
	if (s->segment == NO_SEGMENT)
		return a == 1 && b == 1 ? align_opaque_score(s, t) : -INFINITY;
	return m->prior[shape] + length_score(m, s, a, t, b) + heading_score(s, t) +
	       tabs_score(s->tabs, t->tabs) + border_score(s, a, t, b);
}

double align_null_score(const struct align_item *item)
{
	return item->segment == NO_SEGMENT ? NULL_OPAQUE : NULL_TEXT;
}
