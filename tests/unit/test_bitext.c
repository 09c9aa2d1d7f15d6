/* Files of parallel data: what is written, and that it is read again. */
#include "amts/bitext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct amts_arena *arena;
	struct amts_buf out, heard;
	struct amts_bitext_counts counts;
	struct amts_error err;
	struct amts_pair zh[8], tr[8];
	size_t nzh, ntr;
};

static int setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));

	f->arena = amts_arena_new();
	f->out = f->heard = (struct amts_buf)AMTS_BUF_INIT;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	amts_buf_release(&f->out);
	amts_buf_release(&f->heard);
	amts_arena_free(f->arena);
	test_free(f);
	return 0;
}

static struct amts_pair *zh(struct fixture *f, const char *src, const char *tgt)
{
	struct amts_pair *p = &f->zh[f->nzh++];

	*p = (struct amts_pair){
		.src = amts_str_z(src), .tgt = amts_str_z(tgt), .score = 1
	};
	return p;
}

static struct amts_pair *tr(struct fixture *f, const char *src, const char *tgt)
{
	struct amts_pair *p = &f->tr[f->ntr++];

	*p = (struct amts_pair){
		.src = amts_str_z(src), .tgt = amts_str_z(tgt), .score = 1
	};
	return p;
}

static int write_as(struct fixture *f, enum amts_bitext_format format,
	enum amts_bitext_profile profile)
{
	struct amts_bitext v[] = { { "en", "zh", f->zh, f->nzh },
		{ "en", "tr", f->tr, f->ntr } };

	amts_buf_reset(&f->out);
	return amts_bitext_write(
		&f->out, &f->counts, format, profile, v, f->ntr ? 2 : 1, &f->err);
}

static void assert_written(struct fixture *f, enum amts_bitext_format format,
	enum amts_bitext_profile profile, const char *expected)
{
	if (write_as(f, format, profile))
		fail_msg("%s", f->err.msg);
	assert_string_equal(f->out.p, expected);
}

/* Write down what is handed on, in a form that shows all of it. */
static int hear(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *p, struct amts_error *err)
{
	struct amts_buf *out = payload;

	(void)err;
	amts_buf_addf(out, "%s %s|" AMTS_STR_FMT "|" AMTS_STR_FMT, src_lang, tgt_lang,
		AMTS_STR_ARG(p->src), AMTS_STR_ARG(p->tgt));
	if (p->before.n)
		amts_buf_addf(out, "|before " AMTS_STR_FMT, AMTS_STR_ARG(p->before));
	if (p->path.n || p->commit.n)
		amts_buf_addf(out, "|" AMTS_STR_FMT "@" AMTS_STR_FMT,
			AMTS_STR_ARG(p->path), AMTS_STR_ARG(p->commit));
	if (p->date)
		amts_buf_addf(out, "|%lld", (long long)p->date);
	if (p->score < 1)
		amts_buf_addf(out, "|%.4f", p->score);
	amts_buf_addz(out, p->draft ? "|draft\n" : "\n");
	return AMTS_OK;
}

static int read_as(struct fixture *f, enum amts_bitext_format format,
	const char *src_lang, const char *tgt_lang, const char *bytes)
{
	amts_buf_reset(&f->heard);
	return amts_bitext_read(amts_str_z(bytes), "file", format, src_lang, tgt_lang,
		hear, &f->heard, &f->err);
}

static void assert_read(struct fixture *f, enum amts_bitext_format format,
	const char *src_lang, const char *tgt_lang, const char *bytes,
	const char *expected)
{
	if (read_as(f, format, src_lang, tgt_lang, bytes))
		fail_msg("%s", f->err.msg);
	assert_string_equal(f->heard.p, expected);
}

static void assert_refused(struct fixture *f, enum amts_bitext_format format, int code,
	const char *bytes, const char *message)
{
	int rc = read_as(f, format, NULL, NULL, bytes);

	assert_int_equal(rc, code);
	if (!strstr(f->err.msg, message))
		fail_msg("'%s' does not say '%s'", f->err.msg, message);
}

#define PLAIN AMTS_BITEXT_PLAIN
#define AMAZON AMTS_BITEXT_AMAZON
#define TSV AMTS_BITEXT_TSV
#define CSV AMTS_BITEXT_CSV
#define TMX AMTS_BITEXT_TMX
#define JSONL AMTS_BITEXT_JSONL

