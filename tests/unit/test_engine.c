#include "amts/engine.h"
#include "amts/glossary.h"
#include "amts/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define X1 "<x id=\"1\"/>"
#define X2 "<x id=\"2\"/>"
#define X3 "<x id=\"3\"/>"

struct knowledge {
	const char *src, *tgt;
	int draft;
	double unsure; /* 1 - score of the alignment */
};

/* Result of the memory engine that knows n pairs; in arena. */
static struct amts_mt_result ask_with(struct amts_arena *arena,
	const struct amts_glossary *glossary, const struct knowledge *known, size_t n,
	const char *text, const char *old_tgt)
{
	struct amts_mt_request req = { .text = amts_str_z(text),
		.old_tgt = amts_str_z(old_tgt) };
	struct amts_mt_result result;
	struct amts_memory *mem;
	struct amts_engine *e;
	struct amts_error err;
	size_t i;

	assert_int_equal(amts_memory_open(&mem, NULL, &err), 0);
	for (i = 0; i < n; i++) {
		struct amts_pair p = { .src = amts_str_z(known[i].src),
			.tgt = amts_str_z(known[i].tgt) };

		p.path = AMTS_STR("a/guide.md");
		p.commit = AMTS_STR("0123456789abcdef0123456789abcdef01234567");
		p.date = 1600000000;
		p.draft = known[i].draft;
		p.score = 1 - known[i].unsure;
		assert_int_equal(amts_memory_add(mem, "en", "es", &p, 1, &err), 0);
	}
	e = amts_engine_memory(mem, glossary, "en-GB", "es-MX", .75);
	assert_int_equal(amts_engine_translate(e, arena, &req, 1, &result, &err), 0);
	amts_engine_free(e);
	amts_memory_free(mem);
	return result;
}

static struct amts_mt_result ask(struct amts_arena *arena, const struct knowledge *known,
	size_t n, const char *text, const char *old_tgt)
{
	return ask_with(arena, NULL, known, n, text, old_tgt);
}

/* A similar sentence is no draft when it has a term otherwise; the next one may be, and
 * what people wrote for the same sentence is. */
static void terms(void **state)
{
	static const struct knowledge known[] = { { "Wait 3 minutes.", "Espere 3 horas.",
							  0, 0 },
		{ "Wait 4 minutes.", "Aguarde 4 minutos.", 0, 0 } };
	struct amts_arena *arena = amts_arena_new();
	struct amts_glossary *g;
	struct amts_mt_result r;
	struct amts_error err;

	(void)state;
	assert_int_equal(amts_glossary_parse(&g, AMTS_STR("minute,minuto\n"), "terms.csv",
				 "en", "es", &err),
		0);
	r = ask_with(arena, g, known, 1, "Wait 5 minutes.", "");
	assert_int_equal(r.origin, AMTS_MT_NONE);
	assert_string_equal(r.from.p, "the glossary says 'minute' is 'minuto', unlike "
				      "a/guide.md@0123456789, 2020-09-13");
	r = ask_with(arena, g, known, 2, "Wait 5 minutes.", "");
	assert_string_equal(r.text.p, "Aguarde 5 minutos.");
	r = ask_with(arena, g, known, 2, "Wait 3 minutes.", "");
	assert_int_equal(r.origin, AMTS_MT_EXACT);
	assert_string_equal(r.text.p, "Espere 3 horas.");
	amts_glossary_free(g);
	amts_arena_free(arena);
}

