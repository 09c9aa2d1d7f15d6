#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H
/* What the rules share: check.c runs them, each adds the faults it finds. */
#include "amts/check.h"

/* Beads below this say nothing about a fault: the precision table of the alignment tests.
 */
#define CHECK_SURE .7

/* Where the lines of a document begin. */
struct lines {
	const size_t *beg;
	size_t n;
};

struct check {
	struct amts_arena *arena;
	const struct amts_check_page *page;
	const struct amts_doc *src, *tgt;
	struct lines src_lines, tgt_lines;
	struct amts_fault *v; /* on the heap */
	size_t n, cap;
	size_t searched; /* bytes of translations, for what a sentence must have */
};

void check_add(struct check *c, enum amts_check_rule rule, size_t line, size_t src_line,
	const char *fmt, ...) AMTS_PRINTF(5, 6);
size_t check_line(const struct lines *lines, size_t at); /* 1-based, of an offset */

void check_blocks(struct check *c);				     /* blocks.c */
void check_sentences(struct check *c);				     /* sentences.c */
void check_links(struct check *c);				     /* links.c */
void check_placeholders(struct check *c, const struct amts_bead *b); /* placeholders.c */

/* Bytes of the target from some sentences before a bead to some after it: sentences of a
 * paragraph change their order and their borders in translation. */
struct amts_str check_around(const struct check *c, const struct amts_bead *b);
/* 1 as well once a page has taken too much searching; c->searched counts bytes. */
int check_has(struct check *c, struct amts_str all, struct amts_str part);
/* Full-width digits as digits, groups of digits joined. */
struct amts_str check_all_digits(struct amts_arena *arena, struct amts_str s);

/* The target in "](target "title")", or in a definition, "[x]: target"; "" when there is
 * none. */
struct amts_str check_link_target(struct amts_str s);
/* A formula without white space, words in \text{…} and what translations adapt of its
 * punctuation. */
struct amts_str check_bare_math(struct amts_arena *arena, struct amts_str s);

/* One kind of name a site has. */
enum site_kind { SITE_FILE, SITE_ANCHOR, SITE_LABEL };
int check_site_has(const struct amts_check_site *site, enum site_kind kind,
	struct amts_str path, struct amts_str name);

#endif
