/* Documents are written one block a line: "# h", "- item", "``` code", ": directive",
 * "$ math", "--- " rule, anything else a paragraph. */
#include "amts/align.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum amts_block_kind kind_of(struct amts_str line)
{
	static const struct {
		const char *prefix;
		enum amts_block_kind kind;
	} kinds[] = {
		{ "#", AMTS_BLOCK_HEADING },
		{ "- ", AMTS_BLOCK_LIST_ITEM },
		{ "```", AMTS_BLOCK_CODE },
		{ ":label:", AMTS_BLOCK_LABEL },
		{ ":", AMTS_BLOCK_DIRECTIVE },
		{ "$", AMTS_BLOCK_MATH },
		{ "---", AMTS_BLOCK_RULE },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (amts_str_starts(line, amts_str_z(kinds[i].prefix)))
			return kinds[i].kind;
	return AMTS_BLOCK_PARAGRAPH;
}

static struct amts_doc *doc_of(struct amts_arena *arena, const char *text)
{
	struct amts_doc *doc = AMTS_NEW(arena, struct amts_doc, 1);
	size_t beg = 0, lines = 0;

	doc->bytes = amts_str_z(text);
	for (size_t i = 0; i < doc->bytes.n; i++)
		lines += text[i] == '\n';
	doc->v = AMTS_NEW(arena, struct amts_block, lines);
	while (beg < doc->bytes.n) {
		size_t end = amts_str_find(doc->bytes, AMTS_STR("\n"), beg);
		struct amts_str line = amts_str_sub(doc->bytes, beg, end);
		struct amts_block *b = &doc->v[doc->n++];

		b->kind = kind_of(line);
		b->all = b->text = (struct amts_span){ beg, end };
		b->print = amts_str_hash(line, AMTS_HASH_SEED);
		beg = end + 1;
	}
	return doc;
}

static void range(char *to, size_t beg, size_t end)
{
	if (end == beg)
		strcpy(to, ".");
	else if (end == beg + 1)
		sprintf(to, "%zu", beg);
	else
		sprintf(to, "%zu-%zu", beg, end - 1);
}

/* "=0/0 ~1/1-2 +./3 -2/. >5/4": keep, change, insert, delete, move. */
static char *show(struct amts_arena *arena, const struct amts_edits *edits)
{
	struct amts_str s = AMTS_STR("");

	for (size_t k = 0; k < edits->n; k++) {
		const struct amts_edit *e = &edits->v[k];
		char a[64], b[64];

		range(a, e->old_beg, e->old_end);
		range(b, e->new_beg, e->new_end);
		s = amts_arena_fmt(arena, "%s%s%c%s/%s", s.n ? s.p : "", s.n ? " " : "",
			"=~+->"[e->op], a, b);
	}
	return amts_arena_z(arena, s);
}

static void expect(const char *before, const char *after, const char *edits)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_edits got;
	struct amts_error err;

	assert_int_equal(amts_edits_between(&got, arena, doc_of(arena, before),
				 doc_of(arena, after), &err),
		AMTS_OK);
	assert_string_equal(show(arena, &got), edits);
	amts_arena_free(arena);
}

#define P1 "The gradient of the loss is computed by automatic differentiation\n"
#define P2 "A tensor stores numbers in one contiguous piece of memory\n"
#define P3 "We shuffle all the examples before each epoch begins\n"
#define P4 "Batch normalization keeps activations within a sane range\n"

static void nothing_to_compare(void **state)
{
	(void)state;
	expect("", "", "");
	expect(P1, "", "-0/.");
	expect("", P1, "+./0");
	expect(P1 P2, P1 P2, "=0/0 =1/1");
}

static void insert_and_delete(void **state)
{
	(void)state;
	expect(P1 P2, "# New\n" P3 P1 P2, "+./0 +./1 =0/2 =1/3");
	expect(P1 P2, P1 P3 P2, "=0/0 +./1 =1/2");
	expect(P1 P2 P3, P1 P3, "=0/0 -1/. =2/1");
	expect(P1 P2 P3, P3, "-0/. -1/. =2/0");
	expect(P1 P2, P1 P2 P3, "=0/0 =1/1 +./2");
}

static void reworded(void **state)
{
	(void)state;
	expect(P1 P2 P3,
		P1
		"A tensor stores its numbers in one contiguous piece of GPU memory\n" P3,
		"=0/0 ~1/1 =2/2");
	/* the new text above must not take the changed one's place */
	expect(P1 P2,
		P1 "Another paragraph that nobody has seen so far\n"
		   "A tensor stores all numbers in a contiguous piece of memory\n",
		"=0/0 +./1 ~1/2");
	expect("# Summary\n" P1, "# Recap\n" P1, "~0/0 =1/1");
	expect("$a+b$\n" P1, "$a+c$\n" P1, "~0/0 =1/1");
	expect(":label:x\n" P1, ":label:y\n" P1, "~0/0 =1/1");
	/* unlike text in the same place is not a revision of it */
	expect(P1 P2 P3, P1 P4 P3, "=0/0 -1/. +./1 =2/2");
}

