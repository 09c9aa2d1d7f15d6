/*
 * Three-way merge of opaque text: what head changed against base is carried over to a
 * target that was adapted (translated comments and strings, full-width commas).  By line
 * first, then by token inside lines that the target adapted.
 */
#include "plan/pieces.h"

#include <stdlib.h>
#include <string.h>

/* What each base unit became: in head (exact only), and in target. */
struct relation {
	size_t *head; /* exact counterpart in head, or NONE */
	size_t *tgt;  /* counterpart in target, or NONE */
	char *same;   /* … and it has the same bytes */
};

struct merge {
	struct amts_arena *arena;
	struct pieces b, h, t;
	struct relation rel;
	struct amts_splice *splices;
	size_t nsplices;
	size_t *head_of; /* of target units: what they look like in head, or NONE */
	char *present;	 /* head units that the target has */
	char *claimed;	 /* target units that stand for one of base */
	int by_token;
	const struct recall *recall; /* of lines; may be NULL */
	struct merge3 *out;
};

/* Head's units [h0, h1), in the translation's words where it has them elsewhere. */
static struct amts_str fresh(const struct merge *m, size_t h0, size_t h1)
{
	return plan_recall_lines(m->recall, pieces_range(&m->h, h0, h1));
}

/*
 * Pair leftover units of two gaps in order.  Gaps of the same size are paired one by one
 * (a translated comment has little in common with its source); others by likeness.
 */
static void pair_gap(struct merge *m, const struct pieces *x, const struct pieces *y,
	size_t *of, size_t b0, size_t b1, size_t y0, size_t y1, double least)
{
	size_t i, j;

	if (m->by_token)
		return;
	if (b1 - b0 == y1 - y0) {
		for (i = b0; i < b1; i++)
			if (merge3_line_kind(piece(x, i)) ==
				merge3_line_kind(piece(y, y0 + i - b0)))
				of[i] = y0 + i - b0;
		return;
	}
	for (i = b0; i < b1; i++) {
		double best = least;
		size_t at = NONE;

		for (j = y0; j < y1 && j < y0 + 50; j++) {
			double s = pieces_likeness(piece(x, i), piece(y, j));

			if (s > best && !pieces_is_blank(piece(y, j))) {
				best = s;
				at = j;
			}
		}
		if (at != NONE) {
			of[i] = at;
			y0 = at + 1;
		}
	}
}

static size_t *counterparts(
	struct merge *m, const struct pieces *x, const struct pieces *y, char *same)
{
	size_t *of = AMTS_NEW(m->arena, size_t, x->n + 1);
	struct amts_match *k;
	size_t i, n, x0 = 0, y0 = 0;

	for (i = 0; i <= x->n; i++)
		of[i] = NONE;
	n = amts_lcs(&k, m->arena, x->hash, x->n, y->hash, y->n);
	for (i = 0; i <= n; i++) {
		size_t x1 = i < n ? k[i].i : x->n, y1 = i < n ? k[i].j : y->n;

		if (x1 > x0 && y1 > y0)
			pair_gap(m, x, y, of, x0, x1, y0, y1, .4);
		if (i < n) {
			of[x1] = y1;
			if (same)
				same[x1] = 1;
		}
		x0 = x1 + 1;
		y0 = y1 + 1;
	}
	return of;
}

static size_t *inverse(struct merge *m, const size_t *of, size_t n)
{
	size_t *back = AMTS_NEW(m->arena, size_t, m->t.n + 1), i;

	for (i = 0; i < m->t.n; i++)
		back[i] = NONE;
	for (i = 0; i < n; i++)
		if (of[i] != NONE)
			back[of[i]] = i;
	return back;
}

