/* What changed in the words of a source, as text, and whether it wants translating. */
#include "amts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct edit {
	const char *base, *head;
	unsigned kinds; /* 0: no small edit */
};

static const struct edit edits[] = {
	/* nothing to translate */
	{ "First we load the data.", "First, we load the data.", AMTS_SMALL_PUNCTUATION },
	{ "It is \"done\".", "It is 'done'.", AMTS_SMALL_PUNCTUATION },
	{ "It is \"done\".", "It is “done”.", AMTS_SMALL_PUNCTUATION | AMTS_SMALL_TYPO },
	{ "Use the Python shell.", "Use the python shell.", AMTS_SMALL_CASE },
	{ "A Deep Network learns.", "A deep network learns.", AMTS_SMALL_CASE },
	{ "Use Pytorch.", "Use PyTorch.", AMTS_SMALL_CASE },
	{ "it is open", "It is open", AMTS_SMALL_CASE },
	{ "It has error.", "It has an error.", AMTS_SMALL_ARTICLE },
	{ "It is a list.", "It is the list.", AMTS_SMALL_ARTICLE },
	{ "The layer return a tensor.", "The layer returns a tensor.", AMTS_SMALL_TYPO },
	{ "We normalise it.", "We normalize it.", AMTS_SMALL_TYPO },
	{ "Recognising it helps.", "Recognizing it helps.", AMTS_SMALL_TYPO },
	{ "# Tell Us More", "# Tell us more", AMTS_SMALL_CASE },
	{ "Let's begin.", "Let us begin.", AMTS_SMALL_WORDING },
	{ "It doesn’t open.", "It does not open.", AMTS_SMALL_WORDING },
	{ "Open it, e.g., now.", "Open it, for example, now.", AMTS_SMALL_WORDING },
	{ "The colour is labelled.", "The color is labeled.", AMTS_SMALL_TYPO },
	{ "Red, blue and green.", "Red, blue, and green.", AMTS_SMALL_PUNCTUATION },
	{ "Note it is about about it.", "Note it is about it.", AMTS_SMALL_TYPO },
	{ "Assuming it is open.", "Assuming that it is open.", AMTS_SMALL_WORDING },
	{ "We are able see it.", "We are able to see it.", AMTS_SMALL_WORDING },
	{ "It were here.", "It is here.", 0 },
	{ "The model's size.", "The model is size.", 0 },
	{ "It won't open.", "It will open.", 0 },
	/* another word of one letter more, less or swapped: only its translation can tell
	 */
	{ "The experimant ended.", "The experiment ended.", 0 },
	{ "It is a casual model.", "It is a causal model.", 0 },
	{ "Take the trial.", "Take the trail.", 0 },
	{ "It is large.", "It is larger.", 0 },
	{ "The six are here.", "The sixth are here.", 0 },
	{ "Das Kind leidet.", "Das Kind leitet.", 0 },
	{ "Le poisson est bon.", "Le poison est bon.", 0 },
	/* names */
	{ "It is by Smith and Lee.", "It is by Smyth and Lee.", 0 },
	{ "See Jones et al.", "See James et al.", 0 },
	{ "Use the TensorFlow code.", "Use the PyTorch code.", 0 },
	{ "Tell us more.", "Tell US more.", 0 },
	{ "Ask Green for more.", "Ask Greens for more.", 0 },
	{ "It runs under WINE.", "It runs under wine.", 0 },
	/* negation, numbers, amounts, signs */
	{ "It is fast.", "It is slow.", 0 },
	{ "It is now open.", "It is not open.", 0 },
	{ "It is open.", "It is not open.", 0 },
	{ "It can open.", "It can't open.", 0 },
	{ "It is supervised.", "It is unsupervised.", 0 },
	{ "Values increase.", "Values decrease.", 0 },
	{ "It has 2 doors.", "It has 3 doors.", 0 },
	{ "It has two doors.", "It has ten doors.", 0 },
	{ "It loses 5 of them.", "It loses 5% of them.", 0 },
	{ "It is $5.", "It is €5.", 0 },
	{ "It is 5 here.", "It is -5 here.", 0 },
	{ "It has a few doors.", "It has few doors.", 0 },
	{ "It is open.", "It is open?", 0 },
	{ "这是不对的。", "这是对的。", 0 },
	{ "値は正です。", "値は負です。", 0 },
	{ "Call `open()` now.", "Call `close()` now.", 0 },
	{ "# Small steps", "## Small, steps", 0 },
	{ "    code()", "    code();", 0 },
	{ "The same.", "The same.", 0 },
};

