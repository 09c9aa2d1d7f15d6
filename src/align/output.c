/*
 * Beads of sentences are the path's own.  Beads of blocks are the connected groups of
 * blocks that have a good share of their text, counted over all plausible beads, in one
 * another.
 */
#include "align/output.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Beads with both sides, sorted by source and disjoint, and what is known of the rest. */
struct cover {
	struct amts_bead *v; /* heap */
	size_t n;
	double *alone[2]; /* heap: score of each unit as one without counterpart */
	size_t units[2];
};

static void cover_init(struct cover *c, size_t nsrc, size_t ntgt)
{
	c->v = amts_malloc((nsrc < ntgt ? nsrc : ntgt) * sizeof(*c->v));
	c->n = 0;
	c->units[0] = nsrc;
	c->units[1] = ntgt;
	for (int d = 0; d < 2; d++)
		c->alone[d] = amts_calloc(c->units[d], sizeof(double));
}

static void cover_release(struct cover *c)
{
	free(c->v);
	free(c->alone[0]);
	free(c->alone[1]);
}

static int cmp_bead(const void *x, const void *y)
{
	const struct amts_bead *a = x, *b = y;

	return (a->src_beg > b->src_beg) - (a->src_beg < b->src_beg);
}

/* Target units without counterpart from j on, at source position i; up to the next that
 * has. */
static void add_alone(struct amts_alignment *out, const struct cover *c,
	const unsigned char *covered, size_t i, size_t j)
{
	for (; j < c->units[1] && !covered[j]; j++)
		out->v[out->n++] = (struct amts_bead){ i, i, j, j + 1, c->alone[1][j] };
}

/* All units in order: those without counterpart stand after what precedes them. */
static void cover_write(
	struct amts_alignment *out, struct amts_arena *arena, struct cover *c)
{
	unsigned char *covered = amts_calloc(c->units[1], 1);
	size_t i = 0, j = 0;

	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), cmp_bead);
	for (size_t k = 0; k < c->n; k++)
		memset(covered + c->v[k].tgt_beg, 1, c->v[k].tgt_end - c->v[k].tgt_beg);
	out->v = AMTS_NEW(arena, struct amts_bead, c->units[0] + c->units[1]);
	out->n = 0;
	add_alone(out, c, covered, 0, 0);
	for (size_t k = 0; k <= c->n; k++) {
		size_t end = k < c->n ? c->v[k].src_beg : c->units[0];

		for (; i < end; i++)
			out->v[out->n++] =
				(struct amts_bead){ i, i + 1, j, j, c->alone[0][i] };
		if (k == c->n)
			break;
		out->v[out->n++] = c->v[k];
		i = c->v[k].src_end;
		j = c->v[k].tgt_end;
		add_alone(out, c, covered, i, j);
	}
	free(covered);
}

/* ---- sentences ---------------------------------------------------------------- */

static int has_text(const struct align_side *side, uint32_t beg, uint32_t end)
{
	return beg < end && side->v[beg].segment != NO_SEGMENT;
}

static void sentence_beads(struct amts_align_job *job, const struct align_side *src,
	const struct align_side *tgt, const struct links *links)
{
	struct cover c;

	cover_init(&c, job->src->n, job->tgt->n);
	for (size_t k = 0; k < links->n; k++) {
		const struct link *l = &links->v[k];
		int s = has_text(src, l->src_beg, l->src_end);
		int t = has_text(tgt, l->tgt_beg, l->tgt_end);

		if (s && t)
			c.v[c.n++] = (struct amts_bead){ src->v[l->src_beg].segment,
				(size_t)src->v[l->src_end - 1].segment + 1,
				tgt->v[l->tgt_beg].segment,
				(size_t)tgt->v[l->tgt_end - 1].segment + 1,
				(double)l->score };
		else if (s)
			c.alone[0][src->v[l->src_beg].segment] = (double)l->score;
		else if (t)
			c.alone[1][tgt->v[l->tgt_beg].segment] = (double)l->score;
	}
	cover_write(&job->sentences, job->arena, &c);
	cover_release(&c);
}

/* ---- blocks -------------------------------------------------------------------- */

/* How much of two blocks lies in each other. */
struct tie {
	uint32_t src, tgt;
	double mass[2]; /* expected, of the source and of the target block */
	double path[2]; /* the same of the output's own beads, however sure */
	int moved;	/* ... some of which stand elsewhere */
};

