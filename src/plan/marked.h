#ifndef PLAN_MARKED_H
#define PLAN_MARKED_H
/* The parts of a sentence that the source has put marks around. */
#include "plan/links.h"

#define SPANS_MAX 4 /* marked parts of a sentence */

/* A marked part of head, and where it goes. */
struct part_span {
	size_t open, beg, end, close; /* tokens: of the mark, between, behind the marks */
	size_t tbeg, tend;	      /* tokens of the target */
};

/* The character of a token that is a sign of one byte, or 0. */
char marked_char(const struct row *r, size_t i);
/* Does nothing stand between tokens i and i + 1? */
int marked_touch(const struct row *r, size_t i);
/* How many slide marks there are: [**…**] are two. */
size_t marked_slides(const struct row *r);
/* The parts between slide marks, at most SPANS_MAX; 0 when a mark has no partner, or
 * there are too many. */
size_t marked_by_slides(struct part_span *v, const struct row *h);
/* The parts that came between a new link's brackets, or between two new tags, when head
 * is base but for these, and the target has none of them; else 0. */
size_t marked_by_inlines(struct part_span *v, struct amts_arena *arena,
	const struct row *b, const struct row *h, const struct row *t);

#endif
