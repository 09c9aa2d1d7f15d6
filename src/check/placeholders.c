/* Code, math and references that a translation is to have as its source has them. */
#include "base/chars.h"
#include "check/check.h"

#include <string.h>

/* What must come back in the translation of an inline; empty: nothing. */
static struct amts_str wanted(const struct check *c, const struct amts_inline *in)
{
	struct amts_str s = amts_doc_bytes(c->src, in->at);

	switch (in->kind) {
	case AMTS_INLINE_CITE:
		if (in->at.end < c->src->bytes.n && c->src->bytes.p[in->at.end] == '(')
			return AMTS_STR(""); /* "[@name](url)" is a link's text */
		return s;
	case AMTS_INLINE_CODE:
	case AMTS_INLINE_MATH:
	case AMTS_INLINE_ROLE:
		return s;
	case AMTS_INLINE_IMAGE:
		return check_link_target(s);
	default:
		return AMTS_STR(""); /* URLs are often those of another language */
	}
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
	       c == '_';
}

/* By itself, not as a part of a longer name. */
static int has_by_itself(struct amts_str all, struct amts_str part)
{
	size_t at = 0;

	for (; (at = amts_str_find(all, part, at)) < all.n; at++)
		if ((!at || !is_word(all.p[at - 1]) || !is_word(part.p[0])) &&
			(at + part.n == all.n || !is_word(all.p[at + part.n]) ||
				!is_word(part.p[part.n - 1])))
			return 1;
	return 0;
}

/* Without the marks around it, and a call's empty parentheses. */
static struct amts_str inner(struct amts_str s, char mark)
{
	while (s.n > 1 && s.p[0] == mark && s.p[s.n - 1] == mark)
		s = amts_str_sub(s, 1, s.n - 1);
	s = amts_str_trim(s);
	if (mark == '`' && s.n > 2 && !memcmp(s.p + s.n - 2, "()", 2))
		s.n -= 2;
	return s;
}

static struct amts_str without_spaces(struct amts_arena *arena, struct amts_str s)
{
	char *out = AMTS_NEW(arena, char, s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		if (!amts_is_space(s.p[i]))
			out[n++] = s.p[i];
	return (struct amts_str){ out, n };
}

/* Said without marks, or with others, or with other spaces: `ref` as ref, `f` as $f$. */
static int is_code_there(struct check *c, struct amts_str want, struct amts_str tgt)
{
	struct amts_str code = inner(want, '`');

	c->searched += tgt.n;
	return code.n &&
	       (has_by_itself(tgt, code) || has_by_itself(without_spaces(c->arena, tgt),
						    without_spaces(c->arena, code)));
}

/* A formula of numbers only: $95\%$ is %95 elsewhere, and $-1$ may be -1. */
static int are_numbers_there(struct check *c, struct amts_str math, struct amts_str tgt)
{
	struct amts_str flat, own = check_all_digits(c->arena, math);
	size_t i, end, some = 0;

	for (i = 0; i < math.n; i++) {
		if (math.p[i] == '\\')
			while (i + 1 < math.n && is_word(math.p[i + 1]))
				i++;
		else if (is_word(math.p[i]) && !is_digit(math.p[i]))
			return 0;
	}
	flat = check_all_digits(c->arena, tgt);
	c->searched += tgt.n;
	for (i = 0; i < own.n; i = end + 1) {
		for (end = i; end < own.n && is_digit(own.p[end]);)
			end++;
		if (!check_has(c, flat, amts_str_sub(own, i, end)))
			return 0;
		some += end > i;
	}
	return some > 0;
}

static int is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Put together with another one: $A$, $B$ as $A,B$; x = y as a part of x = y = z. */
static int is_part_of_math(struct check *c, struct amts_str math, struct amts_str tgt,
	struct amts_str tgt_bare)
{
	int letters = math.n > 0, joined = 0;
	size_t i;

	for (i = 0; i < math.n; i++) {
		letters &= is_word(math.p[i]);
		joined |= is_one_of(math.p[i], "=<>+,(");
	}
	if (letters)
		return math.n <= 4 && has_by_itself(tgt, math);
	return joined && check_has(c, tgt_bare, check_bare_math(c->arena, math));
}

/* "images/lifecycle.png" as "images/lifecycle_zh-CN.png". */
static int is_image_there(struct check *c, struct amts_str want, struct amts_str tgt)
{
	size_t n = want.n;

	while (n && want.p[n - 1] != '.' && want.p[n - 1] != '/')
		n--;
	return n > 1 && want.p[n - 1] == '.' && want.p[n - 2] != '/' &&
	       check_has(c, tgt, amts_str_sub(want, 0, n - 1));
}

static int is_there(struct check *c, enum amts_inline_kind kind, struct amts_str want,
	struct amts_str tgt, struct amts_str tgt_bare)
{
	struct amts_str math;

	if (check_has(c, tgt, want))
		return 1;
	if (kind == AMTS_INLINE_CODE)
		return is_code_there(c, want, tgt);
	if (kind == AMTS_INLINE_IMAGE)
		return is_image_there(c, want, tgt);
	if (kind != AMTS_INLINE_MATH)
		return 0;
	math = inner(want, '$');
	return check_has(c, tgt_bare, check_bare_math(c->arena, want)) ||
	       is_part_of_math(c, math, tgt, tgt_bare) || are_numbers_there(c, math, tgt);
}

void check_placeholders(struct check *c, const struct amts_bead *b)
{
	const struct amts_segments *src = c->page->src;
	struct amts_str tgt = check_around(c, b), bare = check_bare_math(c->arena, tgt);
	size_t line = check_line(&c->tgt_lines, c->page->tgt->v[b->tgt_beg].at.beg), i, k;

	for (i = b->src_beg; i < b->src_end; i++)
		for (k = 0; k < src->v[i].ninl; k++) {
			const struct amts_inline *in = &src->v[i].inl[k];
			struct amts_str want = wanted(c, in);

			if (want.n && !is_there(c, in->kind, want, tgt, bare))
				check_add(c, AMTS_CHECK_PLACEHOLDER, line,
					check_line(&c->src_lines, in->at.beg),
					AMTS_STR_FMT " of the source is missing",
					AMTS_STR_ARG(want));
		}
}
