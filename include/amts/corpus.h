#ifndef AMTS_CORPUS_H
#define AMTS_CORPUS_H
/* Parallel data: segments of documents and their translations. */
#include "amts/align.h"
#include "amts/memory.h"
#include "amts/repo.h"

/* Fingerprints of a source block and of the target block in its place, which does not
 * translate it: it waits for a person. */
struct amts_corpus_pending {
	uint64_t src, tgt;
};

/* What one commit made of a translation. */
struct amts_revision {
	struct amts_str path;	  /* of the target document then */
	struct amts_oid src, tgt; /* blobs: what it reflects, and it */
	struct amts_oid commit;
	int64_t date;  /* of the commit, seconds since 1970 */
	size_t before; /* index of the revision it replaced; AMTS_REVISION_FIRST */
	int draft;     /* machine-made, and landed as it was */
	int current;   /* the branch has it now */
	const struct amts_corpus_pending *pending; /* blocks left out */
	size_t npending;
};
#define AMTS_REVISION_FIRST SIZE_MAX

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

/* ---- from history ---- */

/* Bytes of a blob of the source (side 0) or the target (1). */
typedef int amts_blob_fn(struct amts_str *out, struct amts_arena *arena,
	const struct amts_oid *blob, int side, void *payload, struct amts_error *err);

/* All revisions of a target whose base is known, each after the one it replaced. */
struct amts_harvest_input {
	const char *src_lang, *tgt_lang;
	const struct amts_revision *v;
	size_t n;
	amts_blob_fn *read; /* from the calling thread */
	void *payload;
	unsigned threads; /* 0: one a processor; the result is the same */
	const struct amts_progress *progress; /* may be NULL */
};

/*
 * Align each pair of blobs that mem does not know yet, keep what corresponds in it, and
 * teach the memory what people said there for the first time.  *fresh: how many were
 * aligned.  Killed at any moment it goes on where it was, to the same end.
 */
AMTS_MUST_CHECK int amts_corpus_harvest(size_t *fresh, struct amts_memory *mem,
	const struct amts_harvest_input *in, struct amts_error *err);

/*
 * What harvested revisions say: all that stands in current ones, and of the rest, where
 * no current one has the source, the newest wording.  Drafts nobody has been over are
 * left out.  In order of the documents and of the source in each.
 */
AMTS_MUST_CHECK int amts_corpus_of_history(struct amts_corpus *out,
	struct amts_arena *arena, struct amts_memory *mem,
	const struct amts_harvest_input *in, enum amts_unit unit, struct amts_error *err);

/* ---- filters ---- */

/* Why a pair is of no use as parallel data. */
enum amts_drop {
	AMTS_DROP_NONE,
	AMTS_DROP_SCORE /* the alignment is less sure than asked for */
};
#define AMTS_DROPS 2
const char *amts_drop_name(enum amts_drop drop); /* "score"... */

struct amts_corpus_filter {
	double min_score; /* 0..1 */
};

/* Take out what is of no use: corpus->v keeps its order, counts[why] says how many went,
 * counts[AMTS_DROP_NONE] how many are left. */
void amts_corpus_filter(struct amts_corpus *corpus, size_t counts[AMTS_DROPS],
	const struct amts_corpus_filter *filter);

/* source<TAB>target, a pair a line. */
void amts_corpus_tsv(struct amts_buf *out, const struct amts_corpus *corpus);

#endif
