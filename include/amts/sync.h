#ifndef AMTS_SYNC_H
#define AMTS_SYNC_H
/*
 * From two repositories to a review branch: what is stale, and bringing it up to date.
 *
 *   amts_project_open -> amts_sync_open (a language) -> amts_sync_count / amts_sync_run
 *
 * Only amts_sync_run writes: objects, one branch `amts/<lang>` moved once at the end by
 * compare-and-swap, and the memory.  The translation's own branch, index and work tree
 * are never touched.  Killed at any moment it leaves nothing behind or all of it, and run
 * again it makes the same commits.
 */
#include "amts/amazon.h"
#include "amts/check.h"
#include "amts/config.h"
#include "amts/corpus.h"
#include "amts/plan.h"

#define AMTS_RECORD_FILE ".amts-record"

/* ---- the repository with the configuration ---- */

struct amts_project;

/* The repository that holds path, its `.amts` (of the work tree, else of HEAD, else, in a
 * rebase, of what is rebased) and git's configuration.  AMTS_ENOTFOUND without `.amts`.
 * env must outlive the project. */
AMTS_MUST_CHECK int amts_project_open(struct amts_project **out, const char *path,
	const struct amts_env *env, struct amts_error *err);
void amts_project_free(struct amts_project *project); /* NULL is allowed */

const struct amts_config *amts_project_config(const struct amts_project *project);
struct amts_repo *amts_project_repo(struct amts_project *project);

/* ---- one language ---- */

enum amts_file_state {
	AMTS_FILE_CURRENT,
	AMTS_FILE_STALE,   /* the source changed since the translation's base */
	AMTS_FILE_RENAMED, /* the source has another path now, and may have changed */
	AMTS_FILE_DELETED, /* the source is gone */
	AMTS_FILE_UNTRANSLATED, /* a source file without a translation */
	AMTS_FILE_UNKNOWN,	/* nothing tells which source it was made from */
	AMTS_FILE_AHEAD /* made from a source that only other branches have: newer */
};
#define AMTS_FILE_STATES 7
const char *amts_file_state_name(enum amts_file_state state); /* "current", "stale"… */

struct amts_file {
	enum amts_file_state state;
	struct amts_str src_path; /* at head; empty when DELETED */
	struct amts_str tgt_path; /* empty when UNTRANSLATED */
	struct amts_str new_path; /* where the translation belongs now */
	struct amts_str like; /* DELETED: the source file that has most of its text now */
	struct amts_str snapshot; /* path of the source it was made from; may be empty */
	struct amts_oid base, head, target; /* blobs; "" for none */
	int conflicted;			    /* conflict markers were committed with it */
	int in_review; /* a review branch has another text than the target's branch */
	const char *review_ref; /* that branch; NULL unless in_review */
	size_t changed; /* source blocks that changed since base; 0 before amts_sync_count
			 */
	size_t small;	/* of these: changed by small edits that need no translation */
	size_t pending; /* blocks an earlier run left to people; before amts_sync_count
			   those recorded, after it those still as they were */
};

/* A target as it is now: trees are compared by blob id, nothing is parsed. */
struct amts_sync;
#define AMTS_SYNC_OFFLINE 1  /* use copies of remote repositories as they are */
#define AMTS_SYNC_REVIEWED 2 /* leave out the review branch; not for amts_sync_run */
AMTS_MUST_CHECK int amts_sync_open(struct amts_sync **out, struct amts_project *project,
	const char *lang, unsigned flags, struct amts_error *err);
/* The target as it is in this commit, whatever its branches say; not for amts_sync_run.
 */
AMTS_MUST_CHECK int amts_sync_open_at(struct amts_sync **out,
	struct amts_project *project, const char *lang, unsigned flags,
	const struct amts_oid *target, struct amts_error *err);
void amts_sync_free(struct amts_sync *sync); /* NULL is allowed */

/*
 * Where one branch would be too big to review there are several: amts/<lang>.<part>, each
 * with pages of its own.  A page that a review branch has changed is that branch's until
 * it is merged, whatever is asked for; so no page is ever on two.
 */
