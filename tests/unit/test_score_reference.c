/*
 * Scores that sacreBLEU 2.6.0 gave for files of several languages: AMTS_DATA/bleu, or
 * ../shared/data/bleu; nothing is tested where neither is there.
 */
#include "amts/score.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { REFS_MAX = 4 };

struct example {
	const char *name;
	struct amts_str hyp, refs[REFS_MAX];
	size_t n_refs;
	cJSON *expected;
};

static int read_file(struct amts_str *out, struct amts_arena *arena, const char *path)
{
	struct amts_buf b = AMTS_BUF_INIT;
	char chunk[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return 0;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		amts_buf_add(&b, (struct amts_str){ chunk, n });
	fclose(f);
	*out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return 1;
}

static int read_member(
	struct amts_str *out, struct amts_arena *arena, const char *dir, const char *name)
{
	return read_file(out, arena, amts_arena_fmt(arena, "%s/%s", dir, name).p);
}

static int read_example(struct example *e, struct amts_arena *arena, const char *dir)
{
	static const char *const names[REFS_MAX] = { "ref.txt", "ref2.txt", "ref3.txt",
		"ref4.txt" };
	struct amts_str json;

	memset(e, 0, sizeof(*e));
	if (!read_member(&json, arena, dir, "expected.json") ||
		!read_member(&e->hyp, arena, dir, "hyp.txt"))
		return 0;
	while (e->n_refs < REFS_MAX &&
		read_member(&e->refs[e->n_refs], arena, dir, names[e->n_refs]))
		e->n_refs++;
	e->expected = cJSON_ParseWithLength(json.p, json.n);
	assert_non_null(e->expected);
	e->name = cJSON_GetObjectItem(e->expected, "case")->valuestring;
	return 1;
}

static void near(
	const struct example *e, const char *what, double got, const cJSON *expected)
{
	if (!expected)
		return;
	if (fabs(got - expected->valuedouble) > 1e-9)
		fail_msg("%s, %s: %.12g, sacreBLEU has %.12g", e->name, what, got,
			expected->valuedouble);
}

static struct amts_scorer *score(
	const struct example *e, const struct amts_score_opts *opts)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_scorer *s = amts_scorer_new(opts);

	assert_int_equal(
		amts_scorer_add_lines(s, e->hyp, e->refs, e->n_refs, &err), AMTS_OK);
	return s;
}

static void check_signature(const struct example *e, const struct amts_scorer *s,
	int brief, const cJSON *expected)
{
	struct amts_buf signature = AMTS_BUF_INIT;

	amts_scorer_signature(&signature, s, brief);
	if (expected && strcmp(signature.p, expected->valuestring) != 0)
		fail_msg("%s: signature %s, sacreBLEU has %s", e->name, signature.p,
			expected->valuestring);
	amts_buf_release(&signature);
}

static void check_text(const struct example *e, const struct amts_scorer *s,
	const struct amts_score *total, const cJSON *expected)
{
	struct amts_buf text = AMTS_BUF_INIT;

	amts_buf_addf(&text, "%s = %.2f", amts_scorer_name(s), total->score);
	if (total->metric == AMTS_BLEU)
		amts_buf_addc(&text, ' ');
	amts_score_details(&text, total);
	if (expected && strcmp(text.p, expected->valuestring) != 0)
		fail_msg("%s: %s, sacreBLEU has %s", e->name, text.p,
			expected->valuestring);
	amts_buf_release(&text);
}

static void check_arrays(
	const struct example *e, const struct amts_score *total, const cJSON *j)
{
	const cJSON *counts = cJSON_GetObjectItem(j, "counts"),
		    *totals = cJSON_GetObjectItem(j, "totals"),
		    *precisions = cJSON_GetObjectItem(j, "precisions");

	for (int k = 0; counts && k < AMTS_BLEU_ORDER; k++) {
		near(e, "matches", (double)total->correct[k],
			cJSON_GetArrayItem(counts, k));
		near(e, "n-grams", (double)total->total[k],
			cJSON_GetArrayItem(totals, k));
		near(e, "precision", total->precision[k],
			cJSON_GetArrayItem(precisions, k));
	}
}

static void check_total(const struct example *e, const struct amts_score_opts *opts,
	const char *what, const cJSON *j)
{
	struct amts_scorer *s = score(e, opts);
	struct amts_score total;

	if (!cJSON_GetObjectItem(j, "score") || !cJSON_GetObjectItem(j, "signature"))
		fail_msg("%s: no score of sacreBLEU's for %s", e->name, what);
	amts_scorer_total(&total, s);
	near(e, what, total.score, cJSON_GetObjectItem(j, "score"));
	check_signature(e, s, 0, cJSON_GetObjectItem(j, "signature"));
	check_signature(e, s, 1, cJSON_GetObjectItem(j, "short"));
	check_text(e, s, &total, cJSON_GetObjectItem(j, "text"));
	if (opts->metric == AMTS_BLEU) {
		check_arrays(e, &total, j);
		near(e, "brevity", total.brevity, cJSON_GetObjectItem(j, "bp"));
		near(e, "length", (double)total.hyp_len,
			cJSON_GetObjectItem(j, "sys_len"));
		near(e, "length", (double)total.ref_len,
			cJSON_GetObjectItem(j, "ref_len"));
	}
	if (opts->metric == AMTS_TER) {
		near(e, "edits", total.edits, cJSON_GetObjectItem(j, "edits"));
		near(e, "words", total.ref_words, cJSON_GetObjectItem(j, "ref_len"));
	}
	amts_scorer_free(s);
}