struct ties {
	struct tie *v; /* heap */
	size_t n, cap;
	double *mass[2];	/* heap: of each block */
	unsigned char *tied[2]; /* heap: of each block: it has a strong tie on the path */
};

static double item_mass(const struct align_item *item)
{
	if (item->segment == NO_SEGMENT)
		return (double)item->words.n + 1;
	return (double)(item->length + item->same_length) + 1;
}

static int cmp_tie(const void *x, const void *y)
{
	const struct tie *a = x, *b = y;

	if (a->src != b->src)
		return a->src < b->src ? -1 : 1;
	return (a->tgt > b->tgt) - (a->tgt < b->tgt);
}

/* A bead ties each of its source blocks to each of its target blocks, in proportion. */
static void tie_link(struct ties *t, const struct link *l, const struct align_side *src,
	const struct align_side *tgt, int on_path)
{
	double all[2] = { 0, 0 }, score = on_path ? 0 : (double)l->score;

	for (uint32_t i = l->src_beg; i < l->src_end; i++)
		all[0] += item_mass(&src->v[i]);
	for (uint32_t j = l->tgt_beg; j < l->tgt_end; j++)
		all[1] += item_mass(&tgt->v[j]);
	for (uint32_t i = l->src_beg; i < l->src_end; i++)
		for (uint32_t j = l->tgt_beg; j < l->tgt_end; j++) {
			double both = item_mass(&src->v[i]) * item_mass(&tgt->v[j]);
			struct tie tie = { src->v[i].block, tgt->v[j].block,
				{ score * both / all[1], score * both / all[0] },
				{ on_path * both / all[1], on_path * both / all[0] },
				on_path && l->moved };

			AMTS_VEC_PUSH(t->v, t->n, t->cap, tie);
		}
}

static void merge_ties(struct ties *t)
{
	size_t m = 0;

	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), cmp_tie);
	for (size_t k = 0; k < t->n; k++) {
		if (!m || cmp_tie(&t->v[m - 1], &t->v[k])) {
			t->v[m++] = t->v[k];
			continue;
		}
		t->v[m - 1].mass[0] += t->v[k].mass[0];
		t->v[m - 1].mass[1] += t->v[k].mass[1];
		t->v[m - 1].path[0] += t->v[k].path[0];
		t->v[m - 1].path[1] += t->v[k].path[1];
		t->v[m - 1].moved |= t->v[k].moved;
	}
	t->n = m;
}

static void ties_init(struct ties *t, const struct amts_align_job *job,
	const struct align_side *src, const struct align_side *tgt,
	const struct links *links)
{
	memset(t, 0, sizeof(*t));
	t->mass[0] = amts_calloc(job->src->doc->n, sizeof(double));
	t->mass[1] = amts_calloc(job->tgt->doc->n, sizeof(double));
	t->tied[0] = amts_calloc(job->src->doc->n, 1);
	t->tied[1] = amts_calloc(job->tgt->doc->n, 1);
	for (size_t i = 0; i < src->n; i++)
		t->mass[0][src->v[i].block] += item_mass(&src->v[i]);
	for (size_t j = 0; j < tgt->n; j++)
		t->mass[1][tgt->v[j].block] += item_mass(&tgt->v[j]);
	for (size_t k = 0; k < links->nall; k++)
		tie_link(t, &links->all[k], src, tgt, 0);
	for (size_t k = 0; k < links->n; k++)
		tie_link(t, &links->v[k], src, tgt, 1);
	merge_ties(t);
}

static void ties_release(struct ties *t)
{
	free(t->v);
	for (int d = 0; d < 2; d++) {
		free(t->mass[d]);
		free(t->tied[d]);
	}
}

static double share(const struct ties *t, const struct tie *tie, int side)
{
	return tie->mass[side] / t->mass[side][side ? tie->tgt : tie->src];
}

/* A block that stayed in place is not pulled elsewhere by some sentence of it. */
static int is_strong(const struct ties *t, const struct tie *tie)
{
	if (tie->moved && (t->tied[0][tie->src] || t->tied[1][tie->tgt]))
		return 0;
	return tie->path[0] >= BLOCK_SHARE * t->mass[0][tie->src] ||
	       tie->path[1] >= BLOCK_SHARE * t->mass[1][tie->tgt];
}

