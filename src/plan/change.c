/* What kind of change a source sentence went through. */
#include "plan/row.h"
#include "text/english.h"

#include <string.h>

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

int row_same_but_case(struct amts_str a, struct amts_str b)
{
	size_t i;

	if (a.n != b.n)
		return 0;
	for (i = 0; i < a.n; i++)
		if (lower((unsigned char)a.p[i]) != lower((unsigned char)b.p[i]))
			return 0;
	return 1;
}

int row_is_article(const struct row *r, size_t i)
{
	struct amts_str s = row_token(r, i);

	return row_same_but_case(s, AMTS_STR("a")) ||
	       row_same_but_case(s, AMTS_STR("an")) ||
	       row_same_but_case(s, AMTS_STR("the"));
}

static int is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* All capitals: an abbreviation ("US" is not "us"). */
static int is_abbreviation(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n && is_upper(s.p[i]); i++)
		;
	return i == s.n;
}

static int is_first_word(const struct row *r, size_t i)
{
	while (i && r->v[i - 1].kind == T_PUNCT)
		i--;
	return !i;
}

/* Words of which only capitals differ: at the beginning of a sentence, or in another way
 * of writing them. */
static int is_same_capitals(const struct row *b, size_t i, const struct row *h, size_t j)
{
	struct amts_str x = row_token(b, i), y = row_token(h, j);

	if (!row_same_but_case(x, y))
		return 0;
	return amts_str_eq(x, y) || is_first_word(b, i) || is_first_word(h, j) ||
	       (x.n > 1 && is_abbreviation(x) == is_abbreviation(y));
}

/* How two words differ: equal bytes before and after a[a0, a1) and b[b0, b1); a is the
 * shorter one. */
struct difference {
	struct amts_str a, b;
	size_t pre, a1, b1;
};

static struct difference differ(struct amts_str x, struct amts_str y)
{
	struct difference d = { x.n <= y.n ? x : y, x.n <= y.n ? y : x, 0, 0, 0 };
	size_t post = 0;

	while (d.pre < d.a.n && d.a.p[d.pre] == d.b.p[d.pre])
		d.pre++;
	while (post < d.a.n - d.pre && d.a.p[d.a.n - 1 - post] == d.b.p[d.b.n - 1 - post])
		post++;
	d.a1 = d.a.n - post;
	d.b1 = d.b.n - post;
	return d;
}

static int is_lower_word(struct amts_str s, int first)
{
	size_t i;

	for (i = first && s.n && is_upper(s.p[0]);
		i < s.n && s.p[i] >= 'a' && s.p[i] <= 'z'; i++)
		;
	return i == s.n;
}

/* English: "model" and "models", "normalise" and "normalize"; no names. */
static int is_variant(struct amts_str x, struct amts_str y, int first)
{
	struct difference d = differ(x, y);

	if (d.a.n < 4 || !is_lower_word(x, first) || !is_lower_word(y, first))
		return 0;
	if (d.pre == d.a.n && d.b.n == d.a.n + 1)
		return d.b.p[d.a.n] == 's' && d.a.p[d.a.n - 1] != 's';
	return d.a.n == d.b.n && d.a1 == d.pre + 1 && d.b1 == d.pre + 1 && d.pre > 2 &&
	       d.a.p[d.pre - 1] == 'i' && d.a1 < d.a.n &&
	       ((d.a.p[d.pre] == 's' && d.b.p[d.pre] == 'z') ||
		       (d.a.p[d.pre] == 'z' && d.b.p[d.pre] == 's'));
}

/* One letter typed wrong, left out, doubled or swapped, not the first, in a word of four
 * or more that is no name.  It may be another word all the same ("casual", "causal"):
 * only a translation that says the new one tells. */
static int is_typo(const struct row *b, size_t i, const struct row *h, size_t j)
{
	struct amts_str x = row_token(b, i), y = row_token(h, j);
	struct difference d = differ(x, y);

	if (d.a.n < 4 || d.b.n - d.a.n > 1 || !d.pre ||
		(is_upper(x.p[0]) && !is_first_word(b, i)) ||
		(is_upper(y.p[0]) && !is_first_word(h, j)))
		return 0;
	if (d.a.n == d.b.n && d.a1 - d.pre == 2 && d.a.p[d.pre] == d.b.p[d.pre + 1] &&
		d.a.p[d.pre + 1] == d.b.p[d.pre])
		return 1;
	return d.a1 - d.pre <= (d.a.n == d.b.n) && d.b1 - d.pre <= 1;
}

