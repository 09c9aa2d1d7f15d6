/* BLEU, chrF and TER: scores worked out by hand from their definitions. */
#include "amts/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* One segment, up to three references. */
struct segment {
	const char *hyp, *refs[3];
};

static void add(struct amts_scorer *s, const struct segment *segment)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_str refs[3];
	size_t n = 0;

	for (; n < 3 && segment->refs[n]; n++)
		refs[n] = amts_str_z(segment->refs[n]);
	assert_int_equal(
		amts_scorer_add(s, amts_str_z(segment->hyp), refs, n, &err), AMTS_OK);
}

static struct amts_score score_of(
	const struct amts_score_opts *opts, const struct segment *segments, size_t n)
{
	struct amts_scorer *s = amts_scorer_new(opts);
	struct amts_score out;

	for (; n--; segments++)
		add(s, segments);
	amts_scorer_total(&out, s);
	amts_scorer_free(s);
	return out;
}

static struct amts_score score_one(
	const struct amts_score_opts *opts, const char *hyp, const char *ref)
{
	struct segment segment = { hyp, { ref } };

	return score_of(opts, &segment, 1);
}

static void near(double got, double expected)
{
	if (fabs(got - expected) > 1e-9)
		fail_msg("got %.12g, expected %.12g", got, expected);
}

/* ---- BLEU ---- */

/* Papineni et al. 2002, section 2.1: "the" counts twice, not seven times. */
static void bleu_clips_matches(void **state)
{
	const struct segment segment = { "the the the the the the the",
		{ "The cat is on the mat", "There is a cat on the mat" } };
	const struct amts_score_opts opts = { .lowercase = 1 };
	struct amts_score s = score_of(&opts, &segment, 1);

	(void)state;
	assert_int_equal(s.correct[0], 2);
	assert_int_equal(s.correct[1], 0);
	assert_int_equal(s.total[0], 7);
	assert_int_equal(s.total[3], 4);
	assert_int_equal(s.hyp_len, 7);
	assert_int_equal(s.ref_len, 7); /* the closer of 6 and 7 */
}

static void bleu_of_known_texts(void **state)
{
	static const struct {
		const char *hyp, *ref;
		double score;
	} cases[] = {
		{ "a b c d", "a b c d", 100 }, { "", "a b c d", 0 },
		{ "x y z w", "a b c d", 0 },
		{ "a b c", "a b c", 0 },			   /* no 4-gram at all */
		{ "a b c d e", "a b c d f", 66.87403049764221 },   /* 4/5 3/4 2/3 1/2 */
		{ "a b c d e", "a b c d e f", 81.87307530779819 }, /* exp(1 - 6/5) */
		{ "a b c d e f", "a b c d e", 75.98356856515926 }, /* 5/6 4/5 3/4 2/3 */
	};
	const struct amts_score_opts opts = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		near(score_one(&opts, cases[i].hyp, cases[i].ref).score, cases[i].score);
}

/* Precisions 4/4 0/3 0/2 0/1. */
static void bleu_smooths(void **state)
{
	struct amts_score_opts opts = { .smooth = AMTS_BLEU_EXP };

	(void)state;
	near(score_one(&opts, "a b c d", "a c b d").score,
		100 * pow(1 / 6. * 1 / 8 * 1 / 8, 0.25));
	opts.smooth = AMTS_BLEU_FLOOR;
	near(score_one(&opts, "a b c d", "a c b d").score,
		100 * pow(.1 / 3 * .1 / 2 * .1 / 1, 0.25));
	opts.smooth_value = 0.5;
	near(score_one(&opts, "a b c d", "a c b d").score,
		100 * pow(.5 / 3 * .5 / 2 * .5 / 1, 0.25));
	opts.smooth = AMTS_BLEU_ADD_K;
	opts.smooth_value = 0;
	near(score_one(&opts, "a b c d", "a c b d").score,
		100 * pow(1. / 4 * 1 / 3 * 1 / 2, 0.25));
	opts.smooth = AMTS_BLEU_NO_SMOOTHING;
	near(score_one(&opts, "a b c d", "a c b d").score, 0);
	near(score_one(&opts, "a b c d", "a b c d").score, 100);
}

static void bleu_effective_order(void **state)
{
	struct amts_score_opts opts = { .effective_order = 1 };

	(void)state;
	near(score_one(&opts, "a b", "a b").score, 100);
	near(score_one(&opts, "a c", "a b").score, 100 * sqrt(1. / 2 * 1 / 2));
	near(score_one(&opts, "c", "a b").score, 0);
}

