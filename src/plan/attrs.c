/*
 * Tags that the translation adapted, attribute by attribute: what readers see is text and
 * stays the target's, the rest follows the source; order and spacing are the target's.
 */
#include "plan/plan.h"

#include "base/chars.h"

#include "amts/text.h"

#include <string.h>
#include <strings.h>

#define MAX_ATTRS 64

/* Attributes and properties whose value readers see (HTML; React and Vue components). */
static const char *const text_keys[] = { "alt", "title", "label", "placeholder",
	"caption", "summary", "description", "aria-label", "aria-description", "text",
	"heading", "subtitle" };

struct attr {
	struct amts_str key, value; /* value: with its quotes or braces; may be empty */
	struct amts_span at;	    /* in the tag, with the white space before it */
};

/* "<name", attributes, "/>" or ">" */
struct tag {
	struct amts_str all, name, close;
	struct attr v[MAX_ATTRS];
	size_t n;
};

static size_t skip_space(struct amts_str s, size_t i)
{
	while (i < s.n && amts_is_space(s.p[i]))
		i++;
	return i;
}

/* After the string, {expression} or bare word at i; 0 when it is not closed. */
static size_t value_end(struct amts_str s, size_t i)
{
	size_t depth = 0;

	if (s.p[i] == '"' || s.p[i] == '\'') {
		const char *q = memchr(s.p + i + 1, s.p[i], s.n - i - 1);

		return q ? (size_t)(q - s.p) + 1 : 0;
	}
	if (s.p[i] != '{') {
		while (i < s.n && !amts_is_space(s.p[i]) && s.p[i] != '>')
			i++;
		return i;
	}
	for (; i < s.n; i++) {
		if (strchr("\"'`", s.p[i])) {
			const char *q = memchr(s.p + i + 1, s.p[i], s.n - i - 1);

			if (!q)
				return 0;
			i = (size_t)(q - s.p);
		} else if (s.p[i] == '{') {
			depth++;
		} else if (s.p[i] == '}' && !--depth) {
			return i + 1;
		}
	}
	return 0;
}

static size_t key_end(struct amts_str s, size_t i)
{
	if (s.p[i] == '{')
		return value_end(s, i); /* {...props} */
	while (i < s.n && !amts_is_space(s.p[i]) && !strchr("=>\"'{<", s.p[i]) &&
		!(s.p[i] == '/' && i + 1 < s.n && s.p[i + 1] == '>'))
		i++;
	return i;
}

/* After attribute a, which begins at i; 0 when there is none. */
static size_t cut_attr(struct attr *a, struct amts_str s, size_t beg, size_t i)
{
	size_t end = key_end(s, i), eq;

	if (end <= i)
		return 0;
	*a = (struct attr){ amts_str_sub(s, i, end), AMTS_STR(""), { beg, end } };
	eq = skip_space(s, end);
	if (eq >= s.n || s.p[eq] != '=')
		return end;
	i = skip_space(s, eq + 1);
	end = i < s.n ? value_end(s, i) : 0;
	if (end <= i)
		return 0;
	a->value = amts_str_sub(s, i, end);
	a->at.end = end;
	return end;
}

/* One start tag and nothing else. */
static int cut(struct tag *t, struct amts_str s)
{
	size_t i = 1, beg;

	t->all = s;
	t->n = 0;
	if (s.n < 3 || s.p[0] != '<' || strchr("/!?", s.p[1]) || amts_is_space(s.p[1]))
		return 0;
	i = key_end(s, 1);
	t->name = amts_str_sub(s, 1, i);
	for (;;) {
		beg = i;
		i = skip_space(s, i);
		if (i >= s.n)
			return 0;
		if (s.p[i] == '>' || s.p[i] == '/')
			break;
		if (t->n == MAX_ATTRS)
			return 0;
		i = cut_attr(&t->v[t->n++], s, beg, i);
		if (!i)
			return 0;
	}
	t->close = amts_str_sub(s, i, s.n);
	return t->name.n && (amts_str_eq(t->close, AMTS_STR(">")) ||
				    amts_str_eq(t->close, AMTS_STR("/>")));
}

static const struct attr *find(const struct tag *t, struct amts_str key)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (amts_str_eq(t->v[i].key, key))
			return &t->v[i];
	return NULL;
}

static int has_doubles(const struct tag *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (find(t, t->v[i].key) != &t->v[i])
			return 1;
	return 0;
}

/* A string for readers; a property's expression is code. */
static int is_text(const struct attr *a)
{
	size_t i;

	if (!a->value.n || a->value.p[0] == '{' || !amts_text_has_letters(a->value))
		return 0;
	for (i = 0; i < sizeof(text_keys) / sizeof(*text_keys); i++)
		if (strlen(text_keys[i]) == a->key.n &&
			!strncasecmp(text_keys[i], a->key.p, a->key.n))
			return 1;
	return 0;
}

struct attrs {
	struct amts_arena *arena;
	struct merge3 *out;
	struct tag b, h, t;
	struct amts_splice splices[4 * MAX_ATTRS + 4];
	size_t n;
};

