/*
 * Any bytes (the first two choose the metric and its options, a zero byte separates
 * hypothesis and reference): tokens are the characters of the line; scores stay in their
 * range; a text scores best against itself.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amts/score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "broken: %s\n", what);
		abort();
	}
}

static struct amts_score_opts options(unsigned kind, unsigned flags)
{
	return (struct amts_score_opts){ .metric = (enum amts_metric)(kind % 3),
		.tokens = (enum amts_bleu_tokens)(kind / 3 % 5),
		.smooth = (enum amts_bleu_smooth)(kind / 15 % 4),
		.lowercase = flags & 1,
		.effective_order = 1,
		.chrf_words = flags >> 1 & 2,
		.chrf_white_space = flags >> 3 & 1,
		.ter_normalized = flags >> 4 & 1,
		.ter_no_punct = flags >> 5 & 1,
		.ter_asian = flags >> 6 & 1,
		.ter_cased = flags >> 7 & 1 };
}

static struct amts_buf tokens_of(const struct amts_score_opts *opts, struct amts_str line)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;

	check(amts_score_tokens(&out, opts, line, &err) == AMTS_OK, "tokens");
	return out;
}

/* s without its ASCII spaces. */
static void join(struct amts_buf *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->p[i] != ' ')
			s->p[n++] = s->p[i];
	s->n = n;
}

/* Tokenizers without entities only add and remove white space. */
static void check_tokens(const struct amts_score_opts *opts, struct amts_str line)
{
	const struct amts_score_opts none = { .tokens = AMTS_BLEU_NONE,
		.lowercase = opts->lowercase };
	struct amts_buf cut = tokens_of(opts, line), whole = tokens_of(&none, line);

	if (opts->metric == AMTS_BLEU && opts->tokens != AMTS_BLEU_13A) {
		join(&cut);
		join(&whole);
		check(amts_str_eq(amts_buf_str(&cut), amts_buf_str(&whole)),
			"tokens keep every character");
	}
	amts_buf_release(&cut);
	amts_buf_release(&whole);
}

static struct amts_score score(
	const struct amts_score_opts *opts, struct amts_str hyp, struct amts_str ref)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_scorer *s = amts_scorer_new(opts);
	struct amts_score total;

	check(amts_scorer_add(s, hyp, &ref, 1, &err) == AMTS_OK, "scored");
	amts_scorer_total(&total, s);
	amts_scorer_free(s);
	return total;
}

static void check_range(const struct amts_score *s)
{
	check(s->score >= 0 && isfinite(s->score), "score is a number");
	if (s->metric != AMTS_TER)
		check(s->score < 100 + 1e-6, "score is at most 100");
	for (int k = 0; k < AMTS_BLEU_ORDER; k++)
		check(s->correct[k] <= s->total[k], "matches are n-grams");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct amts_score_opts opts;
	struct amts_str text, hyp, ref;
	struct amts_score s;
	size_t cut;

	if (size < 2 || size > 1 << 14)
		return 0;
	opts = options(data[0], data[1]);
	text = (struct amts_str){ (const char *)data + 2, size - 2 };
	cut = amts_str_find(text, (struct amts_str){ "", 1 }, 0);
	hyp = amts_str_sub(text, 0, cut);
	ref = amts_str_sub(text, cut + 1, text.n);
	if (opts.metric != AMTS_CHRF)
		check_tokens(&opts, hyp);
	s = score(&opts, hyp, ref);
	check_range(&s);
	s = score(&opts, hyp, hyp);
	check_range(&s);
	check(opts.metric != AMTS_TER || s.edits == 0, "nothing to edit");
	check(opts.metric == AMTS_TER || s.score == 0 || s.score > 100 - 1e-6,
		"equal texts score best");
	return 0;
}
