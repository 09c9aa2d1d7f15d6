#include "align/vocab.h"

#include "base/alloc.h"

#include <stdlib.h>

#define SLOTS_MIN 1024

void align_vocab_free(struct align_vocab *v)
{
	free(v->key);
	free(v->id);
	*v = (struct align_vocab){ NULL, NULL, 0, 0 };
}

/* Hashes come from outside; multiplying spreads those that were made to collide in their
 * low bits only (Knuth, TAOCP 3, 6.4). */
static size_t slot_of(const struct align_vocab *v, uint64_t hash)
{
	size_t at = (size_t)((hash * 0x9e3779b97f4a7c15ULL) >> 32) & (v->slots - 1);

	while (v->id[at] && v->key[at] != hash)
		at = (at + 1) & (v->slots - 1);
	return at;
}

static void grow(struct align_vocab *v)
{
	struct align_vocab old = *v;

	v->slots = old.slots ? old.slots * 2 : SLOTS_MIN;
	v->key = amts_calloc(v->slots, sizeof(*v->key));
	v->id = amts_calloc(v->slots, sizeof(*v->id));
	for (size_t i = 0; i < old.slots; i++) {
		size_t at;

		if (!old.id[i])
			continue;
		at = slot_of(v, old.key[i]);
		v->key[at] = old.key[i];
		v->id[at] = old.id[i];
	}
	free(old.key);
	free(old.id);
}

uint32_t align_vocab_add(struct align_vocab *v, uint64_t hash)
{
	size_t at;

	if ((size_t)v->n * 2 >= v->slots)
		grow(v);
	at = slot_of(v, hash);
	if (!v->id[at]) {
		v->key[at] = hash;
		v->id[at] = ++v->n;
	}
	return v->id[at];
}

uint32_t align_vocab_get(const struct align_vocab *v, uint64_t hash)
{
	return v->slots ? v->id[slot_of(v, hash)] : 0;
}
