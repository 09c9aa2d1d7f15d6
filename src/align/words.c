#include "align/words.h"

#include "align/order.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* U+3000 to U+DFFF: a character is a word. */
static int is_wide(unsigned char c)
{
	return c >= 0xe3 && c <= 0xed;
}

/* The byte as words are compared; 0 between words. */
static unsigned char folded(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c | 32;
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 ? c : 0;
}

/* Hash of the word at s[*i], which is one; *i becomes its end. */
static uint64_t hash_word(struct amts_str s, size_t *i)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint64_t h = AMTS_HASH_SEED;
	unsigned char c;

	if (is_wide(p[*i])) {
		for (size_t end = *i + 3; *i < end && *i < s.n; ++*i)
			h = amts_hash_byte(h, p[*i]);
		return h;
	}
	for (; *i < s.n && !is_wide(p[*i]) && (c = folded(p[*i])); ++*i)
		h = amts_hash_byte(h, c);
	return h;
}

size_t align_words_count(struct amts_str text)
{
	const unsigned char *p = (const unsigned char *)text.p;
	size_t n = 0;

	for (size_t i = 0; i < text.n;) {
		n += folded(p[i]) != 0;
		if (is_wide(p[i]))
			i = i + 3 < text.n ? i + 3 : text.n;
		else if (folded(p[i]))
			while (i < text.n && !is_wide(p[i]) && folded(p[i]))
				i++;
		else
			i++;
	}
	return n;
}

struct align_words align_words_of(struct amts_arena *arena, struct amts_str text)
{
	uint64_t *v = amts_malloc((text.n / 2 + 1) * sizeof(*v));
	struct align_words w = { NULL, 0 };

	for (size_t i = 0; i < text.n;)
		if (folded((unsigned char)text.p[i]))
			v[w.n++] = hash_word(text, &i);
		else
			i++;
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
