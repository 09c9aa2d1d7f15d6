#include "mt/repair.h"
#include "amts/align.h"
#include "store/words.h"

/* Different placeholders and numbers in a segment; with more it is left alone, so that
 * cost stays proportional to its length. */
#define SWAPS_MAX 512

/* The placeholders, numbers or names of src and of wanted, position by position. */
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

/* ---- words ---------------------------------------------------------------------- */

/* A segment cut into words. */
struct side {
	struct amts_str text;
	const struct store_words *w;
};

static struct amts_str word_at(const struct side *x, size_t i)
{
	return word_text(x->text, &x->w->v[i]);
}

static int is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Capitals or digits inside: "PyTorch", "GPU", "resnet18". */
static int is_name(struct amts_str s)
{
	size_t i;

	for (i = 1; i < s.n; i++)
		if (is_upper(s.p[i]) || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_')
			return 1;
	return 0;
}

static int is_first(const struct side *x, size_t i)
{
	while (i && x->w->v[i - 1].kind == STORE_WORD_PUNCT)
		i--;
	return !i;
}

/* … or a capital where no sentence begins. */
static int is_name_at(const struct side *x, size_t i)
{
	struct amts_str s = word_at(x, i);

	return is_name(s) || (is_upper(s.p[0]) && !is_first(x, i));
}

/* Does the translation have the word as it is? */
static int is_carried(const struct side *tgt, struct amts_str word)
{
	size_t i;

	for (i = 0; i < tgt->w->n; i++)
		if (amts_str_eq(word_at(tgt, i), word))
			return word.n > 2 || is_upper(word.p[0]);
	return 0;
}

static size_t next_text(const struct side *x, size_t i, size_t end)
{
	while (i < end && x->w->v[i].kind != STORE_WORD_TEXT)
		i++;
	return i;
}

static size_t count_text(const struct side *x, size_t i, size_t end)
{
	size_t n = 0;

	for (; i < end; i++)
		n += x->w->v[i].kind == STORE_WORD_TEXT;
	return n;
}

/*
 * Words [i0, i1) of src stand for words [j0, j1) of wanted.  A name, and what the
 * translation has as it is, goes over one to one, or the translation says the wrong
 * thing.
 */
static int swap_words(struct swaps *s, const struct side *src, size_t i0, size_t i1,
	const struct side *wanted, size_t j0, size_t j1, const struct side *tgt)
{
	int paired = count_text(src, i0, i1) == count_text(wanted, j0, j1);
	size_t i = next_text(src, i0, i1), j = next_text(wanted, j0, j1);

	for (; i < i1; i = next_text(src, i + 1, i1)) {
		struct amts_str from = word_at(src, i);
		int carried = is_carried(tgt, from);

		if (carried || is_name_at(src, i)) {
			if (!carried || !paired || !is_upper(word_at(wanted, j).p[0]) ||
				!is_upper(from.p[0]) ||
				!pair_up(s, from, word_at(wanted, j)))
				return 0;
		} else if (paired && is_name_at(wanted, j)) {
			return 0;
		}
		if (paired)
			j = next_text(wanted, j + 1, j1);
	}
	for (j = paired ? j1 : next_text(wanted, j0, j1); j < j1;
		j = next_text(wanted, j + 1, j1))
		if (is_name_at(wanted, j))
			return 0;
	return 1;
}

/* A word that stays at one place and is another at the next tells nothing; abbreviations
 * are compared by case. */
static int keeps(struct swaps *s, struct amts_str from, struct amts_str to)
{
	if (swap_find(s, from))
		return pair_up(s, from, to);
	return amts_str_eq(from, to) || (!is_name(from) && !is_name(to));
}

static int collect_words(struct swaps *s, struct amts_arena *arena,
	const struct side *src, const struct side *wanted, const struct side *tgt)
{
	uint64_t *a = AMTS_NEW(arena, uint64_t, src->w->n + 1),
		 *b = AMTS_NEW(arena, uint64_t, wanted->w->n + 1);
	size_t i, n, i0 = 0, j0 = 0;
	struct amts_match *m;

	for (i = 0; i < src->w->n; i++)
		a[i] = src->w->v[i].hash;
	for (i = 0; i < wanted->w->n; i++)
		b[i] = wanted->w->v[i].hash;
	n = amts_lcs(&m, arena, a, src->w->n, b, wanted->w->n);
	for (i = 0; i <= n; i++) {
		size_t i1 = i < n ? m[i].i : src->w->n,
		       j1 = i < n ? m[i].j : wanted->w->n;

		if (!swap_words(s, src, i0, i1, wanted, j0, j1, tgt))
			return 0;
		i0 = i1 + 1;
		j0 = j1 + 1;
	}
	for (i = 0; i < n; i++)
		if (src->w->v[m[i].i].kind == STORE_WORD_TEXT &&
			!keeps(s, word_at(src, m[i].i), word_at(wanted, m[i].j)))
			return 0;
	return 1;
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
	     collect(&s, STORE_WORD_NUMBER, src, &a, wanted, &b) &&
	     collect_words(&s, arena, &(struct side){ src, &a },
		     &(struct side){ wanted, &b }, &(struct side){ tgt, &c });
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
