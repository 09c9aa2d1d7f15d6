/* MDX: imports and exports, component tags alone on their lines, comments in braces. */
#include "md/html.h"
#include "md/lines.h"
#include "md/regions.h"

#include <string.h>

#define TAG_LINES_MAX                                                                    \
	64 /* a longer tag is not looked for: keeps unclosed ones linear                 \
	    */

static int has(struct amts_str s, const char *needle)
{
	return amts_str_find(s, amts_str_z(needle), 0) < s.n;
}

/* The first line of an import or export statement, as opposed to prose. */
static int is_esm(struct amts_str s)
{
	static const char *const exported[] = { "default ", "const ", "let ", "var ",
		"function", "class ", "async ", "{", "*", "type ", "interface " };
	size_t i;

	if (amts_str_starts(s, AMTS_STR("import "))) {
		s = amts_str_trim(amts_str_sub(s, 7, s.n));
		return s.n && (strchr("'\"", s.p[0]) || (s.p[0] == '{' && !has(s, "}")) ||
				      has(s, " from '") || has(s, " from \""));
	}
	if (!amts_str_starts(s, AMTS_STR("export ")))
		return 0;
	s = amts_str_trim(amts_str_sub(s, 7, s.n));
	for (i = 0; i < sizeof(exported) / sizeof(*exported); i++)
		if (amts_str_starts(s, amts_str_z(exported[i])))
			return 1;
	return 0;
}

/* Opened minus closed brackets. */
static long brackets(struct amts_str s)
{
	long n = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (strchr("([{", s.p[i]) && s.p[i])
			n++;
		else if (strchr(")]}", s.p[i]) && s.p[i])
			n--;
	}
	return n;
}

/* A statement ends where its brackets are closed; if they never are, with its first line.
 */
int md_region_esm(struct md_region *out, const struct md_place *place, size_t *dead)
{
	long open = 0;
	struct md_ahead a;

	if (!place->top || place->in_para ||
		!is_esm(amts_str_sub(place->in, place->at, place->end)))
		return 0;
	out->kind = AMTS_BLOCK_DIRECTIVE;
	out->dialect = AMTS_DIALECT_MDX;
	md_ahead_init(&a, place);
	md_ahead_close(out, &a);
	if (place->at < *dead)
		return 1;
	do {
		open += brackets(md_ahead_line(&a));
		if (open <= 0)
			return md_ahead_close(out, &a);
	} while (md_ahead_next(&a));
	*dead = a.next;
	return 1;
}

/* 1 if only component tags stand in [at, end of s). */
static int only_tags(struct amts_str s, size_t at)
{
	while ((at = md_skip_blanks(s, at)) < s.n) {
		if (s.p[at] != '<' || !md_jsx_component(s, at) ||
			!(at = md_jsx_tag(s, at)))
			return 0;
	}
	return 1;
}

int md_region_jsx(struct md_region *out, const struct md_place *place, size_t *dead)
{
	struct md_ahead a, window;
	size_t end;

	if (place->at < *dead || !md_jsx_component(place->in, place->at))
		return 0;
	out->kind = AMTS_BLOCK_HTML;
	out->dialect = AMTS_DIALECT_MDX;
	md_ahead_init(&a, place);
	window = a;
	end = md_jsx_tag(amts_str_sub(a.in, 0, a.end), a.at);
	while (!end && window.lines < TAG_LINES_MAX && md_ahead_next(&window) &&
		window.at < window.end)
		;
	if (!end)
		end = md_jsx_tag(amts_str_sub(a.in, 0, window.end), a.at);
	if (!end) {
		*dead = window.at;
		return 0;
	}
	while (a.end < end && md_ahead_next(&a))
		;
	return only_tags(amts_str_sub(a.in, 0, a.end), end) && md_ahead_close(out, &a);
}

int md_region_mdx_comment(
	struct md_region *out, const struct md_place *place, size_t *dead)
{
	struct md_ahead a;

	md_ahead_init(&a, place);
	if (place->at < *dead || !amts_str_starts(md_ahead_line(&a), AMTS_STR("{/*")))
		return 0;
	out->kind = AMTS_BLOCK_COMMENT;
	out->dialect = AMTS_DIALECT_MDX;
	do {
		struct amts_str s = amts_str_trim(md_ahead_line(&a));
		size_t q = amts_str_find(s, AMTS_STR("*/}"), 0);

		if (q + 3 == s.n)
			return md_ahead_close(out, &a);
		if (q < s.n)
			break;
	} while (md_ahead_next(&a));
	*dead = a.at > place->at ? a.at : a.next;
	return 0;
}
