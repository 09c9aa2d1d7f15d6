#ifndef ALIGN_LINES_H
#define ALIGN_LINES_H
/* Differences by line, those that git finds when it merges. */
#include "amts/base.h"
#include "amts/mem.h"

/* A text as lines, each with its ending.  Lines of one table are equal where their ids
 * are; ids are below the table's n. */
struct lines {
	struct amts_str *v;
	size_t *id;
	size_t n;
};

struct line_table;
struct line_table *align_lines_new(void);
void align_lines_free(struct line_table *t);
void align_lines_cut(struct lines *out, struct amts_arena *arena, struct line_table *t,
	struct amts_str text);

/* Old lines [i, i + n) are new lines [j, j + m). */
struct line_change {
	size_t i, n, j, m;
};

/*
 * What changed from old to new, in order: histogram diff (JGit's HistogramDiff, which git
 * has merged with since 2.34), with changes that may stand at several places where git
 * has them.  Costs O(n · 64) for most texts; hostile ones are cut off and compared as
 * amts_lcs does.
 */
size_t align_lines_diff(struct line_change **out, struct amts_arena *arena,
	const size_t *old, size_t nold, const size_t *new, size_t nnew);

#endif
