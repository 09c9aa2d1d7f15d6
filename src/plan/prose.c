/*
 * A changed group of text, sentence by sentence: unchanged source sentences keep the
 * target's words and line breaks, changed ones are carried over token by token where
 * their words stay the same, and only the rest is drafted.
 */
#include "plan/plan.h"

#include <string.h>

/* Sentences that belong together: [beg, end) of each document's segments. */
struct unit {
	size_t beg[SIDES], end[SIDES];
	int same; /* source sentences unchanged */
	double score;
};

struct prose {
	struct amts_plan *p;
	const struct group *g;
	size_t beg[SIDES], n[SIDES]; /* segments of the group */
	size_t *head_of; /* of each base sentence: exact or changed head, or NONE */
	char *exact;
	char *adopt; /* target sentences that head explains, not base */
	struct unit *v;
	size_t nv;
	size_t step; /* NONE until something is to be said */
	int drafted; /* wants an engine */
	int led;     /* something is inserted before the first sentence */
	int worded;  /* words changed, and a draft was made without one */
	int carried, removed, kept;
	const char *why;
};

static const struct amts_segment *seg(const struct prose *x, int side, size_t i)
{
	return &x->p->segs[side].v[x->beg[side] + i];
}

static struct amts_span span(const struct prose *x, int side, size_t beg, size_t end)
{
	return (struct amts_span){ seg(x, side, beg)->at.beg,
		seg(x, side, end - 1)->at.end };
}

/* Identity of a sentence: its protected text and what its placeholders stand for. */
static uint64_t seg_hash(const struct prose *x, int side, size_t i)
{
	const struct amts_segment *s = seg(x, side, i);
	uint64_t h = plan_fold_hash(s->text);
	size_t k;

	for (k = 0; k < s->ninl; k++)
		if (s->inl[k].kind != AMTS_INLINE_BREAK)
			h = h * 31 + plan_fold_hash(plan_bytes(x->p, side, s->inl[k].at));
	return h;
}

/* Share of words two source sentences have in common, 0..1 (Dice, as sequences). */
static double likeness(const struct prose *x, size_t b, size_t h)
{
	struct amts_str s[2] = { seg(x, BASE, b)->text, seg(x, HEAD, h)->text };
	uint64_t *w[2];
	size_t n[2], i, k;
	struct amts_match *m;

	for (k = 0; k < 2; k++) {
		size_t beg = 0;

		w[k] = AMTS_NEW(x->p->arena, uint64_t, s[k].n / 2 + 2);
		n[k] = 0;
		for (i = 0; i <= s[k].n; i++)
			if (i == s[k].n || s[k].p[i] == ' ') {
				if (i > beg)
					w[k][n[k]++] =
						amts_str_hash(amts_str_sub(s[k], beg, i),
							AMTS_HASH_SEED);
				beg = i + 1;
			}
	}
	if (!n[0] || !n[1])
		return 0;
	return 2.0 * (double)amts_lcs(&m, x->p->arena, w[0], n[0], w[1], n[1]) /
	       (double)(n[0] + n[1]);
}

/* In a gap between unchanged sentences: pair those that are alike, in order. */
static void pair_gap(struct prose *x, size_t b0, size_t b1, size_t h0, size_t h1)
{
	size_t b, h;

	for (b = b0; b < b1; b++) {
		double best = .3;
		size_t at = NONE;

		for (h = h0; h < h1 && h < h0 + 20; h++) {
			double s = likeness(x, b, h);

			if (s > best) {
				best = s;
				at = h;
			}
		}
		if (at != NONE) {
			x->head_of[b] = at;
			h0 = at + 1;
		}
	}
	if (b1 - b0 == 1 && h1 - h0 == 1 && x->head_of[b0] == NONE)
		x->head_of[b0] = h0; /* one sentence for another: rewritten */
}

