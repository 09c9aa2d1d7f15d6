#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H
/* What the files of src/review share. */
#include "amts/review.h"

/* One translation, as the target's branch has it and as the review branch has it. */
struct review_page {
	struct amts_str path;
	const char *src_lang, *tgt_lang;
	struct amts_str base, head;    /* the source that either was made from */
	struct amts_str before, after; /* empty: it is not there */
	const uint64_t *left; /* fingerprints of target blocks left to people, and of */
	const uint64_t *left_src; /* the source blocks that want translating there */
	size_t nleft;
};

struct review_counts {
	size_t changed, left; /* places */
};

/* Add the places of a page, in the order of the translation. */
AMTS_MUST_CHECK int review_page(struct amts_buf *out, struct review_counts *counts,
	const struct review_page *page, struct amts_error *err);

/* As text in HTML inside of Markdown: escaped, on one line, nothing in it is markup. */
void review_escape(struct amts_buf *out, struct amts_str s);

/* ---- kept.c ---- */

const char *review_file(struct amts_arena *arena, struct amts_sync *s);
/* Nothing when there is no such file; *out is of the heap, the rest in arena. */
void review_load(struct amts_review_outcome **out, size_t *n, struct amts_arena *arena,
	const char *path);
/* All of them, when some are fresh; what cannot be written is found again. */
void review_keep(const char *path, const struct amts_review_outcome *v, size_t n);

#endif
