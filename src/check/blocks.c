/* Faults of whole blocks. */
#include "amts/text.h"
#include "check/check.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/map.h"

#include <stdlib.h>
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

struct conflict {
	size_t at;	   /* offset of its first marker */
	size_t first, end; /* lines of its first marker and its last */
};

/* Heap: "<<<<<<<", then "=======", then ">>>>>>>". */
static size_t find_conflicts(struct conflict **out, struct amts_str all)
{
	struct conflict *v = NULL, x = { 0 };
	size_t beg, end, no = 1, middle = 0, n = 0, cap = 0;

	for (beg = 0; beg < all.n; beg = end + 1, no++) {
		struct amts_str line;

		end = amts_str_find(all, AMTS_STR("\n"), beg);
		line = amts_str_sub(all, beg, end);
		if (is_marker(line, '<')) {
			x = (struct conflict){ beg, no, 0 };
			middle = 0;
		} else if (x.first && is_marker(line, '=')) {
			middle = no;
		} else if (middle && is_marker(line, '>')) {
			x.end = no;
			AMTS_VEC_PUSH(v, n, cap, x);
			x.first = middle = 0;
		}
	}
	*out = v;
	return n;
}

static int is_code(const struct amts_doc *doc, size_t at)
{
	size_t lo = 0, hi = doc->n;

	while (lo + 1 < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->v[mid].all.beg <= at)
			lo = mid;
		else
			hi = mid;
	}
	return doc->n && doc->v[lo].kind == AMTS_BLOCK_CODE && doc->v[lo].all.beg <= at;
}

/* Pages about git show conflicts, in code mostly: as many as the source shows are no
 * fault. */
static void check_markers(struct check *c)
{
	struct conflict *v;
	size_t shown = find_conflicts(&v, c->src->bytes), n, i, code;

	free(v);
	n = find_conflicts(&v, c->tgt->bytes);
	for (code = 2; code-- && n > 0;)
		for (i = 0; i < n; i++)
			if (is_code(c->tgt, v[i].at) != (int)code)
				continue;
			else if (shown)
				shown--;
			else
				check_add(c, AMTS_CHECK_CONFLICT, v[i].first, 0,
					"a conflict was committed, from here to line %zu",
					v[i].end);
	free(v);
}

/* ---- fences ---- */

static struct amts_str last_line(struct amts_str s)
{
	size_t beg = s.n;

	while (beg && s.p[beg - 1] != '\n')
		beg--;
	return amts_str_sub(s, beg, s.n);
}

struct fence {
	char c;
	size_t n;	      /* 0 for none */
	struct amts_str rest; /* of its line */
};

static struct fence fence(struct amts_str line)
{
	struct fence f = { 0 };
	size_t i = 0;

	while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '>'))
		i++;
	if (i == line.n || (line.p[i] != '`' && line.p[i] != '~'))
		return f;
	f.c = line.p[i];
	while (i + f.n < line.n && line.p[i + f.n] == f.c)
		f.n++;
	f.rest = amts_str_trim(amts_str_sub(line, i + f.n, line.n));
	if (f.n < 3)
		f.n = 0;
	return f;
}

static int is_unclosed(const struct amts_doc *doc, const struct amts_block *b)
{
	struct amts_str s = amts_str_trim(amts_doc_bytes(doc, b->all));
	size_t first = amts_str_find(s, AMTS_STR("\n"), 0);
	struct fence opening = fence(amts_str_sub(s, 0, first)), last;

	if (b->kind != AMTS_BLOCK_CODE || !opening.n)
		return 0;
	last = fence(last_line(s));
	return first == s.n || last.c != opening.c || last.n < opening.n || last.rest.n;
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
		",", ".", ";", "?", "？", "，", "。", "；", "、", "(**", "**)", "[**",
		"**]", "\\\\" };
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
	static const char *const commands[] = { "\\text", "\\textrm", "\\textbf",
		"\\mathrm", "\\mbox", "\\operatorname" };
	size_t k, end, depth = 1;

	for (k = 0; k < sizeof(commands) / sizeof(commands[0]); k++) {
		end = i + strlen(commands[k]);
		if (!amts_str_starts(amts_str_sub(s, i, s.n), amts_str_z(commands[k])))
			continue;
		while (end < s.n && s.p[end] == ' ')
			end++;
		if (end == s.n || s.p[end++] != '{')
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

#define TOKEN AMTS_STR("<x id=\"")

static uint64_t token_id(struct amts_str s, size_t at)
{
	size_t beg = at + TOKEN.n;

	return amts_str_hash(amts_str_sub(s, beg, amts_str_find(s, AMTS_STR("\""), beg)),
		AMTS_HASH_SEED);
}

/* The same tokens in the source, as often, are what the page is about. */
static void check_leftovers(struct check *c)
{
	struct amts_str src = c->src->bytes, tgt = c->tgt->bytes;
	struct amts_map ids = { 0 };
	size_t *shown = NULL, at, id, n = 0, cap = 0;

	for (at = amts_str_find(src, TOKEN, 0); at < src.n;
		at = amts_str_find(src, TOKEN, at + 1)) {
		id = amts_map_add(&ids, token_id(src, at), n);
		if (id == n)
			AMTS_VEC_PUSH(shown, n, cap, 0);
		shown[id]++;
	}
	for (at = amts_str_find(tgt, TOKEN, 0); at < tgt.n;
		at = amts_str_find(tgt, TOKEN, at + 1)) {
		id = amts_map_get(&ids, token_id(tgt, at));
		if (id != AMTS_MAP_NONE && shown[id])
			shown[id]--;
		else
			check_add(c, AMTS_CHECK_LEFTOVER, check_line(&c->tgt_lines, at),
				0, "a placeholder token was left behind");
	}
	amts_map_release(&ids);
	free(shown);
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

/* Such a page is not looked at further than its blocks of text. */
static void check_bytes(struct check *c)
{
	struct amts_str s = c->tgt->bytes;
	size_t at = amts_utf8_fault(s);

	if (amts_str_is_binary(s))
		check_add(c, AMTS_CHECK_ENCODING, 1, 0,
			"the page is binary, not text: it has NUL bytes");
	else if (at < s.n)
		check_add(c, AMTS_CHECK_ENCODING, check_line(&c->tgt_lines, at), 0,
			"the page is not UTF-8 (\"iconv -t UTF-8\" converts it)");
	if (!c->tgt->n && c->src->n)
		check_add(c, AMTS_CHECK_EMPTY, 1, 0, "the translation is empty");
}

void check_blocks(struct check *c)
{
	check_bytes(c);
	check_markers(c);
	check_fences(c);
	check_pairs(c);
	check_leftovers(c);
	check_pending(c);
}
