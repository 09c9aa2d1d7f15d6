#ifndef ALIGN_VOCAB_H
#define ALIGN_VOCAB_H
/* Numbers for hashes, from 1 in order of first use; open addressing. */
#include <stddef.h>
#include <stdint.h>

struct align_vocab {
	uint64_t *key; /* heap, of each slot */
	uint32_t *id;  /* of each slot; 0: empty */
	size_t slots;
	uint32_t n; /* numbers in use: 1 to n */
};

void align_vocab_free(struct align_vocab *v);
uint32_t align_vocab_add(
	struct align_vocab *v, uint64_t hash); /* its number, new or old */
uint32_t align_vocab_get(const struct align_vocab *v, uint64_t hash); /* 0: it has none */

#endif
