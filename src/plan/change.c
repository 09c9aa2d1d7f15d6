/* What kind of change a source sentence went through. */
#include "plan/row.h"

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

/* One letter typed wrong, left out, doubled or swapped, not the first, in a word of four
 * or more ("increase" / "decrease" and "now" / "not" are no typos). */
static int is_typo(struct amts_str a, struct amts_str b)
{
	size_t pre = 0, post = 0;

	if (a.n > b.n) {
		struct amts_str x = a;

		a = b;
		b = x;
	}
	if (a.n < 4 || b.n - a.n > 1)
		return 0;
	while (pre < a.n &&
		lower((unsigned char)a.p[pre]) == lower((unsigned char)b.p[pre]))
		pre++;
	while (post < a.n - pre && a.p[a.n - 1 - post] == b.p[b.n - 1 - post])
		post++;
	if (!pre)
		return 0;
	if (a.n == b.n && a.n - pre - post == 2 && a.p[pre] == b.p[pre + 1] &&
		a.p[pre + 1] == b.p[pre])
		return 1;
	return a.n - pre - post <= (a.n == b.n) && b.n - pre - post <= 1;
}

static size_t next_word(const struct row *r, size_t i, size_t end)
{
	while (i < end && (r->v[i].kind != T_WORD || row_is_article(r, i)))
		i++;
	return i;
}

/* Are the words of a hunk the same to a translator? */
int row_words_same(const struct row *b, const struct row *h, const struct hunk *k)
{
	size_t i = next_word(b, k->b0, k->b1), j = next_word(h, k->h0, k->h1);

	while (i < k->b1 && j < k->h1) {
		struct amts_str x = row_token(b, i), y = row_token(h, j);

		if (!row_same_but_case(x, y) && !is_typo(x, y))
			return 0;
		i = next_word(b, i + 1, k->b1);
		j = next_word(h, j + 1, k->h1);
	}
	return i >= k->b1 && j >= k->h1;
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
		if (!row_words_same(&b, &h, &k[i])) {
			*small = 0;
			return CHANGE_WORDS;
		}
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
