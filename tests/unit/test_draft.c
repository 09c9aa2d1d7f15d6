/* What drafts from a memory make of a document: planner and memory engine together. */
#include "amts/engine.h"
#include "amts/memory.h"
#include "amts/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* What people have translated elsewhere. */
static const struct {
	const char *src, *es, *zh;
} known[] = {
	{ "Switch it off first.", "Primero apáguelo.", "首先关闭它。" },
	{ "Wait 10 seconds.", "Espere 10 segundos.", "等待 10 秒。" },
	{ "Then call <x id=\"1\"/> twice.", "Después llame dos veces a <x id=\"1\"/>.",
		"然后调用两次 <x id=\"1\"/>。" },
};

struct draft_case {
	const char *name, *lang, *base, *head, *target, *want;
	size_t pending;
};

static const struct draft_case cases[] = {
	{ "a sentence in the middle", "es", "One is here. Two is there. Three is gone.\n",
		"One is here. Switch it off first. Three is gone.\n",
		"Uno está aquí. Dos está allí. Tres no está.\n",
		"Uno está aquí. Primero apáguelo. Tres no está.\n", 0 },
	{ "line breaks of the neighbours stay", "es", "One is here. Two is there.\n",
		"One is here. Switch it off first.\n",
		"Uno está\naquí. Dos está\nallí.\n",
		"Uno está\naquí. Primero apáguelo.\n", 0 },
	{ "a new sentence at the end", "zh", "One is here.\n",
		"One is here. Wait 10 seconds.\n", "第一个在这里。\n",
		"第一个在这里。等待 10 秒。\n", 0 },
	{ "a new sentence at the beginning", "es", "One is here.\n",
		"Wait 10 seconds. One is here.\n", "Uno está aquí.\n",
		"Espere 10 segundos. Uno está aquí.\n", 0 },
	{ "other numbers are put in", "es", "One is here. Two is there.\n",
		"One is here. Wait 25 seconds.\n", "Uno está aquí. Dos está allí.\n",
		"Uno está aquí. Espere 25 segundos.\n", 0 },
	{ "code is the document's own", "zh", "One is here.\n",
		"One is here. Then call `f(x)` twice.\n", "第一个在这里。\n",
		"第一个在这里。然后调用两次 `f(x)`。\n", 0 },
	{ "a new paragraph", "zh", "# A\n\nOne is here.\n",
		"# A\n\nOne is here.\n\nSwitch it off first. Wait 10 seconds.\n",
		"# 甲\n\n第一个在这里。\n",
		"# 甲\n\n第一个在这里。\n\n首先关闭它。等待 10 秒。\n", 0 },
	{ "a paragraph that says something else", "es",
		"# A\n\nTake the vane down before a storm. A broken vane cannot be "
		"repaired.\n",
		"# A\n\nSwitch it off first. Wait 10 seconds.\n",
		"# A\n\nDesmonte la veleta antes de una tormenta. Una veleta rota no se "
		"puede\n"
		"reparar.\n",
		"# A\n\nPrimero apáguelo. Espere 10 segundos.\n", 0 },
	{ "half a draft takes nothing away", "es",
		"One is here. Two is there. Three is gone.\n",
		"Switch it off first. Two was over there for a while. Three is gone.\n",
		"Uno está aquí. Dos está allí. Tres no está.\n",
		"Uno está aquí. Dos está allí. Tres no está.\n", 1 },
	{ "a new paragraph that is drafted in part stays in one language", "es",
		"# A\n\nOne is here.\n",
		"# A\n\nOne is here.\n\nSwitch it off first. Nobody knows this one.\n",
		"# A\n\nUno está aquí.\n",
		"# A\n\nUno está aquí.\n\nSwitch it off first. Nobody knows this one.\n",
		1 },
	{ "what a squashed branch brought is not said again", "es", "One is here.\n",
		"One is here. Switch it off first.\n",
		"Uno está aquí.  Primero *apáguelo*.\n",
		"Uno está aquí.  Primero *apáguelo*.\n", 0 },
	{ "nor is a paragraph that stands elsewhere", "es",
		"# A\n\nOne is here.\n\n# B\n\nTwo is there.\n",
		"# A\n\nOne is here.\n\nSwitch it off first. Wait 10 seconds.\n\n# B\n\n"
		"Two is there.\n",
		"# A\n\nUno está aquí.\n\n# B\n\nDos está allí.\n\nPrimero apáguelo. "
		"Espere 10 "
		"segundos.\n",
		"# A\n\nUno está aquí.\n\n# B\n\nDos está allí.\n\nPrimero apáguelo. "
		"Espere 10 "
		"segundos.\n",
		0 },
	{ "a paragraph of which a part stands there is left to people", "es",
		"# A\n\nOne is here.\n\n# B\n\nTwo is there.\n",
		"# A\n\nOne is here.\n\nSwitch it off first. Wait 10 seconds.\n\n# B\n\n"
		"Two is there.\n",
		"# A\n\nUno está aquí.\n\n# B\n\nDos está allí. Primero apáguelo.\n",
		"# A\n\nUno está aquí.\n\n# B\n\nDos está allí. Primero apáguelo.\n", 1 },
	{ "what the source says twice is said twice", "es",
		"# A\n\nSwitch it off first.\n\n# B\n\nOne is here.\n",
		"# A\n\nSwitch it off first.\n\n# B\n\nOne is here. Switch it off "
		"first.\n",
		"# A\n\nPrimero apáguelo.\n\n# B\n\nUno está aquí.\n",
		"# A\n\nPrimero apáguelo.\n\n# B\n\nUno está aquí. Primero apáguelo.\n",
		0 },
	{ "what goes from one place comes at the other", "es",
		"# A\n\nOne is here. Switch it off first.\n\n# B\n\nTwo is there.\n",
		"# A\n\nOne is here.\n\n# B\n\nTwo is there. Switch it off first.\n",
		"# A\n\nUno está aquí. Primero apáguelo.\n\n# B\n\nDos está allí.\n",
		"# A\n\nUno está aquí.\n\n# B\n\nDos está allí. Primero apáguelo.\n", 0 },
};

