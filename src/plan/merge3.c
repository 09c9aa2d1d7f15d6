/*
 * Three-way merge of opaque text: what head changed against base is carried over to a
 * target that was adapted (translated comments and strings, full-width commas).  By line
 * first, then by token inside lines that the target adapted.
 */
#include "plan/merge3.h"

#include <stdlib.h>
#include <string.h>

/* Head's units [h0, h1), in the translation's words where it has them elsewhere. */
struct amts_str merge3_fresh(const struct merge *m, size_t h0, size_t h1)
{
	return plan_recall_lines(
		m->plan ? m->plan->recall : NULL, pieces_range(&m->h, h0, h1));
}

static int is_blank_at(struct amts_str s, size_t i)
{
	return s.p[i] == ' ' || s.p[i] == '\t';
}

void merge3_replace(struct merge *m, size_t t0, size_t t1, struct amts_str text)
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

/* Is there white space between unit i and the one before it? */
static int is_apart(const struct pieces *u, size_t i)
{
	return i && i < u->n && u->at[i].beg > u->at[i - 1].end;
}

/* Tokens go right behind the one before them, spaced as in head; or, where the space that
 * the target has there comes before them in head, right before the next. */
static void insert_tokens(struct merge *m, size_t at, size_t h0, size_t h1)
{
	size_t beg = h0 ? m->h.at[h0 - 1].end : 0, end = m->h.at[h1 - 1].end, place;

	if (!at) /* before the first */
		end = h1 < m->h.n ? m->h.at[h1].beg : m->h.all.n;
	place = at ? m->t.at[at - 1].end : 0;
	if (is_apart(&m->t, at) && is_apart(&m->h, h0) && !is_apart(&m->h, h1)) {
		beg = m->h.at[h0].beg;
		place = m->t.at[at].beg;
	}
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
	if (holds(m, x.lo, x.hi, h0, h1) ||
		(!m->by_token && comments_told(m, &x, b, h0, h1))) {
		m->out->already++;
		return;
	}
	if (m->by_token && !is_clean(m, b)) {
		m->out->conflicts++;
		m->out->uneven++;
	} else if (m->by_token)
		insert_tokens(m, x.at, h0, h1);
	else
		merge3_replace(m, x.at, x.at, merge3_fresh(m, h0, h1));
}

/* One line that changed in head and was adapted in the target. */
static void merge_line(struct merge *m, size_t b, size_t h)
{
	size_t t = m->rel.tgt[b];
	struct merge3 in = { 0 };
	struct amts_str base = piece(&m->b, b), head = piece(&m->h, h),
			tgt = piece(&m->t, t);
	unsigned small;

	if (m->t.hash[t] == m->h.hash[h]) {
		m->out->already++;
		return;
	}
	if (m->rel.same[b]) {
		merge3_replace(m, t, t + 1, merge3_fresh(m, h, h + 1));
		return;
	}
	if (!merge3_tag(&in, m->arena, base, head, tgt))
		merge3_tokens(&in, m->arena, base, head, tgt);
	if (in.conflicts && (small = comment_edits_of_line(m, base, head))) {
		m->out->already++;
		m->out->small |= small;
		return;
	}
	m->out->conflicts += in.conflicts;
	m->out->already += in.already;
	if (in.applied && !in.uneven)
		merge3_replace(m, t, t + 1, in.text);
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

/* Head lines [h, end) before base line b: new, or more of a comment that changed and that
 * the translation has in its own words, which is for people. */
static void insert_lines(struct merge *m, const size_t *of, const size_t hunk[2],
	size_t b, size_t h, size_t end)
{
	if (merge3_kind_of(&m->h, h, end) == LINE_COMMENT &&
		((h && comments_translated(m, of, hunk[0], hunk[1], h - 1)) ||
			comments_translated(m, of, hunk[0], hunk[1], end)))
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
	merge3_pair_gap(m, &m->b, &m->h, of, b0, b1, h0, h1, .5);
	if (!comments_any(&m->h, h0, h1)) /* then comments of base became nothing */
		for (i = b0; i < b1; i++)
			if (comments_any(&m->b, i, i + 1))
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
			merge3_replace(m, t, t + 1, AMTS_STR(""));
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
	if (end < h1 && comments_told(m, &after, b, end, h1))
		h1 = end;
	merge3_replace(m, t[0], t[1], merge3_fresh(m, h0, h1));
}

static void merge_hunk(struct merge *m, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t t[2], prev, next;
	int same;

	if (!m->by_token)
		comments_skip_same(m, &b0, b1, &h0, h1);
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
			merge3_replace(m, t[0], t[1], merge3_fresh(m, h0, h1));
		else
			replace_lines(m, t, b1, h0, h1);
		return;
	}
	if (!m->by_token) {
		if (!comments_blank(m, b0, b1, h0, h1) &&
			!comments_merge(m, b0, b1, h0, h1))
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

	merge3_relate(m);
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
	struct amts_str head, struct amts_str tgt, const struct amts_plan *p)
{
	struct merge m = { .arena = arena, .out = out, .plan = p };

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
