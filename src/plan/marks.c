/*
 * Marks around a whole sentence or up to its border: (**…**), [**…**], (~~…~~), **…**.
 * Where the source got or lost them there, the translation gets or loses them there too.
 */
#include "plan/row.h"

#include <string.h>

struct border {
	struct amts_str add; /* marks that came */
	size_t drop;	     /* number of mark tokens that went */
	int changed;
	int inside_stop; /* the marks stand before the full stop */
};

static int is_stop(struct amts_str s)
{
	static const char *const stops[] = { ".", ":", "!", "?", ",", ";", "。", "：",
		"！", "？", "，", "；" };
	size_t i;

	for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (amts_str_eq(s, amts_str_z(stops[i])))
			return 1;
	return 0;
}

/* Number of tokens before a closing stop, all of them when there is none. */
static size_t body_end(const struct row *r)
{
	return r->n && is_stop(row_token(r, r->n - 1)) ? r->n - 1 : r->n;
}

static struct amts_str marks_text(const struct row *r, size_t beg, size_t end)
{
	if (beg >= end)
		return AMTS_STR("");
	return amts_str_sub(r->doc->bytes, r->v[beg].at.beg, r->v[end - 1].at.end);
}

/* 0 when the hunk is not of marks at a border of the sentence. */
static int border_of(struct border *open, struct border *close, const struct row *b,
	const struct row *h, const struct hunk *k)
{
	struct border *x;

	if (!row_is_marks(b, k->b0, k->b1) || !row_is_marks(h, k->h0, k->h1))
		return 0;
	if (!k->b0 && !k->h0)
		x = open;
	else if (k->b1 >= body_end(b) && k->h1 >= body_end(h))
		x = close;
	else
		return 0;
	if (x->changed)
		return 0;
	x->changed = 1;
	x->add = marks_text(h, k->h0, k->h1);
	x->drop = k->b1 - k->b0;
	x->inside_stop =
		k->h1 < h->n && k->h0 < k->h1 ? 1 : k->b1 < b->n && k->b0 < k->b1;
	return 1;
}

/* Do the marks that went stand at the target's border too? */
static int target_marks(
	const struct row *t, const struct row *b, size_t tat, size_t bat, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (tat + i >= t->n || t->hash[tat + i] != b->hash[bat + i])
			return 0;
	return 1;
}

/* New text of the target sentence in out, or 0. */
static int apply(struct amts_str *out, struct amts_arena *arena, const struct row *b,
	const struct row *t, const struct border *open, const struct border *close,
	const struct sentence *tgt)
{
	size_t end = close->inside_stop ? body_end(t) : t->n;
	size_t bend = close->inside_stop ? body_end(b) : b->n, from, to;

	if (!t->n || end < close->drop || bend < close->drop ||
		!target_marks(t, b, 0, 0, open->drop) ||
		!target_marks(t, b, end - close->drop, bend - close->drop, close->drop) ||
		open->drop + close->drop >= end)
		return 0;
	from = open->drop ? t->v[open->drop - 1].at.end : tgt->at.beg;
	to = t->v[end - 1 - close->drop].at.end;
	*out = amts_arena_fmt(arena, AMTS_STR_FMT AMTS_STR_FMT AMTS_STR_FMT AMTS_STR_FMT,
		AMTS_STR_ARG(open->add),
		AMTS_STR_ARG(amts_str_sub(t->doc->bytes, from, to)),
		AMTS_STR_ARG(close->add),
		AMTS_STR_ARG(amts_str_sub(t->doc->bytes,
			end ? t->v[end - 1].at.end : tgt->at.beg, tgt->at.end)));
	return 1;
}

/* Slide marks: [**…**], (**…**), (~~…~~). */
static int has_slide_marks(struct amts_str s)
{
	return amts_str_find(s, AMTS_STR("**]"), 0) < s.n ||
	       amts_str_find(s, AMTS_STR("**)"), 0) < s.n ||
	       amts_str_find(s, AMTS_STR("~~)"), 0) < s.n;
}

static int is_bracketed(const struct border *x)
{
	return x->add.n && strchr("[(", x->add.p[0]) && x->add.n > 1;
}

/*
 * Do the new marks stand at the target's borders, before or behind its stop?  Slide marks
 * that the translation put elsewhere in the sentence will do, too.
 */
static int has_already(const struct row *t, const struct border *open,
	const struct border *close, const struct sentence *tgt)
{
	struct amts_str s = amts_doc_bytes(tgt->doc, tgt->at);
	size_t end = body_end(t);
	struct amts_str body =
		end ? amts_str_sub(s, 0, t->v[end - 1].at.end - tgt->at.beg) : s;

	if (!open->add.n && !close->add.n)
		return 0;
	if (is_bracketed(open) && has_slide_marks(s))
		return 1;
	return amts_str_starts(s, open->add) &&
	       (amts_str_ends(s, close->add) || amts_str_ends(body, close->add));
}

static int count_of(struct amts_str s, char c)
{
	size_t i;
	int n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Slide marks that open here and close in another sentence, or the other way round. */
static int is_half(const struct border *open, const struct border *close)
{
	static const char brackets[] = "[]()";
	size_t i;

	for (i = 0; brackets[i]; i += 2)
		if (count_of(open->add, brackets[i + 1]) ||
			count_of(close->add, brackets[i]) ||
			count_of(open->add, brackets[i]) !=
				count_of(close->add, brackets[i + 1]))
			return 1;
	return 0;
}

/* Do marks stand around the target already, other ones than base had, or bold text in it?
 * More of them would end what they begin. */
static int is_marked(const struct row *t, const struct border *open)
{
	size_t i, from = open->drop;

	if (!count_of(open->add, '*') || open->add.n < 2)
		return 0;
	for (i = from; i + 1 < t->n; i++)
		if (row_is_marks(t, i, i + 2) && row_token(t, i).p[0] == '*' &&
			row_token(t, i + 1).p[0] == '*')
			return 1;
	return 0;
}

enum tokens_result marks_carry(struct amts_str *out, struct amts_arena *arena,
	const struct sentence *base, const struct sentence *head,
	const struct sentence *tgt)
{
	struct row b, h, t;
	struct hunk *k;
	struct border open = { AMTS_STR(""), 0, 0, 0 }, close = open;
	size_t i, n;

	row_make(&b, arena, base);
	row_make(&h, arena, head);
	row_make(&t, arena, tgt);
	n = row_hunks(&k, arena, &b, &h);
	for (i = 0; i < n; i++)
		if (!border_of(&open, &close, &b, &h, &k[i]))
			return TOKENS_FAILED;
	if (!n || !t.n)
		return TOKENS_FAILED;
	if (has_already(&t, &open, &close, tgt))
		return TOKENS_ALREADY;
	if (is_marked(&t, &open))
		return TOKENS_ALREADY;
	if (is_half(&open, &close))
		return TOKENS_FAILED; /* the other half may find no place */
	return apply(out, arena, &b, &t, &open, &close, tgt) ? TOKENS_DONE
							     : TOKENS_FAILED;
}
