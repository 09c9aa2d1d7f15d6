/* Sentence boundaries, each case as it should be cut: '|' stands where a sentence ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "amts/text.h"
#include "text/sentence.h"

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

/* text cut at ends, with '|' between the sentences. */
static const char *joined(struct amts_str text, const size_t *ends, size_t n)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t beg = 0;
	for (size_t i = 0; i < n; i++) {
		struct amts_str s = amts_str_sub(text, beg, ends[i]);
		if (i)
			amts_buf_addc(&b, '|');
		amts_buf_add(&b, amts_str_trim(s));
		beg = ends[i];
	}
	const char *z = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return z;
}

/* want without its '|': white space is kept where the case has it. */
static struct amts_str uncut(const char *want)
{
	struct amts_buf b = AMTS_BUF_INIT;
	for (const char *p = want; *p; p++)
		if (*p != '|')
			amts_buf_addc(&b, *p);
	struct amts_str s = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

static const char *without_space_after_bar(const char *want)
{
	struct amts_buf b = AMTS_BUF_INIT;
	for (const char *p = want; *p; p++) {
		amts_buf_addc(&b, *p);
		while (*p == '|' && p[1] == ' ')
			p++;
	}
	const char *z = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return z;
}

/* roles: a letter a placeholder, in the order of enum text_role. */
static void assert_cut(const char *lang, const char *roles, const char *want)
{
	static const char letters[] = "wocbers";
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_str text = uncut(want);
	unsigned char r[16];
	size_t *ends, n, nr = strlen(roles);

	for (size_t i = 0; i < nr; i++)
		r[i] = (unsigned char)(strchr(letters, roles[i]) - letters);
	struct text_marked marked = { text, r, nr };
	assert_int_equal(text_sentences(&ends, &n, arena, &marked, lang, &err), AMTS_OK);
	assert_string_equal(joined(text, ends, n), without_space_after_bar(want));
	if (n)
		assert_int_equal(ends[n - 1], text.n);
}

struct cut {
	const char *lang, *want;
};

static void cut_all(const struct cut *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_cut(v[i].lang, "", v[i].want);
}
#define CUT_ALL(v) cut_all(v, sizeof(v) / sizeof((v)[0]))

static void european_stops(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "en", "We train it.| Then we test it.| Done!| Is it?| Yes" },
		{ "en", "The value is 3.14 in v1.2.3 of numpy.nn now.| Good." },
		{ "de", "Das Modell lernt.| Danach wird es geprüft.| Fertig." },
		{ "fr", "Le modèle apprend.| On le teste !| Est-ce bon ?| Oui." },
		{ "es", "¿Funciona?| ¡Sí!| Claro que sí." },
		{ "pt-BR", "O modelo aprende.| Nós o testamos." },
		{ "tr", "Model öğrenir.| Sonra test ederiz.| İyi mi?| Ölçeriz." },
		{ "vi", "Mô hình học.| Sau đó ta kiểm tra.| Đúng không?" },
		{ "ru", "Модель учится.| Потом мы её проверяем." },
		{ "el", "Το μοντέλο μαθαίνει.| Μετά το δοκιμάζουμε." },
		{ "hi", "यह एक वाक्य है।| यह दूसरा है।" },
		{ "th", "แบบจำลองเรียนรู้จากข้อมูล" },
		{ "", "No language.| Two sentences." },
	};
	CUT_ALL(v);
	static const char unknown[] = "One here.| Two there.";
	assert_cut(NULL, "", unknown);
	assert_cut("x-klingon-with-a-tag-longer-than-any", "", unknown);
}

static void abbreviations(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "en", "Use a layer, e.g. Dropout, here.| It helps, i.e. Accuracy "
			"grows." },
		{ "en", "As Smith et al. (2014) and Wu et al. [3] say.| Good." },
		{ "en", "See Fig. 3 and Eq. (4).| See Sec. 2.| See No. 5." },
		{ "en", "Is it good?| No.| We tried it." },
		{ "en", "Dr. Smith met Prof. Jones.| They talked." },
		{ "en", "It was J. Smith and Donald E. Knuth.| See Appendix A.| We "
			"agree." },
		{ "en", "E.g. Ms. Li did.| It took 60 ms.| If not, more." },
		{ "en", "It is in the U.S. Army.| It is in the U.S.| We know JSX.| So go "
			"on." },
		{ "pt", "É a linguagem C.| Isso vale no mundo real.| Nosso Claude E. "
			"Shannon." },
		{ "en", "Take vitamin C.| The rest follows." },
		{ "en", "Use cats, dogs, etc.| Then go on.| Cats, dogs, etc. are pets." },
		{ "en", "1. The first.| We go." },
		{ "en", "ii. The second.| We go." },
		{ "de", "Das gilt z.B. Montags und bzw. Dienstags.| Siehe Abb. 3.| "
			"Gut." },
		{ "de", "Am 3. Oktober war es so.| Seit 2014.| Heute nicht." },
		{ "tr", "Bunu örn. Ankara'da gördük.| Bkz. Şekil.| 5. Bölüm bunu "
			"anlatır." },
		{ "es", "Hay capas, p. ej. Dropout, aquí.| El Sr. García lo vio." },
		{ "fr", "M. Dupont l'a vu, cf. Annexe.| Voir fig. 3." },
		{ "zh", "使用一些层, e.g. Dropout。|见 Fig. 3。" },
		{ "zh", "1. 第一个。|第二个。" },
		{ "zh", "i. 第一个。|第二个。" },
	};
	CUT_ALL(v);
}

