#ifndef AMTS_EXPERIMENT_H
#define AMTS_EXPERIMENT_H
/*
 * What parallel data is worth: chosen articles of a target are held out, translated
 * without parallel data, with pairs of paragraphs and with pairs of sentences, and scored
 * against what people made of them, without code, formulas, addresses and references.
 *
 * Nothing of the articles is in the parallel data: no pair of their history, under
 * whatever name they had, and no pair that has most of one of their sentences in it.
 */
#include "amts/score.h"
#include "amts/sync.h"

enum amts_system {
	AMTS_SYSTEM_PLAIN,	/* no parallel data */
	AMTS_SYSTEM_PARAGRAPHS, /* pairs of paragraphs */
	AMTS_SYSTEM_SENTENCES	/* pairs of sentences */
};
#define AMTS_SYSTEMS 3
const char *amts_system_name(enum amts_system system); /* "plain", "paragraphs"… */

enum amts_experiment_metric { AMTS_BY_BLEU, AMTS_BY_CHRF, AMTS_BY_TER };
#define AMTS_EXPERIMENT_METRICS 3

struct amts_experiment_article {
	struct amts_str path;		 /* of the target; empty for all of them */
	size_t sentences;		 /* with a counterpart */
	size_t translated[AMTS_SYSTEMS]; /* by the engine; the source stands for others */
	double score[AMTS_SYSTEMS][AMTS_EXPERIMENT_METRICS]; /* see amts/score.h */
};

/* What became of the pairs of a unit. */
struct amts_experiment_data {
	size_t pairs;	   /* used */
	size_t held;	   /* left out: of the articles and their history */
	size_t useless;	   /* by amts_corpus_filter */
	size_t leaks;	   /* because they have most of a sentence of the articles */
	size_t characters; /* sent to a service for this system; 0: none */
};

struct amts_experiment {
	const char *src_lang, *tgt_lang; /* of the translations made */
	struct amts_experiment_article *v;
	size_t n;
	struct amts_experiment_article total;
	struct amts_experiment_data data[AMTS_SYSTEMS];
	struct amts_score_test test[AMTS_SYSTEMS]; /* BLEU against the plain system's */
	struct amts_str signature[AMTS_EXPERIMENT_METRICS];
	double cost; /* of what was sent, by the configured rate */
};

struct amts_experiment_options {
	const char *const
		*articles; /* patterns of source or target paths; at least one */
	size_t narticles;
	const char *engine; /* "memory", "amazon", "none" */
	double max_cost;    /* of all systems; AMTS_ECOST before more is sent; 0: any */
	int reverse;	    /* from the target's language to the source's */
	const struct amts_progress *progress; /* may be NULL */
};

/*
 * Amazon translates each system's text in one job, with parallel data made for it and
 * removed at the end; what jobs bring is kept in the git directory, so that a run that
 * was interrupted goes on where it was and pays once.
 *
 * BLEU cuts Chinese and Japanese by character.  AMTS_ENOTFOUND when a pattern is of no
 * article with a translation and a known source, AMTS_EUSAGE for what is no pattern and
 * for engines that nobody knows.  In arena.
 */
AMTS_MUST_CHECK int amts_experiment_run(struct amts_experiment *out,
	struct amts_arena *arena, struct amts_sync *sync,
	const struct amts_experiment_options *opt, struct amts_error *err);

#endif
