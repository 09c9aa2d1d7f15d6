#ifndef EVAL_SCORER_H
#define EVAL_SCORER_H
/* A scorer: what each segment adds to the statistics of its metric. */
#include "amts/score.h"
#include "eval/ngrams.h"
#include "eval/tokens.h"
#include "eval/vocab.h"

#define EVAL_STATS_MAX (3 * (AMTS_CHRF_CHARS + AMTS_CHRF_WORDS))

struct amts_scorer {
	struct amts_score_opts opts;
	const struct eval_metric *metric;
	double *stats; /* n_stats a segment */
	size_t n_stats, n, cap;
	size_t refs_least, refs_most;

	/* For measuring a segment. */
	struct eval_tokenizer tokenizer;
	struct eval_vocab vocab;
	struct eval_ngrams ngrams;
	struct eval_words hyp, ref; /* words */
	struct eval_words
		ref_ends; /* where each reference ends, when ref has all of them */
	struct eval_words hyp_chars, ref_chars;
	struct eval_ter *ter;
};

/* A metric is a sum of statistics over segments and a function of the sum. */
struct eval_metric {
	const char *(*name)(const struct amts_score_opts *o);
	size_t (*n_stats)(const struct amts_score_opts *o);
	/* The statistics of one segment, n_refs >= 1.  stats are zero before. */
	int (*measure)(double *stats, struct amts_scorer *s, struct amts_str hyp,
		const struct amts_str *refs, size_t n_refs, struct amts_error *err);
	/* out->score and the members of the metric, all zero before. */
	void (*score)(struct amts_score *out, const struct amts_score_opts *o,
		const double *stats);
	/* What the signature has between the references and the version. */
	void (*signature)(
		struct amts_buf *out, const struct amts_score_opts *o, int brief);
	int less_is_better;
};
extern const struct eval_metric eval_bleu, eval_chrf, eval_ter_metric;

/* The score of a sum of statistics. */
void eval_score(struct amts_score *out, const struct amts_scorer *s, const double *stats);

/* Append "|key:value", the key as it is in this form of the signature. */
void eval_signature_add(struct amts_buf *out, const char *key, const char *brief_key,
	int brief, const char *value);

/* Append to words those of text, as the metric's tokenizer cuts it. */
AMTS_MUST_CHECK int eval_words_of(struct eval_words *out, struct amts_scorer *s,
	struct amts_str text, struct amts_error *err);

#endif
