#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amts/text.h"
#include "base/alloc.h"
#include "base/map.h"
#include "md/inline.h"
#include "md/join.h"
#include "text/chars.h"
#include "text/sentence.h"

/* From here on, text offset t is joined offset j, byte for byte, or a placeholder that
 * ends at joined offset atom. */
struct knot {
	size_t t, j, atom;
};

/* One field of a block on its way to segments; reused for the next. */
struct field {
	const struct amts_doc *doc;
	const char *lang;
	struct amts_arena *arena;
	struct md_join join;
	struct md_inlines inl; /* spans of the joined text */
	struct amts_buf text;  /* protected, placeholders numbered over the whole field */
	struct knot *knots;
	size_t nknots, knots_cap;
	size_t *inl_at; /* where placeholder k stands in text */
	size_t inl_at_cap;
	unsigned char *roles;
	size_t roles_cap;
};

struct segment_vec {
	struct amts_segment *v;
	size_t n, cap;
};

static void field_release(struct field *f)
{
	md_join_release(&f->join);
	free(f->inl.v);
	amts_buf_release(&f->text);
	free(f->knots);
	free(f->inl_at);
	free(f->roles);
}

/* ---- protected text ----------------------------------------------------------- */

static enum text_role html_role(struct amts_str s)
{
	if (amts_str_starts(s, AMTS_STR("</")))
		return TEXT_ROLE_CLOSE;
	if (amts_str_starts(s, AMTS_STR("<br")) || amts_str_eq(s, AMTS_STR("&nbsp;")))
		return TEXT_ROLE_SPACE;
	if (s.p[0] != '<' || amts_str_ends(s, AMTS_STR("/>")))
		return TEXT_ROLE_WORD;
	return amts_str_find(s, AMTS_STR("</"), 0) < s.n ? TEXT_ROLE_WORD
							 : TEXT_ROLE_OPEN;
}

static enum text_role role_of(enum amts_inline_kind kind, struct amts_str s)
{
	switch (kind) {
	case AMTS_INLINE_LINK:
	case AMTS_INLINE_IMAGE:
		return s.p[0] == ']'	     ? TEXT_ROLE_END
		       : s.p[s.n - 1] == '[' ? TEXT_ROLE_BEGIN
					     : TEXT_ROLE_WORD;
	case AMTS_INLINE_CITE:
		return TEXT_ROLE_CITE;
	case AMTS_INLINE_HTML:
		return html_role(s);
	case AMTS_INLINE_ID:
		return TEXT_ROLE_CLOSE;
	case AMTS_INLINE_BREAK:
		return TEXT_ROLE_SPACE;
	default:
		return TEXT_ROLE_WORD;
	}
}

static void add_knot(struct field *f, size_t j, size_t atom)
{
	struct knot k = { f->text.n, j, atom };
	AMTS_VEC_PUSH(f->knots, f->nknots, f->knots_cap, k);
}

static int is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

/* White space s[beg, end) of the joined text that holds a line end. */
static void add_joint(struct field *f, size_t beg, size_t end, size_t stop)
{
	struct amts_str s = f->join.s;
	char c = ' ';
	if (end < stop)
		c = amts_line_joint(
			f->lang, amts_buf_str(&f->text), amts_str_sub(s, end, stop));
	if (c && beg > 0)
		amts_buf_addc(&f->text, c);
	add_knot(f, end, 0);
}

/* Joined text [beg, end), which holds no inline: lines joined, control characters as
 * spaces. */
static void add_plain(struct field *f, size_t beg, size_t end)
{
	struct amts_str s = f->join.s;

	add_knot(f, beg, 0);
	while (beg < end) {
		size_t i = beg;
		int lf = 0;
		while (i < end && !is_blank(s.p[i]))
			i++;
		amts_buf_add(&f->text, amts_str_sub(s, beg, i));
		for (beg = i; i < end && is_blank(s.p[i]); i++)
			lf |= s.p[i] == '\n';
		if (lf)
			add_joint(f, beg, i, end);
		else
			for (; beg < i; beg++)
				amts_buf_addc(&f->text, ' ');
		beg = i;
	}
}

/* Placeholder k of the text. */
static void add_placeholder(struct field *f, size_t k)
{
	struct amts_span at = f->inl.v[k].at;
	size_t n = k, m = k;

	add_knot(f, at.beg, at.end);
	AMTS_VEC_PUSH(f->inl_at, n, f->inl_at_cap, f->text.n);
	AMTS_VEC_ROOM(f->roles, m, f->roles_cap, 1);
	f->roles[m] = (unsigned char)role_of(
		f->inl.v[k].kind, amts_str_sub(f->join.s, at.beg, at.end));
	text_add_placeholder(&f->text, k + 1);
}

static void build_text(struct field *f)
{
	size_t at = 0;

	f->nknots = 0;
	amts_buf_reset(&f->text);
	for (size_t k = 0; k < f->inl.n; k++) {
		add_plain(f, at, f->inl.v[k].at.beg);
		add_placeholder(f, k);
		at = f->inl.v[k].at.end;
	}
	add_plain(f, at, f->join.s.n);
}

