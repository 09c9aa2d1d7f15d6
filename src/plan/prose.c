/*
 * A changed group of text, sentence by sentence: unchanged source sentences keep the
 * target's words and line breaks, changed ones are carried over token by token where
 * their words stay the same, and only the rest is drafted.
 */
#include "plan/prose.h"
#include "base/chars.h"

#include "plan/links.h"
#include <string.h>

size_t prose_step(struct prose *x)
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
		n += prose_seg(x, side, i)->ninl;
	v = AMTS_NEW(x->p->arena, struct amts_inline, n + 1);
	for (i = u->beg[side]; i < u->end[side]; i++)
		for (k = 0; k < prose_seg(x, side, i)->ninl; k++)
			v[s.ninl++] = prose_seg(x, side, i)->inl[k];
	s.at = prose_span(x, side, u->beg[side], u->end[side]);
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
		amts_buf_add(&buf, prose_seg(x, side, i)->text);
	}
	out = amts_arena_str(x->p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

static const struct amts_inline *find_id(const struct sentence *s)
{
	size_t i;

	for (i = s->ninl; i; i--)
		if (s->inl[i - 1].kind == AMTS_INLINE_ID)
			return &s->inl[i - 1];
	return NULL;
}

/*
 * The target's heading with head's id, which others link to: it follows whatever becomes
 * of the words.  0 when it has it, or the source's id stayed.
 */
static int with_id(struct amts_str *out, struct amts_arena *arena,
	const struct sentence *b, const struct sentence *h, const struct sentence *t)
{
	const struct amts_inline *was = find_id(b), *now = find_id(h), *is = find_id(t);
	struct amts_str id, old = amts_doc_bytes(t->doc, t->at);
	struct amts_span at = is ? is->at : (struct amts_span){ t->at.end, t->at.end };

	if (!now)
		return 0;
	id = amts_doc_bytes(h->doc, now->at);
	if ((was && amts_str_eq(id, amts_doc_bytes(b->doc, was->at))) ||
		amts_str_eq(id, amts_doc_bytes(t->doc, at)))
		return 0;
	*out = amts_arena_fmt(arena, AMTS_STR_FMT "%s" AMTS_STR_FMT AMTS_STR_FMT,
		AMTS_STR_ARG(amts_str_sub(old, 0, at.beg - t->at.beg)), is ? "" : " ",
		AMTS_STR_ARG(id),
		AMTS_STR_ARG(amts_str_sub(old, at.end - t->at.beg, old.n)));
	return 1;
}

/* A sentence of head as the document translates it elsewhere; not by the rule that its
 * own base sentence teaches, which differs in what its placeholders stand for. */
static int recall(struct prose *x, struct amts_str *out, const struct unit *u, size_t i)
{
	const struct amts_segment *s = prose_seg(x, HEAD, i);
	size_t k;

	if (unit_has(u, BASE))
		for (k = u->beg[BASE]; k < u->end[BASE]; k++)
			if (amts_str_eq(prose_seg(x, BASE, k)->text, s->text))
				return 0;
	return plan_recall_segment(out, x->p, s);
}

/* The group's target bytes: 1 in sentences that go. */
static const char *going(struct prose *x, struct amts_span all)
{
	size_t k;

	if (x->going)
		return x->going;
	x->going = AMTS_NEW(x->p->arena, char, all.end - all.beg + 1);
	for (k = 0; k < x->nv; k++) {
		const struct unit *u = &x->v[k];
		struct amts_span s;

		if (unit_has(u, HEAD) || !unit_has(u, BASE) || !unit_has(u, TGT))
			continue;
		s = prose_span(x, TGT, u->beg[TGT], u->end[TGT]);
		memset(x->going + s.beg - all.beg, 1, s.end - s.beg);
	}
	return x->going;
}

/* Does the target hold the text in what stays?  (No copy that begins in bytes that go, or
 * reaches into them, is looked at twice.) */
static int stays(struct prose *x, struct amts_span all, struct amts_str text)
{
	struct amts_str tgt = plan_bytes(x->p, TGT, all);
	const char *going_at = going(x, all), *hit;
	size_t at = amts_str_find(tgt, text, 0);

	while (at < tgt.n && (hit = memchr(going_at + at, 1, text.n))) {
		for (at = (size_t)(hit - going_at); at < tgt.n && going_at[at];)
			at++;
		at = amts_str_find(tgt, text, at);
	}
	return at < tgt.n;
}

/* Does the target have all new sentences of the unit in the words that are known, and
 * keep them? */
static int says_already(struct prose *x, const struct unit *u)
{
	struct amts_span all =
		plan_blocks_span(x->p, TGT, x->g->beg[TGT], x->g->end[TGT]);
	struct amts_str text;
	size_t i;

	for (i = u->beg[HEAD]; i < u->end[HEAD]; i++)
		if (!recall(x, &text, u, i) || !stays(x, all, text))
			return 0;
	return 1;
}

/* 0 when there is nothing to do. */
static int draft(struct prose *x, const struct unit *u, struct amts_span at, int lead)
{
	size_t n = u->end[HEAD] - u->beg[HEAD], i, k = 0;
	struct part *parts = AMTS_NEW(x->p->arena, struct part, 2 * n + 1);
	struct amts_str old_src = unit_text(x, BASE, u), old_tgt = unit_text(x, TGT, u);

	if (says_already(x, u))
		return 0;
	for (i = 0; i < n; i++) {
		const struct amts_segment *s = prose_seg(x, HEAD, u->beg[HEAD] + i);

		if (lead || i)
			parts[k++] = plan_literal(between(x));
		parts[k] = plan_literal(AMTS_STR(""));
		if (!recall(x, &parts[k].text, u, u->beg[HEAD] + i))
			parts[k].request =
				plan_request(x->p, prose_step(x), s, old_src, old_tgt);
		k++;
	}
	plan_patch_parts(x->p, prose_step(x), at, parts, k, 1);
	x->drafted = 1;
	return 1;
}

/* The white space after a sentence goes with it; before it, when it was the last. */
static struct amts_span removal(const struct prose *x, const struct unit *u)
{
	struct amts_span at = prose_span(x, TGT, u->beg[TGT], u->end[TGT]);
	struct amts_str s = x->p->doc[TGT]->bytes;
	const struct amts_block *b =
		&x->p->doc[TGT]->v[prose_seg(x, TGT, u->end[TGT] - 1)->block];

	if (u->end[TGT] < x->n[TGT] &&
		prose_seg(x, TGT, u->end[TGT])->block == (size_t)(b - x->p->doc[TGT]->v))
		at.end = prose_seg(x, TGT, u->end[TGT])->at.beg;
	else
		while (at.beg > b->text.beg && amts_is_one_of(s.p[at.beg - 1], " \t\r\n"))
			at.beg--;
	return at;
}

/* A change that needs no translation, carried over to the target's words. */
static enum tokens_result carry(struct prose *x, struct amts_str *out,
	const struct unit *u, enum sentence_change c, unsigned small)
{
	struct sentence b = sentence(x, BASE, u), h = sentence(x, HEAD, u),
			t = sentence(x, TGT, u);
	struct amts_arena *arena = x->p->arena;
	enum tokens_result done = TOKENS_FAILED;

	if (c == CHANGE_SMALL || c == CHANGE_MARKS)
		done = marks_carry(out, arena, &b, &h, &t);
	if (done == TOKENS_FAILED && c != CHANGE_MARKS) {
		done = tokens_carry(out, arena, &b, &h, &t);
		x->worded |= done == TOKENS_DONE && c == CHANGE_SMALL &&
			     (small & ~(unsigned)AMTS_SMALL_PUNCTUATION);
		if (done == TOKENS_ALREADY && c == CHANGE_SMALL)
			done = TOKENS_FAILED; /* there was nothing to carry */
	}
	if (done == TOKENS_FAILED && (c == CHANGE_MARKS || c == CHANGE_TOKENS)) {
		done = spans_carry(out, x->p, c, &b, &h, &t);
		x->marked |= done == TOKENS_DONE;
	}
	return done;
}

static void unit_changed(struct prose *x, const struct unit *u)
{
	struct sentence b = sentence(x, BASE, u), h = sentence(x, HEAD, u),
			t = sentence(x, TGT, u);
	unsigned small;
	enum sentence_change c = tokens_change(x->p->arena, &b, &h, &small);
	int strict = c != CHANGE_WORDS &&
		     ((small & x->p->in.strict) ||
			     ((small & SMALL_UNSURE) &&
				     !links_confirm_typos(x->p, &b, &h, &t)));
	enum tokens_result done;
	struct amts_str text;

	if (c == CHANGE_NONE || plan_fold_hash(amts_doc_bytes(h.doc, h.at)) ==
					plan_fold_hash(amts_doc_bytes(t.doc, t.at)))
		return;
	done = strict ? TOKENS_FAILED : carry(x, &text, u, c, small);
	if (done == TOKENS_DONE) {
		plan_patch(x->p, prose_step(x), t.at, text);
		x->carried = 1;
		x->worded |= c == CHANGE_WORDS || c == CHANGE_NUMBERS;
		return;
	}
	if (done == TOKENS_ALREADY && c != CHANGE_WORDS)
		return;
	if (!strict && c == CHANGE_SMALL) {
		prose_step(x);
		x->small |= small & AMTS_SMALL_ALL;
		return;
	}
	if (c == CHANGE_TOKENS && !strict) {
		prose_step(x);
		x->why = "the source changed where the translation was adapted";
		x->unclear = 1;
		return;
	}
	if (draft(x, u, t.at, 0) && u->end[HEAD] - u->beg[HEAD] == 1 &&
		with_id(&text, x->p->arena, &b, &h, &t)) {
		struct patch *last = &x->p->patches[x->p->npatches - 1];

		last->parts[0].text = text;
		last->keep_old = 0;
		last->frame = 1;
		x->carried = 1;
	}
}

/* Bytes of the group in a document. */
static struct amts_str group_bytes(const struct prose *x, int side)
{
	return plan_bytes(x->p, side,
		plan_blocks_span(x->p, side, x->g->beg[side], x->g->end[side]));
}

#define TELLING 6 /* bytes of code, a reference, a formula… that are no coincidence */

/* Does the target have the code, references and formulas of a new sentence that base's
 * paragraph does not have?  Then somebody has brought the sentence over. */
static int has_new_tokens(const struct prose *x, const struct unit *u)
{
	struct amts_str base = group_bytes(x, BASE), tgt = group_bytes(x, TGT);
	struct sentence h = sentence(x, HEAD, u);
	size_t i;
	int telling = 0;

	for (i = 0; i < h.ninl; i++) {
		struct amts_str s = plan_bytes(x->p, HEAD, h.inl[i].at);

		if (h.inl[i].kind == AMTS_INLINE_BREAK ||
			amts_str_find(base, s, 0) < base.n)
			continue;
		if (amts_str_find(tgt, s, 0) >= tgt.n)
			return 0;
		telling |= s.n >= TELLING;
	}
	return telling;
}

/* Enough to take the target's sentences away: a sure bead of as many sentences. */
static int is_certain(const struct unit *u)
{
	return u->score >= CERTAIN &&
	       u->end[TGT] - u->beg[TGT] <= u->end[BASE] - u->beg[BASE];
}

/* New sentences go after the target sentence of the nearest unit before them; else before
 * all that stay, with white space between them and those. */
static void unit_inserted(struct prose *x, const struct unit *u)
{
	size_t k, at = NONE, stay = 0;

	if (has_new_tokens(x, u)) {
		prose_step(x);
		x->why = "a new sentence is there already";
		return;
	}
	for (k = 0; k < x->nv; k++) {
		if (!unit_has(&x->v[k], HEAD) || !unit_has(&x->v[k], TGT))
			continue;
		stay++;
		if (x->v[k].end[HEAD] <= u->beg[HEAD] &&
			(at == NONE || x->v[k].end[HEAD] > x->v[at].end[HEAD]))
			at = k;
	}
	if (at != NONE) {
		size_t end = prose_seg(x, TGT, x->v[at].end[TGT] - 1)->at.end;

		draft(x, u, (struct amts_span){ end, end }, 1);
		return;
	}
	if (x->n[TGT]) {
		size_t beg = prose_seg(x, TGT, 0)->at.beg, n = x->p->npatches;

		draft(x, u, (struct amts_span){ beg, beg }, !stay && x->led);
		if (stay && n < x->p->npatches)
			x->p->patches[n].parts[x->p->patches[n].nparts++] =
				plan_literal(between(x));
		x->led = 1;
	}
}

static void plan_unit(struct prose *x, const struct unit *u)
{
	if (unit_has(u, BASE) && unit_has(u, HEAD)) {
		if (u->same && u->end[BASE] - u->beg[BASE] == u->end[HEAD] - u->beg[HEAD])
			return;
		if (unit_has(u, TGT))
			unit_changed(x, u);
		else if (prose_seg(x, HEAD, u->beg[HEAD])->letters) {
			prose_step(x);
			x->why = "the translation leaves this sentence out";
		}
	} else if (unit_has(u, HEAD)) {
		unit_inserted(x, u);
	} else if (unit_has(u, BASE) && unit_has(u, TGT) && !is_certain(u)) {
		prose_step(x);
		x->why = "a sentence was removed from the source, its counterpart is not "
			 "clear";
		x->unclear = 1;
	} else if (unit_has(u, BASE) && unit_has(u, TGT)) {
		plan_patch(x->p, prose_step(x), removal(x, u), AMTS_STR(""));
		x->removed = 1;
	}
}

static void conclude(struct prose *x)
{
	struct amts_step *s;

	if (x->step == NONE)
		return;
	s = &x->p->steps[x->step];
	if (x->unclear) { /* drafts of the others would make it look done */
		s->action = AMTS_ACTION_PENDING;
		s->pending = 1;
		s->reason = x->why;
	} else if (x->drafted) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "the words of the source changed";
	} else if (x->removed) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "a sentence was removed from the source";
	} else if (x->worded) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason =
			"a name or a number changed that the translation has as it is";
	} else if (x->relaid) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "split or joined as in the source";
	} else if (x->marked) {
		s->action = AMTS_ACTION_DRAFT;
		s->reason = "new marks around words: placed by word links";
	} else if (x->carried) {
		s->action = AMTS_ACTION_TOKENS;
		s->reason = "only links, code, numbers or marks changed";
	} else if (x->small) {
		s->reason = small_edits_reason(x->p->arena, x->small);
		s->small = x->why ? 0 : x->small;
	} else {
		s->reason = x->why;
	}
}

void plan_prose(struct amts_plan *p, const struct group *g)
{
	struct prose x = { .p = p, .g = g, .step = NONE };
	int side;
	size_t i;

	if (layout_untranslated(&x))
		return;
	for (side = 0; side < SIDES; side++) {
		x.beg[side] = p->segs[side].first[g->beg[side]];
		x.n[side] = p->segs[side].first[g->end[side]] - x.beg[side];
	}
	prose_pair(&x);
	if (prose_reordered(&x))
		return;
	if (!prose_units(&x)) {
		plan_step(p, g, AMTS_ACTION_PENDING,
			"sentences of source and translation cross");
		return;
	}
	for (i = 0; i < x.nv; i++)
		plan_unit(&x, &x.v[i]);
	layout_follow(&x);
	conclude(&x);
}