static void find_tied(struct ties *t)
{
	for (size_t k = 0; k < t->n; k++)
		if (!t->v[k].moved && is_strong(t, &t->v[k]))
			t->tied[0][t->v[k].src] = t->tied[1][t->v[k].tgt] = 1;
}

static size_t first_tie(const struct ties *t, size_t src)
{
	size_t lo = 0, n = t->n;

	while (n) {
		size_t half = n / 2;

		if (t->v[lo + half].src < src) {
			lo += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return lo;
}

/* Score of a bead: expected share of its text that lies inside it on the other side too.
 */
static double inside(const struct ties *t, const struct amts_bead *b)
{
	double in = 0, all = 0;

	for (size_t i = b->src_beg; i < b->src_end; i++)
		all += t->mass[0][i];
	for (size_t j = b->tgt_beg; j < b->tgt_end; j++)
		all += t->mass[1][j];
	for (size_t k = first_tie(t, b->src_beg); k < t->n && t->v[k].src < b->src_end;
		k++)
		if (t->v[k].tgt >= b->tgt_beg && t->v[k].tgt < b->tgt_end)
			in += t->v[k].mass[0] + t->v[k].mass[1];
	return in < all ? in / all : 1;
}

/* Take the strong ties of the sources of b, from tie k on, and the sources that share
 * their targets; returns the first tie after b, *any: there was one. */
static size_t close_group(
	struct amts_bead *b, int *any, const struct ties *t, size_t k, const size_t *last)
{
	*any = 0;
	for (; k < t->n && t->v[k].src < b->src_end; k++) {
		size_t tgt = t->v[k].tgt, from = *any ? b->tgt_end : tgt;

		if (!is_strong(t, &t->v[k]))
			continue;
		b->tgt_beg = *any && b->tgt_beg < tgt ? b->tgt_beg : tgt;
		b->tgt_end = *any && b->tgt_end > tgt ? b->tgt_end : tgt + 1;
		*any = 1;
		for (from = from < tgt ? from : tgt; from < b->tgt_end; from++)
			if (last[from] > b->src_end)
				b->src_end = last[from];
	}
	return k;
}

/* Groups of blocks that strong ties hold together; on the path they ascend on both sides.
 */
static void block_groups(struct cover *c, const struct ties *t)
{
	size_t *last = amts_calloc(c->units[1] + 1, sizeof(*last)); /* 1 + last source */
	unsigned char *covered = amts_calloc(c->units[1] + 1, 1);

	for (size_t k = 0; k < t->n; k++)
		if (is_strong(t, &t->v[k]))
			last[t->v[k].tgt] = (size_t)t->v[k].src + 1;
	for (size_t k = 0; k < t->n;) {
		struct amts_bead b = { t->v[k].src, (size_t)t->v[k].src + 1, 0, 0, 0 };
		int any;

		k = close_group(&b, &any, t, k, last);
		if (!any || memchr(covered + b.tgt_beg, 1, b.tgt_end - b.tgt_beg))
			continue;
		memset(covered + b.tgt_beg, 1, b.tgt_end - b.tgt_beg);
		b.score = inside(t, &b);
		c->v[c->n++] = b;
	}
	free(covered);
	free(last);
}

static void block_beads(struct amts_align_job *job, const struct align_side *src,
	const struct align_side *tgt, const struct links *links)
{
	struct cover c;
	struct ties t;

	cover_init(&c, job->src->doc->n, job->tgt->doc->n);
	ties_init(&t, job, src, tgt, links);
	find_tied(&t);
	block_groups(&c, &t);
	for (size_t i = 0; i < c.units[0]; i++)
		c.alone[0][i] = 1;
	for (size_t j = 0; j < c.units[1]; j++)
		c.alone[1][j] = 1;
	for (size_t k = 0; k < t.n; k++) {
		c.alone[0][t.v[k].src] -= share(&t, &t.v[k], 0);
		c.alone[1][t.v[k].tgt] -= share(&t, &t.v[k], 1);
	}
	cover_write(&job->blocks, job->arena, &c);
	ties_release(&t);
	cover_release(&c);
}

void align_output(struct amts_align_job *job, const struct align_side *src,
	const struct align_side *tgt, const struct links *links)
{
	sentence_beads(job, src, tgt, links);
	block_beads(job, src, tgt, links);
}
