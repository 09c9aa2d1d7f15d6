/* Faults of translations: a source, a translation, and what is to be found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "amts/check.h"
#include "amts/text.h"

struct page {
	struct amts_arena *arena;
	struct amts_doc *src, *tgt;
	struct amts_segments src_segs, tgt_segs;
	struct amts_align_job job;
	struct amts_check_page in;
};

static void load(struct page *p, const char *src, const char *tgt)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;

	memset(p, 0, sizeof(*p));
	p->arena = amts_arena_new();
	assert_int_equal(
		amts_doc_parse(&p->src, p->arena, amts_str_z(src), &err), AMTS_OK);
	assert_int_equal(
		amts_doc_parse(&p->tgt, p->arena, amts_str_z(tgt), &err), AMTS_OK);
	assert_int_equal(
		amts_segments(&p->src_segs, p->arena, p->src, "en", &err), AMTS_OK);
	assert_int_equal(
		amts_segments(&p->tgt_segs, p->arena, p->tgt, "de", &err), AMTS_OK);
	assert_int_equal(amts_aligner_new(&al, "en", "de", &err), AMTS_OK);
	p->job = (struct amts_align_job){
		.arena = p->arena, .src = &p->src_segs, .tgt = &p->tgt_segs
	};
	assert_int_equal(amts_align_batch(al, &p->job, 1, 1, &err), AMTS_OK);
	amts_aligner_free(al);
	p->in = (struct amts_check_page){ .src_path = AMTS_STR("guide/page.md"),
		.tgt_path = AMTS_STR("guide/page.md"),
		.tgt_lang = "de",
		.src = &p->src_segs,
		.tgt = &p->tgt_segs,
		.blocks = &p->job.blocks,
		.sentences = &p->job.sentences };
}

/* "rule:line" of each fault, with spaces between. */
static void assert_faults(struct page *p, const char *what, const char *want)
{
	struct amts_buf got = AMTS_BUF_INIT;
	struct amts_faults f;
	size_t i;

	amts_check_translation(&f, p->arena, &p->in);
	for (i = 0; i < f.n; i++)
		amts_buf_addf(&got, "%s%s:%zu", i ? " " : "",
			amts_check_rule_name(f.v[i].rule), f.v[i].line);
	if (strcmp(got.p, want) != 0)
		print_error("%s\n", what);
	assert_string_equal(got.p, want);
	amts_buf_release(&got);
	amts_arena_free(p->arena);
}

#define TOP "# The page\n\nThis paragraph says what the page is about, and for whom.\n\n"
#define OBEN                                                                             \
	"# Die Seite\n\nDieser Absatz sagt, worum es auf der Seite geht, und wem.\n\n"

#define CONFLICT "<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n"