/* ---- writing ---- */

static void delimited(void **state)
{
	struct fixture *f = *state;

	zh(f, "A \"door\",\topen", "门");
	zh(f, "  two\nlines\xe2\x80\xa8here ",
		"b\x01"
		"c");
	zh(f, "bad \xff byte", "d");
	zh(f, " \n", "nothing");
	assert_written(f, TSV, PLAIN,
		"A \"door\", open\t门\ntwo lines here\tb c\nbad \xef\xbf\xbd byte\td\n");
	assert_int_equal(f->counts.written, 3);
	assert_int_equal(f->counts.empty, 1);
	assert_written(f, CSV, PLAIN,
		"en,zh\n\"A \"\"door\"\", open\",门\ntwo lines here,b c\n"
		"bad \xef\xbf\xbd byte,d\n");
}

static void several_languages(void **state)
{
	struct fixture *f = *state;

	zh(f, "one", "一");
	zh(f, "two", "二");
	zh(f, "one", "壹");
	tr(f, "three", "üç");
	tr(f, "one", "bir");
	assert_written(
		f, CSV, PLAIN, "en,zh,tr\none,一,bir\ntwo,二,\none,壹,\nthree,,üç\n");
	assert_written(f, TSV, PLAIN,
		"en\tzh\ttr\none\t一\tbir\ntwo\t二\t\none\t壹\t\n"
		"three\t\tüç\n");
	assert_int_equal(f->counts.written, 5);
}

static void amazon_rules(void **state)
{
	struct fixture *f = *state;
	char fits[1001], long_one[1002];

	memset(fits, 'a', 1000);
	fits[1000] = '\0';
	memset(long_one, 'a', 1001);
	long_one[1001] = '\0';
	zh(f, "- item", "- 项");
	zh(f, long_one, "长");
	zh(f, "Use <x id=\"1\"/> <x.", "用 <x id=\"1\"/> <x。");
	zh(f, "Use <x id=\"1\"/>.", "用 <x id=\"2\"/>。");
	zh(f, "Use <x id=\"99\"/>.", "用 <x id=\"99\"/>。");
	zh(f, "one", "新")->date = 2;
	zh(f, "one", "旧")->date = 1;
	tr(f, "one", "taslak")->draft = 1;
	tr(f, "one", "bir");
	tr(f, "two", "=2");
	assert_written(f, CSV, AMAZON, "en,zh,tr\nUse x1 <x.,用 x1 <x。,\none,新,bir\n");
	assert_int_equal(f->counts.written, 3);
	assert_int_equal(f->counts.duplicates, 2);
	assert_int_equal(f->counts.leading, 2);
	assert_int_equal(f->counts.too_long, 1);
	assert_int_equal(f->counts.placeholders, 2);
	/* TMX has no rule about the first character */
	assert_int_equal(write_as(f, TMX, AMAZON), 0);
	assert_non_null(strstr(f->out.p, "<seg>- item</seg>"));
	assert_int_equal(write_as(f, JSONL, AMAZON), AMTS_EUSAGE);
	f->nzh = f->ntr = 0;
	zh(f, fits, "满");
	assert_int_equal(write_as(f, CSV, AMAZON), 0);
	assert_int_equal(f->counts.written, 1);
}

static void amazon_codes(void **state)
{
	static const struct {
		const char *tag, *code;
	} cases[] = { { "zh-CN", "zh" }, { "zh-Hant", "zh-TW" }, { "zh_TW", "zh-TW" },
		{ "zh-Hant-HK", "zh-TW" }, { "pt-BR", "pt" }, { "pt-PT", "pt-PT" },
		{ "pt", "pt" }, { "es-MX", "es-MX" }, { "es-AR", "es" }, { "nb", "no" },
		{ "de-CH", "de" }, { "sr-Latn", "sr" } };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_bitext v = { "en-US", cases[i].tag, NULL, 0 };
		char expected[32];

		amts_buf_reset(&f->out);
		snprintf(expected, sizeof(expected), "en,%s\n", cases[i].code);
		assert_int_equal(amts_bitext_write(&f->out, &f->counts, CSV, AMAZON, &v,
					 1, &f->err),
			0);
		assert_string_equal(f->out.p, expected);
	}
}

