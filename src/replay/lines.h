#ifndef REPLAY_LINES_H
#define REPLAY_LINES_H
/* Texts as lines, and what differs between two of them. */
#include "amts/replay.h"

struct lines {
	struct amts_str text;
	struct amts_str *v; /* without white space at their ends */
	uint64_t *hash;
	enum amts_replay_class *class;
	size_t n; /* empty lines at the end left out */
};

/* Lines [a_beg, a_end) of one text stand where [b_beg, b_end) of the other do. */
struct hunk {
	size_t a_beg, a_end, b_beg, b_end;
};
struct hunks {
	struct hunk *v;
	size_t n;
};

AMTS_MUST_CHECK int lines_read(struct lines *out, struct amts_arena *arena,
	struct amts_str text, struct amts_error *err);
void lines_diff(struct hunks *out, struct amts_arena *arena, const struct lines *a,
	const struct lines *b);
/* Lines [beg, end) with a blank between them. */
struct amts_str lines_join(
	struct amts_arena *arena, const struct lines *l, size_t beg, size_t end);
size_t lines_chars(const struct lines *l, size_t beg, size_t end); /* code points */

#endif
