/* Patches into splices, splices into the new target. */
#include "plan/plan.h"

#include "amts/text.h"
#include "base/chars.h"

#include <stdlib.h>
#include <string.h>

struct apply {
	struct amts_plan *p;
	const struct amts_str *drafts; /* of each request, see drafts.c */
	struct amts_splice *splices;
	size_t *owner; /* step of each splice */
	char *frame;   /* of each splice: its patch is one */
	size_t n;
};

static int all_drafted(const struct apply *x, const struct patch *c)
{
	size_t i;

	for (i = 0; i < c->nparts; i++)
		if (c->parts[i].request != NONE && !x->drafts[c->parts[i].request].p)
			return 0;
	return 1;
}

/* Two removals side by side both take the white space between them. */
static void clip_removal(const struct apply *x, struct amts_splice *s)
{
	const struct amts_splice *last = x->n ? &x->splices[x->n - 1] : NULL;

	if (!last || last->text.n || s->text.n || s->at.beg >= last->at.end)
		return;
	s->at.beg = last->at.end;
	if (s->at.end < s->at.beg)
		s->at.end = s->at.beg;
}

static int is_drafted(const struct apply *x, const struct part *part)
{
	return part->request != NONE && x->drafts[part->request].p;
}

/* A new block is in one language: as the source has it until all of it is drafted. */
static struct amts_str part_text(
	const struct apply *x, const struct patch *c, const struct part *part)
{
	const struct amts_step *s = &x->p->steps[c->step];

	if (s->action == AMTS_ACTION_INSERT && s->pending)
		return part->src.n ? part->src : part->text;
	return is_drafted(x, part) ? x->drafts[part->request] : part->text;
}

/* White space between two drafted sentences of a block, where the language has none. */
static int is_idle_space(const struct apply *x, const struct patch *c, size_t i)
{
	const struct part *v = c->parts;

	return v[i].request == NONE && i && i + 1 < c->nparts &&
	       !amts_str_trim(v[i].text).n && is_drafted(x, &v[i - 1]) &&
	       is_drafted(x, &v[i + 1]) &&
	       x->p->requests[v[i - 1].request].seg->block ==
		       x->p->requests[v[i + 1].request].seg->block &&
	       amts_lang_unspaced(x->p->in.tgt_lang);
}

/* Nothing but old text goes, or nothing but new text comes. */
static int is_one_sided(const struct patch *c)
{
	return c->at.beg == c->at.end ||
	       (c->nparts == 1 && c->parts->request == NONE && !c->parts->text.n);
}

/* What is left to people stays byte for byte: half of a change is worse than none.  The
 * cells of a row are places of their own. */
static int is_held_back(const struct apply *x, const struct patch *c)
{
	const struct amts_step *s = &x->p->steps[c->step];

	return s->action == AMTS_ACTION_PENDING && !c->frame &&
	       (s->kind != AMTS_BLOCK_TABLE_ROW || is_one_sided(c));
}

/* A draft that says what stands there, but for line breaks, is no change. */
static int says_the_same(
	const struct apply *x, const struct patch *c, struct amts_str text)
{
	struct amts_str old = amts_doc_bytes(x->p->doc[TGT], c->at);

	return c->keep_old && old.n && plan_letters_hash(old) == plan_letters_hash(text);
}

static void make_splice(struct apply *x, const struct patch *c)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	size_t i;

	if (!c->nparts || (c->keep_old && !all_drafted(x, c)) || is_held_back(x, c))
		return;
	for (i = 0; i < c->nparts; i++) {
		const struct part *part = &c->parts[i];

		if (!is_idle_space(x, c, i))
			amts_buf_add(&buf, part_text(x, c, part));
	}
	if (!says_the_same(x, c, amts_buf_str(&buf))) {
		x->splices[x->n] = (struct amts_splice){ c->at,
			amts_arena_str(x->p->arena, amts_buf_str(&buf)) };
		clip_removal(x, &x->splices[x->n]);
		x->frame[x->n] = (char)c->frame;
		x->owner[x->n++] = c->step;
	}
	amts_buf_release(&buf);
}

/* Steps whose drafts all say what the target says are kept. */
static void keep_unchanged(struct apply *x)
{
	char *spliced = AMTS_NEW(x->p->arena, char, x->p->nsteps + 1);
	size_t i;

	for (i = 0; i < x->n; i++)
		spliced[x->owner[i]] = 1;
	for (i = 0; i < x->p->nsteps; i++) {
		struct amts_step *s = &x->p->steps[i];

		if (s->action != AMTS_ACTION_DRAFT || s->pending || spliced[i])
			continue;
		s->action = AMTS_ACTION_KEEP;
		s->reason = "its translation stays the same";
	}
}

