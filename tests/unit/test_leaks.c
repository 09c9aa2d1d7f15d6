/* Sentences found again in other texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "experiment/leaks.h"

static int finds(const char *lang, const char *sentence, const char *text)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct leaks *l = leaks_new(lang);
	int found = -1;

	assert_int_equal(leaks_add(l, AMTS_STR("Some other one stands before it."), &err),
		AMTS_OK);
	assert_int_equal(leaks_add(l, amts_str_z(sentence), &err), AMTS_OK);
	assert_int_equal(
		leaks_find(&found, l, AMTS_STR("nothing like it at all"), &err), AMTS_OK);
	assert_int_equal(found, 0);
	assert_int_equal(leaks_find(&found, l, amts_str_z(text), &err), AMTS_OK);
	leaks_free(l);
	return found;
}

static void finds_near_duplicates(void **state)
{
	static const struct {
		const char *lang, *sentence, *text;
		int found;
	} t[] = {
		{ "en", "Press the red button to begin the work.",
			"Press the red button to begin the work.", 1 },
		/* case and punctuation; one word; a part of a longer text */
		{ "en", "Press the red button to begin the work.",
			"press the red button, to begin the work", 1 },
		{ "en", "Press the red button to begin the work.",
			"Press the green button to begin the work.", 1 },
		{ "en", "Press the red button to begin the work.",
			"Wait. Press the red button to begin the work. Then go on.", 1 },
		/* the words in another order; half of it; other words */
		{ "en", "Press the red button to begin the work.",
			"Work begin to button red the press the.", 0 },
		{ "en", "Press the red button to begin the work.",
			"Press the red lever and hold it there.", 0 },
		{ "en", "Press the red button to begin the work.",
			"Pull all levers before you leave at night.", 0 },
		/* everybody's */
		{ "en", "Summary", "Summary", 0 },
		{ "en", "See the exercises", "See the exercises", 0 },
		{ "zh", "按下红色按钮开始工作。", "请按下红色按钮开始工作吧。", 1 },
		{ "zh", "按下红色按钮开始工作。", "晚上离开之前拉下所有拉杆。", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		assert_int_equal(finds(t[i].lang, t[i].sentence, t[i].text), t[i].found);
}

static void finds_nothing_in_nothing(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct leaks *l = leaks_new("en");
	int found = -1;

	(void)state;
	assert_int_equal(leaks_add(l, AMTS_STR(""), &err), AMTS_OK);
	assert_int_equal(leaks_find(&found, l, AMTS_STR(""), &err), AMTS_OK);
	assert_int_equal(found, 0);
	leaks_free(l);
	leaks_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_near_duplicates),
		cmocka_unit_test(finds_nothing_in_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
