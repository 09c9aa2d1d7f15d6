/* Parts of the aligner: chains, bands, the lexicon. */
#include "align/chain.h"
#include "align/lexicon.h"
#include "align/params.h"
#include "align/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- chain ---------------------------------------------------------------------- */

static double weight_of(const struct align_pair *v, size_t n)
{
	double sum = 0;

	for (size_t k = 0; k < n; k++) {
		assert_true(!k || (v[k].i > v[k - 1].i && v[k].j > v[k - 1].j));
		sum += v[k].weight;
	}
	return sum;
}

static void chain_takes_the_heavier(void **state)
{
	struct align_pair crossing[] = { { 0, 2, 1 }, { 1, 0, 3 }, { 2, 1, 3 },
		{ 0, 0, 1 } };

	(void)state;
	assert_int_equal(align_chain(crossing, 0, 3), 0);
	assert_int_equal(align_chain(crossing, 4, 3), 2);
	assert_true(weight_of(crossing, 2) == 6);
}

/* Best chain by trying all subsets. */
static double slow_chain(const struct align_pair *v, size_t n)
{
	double best = 0;

	for (unsigned set = 0; set < 1U << n; set++) {
		double sum = 0;
		size_t last = SIZE_MAX;
		int ok = 1;

		for (size_t k = 0; k < n && ok; k++) {
			if (!(set >> k & 1))
				continue;
			ok = last == SIZE_MAX ||
			     (v[k].i > v[last].i && v[k].j > v[last].j);
			last = k;
			sum += v[k].weight;
		}
		if (ok && sum > best)
			best = sum;
	}
	return best;
}

static void chain_equals_trying_all(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct align_pair v[10], sorted[10];
		size_t n = 0;

		for (size_t i = 0; i < 5; i++)
			for (size_t j = 0; j < 5 && n < 10; j++) {
				seed = seed * 1103515245u + 12345u;
				if ((seed >> 16) % 3 == 0)
					v[n++] = (struct align_pair){ i, j,
						1 + (seed >> 20) % 7 };
			}
		memcpy(sorted, v, sizeof(v));
		assert_true(
			weight_of(sorted, align_chain(sorted, n, 5)) == slow_chain(v, n));
	}
}

/* ---- lexicon -------------------------------------------------------------------- */

/* Words 1 to 6 translate to 6 to 1; each sentence has three of them. */
static void lexicon_finds_translations(void **state)
{
	struct align_corpus c = { 0 };
	struct align_lexicon one = { 0 }, two = { 0 };

	(void)state;
	for (uint32_t a = 1; a <= 6; a++)
		for (uint32_t b = a + 1; b <= 6; b++)
			for (uint32_t d = b + 1; d <= 6; d++) {
				uint32_t src[3] = { a, b, d },
					 tgt[3] = { 7 - a, 7 - b, 7 - d };

				align_corpus_add(&c, src, 3, tgt, 3, 1);
			}
	align_lexicon_train(&one, &c, 6, 6, 1);
	align_lexicon_train(&two, &c, 6, 6, 2);
	for (uint32_t s = 1; s <= 6; s++)
		for (uint32_t t = 1; t <= 6; t++) {
			if (t != 7 - s)
				assert_true(align_table_lift(&one.fwd, s, t) <
					    align_table_lift(&one.fwd, s, 7 - s));
			assert_true(align_table_lift(&one.fwd, s, t) ==
				    align_table_lift(&two.fwd, s, t));
			assert_true(align_table_lift(&one.bwd, t, s) ==
				    align_table_lift(&two.bwd, t, s));
		}
	align_lexicon_release(&one);
	align_lexicon_release(&two);
	align_corpus_release(&c);
}

static void lexicon_of_nothing(void **state)
{
	struct align_corpus c = { 0 };
	struct align_lexicon lex = { 0 };
	uint32_t none[1] = { 0 };

	(void)state;
	align_lexicon_train(&lex, &c, 0, 0, 1);
	align_corpus_add(&c, none, 1, none, 0, 1);
	align_lexicon_train(&lex, &c, 3, 3, 1);
	assert_int_equal(lex.fwd.row[4], 0);
	assert_true(align_table_lift(&lex.fwd, 1, 1) <= 0);
	assert_true(align_table_lift(&lex.fwd, 0, 1) <= 0);
	assert_true(align_table_lift(&lex.fwd, 9, 1) <= 0);
	align_lexicon_release(&lex);
	align_corpus_release(&c);
}

/* ---- words ----------------------------------------------------------------------- */

