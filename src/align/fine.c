/* The exact program: beads of all sizes inside a corridor. */
#include "align/lexscore.h"
#include "align/search.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

/* Moves into a node: the shapes, then an item of one side without counterpart. */
#define NULL_SRC SHAPES
#define NULL_TGT (SHAPES + 1)
#define MOVES (SHAPES + 2)
/* Of two equal ways the one that ends in a null is taken: when a passage stands several
 * times on one side, the first copy is the counterpart.  Above rounding errors. */
#define TIE 1e-3

struct fine {
	const struct search *s;
	const struct band *b;
	float *tgt, *src;   /* word scores, BEAD_MAX sizes */
	float *move;	    /* MOVES a node: score of the bead that ends there */
	double *best;	    /* best way to a node */
	double *fwd, *bwd;  /* log sums of tempered ways to and from a node */
	unsigned char *how; /* last move of the best way */
};

static unsigned src_size(int move)
{
	return move < SHAPES ? align_shapes[move].src : move == NULL_SRC;
}

static unsigned tgt_size(int move)
{
	return move < SHAPES ? align_shapes[move].tgt : move == NULL_TGT;
}

/* Words of items [i, x) and [j, y); -INFINITY when the corridor cuts through the bead. */
static double words(const struct fine *f, size_t i, size_t x, size_t j, size_t y)
{
	size_t nodes = f->b->at[f->b->n + 1];
	double sum = 0;

	if (!band_has(f->b, x - 1, j) || !band_has(f->b, x - 1, y - 1) ||
		!band_has(f->b, i, y - 1))
		return -INFINITY;
	for (size_t t = j; t < y; t++)
		sum += (double)f->tgt[(x - i - 1) * nodes + BAND_NODE(f->b, x - 1, t)];
	for (size_t r = i; r < x; r++)
		sum += (double)f->src[(y - j - 1) * nodes + BAND_NODE(f->b, r, y - 1)];
	return LEX_WEIGHT * sum;
}

static double move_score(const struct fine *f, size_t x, size_t y, int move)
{
	size_t a = src_size(move), b = tgt_size(move);
	double score;

	if (x < a || y < b || !band_has(f->b, x - a, y - b))
		return -INFINITY;
	if (move == NULL_SRC)
		return align_null_score(&f->s->src->v[x - 1]);
	if (move == NULL_TGT)
		return align_null_score(&f->s->tgt->v[y - 1]);
	score = align_bead_score(f->s->model, f->s->src, f->s->tgt, x - a, y - b, move);
	return score > -INFINITY ? score + words(f, x - a, x, y - b, y) : score;
}

static double log_sum(const double *v, int n)
{
	double max = -INFINITY, sum = 0;

	for (int k = 0; k < n; k++)
		max = fmax(max, v[k]);
	if (max == -INFINITY)
		return max;
	for (int k = 0; k < n; k++)
		if (v[k] > max - 30)
			sum += exp(v[k] - max);
	return max + log(sum);
}

static void forward(struct fine *f)
{
	const struct band *b = f->b;

	for (size_t x = 0; x <= b->n; x++)
		for (size_t y = b->lo[x]; y <= b->hi[x]; y++) {
			size_t at = BAND_NODE(b, x, y);
			double way[MOVES];

			f->best[at] = -INFINITY;
			for (int k = 0; k < MOVES; k++) {
				double score = move_score(f, x, y, k);
				size_t from;

				f->move[at * MOVES + (size_t)k] = (float)score;
				way[k] = -INFINITY;
				if (score == -INFINITY)
					continue;
				from = BAND_NODE(b, x - src_size(k), y - tgt_size(k));
				way[k] = f->fwd[from] + f->s->temper * score;
				if (f->best[from] + score >
					f->best[at] - (k < SHAPES ? 0 : TIE)) {
					f->best[at] = f->best[from] + score;
					f->how[at] = (unsigned char)k;
				}
			}
			f->fwd[at] = log_sum(way, MOVES);
			if (!x && !y)
				f->best[at] = f->fwd[at] = 0;
		}
}

