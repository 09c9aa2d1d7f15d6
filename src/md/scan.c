#include "md/scan.h"
#include "md/lines.h"

#include <string.h>
#include <strings.h>

static int peek(struct amts_str s, size_t at)
{
	return at < s.n ? (unsigned char)s.p[at] : -1;
}

static int is_blank_or_end(int c)
{
	return c == -1 || c == ' ' || c == '\t';
}

static int is_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static size_t run_of(struct amts_str s, size_t at, char c)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] == c)
		n++;
	return n;
}

static int only_blanks(struct amts_str s, size_t at)
{
	return md_skip_blanks(s, at) == s.n;
}

unsigned md_scan_atx(struct amts_str s, size_t at)
{
	size_t n = run_of(s, at, '#');

	return n <= 6 && is_blank_or_end(peek(s, at + n)) ? (unsigned)n : 0;
}

unsigned md_scan_setext(struct amts_str s, size_t at)
{
	int c = peek(s, at);

	if ((c != '=' && c != '-') || !only_blanks(s, at + run_of(s, at, (char)c)))
		return 0;
	return c == '=' ? 1 : 2;
}

size_t md_scan_fence_open(struct amts_str s, size_t at)
{
	int c = peek(s, at);
	size_t n;

	if (c != '`' && c != '~')
		return 0;
	n = run_of(s, at, (char)c);
	if (n < 3 || (c == '`' && memchr(s.p + at + n, '`', s.n - at - n)))
		return 0;
	return n;
}

int md_scan_fence_close(struct amts_str s, size_t at, char c, size_t len)
{
	size_t n = run_of(s, at, c);

	return n >= len && only_blanks(s, at + n);
}

int md_scan_rule(struct amts_str s, size_t at, size_t *dead)
{
	int c = peek(s, at);
	size_t i, n = 0;

	if ((c != '*' && c != '-' && c != '_') || at < *dead)
		return 0;
	for (i = at; i < s.n; i++) {
		if (s.p[i] == c)
			n++;
		else if (s.p[i] != ' ' && s.p[i] != '\t')
			break;
	}
	if (i == s.n && n >= 3)
		return 1;
	*dead = i;
	return 0;
}

static int is_one(struct amts_str digits)
{
	size_t zeros = run_of(digits, 0, '0');

	return zeros + 1 == digits.n && digits.p[zeros] == '1';
}

size_t md_scan_list_marker(struct amts_str s, size_t at, int in_para)
{
	int c = peek(s, at);
	size_t i = at;

	if (is_digit(c)) {
		while (i - at < 9 && is_digit(peek(s, i)))
			i++;
		/* Only a list that starts with 1 may interrupt a paragraph. */
		if (in_para && !is_one(amts_str_sub(s, at, i)))
			return 0;
		if (peek(s, i) != '.' && peek(s, i) != ')')
			return 0;
	} else if (c != '*' && c != '-' && c != '+') {
		return 0;
	}
	i++;
	if (!is_blank_or_end(peek(s, i)) || (in_para && only_blanks(s, i)))
		return 0;
	return i - at;
}

/* CommonMark 4.6, kind 6. */
static const char *const block_tags[] = { "address", "article", "aside", "base",
	"basefont", "blockquote", "body", "caption", "center", "col", "colgroup", "dd",
	"details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
	"footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
	"header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
	"menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param",
	"section", "source", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
	"title", "tr", "track", "ul" };
static const char *const raw_tags[] = { "script", "pre", "style", "textarea" };

static int name_in(const char *const *v, size_t n, struct amts_str name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(v[i]) == name.n && !strncasecmp(v[i], name.p, name.n))
			return 1;
	return 0;
}

#define NAME_IN(v, name) name_in((v), sizeof(v) / sizeof(*(v)), (name))

static size_t skip_name(struct amts_str s, size_t at)
{
	if (!is_alpha(peek(s, at)))
		return at;
	while (is_alpha(peek(s, at)) || is_digit(peek(s, at)) || peek(s, at) == '-')
		at++;
	return at;
}

