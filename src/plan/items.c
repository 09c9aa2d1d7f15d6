/*
 * New items in the form of the list that they come into: its bullet or numbers, its
 * indentation.  The form is that of an item of the same list in head and of its
 * counterpart in the target.
 */
#include "plan/plan.h"

#include <string.h>

#define MAX_ITEMS 50 /* as far an item of the same list is looked for */

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A marker without its number: bytes before it and behind it. */
struct marker {
	struct amts_str before, after;
	unsigned long number;
	int numbered;
};

static struct marker cut(struct amts_str first)
{
	struct marker m = { .number = 0 };
	size_t i = 0, beg;

	while (i < first.n && !is_digit(first.p[i]))
		i++;
	beg = i;
	for (; i < first.n && is_digit(first.p[i]) && i - beg < 9; i++)
		m.number = m.number * 10 + (unsigned long)(first.p[i] - '0');
	m.numbered = i > beg;
	m.before = amts_str_sub(first, 0, beg);
	m.after = amts_str_sub(first, i, first.n);
	return m;
}

static int same_kind(const struct marker *a, const struct marker *b)
{
	return a->numbered == b->numbered && amts_str_eq(a->before, b->before) &&
	       amts_str_eq(a->after, b->after);
}

/* The item of the target that is head's item i, or NONE. */
static size_t counterpart(const struct amts_plan *p, size_t i)
{
	const struct group *g = &p->groups[p->group_of[HEAD][i]];

	if (g->end[HEAD] - g->beg[HEAD] != 1 || g->end[TGT] - g->beg[TGT] != 1 ||
		p->doc[TGT]->v[g->beg[TGT]].kind != AMTS_BLOCK_LIST_ITEM)
		return NONE;
	return g->beg[TGT];
}

/* Did the source give head's item i another marker or indentation, which the target's
 * follows from base's? */
static int is_marked_anew(const struct amts_plan *p, size_t i)
{
	const struct group *g = &p->groups[p->group_of[HEAD][i]];
	struct amts_str first;
	struct marker b, h;

	if (g->end[BASE] - g->beg[BASE] != 1)
		return 0;
	first = plan_marks_of(p, BASE, g->beg[BASE]).first;
	b = cut(first);
	h = cut(plan_marks_of(p, HEAD, i).first);
	return !same_kind(&b, &h) &&
	       amts_str_eq(first, plan_marks_of(p, TGT, g->beg[TGT]).first);
}

static int is_item(const struct amts_block *b, const struct amts_block *like)
{
	return b->kind == AMTS_BLOCK_LIST_ITEM && b->depth == like->depth &&
	       b->quotes == like->quotes;
}

/* An item of the list of head's item j that the target has, before it or behind it. */
static size_t sibling(const struct amts_plan *p, size_t j)
{
	const struct amts_doc *d = p->doc[HEAD];
	size_t i;

	for (i = j; i-- > 0 && j - i <= MAX_ITEMS && d->v[i].depth >= d->v[j].depth;)
		if (is_item(&d->v[i], &d->v[j]) && counterpart(p, i) != NONE)
			return i;
	for (i = j + 1; i < d->n && i - j <= MAX_ITEMS && d->v[i].depth >= d->v[j].depth;
		i++)
		if (is_item(&d->v[i], &d->v[j]) && counterpart(p, i) != NONE)
			return i;
	return NONE;
}

/* Items of the list from i to j. */
static unsigned long distance(const struct amts_plan *p, size_t i, size_t j)
{
	const struct amts_block *v = p->doc[HEAD]->v;
	unsigned long n = 0;

	for (; i < j; i++)
		n += (unsigned long)is_item(&v[i], &v[j]);
	return n;
}

/* The number that head gives where the translation numbers as head does, else the one
 * that comes next. */
static struct amts_str numbered(struct amts_plan *p, unsigned long own,
	const struct marker *h, const struct marker *t, unsigned long far)
{
	if (!t->numbered)
		return amts_arena_fmt(p->arena, AMTS_STR_FMT AMTS_STR_FMT,
			AMTS_STR_ARG(t->before), AMTS_STR_ARG(t->after));
	return amts_arena_fmt(p->arena, AMTS_STR_FMT "%lu" AMTS_STR_FMT,
		AMTS_STR_ARG(t->before), h->number == t->number ? own : t->number + far,
		AMTS_STR_ARG(t->after));
}

int plan_item_marks(struct marks *from, struct marks *to, struct amts_plan *p, size_t j)
{
	size_t i = p->doc[HEAD]->v[j].kind == AMTS_BLOCK_LIST_ITEM ? sibling(p, j) : NONE;
	struct marks of_head, of_tgt;
	struct marker own, h, t;

	if (i == NONE || is_marked_anew(p, i))
		return 0;
	*from = plan_marks_of(p, HEAD, j);
	of_head = plan_marks_of(p, HEAD, i);
	of_tgt = plan_marks_of(p, TGT, counterpart(p, i));
	own = cut(from->first);
	h = cut(of_head.first);
	t = cut(of_tgt.first);
	if (!same_kind(&own, &h) || h.numbered != t.numbered)
		return 0;
	to->first = numbered(p, own.number, &h, &t, distance(p, i, j));
	to->rest = of_tgt.rest;
	from->rest = of_head.rest;
	return 1;
}

int plan_inner_marks(struct marks *from, struct marks *to, struct amts_plan *p, size_t j)
{
	const struct amts_doc *d = p->doc[HEAD];
	size_t i;

	for (i = j; i-- > 0 && j - i <= MAX_ITEMS && d->v[i].depth >= d->v[j].depth;)
		if (is_item(&d->v[i], &d->v[j]))
			break;
	if (i >= j || !is_item(&d->v[i], &d->v[j]) || counterpart(p, i) == NONE)
		return 0;
	from->first = from->rest = plan_indent(p, HEAD, i);
	to->first = to->rest = plan_indent(p, TGT, counterpart(p, i));
	return 1;
}

/* s with other marks at the beginning of its lines; *fresh: it begins with a line. */
static struct amts_str remark(struct amts_plan *p, struct amts_str s, int *fresh,
	const struct amts_str *from, const struct amts_str *to)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t at, nl;

	for (at = 0; at < s.n; at = nl) {
		struct amts_str line;

		nl = amts_str_find(s, AMTS_STR("\n"), at);
		nl += nl < s.n;
		line = amts_str_sub(s, at, nl);
		if (*fresh && amts_str_trim(line).n && amts_str_starts(line, *from)) {
			amts_buf_add(&buf, *to);
			line = amts_str_sub(line, from->n, line.n);
		}
		amts_buf_add(&buf, line);
		*fresh = line.n && line.p[line.n - 1] == '\n';
	}
	out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

void plan_fit_marks(struct amts_plan *p, struct part *v, size_t n,
	const struct marks *from, const struct marks *to)
{
	size_t i;
	int fresh = 0;

	if (n && amts_str_starts(v[0].text, from->first))
		v[0].text = amts_arena_fmt(p->arena, AMTS_STR_FMT AMTS_STR_FMT,
			AMTS_STR_ARG(to->first),
			AMTS_STR_ARG(
				amts_str_sub(v[0].text, from->first.n, v[0].text.n)));
	if (amts_str_eq(from->rest, to->rest))
		return;
	for (i = 0; i < n; i++)
		v[i].text = remark(p, v[i].text, &fresh, &from->rest, &to->rest);
}