/* Quotation marks and dashes, which the row has as words. */
static int is_typography(const struct row *r, size_t i)
{
	static const char *const signs[] = { "“", "”", "‘", "’", "–", "—", "…" };
	size_t k;

	for (k = 0; k < sizeof(signs) / sizeof(*signs); k++)
		if (amts_str_eq(row_token(r, i), amts_str_z(signs[k])))
			return 1;
	return 0;
}

static size_t next_word(const struct row *r, size_t i, size_t end)
{
	while (i < end &&
		(r->v[i].kind != T_WORD || row_is_article(r, i) || is_typography(r, i)))
		i++;
	return i;
}

/* The next letter of tokens [*i, end) from byte *k of token *i on, or 0. */
static char next_letter(const struct row *r, size_t *i, size_t *k, size_t end)
{
	for (; *i < end; *i = next_word(r, *i + 1, end), *k = 0) {
		struct amts_str s = row_token(r, *i);

		while (*k < s.n && s.p[*k] == '-')
			++*k;
		if (*k < s.n)
			return s.p[(*k)++];
	}
	return 0;
}

int row_same_letters(const struct row *b, const struct row *h, const struct hunk *k)
{
	size_t i = next_word(b, k->b0, k->b1), j = next_word(h, k->h0, k->h1);
	size_t ik = 0, jk = 0;
	char c;

	do {
		c = next_letter(b, &i, &ik, k->b1);
		if (c != next_letter(h, &j, &jk, k->h1))
			return 0;
	} while (c);
	return 1;
}

/* "a few" is not "few". */
static int is_quantity(const struct row *r, size_t i)
{
	return i < r->n && r->v[i].kind == T_WORD &&
	       (row_same_but_case(row_token(r, i), AMTS_STR("few")) ||
		       row_same_but_case(row_token(r, i), AMTS_STR("little")) ||
		       row_same_but_case(row_token(r, i), AMTS_STR("lot")));
}

/* A sign that means something: a percentage, a currency, a minus, a question. */
static int has_meaning(const struct row *r, size_t i)
{
	struct amts_str s = row_token(r, i);

	if (r->v[i].kind == T_WORD)
		return row_is_article(r, i) && is_quantity(r, i + 1);
	if (r->v[i].kind != T_PUNCT)
		return 0;
	if (s.p[0] == '-')
		return i + 1 < r->n && r->v[i + 1].kind == T_NUMBER &&
		       r->v[i + 1].at.beg == r->v[i].at.end;
	return s.n > 1 || !strchr(".,;:!'\"()[]{}*_~`\\", s.p[0]);
}

static size_t next_sign(const struct row *r, size_t i, size_t end)
{
	while (i < end && !has_meaning(r, i))
		i++;
	return i;
}

static int signs_same(const struct row *b, const struct row *h, const struct hunk *k)
{
	size_t i = next_sign(b, k->b0, k->b1), j = next_sign(h, k->h0, k->h1);

	while (i < k->b1 && j < k->h1 && b->hash[i] == h->hash[j]) {
		i = next_sign(b, i + 1, k->b1);
		j = next_sign(h, j + 1, k->h1);
	}
	return i >= k->b1 && j >= k->h1;
}

#define RUN_MAX 8 /* words that are compared in several ways of writing */

/* The words of tokens [i, end); more than there is room for are none. */
static size_t run_of(struct amts_str *out, const struct row *r, size_t i, size_t end)
{
	size_t n = 0;

	for (i = next_word(r, i, end); i < end; i = next_word(r, i + 1, end)) {
		if (n == RUN_MAX)
			return NONE;
		out[n++] = row_token(r, i);
	}
	return n;
}

int row_same_english(const struct row *b, const struct row *h, const struct hunk *k)
{
	struct amts_str x[RUN_MAX], y[RUN_MAX];
	size_t n = run_of(x, b, k->b0, k->b1), m = run_of(y, h, k->h0, k->h1);

	return n != NONE && m != NONE && n + m && text_english_same(x, n, y, m);
}