static void put(struct attrs *x, size_t beg, size_t end, struct amts_str text)
{
	x->splices[x->n++] = (struct amts_splice){ { beg, end }, text };
	x->out->applied++;
}

/* Put text in place of a piece of the target's tag. */
static void put_piece(struct attrs *x, struct amts_str old, struct amts_str text)
{
	size_t beg = (size_t)(old.p - x->t.all.p);

	put(x, beg, beg + old.n, text);
}

/* An attribute that all three have, and that the source changed. */
static void changed(
	struct attrs *x, const struct attr *b, const struct attr *h, const struct attr *t)
{
	struct merge3 m;

	if (amts_str_eq(t->value, h->value)) {
		x->out->already++;
	} else if (amts_str_eq(t->value, b->value)) {
		put(x, (size_t)(t->key.p - x->t.all.p), t->at.end,
			amts_str_sub(
				x->h.all, (size_t)(h->key.p - x->h.all.p), h->at.end));
	} else if (is_text(h)) {
		x->out->conflicts++;
	} else {
		merge3_tokens(&m, x->arena, b->value, h->value, t->value);
		x->out->conflicts += m.conflicts;
		x->out->already += m.already;
		if (m.applied && !m.conflicts)
			put_piece(x, t->value, m.text);
	}
}

/* Behind what stands before it in head; a text property waits for its translation. */
static void added(struct attrs *x, const struct attr *h)
{
	size_t at = (size_t)(x->t.name.p - x->t.all.p) + x->t.name.n;
	const struct attr *prev = h;

	while (prev > x->h.v) {
		const struct attr *t = find(&x->t, (--prev)->key);

		if (t) {
			at = t->at.end;
			break;
		}
	}
	put(x, at, at, amts_str_sub(x->h.all, h->at.beg, h->at.end));
	x->out->conflicts += (size_t)is_text(h);
}

static void merge_attrs(struct attrs *x)
{
	size_t i;

	for (i = 0; i < x->h.n; i++) {
		const struct attr *h = &x->h.v[i], *b = find(&x->b, h->key),
				  *t = find(&x->t, h->key);

		if (b && t && !amts_str_eq(b->value, h->value))
			changed(x, b, h, t);
		else if (!b && !t)
			added(x, h);
		else if ((!b || !t) && !amts_str_eq((b ? b : t)->value, h->value))
			x->out->conflicts++;
	}
	for (i = 0; i < x->b.n; i++) {
		const struct attr *b = &x->b.v[i], *t = find(&x->t, b->key);

		if (!find(&x->h, b->key) && t)
			put(x, t->at.beg, t->at.end, AMTS_STR(""));
	}
}

static int by_place(const struct amts_splice *x, const struct amts_splice *y)
{
	return x->at.beg != y->at.beg ? (x->at.beg > y->at.beg) - (x->at.beg < y->at.beg)
				      : (x->at.end > y->at.end) - (x->at.end < y->at.end);
}

/* Stable: attributes that are added at one place keep their order. */
static void sort(struct amts_splice *v, size_t n)
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		struct amts_splice x = v[i];

		for (j = i; j && by_place(&v[j - 1], &x) > 0; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/* The tag in the white space that stands around it in the target. */
static int finish(struct attrs *x, struct amts_str tgt)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	int rc;

	size_t beg = (size_t)(x->t.all.p - tgt.p);

	sort(x->splices, x->n);
	amts_buf_add(&buf, amts_str_sub(tgt, 0, beg));
	rc = amts_splice(&buf, x->t.all, x->splices, x->n, &err);
	amts_buf_add(&buf, amts_str_sub(tgt, beg + x->t.all.n, tgt.n));
	if (!rc)
		x->out->text = amts_arena_str(x->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return !rc;
}

/* May it be one?  Looked at first: most lines are none. */
static int is_tag(struct amts_str s)
{
	s = amts_str_trim(s);
	return s.n > 2 && s.p[0] == '<' && s.p[s.n - 1] == '>';
}

int merge3_tag(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt)
{
	struct attrs *x;

	memset(out, 0, sizeof(*out));
	if (!is_tag(base) || !is_tag(head) || !is_tag(tgt))
		return 0;
	x = AMTS_NEW(arena, struct attrs, 1);
	x->arena = arena;
	x->out = out;
	if (!cut(&x->b, amts_str_trim(base)) || !cut(&x->h, amts_str_trim(head)) ||
		!cut(&x->t, amts_str_trim(tgt)) || has_doubles(&x->b) ||
		has_doubles(&x->h) || has_doubles(&x->t))
		return 0;
	if (!amts_str_eq(x->b.name, x->h.name) && amts_str_eq(x->b.name, x->t.name))
		put_piece(x, x->t.name, x->h.name);
	else if (!amts_str_eq(x->t.name, x->h.name) && !amts_str_eq(x->b.name, x->t.name))
		return 0;
	merge_attrs(x);
	if (!amts_str_eq(x->b.close, x->h.close) && amts_str_eq(x->b.close, x->t.close))
		put_piece(x, x->t.close, x->h.close);
	return finish(x, tgt);
}