static const struct {
	const char *what, *src, *tgt, *faults;
} cases[] = {
	{ "nothing", TOP, OBEN, "" },
	{ "a page that was emptied", TOP, "\n\n", "empty:1" },
	{ "a page that says as little as its source", "\n", "", "" },
	{ "another encoding", TOP, OBEN "F\xfcr alle.\n", "encoding:5" },
	{ "code that got lost", TOP "Call `open(x)` to open the file for reading.\n",
		OBEN "Rufen Sie die Funktion auf, um die Datei zum Lesen zu öffnen.\n",
		"placeholder:5" },
	{ "code in the next sentence is there",
		TOP "Call `open(x)` to open the file. It is closed by itself later on.\n",
		OBEN
		"Die Datei wird geöffnet. Sie schließt sich später, mit `open(x)`.\n",
		"" },
	{ "math whose punctuation was adapted",
		TOP "The formula $a, b\\ \\text{if } c$ says how to go on here.\n",
		OBEN
		"Die Formel $a，b \\text{falls } c$ sagt, wie es hier weiter geht.\n",
		"" },
	{ "the power of an ordinal is a word",
		TOP "Take the $i^\\mathrm{th}$ element of the list we made above.\n",
		OBEN "Nimm das $i$-te Element der Liste, die wir oben gemacht haben.\n",
		"" },
	{ "a number that got lost",
		TOP "The program needs 512 megabytes of memory to run at all.\n",
		OBEN "Das Programm braucht viele Megabytes Speicher, um zu laufen.\n",
		"number:5" },
	{ "numbers are grouped as the language does",
		TOP "The program needs 1,024 megabytes of memory to run at all.\n",
		OBEN "Das Programm braucht 1.024 Megabytes Speicher, um zu laufen.\n",
		"" },
	{ "small numbers are words",
		TOP "There are 2 ways to run the program on your own machine.\n",
		OBEN "Es gibt zwei Wege, das Programm auf Ihrem Rechner zu starten.\n",
		"" },
	{ "a sentence in the source language",
		TOP "Run the program as follows on your machine.\n",
		OBEN "Run the program as follows on your machine.\n", "untranslated:5" },
	{ "a name stays", TOP "## GNU Make Manual\n", OBEN "## GNU Make Manual\n", "" },
	{ "a page nobody translated", TOP "Run the program as follows on your machine.\n",
		TOP "Run the program as follows on your machine.\n", "untranslated:1" },
	{ "a heading of another level", TOP "## Running the program\n\nText of it.\n",
		OBEN "### Das Programm starten\n\nText davon.\n", "heading:5" },
	{ "another formula", TOP "$$\na = b + c\n$$\n", OBEN "$$\na = b - c\n$$\n",
		"math:5" },
	{ "the same formula", TOP "$$\na = b + c,\n$$\n", OBEN "$$a = b + c.$$\n", "" },
	{ "a fence that is never closed", TOP "```sh\nrun\n```\n", OBEN "```sh\nrun\n",
		"fence:5" },
	{ "a placeholder of ours", TOP "Call it to open the file for reading.\n",
		OBEN "Rufen Sie <x id=\"1\"/> auf, um die Datei zu öffnen.\n",
		"leftover:5" },
	{ "conflict markers", TOP, OBEN "<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n",
		"conflict:5" },
	{ "a conflict that the source shows, too", TOP "```\n" CONFLICT "```\n",
		OBEN "```\n" CONFLICT "```\n", "" },
	{ "a conflict beside the one that the source shows", TOP "```\n" CONFLICT "```\n",
		OBEN CONFLICT "\n```\n" CONFLICT "```\n", "conflict:5" },
	{ "a token that the source shows, too",
		TOP "Write `<x id=\"INTERPOLATION\"/>` where the name has to go.\n",
		OBEN "Schreiben Sie `<x id=\"INTERPOLATION\"/>` für den Namen.\n", "" },
	{ "a token beside the one that the source shows",
		TOP "Write `<x id=\"INTERPOLATION\"/>` where the name has to go.\n",
		OBEN "Schreiben Sie `<x id=\"INTERPOLATION\"/>` für den\n"
		     "Namen <x id=\"2\"/>.\n",
		"leftover:6" },
	{ "another character closes no fence", TOP "```sh\nrun\n```\n",
		OBEN "```sh\nrun\n~~~\n", "fence:5" },
	{ "a fence with words behind it closes none", TOP "```sh\nrun\n```\n",
		OBEN "```sh\nrun\n```sh\n", "fence:5" },
	{ "code said without marks, with others, with other spaces",
		TOP "Call `open()` with `f`, `add(a, b)` and `:` to read the file.\n",
		OBEN "Mit open, $f$, `add (a, b)` und „:“ wird die Datei gelesen.\n",
		"" },
	{ "code that is a part of other code only",
		TOP "Call `open` to open the file for reading at once.\n",
		OBEN "Rufen Sie `reopen_all` auf, um die Datei gleich zu lesen.\n",
		"placeholder:5" },
	{ "formulas put together",
		TOP "The sequences $A$, $B$ and $C$ are what we get in the end.\n",
		OBEN "Die Folgen $A,B,C$ sind, was wir am Ende bekommen.\n", "" },
	{ "a formula as a part of a longer one",
		TOP "It holds that $x = a + b$ for all of the values we have.\n",
		OBEN "Es gilt $x = a + b > 0$ für alle Werte, die wir haben.\n", "" },
	{ "another letter in a formula",
		TOP "Take the input $\\mathbf{x}$ of the layer we made above.\n",
		OBEN "Nimm die Eingabe $x$ der Schicht von oben, nicht etwas anderes.\n",
		"placeholder:5" },
	{ "an image of the language",
		TOP "![The life of a component, from its begin on](images/life.png)\n",
		OBEN "![Das Leben einer Komponente, vom Anfang an](images/life_de.png)\n",
		"" },
	{ "another image",
		TOP "![The life of a component, from its begin on](images/life.png)\n",
		OBEN "![Das Leben einer Komponente, vom Anfang an](images/tod.png)\n",
		"placeholder:5" },
	{ "a name as the text of a link",
		TOP "Write to [@jo_events](https://example.org/jo) when you have a "
		    "question.\n",
		OBEN "Fragen gehen an [@Jo_Events](https://example.org/Jo), wenn es "
		     "welche gibt.\n",
		"" },
	{ "numbers as the language writes them",
		TOP
		"So $95\\%$ of the values lie between $-1$ and $10 \\sim 100$ here.\n",
		OBEN "Also liegen $\\%95$ der Werte zwischen -1 und 10 bis 100.\n", "" },
	{ "another number in a formula",
		TOP "So $95\\%$ of the values lie below it here.\n",
		OBEN "Also liegen $90\\%$ der Werte hier darunter.\n", "placeholder:5" },
	{ "words in a formula, with a space",
		TOP "It is $D_{\\mathrm{KL}}(P\\|Q)$ that we make small in the end.\n",
		OBEN "Es ist $D_{\\mathrm {KL}}(P\\|Q)$, was wir am Ende klein machen.\n",
		"" },
	{ "the title of a page elsewhere",
		TOP
		"- [Rich Internet things and how they are made](https://example.org/)\n",
		OBEN
		"- [Rich Internet things and how they are made](https://example.org/)\n",
		"" },
	{ "the name of a thing", TOP "- TinyMemBench on Broadwell E5-2690v4\n",
		OBEN "- TinyMemBench on Broadwell E5-2690v4\n", "" },
	{ "a heading in capitals is no name", TOP "## Typing Global Custom Directives\n",
		OBEN "## Typing Global Custom Directives\n", "untranslated:5" },
	{ "a heading underlined with equal signs is no conflict", TOP,
		OBEN "Titel\n=======\n", "" },
};

