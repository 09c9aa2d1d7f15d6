/*
 * The training keeps p(t | s) of every pair of words that meet in a sentence pair, in
 * rows by s.  A round needs, for every target word of every sentence pair, the sum of
 * what its source words say (the denominators); with them it collects the expected counts
 * of a row, divides, and adds what the row says now to the denominators of the next
 * round.  A row is spread over an array indexed by t first, so that no hashing is done,
 * and all sums have one fixed order.
 */
#include "align/lexicon.h"

#include "align/order.h"
#include "align/parallel.h"
#include "align/params.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void align_corpus_release(struct align_corpus *c)
{
	free(c->src);
	free(c->tgt);
	free(c->src_end);
	free(c->tgt_end);
	free(c->weight);
	*c = (struct align_corpus){ 0 };
}

static size_t distinct(uint32_t *v, size_t n)
{
	uint64_t few[256], *sorted = n > 256 ? amts_malloc(n * sizeof(*sorted)) : few;
	size_t m = 0;

	for (size_t k = 0; k < n; k++)
		sorted[k] = v[k];
	align_sort_u64(sorted, n);
	for (size_t k = 0; k < n; k++)
		if (sorted[k] && (!m || v[m - 1] != sorted[k]))
			v[m++] = (uint32_t)sorted[k];
	if (sorted != few)
		free(sorted);
	return m;
}

void align_corpus_add(struct align_corpus *c, uint32_t *src, size_t nsrc, uint32_t *tgt,
	size_t ntgt, float weight)
{
	nsrc = distinct(src, nsrc);
	ntgt = distinct(tgt, ntgt);
	AMTS_VEC_ROOM(c->src, c->nsrc, c->src_cap, nsrc);
	AMTS_VEC_ROOM(c->tgt, c->ntgt, c->tgt_cap, ntgt);
	if (nsrc)
		memcpy(c->src + c->nsrc, src, nsrc * sizeof(*src));
	if (ntgt)
		memcpy(c->tgt + c->ntgt, tgt, ntgt * sizeof(*tgt));
	c->nsrc += nsrc;
	c->ntgt += ntgt;
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 256;
		c->src_end = amts_realloc(c->src_end, c->cap * sizeof(*c->src_end));
		c->tgt_end = amts_realloc(c->tgt_end, c->cap * sizeof(*c->tgt_end));
		c->weight = amts_realloc(c->weight, c->cap * sizeof(*c->weight));
	}
	c->weight[c->n] = weight;
	c->src_end[c->n] = c->nsrc;
	c->tgt_end[c->n++] = c->ntgt;
}

/* Training of one direction, from "s" to "t"; word 0 of s is the empty word. */
struct em {
	size_t n; /* sentence pairs */
	const uint32_t *s, *all_t;
	const size_t *s_end, *all_t_end;
	const float *weight;
	uint32_t s_words, t_words;

	uint32_t *t; /* without the words that are too rare to have translations */
	size_t *t_end;

	size_t *occ_at; /* of each s: where its sentence pairs begin in occ */
	uint32_t *occ;
	size_t *row;  /* of each s: where its cells begin */
	uint32_t *to; /* of each cell */
	float *p;
	size_t ncells;
	float *share; /* of each word of t: its weight / the denominator */
	float *next;  /* ... denominator of the next round */
	double words; /* all words of t, by weight */
	float *freq;  /* of each t: sentence pairs, by weight */

	float *wide;	 /* a row spread out, by t */
	uint32_t *stamp; /* by t */
};

static size_t begin(const size_t *end, size_t k)
{
	return k ? end[k - 1] : 0;
}

static void em_occurrences(struct em *em)
{
	size_t at = 0, total = em->s_end[em->n - 1] + em->n;

	em->occ_at = amts_calloc(em->s_words + 2, sizeof(*em->occ_at));
	em->occ = amts_malloc(total * sizeof(*em->occ));
	em->occ_at[0] = em->n;
	for (size_t k = 0; k < em->s_end[em->n - 1]; k++)
		em->occ_at[em->s[k]]++;
	for (size_t s = 0; s <= (size_t)em->s_words + 1; s++) {
		size_t count = em->occ_at[s];

		em->occ_at[s] = at;
		at += count;
	}
	for (size_t k = 0; k < em->n; k++) {
		em->occ[em->occ_at[0]++] = (uint32_t)k;
		for (size_t i = begin(em->s_end, k); i < em->s_end[k]; i++)
			em->occ[em->occ_at[em->s[i]]++] = (uint32_t)k;
	}
	for (size_t s = (size_t)em->s_words + 1; s; s--)
		em->occ_at[s] = em->occ_at[s - 1];
	em->occ_at[0] = 0;
}

