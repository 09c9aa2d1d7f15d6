/* The output with a conflict at each place that is left to people. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#define MARKER_SIZE 7

/* Pending steps [beg, end) of the list, which overlap or are one run of new blocks. */
struct conflict {
	size_t beg, end;
	struct amts_span out;
	int fresh; /* new blocks only */
};

/* A pending step and the lines of the output that are its own. */
struct place {
	const struct amts_step *step;
	struct amts_span out;
};

struct marking {
	const struct amts_plan *p;
	struct amts_str text; /* the output without markers */
	const struct amts_conflict_style *style;
	struct place *v; /* by place in the output */
	size_t n;
	struct amts_buf *out;
	const char *eol;
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->out.beg != y->out.beg)
		return x->out.beg < y->out.beg ? -1 : 1;
	return (x->step->head.beg > y->step->head.beg) -
	       (x->step->head.beg < y->step->head.beg);
}

static int is_fresh(const struct place *at)
{
	return at->step->target.beg == at->step->target.end;
}

static int is_blank(struct amts_str s)
{
	return !amts_str_trim(s).n;
}

static int belongs(const struct marking *m, const struct conflict *c, size_t i)
{
	const struct place *at = &m->v[i];

	if (at->out.beg < c->out.end)
		return 1;
	return c->fresh && is_fresh(at) &&
	       is_blank(amts_str_sub(m->text, c->out.end, at->out.beg));
}

static struct conflict next_conflict(const struct marking *m, size_t i)
{
	struct conflict c = { i, i + 1, m->v[i].out, is_fresh(&m->v[i]) };

	for (; c.end < m->n && belongs(m, &c, c.end); c.end++) {
		c.fresh &= is_fresh(&m->v[c.end]);
		if (m->v[c.end].out.end > c.out.end)
			c.out.end = m->v[c.end].out.end;
	}
	return c;
}

/* Whole lines, the last of them ended. */
static void put_lines(struct amts_buf *out, const struct marking *m, struct amts_str s)
{
	amts_buf_add(out, s);
	if (s.n && s.p[s.n - 1] != '\n')
		amts_buf_addz(out, m->eol);
}

static int by_beg(const void *a, const void *b)
{
	const struct amts_span *x = a, *y = b;

	return (x->beg > y->beg) - (x->beg < y->beg);
}

/* What base or head has at the place, each part once. */
static void put_source(
	struct amts_buf *out, const struct marking *m, const struct conflict *c, int side)
{
	struct amts_span *v = AMTS_NEW(m->p->arena, struct amts_span, c->end - c->beg);
	size_t i, n = 0, done = 0;

	for (i = c->beg; i < c->end; i++) {
		v[n] = side == BASE ? m->v[i].step->base : m->v[i].step->head;
		n += v[n].beg < v[n].end;
	}
	qsort(v, n, sizeof(*v), by_beg);
	for (i = 0; i < n; i++) {
		if (v[i].beg < done)
			v[i].beg = done;
		if (v[i].end <= v[i].beg)
			continue;
		if (done)
			amts_buf_addz(out, m->eol);
		put_lines(out, m, plan_bytes(m->p, side, v[i]));
		done = v[i].end;
	}
}

static void put_marker(struct marking *m, char c, const char *label)
{
	size_t i, n = m->style->size ? m->style->size : MARKER_SIZE;

	for (i = 0; i < n; i++)
		amts_buf_addc(m->out, c);
	if (label && *label)
		amts_buf_addf(m->out, " %s", label);
	amts_buf_addz(m->out, m->eol);
}

/* The three texts of a conflict. */
struct sides {
	struct amts_buf target, base, head;
};

static void fill(struct sides *s, const struct marking *m, const struct conflict *c)
{
	struct amts_str out = amts_str_sub(m->text, c->out.beg, c->out.end);

	put_source(&s->base, m, c, BASE);
	if (c->fresh) {
		put_lines(&s->head, m, out);
	} else {
		put_source(&s->head, m, c, HEAD);
		put_lines(&s->target, m, out);
	}
}

/* Length of the lines at the beginning that all three have. */
static size_t common_lines(const struct amts_str *v)
{
	size_t i, line = 0;

	for (i = 0; i < v[0].n && i < v[1].n && i < v[2].n && v[0].p[i] == v[1].p[i] &&
		    v[0].p[i] == v[2].p[i];
		i++)
		if (v[0].p[i] == '\n')
			line = i + 1;
	return line;
}

