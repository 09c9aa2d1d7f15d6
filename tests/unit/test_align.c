#include "amts/align.h"
#include "amts/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A pair of documents and what became of it. */
struct pair {
	struct amts_segments src, tgt;
	struct amts_align_job job;
};

static void read_side(struct amts_segments *out, struct amts_arena *arena,
	const char *text, const char *lang, int plain)
{
	struct amts_str bytes = amts_arena_str(arena, amts_str_z(text));
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	if (plain)
		assert_int_equal(amts_doc_plain(&doc, arena, bytes, &err), AMTS_OK);
	else
		assert_int_equal(amts_doc_parse(&doc, arena, bytes, &err), AMTS_OK);
	assert_int_equal(amts_segments(out, arena, doc, lang, &err), AMTS_OK);
}

static struct pair *pair_new(
	const char *src, const char *tgt, const char *lang, int plain)
{
	struct pair *p = calloc(1, sizeof(*p));

	p->job.arena = amts_arena_new();
	read_side(&p->src, p->job.arena, src, "en", plain);
	read_side(&p->tgt, p->job.arena, tgt, lang, plain);
	p->job.src = &p->src;
	p->job.tgt = &p->tgt;
	return p;
}

static void pair_free(struct pair *p)
{
	amts_arena_free(p->job.arena);
	free(p);
}

static void align(struct pair *p, const char *lang)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;

	assert_int_equal(amts_aligner_new(&al, "en", lang, &err), AMTS_OK);
	assert_int_equal(amts_align_batch(al, &p->job, 1, 1, &err), AMTS_OK);
	amts_aligner_free(al);
}

/* Every unit of both sides once, sources in order. */
static void assert_covers(const struct amts_alignment *a, size_t nsrc, size_t ntgt)
{
	unsigned char *seen = calloc(ntgt + 1, 1);
	size_t next = 0, total = 0;

	for (size_t k = 0; k < a->n; k++) {
		const struct amts_bead *b = &a->v[k];

		assert_int_equal(b->src_beg, next);
		next = b->src_end;
		assert_true(b->src_end > b->src_beg || b->tgt_end > b->tgt_beg);
		assert_true(b->tgt_end <= ntgt);
		assert_true(b->score >= 0 && b->score <= 1);
		for (size_t j = b->tgt_beg; j < b->tgt_end; j++) {
			assert_false(seen[j]);
			seen[j] = 1;
			total++;
		}
	}
	assert_int_equal(next, nsrc);
	assert_int_equal(total, ntgt);
	free(seen);
}

static void assert_covered(const struct pair *p)
{
	assert_covers(&p->job.sentences, p->src.n, p->tgt.n);
	assert_covers(&p->job.blocks, p->src.doc->n, p->tgt.doc->n);
}

static char *show(const struct amts_alignment *a, struct amts_arena *arena)
{
	struct amts_str s = AMTS_STR("");

	for (size_t k = 0; k < a->n; k++)
		s = amts_arena_fmt(arena, "%s%s%zu-%zu/%zu-%zu", s.n ? s.p : "",
			s.n ? " " : "", a->v[k].src_beg, a->v[k].src_end, a->v[k].tgt_beg,
			a->v[k].tgt_end);
	return amts_arena_z(arena, s);
}

static void empty_sides(void **state)
{
	static const char *texts[] = { "", "One sentence.\n", "\n\n\n" };

	(void)state;
	for (int a = 0; a < 3; a++)
		for (int b = 0; b < 3; b++)
			for (int plain = 0; plain < 2; plain++) {
				struct pair *p =
					pair_new(texts[a], texts[b], "fr", plain);

				align(p, "fr");
				assert_covered(p);
				pair_free(p);
			}
}

static const char guide[] =
	"# Install\n\nDownload the archive first. Then unpack it anywhere.\n\n"
	"```sh\nmake install\n```\n\n## Use\n\nRun `tool --help` to see 12 options. "
	"Each option has a default.\n\n- First item here\n- Second item here\n";

