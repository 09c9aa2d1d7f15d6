#include "amts/memory.h"
#include "store/words.h"

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

static struct amts_pair pair_of(
	const char *before, const char *src, const char *tgt, int64_t date)
{
	struct amts_pair p = {
		.src = amts_str_z(src), .tgt = amts_str_z(tgt), .score = 1
	};

	p.before = amts_str_z(before);
	p.path = AMTS_STR("guide.md");
	p.commit = AMTS_STR("0123abcd");
	p.date = date;
	return p;
}

static void learn_at(struct fixture *f, const char *before, const char *src,
	const char *tgt, int64_t date)
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

static void best_first(void **state)
{
	struct fixture *f = *state;

	learn(f, "Press the red button twice.", "两次红");
	learn(f, "Press the green button twice.", "两次绿");
	learn(f, "Press the red button.", "红");
	look_up(f, "", "Press the red button.", .7);
	assert_int_equal(f->n, 2);
	assert_hit(f, 0, 1, "红");
	assert_hit(f, 1, 1 - 4. / 21, "两次红");
}

static void context_then_reviewed_then_newest(void **state)
{
	struct fixture *f = *state;
	struct amts_pair draft = pair_of("", "Summary", "机器总结", 100);

	draft.draft = 1;
	learn_at(f, "The end.", "Summary", "小结", 10);
	learn_at(f, "Exercises", "Summary", "总结", 30);
	learn_at(f, "", "Summary", "摘要", 20);
	assert_int_equal(amts_memory_add(f->mem, "en", "zh", &draft, 1, &f->err), 0);
	look_up(f, "The  end.", "Summary", .75);
	assert_int_equal(f->n, 4);
	assert_hit(f, 0, 1, "小结");
	assert_string_equal(f->hits[0].pair.before.p, "The end.");
	assert_hit(f, 1, 1, "总结");
	assert_hit(f, 2, 1, "摘要");
	assert_hit(f, 3, 1, "机器总结");
	assert_true(f->hits[3].pair.draft);
}

static void context_decides_between_segments(void **state)
{
	struct fixture *f = *state;

	learn_at(f, "Linear", "See Figure 1.", "见图1。", 5);
	learn_at(f, "Deep", "See Figure 2.", "请看图2。", 1);
	look_up(f, "Deep", "See Figure 9.", .75);
	assert_hit(f, 0, .99, "请看图2。");
}

static void same_wording_once(void **state)
{
	struct fixture *f = *state;

	learn_at(f, "A", "Summary", "小结", 1);
	learn_at(f, "B", "Summary", "小结", 2);
	look_up(f, "", "Summary", .75);
	assert_int_equal(f->n, 1);
	assert_int_equal(f->hits[0].pair.date, 2);
}

static void provenance(void **state)
{
	struct fixture *f = *state;
	struct amts_pair p = pair_of("Before.", "Here.", "这里。", 1500000000);
	struct amts_pair *got = &f->hits[0].pair;

	p.score = .93;
	assert_int_equal(amts_memory_add(f->mem, "en", "zh", &p, 1, &f->err), 0);
	look_up(f, "", "Here.", 1);
	assert_int_equal(f->n, 1);
	assert_string_equal(got->src.p, "Here.");
	assert_string_equal(got->path.p, "guide.md");
	assert_string_equal(got->commit.p, "0123abcd");
	assert_string_equal(got->before.p, "Before.");
	assert_int_equal(got->date, 1500000000);
	assert_true(got->score > .92 && got->score < .94);
	assert_false(got->draft);
}

