#include "align/chain.h"
#include "align/search.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void band_release(struct band *b)
{
	free(b->lo);
	free(b->hi);
	free(b->at);
	*b = (struct band){ 0 };
}

/* Every row must start no later than the row before ended, or no path leads through. */
void band_index(struct band *b)
{
	size_t at = 0;

	b->lo[0] = 0;
	b->hi[b->n] = (uint32_t)b->m;
	for (size_t x = 1; x <= b->n; x++)
		if (b->hi[x] < b->hi[x - 1])
			b->hi[x] = b->hi[x - 1];
	for (size_t x = b->n; x; x--)
		if (b->lo[x - 1] > b->lo[x])
			b->lo[x - 1] = b->lo[x];
	for (size_t x = 1; x <= b->n; x++)
		if (b->lo[x] > b->hi[x - 1])
			b->lo[x] = b->hi[x - 1];
	b->at = amts_malloc((b->n + 2) * sizeof(*b->at));
	for (size_t x = 0; x <= b->n; x++) {
		b->at[x] = at;
		at += b->hi[x] - b->lo[x] + 1;
	}
	b->at[b->n + 1] = at;
}

/* The item that holds all tokens of each type; 0: none, else 1 + item, or SEVERAL. */
#define SEVERAL UINT32_MAX
static uint32_t *only_items(const struct match_side *side, size_t nitems)
{
	uint32_t *in = amts_calloc(side->ntypes, sizeof(*in));

	for (size_t i = 0; i < nitems; i++)
		for (uint32_t k = side->begin[i]; k < side->begin[i + 1]; k++) {
			uint32_t *at = &in[side->type[k]];

			*at = *at && *at != i + 1 ? SEVERAL : (uint32_t)i + 1;
		}
	return in;
}

/* Types that stand in one item on each side and are each other's only match. */
static size_t token_points(struct align_pair *out, const struct search *s)
{
	const struct match_side *a = &s->match->side[0], *b = &s->match->side[1];
	uint32_t *ai = only_items(a, s->src->n), *bj = only_items(b, s->tgt->n);
	size_t n = 0;

	for (uint32_t u = 0; u < a->ntypes; u++) {
		uint32_t v;

		if (a->row[u + 1] != a->row[u] + 1 || !ai[u] || ai[u] == SEVERAL)
			continue;
		v = a->to[a->row[u]];
		if (bj[v] && bj[v] != SEVERAL)
			out[n++] = (struct align_pair){ ai[u] - 1, bj[v] - 1, 1 };
	}
	free(ai);
	free(bj);
	return n;
}

/* An opaque block, by its words. */
struct opaque {
	uint64_t words;
	size_t item;
	int side;
};

static int cmp_opaque(const void *x, const void *y)
{
	const struct opaque *a = x, *b = y;

	if (a->words != b->words)
		return a->words < b->words ? -1 : 1;
	if (a->side != b->side)
		return a->side - b->side;
	return (a->item > b->item) - (a->item < b->item);
}

static size_t add_opaque(struct opaque *v, size_t n, const struct align_side *side, int d)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct align_words *w = &side->v[i].words;
		struct amts_str bytes = { (const char *)w->v, w->n * sizeof(*w->v) };

		if (w->n)
			v[n++] = (struct opaque){ amts_str_hash(bytes, AMTS_HASH_SEED), i,
				d };
	}
	return n;
}

/* Opaque blocks that stand once on each side, with the same words. */
static size_t opaque_points(struct align_pair *out, const struct search *s)
{
	struct opaque *v = amts_malloc((s->src->n + s->tgt->n) * sizeof(*v));
	size_t n = add_opaque(v, 0, s->src, 0), points = 0, end;

	n = add_opaque(v, n, s->tgt, 1);
	if (n)
		qsort(v, n, sizeof(*v), cmp_opaque);
	for (size_t k = 0; k < n; k = end) {
		for (end = k; end < n && v[end].words == v[k].words;)
			end++;
		if (end == k + 2 && v[k].side != v[k + 1].side)
			out[points++] =
				(struct align_pair){ v[k].item, v[k + 1].item, 1 };
	}
	free(v);
	return points;
}

/* What can only be each other's counterpart, as far as it ascends. */
static size_t anchor_points(struct align_pair *out, const struct search *s)
{
	size_t n = token_points(out, s);

	n += opaque_points(out + n, s);
	return align_chain(out, n, s->tgt->n);
}

static void widen(struct band *b, size_t x, double y, double half)
{
	double lo = y - half, hi = y + half;
	uint32_t l = lo < 0 ? 0 : lo > (double)b->m ? (uint32_t)b->m : (uint32_t)lo;
	uint32_t h = hi < 0 ? 0 : hi > (double)b->m ? (uint32_t)b->m : (uint32_t)hi;

	if (l < b->lo[x])
		b->lo[x] = l;
	if (h > b->hi[x])
		b->hi[x] = h;
}

/* Straight line between two points of the path. */
static void widen_line(
	struct band *b, struct align_pair from, struct align_pair to, double half)
{
	double slope = to.i > from.i
			       ? ((double)to.j - (double)from.j) / (double)(to.i - from.i)
			       : 0;

	for (size_t x = from.i; x <= to.i; x++)
		widen(b, x, (double)from.j + slope * (double)(x - from.i), half);
}