static unsigned kinds_of(const struct edit *e)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *base, *head;
	unsigned kinds;

	assert_int_equal(amts_doc_parse(&base, arena, amts_str_z(e->base), &err), 0);
	assert_int_equal(amts_doc_parse(&head, arena, amts_str_z(e->head), &err), 0);
	kinds = amts_small_edits_between(arena, base, 0, head, 0);
	amts_arena_free(arena);
	return kinds;
}

static void small_edits_are_told_by_kind(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(edits) / sizeof(*edits); i++)
		if (kinds_of(&edits[i]) != edits[i].kinds)
			fail_msg("'%s' to '%s': %u", edits[i].base, edits[i].head,
				kinds_of(&edits[i]));
}

static void kinds_are_named(void **state)
{
	struct amts_error err = AMTS_ERROR_INIT;
	unsigned kinds;

	(void)state;
	assert_int_equal(amts_small_edits_parse(&kinds, "none", &err), 0);
	assert_int_equal(kinds, 0);
	assert_int_equal(amts_small_edits_parse(&kinds, "all", &err), 0);
	assert_int_equal(kinds, AMTS_SMALL_ALL);
	assert_int_equal(amts_small_edits_parse(&kinds, "typo, case", &err), 0);
	assert_int_equal(kinds, AMTS_SMALL_TYPO | AMTS_SMALL_CASE);
	assert_int_equal(amts_small_edits_parse(&kinds, "typo,comma", &err), AMTS_EUSAGE);
	assert_string_equal(err.msg, "no kind of small edit: 'comma'");
	assert_int_equal(amts_small_edits_parse(&kinds, "", &err), AMTS_EUSAGE);
}

/* ---- strictness ---- */

static struct amts_step only_step(const struct edit *e, const char *tgt, unsigned strict)
{
	struct amts_plan_input in = { .base = amts_str_z(e->base),
		.head = amts_str_z(e->head),
		.target = amts_str_z(tgt),
		.src_lang = "en",
		.tgt_lang = "zh",
		.path = "doc.md",
		.strict = strict };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_plan *plan;
	struct amts_step step;
	size_t n;

	assert_int_equal(amts_plan_make(&plan, &in, &err), 0);
	assert_int_equal(amts_plan_apply(&out, plan, NULL, &err), 0);
	assert_string_equal(out.p, tgt);
	step = *amts_plan_steps(plan, &n);
	assert_int_equal(n, 1);
	step.reason = NULL; /* of the plan */
	amts_plan_free(plan);
	amts_buf_release(&out);
	return step;
}

static void strictness_leaves_small_edits_to_people(void **state)
{
	const struct edit comma = { "First we load the data.\n",
		"First, we load the data.\n", AMTS_SMALL_PUNCTUATION };
	const char *tgt = "首先我们加载数据。\n";
	struct amts_step step;

	(void)state;
	step = only_step(&comma, tgt, 0);
	assert_int_equal(step.action, AMTS_ACTION_KEEP);
	assert_int_equal(step.small, AMTS_SMALL_PUNCTUATION);
	step = only_step(&comma, tgt, AMTS_SMALL_TYPO | AMTS_SMALL_CASE);
	assert_int_equal(step.action, AMTS_ACTION_KEEP);
	step = only_step(&comma, tgt, AMTS_SMALL_PUNCTUATION);
	assert_int_equal(step.action, AMTS_ACTION_PENDING);
	assert_true(step.pending);
}

/* ---- differences as text ---- */

static const struct {
	const char *old, *new, *want;
	int lines;
} diffs[] = {
	{ "Press the red button.", "Press the green button.",
		"Press the [-red-]{+green+} button.", 0 },
	{ "one two", "three four", "[-one two-]{+three four+}", 0 },
	{ "one\ntwo", "one two", "one two", 0 },
	{ "", "new", "{+new+}", 0 },
	{ "gone", "", "[-gone-]", 0 },
	{ "按下红色按钮", "按下绿色按钮", "按下[-红-]{+绿+}色按钮", 0 },
	{ "a\nb\nc\n", "a\nB\nc\nd\n", "-b\n+B\n+d\n", 1 },
	{ "a\n", "a\n", "", 1 },
};

static void differences_are_one_text(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(diffs) / sizeof(*diffs); i++) {
		struct amts_buf buf = AMTS_BUF_INIT;

		amts_diff_text(&buf, amts_str_z(diffs[i].old), amts_str_z(diffs[i].new),
			diffs[i].lines);
		assert_string_equal(buf.p ? buf.p : "", diffs[i].want);
		amts_buf_release(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_edits_are_told_by_kind),
		cmocka_unit_test(kinds_are_named),
		cmocka_unit_test(strictness_leaves_small_edits_to_people),
		cmocka_unit_test(differences_are_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