static void chinese_japanese(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "zh", "这是第一句。|这是第二句！|这是第三句？|好" },
		{ "zh", "首先，我们计数；其次，我们相加。|完成。" },
		{ "zh", "这是第一句.|这是第二句.| 然后" },
		{ "zh", "我们用softmax。|softmax是一个函数。" },
		{ "zh", "他说：“你好。我走了。”然后离开。|我们留下。" },
		{ "zh", "“这是什么？”我们问道。|没有人回答。" },
		{ "zh", "模型很好（见上文。还有下文。）因此我们用它。|好。" },
		{ "zh", "（这很重要。）|然后我们继续。" },
		{ "zh", "用$1.5$或3.5来算。|结束。" },
		{ "ja", "これは文です。|「はい。」と答えた。|次の文です。" },
		{ "ja", "これは「良い。本当に」と言う文です。|次です。" },
		{ "ja", "モデルを学習します。|テストします。" },
	};
	CUT_ALL(v);
}

static void korean_without_space(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "ko", "모델이 있습니다.|일반적인 경우입니다.| 좋습니다." },
		{ "ko", "값은 3.5입니다.|`는*예측*과 같다.| 끝" },
		{ "ko", "그렇습니까?|네!|좋아요." },
	};
	CUT_ALL(v);
}

static void brackets_and_quotes(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "en", "We use it (see Foo. Bar is there.) in all cases.| Good." },
		{ "en", "(This is aside.| It stands alone.)| Then we go on." },
		{ "en", "He said, \"Go. Now.\" and left.| \"Stay!\"| Then silence." },
		{ "en", "\"Really?\" he asked.| Nobody knew." },
		{ "en", "It works (really!) as said.| Good." },
		{ "en", "Yahoo! is a name.| What is a != b then?" },
		{ "en", "“Go.”| He went." },
		{ "de", "Er sagte: „Geh. Sofort.“ und ging.| „Bleib.“| Stille." },
		{ "fr", "Il dit : « Pars. Vite. » et sortit.| Bien." },
		{ "en", "Wait... what is it...| Then we saw." },
		{ "en", "We ((saw it.| It went on.| Then." },
	};
	CUT_ALL(v);
}

static void emphasis_and_slide_marks(void **state)
{
	(void)state;
	static const struct cut v[] = {
		{ "en", "**Note.**| We go on.| *Then.*| We stop." },
		{ "en", "[**We train it.**]| Then we test it." },
		{ "en", "[**We use *one* word, i.e. this.**]| Then we go." },
		{ "en", "[**We train it.| Then we test it.**]| Good." },
		{ "en", "(**We train it.**)| (~~Not shown.~~)| Good." },
		{ "en", "We go.| **Bold** is here.| _Thin_ is there.| ~~Old~~ is gone." },
		{ "en", "Call my_func.| Then my_other_func." },
		{ "zh", "[**我们训练它。**]|然后测试。" },
		{ "zh", "我们[**训练它。|然后测试。**]|好。" },
		{ "zh", "我们训练它。|**然后**我们测试。|（**好。**）|完" },
		{ "zh", "**注意。**|然后我们测试。" },
		{ "zh", "是**重要**的。|好" },
	};
	CUT_ALL(v);
}

