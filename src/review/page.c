/* The places of one page: source before and after, translation before and after. */
#include "review/review.h"

#include "amts/align.h"

/* So much of one text is shown; the rest is in the diff. */
#define SHOWN 1500
#define CONTEXT 2 /* lines around changed ones */

struct place {
	struct amts_str base, head, before, after;
	size_t line; /* of the translation as it is on the review branch */
	int left;
	int code;
};

struct page {
	struct amts_arena *arena;
	const struct review_page *in;
	struct amts_doc *base, *head, *before, *after;
	struct amts_edits source, target; /* base to head, before to after */
	size_t *head_of;		  /* of each block of after: in head, or NONE */
	size_t *edit_of; /* of each block of head: index of the source's edit */
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

static struct amts_str shortened(struct amts_str s)
{
	size_t n = SHOWN;

	if (s.n <= SHOWN)
		return s;
	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return amts_str_sub(s, 0, n);
}

static void put_diff(
	struct page *p, const char *lang, struct amts_str old, struct amts_str new)
{
	static const char *const open[] = { "", "<del>", "<ins>" };
	static const char *const close[] = { "", "</del>", "</ins>" };
	struct amts_diff_part *v;
	size_t i, n;

	old = shortened(amts_str_trim(old));
	new = shortened(amts_str_trim(new));
	if (!old.n && !new.n)
		return;
	n = amts_diff_words(&v, p->arena, old, new);
	amts_buf_addf(p->out, "<p>%s: <code>", lang);
	for (i = 0; i < n; i++) {
		amts_buf_addz(p->out, open[v[i].op]);
		review_escape(p->out, v[i].text);
		amts_buf_addz(p->out, close[v[i].op]);
	}
	amts_buf_addf(p->out, "</code>%s</p>\n",
		old.n >= SHOWN - 3 || new.n >= SHOWN - 3 ? " …" : "");
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

static void put_place(struct page *p, const struct place *x)
{
	amts_buf_addf(p->out, "<p><b>line %zu</b>%s</p>\n", x->line,
		x->left	       ? ": left to you, the source changed here"
		: !x->before.n ? ": new"
		: !x->after.n  ? ": removed"
			       : "");
	if (x->code) {
		put_code(p, p->in->src_lang, x->base, x->head);
		put_code(p, p->in->tgt_lang, x->before, x->after);
	} else {
		put_diff(p, p->in->src_lang, x->base, x->head);
		put_diff(p, p->in->tgt_lang, x->before, x->after);
	}
	if (x->left)
		p->counts->left++;
	else
		p->counts->changed++;
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

static void add_changed(struct page *p, const struct amts_edit *e)
{
	struct place x = { .before = blocks(p->before, e->old_beg, e->old_end),
		.after = blocks(p->after, e->new_beg, e->new_end) };

	x.line = e->new_beg < p->after->n ? p->after->v[e->new_beg].line : 1;
	if (e->new_beg < e->new_end)
		put_source(&x, p, e->new_beg);
	x.code = (e->new_beg < e->new_end && p->after->v[e->new_beg].opaque) ||
		 (e->old_beg < e->old_end && p->before->v[e->old_beg].opaque);
	put_place(p, &x);
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
	if (k < p->after->n)
		x.before = x.after = blocks(p->after, k, k + 1);
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
	put_place(p, &x);
}

/* ---- */

static int align_head(struct page *p, struct amts_error *err)
{
	struct amts_segments head, after;
	struct amts_align_job job = { .arena = p->arena, .src = &head, .tgt = &after };
	struct amts_aligner *al;
	size_t i, k;
	int rc = amts_segments(&head, p->arena, p->head, p->in->src_lang, err);

	p->head_of = AMTS_NEW(p->arena, size_t, p->after->n + 1);
	for (i = 0; i < p->after->n; i++)
		p->head_of[i] = NONE;
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
	amts_arena_free(p.arena);
	return rc;
}
