#ifndef PLAN_LINKS_H
#define PLAN_LINKS_H
/* Which tokens of a sentence and of its translation stand for each other. */
#include "plan/row.h"

/* Weight of src token i and tgt token j: w[i * ntgt + j]; 0: nothing known. */
struct links {
	size_t nsrc, ntgt;
	float *w;
};
#define LINKS_MAX 400 /* tokens of a sentence; a matrix of more is not made */

/* From what the aligner has learnt, and from inlines, numbers and latin words that both
 * have.  0 when a row is too long. */
int links_make(struct links *l, struct amts_plan *p, const struct row *src,
	const struct row *tgt);

/* Words of base that differ by one letter in head: does the target say the new ones? Then
 * they were typed wrong, and it was translated right. */
int links_confirm_typos(struct amts_plan *p, const struct sentence *base,
	const struct sentence *head, const struct sentence *tgt);

#endif
