#include "infer/traits.h"

#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>

/* Of one trait this many occurrences are told apart; more say little and cost much. */
#define MAX_REPEATS 8

struct sink {
	uint64_t *v;
	size_t n, cap;
	struct amts_map counts; /* trait: index into seen */
	unsigned char *seen;
	size_t nseen, cap_seen;
	struct amts_buf text; /* scratch */
};

static uint64_t of_kind(uint64_t hash, enum amts_trait_kind kind)
{
	return (hash & ~(uint64_t)15) | (uint64_t)kind;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	return (a ^ b) * 0x9e3779b97f4a7c15ULL;
}

static void add(struct sink *s, uint64_t hash, enum amts_trait_kind kind)
{
	uint64_t trait = of_kind(hash, kind);
	size_t i = amts_map_add(&s->counts, trait, s->nseen);

	if (i == s->nseen)
		AMTS_VEC_PUSH(s->seen, s->nseen, s->cap_seen, 0);
	if (s->seen[i] == MAX_REPEATS)
		return;
	if (s->seen[i])
		trait = of_kind(mix(trait, s->seen[i]), kind);
	s->seen[i]++;
	AMTS_VEC_PUSH(s->v, s->n, s->cap, trait);
}

/* The ASCII character that a full-width form at p stands for (U+FF01 to U+FF5E), or 0. */
static char half_width(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (n < 3 || u[0] != 0xef || (u[1] != 0xbc && u[1] != 0xbd))
		return 0;
	if (u[1] == 0xbc && u[2] >= 0x81 && u[2] <= 0xbf)
		return (char)(u[2] - 0x81 + 0x21);
	if (u[1] == 0xbd && u[2] >= 0x80 && u[2] <= 0x9e)
		return (char)(u[2] - 0x80 + 0x60);
	return 0;
}

/* Without white space, full-width forms as ASCII: how people type formulas differs. */
static struct amts_str squeeze(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	amts_buf_reset(out);
	for (i = 0; i < s.n; i++) {
		char half = half_width(s.p + i, s.n - i);

		if (half) {
			amts_buf_addc(out, half);
			i += 2;
		} else if (s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\r' &&
			   s.p[i] != '\n') {
			amts_buf_addc(out, s.p[i]);
		}
	}
	return amts_buf_str(out);
}

static void add_text(struct sink *s, struct amts_str text, enum amts_trait_kind kind)
{
	text = squeeze(&s->text, text);
	if (text.n)
		add(s, amts_str_hash(text, AMTS_HASH_SEED), kind);
}

/* Comments are translated; markers such as "#@tab" are not comments. */
static struct amts_str without_comment(struct amts_str line)
{
	size_t hash = amts_str_find(line, AMTS_STR("# "), 0);
	size_t slashes = amts_str_find(line, AMTS_STR("// "), 0);

	return amts_str_sub(line, 0, hash < slashes ? hash : slashes);
}

static void add_lines(struct sink *s, struct amts_str text, enum amts_trait_kind kind)
{
	size_t beg, end;

	for (beg = 0; beg < text.n; beg = end + 1) {
		struct amts_str line;

		end = amts_str_find(text, AMTS_STR("\n"), beg);
		line = amts_str_sub(text, beg, end);
		if (kind == AMTS_TRAIT_CODE)
			line = without_comment(line);
		add_text(s, line, kind);
	}
}

static int is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Numbers, and words with a capital, in prose between inlines. */
static void add_words(struct sink *s, struct amts_str text)
{
	size_t beg, end;

	for (beg = 0; beg < text.n; beg = end + 1) {
		struct amts_str word;
		int digits = 0, capitals = 0;

		for (end = beg; end < text.n && is_word(text.p[end]); end++) {
			digits += text.p[end] <= '9';
			capitals += text.p[end] >= 'A' && text.p[end] <= 'Z';
		}
		word = amts_str_sub(text, beg, end);
		if (digits && (size_t)digits == word.n)
			add_text(s, word, AMTS_TRAIT_NUMBER);
		else if (word.n > 1 && (digits || capitals))
			add_text(s, word, AMTS_TRAIT_NAME);
	}
}