static void refused_languages(void **state)
{
	struct fixture *f = *state;
	struct amts_bitext twice[] = { { "en", "zh", NULL, 0 }, { "en", "zh", NULL, 0 } };
	struct amts_bitext sources[] = { { "en", "zh", NULL, 0 },
		{ "de", "tr", NULL, 0 } };

	assert_int_equal(
		amts_bitext_write(&f->out, &f->counts, CSV, PLAIN, twice, 2, &f->err),
		AMTS_EUSAGE);
	assert_int_equal(
		amts_bitext_write(&f->out, &f->counts, CSV, PLAIN, sources, 2, &f->err),
		AMTS_EUSAGE);
}

static struct amts_pair *full(struct amts_pair *p)
{
	p->before = AMTS_STR("Before & <this>.");
	p->path = AMTS_STR("a/b.md");
	p->commit = AMTS_STR("0123456789abcdef");
	p->date = 1680674828;
	p->score = .9731;
	p->draft = 1;
	return p;
}

static void tmx_bytes(void **state)
{
	struct fixture *f = *state;
	struct amts_pair *sure;

	full(zh(f, "Use <x id=\"2\"/> < 3 & \"go\".", "用 <x id=\"2\"/>"));
	sure = tr(f, "Use <x id=\"2\"/> < 3 & \"go\".", "git");
	sure->date = 951782400;
	sure->score = .99996; /* 1 to four places, which is not written */
	assert_written(f, TMX, PLAIN,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n"
		"<header creationtool=\"git-amts-sync\" "
		"creationtoolversion=\"" AMTS_VERSION
		"\" segtype=\"sentence\" o-tmf=\"amts\" adminlang=\"en\" srclang=\"en\" "
		"datatype=\"plaintext\"/>\n<body>\n"
		"<tu changedate=\"20230405T060708Z\">\n"
		"<tuv xml:lang=\"en\"><seg>Use <ph x=\"2\">&lt;x "
		"id=&quot;2&quot;/&gt;</ph> &lt; 3 &amp; &quot;go&quot;.</seg></tuv>\n"
		"<tuv xml:lang=\"zh\" changedate=\"20230405T060708Z\">"
		"<prop type=\"file\">a/b.md</prop>"
		"<prop type=\"prev\">Before &amp; &lt;this&gt;.</prop>"
		"<prop type=\"x-commit\">0123456789abcdef</prop>"
		"<prop type=\"x-score\">0.9731</prop><prop type=\"x-draft\">yes</prop>"
		"<seg>用 <ph x=\"2\">&lt;x id=&quot;2&quot;/&gt;</ph></seg></tuv>\n"
		"<tuv xml:lang=\"tr\" changedate=\"20000229T000000Z\">"
		"<seg>git</seg></tuv>\n</tu>\n</body>\n</tmx>\n");
}

/* ---- reading what was written ---- */

static void round_trips(void **state)
{
	static const char text[] =
		"en zh|Use <x id=\"1\"/>, \"now\".|用|before Before & <this>.|"
		"a/b.md@0123456789abcdef|1680674828|0.9731|draft\n"
		"en zh|two|二\n";
	struct fixture *f = *state;
	char *bytes;

	full(zh(f, "Use <x id=\"1\"/>, \"now\".", "用"));
	zh(f, "two", "二");
	assert_int_equal(write_as(f, TMX, PLAIN), 0);
	bytes = amts_buf_detach(&f->out);
	assert_read(f, TMX, NULL, NULL, bytes, text);
	free(bytes);
	assert_int_equal(write_as(f, JSONL, PLAIN), 0);
	bytes = amts_buf_detach(&f->out);
	assert_read(f, JSONL, NULL, NULL, bytes, text);
	free(bytes);
	assert_int_equal(write_as(f, CSV, PLAIN), 0);
	bytes = amts_buf_detach(&f->out);
	assert_read(f, CSV, NULL, NULL, bytes,
		"en zh|Use <x id=\"1\"/>, \"now\".|用\nen zh|two|二\n");
	free(bytes);
	assert_int_equal(write_as(f, TSV, PLAIN), 0);
	bytes = amts_buf_detach(&f->out);
	assert_read(f, TSV, "en", "zh", bytes,
		"en zh|Use <x id=\"1\"/>, \"now\".|用\nen zh|two|二\n");
	free(bytes);
}

