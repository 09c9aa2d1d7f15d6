#ifndef PLAN_PLACE_H
#define PLAN_PLACE_H
/*
 * Inserted, deleted and moved blocks: where they go in the target.
 *
 *   place.c   the walk through head: what is put in, moved, there already
 *   cursor.c  where that walk stands in the target, and putting text there
 *   fresh.c   the text of new blocks
 *   leave.c   what leaves its place
 *   reformed.c  what stays, for the source has it in another form
 */
#include "plan/plan.h"

/* Where the translation, other than the source, breaks lines of a paragraph. */
enum breaks { BREAKS_NONE, BREAKS_BETWEEN /* sentences */, BREAKS_ANY };

struct places {
	struct amts_plan *p;
	char *gone; /* target blocks that leave their place (deleted or moved) */
	size_t *gone_step;
	struct containers *in[SIDES]; /* of head and target */
	size_t *old_of; /* of head blocks: the target block that they were rewritten from
			 */
	size_t item;	/* the new item of head that was put last, or NONE */
	struct amts_str item_from, item_to; /* ... how its lines begin there, and here */
	size_t *from; /* of head blocks: the target block that they were elsewhere */
	struct amts_str *merged; /* ... when no word changed: with what did on the way */
	char *reformed; /* target blocks that stay: their words went into new blocks */
	enum breaks breaks;
};

struct parts {
	struct part *v;
	size_t n;
};

int place_has(const struct group *g, int side);
/* Neither base nor the target has head block j. */
int place_is_new(const struct places *x, size_t j);
/* What stands before a block, behind the one before it. */
struct amts_str place_gap(const struct amts_plan *p, int side, size_t before);
size_t place_newlines(struct amts_str s);
const char *place_eol(const struct amts_plan *p);

/* --- cursor.c: where the walk through head stands in the target --- */
struct cursor {
	size_t at;   /* bytes: after everything placed so far */
	size_t next; /* target block that follows */
	int sure;    /* the block before in head stands right before `at` */
	int front;   /* placing right before `next`, not after the block before */
	int started;
	int closed;	      /* an end of a container that stays was put there */
	struct amts_str owed; /* blank lines behind what was put there last */
};
void cursor_advance(struct cursor *c, const struct amts_plan *p, size_t tgt_end);
/* Target block that follows in head on what ends at head_end, when it stays where it is;
 * or NONE. */
size_t cursor_successor(const struct places *x, size_t head_end);
/* Put parts there, with blank lines as in head. */
void cursor_put(struct places *x, struct cursor *c, size_t head_beg, size_t head_end,
	size_t step, struct parts *ps);

/* --- fresh.c --- */
void parts_add(struct parts *ps, struct amts_str text, size_t request);
/* Head block j: its marker, each segment drafted or in the source's words, its end; an
 * item in the form of the translation's list. */
void parts_of_block(struct places *x, struct parts *ps, size_t j, size_t step);
/* The text of parts that need no draft; "" when one does. */
struct amts_str parts_known_text(const struct amts_plan *p, const struct parts *ps);
/* BREAKS_ANY where the source breaks as few. */
enum breaks place_breaks(const struct amts_plan *p);

/* --- leave.c --- */
/* Which blocks leave, and which translations of reworked blocks go elsewhere. */
void place_leaving(struct places *x);
/* Take them out, with the smaller of the gaps around them. */
void place_remove(struct places *x);

/* --- reformed.c --- */
/* A translation does not leave while new blocks of head have most words of its base. */
void place_keep_reformed(struct places *x);

#endif
