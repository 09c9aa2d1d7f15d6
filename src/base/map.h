#ifndef BASE_MAP_H
#define BASE_MAP_H
/* Numbers by 64-bit key, open addressing.  Keys are hashes: two things with one key are
 * taken for the same. */
#include <stddef.h>
#include <stdint.h>

struct amts_map {
	struct amts_map_slot {
		uint64_t key;
		size_t value; /* plus one; 0: free */
	} * v;
	size_t n, cap; /* cap is 0 or a power of two */
};

#define AMTS_MAP_NONE SIZE_MAX

/* A zeroed map is empty. */
size_t amts_map_get(const struct amts_map *m, uint64_t key); /* AMTS_MAP_NONE */
/* The value that stays: an earlier one of the same key, else `value`. */
size_t amts_map_add(struct amts_map *m, uint64_t key, size_t value);
/* 1 for a key that was never given to it, as long as there are not `most` of them. */
int amts_map_is_new(struct amts_map *m, uint64_t key, size_t most);
void amts_map_release(struct amts_map *m);

#endif