static void em_frequencies(struct em *em)
{
	em->freq = amts_calloc((size_t)em->t_words + 1, sizeof(*em->freq));
	em->words = 0;
	for (size_t k = 0; k < em->n; k++)
		for (size_t i = begin(em->all_t_end, k); i < em->all_t_end[k]; i++) {
			em->freq[em->all_t[i]] += em->weight[k];
			em->words += (double)em->weight[k];
		}
}

static void em_frequent(struct em *em)
{
	size_t n = 0;

	em->t = amts_malloc(em->all_t_end[em->n - 1] * sizeof(*em->t));
	em->t_end = amts_malloc(em->n * sizeof(*em->t_end));
	for (size_t k = 0; k < em->n; k++) {
		for (size_t i = begin(em->all_t_end, k); i < em->all_t_end[k]; i++)
			if (em->freq[em->all_t[i]] >= (float)EM_MIN_COUNT)
				em->t[n++] = em->all_t[i];
		em->t_end[k] = n;
	}
}

static double em_count(const struct em *em, uint32_t s)
{
	double sum = 0;

	for (size_t o = em->occ_at[s]; o < em->occ_at[s + 1]; o++)
		sum += (double)em->weight[em->occ[o]];
	return sum;
}

/* No fewer than the cells of s: the words that meet it, each as often as it does, but not
 * more than there are. */
static size_t em_room(const struct em *em, uint32_t s)
{
	size_t n = 0;

	for (size_t o = em->occ_at[s]; o < em->occ_at[s + 1] && n < em->t_words; o++)
		n += em->t_end[em->occ[o]] - begin(em->t_end, em->occ[o]);
	return n < em->t_words ? n : em->t_words;
}

/* The words that meet s: one cell each. */
static void em_row(struct em *em, uint32_t s)
{
	uint32_t *to = em->to + em->ncells;

	for (size_t o = em->occ_at[s]; o < em->occ_at[s + 1]; o++) {
		size_t k = em->occ[o];

		for (size_t i = begin(em->t_end, k); i < em->t_end[k]; i++) {
			uint32_t t = em->t[i];

			*to = t;
			to += em->stamp[t] != s + 1;
			em->stamp[t] = s + 1;
		}
	}
	em->ncells = (size_t)(to - em->to);
}

/* Room for all cells at once, and for the word that em_row looks at behind the last: what
 * is not used of it costs nothing. */
static void em_rows(struct em *em)
{
	size_t room = 1;

	em->row = amts_calloc((size_t)em->s_words + 2, sizeof(*em->row));
	for (uint32_t s = 0; s <= em->s_words; s++) {
		em->row[s] = !s || em_count(em, s) >= EM_MIN_COUNT;
		room += em->row[s] ? em_room(em, s) : 0;
	}
	em->to = amts_malloc(room * sizeof(*em->to));
	em->stamp = amts_calloc((size_t)em->t_words + 1, sizeof(*em->stamp));
	for (uint32_t s = 0; s <= em->s_words; s++) {
		int rare = !em->row[s];

		em->row[s] = em->ncells;
		if (!rare)
			em_row(em, s);
	}
	em->row[em->s_words + 1] = em->ncells;
	em->p = amts_malloc(em->ncells * sizeof(*em->p));
	for (size_t c = 0; c < em->ncells; c++)
		em->p[c] = 1;
	em->wide = amts_calloc((size_t)em->t_words + 1, sizeof(*em->wide));
	em->share = amts_malloc(em->t_end[em->n - 1] * sizeof(*em->share));
	em->next = amts_malloc(em->t_end[em->n - 1] * sizeof(*em->next));
}

static int has_row(const struct em *em, uint32_t s)
{
	return em->row[s] < em->row[s + 1];
}

/* In the first round all words say the same. */
static void em_start(struct em *em)
{
	for (size_t k = 0; k < em->n; k++) {
		float rows = (float)has_row(em, 0);

		for (size_t i = begin(em->s_end, k); i < em->s_end[k]; i++)
			rows += (float)has_row(em, em->s[i]);
		for (size_t i = begin(em->t_end, k); i < em->t_end[k]; i++)
			em->next[i] = rows;
	}
}

static void em_divide(struct em *em)
{
	for (size_t k = 0; k < em->n; k++)
		for (size_t i = begin(em->t_end, k); i < em->t_end[k]; i++) {
			em->share[i] = em->next[i] > 0 ? em->weight[k] / em->next[i] : 0;
			em->next[i] = 0;
		}
}

/* What s gets of each t, spread out. */
static void em_collect(struct em *em, uint32_t s)
{
	const uint32_t *t = em->t;
	const float *share = em->share;
	float *wide = em->wide;

	for (size_t o = em->occ_at[s]; o < em->occ_at[s + 1]; o++) {
		size_t k = em->occ[o];

		for (size_t i = begin(em->t_end, k); i < em->t_end[k]; i++)
			wide[t[i]] += share[i];
	}
}

/* Expected counts of the row of s, then its probabilities, which stay spread out;
 * discount is taken off each count. */