static void same_pairs_same_bytes(void **state)
{
	struct fixture *f = *state;
	enum amts_bitext_format format;

	full(zh(f, "one", "一"));
	zh(f, "two", "二");
	tr(f, "two", "iki");
	for (format = TSV; format <= JSONL; format++) {
		char *first;

		assert_int_equal(write_as(f, format, PLAIN), 0);
		first = amts_buf_detach(&f->out);
		assert_written(f, format, PLAIN, first);
		free(first);
	}
}

/* ---- reading ---- */

static void reads_delimited(void **state)
{
	struct fixture *f = *state;

	assert_read(f, CSV, NULL, NULL,
		"\xef\xbb\xbf"
		"en,zh-CN,tr\r\n\"a, \"\"b\"\"\",\"x\ny\",\r\n\r\nc,,\"z\"",
		"en zh-CN|a, \"b\"|x\ny\nen tr|c|z\n");
	assert_read(f, CSV, "zh", NULL, "en,zh\na,b\n", "zh en|b|a\n");
	assert_read(f, CSV, NULL, "tr", "en,zh,tr\na,b,c\n", "en tr|a|c\n");
}

static void tsv_quotes(void **state)
{
	struct fixture *f = *state;

	/* without a header a quote is a quote */
	assert_read(f, TSV, "en", "zh", "\"a\"\t\"b\n\tlost\nc\td\textra\n",
		"en zh|\"a\"|\"b\nen zh|c|d\n");
	assert_read(f, TSV, NULL, NULL, "en\tzh\n\"a\tb\"\t\"\"\"c\"\"\"\n",
		"en zh|a\tb|\"c\"\n");
	assert_read(f, TSV, NULL, NULL, "", "");
}

static void refused_delimited(void **state)
{
	struct fixture *f = *state;

	assert_refused(
		f, CSV, AMTS_EUSAGE, "a,b\n", "file:1: is no row of language codes");
	assert_refused(f, CSV, AMTS_EUSAGE, "en,not a language\n", "file:1: ");
	assert_refused(f, CSV, AMTS_EPARSE, "en,zh\na,b\nc,\"d\n\n",
		"file:3: a quoted field does not end");
	assert_int_equal(read_as(f, CSV, "de", NULL, "en,zh\na,b\n"), AMTS_EUSAGE);
	assert_non_null(strstr(f->err.msg, "has no column 'de'"));
}

static void reads_jsonl(void **state)
{
	struct fixture *f = *state;

	assert_read(f, JSONL, NULL, NULL,
		"{\"src_lang\":\"en\",\"tgt_lang\":\"zh\",\"src\":\"a\\n\\u4e00\","
		"\"tgt\":\"b\",\"date\":5,\"draft\":true}\n\n"
		"{\"src_lang\":\"en\",\"tgt_lang\":\"zh\",\"src\":\"c\",\"tgt\":3}\n",
		"en zh|a\n一|b|5|draft\n");
	assert_read(f, JSONL, "en", "zh",
		"{\"src\":\"a\",\"tgt\":\"b\"}\n{\"id\":1,\"translation\":{\"zh\":\"d\","
		"\"en\":\"c\"}}",
		"en zh|a|b\nen zh|c|d\n");
	assert_refused(f, JSONL, AMTS_EUSAGE, "\n{\"src\":\"a\"}", "file:2: ");
	assert_refused(f, JSONL, AMTS_EPARSE, "{\"src\":", "file:1: ");
}

static void formats_of_names(void **state)
{
	(void)state;
	assert_int_equal(amts_bitext_format_of(AMTS_STR("a/b.tmx")), TMX);
	assert_int_equal(amts_bitext_format_of(AMTS_STR("x.jsonl")), JSONL);
	assert_int_equal(amts_bitext_format_of(AMTS_STR("tmx")), -1);
	assert_int_equal(amts_bitext_format_of(AMTS_STR("a.csv.md")), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(delimited),
		TEST(several_languages),
		TEST(amazon_rules),
		TEST(amazon_codes),
		TEST(refused_languages),
		TEST(tmx_bytes),
		TEST(round_trips),
		TEST(same_pairs_same_bytes),
		TEST(reads_delimited),
		TEST(tsv_quotes),
		TEST(refused_delimited),
		TEST(reads_jsonl),
		TEST(formats_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
