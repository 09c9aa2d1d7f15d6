#ifndef ALIGN_TEACH_H
#define ALIGN_TEACH_H
/* What the beads of a document teach: the length model, and sentence pairs for the
 * lexicon. */
#include "align/lexicon.h"
#include "align/search.h"
#include "amts/align.h"

struct align_counts {
	double length[2];     /* of sentences in sure 1-1 beads: both sides in sum */
	double z2, pairs;     /* their differences, as align_length_z2 has them */
	double shape[SHAPES]; /* beads of each size */
};

/* side: source and target.  Beads are counted with a model whose ratio is known. */
void align_count_lengths(
	struct align_counts *c, const struct align_side *side, const struct links *links);
void align_count_beads(struct align_counts *c, const struct align_model *m,
	const struct align_side *side, const struct links *links);

/* Ratio alone, and variance and priors, from what was counted. */
void align_counts_ratio(struct align_model *m, const struct align_counts *c);
void align_counts_apply(struct align_model *m, const struct align_counts *c);

/* Add the words of the plausible small beads. */
void align_teach_pairs(struct align_corpus *corpus, const struct align_side *side,
	const struct links *links);

/*
 * What one document pair teaches an aligner that knows nothing yet: one pass by length,
 * anchors and structure.  Numbers of words are those of al.
 */
AMTS_MUST_CHECK int align_teach(struct align_counts *counts, struct align_corpus *pairs,
	struct amts_aligner *al, const struct amts_align_job *job,
	struct amts_error *err);

#endif
