#include "md/inline.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "md/join.h"
#include "md/labels.h"
#include "md/match_util.h"

/* An opening bracket that waits for its closing one. */
struct bracket {
	size_t at;   /* of [ or ![ */
	size_t slot; /* its place in the output, should it become a link */
	int image;
};

struct scan {
	struct md_match m;
	struct amts_str s;
	const struct amts_doc *doc;
	struct md_inlines *out;
	struct bracket *open;
	size_t nopen, open_cap;
	size_t links_from; /* brackets below hold a link: they cannot become one */
};

#define NOT_YET ((enum amts_inline_kind)AMTS_INLINE_KINDS) /* a bracket's slot */

static void emit(struct scan *sc, enum amts_inline_kind kind, size_t beg, size_t end)
{
	struct amts_inline in = { kind, { beg, end } };
	AMTS_VEC_PUSH(sc->out->v, sc->out->n, sc->out->cap, in);
}

static void push_bracket(struct scan *sc, size_t at, int image)
{
	struct bracket b = { at, sc->out->n, image };
	AMTS_VEC_PUSH(sc->open, sc->nopen, sc->open_cap, b);
	emit(sc, NOT_YET, at, at + 1 + (size_t)image);
}

/* [^1], [@key; @other], [[toc]]: after it, or 0. */
static size_t match_bracketed(struct scan *sc, size_t at, enum amts_inline_kind *kind)
{
	struct amts_str rest = amts_str_sub(sc->s, at, sc->s.n);
	size_t end;

	if (amts_str_starts(rest, AMTS_STR("[[toc]]")) ||
		amts_str_starts(rest, AMTS_STR("[[TOC]]"))) {
		*kind = AMTS_INLINE_ID;
		return at + 7;
	}
	*kind = AMTS_INLINE_CITE;
	if (rest.n > 2 && (rest.p[1] == '^' || rest.p[1] == '@') &&
		(end = md_match_label(rest, 0)) > 3)
		return amts_str_find(amts_str_sub(rest, 0, end), AMTS_STR("\n"), 0) < end
			       ? 0
			       : at + end;
	return 0;
}

/* After the closing part of a link whose text ends with the ] at `at`: ](target) or
 * ][label]. */
static size_t match_link_end(struct scan *sc, size_t at)
{
	size_t end = md_match_target(sc->s, at + 1);
	if (end || at + 1 >= sc->s.n || sc->s.p[at + 1] != '[')
		return end;
	end = md_match_label(sc->s, at + 1);
	return end > at + 3 && md_label_known(
				       sc->doc, amts_str_sub(sc->s, at + 2, end - 1))
		       ? end
		       : 0;
}

/* [label] or [label][] of a known definition: the text is the reference, so nothing in it
 * may change.  Replaces what was found inside. */
static size_t close_shortcut(struct scan *sc, const struct bracket *b, size_t at)
{
	size_t text = b->at + 1 + (size_t)b->image;
	if (!md_label_known(sc->doc, amts_str_sub(sc->s, text, at)))
		return 0;
	size_t end = at + 1;
	if (amts_str_starts(amts_str_sub(sc->s, end, sc->s.n), AMTS_STR("[]")))
		end += 2;
	sc->out->n = b->slot;
	emit(sc, b->image ? AMTS_INLINE_IMAGE : AMTS_INLINE_LINK, b->at, end);
	return end;
}

/* At the ] at `at`: returns where to go on. */
static size_t close_bracket(struct scan *sc, size_t at)
{
	if (sc->nopen == 0)
		return at + 1;
	struct bracket b = sc->open[--sc->nopen];
	int inside_of_link = !b.image && sc->nopen < sc->links_from;
	if (sc->links_from > sc->nopen)
		sc->links_from = sc->nopen;
	if (inside_of_link)
		return at + 1;

	size_t end = match_link_end(sc, at);
	if (!end) {
		end = close_shortcut(sc, &b, at);
		return end ? end : at + 1;
	}
	enum amts_inline_kind kind = b.image ? AMTS_INLINE_IMAGE : AMTS_INLINE_LINK;
	sc->out->v[b.slot].kind = kind;
	emit(sc, kind, at, end);
	if (!b.image)
		sc->links_from = sc->nopen;
	return end;
}

