/* Comments of code, which a translation says in its own words and breaks into lines in
 * its own way. */
#include "plan/merge3.h"

/* Are all lines of one kind?  LINE_CODE when they are not. */
enum line_kind merge3_kind_of(const struct pieces *u, size_t beg, size_t end)
{
	enum line_kind kind = merge3_line_kind(piece(u, beg));

	while (++beg < end)
		if (merge3_line_kind(piece(u, beg)) != kind)
			return LINE_CODE;
	return kind;
}

/* New comment lines of head before base line b, where the translation has such a comment
 * that base has not: somebody translated it before. */
int comments_told(
	const struct merge *m, const struct place *x, size_t b, size_t h0, size_t h1)
{
	enum line_kind kind = merge3_kind_of(&m->h, h0, h1);
	size_t t, hi = x->hi;

	if (kind != LINE_COMMENT && kind != LINE_DOCSTRING)
		return 0;
	while (b < m->b.n && m->rel.tgt[b] == NONE &&
		merge3_line_kind(piece(&m->b, b)) != LINE_CODE)
		b++;
	if (b < m->b.n && m->rel.tgt[b] != NONE && m->rel.tgt[b] > hi)
		hi = m->rel.tgt[b];
	for (t = x->lo; t < hi; t++)
		if (!m->claimed[t] && merge3_line_kind(piece(&m->t, t)) == kind)
			return 1;
	return 0;
}

/* Is one of the lines nothing but a comment? */
int comments_any(const struct pieces *u, size_t beg, size_t end)
{
	for (; beg < end; beg++)
		if (merge3_is_comment(piece(u, beg)))
			return 1;
	return 0;
}

/* Is head line h a comment that the translation has in its own words? */
int comments_translated(
	const struct merge *m, const size_t *of, size_t b0, size_t b1, size_t h)
{
	for (; b0 < b1; b0++)
		if (of[b0] == h)
			return m->rel.tgt[b0] != NONE && !m->rel.same[b0] &&
			       merge3_is_comment(piece(&m->h, h));
	return 0;
}

static int are_comments(const struct pieces *u, size_t beg, size_t end)
{
	while (beg < end && merge3_is_comment(piece(u, beg)))
		beg++;
	return beg == end;
}

/*
 * Lines of a comment that the source blanked: so are those of its translation, when the
 * comment has as many lines there.
 */
int comments_blank(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t beg = b0, end = b1, t0, t1;

	if (b0 == b1 || h0 == h1 || !pieces_is_blank(pieces_range(&m->h, h0, h1)) ||
		!are_comments(&m->b, b0, b1))
		return 0;
	while (beg && merge3_is_comment(piece(&m->b, beg - 1)))
		beg--;
	while (end < m->b.n && merge3_is_comment(piece(&m->b, end)))
		end++;
	if ((beg && m->rel.tgt[beg - 1] == NONE) ||
		(end < m->b.n && m->rel.tgt[end] == NONE))
		return 0;
	t0 = beg ? m->rel.tgt[beg - 1] + 1 : 0;
	t1 = end < m->b.n ? m->rel.tgt[end] : m->t.n;
	if (t1 < t0 || t1 - t0 != end - beg || !are_comments(&m->t, t0, t1))
		return 0;
	merge3_replace(m, t0 + b0 - beg, t0 + b1 - beg, merge3_fresh(m, h0, h1));
	return 1;
}

/*
 * A comment of several lines that the target breaks into lines in its own way: by token
 * over the whole of it.  0 when it is not one, or does not merge.
 */
int comments_merge(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
{
	struct merge3 in = { 0 };
	size_t t0, t1;

	if (!are_comments(&m->b, b0, b1) || !are_comments(&m->h, h0, h1))
		return 0;
	while (b0 && h0 && merge3_is_comment(piece(&m->b, b0 - 1)) &&
		m->b.hash[b0 - 1] == m->h.hash[h0 - 1])
		b0--, h0--;
	while (b1 < m->b.n && h1 < m->h.n && merge3_is_comment(piece(&m->b, b1)) &&
		m->b.hash[b1] == m->h.hash[h1])
		b1++, h1++;
	if ((b0 && m->rel.tgt[b0 - 1] == NONE) || (b1 < m->b.n && m->rel.tgt[b1] == NONE))
		return 0;
	t0 = b0 ? m->rel.tgt[b0 - 1] + 1 : 0;
	t1 = b1 < m->b.n ? m->rel.tgt[b1] : m->t.n;
	if (t0 >= t1 || t1 - t0 == b1 - b0 || !are_comments(&m->t, t0, t1))
		return 0;
	merge3_tokens(&in, m->arena, pieces_range(&m->b, b0, b1),
		pieces_range(&m->h, h0, h1), pieces_range(&m->t, t0, t1));
	if (in.conflicts)
		return 0;
	m->out->already += in.already;
	if (in.applied)
		merge3_replace(m, t0, t1, in.text);
	return 1;
}

static size_t comments_end(const struct pieces *u, size_t beg, size_t end)
{
	while (beg < end && merge3_is_comment(piece(u, beg)))
		beg++;
	return beg;
}

/* Comments that the source only wraps in another way or puts right, and that the target
 * translated, are no change; where the hunk goes on behind them. */
void comments_skip_same(struct merge *m, size_t *b0, size_t b1, size_t *h0, size_t h1)
{
	size_t b = comments_end(&m->b, *b0, b1), h = comments_end(&m->h, *h0, h1), i;
	struct amts_str was, is;
	unsigned small = 0;

	if (b == *b0 || h == *h0)
		return;
	for (i = *b0; i < b; i++)
		if (m->rel.tgt[i] == NONE || m->rel.same[i])
			return;
	was = merge3_said(m->arena, pieces_range(&m->b, *b0, b));
	is = merge3_said(m->arena, pieces_range(&m->h, *h0, h));
	if (plan_letters_hash(was) != plan_letters_hash(is) &&
		((b - *b0 == 1 && h - *h0 == 1) || !(small = comment_edits(m, was, is))))
		return; /* (one line is merged by token, where it can be) */
	m->out->already++;
	m->out->small |= small;
	*b0 = b;
	*h0 = h;
}
