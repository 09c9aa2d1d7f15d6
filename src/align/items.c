#include "align/items.h"

#include "align/params.h"
#include "base/alloc.h"

#include <stdlib.h>

/* Inline contents longer than this are compared by their words too. */
#define INLINE_WHOLE 12

/* Bytes of a protected inline, white space left out and full-width forms made ASCII, as
 * translators of formulas write them. */
static void normalise(struct amts_buf *out, struct amts_str s)
{
	amts_buf_reset(out);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == 0xef && i + 2 < s.n) { /* U+FF01 to U+FF5E */
			unsigned wide = ((unsigned)(unsigned char)s.p[i + 1] & 0x3f)
						<< 6 |
					((unsigned)(unsigned char)s.p[i + 2] & 0x3f);

			if (wide >= 0xf01 && wide <= 0xf5e) {
				amts_buf_addc(out, (char)(wide - 0xf01 + '!'));
				i += 2;
				continue;
			}
		}
		if (c > ' ')
			amts_buf_addc(out, (char)c);
	}
}

static void add_token(struct align_side *side, const struct amts_token *tok)
{
	struct align_token t = { tok->hash, tok->anchor, tok->cognate, 0, 0,
		(uint16_t)tok->chars, 0 };

	AMTS_VEC_PUSH(side->tok, side->ntok, side->tok_cap, t);
}

static void add_anchor(struct align_side *side, uint64_t hash)
{
	add_token(side, &(struct amts_token){ .anchor = hash, .cognate = hash });
}

/* Protected inlines are the same on both sides. */
static void add_inlines(struct align_side *side, struct amts_arena *arena,
	const struct amts_doc *doc, const struct amts_segment *seg)
{
	struct amts_buf buf = AMTS_BUF_INIT;

	for (size_t k = 0; k < seg->ninl; k++) {
		struct amts_span at = seg->inl[k].at;
		struct amts_str s;
		uint64_t hash;

		if (seg->inl[k].kind == AMTS_INLINE_BREAK ||
			seg->inl[k].kind == AMTS_INLINE_HTML)
			continue;
		normalise(&buf, amts_str_sub(doc->bytes, at.beg, at.end));
		s = amts_buf_str(&buf);
		hash = amts_str_hash(s, AMTS_HASH_SEED);
		for (int n = 0; n < INLINE_WEIGHT; n++)
			add_anchor(side, hash);
		if (s.n > INLINE_WHOLE) {
			struct align_words w = align_words_of(arena, s);

			for (size_t i = 0; i < w.n; i++)
				add_anchor(side, w.v[i]);
		}
	}
	amts_buf_release(&buf);
}

/* Characters of text: placeholders, white space and ASCII markup left out. */
static float text_length(struct amts_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '<' && i + 1 < s.n && s.p[i + 1] == 'x') {
			size_t end = amts_str_find(s, AMTS_STR("/>"), i);

			if (end < s.n) {
				i = end + 1;
				continue;
			}
		}
		n += c > ' ' && (c & 0xc0) != 0x80 && c != '*' && c != '_' && c != '`';
	}
	return (float)n;
}

static int add_sentence(struct align_side *side, const struct amts_segments *segs,
	size_t k, const char *lang, struct amts_error *err)
{
	const struct amts_segment *seg = &segs->v[k];
	struct align_item *item = &side->v[side->n];
	struct amts_arena *scratch = amts_arena_new();
	struct amts_token *tok;
	size_t n;
	int rc = amts_tokens(&tok, &n, scratch, seg->text, lang, err);

	item->segment = (uint32_t)k;
	item->tok = (uint32_t)side->ntok;
	for (size_t i = 0; !rc && i < n; i++) {
		add_token(side, &tok[i]);
		side->latin |= tok[i].kind == AMTS_TOKEN_WORD && tok[i].anchor;
	}
	add_inlines(side, scratch, segs->doc, seg);
	item->ntok = (uint32_t)side->ntok - item->tok;
	item->length = text_length(seg->text);
	amts_arena_free(scratch);
	return rc;
}

/* The framework tabs that a ":begin_tab:`mxnet, pytorch`" opens, one bit a name (64 names
 * share the bits). */
static uint64_t tab_bits(struct amts_str s)
{
	uint64_t bits = 0, h = AMTS_HASH_SEED;
	size_t from = amts_str_find(s, AMTS_STR("`"), 0) + 1, word = 0;

	for (size_t i = from; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c != '`' && c != ',' && c != ' ') {
			h = amts_hash_byte(h, c);
			word++;
			continue;
		}
		if (word)
			bits |= 1ULL << (h >> 58);
		h = AMTS_HASH_SEED;
		word = 0;
		if (c == '`')
			break;
	}
	return bits;
}

static uint64_t tabs_after(
	const struct amts_doc *doc, const struct amts_block *b, uint64_t tabs)
{
	struct amts_str s;

	if (b->kind != AMTS_BLOCK_DIRECTIVE)
		return tabs;
	s = amts_str_trim(amts_str_sub(doc->bytes, b->all.beg, b->all.end));
	if (amts_str_starts(s, AMTS_STR(":begin_tab:")))
		return tab_bits(s);
	return amts_str_starts(s, AMTS_STR(":end_tab:")) ? 0 : tabs;
}

/* Is the border between block b and the next a border of paragraphs? */
static int border_after(const struct amts_doc *doc, size_t b)
{
	return !doc->plain || b + 1 == doc->n || doc->v[b].level != doc->v[b + 1].level;
}

static int add_block(struct align_side *side, struct amts_arena *arena,
	const struct amts_segments *segs, size_t b, uint64_t tabs, const char *lang,
	struct amts_error *err)
{
	const struct amts_block *block = &segs->doc->v[b];
	size_t k = segs->first[b];