static enum amts_trait_kind kind_of_inline(enum amts_inline_kind kind)
{
	switch (kind) {
	case AMTS_INLINE_CODE:
		return AMTS_TRAIT_VERB;
	case AMTS_INLINE_MATH:
		return AMTS_TRAIT_MATH;
	case AMTS_INLINE_LINK:
	case AMTS_INLINE_IMAGE:
	case AMTS_INLINE_URL:
		return AMTS_TRAIT_LINK;
	default:
		return AMTS_TRAIT_MARK;
	}
}

static enum amts_trait_kind kind_of_block(enum amts_block_kind kind)
{
	switch (kind) {
	case AMTS_BLOCK_CODE:
		return AMTS_TRAIT_CODE;
	case AMTS_BLOCK_MATH:
		return AMTS_TRAIT_MATH;
	case AMTS_BLOCK_LINK_DEF:
		return AMTS_TRAIT_LINK;
	case AMTS_BLOCK_LABEL:
		return AMTS_TRAIT_MARK;
	default:
		return AMTS_TRAIT_FRAME;
	}
}

static void add_prose(struct sink *s, const struct amts_doc *doc,
	const struct amts_block *b, struct amts_arena *scratch)
{
	struct amts_inline *in;
	size_t n, i, at = b->text.beg;

	amts_doc_inlines(&in, &n, scratch, doc, b, b->text);
	for (i = 0; i < n; i++) {
		struct amts_span words = { at, in[i].at.beg };

		add_words(s, amts_doc_bytes(doc, words));
		add_text(s, amts_doc_bytes(doc, in[i].at), kind_of_inline(in[i].kind));
		at = in[i].at.end;
	}
	add_words(s, amts_doc_bytes(doc, (struct amts_span){ at, b->text.end }));
}

/* Blocks are counted under their heading, so that one more section changes one section.
 */
static void add_shape(struct sink *s, const struct amts_block *b, uint64_t *heading)
{
	uint64_t key = mix((uint64_t)b->kind + 1, 64 + b->level);

	if (b->kind == AMTS_BLOCK_HEADING)
		++*heading;
	add(s, mix(key, *heading),
		b->opaque && kind_of_block(b->kind) <= AMTS_TRAIT_FRAME
			? AMTS_TRAIT_FRAME
			: AMTS_TRAIT_SHAPE);
}

uint64_t amts_trait_of_words(const struct amts_block *b)
{
	return b->opaque || b->text.beg == b->text.end
		       ? 0
		       : of_kind(b->print, AMTS_TRAIT_WORDS);
}

static int ascending(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static void store(struct amts_traits *out, struct amts_arena *arena, struct sink *s)
{
	size_t i;

	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), ascending);
	out->v = AMTS_NEW(arena, uint64_t, s->n);
	out->n = 0;
	for (i = 0; i < s->n; i++)
		if (!i || s->v[i] != s->v[i - 1])
			out->v[out->n++] = s->v[i];
}

void amts_traits_of(
	struct amts_traits *out, struct amts_arena *arena, const struct amts_doc *doc)
{
	struct amts_arena *scratch = amts_arena_new();
	struct sink s = { .text = AMTS_BUF_INIT };
	uint64_t heading = 0;
	size_t i;

	for (i = 0; i < doc->n; i++) {
		const struct amts_block *b = &doc->v[i];

		add_shape(&s, b, &heading);
		if (b->opaque)
			add_lines(
				&s, amts_doc_bytes(doc, b->all), kind_of_block(b->kind));
		else
			add_prose(&s, doc, b, scratch);
		if (amts_trait_of_words(b))
			add(&s, b->print, AMTS_TRAIT_WORDS);
	}
	store(out, arena, &s);
	free(s.v);
	free(s.seen);
	amts_map_release(&s.counts);
	amts_buf_release(&s.text);
	amts_arena_free(scratch);
}