static void moved(void **state)
{
	(void)state;
	expect("# One\n" P1 "# Two\n" P2 P3, "# Two\n" P2 P3 "# One\n" P1,
		"=2/0 =3/1 =4/2 >0/3 >1/4");
	/* the short one moved, not the long ones */
	expect("short words\n" P1 P2, P1 P2 "short words\n", "=1/0 =2/1 >0/2");
	/* repeated short blocks move along with their neighbours, never alone */
	expect(":tab a\n" P1 ":end\n" P2 P3 P4 ":end\n",
		P2 P3 P4 ":tab a\n" P1 ":end\n"
			 ":end\n",
		"=3/0 =4/1 =5/2 >0/3 >1/4 >2/5 =6/6");
	/* from one container into another */
	expect(":tab a\n" P2 P1 ":end\n"
	       ":tab b\n" P3 ":end\n",
		":tab a\n" P2 ":end\n"
		":tab b\n" P3 P1 ":end\n",
		"=0/0 =1/1 =3/2 =4/3 =5/4 >2/5 =6/6");
}

static void split_and_joined(void **state)
{
	(void)state;
	expect(P1 "We shuffle all the examples before each epoch begins but batch "
		  "normalization keeps activations within a sane range\n" P2,
		P1 P3 P4 P2, "=0/0 ~1/1-2 =2/3");
	expect(P1 P3 P4 P2,
		P1 "We shuffle all the examples before each epoch begins but batch "
		   "normalization keeps activations within a sane range\n" P2,
		"=0/0 ~1-2/1 =3/2");
	/* a paragraph that became a list */
	expect("There are three kinds of layers namely dense layers of many neurons "
	       "convolutional layers with small kernels and recurrent layers keeping a "
	       "state\n",
		"There are three kinds of layers\n"
		"- dense layers of many neurons\n"
		"- convolutional layers with small kernels\n"
		"- recurrent layers keeping a state\n",
		"~0/0-3");
	/* a new neighbour that has nothing to do with it is not a part */
	expect(P3 P2, "We shuffle all the examples before each epoch\n" P4 P2,
		"~0/0 +./1 =1/2");
}

static void repeated_blocks(void **state)
{
	(void)state;
	expect(":tab a\n" P1 ":end\n",
		":tab a\n" P1 ":end\n"
		":tab b\n" P2 ":end\n",
		"=0/0 =1/1 =2/2 +./3 +./4 +./5");
	expect(":tab a\n" P1 ":end\n"
	       ":tab b\n" P2 ":end\n",
		":tab b\n" P2 ":end\n", "-0/. -1/. -2/. =3/0 =4/1 =5/2");
	expect("---\n---\n---\n", "---\n---\n", "=0/0 =1/1 -2/.");
	expect(P1 P1 P2, P1 P1 P1 P2, "=0/0 =1/1 +./2 =2/3");
}

static void code(void **state)
{
	(void)state;
	expect("```import torch; net = nn.Linear(4, 8)\n" P1
	       "```import mxnet; net = gluon.Dense(8)\n",
		"```import torch; net = nn.Linear(4, 16)\n" P1
		"```import jax; model = flax.Module(3)\n"
		"```import mxnet; net = gluon.Dense(16)\n",
		"~0/0 =1/1 +./2 ~2/3");
	/* text does not become code, whatever words they share */
	expect("import torch and build the net\n" P1,
		"```import torch and build the net\n" P1, "-0/. +./0 =1/1");
}

/* Every old and new block stands in exactly one edit, new ones in order. */
static void random_documents_are_covered(void **state)
{
	static const char *lines[] = { P1, P2, P3, P4, ":end\n", "# A\n", "# B\n",
		"- item one two\n", "---\n", "$x$\n", "```f(x)\n",
		"The loss is computed by automatic differentiation of the gradient\n" };
	unsigned seed = 3;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_str text[2] = { AMTS_STR(""), AMTS_STR("") };
		struct amts_doc *a, *b;
		struct amts_edits got;
		struct amts_error err;
		size_t next = 0, old = 0, seen[32] = { 0 };

		for (int side = 0; side < 2; side++)
			for (unsigned k = 0; k < 20; k++) {
				seed = seed * 1103515245u + 12345u;
				if ((seed >> 16) % 3)
					text[side] = amts_arena_fmt(arena, "%s%s",
						text[side].n ? text[side].p : "",
						lines[(seed >> 18) % 12]);
			}
		a = doc_of(arena, amts_arena_z(arena, text[0]));
		b = doc_of(arena, amts_arena_z(arena, text[1]));
		assert_int_equal(amts_edits_between(&got, arena, a, b, &err), AMTS_OK);
		for (size_t k = 0; k < got.n; k++) {
			const struct amts_edit *e = &got.v[k];

			assert_int_equal(e->new_beg, next);
			next = e->new_end;
			for (size_t i = e->old_beg; i < e->old_end; i++)
				seen[i]++;
			if (e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE)
				assert_true(
					a->v[e->old_beg].print == b->v[e->new_beg].print);
			if (e->op != AMTS_EDIT_MOVE && e->op != AMTS_EDIT_INSERT) {
				assert_true(e->old_beg >= old);
				old = e->old_end;
			}
		}
		assert_int_equal(next, b->n);
		for (size_t i = 0; i < a->n; i++)
			assert_int_equal(seen[i], 1);
		amts_arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_to_compare),
		cmocka_unit_test(insert_and_delete),
		cmocka_unit_test(reworded),
		cmocka_unit_test(moved),
		cmocka_unit_test(split_and_joined),
		cmocka_unit_test(repeated_blocks),
		cmocka_unit_test(code),
		cmocka_unit_test(random_documents_are_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
