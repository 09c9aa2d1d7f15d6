/* A sentence as a row of tokens, and what differs between two rows of one language. */
#include "plan/row.h"
#include "base/alloc.h"
#include "text/english.h"

#include <stdlib.h>
#include <string.h>

struct amts_str row_token(const struct row *r, size_t i)
{
	return amts_str_sub(r->doc->bytes, r->v[i].at.beg, r->v[i].at.end);
}

static int is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static int is_alpha(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static int is_wide(const char *p) /* CJK and other three-byte letters stand alone */
{
	return (unsigned char)p[0] >= 0xe2;
}

/* Math and code compare without spacing and with full-width punctuation as ASCII: that is
 * how translations adapt them. */
static uint64_t inline_hash(struct amts_str s)
{
	static const struct {
		const char *wide, *narrow;
	} map[] = { { "，", "," }, { "。", "." }, { "：", ":" }, { "；", ";" },
		{ "（", "(" }, { "）", ")" }, { "“", "\"" }, { "”", "\"" } };
	uint64_t h = AMTS_HASH_SEED;
	size_t i, k;

	for (i = 0; i < s.n;) {
		struct amts_str c = amts_str_sub(s, i, i + 1);
		size_t step = 1;

		for (k = 0;
			(unsigned char)s.p[i] >= 0x80 && k < sizeof(map) / sizeof(map[0]);
			k++)
			if (amts_str_starts(
				    amts_str_sub(s, i, s.n), amts_str_z(map[k].wide))) {
				c = amts_str_z(map[k].narrow);
				step = strlen(map[k].wide);
			}
		if (c.p[0] != ' ' && c.p[0] != '\n' && c.p[0] != '\r' && c.p[0] != '\t')
			h = amts_str_hash(c, h);
		i += step;
	}
	return h;
}

static size_t utf8_end(struct amts_str s, size_t i)
{
	size_t j = i + 1;

	while (j < s.n && ((unsigned char)s.p[j] & 0xc0) == 0x80)
		j++;
	return j;
}

static size_t word_end(struct amts_str s, size_t i, size_t end, enum token_kind *kind)
{
	size_t j = i;
	size_t n = text_english_contraction(amts_str_sub(s, i, end));
	int digits = 0, letters = 0;

	if (n) {
		*kind = T_WORD;
		return i + n;
	}
	while (j < end) {
		unsigned char c = (unsigned char)s.p[j];

		if (is_digit(c))
			digits = 1;
		else if (is_alpha(c) && !is_wide(s.p + j))
			letters = 1;
		else if ((c == '.' || c == ',' || c == '_' || c == '-') && j > i &&
			 j + 1 < end &&
			 (is_digit((unsigned char)s.p[j + 1]) ||
				 (c != ',' && is_alpha((unsigned char)s.p[j + 1]) &&
					 !is_wide(s.p + j + 1))))
			;
		else
			break;
		j++;
	}
	*kind = letters ? T_WORD : digits ? T_NUMBER : T_PUNCT;
	return j;
}

/* A row grows on the heap: a token takes far more room than its bytes. */
struct maker {
	struct token *v;
	size_t n, cap;
};

static void row_add(struct maker *m, struct token t)
{
	AMTS_VEC_PUSH(m->v, m->n, m->cap, t);
}

static void row_take(struct row *r, struct amts_arena *arena, struct maker *m)
{
	size_t i;

	r->n = m->n;
	r->v = AMTS_NEW(arena, struct token, m->n + 1);
	r->hash = AMTS_NEW(arena, uint64_t, m->n + 1);
	for (i = 0; i < m->n; i++) {
		r->v[i] = m->v[i];
		r->hash[i] = m->v[i].hash;
	}
	free(m->v);
}

/* A link's opening bracket says nothing by itself: it goes with its close. */
static void row_inline(struct maker *m, struct amts_str bytes,
	const struct amts_inline *inl, size_t *open, size_t *nopen)
{
	struct amts_str s = amts_str_sub(bytes, inl->at.beg, inl->at.end);
	struct token t = { T_INLINE, inl->kind, inl->at, inline_hash(s), NONE };

	if (inl->kind == AMTS_INLINE_LINK || inl->kind == AMTS_INLINE_IMAGE) {
		if (s.n && s.p[0] != ']') {
			open[(*nopen)++] = m->n;
			t.hash = 1;
		} else if (*nopen) {
			t.open = open[--*nopen];
		}
	}
	row_add(m, t);
}

void row_make(struct row *r, struct amts_arena *arena, const struct sentence *s)
{
	struct amts_str bytes = s->doc->bytes;
	size_t i = s->at.beg, k = 0, nopen = 0;
	size_t *open = AMTS_NEW(arena, size_t, s->ninl + 1);
	struct maker m = { NULL, 0, 0 };

	r->doc = s->doc;
	while (i < s->at.end) {
		size_t stop = k < s->ninl ? s->inl[k].at.beg : s->at.end;
		struct token t = { T_PUNCT, 0, { i, i + 1 }, 0, NONE };
		unsigned char c = (unsigned char)bytes.p[i];

		if (k < s->ninl && i >= s->inl[k].at.beg) {
			row_inline(&m, bytes, &s->inl[k], open, &nopen);
			i = s->inl[k++].at.end;
			continue;
		}
		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			i++;
			continue;
		}
		t.at.end = word_end(bytes, i, stop, &t.kind);
		if (t.at.end == i) {
			t.at.end = utf8_end(bytes, i);
			t.kind = is_wide(bytes.p + i) ? T_WORD : T_PUNCT;
		}
		t.hash = amts_str_hash(
			amts_str_sub(bytes, t.at.beg, t.at.end), AMTS_HASH_SEED);
		i = t.at.end;
		row_add(&m, t);
	}
	row_take(r, arena, &m);
}

