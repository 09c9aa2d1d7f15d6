/* git amts-sync score: BLEU, chrF and TER of a translation against references. */
#include "cli.h"

#include "amts/score.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct score_opts {
	const char *metrics;
	int tokens, smooth;
	const char *smooth_value;
	int lowercase, effective_order, chrf_white_space;
	int ter_normalized, ter_no_punct, ter_asian, ter_cased;
	int segments, fraction, brief, json;
	const char *vs;
	int trials, seed;
};

#define AT(member) offsetof(struct score_opts, member)

static const struct cli_opt options[] = {
	{ CLI_STR, 'm', "metric", "list", "of bleu, chrf, chrf++, ter; by itself bleu",
		AT(metrics) },
	{ CLI_CHOICE, 0, "tokenize", "13a|zh|char|intl|none",
		"how BLEU cuts tokens; for Chinese zh or char", AT(tokens) },
	{ CLI_FLAG, 0, "lowercase", NULL, "BLEU, chrF: case does not matter",
		AT(lowercase) },
	{ CLI_CHOICE, 0, "smooth-method", "exp|floor|add-k|none",
		"BLEU: n-grams of an order without a match", AT(smooth) },
	{ CLI_STR, 0, "smooth-value", "number", "for floor (0.1) and add-k (1)",
		AT(smooth_value) },
	{ CLI_FLAG, 0, "effective-order", NULL,
		"BLEU: leave out orders longer than the text", AT(effective_order) },
	{ CLI_FLAG, 0, "chrf-whitespace", NULL, "chrF: white space counts as characters",
		AT(chrf_white_space) },
	{ CLI_FLAG, 0, "ter-normalized", NULL, "TER: punctuation apart from words",
		AT(ter_normalized) },
	{ CLI_FLAG, 0, "ter-no-punct", NULL, "TER: without punctuation",
		AT(ter_no_punct) },
	{ CLI_FLAG, 0, "ter-asian-support", NULL,
		"TER: these two for Chinese and Japanese as well", AT(ter_asian) },
	{ CLI_FLAG, 0, "ter-case-sensitive", NULL, "TER: case matters", AT(ter_cased) },
	{ CLI_FLAG, 0, "sentence-level", NULL, "a score for every line", AT(segments) },
	{ CLI_FLAG, 0, "fraction", NULL,
		"scores from 0 to 1, as published tables have them", AT(fraction) },
	{ CLI_FLAG, 0, "short", NULL, "the short form of signatures", AT(brief) },
	{ CLI_STR, 0, "vs", "hyp", "another system: is the difference more than chance?",
		AT(vs) },
	{ CLI_INT, 0, "trials", "n", "for --vs; by itself 1000 resamples, 10000 swaps",
		AT(trials) },
	{ CLI_INT, 0, "seed", "n",
		"for --vs: the same seed, the same result; by itself 0", AT(seed) },
	{ CLI_FLAG, 0, "json", NULL, "one JSON object", AT(json) },
	{ 0 },
};

/* The files. */
struct input {
	struct amts_str hyp, vs, *refs;
	size_t n_refs;
};

/* One metric, worked out. */
struct result {
	const char *key;
	struct amts_scorer *s, *vs;
	struct amts_score total;
	struct amts_score_test test;
};

enum { METRICS = 4 };
static const char *const keys[METRICS] = { "bleu", "chrf", "chrf++", "ter" };

/* ---- what is asked for ---- */

static int metric_opts(struct amts_score_opts *out, const struct score_opts *o,
	int metric, struct amts_error *err)
{
	static const enum amts_metric kinds[METRICS] = { AMTS_BLEU, AMTS_CHRF, AMTS_CHRF,
		AMTS_TER };
	*out = (struct amts_score_opts){ .metric = kinds[metric],
		.lowercase = o->lowercase,
		.tokens = (enum amts_bleu_tokens)o->tokens,
		.smooth = (enum amts_bleu_smooth)o->smooth,
		.effective_order = o->effective_order,
		.chrf_words = metric == 2 ? 2 : 0,
		.chrf_white_space = o->chrf_white_space,
		.ter_normalized = o->ter_normalized,
		.ter_no_punct = o->ter_no_punct,
		.ter_asian = o->ter_asian,
		.ter_cased = o->ter_cased };
	if (!o->smooth_value)
		return AMTS_OK;
	if (!amts_str_number(&out->smooth_value, o->smooth_value) ||
		!(out->smooth_value > 0))
		return amts_fail(err, AMTS_EUSAGE,
			"option 'smooth-value' wants a number above 0, not '%s'",
			o->smooth_value);
	return AMTS_OK;
}

