/* Spaces and marks of machine drafts, as the translation itself sets them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/style.h"

#include <stdio.h>
#include <string.h>

/* <x id="1"/> is code, 2 a formula, 3 and 4 the ends of a link, 5 a citation. */
static const struct amts_inline inl[] = { { AMTS_INLINE_CODE, { 0, 0 } },
	{ AMTS_INLINE_MATH, { 0, 0 } }, { AMTS_INLINE_LINK, { 0, 0 } },
	{ AMTS_INLINE_LINK, { 0, 0 } }, { AMTS_INLINE_CITE, { 0, 0 } } };
#define CODE "<x id=\"1\"/>"
#define MATH "<x id=\"2\"/>"
#define OPEN "<x id=\"3\"/>"
#define CLOSE "<x id=\"4\"/>"
#define CITE "<x id=\"5\"/>"

/* A translation of twenty sentences like this one. */
static struct amts_style written(const char *sentence)
{
	struct amts_style s = { 0 };
	int i;

	for (i = 0; i < 20; i++)
		amts_style_learn(&s, amts_str_z(sentence), inl, 5);
	return s;
}

static void becomes(
	const struct amts_style *s, const char *lang, const char *draft, const char *want)
{
	struct amts_buf out = AMTS_BUF_INIT;

	amts_style_apply(&out, s, lang, amts_str_z(draft), inl, 5);
	if (strcmp(out.p, want) != 0)
		fail_msg("%s: '%s'\ngot  '%s'\nwant '%s'", lang, draft, out.p, want);
	amts_buf_release(&out);
}

struct example {
	const char *draft, *want;
};

static void check(const char *lang, const char *sentence, const struct example *v)
{
	struct amts_style s = written(sentence);

	for (; v->draft; v++) {
		becomes(&s, lang, v->draft, v->want);
		becomes(&s, lang, v->want, v->want); /* what is right stays */
	}
}

static void chinese_with_blanks(void **state)
{
	static const struct example v[] = {
		{ "使用PyTorch训练模型.", "使用 PyTorch 训练模型。" },
		{ "调用" CODE "函数,返回" MATH "。",
			"调用 " CODE " 函数，返回 " MATH "。" },
		{ "第3章 引言", "第 3 章 引言" },
		{ "见" OPEN "文档" CLOSE "。", "见" OPEN "文档" CLOSE "。" },
		{ "见 " OPEN "文档" CLOSE "。", "见 " OPEN "文档" CLOSE "。" },
		{ "**模型**用GPU。", "**模型**用 GPU。" },
		{ "", "" },
		{ "GPU", "GPU" },
		{ "中文 ", "中文 " },
		{ NULL, NULL },
	};

	(void)state;
	check("zh", "用 GPU 运行 " CODE " 和 " MATH " 等，很好。", v);
}

static void chinese_without_blanks(void **state)
{
	static const struct example v[] = {
		{ "使用 PyTorch 训练模型。", "使用PyTorch训练模型。" },
		{ "调用 " CODE " 函数", "调用" CODE "函数" },
		{ "矩阵 " MATH " 的", "矩阵" MATH "的" },
		{ "论文 " CITE " 的", "论文 " CITE " 的" },
		{ NULL, NULL },
	};

	(void)state;
	check("zh", "用GPU运行" CODE "和" MATH "等，很好。", v);
}

static void full_width_marks(void **state)
{
	static const struct example v[] = {
		{ "首先, 打开; 然后: 关闭!", "首先，打开；然后：关闭！" },
		{ "为什么? 因为.", "为什么？因为。" },
		{ "用 PyTorch, 然后运行.", "用 PyTorch，然后运行。" },
		{ "安装 PyTorch.", "安装 PyTorch。" },
		{ "运行 " CODE ".", "运行 " CODE "。" },
		{ "值 (平均值) 是 1,000.5。", "值（平均值）是 1,000.5。" },
		{ "张量 (tensor)", "张量 (tensor)" },
		{ "(**定义模型**), 然后", "(**定义模型**)，然后" },
		{ "[**定义**](~~模型 (中文)~~)", "[**定义**](~~模型（中文）~~)" },
		{ "等等...", "等等..." },
		{ "版本 3.", "版本 3." },
		{ "10:30 开始", "10:30 开始" },
		{ "Only English, here.", "Only English, here." },
		{ "已经，对。", "已经，对。" },
		{ NULL, NULL },
	};
	static const struct amts_style nothing;
	size_t i;

	(void)state;
	for (i = 0; v[i].draft; i++)
		becomes(&nothing, "zh", v[i].draft, v[i].want);
	for (i = 0; v[i].draft; i++)
		becomes(&nothing, "zh-Hant", v[i].draft, v[i].want);
}

