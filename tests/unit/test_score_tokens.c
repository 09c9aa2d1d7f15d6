/* The tokenizers of BLEU and TER. */
#include "amts/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct example {
	const char *line, *tokens;
};

static void cut(
	const struct amts_score_opts *opts, struct amts_str line, const char *expected)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;

	assert_int_equal(amts_score_tokens(&out, opts, line, &err), AMTS_OK);
	assert_string_equal(out.p, expected);
	amts_buf_release(&out);
}

static void cut_all(const struct amts_score_opts *opts, const struct example *e, size_t n)
{
	for (; n--; e++)
		cut(opts, amts_str_z(e->line), e->tokens);
}

#define CUT_ALL(opts, examples)                                                          \
	cut_all(opts, examples, sizeof(examples) / sizeof(*(examples)))

static void bleu_13a(void **state)
{
	static const struct example examples[] = {
		{ "", "" },
		{ " \t ", "" },
		{ "Hello, world!", "Hello , world !" },
		{ "don't (re-use) it's", "don't ( re-use ) it's" },
		/* marks between digits stay, dashes after digits go */
		{ "1,000.5 is 3-4.", "1,000.5 is 3 - 4 ." },
		{ "in 1999.", "in 1999 ." },
		{ ".5", ". 5" },
		{ "v1.x", "v1 . x" },
		/* pairs do not overlap */
		{ "a...b", "a . . . b" },
		{ "1..2", "1 . . 2" },
		{ "1,.,2", "1 , . ,2" },
		/* entities, in this order and once */
		{ "&quot;a&amp;lt;b&gt;", "\" a < b >" },
		{ "&amp;quot;", "& quot ;" },
		{ "&apos;x", "& apos ; x" },
		{ "a<skipped>b", "ab" },
		{ "hyphen-\nation\nnext", "hyphenation next" },
		/* nothing of Unicode is punctuation here but is white space */
		{ "他说：“好。”", "他说：“好。”" },
		{ "全角\xe3\x80\x80空\xc2\xa0格\xe2\x80\x83间", "全角 空 格 间" },
		{ "a\x1c"
		  "b\xc2\x85"
		  "c\xe2\x80\x8b"
		  "d",
			"a b c\xe2\x80\x8b"
			"d" },
	};
	struct amts_score_opts opts = { .tokens = AMTS_BLEU_13A };

	(void)state;
	CUT_ALL(&opts, examples);
}

static void bleu_zh(void **state)
{
	static const struct example examples[] = {
		{ "深度学习", "深 度 学 习" },
		{ "用Python 3.8写。", "用 Python 3.8 写 。" },
		/* no white space is added at the end, so a last full stop after a digit
		   stays */
		{ "等于1.", "等 于 1." },
		{ " .5", ".5" },
		/* U+2001..U+2A6D counts as Chinese, kana, Hangul and Extension B do not
		 */
		{ "a—b“c”…", "a — b “ c ” …" },
		{ "x≤y→z", "x ≤ y → z" },
		{ "カタかな한국", "カタかな한국" },
		{ "\xf0\xa0\x80\x80\xf0\xa0\x80\x81",
			"\xf0\xa0\x80\x80\xf0\xa0\x80\x81" },
		{ "a\xe2\x80\x83"
		  "b",
			"a b" },
		/* no entities */
		{ "&lt;", "& lt ;" },
	};
	struct amts_score_opts opts = { .tokens = AMTS_BLEU_ZH };

	(void)state;
	CUT_ALL(&opts, examples);
}

static void bleu_intl(void **state)
{
	static const struct example examples[] = {
		{ "Hello, world!", "Hello , world !" },
		{ "don't re-use", "don ' t re - use" },
		{ "1,000.5", "1,000.5" },
		/* the year keeps its full stop at the end of the line */
		{ "in 1999.", "in 1999." },
		{ "in 1999. x", "in 1999 . x" },
		{ "5€ + ½", "5 € + ½" },
		{ "«Ça», dit-il…", "« Ça » , dit - il …" },
		{ "第〇、一。", "第〇 、 一 。" },
		{ "٣،٤ a،b", "٣،٤ a ، b" },
	};
	struct amts_score_opts opts = { .tokens = AMTS_BLEU_INTL };

	(void)state;
	CUT_ALL(&opts, examples);
}

static void bleu_char_and_none(void **state)
{
	struct amts_score_opts of_char = { .tokens = AMTS_BLEU_CHAR };
	struct amts_score_opts none = { .tokens = AMTS_BLEU_NONE };

	(void)state;
	cut(&of_char, AMTS_STR("a b你e\xcc\x81."), "a b 你 e \xcc\x81 .");
	cut(&none, AMTS_STR("  a,  b\tc.  "), "a, b c.");
}

static void lower_case(void **state)
{
	struct amts_score_opts opts = { .lowercase = 1 };

	(void)state;
	cut(&opts, AMTS_STR("The İ ΣΑΣ."), "the i\xcc\x87 σας .");
}

static void ter(void **state)
{
	static const struct example examples[] = {
		{ "The CAT, sat.", "the cat, sat." },
		{ "a \xe2\x80\xa8 b ", "a b" },
	};
	static const struct example normalized[] = {
		{ "It's Tom's.", "it 's tom's ." },
		{ "1.5-2, &lt;x&gt;", "1.5 - 2 , < x >" },
		{ "a\n-b", "ab" },
		{ "数学。", "数学。" },
	};
	static const struct example asian[] = {
		{ "数学。abc", "数 学 。 abc" },
		{ "（注）カタカナ・かな", "（ 注 ） カタカナ ・ かな" },
	};
	static const struct example no_punct[] = {
		{ "A, b! (c) d-e 1.5 x。", "a b c d-e 15 x。" },
	};
	static const struct example all[] = {
		{ "A, （b）。c", "a b c" },
	};
	struct amts_score_opts opts = { .metric = AMTS_TER };

	(void)state;
	CUT_ALL(&opts, examples);
	opts.ter_normalized = 1;
	CUT_ALL(&opts, normalized);
	opts.ter_asian = 1;
	CUT_ALL(&opts, asian);
	opts.ter_asian = opts.ter_normalized = 0;
	opts.ter_no_punct = 1;
	CUT_ALL(&opts, no_punct);
	opts.ter_asian = opts.ter_normalized = 1;
	CUT_ALL(&opts, all);
	opts = (struct amts_score_opts){ .metric = AMTS_TER, .ter_cased = 1 };
	cut(&opts, AMTS_STR("The CAT"), "The CAT");
}

/* What is not UTF-8 comes through as it is. */
static void any_bytes(void **state)
{
	struct amts_score_opts opts = { .tokens = AMTS_BLEU_ZH };

	(void)state;
	cut(&opts, AMTS_STR("\xff.\xe4\xbd"), "\xff . \xe4\xbd");
	cut(&opts, AMTS_STR("\xc0\xaf,\xed\xa0\x80!\xf4\x90\x80\x80"),
		"\xc0\xaf , \xed\xa0\x80 ! \xf4\x90\x80\x80");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bleu_13a),
		cmocka_unit_test(bleu_zh),
		cmocka_unit_test(bleu_intl),
		cmocka_unit_test(bleu_char_and_none),
		cmocka_unit_test(lower_case),
		cmocka_unit_test(ter),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
