#ifndef AMTS_CORPUS_H
#define AMTS_CORPUS_H
/* Parallel data: segments of documents and their translations. */
#include "amts/align.h"

/* Fingerprints of a source block and of the target block in its place, which does not
 * translate it: it waits for a person. */
struct amts_corpus_pending {
	uint64_t src, tgt;
};

/* A document and its translation as they are now. */
struct amts_corpus_input {
	struct amts_str path;			   /* names the document: of the target */
	struct amts_str src, tgt;		   /* bytes */
	int plain;				   /* amts_doc_plain, not markdown */
	const struct amts_corpus_pending *pending; /* left out */
	size_t npending;
};

enum amts_unit {
	AMTS_UNIT_SENTENCE,
	AMTS_UNIT_PARAGRAPH /* what a block holds: paragraph, heading, list item, table
			       row */
};

/*
 * For people and other programs: protected inlines stand as the document has them
 * (`code`, $x$, [text](url)), lines are joined, control characters are blanks.
 */
struct amts_corpus_pair {
	struct amts_str src,
		tgt;	      /* valid UTF-8, not empty, without line breaks and tabs */
	struct amts_str path; /* of the target document, or of the file read */
	struct amts_str
		commit; /* hex id of the one that brought this wording; or empty */
	int64_t date;	/* of that commit, seconds since 1970; 0 unknown */
	double score;	/* of the bead, 0..1 */
	int corrected;	/* people replaced an earlier wording by this one */
};

struct amts_corpus {
	const char *src_lang, *tgt_lang; /* BCP 47 */
	struct amts_corpus_pair *v;
	size_t n;
};

/*
 * Align the documents, learning from all of them, and collect what corresponds: in order
 * of inputs, then of the source.  Left out: what has no counterpart, beads under
 * min_score, and text without letters.  threads as in amts_align_batch; strings are
 * copied to arena, those of languages borrowed.
 */
AMTS_MUST_CHECK int amts_corpus_collect(struct amts_corpus *out, struct amts_arena *arena,
	const char *src_lang, const char *tgt_lang,
	const struct amts_corpus_input *inputs, size_t n, enum amts_unit unit,
	double min_score, unsigned threads, struct amts_error *err);

/* source<TAB>target, a pair a line. */
void amts_corpus_tsv(struct amts_buf *out, const struct amts_corpus *corpus);

#endif
