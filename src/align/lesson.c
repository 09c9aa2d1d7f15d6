/*
 * Lessons: what a document pair teaches by itself.  A lesson depends on the two documents
 * alone, and an aligner on the lessons and their order, so that it does not matter which
 * of them were made today and which were kept.
 */
#include "align/aligner.h"
#include "align/bytes.h"
#include "align/teach.h"
#include "base/alloc.h"

#include <stdlib.h>

/* To be changed with whatever changes what a document teaches. */
#define MAGIC "amts lesson 1\n"

static void put_counts(struct amts_buf *out, const struct align_counts *c)
{
	bytes_put_double(out, c->length[0]);
	bytes_put_double(out, c->length[1]);
	bytes_put_double(out, c->z2);
	bytes_put_double(out, c->pairs);
	for (int s = 0; s < SHAPES; s++)
		bytes_put_double(out, c->shape[s]);
}

static void put_pairs(struct amts_buf *out, const struct align_corpus *c)
{
	bytes_put(out, c->n, 4);
	for (size_t k = 0; k < c->n; k++) {
		size_t s = k ? c->src_end[k - 1] : 0, t = k ? c->tgt_end[k - 1] : 0;

		bytes_put_float(out, c->weight[k]);
		bytes_put_words(out, c->src + s, c->src_end[k] - s);
		bytes_put_words(out, c->tgt + t, c->tgt_end[k] - t);
	}
}

int amts_lesson(struct amts_buf *out, const struct amts_segments *src,
	const struct amts_segments *tgt, const char *src_lang, const char *tgt_lang,
	struct amts_error *err)
{
	struct amts_align_job job = { .src = src, .tgt = tgt };
	struct align_counts counts = { 0 };
	struct align_corpus pairs = { 0 };
	struct amts_aligner *al;
	int rc = amts_aligner_new(&al, src_lang, tgt_lang, err);

	if (!rc)
		rc = align_teach(&counts, &pairs, al, &job, err);
	if (!rc) {
		amts_buf_reset(out);
		amts_buf_addz(out, MAGIC);
		put_counts(out, &counts);
		bytes_put_vocab(out, &al->words[0]);
		bytes_put_vocab(out, &al->words[1]);
		put_pairs(out, &pairs);
		bytes_put_end(out);
		rc = amts_buf_check(out, "what a document teaches", err);
	}
	align_corpus_release(&pairs);
	amts_aligner_free(al);
	return rc;
}

/* ---- an aligner of lessons -------------------------------------------------------- */

static void get_counts(struct bytes *r, struct align_counts *c)
{
	c->length[0] += bytes_get_double(r);
	c->length[1] += bytes_get_double(r);
	c->z2 += bytes_get_double(r);
	c->pairs += bytes_get_double(r);
	for (int s = 0; s < SHAPES; s++)
		c->shape[s] += bytes_get_double(r);
}

static void renumber(uint32_t *v, size_t n, const uint32_t *to)
{
	for (size_t k = 0; k < n; k++)
		v[k] = to[v[k] - 1];
}

/* to: numbers of the lesson's words in the aligner. */
static void get_pairs(
	struct bytes *r, struct align_corpus *c, uint32_t *const *to, const uint32_t *n)
{
	size_t pairs = bytes_get_count(r, 12);

	for (; pairs && !r->bad; pairs--) {
		float weight = bytes_get_float(r);
		size_t nsrc, ntgt;
		uint32_t *src = bytes_get_words(r, &nsrc, n[0]);
		uint32_t *tgt = bytes_get_words(r, &ntgt, n[1]);

		if (!(weight >= 0 && weight <= 1))
			r->bad = 1;
		if (!r->bad && c->n < LESSONS_MAX) {
			renumber(src, nsrc, to[0]);
			renumber(tgt, ntgt, to[1]);
			align_corpus_add(c, src, nsrc, tgt, ntgt, weight);
		}
		free(src);
		free(tgt);
	}
}

static int take(struct amts_aligner *al, struct align_counts *counts,
	struct align_corpus *corpus, struct amts_str lesson)
{
	struct bytes r = bytes_open(lesson, MAGIC);
	uint32_t *to[2], n[2];

	get_counts(&r, counts);
	for (int d = 0; d < 2; d++)
		to[d] = bytes_get_vocab(&r, &al->words[d], &n[d]);
	get_pairs(&r, corpus, to, n);
	free(to[0]);
	free(to[1]);
	return !r.bad;
}

int amts_aligner_taught(struct amts_aligner **out, const struct amts_str *lessons,
	size_t n, const char *src_lang, const char *tgt_lang, unsigned threads,
	struct amts_error *err)
{
	struct align_counts counts = { 0 };
	struct align_corpus corpus = { 0 };
	struct amts_aligner *al;
	int rc = amts_aligner_new(&al, src_lang, tgt_lang, err);

	for (size_t k = 0; k < n && !rc; k++)
		if (!take(al, &counts, &corpus, lessons[k]))
			rc = amts_fail(err, AMTS_EPARSE, "not what a document teaches");
	if (rc) {
		amts_aligner_free(al);
	} else {
		align_counts_ratio(&al->model, &counts);
		align_counts_apply(&al->model, &counts);
		align_lexicon_train(
			&al->lex, &corpus, al->words[0].n, al->words[1].n, threads);
		*out = al;
	}
	align_corpus_release(&corpus);
	return rc;
}
