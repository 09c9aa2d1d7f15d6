#include "check/check.h"
#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_MAX 200 /* bytes */

struct rule {
	const char *name, *about;
	int is_error;
};

static const struct rule rules[AMTS_CHECK_RULES] = {
	[AMTS_CHECK_EMPTY] = { "empty", "the translation is empty", 1 },
	[AMTS_CHECK_ENCODING] = { "encoding", "the page is not text in UTF-8", 1 },
	[AMTS_CHECK_CONFLICT] = { "conflict", "conflict markers were committed", 1 },
	[AMTS_CHECK_FENCE] = { "fence", "a code block is never closed", 1 },
	[AMTS_CHECK_LEFTOVER] = { "leftover", "a placeholder token was left behind", 1 },
	[AMTS_CHECK_LINK] = { "link", "a link leads to no file", 1 },
	[AMTS_CHECK_ANCHOR] = { "anchor", "a link leads to no anchor of its page", 1 },
	[AMTS_CHECK_LABEL] = { "label", "a cross-reference has no label", 1 },
	[AMTS_CHECK_PLACEHOLDER] = { "placeholder",
		"code, math or a link of the source is missing", 0 },
	[AMTS_CHECK_NUMBER] = { "number", "a number of the source is missing", 0 },
	[AMTS_CHECK_MATH] = { "math", "a formula differs from the source", 0 },
	[AMTS_CHECK_HEADING] = { "heading", "a heading has another level", 0 },
	[AMTS_CHECK_UNTRANSLATED] = { "untranslated",
		"a sentence is in the source language", 0 },
	[AMTS_CHECK_PENDING] = { "pending", "a block is left to people", 0 },
	[AMTS_CHECK_GLOSSARY] = { "glossary",
		"a term is not translated as the glossary has it", 0 },
};

const char *amts_check_rule_name(enum amts_check_rule rule)
{
	return rules[rule].name;
}

const char *amts_check_rule_about(enum amts_check_rule rule)
{
	return rules[rule].about;
}

int amts_check_is_error(enum amts_check_rule rule)
{
	return rules[rule].is_error;
}

/* The n bytes of s without a last character that is not all there. */
static size_t cut(const char *s, size_t n)
{
	size_t i = n, len;
	unsigned char lead;

	while (i && n - i < 3 && ((unsigned char)s[i - 1] & 0xc0) == 0x80)
		i--;
	if (!i)
		return n;
	lead = (unsigned char)s[i - 1];
	len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	return n - i + 1 < len ? i - 1 : n;
}

void check_add(struct check *c, enum amts_check_rule rule, size_t line, size_t src_line,
	const char *fmt, ...)
{
	struct amts_fault f = { .rule = rule, .line = line, .src_line = src_line };
	char text[MESSAGE_MAX + 1];
	va_list ap;
	size_t i;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	f.message.n = (size_t)n < sizeof(text) ? (size_t)n : cut(text, MESSAGE_MAX);
	for (i = 0; i < f.message.n; i++)
		if ((unsigned char)text[i] < ' ')
			text[i] = ' ';
	f.message.p = text;
	f.message = amts_arena_str(c->arena, f.message);
	AMTS_VEC_PUSH(c->v, c->n, c->cap, f);
}

static struct lines find_lines(struct amts_arena *arena, struct amts_str s)
{
	size_t *beg, i, n = 1;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	beg = AMTS_NEW(arena, size_t, n);
	for (beg[0] = i = 0, n = 1; i < s.n; i++)
		if (s.p[i] == '\n')
			beg[n++] = i + 1;
	return (struct lines){ beg, n };
}

size_t check_line(const struct lines *lines, size_t at)
{
	size_t lo = 0, hi = lines->n;

	while (lo + 1 < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (lines->beg[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo + 1;
}

static int by_line(const void *x, const void *y)
{
	const struct amts_fault *a = x, *b = y;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return amts_str_cmp(a->message, b->message);
}

/* The same fault twice on a line is one. */
static size_t drop_repeated(struct amts_fault *v, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (!k || by_line(&v[k - 1], &v[i]))
			v[k++] = v[i];
	return k;
}

/* What is beyond the first faults of a rule is a number in the last of them. */
static size_t drop_more(struct amts_arena *arena, struct amts_fault *v, size_t n)
{
	struct amts_fault *last;
	size_t i, k = 0, of[AMTS_CHECK_RULES] = { 0 };

	for (i = 0; i < n; i++)
		if (++of[v[i].rule] <= AMTS_CHECK_MOST)
			v[k++] = v[i];
	for (i = k; i > 0; i--) {
		last = &v[i - 1];
		if (of[last->rule] > AMTS_CHECK_MOST)
			last->message =
				amts_arena_fmt(arena, AMTS_STR_FMT " (and %zu more)",
					AMTS_STR_ARG(last->message),
					of[last->rule] - AMTS_CHECK_MOST);
		of[last->rule] = 0;
	}
	return k;
}

void amts_check_translation(struct amts_faults *out, struct amts_arena *arena,
	const struct amts_check_page *page)
{
	struct check c = {
		.arena = arena, .page = page, .src = page->src->doc, .tgt = page->tgt->doc
	};

	c.src_lines = find_lines(arena, c.src->bytes);
	c.tgt_lines = find_lines(arena, c.tgt->bytes);
	check_blocks(&c);
	check_sentences(&c);
	if (page->src_site && page->tgt_site)
		check_links(&c);
	if (c.n)
		qsort(c.v, c.n, sizeof(*c.v), by_line);
	out->n = drop_more(arena, c.v, drop_repeated(c.v, c.n));
	out->v = AMTS_NEW(arena, struct amts_fault, out->n + 1);
	if (out->n)
		memcpy(out->v, c.v, out->n * sizeof(*c.v));
	free(c.v);
}
