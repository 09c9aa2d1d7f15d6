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
/* Ways that much less likely than the best one, in logs, say nothing: one in 10^6. */
#define NEGLIGIBLE 14

struct fine {
	const struct search *s;
	const struct band *b;
	double temper;
	float *tgt, *src;   /* word scores, BEAD_MAX sizes */
	float *move;	    /* MOVES a node: score of the bead that begins there */
	double *best;	    /* best way to a node */
	double *fwd, *bwd;  /* log sums of tempered ways to and from a node */
	unsigned char *how; /* last move of the best way */
};

static inline unsigned src_size(int move)
{
	return move < SHAPES ? align_shapes[move].src : move == NULL_SRC;
}

static inline unsigned tgt_size(int move)
{
	return move < SHAPES ? align_shapes[move].tgt : move == NULL_TGT;
}

/* Where a move into the nodes of one row comes from. */
struct origin {
	size_t lo, hi; /* nodes of the row that it can lead to; none where lo > hi */
	size_t base;   /* the move into node y begins at node base + y */
};

static void origins(struct origin *from, const struct band *b, size_t x)
{
	for (int k = 0; k < MOVES; k++) {
		size_t row = x - src_size(k), step = tgt_size(k);

		from[k] = src_size(k) <= x ? (struct origin){ b->lo[row] + step,
			b->hi[row] + step, b->at[row] - b->lo[row] - step }
					   : (struct origin){ 1, 0, 0 };
	}
}

/* Move k into node y of a row: where it begins and its score; 0: there is none. */
static inline int move_into(const struct fine *f, const struct origin *row, size_t y,
	int k, size_t *from, double *score)
{
	const struct origin *r = &row[k];

	if (y < r->lo || y > r->hi)
		return 0;
	*from = r->base + y;
	*score = (double)f->move[*from * MOVES + (size_t)k];
	return *score > -INFINITY;
}

/* Words of items [i, x) and [j, y); -INFINITY when the corridor cuts through the bead. */
static double words(const struct fine *f, size_t i, size_t x, size_t j, size_t y)
{
	const float *tgt, *src;
	double sum = 0;

	if (!band_has(f->b, x - 1, j) || !band_has(f->b, x - 1, y - 1) ||
		!band_has(f->b, i, y - 1))
		return -INFINITY;
	tgt = &f->tgt[BAND_NODE(f->b, x - 1, j) * BEAD_MAX + x - i - 1];
	for (size_t t = j; t < y; t++, tgt += BEAD_MAX)
		sum += (double)*tgt;
	src = &f->src[y - j - 1];
	for (size_t r = i; r < x; r++)
		sum += (double)src[BAND_NODE(f->b, r, y - 1) * BEAD_MAX];
	return LEX_WEIGHT * sum;
}

/* Scores of the moves that begin at node (i, j). */
static void score_moves(const struct fine *f, size_t i, size_t j)
{
	const struct band *b = f->b;
	float *move = &f->move[BAND_NODE(b, i, j) * MOVES];
	double score[SHAPES];

	for (int k = 0; k < MOVES; k++)
		move[k] = -INFINITY;
	if (i < b->n && band_has(b, i + 1, j))
		move[NULL_SRC] = (float)align_null_score(&f->s->src->v[i]);
	if (j < b->hi[i])
		move[NULL_TGT] = (float)align_null_score(&f->s->tgt->v[j]);
	if (i == b->n || j == b->m ||
		!align_bead_scores(
			score, f->s->model, &f->s->src->v[i], &f->s->tgt->v[j], SHAPES))
		return;
	for (int k = 0; k < SHAPES; k++) {
		size_t x = i + align_shapes[k].src, y = j + align_shapes[k].tgt;

		if (score[k] > -INFINITY && x <= b->n && band_has(b, x, y))
			move[k] = (float)(score[k] + words(f, i, x, j, y));
	}
}

/* Log of the sum of what v[0..n) are logs of. */
static double log_sum(const double *v, int n)
{
	double sum = 0;
	int most = 0;

	for (int k = 1; k < n; k++)
		if (v[k] > v[most])
			most = k;
	for (int k = 0; k < n; k++)
		if (k != most && v[k] > v[most] - NEGLIGIBLE)
			sum += exp(v[k] - v[most]);
	return sum > 0 ? v[most] + log1p(sum) : v[most];
}

