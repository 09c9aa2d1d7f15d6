#ifndef MD_MATCH_H
#define MD_MATCH_H
/*
 * What single inline constructs look like.  A matcher returns the offset after the
 * construct at `at`, 0 if there is none, and says of which kind it is.  All of them
 * together are linear in s: what was looked for in vain is remembered, other look-ahead
 * ends at the next candidate.
 */
#include "amts/segment.h"

/* Elements whose content is no prose (code, pre, script, style, svg…). */
#define MD_RAW_ELEMENTS 8
#define MD_TICKS_MAX 80 /* longest run of backticks that delimits code, as in cmark */

/* A run of backticks. */
struct md_ticks {
	size_t at, len;
	size_t same; /* index of the next run of this length; SIZE_MAX: none */
};

/* Balanced { }; end is 0 for one that nothing closes. */
struct md_brace {
	size_t beg, end;
};

struct md_match {
	struct amts_str s;
	int mdx; /* { } holds an expression */
	struct md_ticks *ticks;
	size_t next_ticks[MD_TICKS_MAX + 1]; /* by length: first run after the scan */
	struct md_brace *braces;	     /* sorted by beg */
	size_t nbraces;
	size_t dead[16];     /* a search from here on fails; see match_util.h */
	size_t no_attribute; /* first line end or backtick after the scan, if above it */
};

void md_match_init(struct md_match *m, const struct amts_doc *doc, struct amts_str s);
void md_match_release(struct md_match *m);

typedef size_t md_matcher(struct md_match *m, size_t at, enum amts_inline_kind *kind);
md_matcher md_match_code;	/* at a backtick */
md_matcher md_match_dollar;	/* at $ */
md_matcher md_match_paren_math; /* at \( */
md_matcher md_match_role;	/* at : or { */
md_matcher md_match_brace;	/* at { */
md_matcher md_match_angle;	/* at < */
md_matcher md_match_entity;	/* at & */
md_matcher md_match_url;	/* at h */
md_matcher md_match_break;	/* at white space or a backslash before a line end */

/* The part of a link after its text: (target "title") at `at`. */
size_t md_match_target(struct amts_str s, size_t at);

/* After the ] of the [label] at `at`; at most 1000 bytes, no brackets inside. */
size_t md_match_label(struct amts_str s, size_t at);

#endif
