#include "eval/vocab.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/hash.h"

/* A word of one character is its code point; the numbers of longer ones follow. */
#define FIRST_ID (EVAL_CODE_POINT + 1)

void eval_vocab_release(struct eval_vocab *vocab)
{
	free(vocab->table);
	free(vocab->text);
}

static void grow(struct eval_vocab *vocab)
{
	size_t size = vocab->size ? vocab->size * 2 : 1024;
	struct eval_vocab_entry *table = amts_calloc(size, sizeof(*table));

	for (size_t i = 0; i < vocab->size; i++) {
		struct eval_vocab_entry *e = &vocab->table[i];
		size_t at = e->hash & (size - 1);

		if (!e->len)
			continue;
		while (table[at].len)
			at = (at + 1) & (size - 1);
		table[at] = *e;
	}
	free(vocab->table);
	vocab->table = table;
	vocab->size = size;
}

static int same(const uint32_t *known, const uint32_t *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (known[i] != (word[i] & EVAL_CODE_POINT))
			return 0;
	return 1;
}

static uint64_t hash_word(const uint32_t *word, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (word[i] & EVAL_CODE_POINT)) * EVAL_HASH_FACTOR;
	return eval_hash(h);
}

uint32_t eval_vocab_id(struct eval_vocab *vocab, const uint32_t *word, size_t n)
{
	struct eval_vocab_entry *e;
	uint64_t hash;
	size_t at;

	if (n == 1)
		return *word & EVAL_CODE_POINT;
	if (vocab->n * 2 >= vocab->size)
		grow(vocab);
	hash = hash_word(word, n);
	for (at = hash & (vocab->size - 1); vocab->table[at].len;
		at = (at + 1) & (vocab->size - 1)) {
		e = &vocab->table[at];
		if (e->hash == hash && e->len == n && same(vocab->text + e->at, word, n))
			return e->id;
	}
	AMTS_VEC_ROOM(vocab->text, vocab->text_n, vocab->text_cap, n);
	vocab->table[at] = (struct eval_vocab_entry){ hash, vocab->text_n, (uint32_t)n,
		FIRST_ID + (uint32_t)vocab->n++ };
	while (n--)
		vocab->text[vocab->text_n++] = *word++ & EVAL_CODE_POINT;
	return vocab->table[at].id;
}

void eval_words_push(struct eval_words *words, uint32_t id)
{
	AMTS_VEC_PUSH(words->v, words->n, words->cap, id);
}

void eval_vocab_words(
	struct eval_words *out, struct eval_vocab *vocab, const struct eval_chars *line)
{
	const uint32_t *word;
	size_t at = 0, n;

	AMTS_VEC_ROOM(out->v, out->n, out->cap, 1); /* never NULL */
	while ((n = eval_next_word(&word, line, &at)) > 0)
		eval_words_push(out, eval_vocab_id(vocab, word, n));
}
