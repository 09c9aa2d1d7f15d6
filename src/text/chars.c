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

static int is_unspaced(UChar32 c)
{
	return (text_is_wide(c) && !text_is_hangul(c)) || text_is_southeast(c) ||
	       (c >= 0x2010 && c <= 0x2026); /* dashes, quotation marks */
}

char amts_line_joint(const char *lang, struct amts_str before, struct amts_str after)
{
	UChar32 a, b;
	size_t beg = 0, last = before.n < 4 ? before.n : 4;
	int32_t end = (int32_t)last;

	if (!before.n || !after.n || !amts_lang_unspaced(lang))
		return ' ';
	U8_PREV((const uint8_t *)before.p + before.n - last, 0, end, a);
	U8_NEXT((const uint8_t *)after.p, beg, after.n, b);
	return is_unspaced(a) && is_unspaced(b) ? 0 : ' ';
}

size_t amts_utf8_fault(struct amts_str s)
{
	size_t i = 0;
	while (i < s.n) {
		uint64_t w;
		if (s.n - i >= 8 &&
			(memcpy(&w, s.p + i, 8), (w & 0x8080808080808080ULL) == 0)) {
			i += 8;
			continue;
		}
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x80) {
			i++;
			continue;
		}
		UChar32 cp;
		size_t at = 0, left = s.n - i < 4 ? s.n - i : 4;
		U8_NEXT((const uint8_t *)s.p + i, at, left, cp);
		if (cp < 0)
			return i;
		i += at;
	}
	return s.n;
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
		UChar32 cp;
		U8_NEXT((const uint8_t *)s.p, i, s.n, cp);
		if (cp >= 0 && u_isalpha(cp))
			return 1;
	}
	return 0;
}