static void finds_faults(void **state)
{
	struct page p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		load(&p, cases[i].src, cases[i].tgt);
		assert_faults(&p, cases[i].what, cases[i].faults);
	}
}

static void says_what_is_pending(void **state)
{
	struct page p;
	uint64_t print;

	(void)state;
	load(&p, TOP, OBEN);
	print = p.tgt->v[1].print;
	p.in.pending = &print;
	p.in.npending = 1;
	assert_faults(&p, "pending", "pending:3");
}

/* A line break in a block is counted, and so are faults that are too many to list. */
static void says_how_many_more(void **state)
{
	struct amts_buf tgt = AMTS_BUF_INIT;
	struct amts_faults f;
	struct page p;
	int i;

	(void)state;
	amts_buf_addf(&tgt, OBEN);
	for (i = 0; i < AMTS_CHECK_MOST + 50; i++)
		amts_buf_addf(&tgt, "Ein <x id=\"%d\"/>\n", i);
	load(&p, TOP, tgt.p);
	amts_check_translation(&f, p.arena, &p.in);
	assert_int_equal(f.n, AMTS_CHECK_MOST);
	assert_int_equal(f.v[0].line, 5);
	assert_int_equal(f.v[f.n - 1].line, 5 + AMTS_CHECK_MOST - 1);
	assert_true(amts_str_eq(
		f.v[0].message, AMTS_STR("a placeholder token was left behind")));
	assert_true(amts_str_ends(f.v[f.n - 1].message, AMTS_STR(" (and 50 more)")));
	amts_buf_release(&tgt);
	amts_arena_free(p.arena);
}

static void cuts_messages_between_characters(void **state)
{
	struct amts_buf text = AMTS_BUF_INIT;
	struct amts_faults f;
	struct page p;
	int i, pad;

	(void)state;
	for (pad = 0; pad < 3; pad++) {
		text.n = 0;
		amts_buf_addf(&text, TOP "Call `%.*s", pad, "abc");
		for (i = 0; i < 100; i++)
			amts_buf_addf(&text, "中");
		amts_buf_addf(&text, "` to open the file for reading.\n");
		load(&p, text.p,
			OBEN "Rufen Sie die Funktion auf, um die Datei zu öffnen.\n");
		amts_check_translation(&f, p.arena, &p.in);
		assert_int_equal(f.n, 1);
		assert_in_range(f.v[0].message.n, 198, 200);
		assert_int_equal(amts_utf8_fault(f.v[0].message), f.v[0].message.n);
		amts_arena_free(p.arena);
	}
	amts_buf_release(&text);
}

