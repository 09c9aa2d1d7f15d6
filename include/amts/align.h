#ifndef AMTS_ALIGN_H
#define AMTS_ALIGN_H
/*
 * Which parts of one document correspond to which parts of another: two revisions in one
 * language (diff), or a source and its translation (beads).
 */
#include "amts/segment.h"

/* src units [src_beg, src_end) correspond to tgt units [tgt_beg, tgt_end); either may be empty. */
struct amts_bead {
	size_t src_beg, src_end;
	size_t tgt_beg, tgt_end;
	double score; /* posterior, 0 (none) to 1 (sure) */
};

/*
 * Sorted by source, nulls on the source side where they fall; covers every unit of both
 * sides exactly once.  Target ranges ascend, except for sections that were moved.
 */
struct amts_alignment {
	struct amts_bead *v;
	size_t n;
};

/*
 * What is known of a language pair: length ratio and a lexicon, learnt from every batch.
 * Thread-safe only through amts_align_batch.
 */
struct amts_aligner;
AMTS_MUST_CHECK int amts_aligner_new(struct amts_aligner **out, const char *src_lang,
	const char *tgt_lang, struct amts_error *err);
void amts_aligner_free(struct amts_aligner *al);

/*
 * What an aligner has learnt so far, as bytes to keep in a cache, and an aligner that knows
 * it.  A document pair that is aligned again replaces what it taught before.  AMTS_EPARSE:
 * bytes of another version or language pair, or damaged; start with a new one then.
 */
AMTS_MUST_CHECK int amts_aligner_save(struct amts_buf *out, const struct amts_aligner *al,
	struct amts_error *err);
AMTS_MUST_CHECK int amts_aligner_load(struct amts_aligner **out, struct amts_str bytes,
	const char *src_lang, const char *tgt_lang, struct amts_error *err);

/*
 * How much likelier than by chance two words meet in sentences that translate each other,
 * as the aligner has learnt: the mean of p(tgt | src) / p(tgt) and p(src | tgt) / p(src) of
 * IBM Model 1.  Words are hashes of amts_tokens; 0 when they never met.
 */
double amts_aligner_lift(const struct amts_aligner *al, uint64_t src, uint64_t tgt);

/*
 * What a document pair teaches by itself, as bytes: they depend on the two documents and
 * their languages only, so they can be kept by content.
 */
AMTS_MUST_CHECK int amts_lesson(struct amts_buf *out, const struct amts_segments *src,
	const struct amts_segments *tgt, const char *src_lang, const char *tgt_lang,
	struct amts_error *err);
/*
 * An aligner that knows what these lessons teach, in this order, and nothing else, for
 * amts_align_known.  AMTS_EPARSE: one of them is damaged or of another version.
 */
AMTS_MUST_CHECK int amts_aligner_taught(struct amts_aligner **out,
	const struct amts_str *lessons, size_t n, const char *src_lang, const char *tgt_lang,
	unsigned threads, struct amts_error *err);

/* One document pair of a batch: in src, tgt; out blocks (units: indices into doc->v) and
 * sentences (units: indices into the segments), in arena. */
struct amts_align_job {
	struct amts_arena *arena; /* of this job alone */
	const struct amts_segments *src, *tgt;
	/* Of each source block: its beads matter.  Once these are sure, or a lexicon changes
	 * none of them, no more is learnt for them, and no lesson of the pair is kept.
	 * NULL: all matter. */
	const unsigned char *focus;
	struct amts_alignment blocks, sentences;
};

/*
 * Align all jobs, learning from them together; the result does not depend on threads
 * (0: one a processor).  Cost O(units · band) a document.
 */
AMTS_MUST_CHECK int amts_align_batch(struct amts_aligner *al, struct amts_align_job *jobs,
	size_t n, unsigned threads, struct amts_error *err);

/*
 * Align each job by itself, in one pass, with what the aligner knows by now and without
 * learning: the result depends neither on the other jobs nor on threads.  For the many
 * revisions of documents whose latest ones have taught it.
 */
AMTS_MUST_CHECK int amts_align_known(const struct amts_aligner *al, struct amts_align_job *jobs,
	size_t n, unsigned threads, struct amts_error *err);

/* What became of blocks between two revisions of one document in one language. */
enum amts_edit_op {
	AMTS_EDIT_KEEP,    /* same fingerprint; white space may differ */
	AMTS_EDIT_CHANGE,  /* n old blocks became m new ones: reworded, split, joined */
	AMTS_EDIT_INSERT,
	AMTS_EDIT_DELETE,
	AMTS_EDIT_MOVE     /* same fingerprint at another place (old and new both set) */
};
struct amts_edit {
	enum amts_edit_op op;
	size_t old_beg, old_end;
	size_t new_beg, new_end;
};
/* One edit a block, except that a change may be n-1 or 1-m; every block of both sides is in
 * exactly one edit.  In order of the new document; deletions stand before what followed them;
 * old ranges ascend, except those of moves.  The empty side of an insertion or a deletion
 * stands at the place in the other document. */
struct amts_edits {
	struct amts_edit *v;
	size_t n;
};
AMTS_MUST_CHECK int amts_edits_between(struct amts_edits *out, struct amts_arena *arena,
	const struct amts_doc *before, const struct amts_doc *after, struct amts_error *err);

/*
 * Two texts as one.  By words, white space is one blank whatever it is, characters of scripts
 * without spaces are words, and neighbours with one fate are one part; by lines, each line is
 * a part, without its ending.  Parts in order, in arena; their number is returned.
 */
enum amts_diff_op { AMTS_DIFF_SAME, AMTS_DIFF_GONE, AMTS_DIFF_NEW };
struct amts_diff_part {
	enum amts_diff_op op;
	struct amts_str text;
};
size_t amts_diff_words(struct amts_diff_part **out, struct amts_arena *arena,
	struct amts_str old, struct amts_str new);
size_t amts_diff_lines(struct amts_diff_part **out, struct amts_arena *arena,
	struct amts_str old, struct amts_str new);
/* Added to out: words as git's --word-diff=plain has them, "Press the [-red-]{+green+}
 * button"; of lines those that went or came only, each behind "-" or "+", with LF. */
void amts_diff_text(
	struct amts_buf *out, struct amts_str old, struct amts_str new, int lines);

/*
 * Merge three texts line by line as `git merge` does, markers included: ort's histogram diff
 * (git from 2.34 on) and xdiff's rules of what is a conflict and how far it reaches.  Bytes
 * that git takes for binary are not merged: ours, and a conflict.
 */
enum amts_marker_style { AMTS_MARKERS_MERGE, AMTS_MARKERS_DIFF3, AMTS_MARKERS_ZDIFF3 };
struct amts_text_merge {
	struct amts_str base, ours, theirs;
	const char *label_base, *label_ours, *label_theirs; /* NULL: none */
	enum amts_marker_style style;			    /* merge.conflictStyle */
	size_t marker_size;				    /* 0: 7 */
};
/* The number of conflicts in *conflicts. */
AMTS_MUST_CHECK int amts_text_merge(struct amts_buf *out, size_t *conflicts,
	const struct amts_text_merge *in, struct amts_error *err);

/* Longest common subsequence of two sequences of hashes (Myers 1986, linear space, with a
 * cost bound after which it settles for less): pairs[k] = {i, j} ascending. */
struct amts_match {
	size_t i, j;
};
size_t amts_lcs(struct amts_match **out, struct amts_arena *arena, const uint64_t *a, size_t na,
	const uint64_t *b, size_t nb);

#endif
