/*
 * The coarse program: beads up to 2-1 and 1-2 with approximate word scores, over the
 * whole band.  Only tells where the exact program has to look.
 */
#include "align/lexscore.h"
#include "align/search.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Indices into align_shapes of the sizes used here. */
enum { S11, S21, S12, COARSE_SHAPES };
static const struct shape sizes[COARSE_SHAPES] = { { 1, 1 }, { 2, 1 }, { 1, 2 } };

struct coarse {
	const struct search *s;
	const struct band *b;
	float *tgt, *src;	    /* word scores of target and source items */
	float *bead[COARSE_SHAPES]; /* of the bead that begins at a node */
	double *alpha, *beta;	    /* best way to a node, from a node */
};

static inline void raise_to(double *v, double x)
{
	if (x > *v)
		*v = x;
}

/* Words of a 2-1 bead from those of its two 1-1 parts: the joint explanation of the
 * single item is at least the better one. */
static double words(const struct coarse *c, size_t at, size_t other, int shape)
{
	double tgt = (double)c->tgt[at], src = (double)c->src[at];

	if (shape == S21) {
		raise_to(&tgt, (double)c->tgt[other]);
		src += (double)c->src[other];
	} else if (shape == S12) {
		raise_to(&src, (double)c->src[other]);
		tgt += (double)c->tgt[other];
	}
	return LEX_WEIGHT * (tgt + src);
}

/* The node behind a bead of the band that begins at node (x, y). */
static inline size_t after(const struct band *b, size_t x, size_t y, int shape)
{
	return BAND_NODE(b, x + sizes[shape].src, y + sizes[shape].tgt);
}

/* Scores of the beads that begin at node (i, j). */
static void score_beads(const struct coarse *c, size_t i, size_t j)
{
	const struct band *b = c->b;
	size_t at = BAND_NODE(b, i, j);
	double score[COARSE_SHAPES];

	for (int k = 0; k < COARSE_SHAPES; k++)
		c->bead[k][at] = -INFINITY;
	if (i == b->n || j == b->m ||
		!align_bead_scores(score, c->s->model, &c->s->src->v[i], &c->s->tgt->v[j],
			COARSE_SHAPES))
		return;
	for (int k = 0; k < COARSE_SHAPES; k++) {
		size_t x = i + sizes[k].src, y = j + sizes[k].tgt;

		/* the last item of either side stands in front of a node of the band */
		if (score[k] > -INFINITY && x <= b->n && band_has(b, x, y) &&
			band_has(b, x - 1, y - 1))
			c->bead[k][at] =
				(float)(score[k] +
					words(c, BAND_NODE(b, x - 1, y - 1), at, k));
	}
}

static void forward(struct coarse *c)
{
	const struct band *b = c->b;

	for (size_t at = 1; at < b->at[b->n + 1]; at++)
		c->alpha[at] = -INFINITY;
	c->alpha[0] = 0;
	for (size_t x = 0; x <= b->n; x++) {
		double null = x < b->n ? align_null_score(&c->s->src->v[x]) : 0;

		for (size_t y = b->lo[x]; y <= b->hi[x]; y++) {
			size_t at = BAND_NODE(b, x, y);
			double here = c->alpha[at];

			for (int k = 0; k < COARSE_SHAPES; k++)
				if (c->bead[k][at] > -INFINITY)
					raise_to(&c->alpha[after(b, x, y, k)],
						here + (double)c->bead[k][at]);
			if (x < b->n && band_has(b, x + 1, y))
				raise_to(&c->alpha[BAND_NODE(b, x + 1, y)], here + null);
			if (y < b->hi[x])
				raise_to(&c->alpha[at + 1],
					here + align_null_score(&c->s->tgt->v[y]));
		}
	}
}

static void backward(struct coarse *c)
{
	const struct band *b = c->b;

	for (size_t x = b->n + 1; x--;) {
		double null = x < b->n ? align_null_score(&c->s->src->v[x]) : 0;

		for (size_t y = (size_t)b->hi[x] + 1; y-- > b->lo[x];) {
			size_t at = BAND_NODE(b, x, y);
			double best = x == b->n && y == b->m ? 0 : -INFINITY;

			for (int k = 0; k < COARSE_SHAPES; k++)
				if (c->bead[k][at] > -INFINITY)
					raise_to(&best,
						(double)c->bead[k][at] +
							c->beta[after(b, x, y, k)]);
			if (x < b->n && band_has(b, x + 1, y))
				raise_to(&best, c->beta[BAND_NODE(b, x + 1, y)] + null);
			if (y < b->hi[x])
				raise_to(&best,
					c->beta[at + 1] +
						align_null_score(&c->s->tgt->v[y]));
			c->beta[at] = best;
		}
	}
}

