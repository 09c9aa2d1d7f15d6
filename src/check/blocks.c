/* Faults of whole blocks. */
#include "check/check.h"

#include "base/chars.h"

#include <string.h>

#define MARKER 7 /* length of git's conflict markers */

/* ---- conflict markers ---- */

static int is_marker(struct amts_str line, char c)
{
	size_t i;

	for (i = 0; i < MARKER; i++)
		if (i >= line.n || line.p[i] != c)
			return 0;
	return line.n == MARKER || line.p[MARKER] == ' ' || line.p[MARKER] == '\r';
}

/* The lines on which conflicts begin: "<<<<<<<", then "=======", then ">>>>>>>". */
static void check_markers(struct check *c)
{
	struct amts_str all = c->tgt->bytes, line;
	size_t beg, end, no = 1, open = 0, middle = 0;

	for (beg = 0; beg < all.n; beg = end + 1, no++) {
		end = amts_str_find(all, AMTS_STR("\n"), beg);
		line = amts_str_sub(all, beg, end);
		if (is_marker(line, '<')) {
			open = no;
			middle = 0;
		} else if (open && is_marker(line, '=')) {
			middle = no;
		} else if (middle && is_marker(line, '>')) {
			check_add(c, AMTS_CHECK_CONFLICT, open, 0,
				"a conflict was committed, from here to line %zu", no);
			open = middle = 0;
		}
	}
}

/* ---- fences ---- */

static struct amts_str last_line(struct amts_str s)
{
	size_t beg = s.n;

	while (beg && s.p[beg - 1] != '\n')
		beg--;
	return amts_str_sub(s, beg, s.n);
}

/* The first of the fence's characters and their number; 0 for none. */
static size_t fence(struct amts_str line)
{
	size_t i = 0, n;

	while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '>'))
		i++;
	for (n = 0; i + n < line.n && strchr("`~", line.p[i + n]) &&
		    line.p[i + n] == line.p[i];)
		n++;
	return n >= 3 ? n : 0;
}

static int is_unclosed(const struct amts_doc *doc, const struct amts_block *b)
{
	struct amts_str s = amts_str_trim(amts_doc_bytes(doc, b->all));
	size_t first = amts_str_find(s, AMTS_STR("\n"), 0);
	size_t opening = fence(amts_str_sub(s, 0, first));

	if (b->kind != AMTS_BLOCK_CODE || !opening)
		return 0;
	return first == s.n || fence(last_line(s)) < opening;
}

static int has_unclosed(const struct amts_doc *doc)
{
	return doc->n && is_unclosed(doc, &doc->v[doc->n - 1]);
}

static void check_fences(struct check *c)
{
	if (has_unclosed(c->tgt) && !has_unclosed(c->src))
		check_add(c, AMTS_CHECK_FENCE, c->tgt->v[c->tgt->n - 1].line, 0,
			"this code block is never closed");
}

/* ---- pairs of blocks ---- */

/* Bytes of s at i that a formula's meaning does not hang on, 0 for none. */
static size_t skipped(struct amts_str s, size_t i)
{
	static const char *const some[] = { "\\,", "\\;", "\\:", "\\!", "\\quad", "\\ ",
		",", ".", ";", "，", "。", "；", "、", "(**", "**)", "[**", "**]",
		"\\\\" };
	size_t k;

	if (amts_is_space(s.p[i]))
		return 1;
	for (k = 0; k < sizeof(some) / sizeof(some[0]); k++)
		if (amts_str_starts(amts_str_sub(s, i, s.n), amts_str_z(some[k])))
			return strlen(some[k]);
	return 0;
}

/* Length of \text{…} and its like at s[i]. */
static size_t words(struct amts_str s, size_t i)
{
	static const char *const commands[] = { "\\text{", "\\textrm{", "\\textbf{",
		"\\mathrm{", "\\mbox{", "\\operatorname{" };
	size_t k, end, depth = 1;

	for (k = 0; k < sizeof(commands) / sizeof(commands[0]); k++) {
		end = i + strlen(commands[k]);
		if (!amts_str_starts(amts_str_sub(s, i, s.n), amts_str_z(commands[k])))
			continue;
		for (; end < s.n && depth; end++)
			depth += (s.p[end] == '{') - (s.p[end] == '}');
		return end - i;
	}
	return 0;
}

/* The "th" of $i^\mathrm{th}$ is a word, and so is its power. */
static size_t without_power(const char *out, size_t n)
{
	if (n >= 3 && !memcmp(out + n - 3, "^{}", 3))
		return n - 3;
	return n;
}

struct amts_str check_bare_math(struct amts_arena *arena, struct amts_str s)
{
	char *out = AMTS_NEW(arena, char, s.n + 1);
	size_t i = 0, n = 0;

	while (i < s.n) {
		size_t len = words(s, i), skip = len ? len : skipped(s, i);

		if (len && n && out[n - 1] == '^')
			n--;
		if (skip)
			i += skip;
		else
			out[n++] = s.p[i++];
		n = without_power(out, n);
	}
	return (struct amts_str){ out, n };
}

static void check_pair(struct check *c, size_t i, size_t k)
{
	const struct amts_block *s = &c->src->v[i], *t = &c->tgt->v[k];

	if (s->kind == AMTS_BLOCK_HEADING && t->kind == AMTS_BLOCK_HEADING &&
		s->level != t->level)
		check_add(c, AMTS_CHECK_HEADING, t->line, s->line,
			"heading of level %u, in the source of level %u", t->level,
			s->level);
	if (s->kind == AMTS_BLOCK_MATH && t->kind == AMTS_BLOCK_MATH &&
		!amts_str_eq(check_bare_math(c->arena, amts_doc_bytes(c->src, s->all)),
			check_bare_math(c->arena, amts_doc_bytes(c->tgt, t->all))))
		check_add(c, AMTS_CHECK_MATH, t->line, s->line,
			"the formula differs from the source's");
}

static void check_pairs(struct check *c)
{
	const struct amts_alignment *a = c->page->blocks;
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->v[i].score >= CHECK_SURE &&
			a->v[i].src_end == a->v[i].src_beg + 1 &&
			a->v[i].tgt_end == a->v[i].tgt_beg + 1)
			check_pair(c, a->v[i].src_beg, a->v[i].tgt_beg);
}

/* ---- blocks by themselves ---- */

static void check_leftovers(struct check *c)
{
	struct amts_str all = c->tgt->bytes, token = AMTS_STR("<x id=\"");
	size_t at;

	for (at = amts_str_find(all, token, 0); at < all.n;
		at = amts_str_find(all, token, at + 1))
		check_add(c, AMTS_CHECK_LEFTOVER, check_line(c->tgt, at), 0,
			"a placeholder token was left behind");
}

static int is_pending(const struct amts_check_page *page, uint64_t print)
{
	size_t i;

	for (i = 0; i < page->npending; i++)
		if (page->pending[i] == print)
			return 1;
	return 0;
}

static void check_pending(struct check *c)
{
	size_t k;

	for (k = 0; c->page->npending && k < c->tgt->n; k++)
		if (is_pending(c->page, c->tgt->v[k].print))
			check_add(c, AMTS_CHECK_PENDING, c->tgt->v[k].line, 0,
				"left to people: the source changed here");
}

void check_blocks(struct check *c)
{
	check_markers(c);
	check_fences(c);
	check_pairs(c);
	check_leftovers(c);
	check_pending(c);
}
