#ifndef PROJECT_RECORD_H
#define PROJECT_RECORD_H
/*
 * `.amts-record` in the target repository: which source each translation reflects, and
 * what is left to do in it.  A line a file, sorted by path:
 *
 *	path TAB source blob id TAB pending[,pending...] [TAB from=blob id]
 *	path TAB source blob id TAB -
 *
 * A pending block is "<source print>:<target print>", fingerprints of the source block
 *that wants translating and of the target block as the run left it (0: there is none):
 *once that block is gone from the target, somebody has dealt with it.  `from` is the
 *source before the pending blocks came into it, zeros when there was none: with it a
 *later run can try again.  Paths are quoted
 *as git does when they hold control characters, '"' or '\'.  Lines that begin with '#'
 *and further fields are kept for later versions.
 */
#include "amts/repo.h"

struct amts_pending {
	uint64_t src, tgt;
};

struct amts_record_entry {
	struct amts_str path;
	struct amts_oid source;
	struct amts_pending *pending;
	size_t npending;
	struct amts_oid from; /* "" unknown, zeros: there was no source */
	size_t line;	      /* where it was read, 1-based; 0: it was put */
	int lost; /* the reader found no such source: it says nothing of the base */
	struct amts_str rest; /* unknown further fields, with the TAB before them */
};

struct amts_record {
	struct amts_record_entry *v; /* sorted by path; in the arena */
	size_t n, cap;
	struct amts_str comments; /* lines with '#', with their line ends */
};

/* AMTS_EPARSE with "file:line: ..."; conflict markers and two lines for a file are
 * errors, blank lines and CRLF are not. */
AMTS_MUST_CHECK int amts_record_parse(struct amts_record *out, struct amts_arena *arena,
	struct amts_str bytes, struct amts_error *err);

void amts_record_write(struct amts_buf *out, const struct amts_record *record);

/* NULL when there is no line for the path. */
struct amts_record_entry *amts_record_find(
	const struct amts_record *record, struct amts_str path);

/* The line for path, a new one if need be. */
struct amts_record_entry *amts_record_put(
	struct amts_record *record, struct amts_arena *arena, struct amts_str path);
/* 1 when two lines say the same, or neither is there (NULL). */
int amts_record_same(
	const struct amts_record_entry *a, const struct amts_record_entry *b);
void amts_record_remove(struct amts_record *record, struct amts_str path);

#endif
