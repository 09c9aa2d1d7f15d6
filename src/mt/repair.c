#include "mt/repair.h"
#include "store/words.h"

/* Different placeholders and numbers in a segment; with more it is left alone, so that
 * cost stays proportional to its length. */
#define SWAPS_MAX 512

/* The placeholders or the numbers of src and of wanted, position by position. */
struct swap {
	struct amts_str from, to;
	size_t in_src, in_tgt; /* how often `from` is there */
};

struct swaps {
	struct swap *v;
	size_t n;
};

static struct amts_str word_text(struct amts_str s, const struct store_word *w)
{
	return amts_str_sub(s, w->at.beg, w->at.end);
}

static struct swap *swap_find(struct swaps *s, struct amts_str from)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (amts_str_eq(s->v[i].from, from))
			return &s->v[i];
	return NULL;
}

static size_t next_of_kind(
	const struct store_words *w, size_t i, enum store_word_kind kind)
{
	while (i < w->n && w->v[i].kind != kind)
		i++;
	return i;
}

/* One text swapped for two different ones tells nothing. */
static int pair_up(struct swaps *s, struct amts_str from, struct amts_str to)
{
	struct swap *known = swap_find(s, from);

	if (!known && s->n == SWAPS_MAX)
		return 0;
	if (!known) {
		known = &s->v[s->n++];
		*known = (struct swap){ from, to, 0, 0 };
	}
	known->in_src++;
	return amts_str_eq(known->to, to);
}

/* 0 if there are more of the kind in one segment than in the other. */
static int collect(struct swaps *s, enum store_word_kind kind, struct amts_str src,
	const struct store_words *a, struct amts_str wanted, const struct store_words *b)
{
	size_t i = next_of_kind(a, 0, kind), j = next_of_kind(b, 0, kind);

	while (i < a->n && j < b->n) {
		if (!pair_up(s, word_text(src, &a->v[i]), word_text(wanted, &b->v[j])))
			return 0;
		i = next_of_kind(a, i + 1, kind);
		j = next_of_kind(b, j + 1, kind);
	}
	return i == a->n && j == b->n;
}

static void count_in_target(
	struct swaps *s, struct amts_str tgt, const struct store_words *w)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		struct swap *x = swap_find(s, word_text(tgt, &w->v[i]));

		if (x)
			x->in_tgt++;
	}
}

static int is_holder(struct amts_str s)
{
	return s.n && s.p[0] == '<';
}

/* Placeholders go over one to one; a number may be spelt out as long as it stays. */
static int all_fit(const struct swaps *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		const struct swap *x = &s->v[i];

		if (is_holder(x->from)
				? x->in_src != 1 || x->in_tgt != 1
				: x->in_src != x->in_tgt && !amts_str_eq(x->from, x->to))
			return 0;
	}
	return 1;
}

static int write_out(struct amts_buf *out, struct swaps *s, struct amts_str tgt,
	const struct store_words *w)
{
	size_t i, at = 0;

	for (i = 0; i < w->n; i++) {
		struct swap *x = swap_find(s, word_text(tgt, &w->v[i]));

		if (!x && w->v[i].kind == STORE_WORD_HOLDER)
			return 0;
		if (!x)
			continue;
		amts_buf_add(out, amts_str_sub(tgt, at, w->v[i].at.beg));
		amts_buf_add(out, x->to);
		at = w->v[i].at.end;
	}
	amts_buf_add(out, amts_str_sub(tgt, at, tgt.n));
	return !out->over;
}

int mt_repair(struct amts_str *out, struct amts_arena *arena, struct amts_str wanted,
	struct amts_str src, struct amts_str tgt)
{
	struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT,
			   c = STORE_WORDS_INIT;
	struct amts_buf text = AMTS_BUF_INIT;
	struct swaps s = { NULL, 0 };
	int ok;

	store_words_cut(&a, src);
	store_words_cut(&b, wanted);
	store_words_cut(&c, tgt);
	s.v = AMTS_NEW(arena, struct swap, a.n < SWAPS_MAX ? a.n + 1 : SWAPS_MAX);
	ok = collect(&s, STORE_WORD_HOLDER, src, &a, wanted, &b) &&
	     collect(&s, STORE_WORD_NUMBER, src, &a, wanted, &b);
	if (ok) {
		count_in_target(&s, tgt, &c);
		ok = all_fit(&s) && write_out(&text, &s, tgt, &c);
	}
	if (ok)
		*out = amts_arena_str(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	store_words_release(&a);
	store_words_release(&b);
	store_words_release(&c);
	return ok;
}
