/*
 * Inserted, deleted and moved blocks: where they go in the target.  A place is found from
 * the counterpart of the block's neighbours in head, never from a position.
 */
#include "plan/plan.h"

#include <string.h>

struct places {
	struct amts_plan *p;
	char *gone; /* target blocks that leave their place (deleted or moved) */
	size_t *gone_step;
	struct containers *in[SIDES]; /* of head and target */
	size_t *old_of; /* of head blocks: the target block that they were rewritten from
			 */
	size_t item;	/* the new item of head that was put last, or NONE */
	struct amts_str item_from, item_to; /* ... how its lines begin there, and here */
	size_t *from; /* of head blocks: the target block that they were elsewhere */
	int one_line; /* the translation writes a paragraph on one line */
};

static const char THERE_ALREADY[] = "new in the source, and there already";

static int has(const struct group *g, int side)
{
	return g->beg[side] < g->end[side];
}

/* ---- gaps
 * -------------------------------------------------------------------------------- */

static struct amts_str gap(const struct amts_plan *p, int side, size_t before)
{
	const struct amts_doc *d = p->doc[side];
	size_t beg = before ? d->v[before - 1].all.end : 0;
	size_t end = before < d->n ? d->v[before].all.beg : d->bytes.n;

	return amts_str_sub(d->bytes, beg, end);
}

static size_t newlines(struct amts_str s)
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

static const char *eol(const struct amts_plan *p)
{
	return p->doc[TGT]->crlf ? "\r\n" : "\n";
}

/* ---- text of an inserted block
 * --------------------------------------------------------- */

/* Is the break before s.p[i] more than a space: a hard one, or behind the kind of an
 * alert in a quote ([!NOTE])? */
static int is_hard_break(struct amts_str s, size_t i)
{
	size_t beg = i;

	while (beg && s.p[beg - 1] != '\n')
		beg--;
	s = amts_str_sub(s, beg, i);
	if (amts_str_ends(s, AMTS_STR("  ")) || amts_str_ends(s, AMTS_STR("\\")))
		return 1;
	s = amts_str_trim(s);
	while (s.n && strchr("> ", s.p[0]))
		s = amts_str_sub(s, 1, s.n);
	return amts_str_starts(s, AMTS_STR("[!")) && amts_str_ends(s, AMTS_STR("]"));
}

