#ifndef PLAN_PROSE_H
#define PLAN_PROSE_H
/* One changed group of text, by sentence: units.c makes the units, prose.c says what
 * becomes of each, layout.c of the blocks around them. */
#include "plan/plan.h"

/* Sentences that belong together: [beg, end) of each document's segments. */
struct unit {
	size_t beg[SIDES], end[SIDES];
	int same; /* source sentences unchanged */
	double score;
};

struct prose {
	struct amts_plan *p;
	const struct group *g;
	size_t beg[SIDES], n[SIDES]; /* segments of the group */
	size_t *head_of; /* of each base sentence: exact or changed head, or NONE */
	char *exact;
	char *moved[SIDES]; /* of base and head: stands elsewhere in the other, as it is
			     */
	char *adopt;	    /* target sentences that head explains, not base */
	struct unit *v;
	size_t nv;
	char *going; /* of the target's bytes: in a sentence that goes; NULL at first */
	size_t step; /* NONE until something is to be said */
	int drafted; /* wants an engine */
	int led;     /* something is inserted before the first sentence */
	int unclear; /* a sentence has no sure counterpart */
	int marked;  /* slide marks were placed by word links */
	int relaid;  /* blocks were split or joined */
	int worded;  /* words changed, and a draft was made without one */
	int carried, removed;
	unsigned small; /* kinds of small edits that need no translation */
	const char *why;
};

const struct amts_segment *prose_seg(const struct prose *x, int side, size_t i);
/* From the first byte of sentence beg to the last of sentence end - 1. */
struct amts_span prose_span(const struct prose *x, int side, size_t beg, size_t end);
/* The step of the group, made when something is to be said. */
size_t prose_step(struct prose *x);
int unit_has(const struct unit *u, int side);

/* Pair the group's sentences of base with those of head. */
void prose_pair(struct prose *x);
/* 0 when sentences cross in a way that has no clear place. */
int prose_units(struct prose *x);

/* --- reorder.c --- */
/* Sentences that stand elsewhere on the other side, as they are: moved, and nobody's
 * newer wording.  Hashes of those of base and of head; kept: those that the others in
 * order leave in their places. */
void prose_find_moved(struct prose *x, const uint64_t *base, const uint64_t *head,
	const struct amts_match *kept, size_t n);
/* 1 when that is what changed, and all is said about it. */
int prose_reordered(struct prose *x);

/* --- layout.c --- */
void layout_follow(struct prose *x);
int layout_untranslated(struct prose *x);

#endif