double band_widest(size_t n)
{
	size_t half = BAND_NODES_LAST / (2 * n + 1);

	return (double)(half < BAND_LEAST ? BAND_LEAST : half);
}

static double half_width(size_t n, size_t m)
{
	double widest = band_widest(n);
	size_t half = (n > m ? n - m : m - n) + BAND_EXTRA;
	size_t most = BAND_NODES_MAX / (2 * n + 1);

	if (half > most)
		half = most;
	if (half < BAND_MIN)
		half = BAND_MIN;
	return (double)half < widest ? (double)half : widest;
}

/* Furthest distance of a point from the diagonal. */
static double detour(const struct align_pair *v, size_t k, size_t n, size_t m)
{
	double most = 0;

	for (size_t p = 0; p < k; p++) {
		double d = fabs((double)v[p].j - (double)v[p].i * (double)m / (double)n);

		most = d > most ? d : most;
	}
	return most;
}

static void band_init(struct band *b, const struct search *s)
{
	b->n = s->src->n;
	b->m = s->tgt->n;
	b->hi = amts_calloc(b->n + 1, sizeof(*b->hi));
	b->lo = amts_malloc((b->n + 1) * sizeof(*b->lo));
	memset(b->lo, 0xff, (b->n + 1) * sizeof(*b->lo));
}

/*
 * How far the path may be from the line between two points that follow each other: a
 * point that is there by chance, or a passage that one side lacks, bends the line.
 */
static double local_half(
	struct align_pair from, struct align_pair to, double slope, double most)
{
	double gap = (double)(to.i - from.i) + (double)(to.j - from.j);
	double bend = fabs(
		(double)to.j - (double)from.j - slope * ((double)to.i - (double)from.i));
	double half = BAND_NEAR + BAND_GAP * gap + bend;

	return half < most ? half : most;
}

/* Few points far from the diagonal are chance; many of them are the path, and the
 * diagonal is not. */
static void around_points(struct band *out, const struct search *s,
	const struct align_pair *points, size_t k)
{
	size_t n = s->src->n, m = s->tgt->n;
	struct align_pair begin = { 0, 0, 0 }, end = { n, m, 0 }, from = begin;
	double half = half_width(n, m), slope = n ? (double)m / (double)n : 1;
	int dense = k >= BAND_POINTS, far = detour(points, k, n, m) > BAND_DETOUR * half;

	band_init(out, s);
	if (!dense)
		widen_line(out, begin, end, half);
	if (!far || dense) {
		for (size_t p = 0; p <= k; p++) {
			struct align_pair to = p < k ? points[p] : end;

			widen_line(out, from, to,
				dense ? local_half(from, to, slope, half) : half);
			from = to;
		}
	}
	band_index(out);
}

/* ---- block by block ----------------------------------------------------------- */

/* First item behind the block of item i. */
static size_t block_end(const struct align_side *s, size_t i)
{
	size_t end = i + 1;

	while (end < s->n && s->v[end].block == s->v[i].block)
		end++;
	return end;
}

static int same_kind(const struct align_item *a, const struct align_item *b)
{
	return a->kind == b->kind && a->level == b->level && a->tabs == b->tabs;
}

/* Have both sides the same blocks, none of which is so long that three in a row are no
 * narrow band. */
static int same_blocks(const struct search *s)
{
	size_t i = 0, j = 0, x, y;

	for (; i < s->src->n && j < s->tgt->n; i = x, j = y) {
		x = block_end(s->src, i);
		y = block_end(s->tgt, j);
		if (!same_kind(&s->src->v[i], &s->tgt->v[j]) || x - i > BAND_BLOCK ||
			y - j > BAND_BLOCK)
			return 0;
	}
	return i == s->src->n && j == s->tgt->n;
}

/* Each block in the block of its number and those beside it. */
static void beside_blocks(struct band *out, const struct search *s)
{
	size_t i = 0, j = 0, before = 0;

	band_init(out, s);
	while (i < s->src->n) {
		size_t x = block_end(s->src, i), y = block_end(s->tgt, j);
		size_t behind = y < s->tgt->n ? block_end(s->tgt, y) : y;

		for (; i <= x; i++) {
			widen(out, i, (double)before, 0);
			widen(out, i, (double)behind, 0);
		}
		before = j;
		i = x;
		j = y;
	}
	band_index(out);
}

static int holds(const struct band *b, const struct align_pair *points, size_t k)
{
	for (size_t p = 0; p < k; p++)
		if (!band_has(b, points[p].i, points[p].j))
			return 0;
	return 1;
}

/* ---- the two together ------------------------------------------------------------ */

void band_around_anchors(struct band *out, const struct search *s)
{
	struct align_pair *points =
		amts_malloc((s->match->side[0].ntypes + s->src->n + 1) * sizeof(*points));
	size_t k = anchor_points(points, s);
	int narrow = k >= BAND_POINTS && same_blocks(s);

	if (narrow) {
		beside_blocks(out, s);
		narrow = out->at[out->n + 1] <= BAND_NODES_LAST && holds(out, points, k);
		if (!narrow)
			band_release(out);
	}
	if (!narrow)
		around_points(out, s, points, k);
	free(points);
}