/* Each of the numbers is searched for in all of the line, up to a limit. */
static void searches_long_lines_for_a_while(void **state)
{
	enum { NUMBERS = 20000 };
	struct amts_buf src = AMTS_BUF_INIT, tgt = AMTS_BUF_INIT;
	struct amts_faults f;
	struct page p;
	int i;

	(void)state;
	amts_buf_addf(&src, TOP "All numbers");
	amts_buf_addf(&tgt, OBEN "Alle Zahlen");
	for (i = 0; i < NUMBERS; i++) {
		amts_buf_addf(&src, " n %d", 100000 + i);
		amts_buf_addf(&tgt, " n vier");
	}
	load(&p, src.p, tgt.p);
	amts_check_translation(&f, p.arena, &p.in);
	assert_in_range(f.n, 1, AMTS_CHECK_MOST - 1);
	amts_buf_release(&src);
	amts_buf_release(&tgt);
	amts_arena_free(p.arena);
}

/* ---- links ---- */

static const struct {
	const char *what, *src, *tgt, *faults;
} links[] = {
	{ "a file that only the source has", TOP "See [more](more.md).\n",
		OBEN "Siehe [mehr](more.md).\n", "link:5" },
	{ "a file of the translation", TOP "See [more](more.md).\n",
		OBEN "Siehe [mehr](../guide/mehr.md).\n", "" },
	{ "a link that is broken in the source, too", TOP "See [more](none.md).\n",
		OBEN "Siehe [mehr](none.md).\n", "" },
	{ "other sites and the site's root", TOP, OBEN "[a](https://x.org/y) [b](/y)\n",
		"" },
	{ "an anchor of the source's heading", TOP "See [above](#the-page).\n",
		OBEN "Siehe [oben](#the-page).\n", "anchor:5" },
	{ "an anchor of the translation's heading", TOP "See [above](#the-page).\n",
		OBEN "Siehe [oben](#die-seite).\n", "" },
	{ "an id that was kept",
		"# The page {#top}\n\nSee [above](#top) for all of it.\n",
		"# Die Seite {#top}\n\nSiehe [oben](#top) für alles davon.\n", "" },
	{ "an id that was lost",
		"# The page {#top}\n\nSee [above](#top) for all of it.\n",
		"# Die Seite\n\nSiehe [oben](#top) für alles davon.\n", "anchor:3" },
	{ "a label that was lost",
		"# The page\n:label:`sec_page`\n\nSee :numref:`sec_page` for all of "
		"it.\n",
		"# Die Seite\n\nSiehe :numref:`sec_page` für alles davon.\n", "label:3" },
	{ "a label that was kept",
		"# The page\n:label:`sec_page`\n\nSee :numref:`sec_page` for all of "
		"it.\n",
		"# Die Seite\n:label:`sec_page`\n\nSiehe :numref:`sec_page` für alles.\n",
		"" },
};

static void follows_links(void **state)
{
	struct amts_check_site *src, *tgt;
	struct page p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		load(&p, links[i].src, links[i].tgt);
		src = amts_check_site_new();
		tgt = amts_check_site_new();
		amts_check_site_add_file(src, AMTS_STR("guide/more.md"));
		amts_check_site_add_file(tgt, AMTS_STR("guide/mehr.md"));
		amts_check_site_add_page(src, p.in.src_path, p.src);
		amts_check_site_add_page(tgt, p.in.tgt_path, p.tgt);
		p.in.src_site = src;
		p.in.tgt_site = tgt;
		assert_faults(&p, links[i].what, links[i].faults);
		amts_check_site_free(src);
		amts_check_site_free(tgt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_faults),
		cmocka_unit_test(says_what_is_pending),
		cmocka_unit_test(says_how_many_more),
		cmocka_unit_test(cuts_messages_between_characters),
		cmocka_unit_test(searches_long_lines_for_a_while),
		cmocka_unit_test(follows_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