static void identical_documents(void **state)
{
	struct pair *p = pair_new(guide, guide, "fr", 0);

	(void)state;
	align(p, "fr");
	assert_covered(p);
	for (size_t k = 0; k < p->job.blocks.n; k++)
		assert_int_equal(p->job.blocks.v[k].src_beg, p->job.blocks.v[k].tgt_beg);
	for (size_t k = 0; k < p->job.sentences.n; k++)
		assert_int_equal(
			p->job.sentences.v[k].src_end, p->job.sentences.v[k].tgt_end);
	pair_free(p);
}

static void left_out_paragraph(void **state)
{
	struct pair *p = pair_new(
		"# Install\n\nDownload version 2.1 from https://example.org/get now.\n\n"
		"This part is only for people who like to read long stories about "
		"nothing "
		"at all, and nobody translated it for them.\n\n"
		"Run `tool --help` for 12 options.\n",
		"# Installation\n\nT\xc3\xa9l\xc3\xa9"
		"chargez la version 2.1 sur "
		"https://example.org/get maintenant.\n\n"
		"Lancez `tool --help` pour 12 options.\n",
		"fr", 0);

	(void)state;
	align(p, "fr");
	assert_covered(p);
	assert_string_equal(
		show(&p->job.blocks, p->job.arena), "0-1/0-1 1-2/1-2 2-3/2-2 3-4/2-3");
	pair_free(p);
}

/* Sentence k of a made-up language: the same words under another spelling. */
static void add_sentence(struct amts_buf *b, unsigned k, int tgt)
{
	unsigned seed = k * 2654435761u + 7, words = 4 + k % 9;

	for (unsigned w = 0; w < words; w++) {
		seed = seed * 1103515245u + 12345u;
		amts_buf_addf(b, "%s%c%c%c%c", w ? " " : "",
			(tgt ? 'm' : 'a') + (seed >> 16) % 9,
			(tgt ? 'a' : 'n') + (seed >> 20) % 9, 'a' + (seed >> 24) % 3,
			tgt ? 'o' : 'e');
	}
	amts_buf_addz(b, ".\n");
}

static struct pair *synthetic(unsigned n, unsigned skip_src, unsigned skip_tgt)
{
	struct amts_buf a = AMTS_BUF_INIT, b = AMTS_BUF_INIT;
	struct pair *p;

	for (unsigned k = 0; k < n; k++) {
		if (k % skip_src)
			add_sentence(&a, k, 0);
		if (k % skip_tgt)
			add_sentence(&b, k, 1);
	}
	p = pair_new(a.p, b.p, "tr", 1);
	amts_buf_release(&a);
	amts_buf_release(&b);
	return p;
}

/* Where nothing matters one pass has to do; where a doubtful place does, all are made. */
static void focus_on_what_matters(void **state)
{
	struct pair *all = synthetic(80, 11, 17), *none = synthetic(80, 11, 17),
		    *some = synthetic(80, 11, 17);
	unsigned char *focus = calloc(all->src.doc->n + 1, 1);
	double sure[2] = { 0, 0 };

	(void)state;
	align(all, "tr");
	none->job.focus = focus;
	align(none, "tr");
	assert_covered(none);
	memset(focus, 1, all->src.doc->n);
	some->job.focus = focus;
	align(some, "tr");
	assert_string_equal(show(&all->job.sentences, all->job.arena),
		show(&some->job.sentences, some->job.arena));
	for (size_t k = 0; k < all->job.sentences.n; k++)
		assert_true(
			all->job.sentences.v[k].score == some->job.sentences.v[k].score);
	for (size_t k = 0; k < 60; k++) {
		sure[0] += all->job.sentences.v[k].score;
		sure[1] += none->job.sentences.v[k].score;
	}
	assert_true(sure[0] > sure[1]); /* the words told more */
	pair_free(all);
	pair_free(none);
	pair_free(some);
	free(focus);
}