/* A pair seen again: the newer commit is its origin, a review beats a draft. */
static void renewal(void **state)
{
	static const struct {
		int64_t date;
		int draft;
		int64_t then;
		int then_draft;
	} t[] = {
		{ 50, 1, 50, 1 },
		{ 40, 1, 50, 1 },
		{ 30, 0, 30, 0 },
		{ 90, 1, 30, 0 },
		{ 60, 0, 60, 0 },
	};
	struct fixture *f = *state;
	size_t i, n;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct amts_pair p = pair_of("", "One.", "一。", t[i].date);

		p.draft = t[i].draft;
		assert_int_equal(amts_memory_add(f->mem, "en", "zh", &p, 1, &f->err), 0);
		look_up(f, "", "One.", 1);
		assert_int_equal(f->n, 1);
		assert_int_equal(f->hits[0].pair.date, t[i].then);
		assert_int_equal(f->hits[0].pair.draft, t[i].then_draft);
	}
	assert_int_equal(amts_memory_count(&n, f->mem, "en", "zh", &f->err), 0);
	assert_int_equal(n, 1);
}

static void languages(void **state)
{
	static const struct {
		const char *asked;
		size_t n;
	} t[] = {
		{ "zh", 1 },
		{ "zh-CN", 1 },
		{ "zh_cn", 1 },
		{ "ZH-Hans", 1 },
		{ "zh-Hans-SG", 1 },
		{ "zh-TW", 0 },
		{ "zh-Hant-HK", 0 },
		{ "tr", 0 },
		{ "", 0 },
	};
	struct fixture *f = *state;
	struct amts_pair p = pair_of("", "Word", "词", 1);
	struct amts_str none = AMTS_STR("");
	size_t i;

	assert_int_equal(amts_memory_add(f->mem, "en-US", "zh-CN", &p, 1, &f->err), 0);
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		assert_int_equal(amts_memory_lookup(f->hits, &f->n, 8, f->arena, f->mem,
					 "en", t[i].asked, p.src, none, .75, &f->err),
			0);
		assert_int_equal(f->n, t[i].n);
		assert_int_equal(
			amts_memory_count(&f->n, f->mem, "en", t[i].asked, &f->err), 0);
		assert_int_equal(f->n, t[i].n || !*t[i].asked);
	}
	assert_int_equal(amts_memory_lookup(f->hits, &f->n, 8, f->arena, f->mem, "de",
				 "zh", p.src, none, .75, &f->err),
		0);
	assert_int_equal(f->n, 0);
}

static void scripts_without_spaces(void **state)
{
	struct fixture *f = *state;

	learn(f, "线性回归是一个模型。", "Linear regression is a model.");
	look_up(f, "", "线性回归也是一个模型。", .75);
	assert_hit(f, 0, 1 - 4. / 41, "Linear regression is a model.");
}

/* Text that only ever stood before another segment is no translation, and takes no room.
 */
static void context_is_no_hit(void **state)
{
	struct fixture *f = *state;

	learn_at(f, "All models are wrong.", "Some are useful.", "有些有用。", 1);
	learn(f, "All models were wrong.", "都错。");
	assert_int_equal(
		amts_memory_lookup(f->hits, &f->n, 1, f->arena, f->mem, "en", "zh",
			AMTS_STR("All models are wrong."), AMTS_STR(""), .75, &f->err),
		0);
	assert_int_equal(f->n, 1);
	assert_hit(f, 0, 1 - 4. / 17, "都错。");
}

static void any_bytes(void **state)
{
	static const char odd[] = "\xff\xc3(\0\xe4\xb8 <x id=\"\"/> <x id=\"1\" \xf0\x9f";
	struct fixture *f = *state;
	struct amts_pair p = pair_of("", "", "x", 1);
	size_t n;

	for (n = 1; n < sizeof(odd); n++) {
		p.src = p.before = (struct amts_str){ odd, n };
		assert_int_equal(amts_memory_add(f->mem, "en", "zh", &p, 1, &f->err), 0);
		assert_int_equal(amts_memory_lookup(f->hits, &f->n, 8, f->arena, f->mem,
					 "en", "zh", p.src, p.before, .75, &f->err),
			0);
		assert_true(f->n >= 1);
		assert_true(f->hits[0].score > .999);
	}
}

