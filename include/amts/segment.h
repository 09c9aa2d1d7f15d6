#ifndef AMTS_SEGMENT_H
#define AMTS_SEGMENT_H
/*
 * The translatable text of a document: inline markup protected, cut into sentences.
 *
 * A segment is one sentence (heading, table cell, caption) of one block.  Its `text` has
 * hard-wrapped lines joined, container prefixes left out and each protected inline as
 * <x id="N"/>, N from 1 in order; `at` is where it stands in the document's bytes.
 */
#include "amts/doc.h"

enum amts_inline_kind {
	AMTS_INLINE_CODE,     /* `code` */
	AMTS_INLINE_MATH,     /* $x$, $$x$$, \(x\) */
	AMTS_INLINE_LINK,     /* [ and, after the text, ](target "title") or ][ref]: two inlines;
	                         a shortcut [ref] of a known definition is one, text and all */
	AMTS_INLINE_IMAGE,    /* ![ and the ](target) after the alternative text: two inlines */
	AMTS_INLINE_URL,      /* bare URL or <autolink> */
	AMTS_INLINE_ROLE,     /* :numref:`x`, {ref}`x`; for roles with text ({doc}`text <x>`) whole */
	AMTS_INLINE_CITE,     /* :cite:`x`, {cite}`x`, [^1], [@key] */
	AMTS_INLINE_HTML,     /* one tag, comment or entity; <code>…</code> and the like whole; \< */
	AMTS_INLINE_EXPR,     /* {jsx}, {{ template }} */
	AMTS_INLINE_ID,       /* {#id}, {slash-star id star-slash}, [[toc]], {.class} after a heading */
	AMTS_INLINE_BREAK     /* hard line break: backslash or two spaces and the line end */
};
#define AMTS_INLINE_KINDS 11
const char *amts_inline_kind_name(enum amts_inline_kind kind);

/* Protected bytes.  Never nested: a link is its parts, so the code in its text is an inline
 * of its own, between them. */
struct amts_inline {
	enum amts_inline_kind kind;
	struct amts_span at;
};

/* The inlines of a block's text (or of any span of it), in order; linear in its size. */
void amts_doc_inlines(struct amts_inline **out, size_t *n, struct amts_arena *arena,
	const struct amts_doc *doc, const struct amts_block *block, struct amts_span at);

struct amts_segment {
	struct amts_span at;  /* first to last byte of the sentence, no white space around */
	struct amts_str text; /* protected, lines joined */
	struct amts_inline *inl; /* what <x id="1"/>, <x id="2"/>… stand for */
	size_t ninl;
	size_t block;
	int letters; /* has letters outside placeholders: needs translation */
};

struct amts_segments {
	const struct amts_doc *doc;
	struct amts_segment *v;
	size_t n;
	size_t *first; /* of block b: v[first[b]] up to v[first[b + 1]]; n + 1 of doc->n entries */
};

/* Segments of every block that is not opaque; a block of a plain document is one segment,
 * inlines and all.  lang: BCP 47 of the text ("zh", "pt-BR"). */
AMTS_MUST_CHECK int amts_segments(struct amts_segments *out, struct amts_arena *arena,
	const struct amts_doc *doc, const char *lang, struct amts_error *err);
/* The same, of a document of which another revision is cut already: what both have is taken
 * from there, and shares its text, which has to live as long. */
AMTS_MUST_CHECK int amts_segments_revised(struct amts_segments *out, struct amts_arena *arena,
	const struct amts_doc *doc, const char *lang, const struct amts_segments *before,
	struct amts_error *err);

/*
 * Turn a translated segment back into document bytes: every <x id="N"/> of seg exactly once
 * (any order), no other one, no control characters.  AMTS_EPARSE says what is wrong.
 * doc is the document that seg was taken from; the bytes of its inlines are put back.
 */
AMTS_MUST_CHECK int amts_segment_restore(struct amts_buf *out, const struct amts_doc *doc,
	const struct amts_segment *seg, struct amts_str translated, struct amts_error *err);

#endif