static void em_reestimate(struct em *em, uint32_t s, double discount)
{
	double total = 0;

	for (size_t c = em->row[s]; c < em->row[s + 1]; c++) {
		em->p[c] *= em->wide[em->to[c]];
		total += (double)em->p[c];
	}
	for (size_t c = em->row[s]; c < em->row[s + 1]; c++) {
		double left = (double)em->p[c] - discount;

		em->p[c] = left > 0 ? (float)(left / total) : 0;
		em->wide[em->to[c]] = em->p[c];
	}
}

/* Add the row of s to the denominators of the next round. */
static void em_say(struct em *em, uint32_t s)
{
	const uint32_t *t = em->t;
	const float *wide = em->wide;
	float *next = em->next;

	for (size_t o = em->occ_at[s]; o < em->occ_at[s + 1]; o++) {
		size_t k = em->occ[o];

		for (size_t i = begin(em->t_end, k); i < em->t_end[k]; i++)
			next[i] += wide[t[i]];
	}
}

/* In the last round nobody asks for the row of the empty word any more. */
static void em_round(struct em *em, unsigned last)
{
	em_divide(em);
	for (uint32_t s = last; s <= em->s_words; s++) {
		if (!has_row(em, s))
			continue;
		em_collect(em, s);
		em_reestimate(em, s, last ? EM_DISCOUNT : 0);
		if (!last)
			em_say(em, s);
		for (size_t c = em->row[s]; c < em->row[s + 1]; c++)
			em->wide[em->to[c]] = 0;
	}
}

static void em_run(struct em *em)
{
	em_occurrences(em);
	em_frequencies(em);
	em_frequent(em);
	em_rows(em);
	em_start(em);
	for (int round = 1; round <= EM_ROUNDS; round++)
		em_round(em, round == EM_ROUNDS);
}

/* Keep what is likely, as lift over chance. */
static void em_table(struct align_table *out, const struct em *em)
{
	size_t n = 0;

	for (size_t c = em->row[1]; c < em->ncells; c++)
		n += em->p[c] > (float)EM_MIN_P;
	out->words = em->s_words;
	out->row = amts_malloc(((size_t)em->s_words + 2) * sizeof(*out->row));
	out->to = amts_malloc(n * sizeof(*out->to));
	out->lift = amts_malloc(n * sizeof(*out->lift));
	n = 0;
	out->row[0] = 0;
	for (uint32_t s = 1; s <= em->s_words; s++) {
		out->row[s] = n;
		for (size_t c = em->row[s]; c < em->row[s + 1]; c++)
			if (em->p[c] > (float)EM_MIN_P) {
				out->to[n] = em->to[c];
				out->lift[n++] = (float)((double)em->p[c] * em->words /
							 (double)em->freq[em->to[c]]);
			}
	}
	out->row[em->s_words + 1] = n;
}

static void em_release(struct em *em)
{
	free(em->t);
	free(em->t_end);
	free(em->occ_at);
	free(em->occ);
	free(em->row);
	free(em->to);
	free(em->p);
	free(em->share);
	free(em->next);
	free(em->freq);
	free(em->wide);
	free(em->stamp);
}

struct training {
	struct em em[2];
	struct align_table *out[2];
};

static void train_direction(void *ctx, size_t d)
{
	struct training *t = ctx;

	em_run(&t->em[d]);
	em_table(t->out[d], &t->em[d]);
	em_release(&t->em[d]);
}

void align_lexicon_train(struct align_lexicon *lex, const struct align_corpus *c,
	uint32_t src_words, uint32_t tgt_words, unsigned threads)
{
	struct training t = {
		.em = { { .n = c->n,
				.s = c->src,
				.all_t = c->tgt,
				.s_end = c->src_end,
				.all_t_end = c->tgt_end,
				.weight = c->weight,
				.s_words = src_words,
				.t_words = tgt_words },
			{ .n = c->n,
				.s = c->tgt,
				.all_t = c->src,
				.s_end = c->tgt_end,
				.all_t_end = c->src_end,
				.weight = c->weight,
				.s_words = tgt_words,
				.t_words = src_words } },
		.out = { &lex->fwd, &lex->bwd },
	};

	align_lexicon_release(lex);
	if (c->n)
		align_parallel(threads, 2, train_direction, &t);
}

static void table_release(struct align_table *t)
{
	free(t->row);
	free(t->to);
	free(t->lift);
	*t = (struct align_table){ NULL, NULL, NULL, 0 };
}

void align_lexicon_release(struct align_lexicon *lex)
{
	table_release(&lex->fwd);
	table_release(&lex->bwd);
}

double align_table_lift(const struct align_table *t, uint32_t word, uint32_t to)
{
	if (!word || word > t->words)
		return 0;
	for (size_t k = t->row[word]; k < t->row[word + 1]; k++)
		if (t->to[k] == to)
			return (double)t->lift[k];
	return 0;
}
