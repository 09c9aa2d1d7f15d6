#include "corpus/features.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

#define CLEAR 1.0 /* log odds of a trigram that tells the languages apart */

/* The bucket of the next trigram of code points; 0 at the end of the text. */
static int next_bucket(size_t *bucket, struct amts_str s, size_t *at)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i = *at, end = 0, chars = 0;

	while (i < s.n && chars < 3) {
		size_t beg = i++;

		while (i < s.n && ((unsigned char)s.p[i] & 0xc0) == 0x80)
			i++;
		h = amts_str_hash(amts_str_sub(s, beg, i), h);
		if (!chars++)
			end = i;
	}
	*at = end;
	*bucket = (size_t)((h ^ h >> 32) % CORPUS_TRIGRAMS);
	return chars == 3;
}

void corpus_trigrams_add(struct corpus_trigrams *t, int side, struct amts_str words)
{
	size_t bucket, at = 0;

	if (!t->count[side])
		t->count[side] = amts_calloc(CORPUS_TRIGRAMS, sizeof(**t->count));
	while (next_bucket(&bucket, words, &at)) {
		t->count[side][bucket]++;
		t->total[side]++;
	}
}

void corpus_trigrams_ready(struct corpus_trigrams *t)
{
	size_t i;

	if (!t->count[0] || !t->count[1])
		return;
	t->odds = amts_malloc(CORPUS_TRIGRAMS * sizeof(*t->odds));
	for (i = 0; i < CORPUS_TRIGRAMS; i++)
		t->odds[i] = (float)(log((t->count[1][i] + .5) / (t->total[1] + 1)) -
				     log((t->count[0][i] + .5) / (t->total[0] + 1)));
}

struct corpus_odds corpus_trigrams_odds(
	const struct corpus_trigrams *t, struct amts_str words)
{
	struct corpus_odds o = { 0 };
	size_t bucket, at = 0;

	while (t->odds && next_bucket(&bucket, words, &at)) {
		double x = (double)t->odds[bucket];

		o.mean += x;
		o.side[1] += x > CLEAR;
		o.side[0] += x < -CLEAR;
		o.n++;
	}
	if (o.n)
		o.mean /= (double)o.n;
	return o;
}

void corpus_trigrams_release(struct corpus_trigrams *t)
{
	free(t->count[0]);
	free(t->count[1]);
	free(t->odds);
}
