/* The text of new blocks, in the form that the translation gives to its own. */
#include "base/chars.h"
#include "plan/place.h"

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
	while (s.n && amts_is_one_of(s.p[0], "> "))
		s = amts_str_sub(s, 1, s.n);
	return amts_str_starts(s, AMTS_STR("[!")) && amts_str_ends(s, AMTS_STR("]"));
}

/* Bytes of head, a sentence or what is between two, with the line breaks that the
 * translation has there. */
static struct amts_str source_text(const struct places *x, struct amts_span at,
	const struct amts_block *b, enum breaks least)
{
	struct amts_str s = plan_bytes(x->p, HEAD, at);
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i;
	int join = x->breaks <= least && at.beg >= b->text.beg && at.end <= b->text.end &&
		   !b->opaque &&
		   (b->kind == AMTS_BLOCK_PARAGRAPH || b->kind == AMTS_BLOCK_LIST_ITEM);

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (s.p[i] != '\n') {
			amts_buf_addc(&buf, s.p[i]);
		} else if (join && !is_hard_break(s, i)) {
			amts_buf_addc(&buf, ' ');
			while (i + 1 < s.n &&
				amts_is_one_of(s.p[i + 1], b->quotes ? " \t>" : " \t"))
				i++;
		} else {
			amts_buf_addz(&buf, place_eol(x->p));
		}
	}
	out = amts_arena_str(x->p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

void parts_add(struct parts *ps, struct amts_str text, size_t request)
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
	struct amts_span label;
	int known = may_recall(p, j);

	for (i = s->first[j]; i < s->first[j + 1]; i++) {
		const struct amts_segment *g = &s->v[i];
		struct amts_str text, said;

		if (!g->letters)
			continue;
		parts_add(ps,
			source_text(
				x, (struct amts_span){ at, g->at.beg }, b, BREAKS_NONE),
			NONE);
		text = source_text(x, g->at, b, BREAKS_BETWEEN);
		if (plan_label(&label, p, j))
			parts_add(ps, plan_bytes(p, TGT, label), NONE);
		else if (known && plan_recall_segment(&said, p, g))
			ps->v[ps->n++] = (struct part){ said, NONE, text };
		else
			parts_add(ps, text,
				plan_request(p, step, g, AMTS_STR(""), AMTS_STR("")));
		at = g->at.end;
	}
	rest = source_text(x, (struct amts_span){ at, b->all.end }, b, BREAKS_NONE);
	parts_add(ps, b->opaque ? plan_recall_lines(p->recall, rest) : rest, NONE);
	if (b->all.end > b->all.beg && p->doc[HEAD]->bytes.p[b->all.end - 1] != '\n')
		parts_add(ps, amts_str_z(place_eol(p)), NONE);
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

void parts_of_block(struct places *x, struct parts *ps, size_t j, size_t step)
{
	ps->v = AMTS_NEW(x->p->arena, struct part,
		2 * (x->p->segs[HEAD].first[j + 1] - x->p->segs[HEAD].first[j]) + 3);
	ps->n = 0;
	block_parts(x, ps, j, step);
	fit_to_list(x, ps, j);
}

struct amts_str parts_known_text(const struct amts_plan *p, const struct parts *ps)
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

/* Has the translation nearly no such breaks, and far fewer than the source? */
static int is_rare(const size_t *breaks, const size_t *blocks)
{
	return breaks[TGT] * 4 < blocks[TGT] &&
	       breaks[TGT] * 4 * blocks[HEAD] < breaks[HEAD] * blocks[TGT];
}

enum breaks place_breaks(const struct amts_plan *p)
{
	size_t inside[SIDES] = { 0 }, all[SIDES] = { 0 }, blocks[SIDES] = { 0 }, i, k;
	int side;

	for (side = HEAD; side < SIDES; side++)
		for (i = 0; i < p->doc[side]->n; i++) {
			const struct amts_block *b = &p->doc[side]->v[i];
			const struct amts_segments *s = &p->segs[side];

			if (b->kind != AMTS_BLOCK_PARAGRAPH || b->opaque)
				continue;
			blocks[side]++;
			all[side] += place_newlines(
				amts_str_trim(plan_bytes(p, side, b->text)));
			for (k = s->first[i]; k < s->first[i + 1]; k++)
				inside[side] +=
					place_newlines(plan_bytes(p, side, s->v[k].at));
		}
	if (is_rare(all, blocks))
		return BREAKS_NONE;
	return is_rare(inside, blocks) ? BREAKS_BETWEEN : BREAKS_ANY;
}
