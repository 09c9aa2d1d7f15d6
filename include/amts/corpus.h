#ifndef AMTS_CORPUS_H
#define AMTS_CORPUS_H
/* Parallel data: segments of documents and their translations. */
#include "amts/align.h"
#include "amts/bitext.h"
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
	int64_t date;  /* when it came to the branch, seconds since 1970: of the commit,
			  or later than the one before */
	size_t before; /* index of the revision it replaced; AMTS_REVISION_FIRST */
	int woven;     /* src is tgt, which holds the source too */
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

/* Whose words a pair has. */
enum amts_standing {
	AMTS_PAIR_CURRENT, /* people's, and the newest where there are several */
	AMTS_PAIR_OLDER,   /* people's; the source has a newer wording */
	/* the source is gone, and nearly all else that its commit said was replaced: a
	 * draft from somewhere */
	AMTS_PAIR_REWRITTEN,
	/* nobody has been over it: a draft that landed as it was made, or a text that
	 * came to this source when only the source changed */
	AMTS_PAIR_UNREVIEWED
};

/*
 * For people and other programs: protected inlines stand as the document has them
 * (`code`, $x$, [text](url)), lines are joined, control characters are blanks; ids of
 * headings and slide marks (`[**…**]`) are left out.
 */
struct amts_corpus_pair {
	struct amts_str src,
		tgt;	      /* valid UTF-8, not empty, without line breaks and tabs */
	struct amts_str path; /* of the target document, or of the file read */
	struct amts_str
		commit; /* hex id of the one that brought this wording; or empty */
	int64_t date;	/* of that commit, seconds since 1970; 0 unknown */
	double score;	/* of the bead, 0..1 */
	enum amts_standing standing;
	int corrected; /* people replaced an earlier wording by this one */
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

/* Bytes of a blob of the source (side 0) or the target (1); the source that a woven
 * target holds (AMTS_BLOB_WOVEN). */
#define AMTS_BLOB_WOVEN 2
typedef int amts_blob_fn(struct amts_str *out, struct amts_arena *arena,
	const struct amts_oid *blob, int side, void *payload, struct amts_error *err);

/* All revisions of a target whose base is known, each after the one it replaced. */
struct amts_harvest_input {
	const char *src_lang, *tgt_lang;
	const struct amts_revision *v;
	size_t n;
	amts_blob_fn *read; /* from the calling thread */
	void *payload;
	int present; /* read current revisions only, and what is needed to judge them */
	const struct amts_aligner *lexicon; /* to read current revisions with; NULL: that
					       of the history, as for all others */
	unsigned threads; /* 0: one a processor; the result is the same */
	const struct amts_progress *progress; /* may be NULL */
};

/*
 * Align each pair of blobs that mem does not know yet, keep what corresponds in it, and
 * teach the memory what people said there for the first time.  *fresh: how many were
 * aligned.  Killed at any moment it goes on where it was, to the same end.  Blobs that
 * are not here (AMTS_ENOTFOUND of read) are left out, and pages of over 4 MiB.  When
 * there are twice as many revisions as taught the lexicon, it is learnt anew and all are
 * aligned again, at most ten times: a history gives the same pairs whether it was read at
 * once or as it grew.
 */
AMTS_MUST_CHECK int amts_corpus_harvest(size_t *fresh, struct amts_memory *mem,
	const struct amts_harvest_input *in, struct amts_error *err);

/*
 * What harvested revisions say, each pair once, in order of the documents and of the
 * source in each.  Current is all that stands in current revisions, and of the rest,
 * where no current one has the source, the newest wording.  The memory is told which
 * commits were drafts, as nearly all of what they said was replaced.
 */
AMTS_MUST_CHECK int amts_corpus_of_history(struct amts_corpus *out,
	struct amts_arena *arena, struct amts_memory *mem,
	const struct amts_harvest_input *in, enum amts_unit unit, struct amts_error *err);

/* ---- filters ---- */

/* Why a pair is of no use as parallel data, in the order in which it is asked. */
enum amts_drop {
	AMTS_DROP_NONE,
	AMTS_DROP_OLDER,	/* another wording of the source is newer */
	AMTS_DROP_REWRITTEN,	/* of a commit nearly all of which was replaced */
	AMTS_DROP_UNREVIEWED,	/* nobody has been over it */
	AMTS_DROP_SCORE,	/* the alignment is less sure than asked for */
	AMTS_DROP_UNTRANSLATED, /* both sides have the same words */
	AMTS_DROP_LANGUAGE,	/* a side is written in the other one's language */
	AMTS_DROP_MARKUP,	/* mostly code, formulas and addresses */
	AMTS_DROP_PLACEHOLDERS, /* other code or formulas than on the other side */
	AMTS_DROP_NUMBERS,	/* other numbers than on the other side */
	AMTS_DROP_NAMES,    /* each side has a name ("PyTorch") that the other has not */
	AMTS_DROP_LENGTH,   /* far longer or shorter than is usual */
	AMTS_DROP_LIMIT,    /* over max_bytes */
	AMTS_DROP_DUPLICATE /* differs from an earlier pair, or one that people corrected,
			       in case, punctuation, markup */
};
#define AMTS_DROPS 14
const char *amts_drop_name(enum amts_drop drop); /* "score"... */

struct amts_corpus_filter {
	double min_score; /* 0..1 */
	size_t max_bytes; /* of a side; 0: any */
	unsigned threads; /* 0: one a processor; the result is the same */
};

/* Judge each pair: why[0..n).  What is usual (languages, lengths) is learnt from the
 * pairs themselves; where these are few, nothing is said of it. */
AMTS_MUST_CHECK int amts_corpus_filter(enum amts_drop *why,
	const struct amts_corpus *corpus, const struct amts_corpus_filter *filter,
	struct amts_error *err);

/* Take out the pairs that have a reason; counts[0] is how many are left. */
void amts_corpus_drop(
	struct amts_corpus *corpus, size_t counts[AMTS_DROPS], const enum amts_drop *why);

/* ---- quality ---- */

#define AMTS_QUALITY_BINS 10

/* What there is to know about parallel data at a glance.  Lengths are code points. */
struct amts_quality {
	size_t pairs;
	size_t sources, targets;     /* different ones */
	size_t unique;		     /* different pairs */
	size_t documents;	     /* different paths */
	double src_chars, tgt_chars; /* mean length of a side */
	double ratio, deviation; /* target by source length: mean, standard deviation */
	size_t outliers; /* log ratio over three standard deviations from its mean */
	int scored;	 /* some pair is less sure than 1 */
	size_t scores[AMTS_QUALITY_BINS]; /* [i/10, (i+1)/10); the last with 1 */
	size_t why[AMTS_DROPS];		  /* as amts_corpus_filter judges them */
};
AMTS_MUST_CHECK int amts_corpus_quality(struct amts_quality *out,
	const struct amts_corpus *corpus, struct amts_error *err);

/* Draw k of n indices without replacement, each set as likely as any other, ascending;
 * the same seed draws the same on every machine.  Returns how many: k, at most n.  O(n).
 */
size_t amts_sample(size_t *out, size_t k, size_t n, uint64_t seed);

/* ---- files of parallel data ---- */

/* The pairs of a file (see amts_bitext_read), a corpus for each language pair, in order
 * of first appearance; their path is the file's name where it does not say. */
AMTS_MUST_CHECK int amts_corpus_read(struct amts_corpus **out, size_t *n,
	struct amts_arena *arena, struct amts_str bytes, const char *name,
	enum amts_bitext_format format, const char *src_lang, const char *tgt_lang,
	struct amts_error *err);

/* The pairs as amts_bitext_write takes them; strings are borrowed. */
void amts_corpus_bitext(struct amts_bitext *out, struct amts_arena *arena,
	const struct amts_corpus *corpus);

#endif