static void threads_change_nothing(void **state)
{
	char *shown[2][8];
	struct pair *pairs[2][8];

	(void)state;
	for (unsigned round = 0; round < 2; round++) {
		struct amts_align_job jobs[8];
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_aligner *al;

		for (unsigned k = 0; k < 8; k++) {
			pairs[round][k] = synthetic(40 + k * 7, 11 + k, 17 - k);
			jobs[k] = pairs[round][k]->job;
		}
		assert_int_equal(amts_aligner_new(&al, "en", "tr", &err), AMTS_OK);
		assert_int_equal(
			amts_align_batch(al, jobs, 8, round ? 5 : 1, &err), AMTS_OK);
		amts_aligner_free(al);
		for (unsigned k = 0; k < 8; k++)
			shown[round][k] = show(&jobs[k].sentences, jobs[k].arena);
		for (unsigned k = 0; k < 8; k++)
			pairs[round][k]->job = jobs[k];
	}
	for (unsigned k = 0; k < 8; k++) {
		const struct amts_alignment *a = &pairs[0][k]->job.sentences;
		const struct amts_alignment *b = &pairs[1][k]->job.sentences;

		assert_string_equal(shown[0][k], shown[1][k]);
		for (size_t i = 0; i < a->n; i++)
			assert_true(a->v[i].score == b->v[i].score);
		assert_covered(pairs[0][k]);
		pair_free(pairs[0][k]);
		pair_free(pairs[1][k]);
	}
}

static void align_with(struct amts_aligner *al, struct pair *p)
{
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(amts_align_batch(al, &p->job, 1, 1, &err), AMTS_OK);
	assert_covered(p);
}

/* An aligner that was saved and loaded goes on as if nothing had happened. */
static void what_was_learnt_is_kept(void **state)
{
	struct pair *first = synthetic(120, 11, 17), *one = synthetic(30, 7, 5);
	struct pair *two = synthetic(30, 7, 5);
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al, *copy;
	struct amts_buf saved = AMTS_BUF_INIT, again = AMTS_BUF_INIT;

	(void)state;
	assert_int_equal(amts_aligner_new(&al, "en", "tr", &err), AMTS_OK);
	align_with(al, first);
	assert_int_equal(amts_aligner_save(&saved, al, &err), AMTS_OK);
	assert_int_equal(amts_aligner_load(&copy, amts_buf_str(&saved), "en", "tr", &err),
		AMTS_OK);
	assert_int_equal(amts_aligner_save(&again, copy, &err), AMTS_OK);
	assert_true(amts_str_eq(amts_buf_str(&saved), amts_buf_str(&again)));
	align_with(al, one);
	align_with(copy, two);
	assert_string_equal(show(&one->job.sentences, one->job.arena),
		show(&two->job.sentences, two->job.arena));
	amts_aligner_free(al);
	amts_aligner_free(copy);
	pair_free(first);
	pair_free(one);
	pair_free(two);
	amts_buf_release(&saved);
	amts_buf_release(&again);
}

/* Aligned without learning, a document is what it is alone, in any company. */
static void known_teaches_nothing(void **state)
{
	struct pair *first = synthetic(120, 11, 17), *pairs[6];
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;
	struct amts_align_job jobs[6];
	struct amts_buf before = AMTS_BUF_INIT, after = AMTS_BUF_INIT;

	(void)state;
	assert_int_equal(amts_aligner_new(&al, "en", "tr", &err), AMTS_OK);
	align_with(al, first);
	assert_int_equal(amts_aligner_save(&before, al, &err), AMTS_OK);
	for (unsigned k = 0; k < 6; k++) {
		pairs[k] = synthetic(40 + k / 2 * 7, 11, 7);
		jobs[k] = pairs[k]->job;
	}
	assert_int_equal(amts_align_known(al, jobs, 5, 3, &err), AMTS_OK);
	assert_int_equal(amts_align_known(al, &jobs[5], 1, 1, &err), AMTS_OK);
	for (unsigned k = 0; k < 6; k++)
		pairs[k]->job = jobs[k];
	for (unsigned k = 0; k < 6; k++) {
		assert_covered(pairs[k]);
		assert_string_equal(show(&jobs[k].sentences, jobs[k].arena),
			show(&jobs[k ^ 1].sentences, jobs[k ^ 1].arena));
		assert_true(jobs[k].sentences.v[1].score > .5);
	}
	assert_int_equal(amts_aligner_save(&after, al, &err), AMTS_OK);
	assert_true(amts_str_eq(amts_buf_str(&before), amts_buf_str(&after)));
	amts_aligner_free(al);
	for (unsigned k = 0; k < 6; k++)
		pair_free(pairs[k]);
	pair_free(first);
	amts_buf_release(&before);
	amts_buf_release(&after);
}

