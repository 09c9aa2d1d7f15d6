/*
 * The planner on small documents: tests/spec/plan/.  A case is
 *   === name, --- base, --- head, --- target, --- want, --- steps
 * where steps has a line "action kind [pending]" a step, in order of the plan.  Merging
 * the wanted text again must change nothing.
 */
#include "amts.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SPEC_DIR "tests/spec/plan"

struct plan_case {
	struct amts_str name, base, head, target, want, steps;
};

static struct amts_str part(struct amts_str s, const char *title)
{
	char mark[32];
	size_t beg, end;

	snprintf(mark, sizeof(mark), "--- %s\n", title);
	beg = amts_str_find(s, amts_str_z(mark), 0);
	if (beg == s.n)
		fail_msg("no part '%s' in: %.*s", title, AMTS_STR_ARG(s));
	beg += strlen(mark);
	end = amts_str_find(s, AMTS_STR("\n--- "), beg ? beg - 1 : 0);
	return amts_str_sub(s, beg, end < s.n ? end + 1 : s.n);
}

static void list_steps(struct amts_buf *out, const struct amts_plan *plan)
{
	size_t i, n;
	const struct amts_step *s = amts_plan_steps(plan, &n);

	for (i = 0; i < n; i++)
		amts_buf_addf(out, "%s %s%s\n", amts_action_name(s[i].action),
			amts_block_kind_name(s[i].kind), s[i].pending ? " pending" : "");
}

static size_t faults;

static void merge(const struct plan_case *c, struct amts_str target,
	struct amts_str want_steps, int again)
{
	struct amts_plan_input in = { .base = c->base,
		.head = c->head,
		.target = target,
		.src_lang = "en",
		.tgt_lang = "zh",
		.path = "doc.md" };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT, steps = AMTS_BUF_INIT;
	struct amts_plan *plan;

	if (amts_plan_make(&plan, &in, &err) || amts_plan_apply(&out, plan, NULL, &err))
		fail_msg("%.*s: %s", AMTS_STR_ARG(c->name), err.msg);
	list_steps(&steps, plan);
	if (!amts_str_eq(amts_buf_str(&out), c->want) ||
		(!again && !amts_str_eq(amts_buf_str(&steps), want_steps))) {
		print_error("%.*s%s:\n--- want\n%.*s%.*s--- got\n%s%s",
			AMTS_STR_ARG(c->name), again ? " (merged again)" : "",
			AMTS_STR_ARG(c->want), AMTS_STR_ARG(want_steps), out.p, steps.p);
		faults++;
	}
	amts_plan_free(plan);
	amts_buf_release(&out);
	amts_buf_release(&steps);
}

static void check_case(struct amts_str text)
{
	struct plan_case c;

	c.name = amts_str_sub(text, 0, amts_str_find(text, AMTS_STR("\n"), 0));
	c.base = part(text, "base");
	c.head = part(text, "head");
	c.target = part(text, "target");
	c.want = part(text, "want");
	c.steps = part(text, "steps");
	merge(&c, c.target, c.steps, 0);
	merge(&c, c.want, c.steps, 1);
}

static size_t check_file(const char *name)
{
	char path[512], *text = malloc(1 << 20);
	struct amts_str s;
	FILE *f;
	size_t n = 0, beg, end;

	snprintf(path, sizeof(path), "%s/%s", SPEC_DIR, name);
	f = fopen(path, "rb");
	if (!f)
		fail_msg("%s: cannot open (run from the top of the project)", path);
	s = (struct amts_str){ text, fread(text, 1, 1 << 20, f) };
	fclose(f);
	for (beg = amts_str_find(s, AMTS_STR("\n=== "), 0); beg < s.n; beg = end, n++) {
		end = amts_str_find(s, AMTS_STR("\n=== "), beg + 1);
		check_case(amts_str_sub(s, beg + 5, end < s.n ? end + 1 : s.n));
	}
	free(text);
	return n;
}

static void plans_as_specified(void **state)
{
	struct dirent *e;
	size_t n = 0;
	DIR *d = opendir(SPEC_DIR);

	(void)state;
	if (!d)
		fail_msg("%s: cannot open (run from the top of the project)", SPEC_DIR);
	while ((e = readdir(d)))
		if (e->d_name[0] != '.')
			n += check_file(e->d_name);
	closedir(d);
	assert_int_equal(faults, 0);
	assert_true(n > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(plans_as_specified) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
