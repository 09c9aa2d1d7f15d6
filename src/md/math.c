/* Display math alone on its lines: $$…$$ and \begin{env}…\end{env}. */
#include "amts/text.h"
#include "md/lines.h"
#include "md/regions.h"
#include "md/scan.h"

#include <string.h>

/* Slide marks of D2L may stand around a formula: (**$$…$$**). */
static const char *const slide_opens[] = { "(**", "[**", "(~~", "[~~" };
static const char *const slide_closes[] = { "**)", "**]", "~~)", "~~]" };

/* Length of the mark that s starts with, or 0. */
static size_t slide_mark(const char *const *marks, struct amts_str s)
{
	size_t i;

	for (i = 0; i < 4; i++)
		if (amts_str_starts(s, amts_str_z(marks[i])))
			return 3;
	return 0;
}

/* Offset of the next "$$" that no backslash escapes; s.n if none. */
static size_t find_dollars(struct amts_str s, size_t from)
{
	size_t beg = from, i;

	while ((from = amts_str_find(s, AMTS_STR("$$"), from)) < s.n) {
		for (i = from; i > beg && s.p[i - 1] == '\\'; i--)
			;
		if ((from - i) % 2 == 0)
			return from;
		from++;
	}
	return s.n;
}

static int is_enclosed(struct amts_str s, const char *open, const char *close)
{
	return amts_str_starts(s, amts_str_z(open)) &&
	       amts_str_ends(s, amts_str_z(close)) && !memchr(s.p, ' ', s.n);
}

/* What may follow a formula on its last line: a slide mark, punctuation, a label. */
static int is_tail(struct amts_str s)
{
	s = amts_str_trim(s);
	s = amts_str_trim(amts_str_sub(s, slide_mark(slide_closes, s), s.n));
	return !s.n || is_enclosed(s, "(", ")") || is_enclosed(s, "{", "}") ||
	       is_enclosed(s, ":eqlabel:`", "`") || is_enclosed(s, ":label:`", "`") ||
	       (!amts_text_has_letters(s) && !memchr(s.p, '$', s.n) && s.n < 8);
}

/* MyST lets a formula hold blank lines.  A lost "$$" must not swallow the prose after it,
 * so the next line must look like a formula. */
static int formula_follows(struct md_ahead *a)
{
	while (md_ahead_next(a))
		if (a->at < a->end)
			return strchr("\\&=}$", a->in.p[a->at]) && a->in.p[a->at];
	return 0;
}

/* Move to the next line of a formula; 0 where it cannot go on. */
static int formula_goes_on(struct md_ahead *a, int blanks)
{
	if (!md_ahead_next(a))
		return 0;
	if (a->at == a->end && (!blanks || !formula_follows(a)))
		return 0;
	return !md_scan_fence_open(amts_str_sub(a->in, 0, a->end), a->at);
}

int md_region_math(struct md_region *out, const struct md_place *place, size_t *dead)
{
	struct amts_str line = amts_str_sub(place->in, 0, place->end);
	size_t from = place->at +
		      slide_mark(slide_opens, amts_str_sub(line, place->at, line.n));
	int alone;
	struct md_ahead a;

	if (place->at < *dead ||
		!amts_str_starts(amts_str_sub(line, from, line.n), AMTS_STR("$$")))
		return 0;
	from += 2;
	alone = md_skip_blanks(line, from) == line.n;
	md_ahead_init(&a, place);
	do {
		struct amts_str s = amts_str_sub(a.in, 0, a.end);
		size_t q = find_dollars(s, a.lines > 1 ? a.at : from);

		if (q < s.n) {
			out->kind = AMTS_BLOCK_MATH;
			out->dialect = AMTS_DIALECT_MATH;
			if (is_tail(amts_str_sub(s, q + 2, s.n)))
				return md_ahead_close(out, &a);
			break;
		}
	} while (formula_goes_on(&a, alone));
	*dead = a.at;
	return 0;
}

int md_region_env(struct md_region *out, const struct md_place *place, size_t *dead)
{
	static const struct amts_str begin = { "\\begin{", 7 }, end = { "\\end{", 5 };
	struct amts_str line = amts_str_sub(place->in, place->at, place->end), name;
	struct md_ahead a;

	if (place->at < *dead || !amts_str_starts(line, begin))
		return 0;
	name = amts_str_sub(
		line, begin.n, amts_str_find(line, AMTS_STR("}"), begin.n) + 1);
	md_ahead_init(&a, place);
	do {
		struct amts_str s = md_ahead_line(&a);
		size_t q = amts_str_find(s, end, 0);

		if (q < s.n && amts_str_starts(amts_str_sub(s, q + end.n, s.n), name)) {
			out->kind = AMTS_BLOCK_MATH;
			out->dialect = AMTS_DIALECT_MATH;
			if (is_tail(amts_str_sub(s, q + end.n + name.n, s.n)))
				return md_ahead_close(out, &a);
		}
	} while (formula_goes_on(&a, 0));
	*dead = a.at;
	return 0;
}
