/* Parallel data in figures. */
#include "amts/corpus.h"
#include "base/alloc.h"
#include "base/map.h"

#include <math.h>
#include <stdlib.h>

#define OUTLIER 3 /* standard deviations */

static size_t count_chars(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

struct moments {
	double sum, squares;
	size_t n;
};

static void add_value(struct moments *m, double x)
{
	m->sum += x;
	m->squares += x * x;
	m->n++;
}

static double mean(const struct moments *m)
{
	return m->n ? m->sum / (double)m->n : 0;
}

static double deviation(const struct moments *m)
{
	double var = m->n ? m->squares / (double)m->n - mean(m) * mean(m) : 0;

	return var > 0 ? sqrt(var) : 0;
}

static double ratio(const struct amts_corpus_pair *p)
{
	return (double)count_chars(p->tgt) / (double)count_chars(p->src);
}

static void measure_lengths(struct amts_quality *q, const struct amts_corpus *c)
{
	struct moments r = { 0 }, logs = { 0 }, src = { 0 }, tgt = { 0 };
	size_t i;

	for (i = 0; i < c->n; i++) {
		add_value(&r, ratio(&c->v[i]));
		add_value(&logs, log(ratio(&c->v[i])));
		add_value(&src, (double)count_chars(c->v[i].src));
		add_value(&tgt, (double)count_chars(c->v[i].tgt));
	}
	for (i = 0; i < c->n; i++)
		q->outliers += fabs(log(ratio(&c->v[i])) - mean(&logs)) >
			       OUTLIER * deviation(&logs) + 1e-9;
	q->ratio = mean(&r);
	q->deviation = deviation(&r);
	q->src_chars = mean(&src);
	q->tgt_chars = mean(&tgt);
}

static void count_scores(struct amts_quality *q, const struct amts_corpus *c)
{
	size_t i, bin;

	for (i = 0; i < c->n; i++) {
		bin = (size_t)(c->v[i].score * AMTS_QUALITY_BINS);
		q->scores[bin < AMTS_QUALITY_BINS ? bin : AMTS_QUALITY_BINS - 1]++;
		q->scored |= c->v[i].score < 1;
	}
}

static void count_different(struct amts_quality *q, const struct amts_corpus *c)
{
	struct amts_map src = { 0 }, tgt = { 0 }, both = { 0 }, path = { 0 };
	size_t i;

	for (i = 0; i < c->n; i++) {
		uint64_t s = amts_str_hash(c->v[i].src, AMTS_HASH_SEED);

		amts_map_add(&src, s, i);
		amts_map_add(&tgt, amts_str_hash(c->v[i].tgt, AMTS_HASH_SEED), i);
		amts_map_add(&both,
			amts_str_hash(c->v[i].tgt, amts_str_hash(AMTS_STR("\t"), s)), i);
		amts_map_add(&path, amts_str_hash(c->v[i].path, AMTS_HASH_SEED), i);
	}
	q->sources = src.n;
	q->targets = tgt.n;
	q->unique = both.n;
	q->documents = path.n;
	amts_map_release(&src);
	amts_map_release(&tgt);
	amts_map_release(&both);
	amts_map_release(&path);
}

int amts_corpus_quality(struct amts_quality *out, const struct amts_corpus *corpus,
	struct amts_error *err)
{
	const struct amts_corpus_filter all = { 0 };
	enum amts_drop *why = amts_calloc(corpus->n + 1, sizeof(*why));
	size_t i;
	int rc = amts_corpus_filter(why, corpus, &all, err);

	*out = (struct amts_quality){ .pairs = corpus->n };
	for (i = 0; !rc && i < corpus->n; i++)
		out->why[why[i]]++;
	free(why);
	measure_lengths(out, corpus);
	count_scores(out, corpus);
	count_different(out, corpus);
	return rc;
}

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* Selection sampling (Knuth, The Art of Computer Programming 3.4.2, algorithm S). */
size_t amts_sample(size_t *out, size_t k, size_t n, uint64_t seed)
{
	size_t i, got = 0;

	for (i = 0; i < n && got < k; i++)
		if (next_random(&seed) % (n - i) < k - got)
			out[got++] = i;
	return got;
}
