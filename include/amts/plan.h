#ifndef AMTS_PLAN_H
#define AMTS_PLAN_H
/*
 * One document: base and head of the source, and the target that reflects base.
 * Planning is pure; drafts from an engine are handed in between plan and apply.
 *
 *   amts_plan_make -> amts_plan_requests -> (engine) -> amts_plan_apply -> new bytes
 */
#include "amts/align.h"
#include "amts/engine.h"

enum amts_action {
	AMTS_ACTION_KEEP,   /* the source changed, the target stays: see reason */
	AMTS_ACTION_COPY,   /* opaque block: head's bytes */
	AMTS_ACTION_MERGE,  /* opaque block: three-way merge */
	AMTS_ACTION_TOKENS, /* links, code, numbers… replaced inside the target's words */
	AMTS_ACTION_DRAFT,  /* engine text in place of old target text, or another change that a
	                       person should read: see reason */
	AMTS_ACTION_INSERT, /* new block */
	AMTS_ACTION_DELETE,
	AMTS_ACTION_MOVE,
	AMTS_ACTION_PENDING /* stale, and nothing to put there */
};
#define AMTS_ACTIONS 9
const char *amts_action_name(enum amts_action a);

/* What happens at one place.  Spans are of the three documents; empty where there is none. */
struct amts_step {
	enum amts_action action;
	enum amts_block_kind kind;
	struct amts_span base, head, target;
	struct amts_span out;                /* after apply: in the new target */
	/* 1-based, in head, target and output; 0: none.  What is new has after apply the line
	 * of the target that it comes after, or the first of those that it replaces. */
	size_t src_line, tgt_line, out_line;
	size_t lines;                        /* of the target; 0: what is new */
	double score;                        /* of the bead that places it, 0..1 */
	const char *reason;                  /* for people; never NULL */
	int pending;                         /* needs a person: no draft, or a conflict */
	uint64_t src_print;                  /* fingerprint of the head block: names it in the record */
	unsigned small; /* KEEP: the source has small edits only (enum amts_small_edit) */
	struct amts_str from;                /* where a draft came from; may be empty */
	/* pending: the most similar sentence that people translated, as
	 * 83 % like "the set of {+positive +}integers": "整数集合" (path@commit, date) */
	struct amts_str hint;
	double likeness; /* of the hint, 0..1 */
};

/*
 * Edits of a source sentence that leave its words as they are to a translator: marks such
 * as commas and quotes, upper and lower case, articles, English spelling.  One letter of a
 * longer word may make another word ("casual", "causal"): that is a typo only where the
 * translation says the new word already.  The translation is kept as it is, and told so.
 */
enum amts_small_edit {
	AMTS_SMALL_PUNCTUATION = 1 << 0,
	AMTS_SMALL_CASE = 1 << 1,
	AMTS_SMALL_ARTICLE = 1 << 2,
	AMTS_SMALL_TYPO = 1 << 3,
	AMTS_SMALL_WORDING = 1 << 4 /* "let's", "let us"; "e.g.", "for example" */
};
#define AMTS_SMALL_ALL 31u
/* "punctuation,case,article,typo,wording" in any order, "all" or "none"; AMTS_EUSAGE for others. */
AMTS_MUST_CHECK int amts_small_edits_parse(
	unsigned *out, const char *list, struct amts_error *err);
/* The kinds (bits) when block i of base and block j of head differ in small edits only;
 * 0 when they differ in more (or in what only a translation can tell), or in nothing. */
unsigned amts_small_edits_between(struct amts_arena *arena, const struct amts_doc *base,
	size_t i, const struct amts_doc *head, size_t j);

/* Fingerprints of a base block and of the target block in its place, which does not say what
 * it says: it has waited for a person since an earlier run. */
struct amts_plan_stale {
	uint64_t src, tgt;
};

struct amts_plan_input {
	struct amts_str base, head, target; /* bytes; must outlive the plan */
	const char *src_lang, *tgt_lang;
	const char *path;             /* for messages */
	/* What is known of the language pair, read only; NULL: what this document teaches. */
	const struct amts_aligner *aligner;
	unsigned strict; /* small edits (bits) that wait for people like any other */
	const struct amts_plan_stale *stale; /* nothing is learnt from these */
	size_t nstale;
};

struct amts_plan;
AMTS_MUST_CHECK int amts_plan_make(struct amts_plan **out, const struct amts_plan_input *in,
	struct amts_error *err);
void amts_plan_free(struct amts_plan *plan);

/* Segments that want a draft; results of the same count are given to amts_plan_apply. */
const struct amts_mt_request *amts_plan_requests(const struct amts_plan *plan, size_t *n);

/* Forget what was planned but for the drafts of the steps that `wanted` marks, one of
 * amts_plan_steps each; what is returned by it and amts_plan_requests changes. */
void amts_plan_restrict(struct amts_plan *plan, const char *wanted);

/* Aligned segment pairs of base and target, for a translation memory; score is the bead's. */
struct amts_plan_pair {
	struct amts_str src, tgt, before;
	double score;
	uint64_t src_print, tgt_print; /* of the blocks: they tell what was left pending */
};
const struct amts_plan_pair *amts_plan_pairs(const struct amts_plan *plan, size_t *n);

/*
 * The new target.  results may be NULL (no engine).  A draft that fails its checks is refused
 * and its place stays pending.  Checks that nothing outside the planned spans changed.
 */
AMTS_MUST_CHECK int amts_plan_apply(struct amts_buf *out, struct amts_plan *plan,
	const struct amts_mt_result *results, struct amts_error *err);

/* Final after apply; before it, drafts are assumed to be pending. */
const struct amts_step *amts_plan_steps(const struct amts_plan *plan, size_t *n);
/* The same after apply, for people: by their line in the target. */
const struct amts_step *amts_plan_steps_by_line(const struct amts_plan *plan, size_t *n);

/*
 * What amts_plan_apply wrote with every pending place made a conflict as git writes them
 * ("diff3" of git-merge-file(1)): on the target's side what the output says there,
 * nothing for a new block; base's and head's text as the two others.  New blocks that
 * follow each other are one conflict.
 */
struct amts_conflict_style {
	const char *ours, *base, *theirs; /* labels; NULL or "": none */
	size_t size;		/* of the markers; 0: 7, as git's */
	int target_is_theirs;	/* the target's text stands last, head's first */
};
AMTS_MUST_CHECK int amts_plan_mark(struct amts_buf *out, size_t *conflicts,
	const struct amts_plan *plan, struct amts_str applied,
	const struct amts_conflict_style *style, struct amts_error *err);

#endif
