/* A place in the target for what head has at another: bytes, and the blank lines around
 * them. */
#include "plan/place.h"

int place_has(const struct group *g, int side)
{
	return g->beg[side] < g->end[side];
}

struct amts_str place_gap(const struct amts_plan *p, int side, size_t before)
{
	const struct amts_doc *d = p->doc[side];
	size_t beg = before ? d->v[before - 1].all.end : 0;
	size_t end = before < d->n ? d->v[before].all.beg : d->bytes.n;

	return amts_str_sub(d->bytes, beg, end);
}

size_t place_newlines(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* Blank lines of a gap in the target's line endings. */
static struct amts_str gap_text(const struct amts_plan *p, struct amts_str head_gap)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i;

	for (i = 0; i < head_gap.n; i++)
		if (head_gap.p[i] != '\r') {
			if (head_gap.p[i] == '\n' && p->doc[TGT]->crlf)
				amts_buf_addc(&buf, '\r');
			amts_buf_addc(&buf, head_gap.p[i]);
		}
	out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

const char *place_eol(const struct amts_plan *p)
{
	return p->doc[TGT]->crlf ? "\r\n" : "\n";
}

int place_is_new(const struct places *x, size_t j)
{
	const struct group *g = &x->p->groups[x->p->group_of[HEAD][j]];

	return !place_has(g, BASE) && !place_has(g, TGT);
}

void cursor_advance(struct cursor *c, const struct amts_plan *p, size_t tgt_end)
{
	c->at = p->doc[TGT]->v[tgt_end - 1].all.end;
	c->next = tgt_end;
	c->sure = 1;
	c->front = 0;
	c->started = 1;
	c->closed = 0;
	c->owed = AMTS_STR("");
}

/* Target place of what comes right after group i in head, when that stays where it is. */
size_t cursor_successor(const struct places *x, size_t head_end)
{
	const struct amts_plan *p = x->p;
	size_t j;

	for (j = head_end; j < p->doc[HEAD]->n; j++) {
		const struct group *g = &p->groups[p->group_of[HEAD][j]];

		if (place_has(g, TGT) && place_has(g, BASE))
			return g->moved || x->gone[g->beg[TGT]] ? NONE : g->beg[TGT];
		if (place_has(g, BASE))
			return NONE;
	}
	return NONE;
}

/*
 * Does what is put before head_end cling to the block there: no blank line between them,
 * but one before?  An opening directive goes with what it opens, whatever the target has
 * of its own after the block before it.
 */
static int clings_to_next(const struct places *x, size_t head_beg, size_t head_end)
{
	const struct amts_plan *p = x->p;

	return head_beg && head_end < p->doc[HEAD]->n &&
	       place_newlines(place_gap(p, HEAD, head_beg)) &&
	       !place_newlines(place_gap(p, HEAD, head_end));
}

/* A line of markup that stands right before what it is for; items and rows stand on their
 * own. */
static int is_mark_line(const struct places *x, size_t head)
{
	enum amts_block_kind kind = x->p->doc[HEAD]->v[head].kind;

	return kind == AMTS_BLOCK_COMMENT || kind == AMTS_BLOCK_DIRECTIVE ||
	       kind == AMTS_BLOCK_HTML;
}

/* Does it belong right before `next` of the target rather than at the cursor?  What is
 * the first of a list takes the place of the one that was. */
static int clings(const struct places *x, const struct cursor *c, size_t next,
	size_t head_beg, size_t head_end)
{
	if (!clings_to_next(x, head_beg, head_end) || next < c->next)
		return 0;
	return next > c->next || is_mark_line(x, head_beg) ||
	       place_newlines(place_gap(x->p, HEAD, head_beg)) ==
		       place_newlines(place_gap(x->p, TGT, next));
}

/* Is head block j the beginning of a container that is new as a whole? */
static int opens_new(const struct places *x, size_t j)
{
	size_t end = x->in[HEAD]->other[j];

	if (end == NONE || end < j)
		return 0;
	while (j <= end && place_is_new(x, j))
		j++;
	return j > end;
}

static int closes_old(const struct places *x, size_t j)
{
	size_t beg = x->in[HEAD]->other[j];

	return beg != NONE && beg < j && !place_is_new(x, beg);
}

/* Target block that opens the container in which the gap before block k lies, or NONE. */
static size_t around_gap(const struct places *x, size_t k)
{
	const struct containers *in = x->in[TGT];

	if (!k)
		return NONE;
	if (in->other[k - 1] != NONE && in->other[k - 1] >= k)
		return k - 1;
	return in->around[k - 1];
}

/*
 * A new container goes behind one that is open at its place in the translation, where it
 * is not in that in head: containers of one level follow each other.
 */
static int leave_container(const struct places *x, struct cursor *c, size_t j)
{
	const struct amts_plan *p = x->p;
	size_t want = NONE, at = around_gap(x, c->next), last = NONE;

	if (at == NONE || c->closed || !opens_new(x, j))
		return 0;
	if (x->in[HEAD]->around[j] != NONE) {
		const struct group *g =
			&p->groups[p->group_of[HEAD][x->in[HEAD]->around[j]]];

		want = place_has(g, TGT) ? g->beg[TGT] : NONE;
		if (want == NONE)
			return 0;
	}
	for (; at != NONE && at != want; at = x->in[TGT]->around[at])
		last = at;
	if (at != want || last == NONE)
		return 0;
	cursor_advance(c, p, x->in[TGT]->other[last] + 1);
	return 1;
}

/* A new item right behind a paragraph that is no item as in head would be a line of it.
 */
static int joins_paragraph(const struct places *x, const struct cursor *c, size_t j)
{
	const struct amts_plan *p = x->p;
	const struct amts_block *b = c->next ? &p->doc[TGT]->v[c->next - 1] : NULL;

	return b && c->at == b->all.end && b->kind == AMTS_BLOCK_PARAGRAPH &&
	       p->doc[HEAD]->v[j].kind == AMTS_BLOCK_LIST_ITEM && j &&
	       !place_newlines(place_gap(p, HEAD, j)) &&
	       p->doc[HEAD]->v[j - 1].kind == AMTS_BLOCK_LIST_ITEM &&
	       !(place_is_new(x, j - 1) && x->old_of[j - 1] == NONE);
}

void cursor_put(struct places *x, struct cursor *c, size_t head_beg, size_t head_end,
	size_t step, struct parts *ps)
{
	struct amts_plan *p = x->p;
	struct amts_str before = gap_text(p, place_gap(p, HEAD, head_beg));
	struct amts_str after = gap_text(p, place_gap(p, HEAD, head_end)), here;
	struct parts all = { AMTS_NEW(p->arena, struct part, ps->n + 5), 0 };
	size_t i, at = c->at;
	int front = c->front || (!c->started && p->doc[TGT]->n);
	size_t next = cursor_successor(x, head_end);

	if (next != NONE && (!c->sure || clings(x, c, next, head_beg, head_end))) {
		c->next = next;
		at = p->doc[TGT]->v[c->next].all.beg;
		c->front = front = 1;
	} else if (front && !c->front) {
		at = p->doc[TGT]->v[0].all.beg;
		c->next = 0;
	}
	if (leave_container(x, c, head_beg)) {
		at = c->at;
		front = 0;
	}
	if (!front) {
		if (at && p->doc[TGT]->bytes.p[at - 1] != '\n')
			parts_add(&all, amts_str_z(place_eol(p)), NONE);
		parts_add(&all,
			joins_paragraph(x, c, head_beg) ? amts_str_z(place_eol(p))
							: before,
			NONE);
	} else if (at == c->at) {
		parts_add(&all, c->owed, NONE);
	}
	c->owed = AMTS_STR("");
	for (i = 0; i < ps->n; i++)
		all.v[all.n++] = ps->v[i];
	here = place_gap(p, TGT, c->next);
	if (front && next == c->next)
		parts_add(&all, after, NONE);
	else if (front)
		parts_add(&all, after.n ? after : amts_str_z(here.n ? place_eol(p) : ""),
			NONE);
	else if (!here.n && c->next < p->doc[TGT]->n && head_end < p->doc[HEAD]->n &&
		 place_is_new(x, head_end))
		c->owed = after;
	else if (!here.n && c->next < p->doc[TGT]->n)
		parts_add(&all, after, NONE);
	plan_patch_parts(p, step, (struct amts_span){ at, at }, all.v, all.n, 0);
	p->patches[p->npatches - 1].whole = at < p->doc[TGT]->bytes.n;
	c->at = at;
	c->sure = 1;
	c->started |= !front || at > 0;
	c->closed |= closes_old(x, head_beg);
}
