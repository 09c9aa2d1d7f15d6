/* TMX as other tools write it, and as strangers do. */
#include "amts/bitext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct heard {
	struct amts_buf text;
	struct amts_error err;
};

static int hear(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *p, struct amts_error *err)
{
	struct heard *h = payload;

	(void)err;
	amts_buf_addf(&h->text, "%s %s|" AMTS_STR_FMT "|" AMTS_STR_FMT, src_lang,
		tgt_lang, AMTS_STR_ARG(p->src), AMTS_STR_ARG(p->tgt));
	if (p->date)
		amts_buf_addf(&h->text, "|%lld", (long long)p->date);
	amts_buf_addc(&h->text, '\n');
	return AMTS_OK;
}

static int read_tmx(struct heard *h, const char *src_lang, struct amts_str bytes)
{
	h->text = (struct amts_buf)AMTS_BUF_INIT;
	return amts_bitext_read(
		bytes, "m.tmx", AMTS_BITEXT_TMX, src_lang, NULL, hear, h, &h->err);
}

#define HEAD "<?xml version='1.0'?><tmx version='1.4'><header srclang='en'/><body>"
#define TAIL "</body></tmx>"

static void units(void **state)
{
	static const struct {
		const char *name, *body, *expected;
	} cases[] = {
		{ "two languages",
			"<tu><tuv xml:lang='en-US'><seg>a &amp; b</seg></tuv>"
			"<tuv xml:lang='zh'><seg><![CDATA[<c>]]> d</seg></tuv></tu>",
			"en-US zh|a & b|<c> d\n" },
		{ "the source comes last; several targets",
			"<tu><tuv xml:lang='zh'><seg>x</seg></tuv><tuv "
			"xml:lang='tr'><seg>y</seg></tuv><tuv "
			"xml:lang='EN'><seg>a</seg></tuv></tu>",
			"EN zh|a|x\nEN tr|a|y\n" },
		{ "another source for one unit",
			"<tu srclang='de'><tuv xml:lang='en'><seg>a</seg></tuv>"
			"<tuv xml:lang='de'><seg>b</seg></tuv></tu>",
			"de en|b|a\n" },
		{ "no source, no target, nothing in it",
			"<tu><tuv xml:lang='zh'><seg>x</seg></tuv></tu><tu/>"
			"<tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv "
			"xml:lang='zh'><seg/></tuv></tu>",
			"" },
		{ "dates: of the language, else of the unit, change before creation",
			"<tu creationdate='19700101T000001Z'><tuv "
			"xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='zh' "
			"creationdate='19700101T000009Z' "
			"changedate='19700102T000000Z'><seg>x</seg></tuv><tuv "
			"xml:lang='tr'><seg>y</seg></tuv></tu>",
			"en zh|a|x|86400\nen tr|a|y|1\n" },
		{ "old language attribute, <hi>, notes",
			"<tu><note>n</note><tuv lang='en'><seg>a <hi type='b'>bold</hi> "
			"c</seg></tuv><tuv lang='zh'><prop "
			"type='q'>p</prop><seg>x</seg></tuv></tu>",
			"en zh|a bold c|x\n" },
		{ "tags are matched by x",
			"<tu><tuv xml:lang='en'><seg><ph x='7'>A</ph> or <ph "
			"x='3'>B</ph></seg></tuv><tuv xml:lang='zh'><seg><ph "
			"x='3'>b</ph>z<ph x='7'>a</ph></seg></tuv></tu>",
			"en zh|<x id=\"1\"/> or <x id=\"2\"/>|<x id=\"2\"/>z<x "
			"id=\"1\"/>\n" },
		{ "tags are matched by content, in order where it is the same",
			"<tu><tuv xml:lang='en'><seg><it>n</it><ph>m</ph><it>n</it></seg>"
			"</tuv><tuv xml:lang='zh'><seg><ph>m</ph>z<it>n</it></seg></tuv>"
			"</tu>",
			"en zh|<x id=\"1\"/><x id=\"2\"/><x id=\"3\"/>|<x id=\"2\"/>z<x "
			"id=\"1\"/>\n" },
		{ "an end belongs to its beginning",
			"<tu><tuv xml:lang='en'><seg><bpt i='1' x='1'>&lt;b></bpt>w<ept "
			"i='1'>&lt;/b></ept></seg></tuv><tuv xml:lang='zh'><seg><bpt "
			"i='5' "
			"x='1'>&lt;b></bpt>z<ept i='5'>&lt;/B></ept></seg></tuv></tu>",
			"en zh|<x id=\"1\"/>w<x id=\"2\"/>|<x id=\"1\"/>z<x "
			"id=\"2\"/>\n" },
		{ "our own placeholders are what they were",
			"<tu><tuv xml:lang='en'><seg>a <ph x='4'>&lt;x id=\"4\"/></ph>"
			"</seg></tuv><tuv xml:lang='zh'><seg>x</seg></tuv></tu>",
			"en zh|a <x id=\"4\"/>|x\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		struct heard h;

		amts_buf_addf(&b, HEAD "%s" TAIL, cases[i].body);
		if (read_tmx(&h, NULL, amts_buf_str(&b)))
			fail_msg("%s: %s", cases[i].name, h.err.msg);
		if (strcmp(h.text.p, cases[i].expected) != 0)
			fail_msg("%s: %s", cases[i].name, h.text.p);
		amts_buf_release(&h.text);
		amts_buf_release(&b);
	}
}

static void source_languages(void **state)
{
	static const char unit[] = "<tu><tuv xml:lang='zh'><seg>x</seg></tuv><tuv "
				   "xml:lang='en'><seg>a</seg></tuv></tu>" TAIL;
	struct amts_buf b = AMTS_BUF_INIT;
	struct heard h;

	(void)state;
	amts_buf_addf(&b, "<tmx><header srclang='*all*'/><body>%s", unit);
	assert_int_equal(read_tmx(&h, NULL, amts_buf_str(&b)), 0);
	assert_string_equal(h.text.p, "zh en|x|a\n");
	amts_buf_release(&h.text);
	assert_int_equal(read_tmx(&h, "en", amts_buf_str(&b)), 0);
	assert_string_equal(h.text.p, "en zh|a|x\n");
	amts_buf_release(&h.text);
	amts_buf_release(&b);
}

/* What Windows tools write: UTF-16 with a byte order mark and a DOCTYPE. */
static void utf16(void **state)
{
	static const char text[] =
		"<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE tmx SYSTEM "
		"'http://127.0.0.1:9/tmx14.dtd'><tmx><header srclang='en'/><body>"
		"<tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='fr'><seg>"
		"b</seg></tuv></tu></body></tmx>";
	char wide[2 * sizeof(text)] = "\xff\xfe";
	struct heard h;
	size_t i;

	(void)state;
	for (i = 0; i + 1 < sizeof(text); i++)
		wide[2 * i + 2] = text[i];
	if (read_tmx(&h, NULL, (struct amts_str){ wide, 2 * sizeof(text) }))
		fail_msg("%s", h.err.msg);
	assert_string_equal(h.text.p, "en fr|a|b\n");
	amts_buf_release(&h.text);
}

static void refused(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "m.tmx:" },
		{ "# markdown", "m.tmx:1: " },
		{ "<html><body/></html>", "is no TMX" },
		{ HEAD "\n<tu><tuv xml:lang='en'>", "m.tmx:2: " },
		{ HEAD "<tu><tuv><seg>a</seg></tuv></tu>" TAIL, "without xml:lang" },
		{ "<!DOCTYPE tmx [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" HEAD
		  "<tu><tuv xml:lang='en'><seg>&a;</seg></tuv></tu>" TAIL,
			"" },
		{ "<!DOCTYPE tmx [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
		  "<tmx><header srclang='en'/><body><tu><tuv xml:lang='en'><seg>&b;"
		  "</seg></tuv></tu></body></tmx>",
			"holds an entity" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct heard h;
		int rc = read_tmx(&h, NULL, amts_str_z(cases[i].text));

		assert_int_equal(rc, AMTS_EPARSE);
		if (!strstr(h.err.msg, cases[i].message))
			fail_msg("case %zu: %s", i, h.err.msg);
		assert_null(strchr(h.err.msg, '\n'));
		assert_int_equal(h.text.n, 0);
		amts_buf_release(&h.text);
	}
}

