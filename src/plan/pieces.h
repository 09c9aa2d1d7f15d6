#ifndef PLAN_PIECES_H
#define PLAN_PIECES_H
/* Opaque text cut into lines or tokens. */
#include "plan/plan.h"

/* Text as pieces (lines or tokens) with a hash each. */
struct pieces {
	struct amts_str all;
	struct amts_span *at;
	uint64_t *hash;
	size_t n;
};

/* Lines without white space at their ends hash alike. */
void pieces_lines(struct pieces *u, struct amts_arena *arena, struct amts_str s);
/* Indentation, identifiers and numbers, single other code points; white space inside a
 * line belongs to none. */
void pieces_tokens(struct pieces *u, struct amts_arena *arena, struct amts_str s);

struct amts_str piece(const struct pieces *u, size_t i);
/* From the first byte of piece beg to the last of piece end - 1. */
struct amts_str pieces_range(const struct pieces *u, size_t beg, size_t end);

/* Share of tokens two lines have in common, 0..1 (Dice over sequences). */
double pieces_likeness(struct amts_str x, struct amts_str y);
int pieces_is_blank(struct amts_str s);
/* Of an identifier or a number. */
int pieces_is_word(unsigned char c);

#endif