/* At one place: what is put in comes before what is taken away, else in order of
 * planning. */
static int by_place(const void *a, const void *b)
{
	const struct patch *x = a, *y = b;

	if (x->at.beg != y->at.beg)
		return x->at.beg < y->at.beg ? -1 : 1;
	if ((x->at.end == x->at.beg) != (y->at.end == y->at.beg))
		return x->at.end == x->at.beg ? -1 : 1;
	if (x->whole != y->whole)
		return x->whole ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static size_t newlines(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* A splice gives its step the line of its first byte that is no line ending; one that
 * only takes away does so where there is no other. */
static void number_spliced(struct apply *x, struct amts_str out)
{
	size_t i, line = 1, at = 0, gain = 0, lost = 0;
	char *put = AMTS_NEW(x->p->arena, char, x->p->nsteps + 1);

	for (i = 0; i < x->n; i++) {
		const struct amts_splice *c = &x->splices[i];
		struct amts_step *s = &x->p->steps[x->owner[i]];
		size_t place = c->at.beg + gain - lost;

		while (place < out.n && place < c->at.beg + gain - lost + c->text.n &&
			(out.p[place] == '\n' || out.p[place] == '\r'))
			place++;
		line += newlines(amts_str_sub(out, at, place));
		at = place;
		if (!s->out_line || (c->text.n && !put[x->owner[i]]))
			s->out_line = line;
		put[x->owner[i]] |= c->text.n > 0;
		gain += c->text.n;
		lost += c->at.end - c->at.beg;
	}
}

/* How many splices end at or before pos. */
static size_t splices_before(const struct apply *x, size_t pos)
{
	size_t lo = 0, hi = x->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (x->splices[mid].at.end <= pos)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Lines of the other steps: those of the target, shifted by the splices before them. */
static void number_kept(struct apply *x, struct amts_str old)
{
	size_t *shift = AMTS_NEW(x->p->arena, size_t, x->n + 1), i;

	for (i = 0; i < x->n; i++) /* unsigned arithmetic wraps the same way back */
		shift[i + 1] = shift[i] + newlines(x->splices[i].text) -
			       newlines(amts_str_sub(
				       old, x->splices[i].at.beg, x->splices[i].at.end));
	for (i = 0; i < x->p->nsteps; i++) {
		struct amts_step *s = &x->p->steps[i];

		if (s->out_line || !s->tgt_line)
			continue;
		s->out_line = s->tgt_line + shift[splices_before(x, s->target.beg)];
	}
}

static void widen(struct amts_span *at, size_t beg, size_t end)
{
	if (at->beg == at->end) {
		*at = (struct amts_span){ beg, end };
		return;
	}
	at->beg = beg < at->beg ? beg : at->beg;
	at->end = end > at->end ? end : at->end;
}

/* The lines of new blocks without the blank ones around them. */
static struct amts_span without_blanks(struct amts_str s)
{
	struct amts_span at = { 0, s.n };

	while (at.beg < at.end && (s.p[at.beg] == '\n' || s.p[at.beg] == '\r'))
		at.beg++;
	while (at.end > at.beg + 1 && s.p[at.end - 1] == '\n' &&
		(s.p[at.end - 2] == '\n' || s.p[at.end - 2] == '\r'))
		at.end -= 1 + (s.p[at.end - 2] == '\r');
	return at;
}

/* Where text goes next to splice i, or in its place, its first byte; else the last byte
 * of what stands before it.  0 at the top. */
static size_t neighbour(const struct apply *x, size_t i, struct amts_str old)
{
	size_t end = x->splices[i].at.beg, k;

	for (k = i; k < x->n; k++) {
		struct amts_span at = x->splices[k].at;

		while (end < at.beg && amts_is_space(old.p[end]))
			end++;
		if (end < at.beg)
			break;
		while (end < at.end && amts_is_space(old.p[end]))
			end++;
		if (end < at.end)
			return end;
	}
	for (end = x->splices[i].at.beg; end && amts_is_space(old.p[end - 1]); end--)
		;
	return end ? end - 1 : 0;
}

/* What is new has no line of the target; see amts/plan.h for what is told. */
static void number_new(struct apply *x, struct amts_str old)
{
	size_t i, line = 1, at = 0, known = SIZE_MAX;

	for (i = 0; i < x->n; i++) {
		struct amts_step *s = &x->p->steps[x->owner[i]];
		size_t place;

		if (s->action != AMTS_ACTION_INSERT || s->lines)
			continue;
		if (x->splices[i].at.beg != known) {
			place = neighbour(x, i, old);
			line += newlines(amts_str_sub(old, at, place));
			line -= newlines(amts_str_sub(old, place, at));
			at = place;
			known = x->splices[i].at.beg;
		}
		s->tgt_line = line;
	}
}

/* Where in the output each step's text stands: its block of the target, as shifted by the
 * splices, and what it put in.  What was deleted or moved away is not there. */
static void place_steps(struct apply *x)
{
	size_t *shift = AMTS_NEW(x->p->arena, size_t, x->n + 1), i, lo, hi;

	for (i = 0; i < x->n; i++) { /* wraps the same way back, as in number_kept */
		const struct amts_splice *c = &x->splices[i];
		size_t beg = c->at.beg + shift[i];

		shift[i + 1] = shift[i] + c->text.n - (c->at.end - c->at.beg);
		if (c->text.n) {
			struct amts_span in = without_blanks(c->text);

			widen(&x->p->steps[x->owner[i]].out, beg + in.beg, beg + in.end);
		}
	}
	for (i = 0; i < x->p->nsteps; i++) {
		struct amts_step *s = &x->p->steps[i];

		if (s->target.beg == s->target.end || s->action == AMTS_ACTION_MOVE ||
			s->action == AMTS_ACTION_DELETE)
			continue;
		lo = splices_before(x, s->target.beg);
		for (hi = lo; hi < x->n && x->splices[hi].at.beg < s->target.end; hi++)
			;
		widen(&s->out, s->target.beg + shift[lo], s->target.end + shift[hi]);
	}
	for (i = 0; i < x->p->nsteps; i++)
		if (x->p->steps[i].action == AMTS_ACTION_MOVE && x->p->steps[i].pending)
			x->p->steps[i].action = AMTS_ACTION_PENDING;
}

/* What changes text that another step leaves to people waits with it; a move takes the
 * text along.  1 when there is such a step. */
static int hold_back(struct apply *x, const struct amts_step *s)
{
	size_t i = splices_before(x, s->target.beg);
	int found = 0;

	for (; i < x->n && x->splices[i].at.beg < s->target.end; i++) {
		struct amts_step *o = &x->p->steps[x->owner[i]];

		if (x->frame[i] || x->splices[i].at.end <= s->target.beg ||
			o->action == AMTS_ACTION_MOVE || o->action == AMTS_ACTION_PENDING)
			continue;
		o->action = AMTS_ACTION_PENDING;
		o->pending = 1;
		o->reason = "it would change text that is left to people";
		found = 1;
	}
	return found;
}

/* Splices of all patches but those that wait; 1 when some of them have to wait, too. */
static int make_splices(struct apply *x)
{
	struct amts_plan *p = x->p;
	size_t i;
	int found = 0;

	x->n = 0;
	for (i = 0; i < p->npatches; i++)
		make_splice(x, &p->patches[i]);
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].action == AMTS_ACTION_PENDING)
			found |= hold_back(x, &p->steps[i]);
	return found;
}

int amts_plan_apply(struct amts_buf *out, struct amts_plan *p,
	const struct amts_mt_result *results, struct amts_error *err)
{
	struct apply x = { .p = p };
	size_t at = out->n;
	int rc;

	x.drafts = plan_take_drafts(p, results);
	if (p->npatches)
		qsort(p->patches, p->npatches, sizeof(*p->patches), by_place);
	x.splices = AMTS_NEW(p->arena, struct amts_splice, p->npatches + 1);
	x.owner = AMTS_NEW(p->arena, size_t, p->npatches + 1);
	x.frame = AMTS_NEW(p->arena, char, p->npatches + 1);
	while (make_splices(&x))
		;
	keep_unchanged(&x);
	rc = amts_splice(out, p->in.target, x.splices, x.n, err);
	if (rc)
		return amts_error_prefix(err, "'%s'", p->in.path ? p->in.path : "-");
	number_spliced(&x, amts_str_sub(amts_buf_str(out), at, out->n));
	number_kept(&x, p->in.target);
	number_new(&x, p->in.target);
	place_steps(&x);
	return AMTS_OK;
}