static void words_are_counted_as_they_are_cut(void **state)
{
	static const char *const texts[] = { "", " ", "one", "Two words.", "a-b_c, d3\n",
		"\xe4\xb8\xad\xe6\x96\x87 x \xe5\xad\x97y", "\xe4\xb8",
		"caf\xc3\xa9 \xff\xfe z", "\xed\x95\x9c", "``` c\nint a;\n```" };
	struct amts_arena *arena = amts_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct amts_str s = amts_str_z(texts[i]);

		assert_int_equal(align_words_count(s), align_words_of(arena, s).n);
	}
	amts_arena_free(arena);
}

/* ---- cost ------------------------------------------------------------------------ */

/* Two texts of n and m sentences in blocks of so many. */
struct texts {
	size_t n, m;
	size_t each;  /* each sentence of so many has an anchor of its own; 0: none */
	size_t block; /* sentences a block; 0: all in one */
	size_t shift; /* an anchor of the target belongs to the sentence so far behind */
};

/* Nodes that the coarse program visits. */
static size_t nodes_of(const struct texts *x)
{
	size_t n = x->n, m = x->m, block = x->block ? x->block : n + m;
	struct align_item *items = calloc(n + m, sizeof(*items));
	struct align_side src = { .v = items, .n = n }, tgt = { .v = items + n, .n = m };
	struct align_lexicon lex = { 0 };
	struct align_model model;
	struct match match;
	struct search s = { &model, &src, &tgt, &match };
	uint32_t *same = calloc(n + m + 1, sizeof(*same));
	struct align_chance chance = { { same, same }, { (double)n, (double)m } };
	struct align_side *sides[] = { &src, &tgt };
	struct band band;
	size_t nodes;

	for (int d = 0; d < 2; d++) {
		sides[d]->tok = calloc(sides[d]->n, sizeof(struct align_token));
		for (size_t i = 0; i < sides[d]->n; i++) {
			struct align_item *item = &sides[d]->v[i];

			size_t twin = d ? i + x->shift : i;

			item->block = (uint32_t)(i / block);
			item->tok = (uint32_t)sides[d]->ntok;
			item->ntok = x->each && twin % x->each == 0 && twin < n;
			if (item->ntok)
				sides[d]->tok[sides[d]->ntok++].same = (uint32_t)twin + 1;
			same[i]++;
		}
	}
	align_model_init(&model);
	match_init(&match, &src, &tgt, &lex, &chance);
	band_around_anchors(&band, &s);
	nodes = band.at[n + 1];
	band_release(&band);
	match_release(&match);
	free(src.tok);
	free(tgt.tok);
	free(same);
	free(items);
	return nodes;
}

static size_t band_nodes(size_t n, size_t m, size_t each)
{
	return nodes_of(&(struct texts){ .n = n, .m = m, .each = each });
}

static void cost_grows_with_length(void **state)
{
	size_t small = band_nodes(2000, 2000, 10);

	(void)state;
	for (size_t k = 2; k <= 16; k *= 2)
		assert_true(band_nodes(2000 * k, 2000 * k, 10) < k * small * 11 / 10);
	/* sides of unlike length: never more than a bound, however far apart */
	assert_true(band_nodes(40000, 20000, 10) < 20000000);
	assert_true(band_nodes(40000, 10, 10) <= 40001 * 11);
}

/* A node takes some 30 bytes: without a limit a list of half a million equal items took
 * gigabytes. */
static void memory_of_huge_documents_is_bounded(void **state)
{
	static const size_t sizes[] = { 130000, 200000, 500000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		size_t n = sizes[i], most = BAND_NODES_LAST + 2 * n;

		assert_in_range(band_nodes(n, n, 0), n, most);
		assert_in_range(band_nodes(n, n / 2, 0), n / 2, most);
	}
}

static size_t blocks_nodes(size_t block, size_t shift)
{
	return nodes_of(&(struct texts){
		.n = 2000, .m = 2000, .each = 10, .block = block, .shift = shift });
}

/* The same blocks on both sides: three of them a row, unless anchors say that the blocks
 * are not the same, or one is as long as the text. */
static void narrow_beside_like_blocks(void **state)
{
	(void)state;
	assert_true(blocks_nodes(2, 0) < 2000 * 8);
	assert_true(blocks_nodes(2, 2) < 2000 * 8);
	assert_true(blocks_nodes(2, 10) > 2000 * 12);
	assert_true(blocks_nodes(500, 0) == blocks_nodes(0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chain_takes_the_heavier),
		cmocka_unit_test(chain_equals_trying_all),
		cmocka_unit_test(lexicon_finds_translations),
		cmocka_unit_test(lexicon_of_nothing),
		cmocka_unit_test(words_are_counted_as_they_are_cut),
		cmocka_unit_test(cost_grows_with_length),
		cmocka_unit_test(memory_of_huge_documents_is_bounded),
		cmocka_unit_test(narrow_beside_like_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
