#include "md/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int is_alpha(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static int is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '+';
}

/* The byte at i, NUL past the end. */
static char at_of(struct amts_str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

static size_t run_of(struct amts_str s, size_t at)
{
	size_t end = at;
	while (end < s.n && s.p[end] == s.p[at])
		end++;
	return end - at;
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

static void find_ticks(struct md_match *m)
{
	size_t n = 0, cap = 0;
	size_t last[MD_TICKS_MAX + 1];

	for (size_t i = 0; i <= MD_TICKS_MAX; i++)
		last[i] = m->next_ticks[i] = SIZE_MAX;
	const char *p = m->s.n ? memchr(m->s.p, '`', m->s.n) : NULL;
	for (size_t i = p ? (size_t)(p - m->s.p) : m->s.n; i < m->s.n; i++) {
		if (m->s.p[i] != '`')
			continue;
		struct md_ticks t = { i, run_of(m->s, i), SIZE_MAX };
		i += t.len;
		if (t.len > MD_TICKS_MAX)
			continue;
		if (last[t.len] == SIZE_MAX)
			m->next_ticks[t.len] = n;
		AMTS_VEC_PUSH(m->ticks, n, cap, t);
		if (last[t.len] != SIZE_MAX)
			m->ticks[last[t.len]].same = n - 1;
		last[t.len] = n - 1;
	}
}

static void find_braces(struct md_match *m)
{
	size_t *open = NULL, depth = 0, ocap = 0, cap = 0;
	const char *p = m->s.n ? memchr(m->s.p, '{', m->s.n) : NULL;

	for (size_t i = p ? (size_t)(p - m->s.p) : m->s.n; i < m->s.n; i++) {
		char c = m->s.p[i];
		if (c == '\\') {
			i++;
		} else if (c == '{') {
			struct md_brace b = { i, 0 };
			AMTS_VEC_PUSH(open, depth, ocap, m->nbraces);
			AMTS_VEC_PUSH(m->braces, m->nbraces, cap, b);
		} else if (c == '}' && depth > 0) {
			m->braces[open[--depth]].end = i + 1;
		}
	}
	free(open);
}

/* After the } that closes the { at `at`; 0 if nothing does. */
static size_t brace_end(const struct md_match *m, size_t at)
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
	return s.n > 0 && s.n <= 3 && !is_digit(s.p[0]);
}

/* By pandoc's rule (tex_math_dollars): no white space inside the dollars, no digit after
 * them, so that "$5 and $6" is money. */
size_t md_match_dollar(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	struct amts_str s = m->s;
	size_t i = at + 1;

	*kind = AMTS_INLINE_MATH;
	if (at_of(s, i) == '$')
		return match_dollars(m, at);
	for (; i < s.n && s.p[i] != '$' && s.p[i] != '`'; i++)
		if (s.p[i] == '\\')
			i++;
	if (i >= s.n || i == at + 1 || s.p[i] != '$' || is_digit(at_of(s, i + 1)))
		return 0;
	if (is_space(s.p[at + 1]) || is_space(s.p[i - 1]))
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
		(is_name(m->s.p[i]) || (close == '}' && m->s.p[i] == ':')))
		i++;
	if (i == at + 1 || at_of(m->s, i) != close || at_of(m->s, i + 1) != '`')
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
	return is_name(c) || c == '$';
}

/* {#id} {.class} {: .class} {width=50%} {slash-star id star-slash} */
static int is_attribute(struct amts_str in)
{
	size_t i = 0;
	if (in.n >= 4 && memcmp(in.p, "/*", 2) == 0 &&
		memcmp(in.p + in.n - 2, "*/", 2) == 0)
		return 1;
	if (amts_str_find(in, AMTS_STR("\n"), 0) < in.n ||
		amts_str_find(in, AMTS_STR("`"), 0) < in.n)
		return 0;
	if (in.n > 1 && (in.p[0] == '#' || in.p[0] == '.' || in.p[0] == ':'))
		return in.p[0] == ':' || !is_space(in.p[1]);
	while (i < in.n && is_name(in.p[i]))
		i++;
	return i > 0 && at_of(in, i) == '=';
}

size_t md_match_brace(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t end = md_match_role(m, at, kind);
	if (end)
		return end;
	end = brace_end(m, at);
	if (!end)
		return 0;
	struct amts_str in = amts_str_sub(m->s, at + 1, end - 1);
	*kind = is_attribute(in) ? AMTS_INLINE_ID : AMTS_INLINE_EXPR;
	if (*kind == AMTS_INLINE_ID || m->mdx)
		return end;
	/* {{ template }}, {% tag %}, {name} */
	if (in.n >= 2 && in.p[0] == '{' && in.p[in.n - 1] == '}')
		return end;
	if (in.n >= 2 && in.p[0] == '%' && in.p[in.n - 1] == '%')
		return end;
	return all_in(in, is_path) && !is_digit(in.p[0]) ? end : 0;
}

