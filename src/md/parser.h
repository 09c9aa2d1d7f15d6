#ifndef MD_PARSER_H
#define MD_PARSER_H
/*
 * The block parser: one pass over the lines by the strategy of CommonMark's appendix,
 * with the regions of other dialects recognised where a block may start.  It keeps where
 * things are and builds no tree, so 100 MB on one line cost no more than their bytes.
 */
#include "amts/doc.h"
#include "md/dialect.h"

/* Containers nested deeper than this are text: what a line costs stays bounded. */
#define MD_NEST_MAX 100

enum md_container_type {
	MD_QUOTE,
	MD_ITEM, /* of a list */
	MD_FENCE /* MyST directive around markdown */
};

struct md_container {
	enum md_container_type type;
	size_t indent; /* MD_ITEM: columns of its content; MD_FENCE: before the fence */
	size_t fence_len; /* MD_FENCE */
	char fence;	  /* MD_FENCE: its character */
	int has_child;
	unsigned depth, quotes, fences; /* up to and with this one */
};

enum md_leaf_type { MD_NONE, MD_PARAGRAPH, MD_INDENTED, MD_FENCED, MD_HTML };

/* The block that takes lines at present. */
struct md_leaf {
	enum md_leaf_type type;
	size_t beg; /* start of its first line, or of the lines of an item's marker before
		       it */
	size_t at;  /* first byte of content */
	size_t last; /* first byte of content in its last line */
	size_t end;  /* of its last line's body */
	size_t next; /* after that line's ending */
	int item;    /* first block of a list item */
	char fence;
	size_t fence_len, indent;
	enum amts_block_kind kind; /* MD_FENCED: what it comes out as */
	int html;		   /* MD_HTML: 1 to 7 */
	uint64_t print;		   /* code: of its lines so far */
	size_t blanks;		   /* code: empty lines not yet in print */
	int has_table;		   /* MD_PARAGRAPH: it ends with a table… */
	size_t table;		   /* …the content of whose first row starts here */
};

struct md_parser {
	struct amts_doc *doc;
	struct amts_str in;

	size_t beg, end, next; /* the line: start, end of body, after its ending */
	size_t at, col;	       /* cursor, and its column */
	int tab;	       /* the cursor is inside a tab */
	int seen;	       /* nonspace is that of this line */
	size_t nonspace, nonspace_col, indent;
	int blank;

	struct md_container stack[MD_NEST_MAX];
	unsigned depth;
	struct md_leaf leaf;
	int mark; /* an item's marker awaits its first block */
	size_t mark_beg, mark_next;

	size_t options; /* start of the line on which MyST options may stand */
	size_t rule_dead;
	size_t dead[MD_DEAD_N];
	uint64_t tabs;

	struct amts_block *v; /* heap */
	size_t n, cap;
	struct amts_buf text; /* scratch */
	int dirty;	      /* the document has bytes that are not text */
};

/* block.c: the lines of the document from p->next on. */
void md_parse_lines(struct md_parser *p);

/* emit.c: append a block of the lines [beg, next).  A marker that waits is taken in. */
struct md_emit {
	enum amts_block_kind kind;
	unsigned level;
	size_t beg, next;
	struct amts_span content; /* what the fingerprint covers */
	struct amts_span text;	  /* what a person reads; empty: nothing */
	uint64_t print;		  /* the fingerprint of code; 0: take it of content */
};
void md_emit(struct md_parser *p, const struct md_emit *e);

/* leaf.c: the block that takes lines. */

void md_leaf_open(struct md_parser *p, enum md_leaf_type type); /* at p->nonspace */
void md_leaf_add(struct md_parser *p); /* the line from the cursor on */
void md_leaf_close(struct md_parser *p);
/* Take link definitions off the start of the open paragraph; 0 if nothing is left of it.
 */
int md_leaf_link_defs(struct md_parser *p);

/* front.c: front matter at the start of the document, if there is any; moves p->next. */
void md_front_matter(struct md_parser *p);

#endif
