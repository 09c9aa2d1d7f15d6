/* Glossaries as projects have them, and sentences that break them. */
#include "amts/glossary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct amts_glossary *parse(
	const char *bytes, const char *name, const char *tgt_lang)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_glossary *g;

	if (amts_glossary_parse(&g, amts_str_z(bytes), name, "en", tgt_lang, &err))
		fail_msg("%s", err.msg);
	return g;
}

/* "term=wording/wording; …" */
static void assert_terms(
	const char *bytes, const char *name, const char *tgt_lang, const char *expected)
{
	struct amts_glossary *g = parse(bytes, name, tgt_lang);
	struct amts_buf b = AMTS_BUF_INIT;
	const struct amts_term *v;
	size_t i, k, n;

	v = amts_glossary_terms(g, &n);
	for (i = 0; i < n; i++) {
		amts_buf_addf(
			&b, "%s" AMTS_STR_FMT "=", i ? "; " : "", AMTS_STR_ARG(v[i].src));
		for (k = 0; k < v[i].ntgt; k++)
			amts_buf_addf(&b, "%s" AMTS_STR_FMT, k ? "/" : "",
				AMTS_STR_ARG(v[i].tgt[k]));
	}
	if (strcmp(b.p, expected) != 0)
		fail_msg("%s\ngives\n%s", bytes, b.p);
	amts_buf_release(&b);
	amts_glossary_free(g);
}

