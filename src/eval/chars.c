#include "eval/chars.h"

#include <string.h>

#include "base/alloc.h"

/* str.split() and str.strip() of Python 3: White_Space of Unicode and U+001C to U+001F.
 */
static const struct eval_range spaces[] = {
	{ 0x09, 0x0d },
	{ 0x1c, 0x20 },
	{ 0x85, 0x85 },
	{ 0xa0, 0xa0 },
	{ 0x1680, 0x1680 },
	{ 0x2000, 0x200a },
	{ 0x2028, 0x2029 },
	{ 0x202f, 0x202f },
	{ 0x205f, 0x205f },
	{ 0x3000, 0x3000 },
};

int eval_in_ranges(uint32_t c, const struct eval_range *ranges, size_t n)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c > ranges[mid].last)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && c >= ranges[lo].first;
}

uint32_t eval_class_space(uint32_t c)
{
	if (c > 0x3000)
		return 0;
	return eval_in_ranges(c, spaces, sizeof(spaces) / sizeof(*spaces)) ? EVAL_SPACE
									   : 0;
}

void eval_classes_init(struct eval_classes *classes, uint32_t (*of)(uint32_t c))
{
	for (uint32_t c = 0; c < 128; c++)
		classes->ascii[c] = of(c);
	classes->of = of;
}

static int is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The code point at u, n bytes at most, first byte not ASCII; *len is its bytes.  RFC
 * 3629, section 4. */
static uint32_t decode(const unsigned char *u, size_t n, size_t *len)
{
	uint32_t c = u[0];

	*len = 1;
	if (c >= 0xc2 && c <= 0xdf && n > 1 && is_tail(u[1])) {
		*len = 2;
		return (c & 0x1f) << 6 | (u[1] & 0x3fU);
	}
	if ((c & 0xf0) == 0xe0 && n > 2 && is_tail(u[1]) && is_tail(u[2])) {
		uint32_t r = (c & 0xf) << 12 | (u[1] & 0x3fU) << 6 | (u[2] & 0x3fU);

		if (r >= 0x800 && (r < 0xd800 || r > 0xdfff)) {
			*len = 3;
			return r;
		}
	}
	if ((c & 0xf8) == 0xf0 && n > 3 && is_tail(u[1]) && is_tail(u[2]) &&
		is_tail(u[3])) {
		uint32_t r = (c & 7) << 18 | (u[1] & 0x3fU) << 12 | (u[2] & 0x3fU) << 6 |
			     (u[3] & 0x3fU);

		if (r >= 0x10000 && r <= 0x10ffff) {
			*len = 4;
			return r;
		}
	}
	return 0xdc00 + c;
}

void eval_chars_of(
	struct eval_chars *out, struct amts_str s, const struct eval_classes *classes)
{
	const unsigned char *u = (const unsigned char *)s.p;
	uint32_t seen = 0, *v;
	size_t i = 0, len;

	out->n = 0;
	AMTS_VEC_ROOM(out->v, out->n, out->cap, s.n + 1); /* never NULL */
	v = out->v;
	while (i < s.n) {
		uint32_t c = u[i];

		if (c < 128) {
			c |= classes->ascii[c];
			i++;
		} else {
			c = decode(u + i, s.n - i, &len);
			c |= classes->of(c);
			i += len;
		}
		seen |= c;
		*v++ = c;
	}
	out->n = (size_t)(v - out->v);
	out->seen = seen & ~EVAL_CODE_POINT;
}

void eval_put_char(struct amts_buf *out, uint32_t c)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	char b[4];

	if (c >= 0xdc80 && c <= 0xdcff) { /* the byte that was no UTF-8 */
		amts_buf_addc(out, (char)(c - 0xdc00));
		return;
	}
	for (size_t i = len; i-- > 1; c >>= 6)
		b[i] = (char)(0x80 | (c & 0x3f));
	b[0] = (char)(len == 1 ? c : (0xf00U >> len & 0xff) | c);
	amts_buf_add(out, (struct amts_str){ b, len });
}

void eval_chars_trim(struct eval_chars *line, int both)
{
	size_t beg = 0;

	while (line->n && line->v[line->n - 1] & EVAL_SPACE)
		line->n--;
	while (both && beg < line->n && line->v[beg] & EVAL_SPACE)
		beg++;
	line->n -= beg;
	memmove(line->v, line->v + beg, line->n * sizeof(*line->v));
}

size_t eval_next_word(const uint32_t **word, const struct eval_chars *line, size_t *at)
{
	size_t i = *at, beg;

	while (i < line->n && line->v[i] & EVAL_SPACE)
		i++;
	for (beg = i; i < line->n && !(line->v[i] & EVAL_SPACE);)
		i++;
	*word = line->v + beg;
	*at = i;
	return i - beg;
}
