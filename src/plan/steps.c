/* What the parts of the planner make steps, patches and requests with. */
#include "plan/plan.h"

#include <stdlib.h>

#include "base/alloc.h"

const char *amts_action_name(enum amts_action a)
{
	static const char *const names[AMTS_ACTIONS] = { "keep", "copy", "merge",
		"tokens", "draft", "insert", "delete", "move", "pending" };

	return names[a];
}

struct amts_str plan_bytes(const struct amts_plan *p, int side, struct amts_span at)
{
	return amts_doc_bytes(p->doc[side], at);
}

struct amts_str plan_head_text(const struct amts_plan *p, struct amts_span at)
{
	struct amts_str s = plan_bytes(p, HEAD, at);
	struct amts_buf buf = AMTS_BUF_INIT;
	size_t i;

	if (p->doc[HEAD]->crlf == p->doc[TGT]->crlf)
		return s;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (s.p[i] == '\n' && p->doc[TGT]->crlf)
			amts_buf_addc(&buf, '\r');
		amts_buf_addc(&buf, s.p[i]);
	}
	s = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return s;
}

struct amts_span plan_blocks_span(
	const struct amts_plan *p, int side, size_t beg, size_t end)
{
	const struct amts_block *v = p->doc[side]->v;

	if (beg >= end)
		return (struct amts_span){ 0, 0 };
	return (struct amts_span){ v[beg].all.beg, v[end - 1].all.end };
}

uint64_t plan_fold_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;
	int space = 0;

	s = amts_str_trim(s);
	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			space = 1;
			continue;
		}
		if (space)
			h = amts_hash_byte(h, ' ');
		space = 0;
		h = amts_hash_byte(h, (unsigned char)c);
	}
	return h;
}

uint64_t plan_letters_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && (s.p[i] < '\t' || s.p[i] > '\r'))
			h = amts_str_hash(amts_str_sub(s, i, i + 1), h);
	return h;
}

static size_t count_lines(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + (s.n && s.p[s.n - 1] != '\n');
}

size_t plan_step(struct amts_plan *p, const struct group *g, enum amts_action action,
	const char *reason)
{
	struct amts_step s = { .action = action, .score = g->score, .reason = reason };
	int side;

	s.base = plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]);
	s.head = plan_blocks_span(p, HEAD, g->beg[HEAD], g->end[HEAD]);
	s.target = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);
	for (side = SIDES - 1; side >= 0; side--)
		if (g->beg[side] < g->end[side])
			s.kind = p->doc[side]->v[g->beg[side]].kind;
	if (g->beg[HEAD] < g->end[HEAD]) {
		s.kind = p->doc[HEAD]->v[g->beg[HEAD]].kind;
		s.src_line = p->doc[HEAD]->v[g->beg[HEAD]].line;
		s.src_print = p->doc[HEAD]->v[g->beg[HEAD]].print;
	}
	if (g->beg[TGT] < g->end[TGT]) {
		s.tgt_line = p->doc[TGT]->v[g->beg[TGT]].line;
		s.lines = count_lines(plan_bytes(p, TGT, s.target));
	}
	s.pending = action == AMTS_ACTION_PENDING;
	AMTS_VEC_PUSH(p->steps, p->nsteps, p->csteps, s);
	return p->nsteps - 1;
}

void plan_patch_parts(struct amts_plan *p, size_t step, struct amts_span at,
	struct part *parts, size_t nparts, int keep_old)
{
	struct patch x = { .at = at,
		.parts = parts,
		.nparts = nparts,
		.step = step,
		.seq = p->npatches,
		.keep_old = keep_old };

	AMTS_VEC_PUSH(p->patches, p->npatches, p->cpatches, x);
}

void plan_patch(
	struct amts_plan *p, size_t step, struct amts_span at, struct amts_str text)
{
	struct part *part = AMTS_NEW(p->arena, struct part, 1);

	*part = plan_literal(text);
	plan_patch_parts(p, step, at, part, 1, 0);
}

size_t plan_request(struct amts_plan *p, size_t step, const struct amts_segment *seg,
	struct amts_str old_src, struct amts_str old_tgt)
{
	const struct amts_segments *all = &p->segs[HEAD];
	size_t i = (size_t)(seg - all->v);
	struct request r = { seg, step };
	struct amts_mt_request mt = { .text = seg->text,
		.old_src = old_src,
		.old_tgt = old_tgt,
		.inl = seg->inl,
		.ninl = seg->ninl };

	if (i)
		mt.before = all->v[i - 1].text;
	mt.where = amts_arena_fmt(p->arena, "%s:%zu", p->in.path ? p->in.path : "-",
		p->doc[HEAD]->v[seg->block].line)
			   .p;
	AMTS_VEC_PUSH(p->requests, p->nrequests, p->crequests, r);
	p->nrequests--;
	AMTS_VEC_PUSH(p->mt, p->nrequests, p->cmt, mt);
	return p->nrequests - 1;
}

static int by_line(const void *a, const void *b)
{
	const struct amts_step *x = *(const struct amts_step *const *)a,
			       *y = *(const struct amts_step *const *)b;

	if (x->tgt_line != y->tgt_line)
		return x->tgt_line < y->tgt_line ? -1 : 1;
	if (x->src_line != y->src_line)
		return x->src_line < y->src_line ? -1 : 1;
	return x < y ? -1 : x > y;
}

const struct amts_step *amts_plan_steps_by_line(const struct amts_plan *plan, size_t *n)
{
	const struct amts_step **v =
		AMTS_NEW(plan->arena, const struct amts_step *, plan->nsteps + 1);
	struct amts_step *out = AMTS_NEW(plan->arena, struct amts_step, plan->nsteps + 1);
	size_t i;

	for (i = 0; i < plan->nsteps; i++)
		v[i] = &plan->steps[i];
	qsort(v, plan->nsteps, sizeof(*v), by_line);
	for (i = 0; i < plan->nsteps; i++)
		out[i] = *v[i];
	*n = plan->nsteps;
	return out;
}