/* A backslash: a break, a formula, an escaped character. */
static size_t match_backslash(struct scan *sc, size_t at, enum amts_inline_kind *kind)
{
	char next = md_at(sc->s, at + 1);
	if (next == '(')
		return md_match_paren_math(&sc->m, at, kind);
	if (next == '\n')
		return md_match_break(&sc->m, at, kind);
	*kind = AMTS_INLINE_HTML; /* \< must never look like the start of a placeholder */
	return next == '<' ? at + 2 : 0;
}

/* The construct at `at`: offset after it, or 0. */
static size_t match_at(struct scan *sc, size_t at, enum amts_inline_kind *kind)
{
	switch (sc->s.p[at]) {
	case '\\':
		return match_backslash(sc, at, kind);
	case '`':
		return md_match_code(&sc->m, at, kind);
	case '$':
		return md_match_dollar(&sc->m, at, kind);
	case ':':
		return md_match_role(&sc->m, at, kind);
	case '{':
		return md_match_brace(&sc->m, at, kind);
	case '<':
		return md_match_angle(&sc->m, at, kind);
	case '&':
		return md_match_entity(&sc->m, at, kind);
	case 'h':
		return md_match_url(&sc->m, at, kind);
	case ' ':
		return md_match_break(&sc->m, at, kind);
	case '[':
		return match_bracketed(sc, at, kind);
	default:
		return 0;
	}
}

/* Where to go on when nothing was found at `at`: past what cannot start anything. */
static size_t skip(struct scan *sc, size_t at)
{
	struct amts_str s = sc->s;
	char c = s.p[at];

	if (c == '[') {
		push_bracket(sc, at, 0);
	} else if (c == '!' && at + 1 < s.n && s.p[at + 1] == '[') {
		push_bracket(sc, at, 1);
		return at + 2;
	} else if (c == ']') {
		return close_bracket(sc, at);
	} else if (c == '\\') {
		return at + 2;
	} else if (c == '`' || c == ' ' || c == '$') {
		while (at + 1 < s.n && s.p[at + 1] == c)
			at++;
	}
	return at + 1;
}

static void drop_open_slots(struct md_inlines *out, size_t from)
{
	size_t n = from;
	for (size_t i = from; i < out->n; i++)
		if (out->v[i].kind != NOT_YET)
			out->v[n++] = out->v[i];
	out->n = n;
}

void md_inlines_scan(
	struct md_inlines *out, const struct amts_doc *doc, struct amts_str s)
{
	static const char special[] = "\\`$:{<&h [!]";
	unsigned char is_special[256] = { 0 };
	struct scan sc = { .s = s, .doc = doc, .out = out };
	size_t from = out->n;

	for (const char *p = special; *p; p++)
		is_special[(unsigned char)*p] = 1;
	md_match_init(&sc.m, doc, s);
	for (size_t i = 0; i < s.n;) {
		enum amts_inline_kind kind = AMTS_INLINE_CODE;
		if (!is_special[(unsigned char)s.p[i]]) {
			i++;
			continue;
		}
		size_t end = match_at(&sc, i, &kind);
		if (end) {
			emit(&sc, kind, i, end);
			i = end;
		} else {
			i = skip(&sc, i);
		}
	}
	drop_open_slots(out, from);
	md_match_release(&sc.m);
	free(sc.open);
}

/* Inlines of one field of a block, appended with spans of the document. */
static void scan_field(struct md_inlines *out, struct md_join *j,
	const struct amts_doc *doc, const struct amts_block *block,
	struct amts_span field)
{
	size_t from = out->n;
	md_join_lines(j, doc, block, field);
	md_inlines_scan(out, doc, j->s);
	for (size_t i = from; i < out->n; i++)
		out->v[i].at = md_join_span(j, out->v[i].at);
}

void amts_doc_inlines(struct amts_inline **out, size_t *n, struct amts_arena *arena,
	const struct amts_doc *doc, const struct amts_block *block, struct amts_span at)
{
	struct md_inlines v = { NULL, 0, 0 };
	struct md_join j = MD_JOIN_INIT;
	struct amts_span field;
	size_t pos = at.beg;

	while (md_next_field(&field, &pos, doc, block, at.end))
		scan_field(&v, &j, doc, block, field);
	*n = v.n;
	*out = AMTS_NEW(arena, struct amts_inline, v.n);
	if (v.n)
		memcpy(*out, v.v, v.n * sizeof(*v.v));
	md_join_release(&j);
	free(v.v);
}

const char *amts_inline_kind_name(enum amts_inline_kind kind)
{
	static const char *const names[AMTS_INLINE_KINDS] = { "code", "math", "link",
		"image", "url", "role", "cite", "html", "expr", "id", "break" };
	return names[kind];
}
