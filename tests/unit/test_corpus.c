#include "amts/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char handbook[] =
	"# Tea {#tea}\n\n"
	"Boil `500 ml` of water, see [the kettle](kettle.md). Wait until it is at 80 °C, "
	"not\n"
	"more: the leaves are delicate. Pour it over the leaves.\n\n"
	"```sh\nkettle --on\n```\n\n"
	"* Green tea needs 2 minutes.\n"
	"* Black tea needs 4 minutes.\n\n"
	"| Tea | Water |\n|-----|-------|\n| green | 80 °C |\n\n"
	"$$x$$\n";
static const char translation[] = "# 茶 {#tea}\n\n"
				  "烧开 `500 ml` 水，参见[水壶](kettle.md)。\n"
				  "等到水温为 80 °C，不要更高：茶叶很娇嫩。\n"
				  "把水倒在茶叶上。\n\n"
				  "```sh\nkettle --on\n```\n\n"
				  "* 绿茶需要 2 分钟。\n"
				  "* 红茶需要 4 分钟。\n\n"
				  "| 茶 | 水 |\n|----|----|\n| 绿茶 | 80 °C |\n\n"
				  "$$x$$\n";

/* TSV of document pairs, in arena. */
static const char *tsv(struct amts_arena *arena, const struct amts_corpus_input *in,
	size_t n, enum amts_unit unit, double min_score)
{
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_corpus corpus;
	struct amts_error err;
	const char *z;
	size_t i;

	if (amts_corpus_collect(
		    &corpus, arena, "en", "zh", in, n, unit, min_score, 1, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i < corpus.n; i++)
		amts_buf_addf(&out, AMTS_STR_FMT "\t" AMTS_STR_FMT "\n",
			AMTS_STR_ARG(corpus.v[i].src), AMTS_STR_ARG(corpus.v[i].tgt));
	z = amts_arena_z(arena, amts_buf_str(&out));
	amts_buf_release(&out);
	return z;
}

static struct amts_corpus_input input(const char *src, const char *tgt, int plain)
{
	struct amts_corpus_input in = { .path = AMTS_STR("tea.md"), .plain = plain };

	in.src = amts_str_z(src);
	in.tgt = amts_str_z(tgt);
	return in;
}

static void sentences(void **state)
{
	struct amts_corpus_input in = input(handbook, translation, 0);
	struct amts_arena *a = amts_arena_new();

	(void)state;
	assert_string_equal(tsv(a, &in, 1, AMTS_UNIT_SENTENCE, 0),
		"Tea\t茶\n"
		"Boil `500 ml` of water, see [the kettle](kettle.md).\t"
		"烧开 `500 ml` 水，参见[水壶](kettle.md)。\n"
		"Wait until it is at 80 °C, not more: the leaves are delicate.\t"
		"等到水温为 80 °C，不要更高：茶叶很娇嫩。\n"
		"Pour it over the leaves.\t把水倒在茶叶上。\n"
		"Green tea needs 2 minutes.\t绿茶需要 2 分钟。\n"
		"Black tea needs 4 minutes.\t红茶需要 4 分钟。\n"
		"Tea\t茶\n"
		"Water\t水\n"
		"green\t绿茶\n"
		"80 °C\t80 °C\n");
	amts_arena_free(a);
}

static void paragraphs(void **state)
{
	struct amts_corpus_input in = input(handbook, translation, 0);
	struct amts_arena *a = amts_arena_new();

	(void)state;
	assert_string_equal(tsv(a, &in, 1, AMTS_UNIT_PARAGRAPH, 0),
		"Tea\t茶\n"
		"Boil `500 ml` of water, see [the kettle](kettle.md). Wait until it is "
		"at 80 °C, "
		"not more: the leaves are delicate. Pour it over the leaves.\t"
		"烧开 `500 ml` 水，参见[水壶](kettle.md)。等到水温为 80 "
		"°C，不要更高：茶叶很娇嫩。"
		"把水倒在茶叶上。\n"
		"Green tea needs 2 minutes.\t绿茶需要 2 分钟。\n"
		"Black tea needs 4 minutes.\t红茶需要 4 分钟。\n"
		"Tea | Water\t茶 | 水\n"
		"green | 80 °C\t绿茶 | 80 °C\n");
	amts_arena_free(a);
}

/* Two source sentences in one of the target's; one that nobody translated. */
static void plain_text(void **state)
{
	struct amts_corpus_input in = input(
		"The cat sleeps on 3 mats.\nIt snores.\n\n"
		"Dogs bark at 7 birds in the garden every day.\n",
		"猫在 3 张垫子上睡觉，打着呼噜。\n\n狗每天在花园里对着 7 只鸟叫。\n", 1);
	struct amts_arena *a = amts_arena_new();

	(void)state;
	assert_string_equal(tsv(a, &in, 1, AMTS_UNIT_SENTENCE, 0),
		"The cat sleeps on 3 mats. It snores.\t猫在 3 张垫子上睡觉，打着呼噜。\n"
		"Dogs bark at 7 birds in the garden every day.\t狗每天在花园里对着 7 "
		"只鸟叫。\n");
	amts_arena_free(a);
}

static void one_line_each(void **state)
{
	struct amts_corpus_input in = input("# A\tb\xc2\x85"
					    "c\xe2\x80\xa8"
					    "d `x\ny` e\n",
		"# 甲 `x\ty` 乙\n", 0);
	struct amts_arena *a = amts_arena_new();
	const char *out = tsv(a, &in, 1, AMTS_UNIT_SENTENCE, 0);
	const char *tab = strchr(out, '\t');

	(void)state;
	assert_non_null(tab);
	assert_null(strchr(tab + 1, '\t'));
	assert_string_equal(strchr(out, '\n'), "\n");
	assert_null(strstr(out, "\xc2\x85"));
	assert_null(strstr(out, "\xe2\x80\xa8"));
	amts_arena_free(a);
}

/* Documents in the order given, whatever the number of threads. */
static void several_documents(void **state)
{
	struct amts_corpus_input in[] = { input(handbook, translation, 0),
		input("Zero.\n", "零。\n", 0), input("", "", 0),
		input(handbook, translation, 0) };
	struct amts_arena *a = amts_arena_new();
	struct amts_corpus one, four;
	struct amts_error err;
	size_t i;

	(void)state;
	in[1].path = AMTS_STR("zero.md");
	assert_int_equal(amts_corpus_collect(&one, a, "en", "zh", in, 4,
				 AMTS_UNIT_SENTENCE, 0, 1, &err),
		0);
	assert_int_equal(amts_corpus_collect(&four, a, "en", "zh", in, 4,
				 AMTS_UNIT_SENTENCE, 0, 4, &err),
		0);
	assert_int_equal(one.n, 21);
	assert_int_equal(four.n, one.n);
	assert_string_equal(one.v[10].path.p, "zero.md");
	for (i = 0; i < one.n; i++) {
		assert_string_equal(four.v[i].src.p, one.v[i].src.p);
		assert_string_equal(four.v[i].tgt.p, one.v[i].tgt.p);
	}
	amts_arena_free(a);
}

static void confident_only(void **state)
{
	struct amts_corpus_input in = input(handbook, translation, 0);
	struct amts_arena *a = amts_arena_new();
	struct amts_corpus all, some;
	struct amts_error err;
	size_t i, sure = 0;

	(void)state;
	assert_int_equal(amts_corpus_collect(&all, a, "en", "zh", &in, 1,
				 AMTS_UNIT_SENTENCE, 0, 1, &err),
		0);
	assert_int_equal(amts_corpus_collect(&some, a, "en", "zh", &in, 1,
				 AMTS_UNIT_SENTENCE, .95, 1, &err),
		0);
	for (i = 0; i < all.n; i++)
		sure += all.v[i].score >= .95;
	assert_int_equal(some.n, sure);
	assert_true(some.n < all.n);
	amts_arena_free(a);
}

/* A block that waits for a person is no translation, unless somebody dealt with it. */
static void pending_blocks(void **state)
{
	struct amts_corpus_input in = input(handbook, translation, 0);
	struct amts_arena *a = amts_arena_new();
	struct amts_corpus_pending pending[2];
	struct amts_doc *src, *tgt;
	struct amts_error err;
	const char *out;

	(void)state;
	assert_int_equal(amts_doc_parse(&src, a, in.src, &err), 0);
	assert_int_equal(amts_doc_parse(&tgt, a, in.tgt, &err), 0);
	assert_int_equal(src->v[3].kind, AMTS_BLOCK_LIST_ITEM);
	pending[0] = (struct amts_corpus_pending){ src->v[3].print, tgt->v[3].print };
	pending[1] = (struct amts_corpus_pending){ src->v[4].print, 12345 };
	in.pending = pending;
	in.npending = 2;
	out = tsv(a, &in, 1, AMTS_UNIT_SENTENCE, 0);
	assert_null(strstr(out, "Green tea"));
	assert_non_null(strstr(out, "Black tea"));
	amts_arena_free(a);
}

static void slide_marks_are_not_said(void **state)
{
	struct amts_corpus_input in = input("We [**pour the tea**] into 3 cups.\n",
		":begin_slide:`keep` 我们把茶 (~~倒进~~) 3 个杯子。 :end_slide:\n", 0);
	struct amts_arena *a = amts_arena_new();

	(void)state;
	assert_string_equal(tsv(a, &in, 1, AMTS_UNIT_SENTENCE, 0),
		"We pour the tea into 3 cups.\t我们把茶 倒进 3 个杯子。\n");
	amts_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences),
		cmocka_unit_test(paragraphs),
		cmocka_unit_test(plain_text),
		cmocka_unit_test(one_line_each),
		cmocka_unit_test(slide_marks_are_not_said),
		cmocka_unit_test(several_documents),
		cmocka_unit_test(confident_only),
		cmocka_unit_test(pending_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