static void backward(struct fine *f)
{
	const struct band *b = f->b;

	for (size_t x = b->n + 1; x--;)
		for (size_t y = (size_t)b->hi[x] + 1; y-- > b->lo[x];) {
			double way[MOVES];

			for (int k = 0; k < MOVES; k++) {
				size_t u = x + src_size(k), v = y + tgt_size(k), to;

				way[k] = -INFINITY;
				if (u > b->n || !band_has(b, u, v))
					continue;
				to = BAND_NODE(b, u, v);
				way[k] = f->bwd[to] +
					 f->s->temper *
						 (double)f->move[to * MOVES + (size_t)k];
			}
			f->bwd[BAND_NODE(b, x, y)] =
				x == b->n && y == b->m ? 0 : log_sum(way, MOVES);
		}
}

/* Log posterior of the bead that ends at node (x, y) with a move. */
static double log_posterior(const struct fine *f, size_t x, size_t y, int move)
{
	const struct band *b = f->b;
	size_t at = BAND_NODE(b, x, y);
	size_t from = BAND_NODE(b, x - src_size(move), y - tgt_size(move));
	double p = f->fwd[from] + f->bwd[at] - f->fwd[BAND_NODE(b, b->n, b->m)] +
		   f->s->temper * (double)f->move[at * MOVES + (size_t)move];

	return p < 0 ? p : 0;
}

static struct link link_ending(size_t x, size_t y, int move, double score)
{
	return (struct link){ (uint32_t)(x - src_size(move)), (uint32_t)x,
		(uint32_t)(y - tgt_size(move)), (uint32_t)y, (float)score, 0 };
}

static void list_plausible(struct links *out, const struct fine *f)
{
	const struct band *b = f->b;
	double least = log(PLAUSIBLE);

	out->all = NULL;
	out->nall = out->all_cap = 0;
	for (size_t x = 0; x <= b->n; x++)
		for (size_t y = b->lo[x]; y <= b->hi[x]; y++)
			for (int k = 0; k < SHAPES; k++) {
				double p;

				if (f->move[BAND_NODE(b, x, y) * MOVES + (size_t)k] ==
					-INFINITY)
					continue;
				p = log_posterior(f, x, y, k);
				if (p > least)
					AMTS_VEC_PUSH(out->all, out->nall, out->all_cap,
						link_ending(x, y, k, exp(p)));
			}
}

/* The part of a bead's score that speaks about content. */
static double evidence(const struct fine *f, const struct link *l)
{
	const struct align_item *src = &f->s->src->v[l->src_beg];
	const struct align_item *tgt = &f->s->tgt->v[l->tgt_beg];

	if (l->src_beg == l->src_end || l->tgt_beg == l->tgt_end)
		return 0;
	if (src->segment == NO_SEGMENT)
		return align_opaque_score(src, tgt);
	return words(f, l->src_beg, l->src_end, l->tgt_beg, l->tgt_end);
}

static void trace(struct links *out, const struct fine *f)
{
	size_t x = f->b->n, y = f->b->m;

	out->v = amts_malloc((x + y) * sizeof(*out->v));
	out->n = 0;
	out->evidence = 0;
	while (x || y) {
		int k = f->how[BAND_NODE(f->b, x, y)];

		out->v[out->n] = link_ending(x, y, k, exp(log_posterior(f, x, y, k)));
		out->evidence += evidence(f, &out->v[out->n]);
		x = out->v[out->n].src_beg;
		y = out->v[out->n++].tgt_beg;
	}
	for (size_t k = 0; k < out->n / 2; k++) {
		struct link l = out->v[k];

		out->v[k] = out->v[out->n - 1 - k];
		out->v[out->n - 1 - k] = l;
	}
}

void search_fine(struct links *out, const struct search *s, const struct band *band)
{
	size_t nodes = band->at[band->n + 1];
	struct fine f = { .s = s, .b = band };

	f.tgt = align_lex_scores(s, band, 1, BEAD_MAX);
	f.src = align_lex_scores(s, band, 0, BEAD_MAX);
	f.move = amts_malloc(nodes * MOVES * sizeof(*f.move));
	f.best = amts_malloc(nodes * sizeof(*f.best));
	f.fwd = amts_malloc(nodes * sizeof(*f.fwd));
	f.bwd = amts_malloc(nodes * sizeof(*f.bwd));
	f.how = amts_calloc(nodes, 1);
	forward(&f);
	backward(&f);
	trace(out, &f);
	list_plausible(out, &f);
	free(f.tgt);
	free(f.src);
	free(f.move);
	free(f.best);
	free(f.fwd);
	free(f.bwd);
	free(f.how);
}

void links_release(struct links *l)
{
	free(l->v);
	free(l->all);
	*l = (struct links){ 0 };
}
