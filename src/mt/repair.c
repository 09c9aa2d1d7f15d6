#include "mt/repair.h"
#include "amts/align.h"
#include "store/words.h"
#include "text/english.h"

#include <string.h>
#include <strings.h>

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

/* Words [i0, i1) of src became words [j0, j1) of wanted. */
struct stretch {
	const struct side *src, *wanted, *tgt;
	size_t i0, i1, j0, j1;
};

#define PLAIN_MAX 8 /* words that are compared in several ways of writing */

static size_t count_text(const struct side *x, size_t i, size_t end)
{
	size_t n = 0;

	for (i = next_text(x, i, end); i < end; i = next_text(x, i + 1, end))
		n++;
	return n;
}

static int is_quantity(const struct side *x, size_t i)
{
	static const char *const words[] = { "few", "little", "lot" };
	size_t k;

	for (k = 0; i < x->w->n && k < sizeof(words) / sizeof(*words); k++)
		if (amts_str_eq(word_at(x, i), amts_str_z(words[k])))
			return 1;
	return 0;
}

/* Must word i stay as it is in the translation? */
static int is_fixed(const struct stretch *k, size_t i)
{
	return is_name_at(k->src, i) || is_carried(k->tgt, word_at(k->src, i));
}

/* A name, and what the translation has as it is, goes over one to one, or the translation
 * says the wrong thing. */
static int swap_name(struct swaps *s, const struct stretch *k, size_t i, size_t j)
{
	struct amts_str from = word_at(k->src, i), to = word_at(k->wanted, j);

	return is_carried(k->tgt, from) && is_upper(from.p[0]) && is_upper(to.p[0]) &&
	       pair_up(s, from, to);
}

/* As many words on both sides: word for word. */
static int swap_pairs(struct swaps *s, const struct stretch *k)
{
	struct amts_str a[PLAIN_MAX], b[PLAIN_MAX];
	size_t i = next_text(k->src, k->i0, k->i1),
	       j = next_text(k->wanted, k->j0, k->j1), n = 0;

	for (; i < k->i1; i = next_text(k->src, i + 1, k->i1),
			  j = next_text(k->wanted, j + 1, k->j1)) {
		if (is_fixed(k, i) || is_name_at(k->wanted, j)) {
			if (!swap_name(s, k, i, j))
				return 0;
			continue;
		}
		if (n == PLAIN_MAX)
			return 0;
		a[n] = word_at(k->src, i);
		b[n++] = word_at(k->wanted, j);
	}
	return text_english_same(a, n, b, n);
}

/* More words on one side: none of them a name. */
static int same_plain(const struct stretch *k)
{
	struct amts_str a[PLAIN_MAX], b[PLAIN_MAX];
	size_t i, n = 0, m = 0;

	for (i = next_text(k->src, k->i0, k->i1); i < k->i1;
		i = next_text(k->src, i + 1, k->i1)) {
		if (n == PLAIN_MAX || is_fixed(k, i))
			return 0;
		a[n++] = word_at(k->src, i);
	}
	for (i = next_text(k->wanted, k->j0, k->j1); i < k->j1;
		i = next_text(k->wanted, i + 1, k->j1)) {
		if (m == PLAIN_MAX || is_name_at(k->wanted, i))
			return 0;
		b[m++] = word_at(k->wanted, i);
	}
	return text_english_same(a, n, b, m) && !is_quantity(k->src, k->i1) &&
	       !is_quantity(k->wanted, k->j1);
}

/* Words that are no names have to be the same in another way of writing: what says
 * something else in the source needs other words in the translation. */
static int swap_words(struct swaps *s, const struct stretch *k)
{
	return count_text(k->src, k->i0, k->i1) == count_text(k->wanted, k->j0, k->j1)
		       ? swap_pairs(s, k)
		       : same_plain(k);
}

/* ---- marks ---------------------------------------------------------------------- */

enum sign {
	SIGN_LIGHT, /* says little where words are the same */
	SIGN_MARK,  /* around words: it would be missing, or be too much */
	SIGN_HEAVY  /* stands for something */
};

static enum sign sign_of(const struct side *x, size_t i)
{
	static const char *const light[] = { ",", ".", ";", ":", "!", "'", "\"", "“", "”",
		"‘", "’" };
	struct amts_str s = word_at(x, i);
	size_t k;

	if (x->w->v[i].kind != STORE_WORD_PUNCT)
		return SIGN_LIGHT;
	if (s.n == 1 && strchr("[]()*_~", s.p[0]))
		return SIGN_MARK;
	if (amts_str_eq(s, AMTS_STR("-")))
		return i + 1 < x->w->n && x->w->v[i + 1].kind == STORE_WORD_NUMBER
			       ? SIGN_HEAVY
			       : SIGN_LIGHT;
	for (k = 0; k < sizeof(light) / sizeof(*light); k++)
		if (amts_str_eq(s, amts_str_z(light[k])))
			return SIGN_LIGHT;
	return SIGN_HEAVY;
}

static size_t next_sign(const struct side *x, size_t i, size_t end, enum sign sign)
{
	while (i < end && sign_of(x, i) != sign)
		i++;
	return i;
}

static int same_signs(const struct stretch *k, enum sign sign)
{
	size_t i = next_sign(k->src, k->i0, k->i1, sign),
	       j = next_sign(k->wanted, k->j0, k->j1, sign);

	while (i < k->i1 && j < k->j1 &&
		amts_str_eq(word_at(k->src, i), word_at(k->wanted, j))) {
		i = next_sign(k->src, i + 1, k->i1, sign);
		j = next_sign(k->wanted, j + 1, k->j1, sign);
	}
	return i >= k->i1 && j >= k->j1;
}

