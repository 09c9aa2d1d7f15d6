#ifndef MD_AHEAD_H
#define MD_AHEAD_H
#include "md/dialect.h"

/* Looks ahead over the lines of a region that may start at a place. */
struct md_ahead {
	struct amts_str in;
	size_t at;	  /* first byte after the container prefix */
	size_t end, next; /* of the line's body, after its ending */
	size_t lines;	  /* so far */
	unsigned quotes;
};
void md_ahead_init(struct md_ahead *a, const struct md_place *place);

/* The next line, 0 at the end of the document or of a quote around the place. */
int md_ahead_next(struct md_ahead *a);
struct amts_str md_ahead_line(const struct md_ahead *a); /* [at, end) */

/* Fill the extent of a region that ends with the line a stands on; returns 1. */
int md_ahead_close(struct md_region *out, const struct md_ahead *a);

#endif
