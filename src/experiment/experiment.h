#ifndef EXPERIMENT_EXPERIMENT_H
#define EXPERIMENT_EXPERIMENT_H
/* What the files of src/experiment share. */
#include "amts/experiment.h"

struct experiment {
	struct amts_sync *sync;
	struct amts_arena *arena; /* the caller's */
	const struct amts_experiment_options *opt;
	struct amts_experiment *out;
	struct amts_corpus test; /* sentences of the articles, article by article */
	struct amts_corpus data[AMTS_SYSTEMS]; /* what each system is given */
};

/* ---- held_out.c: fill test and data ---- */

int experiment_prepare(struct experiment *x, struct amts_error *err);

/* ---- prose.c ---- */

/* Add the words of a text to out: code, formulas, addresses and references, which no
 * system translates and each would be praised for, are blanks. */
AMTS_MUST_CHECK int experiment_prose(
	struct amts_buf *out, struct amts_str text, struct amts_error *err);

/* ---- systems.c: translate and score, of which test and data are given ---- */

int experiment_measure(struct experiment *x, struct amts_error *err);

#endif