/* First word of the two spellings of sentence k. */
static uint64_t first_word(unsigned k, int tgt)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_token *v;
	uint64_t hash;
	size_t n;

	add_sentence(&b, k, tgt);
	assert_int_equal(
		amts_tokens(&v, &n, arena, amts_buf_str(&b), tgt ? "tr" : "en", &err),
		AMTS_OK);
	hash = v[0].hash;
	amts_buf_release(&b);
	amts_arena_free(arena);
	return hash;
}

static void words_that_translate_each_other(void **state)
{
	struct pair *p = synthetic(120, 11, 17);
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;
	size_t best = 0;

	(void)state;
	assert_int_equal(amts_aligner_new(&al, "en", "tr", &err), AMTS_OK);
	assert_true(amts_aligner_lift(al, first_word(1, 0), first_word(1, 1)) <= 0);
	align_with(al, p);
	for (unsigned k = 1; k < 10; k++)
		for (unsigned other = 1; other < 10; other++)
			best += amts_aligner_lift(
					al, first_word(k, 0), first_word(k, 1)) >=
				amts_aligner_lift(
					al, first_word(k, 0), first_word(other, 1));
	assert_true(best >= 79);
	amts_aligner_free(al);
	pair_free(p);
}

/* Bytes of what a pair teaches; released by the caller. */
static struct amts_buf lesson_of(const struct pair *p)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;

	assert_int_equal(amts_lesson(&b, &p->src, &p->tgt, "en", "tr", &err), AMTS_OK);
	return b;
}

/* Lessons are of the document alone; what they teach is kept with all its effects. */
static void taught_by_lessons(void **state)
{
	struct pair *pairs[4], *copy = synthetic(60, 9, 13);
	struct amts_buf made[4], again, saved = AMTS_BUF_INIT;
	struct amts_str lessons[4];
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *known, *loaded, *none;

	(void)state;
	for (unsigned k = 0; k < 4; k++) {
		pairs[k] = synthetic(60 + 30 * k, 9, 13);
		made[k] = lesson_of(pairs[k]);
		lessons[k] = amts_buf_str(&made[k]);
	}
	again = lesson_of(pairs[0]);
	assert_true(amts_str_eq(amts_buf_str(&again), lessons[0]));
	assert_int_equal(
		amts_aligner_taught(&known, lessons, 4, "en", "tr", 2, &err), AMTS_OK);
	assert_int_equal(amts_aligner_save(&saved, known, &err), AMTS_OK);
	assert_int_equal(
		amts_aligner_load(&loaded, amts_buf_str(&saved), "en", "tr", &err),
		AMTS_OK);
	assert_int_equal(amts_align_known(known, &pairs[0]->job, 1, 1, &err), AMTS_OK);
	assert_int_equal(amts_align_known(loaded, &copy->job, 1, 1, &err), AMTS_OK);
	assert_covered(copy);
	for (size_t k = 0; k < copy->job.sentences.n; k++)
		assert_memory_equal(&copy->job.sentences.v[k],
			&pairs[0]->job.sentences.v[k], sizeof(struct amts_bead));
	lessons[2].n--;
	assert_int_equal(
		amts_aligner_taught(&none, lessons, 4, "en", "tr", 2, &err), AMTS_EPARSE);
	amts_aligner_free(known);
	amts_aligner_free(loaded);
	for (unsigned k = 0; k < 4; k++) {
		pair_free(pairs[k]);
		amts_buf_release(&made[k]);
	}
	pair_free(copy);
	amts_buf_release(&again);
	amts_buf_release(&saved);
}

