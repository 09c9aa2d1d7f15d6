#ifndef AMTS_CHECK_H
#define AMTS_CHECK_H
/*
 * Faults of a translation that a program can see: what QA tools of the field look for, page by
 * page against the source it was made from.  Pure: nothing is read but what is handed over.
 */
#include "amts/align.h"
#include "amts/glossary.h"

enum amts_check_rule {
	AMTS_CHECK_EMPTY,        /* nothing in the page, though there is in the source's */
	AMTS_CHECK_ENCODING,     /* not text in UTF-8: NUL bytes, another encoding */
	AMTS_CHECK_CONFLICT,     /* conflict markers that were committed */
	AMTS_CHECK_FENCE,        /* a code block that is never closed, though the source's is */
	AMTS_CHECK_LEFTOVER,     /* a placeholder token of ours, <x id="1"/> */
	AMTS_CHECK_LINK,         /* a relative link to a file that only the source has */
	AMTS_CHECK_ANCHOR,       /* a #fragment that only the source's page has */
	AMTS_CHECK_LABEL,        /* a cross-reference whose label only the source has */
	AMTS_CHECK_PLACEHOLDER,  /* code, math, a link… of the source sentence that is missing */
	AMTS_CHECK_NUMBER,       /* a number of the source sentence that is missing */
	AMTS_CHECK_MATH,         /* a formula that differs beyond its words and punctuation */
	AMTS_CHECK_HEADING,      /* a heading of another level */
	AMTS_CHECK_UNTRANSLATED, /* a sentence left in the source language */
	AMTS_CHECK_PENDING,      /* a block that an earlier run left to people */
	AMTS_CHECK_GLOSSARY      /* a term that is not translated as the glossary has it */
};
#define AMTS_CHECK_RULES 15
const char *amts_check_rule_name(enum amts_check_rule rule);  /* "empty", "fence"… */
const char *amts_check_rule_about(enum amts_check_rule rule); /* a line for people */
/* 1: the page is broken for its readers; 0: a person should look. */
int amts_check_is_error(enum amts_check_rule rule);

/* Everything that links of one tree can lead to. */
struct amts_check_site;
struct amts_check_site *amts_check_site_new(void);
void amts_check_site_free(struct amts_check_site *site); /* NULL is allowed */
void amts_check_site_add_file(struct amts_check_site *site, struct amts_str path);
/* The anchors of a page (ids, headings) and the labels it defines. */
void amts_check_site_add_page(struct amts_check_site *site, struct amts_str path,
	const struct amts_doc *doc);

/* A translation beside its source, aligned. */
struct amts_check_page {
	struct amts_str src_path, tgt_path;
	const char *tgt_lang;
	const struct amts_segments *src, *tgt;
	const struct amts_alignment *blocks, *sentences;
	const struct amts_check_site *src_site, *tgt_site; /* NULL: links are not followed */
	const uint64_t *pending; /* fingerprints of target blocks left to people */
	size_t npending;
	const struct amts_glossary *glossary; /* NULL: terms are not looked at */
};

struct amts_fault {
	enum amts_check_rule rule;
	size_t line;		 /* of the target, 1-based */
	size_t src_line;	 /* of the source; 0 where there is none */
	struct amts_str message; /* for people: lower case, no full stop */
};
struct amts_faults {
	struct amts_fault *v; /* by line */
	size_t n;
};

/* Compared is only what the alignment is sure of (from .7 on), so that what the translation
 * has of its own is no fault.  At most AMTS_CHECK_MOST faults of a rule, the last of which
 * says how many more there are.  n log n in the size of the page, but for a paragraph: its
 * code, math and numbers times its length; and pending blocks times the page's. */
#define AMTS_CHECK_MOST 200
void amts_check_translation(struct amts_faults *out, struct amts_arena *arena,
	const struct amts_check_page *page);

#endif
