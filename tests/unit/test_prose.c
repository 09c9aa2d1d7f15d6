/* What of a sentence is scored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "experiment/experiment.h"

static void leaves_words(void **state)
{
	static const char *const t[][2] = {
		{ "Only words.", "Only words." },
		{ "Call `f(x)` now.", "Call   now." },
		{ "Let $x = 1$ be.", "Let   be." },
		{ "See [the page](http://x.y/z).", "See  the page ." },
		{ "按 `run` 键。", "按   键。" },
		{ "1. is no list", "1. is no list" },
		{ "", "" },
	};
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct amts_buf b = AMTS_BUF_INIT;

		assert_int_equal(
			experiment_prose(&b, amts_str_z(t[i][0]), &err), AMTS_OK);
		assert_string_equal(b.p, t[i][1]);
		amts_buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(leaves_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
