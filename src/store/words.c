#include "store/words.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Code points from 0x80 on that are not letters of words between spaces, sorted. */
enum script { SCRIPT_WORD, SCRIPT_PUNCT, SCRIPT_SINGLE, SCRIPT_SPACE };
static const struct {
	uint32_t beg, end; /* inclusive */
	enum script is;
} scripts[] = {
	{ 0x80, 0x9f, SCRIPT_PUNCT },
	{ 0xa0, 0xa0, SCRIPT_SPACE },
	{ 0xa1, 0xa9, SCRIPT_PUNCT },
	{ 0xab, 0xb1, SCRIPT_PUNCT },
	{ 0xb4, 0xb4, SCRIPT_PUNCT },
	{ 0xb6, 0xb8, SCRIPT_PUNCT },
	{ 0xbb, 0xbf, SCRIPT_PUNCT },
	{ 0xd7, 0xd7, SCRIPT_PUNCT },
	{ 0xf7, 0xf7, SCRIPT_PUNCT },
	{ 0xe00, 0xeff, SCRIPT_SINGLE },   /* Thai, Lao */
	{ 0x1000, 0x109f, SCRIPT_SINGLE }, /* Myanmar */
	{ 0x1780, 0x17ff, SCRIPT_SINGLE }, /* Khmer */
	{ 0x2000, 0x200a, SCRIPT_SPACE },
	{ 0x200b, 0x206f, SCRIPT_PUNCT },
	{ 0x20a0, 0x20cf, SCRIPT_PUNCT },
	{ 0x2190, 0x2bff, SCRIPT_PUNCT },
	{ 0x3000, 0x3000, SCRIPT_SPACE },
	{ 0x3001, 0x3004, SCRIPT_PUNCT },
	{ 0x3005, 0x3007, SCRIPT_SINGLE },
	{ 0x3008, 0x3030, SCRIPT_PUNCT },
	{ 0x3031, 0x30ff, SCRIPT_SINGLE }, /* kana */
	{ 0x3400, 0x9fff, SCRIPT_SINGLE }, /* ideographs */
	{ 0xf900, 0xfaff, SCRIPT_SINGLE },
	{ 0xfe10, 0xfe6f, SCRIPT_PUNCT },
	{ 0xff01, 0xff0f, SCRIPT_PUNCT },
	{ 0xff1a, 0xff20, SCRIPT_PUNCT },
	{ 0xff3b, 0xff40, SCRIPT_PUNCT },
	{ 0xff5b, 0xff65, SCRIPT_PUNCT },
	{ 0x1f000, 0x1faff, SCRIPT_PUNCT }, /* pictographs */
	{ 0x20000, 0x3ffff, SCRIPT_SINGLE },
};

static enum script script_of(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(scripts) / sizeof(*scripts);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (cp > scripts[mid].end)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < sizeof(scripts) / sizeof(*scripts) && cp >= scripts[lo].beg)
		return scripts[lo].is;
	return SCRIPT_WORD;
}

static int is_ascii_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Class and length of the character at `at`; a byte that is not UTF-8 is a mark. */
static enum script next_char(struct amts_str s, size_t at, size_t *len)
{
	unsigned char c = (unsigned char)s.p[at];
	size_t i, n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	uint32_t cp;

	*len = 1;
	if (is_ascii_word(c))
		return SCRIPT_WORD;
	if (c < 0x80)
		return c <= ' ' ? SCRIPT_SPACE : SCRIPT_PUNCT;
	if (c < 0xc2 || c > 0xf4 || at + n > s.n)
		return SCRIPT_PUNCT;
	cp = c & (0xffu >> (n + 1));
	for (i = 1; i < n; i++) {
		unsigned char t = (unsigned char)s.p[at + i];

		if ((t & 0xc0) != 0x80)
			return SCRIPT_PUNCT;
		cp = cp << 6 | (t & 0x3f);
	}
	*len = n;
	return script_of(cp);
}

/* Length of the placeholder at `at`, 0 if there is none. */
static size_t holder_len(struct amts_str s, size_t at)
{
	static const char head[] = "<x id=\"";
	size_t n = sizeof(head) - 1, i = at + n;

	if (s.n - at < n || memcmp(s.p + at, head, n) != 0)
		return 0;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i == at + n || s.n - i < 3 || memcmp(s.p + i, "\"/>", 3) != 0)
		return 0;
	return i + 3 - at;
}

