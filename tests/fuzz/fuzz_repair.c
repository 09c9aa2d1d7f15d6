/*
 * Input: the wanted segment, a similar one and its translation, a line each.  Whatever
 * they are, their words lie in order inside them, their distance is symmetric, and a
 * repaired translation has the placeholders of the wanted segment once each and no
 * others.
 */
#include "mt/repair.h"
#include "store/words.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void require(int ok)
{
	if (!ok)
		abort();
}

static struct amts_str line(struct amts_str *rest)
{
	size_t end = amts_str_find(*rest, AMTS_STR("\n"), 0);
	struct amts_str s = amts_str_sub(*rest, 0, end);

	*rest = amts_str_sub(*rest, end + 1, rest->n);
	return s;
}

static void check_words(const struct store_words *w, struct amts_str s)
{
	size_t i, at = 0;
	unsigned weight = 0;

	for (i = 0; i < w->n; i++) {
		require(w->v[i].at.beg >= at && w->v[i].at.end > w->v[i].at.beg);
		at = w->v[i].at.end;
		weight += w->v[i].weight;
	}
	require(at <= s.n && weight == w->weight);
}

static size_t count(
	const struct store_words *w, struct amts_str s, struct amts_str holder)
{
	size_t i, n = 0;

	for (i = 0; i < w->n; i++)
		if (w->v[i].kind == STORE_WORD_HOLDER &&
			(!holder.n || amts_str_eq(holder, amts_str_sub(s, w->v[i].at.beg,
								  w->v[i].at.end))))
			n++;
	return n;
}

static void check_repair(
	const struct store_words *w, struct amts_str wanted, struct amts_str out)
{
	struct store_words got = STORE_WORDS_INIT;
	size_t i;

	store_words_cut(&got, out);
	require(count(&got, out, AMTS_STR("")) == count(w, wanted, AMTS_STR("")));
	for (i = 0; i < w->n; i++) {
		struct amts_str x = amts_str_sub(wanted, w->v[i].at.beg, w->v[i].at.end);

		if (w->v[i].kind == STORE_WORD_HOLDER)
			require(count(&got, out, x) == count(w, wanted, x));
	}
	store_words_release(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct amts_str rest = { (const char *)data, n < 4096 ? n : 4096 };
	struct amts_str wanted = line(&rest), src = line(&rest), tgt = rest, out;
	struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT;
	struct amts_arena *arena = amts_arena_new();

	store_words_cut(&a, wanted);
	store_words_cut(&b, src);
	check_words(&a, wanted);
	check_words(&b, src);
	require(store_words_distance(&a, &b, 1000000) ==
		store_words_distance(&b, &a, 1000000));
	require(store_words_distance(&a, &a, 0) == 0);
	if (mt_repair(&out, arena, wanted, src, tgt))
		check_repair(&a, wanted, out);
	store_words_release(&a);
	store_words_release(&b);
	amts_arena_free(arena);
	return 0;
}