/* Bytes of head between two places, on one line when the translation writes so. */
static struct amts_str source_text(
	const struct places *x, struct amts_span at, const struct amts_block *b)
{
	struct amts_str s = plan_bytes(x->p, HEAD, at);
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i;
	int prose = at.beg >= b->text.beg && at.end <= b->text.end && !b->opaque &&
		    (b->kind == AMTS_BLOCK_PARAGRAPH || b->kind == AMTS_BLOCK_LIST_ITEM);

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (s.p[i] != '\n') {
			amts_buf_addc(&buf, s.p[i]);
		} else if (prose && x->one_line && !is_hard_break(s, i)) {
			amts_buf_addc(&buf, ' ');
			while (i + 1 < s.n &&
				strchr(b->quotes ? " \t>" : " \t", s.p[i + 1]))
				i++;
		} else {
			amts_buf_addz(&buf, eol(x->p));
		}
	}
	out = amts_arena_str(x->p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

struct parts {
	struct part *v;
	size_t n;
};

static void add(struct parts *ps, struct amts_str text, size_t request)
{
	if (text.n || request != NONE)
		ps->v[ps->n++] = (struct part){ .text = text, .request = request };
}

/* The value of a key is in one language: known words are taken for all of it, or not. */
static int may_recall(const struct amts_plan *p, size_t j)
{
	const struct amts_segments *s = &p->segs[HEAD];
	struct amts_str ignored;
	size_t i;

	if (p->doc[HEAD]->v[j].kind != AMTS_BLOCK_FRONT_MATTER)
		return 1;
	for (i = s->first[j]; i < s->first[j + 1]; i++)
		if (s->v[i].letters && !plan_recall_segment(&ignored, p, &s->v[i]))
			return 0;
	return 1;
}

/* Head block j: its marker, each segment drafted or in the source's words, its end. */
static void block_parts(struct places *x, struct parts *ps, size_t j, size_t step)
{
	struct amts_plan *p = x->p;
	const struct amts_segments *s = &p->segs[HEAD];
	const struct amts_block *b = &p->doc[HEAD]->v[j];
	size_t i, at = b->all.beg;
	struct amts_str rest;
	int known = may_recall(p, j);

	for (i = s->first[j]; i < s->first[j + 1]; i++) {
		const struct amts_segment *g = &s->v[i];
		struct amts_str text, said;

		if (!g->letters)
			continue;
		add(ps, source_text(x, (struct amts_span){ at, g->at.beg }, b), NONE);
		text = source_text(x, g->at, b);
		if (known && plan_recall_segment(&said, p, g))
			ps->v[ps->n++] = (struct part){ said, NONE, text };
		else
			add(ps, text,
				plan_request(p, step, g, AMTS_STR(""), AMTS_STR("")));
		at = g->at.end;
	}
	rest = source_text(x, (struct amts_span){ at, b->all.end }, b);
	add(ps, b->opaque ? plan_recall_lines(p->recall, rest) : rest, NONE);
	if (b->all.end > b->all.beg && p->doc[HEAD]->bytes.p[b->all.end - 1] != '\n')
		add(ps, amts_str_z(eol(p)), NONE);
}

/* A new item is marked like those around it, what is in it is indented like it. */
static void fit_to_list(struct places *x, struct parts *ps, size_t j)
{
	const struct amts_block *v = x->p->doc[HEAD]->v;
	struct marks from, to;

	if (v[j].kind == AMTS_BLOCK_LIST_ITEM) {
		x->item = plan_item_marks(&from, &to, x->p, j) ? j : NONE;
		if (x->item == NONE)
			return;
		x->item_from = from.rest;
		x->item_to = to.rest;
	} else if (x->item != NONE && v[j].depth == v[x->item].depth &&
		   v[j].quotes == v[x->item].quotes) {
		from.first = from.rest = x->item_from;
		to.first = to.rest = x->item_to;
	} else if (!plan_inner_marks(&from, &to, x->p, j)) {
		return;
	}
	plan_fit_marks(x->p, ps->v, ps->n, &from, &to);
}

/* ---- placing
 * ----------------------------------------------------------------------------- */

/* Where the walk through head stands in the target. */
struct cursor {
	size_t at;   /* bytes: after everything placed so far */
	size_t next; /* target block that follows */
	int sure;    /* the block before in head stands right before `at` */
	int front;   /* placing right before `next`, not after the block before */
	int started;
	int closed;	      /* an end of a container that stays was put there */
	struct amts_str owed; /* blank lines behind what was put there last */
};

static void advance(struct cursor *c, const struct amts_plan *p, size_t tgt_end)
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
static size_t successor(const struct places *x, size_t head_end)
{
	const struct amts_plan *p = x->p;
	size_t j;

	for (j = head_end; j < p->doc[HEAD]->n; j++) {
		const struct group *g = &p->groups[p->group_of[HEAD][j]];

		if (has(g, TGT) && has(g, BASE))
			return g->moved || x->gone[g->beg[TGT]] ? NONE : g->beg[TGT];
		if (has(g, BASE))
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
	       newlines(gap(p, HEAD, head_beg)) && !newlines(gap(p, HEAD, head_end));
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
	       newlines(gap(x->p, HEAD, head_beg)) == newlines(gap(x->p, TGT, next));
}

static int is_new(const struct places *x, size_t j)
{
	const struct group *g = &x->p->groups[x->p->group_of[HEAD][j]];

	return !has(g, BASE) && !has(g, TGT);
}

/* Is head block j the beginning of a container that is new as a whole? */
static int opens_new(const struct places *x, size_t j)
{
	size_t end = x->in[HEAD]->other[j];

	if (end == NONE || end < j)
		return 0;
	while (j <= end && is_new(x, j))
		j++;
	return j > end;
}

static int closes_old(const struct places *x, size_t j)
{
	size_t beg = x->in[HEAD]->other[j];

	return beg != NONE && beg < j && !is_new(x, beg);
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

		want = has(g, TGT) ? g->beg[TGT] : NONE;
		if (want == NONE)
			return 0;
	}
	for (; at != NONE && at != want; at = x->in[TGT]->around[at])
		last = at;
	if (at != want || last == NONE)
		return 0;
	advance(c, p, x->in[TGT]->other[last] + 1);
	return 1;
}

/* Put parts at the cursor, with blank lines as in head. */
static void put(struct places *x, struct cursor *c, size_t head_beg, size_t head_end,
	size_t step, struct parts *ps)
{
	struct amts_plan *p = x->p;
	struct amts_str before = gap_text(p, gap(p, HEAD, head_beg));
	struct amts_str after = gap_text(p, gap(p, HEAD, head_end)), here;
	struct parts all = { AMTS_NEW(p->arena, struct part, ps->n + 5), 0 };
	size_t i, at = c->at;
	int front = c->front || (!c->started && p->doc[TGT]->n);
	size_t next = successor(x, head_end);

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
			add(&all, amts_str_z(eol(p)), NONE);
		add(&all, before, NONE);
	} else if (at == c->at) {
		add(&all, c->owed, NONE);
	}
	c->owed = AMTS_STR("");
	for (i = 0; i < ps->n; i++)
		add(&all, ps->v[i].text, ps->v[i].request);
	here = gap(p, TGT, c->next);
	if (front && next == c->next)
		add(&all, after, NONE);
	else if (front)
		add(&all, after.n ? after : amts_str_z(here.n ? eol(p) : ""), NONE);
	else if (!here.n && c->next < p->doc[TGT]->n && head_end < p->doc[HEAD]->n &&
		 is_new(x, head_end))
		c->owed = after;
	else if (!here.n && c->next < p->doc[TGT]->n)
		add(&all, after, NONE);
	plan_patch_parts(p, step, (struct amts_span){ at, at }, all.v, all.n, 0);
	p->patches[p->npatches - 1].whole = at < p->doc[TGT]->bytes.n;
	c->at = at;
	c->sure = 1;
	c->started |= !front || at > 0;
	c->closed |= closes_old(x, head_beg);
}

