/*
 * Blocks that the source has in another form now: a paragraph became a tag's text, a
 * table a list, a tab's line a paragraph of its own.  To the revision diff one was
 * removed and another put in; the translation is not to be lost over that.
 */
#include "plan/place.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Fewer pairs of words that follow each other may meet by chance. */
#define MIN_PAIRS 4
/* Of ten pairs so many have to be in new blocks. */
#define LEAST 7

struct pairs {
	uint64_t *v; /* heap, sorted */
	size_t n, cap;
};

/* Pairs of new blocks: of text without a known translation; of tags and directives. */
struct fresh {
	struct pairs text, opaque;
};

static int by_hash(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

/* (What a heading says, text says as well.) */
static int is_form(const struct amts_block *b)
{
	return b->opaque ? b->kind == AMTS_BLOCK_HTML || b->kind == AMTS_BLOCK_DIRECTIVE
			 : b->kind != AMTS_BLOCK_FRONT_MATTER &&
				   b->kind != AMTS_BLOCK_HEADING;
}

/* Pairs of a text, put behind those in ps. */
static void add_pairs(struct pairs *ps, struct amts_str s)
{
	uint64_t *words;
	size_t n, i;

	AMTS_VEC_ROOM(ps->v, ps->n, ps->cap, s.n / 2 + 2);
	words = ps->v + ps->n;
	n = plan_words(words, s);
	for (i = 1; i < n; i++)
		words[i - 1] = words[i - 1] * 31 + words[i];
	ps->n += n ? n - 1 : 0;
}

static void add_unknown(struct pairs *ps, const struct amts_plan *p, size_t j)
{
	const struct amts_segments *s = &p->segs[HEAD];
	struct amts_str ignored;
	size_t i;

	for (i = s->first[j]; i < s->first[j + 1]; i++)
		if (!plan_recall_segment(&ignored, p, &s->v[i]))
			add_pairs(ps, s->v[i].text);
}

/* Is what side holds of a group what the target says? */
static int is_copy(const struct amts_plan *p, const struct group *g, int side)
{
	struct amts_span s = plan_blocks_span(p, side, g->beg[side], g->end[side]),
			 t = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);

	return plan_fold_hash(plan_bytes(p, side, s)) ==
	       plan_fold_hash(plan_bytes(p, TGT, t));
}

/* A head block that base does not have; the target neither, or in the source's words
 * since it was put in. */
static int is_untranslated(const struct amts_plan *p, size_t j)
{
	const struct group *g = &p->groups[p->group_of[HEAD][j]];

	return !place_has(g, BASE) && (!place_has(g, TGT) || is_copy(p, g, HEAD));
}

static struct fresh fresh_pairs(const struct places *x)
{
	const struct amts_plan *p = x->p;
	const struct amts_doc *d = p->doc[HEAD];
	struct fresh f = { 0 };
	size_t j;

	for (j = 0; j < d->n; j++) {
		if (!is_untranslated(p, j) || x->old_of[j] != NONE ||
			x->from[j] != NONE || !is_form(&d->v[j]))
			continue;
		if (d->v[j].opaque)
			add_pairs(&f.opaque, plan_bytes(p, HEAD, d->v[j].all));
		else
			add_unknown(&f.text, p, j);
	}
	if (f.text.n)
		qsort(f.text.v, f.text.n, sizeof(*f.text.v), by_hash);
	if (f.opaque.n)
		qsort(f.opaque.v, f.opaque.n, sizeof(*f.opaque.v), by_hash);
	return f;
}

static int has_pair(const struct pairs *ps, uint64_t pair)
{
	return ps->n && bsearch(&pair, ps->v, ps->n, sizeof(pair), by_hash);
}

/* Are most words of base blocks [beg, end) in new blocks?  (Tags become other tags in
 * find_reworked only.) */
static int is_reformed(
	const struct amts_plan *p, const struct fresh *f, size_t beg, size_t end)
{
	struct pairs ps = { 0 };
	size_t i, k = 0, n = 0;

	for (i = beg; i < end; i++) {
		const struct amts_block *b = &p->doc[BASE]->v[i];

		if (is_form(b))
			add_pairs(&ps, plan_bytes(p, BASE, b->opaque ? b->all : b->text));
		for (; k < ps.n; k++)
			n += has_pair(&f->text, ps.v[k]) ||
			     (!b->opaque && has_pair(&f->opaque, ps.v[k]));
	}
	free(ps.v);
	return ps.n >= MIN_PAIRS && 10 * n >= LEAST * ps.n;
}

static const struct group *group_at(const struct amts_plan *p, size_t b)
{
	return &p->groups[p->group_of[BASE][b]];
}

/* Does the translation of base block b go? */
static int goes(const struct places *x, size_t b)
{
	const struct amts_plan *p = x->p;
	const struct group *g = group_at(p, b);

	return place_has(g, TGT) && x->gone[g->beg[TGT]];
}

static int is_row(const struct amts_plan *p, size_t b)
{
	return p->doc[BASE]->v[b].kind == AMTS_BLOCK_TABLE_ROW;
}

/* Target blocks of base blocks [beg, end) stay. */
static void keep(struct places *x, size_t beg, size_t end)
{
	size_t k, t;

	for (k = beg; k < end; k++)
		for (t = group_at(x->p, k)->beg[TGT]; t < group_at(x->p, k)->end[TGT];
			t++) {
			x->gone[t] = 0;
			x->reformed[t] = 1;
		}
}

/* End of the stretch that begins with base block i, which goes; a table stays as a whole.
 * *copy: nobody translated it. */
static size_t stretch_end(const struct places *x, size_t i, int *copy)
{
	const struct amts_plan *p = x->p;
	size_t end;

	*copy = is_copy(p, group_at(p, i), BASE);
	for (end = i + 1; end < p->doc[BASE]->n && goes(x, end); end++) {
		int same = group_at(p, end) == group_at(p, end - 1);

		if (!same && !(is_row(p, i) && is_row(p, end)))
			break;
		*copy = *copy && (same || is_copy(p, group_at(p, end), BASE));
	}
	return end;
}

void place_keep_reformed(struct places *x)
{
	const struct amts_plan *p = x->p;
	struct fresh f = { 0 };
	int copy, begun = 0;
	size_t i, end;

	x->reformed = AMTS_NEW(p->arena, char, p->doc[TGT]->n + 1);
	for (i = 0; i < p->doc[BASE]->n; i = end) {
		end = i + 1;
		if (!goes(x, i))
			continue;
		if (!begun++)
			f = fresh_pairs(x);
		end = stretch_end(x, i, &copy);
		if (!copy && is_reformed(p, &f, i, end))
			keep(x, i, end);
	}
	free(f.text.v);
	free(f.opaque.v);
}
