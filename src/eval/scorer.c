#include "eval/scorer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "eval/ter.h"

/* The release whose numbers these are. */
#define SACREBLEU "2.6.0"
/* N-grams of a longer segment would take gigabytes. */
#define SEGMENT_MAX ((size_t)4 << 20)

static const struct eval_metric *const metrics[] = {
	[AMTS_BLEU] = &eval_bleu,
	[AMTS_CHRF] = &eval_chrf,
	[AMTS_TER] = &eval_ter_metric,
};

struct amts_scorer *amts_scorer_new(const struct amts_score_opts *opts)
{
	struct amts_scorer *s = amts_calloc(1, sizeof(*s));

	s->opts = *opts;
	s->metric = metrics[opts->metric];
	s->n_stats = s->metric->n_stats(opts);
	eval_tokenizer_init(&s->tokenizer, opts);
	return s;
}

void amts_scorer_free(struct amts_scorer *s)
{
	if (!s)
		return;
	eval_tokenizer_release(&s->tokenizer);
	eval_vocab_release(&s->vocab);
	eval_ngrams_release(&s->ngrams);
	eval_ter_free(s->ter);
	free(s->hyp.v);
	free(s->ref.v);
	free(s->ref_ends.v);
	free(s->hyp_chars.v);
	free(s->ref_chars.v);
	free(s->stats);
	free(s);
}

int eval_words_of(struct eval_words *out, struct amts_scorer *s, struct amts_str text,
	struct amts_error *err)
{
	int rc = eval_tokenize(&s->tokenizer, text, err);

	if (!rc)
		eval_vocab_words(out, &s->vocab, &s->tokenizer.line);
	return rc;
}

/* ---- segments ---- */

static int check_size(struct amts_str hyp, const struct amts_str *refs, size_t n_refs,
	struct amts_error *err)
{
	size_t bytes = 0, i;

	for (i = 0; i < n_refs && bytes <= SEGMENT_MAX; i++)
		bytes += refs[i].n;
	if (hyp.n > SEGMENT_MAX || bytes > SEGMENT_MAX)
		return amts_fail(err, AMTS_ETOOBIG, "a segment of over %zu MiB",
			SEGMENT_MAX >> 20);
	return AMTS_OK;
}

/* References that are not empty, to the front; how many. */
static size_t without_empty(struct amts_str *refs, size_t n)
{
	size_t kept = 0, i;

	for (i = 0; i < n; i++)
		if (refs[i].n)
			refs[kept++] = refs[i];
	return kept;
}

static void note_refs(struct amts_scorer *s, size_t n)
{
	if (!s->refs_most || n < s->refs_least)
		s->refs_least = n;
	if (n > s->refs_most)
		s->refs_most = n;
}

int amts_scorer_add(struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	struct amts_str *given;
	double *stats;
	size_t n;
	int rc = check_size(hyp, refs, n_refs, err);

	if (rc)
		return rc;
	given = amts_malloc(n_refs * sizeof(*given));
	memcpy(given, refs, n_refs * sizeof(*given));
	n = without_empty(given, n_refs);
	if (n)
		note_refs(s, n);
	AMTS_VEC_ROOM(s->stats, s->n * s->n_stats, s->cap, s->n_stats);
	stats = s->stats + s->n * s->n_stats;
	memset(stats, 0, s->n_stats * sizeof(*stats));
	rc = s->metric->measure(stats, s, hyp, given, n ? n : 1, err);
	free(given);
	if (!rc)
		s->n++;
	return rc;
}

/* The line at *at, which moves behind it. */
static struct amts_str next_line(struct amts_str text, size_t *at)
{
	size_t end = amts_str_find(text, AMTS_STR("\n"), *at);
	struct amts_str line = amts_str_sub(text, *at, end);

	*at = end < text.n ? end + 1 : end;
	return line;
}

static size_t count_lines(struct amts_str text)
{
	size_t n = 0, at = 0;

	while (at < text.n) {
		next_line(text, &at);
		n++;
	}
	return n;
}

static int check_lines(struct amts_str hyp, const struct amts_str *refs, size_t n_refs,
	struct amts_error *err)
{
	size_t n = count_lines(hyp), i;

