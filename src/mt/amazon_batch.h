#ifndef MT_AMAZON_BATCH_H
#define MT_AMAZON_BATCH_H
/*
 * Batch jobs and their journal: a folder beside what is kept, with two files a job,
 *
 *	<name>.segments   what is translated, a line each, written once and first
 *	<name>.job        the step that has begun (those before are done) and all that it
 *	                  needs; replaced as a whole before and after each step
 *
 * and <name>.tmx and <name>.terms, parallel data and terms to be handed over.  A job that
 *was killed anywhere goes on from these alone; the record goes last of all.
 */
#include "mt/amazon.h"

enum amazon_step {
	AMAZON_DATA,   /* parallel data and terms are handed over */
	AMAZON_UPLOAD, /* documents go to S3 */
	AMAZON_START,  /* the service is asked, with a client token */
	AMAZON_RUN,    /* it works */
	AMAZON_FETCH,  /* results come, and are kept */
	AMAZON_CLEAR   /* S3 is cleared, then the record goes */
};

enum amazon_data {
	AMAZON_DATA_NONE,   /* or there is nothing to hand over yet */
	AMAZON_DATA_GIVEN,  /* used as it is */
	AMAZON_DATA_MANAGED /* handed over first */
};

struct amazon_job {
	struct amts_arena *arena; /* of the strings */
	const char *name;	  /* 24 hex digits; of the folder in S3 too */
	enum amazon_step step;
	const char *token, *id, *output; /* "" before they are known */
	const char *bucket, *prefix, *role, *region, *src_lang;
	const char *langs; /* "zh pt-BR" */
	const char *kept;  /* "amazon-zh amazon-pt-BR": files beside the journal */
	const char *data, *terminology;
	const char *salt;    /* of the token: the id of an earlier job of this content */
	const char *content; /* hash */
	uint64_t how_data, formality; /* formality: plus one */
	uint64_t segments, documents, characters, started;
	uint64_t own_terms; /* handed over first */
	uint64_t keep;	    /* leave the objects in S3 */

	/* ---- not in the record ---- */
	struct amts_arena *texts;
	struct amts_mt_request *requests; /* NULL: not read yet */
	int resumed;	  /* found in the journal: what was begun may be done */
	int was_over;	  /* the service remembered a job that had ended */
	size_t refused;	  /* documents that came to nothing */
	int over;	  /* nothing more is to be done, or can be for the moment */
	int rc;		  /* why */
	const char *said; /* the service of its state; NULL: not asked */
	int unclear;	  /* only S3 could not be cleared */
	struct amts_error err;
};

/* ---- amazon_journal.c ---- */

struct amazon_job *amazon_job_new(void);
void amazon_job_free(struct amazon_job *j);
/* From the content's hash and the salt: a repeated request is the same, and paid once. */
void amazon_job_make_token(struct amazon_job *j);
/* Begin a step: on the disk on return. */
AMTS_MUST_CHECK int amazon_job_begin(struct amazon_job *j, const char *folder,
	enum amazon_step step, struct amts_error *err);
AMTS_MUST_CHECK int amazon_job_write_segments(const struct amazon_job *j,
	const char *folder, const struct amts_mt_request *requests, size_t n,
	struct amts_error *err);
/* Fill requests. */
AMTS_MUST_CHECK int amazon_job_read_segments(
	struct amazon_job *j, const char *folder, struct amts_error *err);
/* All of a folder, the oldest first; the array is the caller's.  Files that are no
 * records are passed over; none at all when there is no folder. */
void amazon_journal_read(struct amazon_job ***out, size_t *n, const char *folder);
/* Remove what belongs to no record; the folder is locked. */
void amazon_journal_sweep(const char *folder);
/* The job's files, the record last. */
void amazon_journal_forget(const struct amazon_job *j, const char *folder);
const char *amazon_journal_path(struct amts_arena *arena, const char *folder,
	const struct amazon_job *j, const char *suffix);

/* ---- amazon_steps.c ---- */

struct amazon_services {
	struct amts_aws *aws;
	struct amts_s3 *s3;
	const char *folder; /* of the journal */
	long poll_ms;
	void (*note)(void *payload, const char *lang, const char *text);
	void *note_payload;
};
/* Do as much as can be done without waiting; j->over when that is all.  Failures of the
 * moment leave the record for another time, others clear S3. */
void amazon_job_advance(struct amazon_job *j, const struct amazon_services *s);
/* Fill j->said. */
AMTS_MUST_CHECK int amazon_job_ask(
	struct amazon_job *j, const struct amazon_services *s, struct amts_error *err);
/* End it: what the service has not begun is forgotten, what runs is stopped.  The job is
 * to be advanced then, until it is over. */
AMTS_MUST_CHECK int amazon_job_stop(
	struct amazon_job *j, const struct amazon_services *s, struct amts_error *err);

/* ---- amazon_results.c ---- */

/* A job's documents, whose names and bytes follow from its segments alone. */
AMTS_MUST_CHECK int amazon_job_pages(struct amts_pages *pages, struct amazon_job *j,
	const struct amazon_services *s, struct amts_arena *arena,
	struct amts_error *err);
/* What the service has made of them, for each language, into what is kept. */
AMTS_MUST_CHECK int amazon_job_fetch(
	struct amazon_job *j, const struct amazon_services *s, struct amts_error *err);
/* A language of the job, as an engine's state; the caller's to free. */
struct amts_amazon *amazon_job_target(const struct amazon_job *j,
	const struct amazon_services *s, const char *lang, const char *kept,
	struct amts_arena *arena);
/* The next of "a b c", in arena; NULL at the end. */
const char *amazon_next_word(const char **list, struct amts_arena *arena);

/* ---- jobs side by side ---- */

struct amazon_wanted;

struct amts_amazon_jobs {
	struct amts_arena *arena;
	struct amts_amazon_options o; /* borrowed */
	struct amazon_wanted *wanted; /* of languages, until it is planned */
	size_t nwanted, cap_wanted;
	struct amazon_job **v;
	size_t n, cap;
	struct amts_amazon_job *shown;
	int lock; /* descriptor; -1: not locked */
	struct amts_http *http;
	const char *bucket; /* of services.s3 */
	struct amazon_services services;
};

/* ---- amazon_wants.c ---- */

/* These requests are to be translated in a job, as a translates. */
AMTS_MUST_CHECK int amazon_jobs_add(struct amts_amazon_jobs *jobs,
	const struct amts_amazon *a, const struct amts_mt_request *requests,
	const size_t *numbers, size_t n, struct amts_error *err);
/* How many of them, at least one, go into one job: a document each at the worst. */
size_t amazon_count_fitting(const struct amts_mt_request *v, size_t n,
	size_t most_documents, size_t most_bytes);
void amazon_wants_free(struct amts_amazon_jobs *jobs);
int amazon_has_word(const char *list, const char *word);

/* ---- amazon_batch.c ---- */

/* Until the process ends, or the jobs are freed.  Another one may have ended some of them
 * since the journal was read. */
AMTS_MUST_CHECK int amazon_jobs_lock(
	struct amts_amazon_jobs *jobs, struct amts_error *err);
/* Of an engine by itself, with a journal of its own. */
struct amts_amazon_jobs *amazon_jobs_of_one(const struct amts_amazon *a);
/* Do what is in the journal and what was added, and wait for it; the first failure. */
AMTS_MUST_CHECK int amazon_jobs_finish(
	struct amts_amazon_jobs *jobs, struct amts_error *err);

#endif
