#ifndef ALIGN_FOCUS_H
#define ALIGN_FOCUS_H
/* Of some documents only the blocks that are about to change matter. */
#include "align/search.h"

/*
 * Is a pass enough?  It is when it has no doubt about the blocks that focus marks, or
 * finds there what the pass before it found without the words learnt since.  now, before:
 * links of both passes; before is empty in the first.
 */
int focus_is_enough(const unsigned char *focus, const struct align_side *src,
	const struct links *now, const struct links *before);

#endif
