#include "md/match_util.h"

#include <string.h>

/* A bare URL, GFM 6.9: no trailing punctuation, no ) that it did not open.  It ends
 * before text that is not ASCII, for CJK authors put no space after it. */
size_t md_match_url(struct md_match *m, size_t at, enum amts_inline_kind *kind)
{
	struct amts_str rest = amts_str_sub(m->s, at, m->s.n);
	size_t n = amts_str_starts(rest, AMTS_STR("https://"))	? 8
		   : amts_str_starts(rest, AMTS_STR("http://")) ? 7
								: 0;
	size_t end = n, depth = 0;

	if (!n ||
		(at > 0 && (md_is_alpha(m->s.p[at - 1]) || md_is_digit(m->s.p[at - 1]))))
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
		return md_at(m->s, at + 1) == '\n' ? at + 2 : 0;
	while (i < m->s.n && m->s.p[i] == ' ')
		i++;
	return i - at >= 2 && md_at(m->s, i) == '\n' ? i + 1 : 0;
}

/* After <…> at `at`. */
static size_t match_angled(struct amts_str s, size_t at)
{
	for (size_t i = at + 1; i < s.n && s.p[i] != '<' && s.p[i] != '\n'; i++) {
		if (s.p[i] == '>')
			return i + 1;
		if (s.p[i] == '\\' && md_at(s, i + 1) != '\n')
			i++;
	}
	return 0;
}

/* After a link's destination at `at`: <…> or text without white space, its parentheses
 * balanced and no deeper than cmark allows. */
static size_t match_destination(struct amts_str s, size_t at)
{
	size_t i = at, depth = 0;

	if (md_at(s, at) == '<')
		return match_angled(s, at);
	for (; i < s.n && (unsigned char)s.p[i] > ' '; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] != '\n')
			i++;
		else if (s.p[i] == '(' && ++depth > 32)
			return 0;
		else if (s.p[i] == ')' && depth-- == 0)
			return i;
	}
	return depth ? 0 : i;
}

static size_t match_title(struct amts_str s, size_t at)
{
	char open = md_at(s, at), close = open;
	if (open != '"' && open != '\'' && open != '(')
		return 0;
	if (open == '(')
		close = ')';
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
	if (md_at(s, at) != '(' || amts_str_starts(rest, AMTS_STR("(**")) ||
		amts_str_starts(rest, AMTS_STR("(~~")))
		return 0;
	size_t i = md_skip_spaces(s, at + 1);
	if (md_at(s, i) != ')')
		i = match_destination(s, i);
	if (!i)
		return 0;
	size_t k = md_skip_spaces(s, i);
	if (k > i && md_at(s, k) != ')') {
		k = match_title(s, k);
		if (!k)
			return 0;
		k = md_skip_spaces(s, k);
	}
	return md_at(s, k) == ')' ? k + 1 : 0;
}

size_t md_match_label(struct amts_str s, size_t at)
{
	size_t i = at + 1;
	for (; i < s.n && i - at < 1000 && s.p[i] != ']' && s.p[i] != '['; i++)
		if (s.p[i] == '\\')
			i++;
	return md_at(s, i) == ']' ? i + 1 : 0;
}
