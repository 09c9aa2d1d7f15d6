#ifndef AMTS_REPLAY_H
#define AMTS_REPLAY_H
/*
 * What the program would have saved a project: each time that people brought a translation
 * from one version of its source to a newer one, it is given what they had, and what it
 * makes is compared with what they committed.  No engine and no memory: what is left
 * after it is what really needs translating.
 *
 * People do other things in the same commit, too (fixes, better wordings); these count as
 * work left.  So the figures are lower bounds.
 */
#include "amts/plan.h"
#include "amts/sync.h"

/* What lines hold. */
enum amts_replay_class {
	AMTS_REPLAY_TEXT,   /* headings, paragraphs, lists */
	AMTS_REPLAY_TABLE,
	AMTS_REPLAY_CODE,
	AMTS_REPLAY_MATH,
	AMTS_REPLAY_MARKUP, /* directives, HTML, labels, front matter, links */
	AMTS_REPLAY_BLANK
};
#define AMTS_REPLAY_CLASSES 6
const char *amts_replay_class_name(enum amts_replay_class c); /* "text", "table"... */

/* Lines are compared without white space at their ends. */
struct amts_replay_sums {
	size_t cases;
	size_t failed; /* of them: could not be planned; left as they were */
	size_t exact;  /* of them: what people committed, line for line */
	size_t lines, left; /* removed or added: by people; by people after the program */
	size_t chars, chars_left; /* code points of these lines */
	double edits, edits_left; /* of words, as TER counts them, within these lines */
	size_t kept, harm; /* lines people left alone; of these, changed by the program */
	size_t places, found; /* places people changed; of these, places the program names */
	size_t named, idle; /* places it leaves to people; of these, left alone by people */
	size_t class_lines[AMTS_REPLAY_CLASSES], class_left[AMTS_REPLAY_CLASSES];
};

struct amts_replay_input {
	struct amts_str base, head;	/* the source before and after */
	struct amts_str target, people; /* the translation before and after */
	const char *src_lang, *tgt_lang;
	const char *path; /* for messages */
};

/* Add one case to sums.  Costs a plan and some line diffs. */
AMTS_MUST_CHECK int amts_replay_case(struct amts_replay_sums *sums,
	const struct amts_replay_input *in, struct amts_error *err);
void amts_replay_add(struct amts_replay_sums *to, const struct amts_replay_sums *from);

/* One revision of a translation that follows a newer source. */
struct amts_replayed {
	struct amts_str path;
	struct amts_oid commit;
	int64_t date;
	struct amts_replay_sums sums;
};

struct amts_replay {
	const char *lang;
	struct amts_replayed *v; /* oldest first */
	size_t n;
	struct amts_replay_sums total;
};

struct amts_replay_options {
	const char *const *paths; /* patterns of target paths; none: all */
	size_t npaths;
	const struct amts_progress *progress; /* may be NULL */
};

/* Replay the history of a target: every revision whose base is another one than that of the
 * revision it replaced.  Left out are first translations, drafts that landed as they were,
 * and commits that changed the base alone: nothing tells whether people looked at the page.
 * In arena. */
AMTS_MUST_CHECK int amts_replay_run(struct amts_replay *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_replay_options *opt,
	struct amts_error *err);

#endif