/* ---- segments ------------------------------------------------------------------ */

/* Last knot at or before t (strict: before t). */
static const struct knot *knot_at(const struct field *f, size_t t, int strict)
{
	size_t lo = 0, hi = f->nknots;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (f->knots[mid].t + (size_t)strict <= t)
			lo = mid;
		else
			hi = mid;
	}
	return &f->knots[lo];
}

/* Joined span of text [beg, end), which is not empty and cuts no placeholder. */
static struct amts_span joined_span(const struct field *f, size_t beg, size_t end)
{
	const struct knot *b = knot_at(f, beg, 0), *e = knot_at(f, end, 1);
	return (struct amts_span){ b->j + (beg - b->t),
		e->atom ? e->atom : e->j + (end - e->t) };
}

/* First placeholder at or after text offset t. */
static size_t inline_from(const struct field *f, size_t t)
{
	size_t lo = 0, hi = f->inl.n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (f->inl_at[mid] < t)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Text [beg, end) without white space and line breaks around it. */
static struct amts_span trim(const struct field *f, size_t beg, size_t end)
{
	size_t k = inline_from(f, beg), last = inline_from(f, end);
	for (;;) {
		while (beg < end && f->text.p[beg] == ' ')
			beg++;
		if (k == last || f->inl_at[k] != beg || f->roles[k] != TEXT_ROLE_SPACE)
			break;
		beg = f->inl_at[k++] + strcspn(f->text.p + beg, ">") + 1;
	}
	for (;;) {
		while (end > beg && f->text.p[end - 1] == ' ')
			end--;
		if (k == last || f->roles[last - 1] != TEXT_ROLE_SPACE ||
			f->inl_at[last - 1] +
					strcspn(f->text.p + f->inl_at[last - 1], ">") +
					1 !=
				end)
			break;
		end = f->inl_at[--last];
	}
	return (struct amts_span){ beg, end };
}

/* Text [beg, end) with its placeholders first..last-1 numbered from 1. */
static struct amts_str renumbered(
	struct field *f, struct amts_span at, size_t first, size_t last)
{
	struct amts_str text = amts_buf_str(&f->text), out;
	size_t pos = at.beg;

	if (first == 0 || first == last)
		return amts_arena_str(f->arena, amts_str_sub(text, at.beg, at.end));
	struct amts_buf b = AMTS_BUF_INIT;
	for (size_t k = first; k < last; k++) {
		amts_buf_add(&b, amts_str_sub(text, pos, f->inl_at[k]));
		text_add_placeholder(&b, k - first + 1);
		pos = amts_str_find(text, AMTS_STR(">"), f->inl_at[k]) + 1;
	}
	amts_buf_add(&b, amts_str_sub(text, pos, at.end));
	out = amts_arena_str(f->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

static void add_segment(
	struct segment_vec *out, struct field *f, size_t block, size_t beg, size_t end)
{
	struct amts_span at = trim(f, beg, end);
	if (at.beg == at.end)
		return;
	size_t first = inline_from(f, at.beg), last = inline_from(f, at.end);
	struct amts_segment s = { .block = block, .ninl = last - first };

	s.at = md_join_span(&f->join, joined_span(f, at.beg, at.end));
	s.text = renumbered(f, at, first, last);
	s.letters = amts_text_has_letters(s.text);
	s.inl = AMTS_NEW(f->arena, struct amts_inline, s.ninl);
	for (size_t k = 0; k < s.ninl; k++) {
		s.inl[k].kind = f->inl.v[first + k].kind;
		s.inl[k].at = md_join_span(&f->join, f->inl.v[first + k].at);
	}
	AMTS_VEC_PUSH(out->v, out->n, out->cap, s);
}

/* The box of a task list item ("[ ] ", GFM 5.3) is no text. */
static void skip_task_box(struct amts_span *field, const struct amts_doc *doc)
{
	const char *p = doc->bytes.p + field->beg;
	if (field->end - field->beg > 4 && p[0] == '[' && strchr(" xX", p[1]) && p[1] &&
		p[2] == ']' && p[3] == ' ')
		field->beg += 4;
}

static int add_field(struct segment_vec *out, struct field *f, size_t block,
	struct amts_span at, struct amts_error *err)
{
	const struct amts_block *b = &f->doc->v[block];
	size_t *ends, n, beg = 0;

	if (b->kind == AMTS_BLOCK_LIST_ITEM)
		skip_task_box(&at, f->doc);
	md_join_lines(&f->join, f->doc, b, at);
	f->inl.n = 0;
	md_inlines_scan(&f->inl, f->doc, f->join.s);
	build_text(f);
	int rc = amts_buf_check(&f->text, "text of a block", err);
	if (rc != AMTS_OK)
		return rc;
	if (b->kind == AMTS_BLOCK_HEADING || b->kind == AMTS_BLOCK_TABLE_ROW ||
		f->doc->plain) {
		add_segment(out, f, block, 0, f->text.n);
		return AMTS_OK;
	}
	struct text_marked marked = { amts_buf_str(&f->text), f->roles, f->inl.n };
	rc = text_sentences(&ends, &n, f->arena, &marked, f->lang, err);
	for (size_t i = 0; rc == AMTS_OK && i < n; i++) {
		add_segment(out, f, block, beg, ends[i]);
		beg = ends[i];
	}
	return rc;
}

static int add_block(
	struct segment_vec *out, struct field *f, size_t block, struct amts_error *err)
{
	const struct amts_block *b = &f->doc->v[block];
	struct amts_span at;
	size_t pos = b->text.beg;
	int rc = AMTS_OK;

	while (rc == AMTS_OK && !b->opaque &&
		md_next_field(&at, &pos, f->doc, b, b->text.end))
		rc = add_field(out, f, block, at, err);
	return rc;
}

/* ---- another revision ----------------------------------------------------------- */

/* Do lines, references and dialects mean the same in both? */
static int same_rules(const struct amts_doc *a, const struct amts_doc *b)
{
	return a->dialects == b->dialects && a->plain == b->plain &&
	       a->nlabels == b->nlabels &&
	       (!a->nlabels ||
		       !memcmp(a->labels, b->labels, a->nlabels * sizeof(*a->labels)));
}

static struct amts_str bytes_of(const struct amts_doc *doc, const struct amts_block *b)
{
	return amts_str_sub(doc->bytes, b->all.beg, b->text.end);
}

static int same_block(const struct amts_doc *da, const struct amts_block *a,
	const struct amts_doc *db, const struct amts_block *b)
{
	return a->kind == b->kind && a->opaque == b->opaque && a->depth == b->depth &&
	       a->quotes == b->quotes &&
	       a->text.beg - a->all.beg == b->text.beg - b->all.beg &&
	       amts_str_eq(bytes_of(da, a), bytes_of(db, b));
}

static struct amts_span shifted(struct amts_span at, size_t from, size_t to)
{
	return (struct amts_span){ at.beg - from + to, at.end - from + to };
}

/* The segments of block `old` of `before` as those of `block`, which has the same bytes.
 */
static void copy_block(struct segment_vec *out, struct field *f, size_t block,
	const struct amts_segments *before, size_t old)
{
	size_t from = before->doc->v[old].all.beg, to = f->doc->v[block].all.beg;

	for (size_t k = before->first[old]; k < before->first[old + 1]; k++) {
		struct amts_segment s = before->v[k];
		const struct amts_inline *inl = s.inl;

		s.block = block;
		s.at = shifted(s.at, from, to);
		s.inl = AMTS_NEW(f->arena, struct amts_inline, s.ninl);
		for (size_t i = 0; i < s.ninl; i++) {
			s.inl[i] = inl[i];
			s.inl[i].at = shifted(inl[i].at, from, to);
		}
		AMTS_VEC_PUSH(out->v, out->n, out->cap, s);
	}
}

/* Where the blocks of a document can be taken from. */
struct source {
	const struct amts_segments *segs; /* NULL: from nowhere */
	struct amts_map prints;
};

static void source_init(struct source *src, const struct amts_segments *before,
	const struct amts_doc *doc)
{
	*src = (struct source){ 0 };
	if (!before || !same_rules(before->doc, doc))
		return;
	src->segs = before;
	for (size_t b = 0; b < before->doc->n; b++)
		amts_map_add(&src->prints, before->doc->v[b].print, b);
}

static int take_block(
	struct segment_vec *out, struct field *f, size_t block, const struct source *src)
{
	const struct amts_block *b = &f->doc->v[block];
	size_t old = src->segs ? amts_map_get(&src->prints, b->print) : AMTS_MAP_NONE;

	if (old == AMTS_MAP_NONE ||
		!same_block(src->segs->doc, &src->segs->doc->v[old], f->doc, b))
		return 0;
	copy_block(out, f, block, src->segs, old);
	return 1;
}

int amts_segments_revised(struct amts_segments *out, struct amts_arena *arena,
	const struct amts_doc *doc, const char *lang, const struct amts_segments *before,
	struct amts_error *err)
{
	struct field f = { .doc = doc,
		.lang = lang,
		.arena = arena,
		.join = MD_JOIN_INIT,
		.text = AMTS_BUF_INIT };
	struct segment_vec v = { NULL, 0, 0 };
	struct source src;
	int rc = AMTS_OK;

	source_init(&src, before, doc);
	out->doc = doc;
	out->first = AMTS_NEW(arena, size_t, doc->n + 1);
	for (size_t b = 0; rc == AMTS_OK && b < doc->n; b++) {
		if (!take_block(&v, &f, b, &src))
			rc = add_block(&v, &f, b, err);
		out->first[b + 1] = v.n;
	}
	out->n = v.n;
	out->v = AMTS_NEW(arena, struct amts_segment, v.n);
	if (v.n)
		memcpy(out->v, v.v, v.n * sizeof(*v.v));
	free(v.v);
	amts_map_release(&src.prints);
	field_release(&f);
	return rc;
}

int amts_segments(struct amts_segments *out, struct amts_arena *arena,
	const struct amts_doc *doc, const char *lang, struct amts_error *err)
{
	return amts_segments_revised(out, arena, doc, lang, NULL, err);
}
