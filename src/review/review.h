#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H
/* What the files of src/review share. */
#include "amts/review.h"

#include "sync/told.h"

/* ---- notes.c: what runs said of the blocks of one page ---- */

/* Of a block, by its fingerprint; the newest run's word. */
struct review_note {
	uint64_t print;
	const struct amts_told *told;
};
struct review_notes {
	struct review_note *v;
	size_t n, cap; /* heap */
	int people;    /* have changed the page since */
	size_t kept;   /* places where the source changed and the translation did not */
};
/* From the commits of a branch that are about this page, newest first; now: its blob. */
AMTS_MUST_CHECK int review_notes_read(struct review_notes *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_told_page *told, size_t n,
	struct amts_str path, const struct amts_oid *now, struct amts_error *err);
const struct amts_told *review_note_of(const struct review_notes *notes, uint64_t print);

/* ---- page.c ---- */

/* One translation, as the target's branch has it and as the review branch has it. */
struct review_page {
	struct amts_str path;
	const char *src_lang, *tgt_lang;
	struct amts_str base, head;    /* the source that either was made from */
	struct amts_str before, after; /* empty: it is not there */
	const uint64_t *left; /* fingerprints of target blocks left to people, and of */
	const uint64_t *left_src; /* the source blocks that want translating there */
	size_t nleft;
	struct review_notes notes;
};

#define REVIEW_ENGINES 8
struct review_counts {
	size_t drafted, carried, people, left; /* places */
	struct review_engine {
		struct amts_str name;
		size_t exact, near, far, other; /* near: 90 % alike and more */
	} engines[REVIEW_ENGINES];
	size_t nengines;
};
/* The place where an engine is counted, made if need be; NULL when there is no room. */
struct review_engine *review_engine(struct review_counts *c, struct amts_str name);

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