/* Target units that head explains better than base: give them to what head has there. */
static void adopt(struct merge *m, const struct ahead *a, const size_t *from_base)
{
	size_t t;

	for (t = 0; t < m->t.n; t++)
		if (a->adopt[t] && a->base_of[t] != NONE) {
			m->rel.tgt[a->base_of[t]] = NONE;
			m->rel.same[a->base_of[t]] = 0;
		}
	for (t = 0; t < m->t.n; t++) {
		size_t h = a->head_of[t], b = h != NONE ? from_base[h] : NONE;

		if (!a->adopt[t] || h == NONE)
			continue;
		m->present[h] = 1;
		if (b == NONE || m->rel.tgt[b] != NONE)
			continue;
		m->rel.tgt[b] = t;
		m->rel.same[b] = m->b.hash[b] == m->t.hash[t];
	}
}

static char *same_units_of(struct merge *m, const size_t *of, const struct pieces *x)
{
	char *same = AMTS_NEW(m->arena, char, m->t.n + 1);
	size_t t;

	for (t = 0; t < m->t.n; t++)
		same[t] = of[t] != NONE && m->t.hash[t] == x->hash[of[t]];
	return same;
}

/* Counterparts of base in the target, where the target may have some of head already. */
static void relate(struct merge *m)
{
	struct ahead a = { .nbase = m->b.n, .nhead = m->h.n, .ntgt = m->t.n };
	size_t *to_head, *from_base, i;

	m->rel.same = AMTS_NEW(m->arena, char, m->b.n + 1);
	m->present = AMTS_NEW(m->arena, char, m->h.n + 1);
	m->rel.tgt = counterparts(m, &m->b, &m->t, m->rel.same);
	to_head = counterparts(m, &m->b, &m->h, NULL);
	from_base = AMTS_NEW(m->arena, size_t, m->h.n + 1);
	for (i = 0; i < m->h.n; i++)
		from_base[i] = NONE;
	for (i = 0; i < m->b.n; i++)
		if (to_head[i] != NONE)
			from_base[to_head[i]] = i;
	a.to_head = to_head;
	a.base_of = inverse(m, m->rel.tgt, m->b.n);
	a.head_of = inverse(m, counterparts(m, &m->h, &m->t, NULL), m->h.n);
	m->head_of = a.head_of;
	a.base_same = same_units_of(m, a.base_of, &m->b);
	a.head_same = same_units_of(m, a.head_of, &m->h);
	ahead_judge(&a, m->arena);
	adopt(m, &a, from_base);
	m->claimed = AMTS_NEW(m->arena, char, m->t.n + 1);
	for (i = 0; i < m->b.n; i++)
		if (m->rel.tgt[i] != NONE)
			m->claimed[m->rel.tgt[i]] = 1;
}

static int is_blank_at(struct amts_str s, size_t i)
{
	return s.p[i] == ' ' || s.p[i] == '\t';
}

static void replace(struct merge *m, size_t t0, size_t t1, struct amts_str text)
{
	size_t beg = t0 < m->t.n ? m->t.at[t0].beg : m->t.all.n;
	size_t end = t1 > t0 ? m->t.at[t1 - 1].end : beg;

	/* white space is of no token: between two of its neighbours one stays */
	if (m->by_token && !text.n && beg && is_blank_at(m->t.all, beg - 1))
		while (end < m->t.all.n && is_blank_at(m->t.all, end))
			end++;
	m->splices[m->nsplices++] = (struct amts_splice){ { beg, end }, text };
	m->out->applied++;
}

/* Target units that stand for base units [b0, b1): contiguous and all there? */
static int target_range(
	const struct merge *m, size_t b0, size_t b1, size_t *t0, size_t *t1, int *same)
{
	size_t i;

	*same = 1;
	for (i = b0; i < b1; i++) {
		if (m->rel.tgt[i] == NONE ||
			(i > b0 && m->rel.tgt[i] != m->rel.tgt[i - 1] + 1))
			return 0;
		*same &= m->rel.same[i];
	}
	*t0 = m->rel.tgt[b0];
	*t1 = m->rel.tgt[b1 - 1] + 1;
	return 1;
}

