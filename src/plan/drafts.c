/* What an engine made of the requests: drafts that may be used, and hints for people. */
#include "plan/plan.h"

#include "amts/text.h"

/* A draft much longer or shorter than its source is a fault of the engine, not a
 * translation (in bytes; Chinese takes about as many as English, a single word up to
 * eight times). */
static int plausible(struct amts_str src, struct amts_str tgt)
{
	return tgt.n * 8 + 16 >= src.n && tgt.n <= src.n * 8 + 64 &&
	       (amts_text_has_letters(tgt) || !amts_text_has_letters(src));
}

/* Placeholders say nothing to a person. */
static void put_plain(struct amts_buf *out, struct amts_str s)
{
	size_t at = 0, hit;

	while ((hit = amts_str_find(s, AMTS_STR("<x id=\""), at)) < s.n) {
		amts_buf_add(out, amts_str_sub(s, at, hit));
		amts_buf_addz(out, "…");
		at = amts_str_find(s, AMTS_STR(">"), hit);
		at += at < s.n;
	}
	amts_buf_add(out, amts_str_sub(s, at, s.n));
}

/* The best hint of a step's requests. */
static void take_hint(
	struct amts_plan *p, const struct request *r, const struct amts_mt_similar *like)
{
	struct amts_step *s = &p->steps[r->step];
	struct amts_buf diff = AMTS_BUF_INIT, buf = AMTS_BUF_INIT;

	if (like->score <= s->likeness)
		return;
	s->likeness = like->score;
	amts_diff_text(&diff, like->src, r->seg->text, 0);
	amts_buf_addf(&buf, "%d %% like \"", (int)(like->score * 100));
	put_plain(&buf, amts_buf_str(&diff));
	amts_buf_addz(&buf, "\": \"");
	put_plain(&buf, like->tgt);
	amts_buf_addc(&buf, '"');
	if (like->from.n)
		amts_buf_addf(&buf, " (" AMTS_STR_FMT ")", AMTS_STR_ARG(like->from));
	s->hint = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&diff);
	amts_buf_release(&buf);
}

/* What the target says already, for a source that was nearly the same: no news.  Whoever
 * is asked what it should say now has to see that it waits. */
static int is_no_news(const struct amts_mt_request *q, const struct amts_mt_result *r)
{
	return r->origin == AMTS_MT_FUZZY && r->score < 1 && q->old_tgt.n &&
	       plan_letters_hash(q->old_tgt) == plan_letters_hash(r->text);
}

static void take_draft(struct amts_plan *p, struct amts_str *drafts, size_t i,
	const struct amts_mt_result *r)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	const struct amts_segment *seg = p->requests[i].seg;

	if (r->origin == AMTS_MT_NONE && r->from.n)
		p->steps[p->requests[i].step].reason = amts_arena_z(p->arena, r->from);
	if (r->origin == AMTS_MT_NONE || !plausible(seg->text, r->text) ||
		is_no_news(&p->mt[i], r))
		return;
	if (!amts_segment_restore(&buf, p->doc[HEAD], seg, r->text, &err)) {
		drafts[i] = amts_arena_str(p->arena, amts_buf_str(&buf));
		if (r->from.n)
			p->steps[p->requests[i].step].from =
				amts_arena_str(p->arena, r->from);
	}
	amts_buf_release(&buf);
}

/* ---- what the target says already --------------------------------------------- */

/* The step waits for a person, who finds what it would have said in block b. */
static void leave(struct amts_plan *p, struct amts_step *s, size_t b)
{
	if (s->action == AMTS_ACTION_INSERT) {
		s->target = plan_blocks_span(p, TGT, b, b + 1);
		s->tgt_line = p->doc[TGT]->v[b].line;
		s->lines = 1;
	}
	s->action = AMTS_ACTION_PENDING;
	s->pending = 1;
	s->reason = "a part of it stands in the translation already";
}

/* A sentence more in a block that has it is done; else all of a new block may be. */
static void settle(struct amts_plan *p, struct patch *c, size_t b, int all)
{
	struct amts_step *s = &p->steps[c->step];
	struct amts_span at = plan_blocks_span(p, TGT, b, b + 1);

	if (s->action == AMTS_ACTION_PENDING)
		return;
	if (s->action == AMTS_ACTION_INSERT && all) {
		s->action = AMTS_ACTION_KEEP;
		s->reason = "new in the source, and there already";
		c->nparts = 0;
	} else if (s->action == AMTS_ACTION_DRAFT && c->at.beg == c->at.end &&
		   at.beg >= s->target.beg && at.end <= s->target.end) {
		c->nparts = 0;
	} else {
		leave(p, s, b);
	}
}

static void drop_repeats(struct amts_plan *p, const struct amts_str *drafts)
{
	struct there *t = there_open(p);
	size_t i, k;

	for (i = 0; i < p->npatches; i++) {
		struct patch *c = &p->patches[i];
		size_t there = NONE, asked = 0, found = 0;

		for (k = 0; k < c->nparts; k++) {
			size_t r = c->parts[k].request, b;

			if (r == NONE)
				continue;
			asked++;
			b = drafts[r].p ? there_find(t, p->requests[r].seg, drafts[r])
					: NONE;
			found += b != NONE;
			there = b != NONE ? b : there;
		}
		if (found)
			settle(p, c, there, found == asked);
	}
	there_free(t);
}

/* ---- all ----------------------------------------------------------------------- */

/* Drafts that have to wait with the rest of their block are told. */
static void take_hints(struct amts_plan *p, const struct amts_mt_result *results,
	const struct amts_str *drafts)
{
	size_t i;

	for (i = 0; i < p->nrequests; i++) {
		const struct amts_mt_result *r = &results[i];
		struct amts_step *s = &p->steps[p->requests[i].step];
		struct amts_mt_similar like = { r->score, p->requests[i].seg->text,
			r->text, r->from };

		if (!s->pending)
			continue;
		s->from = AMTS_STR("");
		take_hint(p, &p->requests[i], drafts[i].p ? &like : &r->similar);
	}
}

const struct amts_str *plan_take_drafts(
	struct amts_plan *p, const struct amts_mt_result *results)
{
	struct amts_str *drafts = AMTS_NEW(p->arena, struct amts_str, p->nrequests + 1);
	size_t i, n = 0;

	for (i = 0; i < p->nrequests; i++) {
		if (results)
			take_draft(p, drafts, i, &results[i]);
		if (!drafts[i].p)
			p->steps[p->requests[i].step].pending = 1;
		n += drafts[i].p != NULL;
	}
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].action == AMTS_ACTION_DRAFT && p->steps[i].pending)
			p->steps[i].action = AMTS_ACTION_PENDING;
	if (n)
		drop_repeats(p, drafts);
	plan_hold(p);
	if (results)
		take_hints(p, results, drafts);
	return drafts;
}