/* A sentence of a million words is found again, and costs no more than reading it. */
static void very_long(void **state)
{
	struct fixture *f = *state;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;

	for (i = 0; i < 1000000; i++)
		amts_buf_addf(&b, "w%zu ", i);
	learn(f, b.p, "长");
	look_up(f, "", b.p, .75);
	assert_int_equal(f->n, 1);
	b.p[0] = 'W';
	look_up(f, "", b.p, .75);
	assert_hit(f, 0, .99, "长");
	b.p[0] = 'v';
	look_up(f, "", b.p, .75);
	assert_int_equal(f->n, 0);
	amts_buf_release(&b);
}

/* Every pair is similar to every other: bounded work, best hits still exact. */
static void all_alike(void **state)
{
	struct fixture *f = *state;
	struct amts_pair *v = AMTS_NEW(f->arena, struct amts_pair, 20000);
	size_t i;

	for (i = 0; i < 20000; i++) {
		v[i] = pair_of("", "", "图", 1);
		v[i].src = amts_arena_fmt(f->arena, "This is figure %zu of the book.", i);
		v[i].tgt = amts_arena_fmt(f->arena, "图%zu", i);
	}
	assert_int_equal(amts_memory_add(f->mem, "en", "zh", v, 20000, &f->err), 0);
	look_up(f, "", "This is figure 12345 of the book.", .75);
	assert_hit(f, 0, 1, "图12345");
	look_up(f, "", "This is figure 99 of this book.", .75);
	assert_int_equal(f->n, 8);
	assert_true(f->hits[7].score > .8);
}

/* The index finds what comparing with everything finds. */
static void complete(void **state)
{
	static const char *const words[] = { "the", "of", "a", "model", "layer", "loss",
		"data", "train", "deep", "net", "is", "with" };
	struct fixture *f = *state;
	struct amts_pair *v = AMTS_NEW(f->arena, struct amts_pair, 3000);
	unsigned seed = 7;
	size_t i, j;

	for (i = 0; i < 3000; i++) {
		struct amts_buf b = AMTS_BUF_INIT;
		size_t n = 3 + (seed = seed * 1103515245 + 12345) / 65536 % 8;

		for (j = 0; j < n; j++) {
			seed = seed * 1103515245 + 12345;
			amts_buf_addf(&b, "%s ", words[seed / 65536 % 12]);
		}
		v[i] = pair_of("", "", "", 1);
		v[i].src = amts_arena_str(f->arena, amts_str_trim(amts_buf_str(&b)));
		v[i].tgt = v[i].src;
		amts_buf_release(&b);
	}
	assert_int_equal(amts_memory_add(f->mem, "en", "zh", v, 2000, &f->err), 0);
	for (i = 2000; i < 2400; i++) {
		struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT;
		double best = 0;

		store_words_cut(&a, v[i].src);
		for (j = 0; j < 2000; j++) {
			unsigned longer;
			double score;

			store_words_cut(&b, v[j].src);
			longer = a.weight > b.weight ? a.weight : b.weight;
			score = 1 - (double)store_words_distance(&a, &b, longer) / longer;
			best = score > best ? score : best;
		}
		look_up(f, "", v[i].src.p, .75);
		assert_int_equal(f->n > 0, best > .75 - 1e-9);
		if (f->n)
			assert_true(f->hits[0].score > best - 1e-9);
		store_words_release(&a);
		store_words_release(&b);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores),
		TEST(best_first),
		TEST(context_then_reviewed_then_newest),
		TEST(context_decides_between_segments),
		TEST(same_wording_once),
		TEST(provenance),
		TEST(renewal),
		TEST(languages),
		TEST(scripts_without_spaces),
		TEST(context_is_no_hit),
		TEST(any_bytes),
		TEST(very_long),
		TEST(all_alike),
		TEST(complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