/* The metric that the n bytes at s name. */
static int find_metric(int *out, const char *s, size_t n, struct amts_error *err)
{
	for (int i = 0; i < METRICS; i++) {
		if (strlen(keys[i]) == n && !memcmp(keys[i], s, n)) {
			*out = i;
			return AMTS_OK;
		}
	}
	return amts_fail(err, AMTS_EUSAGE,
		"metric '%.*s' is none of bleu, chrf, chrf++, ter", (int)n, s);
}

static int read_input(struct input *in, struct cli *cli, const struct score_opts *o,
	char **argv, struct amts_error *err)
{
	int rc = cli_read(&in->hyp, cli->arena, argv[0], err);

	if (!rc && o->vs)
		rc = cli_read(&in->vs, cli->arena, o->vs, err);
	in->refs = AMTS_NEW(cli->arena, struct amts_str, in->n_refs);
	for (size_t i = 0; !rc && i < in->n_refs; i++)
		rc = cli_read(&in->refs[i], cli->arena, argv[i + 1], err);
	return rc;
}

/* ---- work ---- */

static int score_file(struct amts_scorer **out, const struct amts_score_opts *opts,
	const char *path, struct amts_str hyp, const struct input *in,
	struct amts_error *err)
{
	int rc;

	*out = amts_scorer_new(opts);
	rc = amts_scorer_add_lines(*out, hyp, in->refs, in->n_refs, err);
	if (rc)
		amts_error_prefix(err, "'%s'", path);
	return rc;
}

static int work(struct result *r, const struct score_opts *o, int metric,
	const char *path, const struct input *in, struct amts_error *err)
{
	struct amts_score_trials trials = { (size_t)o->trials, (size_t)o->trials,
		(uint64_t)o->seed };
	struct amts_score_opts opts;
	int rc = metric_opts(&opts, o, metric, err);

	r->key = keys[metric];
	if (!rc)
		rc = score_file(&r->s, &opts, path, in->hyp, in, err);
	if (!rc && o->vs)
		rc = score_file(&r->vs, &opts, o->vs, in->vs, in, err);
	if (!rc && o->vs)
		rc = amts_scorer_compare(&r->test, r->s, r->vs, &trials, err);
	if (!rc)
		amts_scorer_total(&r->total, r->s);
	return rc;
}

static int work_all(struct result *r, size_t *n, const struct score_opts *o,
	const char *path, const struct input *in, struct amts_error *err)
{
	const char *word = o->metrics ? o->metrics : "bleu";
	int done[METRICS] = { 0 }, rc = AMTS_OK;

	while (!rc) {
		size_t len = strcspn(word, ",");
		int metric = 0;

		rc = find_metric(&metric, word, len, err);
		if (!rc && !done[metric]++)
			rc = work(&r[(*n)++], o, metric, path, in, err);
		if (!word[len])
			break;
		word += len + 1;
	}
	return rc;
}

/* ---- output ---- */

static double scaled(const struct score_opts *o, double score)
{
	return o->fraction ? score / 100 : score;
}

static struct cJSON *test_json(const struct result *r, const struct score_opts *o)
{
	const struct amts_score_test *t = &r->test;
	struct cJSON *j = cJSON_CreateObject();
	struct amts_score score;

	amts_scorer_total(&score, r->vs);
	cJSON_AddNumberToObject(j, "score", scaled(o, score.score));
	cJSON_AddNumberToObject(j, "difference", scaled(o, t->difference));
	cJSON_AddNumberToObject(j, "low", scaled(o, t->low));
	cJSON_AddNumberToObject(j, "high", scaled(o, t->high));
	cJSON_AddNumberToObject(j, "wins", t->wins);
	cJSON_AddNumberToObject(j, "p_bootstrap", t->p_bootstrap);
	cJSON_AddNumberToObject(j, "p_randomisation", t->p_randomisation);
	return j;
}

static void add_counts(struct cJSON *j, const struct amts_score *s)
{
	struct cJSON *counts, *totals;

	if (s->metric == AMTS_TER) {
		cJSON_AddNumberToObject(j, "edits", s->edits);
		cJSON_AddNumberToObject(j, "ref_len", s->ref_words);
	}
	if (s->metric != AMTS_BLEU)
		return;
	cJSON_AddItemToObject(
		j, "precisions", cJSON_CreateDoubleArray(s->precision, AMTS_BLEU_ORDER));
	counts = cJSON_AddArrayToObject(j, "counts");
	totals = cJSON_AddArrayToObject(j, "totals");
	for (int k = 0; k < AMTS_BLEU_ORDER; k++) {
		cJSON_AddItemToArray(counts, cJSON_CreateNumber((double)s->correct[k]));
		cJSON_AddItemToArray(totals, cJSON_CreateNumber((double)s->total[k]));
	}
	cJSON_AddNumberToObject(j, "bp", s->brevity);
	cli_json_int(j, "sys_len", s->hyp_len);
	cli_json_int(j, "ref_len", s->ref_len);
}

