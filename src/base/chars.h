#ifndef BASE_CHARS_H
#define BASE_CHARS_H
/* Classes of bytes, whatever the locale. */
#include <string.h>

static inline int amts_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* NUL, which ends the list, is none of them. */
static inline int amts_is_one_of(char c, const char *list)
{
	return c && strchr(list, c) != NULL;
}

#endif
