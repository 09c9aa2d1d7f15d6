/* Which pairs are of no use as parallel data. */
#include "amts/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Ordinary pairs, from which it is learnt what is usual. */
static const char *const ordinary[][2] = {
	{ "The kettle stands on the stove in the kitchen.",
		"El hervidor está sobre la estufa de la cocina." },
	{ "Pour the water slowly over the leaves.",
		"Vierta el agua despacio sobre las hojas." },
	{ "Every guest is given a cup of his own.",
		"Cada invitado recibe una taza propia." },
	{ "Nobody knows who planted this garden.",
		"Nadie sabe quién plantó este jardín." },
	{ "When the bell rings, the shop is closed.",
		"Cuando suena la campana, la tienda se cierra." },
};
#define ORDINARY (sizeof(ordinary) / sizeof(*ordinary))
#define REPEATS 20 /* of each, a word apart */

struct box {
	struct amts_arena *arena;
	struct amts_corpus_pair v[ORDINARY * REPEATS + 2];
	size_t n;
};

static struct amts_corpus_pair *add(struct box *b, const char *src, const char *tgt)
{
	struct amts_corpus_pair *p = &b->v[b->n++];

	*p = (struct amts_corpus_pair){ .score = 1 };
	p->src = amts_arena_str(b->arena, amts_str_z(src));
	p->tgt = amts_arena_str(b->arena, amts_str_z(tgt));
	return p;
}

static void open_box(struct box *b, int many)
{
	char src[200], tgt[200];
	size_t i;

	b->arena = amts_arena_new();
	b->n = 0;
	for (i = 0; many && i < ORDINARY * REPEATS; i++) {
		/* letters, so that they differ in more than numbers */
		snprintf(src, sizeof(src), "%s Table %c%c.", ordinary[i % ORDINARY][0],
			(char)('a' + i / 26), (char)('a' + i % 26));
		snprintf(tgt, sizeof(tgt), "%s Mesa %c%c.", ordinary[i % ORDINARY][1],
			(char)('a' + i / 26), (char)('a' + i % 26));
		add(b, src, tgt);
	}
}

/* What becomes of the pair that was added last. */
static enum amts_drop judge(struct box *b, size_t max_bytes)
{
	struct amts_corpus corpus = { "en", "es", b->v, b->n };
	struct amts_corpus_filter filter = { .min_score = .5, .max_bytes = max_bytes };
	enum amts_drop *why = AMTS_NEW(b->arena, enum amts_drop, b->n);
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i;

	if (amts_corpus_filter(why, &corpus, &filter, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i + 1 < b->n; i++)
		assert_string_equal(amts_drop_name(why[i]), "");
	return why[b->n - 1];
}

static const struct {
	const char *why, *src, *tgt;
} cases[] = {
	{ "", "Open the window.", "Abra la ventana." },
	{ "untranslated", "Open the window.", "Open the window!" },
	{ "untranslated", "The `on` switch", "the `on` SWITCH" },
	{ "language", "Nobody knows who planted the leaves in this kitchen.",
		"Nobody knows who planted the leaves in the kitchen garden." },
	{ "language", "Nadie sabe quién plantó las hojas de la cocina.",
		"Cada invitado sabe quién plantó las hojas del jardín." },
	/* a term in both languages is translated */
	{ "", "The bell", "La campana de la tienda (the bell)" },
	{ "markup", "[Here](https://example.org/a/very/long/address)",
		"[Aquí](https://example.org/a/very/long/address)" },
	{ "markup", "`kettle --on`", "`kettle --on`" },
	{ "", "See [the manual](https://example.org/en) of the stove.",
		"Vea [el manual](https://example.org/es) de la estufa." },
	{ "placeholders", "Turn it on with `on`, please.", "Enciéndalo, por favor." },
	{ "placeholders", "Turn it on, please.", "Enciéndalo con `start`, por favor." },
	{ "placeholders", "It takes $x+1$ cups.", "Hacen falta $x+2$ tazas." },
	/* the same said without markup, or set another way */
	{ "", "It takes $x + 1$ cups.", "Hacen falta $x+1$ tazas." },
	{ "", "Turn it on with `Kettle`.", "Enciéndalo con Kettle." },
	{ "", "Wait 15 minutes or more.", "Espere $15$ minutos o más." },
	{ "numbers", "It holds 25 cups.", "Caben 35 tazas." },
	{ "numbers", "It was built in 1912.", "Se construyó en otro siglo." },
	/* small ones may be words; groups and decimals are marked in many ways */
	{ "", "It holds 2 cups.", "Caben dos tazas." },
	{ "", "It weighs 1,250.5 grams.", "Pesa 1.250,5 gramos." },
	{ "", "Some 60,000 cups were sold.", "Se vendieron unas 6\u4e07 tazas." },
	{ "", "Cups (3, 4)", "Tazas (3,4)" },
	{ "", "The N95 cup.", "La taza normal." },
	{ "names", "The PyTorch kettle is on.", "El hervidor MXNet está encendido." },
	{ "", "The PyTorch kettle is on.", "El hervidor está encendido." },
	{ "length", "Open the window.",
		"Abra la ventana, y la puerta, y el armario, y todo lo que se abre en la "
		"casa de su abuela, para que entre el aire." },
	{ "duplicate", "nobody knows: WHO planted this garden? Table aD",
		"Nadie sabe quién plantó este *jardín*. Mesa ad" },
};

static void reasons(void **state)
{
	struct box b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why;

		open_box(&b, 1);
		add(&b, cases[i].src, cases[i].tgt);
		why = amts_drop_name(judge(&b, 0));
		if (strcmp(why, cases[i].why) != 0)
			fail_msg("'%s': '%s' instead of '%s'", cases[i].src, why,
				cases[i].why);
		amts_arena_free(b.arena);
	}
}

