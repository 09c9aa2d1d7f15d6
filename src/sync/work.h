#ifndef SYNC_WORK_H
#define SYNC_WORK_H
/* One stale document on its way through a run. */
#include "sync/sync.h"

struct work {
	struct amts_sync *sync;
	const struct amts_file *file;
	struct amts_sync_outcome *outcome;
	struct amts_arena *arena;
	struct amts_str base, head, target;
	struct amts_plan *plan;
	int keep_plan;			/* after apply: somebody wants to see its steps */
	struct amts_mt_result *results; /* NULL: no engine */
	struct amts_buf out;		/* the new translation */
	struct amts_pending *pending;	/* for the record */
	size_t npending;
	struct amts_str steps; /* what was done, a line each, for the commit message */
	struct amts_error err;
	int rc; /* negative: the document is left alone, err says why */
};

/* ---- work.c: what threads do, each with a document of its own ---- */

void amts_work_plan(struct work *w);  /* reads and plans; fills plan */
void amts_work_apply(struct work *w); /* fills out, pending, steps, outcome */
void amts_work_release(struct work *w);

/* ---- draft.c ---- */

/* Put what the plans learnt into the memory, then ask the engine for every document. */
int amts_draft(struct amts_sync *s, struct work *v, size_t n, const char *engine,
	struct amts_error *err);

/* ---- publish.c ---- */

/* A commit for each document, then the branch. */
int amts_publish(struct amts_sync_result *result, struct amts_sync *s, struct work *v,
	size_t n, const char *engine, struct amts_error *err);

#endif