static void bleu_takes_the_closest_reference(void **state)
{
	static const struct {
		const char *refs[3];
		size_t ref_len;
	} cases[] = {
		{ { "a b c d e f", "a b c" }, 3 },
		{ { "a b c", "a b c d e" }, 3 }, /* of 3 and 5 the shorter */
		{ { "a b c d e", "a b c" }, 3 },
		{ { "a", "a b c d e f g", "a b" }, 2 },
	};
	const struct amts_score_opts opts = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct segment segment = { "x x x x", { 0 } };

		memcpy(segment.refs, cases[i].refs, sizeof(segment.refs));
		assert_int_equal(score_of(&opts, &segment, 1).ref_len, cases[i].ref_len);
	}
}

static void bleu_counts_the_richest_reference(void **state)
{
	/* "a" twice in one, "b c" in the other: 2 + 1 + 1 unigrams */
	const struct segment segment = { "a a a b c", { "a x a", "b c a" } };
	const struct amts_score_opts opts = { 0 };
	struct amts_score s = score_of(&opts, &segment, 1);

	(void)state;
	assert_int_equal(s.correct[0], 4);
	assert_int_equal(s.correct[1], 1);
	assert_int_equal(s.correct[2], 0);
}

/* ---- chrF ---- */

static void chrf_of_known_texts(void **state)
{
	static const struct {
		unsigned words;
		const char *hyp, *ref;
		double score;
	} cases[] = {
		{ 0, "abc", "abc", 100 },
		{ 0, "abc", "xyz", 0 },
		{ 0, "", "abc", 0 },
		{ 0,
			"a b\xe3\x80\x80"
			"c",
			"abc", 100 },
		{ 0, "abc", "abd", 100 * (2. / 3 + 1. / 2 + 0) / 3 },
		{ 0, "ab", "abc", 100 * 35. / 55 }, /* precision 1, recall 7/12 */
		{ 0, "数学", "数字", 25 },	    /* 1/2 and 0 */
		{ 2, "a b!", "a b", 87.5 }, /* "!" apart: precision 7/12, recall 1 */
		/* only one mark comes off, of "(hi" the first: words 1/2 and 0 of 2, 1/3
		   and 0 */
		{ 2, "(hi)", "(hi )",
			100 * 5 * (3. / 4 * 13 / 18) / (4 * 3. / 4 + 13. / 18) },
		{ 2, "'hi", "' hi", 100 },
		{ 2, "!", "!", 100 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_score_opts opts = { .metric = AMTS_CHRF,
			.chrf_words = cases[i].words };

		near(score_one(&opts, cases[i].hyp, cases[i].ref).score, cases[i].score);
	}
}

static void chrf_options(void **state)
{
	struct amts_score_opts opts = { .metric = AMTS_CHRF, .chrf_white_space = 1 };

	(void)state;
	/* 2 of 3, 0 of 2, 0 of 1; 2 of 2, 0 of 1 and nothing */
	near(score_one(&opts, "a b", "ab").score,
		100 * 5 * (1. / 3 * 1 / 2) / (4 * (1. / 3) + 1. / 2));
	opts = (struct amts_score_opts){ .metric = AMTS_CHRF };
	near(score_one(&opts, "ABC", "abc").score, 0);
	opts.lowercase = 1;
	near(score_one(&opts, "ABC", "abc").score, 100);
}

static void chrf_takes_the_best_reference(void **state)
{
	const struct segment segment = { "abc", { "xyz", "abc", "abd" } };
	const struct amts_score_opts opts = { .metric = AMTS_CHRF };

	(void)state;
	near(score_of(&opts, &segment, 1).score, 100);
}

/* ---- TER ---- */

static void ter_of_known_texts(void **state)
{
	static const struct {
		const char *hyp, *ref;
		double edits, words;
	} cases[] = {
		{ "a b c d", "a b c d", 0, 4 },
		{ "A B", "a b", 0, 2 },
		{ "a b c", "a b c d", 1, 4 },
		{ "a x c", "a b c", 1, 3 },
		{ "a b x c", "a b c", 1, 3 },
		{ "", "a b", 2, 2 },
		{ "a b", "", 2, 0 },
		{ "", "", 0, 0 },
		{ "d a b c", "a b c d", 1, 4 }, /* a shift is one edit */
		{ "c d e a b", "a b c d e", 1, 5 },
		{ "b a d c", "a b c d", 2, 4 },
		{ "x d a b c", "a b c d", 2, 4 },
		/* Snover et al. 2006, section 3: a shift, an insertion, two substitutions
		 */
		{ "this week the saudis denied information published in the new york "
		  "times",
			"saudi arabia denied this week information published in the "
			"american "
			"new york times",
			4, 13 },
	};
	const struct amts_score_opts opts = { .metric = AMTS_TER };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_score s = score_one(&opts, cases[i].hyp, cases[i].ref);

		near(s.edits, cases[i].edits);
		near(s.ref_words, cases[i].words);
		near(s.score, s.ref_words > 0 ? 100 * s.edits / s.ref_words
			      : s.edits > 0   ? 100
					      : 0);
	}
}

