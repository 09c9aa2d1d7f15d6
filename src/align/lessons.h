#ifndef ALIGN_LESSONS_H
#define ALIGN_LESSONS_H
/* What earlier batches taught: sentence pairs by the document pair they are from. */
#include "align/lexicon.h"

struct lesson {
	uint64_t key; /* of the bytes of both documents */
	struct align_corpus pairs;
};

struct align_lessons {
	struct lesson *v; /* heap, oldest first */
	size_t n, cap;
	size_t pairs; /* of all documents */
};

/* Take over the pairs of a document pair, in place of what it taught before; the oldest
 * documents are forgotten when there are more than LESSONS_MAX pairs. */
void align_lessons_put(struct align_lessons *l, uint64_t key, struct align_corpus pairs);

/* Add all pairs to c but those of the documents skip[0..n), sorted. */
void align_lessons_add(struct align_corpus *c, const struct align_lessons *l,
	const uint64_t *skip, size_t n);

void align_lessons_release(struct align_lessons *l);

#endif
