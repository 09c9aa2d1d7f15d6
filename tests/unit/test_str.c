/* Bytes: as numbers, whatever the locale of the user, and in lists. */
#include "amts.h"
#include "base/chars.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		double value;
	} numbers[] = { { "0", 0 }, { "12", 12 }, { "-2", -2 }, { "+2", 2 }, { "007", 7 },
		{ "0.5", .5 }, { ".5", .5 }, { "5.", 5 }, { "1e-3", .001 },
		{ "1.5E+2", 150 }, { "15e0", 15 } };
	static const char *const others[] = { "", "-", ".", "-.", "e5", ".e5", "1e",
		"1e+", "1,5", "1.5.2", "1 ", " 1", "0x10", "inf", "nan", "1e999", "12%",
		"--1" };
	double out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		out = -1;
		if (!amts_str_number(&out, numbers[i].text) || out != numbers[i].value)
			fail_msg("'%s' is %g", numbers[i].text, out);
	}
	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (amts_str_number(&out, others[i]))
			fail_msg("'%s' is a number", others[i]);
}

/* strchr finds the end of its list. */
static void nul_is_in_no_list(void **state)
{
	(void)state;
	assert_true(amts_is_one_of('>', " >"));
	assert_false(amts_is_one_of('<', " >"));
	assert_false(amts_is_one_of('\0', " >"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers),
		cmocka_unit_test(nul_is_in_no_list) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
