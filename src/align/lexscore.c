#include "align/lexscore.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Products of this many likelihood ratios stay inside a double. */
#define PRODUCT_MAX 24

/*
 * What the last items of the giving side say of each type of the other side.  The items
 * take turns in as many slots as sizes are wanted; those of one type stand together.
 */
struct window {
	float *says;		 /* by type and slot */
	unsigned char *heard;	 /* by type: slots that say something */
	size_t counts[BEAD_MAX]; /* tokens of the item in a slot */
	size_t item[BEAD_MAX];	 /* which item it is; SIZE_MAX: none */
	unsigned slot[BEAD_MAX]; /* [k]: of the k-th item before the last */
	double share[BEAD_MAX];	 /* [k]: of each of the last k + 1 items' tokens */
	double floor;		 /* log likelihood of a token that nothing explains */
	unsigned sizes;
};

static void spread(
	const struct window *w, unsigned slot, const struct match_side *from, int on)
{
	size_t item = w->item[slot];

	for (uint32_t k = from->begin[item]; k < from->begin[item + 1]; k++) {
		uint32_t u = from->type[k];

		for (uint32_t e = from->row[u]; e < from->row[u + 1]; e++) {
			float *at = &w->says[from->to[e] * w->sizes + slot];
			int before = *at > 0;

			*at = on ? *at + from->lift[e] : 0;
			w->heard[from->to[e]] += (*at > 0) - before;
		}
	}
}

/* Make `item` the last one. */
static void window_push(struct window *w, const struct match_side *from, size_t item)
{
	unsigned slot = w->slot[w->sizes - 1];
	size_t given = 0;

	if (w->item[slot] != SIZE_MAX)
		spread(w, slot, from, 0);
	for (unsigned k = w->sizes - 1; k; k--)
		w->slot[k] = w->slot[k - 1];
	w->slot[0] = slot;
	w->item[slot] = item;
	w->counts[slot] = from->begin[item + 1] - from->begin[item];
	spread(w, slot, from, 1);
	for (unsigned k = 0; k < w->sizes; k++) {
		given += w->counts[w->slot[k]];
		w->share[k] = (1 - LEX_FLOOR) / (double)(given + 1);
	}
}

/* As explain below; inline, for each number of sizes. */
static inline void explain_sizes(float *out, const struct window *w,
	const struct match_side *to, size_t item, const unsigned sizes)
{
	double product[BEAD_MAX] = { 1, 1, 1, 1 }, sum[BEAD_MAX] = { 0 };
	uint32_t beg = to->heard_begin[item], end = to->heard_begin[item + 1];
	uint32_t explained = 0, since = 0, all = to->begin[item + 1] - to->begin[item];
	double nothing;

	for (uint32_t t = beg; t < end; t++) {
		const float *now = &w->says[to->heard[t] * sizes];
		double says = 0;

		if (!w->heard[to->heard[t]])
			continue;
		explained++;
		for (unsigned k = 0; k < sizes; k++) {
			says += (double)now[w->slot[k]];
			product[k] *= w->share[k] * says + LEX_FLOOR;
		}
		if (++since < PRODUCT_MAX)
			continue;
		for (unsigned k = 0; k < sizes; k++) {
			sum[k] += log(product[k]);
			product[k] = 1;
		}
		since = 0;
	}
	nothing = w->floor * (double)(all - explained);
	for (unsigned k = 0; k < sizes; k++)
		out[k] =
			(float)(explained ? sum[k] + log(product[k]) + nothing : nothing);
}

/* Log likelihood of the tokens of one item given the last 1 to w->sizes of the window. */
static void explain(
	float *out, const struct window *w, const struct match_side *to, size_t item)
{
	if (w->sizes == 1)
		explain_sizes(out, w, to, item, 1);
	else
		explain_sizes(out, w, to, item, BEAD_MAX);
}

/* First and last row of the band that holds y, given those of y - 1: both ascend. */
static void column(const struct band *b, size_t y, size_t *beg, size_t *end)
{
	while (*beg < b->n && b->hi[*beg] < y)
		++*beg;
	while (*end < b->n && b->lo[*end] <= y)
		++*end;
}

static void rows(
	float *out, const struct search *s, const struct band *b, struct window *w)
{
	const struct match_side *to = &s->match->side[1];

	for (size_t x = 0; x < b->n; x++) {
		window_push(w, &s->match->side[0], x);
		for (size_t y = b->lo[x]; y <= b->hi[x] && y < b->m; y++)
			explain(&out[BAND_NODE(b, x, y) * w->sizes], w, to, y);
	}
}

static void columns(
	float *out, const struct search *s, const struct band *b, struct window *w)
{
	const struct match_side *to = &s->match->side[0];
	size_t beg = 0, end = 0;

	for (size_t y = 0; y < b->m; y++) {
		window_push(w, &s->match->side[1], y);
		column(b, y, &beg, &end);
		for (size_t x = beg; x < end; x++)
			explain(&out[BAND_NODE(b, x, y) * w->sizes], w, to, x);
	}
}

float *align_lex_scores(const struct search *s, const struct band *b, int of, int joint)
{
	size_t nodes = b->at[b->n + 1], types = s->match->side[of].ntypes;
	struct window w = { .floor = log(LEX_FLOOR), .sizes = joint ? BEAD_MAX : 1 };
	float *out = amts_malloc(nodes * w.sizes * sizeof(*out));

	w.says = amts_calloc(types * w.sizes, sizeof(*w.says));
	w.heard = amts_calloc(types, 1);
	for (unsigned k = 0; k < BEAD_MAX; k++) {
		w.slot[k] = k;
		w.item[k] = SIZE_MAX;
	}
	if (of)
		rows(out, s, b, &w);
	else
		columns(out, s, b, &w);
	free(w.says);
	free(w.heard);
	return out;
}
