#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>

#include "base/alloc.h"
#include "text/chars.h"
#include "text/fold.h"
#include "text/lang.h"

#define PREFIX_LETTERS                                                                   \
	5 /* European languages inflect at the end; measured for en, de, fr */
#define COGNATE_LETTERS 5

/* Folded text being cut into tokens. */
struct cutter {
	const UChar *u;
	size_t n;
	struct text_lang *lang;
	struct amts_token *v;
	size_t nv, cap;
};

static uint64_t hash_cp(uint64_t h, UChar32 c)
{
	char b[U8_MAX_LENGTH];

	if (c < 0x80)
		return amts_hash_byte(h, (unsigned char)c);
	size_t n = text_put(b, U_IS_SURROGATE(c) ? 0xfffd : c);
	return amts_str_hash((struct amts_str){ b, n }, h);
}

/* Hash of up to `max` code points of u[beg, end); *chars is how many. */
static uint64_t hash_units(
	const UChar *u, size_t beg, size_t end, unsigned max, unsigned *chars)
{
	uint64_t h = AMTS_HASH_SEED;
	unsigned k = 0;
	while (beg < end && k < max) {
		h = hash_cp(h, text_next16(u, &beg, end));
		k++;
	}
	*chars = k;
	return h;
}

static void add(struct cutter *c, enum amts_token_kind kind, uint64_t hash,
	uint64_t anchor, unsigned chars)
{
	struct amts_token t = { kind, hash, anchor, anchor, chars };
	AMTS_VEC_PUSH(c->v, c->nv, c->cap, t);
}

/* ---- kinds of runs --------------------------------------------------------- */

enum run {
	RUN_NONE, /* white space, markers */
	RUN_PUNCT,
	RUN_DIGIT,
	RUN_LATIN,
	RUN_IDEO, /* Han and kana */
	RUN_HANGUL,
	RUN_DICT,  /* Thai, Lao, Khmer, Burmese */
	RUN_OTHER, /* letters of all other scripts */
	RUN_MARK   /* goes with what it follows */
};

static enum run run_of_other(UChar32 c)
{
	if (c < 0x250)
		return u_isalpha(c) ? RUN_LATIN : text_is_space(c) ? RUN_NONE : RUN_PUNCT;
	if (text_is_ideo(c))
		return RUN_IDEO;
	if (text_is_hangul(c))
		return RUN_HANGUL;
	uint32_t gc = U_GET_GC_MASK(c);
	if (text_is_southeast(c))
		return gc & (U_GC_L_MASK | U_GC_M_MASK) ? RUN_DICT
		       : gc & U_GC_ND_MASK		? RUN_DIGIT
							: RUN_PUNCT;
	if (gc & U_GC_M_MASK)
		return RUN_MARK;
	if (gc & U_GC_L_MASK)
		return c >= 0x1e00 && c <= 0x1eff ? RUN_LATIN : RUN_OTHER;
	if (gc & U_GC_N_MASK)
		return RUN_DIGIT;
	return gc & (U_GC_Z_MASK | U_GC_C_MASK) ? RUN_NONE : RUN_PUNCT;
}

static enum run run_of(UChar32 c)
{
	if (c >= 0x80)
		return run_of_other(c);
	if (c >= 'a' && c <= 'z')
		return RUN_LATIN;
	if (c >= '0' && c <= '9')
		return RUN_DIGIT;
	if (c <= ' ' || c == 0x7f || c == '*' || c == '_' || c == '~' || c == '`' ||
		c == '\\')
		return RUN_NONE;
	return RUN_PUNCT;
}

/* ---- runs to tokens -------------------------------------------------------- */

/* A number: digits with . and , between digits.  Value-equal spellings hash alike. */
static size_t cut_number(struct cutter *c, size_t beg)
{
	uint64_t h = AMTS_HASH_SEED;
	unsigned chars = 0;
	size_t i = beg;

	while (i < c->n) {
		size_t k = i;
		UChar32 cp = text_next16(c->u, &k, c->n);
		if (run_of(cp) == RUN_DIGIT) {
			int32_t d = u_charDigitValue(cp);
			h = hash_cp(h, d >= 0 ? '0' + d : cp);
		} else if ((cp == '.' || cp == ',') && i > beg && k < c->n &&
			   run_of(c->u[k]) == RUN_DIGIT) {
			size_t d = k;
			while (d < c->n && d - k < 4 && run_of(c->u[d]) == RUN_DIGIT)
				d++;
			if (cp == '.' || d - k != 3)
				h = hash_cp(h, '.');
		} else {
			break;
		}
		chars++;
		i = k;
	}
	add(c, AMTS_TOKEN_ANCHOR, h, h, chars);
	return i;
}

