/* The places of one page: source before and after, translation before and after. */
#include "review/review.h"

#include "amts/align.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* So much of one text is shown; the rest is in the diff. */
#define SHOWN 1500
#define CONTEXT 2 /* lines around changed ones */
/* Bytes of what did not change that are shown around a change, and where nothing did. */
#define AROUND 120
#define EXCERPT 360

struct place {
	struct amts_str base, head, before, after;
	size_t line, last; /* of the translation as it is on the review branch */
	int left;
	int code;
	const struct amts_told
		*told; /* NULL: no run did it, or it has been changed since */
};

struct page {
	struct amts_arena *arena;
	const struct review_page *in;
	struct amts_doc *base, *head, *before, *after;
	struct amts_edits source, target; /* base to head, before to after */
	size_t *head_of;		  /* of each block of after: in head, or NONE */
	size_t *edit_of;      /* of each block of head: index of the source's edit */
	struct place *places; /* heap */
	size_t n, cap;
	struct amts_buf *out;
	struct review_counts *counts;
};

#define NONE SIZE_MAX

void review_escape(struct amts_buf *out, struct amts_str s)
{
	size_t beg = out->n;

	amts_buf_add_html(out, s);
	for (; beg < out->n; beg++)
		if ((unsigned char)out->p[beg] < 0x20)
			out->p[beg] = ' ';
}