static struct cJSON *segments_json(const struct result *r, const struct score_opts *o)
{
	struct cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < amts_scorer_count(r->s); i++) {
		struct amts_score s;

		amts_scorer_segment(&s, r->s, i);
		cJSON_AddItemToArray(list, cJSON_CreateNumber(scaled(o, s.score)));
	}
	return list;
}

static int print_json(const struct result *r, size_t n, const struct score_opts *o,
	struct amts_error *err)
{
	struct cJSON *json = cli_json_object();

	for (; n--; r++) {
		struct cJSON *j = cJSON_AddObjectToObject(json, r->key);
		struct amts_buf signature = AMTS_BUF_INIT;

		amts_scorer_signature(&signature, r->s, o->brief);
		cJSON_AddNumberToObject(j, "score", scaled(o, r->total.score));
		cli_json_str(j, "signature", amts_buf_str(&signature));
		add_counts(j, &r->total);
		if (o->segments)
			cJSON_AddItemToObject(j, "segments", segments_json(r, o));
		if (o->vs)
			cJSON_AddItemToObject(j, "vs", test_json(r, o));
		amts_buf_release(&signature);
	}
	return cli_json_print(json, err);
}

static void print_total(
	const struct cli *cli, const struct result *r, const struct score_opts *o)
{
	struct amts_buf signature = AMTS_BUF_INIT, details = AMTS_BUF_INIT;
	int digits = o->fraction ? 4 : 2;

	amts_scorer_signature(&signature, r->s, o->brief);
	amts_score_details(&details, &r->total);
	printf("%s|%s = %s%.*f%s%s%s\n", amts_scorer_name(r->s), signature.p,
		cli_color(cli, CLI_BOLD), digits, scaled(o, r->total.score),
		cli_color(cli, CLI_RESET), details.n ? " " : "", details.p);
	amts_buf_release(&signature);
	amts_buf_release(&details);
}

static void print_test(const struct result *r, const struct score_opts *o)
{
	const struct amts_score_test *t = &r->test;
	int digits = o->fraction ? 4 : 2;

	printf("  less that of '%s': %+.*f, with 95 %% confidence from %+.*f to %+.*f\n",
		o->vs, digits, scaled(o, t->difference), digits, scaled(o, t->low),
		digits, scaled(o, t->high));
	printf("  better in %.1f %% of resamples, p = %.4f (paired bootstrap); p = %.4f "
	       "(approximate randomisation)\n",
		100 * t->wins, t->p_bootstrap, t->p_randomisation);
}

/* A line of the hypothesis a line, a column a metric. */
static void print_segments(const struct result *r, size_t n, const struct score_opts *o)
{
	for (size_t i = 0; i < amts_scorer_count(r->s); i++) {
		for (size_t k = 0; k < n; k++) {
			struct amts_score s;

			amts_scorer_segment(&s, r[k].s, i);
			printf("%s%.*f", k ? "\t" : "", o->fraction ? 4 : 2,
				scaled(o, s.score));
		}
		putchar('\n');
	}
}

static int print(struct cli *cli, const struct result *r, size_t n,
	const struct score_opts *o, struct amts_error *err)
{
	if (o->json)
		return print_json(r, n, o, err);
	if (o->segments) {
		print_segments(r, n, o);
		return 0;
	}
	for (; n--; r++) {
		print_total(cli, r, o);
		if (o->vs)
			print_test(r, o);
	}
	return 0;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct score_opts *o = opts;
	struct input in = { .n_refs = (size_t)argc - 1 };
	struct result r[METRICS] = { 0 };
	size_t n = 0, i;
	int rc = read_input(&in, cli, o, argv, err);

	if (!rc)
		rc = work_all(r, &n, o, argv[0], &in, err);
	if (!rc)
		rc = print(cli, r, n, o, err);
	for (i = 0; i < n; i++) {
		amts_scorer_free(r[i].s);
		amts_scorer_free(r[i].vs);
	}
	return rc;
}

const struct cli_command cmd_score = {
	.name = "score",
	.group = CLI_PLUMBING,
	.summary = "score a translation against references: BLEU, chrF, TER",
	.usage = "[--metric <list>] [--tokenize 13a|zh|char|intl|none] [--vs <hyp>] "
		 "[--json] "
		 "<hyp> <ref>...",
	.about = "Files of one segment a line; every line of <hyp> is compared with the "
		 "same "
		 "line of each <ref>.\n"
		 "Numbers and signatures are those of sacreBLEU 2.6.0, so they can be "
		 "compared with published ones.",
	.examples = "  git amts-sync score hyp.txt ref.txt\n"
		    "  git amts-sync score --metric bleu,chrf,ter --tokenize zh hyp.zh "
		    "ref.zh\n"
		    "  git amts-sync score --vs before.txt after.txt ref.txt",
	.opts = options,
	.opts_size = sizeof(struct score_opts),
	.min_args = 2,
	.max_args = -1,
	.run = run,
};
