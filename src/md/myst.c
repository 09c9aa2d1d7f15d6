/* MyST Markdown: directives in fences, their options, targets and breaks. */
#include "md/lines.h"
#include "md/regions.h"
#include "md/scan.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Directives whose content is code; also the chunks of notebooks ({r}, {python}). */
static const char *const code_names[] = { "code", "code-block", "code-cell", "sourcecode",
	"raw", "literalinclude", "mermaid", "graphviz", "doctest", "testcode",
	"testsetup", "testoutput", "parsed-literal", "jupyter-execute", "ipython",
	"prompt", "python", "r", "julia", "bash", "sh", "sql", "js", "ojs", "dot", "html",
	"css" };
/* Directives whose content, if any, is neither markdown nor code. */
static const char *const opaque_names[] = { "toctree", "contents", "tableofcontents",
	"bibliography", "index", "eval-rst", "csv-table", "image", "include", "iframe",
	"video", "autofunction", "automodule", "autoclass", "autosummary",
	"autodoc2-object", "currentmodule" };
/* Directives around markdown whose argument is a path, a label or a number. */
static const char *const untitled_names[] = { "figure", "solution", "solution-start",
	"solution-end", "exercise-end", "only", "ifconfig", "div", "container", "class",
	"role", "grid", "tab-set", "button-link", "button-ref" };

#define IN(v, name) name_in((v), sizeof(v) / sizeof(*(v)), (name))

static int name_in(const char *const *v, size_t n, struct amts_str name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(v[i]) == name.n && !strncasecmp(v[i], name.p, name.n))
			return 1;
	return 0;
}

/* The name in "{name} argument"; empty if that is not what s is. */
static struct amts_str directive_name(struct amts_str s)
{
	size_t i = 1;

	if (s.n < 3 || s.p[0] != '{' || !isalpha((unsigned char)s.p[1]))
		return AMTS_STR("");
	while (i < s.n && (isalnum((unsigned char)s.p[i]) || strchr("-_:+.", s.p[i])) &&
		s.p[i])
		i++;
	return i < s.n && s.p[i] == '}' ? amts_str_sub(s, 1, i) : AMTS_STR("");
}

enum md_fence_role md_fence_role(struct amts_str info)
{
	struct amts_str name = directive_name(info);

	if (!name.n || IN(code_names, name))
		return MD_FENCE_CODE;
	if (amts_str_eq(name, AMTS_STR("math")))
		return MD_FENCE_MATH;
	return IN(opaque_names, name) ? MD_FENCE_OPAQUE : MD_FENCE_MARKDOWN;
}

struct amts_span md_directive_title(struct amts_str in, struct amts_span info)
{
	struct amts_str s = amts_str_sub(in, 0, info.end);
	struct amts_str name = directive_name(amts_str_sub(s, info.beg, s.n));
	size_t beg = md_skip_blanks(s, info.beg + name.n + 2);

	if (!name.n || IN(untitled_names, name) || IN(opaque_names, name) ||
		IN(code_names, name))
		beg = info.end;
	return (struct amts_span){ beg, md_trim_end(s, beg, info.end) };
}

/* ":key: value" */
static int is_option(struct amts_str s)
{
	size_t i = 1;

	if (s.n < 3 || s.p[0] != ':')
		return 0;
	while (i < s.n &&
		(isalnum((unsigned char)s.p[i]) || s.p[i] == '-' || s.p[i] == '_'))
		i++;
	return i > 1 && i < s.n && s.p[i] == ':' && (i + 1 == s.n || s.p[i + 1] == ' ');
}

static int is_dashes(struct amts_str s)
{
	return amts_str_eq(amts_str_trim(s), AMTS_STR("---"));
}

int md_region_myst_options(
	struct md_region *out, const struct md_place *place, size_t *dead)
{
	struct md_ahead a;

	md_ahead_init(&a, place);
	out->kind = AMTS_BLOCK_DIRECTIVE;
	out->dialect = AMTS_DIALECT_MYST;
	if (is_option(md_ahead_line(&a))) {
		out->role = MD_REGION_OPEN;
		return md_ahead_close(out, &a);
	}
	if (place->at < *dead || !is_dashes(md_ahead_line(&a)))
		return 0;
	while (md_ahead_next(&a)) {
		if (is_dashes(md_ahead_line(&a)))
			return md_ahead_close(out, &a);
		if (md_scan_fence_open(amts_str_sub(a.in, 0, a.end), a.at))
			break;
	}
	*dead = a.at;
	return 0;
}

int md_region_myst_target(struct md_region *out, const struct md_place *place)
{
	struct amts_str s = amts_str_trim(amts_str_sub(place->in, place->at, place->end));
	struct md_ahead a;

	if (s.n < 4 || !amts_str_ends(s, AMTS_STR(")=")) || memchr(s.p, ' ', s.n) ||
		memchr(s.p + 1, '(', s.n - 1))
		return 0;
	md_ahead_init(&a, place);
	out->kind = AMTS_BLOCK_LABEL;
	out->dialect = AMTS_DIALECT_MYST;
	return md_ahead_close(out, &a);
}

int md_region_myst_break(struct md_region *out, const struct md_place *place)
{
	struct amts_str s = amts_str_trim(amts_str_sub(place->in, place->at, place->end));
	struct md_ahead a;

	if (!place->top || !(amts_str_eq(s, AMTS_STR("+++")) ||
				   amts_str_starts(s, AMTS_STR("+++ {"))))
		return 0;
	md_ahead_init(&a, place);
	out->kind = AMTS_BLOCK_DIRECTIVE;
	out->dialect = AMTS_DIALECT_MYST;
	return md_ahead_close(out, &a);
}
