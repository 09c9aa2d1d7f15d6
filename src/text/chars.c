#include "text/chars.h"

#include <string.h>

size_t text_placeholder(struct amts_str s, size_t i, size_t *id)
{
	static const char open[] = "<x id=\"";
	size_t p = i + sizeof(open) - 1, v = 0, digits = 0;

	if (i >= s.n || s.p[i] != '<' || s.n - i < sizeof(open) + 3 ||
		memcmp(s.p + i, open, sizeof(open) - 1) != 0)
		return 0;
	for (; p < s.n && s.p[p] >= '0' && s.p[p] <= '9' && digits < 9; p++, digits++)
		v = v * 10 + (size_t)(s.p[p] - '0');
	if (digits == 0 || s.n - p < 3 || memcmp(s.p + p, "\"/>", 3) != 0)
		return 0;
	*id = v;
	return p + 3 - i;
}

void text_add_placeholder(struct amts_buf *out, size_t id)
{
	char digits[20], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + id % 10);
	while (id /= 10);
	amts_buf_add(out, AMTS_STR("<x id=\""));
	amts_buf_add(
		out, (struct amts_str){ at, (size_t)(digits + sizeof(digits) - at) });
	amts_buf_add(out, AMTS_STR("\"/>"));
}

UChar32 text_next(
	struct amts_str s, size_t *i) /* NOLINT(readability-function-size): ICU's macro */
{
	UChar32 c;
	U8_NEXT_OR_FFFD((const uint8_t *)s.p, *i, s.n, c);
	return c;
}

size_t text_put(char *out, UChar32 c) /* NOLINT(readability-function-size): as above */
{
	size_t n = 0;
	U8_APPEND_UNSAFE((uint8_t *)out, n, c);
	return n;
}

static int is_unspaced(UChar32 c)
{
	return (text_is_wide(c) && !text_is_hangul(c)) || text_is_southeast(c) ||
	       (c >= 0x2010 && c <= 0x2026); /* dashes, quotation marks */
}

char amts_line_joint(const char *lang, struct amts_str before, struct amts_str after)
{
	size_t beg = 0, end = before.n;

	if (!before.n || !after.n || !amts_lang_unspaced(lang))
		return ' ';
	while (end > 0 && before.n - end < 4 &&
		((unsigned char)before.p[--end] & 0xc0) == 0x80)
		;
	UChar32 a = text_next(before, &end), b = text_next(after, &beg);
	return is_unspaced(a) && is_unspaced(b) ? 0 : ' ';
}

/* Length of the valid character at s.p[i], 0 if there is none. */
static size_t valid_char(struct amts_str s, size_t i)
{
	size_t at = i;
	UChar32 c = text_next(s, &at);
	if (c == 0xfffd && (at - i != 3 || memcmp(s.p + i, "\xef\xbf\xbd", 3) != 0))
		return 0;
	return at - i;
}

size_t amts_utf8_fault(struct amts_str s)
{
	size_t i = 0, len;
	while (i < s.n) {
		uint64_t w = ~(uint64_t)0;
		if (s.n - i >= 8)
			memcpy(&w, s.p + i, 8);
		if ((w & 0x8080808080808080ULL) == 0)
			i += 8;
		else if ((len = valid_char(s, i)) != 0)
			i += len;
		else
			break;
	}
	return i;
}

int amts_text_check(struct amts_str s, const char *name, struct amts_error *err)
{
	size_t at = amts_utf8_fault(s), line = 1, i;

	for (i = 0; i < at; i++)
		line += s.p[i] == '\n';
	return at == s.n ? AMTS_OK
			 : amts_fail(err, AMTS_EPARSE,
				   "%s is not UTF-8 in line %zu; \"iconv -t UTF-8\" "
				   "converts it",
				   name, line);
}

int amts_text_has_letters(struct amts_str s)
{
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		size_t id, len;
		if (c == '<' && (len = text_placeholder(s, i, &id)) != 0) {
			i += len;
			continue;
		}
		if (c < 0x80) {
			if ((c | 32) >= 'a' && (c | 32) <= 'z')
				return 1;
			i++;
			continue;
		}
		if (u_isalpha(text_next(s, &i)))
			return 1;
	}
	return 0;
}

enum amts_char_group amts_char_group(uint32_t c)
{
	uint32_t mask = c <= 0x10ffff ? U_GET_GC_MASK((UChar32)c) : 0;

	return mask & U_GC_N_MASK   ? AMTS_CHAR_NUMBER
	       : mask & U_GC_P_MASK ? AMTS_CHAR_PUNCT
	       : mask & U_GC_S_MASK ? AMTS_CHAR_SYMBOL
				    : AMTS_CHAR_OTHER;
}
