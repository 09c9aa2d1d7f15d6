#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "amts/mem.h"
#include "infer/wording.h"

/*
 * Two languages of thirty words each: word k of one is word k of the other, sentences
 * have five words and the other language says them backwards.
 */
static const char *const consonants[] = { "b", "d", "f", "k", "m", "r" };
static const char *const vowels[] = { "a", "e", "i", "o", "u" };

static void add_word(struct amts_buf *b, int k, int tgt)
{
	const char *c = consonants[k / 5], *v = vowels[k % 5];

	if (tgt)
		amts_buf_addf(b, " %s%sl%s", v, c, v);
	else
		amts_buf_addf(b, " %s%sn%s", c, v, c);
}

static int word_of(int sentence, int place)
{
	uint32_t mixed = ((uint32_t)sentence + 1) * 2654435761u;

	return (int)((mixed >> (8 + 4 * place)) % 30);
}

static void add_sentence(struct amts_buf *b, int sentence, int tgt)
{
	int k;

	amts_buf_addz(b, tgt ? "Za" : "The");
	for (k = 0; k < 5; k++)
		add_word(b, word_of(sentence, tgt ? 4 - k : k), tgt);
	amts_buf_addz(b, ".\n\n");
}

static struct amts_str text(struct amts_arena *arena, int beg, int end, int tgt)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str s;

	for (; beg < end; beg++)
		add_sentence(&b, beg, tgt);
	s = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

/* Weights of these pieces against a translation of sentences 0 to 79. */
static void weigh(
	double *weight, struct amts_arena *arena, const struct amts_str *pieces, size_t n)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_wording w = { .src = text(arena, 0, 80, 0),
		.tgt = text(arena, 0, 80, 1),
		.pieces = pieces,
		.npieces = n,
		.weight = weight };

	if (amts_wording_weigh(&w, 1, "en", "tr", &err))
		fail_msg("%s", err.msg);
}

static void test_said_or_not(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str pieces[4] = { text(arena, 20, 21, 0), text(arena, 95, 96, 0),
		AMTS_STR("Unknown vocabulary throughout."), AMTS_STR("") };
	double weight[4];

	(void)state;
	weigh(weight, arena, pieces, 4);
	assert_true(weight[0] > 1);
	assert_true(weight[1] < weight[0] / 2);
	assert_true(weight[2] <= 0);
	assert_true(weight[3] == 0);
	amts_arena_free(arena);
}

/* One word of another sentence costs something, three cost more. */
static void test_reworded(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str pieces[3];
	double weight[3];
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct amts_buf b = AMTS_BUF_INIT;

		amts_buf_addz(&b, "The");
		for (k = 0; k < 5; k++)
			add_word(
				&b, (word_of(20, k) + (k < (int)i * 2 ? 13 : 0)) % 30, 0);
		pieces[i] = amts_arena_str(arena, amts_buf_str(&b));
		amts_buf_release(&b);
	}
	weigh(weight, arena, pieces, 3);
	assert_true(weight[0] > weight[1]);
	assert_true(weight[1] > weight[2]);
	amts_arena_free(arena);
}

/* Several sentences add up, and pieces do not run into each other. */
static void test_pieces(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str pieces[3] = { text(arena, 30, 31, 0), text(arena, 31, 32, 0),
		text(arena, 30, 32, 0) };
	double weight[3];

	(void)state;
	weigh(weight, arena, pieces, 3);
	assert_true(fabs(weight[0] + weight[1] - weight[2]) < 1e-6);
	amts_arena_free(arena);
}

static void test_nothing_to_learn(void **state)
{
	struct amts_str piece = AMTS_STR("Some text.");
	struct amts_error err = AMTS_ERROR_INIT;
	double weight = 1;
	struct amts_wording w = { .src = { "", 0 },
		.tgt = { "", 0 },
		.pieces = &piece,
		.npieces = 1,
		.weight = &weight };

	(void)state;
	assert_int_equal(amts_wording_weigh(&w, 1, "en", "zh", &err), 0);
	assert_true(weight == 0);
	assert_int_equal(amts_wording_weigh(NULL, 0, "en", "zh", &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_said_or_not),
		cmocka_unit_test(test_reworded),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_nothing_to_learn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
