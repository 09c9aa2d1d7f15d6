#ifndef BASE_CHARS_H
#define BASE_CHARS_H
/* Classes of bytes, whatever the locale. */

static inline int amts_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
