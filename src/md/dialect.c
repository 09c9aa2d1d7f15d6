#include "md/dialect.h"
#include "md/lines.h"
#include "md/regions.h"

#include <ctype.h>
#include <string.h>

static struct amts_str line_of(const struct md_place *place)
{
	struct amts_str s = amts_str_sub(place->in, 0, place->end);

	return amts_str_sub(s, place->at, md_trim_end(s, place->at, s.n));
}

/* A region of the one line at place. */
static int one_line(struct md_region *out, const struct md_place *place,
	enum amts_block_kind kind, unsigned dialect)
{
	struct md_ahead a;

	md_ahead_init(&a, place);
	out->kind = kind;
	out->dialect = dialect;
	return md_ahead_close(out, &a);
}

/* 1 if s is nothing but the role and one word: ":label:`x`".  A lost backquote, as real
 * translations have it, is forgiven. */
static int is_role(struct amts_str s, const char *role)
{
	size_t n = strlen(role);

	return amts_str_starts(s, amts_str_z(role)) && s.n > n + 1 && s.p[n] == '`' &&
	       !memchr(s.p, ' ', s.n) &&
	       amts_str_find(s, AMTS_STR("`"), n + 1) + 1 >= s.n;
}

/* Lines of D2L: labels, image sizes and tabs. */
static int d2l(struct md_region *out, const struct md_place *place)
{
	static const struct amts_str begin = { ":begin_tab:", 11 },
				     end = { ":end_tab:", 9 };
	struct amts_str s = line_of(place);

	if (is_role(s, ":label:") || is_role(s, ":eqlabel:"))
		return one_line(out, place, AMTS_BLOCK_LABEL, AMTS_DIALECT_D2L);
	if (amts_str_starts(s, begin)) {
		out->role = MD_REGION_TABS;
	} else if (amts_str_eq(s, end)) {
		out->role = MD_REGION_TABS_END;
	} else if (!is_role(s, ":width:") && !is_role(s, ":height:")) {
		return 0;
	}
	return one_line(out, place, AMTS_BLOCK_DIRECTIVE, AMTS_DIALECT_D2L);
}

/* The title after a container's name: "tip Title", "note[Title]". */
static struct amts_span container_title(struct amts_str s, size_t at)
{
	size_t end = md_trim_end(s, at, s.n);

	while (at < end &&
		(isalnum((unsigned char)s.p[at]) || s.p[at] == '-' || s.p[at] == '_'))
		at++;
	if (at < end && s.p[at] == '[' && s.p[end - 1] == ']')
		return (struct amts_span){ at + 1, end - 1 };
	at = md_skip_blanks(s, at);
	if (at >= end || s.p[at] == '{' || s.p[at] == ':')
		at = end;
	return (struct amts_span){ at, end };
}

/* The lines that open and close ::: containers; what is inside is ordinary markdown. */
static int container(struct md_region *out, const struct md_place *place)
{
	struct amts_str s = amts_str_sub(place->in, 0, place->end);
	size_t at = place->at;

	while (at < s.n && s.p[at] == ':')
		at++;
	if (at - place->at < 3)
		return 0;
	at = md_skip_blanks(s, at);
	if (at < s.n && !isalpha((unsigned char)s.p[at]) && s.p[at] != '{')
		return 0;
	if (at < s.n && s.p[at] == '{') {
		out->text = md_directive_title(s, (struct amts_span){ at, s.n });
		out->role = MD_REGION_OPEN;
	} else {
		out->text = container_title(s, at);
	}
	return one_line(out, place, AMTS_BLOCK_DIRECTIVE, AMTS_DIALECT_CONTAINERS);
}

/* Template tags alone on their line: {{< hugo >}}, {{% hugo %}}, {% liquid %}. */
static int template_tag(struct md_region *out, const struct md_place *place)
{
	static const char *const marks[][2] = { { "{{<", ">}}" }, { "{{%", "%}}" },
		{ "{%", "%}" } };
	struct amts_str s = line_of(place);
	size_t i;

	for (i = 0; i < 3; i++)
		if (amts_str_starts(s, amts_str_z(marks[i][0])) &&
			amts_str_find(s, amts_str_z(marks[i][1]), 0) +
					strlen(marks[i][1]) ==
				s.n)
			return one_line(out, place, AMTS_BLOCK_DIRECTIVE, 0);
	return 0;
}

/* [!NOTE] alone at the start of a quote (GitHub's alerts). */
static int alert(struct md_region *out, const struct md_place *place)
{
	struct amts_str s = line_of(place);
	size_t i;

	if (!place->quotes || place->in_para || s.n < 4 || s.p[1] != '!' ||
		s.p[s.n - 1] != ']')
		return 0;
	for (i = 2; i + 1 < s.n; i++)
		if (!(s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return 0;
	return one_line(out, place, AMTS_BLOCK_DIRECTIVE, AMTS_DIALECT_GFM);
}

int md_region_at(
	struct md_region *out, const struct md_place *place, size_t dead[MD_DEAD_N])
{

	memset(out, 0, sizeof(*out));
	if (place->options && md_region_myst_options(out, place, &dead[MD_DEAD_OPTIONS]))
		return 1;
	switch (place->in.p[place->at]) {
	case '$':
		return md_region_math(out, place, &dead[MD_DEAD_MATH]);
	case '\\':
		return md_region_env(out, place, &dead[MD_DEAD_ENV]);
	case ':':
		return container(out, place) || d2l(out, place);
	case '(':
		return md_region_math(out, place, &dead[MD_DEAD_MATH]) ||
		       md_region_myst_target(out, place);
	case '[':
		return md_region_math(out, place, &dead[MD_DEAD_MATH]) ||
		       alert(out, place);
	case '+':
		return md_region_myst_break(out, place);
	case '{':
		return md_region_mdx_comment(out, place, &dead[MD_DEAD_COMMENT]) ||
		       template_tag(out, place);
	case '<':
		return md_region_jsx(out, place, &dead[MD_DEAD_TAG]);
	case 'i':
	case 'e':
		return md_region_esm(out, place, &dead[MD_DEAD_ESM]);
	default:
		return 0;
	}
}
