#ifndef ALIGN_MODEL_H
#define ALIGN_MODEL_H
/* What beads are worth: the parts of a bead's score that are not about words. */
#include "align/items.h"
#include "align/params.h"

/* Sizes of beads with text on both sides. */
#define SHAPES 11
struct shape {
	unsigned char src, tgt;
};
extern const struct shape align_shapes[SHAPES];

#define ERFC_STEPS 64 /* a unit of z */
#define ERFC_MAX 8    /* z above which nothing gets less likely */

struct align_model {
	double ratio;	      /* target characters a source character */
	double s2;	      /* variance of the difference a character */
	double prior[SHAPES]; /* log */
	float log_erfc[ERFC_STEPS * ERFC_MAX + 1];
};

void align_model_init(struct align_model *m);
void align_model_priors(double *prior); /* log, of each shape, before the first pass */

/*
 * Length, structure and prior of the beads of the first nshapes shapes that begin with
 * these items, to score[0..nshapes); -INFINITY if the items do not go together at all.
 * In a part of a side a shape may reach past its end.  0: no bead begins here at all.
 */
int align_bead_scores(double *score, const struct align_model *m,
	const struct align_item *src, const struct align_item *tgt, int nshapes);

static inline double align_null_score(const struct align_item *item)
{
	return item->segment == NO_SEGMENT ? NULL_OPAQUE : NULL_TEXT;
}

/* (Difference in length)² / expected length, the mean of which is s2. */
double align_length_z2(const struct align_model *m, const struct align_item *src,
	const struct align_item *tgt);

/* What two opaque blocks are to each other. */
double align_opaque_score(const struct align_item *src, const struct align_item *tgt);

#endif
