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

/* The text with <x id="N"/> for these, as an engine wants it. */
AMTS_MUST_CHECK int experiment_protect(struct amts_str *out, struct amts_arena *arena,
	struct amts_str text, struct amts_error *err);

/* ---- engines.c ---- */

struct amts_engine;
struct amts_memory;

/* mem: what the system is given, borrowed. */
AMTS_MUST_CHECK int experiment_engine(struct amts_engine **out,
	const struct experiment *x, struct amts_memory *mem, enum amts_system system,
	struct amts_error *err);
int experiment_is_amazon(const struct experiment *x);
/* Remove what systems have left with a service. */
AMTS_MUST_CHECK int experiment_clean_up(
	const struct experiment *x, struct amts_error *err);

/* ---- systems.c: translate and score, of which test and data are given ---- */

int experiment_measure(struct experiment *x, struct amts_error *err);

#endif