/* Not inside a character. */
static size_t boundary(struct amts_str s, size_t at)
{
	while (at && at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static struct amts_str shortened(struct amts_str s)
{
	return amts_str_sub(s, 0, boundary(s, SHOWN));
}

/* What stayed, without its middle; of the first and the last part without an end. */
static void put_same(struct page *p, struct amts_str s, int first, int last)
{
	size_t head = first ? (last ? EXCERPT : 0) : AROUND;
	size_t tail = last ? 0 : AROUND;

	if (s.n <= head + tail + AROUND) {
		review_escape(p->out, s);
		return;
	}
	review_escape(p->out, amts_str_sub(s, 0, boundary(s, head)));
	amts_buf_addz(p->out, " … ");
	review_escape(p->out, amts_str_sub(s, boundary(s, s.n - tail), s.n));
}

static void put_diff(
	struct page *p, const char *lang, struct amts_str old, struct amts_str new)
{
	static const char *const open[] = { "", "<del>", "<ins>" };
	static const char *const close[] = { "", "</del>", "</ins>" };
	struct amts_diff_part *v;
	size_t i, n, shown = 0;

	old = amts_str_trim(old);
	new = amts_str_trim(new);
	if (!old.n && !new.n)
		return;
	n = amts_diff_words(&v, p->arena, old, new);
	amts_buf_addf(p->out, "<p>%s: <code>", lang);
	for (i = 0; i < n && shown < SHOWN; i++) {
		amts_buf_addz(p->out, open[v[i].op]);
		if (v[i].op == AMTS_DIFF_SAME)
			put_same(p, v[i].text, !i, i + 1 == n);
		else
			review_escape(p->out, shortened(v[i].text));
		amts_buf_addz(p->out, close[v[i].op]);
		if (v[i].op != AMTS_DIFF_SAME)
			shown += v[i].text.n;
	}
	amts_buf_addf(p->out, "</code>%s</p>\n", shown >= SHOWN ? " …" : "");
}

static int is_near_change(const struct amts_diff_part *v, size_t n, size_t at)
{
	size_t i = at < CONTEXT ? 0 : at - CONTEXT;

	for (; i < n && i <= at + CONTEXT; i++)
		if (v[i].op != AMTS_DIFF_SAME)
			return 1;
	return 0;
}

/* Changed lines of code and those around them, in the colours of a diff. */
static void put_code(
	struct page *p, const char *lang, struct amts_str old, struct amts_str new)
{
	struct amts_diff_part *v;
	size_t i, n, skipped = 0, shown = 0;

	if (amts_str_eq(old, new))
		return;
	n = amts_diff_lines(&v, p->arena, old, new);
	amts_buf_addf(p->out, "<p>%s:</p>\n\n<pre lang=\"diff\">\n", lang);
	for (i = 0; i < n && shown < SHOWN; i++) {
		if (!is_near_change(v, n, i)) {
			skipped = 1;
			continue;
		}
		if (skipped && shown)
			amts_buf_addz(p->out, "@@\n");
		skipped = 0;
		amts_buf_addc(p->out, " -+"[v[i].op]);
		review_escape(p->out, shortened(v[i].text));
		amts_buf_addc(p->out, '\n');
		shown += v[i].text.n + 1;
	}
	amts_buf_addf(p->out, "%s</pre>\n\n", i < n ? "…\n" : "");
}

/* ---- a place ---- */

static void put_line(struct page *p, const struct place *x)
{
	if (x->last > x->line)
		amts_buf_addf(p->out, "<p><b>lines %zu–%zu</b>", x->line, x->last);
	else
		amts_buf_addf(p->out, "<p><b>line %zu</b>", x->line);
}

/* So that nobody is called by it: what a message says may hold "@name" or "#1". */
static void put_quoted(struct page *p, struct amts_str s)
{
	amts_buf_addz(p->out, "<code>");
	review_escape(p->out, s);
	amts_buf_addz(p->out, "</code>");
}

/* "the words changed; from a.md", the page as code. */
static void put_origin(struct page *p, struct amts_str s)
{
	struct amts_str from = AMTS_STR("; from "), why;
	size_t at = amts_str_find(s, from, 0);

	why = amts_str_sub(s, 0, at);
	amts_buf_addz(p->out, " – ");
	if (memchr(why.p, '@', why.n) || memchr(why.p, '#', why.n))
		put_quoted(p, why); /* a service's own words */
	else
		review_escape(p->out, why);
	if (at == s.n)
		return;
	review_escape(p->out, from);
	put_quoted(p, amts_str_sub(s, at + from.n, s.n));
}

/* "the words changed; from a.md (60 % sure)": of the place that is, and worth a word only
 * when it is not. */
static void put_reason(struct page *p, struct amts_str text)
{
	struct amts_str open = AMTS_STR(" (");
	size_t at = 0, beg = text.n;

	while ((at = amts_str_find(text, open, at)) < text.n)
		beg = at++;
	if (amts_str_find(text, AMTS_STR(" % sure)"), beg) + 8 != text.n)
		beg = text.n;
	put_origin(p, amts_str_sub(text, 0, beg));
	if (beg == text.n || text.n - beg > 12 ||
		(text.n - beg == 12 && text.p[beg + 2] == '9'))
		return;
	amts_buf_addz(p->out, "; the place is ");
	review_escape(p->out, amts_str_sub(text, beg + 2, text.n - 1));
}

static const char *what(const struct page *p, const struct place *x)
{
	const struct amts_told *t = x->told;

	if (x->left)
		return "<b>left to you</b>";
	if (!t && p->in->notes.people)
		return "by people";
	if (!t)
		return !x->before.n ? "new" : !x->after.n ? "removed" : "carried over";
	if (t->engine.n)
		return "draft, <b>check the wording</b>";
	return amts_str_eq(t->action, AMTS_STR("draft")) ? "<b>check this</b>"
							 : "carried over";
}

/* Why it is as it is, where it came from, what to look at. */
static void put_what(struct page *p, const struct place *x)
{
	amts_buf_addf(p->out, ": %s", what(p, x));
	if (x->told)
		put_reason(p, x->told->text);
	amts_buf_addz(p->out, "</p>\n");
}

static void put_both(struct page *p, const struct place *x)
{
	const struct review_page *in = p->in;
	const char *both =
		amts_arena_fmt(p->arena, "%s, %s", in->src_lang, in->tgt_lang).p;
	void (*put)(struct page *, const char *, struct amts_str, struct amts_str) =
		x->code ? put_code : put_diff;

	if (amts_str_eq(x->base, x->before) && amts_str_eq(x->head, x->after)) {
		put(p, both, x->base, x->head);
		return;
	}
	put(p, in->src_lang, x->base, x->head);
	put(p, in->tgt_lang, x->before, x->after);
}

struct review_engine *review_engine(struct review_counts *c, struct amts_str name)
{
	size_t i;

	for (i = 0; i < c->nengines; i++)
		if (amts_str_eq(c->engines[i].name, name))
			return &c->engines[i];
	if (c->nengines == REVIEW_ENGINES)
		return NULL;
	c->engines[c->nengines].name = name;
	return &c->engines[c->nengines++];
}

static void count_place(struct page *p, const struct place *x)
{
	struct review_counts *c = p->counts;
	struct review_engine *e;

	if (x->left) {
		c->left++;
	} else if (!x->told && p->in->notes.people) {
		c->people++;
	} else if (!x->told || !x->told->engine.n) {
		c->carried++;
	} else {
		c->drafted++;
		e = review_engine(c, x->told->engine);
		if (!e)
			return;
		if (x->told->alike > 0)
			++*(x->told->alike < .895 ? &e->far : &e->near);
		else
			++*(amts_str_eq(e->name, AMTS_STR("memory")) ? &e->exact
								     : &e->other);
	}
}

static void put_similar(struct page *p, const struct place *x)
{
	if (!x->left || !x->told || !x->told->similar.n)
		return;
	amts_buf_addz(p->out, "<p>Translated elsewhere: ");
	put_quoted(p, x->told->similar);
	amts_buf_addz(p->out, "</p>\n");
}

static void put_place(struct page *p, const struct place *x)
{
	put_line(p, x);
	put_what(p, x);
	put_both(p, x);
	put_similar(p, x);
	count_place(p, x);
}

static int by_line(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->left - y->left;
}

/* Does y go on where x ends, both put in as the source has them? */
static int goes_on(const struct place *x, const struct place *y)
{
	return x->code && y->code && !x->left && !y->left && !x->before.n &&
	       !y->before.n && !x->base.n && !y->base.n &&
	       x->after.p + x->after.n == y->after.p &&
	       x->head.p + x->head.n == y->head.p;
}

static void put_places(struct page *p)
{
	size_t i;

	if (p->n)
		qsort(p->places, p->n, sizeof(*p->places), by_line);
	for (i = 0; i < p->n; i++) {
		struct place x = p->places[i];

		while (i + 1 < p->n && goes_on(&x, &p->places[i + 1])) {
			const struct place *y = &p->places[++i];

			x.after.n += y->after.n;
			x.head.n += y->head.n;
			x.last = y->last;
		}
		put_place(p, &x);
	}
}

/* ---- */

static struct amts_str blocks(const struct amts_doc *doc, size_t beg, size_t end)
{
	if (beg >= end)
		return AMTS_STR("");
	return amts_str_sub(doc->bytes, doc->v[beg].all.beg, doc->v[end - 1].all.end);
}

/* What the source said where target block k stands. */
static void put_source(struct place *x, const struct page *p, size_t k)
{
	const struct amts_edit *e;
	size_t j = k < p->after->n ? p->head_of[k] : NONE;

	if (j == NONE)
		return;
	e = &p->source.v[p->edit_of[j]];
	x->head = blocks(p->head, j, j + 1);
	x->base = e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE
			  ? x->head
			  : blocks(p->base, e->old_beg, e->old_end);
}

/* It is shown as what is left, then, with what changed. */
static int is_left(const struct page *p, const struct amts_edit *e)
{
	size_t i, k;

	for (k = e->new_beg; k < e->new_end; k++)
		for (i = 0; i < p->in->nleft; i++)
			if (p->in->left[i] == p->after->v[k].print)
				return 1;
	return 0;
}

/* What the block was before it came to be as it is. */
static struct amts_str before_of(const struct page *p, size_t k)
{
	size_t i;

	for (i = 0; i < p->target.n; i++) {
		const struct amts_edit *e = &p->target.v[i];

		if (k >= e->new_beg && k < e->new_end)
			return e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE
				       ? blocks(p->after, k, k + 1)
				       : blocks(p->before, e->old_beg, e->old_end);
	}
	return AMTS_STR("");
}

static void add_changed(struct page *p, const struct amts_edit *e)
{
	struct place x = { .before = blocks(p->before, e->old_beg, e->old_end),
		.after = blocks(p->after, e->new_beg, e->new_end) };

	x.line = e->new_beg < p->after->n ? p->after->v[e->new_beg].line : 1;
	if (e->new_beg < e->new_end)
		put_source(&x, p, e->new_beg);
	x.code = (e->new_beg < e->new_end && p->after->v[e->new_beg].opaque) ||
		 (e->old_beg < e->old_end && p->before->v[e->old_beg].opaque);
	if (e->new_beg < e->new_end) {
		x.last = p->after->v[e->new_end - 1].line;
		x.told = review_note_of(&p->in->notes, p->after->v[e->new_beg].print);
	}
	if (!is_left(p, e))
		AMTS_VEC_PUSH(p->places, p->n, p->cap, x);
}

/* Two things were left in one block, but it is one place. */
static int is_shown(const struct page *p, const struct place *x)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->places[i].left && x->after.n &&
			p->places[i].after.p == x->after.p &&
			p->places[i].head.p == x->head.p)
			return 1;
	return 0;
}

