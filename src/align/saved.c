/*
 * What an aligner has learnt, as bytes.  Of one that learns from batches the sentence
 * pairs are kept, which are smaller than the lexicon and to which more can be added; of
 * one that was taught by lessons the lexicon itself.
 */
#include "align/aligner.h"
#include "align/bytes.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "amts aligner 2\n"

static void put_lesson(struct amts_buf *out, const struct lesson *l)
{
	const struct align_corpus *c = &l->pairs;

	bytes_put(out, l->key, 8);
	bytes_put(out, c->n, 4);
	for (size_t k = 0; k < c->n; k++) {
		size_t s = k ? c->src_end[k - 1] : 0, t = k ? c->tgt_end[k - 1] : 0;

		bytes_put_double(out, (double)c->weight[k]);
		bytes_put_words(out, c->src + s, c->src_end[k] - s);
		bytes_put_words(out, c->tgt + t, c->tgt_end[k] - t);
	}
}

static void put_table(struct amts_buf *out, const struct align_table *t)
{
	uint32_t words = t->row ? t->words : 0;

	bytes_put(out, words, 4);
	for (uint32_t w = 1; w <= words; w++) {
		bytes_put(out, t->row[w + 1] - t->row[w], 4);
		for (size_t e = t->row[w]; e < t->row[w + 1]; e++) {
			bytes_put(out, t->to[e], 4);
			bytes_put_float(out, t->lift[e]);
		}
	}
}

int amts_aligner_save(
	struct amts_buf *out, const struct amts_aligner *al, struct amts_error *err)
{
	amts_buf_reset(out);
	amts_buf_addz(out, MAGIC);
	for (int d = 0; d < 2; d++) {
		bytes_put_str(out, amts_str_z(al->lang[d]));
		bytes_put_vocab(out, &al->words[d]);
	}
	bytes_put_double(out, al->model.ratio);
	bytes_put_double(out, al->model.s2);
	for (int k = 0; k < SHAPES; k++)
		bytes_put_double(out, al->model.prior[k]);
	bytes_put(out, al->lessons.n, 4);
	for (size_t k = 0; k < al->lessons.n; k++)
		put_lesson(out, &al->lessons.v[k]);
	if (!al->lessons.n) {
		put_table(out, &al->lex.fwd);
		put_table(out, &al->lex.bwd);
	}
	bytes_put_end(out);
	return amts_buf_check(out, "what the aligner has learnt", err);
}

/* ---- reading -------------------------------------------------------------------- */

static void get_lang(struct bytes *r, const char *lang)
{
	if (!amts_str_eq(bytes_get_str(r), amts_str_z(lang)))
		r->bad = 1;
}

static void get_vocab(struct bytes *r, struct align_vocab *v)
{
	uint32_t n, *id = bytes_get_vocab(r, v, &n);

	if (v->n != n) /* some word twice */
		r->bad = 1;
	free(id);
}

static void get_lesson(struct bytes *r, struct amts_aligner *al)
{
	struct align_corpus c = { 0 };
	uint64_t key = bytes_get(r, 8);
	size_t n = bytes_get_count(r, 16);

	for (size_t k = 0; k < n && !r->bad; k++) {
		double weight = bytes_get_double(r);
		size_t nsrc, ntgt;
		uint32_t *src = bytes_get_words(r, &nsrc, al->words[0].n);
		uint32_t *tgt = bytes_get_words(r, &ntgt, al->words[1].n);

		if (!(weight >= 0 && weight <= 1))
			r->bad = 1;
		if (!r->bad)
			align_corpus_add(&c, src, nsrc, tgt, ntgt, (float)weight);
		free(src);
		free(tgt);
	}
	align_lessons_put(&al->lessons, key, c);
}

/* The entries of one word; most: the words of the other side. */
static void get_entries(
	struct bytes *r, struct align_table *t, size_t *cap, uint32_t most)
{
	size_t n = bytes_get_count(r, 8), at = t->row[t->words];

	if (at + n > *cap) {
		*cap = (at + n) * 2;
		t->to = amts_realloc(t->to, *cap * sizeof(*t->to));
		t->lift = amts_realloc(t->lift, *cap * sizeof(*t->lift));
	}
	for (; n && !r->bad; n--, at++) {
		t->to[at] = (uint32_t)bytes_get(r, 4);
		t->lift[at] = bytes_get_float(r);
		if (!t->to[at] || t->to[at] > most || !(t->lift[at] >= 0))
			r->bad = 1;
	}
	t->row[t->words + 1] = at;
}

static void get_table(
	struct bytes *r, struct align_table *t, uint32_t own, uint32_t other)
{
	uint32_t words = (uint32_t)bytes_get_count(r, 4);
	size_t cap = 0;

	if (words > own)
		r->bad = 1;
	if (r->bad || !words)
		return;
	t->row = amts_calloc((size_t)words + 2, sizeof(*t->row));
	for (t->words = 1; !r->bad; t->words++) {
		get_entries(r, t, &cap, other);
		if (t->words == words)
			break;
	}
}

static void get_model(struct bytes *r, struct align_model *m)
{
	m->ratio = bytes_get_double(r);
	m->s2 = bytes_get_double(r);
	for (int k = 0; k < SHAPES; k++)
		m->prior[k] = bytes_get_double(r);
	if (!(m->ratio > 0) || !(m->s2 > 0))
		r->bad = 1;
}

int amts_aligner_load(struct amts_aligner **out, struct amts_str bytes,
	const char *src_lang, const char *tgt_lang, struct amts_error *err)
{
	struct bytes r = bytes_open(bytes, MAGIC);
	struct amts_aligner *al;
	int rc = amts_aligner_new(&al, src_lang, tgt_lang, err);
	size_t n;

	if (rc)
		return rc;
	for (int d = 0; d < 2; d++) {
		get_lang(&r, al->lang[d]);
		get_vocab(&r, &al->words[d]);
	}
	get_model(&r, &al->model);
	n = bytes_get_count(&r, 12);
	for (size_t k = 0; k < n && !r.bad; k++)
		get_lesson(&r, al);
	if (!n) {
		get_table(&r, &al->lex.fwd, al->words[0].n, al->words[1].n);
		get_table(&r, &al->lex.bwd, al->words[1].n, al->words[0].n);
	}
	if (r.bad) {
		amts_aligner_free(al);
		return amts_fail(err, AMTS_EPARSE,
			"not what an aligner of '%s' and '%s' has learnt", src_lang,
			tgt_lang);
	}
	if (n)
		align_aligner_train(al, NULL, NULL, 0, 0);
	*out = al;
	return AMTS_OK;
}
