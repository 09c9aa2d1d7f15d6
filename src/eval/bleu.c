/*
 * BLEU: Papineni, Roukos, Ward and Zhu 2002, "BLEU: a Method for Automatic Evaluation of
 * Machine Translation", smoothed as in Chen and Cherry 2014, "A Systematic Comparison of
 * Smoothing Techniques for Sentence-Level BLEU".
 */
#include "eval/scorer.h"

#include <math.h>
#include <stdio.h>

#define ORDER AMTS_BLEU_ORDER

/* Statistics of a segment. */
enum { HYP_LEN, REF_LEN, CORRECT, TOTAL = CORRECT + ORDER, N_STATS = TOTAL + ORDER };

static const char *name(const struct amts_score_opts *o)
{
	(void)o;
	return "BLEU";
}

static size_t n_stats(const struct amts_score_opts *o)
{
	(void)o;
	return N_STATS;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The length of the reference closest to the hypothesis, of the shorter on a tie. */
static void closest(size_t *best, int first, size_t len, size_t hyp_len)
{
	size_t d = distance(len, hyp_len), best_d = distance(*best, hyp_len);

	if (first || d < best_d || (d == best_d && len < *best))
		*best = len;
}

static int tokenize(struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	struct eval_words *ends = &s->ref_ends;
	int rc;

	s->hyp.n = s->ref.n = ends->n = 0;
	rc = eval_words_of(&s->hyp, s, hyp, err);
	for (size_t i = 0; !rc && i < n_refs; i++) {
		rc = eval_words_of(&s->ref, s, refs[i], err);
		eval_words_push(ends, (uint32_t)s->ref.n);
	}
	return rc;
}

static int measure(double *stats, struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	size_t ref_len = 0, beg = 0;
	int rc = tokenize(s, hyp, refs, n_refs, err);

	if (rc)
		return rc;
	eval_ngrams_begin(&s->ngrams, s->ref.n * ORDER);
	for (size_t i = 0; i < n_refs; i++) {
		size_t n = s->ref_ends.v[i] - beg;

		closest(&ref_len, !i, n, s->hyp.n);
		eval_ngrams_add(&s->ngrams, (uint32_t)i, s->ref.v + beg, n, ORDER);
		beg += n;
	}
	stats[HYP_LEN] = (double)s->hyp.n;
	stats[REF_LEN] = (double)ref_len;
	eval_ngrams_match(stats + CORRECT, &s->ngrams, s->hyp.v, s->hyp.n, ORDER);
	for (size_t k = 0; k < ORDER && k < s->hyp.n; k++)
		stats[TOTAL + k] = (double)(s->hyp.n - k);
	return AMTS_OK;
}

static double smooth_value(const struct amts_score_opts *o)
{
	if (o->smooth_value > 0)
		return o->smooth_value;
	return o->smooth == AMTS_BLEU_FLOOR ? 0.1 : 1;
}

/* Precisions in percent; how many orders count. */
static size_t precisions(double *p, const struct amts_score_opts *o, const double *stats)
{
	double halves = 1;
	size_t effective = ORDER, k;

	for (k = 0; k < ORDER; k++) {
		double more = o->smooth == AMTS_BLEU_ADD_K && k > 0 ? smooth_value(o) : 0;
		double correct = stats[CORRECT + k] + more,
		       total = stats[TOTAL + k] + more;

		if (total == 0)
			break;
		if (o->effective_order)
			effective = k + 1;
		if (correct > 0) {
			p[k] = 100 * correct / total;
		} else if (o->smooth == AMTS_BLEU_EXP) {
			halves *= 2;
			p[k] = 100 / (halves * total);
		} else if (o->smooth == AMTS_BLEU_FLOOR) {
			p[k] = 100 * smooth_value(o) / total;
		}
	}
	return effective;
}

static double brevity_penalty(double hyp_len, double ref_len)
{
	if (hyp_len >= ref_len)
		return 1;
	return hyp_len > 0 ? exp(1 - ref_len / hyp_len) : 0;
}

static void score(
	struct amts_score *out, const struct amts_score_opts *o, const double *stats)
{
	double logs = 0, matches = 0;
	size_t effective, k;

	out->hyp_len = (size_t)stats[HYP_LEN];
	out->ref_len = (size_t)stats[REF_LEN];
	out->brevity = brevity_penalty(stats[HYP_LEN], stats[REF_LEN]);
	for (k = 0; k < ORDER; k++) {
		out->correct[k] = (size_t)stats[CORRECT + k];
		out->total[k] = (size_t)stats[TOTAL + k];
		matches += stats[CORRECT + k];
	}
	if (matches == 0)
		return;
	effective = precisions(out->precision, o, stats);
	for (k = 0; k < effective; k++) {
		if (out->precision[k] == 0)
			return;
		logs += log(out->precision[k]);
	}
	out->score = out->brevity * exp(logs / (double)effective);
}

static const char *tokens_name(enum amts_bleu_tokens tokens)
{
	static const char *const names[] = { "13a", "zh", "char", "intl", "none" };

	return names[tokens];
}

static void signature(struct amts_buf *out, const struct amts_score_opts *o, int brief)
{
	static const char *const smooth[] = { "exp", "floor", "add-k", "none" };
	char how[48];

	snprintf(how, sizeof(how), "%s", smooth[o->smooth]);
	if (o->smooth == AMTS_BLEU_FLOOR || o->smooth == AMTS_BLEU_ADD_K)
		snprintf(
			how, sizeof(how), "%s[%.2f]", smooth[o->smooth], smooth_value(o));
	eval_signature_add(out, "case", "c", brief, o->lowercase ? "lc" : "mixed");
	eval_signature_add(out, "eff", "e", brief, o->effective_order ? "yes" : "no");
	eval_signature_add(out, "tok", "tok", brief, tokens_name(o->tokens));
	eval_signature_add(out, "smooth", "s", brief, how);
}

const struct eval_metric eval_bleu = { name, n_stats, measure, score, signature, 0 };
