/*
 * Carrying changes over to the target without touching words: inlines and numbers are the
 * same in every language, so a change of them alone needs no translation.
 */
#include "base/chars.h"
#include "plan/row.h"

#include <string.h>

#define MAX_TOKENS 2000 /* of a sentence; looking for places is quadratic in it */

struct carry {
	struct amts_arena *arena;
	struct row b, h, t;
	struct amts_splice *splices;
	size_t nsplices;
	size_t already;
	char *used;  /* target tokens that were replaced */
	int foreign; /* the target is written in another script */
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
	struct amts_str old = row_token(&c->b, i), new = row_token(&c->h, j), text = new;
	int adapted;
	size_t t;

	if (now_h == count(&c->b, now, NONE) && was_h == count(&c->b, was, NONE))
		return 0; /* tokens changed places: nobody can tell if they did in the
			     target */
	if (count(&c->t, now, NONE) >= now_h && count(&c->t, was, NONE) <= was_h) {
		c->already++;
		return 1;
	}
	t = target_of(c, i, &adapted);
	if (t == NONE || c->used[t])
		return 0;
	if (!amts_str_eq(row_token(&c->t, t), old)) {
		struct merge3 m;

		if (!merge3_tag(&m, c->arena, old, new, row_token(&c->t, t)))
			merge3_tokens(&m, c->arena, old, new, row_token(&c->t, t));
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
	int after = at.end >= s.n || strchr(" \n\r.,;:!?)", s.p[at.end]) ||
		    (unsigned char)s.p[at.end] >= 0xe3 /* full-width stops */;

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

/* Tokens [beg, end) of a row as a run in the target, found once. */
static size_t find_run(const struct carry *c, const struct row *r, size_t beg, size_t end)
{
	size_t i, k, at = NONE, n = end - beg;

	for (i = 0; n && i + n <= c->t.n; i++) {
		for (k = 0; k < n && c->t.hash[i + k] == r->hash[beg + k]; k++)
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
	t = find_run(c, &c->h, open + 1, j);
	if (t == NONE)
		return 0;
	put(c, (struct amts_span){ c->t.v[t].at.beg, c->t.v[t].at.beg },
		row_token(&c->h, open));
	put(c, (struct amts_span){ c->t.v[t + n - 1].at.end, c->t.v[t + n - 1].at.end },
		row_token(&c->h, j));
	return 1;
}

/* A heading's id: in place of the one that the translation gave itself, else at the end.
 */
static int carry_id(struct carry *c, size_t j)
{
	size_t i;

	for (i = 0; i < c->t.n; i++)
		if (c->t.v[i].kind == T_INLINE && c->t.v[i].inl == AMTS_INLINE_ID) {
			put(c, c->t.v[i].at, row_token(&c->h, j));
			return 1;
		}
	if (!c->t.n || j + 1 < c->h.n)
		return 0;
	i = c->t.v[c->t.n - 1].at.end;
	put(c, (struct amts_span){ i, i },
		amts_arena_fmt(
			c->arena, " " AMTS_STR_FMT, AMTS_STR_ARG(row_token(&c->h, j))));
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
	if (x->kind == T_INLINE && x->inl == AMTS_INLINE_ID)
		return carry_id(c, j);
	if (x->kind != T_INLINE)
		return 0;
	if (j && c->h.v[j - 1].kind == T_INLINE && c->h.v[j - 1].at.end == x->at.beg &&
		(t = find_run(c, &c->h, j - 1, j)) != NONE) {
		put(c, (struct amts_span){ c->t.v[t].at.end, c->t.v[t].at.end },
			row_token(&c->h, j));
		return 1;
	}
	if (j + 1 < c->h.n && c->h.v[j + 1].kind == T_INLINE &&
		c->h.v[j + 1].at.beg == x->at.end &&
		(t = find_run(c, &c->h, j + 1, j + 2)) != NONE) {
		put(c, (struct amts_span){ c->t.v[t].at.beg, c->t.v[t].at.beg },
			row_token(&c->h, j));
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

/*
 * Names, versions, identifiers: words that a translation keeps as they are.  In text of
 * another script that is any capitalised latin word which stands there, too.
 */
static int is_name(const struct row *r, size_t i, int foreign)
{
	struct amts_str s = row_token(r, i);
	size_t k, hyphens = 0;

	if (r->v[i].kind != T_WORD)
		return r->v[i].kind == T_INLINE && !is_open(r, i);
	for (k = 0; k < s.n; k++) {
		if (amts_is_one_of(s.p[k], "0123456789._") ||
			(k && s.p[k] >= 'A' && s.p[k] <= 'Z'))
			return 1;
		hyphens += s.p[k] == '-';
	}
	return hyphens > 1 || (foreign && s.p[0] >= 'A' && s.p[0] <= 'Z');
}

static size_t count_movable(const struct row *r, size_t i, size_t end)
{
	size_t n = 0;

	for (; i < end; i++)
		n += (size_t)is_movable(r, i);
	return n;
}

/* Pair what left a hunk with what came: kind by kind in order, and whatever the kind
 * where as many came as left ($5$ became 5). */
static int carry_hunk(struct carry *c, const struct hunk *k)
{
	char *paired = AMTS_NEW(c->arena, char, k->h1 - k->h0 + 1);
	int any =
		count_movable(&c->b, k->b0, k->b1) == count_movable(&c->h, k->h0, k->h1);
	size_t i, j;

	for (i = k->b0; i < k->b1; i++) {
		if (!is_movable(&c->b, i))
			continue;
		for (j = k->h0; j < k->h1; j++)
			if (!paired[j - k->h0] && is_movable(&c->h, j) &&
				(any || (c->h.v[j].kind == c->b.v[i].kind &&
						c->h.v[j].inl == c->b.v[i].inl)))
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

/* Is the head token base's word, now marked as code? */
static int is_same_word(const struct carry *c, const struct hunk *k)
{
	struct amts_str b = row_token(&c->b, k->b0), h = row_token(&c->h, k->h0);

	return c->h.v[k->h0].kind == T_INLINE && c->h.v[k->h0].inl == AMTS_INLINE_CODE &&
	       h.n > 2 && amts_str_eq(b, amts_str_sub(h, 1, h.n - 1));
}

/* Is `whole` a name with a word of the language before or behind its hyphen ("in-DOM",
 * "Vue-like"), or the other way round?  That word wants a translation. */
static int is_compound(struct amts_str whole, struct amts_str name)
{
	size_t i, n = whole.n - name.n, from;

	if (whole.n < name.n + 2)
		return 0;
	from = amts_str_ends(whole, name) ? 0 : name.n;
	if (from ? !amts_str_starts(whole, name) || whole.p[from] != '-'
		 : whole.p[n - 1] != '-')
		return 0;
	for (i = from; i < from + n; i++)
		if (whole.p[i] != '-' && (whole.p[i] < 'a' || whole.p[i] > 'z'))
			return 0;
	return 1;
}

static int adds_word(struct amts_str was, struct amts_str now)
{
	return is_compound(now, was) || is_compound(was, now);
}

/* One name for another, where the target has the old one as often as base. */
static int carry_names(struct carry *c, const struct hunk *k)
{
	uint64_t was, now;
	size_t t;

	if (k->b1 - k->b0 != 1 || k->h1 - k->h0 != 1 || c->b.v[k->b0].kind != T_WORD ||
		(!is_same_word(c, k) && (!is_name(&c->b, k->b0, c->foreign) ||
						!is_name(&c->h, k->h0, c->foreign))) ||
		adds_word(row_token(&c->b, k->b0), row_token(&c->h, k->h0)))
		return 0;
	was = c->b.hash[k->b0];
	now = c->h.hash[k->h0];
	if (!count(&c->t, was, NONE) &&
		count(&c->t, now, NONE) >= count(&c->h, now, NONE))
		return 1;
	if (count(&c->t, was, NONE) != count(&c->b, was, NONE))
		return 0;
	t = nth(&c->t, was, count(&c->b, was, k->b0));
	if (t == NONE || c->used[t])
		return 0;
	c->used[t] = 1;
	put(c, c->t.v[t].at, row_token(&c->h, k->h0));
	return 1;
}

/* A word written in another way ("VSCode", "VS Code") that the target has as it was. */
static int carry_respelt(struct carry *c, const struct hunk *k)
{
	size_t t, i, n = k->b1 - k->b0;

	if (!n || k->h0 == k->h1 || n + k->h1 - k->h0 == 2 ||
		!row_same_letters(&c->b, &c->h, k))
		return 0;
	t = find_run(c, &c->b, k->b0, k->b1);
	if (t == NONE)
		return 0;
	for (i = 0; i < n; i++)
		if (c->used[t + i]++)
			return 0;
	put(c, (struct amts_span){ c->t.v[t].at.beg, c->t.v[t + n - 1].at.end },
		amts_doc_bytes(c->h.doc, (struct amts_span){ c->h.v[k->h0].at.beg,
						 c->h.v[k->h1 - 1].at.end }));
	return 1;
}

/* The colon after a label, in the scripts' two widths. */
static int is_colon(const struct row *r, size_t i)
{
	return amts_str_eq(row_token(r, i), AMTS_STR(":")) ||
	       amts_str_eq(row_token(r, i), AMTS_STR("："));
}

static size_t count_colons(const struct row *r, size_t end)
{
	size_t i, n = 0;

	for (i = 0; i < end; i++)
		n += (size_t)is_colon(r, i);
	return n;
}

static int is_wide(struct amts_str s, size_t i)
{
	return i < s.n && (unsigned char)s.p[i] >= 0xe3 && (unsigned char)s.p[i] < 0xef;
}

static int is_latin(struct amts_str s, size_t i)
{
	return i < s.n && (s.p[i] == '`' || (s.p[i] >= '0' && s.p[i] <= '9') ||
				  ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z'));
}

/* Bytes that tell how a text is written: looked at for each colon. */
#define SAMPLE 65536

/* Does a text nearly always have a blank between letters that stand alone and latin ones?
 */
static int writes_blanks(struct amts_str s)
{
	size_t i, blanks = 0, none = 0;

	for (i = 0; i < s.n && i < SAMPLE; i++) {
		if (!is_wide(s, i))
			continue;
		none += is_latin(s, i + 3);
		blanks += i + 3 < s.n && s.p[i + 3] == ' ' && is_latin(s, i + 4);
	}
	return blanks > 4 * none;
}

/* A full-width mark goes; a blank comes where the letters around it, whatever markup is
 * between, want one. */
static void put_seam(struct carry *c, struct amts_span at)
{
	struct amts_str s = c->t.doc->bytes;
	size_t i = at.beg, k = at.end, behind;

	while (i && amts_is_one_of(s.p[i - 1], "*_"))
		i--;
	while (k < s.n && amts_is_one_of(s.p[k], "*_"))
		k++;
	behind = k + (k < s.n && s.p[k] == '[');
	put(c, at, AMTS_STR(""));
	if (at.end - at.beg > 1 && i > 2 && is_wide(s, i - 3) && is_latin(s, behind) &&
		writes_blanks(s))
		put(c, (struct amts_span){ k, k }, AMTS_STR(" "));
}

/* A colon that went from the source goes from a target that has as many as base. */
static int carry_colon(struct carry *c, const struct hunk *k)
{
	size_t t, n = count_colons(&c->b, k->b0);

	if (k->b1 - k->b0 != 1 || k->h0 != k->h1 || !is_colon(&c->b, k->b0) ||
		count_colons(&c->h, c->h.n) >= count_colons(&c->b, c->b.n) ||
		count_colons(&c->t, c->t.n) != count_colons(&c->b, c->b.n))
		return 0;
	for (t = 0; t < c->t.n; t++)
		if (is_colon(&c->t, t) && !n--)
			break;
	if (t == c->t.n || c->used[t]++)
		return 0;
	put_seam(c, c->t.v[t].at);
	return 1;
}

static int carry_one(struct carry *c, const struct hunk *k)
{
	return carry_names(c, k) || carry_respelt(c, k) || carry_colon(c, k) ||
	       (row_words(&c->b, &c->h, k, NULL, NULL) == WORDS_SAME && carry_hunk(c, k));
}

/* Tokens that became as many of the same kinds, a name among them: each by itself. */
static int is_pairwise(const struct carry *c, const struct hunk *k)
{
	size_t i, n = k->b1 - k->b0;
	int names = 0;

	for (i = 0; i < n && n == k->h1 - k->h0; i++) {
		const struct token *b = &c->b.v[k->b0 + i], *h = &c->h.v[k->h0 + i];

		if (b->kind != h->kind || b->inl != h->inl)
			return 0;
		names |= is_name(&c->b, k->b0 + i, c->foreign) && b->kind == T_WORD;
	}
	return names && n > 1 && n == k->h1 - k->h0;
}

static int carry_any(struct carry *c, const struct hunk *k)
{
	size_t i;

	if (!is_pairwise(c, k))
		return carry_one(c, k);
	for (i = 0; i < k->b1 - k->b0; i++) {
		struct hunk one = { k->b0 + i, k->b0 + i + 1, k->h0 + i, k->h0 + i + 1 };

		if (!carry_one(c, &one))
			return 0;
	}
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

/* Is most of the text in a script whose letters stand alone (Chinese, Korean…)? */
static int is_foreign(const struct row *t)
{
	size_t i, n = 0;

	for (i = 0; i < t->n; i++)
		n += t->v[i].kind == T_WORD &&
		     (unsigned char)row_token(t, i).p[0] >= 0xe2;
	return n * 2 > t->n;
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
	c.foreign = is_foreign(&c.t);
	c.splices = AMTS_NEW(arena, struct amts_splice, 2 * (c.b.n + c.h.n) + 2);
	n = row_hunks(&k, arena, &c.b, &c.h);
	for (i = 0; i < n; i++)
		if (!carry_any(&c, &k[i]))
			return TOKENS_FAILED;
	if (!c.nsplices)
		return TOKENS_ALREADY;
	return carry_apply(out, &c, tgt) ? TOKENS_FAILED : TOKENS_DONE;
}