struct amts_part {
	const char *name;	      /* "": the branch amts/<lang> */
	const struct amts_str *paths; /* translations that come to it now (new_path) */
	size_t npaths;
	int rest; /* every page that is on no branch comes to it */
	/* What this has found out is not looked for again; NULL, or as amts_sync_parts has
	 * it: it must live longer than what is opened for the part. */
	struct amts_sync *whole;
};
struct amts_split {
	size_t lines;		  /* a branch; 0: no limit, one branch for all */
	int by_folder;		  /* a branch a folder, whatever its size */
	const char *const *paths; /* patterns as in struct amts_sync_options */
	size_t npaths;
	const struct amts_progress *progress; /* may be NULL */
};
/*
 * The branches that are open, and those that stale pages come to: a page joins a branch
 * that has others of its folder and room, else new branches are made, a folder each,
 * small neighbours together and big ones cut.  When all of it is less than `lines` there
 * is one branch only.  Lines are those that came or went in the source; they are counted
 * for pages in review in the translation.  amts_sync_count's remark on bases holds.
 */
AMTS_MUST_CHECK int amts_sync_parts(struct amts_part **out, size_t *n,
	struct amts_arena *arena, struct amts_sync *sync, const struct amts_split *how,
	struct amts_error *err);
/* As amts_sync_open, for one branch: only its pages are for amts_sync_run. */
AMTS_MUST_CHECK int amts_sync_open_part(struct amts_sync **out,
	struct amts_project *project, const char *lang, unsigned flags,
	const struct amts_part *part, struct amts_error *err);

struct amts_sync_info {
	const char *lang;
	const char *source_name; /* last part of its url or folder */
	struct amts_oid source;	 /* head commit */
	struct amts_oid target;	 /* tip of the target's branch */
	struct amts_oid
		start;	  /* what a run builds on: the review branch or the target's */
	const char *part; /* "": the branch amts/<lang> */
	const char *review_ref; /* "refs/heads/amts/zh", of a part "….<part>" */
	struct amts_oid review; /* where it is; "" when there is none */
	int64_t source_time;	/* of the head commit */
	const char *elsewhere; /* the folder of the repository that has the review branch,
				  when that is not the project's; NULL */
	int is_copy;	       /* and it is a copy of a remote one */
};
const struct amts_sync_info *amts_sync_info(const struct amts_sync *sync);
/* Sorted by new_path. */
const struct amts_file *amts_sync_files(const struct amts_sync *sync, size_t *n);

/* What people should know although it did not keep the sync from being opened, a line
 * each: lines of the record that name unknown sources, documents that could not be read.
 * More may come with what is done next. */
const char *const *amts_sync_notes(const struct amts_sync *sync, size_t *n);

/* 1 when some file, whatever its state, has a source or target path that a pattern of
 * amts_sync_options matches; AMTS_EUSAGE for what is no pattern. */
int amts_sync_matches(
	const struct amts_sync *sync, const char *pattern, struct amts_error *err);

/* Fill `changed` and `pending`, reading only what is not current, in threads.  Bases that
 * nothing tells are searched in the history first, as amts_sync_run does; then what
 * amts_sync_files told before is gone. */
AMTS_MUST_CHECK int amts_sync_count(struct amts_sync *sync,
	const struct amts_progress *progress, struct amts_error *err);

/*
 * What people have translated, from the history of the target's branch: every revision
 * whose base is known, or can be inferred for what is there now.  What was not read by an
 * earlier call is aligned and kept in the memory.  Strings live in arena.
 */
AMTS_MUST_CHECK int amts_sync_corpus(struct amts_corpus *out, struct amts_arena *arena,
	struct amts_sync *sync, enum amts_unit unit, const struct amts_progress *progress,
	struct amts_error *err);

/* Teach the memory what people have translated since it was last taught; *fresh: how many
 * pairs of documents were read. */
AMTS_MUST_CHECK int amts_sync_learn(size_t *fresh, struct amts_sync *sync,
	const struct amts_progress *progress, struct amts_error *err);

/* A document as planned and drafted; valid during the call it is handed to. */
struct amts_sync_text {
	const struct amts_file *file;
	const char *src_lang, *tgt_lang;
	struct amts_str base, head, target; /* what was read */
	struct amts_str out;		    /* the new target */
	const struct amts_step *steps;
	size_t nsteps;
};
typedef void amts_sync_show_fn(void *payload, const struct amts_sync_text *text);

struct amts_sync_options {
	int dry_run;		  /* plan and draft, write nothing but the memory */
	const char *engine;	  /* NULL: the target's */
	const char *const *paths; /* patterns of source or target paths; none: all */
	size_t npaths;
	const struct amts_progress *progress; /* may be NULL */
	amts_sync_show_fn *show; /* NULL, or called for each document, in order */
	void *show_payload;
	double max_cost; /* see struct amts_amazon_options */
	/*
	 * Engine "amazon" uses what jobs have brought and sends nothing by itself.  NULL:
	 * what it has no translation of stays pending; cost is what a job would take.
	 * Else that is added to these jobs.  So a run is made twice: with `dry_run` and
	 * `jobs`, then, when they are done, without either.
	 */
	struct amts_amazon_jobs *jobs;
};