static void formats(void **state)
{
	static const struct {
		const char *name, *tgt_lang, *bytes, *terms;
	} cases[] = {
		{ "T.md", "zh",
			"# 术语\n\n| 英文 | 翻译 |\n|--|:-:|\n| build (n.) | 构建版本 |\n"
			"| build (v.) | 构建 |\n| getter | _不翻译_ |\n"
			"| hoist/hoisting | 提升/变量提升 |\n| breaking | "
			"“非兼容”或“不兼容” |\n",
			"build=构建版本/构建; getter=getter; hoist=提升/变量提升; "
			"hoisting=提升/变量提升; breaking=非兼容/不兼容" },
		{ "TERMINOLOGY.md", "zh",
			"## 英汉术语对照\n\n鞍点，saddle point\n\n变换，transform\n\n"
			"长短期记忆网络，long short-term memory (LSTM)\n",
			"saddle point=鞍点; transform=变换; long short-term "
			"memory=长短期记忆网络" },
		{ "TERMINOLOGY.md", "tr",
			"## Terimler\n:label:`t`\n\naffine; afin\n\nanalogy; benzeşim, "
			"benzetme\n\n```\na; b\n```\nThis is a sentence; it is no "
			"term.\n",
			"affine=afin; analogy=benzeşim/benzetme" },
		{ "list.md", "de", "* **tree**: Baum\n- `leaf`: *Blatt*\n",
			"tree=Baum; leaf=Blatt" },
		{ "t.csv", "zh", "en,tr,zh\nlayer,katman,层\n", "layer=层" },
		{ "t.csv", "zh", "layer,层\n\"loss, total\",损失\n",
			"layer=层; loss=损失; total=损失" },
		{ "t.tbx", "zh",
			"<martif><text><body><termEntry><langSet "
			"xml:lang='en'><tig><term>layer</term></tig></langSet><langSet "
			"xml:lang='zh'><ntig><termGrp><term>层</term></termGrp></ntig>"
			"</langSet><langSet xml:lang='de'><tig><term>Schicht</term></tig>"
			"</langSet></termEntry></body></text></martif>",
			"layer=层" },
		{ "t.tbx", "zh",
			"<tbx "
			"xmlns='urn:iso:std:iso:30042:ed-2'><text><body><conceptEntry>"
			"<langSec xml:lang='zh-CN'><termSec><term>层</term></termSec>"
			"</langSec><langSec xml:lang='en'><termSec><term>layer</term>"
			"</termSec><termSec><term>stratum</term></termSec></langSec>"
			"</conceptEntry></body></text></tbx>",
			"layer=层; stratum=层" },
		{ "empty.md", "zh", "", "" },
		{ "odd.md", "zh", "|\n|--|\n||\n| a |\n;\n; b\n", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_terms(
			cases[i].bytes, cases[i].name, cases[i].tgt_lang, cases[i].terms);
}

static void broken(void **state)
{
	static const char zh[] = "en,zh\nsaddle point,鞍点\npoint,点\nlayer,层\n"
				 "dropout,暂退法\neffect scope,effect 作用域\n"
				 "category,类别\nclass,类\n";
	static const char tr[] = "en,tr\nlayer,katman\nbackend,arka işlemci\n"
				 "array,dizilim\n";
	static const struct {
		const char *lang, *src, *tgt, *broken;
	} cases[] = {
		{ "zh", "A saddle point here.", "这里有一个鞍点。", "" },
		{ "zh", "A Saddle  Point here.", "这里有一个马鞍点。", "" },
		{ "zh", "A saddle point here.", "这里有一个马鞍。", "saddle point " },
		{ "zh", "The point.", "要害。", "point " },
		{ "zh", "Two layers, one dropout.", "两个层，一个 dropout。",
			"dropout " },
		{ "zh", "Categories and classes.", "种和类", "category " },
		{ "zh", "In the effect scope.", "在effect作用域中。", "" },
		{ "zh", "Layer, layer, layer.", "无", "layer " },
		{ "zh", "The layering of <x id=\"1\"/>.", "无", "" },
		{ "tr", "The layers of the array.", "Dizilimin katmanları.", "" },
		{ "tr", "The backend.", "Arka işlemcisi.", "" },
		{ "tr", "The backend.", "Sunucu tarafı.", "backend " },
	};
	const struct amts_term *out[8];
	size_t i, k, n;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_glossary *g =
			parse(cases[i].lang[0] == 'z' ? zh : tr, "t.csv", cases[i].lang);
		struct amts_buf b = AMTS_BUF_INIT;

		n = amts_glossary_broken(
			out, 8, g, amts_str_z(cases[i].src), amts_str_z(cases[i].tgt));
		for (k = 0; k < n; k++)
			amts_buf_addf(&b, AMTS_STR_FMT " ", AMTS_STR_ARG(out[k]->src));
		if (strcmp(b.p, cases[i].broken) != 0)
			fail_msg("%s: '%s'", cases[i].src, b.p);
		amts_buf_release(&b);
		amts_glossary_free(g);
	}
}

/* A term for every word, and a sentence of all of them. */
static void large(void **state)
{
	struct amts_buf terms = AMTS_BUF_INIT, text = AMTS_BUF_INIT;
	const struct amts_term *out[8];
	struct amts_glossary *g;
	int i;

	(void)state;
	amts_buf_addz(&terms, "en,zh\n");
	for (i = 0; i < 20000; i++) {
		amts_buf_addf(&terms, "w%d,词%d\na", i, i);
		amts_buf_addf(&terms, " b%d,同%d\n", i, i);
		amts_buf_addf(&text, "w%d ", i);
	}
	g = parse(terms.p, "t.csv", "zh");
	assert_int_equal(
		amts_glossary_broken(out, 8, g, amts_buf_str(&text), amts_buf_str(&text)),
		8);
	amts_glossary_free(g);
	amts_buf_release(&terms);
	amts_buf_release(&text);
}

static void refused(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_glossary *g;

	(void)state;
	assert_int_equal(
		amts_glossary_parse(&g, AMTS_STR("<martif>"), "t.tbx", "en", "zh", &err),
		AMTS_EPARSE);
	assert_non_null(strstr(err.msg, "t.tbx:1: "));
	assert_null(g);
	assert_int_equal(amts_glossary_parse(
				 &g, AMTS_STR("de,fr\na,b\n"), "t.csv", "en", "zh", &err),
		AMTS_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats),
		cmocka_unit_test(broken),
		cmocka_unit_test(large),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
