/* Tokens, folding, letters, UTF-8, language facts. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static uint64_t hash(const char *s)
{
	return amts_str_hash(amts_str_z(s), AMTS_HASH_SEED);
}

static struct amts_token *tokens(const char *lang, const char *text, size_t *n)
{
	struct amts_token *v;
	struct amts_error err = AMTS_ERROR_INIT;
	assert_int_equal(
		amts_tokens(&v, n, arena, amts_str_z(text), lang, &err), AMTS_OK);
	return v;
}

/* want: the tokens with a blank between, each after its kind: w word, a anchor, p mark.
 */
static void assert_tokens(const char *lang, const char *text, const char *want)
{
	size_t n, k = 0;
	struct amts_token *v = tokens(lang, text, &n);
	char copy[512], *save, *t;

	assert_true(strlen(want) < sizeof(copy));
	memcpy(copy, want, strlen(want) + 1);
	for (t = strtok_r(copy, " ", &save); t; t = strtok_r(NULL, " ", &save), k++) {
		enum amts_token_kind kind = *t == 'a'	? AMTS_TOKEN_ANCHOR
					    : *t == 'p' ? AMTS_TOKEN_PUNCT
							: AMTS_TOKEN_WORD;
		if (k >= n || v[k].hash != hash(t + 1) || v[k].kind != kind)
			fail_msg("token %zu of '%s' is not '%s'", k, text, t);
	}
	assert_int_equal(k, n);
}

static void tokens_of_every_script(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *text, *want;
	} v[] = {
		{ "en", "Training the Model", "wtrain wthe wmodel" },
		{ "en", "don't stop-now", "wdon p' wt wstop p- wnow" },
		{ "en", "*bold* and [**mark**]", "wbold wand p[ wmark p]" },
		{ "en", "ResNet50 in 1,000 of 3.5", "aresnet50 win a1000 wof a3.5" },
		{ "en", "a 3d model, 2nd", "wa a3d wmodel p, a2nd" },
		{ "en", "Use <x id=\"1\"/> now", "wuse wnow" },
		{ "en", "no <x id=\"\"/>", "wno p< wx wid p= p\" p\" p/ p>" },
		{ "en", "see https://a.b/c?d=1.", "wsee ahttps://a.b/c?d=1 p." },
		{ "en", "see http://a.b, h", "wsee ahttp://a.b p, wh" },
		{ "de", "0,5 Größe STRASSE", "a0.5 wgröss wstras" },
		{ "fr", "L'Éléphant", "wl p' wéléph" },
		{ "vi", "mô hình", "wmô whình" },
		{ "tr", "öğrenme", "wöğren" },
		{ "ru", "модель BERT", "wмодел abert" },
		{ "zh", "模型", "w模型" },
		{ "zh", "我", "w我" },
		{ "zh", "用softmax回归，第３章", "w用 asoftmax w回归 p, w第 a3 w章" },
		{ "zh", "深度学习", "w深度 w度学 w学习" },
		{ "ja", "モデルを", "wモデ wデル wルを" },
		{ "ko", "모델은 좋다", "w모델 w델은 w좋다" },
		{ "th", "ภาษาไทย", "wภาษา wไทย" },
		{ "en", "", "" },
		{ "en", " \n * _ ", "" },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_tokens(v[i].lang, v[i].text, v[i].want);
}

/* A latin word is an anchor wherever it stands, so both sides find it. */
static void anchors_meet_across_languages(void **state)
{
	(void)state;
	size_t n, m;
	struct amts_token *en = tokens("en", "Dropouts", &n),
			  *zh = tokens("zh", "用dropouts", &m);
	assert_int_equal(n, 1);
	assert_int_equal(m, 2);
	assert_int_equal(en[0].anchor, zh[1].anchor);
	assert_int_not_equal(en[0].anchor, en[0].hash);
	assert_int_equal(zh[0].anchor, 0);
}

static void tokens_count_characters(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *text;
		unsigned chars;
	} v[] = {
		{ "en", "Training it, 1,000 times.", 22 },
		{ "zh", "深度学习很好，用softmax。", 16 },
		{ "ko", "모델은 좋다", 5 },
		{ "th", "ภาษาไทย", 7 },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		size_t n;
		unsigned sum = 0;
		struct amts_token *t = tokens(v[i].lang, v[i].text, &n);
		for (size_t k = 0; k < n; k++)
			sum += t[k].chars;
		assert_int_equal(sum, v[i].chars);
	}
}

static void tokens_of_any_bytes(void **state)
{
	(void)state;
	struct amts_error err = AMTS_ERROR_INIT;
	static const char *const langs[] = { "en", "zh", "ko", "th" };
	for (size_t i = 0; i < 4; i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		struct amts_token *v;
		size_t n;
		uint32_t x = 1;
		for (size_t k = 0; k < 2500000; k++, x = x * 1664525 + 1013904223)
			amts_buf_addc(&b, (char)(x >> 24));
		assert_int_equal(
			amts_tokens(&v, &n, arena, amts_buf_str(&b), langs[i], &err),
			AMTS_OK);
		assert_true(n > 1000);
		amts_buf_release(&b);
	}
}

static void folding(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want;
	} v[] = {
		{ "Hello, World 2!", "helloworld2" },
		{ "Ｈｅｌｌｏ　世界。", "hello世界" },
		{ "Cafe\xcc\x81 CAF\xc3\x89", "cafécafé" },
		{ "Straße ﬁ", "strassefi" },
		{ "", "" },
		{ " .,* ", "" },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		struct amts_error err = AMTS_ERROR_INIT;
		assert_int_equal(
			amts_text_fold(&b, amts_str_z(v[i].text), &err), AMTS_OK);
		assert_string_equal(b.p, v[i].want);
		amts_buf_release(&b);
	}
}

