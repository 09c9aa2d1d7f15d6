#ifndef SYNC_PRINTS_H
#define SYNC_PRINTS_H
/* The blocks of a document by their fingerprints. */
#include "base/map.h"

#include "amts/doc.h"

struct prints {
	struct amts_map first; /* of each print, the first block */
	size_t *next;	       /* of each block, the next one of its print, or NO_BLOCK */
	size_t *free;	       /* of each first block, the first that was not taken */
};
#define NO_BLOCK SIZE_MAX

void prints_index(
	struct prints *out, struct amts_arena *arena, const struct amts_doc *doc);
void prints_release(struct prints *p);
/* The first block of that print, or NO_BLOCK. */
size_t prints_find(const struct prints *p, uint64_t print);
/* The first one that was not taken yet, which is taken now; or NO_BLOCK. */
size_t prints_take(struct prints *p, uint64_t print);

#endif
