#include "md/match_util.h"

#include <string.h>

/* <scheme:…> or <user@host>, CommonMark 6.5. */
static size_t match_autolink(struct amts_str s, size_t at)
{
	size_t i = at + 1, mark = 0;
	for (; i < s.n && s.p[i] != '>'; i++) {
		if (s.p[i] == '<' || (unsigned char)s.p[i] <= ' ')
			return 0;
		if (mark)
			continue;
		if ((s.p[i] == ':' && i - at > 2 && i - at <= 33) ||
			(s.p[i] == '@' && i > at + 1 && md_at(s, i + 1) != '>'))
			mark = i;
		else if (!md_is_name(s.p[i]))
			return 0;
	}
	return i < s.n && mark && md_is_alpha(s.p[at + 1]) ? i + 1 : 0;
}

/* After the value of an attribute, 0 if there is none at `at`. */
static size_t match_value(const struct md_match *m, size_t at)
{
	struct amts_str s = m->s;
	char c = md_at(s, at);
	size_t i = at;

	if (c == '{')
		return md_brace_end(m, at);
	if (c == '"' || c == '\'') {
		const char *q = memchr(s.p + at + 1, c, s.n - at - 1);
		return q ? (size_t)(q - s.p) + 1 : 0;
	}
	while (i < s.n && !amts_is_space(s.p[i]) && !strchr("\"'=<>`", s.p[i]))
		i++;
	return i > at ? i : 0;
}

static int is_attr_name(char c)
{
	return md_is_name(c) || c == ':' || c == '@' || c == '#' || c == '[' || c == ']';
}

/* After the > of the opening tag whose name ends at `at`: attributes as in HTML, Vue and
 * JSX. *empty: it is <closed/>. */
static size_t match_attributes(const struct md_match *m, size_t at, int *empty)
{
	struct amts_str s = m->s;
	for (;;) {
		size_t i = md_skip_spaces(s, at);
		*empty = md_at(s, i) == '/';
		if (*empty)
			return md_at(s, i + 1) == '>' ? i + 2 : 0;
		if (md_at(s, i) == '>')
			return i + 1;
		if (i == at)
			return 0;
		if (md_at(s, i) == '{') { /* {...spread} */
			at = md_brace_end(m, i);
			if (!at)
				return 0;
			continue;
		}
		for (at = i; at < s.n && is_attr_name(s.p[at]); at++)
			;
		if (at == i)
			return 0;
		i = md_skip_spaces(s, at);
		if (md_at(s, i) == '=') {
			at = match_value(m, md_skip_spaces(s, i + 1));
			if (!at)
				return 0;
		}
	}
}

static int is_tag_name(char c)
{
	return md_is_name(c) || c == ':';
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
	int closing = md_at(s, at + 1) == '/', empty;
	size_t beg = at + 1 + (size_t)closing, i = beg;

	if (m->mdx && md_at(s, beg) == '>')
		return beg + 1; /* fragment */
	if (!md_is_alpha(md_at(s, beg)))
		return 0;
	while (i < s.n && is_tag_name(s.p[i]))
		i++;
	if (closing) {
		size_t end = md_skip_spaces(s, i);
		return md_at(s, end) == '>' ? end + 1 : 0;
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
		if (v[i].slot == MD_DEAD_DECL && !md_is_alpha(md_at(rest, 2)))
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
	size_t i = at + 1 + (md_at(m->s, at + 1) == '#'), beg = i;
	while (i < m->s.n && i - beg < 32 &&
		(md_is_alpha(m->s.p[i]) || md_is_digit(m->s.p[i])))
		i++;
	*kind = AMTS_INLINE_HTML;
	return i > beg && md_at(m->s, i) == ';' ? i + 1 : 0;
}