static void damaged_bytes_are_refused(void **state)
{
	struct pair *p = synthetic(20, 11, 17);
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;
	struct amts_buf saved = AMTS_BUF_INIT;

	(void)state;
	assert_int_equal(amts_aligner_new(&al, "en", "tr", &err), AMTS_OK);
	align_with(al, p);
	assert_int_equal(amts_aligner_save(&saved, al, &err), AMTS_OK);
	amts_aligner_free(al);
	assert_int_equal(amts_aligner_load(&al, amts_buf_str(&saved), "en", "fr", &err),
		AMTS_EPARSE);
	for (size_t n = 0; n < saved.n; n += 97) {
		struct amts_str cut = { saved.p, n };

		assert_int_equal(
			amts_aligner_load(&al, cut, "en", "tr", &err), AMTS_EPARSE);
		saved.p[n] ^= 4;
		assert_int_equal(
			amts_aligner_load(&al, amts_buf_str(&saved), "en", "tr", &err),
			AMTS_EPARSE);
		saved.p[n] ^= 4;
	}
	pair_free(p);
	amts_buf_release(&saved);
}

static void repeat(struct amts_buf *out, const char *line, unsigned n)
{
	for (unsigned k = 0; k < n; k++)
		amts_buf_addz(out, line);
}

/* Both sides say one thing over and over: no place in them is different from another. */
static void endless_repetition(void **state)
{
	struct amts_buf a = AMTS_BUF_INIT, b = AMTS_BUF_INIT;
	struct pair *p;

	(void)state;
	repeat(&a, "The same sentence again.\n", 6000);
	repeat(&b, "La misma frase otra vez.\n", 6000);
	p = pair_new(a.p, b.p, "es", 1);
	align(p, "es");
	assert_covered(p);
	for (size_t k = 0; k < p->job.sentences.n; k++)
		assert_int_equal(
			p->job.sentences.v[k].src_beg, p->job.sentences.v[k].tgt_beg);
	pair_free(p);
	amts_buf_release(&a);
	amts_buf_release(&b);
}

static void sides_of_unlike_size(void **state)
{
	struct amts_buf a = AMTS_BUF_INIT;
	struct pair *p;

	(void)state;
	for (unsigned k = 0; k < 20000; k++)
		add_sentence(&a, k, 0);
	p = pair_new(a.p, "Una.\nDos.\nTres.\n", "es", 1);
	align(p, "es");
	assert_covered(p);
	pair_free(p);
	p = pair_new("One.\n", a.p, "es", 1);
	align(p, "es");
	assert_covered(p);
	pair_free(p);
	amts_buf_release(&a);
}

/* Two texts that have nothing to do with each other: code here, prose there. */
static void nothing_in_common(void **state)
{
	struct amts_buf a = AMTS_BUF_INIT, b = AMTS_BUF_INIT;
	struct pair *p;

	(void)state;
	for (unsigned k = 0; k < 300; k++) {
		amts_buf_addf(&a, "```\nf%u(%u)\n```\n\n", k, k * 7919);
		add_sentence(&b, k, 1);
		amts_buf_addz(&b, "\n");
	}
	p = pair_new(a.p, b.p, "es", 0);
	align(p, "es");
	assert_covered(p);
	for (size_t k = 0; k < p->job.blocks.n; k++)
		assert_true(p->job.blocks.v[k].src_beg == p->job.blocks.v[k].src_end ||
			    p->job.blocks.v[k].tgt_beg == p->job.blocks.v[k].tgt_end);
	pair_free(p);
	amts_buf_release(&a);
	amts_buf_release(&b);
}

static void any_bytes(void **state)
{
	static const char *texts[] = { "\xff\xfe\x01\n\n# \xc3\n",
		"$$\n$$ ` <x id=\"9\"/>\n", "|||\n|-|\n|a|\n", "> > > - 1. #\n",
		":begin_tab:`\n:begin_tab:`,,,`\n:end_tab:" };

	(void)state;
	for (size_t a = 0; a < 5; a++)
		for (size_t b = 0; b < 5; b++) {
			struct pair *p = pair_new(texts[a], texts[b], "zh", 0);

			align(p, "zh");
			assert_covered(p);
			pair_free(p);
		}
}

/* ---- blocks --------------------------------------------------------------------- */

#define TUNE                                                                             \
	"The `tune` command reads the file `radio.conf` and looks for 7 stations.\n\n"
#define TUNE_ES "La orden `tune` lee el archivo `radio.conf` y busca 7 emisoras.\n\n"
#define VOLUME                                                                           \
	"# Volume\n\nSet the volume with `gain --db 12` and :numref:`sec_gain`.\n\n"     \
	"```sh\ngain --db 12\ngain --save\n```\n\nLouder than 30 is not allowed by $L "  \
	"< 30$.\n\n"