/* "the the": one word more or less, beside the same one. */
static int is_doubled(const struct row *r, size_t i, size_t end)
{
	return end - i == 1 && r->v[i].kind == T_WORD &&
	       ((i && r->hash[i - 1] == r->hash[i]) ||
		       (end < r->n && r->hash[end] == r->hash[i]));
}

static int differs_in_doubled(
	const struct row *b, const struct row *h, const struct hunk *k)
{
	return (k->b0 == k->b1 && is_doubled(h, k->h0, k->h1)) ||
	       (k->h0 == k->h1 && is_doubled(b, k->b0, k->b1));
}

enum row_words row_words(const struct row *b, const struct row *h, const struct hunk *k,
	struct hunk *typos, size_t *ntypos)
{
	size_t i = next_word(b, k->b0, k->b1), j = next_word(h, k->h0, k->h1);
	enum row_words is = WORDS_SAME;

	if (!signs_same(b, h, k))
		return WORDS_OTHER;
	if (row_same_letters(b, h, k) || row_same_english(b, h, k) ||
		differs_in_doubled(b, h, k))
		return WORDS_SAME;
	while (i < k->b1 && j < k->h1) {
		if (!is_same_capitals(b, i, h, j) &&
			!is_variant(row_token(b, i), row_token(h, j),
				is_first_word(b, i) && is_first_word(h, j))) {
			if (!is_typo(b, i, h, j))
				return WORDS_OTHER;
			is = WORDS_TYPO;
			if (typos)
				typos[(*ntypos)++] = (struct hunk){ i, i + 1, j, j + 1 };
		}
		i = next_word(b, i + 1, k->b1);
		j = next_word(h, j + 1, k->h1);
	}
	return i >= k->b1 && j >= k->h1 ? is : WORDS_OTHER;
}

static int has_kind(const struct row *r, size_t i, size_t end, enum token_kind kind)
{
	for (; i < end; i++)
		if (r->v[i].kind == kind)
			return 1;
	return 0;
}

/* Marks that choose what goes on a slide: they come with brackets, unlike emphasis. */
static int has_slide_marks(const struct row *r, size_t i, size_t end)
{
	size_t stars = 0, brackets = 0;

	if (!row_is_marks(r, i, end))
		return 0;
	for (; i < end; i++) {
		char c = row_token(r, i).p[0];

		stars += c == '*' || c == '~';
		brackets += strchr("[]()", c) != NULL;
	}
	return stars > 1 && brackets;
}

enum sentence_change tokens_change(struct amts_arena *arena, const struct sentence *base,
	const struct sentence *head, unsigned *small)
{
	struct row b, h;
	struct hunk *k;
	size_t i, n;
	int inlines = 0, numbers = 0, marks = 0;

	row_make(&b, arena, base);
	row_make(&h, arena, head);
	n = row_hunks(&k, arena, &b, &h);
	*small = 0;
	for (i = 0; i < n; i++) {
		enum row_words words = row_words(&b, &h, &k[i], NULL, NULL);

		if (words == WORDS_OTHER) {
			*small = 0;
			return CHANGE_WORDS;
		}
		*small |= words == WORDS_TYPO ? SMALL_UNSURE : 0;
		*small |= row_small_edits(&b, &h, &k[i]);
		inlines |= has_kind(&b, k[i].b0, k[i].b1, T_INLINE) ||
			   has_kind(&h, k[i].h0, k[i].h1, T_INLINE);
		numbers |= has_kind(&b, k[i].b0, k[i].b1, T_NUMBER) ||
			   has_kind(&h, k[i].h0, k[i].h1, T_NUMBER);
		marks |= has_slide_marks(&b, k[i].b0, k[i].b1) ||
			 has_slide_marks(&h, k[i].h0, k[i].h1);
	}
	if (numbers)
		return CHANGE_NUMBERS;
	return inlines ? CHANGE_TOKENS
	       : marks ? CHANGE_MARKS
	       : n     ? CHANGE_SMALL
		       : CHANGE_NONE;
}