/* The translation may have the marks of wanted already: it was made from a later source.
 */
static int has_marks(const struct side *wanted, const struct side *tgt)
{
	return same_signs(
		&(struct stretch){ wanted, tgt, tgt, 0, wanted->w->n, 0, tgt->w->n },
		SIGN_MARK);
}

/* The sign that ends a segment, and as wide letters have it. */
static const struct {
	const char *narrow, *wide;
} stops[] = { { ".", "。" }, { ":", "：" }, { "!", "！" }, { ";", "；" }, { ",", "，" } };
#define STOPS (sizeof(stops) / sizeof(*stops))

/* STOPS: there is none. */
static size_t stop_of(struct amts_str s, int *wide)
{
	size_t i;

	for (i = 0; i < STOPS; i++) {
		*wide = amts_str_ends(s, amts_str_z(stops[i].wide));
		if (*wide || amts_str_ends(s, amts_str_z(stops[i].narrow)))
			break;
	}
	return i;
}

/* tgt ends as src does; now as wanted.  0 when it does not. */
static int end_alike(struct amts_str *out, struct amts_arena *arena,
	struct amts_str wanted, struct amts_str src, struct amts_str tgt)
{
	int wide, narrow;
	size_t now = stop_of(wanted, &narrow), was = stop_of(src, &narrow),
	       is = stop_of(tgt, &wide);

	*out = tgt;
	if (now == was)
		return 1;
	if (is != was || is == STOPS)
		return 0;
	*out = amts_arena_fmt(arena, AMTS_STR_FMT "%s",
		AMTS_STR_ARG(amts_str_sub(tgt, 0,
			tgt.n - strlen(wide ? stops[is].wide : stops[is].narrow))),
		now == STOPS ? ""
		: wide	     ? stops[now].wide
			     : stops[now].narrow);
	return 1;
}

/* ---- both ----------------------------------------------------------------------- */

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
	int marked = has_marks(wanted, tgt);
	struct amts_match *m;

	for (i = 0; i < src->w->n; i++)
		a[i] = src->w->v[i].hash;
	for (i = 0; i < wanted->w->n; i++)
		b[i] = wanted->w->v[i].hash;
	n = amts_lcs(&m, arena, a, src->w->n, b, wanted->w->n);
	for (i = 0; i <= n; i++) {
		struct stretch k = { src, wanted, tgt, i0, i < n ? m[i].i : src->w->n, j0,
			i < n ? m[i].j : wanted->w->n };

		if (!swap_words(s, &k) || !same_signs(&k, SIGN_HEAVY) ||
			(!marked && !same_signs(&k, SIGN_MARK)))
			return 0;
		i0 = k.i1 + 1;
		j0 = k.j1 + 1;
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

/* Capitals inside of small letters: "PyTorch", "GPUs". */
static int is_mixed(struct amts_str s)
{
	size_t i, upper = 0;

	for (i = 0; i < s.n; i++)
		upper += (size_t)is_upper(s.p[i]);
	return upper && upper < s.n && (upper > 1 || !is_upper(s.p[0]));
}

/* Is a word of src the beginning of s, whatever ending its language gives it? */
static int is_known(const struct side *src, struct amts_str s)
{
	size_t i;

	for (i = 0; i < src->w->n; i++) {
		struct amts_str known = word_at(src, i);

		if (src->w->v[i].kind == STORE_WORD_TEXT && known.n <= s.n &&
			known.n > 1 && !strncasecmp(known.p, s.p, known.n))
			return 1;
	}
	return 0;
}

/* A name that the source does not have ("PyTorch", in a translation of "the library"):
 * people said more than the source does, which may be wrong elsewhere. */
static int adds_name(const struct side *src, const struct side *tgt)
{
	size_t i;

	for (i = 0; i < tgt->w->n; i++)
		if (tgt->w->v[i].kind == STORE_WORD_TEXT && is_mixed(word_at(tgt, i)) &&
			!is_known(src, word_at(tgt, i)))
			return 1;
	return 0;
}

int mt_repair(struct amts_str *out, struct amts_arena *arena, struct amts_str wanted,
	struct amts_str src, struct amts_str tgt)
{
	struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT,
			   c = STORE_WORDS_INIT;
	struct amts_buf text = AMTS_BUF_INIT;
	struct side x = { src, &a }, y = { wanted, &b }, z = { tgt, &c };
	struct swaps s = { NULL, 0 };
	int ok;

	store_words_cut(&a, src);
	store_words_cut(&b, wanted);
	store_words_cut(&c, tgt);
	s.v = AMTS_NEW(arena, struct swap, a.n < SWAPS_MAX ? a.n + 1 : SWAPS_MAX);
	ok = collect(&s, STORE_WORD_HOLDER, src, &a, wanted, &b) &&
	     collect(&s, STORE_WORD_NUMBER, src, &a, wanted, &b) &&
	     collect_words(&s, arena, &x, &y, &z) && !adds_name(&x, &z);
	if (ok) {
		count_in_target(&s, tgt, &c);
		ok = all_fit(&s) && write_out(&text, &s, tgt, &c);
	}
	if (ok)
		ok = end_alike(out, arena, wanted, src,
			amts_arena_str(arena, amts_buf_str(&text)));
	amts_buf_release(&text);
	store_words_release(&a);
	store_words_release(&b);
	store_words_release(&c);
	return ok;
}
