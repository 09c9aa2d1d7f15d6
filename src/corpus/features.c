#include "corpus/features.h"

#include "amts/segment.h"
#include "amts/text.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* Kinds that stand in a translation as they do in the source; links and tags are adapted,
 * references may be added or left out. */
static int must_stay(enum amts_inline_kind kind)
{
	return kind == AMTS_INLINE_CODE || kind == AMTS_INLINE_MATH ||
	       kind == AMTS_INLINE_EXPR;
}

/* What is typeset differently, or not at all, where it means the same. */
static const struct {
	const char *from;
	char to; /* 0: nothing */
} typeset[] = {
	{ "\xef\xbc\x8c", 0 }, /* full-width comma */
	{ "\xef\xbc\x88", '(' },
	{ "\xef\xbc\x89", ')' },
	{ "\xef\xbc\x9a", ':' },
};

static size_t squeeze_wide(struct amts_buf *out, struct amts_str s, size_t at)
{
	size_t i;

	for (i = 0; i < sizeof(typeset) / sizeof(*typeset); i++)
		if (amts_str_starts(
			    amts_str_sub(s, at, s.n), amts_str_z(typeset[i].from))) {
			if (typeset[i].to)
				amts_buf_addc(out, typeset[i].to);
			return strlen(typeset[i].from);
		}
	amts_buf_addc(out, s.p[at]);
	return 1;
}

/* Lower case, without white space, commas, and the marks of code and formulas. */
static struct amts_str squeeze(struct amts_arena *arena, struct amts_str s)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i, n;

	for (i = 0; i < s.n; i += n) {
		char c = s.p[i];

		n = 1;
		if (c >= 'A' && c <= 'Z')
			amts_buf_addc(&b, (char)(c + 32));
		else if (c & 0x80)
			n = squeeze_wide(&b, s, i);
		else if (!strchr(" \t\n,`$\\{}", c))
			amts_buf_addc(&b, c);
	}
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

/* The text with a blank for each piece of markup. */
static void strip(struct amts_buf *out, struct corpus_features *f,
	struct amts_arena *arena, const struct amts_doc *doc, const struct amts_inline *v,
	size_t n)
{
	size_t i, at = 0;

	for (i = 0; i < n; i++) {
		amts_buf_add(out, amts_str_sub(doc->bytes, at, v[i].at.beg));
		amts_buf_addc(out, ' ');
		at = v[i].at.end;
		f->markup += at - v[i].at.beg;
		if (must_stay(v[i].kind))
			f->placeholders[f->nplaceholders++] =
				squeeze(arena, amts_str_sub(doc->bytes, v[i].at.beg, at));
	}
	amts_buf_add(out, amts_str_sub(doc->bytes, at, doc->bytes.n));
}

int corpus_has_placeholders(
	const struct corpus_features *side, const struct corpus_features *other)
{
	size_t i;

	for (i = 0; i < side->nplaceholders; i++)
		if (side->placeholders[i].n &&
			amts_str_find(other->all, side->placeholders[i], 0) ==
				other->all.n)
			return 0;
	return 1;
}

/* ---- numbers ---- */

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does a number go on over this mark?  Groups have three digits. */
static int is_inside(struct amts_str s, size_t i)
{
	if (i + 1 >= s.n || !is_digit(s.p[i + 1]))
		return 0;
	return s.p[i] == '.' || (s.p[i] == ',' && i + 3 < s.n && is_digit(s.p[i + 2]) &&
					is_digit(s.p[i + 3]));
}

/* Its digits without grouping, decimal marks and the zeros around them: "60,000" is what
 * "6" with a word for ten thousand is, "0.05" what "5 %" is. */