#define VOLUME_ES                                                                        \
	"# Volumen\n\nFije el volumen con `gain --db 12` y :numref:`sec_gain`.\n\n"      \
	"```sh\ngain --db 12\ngain --save\n```\n\nNo se permite m\xc3\xa1s de 30, por "  \
	"$L < 30$.\n\n"
#define ALARM "# Alarm\n\nThe alarm rings at `06:30` unless `alarm.off` exists.\n\n"
#define ALARM_ES                                                                         \
	"# Alarma\n\nLa alarma suena a las `06:30` salvo que exista `alarm.off`.\n\n"
#define CLOCK                                                                            \
	"# Clock\n\nSet the clock with `date -s` before `ntpd` starts on port 123.\n\n"
#define CLOCK_ES                                                                         \
	"# Reloj\n\nPonga el reloj con `date -s` antes de que `ntpd` use el puerto "     \
	"123.\n\n"

static void expect_blocks(const char *src, const char *tgt, const char *beads)
{
	struct pair *p = pair_new(src, tgt, "es", 0);

	align(p, "es");
	assert_covered(p);
	assert_string_equal(show(&p->job.blocks, p->job.arena), beads);
	pair_free(p);
}

static void blocks_of_one_document(void **state)
{
	(void)state;
	expect_blocks(TUNE ALARM CLOCK, TUNE_ES ALARM_ES CLOCK_ES,
		"0-1/0-1 1-2/1-2 2-3/2-3 3-4/3-4 4-5/4-5");
	/* a section moved to the end */
	expect_blocks(TUNE VOLUME ALARM CLOCK, TUNE_ES ALARM_ES CLOCK_ES VOLUME_ES,
		"0-1/0-1 1-2/5-6 2-3/6-7 3-4/7-8 4-5/8-9 5-6/1-2 6-7/2-3 7-8/3-4 "
		"8-9/4-5");
	/* a section left out */
	expect_blocks(TUNE VOLUME ALARM, TUNE_ES ALARM_ES,
		"0-1/0-1 1-2/1-1 2-3/1-1 3-4/1-1 4-5/1-1 5-6/1-2 6-7/2-3");
	/* two paragraphs became one */
	expect_blocks(ALARM TUNE "It then writes `found.txt` with 3 columns.\n\n" CLOCK,
		ALARM_ES
		"La orden `tune` lee el archivo `radio.conf` y busca 7 emisoras. "
		"Luego escribe `found.txt` con 3 columnas.\n\n" CLOCK_ES,
		"0-1/0-1 1-2/1-2 2-4/2-3 4-5/3-4 5-6/4-5");
	/* a paragraph became a list */
	expect_blocks(ALARM
		"Choose `am` for 3 far stations, `fm` for 40 near ones and `dab` for "
		"those of 2020.\n\n" CLOCK,
		ALARM_ES
		"Elija:\n\n- `am` para 3 emisoras lejanas;\n- `fm` para 40 cercanas;\n"
		"- `dab` para las de 2020.\n\n" CLOCK_ES,
		"0-1/0-1 1-2/1-2 2-3/2-6 3-4/6-7 4-5/7-8");
	/* code is paired with code, whatever stands around it */
	expect_blocks("```c\nint a = 1;\n```\n\n```c\nchar *b = \"x\";\n```\n",
		"```c\nchar *b = \"equis\";\n```\n", "0-1/0-0 1-2/0-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_sides),
		cmocka_unit_test(identical_documents),
		cmocka_unit_test(left_out_paragraph),
		cmocka_unit_test(focus_on_what_matters),
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(what_was_learnt_is_kept),
		cmocka_unit_test(known_teaches_nothing),
		cmocka_unit_test(words_that_translate_each_other),
		cmocka_unit_test(taught_by_lessons),
		cmocka_unit_test(damaged_bytes_are_refused),
		cmocka_unit_test(endless_repetition),
		cmocka_unit_test(sides_of_unlike_size),
		cmocka_unit_test(nothing_in_common),
		cmocka_unit_test(any_bytes),
		cmocka_unit_test(blocks_of_one_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
