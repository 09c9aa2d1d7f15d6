#include "amts/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct amts_memory *mem;
	struct amts_arena *arena;
	struct amts_error err;
	struct amts_hit hits[8];
	size_t n;
};

static int setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));

	f->arena = amts_arena_new();
	assert_int_equal(amts_memory_open(&f->mem, NULL, &f->err), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	amts_memory_free(f->mem);
	amts_arena_free(f->arena);
	test_free(f);
	return 0;
}

static struct amts_pair pair_of(const char *before, const char *src, const char *tgt, int64_t date)
{
	struct amts_pair p = { .src = amts_str_z(src), .tgt = amts_str_z(tgt), .score = 1 };

	p.before = amts_str_z(before);
	p.path = AMTS_STR("guide.md");
	p.commit = AMTS_STR("0123abcd");
	p.date = date;
	return p;
}

static void learn_at(struct fixture *f, const char *before, const char *src, const char *tgt,
	int64_t date)
{
	struct amts_pair p = pair_of(before, src, tgt, date);

	if (amts_memory_add(f->mem, "en", "zh", &p, 1, &f->err))
		fail_msg("add: %s", f->err.msg);
}

static void learn(struct fixture *f, const char *src, const char *tgt)
{
	learn_at(f, "", src, tgt, 1);
}

static void look_up(struct fixture *f, const char *before, const char *src, double min)
{
	if (amts_memory_lookup(f->hits, &f->n, 8, f->arena, f->mem, "en", "zh",
		    amts_str_z(src), amts_str_z(before), min, &f->err))
		fail_msg("look-up: %s", f->err.msg);
}

static void assert_hit(struct fixture *f, size_t i, double score, const char *tgt)
{
	assert_true(i < f->n);
	assert_string_equal(f->hits[i].pair.tgt.p, tgt);
	if (f->hits[i].score < score - 1e-4 || f->hits[i].score > score + 1e-4)
		fail_msg("score %f instead of %f", f->hits[i].score, score);
}

/* What the memory says of one segment when it knows one pair. */
static void scores(void **state)
{
	static const struct {
		const char *known, *asked;
		double score; /* 0: not found */
	} t[] = {
		{ "A tensor has a shape.", "A tensor has a shape.", 1 },
		{ "A tensor has a shape.", "  A  tensor has\na shape. ", 1 },
		{ "A tensor has a shape.", "a tensor has a shape.", .99 },
		{ "See Figure 3.", "See Figure 14.", .99 },
		{ "It takes 1,000 steps.", "It takes 3.5 steps.", .99 },
		{ "Run <x id=\"1\"/> twice.", "Run <x id=\"1\"/> twice.", 1 },
		{ "Run <x id=\"2\"/> twice.", "Run <x id=\"1\"/> twice.", .99 },
		/* 5 words and a full stop: 21; one word changed: 4, one mark: 1 */
		{ "A tensor has a shape.", "A tensor has a dtype.", 1 - 4. / 21 },
		{ "A tensor has a shape.", "A tensor has a shape", 1 - 1. / 21 },
		{ "A tensor has a shape.", "A tensor always has a shape.", 1 - 4. / 25 },
		{ "A tensor has a shape.", "A matrix had a shape.", 0 },
		{ "A tensor has a shape.", "Completely different words here.", 0 },
		{ "models", "model", 0 },
		{ "", "anything", 0 },
	};
	struct fixture *f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		void *s;

		setup(&s);
		f = s;
		learn(f, t[i].known, "译文");
		look_up(f, "", t[i].asked, .75);
		assert_int_equal(f->n, t[i].score > 0);
		if (f->n)
			assert_hit(f, 0, t[i].score, "译文");
		teardown(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