/* Nothing is said of what is usual. */
static void few_pairs(void **state)
{
	struct box b;

	(void)state;
	open_box(&b, 0);
	add(&b, "Tea", "Una bebida que se hace con las hojas de una planta de Asia");
	assert_int_equal(judge(&b, 0), AMTS_DROP_NONE);
	amts_arena_free(b.arena);
}

static void origins(void **state)
{
	struct box b;

	(void)state;
	open_box(&b, 0);
	add(&b, "Open it.", "Abra.")->score = .4;
	assert_int_equal(judge(&b, 0), AMTS_DROP_SCORE);
	b.v[0].score = 1;
	b.v[0].standing = AMTS_PAIR_OLDER;
	assert_int_equal(judge(&b, 0), AMTS_DROP_OLDER);
	b.v[0].standing = AMTS_PAIR_UNREVIEWED;
	assert_int_equal(judge(&b, 0), AMTS_DROP_UNREVIEWED);
	b.v[0].standing = AMTS_PAIR_CURRENT;
	assert_int_equal(judge(&b, 8), AMTS_DROP_NONE);
	assert_int_equal(judge(&b, 7), AMTS_DROP_LIMIT);
	amts_arena_free(b.arena);
}

/* Of texts that are nearly the same the one that people corrected stays. */
static void corrected_text_counts_more(void **state)
{
	enum amts_drop why[4];
	struct amts_corpus_filter filter = { 0 };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_corpus corpus;
	struct box b;

	(void)state;
	open_box(&b, 0);
	add(&b, "Open the window.", "Abra la ventana");
	add(&b, "Open the window!", "Abra la ventana.");
	add(&b, "Open the window.", "¡Abra la ventana!")->corrected = 1;
	add(&b, "OPEN THE WINDOW", "ABRA LA VENTANA")->corrected = 1;
	corpus = (struct amts_corpus){ "en", "es", b.v, 4 };
	assert_int_equal(amts_corpus_filter(why, &corpus, &filter, &err), AMTS_OK);
	assert_int_equal(why[0], AMTS_DROP_DUPLICATE);
	assert_int_equal(why[1], AMTS_DROP_DUPLICATE);
	assert_int_equal(why[2], AMTS_DROP_NONE);
	assert_int_equal(why[3], AMTS_DROP_DUPLICATE);
	amts_arena_free(b.arena);
}

static void dropping_keeps_the_order(void **state)
{
	enum amts_drop why[] = { AMTS_DROP_NONE, AMTS_DROP_SCORE, AMTS_DROP_NONE };
	size_t counts[AMTS_DROPS];
	struct amts_corpus corpus;
	struct box b;

	(void)state;
	open_box(&b, 0);
	add(&b, "a", "x");
	add(&b, "b", "y");
	corpus = (struct amts_corpus){ "en", "es", b.v, 2 };
	amts_corpus_drop(&corpus, counts, why + 1);
	assert_int_equal(corpus.n, 1);
	assert_string_equal(corpus.v[0].src.p, "b");
	assert_int_equal(counts[AMTS_DROP_NONE], 1);
	assert_int_equal(counts[AMTS_DROP_SCORE], 1);
	amts_arena_free(b.arena);
}

static void any_bytes(void **state)
{
	static const char *const odd[] = { "", "\xff\xfe", "\xe2\x80", "`", "$$", "1,",
		"0.0.0", "\xef\xbc", "[[[[", "\xf0\x9f\x98\x80" };
	struct box b;
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++) {
		struct amts_corpus corpus;
		struct amts_corpus_filter filter = { 0 };
		struct amts_error err = AMTS_ERROR_INIT;
		enum amts_drop why;

		open_box(&b, 0);
		add(&b, odd[i / 10], odd[i % 10]);
		corpus = (struct amts_corpus){ "en", "es", b.v, 1 };
		assert_int_equal(amts_corpus_filter(&why, &corpus, &filter, &err), 0);
		assert_int_equal(why, AMTS_DROP_MARKUP);
		amts_arena_free(b.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons),
		cmocka_unit_test(few_pairs),
		cmocka_unit_test(origins),
		cmocka_unit_test(corrected_text_counts_more),
		cmocka_unit_test(dropping_keeps_the_order),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