static void pair_sentences(struct prose *x)
{
	struct amts_arena *a = x->p->arena;
	uint64_t *hb = AMTS_NEW(a, uint64_t, x->n[BASE] + 1),
		 *hh = AMTS_NEW(a, uint64_t, x->n[HEAD] + 1);
	struct amts_match *m;
	size_t i, n, b0 = 0, h0 = 0;

	x->head_of = AMTS_NEW(a, size_t, x->n[BASE] + 1);
	x->exact = AMTS_NEW(a, char, x->n[BASE] + 1);
	for (i = 0; i < x->n[BASE]; i++) {
		hb[i] = seg_hash(x, BASE, i);
		x->head_of[i] = NONE;
	}
	for (i = 0; i < x->n[HEAD]; i++)
		hh[i] = seg_hash(x, HEAD, i);
	n = amts_lcs(&m, a, hb, x->n[BASE], hh, x->n[HEAD]);
	for (i = 0; i <= n; i++) {
		size_t b1 = i < n ? m[i].i : x->n[BASE], h1 = i < n ? m[i].j : x->n[HEAD];

		pair_gap(x, b0, b1, h0, h1);
		if (i < n) {
			x->head_of[b1] = h1;
			x->exact[b1] = 1;
		}
		b0 = b1 + 1;
		h0 = h1 + 1;
	}
}

/* ---- units
 * ------------------------------------------------------------------------------ */