/* The text of parts that need no draft; "" when one does. */
static struct amts_str known_text(const struct amts_plan *p, const struct parts *ps)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out = AMTS_STR("");
	size_t i;

	for (i = 0; i < ps->n && ps->v[i].request == NONE; i++)
		amts_buf_add(&buf, ps->v[i].text);
	if (i == ps->n)
		out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

/* The end of the target's blocks before what follows in head, with those that the aligner
 * gave to that; NONE when that is not clear. */
static size_t known_up_to(const struct places *x, size_t head_end)
{
	const struct amts_plan *p = x->p;
	size_t j, next = successor(x, head_end);

	if (next != NONE)
		return p->groups[p->group_of[TGT][next]].end[TGT];
	for (j = head_end; j < p->doc[HEAD]->n; j++)
		if (has(&p->groups[p->group_of[HEAD][j]], BASE))
			return NONE;
	return p->doc[TGT]->n;
}

/*
 * Does the target have known text that takes words of its own between the cursor and what
 * follows in head?  The aligner may have given it to a neighbour.
 */
static int stands_there(
	const struct places *x, struct cursor *c, size_t j, const struct parts *ps)
{
	const struct amts_plan *p = x->p;
	size_t k, end = known_up_to(x, j + 1);
	uint64_t text = plan_fold_hash(known_text(p, ps));

	if (!c->sure || end == NONE || text == plan_fold_hash(AMTS_STR("")) ||
		text == plan_fold_hash(plan_bytes(p, HEAD, p->doc[HEAD]->v[j].all)))
		return 0;
	for (k = c->next; k < end; k++)
		if (!x->gone[k] &&
			plan_fold_hash(plan_bytes(p, TGT, p->doc[TGT]->v[k].all)) == text)
			break;
	if (k >= end)
		return 0;
	advance(c, p, k + 1);
	return 1;
}