static void ter_of_several_references(void **state)
{
	const struct segment segments[] = { { "a b c", { "a b c d e", "x b c", "a" } },
		{ "a", { "a", "a b c d" } } };
	const struct amts_score_opts opts = { .metric = AMTS_TER };
	struct amts_score s = score_of(&opts, segments, 2);

	(void)state;
	near(s.edits, 1);
	near(s.ref_words, (5 + 3 + 1) / 3. + (1 + 4) / 2.);
}

/* Shifts of a long way off are not looked for, nor edits far from the diagonal. */
static void ter_of_long_lines(void **state)
{
	const struct amts_score_opts opts = { .metric = AMTS_TER };
	struct amts_buf a = AMTS_BUF_INIT, b = AMTS_BUF_INIT;

	(void)state;
	amts_buf_addz(&a, "moved");
	for (int i = 0; i < 60; i++) {
		amts_buf_addf(&a, " w%d", i);
		amts_buf_addf(&b, "w%d ", i);
	}
	amts_buf_addz(&b, "moved");
	near(score_one(&opts, a.p, b.p).edits, 2); /* deleted and inserted */
	for (int i = 60; i < 3000; i++)
		amts_buf_addf(&a, " w%d", i);
	assert_true(score_one(&opts, a.p, b.p).edits >= 2940);
	assert_true(score_one(&opts, b.p, a.p).edits >= 2940);
	amts_buf_release(&a);
	amts_buf_release(&b);
}

/* ---- scorers ---- */

static void segments_have_scores_of_their_own(void **state)
{
	const struct segment segments[] = { { "a b", { "a b" } }, { "c", { "d" } },
		{ "a b c d e", { "a b c d f" } } };
	const struct amts_score_opts opts = { 0 };
	struct amts_scorer *s = amts_scorer_new(&opts);
	struct amts_score out;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		add(s, &segments[i]);
	assert_int_equal(amts_scorer_count(s), 3);
	amts_scorer_segment(&out, s, 0);
	near(out.score, 100); /* by effective order */
	amts_scorer_segment(&out, s, 1);
	near(out.score, 0);
	amts_scorer_segment(&out, s, 2);
	near(out.score, 66.87403049764221);
	amts_scorer_total(&out, s);
	assert_int_equal(out.total[0], 8);
	assert_int_equal(out.correct[0], 6);
	amts_scorer_free(s);
}

static void lines_are_segments(void **state)
{
	static const struct {
		const char *hyp, *refs[2];
		size_t n; /* 0: their numbers of lines differ */
	} cases[] = {
		{ "a\nb\n", { "a\nb\n" }, 2 },
		{ "a\nb", { "a\nb\n" }, 2 },
		{ "\n\n\n", { "a\nb\nc" }, 3 },
		{ "a\r\nb", { "a\nb", "c\n\n" }, 2 },
		{ "a\n", { "a\nb\n" }, 0 },
		{ "a\nb\n", { "a\nb\n", "a\n" }, 0 },
		{ "", { "a\n" }, 0 },
	};
	const struct amts_score_opts opts = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_scorer *s = amts_scorer_new(&opts);
		struct amts_str refs[2] = { amts_str_z(cases[i].refs[0]),
			amts_str_z(cases[i].refs[1]) };

		assert_int_equal(amts_scorer_add_lines(s, amts_str_z(cases[i].hyp), refs,
					 cases[i].refs[1] ? 2 : 1, &err),
			cases[i].n ? AMTS_OK : AMTS_EPARSE);
		assert_int_equal(amts_scorer_count(s), cases[i].n);
		amts_scorer_free(s);
	}
}

static void signature_is(const struct amts_score_opts *opts,
	const struct segment *segments, size_t n, const char *full, const char *brief)
{
	struct amts_scorer *s = amts_scorer_new(opts);
	struct amts_buf out = AMTS_BUF_INIT;

	for (; n--; segments++)
		add(s, segments);
	amts_scorer_signature(&out, s, 0);
	assert_string_equal(out.p, full);
	amts_buf_reset(&out);
	amts_scorer_signature(&out, s, 1);
	assert_string_equal(out.p, brief);
	amts_buf_release(&out);
	amts_scorer_free(s);
}