static uint64_t number(size_t *digits, struct amts_str s, size_t *at)
{
	char v[32];
	size_t n = 0, i = *at;

	for (; i < s.n && (is_digit(s.p[i]) || is_inside(s, i)); i++)
		if (is_digit(s.p[i]) && (n || s.p[i] != '0') && n < sizeof(v))
			v[n++] = s.p[i];
	while (n && v[n - 1] == '0')
		n--;
	*at = i;
	*digits = n;
	return amts_str_hash((struct amts_str){ v, n }, AMTS_HASH_SEED);
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Numbers of `least` significant digits; digits of a name ("N95") are none. */
static void find_numbers(struct corpus_bag *out, unsigned digits[10],
	struct amts_arena *arena, struct amts_str s, size_t least)
{
	size_t i = 0, beg, n;

	out->v = AMTS_NEW(arena, uint64_t, s.n / 2 + 1);
	while (i < s.n) {
		uint64_t h;

		if (!is_digit(s.p[i])) {
			i++;
			continue;
		}
		beg = i;
		h = number(&n, s, &i);
		if (beg && is_letter(s.p[beg - 1]))
			continue;
		for (; digits && beg < i; beg++)
			if (is_digit(s.p[beg]))
				digits[s.p[beg] - '0']++;
		if (n >= least)
			out->v[out->n++] = h;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_value);
}

static int is_part(const struct corpus_bag *a, const struct corpus_bag *b)
{
	size_t i, k = 0;

	for (i = 0; i < a->n; i++, k++) {
		while (k < b->n && b->v[k] < a->v[i])
			k++;
		if (k == b->n || b->v[k] != a->v[i])
			return 0;
	}
	return 1;
}

int corpus_same_numbers(const struct corpus_features *a, const struct corpus_features *b)
{
	return (is_part(&a->numbers, &b->all_numbers) &&
		       is_part(&b->numbers, &a->all_numbers)) ||
	       !memcmp(a->digits + 1, b->digits + 1, 9 * sizeof(*a->digits));
}

/* ---- names ---- */

/* The first letters, in lower case: names get endings and other capitals. */
#define NAME_LETTERS 3
static uint64_t name_key(struct amts_str s)
{
	uint64_t key = 0;
	size_t i;

	for (i = 0; i < s.n && i < NAME_LETTERS; i++)
		key = key << 8 | (unsigned char)(s.p[i] | 0x20);
	return key;
}

static void find_names(
	struct corpus_features *f, struct amts_arena *arena, struct amts_str s)
{
	size_t i, beg, upper, lower;

	f->names.v = AMTS_NEW(arena, uint64_t, s.n / 3 + 1);
	for (i = 0; i < s.n; i++) {
		for (beg = i, upper = lower = 0; i < s.n && is_letter(s.p[i]); i++) {
			upper += s.p[i] <= 'Z';
			lower += s.p[i] >= 'a';
		}
		if (upper > 1 && lower)
			f->names.v[f->names.n++] = name_key(amts_str_sub(s, beg, i));
	}
	if (f->names.n)
		qsort(f->names.v, f->names.n, sizeof(*f->names.v), by_value);
}

/* Is a name of a not in b? */
static int lacks(const struct corpus_bag *b, const struct corpus_bag *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (!b->n || !bsearch(&a->v[i], b->v, b->n, sizeof(*b->v), by_value))
			return 1;
	return 0;
}

int corpus_names_differ(const struct corpus_features *a, const struct corpus_features *b)
{
	return lacks(&a->names, &b->names) && lacks(&b->names, &a->names);
}

static size_t count_chars(struct amts_str s, int letters)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80 &&
		     !(letters && is_digit(s.p[i])) && !strchr(" \t\n", s.p[i]);
	return n;
}

int corpus_features_of(struct corpus_features *out, struct amts_arena *arena,
	struct amts_str text, struct amts_error *err)
{
	struct amts_buf words = AMTS_BUF_INIT, folded = AMTS_BUF_INIT;
	struct amts_block all = { .text = { 0, text.n } };
	struct amts_inline *v;
	struct amts_doc *doc;
	size_t n;
	int rc = amts_doc_plain(&doc, arena, text, err);

	*out = (struct corpus_features){ .letters = 0 };
	if (rc)
		return rc;
	amts_doc_inlines(&v, &n, arena, doc, &all, all.text);
	out->placeholders = AMTS_NEW(arena, struct amts_str, n);
	strip(&words, out, arena, doc, v, n);
	out->all = squeeze(arena, text);
	/* small ones are written as words as well */
	find_numbers(&out->numbers, out->digits, arena, amts_buf_str(&words), 2);
	find_numbers(&out->all_numbers, NULL, arena, text, 1);
	find_names(out, arena, amts_buf_str(&words));
	rc = amts_text_fold(&folded, amts_buf_str(&words), err);
	out->words = amts_arena_str(arena, amts_buf_str(&folded));
	out->letters = count_chars(out->words, 1);
	out->visible = count_chars(amts_buf_str(&words), 0);
	amts_buf_release(&words);
	amts_buf_release(&folded);
	return rc;
}
