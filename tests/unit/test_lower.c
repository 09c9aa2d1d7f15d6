#include "amts/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void lower_is(const char *text, const char *expected)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;

	assert_int_equal(amts_text_lower(&out, amts_str_z(text), &err), AMTS_OK);
	assert_string_equal(out.p, expected);
	amts_buf_release(&out);
}

static void lowers_case(void **state)
{
	(void)state;
	lower_is("", "");
	lower_is("Tom & JERRY 1A", "tom & jerry 1a");
	lower_is("ÄÖÜẞ", "äöüß");
	lower_is("İstanbul Iğdır", "i\xcc\x87stanbul iğdır"); /* a dot above of its own */
	lower_is("ΟΔΥΣΣΕΥΣ Σ", "οδυσσευς σ");		      /* final sigma */
	lower_is("数学 ＡＢＣ", "数学 ａｂｃ");
	lower_is("A\xffÉ", "a\xffé"); /* what is not UTF-8 stays */
}

static void lower_case_may_be_longer(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf text = AMTS_BUF_INIT, out = AMTS_BUF_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++)
		amts_buf_addz(&text, "İ");
	amts_buf_addz(&out, "kept ");
	assert_int_equal(amts_text_lower(&out, amts_buf_str(&text), &err), AMTS_OK);
	assert_int_equal(out.n, 5 + 3000);
	assert_memory_equal(out.p, "kept i\xcc\x87i", 9);
	amts_buf_release(&text);
	amts_buf_release(&out);
}

static void groups_characters(void **state)
{
	static const struct {
		uint32_t c;
		enum amts_char_group group;
	} cases[] = {
		{ 'a', AMTS_CHAR_OTHER },
		{ '7', AMTS_CHAR_NUMBER },
		{ 0xbd, AMTS_CHAR_NUMBER },   /* ½ */
		{ 0x3007, AMTS_CHAR_NUMBER }, /* 〇 */
		{ 0x4e00, AMTS_CHAR_OTHER },  /* 一 */
		{ '-', AMTS_CHAR_PUNCT },
		{ 0x3002, AMTS_CHAR_PUNCT }, /* 。 */
		{ '+', AMTS_CHAR_SYMBOL },
		{ 0x20ac, AMTS_CHAR_SYMBOL }, /* € */
		{ ' ', AMTS_CHAR_OTHER },
		{ 0xdcff, AMTS_CHAR_OTHER },
		{ UINT32_MAX, AMTS_CHAR_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(amts_char_group(cases[i].c), cases[i].group);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lowers_case),
		cmocka_unit_test(lower_case_may_be_longer),
		cmocka_unit_test(groups_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
