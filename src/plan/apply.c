/* Drafts into patches, patches into splices, splices into the new target. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

struct apply {
	struct amts_plan *p;
	struct amts_str *drafts; /* of each request: target bytes, or p == NULL */
	struct amts_splice *splices;
	size_t *owner; /* step of each splice */
	size_t n;
};

/* A draft much longer or shorter than its source is a fault of the engine, not a
 * translation (in code points: Chinese takes a third of English, so the bounds are wide).
 */
static int plausible(struct amts_str src, struct amts_str tgt)
{
	return tgt.n * 8 + 64 >= src.n && tgt.n <= src.n * 8 + 64;
}

static void take_draft(struct apply *x, size_t i, const struct amts_mt_result *r)
{
	struct amts_plan *p = x->p;
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	const struct amts_segment *seg = p->requests[i].seg;

	if (r->origin == AMTS_MT_NONE || !plausible(seg->text, r->text))
		return;
	if (!amts_segment_restore(&buf, p->doc[HEAD], seg, r->text, &err)) {
		x->drafts[i] = amts_arena_str(p->arena, amts_buf_str(&buf));
		if (r->from.n)
			p->steps[p->requests[i].step].from =
				amts_arena_str(p->arena, r->from);
	}
	amts_buf_release(&buf);
}

static void take_drafts(struct apply *x, const struct amts_mt_result *results)
{
	struct amts_plan *p = x->p;
	size_t i;

	x->drafts = AMTS_NEW(p->arena, struct amts_str, p->nrequests + 1);
	for (i = 0; i < p->nrequests; i++) {
		if (results)
			take_draft(x, i, &results[i]);
		if (!x->drafts[i].p)
			p->steps[p->requests[i].step].pending = 1;
	}
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].action == AMTS_ACTION_DRAFT && p->steps[i].pending)
			p->steps[i].action = AMTS_ACTION_PENDING;
}

static int all_drafted(const struct apply *x, const struct patch *c)
{
	size_t i;

	for (i = 0; i < c->nparts; i++)
		if (c->parts[i].request != NONE && !x->drafts[c->parts[i].request].p)
			return 0;
	return 1;
}

static void make_splice(struct apply *x, const struct patch *c)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	size_t i;

	if (c->keep_old && !all_drafted(x, c))
		return;
	for (i = 0; i < c->nparts; i++) {
		size_t r = c->parts[i].request;

		amts_buf_add(&buf,
			r != NONE && x->drafts[r].p ? x->drafts[r] : c->parts[i].text);
	}
	x->splices[x->n] = (struct amts_splice){ c->at,
		amts_arena_str(x->p->arena, amts_buf_str(&buf)) };
	x->owner[x->n++] = c->step;
	amts_buf_release(&buf);
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
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* First line of each step in the output. */
static void number_lines(struct apply *x, struct amts_str old, struct amts_str out)
{
	size_t i, k, line = 1, at = 0, gain = 0, lost = 0;

	for (i = 0; i < x->n; i++) {
		size_t place = x->splices[i].at.beg + gain - lost;
		struct amts_step *s = &x->p->steps[x->owner[i]];
		size_t lead = 0;

		while (lead < x->splices[i].text.n &&
			strchr("\r\n", x->splices[i].text.p[lead]))
			lead++;
		for (; at < place + lead && at < out.n; at++)
			line += out.p[at] == '\n';
		if (!s->out_line)
			s->out_line = line;
		gain += x->splices[i].text.n;
		lost += x->splices[i].at.end - x->splices[i].at.beg;
	}
	for (i = 0; i < x->p->nsteps; i++) {
		struct amts_step *s = &x->p->steps[i];
		size_t shift = 0, cut = 0, l = 1;

		if (s->out_line || !s->tgt_line)
			continue;
		for (k = 0; k < x->n && x->splices[k].at.end <= s->target.beg; k++) {
			struct amts_str was = amts_str_sub(
				old, x->splices[k].at.beg, x->splices[k].at.end);
			size_t c;

			for (c = 0; c < was.n; c++)
				cut += was.p[c] == '\n';
			for (c = 0; c < x->splices[k].text.n; c++)
				shift += x->splices[k].text.p[c] == '\n';
		}
		l = s->tgt_line + shift - cut;
		s->out_line = l;
	}
}

int amts_plan_apply(struct amts_buf *out, struct amts_plan *p,
	const struct amts_mt_result *results, struct amts_error *err)
{
	struct apply x = { .p = p };
	size_t i, at = out->n;
	int rc;

	take_drafts(&x, results);
	if (p->npatches)
		qsort(p->patches, p->npatches, sizeof(*p->patches), by_place);
	x.splices = AMTS_NEW(p->arena, struct amts_splice, p->npatches + 1);
	x.owner = AMTS_NEW(p->arena, size_t, p->npatches + 1);
	for (i = 0; i < p->npatches; i++)
		make_splice(&x, &p->patches[i]);
	rc = amts_splice(out, p->in.target, x.splices, x.n, err);
	if (rc)
		return amts_error_prefix(err, "'%s'", p->in.path ? p->in.path : "-");
	number_lines(&x, p->in.target, amts_str_sub(amts_buf_str(out), at, out->n));
	return AMTS_OK;
}