	for (i = 0; i < n_refs; i++) {
		size_t m = count_lines(refs[i]);

		if (m != n)
			return amts_fail(err, AMTS_EPARSE,
				"hypothesis of %zu lines, reference %zu of %zu", n, i + 1,
				m);
	}
	return AMTS_OK;
}

int amts_scorer_add_lines(struct amts_scorer *s, struct amts_str hyp,
	const struct amts_str *refs, size_t n_refs, struct amts_error *err)
{
	struct amts_str *lines;
	size_t *at, hyp_at = 0;
	int rc = check_lines(hyp, refs, n_refs, err);

	if (rc)
		return rc;
	lines = amts_malloc(n_refs * sizeof(*lines));
	at = amts_calloc(n_refs, sizeof(*at));
	while (!rc && hyp_at < hyp.n) {
		struct amts_str line = next_line(hyp, &hyp_at);

		for (size_t i = 0; i < n_refs; i++)
			lines[i] = next_line(refs[i], &at[i]);
		rc = amts_scorer_add(s, line, lines, n_refs, err);
	}
	free(lines);
	free(at);
	return rc;
}

/* ---- results ---- */

size_t amts_scorer_count(const struct amts_scorer *s)
{
	return s->n;
}

void eval_score(struct amts_score *out, const struct amts_scorer *s, const double *stats)
{
	memset(out, 0, sizeof(*out));
	out->metric = s->opts.metric;
	s->metric->score(out, &s->opts, stats);
}

void amts_scorer_total(struct amts_score *out, const struct amts_scorer *s)
{
	double sum[EVAL_STATS_MAX] = { 0 };

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->n_stats; k++)
			sum[k] += s->stats[i * s->n_stats + k];
	eval_score(out, s, sum);
}

void amts_scorer_segment(struct amts_score *out, const struct amts_scorer *s, size_t i)
{
	struct amts_score_opts opts = s->opts;

	opts.effective_order = 1;
	memset(out, 0, sizeof(*out));
	out->metric = opts.metric;
	s->metric->score(out, &opts, s->stats + i * s->n_stats);
}

const char *amts_scorer_name(const struct amts_scorer *s)
{
	return s->metric->name(&s->opts);
}

void eval_signature_add(struct amts_buf *out, const char *key, const char *brief_key,
	int brief, const char *value)
{
	amts_buf_addf(out, "|%s:%s", brief ? brief_key : key, value);
}

void amts_scorer_signature(struct amts_buf *out, const struct amts_scorer *s, int brief)
{
	amts_buf_addz(out, brief ? "#:" : "nrefs:");
	if (s->refs_least == s->refs_most)
		amts_buf_addf(out, "%zu", s->refs_most);
	else
		amts_buf_addz(out, "var");
	s->metric->signature(out, &s->opts, brief);
	eval_signature_add(out, "version", "v", brief, SACREBLEU);
}

void amts_score_details(struct amts_buf *out, const struct amts_score *score)
{
	double ratio =
		score->ref_len ? (double)score->hyp_len / (double)score->ref_len : 0;

	if (score->metric != AMTS_BLEU)
		return;
	for (size_t k = 0; k < AMTS_BLEU_ORDER; k++)
		amts_buf_addf(out, "%s%.1f", k ? "/" : "", score->precision[k]);
	amts_buf_addf(out, " (BP = %.3f ratio = %.3f hyp_len = %zu ref_len = %zu)",
		score->brevity, ratio, score->hyp_len, score->ref_len);
}

int amts_score_tokens(struct amts_buf *out, const struct amts_score_opts *opts,
	struct amts_str line, struct amts_error *err)
{
	struct eval_tokenizer t;
	int rc, gap = 0;

	eval_tokenizer_init(&t, opts);
	rc = eval_tokenize(&t, line, err);
	for (size_t i = 0, n = out->n; !rc && i < t.line.n; i++) {
		if (t.line.v[i] & EVAL_SPACE) {
			gap = out->n > n;
			continue;
		}
		if (gap)
			amts_buf_addc(out, ' ');
		gap = 0;
		eval_put_char(out, t.line.v[i] & EVAL_CODE_POINT);
	}
	eval_tokenizer_release(&t);
	return rc ? rc : amts_buf_check(out, "tokens", err);
}
