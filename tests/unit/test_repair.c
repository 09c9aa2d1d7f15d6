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
	/* words that say something else */
	{ "The car is red.", "车是红色的。", "The car is green.", NULL },
	{ "The set of integers", "整数集合", "The set of positive integers", NULL },
	{ "The set of positive integers", "正整数集合", "The set of integers", NULL },
	{ "Do open it.", "打开它。", "Do not open it.", NULL },
	{ "It has a few.", "它有几个。", "It has few.", NULL },
	/* … or the same in another way */
	{ "Let's open it.", "打开它。", "Let us open it.", "打开它。" },
	{ "It is the color.", "是颜色。", "It is a colour.", "是颜色。" },
	{ "The U.S. has it", "美国有它", "The U.S. has it", "美国有它" },
	{ "Open it, then go.", "打开它，然后走。", "Open it then go.",
		"打开它，然后走。" },
	/* stops at the end, in the width of the translation */
	{ "Open it.", "打开它。", "Open it:", "打开它：" },
	{ "Open it:", "打开它：", "Open it", "打开它" },
	{ "Open it.", "Ábralo.", "Open it:", "Ábralo:" },
	{ "Open it", "打开它", "Open it.", NULL },
	{ "Open it.", "打开它！", "Open it:", NULL },
	{ "Open it.", "打开它。", "Open it?", NULL },
	/* marks around words, signs before numbers */
	{ "Open it now.", "现在打开它。", "Open *it* now.", NULL },
	{ "Open [**it**] now.", "现在打开[**它**]。", "Open it now.", NULL },
	{ "Open it now.", "现在打开[**它**]。", "Open [**it**] now.",
		"现在打开[**它**]。" },
	{ "It is 5.", "是5。", "It is -5.", NULL },
	{ "A fully-connected layer", "全连接层", "A fully connected layer", "全连接层" },
	/* a name that only the translation has */
	{ "Use the library.", "使用PyTorch。", "Use the library.", NULL },
	{ "Use pytorch.", "使用PyTorch。", "Use pytorch.", "使用PyTorch。" },
	{ "Use PyTorch.", "PyTorch'u kullanın.", "Use PyTorch.", "PyTorch'u kullanın." },
	{ "Use a multilayer perceptron.", "使用多层感知机（MLP）。",
		"Use a multilayer perceptron.", "使用多层感知机（MLP）。" },
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
