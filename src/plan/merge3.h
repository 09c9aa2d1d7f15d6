#ifndef PLAN_MERGE3_H
#define PLAN_MERGE3_H
/*
 * Inside of the three-way merge of opaque text.  A unit is a line or a token.
 *
 *   relation.c        what each unit of base became
 *   merge3.c          hunk by hunk
 *   merge_comments.c  hunks of comments
 *   comment_edits.c   small edits of comments
 */
#include "plan/pieces.h"

/* What each base unit became: in head (exact only), and in target. */
struct relation {
	size_t *head; /* exact counterpart in head, or NONE */
	size_t *tgt;  /* counterpart in target, or NONE */
	char *same;   /* … and it has the same bytes */
};

struct merge {
	struct amts_arena *arena;
	struct pieces b, h, t;
	struct relation rel;
	struct amts_splice *splices;
	size_t nsplices;
	size_t *head_of; /* of target units: what they look like in head, or NONE */
	char *present;	 /* head units that the target has */
	char *claimed;	 /* target units that stand for one of base */
	int by_token;
	const struct amts_plan *plan; /* may be NULL */
	struct merge3 *out;
};

/* Where in the target new units go that head has before base unit b: `at`, somewhere in
 * the gap [lo, hi) between the counterparts of its neighbours.  0 when neither has one.
 */
struct place {
	size_t lo, at, hi;
};

/* Head's units [h0, h1), in the translation's words where it has them elsewhere. */
struct amts_str merge3_fresh(const struct merge *m, size_t h0, size_t h1);
void merge3_replace(struct merge *m, size_t t0, size_t t1, struct amts_str text);

/* --- relation.c --- */
/* Pair leftover units of two gaps in order. */
void merge3_pair_gap(struct merge *m, const struct pieces *x, const struct pieces *y,
	size_t *of, size_t b0, size_t b1, size_t y0, size_t y1, double least);
/* Counterparts of base in the target, where the target may have some of head already. */
void merge3_relate(struct merge *m);

/* --- merge_comments.c --- */
/* Are all lines of one kind?  LINE_CODE when they are not. */
enum line_kind merge3_kind_of(const struct pieces *u, size_t beg, size_t end);
/* New comment lines of head before base line b, where the translation has such a comment
 * that base has not: somebody translated it before. */
int comments_told(
	const struct merge *m, const struct place *x, size_t b, size_t h0, size_t h1);
/* Is one of the lines nothing but a comment? */
int comments_any(const struct pieces *u, size_t beg, size_t end);
/* Is head line h a comment that the translation has in its own words? */
int comments_translated(
	const struct merge *m, const size_t *of, size_t b0, size_t b1, size_t h);
/* Comments of a hunk that the source blanked; 0 when it is not that. */
int comments_blank(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1);
/* A comment of several lines, by token over the whole of it; 0 when it is not one, or
 * does not merge. */
int comments_merge(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1);
/* Where the hunk goes on behind comments that say the same to a translator. */
void comments_skip_same(struct merge *m, size_t *b0, size_t b1, size_t *h0, size_t h1);

/* --- comment_edits.c --- */
/* How two comments differ, where that is nothing to translate: bits of enum
 * amts_small_edit; 0: in more than that, or in what the configuration is strict about. */
unsigned comment_edits(const struct merge *m, struct amts_str base, struct amts_str head);
/* … of two lines, with code before them that stayed. */
unsigned comment_edits_of_line(
	const struct merge *m, struct amts_str base, struct amts_str head);

#endif