/* The stretch of row x that holds good nodes, around the best one. */
static void row_range(const struct coarse *c, size_t x, uint32_t *lo, uint32_t *hi)
{
	const struct band *b = c->b;
	double limit = c->alpha[BAND_NODE(b, b->n, b->m)] - CORRIDOR_LOSS,
	       best = -INFINITY;
	uint32_t mid = b->lo[x], half = (uint32_t)(band_widest(b->n) / 3);

	half = half < CORRIDOR_MAX / 2 ? half : CORRIDOR_MAX / 2;
	*lo = UINT32_MAX;
	*hi = 0;
	for (uint32_t y = b->lo[x]; y <= b->hi[x]; y++) {
		size_t at = BAND_NODE(b, x, y);
		double through = c->alpha[at] + c->beta[at];

		if (through > best) {
			best = through;
			mid = y;
		}
		if (through < limit)
			continue;
		*lo = y < *lo ? y : *lo;
		*hi = y;
	}
	if (*lo > mid)
		*lo = mid;
	if (*hi < mid)
		*hi = mid;
	if (mid - *lo > half)
		*lo = mid - half;
	if (*hi - mid > half)
		*hi = mid + half;
}

static void corridor(struct band *out, const struct coarse *c)
{
	const struct band *b = c->b;

	out->n = b->n;
	out->m = b->m;
	out->hi = amts_calloc(b->n + 1, sizeof(*out->hi));
	out->lo = amts_malloc((b->n + 1) * sizeof(*out->lo));
	memset(out->lo, 0xff, (b->n + 1) * sizeof(*out->lo));
	for (size_t x = 0; x <= b->n; x++) {
		uint32_t lo, hi;
		size_t from = x > CORRIDOR_MARGIN ? x - CORRIDOR_MARGIN : 0;

		row_range(c, x, &lo, &hi);
		lo = lo > CORRIDOR_MARGIN ? lo - CORRIDOR_MARGIN : 0;
		hi = hi + CORRIDOR_MARGIN < b->m ? hi + CORRIDOR_MARGIN : (uint32_t)b->m;
		for (size_t r = from; r <= x + CORRIDOR_MARGIN && r <= b->n; r++) {
			out->lo[r] = lo < out->lo[r] ? lo : out->lo[r];
			out->hi[r] = hi > out->hi[r] ? hi : out->hi[r];
		}
	}
	band_index(out);
}

static void copy_band(struct band *out, const struct band *band)
{
	size_t rows = band->n + 1;

	*out = (struct band){ .n = band->n, .m = band->m };
	out->lo = amts_malloc(rows * sizeof(*out->lo));
	out->hi = amts_malloc(rows * sizeof(*out->hi));
	memcpy(out->lo, band->lo, rows * sizeof(*out->lo));
	memcpy(out->hi, band->hi, rows * sizeof(*out->hi));
	band_index(out);
}

void search_coarse(struct band *out, const struct search *s, const struct band *band)
{
	size_t nodes = band->at[band->n + 1];
	struct coarse c = { .s = s, .b = band };

	if (nodes <= (band->n + 1) * BAND_NARROW) {
		copy_band(out, band);
		return;
	}
	c.tgt = align_lex_scores(s, band, 1, 0);
	c.src = align_lex_scores(s, band, 0, 0);
	for (int k = 0; k < COARSE_SHAPES; k++)
		c.bead[k] = amts_malloc(nodes * sizeof(float));
	c.alpha = amts_malloc(nodes * sizeof(double));
	c.beta = amts_malloc(nodes * sizeof(double));
	for (size_t x = 0; x <= band->n; x++)
		for (size_t y = band->lo[x]; y <= band->hi[x]; y++)
			score_beads(&c, x, y);
	forward(&c);
	backward(&c);
	corridor(out, &c);
	for (int k = 0; k < COARSE_SHAPES; k++)
		free(c.bead[k]);
	free(c.alpha);
	free(c.beta);
	free(c.tgt);
	free(c.src);
}