/* What one known pair makes of a request; NULL: the engine has nothing. */
static void drafts(void **state)
{
	static const struct {
		struct knowledge known;
		const char *asked, *draft;
		enum amts_mt_origin origin;
	} t[] = {
		{ { "Open the file.", "Abra el archivo.", 0, 0 }, "Open the file.",
			"Abra el archivo.", AMTS_MT_EXACT },
		{ { "Open the file.", "Abra el archivo.", 1, 0 }, "Open the file.",
			"Abra el archivo.", AMTS_MT_FUZZY },
		{ { "Run " X1 " and " X2 ".", "Tras " X2 ", ejecute " X1 ".", 0, 0 },
			"Run " X1 " and " X2 ".", "Tras " X2 ", ejecute " X1 ".",
			AMTS_MT_EXACT },
		/* a person dropped or doubled a placeholder: not for another place */
		{ { "Run " X1 " and " X2 ".", "Ejecute " X1 ".", 0, 0 },
			"Run " X1 " and " X2 ".", NULL, AMTS_MT_NONE },
		{ { "Run " X1 " now.", X1 ", ejecute " X1 ".", 0, 0 }, "Run " X1 " now.",
			NULL, AMTS_MT_NONE },
		{ { "Run " X1 " now.", "Ejecute " X1 " y " X2 ".", 0, 0 },
			"Run " X1 " now.", NULL, AMTS_MT_NONE },
		/* similar, same placeholders */
		{ { "Run " X1 " in the old folder.",
			  "Ejecute " X1 " en la carpeta vieja.", 0, 0 },
			"Run " X1 " in the old folder!",
			"Ejecute " X1 " en la carpeta vieja!", AMTS_MT_FUZZY },
		/* … but for a word: a hint, no draft */
		{ { "Run " X1 " in the old folder.",
			  "Ejecute " X1 " en la carpeta vieja.", 0, 0 },
			"Run " X1 " in the new folder.", NULL, AMTS_MT_NONE },
		/* other ids, as in imported memories */
		{ { "Run " X2 " after " X3 ".", "Tras " X3 ", ejecute " X2 ".", 0, 0 },
			"Run " X1 " after " X2 ".", "Tras " X2 ", ejecute " X1 ".",
			AMTS_MT_FUZZY },
		/* a placeholder more or less */
		{ { "Run " X1 " in the old folder.",
			  "Ejecute " X1 " en la carpeta vieja.", 0, 0 },
			"Run it in the old folder.", NULL, AMTS_MT_NONE },
		{ { "Run it in the old folder.", "Ejecute en la carpeta vieja.", 0, 0 },
			"Run " X1 " in the old folder.", NULL, AMTS_MT_NONE },
		/* numbers */
		{ { "See figure 3.", "Vea la figura 3.", 0, 0 }, "See figure 14.",
			"Vea la figura 14.", AMTS_MT_FUZZY },
		{ { "From 3 to 5.", "De 3 a 5.", 0, 0 }, "From 5 to 3.", "De 5 a 3.",
			AMTS_MT_FUZZY },
		{ { "From 3 to 3.", "De 3 a 3.", 0, 0 }, "From 3 to 5.", NULL,
			AMTS_MT_NONE },
		{ { "It has 3 parts.", "Tiene tres partes.", 0, 0 }, "It has 4 parts.",
			NULL, AMTS_MT_NONE },
		{ { "It has 3 old parts.", "Tiene tres partes viejas.", 0, 0 },
			"It has 3 old parts!", "Tiene tres partes viejas!",
			AMTS_MT_FUZZY },
		{ { "It has 1,000 parts.", "Tiene 1.000 partes.", 0, 0 },
			"It has 2,000 parts.", NULL, AMTS_MT_NONE },
		{ { "A 3 part and 3 more.", "3 partes y otras 3.", 0, 0 },
			"A 4 part and 4 more.", "4 partes y otras 4.", AMTS_MT_FUZZY },
		{ { "Step 1 of the long way.", "Paso 1 del camino largo.", 0, 0 },
			"Step one of the long way.", NULL, AMTS_MT_NONE },
		{ { "Use 3D models.", "Use modelos 3D.", 0, 0 }, "Use 3 models.", NULL,
			AMTS_MT_NONE },
		/* alignments that may be wrong */
		{ { "Open the file.", "Abra el archivo.", 0, .25 }, "Open the file.",
			"Abra el archivo.", AMTS_MT_FUZZY },
		{ { "Open the file.", "Abra el archivo.", 0, .4 }, "Open the file.", NULL,
			AMTS_MT_NONE },
		/* not translated yet; names stay */
		{ { "Open the new file.", "Open the new file.", 0, 0 },
			"Open the new file.", NULL, AMTS_MT_NONE },
		{ { "GNU Emacs", "GNU Emacs", 0, 0 }, "GNU Emacs", "GNU Emacs",
			AMTS_MT_EXACT },
		/* nothing like it */
		{ { "Open the file.", "Abra el archivo.", 0, 0 },
			"Close all windows now.", NULL, AMTS_MT_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct amts_arena *a = amts_arena_new();
		struct amts_mt_result r = ask(a, &t[i].known, 1, t[i].asked, "");

		assert_int_equal(r.origin, t[i].origin);
		if (t[i].draft)
			assert_string_equal(r.text.p, t[i].draft);
		else
			assert_int_equal(r.text.n, 0);
		amts_arena_free(a);
	}
}

static void provenance(void **state)
{
	static const struct knowledge known[] = { { "Open the file.", "Abra el archivo.",
							  0, 0 },
		{ "Close the file.", "Cierre el archivo.", 1, 0 } };
	struct amts_arena *a = amts_arena_new();
	struct amts_mt_result r = ask(a, known, 2, "Open the file.", "");

	(void)state;
	assert_string_equal(r.from.p, "a/guide.md@0123456789, 2020-09-13");
	assert_true(r.score >= 1);
	r = ask(a, known, 2, "Close the file.", "");
	assert_string_equal(r.from.p, "a/guide.md@0123456789, 2020-09-13 (draft)");
	r = ask(a, known, 2, "Close the file!", "");
	assert_true(r.score > .9 && r.score < 1);
	amts_arena_free(a);
}

/* The best hit does not fit; the next one does. */
static void next_hit_that_fits(void **state)
{
	static const struct knowledge known[] = {
		{ "Run " X1 " on your own machine.", "Ejecute en su equipo.", 0, 0 },
		{ "Run " X1 " on the your own machine.", "Ejecute " X1 " en su equipo.",
			0, 0 },
	};
	struct amts_arena *a = amts_arena_new();
	struct amts_mt_result r = ask(a, known, 2, "Run " X1 " on your own machine.", "");

	(void)state;
	assert_int_equal(r.origin, AMTS_MT_FUZZY);
	assert_string_equal(r.text.p, "Ejecute " X1 " en su equipo.");
	amts_arena_free(a);
}

/* What differs by a word is told to people, never put in. */
static void similar_sentences_are_hints(void **state)
{
	static const struct knowledge known[] = {
		{ "Do open the file in 3 steps.", "Abra el archivo en 3 pasos.", 0, 0 },
		{ "Never close all of the windows.", "Nunca cierre.", 0, .4 },
	};
	struct amts_arena *a = amts_arena_new();
	struct amts_mt_result r =
		ask(a, known, 2, "Do not open the file in 3 steps.", "");

	(void)state;
	assert_int_equal(r.origin, AMTS_MT_NONE);
	assert_int_equal(r.text.n, 0);
	assert_true(r.similar.score > .8 && r.similar.score < .9);
	assert_string_equal(r.similar.src.p, known[0].src);
	assert_string_equal(r.similar.tgt.p, known[0].tgt);
	assert_string_equal(r.similar.from.p, "a/guide.md@0123456789, 2020-09-13");
	r = ask(a, known, 2, "Do open the file in 4 steps.", "");
	assert_int_equal(r.origin, AMTS_MT_FUZZY);
	assert_true(r.similar.score <= 0);
	r = ask(a, known, 2, "Never close most of the windows.", "");
	assert_true(r.similar.score <= 0); /* nobody knows what it says */
	amts_arena_free(a);
}

/* A sentence from elsewhere is a hint only when it is nearer than what stood there. */
static void nearer_than_the_old_sentence(void **state)
{
	static const struct {
		const char *old_src;
		int hint;
	} t[] = {
		{ "Close the old red window at night.", 0 },
		{ "Paint a picture.", 1 },
		{ "", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		struct amts_mt_request req = { .text = AMTS_STR("Close the " X1
								" red window at night."),
			.old_src = amts_str_z(t[i].old_src),
			.old_tgt = AMTS_STR("Lo que dice ahora.") };
		struct amts_pair p = { .src = AMTS_STR(
					       "Close the " X1 " red door at night."),
			.tgt = AMTS_STR("Cierre la puerta roja " X1 " de noche."),
			.score = 1 };
		struct amts_arena *a = amts_arena_new();
		struct amts_mt_result r;
		struct amts_memory *mem;
		struct amts_engine *e;
		struct amts_error err;

		assert_int_equal(amts_memory_open(&mem, NULL, &err), 0);
		assert_int_equal(amts_memory_add(mem, "en", "es", &p, 1, &err), 0);
		e = amts_engine_memory(mem, NULL, "en", "es", .75);
		assert_int_equal(amts_engine_translate(e, a, &req, 1, &r, &err), 0);
		assert_int_equal(r.origin, AMTS_MT_NONE);
		assert_int_equal(r.similar.score > 0, t[i].hint);
		amts_engine_free(e);
		amts_memory_free(mem);
		amts_arena_free(a);
	}
}

static void none_knows_nothing(void **state)
{
	struct amts_mt_request req[2] = { { .text = AMTS_STR("A") },
		{ .text = AMTS_STR("B") } };
	struct amts_arena *a = amts_arena_new();
	struct amts_mt_result results[2];
	struct amts_engine *e = amts_engine_none();
	struct amts_error err;

	(void)state;
	memset(results, 0xff, sizeof(results));
	assert_int_equal(amts_engine_translate(e, a, req, 2, results, &err), 0);
	assert_int_equal(results[0].origin, AMTS_MT_NONE);
	assert_int_equal(results[1].origin, AMTS_MT_NONE);
	assert_int_equal(results[1].text.n, 0);
	assert_int_equal(amts_engine_translate(e, a, NULL, 0, NULL, &err), 0);
	amts_engine_free(e);
	amts_engine_free(NULL);
	amts_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drafts),
		cmocka_unit_test(terms),
		cmocka_unit_test(provenance),
		cmocka_unit_test(next_hit_that_fits),
		cmocka_unit_test(similar_sentences_are_hints),
		cmocka_unit_test(nearer_than_the_old_sentence),
		cmocka_unit_test(none_knows_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
