#ifndef AMTS_SCORE_H
#define AMTS_SCORE_H
/*
 * Machine translation scored against human references: BLEU, chrF, chrF++ and TER with
 * the numbers and signatures of sacreBLEU 2.6.0 (Post 2018, "A Call for Clarity in
 * Reporting BLEU Scores"), and tests of whether one system is better than another.
 *
 * A scorer holds one system's segments under one metric.  Any bytes are legal text; a
 * byte that is not UTF-8 is a character of its own.  Scores are 0 to 100 (TER: 0 is best,
 * and may pass 100).
 */
#include "amts/mem.h"

enum amts_metric {
	/* Papineni et al. 2002: n-grams of 1 to 4 tokens, geometric mean, brevity penalty
	 */
	AMTS_BLEU,
	/* Popović 2015: F2 over n-grams of 1 to 6 characters.  With words of order 2 it
	 * is chrF++ (Popović 2017). */
	AMTS_CHRF,
	/* Snover et al. 2006: edits and shifts of words a reference word, as Tercom finds
	   them */
	AMTS_TER
};

/* How BLEU cuts a line into tokens. */
enum amts_bleu_tokens {
	AMTS_BLEU_13A,	/* mteval-v13a of NIST: western punctuation */
	AMTS_BLEU_ZH,	/* Chinese characters apart, the rest as 13a does */
	AMTS_BLEU_CHAR, /* every character apart */
	AMTS_BLEU_INTL, /* mteval-v14: Unicode punctuation and symbols */
	AMTS_BLEU_NONE	/* white space only */
};

/* What BLEU does about n-grams of an order without a match (Chen and Cherry 2014). */
enum amts_bleu_smooth {
	AMTS_BLEU_EXP,	 /* their method 3, of NIST: 1/2, 1/4… of a match */
	AMTS_BLEU_FLOOR, /* method 1: smooth_value (0.1) of a match */
	AMTS_BLEU_ADD_K, /* method 2: smooth_value (1) more matches and n-grams of orders
			    2 to 4 */
	AMTS_BLEU_NO_SMOOTHING
};

/* All zero: sacreBLEU's defaults. */
struct amts_score_opts {
	enum amts_metric metric;
	int lowercase; /* BLEU, chrF; TER lower-cases unless ter_cased */

	enum amts_bleu_tokens tokens;
	enum amts_bleu_smooth smooth;
	double smooth_value; /* 0: the method's default */
	int effective_order; /* leave out orders longer than the text; segment scores
				always do */

	unsigned chrf_words; /* highest order of word n-grams, at most AMTS_CHRF_WORDS; 2:
				chrF++ */
	int chrf_white_space; /* white space counts as characters */

	int ter_normalized; /* punctuation apart, entities decoded */
	int ter_no_punct;   /* punctuation removed */
	int ter_asian;	    /* the two above for Chinese and Japanese too */
	int ter_cased;
};

#define AMTS_BLEU_ORDER 4
#define AMTS_CHRF_CHARS 6
#define AMTS_CHRF_WORDS 2

/* Members of other metrics are 0. */
struct amts_score {
	enum amts_metric metric;
	double score;

	/* BLEU, by order: matches, n-grams of the system, share of matches after
	 * smoothing in percent; brevity penalty 0..1; tokens of the system and of the
	 * closest references. */
	size_t correct[AMTS_BLEU_ORDER], total[AMTS_BLEU_ORDER];
	double precision[AMTS_BLEU_ORDER];
	double brevity;
	size_t hyp_len, ref_len;

	double edits;	  /* TER: of the closest references, shifts counted as one */
	double ref_words; /* TER: mean length of the references, summed over segments */
};

struct amts_scorer;
struct amts_scorer *amts_scorer_new(const struct amts_score_opts *opts);
void amts_scorer_free(struct amts_scorer *s); /* NULL is allowed */

/*
 * Add one segment: what the system wrote and n_refs (at least one) human references.
 * Empty references are left out where another is not empty.  (sacreBLEU refuses segments
 * without any; here they are scored against an empty text.)  BLEU, chrF: linear time.
 * TER: at most about 1000 shifts are tried, each in time linear in the segment.
 * AMTS_ETOOBIG for a segment of over 4 MiB.
 */
AMTS_MUST_CHECK int amts_scorer_add(struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err);
/* Add every line of a text (lines end with LF) with the same line of each reference.
 * AMTS_EPARSE when their numbers of lines differ. */
AMTS_MUST_CHECK int amts_scorer_add_lines(struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err);

size_t amts_scorer_count(const struct amts_scorer *s); /* segments */
void amts_scorer_total(struct amts_score *out, const struct amts_scorer *s);
void amts_scorer_segment(struct amts_score *out, const struct amts_scorer *s, size_t i);

/* sacreBLEU's signature of the total, by which scores are compared:
 * "nrefs:1|case:mixed|…"; brief: "#:1|c:mixed|…". */
void amts_scorer_signature(struct amts_buf *out, const struct amts_scorer *s, int brief);
/* "BLEU", "chrF2", "chrF2++", "TER". */
const char *amts_scorer_name(const struct amts_scorer *s);
/* What sacreBLEU prints after the score: "90.9/68.4/43.8/23.1 (BP = 0.956 …)"; nothing
 * but for BLEU. */
void amts_score_details(struct amts_buf *out, const struct amts_score *score);

/* The tokens that a metric sees in a line, joined by spaces (BLEU, TER). */
AMTS_MUST_CHECK int amts_score_tokens(struct amts_buf *out,
	const struct amts_score_opts *opts, struct amts_str line, struct amts_error *err);

/* Is the difference of two systems on the same segments more than chance? */
struct amts_score_test {
	double difference; /* score of a less score of b */
	/* Paired bootstrap resampling (Koehn 2004): segments drawn with replacement. */
	double low, high;   /* bounds of the middle 95 % of differences */
	double wins;	    /* share of resamples in which a is better */
	double p_bootstrap; /* one-sided: the better system is not better in the next
			       sample */
	/* Approximate randomisation (Noreen 1989; Riezler and Maxwell 2005): outputs of a
	 * segment swapped at random.  Two-sided. */
	double p_randomisation;
};
struct amts_score_trials {
	size_t resamples; /* 0: 1000 */
	size_t swaps;	  /* 0: 10000 */
	uint64_t seed;	  /* the same seed gives the same result on every machine */
};
/* AMTS_EUSAGE when a and b differ in metric or in the number of segments, or have none.
 */
AMTS_MUST_CHECK int amts_scorer_compare(struct amts_score_test *out,
	const struct amts_scorer *a, const struct amts_scorer *b,
	const struct amts_score_trials *trials, struct amts_error *err);

#endif