/* A rewritten block: in place of the old translation when there is a draft. */
static void replace_block(struct places *x, struct cursor *c, size_t j)
{
	struct amts_plan *p = x->p;
	size_t k = x->old_of[j], step;
	struct group g = p->groups[p->group_of[TGT][k]];
	struct parts ps = {
		AMTS_NEW(p->arena, struct part,
			2 * (p->segs[HEAD].first[j + 1] - p->segs[HEAD].first[j]) + 3),
		0
	};

	g.beg[HEAD] = j;
	g.end[HEAD] = j + 1;
	step = plan_step(p, &g, AMTS_ACTION_DRAFT, "rewritten in the source");
	block_parts(x, &ps, j, step);
	plan_patch_parts(p, step, p->doc[TGT]->v[k].all, ps.v, ps.n, 1);
	advance(c, p, k + 1);
}

/* Does the target have it where head wants it? */
static int in_place(const struct places *x, const struct cursor *c, const struct group *g)
{
	size_t k = c->next;

	while (k < g->beg[TGT] &&
		(x->gone[k] || !has(&x->p->groups[x->p->group_of[TGT][k]], HEAD)))
		k++;
	return c->sure && k == g->beg[TGT];
}

/* Take target block k to the cursor. */
static void carry_block(
	struct places *x, struct cursor *c, const struct group *g, size_t k, size_t step)
{
	struct amts_plan *p = x->p;
	struct part one = plan_literal(plan_bytes(p, TGT, p->doc[TGT]->v[k].all));
	struct parts ps = { &one, 1 };

	if (one.text.n && one.text.p[one.text.n - 1] != '\n')
		one.text = amts_arena_fmt(
			p->arena, AMTS_STR_FMT "%s", AMTS_STR_ARG(one.text), eol(p));
	put(x, c, g->beg[HEAD], g->end[HEAD], step, &ps);
	x->gone[k] = 1;
	x->gone_step[k] = step;
}

/* A block that stood elsewhere and was reworked: its old translation goes along. */
static void move_reworked(struct places *x, struct cursor *c, size_t j)
{
	struct amts_plan *p = x->p;
	size_t k = x->from[j], step;
	struct group g = p->groups[p->group_of[TGT][k]];
	int stays;

	g.beg[HEAD] = j;
	g.end[HEAD] = j + 1;
	stays = in_place(x, c, &g);
	step = plan_step(p, &g, stays ? AMTS_ACTION_PENDING : AMTS_ACTION_MOVE,
		"moved in the source, and its words changed");
	p->steps[step].pending = 1;
	if (stays)
		advance(c, p, k + 1);
	else
		carry_block(x, c, &g, k, step);
}

static void insert_group(struct places *x, struct cursor *c, const struct group *g)
{
	struct amts_plan *p = x->p;
	size_t j;

	for (j = g->beg[HEAD]; j < g->end[HEAD]; j++) {
		struct group one = *g;
		struct parts ps;
		size_t step;

		if (x->old_of[j] != NONE) {
			replace_block(x, c, j);
			continue;
		}
		if (x->from[j] != NONE) {
			move_reworked(x, c, j);
			continue;
		}
		one.beg[HEAD] = j;
		one.end[HEAD] = j + 1;
		step = plan_step(p, &one, AMTS_ACTION_INSERT, "new in the source");
		p->steps[step].score = c->sure ? 1 : SURE;
		ps.v = AMTS_NEW(p->arena, struct part,
			2 * (p->segs[HEAD].first[j + 1] - p->segs[HEAD].first[j]) + 3);
		ps.n = 0;
		block_parts(x, &ps, j, step);
		fit_to_list(x, &ps, j);
		if (stands_there(x, c, j, &ps)) {
			p->steps[step].action = AMTS_ACTION_KEEP;
			p->steps[step].reason = THERE_ALREADY;
		} else {
			put(x, c, j, j + 1, step, &ps);
		}
	}
}

