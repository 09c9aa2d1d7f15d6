/*
 * What an aligner has learnt, as bytes: little-endian numbers, and a hash of all that
 * precedes it at the end.  The lexicon itself is not kept; the sentence pairs that teach
 * it are smaller, and more can be added to them.
 */
#include "align/aligner.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "amts aligner 1\n"

static void put(struct amts_buf *out, uint64_t x, int bytes)
{
	for (; bytes; bytes--, x >>= 8)
		amts_buf_addc(out, (char)(x & 0xff));
}

static void put_words(struct amts_buf *out, const uint32_t *v, size_t n)
{
	put(out, n, 4);
	for (size_t k = 0; k < n; k++)
		put(out, v[k], 4);
}

static void put_vocab(struct amts_buf *out, const struct align_vocab *v)
{
	uint64_t *hash = amts_malloc((size_t)v->n * sizeof(*hash));

	for (size_t s = 0; s < v->slots; s++)
		if (v->id[s])
			hash[v->id[s] - 1] = v->key[s];
	put(out, v->n, 4);
	for (uint32_t k = 0; k < v->n; k++)
		put(out, hash[k], 8);
	free(hash);
}

static void put_double(struct amts_buf *out, double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	put(out, bits, 8);
}

static void put_lesson(struct amts_buf *out, const struct lesson *l)
{
	const struct align_corpus *c = &l->pairs;

	put(out, l->key, 8);
	put(out, c->n, 4);
	for (size_t k = 0; k < c->n; k++) {
		size_t s = k ? c->src_end[k - 1] : 0, t = k ? c->tgt_end[k - 1] : 0;

		put_double(out, (double)c->weight[k]);
		put_words(out, c->src + s, c->src_end[k] - s);
		put_words(out, c->tgt + t, c->tgt_end[k] - t);
	}
}

int amts_aligner_save(
	struct amts_buf *out, const struct amts_aligner *al, struct amts_error *err)
{
	amts_buf_reset(out);
	amts_buf_addz(out, MAGIC);
	for (int d = 0; d < 2; d++) {
		put(out, strlen(al->lang[d]), 4);
		amts_buf_addz(out, al->lang[d]);
		put_vocab(out, &al->words[d]);
	}
	put_double(out, al->model.ratio);
	put_double(out, al->model.s2);
	for (int k = 0; k < SHAPES; k++)
		put_double(out, al->model.prior[k]);
	put(out, al->lessons.n, 4);
	for (size_t k = 0; k < al->lessons.n; k++)
		put_lesson(out, &al->lessons.v[k]);
	put(out, amts_str_hash(amts_buf_str(out), AMTS_HASH_SEED), 8);
	return amts_buf_check(out, "what the aligner has learnt", err);
}

/* ---- reading -------------------------------------------------------------------- */

/* Bytes still to be read; bad: they ended too early or made no sense. */
struct reader {
	struct amts_str s;
	size_t at;
	int bad;
};

static uint64_t get(struct reader *r, int bytes)
{
	uint64_t x = 0;

	if (r->bad || r->s.n - r->at < (size_t)bytes) {
		r->bad = 1;
		return 0;
	}
	for (int k = 0; k < bytes; k++)
		x |= (uint64_t)(unsigned char)r->s.p[r->at++] << 8 * k;
	return x;
}

/* A number of things of at least `bytes` each: so many must be there. */
static size_t get_count(struct reader *r, size_t bytes)
{
	size_t n = (size_t)get(r, 4);

	if (n > (r->s.n - r->at) / bytes)
		r->bad = 1;
	return r->bad ? 0 : n;
}

static double get_double(struct reader *r)
{
	uint64_t bits = get(r, 8);
	double x;

	memcpy(&x, &bits, sizeof(x));
	if (!(x > -1e9 && x < 1e9))
		r->bad = 1;
	return x;
}

static void get_lang(struct reader *r, const char *lang)
{
	size_t n = get_count(r, 1);

	if (r->bad ||
		!amts_str_eq(amts_str_sub(r->s, r->at, r->at + n), amts_str_z(lang)))
		r->bad = 1;
	r->at += r->bad ? 0 : n;
}

static void get_vocab(struct reader *r, struct align_vocab *v)
{
	size_t n = get_count(r, 8);

	for (size_t k = 0; k < n && !r->bad; k++)
		if (align_vocab_add(v, get(r, 8)) != k + 1)
			r->bad = 1;
}

/* Words of a sentence, numbers of a vocabulary of `most`. */
static uint32_t *get_words(struct reader *r, size_t *n, uint32_t most)
{
	uint32_t *v;

	*n = get_count(r, 4);
	v = amts_malloc(*n * sizeof(*v));
	for (size_t k = 0; k < *n; k++) {
		v[k] = (uint32_t)get(r, 4);
		if (!v[k] || v[k] > most)
			r->bad = 1;
	}
	return v;
}

static void get_lesson(struct reader *r, struct amts_aligner *al)
{
	struct align_corpus c = { 0 };
	uint64_t key = get(r, 8);
	size_t n = get_count(r, 16);

	for (size_t k = 0; k < n && !r->bad; k++) {
		double weight = get_double(r);
		size_t nsrc, ntgt;
		uint32_t *src = get_words(r, &nsrc, al->words[0].n);
		uint32_t *tgt = get_words(r, &ntgt, al->words[1].n);

		if (!(weight >= 0 && weight <= 1))
			r->bad = 1;
		if (!r->bad)
			align_corpus_add(&c, src, nsrc, tgt, ntgt, (float)weight);
		free(src);
		free(tgt);
	}
	align_lessons_put(&al->lessons, key, c);
}

static int is_whole(struct amts_str s)
{
	struct reader r = { s, s.n - 8, 0 };

	return s.n > sizeof(MAGIC) + 8 && amts_str_starts(s, AMTS_STR(MAGIC)) &&
	       get(&r, 8) == amts_str_hash(amts_str_sub(s, 0, s.n - 8), AMTS_HASH_SEED);
}

int amts_aligner_load(struct amts_aligner **out, struct amts_str bytes,
	const char *src_lang, const char *tgt_lang, struct amts_error *err)
{
	struct reader r = { bytes, sizeof(MAGIC) - 1, !is_whole(bytes) };
	struct amts_aligner *al;
	int rc = amts_aligner_new(&al, src_lang, tgt_lang, err);
	size_t n;

	if (rc)
		return rc;
	for (int d = 0; d < 2; d++) {
		get_lang(&r, al->lang[d]);
		get_vocab(&r, &al->words[d]);
	}
	al->model.ratio = get_double(&r);
	al->model.s2 = get_double(&r);
	for (int k = 0; k < SHAPES; k++)
		al->model.prior[k] = get_double(&r);
	n = get_count(&r, 12);
	for (size_t k = 0; k < n && !r.bad; k++)
		get_lesson(&r, al);
	if (r.bad || !(al->model.ratio > 0) || !(al->model.s2 > 0)) {
		amts_aligner_free(al);
		return amts_fail(err, AMTS_EPARSE,
			"not what an aligner of '%s' and '%s' has learnt", src_lang,
			tgt_lang);
	}
	align_aligner_train(al, NULL, NULL, 0, 0);
	*out = al;
	return AMTS_OK;
}
