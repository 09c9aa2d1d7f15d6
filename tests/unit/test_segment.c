/* Segments of documents, and their way back to bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amts/segment.h"
#include "amts/text.h"

static struct amts_arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = amts_arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	amts_arena_free(arena);
	return 0;
}

static struct amts_segments segments(const char *lang, struct amts_str bytes)
{
	struct amts_doc *doc;
	struct amts_segments s;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(amts_doc_parse(&doc, arena, bytes, &err), AMTS_OK);
	assert_int_equal(amts_segments(&s, arena, doc, lang, &err), AMTS_OK);
	return s;
}

static void assert_str(struct amts_str s, const char *want)
{
	assert_string_equal(amts_arena_z(arena, s), want);
}

/* want: texts, NULL after the last.  Blocks and spans must agree with them. */
static void assert_texts(const char *lang, const char *bytes, const char *const *want)
{
	struct amts_segments s = segments(lang, amts_str_z(bytes));
	size_t n = 0;

	for (; want[n]; n++) {
		assert_true(n < s.n);
		assert_str(s.v[n].text, want[n]);
	}
	assert_int_equal(s.n, n);
	for (size_t b = 0; b < s.doc->n; b++)
		for (size_t i = s.first[b]; i < s.first[b + 1]; i++)
			assert_int_equal(s.v[i].block, b);
	assert_int_equal(s.first[0], 0);
	assert_int_equal(s.first[s.doc->n], s.n);
}

#define MAX_TEXTS 8
static void texts_of_documents(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *bytes, *want[MAX_TEXTS];
	} v[] = {
		{ "en", "# A. B\n\nOne `x` is. Two\nare $y$.\n",
			{ "A. B", "One <x id=\"1\"/> is.", "Two are <x id=\"1\"/>." } },
		{ "en", "> Quoted text. It\n> goes on.\n",
			{ "Quoted text.", "It goes on." } },
		{ "en", "* First item.\n  Second sentence\n  in it.\n* Next\n",
			{ "First item.", "Second sentence in it.", "Next" } },
		{ "en", "- [ ] Do it\n- [x] Done\n", { "Do it", "Done" } },
		{ "en", "One.\r\nTwo\r\nlines.\r\n", { "One.", "Two lines." } },
		{ "en", "| a. b | `c \\| d` |\n|---|---|\n| | [e](f) |\n",
			{ "a. b", "<x id=\"1\"/>", "<x id=\"1\"/>e<x id=\"2\"/>" } },
		{ "en", "![A caption. Two.](x.png)\n",
			{ "<x id=\"1\"/>A caption. Two.<x id=\"2\"/>" } },
		{ "en", "It works.  \n**Then** go.\\\nOn.\n",
			{ "It works.", "**Then** go.", "On." } },
		{ "en", "It  \nworks.\n", { "It<x id=\"1\"/>works." } },
		{ "en", "By Wu et al. :cite:`W`. It\nholds. :cite:`V` We go.\n",
			{ "By Wu et al. <x id=\"1\"/>.", "It holds. <x id=\"1\"/>",
				"We go." } },
		{ "en", "<b>One.</b> <i>Two.</i>\n",
			{ "<x id=\"1\"/>One.<x id=\"2\"/>",
				"<x id=\"1\"/>Two.<x id=\"2\"/>" } },
		{ "en", "[**One.\nTwo.**]\n", { "[**One.", "Two.**]" } },
		{ "en", "a\tb \x01 c\n", { "a b   c" } },
		{ "en", "```\ncode. Code\n```\n\n$$\nx. Y\n$$\n", { NULL } },
		{ "en", "\\<x id=\"1\"/> is\n", { "<x id=\"1\"/>x id=\"1\"/> is" } },
		{ "en", "<x id=\"9\"/> is\n", { "<x id=\"1\"/> is" } },
		{ "en", "## Name {#id}\n", { "Name <x id=\"1\"/>" } },
		{ "zh", "这是第一句，它\n很长。 这是\n第二句。\n",
			{ "这是第一句，它很长。", "这是第二句。" } },
		{ "zh", "使用softmax\nregression\n模型。\n",
			{ "使用softmax regression 模型。" } },
		{ "zh", "> 这是\n> 引用。\n", { "这是引用。" } },
		{ "zh", "[**训练**]\n模型。[**好。**]\n完。\n",
			{ "[**训练**] 模型。", "[**好。**]", "完。" } },
		{ "zh", "我们在 :numref:`a`\n中讨论。\n",
			{ "我们在 <x id=\"1\"/> 中讨论。" } },
		{ "ja", "これは\n文です。次の\n文です。\n",
			{ "これは文です。", "次の文です。" } },
		{ "ko", "모델이\n있습니다.일반적인\n경우다.\n",
			{ "모델이 있습니다.", "일반적인 경우다." } },
		{ "th", "ภาษา\nไทย\n", { "ภาษาไทย" } },
		{ "de", "Das ist\nz.B. Text. Und\nmehr.\n",
			{ "Das ist z.B. Text.", "Und mehr." } },
		{ "tr", "Bu *bir*\ncümle. Bu da\nöyle.\n",
			{ "Bu *bir* cümle.", "Bu da öyle." } },
		{ "vi", "Đây là câu.\nĐây nữa.\n", { "Đây là câu.", "Đây nữa." } },
		{ "pt", "É isto. É\naquilo.\n", { "É isto.", "É aquilo." } },
		{ "es", "Es esto. ¿Es\naquello?\n", { "Es esto.", "¿Es aquello?" } },
		{ "fr", "C'est « ceci ». C'est\ncela.\n",
			{ "C'est « ceci ».", "C'est cela." } },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_texts(v[i].lang, v[i].bytes, v[i].want);
}