/* The source block with that fingerprint, beside what it was. */
static void add_left(struct page *p, size_t i)
{
	struct place x = { .left = 1 };
	size_t j, k;

	for (k = 0; k < p->after->n && p->after->v[k].print != p->in->left[i];)
		k++;
	if (p->in->left[i] && k == p->after->n)
		return; /* somebody has dealt with it */
	x.line = k < p->after->n ? p->after->v[k].line : 1;
	if (k < p->after->n) {
		x.after = blocks(p->after, k, k + 1);
		x.before = before_of(p, k);
		x.told = review_note_of(&p->in->notes, p->after->v[k].print);
	}
	x.code = k < p->after->n && p->after->v[k].opaque;
	for (j = 0; j < p->head->n && p->head->v[j].print != p->in->left_src[i];)
		j++;
	if (j < p->head->n) {
		const struct amts_edit *e = &p->source.v[p->edit_of[j]];

		x.head = blocks(p->head, j, j + 1);
		x.base = e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE
				 ? x.head
				 : blocks(p->base, e->old_beg, e->old_end);
	}
	if (!is_shown(p, &x))
		AMTS_VEC_PUSH(p->places, p->n, p->cap, x);
}

/* ---- */

static int is_changed(const struct amts_edits *edits)
{
	size_t i;

	for (i = 0; i < edits->n; i++)
		if (edits->v[i].op != AMTS_EDIT_KEEP)
			return 1;
	return 0;
}

