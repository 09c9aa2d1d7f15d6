#ifndef AMTS_DOC_H
#define AMTS_DOC_H
/*
 * One markdown document as a list of blocks over its unchanged bytes.
 *
 * Blocks are whole lines, in order, and do not overlap; what lies between them (blank
 * lines, lines of bare quote markers) is white space and quote markers only.  Blocks and gaps
 * concatenate to the file for any bytes.  Nothing is ever rendered back from a tree:
 * a document changes by putting bytes in place of spans.
 */
#include "amts/mem.h"

enum amts_block_kind {
	AMTS_BLOCK_FRONT_MATTER, /* one top-level entry of it, or its `---` line */
	AMTS_BLOCK_HEADING,
	AMTS_BLOCK_PARAGRAPH,
	AMTS_BLOCK_LIST_ITEM, /* first paragraph of an item, with its marker */
	AMTS_BLOCK_TABLE_ROW, /* also the delimiter row (opaque) */
	AMTS_BLOCK_CODE,      /* fenced or indented, with its fences */
	AMTS_BLOCK_MATH,      /* display math alone on its lines */
	AMTS_BLOCK_HTML,      /* raw HTML or a JSX tag line */
	AMTS_BLOCK_COMMENT,   /* <!-- --> or {slash-star star-slash} alone on its lines */
	AMTS_BLOCK_DIRECTIVE, /* :begin_tab:, ::: fences, MyST fences and options, MDX import/export */
	AMTS_BLOCK_LABEL,     /* :label:, :eqlabel:, (target)= alone on its line */
	AMTS_BLOCK_LINK_DEF,  /* [name]: url "title" */
	AMTS_BLOCK_RULE,      /* ***, --- */
	AMTS_BLOCK_OTHER      /* bytes that are not text: invalid UTF-8, NUL; empty list items */
};
#define AMTS_BLOCK_KINDS 14
const char *amts_block_kind_name(enum amts_block_kind kind); /* "heading", "list-item"… */
/* Is its text one of lines (code, math, HTML…), not one of words? */
int amts_block_kind_has_lines(enum amts_block_kind kind);

/* Dialects found in a document (bits); detected, never configured. */
enum amts_dialect {
	AMTS_DIALECT_GFM = 1 << 0,          /* tables */
	AMTS_DIALECT_FRONT_MATTER = 1 << 1, /* YAML --- or TOML +++ */
	AMTS_DIALECT_D2L = 1 << 2,
	AMTS_DIALECT_MATH = 1 << 3,
	AMTS_DIALECT_CONTAINERS = 1 << 4, /* ::: and {#id} (Vue) */
	AMTS_DIALECT_MDX = 1 << 5,
	AMTS_DIALECT_MYST = 1 << 6
};
#define AMTS_DIALECTS 7
const char *amts_dialect_name(enum amts_dialect one); /* "gfm", "d2l"… */

struct amts_block {
	enum amts_block_kind kind;
	struct amts_span all;  /* whole lines, with markers, fences and the last line ending */
	struct amts_span text; /* the part a person reads, inside all; empty when opaque */
	size_t line;           /* 1-based, of all.beg */
	unsigned depth;        /* containers around it: list items and quotes; 0 at top level */
	unsigned quotes;       /* how many of these are quotes */
	unsigned level;        /* heading 1-6, else 0 */
	int opaque;            /* must not be translated */
	uint64_t tabs;         /* hash of the enclosing :begin_tab: set, 0 outside */
	uint64_t print;        /* fingerprint: kind, level and content, white space folded,
	                          container prefixes left out */
};

struct amts_doc {
	struct amts_str bytes; /* borrowed: must outlive the document */
	unsigned dialects;
	int crlf; /* most line endings are CRLF */
	int plain; /* from amts_doc_plain: each block is one sentence */
	struct amts_block *v;
	size_t n;
	uint64_t *labels; /* of link definitions: hashes, sorted; for amts_doc_inlines */
	size_t nlabels;
};

/*
 * Parse bytes, which stay where they are; everything else lives in arena.  Any bytes give a
 * document: what is not understood is a paragraph, what is not text is opaque.
 * Linear in the size of bytes.  AMTS_ETOOBIG over 4 GiB.
 */
AMTS_MUST_CHECK int amts_doc_parse(struct amts_doc **out, struct amts_arena *arena,
	struct amts_str bytes, struct amts_error *err);

/* One sentence a line, blank lines between paragraphs: every line is a block of its own
 * text, and lines of one paragraph share `level` (counted from 1). */
AMTS_MUST_CHECK int amts_doc_plain(struct amts_doc **out, struct amts_arena *arena,
	struct amts_str bytes, struct amts_error *err);

struct amts_str amts_doc_bytes(const struct amts_doc *doc, struct amts_span at);

/* 0 when blocks and gaps are the file and gaps hold no content; else the 1-based line of
 * the first fault.  Run after every parse. */
size_t amts_doc_fault(const struct amts_doc *doc);

/* Put text in place of at.  Splices are sorted by at.beg and do not overlap; two
 * insertions at one place keep their order. */
struct amts_splice {
	struct amts_span at;
	struct amts_str text;
};
AMTS_MUST_CHECK int amts_splice(struct amts_buf *out, struct amts_str bytes,
	const struct amts_splice *v, size_t n, struct amts_error *err);

#endif