static void check_segments(const struct example *e, const struct amts_score_opts *opts,
	const char *what, const cJSON *j)
{
	struct amts_scorer *s = score(e, opts);
	struct amts_score of_segment;

	assert_int_equal(amts_scorer_count(s), cJSON_GetArraySize(j));
	for (int i = 0; i < cJSON_GetArraySize(j); i++) {
		amts_scorer_segment(&of_segment, s, (size_t)i);
		near(e, what, of_segment.score, cJSON_GetArrayItem(j, i));
	}
	amts_scorer_free(s);
}

/* char leaves more white space than what tokens are split at: compare without any. */
static void squeeze(struct amts_buf *out, const char *text, struct amts_error *err)
{
	const struct amts_score_opts none = { .tokens = AMTS_BLEU_NONE };

	assert_int_equal(amts_score_tokens(out, &none, amts_str_z(text), err), AMTS_OK);
}

static void check_tokens(
	const struct example *e, const struct amts_score_opts *opts, const cJSON *j)
{
	struct amts_error err = AMTS_ERROR_INIT;
	size_t at = 0;

	for (int i = 0; i < cJSON_GetArraySize(j); i++) {
		struct amts_buf got = AMTS_BUF_INIT, expected = AMTS_BUF_INIT;
		size_t end = amts_str_find(e->hyp, AMTS_STR("\n"), at);

		assert_int_equal(amts_score_tokens(
					 &got, opts, amts_str_sub(e->hyp, at, end), &err),
			AMTS_OK);
		squeeze(&expected, cJSON_GetArrayItem(j, i)->valuestring, &err);
		assert_string_equal(got.p, expected.p);
		amts_buf_release(&got);
		amts_buf_release(&expected);
		at = end + 1;
	}
}

static void check_example(const struct example *e)
{
	static const char *const tokens[] = { "13a", "zh", "char", "intl", "none" };
	static const struct {
		const char *key;
		struct amts_score_opts opts;
	} totals[] = {
		{ "BLEU-13a-lc", { .lowercase = 1 } },
		{ "BLEU-13a-floor", { .smooth = AMTS_BLEU_FLOOR } },
		{ "BLEU-13a-addk", { .smooth = AMTS_BLEU_ADD_K } },
		{ "BLEU-13a-none-smooth", { .smooth = AMTS_BLEU_NO_SMOOTHING } },
		{ "BLEU-13a-eff", { .effective_order = 1 } },
		{ "chrF2", { .metric = AMTS_CHRF } },
		{ "chrF2++", { .metric = AMTS_CHRF, .chrf_words = 2 } },
		{ "chrF2-ws", { .metric = AMTS_CHRF, .chrf_white_space = 1 } },
		{ "TER", { .metric = AMTS_TER } },
		{ "TER-norm-asian", { .metric = AMTS_TER, .ter_normalized = 1, .ter_asian = 1 } },
		{ "TER-cased-nopunct", { .metric = AMTS_TER, .ter_cased = 1, .ter_no_punct = 1 } },
	}, segments[] = {
		{ "sentence_bleu_13a", { .tokens = AMTS_BLEU_13A } },
		{ "sentence_bleu_zh", { .tokens = AMTS_BLEU_ZH } },
		{ "sentence_chrf", { .metric = AMTS_CHRF } },
	};
	const cJSON *bleu = cJSON_GetObjectItem(e->expected, "BLEU");
	const cJSON *cut = cJSON_GetObjectItem(e->expected, "tokenized_hyp"), *j;

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
		struct amts_score_opts opts = { .tokens = (enum amts_bleu_tokens)i };

		check_total(e, &opts, tokens[i], cJSON_GetObjectItem(bleu, tokens[i]));
		j = cut ? cJSON_GetObjectItem(cut, tokens[i]) : NULL;
		if (j)
			check_tokens(e, &opts, j);
	}
	for (size_t i = 0; i < sizeof(totals) / sizeof(*totals); i++)
		check_total(e, &totals[i].opts, totals[i].key,
			cJSON_GetObjectItem(e->expected, totals[i].key));
	for (size_t i = 0; i < sizeof(segments) / sizeof(*segments); i++) {
		j = cJSON_GetObjectItem(e->expected, segments[i].key);
		if (j)
			check_segments(e, &segments[i].opts, segments[i].key, j);
	}
}

static void equals_sacrebleu(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	const char *data = getenv("AMTS_DATA"), *path;
	const struct dirent *entry;
	size_t n = 0;
	DIR *dir;

	(void)state;
	path = amts_arena_fmt(arena, "%s/bleu", data ? data : "../shared/data").p;
	dir = opendir(path);
	if (!dir) {
		print_message("# no reference data\n"); /* skip() fails in TAP output */
		amts_arena_free(arena);
		return;
	}
	while ((entry = readdir(dir))) {
		struct example e;

		if (*entry->d_name == '.')
			continue;
		assert_true(read_example(&e, arena,
			amts_arena_fmt(arena, "%s/%s", path, entry->d_name).p));
		check_example(&e);
		cJSON_Delete(e.expected);
		n++;
	}
	closedir(dir);
	amts_arena_free(arena);
	assert_true(n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_sacrebleu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
