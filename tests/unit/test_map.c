#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

static void test_empty(void **state)
{
	struct amts_map m = { NULL, 0, 0 };

	(void)state;
	assert_true(amts_map_get(&m, 7) == AMTS_MAP_NONE);
	amts_map_release(&m);
}

static void test_first_value_stays(void **state)
{
	struct amts_map m = { NULL, 0, 0 };

	(void)state;
	assert_int_equal(amts_map_add(&m, 7, 1), 1);
	assert_int_equal(amts_map_add(&m, 7, 2), 1);
	assert_int_equal(amts_map_get(&m, 7), 1);
	assert_int_equal(m.n, 1);
	amts_map_release(&m);
}

/* Keys that differ in high bits only, in low bits only, and zero. */
static void test_news(void **state)
{
	struct amts_map m = { NULL, 0, 0 };

	(void)state;
	assert_true(amts_map_is_new(&m, 7, 2));
	assert_false(amts_map_is_new(&m, 7, 2));
	assert_true(amts_map_is_new(&m, 8, 2));
	assert_false(amts_map_is_new(&m, 8, 2));
	assert_false(amts_map_is_new(&m, 9, 2));
	amts_map_release(&m);
}

static void test_many(void **state)
{
	struct amts_map m = { NULL, 0, 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 5000; i++)
		amts_map_add(&m, i % 2 ? (uint64_t)i << 48 : i, i);
	for (i = 0; i < 5000; i++)
		assert_int_equal(amts_map_get(&m, i % 2 ? (uint64_t)i << 48 : i), i);
	assert_true(amts_map_get(&m, 5001) == AMTS_MAP_NONE);
	assert_int_equal(m.n, 5000);
	amts_map_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_first_value_stays),
		cmocka_unit_test(test_news),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