static void placeholders(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *roles, *want;
	} v[] = {
		{ "en", "w", "It works.| <x id=\"1\"/> is a function." },
		{ "en", "w", "See Fig. <x id=\"1\"/> now.| Good." },
		{ "en", "w", "Here torch.<x id=\"1\"/> is used.| Good." },
		{ "en", "wr", "See <x id=\"1\"/>. <x id=\"2\"/>| We go on." },
		{ "en", "r", "It was found. <x id=\"1\"/>| We go on." },
		{ "en", "r", "It was found.| <x id=\"1\"/> shows that." },
		{ "en", "r", "It was found by Wu et al. <x id=\"1\"/> there.| Good." },
		{ "en", "rr", "It was found. <x id=\"1\"/><x id=\"2\"/>." },
		{ "en", "oc", "<x id=\"1\"/>Note.<x id=\"2\"/>| Then we go." },
		{ "en", "oc", "It works.| <x id=\"1\"/>Click<x id=\"2\"/> it." },
		{ "en", "be",
			"<x id=\"1\"/>A caption. In two sentences.<x id=\"2\"/>| Then." },
		{ "en", "be",
			"It works.| <x id=\"1\"/>Click. It<x id=\"2\"/> is.| Then." },
		{ "en", "s", "One line.| <x id=\"1\"/>Another." },
		{ "zh", "oc", "说明。|<x id=\"1\"/>链接<x id=\"2\"/>在这里。" },
		{ "zh", "oc", "<x id=\"1\"/>说明。<x id=\"2\"/>|在这里。" },
		{ "zh", "w", "使用它。|<x id=\"1\"/>是函数。" },
		{ "zh", "r", "使用它。 <x id=\"1\"/>|然后我们继续。" },
		{ "zh", "ww", "设<x id=\"1\"/>.|然后<x id=\"2\"/>是函数。" },
		{ "en", "", "It has.| <x id=\"7\"/> no role." },
		{ "en", "", "Broken <x id=\"\"/> ones, <x id=1/> too.| Good." },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_cut(v[i].lang, v[i].roles, v[i].want);
}

static void degenerate_text(void **state)
{
	(void)state;
	size_t *ends, n;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(
		amts_sentences(&ends, &n, arena, AMTS_STR(""), "en", &err), AMTS_OK);
	assert_int_equal(n, 0);
	assert_int_equal(
		amts_sentences(&ends, &n, arena, AMTS_STR(" \n\t"), "en", &err), AMTS_OK);
	assert_int_equal(n, 0);
	assert_int_equal(
		amts_sentences(&ends, &n, arena, AMTS_STR(" a. "), "en", &err), AMTS_OK);
	assert_int_equal(n, 1);
	assert_int_equal(ends[0], 3);
	assert_int_equal(
		amts_sentences(&ends, &n, arena, AMTS_STR("\xff\xc3. \xe4"), "en", &err),
		AMTS_OK);
	assert_int_equal(n, 2);
}

/* Longer than one chunk: no sentence is lost or cut at the seam. */
static void long_text(void **state)
{
	(void)state;
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t *ends, n, many = 60000;

	for (size_t i = 0; i < many; i++)
		amts_buf_addz(&b, "This is one sentence of <x id=\"1\"/> many. ");
	assert_int_equal(
		amts_sentences(&ends, &n, arena, amts_buf_str(&b), "en", &err), AMTS_OK);
	assert_int_equal(n, many);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(ends[i], (i + 1) * 42 - 1);
	amts_buf_reset(&b);

	/* Nothing but placeholders: none is cut in two. */
	for (size_t i = 0; i < 200000; i++)
		amts_buf_addz(&b, i % 7 ? "<x id=\"1\"/>" : "<x id=\"12\"/>");
	assert_int_equal(
		amts_sentences(&ends, &n, arena, amts_buf_str(&b), "en", &err), AMTS_OK);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(b.p[ends[i] - 1], '>');
	amts_buf_reset(&b);

	/* Nothing but words: in parts, between words. */
	for (size_t i = 0; i < 400000; i++)
		amts_buf_addz(&b, "word ");
	assert_int_equal(
		amts_sentences(&ends, &n, arena, amts_buf_str(&b), "en", &err), AMTS_OK);
	assert_int_equal(n, 2);
	assert_int_equal(b.p[ends[0] - 1], 'd');
	amts_buf_release(&b);
}

/* Hostile runs take linear time: minutes if not. */
static void hostile_runs(void **state)
{
	(void)state;
	static const char *const v[] = { "(", ". ", "A. ", "e.g. ", "\"", "“", "*",
		"**a ", ".*", "<x id=\"1\"/>", "<", "!)", "( .", "\xff", "。", "。”" };
	struct amts_error err = AMTS_ERROR_INIT;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		size_t *ends, n;
		for (size_t k = 0; k < 100000; k++)
			amts_buf_addz(&b, "(");
		for (size_t k = 0; k < 200000; k++)
			amts_buf_addz(&b, v[i]);
		assert_int_equal(
			amts_sentences(&ends, &n, arena, amts_buf_str(&b), "en", &err),
			AMTS_OK);
		assert_int_equal(ends[n - 1], amts_str_trim(amts_buf_str(&b)).n);
		amts_buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(european_stops, setup, teardown),
		cmocka_unit_test_setup_teardown(abbreviations, setup, teardown),
		cmocka_unit_test_setup_teardown(chinese_japanese, setup, teardown),
		cmocka_unit_test_setup_teardown(korean_without_space, setup, teardown),
		cmocka_unit_test_setup_teardown(brackets_and_quotes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			emphasis_and_slide_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(placeholders, setup, teardown),
		cmocka_unit_test_setup_teardown(degenerate_text, setup, teardown),
		cmocka_unit_test_setup_teardown(long_text, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_runs, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
