/* What the program saves on one change, counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "amts/replay.h"

#define EN                                                                               \
	"# Start\n\nPress the button to begin.\n\n```sh\nrun --fast\n```\n\nThen wait "  \
	"for it.\n"
#define EN_CODE                                                                          \
	"# Start\n\nPress the button to begin.\n\n```sh\nrun --slow\n```\n\nThen wait "  \
	"for it.\n"
#define EN_TEXT                                                                          \
	"# Start\n\nPull the big red lever down now.\n\n```sh\nrun --fast\n```\n\nThen " \
	"wait for it.\n"
#define DE                                                                               \
	"# Anfang\n\nKnopf drücken.\n\n```sh\nrun --fast\n```\n\nDann warten Sie "      \
	"darauf.\n"
#define DE_CODE                                                                          \
	"# Anfang\n\nKnopf drücken.\n\n```sh\nrun --slow\n```\n\nDann warten Sie "      \
	"darauf.\n"
#define DE_TEXT                                                                          \
	"# Anfang\n\nHebel ziehen.\n\n```sh\nrun --fast\n```\n\nDann warten Sie "        \
	"darauf.\n"

static struct amts_replay_sums replay(const char *head, const char *people)
{
	struct amts_replay_input in = { .base = AMTS_STR(EN),
		.head = amts_str_z(head),
		.target = AMTS_STR(DE),
		.people = amts_str_z(people),
		.src_lang = "en",
		.tgt_lang = "de" };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_replay_sums sums = { 0 };

	assert_int_equal(amts_replay_case(&sums, &in, &err), AMTS_OK);
	return sums;
}

static void saves_what_needs_no_translation(void **state)
{
	struct amts_replay_sums s = replay(EN_CODE, DE_CODE);

	(void)state;
	assert_int_equal(s.cases, 1);
	assert_int_equal(s.exact, 1);
	assert_int_equal(s.lines, 2); /* one removed, one added */
	assert_int_equal(s.left, 0);
	assert_int_equal(s.chars, 20);
	assert_int_equal(s.chars_left, 0);
	assert_true(s.edits == 1 && s.edits_left == 0);
	assert_int_equal(s.class_lines[AMTS_REPLAY_CODE], 2);
	assert_int_equal(s.class_left[AMTS_REPLAY_CODE], 0);
	assert_int_equal(s.kept, 8);
	assert_int_equal(s.harm, 0);
	assert_int_equal(s.places, 1);
	assert_int_equal(s.found, 1);
}

static void leaves_what_does(void **state)
{
	struct amts_replay_sums s = replay(EN_TEXT, DE_TEXT);

	(void)state;
	assert_int_equal(s.exact, 0);
	assert_int_equal(s.lines, 2);
	assert_int_equal(s.left, 2);
	assert_int_equal(s.class_left[AMTS_REPLAY_TEXT], 2);
	assert_int_equal(s.found, 1);
	assert_int_equal(s.named, 1);
	assert_int_equal(s.idle, 0);
}

/* People kept their code: the program changes a line that they left alone. */
static void counts_harm_and_false_alarm(void **state)
{
	struct amts_replay_sums s = replay(EN_CODE, DE);

	(void)state;
	assert_int_equal(s.lines, 0);
	assert_int_equal(s.left, 2);
	assert_int_equal(s.kept, 9);
	assert_int_equal(s.harm, 1);
	s = replay(EN_TEXT, DE);
	assert_int_equal(s.harm, 0);
	assert_int_equal(s.named, 1);
	assert_int_equal(s.idle, 1);
}

static void adds_up(void **state)
{
	struct amts_replay_sums a = replay(EN_CODE, DE_CODE),
				b = replay(EN_TEXT, DE_TEXT);

	(void)state;
	amts_replay_add(&a, &b);
	assert_int_equal(a.cases, 2);
	assert_int_equal(a.exact, 1);
	assert_int_equal(a.lines, 4);
	assert_int_equal(a.left, 2);
	assert_int_equal(a.class_lines[AMTS_REPLAY_TEXT], 2);
	assert_int_equal(a.class_lines[AMTS_REPLAY_CODE], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saves_what_needs_no_translation),
		cmocka_unit_test(leaves_what_does),
		cmocka_unit_test(counts_harm_and_false_alarm),
		cmocka_unit_test(adds_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
