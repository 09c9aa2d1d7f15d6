#ifndef MT_PAGES_H
#define MT_PAGES_H
/* Segments as HTML for a translation service, and back. */
#include "amts/engine.h"

#define AMTS_PAGE_BYTES 400000 /* of one document: far below any limit, few requests */

struct amts_page {
	const char *name; /* "1f0c....html": flat, from its content */
	struct amts_str html;
	size_t first, n; /* chosen[first]... are in it */
};

struct amts_pages {
	struct amts_page *v;
	size_t n;
};

/* The chosen of requests, in order: those of one source file together, documents under
 * the service's limits (1,000,000 characters, 1 MB of text), as long as each segment is at
 * most AMTS_PAGE_BYTES.  Everything lives in arena.
 */
void amts_pages_write(struct amts_pages *out, struct amts_arena *arena,
	const struct amts_mt_request *requests, const size_t *chosen, size_t n);
/* The same as paragraphs without a document around them, of at most `most` bytes; a
 * segment that is larger by itself is left out. */
void amts_pages_write_bare(struct amts_pages *out, struct amts_arena *arena,
	const struct amts_mt_request *requests, const size_t *chosen, size_t n,
	size_t most);

/*
 * Put what a translated document holds into results: a paragraph with id "sN" is the
 * translation of requests[N].  Paragraphs that are unknown (not `chosen`), doubled or
 * hold tags that were not sent are passed over.
 */
void amts_pages_read(struct amts_mt_result *results, struct amts_arena *arena,
	const char *chosen, size_t n, struct amts_str html, const char *from);

/* Has tgt each placeholder of src once, and no other? */
int amts_pages_is_whole(struct amts_str src, struct amts_str tgt);

#endif