/* What a token is to the structure of its sentence: inlines and numbers by kind only. */
static uint64_t shape(const struct row *r, size_t i)
{
	if (r->v[i].kind == T_WORD || r->v[i].kind == T_PUNCT || r->hash[i] == ROW_OPEN)
		return r->hash[i];
	return 2 + (uint64_t)r->v[i].kind * 64 + (uint64_t)r->v[i].inl;
}

/* Same words, same places: what differs is token for token. */
static int same_shape(const struct row *b, const struct row *h)
{
	size_t i;

	for (i = 0; i < b->n && b->n == h->n; i++)
		if (shape(b, i) != shape(h, i))
			return 0;
	return b->n == h->n;
}

size_t row_hunks(struct hunk **out, struct amts_arena *arena, const struct row *b,
	const struct row *h)
{
	struct amts_match *m;
	size_t i, n, b0 = 0, h0 = 0, k = 0;

	if (same_shape(b, h)) {
		*out = AMTS_NEW(arena, struct hunk, b->n + 1);
		for (i = 0; i < b->n; i++)
			if (b->hash[i] != h->hash[i])
				(*out)[k++] = (struct hunk){ i, i + 1, i, i + 1 };
		return k;
	}
	n = amts_lcs(&m, arena, b->hash, b->n, h->hash, h->n);
	*out = AMTS_NEW(arena, struct hunk, n + 1);
	for (i = 0; i <= n; i++) {
		size_t b1 = i < n ? m[i].i : b->n, h1 = i < n ? m[i].j : h->n;

		if (b1 > b0 || h1 > h0)
			(*out)[k++] = (struct hunk){ b0, b1, h0, h1 };
		b0 = b1 + 1;
		h0 = h1 + 1;
	}
	return k;
}

int row_is_marks(const struct row *r, size_t beg, size_t end)
{
	for (; beg < end; beg++) {
		struct amts_str s = row_token(r, beg);

		if (r->v[beg].kind != T_PUNCT || s.n != 1 || !strchr("[]()*_~", s.p[0]))
			return 0;
	}
	return 1;
}