static void signatures(void **state)
{
	const struct segment one[] = { { "a", { "a" } } };
	const struct segment several[] = { { "a", { "a", "b" } }, { "b", { "", "b" } },
		{ "", { "", "" } } };
	const struct segment two[] = { { "a", { "a", "b" } }, { "", { "", "" } } };
	struct amts_score_opts opts = { 0 };

	(void)state;
	signature_is(&opts, one, 1,
		"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
		"#:1|c:mixed|e:no|tok:13a|s:exp|v:2.6.0");
	opts = (struct amts_score_opts){ .lowercase = 1,
		.tokens = AMTS_BLEU_ZH,
		.smooth = AMTS_BLEU_FLOOR,
		.effective_order = 1 };
	signature_is(&opts, several, 3,
		"nrefs:var|case:lc|eff:yes|tok:zh|smooth:floor[0.10]|version:2.6.0",
		"#:var|c:lc|e:yes|tok:zh|s:floor[0.10]|v:2.6.0");
	opts = (struct amts_score_opts){ .metric = AMTS_CHRF, .chrf_words = 2 };
	signature_is(&opts, two, 2,
		"nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0",
		"#:2|c:mixed|e:yes|nc:6|nw:2|s:no|v:2.6.0");
	opts = (struct amts_score_opts){
		.metric = AMTS_TER, .ter_asian = 1, .ter_no_punct = 1
	};
	signature_is(&opts, one, 1,
		"nrefs:1|case:lc|tok:tercom|norm:no|punct:no|asian:yes|version:2.6.0",
		"#:1|c:lc|t:tercom|nr:no|pn:no|as:yes|v:2.6.0");
}

static void names_and_details(void **state)
{
	static const struct {
		struct amts_score_opts opts;
		const char *name, *details;
	} cases[] = {
		{ { 0 }, "BLEU",
			"80.0/75.0/66.7/50.0 (BP = 1.000 ratio = 1.000 hyp_len = 5 "
			"ref_len = 5)" },
		{ { .metric = AMTS_CHRF }, "chrF2", "" },
		{ { .metric = AMTS_CHRF, .chrf_words = 1 }, "chrF2+", "" },
		{ { .metric = AMTS_CHRF, .chrf_words = 2 }, "chrF2++", "" },
		{ { .metric = AMTS_TER }, "TER", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_scorer *s = amts_scorer_new(&cases[i].opts);
		struct amts_score score =
			score_one(&cases[i].opts, "a b c d e", "a b c d f");
		struct amts_buf out = AMTS_BUF_INIT;

		assert_string_equal(amts_scorer_name(s), cases[i].name);
		amts_score_details(&out, &score);
		assert_string_equal(out.p, cases[i].details);
		amts_buf_release(&out);
		amts_scorer_free(s);
	}
}

static void refuses_giant_segments(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const struct amts_score_opts opts = { 0 };
	struct amts_scorer *s = amts_scorer_new(&opts);
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str big;

	(void)state;
	for (int i = 0; i < 5 << 10; i++)
		amts_buf_addf(&b, "%1024s", "");
	big = amts_buf_str(&b);
	assert_int_equal(amts_scorer_add(s, AMTS_STR("a"), &big, 1, &err), AMTS_ETOOBIG);
	assert_int_equal(amts_scorer_add(s, big, &AMTS_STR("a"), 1, &err), AMTS_ETOOBIG);
	assert_int_equal(amts_scorer_count(s), 0);
	amts_buf_release(&b);
	amts_scorer_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bleu_clips_matches),
		cmocka_unit_test(bleu_of_known_texts),
		cmocka_unit_test(bleu_smooths),
		cmocka_unit_test(bleu_effective_order),
		cmocka_unit_test(bleu_takes_the_closest_reference),
		cmocka_unit_test(bleu_counts_the_richest_reference),
		cmocka_unit_test(chrf_of_known_texts),
		cmocka_unit_test(chrf_options),
		cmocka_unit_test(chrf_takes_the_best_reference),
		cmocka_unit_test(ter_of_known_texts),
		cmocka_unit_test(ter_of_several_references),
		cmocka_unit_test(ter_of_long_lines),
		cmocka_unit_test(segments_have_scores_of_their_own),
		cmocka_unit_test(lines_are_segments),
		cmocka_unit_test(signatures),
		cmocka_unit_test(names_and_details),
		cmocka_unit_test(refuses_giant_segments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
