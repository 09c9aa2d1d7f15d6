#ifndef MD_MATCH_UTIL_H
#define MD_MATCH_UTIL_H
/* What the matchers share. */
#include "base/chars.h"
#include "md/match.h"

static inline int md_is_alpha(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline int md_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline int md_is_name(char c)
{
	return md_is_alpha(c) || md_is_digit(c) || c == '_' || c == '-' || c == '.' ||
	       c == '+';
}

/* The byte at i, NUL past the end. */
static inline char md_at(struct amts_str s, size_t i)
{
	if (i < s.n)
		return s.p[i];
	return '\0';
}

static inline size_t md_skip_spaces(struct amts_str s, size_t i)
{
	while (i < s.n && amts_is_space(s.p[i]))
		i++;
	return i;
}

/* Offset of needle from `at`, or s.n; failures are remembered in m->dead[slot]. */
enum md_dead_slot {
	MD_DEAD_DOLLARS = MD_RAW_ELEMENTS,
	MD_DEAD_PAREN,
	MD_DEAD_COMMENT,
	MD_DEAD_CDATA,
	MD_DEAD_PI,
	MD_DEAD_DECL
};
size_t md_match_find(struct md_match *m, size_t slot, struct amts_str needle, size_t at);

/* After the } that closes the { at `at`; 0 if nothing does. */
size_t md_brace_end(const struct md_match *m, size_t at);

#endif