/* at is the sentence's own bytes, markers of containers inside it and none around it. */
static void spans_are_exact(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *bytes, *want[MAX_TEXTS];
	} v[] = {
		{ "en", "> A `b\n> c` d.  E\n> f.\n", { "A `b\n> c` d.", "E\n> f." } },
		{ "en", "1. One  \n   two. Three\n   four.\n\n",
			{ "One  \n   two.", "Three\n   four." } },
		{ "en", "One.<br>Two.\n", { "One.", "Two." } },
		{ "en", "| a | b c |\n|--|--|\n|d|e|\n", { "a", "b c", "d", "e" } },
		{ "zh", "一句。\n二\n句。\n", { "一句。", "二\n句。" } },
		{ "zh", "  一`a`。**二**。\n", { "一`a`。", "**二**。" } },
		{ "en", "# One two #\n", { "One two" } },
		{ "en", "A.\r\nB\r\nc.\r\n", { "A.\r\nB\r\nc." } },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_segments s = segments(v[i].lang, amts_str_z(v[i].bytes));
		size_t n = 0;
		for (; v[i].want[n]; n++) {
			assert_true(n < s.n);
			assert_str(amts_doc_bytes(s.doc, s.v[n].at), v[i].want[n]);
		}
		assert_int_equal(s.n, n);
	}
}

static void letters_outside_placeholders(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		int letters;
	} v[] = {
		{ "`code`, $x$\n", 0 },
		{ "![](a.png)\n", 0 },
		{ "12 + `a`\n", 0 },
		{ "`a` b\n", 1 },
		{ "![a](b)\n", 1 },
		{ "# 中\n", 1 },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_segments s = segments("en", amts_str_z(v[i].bytes));
		assert_int_equal(s.n, 1);
		assert_int_equal(s.v[0].letters, v[i].letters);
	}
}

static void plain_documents_are_not_cut(void **state)
{
	(void)state;
	struct amts_doc *doc;
	struct amts_segments s;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(amts_doc_plain(&doc, arena,
				 AMTS_STR("One. Two $x$.\nThree.\n\n# F. G\n"), &err),
		AMTS_OK);
	assert_int_equal(amts_segments(&s, arena, doc, "en", &err), AMTS_OK);
	assert_int_equal(s.n, 3);
	assert_str(s.v[0].text, "One. Two <x id=\"1\"/>.");
	assert_str(s.v[2].text, "# F. G");
}

/* ---- restore -------------------------------------------------------------------- */

static int restore(struct amts_buf *out, const struct amts_segments *s,
	const char *translated, struct amts_error *err)
{
	return amts_segment_restore(out, s->doc, &s->v[0], amts_str_z(translated), err);
}

