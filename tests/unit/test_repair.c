/* Translations of similar segments, made to fit or refused. */
#include "mt/repair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* want: NULL when the translation cannot be made to fit. */
static const struct {
	const char *src, *tgt, *wanted, *want;
} repairs[] = {
	/* names that the translation has as they are */
	{ "We use PyTorch here.", "我们在此使用PyTorch。", "We use TensorFlow here.",
		"我们在此使用TensorFlow。" },
	{ "Keras has a function for it.", "Keras为此提供了一个函数。",
		"Gluon has a function for it.", "Gluon为此提供了一个函数。" },
	{ "In PyTorch, PyTorch tensors.", "在PyTorch中，PyTorch张量。",
		"In MXNet, MXNet tensors.", "在MXNet中，MXNet张量。" },
	{ "Smith wrote it.", "Onu Smith yazdı.", "Jones wrote it.", "Onu Jones yazdı." },
	/* … but not as often, or for two different ones */
	{ "We use PyTorch here.", "我们在此使用PyTorch，PyTorch！",
		"We use TensorFlow here.", NULL },
	{ "PyTorch tensors, as PyTorch has them.", "PyTorch张量，PyTorch的。",
		"MXNet tensors, as PyTorch has them.", NULL },
	/* … or translated */
	{ "Anna went to London.", "Anna fuhr nach London.", "Anna went to Munich.",
		"Anna fuhr nach Munich." },
	{ "Anna went to Munich.", "Anna fuhr nach München.", "Anna went to London.",
		NULL },
	{ "We use Apple phones.", "我们使用苹果手机。", "We use Nokia phones.", NULL },
	/* a name for another word, a name more or less */
	{ "We use tensors here.", "我们在此使用张量。", "We use TensorFlow here.", NULL },
	{ "We use PyTorch here.", "我们在此使用PyTorch。", "We use it here.", NULL },
	{ "We use it.", "我们使用它。", "We use it in PyTorch.", NULL },
	{ "We use it in PyTorch.", "我们在PyTorch中使用它。", "We use it.", NULL },
	/* other words that the translation has as they are */
	{ "The lambda is small.", "这个lambda很小。", "The slope is small.", NULL },
	{ "The car is red.", "车是红色的。", "The car is green.", "车是红色的。" },
	/* abbreviations are names */
	{ "Tell US more.", "告诉美国更多。", "Tell us more.", NULL },
	{ "Deep Learning is fun.", "深度学习很有趣。", "Deep learning is fun.",
		"深度学习很有趣。" },
	/* numbers and placeholders as before */
	{ "It has 2 doors.", "它有2扇门。", "It has 3 doors.", "它有3扇门。" },
	{ "It has 2 doors.", "它有两扇门。", "It has 3 doors.", NULL },
	{ "Call <x id=\"1\"/>.", "调用<x id=\"1\"/>。", "Call <x id=\"1\"/>.",
		"调用<x id=\"1\"/>。" },
	{ "Call it.", "调用它。", "Call <x id=\"1\"/>.", NULL },
	{ "", "", "", "" },
};

static void names_and_numbers_go_over(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(repairs) / sizeof(*repairs); i++) {
		struct amts_str out = AMTS_STR("");
		int ok = mt_repair(&out, arena, amts_str_z(repairs[i].wanted),
			amts_str_z(repairs[i].src), amts_str_z(repairs[i].tgt));

		if (ok != (repairs[i].want != NULL) ||
			(ok && !amts_str_eq(out, amts_str_z(repairs[i].want))))
			fail_msg("'%s' for '%s': %d '%.*s'", repairs[i].src,
				repairs[i].wanted, ok, AMTS_STR_ARG(out));
	}
	amts_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_numbers_go_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
