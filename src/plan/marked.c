/* Which parts of a sentence stand between slide marks, or between new inlines. */
#include "plan/marked.h"

#include <string.h>

#define MARK 3 /* tokens of a slide mark: bracket and two stars */

char marked_char(const struct row *r, size_t i)
{
	struct amts_str s = i < r->n ? row_token(r, i) : AMTS_STR("");

	return s.n == 1 && r->v[i].kind == T_PUNCT ? s.p[0] : 0;
}

int marked_touch(const struct row *r, size_t i)
{
	return r->v[i].at.end == r->v[i + 1].at.beg;
}

/* ---- slide marks ---------------------------------------------------------------- */

/* The closing bracket of the mark that opens at token i, or 0. */
static char opens(const struct row *r, size_t i)
{
	char c = marked_char(r, i), star = marked_char(r, i + 1);

	if ((c != '[' && c != '(') || (star != '*' && star != '~') ||
		marked_char(r, i + 2) != star || !marked_touch(r, i) ||
		!marked_touch(r, i + 1))
		return 0;
	return c == '[' ? ']' : ')';
}

static int closes(const struct row *r, size_t i, char bracket)
{
	char star = marked_char(r, i);

	return (star == '*' || star == '~') && marked_char(r, i + 1) == star &&
	       marked_char(r, i + 2) == bracket && marked_touch(r, i) &&
	       marked_touch(r, i + 1);
}

size_t marked_slides(const struct row *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += opens(r, i) || closes(r, i, ']') || closes(r, i, ')');
	return n;
}

size_t marked_by_slides(struct part_span *v, const struct row *h)
{
	size_t i, k, n = 0;
	char bracket;

	for (i = 0; i < h->n; i++) {
		if (closes(h, i, ']') || closes(h, i, ')'))
			return 0;
		if (!(bracket = opens(h, i)))
			continue;
		for (k = i + MARK; k < h->n && !closes(h, k, bracket); k++)
			if (opens(h, k))
				return 0;
		if (k >= h->n || k == i + MARK || n == SPANS_MAX)
			return 0;
		v[n++] = (struct part_span){
			.open = i, .beg = i + MARK, .end = k, .close = k + MARK
		};
		i = k + MARK - 1;
	}
	return n;
}

/* ---- links and tags ------------------------------------------------------------- */

static size_t count(const struct row *r, uint64_t hash)
{
	size_t i, n = 0;

	for (i = 0; i < r->n; i++)
		n += r->hash[i] == hash;
	return n;
}

static int is_tag(const struct row *r, size_t i, const char *begins)
{
	return r->v[i].kind == T_INLINE && r->v[i].inl == AMTS_INLINE_HTML &&
	       amts_str_starts(row_token(r, i), amts_str_z(begins)) &&
	       !amts_str_ends(row_token(r, i), AMTS_STR("/>"));
}

/* Of head's token i, the opening half of a pair: its close, NONE where it is none. */
static size_t close_of(const struct row *h, size_t i)
{
	size_t k;

	if (h->v[i].kind != T_INLINE)
		return NONE;
	for (k = i + 1; k < h->n; k++)
		if (h->hash[i] == ROW_OPEN
				? h->v[k].open == i && h->v[k].inl == AMTS_INLINE_LINK
				: is_tag(h, i, "<") && is_tag(h, k, "</"))
			return k;
	return NONE;
}

/* A token that neither base nor the target has, and head once. */
static int is_new(const struct row *b, const struct row *h, const struct row *t, size_t i)
{
	return !count(b, h->hash[i]) && !count(t, h->hash[i]) &&
	       count(h, h->hash[i]) == 1;
}

/* Is head without its marks base? */
static int is_base(const struct row *b, const struct row *h, const char *mark)
{
	size_t i, k = 0;

	for (i = 0; i < h->n; i++)
		if (!mark[i] && (k == b->n || b->hash[k++] != h->hash[i]))
			return 0;
	return k == b->n;
}

size_t marked_by_inlines(struct part_span *v, struct amts_arena *arena,
	const struct row *b, const struct row *h, const struct row *t)
{
	char *mark = AMTS_NEW(arena, char, h->n + 1);
	size_t i, k, n = 0;

	for (i = 0; i < h->n; i++) {
		k = close_of(h, i);
		if (k == NONE || !is_new(b, h, t, h->hash[i] == ROW_OPEN ? k : i))
			continue;
		if (k == i + 1 || n == SPANS_MAX)
			return 0;
		v[n++] = (struct part_span){
			.open = i, .beg = i + 1, .end = k, .close = k + 1
		};
		mark[i] = mark[k] = 1;
		i = k;
	}
	return is_base(b, h, mark) ? n : 0;
}
