#include "md/html.h"
#include "amts/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Elements whose content is not prose. */
static const char *const raw_elements[] = { "script", "style", "pre", "svg", "textarea",
	"template", "iframe", "code", "math", "object" };

static struct amts_str tag_name(struct amts_str s, size_t at)
{
	size_t end = at;

	while (end < s.n &&
		(isalnum((unsigned char)s.p[end]) || strchr("-.:_", s.p[end])) &&
		s.p[end])
		end++;
	return amts_str_sub(s, at, end);
}

static int is_raw(struct amts_str name)
{
	size_t i;

	for (i = 0; i < sizeof(raw_elements) / sizeof(*raw_elements); i++)
		if (strlen(raw_elements[i]) == name.n &&
			!strncasecmp(raw_elements[i], name.p, name.n))
			return 1;
	return 0;
}

/* After the tag at `at`: quotes hide '>'.  s.n if it is not closed. */
static size_t tag_end(struct amts_str s, size_t at)
{
	while (at < s.n && s.p[at] != '>') {
		char c = s.p[at++];

		if (c == '"' || c == '\'') {
			const char *q = memchr(s.p + at, c, s.n - at);

			if (q)
				at = (size_t)(q - s.p) + 1;
		}
	}
	return at < s.n ? at + 1 : s.n;
}

static size_t after(struct amts_str s, struct amts_str needle, size_t at)
{
	at = amts_str_find(s, needle, at);
	return at < s.n ? at + needle.n : s.n;
}

/* After the closing tag of element `name`, searched from `at`. */
static size_t element_end(struct amts_str s, struct amts_str name, size_t at)
{
	while ((at = amts_str_find(s, AMTS_STR("</"), at)) < s.n) {
		struct amts_str got = tag_name(s, at + 2);

		at += 2 + got.n;
		if (got.n == name.n && !strncasecmp(got.p, name.p, name.n))
			return tag_end(s, at);
	}
	return s.n;
}

/* After the markup at `at`; `at` itself if what stands there is text. */
static size_t skip_markup(struct amts_str s, size_t at)
{
	struct amts_str rest = amts_str_sub(s, at, s.n), name;
	size_t end;

	if (amts_str_starts(rest, AMTS_STR("<!--")))
		return after(s, AMTS_STR("-->"), at + 4);
	if (amts_str_starts(rest, AMTS_STR("{{")))
		return after(s, AMTS_STR("}}"), at + 2);
	if (rest.p[0] == '&') {
		end = at + 1 + tag_name(s, at + 1 + (rest.n > 1 && rest.p[1] == '#')).n;
		end += rest.n > 1 && rest.p[1] == '#';
		return end < s.n && s.p[end] == ';' ? end + 1 : at;
	}
	if (rest.p[0] != '<' || rest.n < 2 ||
		!(isalpha((unsigned char)rest.p[1]) || strchr("/!?", rest.p[1])) ||
		!rest.p[1])
		return at;
	name = tag_name(s, at + 1);
	end = tag_end(s, at + 1);
	return is_raw(name) && s.p[end - 2] != '/' ? element_end(s, name, end) : end;
}

int md_html_has_text(struct amts_str html)
{
	size_t beg = 0, at = 0;

	while (at < html.n) {
		size_t end = strchr("<&{", html.p[at]) ? skip_markup(html, at) : at;

		if (end == at) {
			at++;
			continue;
		}
		if (amts_text_has_letters(amts_str_sub(html, beg, at)))
			return 1;
		beg = at = end;
	}
	return amts_text_has_letters(amts_str_sub(html, beg, html.n));
}

/* After the string or {expression} at `at`, or 0.  An expression's strings and templates
 * hide braces; nesting is counted, not followed. */
static size_t jsx_value(struct amts_str s, size_t at)
{
	size_t depth = 0;

	do {
		char c = s.p[at++];

		if (c == '"' || c == '\'' || c == '`') {
			const char *q = memchr(s.p + at, c, s.n - at);

			if (!q)
				return 0;
			at = (size_t)(q - s.p) + 1;
		} else if (c == '{') {
			depth++;
		} else if (c == '}' && depth) {
			depth--;
		}
	} while (depth && at < s.n);
	return depth ? 0 : at;
}

size_t md_jsx_tag(struct amts_str s, size_t at)
{
	at++;
	if (at < s.n && s.p[at] == '/')
		at++;
	at += tag_name(s, at).n;
	while (at < s.n && s.p[at] != '>') {
		if (s.p[at] == '<')
			return 0;
		if (s.p[at] && strchr("\"'`{", s.p[at])) {
			at = jsx_value(s, at);
			if (!at)
				return 0;
		} else {
			at++;
		}
	}
	return at < s.n ? at + 1 : 0;
}

int md_jsx_component(struct amts_str s, size_t at)
{
	struct amts_str name;
	size_t i;

	at += at + 1 < s.n && s.p[at + 1] == '/' ? 2 : 1;
	name = tag_name(s, at);
	at += name.n;
	if (!name.n)
		return at < s.n && s.p[at] == '>';
	if (!(name.p[0] >= 'A' && name.p[0] <= 'Z') || memchr(name.p, ':', name.n))
		return 0;
	if (at < s.n && !strchr(" \t\r\n/>", s.p[at]))
		return 0;
	for (i = 1; i < name.n; i++)
		if (name.p[i] >= 'a' && name.p[i] <= 'z')
			return 1;
	return 0;
}