static void translations_become_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *translated, *want;
	} v[] = {
		{ "A `b` and $c$.\n", "<x id=\"2\"/>和<x id=\"1\"/>。", "$c$和`b`。" },
		{ "See [the `a` *b*](c \"d\").\n",
			"见<x id=\"1\"/>*乙*<x id=\"2\"/>甲<x id=\"3\"/>。",
			"见[*乙*`a`甲](c \"d\")。" },
		{ "[![a](b)](c)\n",
			"<x id=\"1\"/><x id=\"2\"/>甲<x id=\"3\"/><x id=\"4\"/>",
			"[![甲](b)](c)" },
		{ "<b>*a `b*`* </b>c\n", "<x id=\"1\"/>*甲<x id=\"2\"/>* <x id=\"3\"/>丙",
			"<b>*甲`b*`* </b>丙" },
		{ "> a `b\n> c` d\n", "甲<x id=\"1\"/>丁", "甲`b\n> c`丁" },
		{ "| a |\n|--|\n", "甲|乙\\|丙\\", "甲\\|乙\\|丙\\" },
		{ "a < b\n", "甲 < 乙 <y>", "甲 < 乙 <y>" },
		{ "a <x =b\n", "甲 <x =乙", "甲 <x =乙" },
		{ "plain\n", "", "" },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_segments s = segments("en", amts_str_z(v[i].bytes));
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_buf out = AMTS_BUF_INIT;
		assert_int_equal(restore(&out, &s, v[i].translated, &err), AMTS_OK);
		assert_string_equal(out.p, v[i].want);
		amts_buf_release(&out);
	}
}

static void faulty_translations_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *translated, *msg;
	} v[] = {
		{ "甲<x id=\"1\"/>", "translation lacks placeholder 2" },
		{ "<x id=\"2\"/>甲<x id=\"1\"/><x id=\"2\"/>",
			"translation has placeholder 2 twice" },
		{ "<x id=\"1\"/><x id=\"2\"/><x id=\"3\"/>",
			"translation has unknown placeholder 3" },
		{ "<x id=\"0\"/><x id=\"1\"/><x id=\"2\"/>",
			"translation has unknown placeholder 0" },
		{ "<x id=\"99999999999\"/>",
			"translation has a broken placeholder at byte 0" },
		{ "<x id=1/><x id=\"2\"/>",
			"translation has a broken placeholder at byte 0" },
		{ "a<x id=\"1\">b</x>",
			"translation has a broken placeholder at byte 1" },
		{ "a</x>", "translation has a broken placeholder at byte 1" },
		{ "a\nb", "translation has control character 0x0a at byte 1" },
		{ "ab\xff", "translation is not UTF-8 at byte 2" },
	};
	struct amts_segments s = segments("en", AMTS_STR("A `b` and $c$.\n"));
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_buf out = AMTS_BUF_INIT;
		assert_int_equal(restore(&out, &s, v[i].translated, &err), AMTS_EPARSE);
		assert_string_equal(err.msg, v[i].msg);
		assert_int_equal(out.n, 0);
		amts_buf_release(&out);
	}
}

/* A segment's own text comes back as its bytes, but for the line ends between words. */
static void own_text_restores_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *bytes;
	} v[] = {
		{ "en", "A `b` [c](d) $e$. <i>F</i>: g &amp; h {{ i }}. J[^1].\n" },
		{ "en", "* [a **b** `c`](d) ![e](f)  \n  g\\\n  h\n" },
		{ "en", "| a `b\\|c` | d\\|e |\n|--|--|\n" },
		{ "zh", "在 "
			":numref:`a`中，**好**（:cite:`b`）。[**标记**]见[链接](c)。\n" },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_segments s = segments(v[i].lang, amts_str_z(v[i].bytes));
		assert_true(s.n > 0);
		for (size_t k = 0; k < s.n; k++) {
			struct amts_error err = AMTS_ERROR_INIT;
			struct amts_buf out = AMTS_BUF_INIT;
			assert_int_equal(amts_segment_restore(
						 &out, s.doc, &s.v[k], s.v[k].text, &err),
				AMTS_OK);
			assert_str(amts_doc_bytes(s.doc, s.v[k].at), out.p);
			amts_buf_release(&out);
		}
	}
}

