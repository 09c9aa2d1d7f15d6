#ifndef ALIGN_SEARCH_H
#define ALIGN_SEARCH_H
/* The dynamic program: from two lists of items to the most likely list of beads. */
#include "align/match.h"
#include "align/model.h"

/* Nodes (x, y): x source and y target items are behind; y from lo[x] to hi[x], both of
 * which ascend. */
struct band {
	size_t n, m;
	uint32_t *lo, *hi; /* heap, n + 1 */
	size_t *at;	   /* heap, n + 2: index of node (x, lo[x]) */
};
#define BAND_NODE(b, x, y) ((b)->at[x] + ((y) - (b)->lo[x]))
static inline int band_has(const struct band *b, size_t x, size_t y)
{
	return y >= b->lo[x] && y <= b->hi[x];
}
void band_index(struct band *b); /* make lo and hi ascend, connect them, fill in at */
void band_release(struct band *b);

/* One document in one pass. */
struct search {
	const struct align_model *model;
	const struct align_side *src, *tgt;
	const struct match *match;
};

/* Items [src_beg, src_end) with [tgt_beg, tgt_end). */
struct link {
	uint32_t src_beg, src_end, tgt_beg, tgt_end;
	float score; /* posterior */
	int moved;   /* found elsewhere, not on the path */
};
struct links {
	struct link *v; /* heap: the best path, in order */
	size_t n;
	struct link *all; /* heap: every bead that is not out of the question, nulls left
			     out */
	size_t nall, all_cap;
	double evidence; /* what words and opaque blocks say for the path, against chance
			  */
};
void links_release(struct links *l);

/* Find what stands elsewhere on the other side among what has no counterpart on the path;
 * links are changed accordingly: source in order, moved targets wherever they are. */
void search_moved(struct links *l, const struct search *s);

/* How far from its middle a band of n rows may reach, for the sake of memory. */
double band_widest(size_t n);

/* Where the path may run: around the line that rare shared tokens draw; if both sides
 * have the same kinds of blocks in the same order and no such token says otherwise, in
 * the block of the same number and those beside it. */
void band_around_anchors(struct band *out, const struct search *s);

/* Narrow the band to what a program with small beads finds worth a look; a band that is
 * narrow stays what it is. */
void search_coarse(struct band *out, const struct search *s, const struct band *band);

/*
 * The exact program with forward-backward posteriors, of scores that were multiplied by
 * temper: several times if wanted, each time into links of their own.  s and band have to
 * outlive it.
 */
struct fine;
struct fine *search_fine_new(const struct search *s, const struct band *band);
void search_fine_links(struct links *out, struct fine *f, double temper);
void search_fine_free(struct fine *f);

#endif
