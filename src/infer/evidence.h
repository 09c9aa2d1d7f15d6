#ifndef INFER_EVIDENCE_H
#define INFER_EVIDENCE_H
/* How well each version of a source explains the traits of a translation. */
#include "infer/lineage.h"
#include "infer/traits.h"

/* Versions of the translation that are looked at: the newest, the one that most of its
 * lines come from, the last to bring many. */
#define AMTS_VIEWS 3

struct amts_evidence {
	uint64_t *trait;       /* all that some version has */
	unsigned char *shared; /* bit k: view k of the translation has it too */
	double *words;	       /* of the text of a block: see amts_wording; else 0 */
	size_t ntraits;
	/* What each version changed in the one before it (the first: in nothing). */
	struct amts_evidence_step {
		size_t before;
		size_t gained, lost, end; /* list[gained]… and list[lost]… up to end */
	} * steps;
	size_t nversions;
	uint32_t *list; /* indices of traits */
};

/* traits[v]: of version v.  Values in heap memory of ev; release it. */
void amts_evidence_init(struct amts_evidence *ev, const struct amts_versions *versions,
	const struct amts_traits *traits, const struct amts_traits tgt[AMTS_VIEWS]);
void amts_evidence_release(struct amts_evidence *ev);

/*
 * What translators do, estimated over a tree: how often a trait of the source is kept, by
 * kind and by trait, and how often one is there that the base did not have.
 */
struct amts_habits;
struct amts_habits *amts_habits_new(void);
void amts_habits_free(struct amts_habits *h);
void amts_habits_clear(struct amts_habits *h);
/* Text is judged by the newest view, code by this one. */
void amts_habits_learn(struct amts_habits *h, const struct amts_evidence *ev, size_t base,
	size_t code_view);
void amts_habits_update(struct amts_habits *h); /* after what was learnt */

/* Log likelihood of each version, up to a constant: of the text, and of the code in each
 * view. */
void amts_evidence_weigh(double *text, double *code[AMTS_VIEWS],
	const struct amts_evidence *ev, const struct amts_habits *h);

/* Log likelihood ratio of one version against no relation at all: whether the translation
 * has to do with it (over 0), not how it compares with other versions. */
double amts_evidence_relation(
	const struct amts_evidence *ev, size_t version, const struct amts_habits *h);

#endif
