#include "md/linkdef.h"
#include "md/lines.h"

#include <ctype.h>
#include <string.h>

#define LABEL_MAX 1000 /* CommonMark 6.3: a link label holds at most 999 characters */
#define PARENS_MAX 32  /* nesting in a bare destination; the specification asks for 3 */

static int is_escape(struct amts_str s, size_t at)
{
	return s.p[at] == '\\' && at + 1 < s.n && ispunct((unsigned char)s.p[at + 1]);
}

/* After the label "[…]", or 0. */
static size_t label(struct amts_str s, size_t at)
{
	size_t beg = ++at;

	for (; at < s.n && at - beg <= LABEL_MAX; at++) {
		if (is_escape(s, at))
			at++;
		else if (s.p[at] == '[')
			return 0;
		else if (s.p[at] == ']')
			return amts_str_trim(amts_str_sub(s, beg, at)).n ? at + 1 : 0;
	}
	return 0;
}

/* After blanks with at most one line ending among them. */
static size_t skip_break(struct amts_str s, size_t at)
{
	at = md_skip_blanks(s, at);
	if (at < s.n && s.p[at] == '\n')
		at = md_skip_blanks(s, at + 1);
	return at;
}

static size_t angled(struct amts_str s, size_t at)
{
	for (at++; at < s.n; at++) {
		if (s.p[at] == '>')
			return at + 1;
		if (s.p[at] == '\n' || s.p[at] == '<')
			return 0;
		if (s.p[at] == '\\')
			at++;
	}
	return 0;
}

static size_t destination(struct amts_str s, size_t at)
{
	size_t beg = at, parens = 0;

	if (at < s.n && s.p[at] == '<')
		return angled(s, at);
	for (; at < s.n && !(strchr(" \t\n\v\f\r", s.p[at]) && s.p[at]); at++) {
		if (is_escape(s, at))
			at++;
		else if ((s.p[at] == '(' && ++parens > PARENS_MAX) ||
			 (s.p[at] == ')' && !parens--))
			return 0;
	}
	return at > beg && !parens ? at : 0;
}

/* After the title, or 0. */
static size_t title(struct amts_str s, size_t at)
{
	char open, close;

	if (at >= s.n || !s.p[at] || !strchr("\"'(", s.p[at]))
		return 0;
	open = s.p[at];
	close = s.p[at];
	if (open == '(')
		close = ')';
	for (at++; at < s.n; at++) {
		if (is_escape(s, at))
			at++;
		else if (s.p[at] == close)
			return at + 1;
		else if (s.p[at] == open)
			return 0;
	}
	return 0;
}

/* After the line ending that must come next, or 0. */
static size_t line_end(struct amts_str s, size_t at)
{
	at = md_skip_blanks(s, at);
	return at < s.n && s.p[at] == '\n' ? at + 1 : 0;
}

size_t md_link_def(struct amts_str s, size_t at)
{
	size_t dest, next, quoted;

	if (at + 1 >= s.n || s.p[at] != '[' || s.p[at + 1] == '^')
		return 0;
	at = label(s, at);
	if (!at || at >= s.n || s.p[at] != ':')
		return 0;
	dest = destination(s, skip_break(s, at + 1));
	if (!dest)
		return 0;
	next = skip_break(s, dest);
	quoted = next > dest ? title(s, next) : 0;
	if (quoted && (next = line_end(s, quoted)))
		return next;
	return line_end(s, dest);
}
