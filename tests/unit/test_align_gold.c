/* The aligner on texts aligned by hand (tests/gold): a floor under its quality. */
#include "amts/align.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BEADS_MAX 128
#define LINE_LEN 1024

/* A gold set: both texts as plain text, and the beads by line numbers. */
struct gold {
	struct amts_buf text[2];
	size_t lines[2];
	struct amts_bead v[BEADS_MAX];
	size_t n;
};

static void end_bead(struct gold *g)
{
	const struct amts_bead *last = &g->v[g->n];

	if (last->src_end + last->tgt_end ==
		(g->n ? g->v[g->n - 1].src_end + g->v[g->n - 1].tgt_end : 0))
		return;
	assert_true(++g->n < BEADS_MAX);
	g->v[g->n] = (struct amts_bead){ g->lines[0], g->lines[0], g->lines[1],
		g->lines[1], 1 };
}

static void add_line(struct gold *g, int side, const char *sentence)
{
	amts_buf_addz(&g->text[side], sentence);
	g->lines[side]++;
	*(side ? &g->v[g->n].tgt_end : &g->v[g->n].src_end) = g->lines[side];
}

static void read_line(struct gold *g, const char *line)
{
	if (line[0] == '|') {
		if (line[1] != '>')
			amts_buf_addz(&g->text[0], "\n");
		if (line[1] != '<')
			amts_buf_addz(&g->text[1], "\n");
	} else if (line[0] == '<' || line[0] == '>') {
		add_line(g, line[0] == '>', line + 2);
	} else if (line[0] == '\n') {
		end_bead(g);
	}
}

static struct gold *gold_new(const char *lang)
{
	struct gold *g = calloc(1, sizeof(*g));
	char line[LINE_LEN], path[64];
	FILE *f;

	snprintf(path, sizeof(path), "tests/gold/en-%s.beads", lang);
	f = fopen(path, "r");
	assert_non_null(f);
	g->text[0] = g->text[1] = (struct amts_buf)AMTS_BUF_INIT;
	while (fgets(line, sizeof(line), f))
		read_line(g, line);
	end_bead(g);
	fclose(f);
	return g;
}

static void gold_free(struct gold *g)
{
	amts_buf_release(&g->text[0]);
	amts_buf_release(&g->text[1]);
	free(g);
}

static int is_two_sided(const struct amts_bead *b)
{
	return b->src_end > b->src_beg && b->tgt_end > b->tgt_beg;
}

static int same_bead(const struct amts_bead *a, const struct amts_bead *b)
{
	return a->src_beg == b->src_beg && a->src_end == b->src_end &&
	       a->tgt_beg == b->tgt_beg && a->tgt_end == b->tgt_end;
}

/* They share a pair of sentences. */
static int touch(const struct amts_bead *a, const struct amts_bead *b)
{
	return a->src_beg < b->src_end && b->src_beg < a->src_end &&
	       a->tgt_beg < b->tgt_end && b->tgt_beg < a->tgt_end;
}

/* Share of the two-sided beads of `of` that pass a test with some bead of `in`. */
static double found(const struct amts_bead *of, size_t nof, const struct amts_bead *in,
	size_t nin, int (*test)(const struct amts_bead *, const struct amts_bead *))
{
	double hits = 0, all = 0;

	for (size_t i = 0; i < nof; i++) {
		size_t j = 0;

		if (!is_two_sided(&of[i]))
			continue;
		while (j < nin && !(is_two_sided(&in[j]) && test(&of[i], &in[j])))
			j++;
		hits += j < nin;
		all++;
	}
	return all > 0 ? hits / all : 0;
}

static void read_side(struct amts_segments *out, struct amts_arena *arena,
	const struct amts_buf *text, const char *lang)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	assert_int_equal(amts_doc_plain(&doc, arena, amts_buf_str(text), &err), AMTS_OK);
	assert_int_equal(amts_segments(out, arena, doc, lang, &err), AMTS_OK);
}

/* F1 over two-sided beads of the gold set of a language, aligned by itself. */
static void score(double *strict, double *lax, const char *lang)
{
	struct gold *g = gold_new(lang);
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_segments src, tgt;
	struct amts_align_job job = {
		.arena = amts_arena_new(), .src = &src, .tgt = &tgt
	};
	struct amts_aligner *al;
	double p, r;

	read_side(&src, job.arena, &g->text[0], "en");
	read_side(&tgt, job.arena, &g->text[1], lang);
	assert_int_equal(src.n, g->lines[0]);
	assert_int_equal(tgt.n, g->lines[1]);
	assert_int_equal(amts_aligner_new(&al, "en", lang, &err), AMTS_OK);
	assert_int_equal(amts_align_batch(al, &job, 1, 1, &err), AMTS_OK);
	p = found(job.sentences.v, job.sentences.n, g->v, g->n, same_bead);
	r = found(g->v, g->n, job.sentences.v, job.sentences.n, same_bead);
	*strict = 2 * p * r / (p + r);
	p = found(job.sentences.v, job.sentences.n, g->v, g->n, touch);
	r = found(g->v, g->n, job.sentences.v, job.sentences.n, touch);
	*lax = 2 * p * r / (p + r);
	if (getenv("AMTS_TEST_SHOW"))
		for (size_t k = 0; k < job.sentences.n; k++)
			fprintf(stderr, "%s %zu-%zu %zu-%zu %.2f\n", lang,
				job.sentences.v[k].src_beg, job.sentences.v[k].src_end,
				job.sentences.v[k].tgt_beg, job.sentences.v[k].tgt_end,
				job.sentences.v[k].score);
	amts_aligner_free(al);
	amts_arena_free(job.arena);
	gold_free(g);
}

static void floor_of_each_language(void **state)
{
	static const struct {
		const char *lang;
		double strict, lax;
	} floors[] = {
		{ "zh", .80, .95 },
		{ "ja", .85, .95 },
		{ "ko", .80, .95 },
		{ "vi", .80, .92 },
		{ "es", .75, .95 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(floors) / sizeof(*floors); i++) {
		double strict, lax;

		score(&strict, &lax, floors[i].lang);
		print_message("%s: strict %.3f lax %.3f\n", floors[i].lang, strict, lax);
		assert_true(strict >= floors[i].strict);
		assert_true(lax >= floors[i].lax);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(floor_of_each_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