static size_t skip_space(struct amts_str s, size_t at)
{
	while (at < s.n && strchr(" \t\v\f", s.p[at]) && s.p[at])
		at++;
	return at;
}

/* After the attribute value at `at`, or 0. */
static size_t attribute_value(struct amts_str s, size_t at)
{
	int c = peek(s, at);
	size_t beg = at;

	if (c == '"' || c == '\'') {
		const char *q = memchr(s.p + at + 1, c, s.n - at - 1);

		return q ? (size_t)(q - s.p) + 1 : 0;
	}
	while (at < s.n && (!strchr(" \t\v\f\"'=<>`", s.p[at]) || !s.p[at]))
		at++;
	return at > beg ? at : 0;
}

/* After the attributes from `at`, each with white space before it; 0 if they are
 * malformed. */
static size_t skip_attributes(struct amts_str s, size_t at)
{
	for (;;) {
		size_t i = skip_space(s, at);
		int c = peek(s, i);

		if (i == at || !(is_alpha(c) || c == '_' || c == ':'))
			return at;
		while (is_alpha(c) || is_digit(c) || (c > 0 && strchr("_.:-", c)))
			c = peek(s, ++i);
		at = i;
		i = skip_space(s, i);
		if (peek(s, i) == '=' && !(at = attribute_value(s, skip_space(s, i + 1))))
			return 0;
	}
}

/* 1 if one complete open or closing tag is all there is (kind 7). */
static int whole_tag(struct amts_str s, size_t at)
{
	int closing = peek(s, at + 1) == '/';
	size_t name = at + 1 + (size_t)closing, i = skip_name(s, name);

	if (i == name)
		return 0;
	if (!closing && !(i = skip_attributes(s, i)))
		return 0;
	i = skip_space(s, i);
	if (!closing && peek(s, i) == '/')
		i++;
	return peek(s, i) == '>' && skip_space(s, i + 1) == s.n;
}

int md_scan_html(struct amts_str s, size_t at, int in_para)
{
	int c = peek(s, at + 1), after;
	size_t beg, end;
	struct amts_str name, rest = amts_str_sub(s, at, s.n);

	if (peek(s, at) != '<')
		return 0;
	if (c == '!' || c == '?') {
		if (amts_str_starts(rest, AMTS_STR("<!--")))
			return 2;
		if (amts_str_starts(rest, AMTS_STR("<![CDATA[")))
			return 5;
		return c == '?' ? 3 : is_alpha(peek(s, at + 2)) ? 4 : 0;
	}
	beg = at + 1 + (c == '/');
	end = skip_name(s, beg);
	name = amts_str_sub(s, beg, end);
	after = peek(s, end);
	if (after == -1 || strchr(" \t\v\f>", after)) {
		if (c != '/' && NAME_IN(raw_tags, name))
			return 1;
		if (NAME_IN(block_tags, name))
			return 6;
	} else if (after == '/' && peek(s, end + 1) == '>' && NAME_IN(block_tags, name)) {
		return 6;
	}
	return !in_para && whole_tag(s, at) ? 7 : 0;
}

/* 1 if a closing tag of a raw element stands somewhere in s. */
static int has_raw_close(struct amts_str s, size_t at)
{
	while ((at = amts_str_find(s, AMTS_STR("</"), at)) < s.n) {
		size_t end = skip_name(s, at + 2);

		if (peek(s, end) == '>' &&
			NAME_IN(raw_tags, amts_str_sub(s, at + 2, end)))
			return 1;
		at = end;
	}
	return 0;
}

int md_scan_html_end(struct amts_str s, size_t at, int kind)
{
	static const char *const ends[] = { "-->", "?>", ">", "]]>" };

	if (kind == 1)
		return has_raw_close(s, at);
	return kind <= 5 && amts_str_find(s, amts_str_z(ends[kind - 2]), at) < s.n;
}