/* What became of one file. */
struct amts_sync_outcome {
	const struct amts_file *file;
	size_t counts[AMTS_ACTIONS]; /* steps by action */
	size_t pending;		     /* steps left to people */
	size_t drafted, kept;	/* others: with words of an engine; with people's own */
	struct amts_oid commit; /* "" in a dry run */
	const char *failed;	/* why it was left alone; NULL when it was not */
};

struct amts_sync_result {
	struct amts_sync_outcome *v; /* stale files, in order; owned by the sync */
	size_t n;
	size_t failed;		       /* outcomes with `failed` set */
	size_t ahead, unknown;	       /* files of these states, which no run touches */
	struct amts_oid before, after; /* the review branch; equal when it did not move */
	struct amts_amazon_cost cost;  /* of an engine that is paid for */
};

/*
 * Bring stale files to head: one commit a file on the review branch.  AMTS_ECONFLICT when
 * somebody moved the branch meanwhile, or it is checked out; AMTS_EFAIL when the user
 * has no name to commit with.  Files that cannot be planned are left alone and told.
 * Bases that nothing tells are searched in the history first; where any were, what
 * amts_sync_files told before is then gone.
 */
AMTS_MUST_CHECK int amts_sync_run(struct amts_sync_result *out, struct amts_sync *sync,
	const struct amts_sync_options *opt, struct amts_error *err);

struct amts_jobs_options {
	double max_cost; /* see struct amts_amazon_options */
	int keep;
	const char *profile, *region; /* NULL: as they are configured */
	void (*note)(void *payload, const char *lang, const char *text);
	void *note_payload;
};
/* The jobs of Amazon Translate of this project, by its configuration. */
AMTS_MUST_CHECK int amts_project_jobs(struct amts_amazon_jobs **out,
	struct amts_project *project, const struct amts_jobs_options *options,
	struct amts_error *err);

/* ---- faults of the translations ---- */

typedef void amts_check_show_fn(
	void *payload, const struct amts_file *file, const struct amts_faults *faults);

struct amts_check_options {
	const char *const *paths; /* patterns of source or target paths; none: all */
	size_t npaths;
	const struct amts_progress *progress; /* may be NULL */
	amts_check_show_fn *show; /* for each translation that can be read, in order */
	void *payload;
};

/* Check what a run would build on: the review branch where there is one, unless the sync
 * was opened without it.  Bases that nothing tells are searched in the history first, as
 * amts_sync_count does; what stays unknown is compared with the source as it is now. What
 * cannot be read is a note. */
AMTS_MUST_CHECK int amts_sync_check(struct amts_sync *sync,
	const struct amts_check_options *opt, struct amts_error *err);

/* Hand to opt->show, document by document, the blocks that earlier runs left to people
 * and that are still as they were: steps without an effect, with what the source said
 * before. */
AMTS_MUST_CHECK int amts_sync_show_left(struct amts_sync *sync,
	const struct amts_sync_options *opt, struct amts_error *err);

/* ---- a first configuration ---- */

struct amts_detect_options {
	const char *source;	   /* url; NULL: this repository holds the source */
	const char *source_branch; /* NULL: its default branch */
	const char *lang;	   /* NULL: found out */
	const char *const *target_langs, *const *target_urls; /* other repositories */
	size_t ntargets;
	const struct amts_progress *progress; /* may be NULL */
};

struct amts_finding {
	struct amts_str text; /* for people, a line */
	double sure;	      /* 0..1 */
	int page;	      /* of one page; they stand together, the least sure first */
};

struct amts_detected {
	struct amts_finding *v;
	size_t n;
	struct amts_str config; /* proposed bytes of `.amts` */
	struct amts_str record; /* of AMTS_RECORD_FILE beside it; empty: none is wanted */
	/* for the repository's own git configuration: what the file may not hold */
	struct amts_setting *settings;
	size_t nsettings;
	int fork; /* the repository shares history with its source: it may merge from it
		   */
};

/* What the trees of a repository and its source or targets say about languages, layout
 * and base.  AMTS_ENOTFOUND when no translation is found. */
AMTS_MUST_CHECK int amts_detect(struct amts_detected *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_detect_options *opt,
	const struct amts_env *env, struct amts_error *err);

#endif