/* Elements within elements, more languages and more tags than anyone has: no crash and no
 * square of their number. */
static void hostile(void **state)
{
	static const char *const repeated[] = { "<hi>",
		"<tuv xml:lang='x'><seg>a</seg></tuv>", "<ph>a</ph>" };
	size_t i, k;

	(void)state;
	for (k = 0; k < 3; k++) {
		struct amts_buf b = AMTS_BUF_INIT;
		struct heard h;

		amts_buf_addz(&b, HEAD "<tu>");
		if (k != 1)
			amts_buf_addz(&b, "<tuv xml:lang='en'><seg>");
		for (i = 0; i < 20000; i++)
			amts_buf_addz(&b, repeated[k]);
		if (k == 2)
			amts_buf_addz(&b, "</seg></tuv></tu>" TAIL);
		assert_int_equal(read_tmx(&h, NULL, amts_buf_str(&b)),
			k == 2 ? AMTS_OK : AMTS_EPARSE);
		amts_buf_release(&h.text);
		amts_buf_release(&b);
	}
}

/* A text that is no sentence: refused whatever the format. */
static void endless_text(void **state)
{
	static const struct {
		enum amts_bitext_format format;
		const char *before, *after;
	} cases[] = {
		{ AMTS_BITEXT_TMX, HEAD "<tu><tuv xml:lang='en'><seg>",
			"</seg></tuv><tuv xml:lang='fr'><seg>a</seg></tuv></tu>" TAIL },
		{ AMTS_BITEXT_TSV, "a\t", "\n" },
		{ AMTS_BITEXT_CSV, "\"", "\",a\n" },
		{ AMTS_BITEXT_JSONL, "{\"src\":\"a\",\"tgt\":\"",
			"\",\"src_lang\":\"en\",\"tgt_lang\":\"fr\"}\n" },
	};
	size_t i, k, sizes[] = { 2 << 20, 12 << 20 };

	(void)state;
	for (i = 0; i < 8; i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		struct amts_memory *mem;
		struct amts_error err = AMTS_ERROR_INIT;
		size_t n = 0;

		amts_buf_addz(&b, cases[i / 2].before);
		for (k = 0; k < sizes[i % 2]; k += 8)
			amts_buf_addz(&b, "bla bla ");
		amts_buf_addz(&b, cases[i / 2].after);
		assert_int_equal(amts_memory_open(&mem, NULL, &err), AMTS_OK);
		assert_int_equal(amts_bitext_import(&n, mem, amts_buf_str(&b), "big",
					 cases[i / 2].format, "en", "fr", NULL, &err),
			AMTS_EPARSE);
		assert_non_null(strstr(err.msg, "big"));
		assert_null(strstr(err.msg, "xml"));
		amts_memory_free(mem);
		amts_buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units),
		cmocka_unit_test(source_languages),
		cmocka_unit_test(utf16),
		cmocka_unit_test(refused),
		cmocka_unit_test(hostile),
		cmocka_unit_test(endless_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
