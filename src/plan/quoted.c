/*
 * Source quoted in comments of the translation, above what translates it: it follows the
 * source, block by block.
 */
#include "base/map.h"
#include "plan/plan.h"

/* Target blocks from a comment to the translation of what it quotes, for each block
 * quoted. */
#define REACH 4

struct quotes {
	struct amts_plan *p;
	struct amts_map first; /* base blocks by print */
	size_t *next;	       /* the next base block of the same print, or NONE */
	size_t *edit_of;       /* of base blocks */
};

/* A comment of the translation's own, and what it says as a document. */
struct comment {
	size_t block;
	struct amts_span inside; /* of the target's bytes */
	struct amts_doc *doc;
};

static void index_base(struct quotes *q)
{
	struct amts_plan *p = q->p;
	const struct amts_doc *d = p->doc[BASE];
	size_t i, k;

	q->next = AMTS_NEW(p->arena, size_t, d->n + 1);
	q->edit_of = AMTS_NEW(p->arena, size_t, d->n + 1);
	for (i = d->n; i-- > 0;)
		q->next[i] = NONE;
	for (i = 0; i < d->n; i++) {
		size_t at = amts_map_add(&q->first, d->v[i].print, i);

		if (at != i) { /* behind the first: order is of no matter */
			q->next[i] = q->next[at];
			q->next[at] = i;
		}
	}
	for (i = 0; i < p->edits.n; i++)
		for (k = p->edits.v[i].old_beg; k < p->edits.v[i].old_end; k++)
			q->edit_of[k] = i;
}

static int is_own(const struct amts_plan *p, size_t k)
{
	const struct group *g = &p->groups[p->group_of[TGT][k]];

	return p->doc[TGT]->v[k].kind == AMTS_BLOCK_COMMENT &&
	       g->beg[BASE] == g->end[BASE] && g->beg[HEAD] == g->end[HEAD];
}

/* 0 when there is nothing in it. */
static int read_comment(struct comment *c, struct amts_plan *p, size_t k)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_span all = p->doc[TGT]->v[k].all;
	struct amts_str s = plan_bytes(p, TGT, all);
	size_t open = amts_str_find(s, AMTS_STR("<!--"), 0), close;

	close = amts_str_find(s, AMTS_STR("-->"), open);
	c->block = k;
	if (close >= s.n)
		return 0;
	c->inside = (struct amts_span){ all.beg + open + 4, all.beg + close };
	if (amts_doc_parse(&c->doc, p->arena, plan_bytes(p, TGT, c->inside), &ignored))
		return 0;
	return c->doc->n > 0;
}

/* The base block that block b of a comment quotes, or NONE: its translation stands right
 * below, or there is none. */
static size_t quoted(const struct quotes *q, const struct comment *c, size_t b)
{
	const struct amts_plan *p = q->p;
	size_t i = amts_map_get(&q->first, c->doc->v[b].print), tries;

	if (i == AMTS_MAP_NONE)
		return NONE;
	if (q->next[i] == NONE && p->groups[p->group_of[BASE][i]].end[TGT] == 0)
		return i;
	for (tries = 0; i != NONE && tries < 50; i = q->next[i], tries++) {
		const struct group *g = &p->groups[p->group_of[BASE][i]];

		if (g->beg[TGT] < g->end[TGT] && g->beg[TGT] > c->block &&
			g->beg[TGT] - c->block <= REACH * (c->doc->n + 1))
			return i;
	}
	return NONE;
}

/* Did what base block i says leave the target with its translation? */
static int is_gone(const struct amts_plan *p, size_t i)
{
	const struct group *g = &p->groups[p->group_of[BASE][i]];

	return g->beg[TGT] == g->end[TGT] || p->gone[g->beg[TGT]];
}

static struct amts_span block_in_target(const struct comment *c, size_t b)
{
	struct amts_span at = c->doc->v[b].all;

	return (struct amts_span){ c->inside.beg + at.beg, c->inside.beg + at.end };
}

/* Bytes of a block up to its last line ending. */
static struct amts_str without_eol(struct amts_str s)
{
	while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static size_t step_of(struct quotes *q, size_t *step, const struct comment *c)
{
	if (*step == NONE)
		*step = plan_step(q->p, &q->p->groups[q->p->group_of[TGT][c->block]],
			AMTS_ACTION_COPY, "source quoted in a comment: follows it");
	return *step;
}

/* Block b quotes base block i, which changed. */
static void follow(
	struct quotes *q, const struct comment *c, size_t b, size_t i, size_t *step)
{
	struct amts_plan *p = q->p;
	const struct amts_edit *e = &p->edits.v[q->edit_of[i]];
	struct amts_span at = block_in_target(c, b);

	if (e->op == AMTS_EDIT_CHANGE && i == e->old_beg) {
		at.end = at.beg + without_eol(plan_bytes(p, TGT, at)).n;
		plan_patch(p, step_of(q, step, c), at,
			without_eol(plan_head_text(
				p, plan_blocks_span(p, HEAD, e->new_beg, e->new_end))));
	} else if (e->op == AMTS_EDIT_CHANGE || is_gone(p, i)) {
		if (b + 1 < c->doc->n)
			at.end = block_in_target(c, b + 1).beg;
		else if (b)
			at.beg = block_in_target(c, b - 1).end;
		plan_patch(p, step_of(q, step, c), at, AMTS_STR(""));
	}
}

static int is_kept(const struct amts_edit *e)
{
	return e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE;
}

/* A comment of which nothing is left goes. */
static void remove_comment(struct quotes *q, const struct comment *c)
{
	struct amts_plan *p = q->p;

	p->gone[c->block] = 1;
	p->gone_step[c->block] = plan_step(p, &p->groups[p->group_of[TGT][c->block]],
		AMTS_ACTION_DELETE, "quotes what was removed from the source");
}

static void plan_comment(struct quotes *q, const struct comment *c)
{
	struct amts_plan *p = q->p;
	size_t *of = AMTS_NEW(p->arena, size_t, c->doc->n), b, left = 0, step = NONE;

	for (b = 0; b < c->doc->n; b++) {
		of[b] = quoted(q, c, b);
		left += of[b] == NONE ||
			p->edits.v[q->edit_of[of[b]]].op != AMTS_EDIT_DELETE ||
			!is_gone(p, of[b]);
	}
	if (!left)
		remove_comment(q, c);
	for (b = 0; left && b < c->doc->n; b++)
		if (of[b] != NONE && !is_kept(&p->edits.v[q->edit_of[of[b]]]))
			follow(q, c, b, of[b], &step);
}

void plan_quoted(struct amts_plan *p)
{
	struct quotes q = { .p = p };
	struct comment c;
	size_t k;

	for (k = 0; k < p->doc[TGT]->n; k++) {
		if (!is_own(p, k) || p->gone[k] || !read_comment(&c, p, k))
			continue;
		if (!q.next)
			index_base(&q);
		plan_comment(&q, &c);
	}
	amts_map_release(&q.first);
}
