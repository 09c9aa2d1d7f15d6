#ifndef EVAL_HASH_H
#define EVAL_HASH_H
/* Numbers spread over a table, and numbers that look random. */
#include <stdint.h>

#define EVAL_HASH_FACTOR 0x9e3779b97f4a7c15ULL /* 2^64 over the golden ratio */

/* The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
static inline uint64_t eval_hash(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

/* The next number of SplitMix64. */
static inline uint64_t eval_random(uint64_t *state)
{
	return eval_hash(*state += EVAL_HASH_FACTOR);
}

#endif