/* Letters, marks and digits from beg; an apostrophe or hyphen ends a word. */
static size_t word_end(const struct cutter *c, size_t beg, int *digits, int *latin)
{
	size_t i = beg;
	*digits = 0;
	*latin = 1;
	while (i < c->n) {
		size_t k = i;
		enum run r = run_of(text_next16(c->u, &k, c->n));
		if (r != RUN_LATIN && r != RUN_OTHER && r != RUN_DIGIT && r != RUN_MARK)
			break;
		*digits |= r == RUN_DIGIT;
		*latin &= r != RUN_OTHER;
		i = k;
	}
	return i;
}

/* Digits with letters right after them: "3d", "1e5". */
static int starts_word(const struct cutter *c, size_t i)
{
	while (i < c->n && run_of(c->u[i]) == RUN_DIGIT)
		i++;
	return i < c->n && (run_of(c->u[i]) == RUN_LATIN || run_of(c->u[i]) == RUN_OTHER);
}

/* A letter without its marks; c as k, which most languages write in words they share. */
static UChar32 base_letter(UChar32 c)
{
	if (c < 0x80)
		return c == 'c' ? 'k' : c;

	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&e);
	UChar parts[8];
	int32_t n = U_SUCCESS(e) ? unorm2_getDecomposition(nfd, c, parts, 8, &e) : -1;

	if (n > 0 && U_SUCCESS(e))
		c = parts[0];
	return c == 'c' ? 'k' : c;
}

/* Hash of the first letters of a word, apart from those of whole words. */
static uint64_t cognate(const UChar *u, size_t beg, size_t end)
{
	uint64_t h = hash_cp(AMTS_HASH_SEED, '~');

	for (unsigned k = 0; k < COGNATE_LETTERS && beg < end; k++)
		h = hash_cp(h, base_letter(text_next16(u, &beg, end)));
	return h;
}

/* Where the word of ASCII letters from beg ends, which is where any word would; beg if it
 * has something else in it.  Hashes as cut_word makes them. */
static size_t ascii_word(const struct cutter *c, size_t beg, uint64_t *whole,
	uint64_t *prefix, uint64_t *kin)
{
	uint64_t h = AMTS_HASH_SEED, p = h, k = hash_cp(h, '~');
	size_t i = beg;

	for (; i < c->n && c->u[i] >= 'a' && c->u[i] <= 'z'; i++) {
		h = hash_cp(h, c->u[i]);
		if (i - beg < PREFIX_LETTERS)
			p = h;
		if (i - beg < COGNATE_LETTERS)
			k = hash_cp(k, c->u[i] == 'c' ? 'k' : c->u[i]);
	}
	*whole = h;
	*prefix = p;
	*kin = k;
	return i < c->n && (c->u[i] >= 0x80 || run_of(c->u[i]) == RUN_DIGIT) ? beg : i;
}

static void add_ascii_word(
	struct cutter *c, uint64_t whole, uint64_t prefix, uint64_t kin, unsigned chars)
{
	if (!c->lang->latin) {
		add(c, AMTS_TOKEN_ANCHOR, whole, whole, chars);
		return;
	}
	add(c, AMTS_TOKEN_WORD, prefix, whole, chars);
	if (chars >= COGNATE_LETTERS)
		c->v[c->nv - 1].cognate = kin;
}

static size_t cut_word(struct cutter *c, size_t beg)
{
	int digits, latin;
	unsigned chars, prefix;
	uint64_t whole, first, kin;
	size_t end = ascii_word(c, beg, &whole, &first, &kin);

	if (end > beg) {
		add_ascii_word(c, whole, first, kin, (unsigned)(end - beg));
		return end;
	}
	end = word_end(c, beg, &digits, &latin);
	whole = hash_units(c->u, beg, end, UINT32_MAX, &chars);
	if (latin && (digits || !c->lang->latin))
		add(c, AMTS_TOKEN_ANCHOR, whole, whole, chars);
	else
		add(c, AMTS_TOKEN_WORD,
			hash_units(c->u, beg, end, PREFIX_LETTERS, &prefix),
			latin ? whole : 0, chars);
	if (latin && !digits && c->lang->latin && chars >= COGNATE_LETTERS)
		c->v[c->nv - 1].cognate = cognate(c->u, beg, end);
	return end;
}

/* Overlapping pairs of a run of ideographs or Hangul; the last token stands for the last
 * character alone where the run has only one. */
static size_t cut_bigrams(struct cutter *c, size_t beg, enum run run)
{
	size_t i = beg;
	UChar32 prev = text_next16(c->u, &i, c->n);
	unsigned pairs = 0;

	while (i < c->n) {
		size_t k = i;
		UChar32 cp = text_next16(c->u, &k, c->n);
		if (run_of(cp) != run)
			break;
		/* Each pair stands for its first character, the last one for both. */
		add(c, AMTS_TOKEN_WORD, hash_cp(hash_cp(AMTS_HASH_SEED, prev), cp), 0, 1);
		prev = cp;
		pairs++;
		i = k;
	}
	if (pairs == 0)
		add(c, AMTS_TOKEN_WORD, hash_cp(AMTS_HASH_SEED, prev), 0, 1);
	else
		c->v[c->nv - 1].chars = 2;
	return i;
}

