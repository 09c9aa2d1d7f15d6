/* Terms in sentences. */
#include "amts/text.h"
#include "base/alloc.h"
#include "corpus/terms.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

#define TERM_WORDS 8 /* of a term at most; longer ones are not looked for */
#define LOOKED_AT 64 /* terms of one segment: each is looked for in the whole target */
#define STEM 5	     /* letters; endings of longer words may differ */
#define ENDING 2

/* A text in lower case, as words. */
struct cut {
	struct amts_buf text;
	struct store_words words;
};

static void cut(struct cut *c, struct amts_str s)
{
	struct amts_error err = AMTS_ERROR_INIT;

	amts_buf_reset(&c->text);
	if (amts_text_lower(&c->text, s, &err))
		amts_buf_add(&c->text, s);
	store_words_cut(&c->words, amts_buf_str(&c->text));
}

static void cut_release(struct cut *c)
{
	amts_buf_release(&c->text);
	store_words_release(&c->words);
}

static struct amts_str word_at(const struct cut *c, size_t i)
{
	return amts_str_sub(
		amts_buf_str(&c->text), c->words.v[i].at.beg, c->words.v[i].at.end);
}

static uint64_t hash_of(struct amts_str s)
{
	return amts_str_hash(s, AMTS_HASH_SEED);
}

/* ---- terms of the source ---- */

/* The next word of a term whose words so far have this hash. */
static uint64_t add_word(uint64_t hash, uint64_t word)
{
	return (hash ^ word) * 0x9e3779b97f4a7c15ULL + 1;
}

void terms_index(struct amts_glossary *g)
{
	struct cut c = { AMTS_BUF_INIT, STORE_WORDS_INIT };
	size_t i, k;

	for (i = 0; i < g->n; i++) {
		uint64_t hash = 0;

		cut(&c, g->v[i].src);
		for (k = 0; k < c.words.n; k++)
			hash = add_word(hash, hash_of(word_at(&c, k)));
		if (c.words.n && c.words.n <= TERM_WORDS)
			amts_map_add(&g->by_words, hash, i);
	}
	cut_release(&c);
}

/* The forms of a word: itself, and what it is the English plural of. */
static size_t forms(uint64_t out[4], struct amts_str w)
{
	size_t n = 0;

	out[n++] = hash_of(w);
	if (w.n > 2 && w.p[w.n - 1] == 's') {
		out[n++] = hash_of(amts_str_sub(w, 0, w.n - 1));
		if (w.p[w.n - 2] == 'e')
			out[n++] = hash_of(amts_str_sub(w, 0, w.n - 2));
		if (w.n > 4 && !memcmp(w.p + w.n - 3, "ies", 3))
			out[n++] = amts_str_hash(
				AMTS_STR("y"), hash_of(amts_str_sub(w, 0, w.n - 3)));
	}
	return n;
}

/* The longest term at a word and how many words it has; NULL for none. */
static const struct amts_term *term_at(
	size_t *words, const struct amts_glossary *g, const struct cut *src, size_t at)
{
	const struct amts_term *found = NULL;
	uint64_t hash = 0, last[4];
	size_t k, i, n;

	*words = 1;
	for (k = 0; k < TERM_WORDS && at + k < src->words.n; k++) {
		n = forms(last, word_at(src, at + k));
		for (i = 0; i < n; i++) {
			size_t t = amts_map_get(&g->by_words, add_word(hash, last[i]));

			if (t == AMTS_MAP_NONE)
				continue;
			found = &g->v[t];
			*words = k + 1;
			break;
		}
		hash = add_word(hash, last[0]);
	}
	return found;
}

/* ---- their translations ---- */

/* In languages that inflect, a word with another ending is the same. */
static int same_word(struct amts_str want, struct amts_str have)
{
	if (want.n >= STEM)
		want.n -= ENDING;
	return amts_str_starts(have, want);
}

static int has_words(const struct cut *tgt, const struct cut *want)
{
	size_t i, k;

	for (i = 0; i + want->words.n <= tgt->words.n; i++) {
		for (k = 0; k < want->words.n &&
			    same_word(word_at(want, k), word_at(tgt, i + k));
			k++)
			;
		if (k == want->words.n)
			return 1;
	}
	return !want->words.n;
}

static struct amts_str without_blanks(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	amts_buf_reset(out);
	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ')
			amts_buf_addc(out, s.p[i]);
	return amts_buf_str(out);
}

struct target {
	struct cut words, want;
	struct amts_buf joined, part; /* without blanks */
	int unspaced;
};

static int has_wording(struct target *t, struct amts_str wording)
{
	cut(&t->want, wording);
	if (t->unspaced) {
		struct amts_str s = without_blanks(&t->part, amts_buf_str(&t->want.text));

		return amts_str_find(amts_buf_str(&t->joined), s, 0) < t->joined.n;
	}
	return has_words(&t->words, &t->want);
}

static int is_translated(struct target *t, const struct amts_term *term)
{
	size_t i;

	for (i = 0; i < term->ntgt; i++)
		if (has_wording(t, term->tgt[i]))
			return 1;
	return !term->ntgt;
}

static int is_listed(const struct amts_term **v, size_t n, const struct amts_term *term)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i] == term)
			return 1;
	return 0;
}

size_t amts_glossary_broken(const struct amts_term **out, size_t max,
	const struct amts_glossary *g, struct amts_str src, struct amts_str tgt)
{
	struct target t = { { AMTS_BUF_INIT, STORE_WORDS_INIT },
		{ AMTS_BUF_INIT, STORE_WORDS_INIT }, AMTS_BUF_INIT, AMTS_BUF_INIT,
		amts_lang_unspaced(g->tgt_lang) };
	struct cut s = { AMTS_BUF_INIT, STORE_WORDS_INIT };
	size_t i, n = 0, looked = 0, words;

	cut(&s, src);
	cut(&t.words, tgt);
	without_blanks(&t.joined, amts_buf_str(&t.words.text));
	for (i = 0; i < s.words.n && n < max && looked < LOOKED_AT; i += words) {
		const struct amts_term *term = term_at(&words, g, &s, i);

		if (!term || is_listed(out, n, term))
			continue;
		looked++;
		if (!is_translated(&t, term))
			out[n++] = term;
	}
	cut_release(&s);
	cut_release(&t.words);
	cut_release(&t.want);
	amts_buf_release(&t.joined);
	amts_buf_release(&t.part);
	return n;
}