static void assert_same_segments(
	const struct amts_segments *a, const struct amts_segments *b)
{
	assert_int_equal(a->n, b->n);
	assert_memory_equal(a->first, b->first, (a->doc->n + 1) * sizeof(*a->first));
	for (size_t k = 0; k < a->n; k++) {
		const struct amts_segment *x = &a->v[k], *y = &b->v[k];
		assert_true(amts_str_eq(x->text, y->text));
		assert_memory_equal(&x->at, &y->at, sizeof(x->at));
		assert_int_equal(x->block, y->block);
		assert_int_equal(x->letters, y->letters);
		assert_int_equal(x->ninl, y->ninl);
		for (size_t i = 0; i < x->ninl; i++) {
			assert_int_equal(x->inl[i].kind, y->inl[i].kind);
			assert_memory_equal(
				&x->inl[i].at, &y->inl[i].at, sizeof(x->inl[i].at));
		}
	}
}

/* With the segments of another revision at hand the same comes out as without: where
 * blocks moved, changed, went into a quote, or mean something else since a reference
 * came. */
static void revisions_share_segments(void **state)
{
	(void)state;
	static const char *const before =
		"# Title\n\nOne `a`. Two [b].\nThree.\n\n* item `c`\n* item\n  more "
		"`d`\n\n"
		"| x `y` | z |\n|---|---|\n| 1 | 2 |\n\n> quoted\n> twice `q`. Here.\n\n"
		"Same. Same `e`.\n\nSame. Same `e`.\n\nLast `f`";
	static const char *const after[] = { "",
		"# Title\n\nOne `a`. Two [b].\nThree.\n\nLast `f`",
		"New `n`.\n\n# Title\n\nLast `f`\n\nOne `a`. Two [b].\nThree.\n\n"
		"Same. Same `e`.\n",
		"One `a`. Two [b].\nThree.\n\n[b]: https://example.org\n",
		"> One `a`. Two [b].\nThree.\n\n* One `a`. Two [b].\nThree.\n",
		"* item\n  more `d`\n* item `c`\n\n> quoted\n> twice `q`. Here.\n",
		"  One `a`. Two [b].\nThree.\n\nquoted\ntwice `q`. Here.\n",
		"One `a`. Two [b].\r\nThree.\r\n\r\n| x `y` | z |\r\n|---|---|\r\n| 1 | "
		"2 |\r\n" };
	struct amts_segments old = segments("en", amts_str_z(before));

	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		struct amts_segments want = segments("en", amts_str_z(after[i])), got;
		struct amts_error err = AMTS_ERROR_INIT;
		assert_int_equal(
			amts_segments_revised(&got, arena, want.doc, "en", &old, &err),
			AMTS_OK);
		assert_same_segments(&want, &got);
	}
}

/* One paragraph of 100,000 sentences, and 100,000 paragraphs of one: linear. */
static void long_documents(void **state)
{
	(void)state;
	static const char *const v[] = { "It is `a` here. ", "It is\n`a` here.\n",
		"It is `a`.\n\n", "> It `a`.\n", "* It `a`.\n" };
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		for (size_t k = 0; k < 100000; k++)
			amts_buf_addz(&b, v[i]);
		struct amts_segments s = segments("en", amts_buf_str(&b));
		assert_int_equal(s.n, 100000);
		for (size_t k = 0; k < s.n; k += 999)
			assert_int_equal(s.v[k].ninl, 1);
		amts_buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_of_documents, setup, teardown),
		cmocka_unit_test_setup_teardown(spans_are_exact, setup, teardown),
		cmocka_unit_test_setup_teardown(
			letters_outside_placeholders, setup, teardown),
		cmocka_unit_test_setup_teardown(
			plain_documents_are_not_cut, setup, teardown),
		cmocka_unit_test_setup_teardown(
			translations_become_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			faulty_translations_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(own_text_restores_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			revisions_share_segments, setup, teardown),
		cmocka_unit_test_setup_teardown(long_documents, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