static void learn(struct amts_memory *mem, const char *lang)
{
	struct amts_error err;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct amts_pair p = { .src = amts_str_z(known[i].src), .score = 1 };

		p.tgt = amts_str_z(*lang == 'e' ? known[i].es : known[i].zh);
		p.path = AMTS_STR("other.md");
		assert_int_equal(amts_memory_add(mem, "en", lang, &p, 1, &err), 0);
	}
}

static void draft(struct amts_buf *out, size_t *pending, struct amts_memory *mem,
	const struct draft_case *c)
{
	struct amts_plan_input in = { .base = amts_str_z(c->base),
		.head = amts_str_z(c->head),
		.target = amts_str_z(c->target),
		.src_lang = "en",
		.tgt_lang = c->lang,
		.path = "doc.md" };
	struct amts_engine *engine = amts_engine_memory(mem, NULL, "en", c->lang, .75);
	struct amts_arena *arena = amts_arena_new();
	const struct amts_mt_request *requests;
	struct amts_mt_result *results;
	const struct amts_step *steps;
	struct amts_plan *plan;
	struct amts_error err;
	size_t n;

	if (amts_plan_make(&plan, &in, &err))
		fail_msg("%s: %s", c->name, err.msg);
	requests = amts_plan_requests(plan, &n);
	results = AMTS_NEW(arena, struct amts_mt_result, n + 1);
	if (amts_engine_translate(engine, arena, requests, n, results, &err) ||
		amts_plan_apply(out, plan, results, &err))
		fail_msg("%s: %s", c->name, err.msg);
	steps = amts_plan_steps(plan, &n);
	for (*pending = 0; n; n--)
		*pending += steps[n - 1].pending != 0;
	amts_plan_free(plan);
	amts_engine_free(engine);
	amts_arena_free(arena);
}

static void drafts(void **state)
{
	size_t i, pending, faults = 0;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_buf out = AMTS_BUF_INIT;
		struct amts_memory *mem;
		struct amts_error err;

		assert_int_equal(amts_memory_open(&mem, NULL, &err), 0);
		learn(mem, cases[i].lang);
		draft(&out, &pending, mem, &cases[i]);
		if (strcmp(out.p, cases[i].want) || pending != cases[i].pending) {
			print_error(
				"%s (%zu pending):\n%s", cases[i].name, pending, out.p);
			faults++;
		}
		amts_buf_release(&out);
		amts_memory_free(mem);
	}
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drafts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