static size_t root(size_t *up, size_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

static void join(size_t *up, size_t i, size_t j)
{
	i = root(up, i);
	j = root(up, j);
	up[i > j ? i : j] = i > j ? j : i;
}

/* The sentences of the group that one of the alignments gives to target sentence t. */
static size_t first_in(const struct prose *x, int side, const struct amts_bead *b)
{
	size_t beg = x->beg[side], end = beg + x->n[side];

	if (b->src_beg >= b->src_end || b->src_end <= beg || b->src_beg >= end)
		return NONE;
	return b->src_beg < beg ? 0 : b->src_beg - beg;
}

/* Which target sentences does head explain better than base? */
static void judge_sentences(struct prose *x)
{
	struct ahead a = { .nbase = x->n[BASE],
		.nhead = x->n[HEAD],
		.ntgt = x->n[TGT],
		.to_head = x->head_of };
	size_t t;

	a.base_of = AMTS_NEW(x->p->arena, size_t, a.ntgt + 1);
	a.head_of = AMTS_NEW(x->p->arena, size_t, a.ntgt + 1);
	for (t = 0; t < a.ntgt; t++) {
		a.base_of[t] = first_in(x, BASE,
			&x->p->sentences.v[x->p->tgt_sentence_bead[x->beg[TGT] + t]]);
		a.head_of[t] = first_in(x, HEAD,
			&x->p->ahead_sentences.v[x->p->ahead_bead[x->beg[TGT] + t]]);
	}
	ahead_judge(&a, x->p->arena);
	for (t = 0; t < a.ntgt; t++)
		a.adopt[t] |= x->p->adopt[seg(x, TGT, t)->block];
	x->adopt = a.adopt;
}

/* Join target sentence t with the sentences of its bead; what lies outside of the group
 * is cut off. */
static void join_bead(struct prose *x, size_t *up, const size_t *off, size_t t)
{
	int side = x->adopt[t] ? HEAD : BASE;
	const struct amts_bead *b =
		x->adopt[t]
			? &x->p->ahead_sentences.v[x->p->ahead_bead[x->beg[TGT] + t]]
			: &x->p->sentences.v[x->p->tgt_sentence_bead[x->beg[TGT] + t]];
	size_t k;

	for (k = b->src_beg; k < b->src_end; k++)
		if (k >= x->beg[side] && k < x->beg[side] + x->n[side])
			join(up, off[TGT] + t, off[side] + k - x->beg[side]);
}

static double unit_score(const struct prose *x, const struct unit *u)
{
	double s = 1;
	size_t i;

	for (i = u->beg[BASE]; i < u->end[BASE]; i++) {
		double b = x->p->sentences.v[x->p->base_sentence_bead[x->beg[BASE] + i]]
				   .score;

		if (b < s)
			s = b;
	}
	return s;
}

static void add_member(struct prose *x, size_t *unit_at, size_t r, int side, size_t i)
{
	struct unit *u;

	if (unit_at[r] == NONE) {
		unit_at[r] = x->nv++;
		u = &x->v[unit_at[r]];
		u->same = 1;
		u->beg[BASE] = u->beg[HEAD] = u->beg[TGT] = NONE;
		u->end[BASE] = u->end[HEAD] = u->end[TGT] = 0;
	}
	u = &x->v[unit_at[r]];
	if (u->beg[side] == NONE)
		u->beg[side] = i;
	u->end[side] = i + 1;
	if (side == BASE && !x->exact[i])
		u->same = 0;
}

/* Number of sentences that have a place in some unit's range but not in that unit. */
static int scattered(const struct prose *x, const size_t *up, const size_t *off)
{
	size_t k, i;
	int side;

	for (k = 0; k < x->nv; k++)
		for (side = 0; side < SIDES; side++) {
			size_t r = NONE;

			if (x->v[k].beg[side] == NONE)
				continue;
			for (i = x->v[k].beg[side]; i < x->v[k].end[side]; i++) {
				size_t y = root((size_t *)up, off[side] + i);

				if (r != NONE && y != r)
					return 1;
				r = y;
			}
		}
	return 0;
}

/* 0 when sentences cross in a way that has no clear place. */
static int make_units(struct prose *x)
{
	size_t off[SIDES] = { 0, x->n[BASE], x->n[BASE] + x->n[HEAD] };
	size_t total = off[TGT] + x->n[TGT], i;
	size_t *up = AMTS_NEW(x->p->arena, size_t, total + 1);
	size_t *unit_at = AMTS_NEW(x->p->arena, size_t, total + 1);
	int side;

	for (i = 0; i < total; i++) {
		up[i] = i;
		unit_at[i] = NONE;
	}
	for (i = 0; i < x->n[BASE]; i++)
		if (x->head_of[i] != NONE)
			join(up, i, off[HEAD] + x->head_of[i]);
	judge_sentences(x);
	for (i = 0; i < x->n[TGT]; i++)
		join_bead(x, up, off, i);
	x->v = AMTS_NEW(x->p->arena, struct unit, total + 1);
	for (side = 0; side < SIDES; side++)
		for (i = 0; i < x->n[side]; i++)
			add_member(x, unit_at, root(up, off[side] + i), side, i);
	for (i = 0; i < x->nv; i++)
		x->v[i].score = unit_score(x, &x->v[i]);
	return !scattered(x, up, off);
}

static int has(const struct unit *u, int side)
{
	return u->beg[side] != NONE;
}

/* ---- what to do with a unit ----------------------------------------------------------
 */

static size_t step(struct prose *x)
{
	if (x->step == NONE)
		x->step = plan_step(x->p, x->g, AMTS_ACTION_KEEP, "");
	return x->step;
}

static struct sentence sentence(const struct prose *x, int side, const struct unit *u)
{
	struct sentence s = { x->p->doc[side], { 0, 0 }, NULL, 0 };
	struct amts_inline *v;
	size_t i, k, n = 0;

	for (i = u->beg[side]; i < u->end[side]; i++)
		n += seg(x, side, i)->ninl;
	v = AMTS_NEW(x->p->arena, struct amts_inline, n + 1);
	for (i = u->beg[side]; i < u->end[side]; i++)
		for (k = 0; k < seg(x, side, i)->ninl; k++)
			v[s.ninl++] = seg(x, side, i)->inl[k];
	s.at = span(x, side, u->beg[side], u->end[side]);
	s.inl = v;
	return s;
}

/* What stands between two drafted sentences. */
static struct amts_str between(const struct prose *x)
{
	return amts_lang_unspaced(x->p->in.tgt_lang) ? AMTS_STR("") : AMTS_STR(" ");
}

/* A unit's text on one side, as segments have it. */
static struct amts_str unit_text(const struct prose *x, int side, const struct unit *u)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i;

	for (i = u->beg[side]; i < u->end[side]; i++) {
		if (i > u->beg[side])
			amts_buf_addc(&buf, ' ');
		amts_buf_add(&buf, seg(x, side, i)->text);
	}
	out = amts_arena_str(x->p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

static void draft(struct prose *x, const struct unit *u, struct amts_span at, int lead)
{
	size_t n = u->end[HEAD] - u->beg[HEAD], i, k = 0;
	struct part *parts = AMTS_NEW(x->p->arena, struct part, 2 * n + 1);
	struct amts_str old_src = unit_text(x, BASE, u), old_tgt = unit_text(x, TGT, u);

	for (i = 0; i < n; i++) {
		const struct amts_segment *s = seg(x, HEAD, u->beg[HEAD] + i);

		if (lead || i)
			parts[k++] = (struct part){ between(x), NONE };
		parts[k++] = (struct part){ AMTS_STR(""),
			plan_request(x->p, step(x), s, old_src, old_tgt) };
	}
	plan_patch_parts(x->p, step(x), at, parts, k, 1);
	x->drafted = 1;
}

/* The white space after a sentence goes with it; before it, when it was the last. */
static struct amts_span removal(const struct prose *x, const struct unit *u)
{
	struct amts_span at = span(x, TGT, u->beg[TGT], u->end[TGT]);
	struct amts_str s = x->p->doc[TGT]->bytes;
	const struct amts_block *b =
		&x->p->doc[TGT]->v[seg(x, TGT, u->end[TGT] - 1)->block];

	if (u->end[TGT] < x->n[TGT] &&
		seg(x, TGT, u->end[TGT])->block == (size_t)(b - x->p->doc[TGT]->v))
		at.end = seg(x, TGT, u->end[TGT])->at.beg;
	else
		while (at.beg > b->text.beg && strchr(" \t\r\n", s.p[at.beg - 1]))
			at.beg--;
	return at;
}

static void unit_changed(struct prose *x, const struct unit *u)
{
	struct sentence b = sentence(x, BASE, u), h = sentence(x, HEAD, u),
			t = sentence(x, TGT, u);
	enum sentence_change c = tokens_change(x->p->arena, &b, &h);
	enum tokens_result done = TOKENS_FAILED;
	struct amts_str text;

	if (plan_fold_hash(amts_doc_bytes(h.doc, h.at)) ==
		plan_fold_hash(amts_doc_bytes(t.doc, t.at)))
		return;
	if (c == CHANGE_NONE)
		return;
	if (c == CHANGE_SMALL || c == CHANGE_MARKS) {
		done = marks_carry(&text, x->p->arena, &b, &h, &t);
		if (done == TOKENS_ALREADY)
			return;
	}
	if (done == TOKENS_FAILED && c != CHANGE_MARKS)
		done = tokens_carry(&text, x->p->arena, &b, &h, &t);
	if (done == TOKENS_DONE) {
		plan_patch(x->p, step(x), t.at, text);
		x->carried = 1;
		x->worded |= c == CHANGE_WORDS || c == CHANGE_NUMBERS;
		return;
	}
	if (done == TOKENS_ALREADY && (c == CHANGE_TOKENS || c == CHANGE_NUMBERS))
		return;
	if (c == CHANGE_SMALL) {
		step(x);
		x->why = "small edit of the source: nothing to translate";
		x->kept = 1;
		return;
	}
	draft(x, u, t.at, 0);
}

/* New sentences go after the target sentence of the nearest unit before them; else before
 * all that stay, with white space between them and those. */
static void unit_inserted(struct prose *x, const struct unit *u)
{
	size_t k, at = NONE, stay = 0;

	for (k = 0; k < x->nv; k++) {
		if (!has(&x->v[k], HEAD) || !has(&x->v[k], TGT))
			continue;
		stay++;
		if (x->v[k].end[HEAD] <= u->beg[HEAD] &&
			(at == NONE || x->v[k].end[HEAD] > x->v[at].end[HEAD]))
			at = k;
	}
	if (at != NONE) {
		size_t end = seg(x, TGT, x->v[at].end[TGT] - 1)->at.end;

		draft(x, u, (struct amts_span){ end, end }, 1);
		return;
	}
	if (x->n[TGT]) {
		size_t beg = seg(x, TGT, 0)->at.beg, n = x->p->npatches;

		draft(x, u, (struct amts_span){ beg, beg }, !stay && x->led);
		if (stay)
			x->p->patches[n].parts[x->p->patches[n].nparts++] =
				(struct part){ between(x), NONE };
		x->led = 1;
	}
}

static int has_letters(const struct prose *x, const struct unit *u)
{
	size_t i;

	for (i = u->beg[TGT]; i < u->end[TGT]; i++)
		if (seg(x, TGT, i)->letters)
			return 1;
	return 0;
}

static void plan_unit(struct prose *x, const struct unit *u)
{
	if (has(u, BASE) && has(u, HEAD)) {
		if (u->same && u->end[BASE] - u->beg[BASE] == u->end[HEAD] - u->beg[HEAD])
			return;
		if (has(u, TGT))
			unit_changed(x, u);
		else if (seg(x, HEAD, u->beg[HEAD])->letters) {
			step(x);
			x->why = "the translation leaves this sentence out";
			x->kept = 1;
		}
	} else if (has(u, HEAD)) {
		unit_inserted(x, u);
	} else if (has(u, BASE) && has(u, TGT)) {
		plan_patch(x->p, step(x), removal(x, u), AMTS_STR(""));
		x->p->patches[x->p->npatches - 1].loses = has_letters(x, u);
		x->removed = 1;
	}
}

/* ---- the block around the sentences --------------------------------------------------
 */

static struct amts_str marker(const struct amts_plan *p, int side, size_t i)
{
	const struct amts_block *b = &p->doc[side]->v[i];

	return plan_bytes(p, side, (struct amts_span){ b->all.beg, b->text.beg });
}

/* Heading levels, list markers: the target takes head's where it had base's. */
static void follow_markers(struct prose *x)
{
	const struct group *g = x->g;
	struct amts_plan *p = x->p;
	size_t i, n = g->end[BASE] - g->beg[BASE];

	if (n != g->end[HEAD] - g->beg[HEAD] || n != g->end[TGT] - g->beg[TGT])
		return;
	for (i = 0; i < n; i++) {
		struct amts_str b = marker(p, BASE, g->beg[BASE] + i),
				h = marker(p, HEAD, g->beg[HEAD] + i),
				t = marker(p, TGT, g->beg[TGT] + i);
		const struct amts_block *tb = &p->doc[TGT]->v[g->beg[TGT] + i];

		if (amts_str_eq(b, h) || amts_str_eq(t, h) || !amts_str_eq(t, b))
			continue;
		plan_patch(
			p, step(x), (struct amts_span){ tb->all.beg, tb->text.beg }, h);
		x->carried = 1;
	}
}

/* A block that people left in the source language follows the source. */
static int follow_untranslated(struct prose *x)
{
	const struct group *g = x->g;
	struct amts_plan *p = x->p;
	struct amts_span bat = plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]);
	struct amts_span hat = plan_blocks_span(p, HEAD, g->beg[HEAD], g->end[HEAD]);
	struct amts_span tat = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);
	uint64_t t = plan_fold_hash(plan_bytes(p, TGT, tat));
	struct amts_str text = plan_bytes(p, HEAD, hat);

	if (t == plan_fold_hash(text))
		return 1;
	if (t != plan_fold_hash(plan_bytes(p, BASE, bat)))
		return 0;
	if (tat.end > tat.beg && p->doc[TGT]->bytes.p[tat.end - 1] != '\n')
		while (text.n &&
			(text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
			text.n--;
	plan_patch(p,
		plan_step(p, g, AMTS_ACTION_DRAFT, "not translated: follows the source"),
		tat, text);
	return 1;
}

static void conclude(struct prose *x)
{
	struct amts_step *s;

	if (x->step == NONE)
		return;
	s = &x->p->steps[x->step];
	if (x->drafted) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "the words of the source changed";
	} else if (x->removed) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "a sentence was removed from the source";
	} else if (x->worded) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason =
			"a name or a number changed that the translation has as it is";
	} else if (x->carried) {
		s->action = AMTS_ACTION_TOKENS;
		s->reason = "only links, code, numbers or marks changed";
	} else {
		s->reason = x->why;
	}
}

void plan_prose(struct amts_plan *p, const struct group *g)
{
	struct prose x = { .p = p, .g = g, .step = NONE };
	int side;
	size_t i;

	if (follow_untranslated(&x))
		return;
	for (side = 0; side < SIDES; side++) {
		x.beg[side] = p->segs[side].first[g->beg[side]];
		x.n[side] = p->segs[side].first[g->end[side]] - x.beg[side];
	}
	pair_sentences(&x);
	if (!make_units(&x)) {
		plan_step(p, g, AMTS_ACTION_PENDING,
			"sentences of source and translation cross");
		return;
	}
	for (i = 0; i < x.nv; i++)
		plan_unit(&x, &x.v[i]);
	follow_markers(&x);
	conclude(&x);
}
