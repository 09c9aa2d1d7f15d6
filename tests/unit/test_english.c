/* English in several ways of writing. */
#include "text/english.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define WORDS_MAX 16

static size_t words_of(struct amts_str *v, const char *text)
{
	struct amts_str s = amts_str_z(text);
	size_t n = 0, beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR(" "), beg);
		v[n++] = amts_str_sub(s, beg, end);
	}
	return n;
}

static int same(const char *a, const char *b)
{
	struct amts_str x[WORDS_MAX], y[WORDS_MAX];
	size_t n = words_of(x, a), m = words_of(y, b);

	return text_english_same(x, n, y, m);
}

static void said_in_two_ways(void **state)
{
	static const char *const yes[][2] = {
		{ "Let's see", "Let us see" },
		{ "let’s", "let us" },
		{ "Don't", "do not" },
		{ "can't", "cannot" },
		{ "can't", "can not" },
		{ "won't", "will not" },
		{ "it's open", "it is open" },
		{ "it's been", "it has been" },
		{ "we'd see", "we would see" },
		{ "we'd seen", "we had seen" },
		{ "they've", "they have" },
		{ "I'm", "I am" },
		{ "you'll", "you will" },
		{ "isn't", "is not" },
		{ "e.g", "for example" },
		{ "e g", "for example" },
		{ "i.e", "that is" },
		{ "vs", "versus" },
		{ "the model", "model" },
		{ "colour", "color" },
		{ "favourite", "favorite" },
		{ "behaviours", "behaviors" },
		{ "normalisation", "normalization" },
		{ "analysed", "analyzed" },
		{ "centre", "center" },
		{ "metres", "meters" },
		{ "labelled", "labeled" },
		{ "modelling", "modeling" },
		{ "catalogue", "catalog" },
		{ "towards", "toward" },
		{ "Grey", "gray" },
		{ "", "" },
		{ "the", "a" },
	};
	static const char *const no[][2] = {
		{ "can't", "can" },
		{ "don't", "do" },
		{ "it's", "its" },
		{ "model's", "model is" },
		{ "we're", "we were" },
		{ "let's", "lets" },
		{ "four", "for" },
		{ "fourth", "forth" },
		{ "mourning", "morning" },
		{ "filled", "filed" },
		{ "tilling", "tiling" },
		{ "US", "us" },
		{ "won't", "want" },
		{ "she'd", "shed" },
		{ "we'll", "well" },
		{ "open", "not open" },
		{ "wise", "wize" },
		{ "there", "theer" },
		{ "models", "model" },
		{ "is", "was" },
		{ "is not", "is" },
		{ "that", "this" },
		{ "to", "from" },
		{ "", "not" },

	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!same(yes[i][0], yes[i][1]) || !same(yes[i][1], yes[i][0]))
			fail_msg("'%s' is '%s'", yes[i][0], yes[i][1]);
	for (i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (same(no[i][0], no[i][1]) || same(no[i][1], no[i][0]))
			fail_msg("'%s' is not '%s'", no[i][0], no[i][1]);
}

static void contractions_are_a_closed_class(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} t[] = { { "Let's go", 5 }, { "don’t.", 7 }, { "we've", 5 }, { "who'd", 5 },
		{ "model's", 0 }, { "PyTorch's", 0 }, { "PyTorch'ta", 0 }, { "it'sa", 0 },
		{ "l'image", 0 }, { "boys'", 0 }, { "'s", 0 }, { "'", 0 }, { "", 0 },
		{ "abcdefghijklmnopqrstuvwxyz's", 0 }, { "it'", 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		if (text_english_contraction(amts_str_z(t[i].text)) != t[i].n)
			fail_msg("'%s': %zu", t[i].text,
				text_english_contraction(amts_str_z(t[i].text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(said_in_two_ways),
		cmocka_unit_test(contractions_are_a_closed_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
