#ifndef SYNC_EVIDENCE_H
#define SYNC_EVIDENCE_H
/* How well each version of a source explains the traits of a translation. */
#include "sync/lineage.h"
#include "sync/traits.h"

/* Versions of the translation that are looked at: the newest, the one that most of its
 * lines come from, the last to bring many. */
#define AMTS_VIEWS 3

struct amts_evidence {
	uint64_t *trait;       /* all that some version has */
	unsigned char *shared; /* bit k: view k of the translation has it too */
	size_t *group;	       /* traits with one number are in the same versions */
	size_t ntraits, ngroups;
	uint32_t *list; /* indices of traits; of version v: list[first[v]]… */
	size_t *first;
	size_t nversions;
};

/* Values in heap memory of ev; release it with amts_evidence_release. */
void amts_evidence_init(struct amts_evidence *ev, const struct amts_traits *versions,
	size_t n, const struct amts_traits tgt[AMTS_VIEWS]);
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

/* Log likelihood ratio of each version against no relation at all: of the text, and of
 * the code in each view. */
void amts_evidence_weigh(double *text, double *code[AMTS_VIEWS],
	const struct amts_evidence *ev, const struct amts_habits *h);

/* The same for one version without any discount: whether the translation has to do with
 * it at all (over 0), not how it compares with other versions. */
double amts_evidence_relation(
	const struct amts_evidence *ev, size_t version, const struct amts_habits *h);

#endif