static void half_width_marks_where_people_set_them(void **state)
{
	static const struct example v[] = {
		{ "首先, 打开.", "首先, 打开." },
		{ "张量 (平均值)", "张量 (平均值)" },
		{ NULL, NULL },
	};

	(void)state;
	check("zh", "首先, 打开. (用中文)", v);
}

static void mixed_habits_are_left_alone(void **state)
{
	struct amts_style s = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		amts_style_learn(&s, AMTS_STR("用 GPU 运行, 好."), inl, 5);
		amts_style_learn(&s, AMTS_STR("用GPU运行，好。"), inl, 5);
	}
	becomes(&s, "zh", "用CPU 跑, 好。", "用CPU 跑, 好。");
}

static void brackets_with_latin_as_people_set_them(void **state)
{
	static const struct example v[] = {
		{ "张量 (tensor) 是", "张量（tensor）是" },
		{ "f (x) 是", "f (x) 是" },
		{ "(见下文)", "（见下文）" },
		{ "未闭合 (的", "未闭合 (的" },
		{ NULL, NULL },
	};

	(void)state;
	check("zh", "向量（vector）是（重要的）量。", v);
}

static void japanese(void **state)
{
	static const struct example comma[] = {
		{ "まず, 開きます.", "まず、開きます。" },
		{ "PyTorchを使います。", "PyTorch を使います。" },
		{ NULL, NULL },
	};
	static const struct example technical[] = {
		{ "まず, 開きます.", "まず，開きます．" },
		{ NULL, NULL },
	};

	(void)state;
	check("ja", "まず、GPU を使います。", comma);
	check("ja", "まず，GPU を使います．", technical);
}

/* Korean has blanks between words and half-width marks; particles follow at once. */
static void korean_stays(void **state)
{
	static const struct example v[] = {
		{ "PyTorch를 사용합니다.", "PyTorch를 사용합니다." },
		{ "값 (평균) 은, 좋습니다!", "값 (평균) 은, 좋습니다!" },
		{ NULL, NULL },
	};

	(void)state;
	check("ko", "GPU에서 " CODE "를 실행합니다. 좋습니다!", v);
}

static void french(void **state)
{
	static const struct example v[] = {
		{ "Attention: c'est prêt!",
			"Attention\xc2\xa0: c'est prêt\xe2\x80\xaf!" },
		{ "Voir " CODE ":", "Voir " CODE "\xc2\xa0:" },
		{ "Pourquoi ? Oui!",
			"Pourquoi ? Oui\xe2\x80\xaf!" }, /* "?" was never seen */
		{ "à 10:30, http://x", "à 10:30, http://x" },
		{ "Dire \xc2\xabNon\xc2\xbb",
			"Dire \xc2\xab\xc2\xa0Non\xc2\xa0\xc2\xbb" },
		{ "Un smiley :) et a::b", "Un smiley :) et a::b" },
		{ NULL, NULL },
	};

	(void)state;
	check("fr",
		"Note\xc2\xa0: dire \xc2\xab\xc2\xa0Oui\xc2\xa0\xc2\xbb, "
		"vite\xe2\x80\xaf!",
		v);
}

static void colons_without_blanks(void **state)
{
	static const struct example v[] = {
		{ "Achtung : fertig !", "Achtung: fertig!" },
		{ NULL, NULL },
	};

	(void)state;
	check("de", "Hinweis: es geht los!", v);
}

static void odd_bytes_stay(void **state)
{
	static const struct amts_style nothing;
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_str odd =
		AMTS_STR("a\xff(\xe4\xb8 ,\xc2<x id=\"9\"/>\0)\xe4\xb8\xad,");
	struct amts_style s = { 0 };

	(void)state;
	amts_style_learn(&s, odd, inl, 5);
	amts_style_apply(&out, &nothing, "de", odd, inl, 5);
	assert_int_equal(out.n, odd.n);
	assert_memory_equal(out.p, odd.p, odd.n);
	amts_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chinese_with_blanks),
		cmocka_unit_test(chinese_without_blanks),
		cmocka_unit_test(full_width_marks),
		cmocka_unit_test(half_width_marks_where_people_set_them),
		cmocka_unit_test(mixed_habits_are_left_alone),
		cmocka_unit_test(brackets_with_latin_as_people_set_them),
		cmocka_unit_test(japanese),
		cmocka_unit_test(korean_stays),
		cmocka_unit_test(french),
		cmocka_unit_test(colons_without_blanks),
		cmocka_unit_test(odd_bytes_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