	do {
		struct align_item *item = &side->v[side->n];

		item->block = (uint32_t)b;
		item->kind = (unsigned char)block->kind;
		item->level = segs->doc->plain ? 0 : (unsigned char)block->level;
		item->tabs = tabs;
		item->segment = NO_SEGMENT;
		if (k < segs->first[b + 1]) {
			int rc = add_sentence(side, segs, k, lang, err);

			if (rc)
				return rc;
		} else {
			item->words = align_words_of(
				arena, amts_str_sub(segs->doc->bytes, block->all.beg,
					       block->all.end));
		}
		side->n++;
	} while (++k < segs->first[b + 1]);
	side->v[side->n - 1].ends = (unsigned char)border_after(segs->doc, b);
	return 0;
}

int align_side_init(struct align_side *side, struct amts_arena *arena,
	const struct amts_segments *segs, const char *lang, struct amts_error *err)
{
	uint64_t tabs = 0;
	size_t inside = 0;

	*side = (struct align_side){ 0 };
	side->v = AMTS_NEW(arena, struct align_item, segs->n + segs->doc->n);
	for (size_t b = 0; b < segs->doc->n; b++) {
		int rc;

		tabs = tabs_after(segs->doc, &segs->doc->v[b], tabs);
		rc = add_block(side, arena, segs, b, tabs, lang, err);
		if (rc)
			return rc;
	}
	for (size_t i = 0; i + 1 < side->n; i++)
		inside += !side->v[i].ends;
	side->borders = inside > 0 && inside + 1 < side->n;
	return 0;
}

void align_side_release(struct align_side *side)
{
	free(side->tok);
	*side = (struct align_side){ 0 };
}

void align_side_number(struct align_side *side, struct align_vocab *words, int known,
	struct align_vocab *same, int cognates)
{
	for (size_t k = 0; k < side->ntok; k++) {
		struct align_token *t = &side->tok[k];
		uint64_t hash = cognates ? t->cognate_hash : t->same_hash;

		t->word = 0;
		if (t->word_hash)
			t->word = known ? align_vocab_get(words, t->word_hash)
					: align_vocab_add(words, t->word_hash);
		t->same = hash ? align_vocab_add(same, hash) : 0;
	}
}

static void mark(const struct align_side *side, unsigned char *seen, unsigned char bit)
{
	for (size_t k = 0; k < side->ntok; k++)
		seen[side->tok[k].same] |= bit;
}

static void find_shared(struct align_side *side, const unsigned char *seen)
{
	for (size_t k = 0; k < side->ntok; k++)
		side->tok[k].shared = side->tok[k].same && seen[side->tok[k].same] == 3;
}

static void drop_unshared(struct align_side *side, unsigned char *seen)
{
	for (size_t i = 0; i < side->n; i++) {
		struct align_item *item = &side->v[i];

		for (uint32_t k = item->tok; k < item->tok + item->ntok; k++) {
			struct align_token *t = &side->tok[k];

			seen[t->same] = 0;
			if (!t->shared)
				t->same = 0;
			else if (t->word)
				item->same_length += (float)t->chars;
		}
		item->length -= item->same_length;
		if (item->length < 0)
			item->length = 0;
	}
}

/* Flat text: there is nothing to learn from the end of the only paragraph, or from every
 * sentence being one. */
static void forget_borders(struct align_side *side)
{
	for (size_t i = 0; i < side->n; i++)
		side->v[i].ends = 0;
}

static int is_running_text(const struct align_item *item)
{
	return item->kind == AMTS_BLOCK_PARAGRAPH || item->kind == AMTS_BLOCK_LIST_ITEM;
}

/* Only text of one kind stands together in a bead, but a paragraph may have become a
 * list. */
static int may_join(const struct align_item *a, const struct align_item *b)
{
	return a->segment != NO_SEGMENT && b->segment != NO_SEGMENT &&
	       a->kind != AMTS_BLOCK_HEADING && b->kind != AMTS_BLOCK_HEADING &&
	       (a->kind == b->kind || (is_running_text(a) && is_running_text(b)));
}

/* What beads that begin with v[0] hold; n: items up to the end. */
static void sum_up(struct align_item *v, size_t n)
{
	v->joins = 1;
	v->lengths[0] = v->length;
	v->same_lengths[0] = v->same_length;
	v->inside[0] = 0;
	for (size_t k = 1; k < n && k < BEAD_MAX && may_join(v, &v[k]); k++) {
		v->joins++;
		v->lengths[k] = v->lengths[k - 1] + v[k].length;
		v->same_lengths[k] = v->same_lengths[k - 1] + v[k].same_length;
		v->inside[k] = v->inside[k - 1] +
			       (v[k - 1].ends ? (float)BORDER_INSIDE : 0) +
			       (v[k - 1].tabs != v[k].tabs ? (float)TABS_INSIDE : 0);
	}
}

void align_sides_match(
	struct align_side *src, struct align_side *tgt, unsigned char *seen)
{
	mark(src, seen, 1);
	mark(tgt, seen, 2);
	if (!src->borders || !tgt->borders) {
		forget_borders(src);
		forget_borders(tgt);
	}
	find_shared(src, seen);
	find_shared(tgt, seen);
	drop_unshared(src, seen);
	drop_unshared(tgt, seen);
	for (size_t i = 0; i < src->n; i++)
		sum_up(&src->v[i], src->n - i);
	for (size_t j = 0; j < tgt->n; j++)
		sum_up(&tgt->v[j], tgt->n - j);
}
