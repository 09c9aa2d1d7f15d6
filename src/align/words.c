#include "align/words.h"

#include "align/order.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the word at s[i], or 0. */
static size_t word_len(struct amts_str s, size_t i)
{
	size_t n = 0;

	while (i + n < s.n) {
		unsigned char c = (unsigned char)s.p[i + n];

		if (c >= 0xe3 && c <= 0xed) /* U+3000 to U+DFFF: a character is a word */
			return n ? n : (i + 3 <= s.n ? 3 : s.n - i);
		if (c < 0x80 && !(c >= '0' && c <= '9') &&
			!((c | 32) >= 'a' && (c | 32) <= 'z'))
			break;
		n++;
	}
	return n;
}

static uint64_t word_hash(struct amts_str s, size_t i, size_t n)
{
	uint64_t h = AMTS_HASH_SEED;

	for (; n; n--, i++) {
		unsigned char c = (unsigned char)s.p[i];

		h = (h ^ (c >= 'A' && c <= 'Z' ? c | 32U : c)) * 0x100000001b3ULL;
	}
	return h;
}

struct align_words align_words_of(struct amts_arena *arena, struct amts_str text)
{
	uint64_t *v = amts_malloc((text.n / 2 + 1) * sizeof(*v));
	struct align_words w = { NULL, 0 };
	size_t n;

	for (size_t i = 0; i < text.n; i += n ? n : 1)
		if ((n = word_len(text, i)))
			v[w.n++] = word_hash(text, i, n);
	align_sort_u64(v, w.n);
	w.v = AMTS_NEW(arena, uint64_t, w.n);
	if (w.n)
		memcpy(w.v, v, w.n * sizeof(*v));
	free(v);
	return w;
}

size_t align_words_common(const struct align_words *a, const struct align_words *b)
{
	size_t i = 0, j = 0, n = 0;

	while (i < a->n && j < b->n) {
		if (a->v[i] == b->v[j]) {
			n++;
			i++;
			j++;
		} else if (a->v[i] < b->v[j]) {
			i++;
		} else {
			j++;
		}
	}
	return n;
}

struct align_words align_words_minus(struct amts_arena *arena,
	const struct align_words *a, const struct align_words *b)
{
	struct align_words rest = { AMTS_NEW(arena, uint64_t, a->n), 0 };
	size_t j = 0;

	for (size_t i = 0; i < a->n; i++) {
		while (j < b->n && b->v[j] < a->v[i])
			j++;
		if (j < b->n && b->v[j] == a->v[i])
			j++;
		else
			rest.v[rest.n++] = a->v[i];
	}
	return rest;
}