/* The blocks of the source that changed: what stands beside them is shown. */
static unsigned char *changed_blocks(const struct page *p)
{
	unsigned char *focus = AMTS_NEW(p->arena, unsigned char, p->head->n + 1);
	size_t j;

	for (j = 0; j < p->head->n; j++)
		focus[j] = p->source.v[p->edit_of[j]].op != AMTS_EDIT_KEEP;
	return focus;
}

static int align_head(struct page *p, struct amts_error *err)
{
	struct amts_segments head, after;
	struct amts_align_job job = { .arena = p->arena, .src = &head, .tgt = &after };
	struct amts_aligner *al;
	size_t i, k;
	int rc;

	p->head_of = AMTS_NEW(p->arena, size_t, p->after->n + 1);
	for (i = 0; i < p->after->n; i++)
		p->head_of[i] = NONE;
	if (!is_changed(&p->target))
		return AMTS_OK; /* nothing of it is shown */
	job.focus = changed_blocks(p);
	rc = amts_segments(&head, p->arena, p->head, p->in->src_lang, err);
	if (!rc)
		rc = amts_segments(&after, p->arena, p->after, p->in->tgt_lang, err);
	if (!rc)
		rc = amts_aligner_new(&al, p->in->src_lang, p->in->tgt_lang, err);
	if (rc)
		return rc;
	rc = amts_align_batch(al, &job, 1, 1, err);
	amts_aligner_free(al);
	for (i = 0; !rc && i < job.blocks.n; i++)
		for (k = job.blocks.v[i].tgt_beg; k < job.blocks.v[i].tgt_end; k++)
			if (job.blocks.v[i].src_beg < job.blocks.v[i].src_end)
				p->head_of[k] = job.blocks.v[i].src_beg;
	return rc;
}

static int read_page(struct page *p, struct amts_error *err)
{
	const struct review_page *in = p->in;
	size_t i, j;
	int rc = amts_doc_parse(&p->base, p->arena, in->base, err);

	if (!rc)
		rc = amts_doc_parse(&p->head, p->arena, in->head, err);
	if (!rc)
		rc = amts_doc_parse(&p->before, p->arena, in->before, err);
	if (!rc)
		rc = amts_doc_parse(&p->after, p->arena, in->after, err);
	if (!rc)
		rc = amts_edits_between(&p->source, p->arena, p->base, p->head, err);
	if (!rc)
		rc = amts_edits_between(&p->target, p->arena, p->before, p->after, err);
	if (rc)
		return rc;
	p->edit_of = AMTS_NEW(p->arena, size_t, p->head->n + 1);
	for (i = 0; i < p->source.n; i++)
		for (j = p->source.v[i].new_beg; j < p->source.v[i].new_end; j++)
			p->edit_of[j] = i;
	return align_head(p, err);
}

int review_page(struct amts_buf *out, struct review_counts *counts,
	const struct review_page *in, struct amts_error *err)
{
	struct page p = {
		.arena = amts_arena_new(), .in = in, .out = out, .counts = counts
	};
	size_t i;
	int rc = read_page(&p, err);

	for (i = 0; !rc && i < p.target.n; i++)
		if (p.target.v[i].op != AMTS_EDIT_KEEP)
			add_changed(&p, &p.target.v[i]);
	for (i = 0; !rc && i < in->nleft; i++)
		add_left(&p, i);
	if (!rc)
		put_places(&p);
	free(p.places);
	amts_arena_free(p.arena);
	return rc;
}