static void letters(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int has;
	} v[] = {
		{ "a", 1 },
		{ "12 + 3 = (15)", 0 },
		{ "é", 1 },
		{ "中", 1 },
		{ "한", 1 },
		{ "。！", 0 },
		{ "<x id=\"1\"/>, <x id=\"22\"/>.", 0 },
		{ "<x id=\"1\"/> a", 1 },
		{ "<x id=\"\"/>", 1 },
		{ "\xff\xfe", 0 },
		{ "", 0 },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_int_equal(amts_text_has_letters(amts_str_z(v[i].text)), v[i].has);
}

static void utf8_faults(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t at;
	} v[] = {
		{ "", 0 },
		{ "plain text of more than eight", 29 },
		{ "中文 é \xf0\x9f\x98\x80", 14 },
		{ "12345678\xff", 8 },
		{ "a\xc0\x80", 1 },
		{ "\xed\xa0\x80", 0 },
		{ "ab\xe4\xb8", 2 },
		{ "\xf4\x90\x80\x80", 0 },
		{ "\x80", 0 },
		{ "a\xef\xbf\xbd"
		  "b",
			5 },
		{ "a\xef\xbf", 1 },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		assert_int_equal(amts_utf8_fault(amts_str_z(v[i].text)), v[i].at);
}

static void language_facts(void **state)
{
	(void)state;
	static const struct {
		const char *lang;
		enum amts_script_class tokens;
		int unspaced;
	} v[] = {
		{ "en", AMTS_TOKENS_PREFIX, 0 },
		{ "zh", AMTS_TOKENS_BIGRAM, 1 },
		{ "zh-Hant-TW", AMTS_TOKENS_BIGRAM, 1 },
		{ "ZH_cn", AMTS_TOKENS_BIGRAM, 1 },
		{ "ja", AMTS_TOKENS_BIGRAM, 1 },
		{ "ko", AMTS_TOKENS_SYLLABLE, 0 },
		{ "th", AMTS_TOKENS_DICT, 1 },
		{ "", AMTS_TOKENS_PREFIX, 0 },
		{ NULL, AMTS_TOKENS_PREFIX, 0 },
		{ "pt-BR", AMTS_TOKENS_PREFIX, 0 },
	};
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_int_equal(amts_lang_tokens(v[i].lang), v[i].tokens);
		assert_int_equal(amts_lang_unspaced(v[i].lang), v[i].unspaced);
	}
}

/* More languages than a thread keeps open, from several threads at once. */
/* text with a '|' where words end. */
static void assert_words(const char *lang, const char *want)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf text = AMTS_BUF_INIT, got = AMTS_BUF_INIT;
	size_t *ends, n, i, at = 0;

	for (i = 0; want[i]; i++)
		if (want[i] != '|')
			amts_buf_addc(&text, want[i]);
	assert_int_equal(
		amts_word_ends(&ends, &n, arena, amts_buf_str(&text), lang, &err),
		AMTS_OK);
	for (i = 0; i < n; at = ends[i++]) {
		amts_buf_add(&got, amts_str_sub(amts_buf_str(&text), at, ends[i]));
		amts_buf_addc(&got, '|');
	}
	assert_string_equal(got.n ? got.p : "", want);
	amts_buf_release(&text);
	amts_buf_release(&got);
}

static void words_end(void **state)
{
	(void)state;
	assert_words("en", "");
	assert_words("en", "don't| |stop|.|");
	assert_words("zh", "我们|访问|矩阵|的|长度|。|");
	assert_words("th", "ภาษา|ไทย|");
	assert_words("en", "\xff|a|"); /* any bytes */
	assert_words("en", "😀|a|");
}

static void *many_languages(void *p)
{
	static const char *const langs[] = { "en", "zh", "de", "fr", "th", "km", "ja",
		"ko" };
	struct amts_arena *a = amts_arena_new();
	size_t good = 0;
	for (size_t i = 0; i < 64; i++) {
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_token *v;
		size_t *ends, n, m;
		const char *lang = langs[i % 8];
		good += amts_sentences(&ends, &n, a, AMTS_STR("One is. Two is."), lang,
				&err) == 0 &&
			n == 2 &&
			amts_tokens(&v, &m, a, AMTS_STR("ภาษาไทย"), lang, &err) == 0 &&
			m == 2;
	}
	amts_arena_free(a);
	*(size_t *)p = good;
	return NULL;
}

static void threads_do_not_share(void **state)
{
	(void)state;
	pthread_t t[4];
	size_t good[4];
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			pthread_create(&t[i], NULL, many_languages, &good[i]), 0);
	for (size_t i = 0; i < 4; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(good[i], 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tokens_of_every_script, setup, teardown),
		cmocka_unit_test_setup_teardown(
			anchors_meet_across_languages, setup, teardown),
		cmocka_unit_test_setup_teardown(tokens_count_characters, setup, teardown),
		cmocka_unit_test_setup_teardown(tokens_of_any_bytes, setup, teardown),
		cmocka_unit_test(folding),
		cmocka_unit_test(letters),
		cmocka_unit_test(utf8_faults),
		cmocka_unit_test_setup_teardown(words_end, setup, teardown),
		cmocka_unit_test(language_facts),
		cmocka_unit_test(threads_do_not_share),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