static void move_group(struct places *x, struct cursor *c, const struct group *g)
{
	struct amts_plan *p = x->p;
	struct part one = plan_literal(
		plan_bytes(p, TGT, plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT])));
	struct parts ps = { &one, 1 };
	size_t step, k;

	step = plan_step(p, g, AMTS_ACTION_MOVE, "moved in the source");
	if (one.text.n && one.text.p[one.text.n - 1] != '\n')
		one.text = amts_arena_fmt(
			p->arena, AMTS_STR_FMT "%s", AMTS_STR_ARG(one.text), eol(p));
	put(x, c, g->beg[HEAD], g->end[HEAD], step, &ps);
	for (k = g->beg[TGT]; k < g->end[TGT]; k++) {
		x->gone[k] = 1;
		x->gone_step[k] = step;
	}
}

/* A new block that the aligner finds in the target: told, unless it is there word for
 * word. */
static void say_known(struct amts_plan *p, const struct group *g)
{
	if (p->doc[HEAD]->v[g->beg[HEAD]].print != p->doc[TGT]->v[g->beg[TGT]].print)
		plan_step(p, g, AMTS_ACTION_KEEP, THERE_ALREADY);
}

static void leave_item(struct places *x, size_t j)
{
	const struct amts_block *v = x->p->doc[HEAD]->v;

	if (x->item != NONE && (v[j].depth < v[x->item].depth ||
				       (v[j].kind == AMTS_BLOCK_LIST_ITEM &&
					       v[j].depth == v[x->item].depth)))
		x->item = NONE;
}

static void walk(struct places *x)
{
	struct amts_plan *p = x->p;
	struct cursor c = { 0 };
	size_t j;

	for (j = 0; j < p->doc[HEAD]->n; j++) {
		const struct group *g = &p->groups[p->group_of[HEAD][j]];

		leave_item(x, j);
		if (g->beg[HEAD] != j)
			continue;
		if (!has(g, BASE) && !has(g, TGT))
			insert_group(x, &c, g);
		else if (!has(g, TGT))
			c.sure = 0;
		else if (g->moved && !g->changed && g->score >= SURE &&
			 !in_place(x, &c, g))
			move_group(x, &c, g);
		else {
			if (!has(g, BASE))
				say_known(p, g);
			advance(&c, p, g->end[TGT]);
		}
	}
}

/* ---- leaving
 * ----------------------------------------------------------------------------- */

static int removed_from_source(const struct group *g)
{
	return has(g, BASE) && !has(g, HEAD) && has(g, TGT);
}

static void say_removed(struct places *x, const struct group *g)
{
	size_t step, k;

	if (!x->gone[g->beg[TGT]]) {
		plan_step(x->p, g, AMTS_ACTION_PENDING,
			g->score < CERTAIN ? "removed from the source, but its "
					     "counterpart is not clear"
			: x->p->reworked[g->beg[BASE]]
				? "moved in the source, and its words changed"
				: "removed from the source, but something else "
				  "stands inside it");
		return;
	}
	step = plan_step(x->p, g, AMTS_ACTION_DELETE, "removed from the source");
	for (k = g->beg[TGT]; k < g->end[TGT]; k++)
		x->gone_step[k] = step;
}

