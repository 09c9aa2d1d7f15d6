/*
 * What changed inside a sentence, and carrying it over to the target without touching
 * words.
 *
 * A sentence is a row of tokens: protected inlines, numbers, words, punctuation.  Inlines
 * and numbers are the same in every language, so a change of them alone needs no
 * translation.
 */
#include "plan/plan.h"

#include <string.h>

#define MAX_TOKENS 2000 /* of a sentence; looking for places is quadratic in it */

enum token_kind { T_INLINE, T_NUMBER, T_WORD, T_PUNCT };

struct token {
	enum token_kind kind;
	enum amts_inline_kind inl;
	struct amts_span at;
	uint64_t hash;
	size_t open; /* link close: index of its opening token; else NONE */
};

struct row {
	const struct amts_doc *doc;
	struct token *v;
	uint64_t *hash;
	size_t n;
};

static struct amts_str tok(const struct row *r, size_t i)
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

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
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

		for (k = 0; k < sizeof(map) / sizeof(map[0]); k++)
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
	int digits = 0, letters = 0;

	while (j < end) {
		unsigned char c = (unsigned char)s.p[j];

		if (is_digit(c))
			digits = 1;
		else if (is_alpha(c) && !is_wide(s.p + j))
			letters = 1;
		else if ((c == '.' || c == ',' || c == '_' || c == '\'') && j > i &&
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

static void row_add(struct row *r, struct token t)
{
	r->hash[r->n] = t.hash;
	r->v[r->n++] = t;
}

/* A link's opening bracket says nothing by itself: it goes with its close. */
static void row_inline(
	struct row *r, const struct amts_inline *inl, size_t *open, size_t *nopen)
{
	struct amts_str s = amts_str_sub(r->doc->bytes, inl->at.beg, inl->at.end);
	struct token t = { T_INLINE, inl->kind, inl->at, inline_hash(s), NONE };

	if (inl->kind == AMTS_INLINE_LINK || inl->kind == AMTS_INLINE_IMAGE) {
		if (s.n && s.p[0] != ']') {
			open[(*nopen)++] = r->n;
			t.hash = 1;
		} else if (*nopen) {
			t.open = open[--*nopen];
		}
	}
	row_add(r, t);
}

static void row_make(struct row *r, struct amts_arena *arena, const struct sentence *s)
{
	struct amts_str bytes = s->doc->bytes;
	size_t i = s->at.beg, k = 0, room = s->at.end - s->at.beg + 1, nopen = 0;
	size_t *open = AMTS_NEW(arena, size_t, s->ninl + 1);

	r->doc = s->doc;
	r->v = AMTS_NEW(arena, struct token, room);
	r->hash = AMTS_NEW(arena, uint64_t, room);
	r->n = 0;
	while (i < s->at.end) {
		size_t stop = k < s->ninl ? s->inl[k].at.beg : s->at.end;
		struct token t = { T_PUNCT, 0, { i, i + 1 }, 0, NONE };
		unsigned char c = (unsigned char)bytes.p[i];

		if (k < s->ninl && i >= s->inl[k].at.beg) {
			row_inline(r, &s->inl[k], open, &nopen);
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
		row_add(r, t);
	}
}

/* ---- what kind of change is it -------------------------------------------------------
 */

static int same_but_case(struct amts_str a, struct amts_str b)
{
	size_t i;

	if (a.n != b.n)
		return 0;
	for (i = 0; i < a.n; i++)
		if (lower((unsigned char)a.p[i]) != lower((unsigned char)b.p[i]))
			return 0;
	return 1;
}

static int is_article(struct amts_str s)
{
	return same_but_case(s, AMTS_STR("a")) || same_but_case(s, AMTS_STR("an")) ||
	       same_but_case(s, AMTS_STR("the"));
}

/* One letter typed wrong, left out, doubled or swapped, not the first, in a word of four
 * or more ("increase" / "decrease" and "now" / "not" are no typos). */
static int is_typo(struct amts_str a, struct amts_str b)
{
	size_t pre = 0, post = 0;

	if (a.n > b.n) {
		struct amts_str x = a;

		a = b;
		b = x;
	}
	if (a.n < 4 || b.n - a.n > 1)
		return 0;
	while (pre < a.n &&
		lower((unsigned char)a.p[pre]) == lower((unsigned char)b.p[pre]))
		pre++;
	while (post < a.n - pre && a.p[a.n - 1 - post] == b.p[b.n - 1 - post])
		post++;
	if (!pre)
		return 0;
	if (a.n == b.n && a.n - pre - post == 2 && a.p[pre] == b.p[pre + 1] &&
		a.p[pre + 1] == b.p[pre])
		return 1;
	return a.n - pre - post <= (a.n == b.n) && b.n - pre - post <= 1;
}

struct hunk {
	size_t b0, b1, h0, h1;
};

static size_t hunks(struct hunk **out, struct amts_arena *arena, const struct row *b,
	const struct row *h)
{
	struct amts_match *m;
	size_t i, n, b0 = 0, h0 = 0, k = 0;

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

static size_t next_word(const struct row *r, size_t i, size_t end)
{
	while (i < end && (r->v[i].kind != T_WORD || is_article(tok(r, i))))
		i++;
	return i;
}

/* Are the words of a hunk the same to a translator? */
static int words_same(const struct row *b, const struct row *h, const struct hunk *k)
{
	size_t i = next_word(b, k->b0, k->b1), j = next_word(h, k->h0, k->h1);

	while (i < k->b1 && j < k->h1) {
		struct amts_str x = tok(b, i), y = tok(h, j);

		if (!same_but_case(x, y) && !is_typo(x, y))
			return 0;
		i = next_word(b, i + 1, k->b1);
		j = next_word(h, j + 1, k->h1);
	}
	return i >= k->b1 && j >= k->h1;
}

static int has_neutral(const struct row *r, size_t i, size_t end)
{
	for (; i < end; i++)
		if (r->v[i].kind == T_INLINE || r->v[i].kind == T_NUMBER)
			return 1;
	return 0;
}

enum sentence_change tokens_change(struct amts_arena *arena, const struct sentence *base,
	const struct sentence *head)
{
	struct row b, h;
	struct hunk *k;
	size_t i, n;
	int tokens = 0;

	row_make(&b, arena, base);
	row_make(&h, arena, head);
	n = hunks(&k, arena, &b, &h);
	for (i = 0; i < n; i++) {
		if (!words_same(&b, &h, &k[i]))
			return CHANGE_WORDS;
		tokens |= has_neutral(&b, k[i].b0, k[i].b1) ||
			  has_neutral(&h, k[i].h0, k[i].h1);
	}
	return tokens ? CHANGE_TOKENS : n ? CHANGE_SMALL : CHANGE_NONE;
}

/* ---- carrying tokens over ------------------------------------------------------------
 */

struct carry {
	struct amts_arena *arena;
	struct row b, h, t;
	struct amts_splice *splices;
	size_t nsplices;
	size_t already;
	char *used; /* target tokens that were replaced */
};

static size_t count(const struct row *r, uint64_t hash, size_t before)
{
	size_t i, n = 0;

	for (i = 0; i < r->n && i < before; i++)
		n += r->hash[i] == hash;
	return n;
}

static size_t nth(const struct row *r, uint64_t hash, size_t n)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->hash[i] == hash && !n--)
			return i;
	return NONE;
}

static void put(struct carry *c, struct amts_span at, struct amts_str text)
{
	c->splices[c->nsplices++] = (struct amts_splice){ at, text };
}

/* The target token that stands for base token i: the same one, or the one of the same
 * kind and rank where both sides have as many (an adapted link or formula). */
static size_t target_of(const struct carry *c, size_t i, int *adapted)
{
	const struct token *x = &c->b.v[i];
	size_t cb = count(&c->b, x->hash, NONE), ct = count(&c->t, x->hash, NONE);
	size_t k, rank = 0, nb = 0, nt = 0, at = NONE;

	*adapted = 0;
	if (ct && (ct == cb || cb == 1))
		return ct == cb ? nth(&c->t, x->hash, count(&c->b, x->hash, i))
				: nth(&c->t, x->hash, 0);
	if (ct || x->kind != T_INLINE)
		return NONE;
	for (k = 0; k < c->b.n; k++)
		if (c->b.v[k].kind == T_INLINE && c->b.v[k].inl == x->inl) {
			rank += k < i;
			nb++;
		}
	for (k = 0; k < c->t.n; k++)
		if (c->t.v[k].kind == T_INLINE && c->t.v[k].inl == x->inl && nt++ == rank)
			at = k;
	*adapted = 1;
	return nb == nt ? at : NONE;
}

/* Base token i became head token j. */
static int carry_changed(struct carry *c, size_t i, size_t j)
{
	uint64_t now = c->h.hash[j], was = c->b.hash[i];
	size_t now_h = count(&c->h, now, NONE), was_h = count(&c->h, was, NONE);
	struct amts_str old = tok(&c->b, i), new = tok(&c->h, j), text = new;
	int adapted;
	size_t t;

	/* two tokens that changed places are not there already */
	if ((now_h > count(&c->b, now, NONE) || was_h < count(&c->b, was, NONE)) &&
		count(&c->t, now, NONE) >= now_h && count(&c->t, was, NONE) <= was_h) {
		c->already++;
		return 1;
	}
	t = target_of(c, i, &adapted);
	if (t == NONE || c->used[t])
		return 0;
	if (!amts_str_eq(tok(&c->t, t), old)) {
		struct merge3 m;

		merge3_tokens(&m, c->arena, old, new, tok(&c->t, t));
		if (m.conflicts)
			return 0;
		if (!m.applied) {
			c->already++;
			return 1;
		}
		text = m.text;
	}
	c->used[t] = 1;
	put(c, c->t.v[t].at, text);
	return 1;
}

/* A span without the white space that its removal would double. */
static struct amts_span removal(const struct amts_doc *doc, struct amts_span at)
{
	struct amts_str s = doc->bytes;
	int after = at.end >= s.n || strchr(" \n\r.,;:!?)", s.p[at.end]) != NULL;

	if (after && at.beg && s.p[at.beg - 1] == ' ')
		at.beg--;
	return at;
}

static int carry_removed(struct carry *c, size_t i)
{
	int adapted;
	size_t t, open = c->b.v[i].open;

	if (!count(&c->t, c->b.hash[i], NONE)) {
		c->already++;
		return 1;
	}
	t = target_of(c, i, &adapted);
	if (t == NONE || adapted || c->used[t])
		return 0;
	c->used[t] = 1;
	if (open == NONE) {
		put(c, removal(c->t.doc, c->t.v[t].at), AMTS_STR(""));
		return c->b.v[i].inl != AMTS_INLINE_IMAGE;
	}
	if (c->t.v[t].open == NONE || c->b.v[i].inl != AMTS_INLINE_LINK)
		return 0;
	put(c, c->t.v[c->t.v[t].open].at, AMTS_STR(""));
	put(c, c->t.v[t].at, AMTS_STR(""));
	return 1;
}

/* Tokens [h0, h1) of head as a run in the target, found once. */
static size_t find_run(const struct carry *c, size_t h0, size_t h1)
{
	size_t i, k, at = NONE, n = h1 - h0;

	for (i = 0; n && i + n <= c->t.n; i++) {
		for (k = 0; k < n && c->t.hash[i + k] == c->h.hash[h0 + k]; k++)
			;
		if (k < n)
			continue;
		if (at != NONE)
			return NONE;
		at = i;
	}
	return at;
}

/* A new link around text that the target has word for word (a name, code). */
static int carry_link(struct carry *c, size_t j)
{
	size_t open = c->h.v[j].open, t, n;

	if (open == NONE || c->h.v[j].inl != AMTS_INLINE_LINK)
		return 0;
	n = j - open - 1;
	t = find_run(c, open + 1, j);
	if (t == NONE)
		return 0;
	put(c, (struct amts_span){ c->t.v[t].at.beg, c->t.v[t].at.beg },
		tok(&c->h, open));
	put(c, (struct amts_span){ c->t.v[t + n - 1].at.end, c->t.v[t + n - 1].at.end },
		tok(&c->h, j));
	return 1;
}

/* A new inline right beside one that the target has. */
static int carry_added(struct carry *c, size_t j)
{
	const struct token *x = &c->h.v[j];
	size_t t;

	if (count(&c->t, x->hash, NONE) >= count(&c->h, x->hash, NONE)) {
		c->already++;
		return 1;
	}
	if (x->inl == AMTS_INLINE_LINK)
		return carry_link(c, j);
	if (x->kind != T_INLINE)
		return 0;
	if (j && c->h.v[j - 1].kind == T_INLINE && c->h.v[j - 1].at.end == x->at.beg &&
		(t = find_run(c, j - 1, j)) != NONE) {
		put(c, (struct amts_span){ c->t.v[t].at.end, c->t.v[t].at.end },
			tok(&c->h, j));
		return 1;
	}
	if (j + 1 < c->h.n && c->h.v[j + 1].kind == T_INLINE &&
		c->h.v[j + 1].at.beg == x->at.end &&
		(t = find_run(c, j + 1, j + 2)) != NONE) {
		put(c, (struct amts_span){ c->t.v[t].at.beg, c->t.v[t].at.beg },
			tok(&c->h, j));
		return 1;
	}
	return 0;
}

static int is_open(const struct row *r, size_t i)
{
	return r->v[i].kind == T_INLINE && r->v[i].hash == 1;
}

static int is_movable(const struct row *r, size_t i)
{
	return (r->v[i].kind == T_INLINE || r->v[i].kind == T_NUMBER) && !is_open(r, i);
}

/* Names, versions, identifiers: words that a translation keeps as they are. */
static int is_name(const struct row *r, size_t i)
{
	struct amts_str s = tok(r, i);
	size_t k;

	if (r->v[i].kind != T_WORD)
		return r->v[i].kind != T_PUNCT && !is_open(r, i);
	for (k = 0; k < s.n; k++)
		if (is_digit((unsigned char)s.p[k]) ||
			(k && s.p[k] >= 'A' && s.p[k] <= 'Z') || s.p[k] == '.' ||
			s.p[k] == '_')
			return 1;
	return 0;
}

/* Pair what left a hunk with what came, kind by kind, in order. */
static int carry_hunk(struct carry *c, const struct hunk *k)
{
	char *paired = AMTS_NEW(c->arena, char, k->h1 - k->h0 + 1);
	size_t i, j;

	for (i = k->b0; i < k->b1; i++) {
		if (!is_movable(&c->b, i))
			continue;
		for (j = k->h0; j < k->h1; j++)
			if (!paired[j - k->h0] && is_movable(&c->h, j) &&
				c->h.v[j].kind == c->b.v[i].kind &&
				c->h.v[j].inl == c->b.v[i].inl)
				break;
		if (j < k->h1) {
			paired[j - k->h0] = 1;
			if (!carry_changed(c, i, j))
				return 0;
		} else if (!carry_removed(c, i)) {
			return 0;
		}
	}
	for (j = k->h0; j < k->h1; j++)
		if (!paired[j - k->h0] && is_movable(&c->h, j) && !carry_added(c, j))
			return 0;
	return 1;
}

/* One name for another, where the target has the old one as often as base. */
static int carry_names(struct carry *c, const struct hunk *k)
{
	uint64_t was = c->b.hash[k->b0 < c->b.n ? k->b0 : 0];
	size_t t;

	if (k->b1 - k->b0 != 1 || k->h1 - k->h0 != 1 || !is_name(&c->b, k->b0) ||
		!is_name(&c->h, k->h0) ||
		count(&c->t, was, NONE) != count(&c->b, was, NONE))
		return 0;
	t = nth(&c->t, was, count(&c->b, was, k->b0));
	if (t == NONE || c->used[t])
		return 0;
	c->used[t] = 1;
	put(c, c->t.v[t].at, tok(&c->h, k->h0));
	return 1;
}

static void sort_splices(struct amts_splice *v, size_t n)
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		struct amts_splice x = v[i];

		for (j = i; j && v[j - 1].at.beg > x.at.beg; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/* The target sentence with its splices applied. */
static int carry_apply(struct amts_str *out, struct carry *c, const struct sentence *tgt)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i;
	int rc;

	sort_splices(c->splices, c->nsplices);
	for (i = 0; i < c->nsplices; i++) {
		if (c->splices[i].at.beg < tgt->at.beg)
			c->splices[i].at.beg = tgt->at.beg;
		c->splices[i].at.beg -= tgt->at.beg;
		c->splices[i].at.end -= tgt->at.beg;
	}
	rc = amts_splice(
		&buf, amts_doc_bytes(tgt->doc, tgt->at), c->splices, c->nsplices, &err);
	if (!rc)
		*out = amts_arena_str(c->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return rc;
}

enum tokens_result tokens_carry(struct amts_str *out, struct amts_arena *arena,
	const struct sentence *base, const struct sentence *head,
	const struct sentence *tgt)
{
	struct carry c = { .arena = arena };
	struct hunk *k;
	size_t i, n;

	row_make(&c.b, arena, base);
	row_make(&c.h, arena, head);
	row_make(&c.t, arena, tgt);
	if (c.b.n > MAX_TOKENS || c.h.n > MAX_TOKENS || c.t.n > MAX_TOKENS)
		return TOKENS_FAILED;
	c.used = AMTS_NEW(arena, char, c.t.n + 1);
	c.splices = AMTS_NEW(arena, struct amts_splice, 2 * (c.b.n + c.h.n) + 2);
	n = hunks(&k, arena, &c.b, &c.h);
	for (i = 0; i < n; i++)
		if (!(words_same(&c.b, &c.h, &k[i]) ? carry_hunk(&c, &k[i])
						    : carry_names(&c, &k[i])))
			return TOKENS_FAILED;
	if (!c.nsplices)
		return TOKENS_ALREADY;
	return carry_apply(out, &c, tgt) ? TOKENS_FAILED : TOKENS_DONE;
}