static size_t cut_dict(struct cutter *c, size_t beg, struct amts_error *err)
{
	size_t end = beg;
	while (end < c->n && run_of(c->u[end]) == RUN_DICT)
		end++;
	UBreakIterator *it = text_lang_words(c->lang, c->u + beg, end - beg, err);
	if (!it)
		return 0;
	int32_t from = 0;
	for (int32_t b = ubrk_next(it); b != UBRK_DONE; from = b, b = ubrk_next(it)) {
		unsigned chars;
		uint64_t h = hash_units(
			c->u, beg + (size_t)from, beg + (size_t)b, UINT32_MAX, &chars);
		add(c, AMTS_TOKEN_WORD, h, 0, chars);
	}
	return end;
}

/* End of a URL at i, or i. */
static size_t url_end(const struct cutter *c, size_t i)
{
	static const UChar https[] = { 'h', 't', 't', 'p', 's', ':', '/', '/' };
	size_t k = i, p = 0;
	if (c->u[i] != 'h')
		return i;
	for (; k < c->n && p < 8 && c->u[k] == https[p]; k++, p++)
		p += p == 3 && k + 1 < c->n && c->u[k + 1] == ':'; /* http: has no s */
	if (p < 8)
		return i;
	while (k < c->n && c->u[k] > ' ' && c->u[k] < 0x7f &&
		!strchr("<>\"'()[]`", c->u[k]))
		k++;
	while (k > i && strchr(".,;:!?", c->u[k - 1]))
		k--;
	return k;
}

static int cut(struct cutter *c, struct amts_error *err)
{
	for (size_t i = 0; i < c->n;) {
		size_t k = i;
		unsigned chars;
		UChar32 cp = text_next16(c->u, &k, c->n);
		enum run r = run_of(cp);
		size_t url = url_end(c, i);
		if (url > i) {
			uint64_t h = hash_units(c->u, i, url, UINT32_MAX, &chars);
			add(c, AMTS_TOKEN_ANCHOR, h, h, chars);
			i = url;
			continue;
		}
		switch (r) {
		case RUN_NONE:
			i = k;
			break;
		case RUN_PUNCT:
			add(c, AMTS_TOKEN_PUNCT, hash_cp(AMTS_HASH_SEED, cp), 0, 1);
			i = k;
			break;
		case RUN_DIGIT:
			i = starts_word(c, i) ? cut_word(c, i) : cut_number(c, i);
			break;
		case RUN_LATIN:
		case RUN_OTHER:
		case RUN_MARK:
			i = cut_word(c, i);
			break;
		case RUN_IDEO:
		case RUN_HANGUL:
			i = cut_bigrams(c, i, r);
			break;
		case RUN_DICT:
			i = cut_dict(c, i, err);
			if (i == 0)
				return AMTS_EFAIL;
			break;
		}
	}
	return AMTS_OK;
}

/* Tokens of text without placeholders. */
static int cut_plain(struct cutter *c, struct amts_str s, struct amts_error *err)
{
	int rc = AMTS_OK;
	for (size_t base = 0; base < s.n && rc == AMTS_OK;) {
		struct amts_str rest = amts_str_sub(s, base, s.n);
		size_t len = text_fold_chunk(rest);
		UChar *u;
		rc = text_fold(&u, &c->n, amts_str_sub(rest, 0, len), err);
		if (rc != AMTS_OK)
			break;
		c->u = u;
		rc = cut(c, err);
		free(u);
		base += len;
	}
	return rc;
}

int amts_tokens(struct amts_token **out, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err)
{
	struct cutter c = { .lang = text_lang_get(lang) };
	size_t beg = 0, i = 0;
	int rc = AMTS_OK;

	while (rc == AMTS_OK && i < text.n) {
		const char *lt = memchr(text.p + i, '<', text.n - i);
		size_t id, len = 0;
		i = lt ? (size_t)(lt - text.p) : text.n;
		if (lt && (len = text_placeholder(text, i, &id)) == 0) {
			i++;
			continue;
		}
		rc = cut_plain(&c, amts_str_sub(text, beg, i), err);
		i += len;
		beg = i;
	}
	if (rc == AMTS_OK && beg < text.n)
		rc = cut_plain(&c, amts_str_sub(text, beg, text.n), err);
	*n = rc == AMTS_OK ? c.nv : 0;
	*out = AMTS_NEW(arena, struct amts_token, *n);
	if (*n)
		memcpy(*out, c.v, *n * sizeof(**out));
	free(c.v);
	return rc;
}
