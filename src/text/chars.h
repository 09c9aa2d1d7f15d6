#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H
/* Character classes and placeholders, for text of any language. */
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "amts/text.h"

/* Length of the placeholder <x id="N"/> at s.p[i], 0 if there is none; *id is its N. */
size_t text_placeholder(struct amts_str s, size_t i, size_t *id);

void text_add_placeholder(struct amts_buf *out, size_t id);

/* The next character of s from *i on; U+FFFD for bytes that are none. */
UChar32 text_next(struct amts_str s, size_t *i);

/* The next character of UTF-16; lone surrogates as they are. */
static inline UChar32 text_next16(const UChar *u, size_t *i, size_t n)
{
	UChar32 c;

	U16_NEXT(u, *i, n, c);
	return c;
}

/* UTF-8 of c at out, which has room for 4 bytes: its length. */
size_t text_put(char *out, UChar32 c);

static inline int text_is_space(UChar32 c)
{
	return c == ' ' || (c >= 9 && c <= 13) || (c > 0x7f && u_isUWhiteSpace(c));
}

/* Han, kana, Hangul and the punctuation set with them: written without spaces, or
 * (Hangul) often run together after a full stop. */
static inline int text_is_wide(UChar32 c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) ||
	       (c >= 0x1100 && c <= 0x11ff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xff01 && c <= 0xffdc) || (c >= 0x20000 && c <= 0x3ffff);
}

/* A wide character that is a letter: what n-grams are made of. */
static inline int text_is_ideo(UChar32 c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) ||
	       (c >= 0x3005 && c <= 0x3007) || (c >= 0x31f0 && c <= 0x31ff) ||
	       (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Thai, Lao, Burmese, Khmer: no spaces between words. */
static inline int text_is_southeast(UChar32 c)
{
	return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
	       (c >= 0x1780 && c <= 0x17ff);
}

static inline int text_is_hangul(UChar32 c)
{
	return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff) ||
	       (c >= 0x3131 && c <= 0x318e);
}

#endif