static void forward(struct fine *f)
{
	const struct band *b = f->b;
	struct origin row[MOVES];

	for (size_t x = 0; x <= b->n; x++) {
		origins(row, b, x);
		for (size_t y = b->lo[x]; y <= b->hi[x]; y++) {
			size_t at = BAND_NODE(b, x, y), from;
			double way[MOVES], score, best = -INFINITY;
			int ways = 0;

			for (int k = 0; k < MOVES; k++) {
				if (!move_into(f, row, y, k, &from, &score))
					continue;
				way[ways++] = f->fwd[from] + f->temper * score;
				if (f->best[from] + score >
					best - (k < SHAPES ? 0 : TIE)) {
					best = f->best[from] + score;
					f->how[at] = (unsigned char)k;
				}
			}
			f->best[at] = x || y ? best : 0;
			f->fwd[at] = ways ? log_sum(way, ways) : x || y ? -INFINITY : 0;
		}
	}
}

/* Steps in the list of nodes from row x to where the moves that begin there end. */
static void steps(size_t *step, const struct band *b, size_t x)
{
	for (int k = 0; k < MOVES; k++) {
		size_t row = x + src_size(k);

		step[k] = row <= b->n ? b->at[row] - b->lo[row] + tgt_size(k) : 0;
	}
}

static void backward(struct fine *f)
{
	const struct band *b = f->b;
	size_t step[MOVES];

	for (size_t x = b->n + 1; x--;) {
		steps(step, b, x);
		for (size_t y = (size_t)b->hi[x] + 1; y-- > b->lo[x];) {
			size_t at = BAND_NODE(b, x, y);
			const float *move = &f->move[at * MOVES];
			double way[MOVES];
			int ways = 0;

			for (int k = 0; k < MOVES; k++)
				if (move[k] > -INFINITY)
					way[ways++] = f->bwd[step[k] + y] +
						      f->temper * (double)move[k];
			f->bwd[at] = ways		      ? log_sum(way, ways)
				     : x == b->n && y == b->m ? 0
							      : -INFINITY;
		}
	}
}

/* Log posterior of the bead that begins at node `from`, ends at node `at` and scores so.
 */
static double log_posterior(const struct fine *f, size_t from, size_t at, double score)
{
	const struct band *b = f->b;
	double p = f->fwd[from] + f->bwd[at] - f->fwd[BAND_NODE(b, b->n, b->m)] +
		   f->temper * score;

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
	double least = log(PLAUSIBLE), all = f->fwd[BAND_NODE(b, b->n, b->m)];
	struct origin row[MOVES];

	out->all = NULL;
	out->nall = out->all_cap = 0;
	for (size_t x = 0; x <= b->n; x++) {
		origins(row, b, x);
		for (size_t y = b->lo[x]; y <= b->hi[x]; y++) {
			size_t at = BAND_NODE(b, x, y), from;
			double score, p;

			/* no way through a node is likelier than all of them */
			if (f->fwd[at] + f->bwd[at] - all < least - TIE)
				continue;
			for (int k = 0; k < SHAPES; k++) {
				if (!move_into(f, row, y, k, &from, &score))
					continue;
				p = log_posterior(f, from, at, score);
				if (p > least)
					AMTS_VEC_PUSH(out->all, out->nall, out->all_cap,
						link_ending(x, y, k, exp(p)));
			}
		}
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
		size_t at = BAND_NODE(f->b, x, y), from;
		int k = f->how[at];
		struct origin row[MOVES];
		double score, p = 0;

		origins(row, f->b, x);
		if (move_into(f, row, y, k, &from, &score))
			p = exp(log_posterior(f, from, at, score));
		out->v[out->n] = link_ending(x, y, k, p);
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

struct fine *search_fine_new(const struct search *s, const struct band *band)
{
	size_t nodes = band->at[band->n + 1];
	struct fine *f = amts_calloc(1, sizeof(*f));

	f->s = s;
	f->b = band;
	f->tgt = align_lex_scores(s, band, 1, 1);
	f->src = align_lex_scores(s, band, 0, 1);
	f->move = amts_malloc(nodes * MOVES * sizeof(*f->move));
	f->best = amts_malloc(nodes * sizeof(*f->best));
	f->fwd = amts_malloc(nodes * sizeof(*f->fwd));
	f->bwd = amts_malloc(nodes * sizeof(*f->bwd));
	f->how = amts_calloc(nodes, 1);
	for (size_t x = 0; x <= band->n; x++)
		for (size_t y = band->lo[x]; y <= band->hi[x]; y++)
			score_moves(f, x, y);
	return f;
}

void search_fine_links(struct links *out, struct fine *f, double temper)
{
	f->temper = temper;
	forward(f);
	backward(f);
	trace(out, f);
	list_plausible(out, f);
}

void search_fine_free(struct fine *f)
{
	free(f->tgt);
	free(f->src);
	free(f->move);
	free(f->best);
	free(f->fwd);
	free(f->bwd);
	free(f->how);
	free(f);
}

void links_release(struct links *l)
{
	free(l->v);
	free(l->all);
	*l = (struct links){ 0 };
}
