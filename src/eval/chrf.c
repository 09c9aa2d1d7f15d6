/*
 * chrF: Popović 2015, "chrF: character n-gram F-score for automatic MT evaluation"; with
 * words chrF++: Popović 2017, "chrF++: words helping character n-grams".  Beta 2,
 * precision and recall averaged over the orders that both sides have.
 */
#include "eval/scorer.h"

#include <string.h>

#include "base/alloc.h"

#define CHARS AMTS_CHRF_CHARS
#define BETA_SQUARE 4.0

/* Statistics of a segment, of each order. */
enum { HYP, REF, MATCH };
#define N_EACH ((size_t)3)

static unsigned words_order(const struct amts_score_opts *o)
{
	return o->chrf_words < AMTS_CHRF_WORDS ? o->chrf_words : AMTS_CHRF_WORDS;
}

static const char *name(const struct amts_score_opts *o)
{
	static const char *const names[] = { "chrF2", "chrF2+", "chrF2++" };

	return names[words_order(o)];
}

static size_t n_stats(const struct amts_score_opts *o)
{
	return N_EACH * (CHARS + words_order(o));
}

static void add_word(
	struct eval_words *out, struct eval_vocab *vocab, const uint32_t *word, size_t n)
{
	eval_words_push(out, eval_vocab_id(vocab, word, n));
}

/* One mark of punctuation comes off a word, at its end or else at its beginning. */
static void split_word(
	struct eval_words *out, struct eval_vocab *vocab, const uint32_t *word, size_t n)
{
	if (n > 1 && word[n - 1] & EVAL_MARK) {
		add_word(out, vocab, word, n - 1);
		add_word(out, vocab, word + n - 1, 1);
	} else if (n > 1 && word[0] & EVAL_MARK) {
		add_word(out, vocab, word, 1);
		add_word(out, vocab, word + 1, n - 1);
	} else {
		add_word(out, vocab, word, n);
	}
}

static void words_of(
	struct eval_words *out, struct eval_vocab *vocab, const struct eval_chars *line)
{
	const uint32_t *word;
	size_t at = 0, n;

	while ((n = eval_next_word(&word, line, &at)) > 0)
		split_word(out, vocab, word, n);
}

static int read_side(struct eval_words *chars, struct eval_words *words,
	struct amts_scorer *s, struct amts_str text, struct amts_error *err)
{
	const struct eval_chars *line = &s->tokenizer.line;
	int rc = eval_tokenize(&s->tokenizer, text, err);

	if (rc)
		return rc;
	chars->n = words->n = 0;
	AMTS_VEC_ROOM(chars->v, chars->n, chars->cap, line->n);
	for (size_t i = 0; i < line->n; i++)
		if (s->opts.chrf_white_space || !(line->v[i] & EVAL_SPACE))
			chars->v[chars->n++] = line->v[i] & EVAL_CODE_POINT;
	if (s->opts.chrf_words)
		words_of(words, &s->vocab, line);
	return AMTS_OK;
}

/* Statistics of n-grams of 1 to `order` tokens against one reference. */
static void compare(double *stats, struct amts_scorer *s, const struct eval_words *hyp,
	const struct eval_words *ref, unsigned order)
{
	double matches[CHARS] = { 0 };

	eval_ngrams_begin(&s->ngrams, ref->n * order);
	eval_ngrams_add(&s->ngrams, 0, ref->v, ref->n, order);
	eval_ngrams_match(matches, &s->ngrams, hyp->v, hyp->n, order);
	for (size_t k = 0; k < order; k++, stats += N_EACH) {
		if (k >= ref->n)
			continue; /* the system's are not counted then either */
		stats[HYP] = k < hyp->n ? (double)(hyp->n - k) : 0;
		stats[REF] = (double)(ref->n - k);
		stats[MATCH] = matches[k];
	}
}

static void score(
	struct amts_score *out, const struct amts_score_opts *o, const double *stats)
{
	double precision = 0, recall = 0, orders = 0;

	for (size_t k = 0; k < n_stats(o); k += N_EACH) {
		if (stats[k + HYP] == 0 || stats[k + REF] == 0)
			continue;
		precision += stats[k + MATCH] / stats[k + HYP];
		recall += stats[k + MATCH] / stats[k + REF];
		orders++;
	}
	if (precision + recall == 0)
		return;
	precision /= orders;
	recall /= orders;
	out->score = 100 * (1 + BETA_SQUARE) * precision * recall /
		     (BETA_SQUARE * precision + recall);
}

static int measure(double *stats, struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	double best = -1;
	int rc = read_side(&s->hyp_chars, &s->hyp, s, hyp, err);

	for (size_t i = 0; !rc && i < n_refs; i++) {
		double of_ref[EVAL_STATS_MAX] = { 0 };
		struct amts_score f = { 0 };

		rc = read_side(&s->ref_chars, &s->ref, s, refs[i], err);
		if (rc)
			break;
		compare(of_ref, s, &s->hyp_chars, &s->ref_chars, CHARS);
		compare(of_ref + N_EACH * CHARS, s, &s->hyp, &s->ref,
			words_order(&s->opts));
		score(&f, &s->opts, of_ref);
		if (f.score > best) {
			best = f.score;
			memcpy(stats, of_ref, s->n_stats * sizeof(*stats));
		}
	}
	return rc;
}

static void signature(struct amts_buf *out, const struct amts_score_opts *o, int brief)
{
	static const char *const orders[] = { "0", "1", "2" };

	eval_signature_add(out, "case", "c", brief, o->lowercase ? "lc" : "mixed");
	eval_signature_add(out, "eff", "e", brief, "yes");
	eval_signature_add(out, "nc", "nc", brief, "6");
	eval_signature_add(out, "nw", "nw", brief, orders[words_order(o)]);
	eval_signature_add(out, "space", "s", brief, o->chrf_white_space ? "yes" : "no");
}

const struct eval_metric eval_chrf = { name, n_stats, measure, score, signature, 0 };
