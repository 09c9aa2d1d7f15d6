#ifndef MD_DIALECT_H
#define MD_DIALECT_H
/*
 * Blocks that CommonMark does not know: display math, label lines, tabs, containers, MyST
 * and MDX.  Each is a region of whole lines, recognised by its first line and, where it
 * has a closing mark, by that mark: without one it is not a region and the lines stay
 * what CommonMark makes of them.
 */
#include "amts/doc.h"

enum md_region_role {
	MD_REGION_PLAIN,
	MD_REGION_TABS,	    /* :begin_tab:, text is the set */
	MD_REGION_TABS_END, /* :end_tab: */
	MD_REGION_OPEN	    /* what opens a MyST directive: options may follow */
};

struct md_region {
	enum amts_block_kind kind;
	enum md_region_role role;
	unsigned dialect;
	struct amts_span text; /* what a person reads; empty: nothing */
	size_t end;	       /* of its last line's body */
	size_t next;	       /* after its last line's ending */
};

/* Where a region may start. */
struct md_place {
	struct amts_str in; /* the document */
	size_t at; /* first byte of the line that is not white space or container prefix
		    */
	size_t end, next; /* of that line's body, after its ending */
	unsigned quotes;  /* quote markers each further line must have */
	int top;	  /* at the very start of its line */
	int in_para;	  /* the line before is text of a paragraph */
	int options; /* the line before opened a MyST directive or is an option of it */
};

/* Searches for a closing mark that failed: no region of that sort starts before
 * dead[sort]. This keeps a thousand unclosed marks linear. */
enum md_dead {
	MD_DEAD_MATH,
	MD_DEAD_ENV,
	MD_DEAD_TAG,
	MD_DEAD_COMMENT,
	MD_DEAD_OPTIONS,
	MD_DEAD_ESM,
	MD_DEAD_N
};

/* 1 and *out when a region starts at place. */
int md_region_at(
	struct md_region *out, const struct md_place *place, size_t dead[MD_DEAD_N]);

/* Info string of a fence that is a MyST directive: "{name} argument". */
enum md_fence_role {
	MD_FENCE_CODE, /* not a directive, or one that holds no markdown */
	MD_FENCE_MATH,
	MD_FENCE_OPAQUE, /* a directive whose content is not markdown: toctree, contents…
			  */
	MD_FENCE_MARKDOWN /* a directive around markdown: note, exercise… */
};
enum md_fence_role md_fence_role(struct amts_str info);

/* The title in the argument of a directive: empty when its argument is no prose. */
struct amts_span md_directive_title(struct amts_str in, struct amts_span info);

#endif
