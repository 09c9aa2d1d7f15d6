#ifndef SYNC_WORK_H
#define SYNC_WORK_H
/* One stale document on its way through a run. */
#include "sync/sync.h"

#include "base/map.h"

struct drafter;

struct work {
	struct amts_sync *sync;
	const struct amts_file *file;
	struct amts_sync_outcome *outcome;
	struct amts_arena *arena;
	struct amts_str base, head, target;
	struct amts_str
		committed; /* the target with the conflicts that it was committed with */
	size_t conflicts;
	struct amts_plan *plan;
	int retry; /* of the blocks that an earlier run left pending, and of nothing else
		    */
	struct amts_map touched;	/* prints of the target that a retry may change */
	int idle;			/* a retry that came to nothing */
	int keep_plan;			/* after apply: somebody wants to see its steps */
	struct amts_mt_result *results; /* NULL: no engine */
	struct amts_buf out;		/* the new translation */
	struct amts_pending *pending;	/* for the record */
	size_t npending;
	struct amts_str steps; /* what was done, a line each, for the commit message */
	struct amts_error err;
	int rc; /* negative: the document is left alone, err says why */
};

/* ---- work.c: reading in the calling thread, the rest in any, each with its document
 * ---- */

void amts_work_read(struct work *w);
size_t amts_work_bytes(const struct work *w); /* of what was read */
void amts_work_plan(struct work *w);	      /* fills plan */
int amts_work_make_plan(struct work *w);      /* of base, head, target as they are */
void amts_work_apply(struct work *w);	      /* fills out, pending, steps, outcome */
/* Give back everything but the outcome and the error; it may be read again. */
void amts_work_reset(struct work *w);

/* ---- tell.c: fills steps ---- */

void amts_work_tell(struct work *w, const struct amts_step *steps, size_t n);

/* The print of the block of doc that a span of it stands in: blocks change in their
 * middle too.  0 when the span is empty. */
uint64_t amts_work_print(const struct amts_doc *doc, struct amts_span at);

/* ---- retry.c: pending blocks of documents that are up to date ---- */

/* The source they come from; without it the work is idle. */
void amts_retry_read(struct work *w);
/* Plan from there to head again, and forget all but the drafts of pending blocks. */
int amts_retry_plan(struct work *w);
/* After apply: idle, unless some draft came and nothing else changed. */
int amts_retry_judge(struct work *w);

/* Whether anything is new since all was tried; and that now it was.  Either costs no more
 * than a look at the memory. */
int amts_retry_is_due(struct drafter *d, const char *engine);
void amts_retry_done(struct drafter *d, const char *engine, const struct amts_oid *at);

/* ---- draft.c ---- */

/* The memory and the engine of a run. */
struct drafter {
	struct amts_sync *sync;
	struct amts_memory *memory;
	int kept; /* it is the project's */
	const char *engine_name;
	const struct amts_sync_options *opt;
	struct amts_engine *engine;
	struct amts_glossary *glossary; /* NULL: none */
};
int amts_drafter_open(struct drafter *d, struct amts_sync *s, const char *engine,
	const struct amts_sync_options *opt, struct amts_error *err);
void amts_drafter_close(struct drafter *d);
/* 0 when a job has yet to be asked for some of what the plans wanted. */
int amts_drafter_has_all(const struct drafter *d);
/* What an engine that is paid for takes; zeros for others. */
struct amts_amazon_cost amts_drafter_cost(const struct drafter *d);
/* What the translations say that people have merged, into the memory. */
int amts_drafter_read_history(
	struct drafter *d, const struct amts_progress *progress, struct amts_error *err);
/* Ask the engine for what the plans want. */
int amts_drafter_ask(struct drafter *d, struct work *v, size_t n, struct amts_error *err);

/* ---- style.c ---- */

/* Set the drafts that a machine has made as the translations set their text. */
void amts_drafter_set_style(const struct drafter *d, struct work *v, size_t n);

/* ---- publish.c ---- */

/* Commits on top of each other; no branch moves before the end. */
struct publisher {
	struct amts_sync *sync;
	const char *engine;
	struct amts_record own;	  /* of the branch, not of what others have */
	struct amts_buf record;	  /* as last written */
	struct amts_oid at;	  /* last commit */
	struct amts_arena *arena; /* of one commit */
	struct amts_file_write files[5];
	size_t n;
};
void amts_publisher_init(struct publisher *p, struct amts_sync *s, const char *engine);
void amts_publisher_release(struct publisher *p);
/* First of all: what the target's branch got since the review branch left it. */
int amts_publisher_bring(struct publisher *p, struct amts_error *err);
int amts_publisher_add(
	struct publisher *p, struct work *v, size_t n, struct amts_error *err);
/* Move the review branch; *out is where it is then. */
int amts_publisher_finish(
	struct amts_oid *out, struct publisher *p, struct amts_error *err);

#endif
