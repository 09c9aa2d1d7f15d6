#include "align/lexscore.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Products of this many likelihood ratios stay inside a double. */
#define PRODUCT_MAX 24

/*
 * What the last items of the giving side say of each type of the other side.  The items
 * take turns in BEAD_MAX slots; those of one type stand together.
 */
struct window {
	float (*says)[BEAD_MAX]; /* by type and slot */
	size_t counts[BEAD_MAX]; /* tokens of the item in a slot */
	size_t item[BEAD_MAX];	 /* which item it is; SIZE_MAX: none */
	unsigned slot[BEAD_MAX]; /* [k]: of the k-th item before the last */
	double floor;		 /* log likelihood of a token that nothing explains */
};

static void spread(float (*says)[BEAD_MAX], unsigned slot, const struct match_side *from,
	size_t item, int on)
{
	for (uint32_t k = from->begin[item]; k < from->begin[item + 1]; k++) {
		uint32_t u = from->type[k];

		for (uint32_t e = from->row[u]; e < from->row[u + 1]; e++) {
			float *at = &says[from->to[e]][slot];

			*at = on ? *at + from->lift[e] : 0;
		}
	}
}

/* Make `item` the last one. */
static void window_push(
	struct window *w, const struct match_side *from, size_t item, int sizes)
{
	unsigned slot = w->slot[sizes - 1];

	if (w->item[slot] != SIZE_MAX)
		spread(w->says, slot, from, w->item[slot], 0);
	for (int k = sizes - 1; k; k--)
		w->slot[k] = w->slot[k - 1];
	w->slot[0] = slot;
	w->item[slot] = item;
	w->counts[slot] = from->begin[item + 1] - from->begin[item];
	spread(w->says, slot, from, item, 1);
}

static int says_nothing(const float *says)
{
	return says[0] + says[1] + says[2] + says[3] == 0;
}

/* Log likelihood of the tokens of one item given the last 1 to `sizes` of the window. */
static void explain(float *out, const struct window *w, const struct match_side *to,
	size_t item, int sizes)
{
	double product[BEAD_MAX] = { 1, 1, 1, 1 }, sum[BEAD_MAX] = { 0 }, share[BEAD_MAX];
	size_t given = 0, since = 0, unexplained = 0;

	for (int k = 0; k < sizes; k++) {
		given += w->counts[w->slot[k]];
		share[k] = (1 - LEX_FLOOR) / (double)(given + 1);
	}
	for (uint32_t t = to->begin[item]; t < to->begin[item + 1]; t++) {
		const float *now = w->says[to->type[t]];
		double says = 0;

		if (says_nothing(now)) {
			unexplained++;
			continue;
		}
		for (int k = 0; k < sizes; k++) {
			says += (double)now[w->slot[k]];
			product[k] *= share[k] * says + LEX_FLOOR;
		}
		if (++since < PRODUCT_MAX)
			continue;
		for (int k = 0; k < sizes; k++) {
			sum[k] += log(product[k]);
			product[k] = 1;
		}
		since = 0;
	}
	for (int k = 0; k < sizes; k++)
		out[k] = (float)(sum[k] + log(product[k]) +
				 w->floor * (double)unexplained);
}

/* First and last row of the band that holds y, given those of y - 1: both ascend. */
static void column(const struct band *b, size_t y, size_t *beg, size_t *end)
{
	while (*beg < b->n && b->hi[*beg] < y)
		++*beg;
	while (*end < b->n && b->lo[*end] <= y)
		++*end;
}

static void rows(float *out, const struct search *s, const struct band *b,
	struct window *w, int sizes)
{
	const struct match_side *to = &s->match->side[1];

	for (size_t x = 0; x < b->n; x++) {
		window_push(w, &s->match->side[0], x, sizes);
		for (size_t y = b->lo[x]; y <= b->hi[x] && y < b->m; y++)
			explain(&out[BAND_NODE(b, x, y) * (size_t)sizes], w, to, y,
				sizes);
	}
}

static void columns(float *out, const struct search *s, const struct band *b,
	struct window *w, int sizes)
{
	const struct match_side *to = &s->match->side[0];
	size_t beg = 0, end = 0;

	for (size_t y = 0; y < b->m; y++) {
		window_push(w, &s->match->side[1], y, sizes);
		column(b, y, &beg, &end);
		for (size_t x = beg; x < end; x++)
			explain(&out[BAND_NODE(b, x, y) * (size_t)sizes], w, to, x,
				sizes);
	}
}

float *align_lex_scores(const struct search *s, const struct band *b, int of, int sizes)
{
	size_t nodes = b->at[b->n + 1], types = s->match->side[of].ntypes;
	float *out = amts_calloc(nodes * (size_t)sizes, sizeof(*out));
	struct window w = { .floor = log(LEX_FLOOR) };

	w.says = amts_calloc(types, sizeof(*w.says));
	for (unsigned k = 0; k < BEAD_MAX; k++) {
		w.slot[k] = k;
		w.item[k] = SIZE_MAX;
	}
	if (of)
		rows(out, s, b, &w, sizes);
	else
		columns(out, s, b, &w, sizes);
	free(w.says);
	return out;
}
