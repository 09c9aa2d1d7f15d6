#ifndef CORPUS_TASK_H
#define CORPUS_TASK_H
/* One revision: its two blobs read, aligned, and what corresponds in them. */
#include "corpus/extract.h"
#include "store/harvest.h"

struct corpus_task {
	const struct amts_revision *revision;
	struct amts_arena *arena; /* of this task alone */
	struct amts_str src, tgt;
	struct corpus_side side[2];
	struct corpus_texts texts[STORE_UNITS];
	struct amts_pair *pairs; /* of each sentence; src empty where there is none */
	int again;		 /* was aligned with another lexicon */
	uint32_t new_text;	 /* texts from this number on were not known before */
	struct amts_error err;
	int rc;
};

/* Read the blobs; AMTS_ENOTFOUND when one is not here.  Free the arena in any case. */
AMTS_MUST_CHECK int corpus_task_open(struct corpus_task *t,
	const struct amts_harvest_input *in, const struct amts_revision *r,
	struct amts_error *err);

/* Cut both sides into segments; the code is in rc too: AMTS_ETOOBIG for what is no page.
 */
int corpus_task_cut(struct corpus_task *t, const struct amts_harvest_input *in);

/* Align what was cut and fill texts and pairs; rc says how it went.  In any thread. */
void corpus_task_align(struct corpus_task *t, const struct amts_harvest_input *in,
	const struct amts_aligner *al);

/* Tasks that are done together. */
struct corpus_tasks {
	struct corpus_task *v; /* heap */
	size_t n, cap;
};
void corpus_tasks_release(struct corpus_tasks *tasks);

#endif
