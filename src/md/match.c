#include "md/match_util.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static size_t run_of(struct amts_str s, size_t at)
{
	size_t end = at;
	while (end < s.n && s.p[end] == s.p[at])
		end++;
	return end - at;
}

/* The first c from `at`, or s.n. */
static size_t next_of(struct amts_str s, size_t at, char c)
{
	const char *p = at < s.n ? memchr(s.p + at, c, s.n - at) : NULL;
	return p ? (size_t)(p - s.p) : s.n;
}

size_t md_match_find(struct md_match *m, size_t slot, struct amts_str needle, size_t at)
{
	if (at >= m->dead[slot])
		return m->s.n;
	size_t found = amts_str_find(m->s, needle, at);
	if (found >= m->s.n)
		m->dead[slot] = at;
	return found;
}

/* ---- preparation ------------------------------------------------------------- */

/* Runs of backticks on their way to being chained by length. */
struct ticks_vec {
	size_t n, cap;
	size_t last[MD_TICKS_MAX + 1]; /* run of this length */
};

static void add_ticks(struct md_match *m, struct ticks_vec *v, size_t at, size_t len)
{
	struct md_ticks t = { at, len, SIZE_MAX };

	if (len > MD_TICKS_MAX)
		return;
	size_t *link = &m->next_ticks[len];
	if (v->last[len] != SIZE_MAX)
		link = &m->ticks[v->last[len]].same;
	*link = v->last[len] = v->n;
	AMTS_VEC_PUSH(m->ticks, v->n, v->cap, t);
}

static void find_ticks(struct md_match *m)
{
	struct ticks_vec v = { 0 };

	for (size_t i = 0; i <= MD_TICKS_MAX; i++)
		v.last[i] = m->next_ticks[i] = SIZE_MAX;
	for (size_t at = next_of(m->s, 0, '`'); at < m->s.n;) {
		size_t len = run_of(m->s, at);
		add_ticks(m, &v, at, len);
		at = next_of(m->s, at + len, '`');
	}
}

/* Brackets on their way to being balanced. */
struct brace_stack {
	size_t *v;
	size_t n, cap, braces_cap;
};

static void open_brace(struct md_match *m, struct brace_stack *st, size_t at)
{
	struct md_brace b = { at, 0 };
	AMTS_VEC_PUSH(st->v, st->n, st->cap, m->nbraces);
	AMTS_VEC_PUSH(m->braces, m->nbraces, st->braces_cap, b);
}

static void find_braces(struct md_match *m)
{
	struct brace_stack st = { NULL, 0, 0, 0 };

	for (size_t i = next_of(m->s, 0, '{'); i < m->s.n; i++) {
		char c = m->s.p[i];
		if (c == '\\')
			i++;
		else if (c == '{')
			open_brace(m, &st, i);
		else if (c == '}' && st.n > 0)
			m->braces[st.v[--st.n]].end = i + 1;
	}
	free(st.v);
}

size_t md_brace_end(const struct md_match *m, size_t at)
{
	size_t lo = 0, hi = m->nbraces;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->braces[mid].beg < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->nbraces && m->braces[lo].beg == at ? m->braces[lo].end : 0;
}

void md_match_init(struct md_match *m, const struct amts_doc *doc, struct amts_str s)
{
	memset(m, 0, sizeof(*m));
	m->s = s;
	m->mdx = (doc->dialects & AMTS_DIALECT_MDX) != 0;
	for (size_t i = 0; i < sizeof(m->dead) / sizeof(m->dead[0]); i++)
		m->dead[i] = SIZE_MAX;
	find_ticks(m);
	find_braces(m);
}

void md_match_release(struct md_match *m)
{
	free(m->ticks);
	free(m->braces);
}

/* ---- code, math, roles --------------------------------------------------------- */

size_t md_match_code(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t len = run_of(m->s, at);
	if (len > MD_TICKS_MAX)
		return 0;
	size_t *next = &m->next_ticks[len];
	while (*next != SIZE_MAX && m->ticks[*next].at <= at)
		*next = m->ticks[*next].same;
	if (*next == SIZE_MAX)
		return 0;
	*kind = AMTS_INLINE_CODE;
	return m->ticks[*next].at + len;
}

/* $$…$$ at `at`. */
static size_t match_dollars(struct md_match *m, size_t at)
{
	size_t end = at + 2;
	do {
		end = md_match_find(m, MD_DEAD_DOLLARS, AMTS_STR("$$"), end);
		if (end >= m->s.n)
			return 0;
		end += 2;
	} while (m->s.p[end - 3] == '\\' || end - 2 == at + 2);
	return end;
}