/* Where in the target new units go that head has before base unit b: `at`, somewhere in
 * the gap [lo, hi) between the counterparts of its neighbours.  0 when neither has one.
 */
struct place {
	size_t lo, at, hi;
};

static int find_place(struct place *out, const struct merge *m, size_t b)
{
	size_t prev = b ? m->rel.tgt[b - 1] : NONE;
	size_t next = b < m->b.n ? m->rel.tgt[b] : m->t.n;

	if (prev != NONE)
		*out = (struct place){ prev + 1, prev + 1,
			next != NONE ? next : prev + 1 };
	else if (next != NONE)
		*out = (struct place){ b ? next : 0, next, next };
	else if (!b)
		*out = (struct place){ 0, 0, 0 };
	else
		return 0;
	return 1;
}

/* Does target range [lo, hi) hold head's units [h0, h1)?  Nothing is held by nothing. */
static int holds(const struct merge *m, size_t lo, size_t hi, size_t h0, size_t h1)
{
	size_t t, h;

	if (h0 == h1)
		return lo == hi;
	if (!m->by_token && pieces_is_blank(pieces_range(&m->h, h0, h1)))
		return pieces_is_blank(pieces_range(&m->t, lo, hi));
	for (; lo < hi; lo++) {
		for (t = lo, h = h0; h < h1; h++) {
			if (pieces_is_blank(piece(&m->h, h)))
				continue; /* the target may space things in its own way */
			while (t < hi && pieces_is_blank(piece(&m->t, t)))
				t++;
			if (t >= hi || m->t.hash[t] != m->h.hash[h])
				break;
			t++;
		}
		if (h == h1)
			return 1;
	}
	return 0;
}

/* Tokens go right behind the one before them, spaced as in head. */
static void insert_tokens(struct merge *m, size_t at, size_t h0, size_t h1)
{
	size_t beg = h0 ? m->h.at[h0 - 1].end : 0, end = m->h.at[h1 - 1].end, place;

	if (!at) /* before the first */
		end = h1 < m->h.n ? m->h.at[h1].beg : m->h.all.n;
	place = at ? m->t.at[at - 1].end : 0;
	m->splices[m->nsplices++] = (struct amts_splice){ { place, place },
		amts_str_sub(m->h.all, beg, end) };
	m->out->applied++;
}

/* Is the place of base tokens [b0, b1) in the target confirmed by a neighbour? */
static int confirmed(const struct merge *m, size_t b0, size_t b1, size_t t0, size_t t1)
{
	if (!m->by_token)
		return 1;
	return (b0 && m->rel.tgt[b0 - 1] != NONE && m->rel.tgt[b0 - 1] + 1 == t0) ||
	       (b1 < m->b.n && m->rel.tgt[b1] == t1) || (!b0 && !t0) ||
	       (b1 == m->b.n && t1 == m->t.n);
}

/* Do base's tokens around b stand side by side in the target?  Else words between or
 * beside them were translated, and a new token there may be a word. */
static int is_clean(const struct merge *m, size_t b)
{
	size_t prev = b ? m->rel.tgt[b - 1] : NONE;
	size_t next = b < m->b.n ? m->rel.tgt[b] : m->t.n;

	return (!b || prev != NONE) && next != NONE && prev + 1 == next;
}

static int all_present(const struct merge *m, size_t h0, size_t h1)
{
	while (h0 < h1 && m->present[h0])
		h0++;
	return h0 == h1;
}

/* Are all lines of one kind?  LINE_CODE when they are not. */
static enum line_kind kind_of(const struct pieces *u, size_t beg, size_t end)
{
	enum line_kind kind = merge3_line_kind(piece(u, beg));

	while (++beg < end)
		if (merge3_line_kind(piece(u, beg)) != kind)
			return LINE_CODE;
	return kind;
}

/* New comment lines of head before base line b, where the translation has such a comment
 * that base has not: somebody translated it before. */