/* ---- angle brackets ------------------------------------------------------------- */

/* <scheme:…> or <user@host>, CommonMark 6.5. */
static size_t match_autolink(struct amts_str s, size_t at)
{
	size_t i = at + 1, mark = 0;
	for (; i < s.n && s.p[i] != '>'; i++) {
		if (s.p[i] == '<' || (unsigned char)s.p[i] <= ' ')
			return 0;
		if (!mark && s.p[i] == ':' && i - at > 2 && i - at <= 33)
			mark = i;
		else if (!mark && s.p[i] == '@' && i > at + 1 && at_of(s, i + 1) != '>')
			mark = i;
		else if (!mark && !is_name(s.p[i]))
			return 0;
	}
	return i < s.n && mark && is_alpha(s.p[at + 1]) ? i + 1 : 0;
}

static size_t skip_spaces(struct amts_str s, size_t i)
{
	while (i < s.n && is_space(s.p[i]))
		i++;
	return i;
}

/* After the value of an attribute, 0 if there is none at `at`. */
static size_t match_value(const struct md_match *m, size_t at)
{
	struct amts_str s = m->s;
	char c = at_of(s, at);
	size_t i = at;

	if (c == '{')
		return brace_end(m, at);
	if (c == '"' || c == '\'') {
		const char *q = memchr(s.p + at + 1, c, s.n - at - 1);
		return q ? (size_t)(q - s.p) + 1 : 0;
	}
	while (i < s.n && !is_space(s.p[i]) && !strchr("\"'=<>`", s.p[i]))
		i++;
	return i > at ? i : 0;
}

static int is_attr_name(char c)
{
	return is_name(c) || c == ':' || c == '@' || c == '#' || c == '[' || c == ']';
}

/* After the > of the opening tag whose name ends at `at`: attributes as in HTML, Vue and
 * JSX. *empty: it is <closed/>. */
static size_t match_attributes(const struct md_match *m, size_t at, int *empty)
{
	struct amts_str s = m->s;
	for (;;) {
		size_t i = skip_spaces(s, at);
		*empty = at_of(s, i) == '/';
		if (*empty)
			return at_of(s, i + 1) == '>' ? i + 2 : 0;
		if (at_of(s, i) == '>')
			return i + 1;
		if (i == at)
			return 0;
		if (at_of(s, i) == '{') { /* {...spread} */
			at = brace_end(m, i);
			if (!at)
				return 0;
			continue;
		}
		for (at = i; at < s.n && is_attr_name(s.p[at]); at++)
			;
		if (at == i)
			return 0;
		i = skip_spaces(s, at);
		if (at_of(s, i) == '=') {
			at = match_value(m, skip_spaces(s, i + 1));
			if (!at)
				return 0;
		}
	}
}

static int is_tag_name(char c)
{
	return is_name(c) || c == ':';
}

/* After the closing tag of a raw element whose opening tag ends at `at`; at itself if
 * name is of no such element or it is not closed. */
static size_t raw_element_end(struct md_match *m, struct amts_str name, size_t at)
{
	static const char *const closing[MD_RAW_ELEMENTS] = { "</code>", "</pre>",
		"</script>", "</style>", "</svg>", "</textarea>", "</kbd>", "</math>" };
	for (size_t i = 0; i < MD_RAW_ELEMENTS; i++) {
		struct amts_str close = amts_str_z(closing[i]);
		if (!amts_str_eq(name, amts_str_sub(close, 2, close.n - 1)))
			continue;
		size_t end = md_match_find(m, i, close, at);
		return end < m->s.n ? end + close.n : at;
	}
	return at;
}

static size_t match_tag(struct md_match *m, size_t at)
{
	struct amts_str s = m->s;
	int closing = at_of(s, at + 1) == '/', empty;
	size_t beg = at + 1 + (size_t)closing, i = beg;

	if (m->mdx && at_of(s, beg) == '>')
		return beg + 1; /* fragment */
	if (!is_alpha(at_of(s, beg)))
		return 0;
	while (i < s.n && is_tag_name(s.p[i]))
		i++;
	if (closing) {
		size_t end = skip_spaces(s, i);
		return at_of(s, end) == '>' ? end + 1 : 0;
	}
	size_t end = match_attributes(m, i, &empty);
	return end && !empty ? raw_element_end(m, amts_str_sub(s, beg, i), end) : end;
}

/* <!-- --> <![CDATA[ ]]> <? ?> <!X > */
static size_t match_declaration(struct md_match *m, size_t at)
{
	static const struct {
		const char *open, *close;
		enum md_dead_slot slot;
	} v[] = { { "<!--", "-->", MD_DEAD_COMMENT },
		{ "<![CDATA[", "]]>", MD_DEAD_CDATA }, { "<?", "?>", MD_DEAD_PI },
		{ "<!", ">", MD_DEAD_DECL } };
	struct amts_str rest = amts_str_sub(m->s, at, m->s.n);

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct amts_str open = amts_str_z(v[i].open),
				close = amts_str_z(v[i].close);
		if (!amts_str_starts(rest, open))
			continue;
		if (v[i].slot == MD_DEAD_DECL && !is_alpha(at_of(rest, 2)))
			return 0;
		size_t end = md_match_find(m, v[i].slot, close, at + open.n);
		return end < m->s.n ? end + close.n : 0;
	}
	return 0;
}