/* The same at the end. */
static size_t common_tail(const struct amts_str *v)
{
	size_t i, line = 0;

	for (i = 1; i <= v[0].n && i <= v[1].n && i <= v[2].n &&
		    v[0].p[v[0].n - i] == v[1].p[v[1].n - i] &&
		    v[0].p[v[0].n - i] == v[2].p[v[2].n - i];
		i++)
		if (i == v[0].n || i == v[1].n || i == v[2].n ||
			(v[0].p[v[0].n - i - 1] == '\n' &&
				v[1].p[v[1].n - i - 1] == '\n' &&
				v[2].p[v[2].n - i - 1] == '\n'))
			line = i;
	return line;
}

/* Of code only the lines are a conflict between the first and the last that differ. */
static void put_conflict(struct marking *m, const struct conflict *c)
{
	const struct amts_conflict_style *style = m->style;
	struct sides s = { AMTS_BUF_INIT, AMTS_BUF_INIT, AMTS_BUF_INIT };
	struct amts_str v[3], tail = AMTS_STR("");
	size_t i, beg, end;

	fill(&s, m, c);
	v[0] = amts_buf_str(style->target_is_theirs ? &s.head : &s.target);
	v[1] = amts_buf_str(&s.base);
	v[2] = amts_buf_str(style->target_is_theirs ? &s.target : &s.head);
	if (c->end - c->beg == 1 && amts_block_kind_has_lines(m->v[c->beg].step->kind)) {
		beg = common_lines(v);
		amts_buf_add(m->out, amts_str_sub(v[0], 0, beg));
		for (i = 0; i < 3; i++)
			v[i] = amts_str_sub(v[i], beg, v[i].n);
		end = common_tail(v);
		tail = amts_str_sub(v[0], v[0].n - end, v[0].n);
		for (i = 0; i < 3; i++)
			v[i].n -= end;
	}
	put_marker(m, '<', style->ours);
	amts_buf_add(m->out, v[0]);
	put_marker(m, '|', style->base);
	amts_buf_add(m->out, v[1]);
	put_marker(m, '=', NULL);
	amts_buf_add(m->out, v[2]);
	put_marker(m, '>', style->theirs);
	amts_buf_add(m->out, tail);
	amts_buf_release(&s.target);
	amts_buf_release(&s.base);
	amts_buf_release(&s.head);
}

/* Without the blank lines that came with a new block, to the end of its last line. */
static struct amts_span own_lines(struct amts_str text, struct amts_span at)
{
	while (at.beg < at.end && (text.p[at.beg] == '\n' || text.p[at.beg] == '\r'))
		at.beg++;
	while (at.end > at.beg &&
		(text.p[at.end - 1] == '\n' || text.p[at.end - 1] == '\r'))
		at.end--;
	at.end = amts_str_find(text, AMTS_STR("\n"), at.end);
	at.end += at.end < text.n;
	return at;
}

static void list_pending(struct marking *m)
{
	const struct amts_step *s = m->p->steps;
	size_t i;

	m->v = AMTS_NEW(m->p->arena, struct place, m->p->nsteps + 1);
	for (i = 0; i < m->p->nsteps; i++)
		if (s[i].pending)
			m->v[m->n++] =
				(struct place){ &s[i], own_lines(m->text, s[i].out) };
	qsort(m->v, m->n, sizeof(*m->v), by_place);
}

int amts_plan_mark(struct amts_buf *out, size_t *conflicts, const struct amts_plan *plan,
	struct amts_str applied, const struct amts_conflict_style *style,
	struct amts_error *err)
{
	struct marking m = { .p = plan,
		.text = applied,
		.style = style,
		.out = out,
		.eol = plan->doc[TGT]->crlf ? "\r\n" : "\n" };
	size_t i, at = 0;
	struct conflict c;

	list_pending(&m);
	*conflicts = 0;
	for (i = 0; i < m.n; i = c.end) {
		c = next_conflict(&m, i);
		put_lines(m.out, &m, amts_str_sub(applied, at, c.out.beg));
		put_conflict(&m, &c);
		at = c.out.end;
		++*conflicts;
	}
	amts_buf_add(out, amts_str_sub(applied, at, applied.n));
	return amts_buf_check(out, plan->in.path ? plan->in.path : "-", err);
}