static int is_told(
	const struct merge *m, const struct place *x, size_t b, size_t h0, size_t h1)
{
	enum line_kind kind = kind_of(&m->h, h0, h1);
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

/* New units h0..h1 where base has none. */
static void insert(struct merge *m, size_t b, size_t h0, size_t h1)
{
	struct place x;

	if (all_present(m, h0, h1)) {
		m->out->already++;
		return;
	}
	if (!find_place(&x, m, b)) {
		m->out->conflicts++;
		m->out->uneven++;
		return;
	}
	if (holds(m, x.lo, x.hi, h0, h1) || (!m->by_token && is_told(m, &x, b, h0, h1))) {
		m->out->already++;
		return;
	}
	if (m->by_token && !is_clean(m, b)) {
		m->out->conflicts++;
		m->out->uneven++;
	} else if (m->by_token)
		insert_tokens(m, x.at, h0, h1);
	else
		replace(m, x.at, x.at, fresh(m, h0, h1));
}

/* One line that changed in head and was adapted in the target. */
static void merge_line(struct merge *m, size_t b, size_t h)
{
	size_t t = m->rel.tgt[b];
	struct merge3 in = { 0 };
	struct amts_str base = piece(&m->b, b), head = piece(&m->h, h),
			tgt = piece(&m->t, t);

	if (m->t.hash[t] == m->h.hash[h]) {
		m->out->already++;
		return;
	}
	if (m->rel.same[b]) {
		replace(m, t, t + 1, fresh(m, h, h + 1));
		return;
	}
	if (!merge3_tag(&in, m->arena, base, head, tgt))
		merge3_tokens(&in, m->arena, base, head, tgt);
	m->out->conflicts += in.conflicts;
	m->out->already += in.already;
	if (in.applied && !in.uneven)
		replace(m, t, t + 1, in.text);
}

int merge3_is_translation(struct amts_str base, struct amts_str tgt)
{
	static const char *const marks[] = { "#", "//", "/*", "*", "--", "%", "\"", "'",
		"`", "<!--" };
	size_t i;

	if (pieces_is_blank(base) || pieces_is_blank(tgt))
		return pieces_is_blank(base) == pieces_is_blank(tgt);
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (amts_str_find(base, amts_str_z(marks[i]), 0) < base.n)
			return 1;
	for (i = 0; i < tgt.n; i++)
		if ((unsigned char)tgt.p[i] >= 0xe0)
			return 1;
	return 0;
}

/* Is target line t, paired with base line b, rather one of head's lines of this hunk? */
static int is_of_head(const struct merge *m, size_t b, size_t t, size_t h0, size_t h1)
{
	size_t h = m->head_of[t];

	return h != NONE && h >= h0 && h < h1 &&
	       pieces_likeness(piece(&m->h, h), piece(&m->t, t)) >
		       pieces_likeness(piece(&m->b, b), piece(&m->t, t));
}

/* Is one of the lines nothing but a comment? */
static int has_comment(const struct pieces *u, size_t beg, size_t end)
{
	for (; beg < end; beg++)
		if (merge3_is_comment(piece(u, beg)))
			return 1;
	return 0;
}

/* Is head line h a comment that the translation has in its own words? */
static int is_translated_comment(
	const struct merge *m, const size_t *of, size_t b0, size_t b1, size_t h)
{
	for (; b0 < b1; b0++)
		if (of[b0] == h)
			return m->rel.tgt[b0] != NONE && !m->rel.same[b0] &&
			       merge3_is_comment(piece(&m->h, h));
	return 0;
}

/* Head lines [h, end) before base line b: new, or more of a comment that changed and that
 * the translation has in its own words, which is for people. */
static void insert_lines(struct merge *m, const size_t *of, const size_t hunk[2],
	size_t b, size_t h, size_t end)
{
	if (kind_of(&m->h, h, end) == LINE_COMMENT &&
		((h && is_translated_comment(m, of, hunk[0], hunk[1], h - 1)) ||
			is_translated_comment(m, of, hunk[0], hunk[1], end)))
		m->out->conflicts++;
	else
		insert(m, b, h, end);
}

/* A hunk in which the target adapted lines: line by line. */
static void merge_adapted(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t *of = AMTS_NEW(m->arena, size_t, m->b.n + 1), i, h = h0;
	size_t hunk[2] = { b0, b1 };

	for (i = b0; i < b1; i++)
		of[i] = NONE;
	pair_gap(m, &m->b, &m->h, of, b0, b1, h0, h1, .5);
	if (!has_comment(&m->h, h0, h1)) /* then comments of base became nothing */
		for (i = b0; i < b1; i++)
			if (has_comment(&m->b, i, i + 1))
				of[i] = NONE;
	for (i = b0; i < b1; i++) {
		size_t t = m->rel.tgt[i];

		if (of[i] != NONE && of[i] > h)
			insert_lines(m, of, hunk, i, h, of[i]);
		if (of[i] != NONE)
			h = of[i] + 1;
		if (of[i] != NONE && t != NONE)
			merge_line(m, i, of[i]);
		else if (of[i] != NONE && m->present[of[i]])
			m->out->already++;
		else if (of[i] != NONE)
			m->out->conflicts++;
		else if (t != NONE && is_of_head(m, i, t, h0, h1))
			m->out->already++;
		else if (t != NONE &&
			 (m->rel.same[i] ||
				 merge3_is_translation(piece(&m->b, i), piece(&m->t, t))))
			replace(m, t, t + 1, AMTS_STR(""));
		else if (t != NONE)
			m->out->conflicts++;
		else
			m->out->already++;
	}
	if (h < h1)
		insert_lines(m, of, hunk, b1, h, h1);
}

/* Were base tokens [b0, b1) taken out of the target too?  Only numbers and signs can
 * tell: words are missing because they were translated. */
static int removed_already(const struct merge *m, size_t b0, size_t b1)
{
	for (; b0 < b1; b0++) {
		struct amts_str s = piece(&m->b, b0);
		size_t i;

		for (i = 0; i < s.n; i++)
			if ((unsigned char)s.p[i] >= 0x80 ||
				(pieces_is_word((unsigned char)s.p[i]) &&
					(s.p[i] < '0' || s.p[i] > '9')))
				return 0;
		if (m->rel.tgt[b0] != NONE)
			return 0;
	}
	return 1;
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
static int blank_comment(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
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
	replace(m, t0 + b0 - beg, t0 + b1 - beg, fresh(m, h0, h1));
	return 1;
}

/*
 * A comment of several lines that the target breaks into lines in its own way: by token
 * over the whole of it.  0 when it is not one, or does not merge.
 */
static int merge_comment(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
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
		replace(m, t0, t1, in.text);
	return 1;
}

static size_t comments_end(const struct pieces *u, size_t beg, size_t end)
{
	while (beg < end && merge3_is_comment(piece(u, beg)))
		beg++;
	return beg;
}

/* Comments that the source only wraps in another way, and that the target translated, are
 * no change; where the hunk goes on behind them. */
static void skip_rewrapped(struct merge *m, size_t *b0, size_t b1, size_t *h0, size_t h1)
{
	size_t b = comments_end(&m->b, *b0, b1), h = comments_end(&m->h, *h0, h1), i;

	if (b == *b0 || h == *h0 ||
		!merge3_is_rewrapped(
			pieces_range(&m->b, *b0, b), pieces_range(&m->h, *h0, h)))
		return;
	for (i = *b0; i < b; i++)
		if (m->rel.tgt[i] == NONE || m->rel.same[i])
			return;
	m->out->already++;
	*b0 = b;
	*h0 = h;
}

/*
 * Lines of head in place of target lines [t0, t1), which stand for base lines up to b:
 * without the blank lines at their beginning and the comments at their end that the
 * translation has there already.
 */
static void replace_lines(
	struct merge *m, const size_t t[2], size_t b, size_t h0, size_t h1)
{
	size_t before = t[0], end = h1;
	struct place after = { t[1], t[1], t[1] };

	while (h0 < h1 && pieces_is_blank(piece(&m->h, h0)) && before &&
		!m->claimed[before - 1] && pieces_is_blank(piece(&m->t, before - 1))) {
		h0++;
		before--;
	}
	while (end > h0 + 1 && merge3_is_comment(piece(&m->h, end - 1)))
		end--;
	if (end < h1 && is_told(m, &after, b, end, h1))
		h1 = end;
	replace(m, t[0], t[1], fresh(m, h0, h1));
}

static void merge_hunk(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t t[2], prev, next;
	int same;

	if (!m->by_token)
		skip_rewrapped(m, &b0, b1, &h0, h1);
	if (b0 == b1) {
		if (h0 < h1)
			insert(m, b0, h0, h1);
		return;
	}
	prev = b0 ? m->rel.tgt[b0 - 1] : NONE;
	next = b1 < m->b.n ? m->rel.tgt[b1] : m->t.n;
	if ((!b0 || prev != NONE) && next != NONE && prev + 1 <= next &&
		holds(m, prev + 1, next, h0, h1)) {
		m->out->already++;
		return;
	}
	if (target_range(m, b0, b1, &t[0], &t[1], &same) && same &&
		confirmed(m, b0, b1, t[0], t[1])) {
		if (m->by_token)
			replace(m, t[0], t[1], fresh(m, h0, h1));
		else
			replace_lines(m, t, b1, h0, h1);
		return;
	}
	if (!m->by_token) {
		if (!blank_comment(m, b0, b1, h0, h1) &&
			!merge_comment(m, b0, b1, h0, h1))
			merge_adapted(m, b0, b1, h0, h1);
		return;
	}
	if (pieces_is_blank(pieces_range(&m->b, b0, b1)) &&
		pieces_is_blank(pieces_range(&m->h, h0, h1)))
		return; /* indentation of adapted text is the target's own */
	if (h0 == h1 && removed_already(m, b0, b1)) {
		m->out->already++;
		return;
	}
	m->out->conflicts++;
	m->out->uneven += h0 == h1;
}

static void merge_all(struct merge *m)
{
	struct amts_match *k;
	size_t i, n, b0 = 0, h0 = 0;
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf buf = AMTS_BUF_INIT;

	relate(m);
	m->splices = AMTS_NEW(m->arena, struct amts_splice, 2 * (m->b.n + m->h.n) + 2);
	n = amts_lcs(&k, m->arena, m->b.hash, m->b.n, m->h.hash, m->h.n);
	for (i = 0; i <= n; i++) {
		size_t b1 = i < n ? k[i].i : m->b.n, h1 = i < n ? k[i].j : m->h.n;

		if (b1 > b0 || h1 > h0)
			merge_hunk(m, b0, b1, h0, h1);
		b0 = b1 + 1;
		h0 = h1 + 1;
	}
	if (amts_splice(&buf, m->t.all, m->splices, m->nsplices, &err)) {
		m->out->conflicts += m->out->applied + 1; /* counterparts cross */
		m->out->applied = 0;
		m->out->text = m->t.all;
	} else {
		m->out->text = amts_arena_str(m->arena, amts_buf_str(&buf));
	}
	amts_buf_release(&buf);
}

void merge3_lines(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt, const struct recall *recall)
{
	struct merge m = { .arena = arena, .out = out, .recall = recall };

	memset(out, 0, sizeof(*out));
	pieces_lines(&m.b, arena, base);
	pieces_lines(&m.h, arena, head);
	pieces_lines(&m.t, arena, tgt);
	merge_all(&m);
}

void merge3_tokens(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt)
{
	struct merge m = { .arena = arena, .out = out, .by_token = 1 };

	memset(out, 0, sizeof(*out));
	pieces_tokens(&m.b, arena, base);
	pieces_tokens(&m.h, arena, head);
	pieces_tokens(&m.t, arena, tgt);
	merge_all(&m);
}