static int is_digit(struct amts_str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Digits with single points or commas between them; "3D" and "2nd" are words. */
static size_t number_len(struct amts_str s, size_t at)
{
	size_t i = at;

	while (is_digit(s, i)) {
		while (is_digit(s, i))
			i++;
		if (i < s.n && (s.p[i] == '.' || s.p[i] == ',') && is_digit(s, i + 1))
			i++;
	}
	return i < s.n && is_ascii_word((unsigned char)s.p[i]) ? 0 : i - at;
}

/* Letters and digits, with apostrophes inside: "don't". */
static size_t text_len(struct amts_str s, size_t at)
{
	size_t i = at, len, after;

	while (i < s.n) {
		if (is_ascii_word((unsigned char)s.p[i]) ||
			(s.p[i] == '\'' && i + 1 < s.n &&
				next_char(s, i + 1, &after) == SCRIPT_WORD))
			i++;
		else if (next_char(s, i, &len) == SCRIPT_WORD)
			i += len;
		else
			break;
	}
	return i - at;
}

static uint64_t fold_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		h = amts_hash_byte(h, c >= 'A' && c <= 'Z' ? c | 32 : c);
	}
	return h;
}

static void word_add(struct store_words *w, struct amts_str s, enum store_word_kind kind,
	size_t beg, size_t len)
{
	struct store_word x = { kind, STORE_WORD_WEIGHT, kind, { beg, beg + len } };

	if (kind == STORE_WORD_PUNCT)
		x.weight = STORE_PUNCT_WEIGHT;
	if (kind == STORE_WORD_TEXT || kind == STORE_WORD_PUNCT)
		x.hash = fold_hash(amts_str_sub(s, beg, beg + len));
	AMTS_VEC_PUSH(w->v, w->n, w->cap, x);
	w->weight += x.weight;
}

void store_words_cut(struct store_words *out, struct amts_str text)
{
	size_t at = 0;

	out->n = 0;
	out->weight = 0;
	while (at < text.n) {
		size_t len, run;
		enum script is = next_char(text, at, &len);

		if (is == SCRIPT_SPACE) {
			at += len;
		} else if (is == SCRIPT_SINGLE) {
			word_add(out, text, STORE_WORD_TEXT, at, len);
			at += len;
		} else if (is == SCRIPT_PUNCT) {
			run = holder_len(text, at);
			word_add(out, text, run ? STORE_WORD_HOLDER : STORE_WORD_PUNCT,
				at, run ? run : len);
			at += run ? run : len;
		} else {
			run = number_len(text, at);
			len = run ? run : text_len(text, at);
			word_add(out, text, run ? STORE_WORD_NUMBER : STORE_WORD_TEXT, at,
				len);
			at += len;
		}
	}
}

void store_words_release(struct store_words *w)
{
	free(w->v);
	w->v = NULL;
	w->n = w->cap = 0;
	w->weight = 0;
}

uint64_t store_words_key(const struct store_words *w, uint64_t seed)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		seed = (seed ^ w->v[i].hash) * 0x9e3779b97f4a7c15ULL;
	return seed ^ seed >> 29;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

/* One row of the table: prev is the row above, returns the row's minimum. */
static unsigned fill_row(unsigned *row, const unsigned *prev, const struct store_word *x,
	const struct store_word *b, size_t nb)
{
	unsigned least = row[0] = prev[0] + x->weight;
	size_t j;

	for (j = 0; j < nb; j++) {
		unsigned change = x->weight > b[j].weight ? x->weight : b[j].weight;

		if (x->hash == b[j].hash)
			change = 0;
		row[j + 1] = min3(
			prev[j] + change, prev[j + 1] + x->weight, row[j] + b[j].weight);
		if (row[j + 1] < least)
			least = row[j + 1];
	}
	return least;
}

unsigned store_words_distance(
	const struct store_words *a, const struct store_words *b, unsigned limit)
{
	const struct store_word *p = a->v, *q = b->v;
	size_t na = a->n, nb = b->n, i;
	unsigned *rows, *row, *prev, d;

	while (na && nb && p->hash == q->hash)
		p++, q++, na--, nb--;
	while (na && nb && p[na - 1].hash == q[nb - 1].hash)
		na--, nb--;
	rows = amts_malloc(2 * (nb + 1) * sizeof(*rows));
	row = rows;
	prev = rows + nb + 1;
	for (row[0] = 0, i = 0; i < nb; i++)
		row[i + 1] = row[i] + q[i].weight;
	for (i = 0; i < na; i++) {
		unsigned *swap = prev;

		prev = row;
		row = swap;
		if (fill_row(row, prev, &p[i], q, nb) > limit) {
			free(rows);
			return limit + 1;
		}
	}
	d = row[nb];
	free(rows);
	return d;
}