/* Translations of reworked blocks that go where head has these now. */
static void find_moved(struct places *x, char *taken)
{
	struct amts_plan *p = x->p;
	size_t j;

	x->from = AMTS_NEW(p->arena, size_t, p->doc[HEAD]->n + 1);
	for (j = 0; j < p->doc[HEAD]->n; j++) {
		size_t b = p->came_from[j];
		const struct group *g =
			b == NONE ? NULL : &p->groups[p->group_of[BASE][b]];

		x->from[j] = NONE;
		if (!g || !is_new(x, j) || x->old_of[j] != NONE ||
			!removed_from_source(g) || g->score < CERTAIN ||
			g->end[BASE] - g->beg[BASE] != 1 ||
			g->end[TGT] - g->beg[TGT] != 1 || taken[g->beg[TGT]])
			continue;
		x->from[j] = g->beg[TGT];
		taken[g->beg[TGT]] = 1;
	}
}

static void mark_deleted(struct places *x)
{
	struct amts_plan *p = x->p;
	char *taken = AMTS_NEW(p->arena, char, p->doc[TGT]->n + 1);
	size_t i, k;

	for (i = 0; i < p->ngroups; i++) {
		const struct group *g = &p->groups[i];

		if (removed_from_source(g) && g->score >= CERTAIN &&
			!p->reworked[g->beg[BASE]])
			for (k = g->beg[TGT]; k < g->end[TGT]; k++)
				x->gone[k] = 1;
	}
	for (i = 0; i < p->doc[HEAD]->n; i++)
		if (x->old_of[i] != NONE) {
			x->gone[x->old_of[i]] = 0;
			taken[x->old_of[i]] = 1;
		}
	find_moved(x, taken);
	plan_keep_directives(p, x->in[TGT], x->gone);
	for (i = 0; i < p->ngroups; i++)
		if (removed_from_source(&p->groups[i]) && !taken[p->groups[i].beg[TGT]])
			say_removed(x, &p->groups[i]);
}

/* Take runs of leaving blocks out, with the smaller of the gaps around them. */
static void remove_gone(struct places *x)
{
	const struct amts_doc *d = x->p->doc[TGT];
	size_t i, k;

	for (i = 0; i < d->n; i = k + 1) {
		struct amts_span at;

		k = i;
		if (!x->gone[i])
			continue;
		while (k + 1 < d->n && x->gone[k + 1])
			k++;
		at = (struct amts_span){ d->v[i].all.beg, d->v[k].all.end };
		if (k + 1 < d->n && (!i || newlines(gap(x->p, TGT, k + 1)) <=
						    newlines(gap(x->p, TGT, i))))
			at.end = d->v[k + 1].all.beg;
		else if (i)
			at.beg = d->v[i - 1].all.end;
		plan_patch(x->p, x->gone_step[i], at, AMTS_STR(""));
	}
}

/* One line a paragraph in the translation, though the source is wrapped? */
static int writes_one_line(const struct amts_plan *p)
{
	size_t lines[SIDES] = { 0 }, blocks[SIDES] = { 0 }, i;
	int side;

	for (side = HEAD; side < SIDES; side++)
		for (i = 0; i < p->doc[side]->n; i++)
			if (p->doc[side]->v[i].kind == AMTS_BLOCK_PARAGRAPH &&
				!p->doc[side]->v[i].opaque) {
				blocks[side]++;
				lines[side] += newlines(amts_str_trim(
					plan_bytes(p, side, p->doc[side]->v[i].text)));
			}
	return lines[TGT] * 4 < blocks[TGT] && lines[HEAD] * 4 >= blocks[HEAD];
}

void plan_places(struct amts_plan *p)
{
	struct places x = { .p = p, .item = NONE };

	x.gone = p->gone = AMTS_NEW(p->arena, char, p->doc[TGT]->n + 1);
	x.gone_step = p->gone_step = AMTS_NEW(p->arena, size_t, p->doc[TGT]->n + 1);
	x.in[HEAD] = plan_containers_of(p, HEAD);
	x.in[TGT] = plan_containers_of(p, TGT);
	x.one_line = writes_one_line(p);
	x.old_of = plan_rewritten(p);
	mark_deleted(&x);
	walk(&x);
	plan_quoted(p);
	remove_gone(&x);
}