size_t md_match_angle(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t end = match_autolink(m->s, at);
	*kind = end ? AMTS_INLINE_URL : AMTS_INLINE_HTML;
	if (!end)
		end = match_declaration(m, at);
	return end ? end : match_tag(m, at);
}

size_t md_match_entity(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t i = at + 1 + (at_of(m->s, at + 1) == '#'), beg = i;
	while (i < m->s.n && i - beg < 32 && (is_alpha(m->s.p[i]) || is_digit(m->s.p[i])))
		i++;
	*kind = AMTS_INLINE_HTML;
	return i > beg && at_of(m->s, i) == ';' ? i + 1 : 0;
}

/* ---- URLs, breaks, targets ------------------------------------------------------- */

/* A bare URL, GFM 6.9: no trailing punctuation, no ) that it did not open.  It ends
 * before text that is not ASCII, for CJK authors put no space after it. */
size_t md_match_url(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	struct amts_str rest = amts_str_sub(m->s, at, m->s.n);
	size_t n = amts_str_starts(rest, AMTS_STR("https://"))	? 8
		   : amts_str_starts(rest, AMTS_STR("http://")) ? 7
								: 0;
	size_t end = n, depth = 0;

	if (!n || (at > 0 && (is_alpha(m->s.p[at - 1]) || is_digit(m->s.p[at - 1]))))
		return 0;
	for (; end < rest.n && rest.p[end] > ' ' && rest.p[end] != 0x7f; end++) {
		if (strchr("<>\"`[]{}|\\^", rest.p[end]))
			break;
		if (rest.p[end] == '(')
			depth++;
		else if (rest.p[end] == ')' && depth-- == 0)
			break;
	}
	while (end > n && strchr("?!.,:;*_~'", rest.p[end - 1]))
		end--;
	*kind = AMTS_INLINE_URL;
	return end > n ? at + end : 0;
}

/* A backslash or two spaces, and a line ending (CommonMark 6.7). */
size_t md_match_break(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	size_t i = at;
	*kind = AMTS_INLINE_BREAK;
	if (m->s.p[at] == '\\')
		return at_of(m->s, at + 1) == '\n' ? at + 2 : 0;
	while (i < m->s.n && m->s.p[i] == ' ')
		i++;
	return i - at >= 2 && at_of(m->s, i) == '\n' ? i + 1 : 0;
}

/* After a link's destination at `at`: <…> or balanced text without white space. */
static size_t match_destination(struct amts_str s, size_t at)
{
	size_t i = at, depth = 0;
	int angle = at_of(s, at) == '<';

	for (i += (size_t)angle; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' && i + 1 < s.n && s.p[i + 1] != '\n')
			i++;
		else if (angle && c == '>')
			return i + 1;
		else if (angle && (c == '<' || c == '\n'))
			return 0;
		else if (angle)
			continue;
		else if ((unsigned char)c <= ' ' || (c == ')' && depth == 0))
			break;
		else if (c == '(' && ++depth > 32) /* as cmark does */
			return 0;
		else if (c == ')')
			depth--;
	}
	return angle || depth ? 0 : i;
}

static size_t match_title(struct amts_str s, size_t at)
{
	char open = at_of(s, at), close = open == '(' ? ')' : open;
	if (open != '"' && open != '\'' && open != '(')
		return 0;
	for (size_t i = at + 1; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == close)
			return i + 1;
		else if (s.p[i] == '(' && open == '(')
			return 0;
	}
	return 0;
}

size_t md_match_target(struct amts_str s, size_t at)
{
	struct amts_str rest = amts_str_sub(s, at, s.n);
	/* [text](**slide mark**) is no link. */
	if (at_of(s, at) != '(' || amts_str_starts(rest, AMTS_STR("(**")) ||
		amts_str_starts(rest, AMTS_STR("(~~")))
		return 0;
	size_t i = skip_spaces(s, at + 1);
	if (at_of(s, i) != ')')
		i = match_destination(s, i);
	if (!i)
		return 0;
	size_t k = skip_spaces(s, i);
	if (k > i && at_of(s, k) != ')') {
		k = match_title(s, k);
		if (!k)
			return 0;
		k = skip_spaces(s, k);
	}
	return at_of(s, k) == ')' ? k + 1 : 0;
}

size_t md_match_label(struct amts_str s, size_t at)
{
	size_t i = at + 1;
	for (; i < s.n && i - at < 1000 && s.p[i] != ']' && s.p[i] != '['; i++)
		if (s.p[i] == '\\')
			i++;
	return at_of(s, i) == ']' ? i + 1 : 0;
}