/* Is what stands between single dollars beside white space a formula all the same?
 * Authors write "$ n $" and "$x = 0, $", and MathJax takes it. */
static int is_formula(struct amts_str s)
{
	s = amts_str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (strchr("\\^_=", s.p[i]) && s.p[i])
			return 1;
	return s.n > 0 && s.n <= 3 && !md_is_digit(s.p[0]);
}

/* By pandoc's rule (tex_math_dollars): no white space inside the dollars, no digit after
 * them, so that "$5 and $6" is money. */
size_t md_match_dollar(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	struct amts_str s = m->s;
	size_t i = at + 1;

	*kind = AMTS_INLINE_MATH;
	if (md_at(s, i) == '$')
		return match_dollars(m, at);
	for (; i < s.n && s.p[i] != '$' && s.p[i] != '`'; i++)
		if (s.p[i] == '\\')
			i++;
	if (i >= s.n || i == at + 1 || s.p[i] != '$' || md_is_digit(md_at(s, i + 1)))
		return 0;
	if (amts_is_space(s.p[at + 1]) || amts_is_space(s.p[i - 1]))
		return is_formula(amts_str_sub(s, at + 1, i)) ? i + 1 : 0;
	return i + 1;
}

size_t md_match_paren_math(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t end = md_match_find(m, MD_DEAD_PAREN, AMTS_STR("\\)"), at + 2);
	*kind = AMTS_INLINE_MATH;
	return end < m->s.n ? end + 2 : 0;
}

/* :name:`content` (D2L) and {name}`content` (MyST). */
size_t md_match_role(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	char close = m->s.p[at] == '{' ? '}' : ':';
	size_t i = at + 1;

	while (i < m->s.n && i - at < 48 &&
		(md_is_name(m->s.p[i]) || (close == '}' && m->s.p[i] == ':')))
		i++;
	if (i == at + 1 || md_at(m->s, i) != close || md_at(m->s, i + 1) != '`')
		return 0;
	size_t end = md_match_code(m, i + 1, kind);
	*kind = amts_str_starts(amts_str_sub(m->s, at + 1, i), AMTS_STR("cite"))
			? AMTS_INLINE_CITE
			: AMTS_INLINE_ROLE;
	return end;
}

/* ---- braces ------------------------------------------------------------------- */

static int all_in(struct amts_str s, int (*is)(char))
{
	for (size_t i = 0; i < s.n; i++)
		if (!is(s.p[i]))
			return 0;
	return s.n > 0;
}

static int is_path(char c)
{
	return md_is_name(c) || c == '$';
}

/* Does s[beg, end) hold a line end or a backtick?  Braces nest, so the bytes of one are
 * asked for again with each that it holds: the answer is kept from one to the next. */
static int holds_no_attribute(struct md_match *m, size_t beg, size_t end)
{
	size_t i = m->no_attribute;
	if (i < beg)
		for (i = beg; i < m->s.n && m->s.p[i] != '\n' && m->s.p[i] != '`';)
			i++;
	m->no_attribute = i;
	return i < end;
}

/* {#id} {.class} {: .class} {width=50%} {slash-star id star-slash} */
static int is_attribute(struct md_match *m, size_t beg, size_t end)
{
	struct amts_str in = amts_str_sub(m->s, beg, end);
	size_t i = 0;
	if (in.n >= 4 && memcmp(in.p, "/*", 2) == 0 &&
		memcmp(in.p + in.n - 2, "*/", 2) == 0)
		return 1;
	if (holds_no_attribute(m, beg, end))
		return 0;
	if (in.n > 1 && (in.p[0] == '#' || in.p[0] == '.' || in.p[0] == ':'))
		return in.p[0] == ':' || !amts_is_space(in.p[1]);
	while (i < in.n && md_is_name(in.p[i]))
		i++;
	return i > 0 && md_at(in, i) == '=';
}

size_t md_match_brace(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t end = md_match_role(m, at, kind);
	if (end)
		return end;
	end = md_brace_end(m, at);
	if (!end)
		return 0;
	struct amts_str in = amts_str_sub(m->s, at + 1, end - 1);
	*kind = is_attribute(m, at + 1, end - 1) ? AMTS_INLINE_ID : AMTS_INLINE_EXPR;
	if (*kind == AMTS_INLINE_ID || m->mdx)
		return end;
	/* {{ template }}, {% tag %}, {name} */
	if (in.n >= 2 && in.p[0] == '{' && in.p[in.n - 1] == '}')
		return end;
	if (in.n >= 2 && in.p[0] == '%' && in.p[in.n - 1] == '%')
		return end;
	return all_in(in, is_path) && !md_is_digit(in.p[0]) ? end : 0;
}
