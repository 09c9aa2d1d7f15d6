#ifndef AMTS_AMAZON_H
#define AMTS_AMAZON_H
/* Amazon Translate with Active Custom Translation: asynchronous batch jobs over documents
 * in S3 (Amazon Translate Developer Guide, "Asynchronous batch processing"). */
#include "amts/aws.h"
#include "amts/engine.h"

struct amts_glossary;
struct amts_memory;
struct amts_amazon_jobs;

struct amts_amazon_options {
	const struct amts_http_options *http;
	struct amts_aws_options aws;
	const char *bucket;
	const char *prefix; /* of keys in the bucket; NULL: "amts" */
	const char *role;   /* ARN that the service reads and writes the bucket with */
	const char
		*parallel_data; /* name of the resource; NULL: none, no customisation */
	struct amts_memory *memory; /* borrowed: that resource is made what it holds,
				       whenever that has changed; NULL: used as it is */
	long poll_ms; /* first wait for a job, doubled up to a minute; 0: 10,000 */
	const char *terminology; /* name of the resource; NULL: none */
	int own_terminology;	 /* it is made what the glossary holds, whenever that has
				    changed; without a glossary it is not used */
	const struct amts_glossary *glossary; /* borrowed */
	int formality; /* 1: formal, -1: informal, 0: the service's choice;
			  where it knows it */
	int brevity;   /* shorter translations; in real time only */
	const char *src_lang, *tgt_lang; /* BCP 47 */
	const char *kept;	  /* file of what jobs have brought; its folder exists */
	double price_per_million; /* characters; 0: not known */
	double max_cost;	  /* AMTS_ECOST when a run would cost more; 0: any */
	int dry_run;		  /* count, send nothing: it all stays pending */
	/* Called with what people should know and a run goes on without; NULL: nobody. */
	void (*note)(void *payload, const char *lang, const char *text);
	void *note_payload;
	struct amts_amazon_jobs *jobs; /* NULL, or borrowed: engine amazon sends nothing
					  by itself, but adds there what is to be sent */
	int keep;		       /* leave the objects of jobs in S3 */
};

/* What was sent, or in a dry run would be. */
struct amts_amazon_cost {
	size_t segments, documents;
	size_t characters; /* as they are billed */
	double price;	   /* 0: not known */
};

/*
 * An engine that asks `first` (taken over), uses what jobs have brought, and for the rest
 * wants a job: segments travel as paragraphs of HTML documents, a source file's together,
 * and what comes back is found by its id.  With `jobs` that is all; such a run is
 * repeated when they are done.  Otherwise the job is waited for.  A segment that does not
 * come back, or damaged, stays pending, and is sent once more; a document that the
 * service refuses is sent again each time.  AMTS_EUSAGE when bucket or role are missing.
 */
AMTS_MUST_CHECK int amts_engine_amazon(struct amts_engine **out,
	struct amts_engine *first, const struct amts_amazon_options *options,
	struct amts_error *err);

/*
 * The same in real time, by TranslateText: no bucket, no role, no parallel data, and an
 * answer in seconds.  Segments travel together, 10,000 bytes a request, and by themselves
 * once more when the service did not keep them apart.  Requests go out side by side,
 * fewer of them when the service says that there are too many.  AMTS_ERETRY when it says
 * so to the end; what has come until then is kept, and not paid for again.
 */
AMTS_MUST_CHECK int amts_engine_amazon_realtime(struct amts_engine **out,
	struct amts_engine *first, const struct amts_amazon_options *options,
	struct amts_error *err);

/* Of all calls so far; NULL for other engines. */
const struct amts_amazon_cost *amts_amazon_cost(const struct amts_engine *e);

/* ---- jobs ---- */

/*
 * Batch jobs, and a journal of them in a folder: every step is recorded before and after,
 * so that a process killed at any point leaves what the next one goes on with, pays for
 *no job twice (client tokens are hashes of the content, and a job is looked for before it
 *is asked for again), keeps what came on the disk before it is removed from S3, and
 *removes everything from there.
 *
 *	amts_amazon_jobs_open -> _run, for what earlier processes began
 *	engines with options.jobs -> _plan -> _run
 *
 * Languages share a job, ten at most, when they want the very same segments with the same
 * customisation.  A job translates all of its documents into all of its languages with
 *one resource of parallel data: sharing it between different wants would translate, and
 * bill, what nobody asked for.  Other languages have a job each; they run side by side,
 * and a job costs nothing by itself.
 */
struct amts_amazon_job {
	const char *name;  /* ours */
	const char *id;	   /* the service's; "" before it has one */
	const char *langs; /* "zh pt-BR" */
	const char *state; /* for people: "running" */
	int running;	   /* the service works on it */
	int left;	   /* its record stays: the next run goes on with it */
	size_t segments, documents;
	size_t characters; /* of one language */
	int64_t started;
	size_t refused;	     /* documents that the service could not translate */
	const char *failed;  /* why nothing came; NULL */
	const char *unclear; /* why objects were left in S3 for another time; NULL */
	const char *where;   /* "s3://bucket/folder" */
};

/* The journal beside options->kept, read; nobody is asked.  Of the options those that
 * concern the service, max_cost and keep are used. */
AMTS_MUST_CHECK int amts_amazon_jobs_open(struct amts_amazon_jobs **out,
	const struct amts_amazon_options *options, struct amts_error *err);
void amts_amazon_jobs_free(struct amts_amazon_jobs *jobs); /* NULL is allowed */

/* Those of the journal, the oldest first, then those planned; as they are now. */
const struct amts_amazon_job *amts_amazon_jobs_list(
	struct amts_amazon_jobs *jobs, size_t *n);

/* Make jobs, and records, of what engines have added.  AMTS_ECOST when that would cost
 * more than max_cost: then there are none. */
AMTS_MUST_CHECK int amts_amazon_jobs_plan(
	struct amts_amazon_jobs *jobs, struct amts_error *err);

/*
 * Take every job as far as it goes, all side by side; with `wait` to its end, else until
 * the service works on it.  Only jobs of these languages (NULL: all).  What becomes of a
 * job is in the list.  AMTS_ECONFLICT when another process does this just now;
 * AMTS_EUSAGE, AMTS_EAUTH when services cannot be opened.
 */
AMTS_MUST_CHECK int amts_amazon_jobs_run(struct amts_amazon_jobs *jobs, int wait,
	const char *const *langs, size_t nlangs, const struct amts_progress *progress,
	struct amts_error *err);

/* Ask the service how jobs that it works on are, for the list; nothing else is done. */
AMTS_MUST_CHECK int amts_amazon_jobs_ask(
	struct amts_amazon_jobs *jobs, struct amts_error *err);

/* Stop the job with this id or name (NULL: all), and clear what it has in S3, unless
 * another process waits for it: that one does it.  What the service had translated by
 * then is lost, unless that was all.  AMTS_ENOTFOUND when there is none. */
AMTS_MUST_CHECK int amts_amazon_jobs_stop(
	struct amts_amazon_jobs *jobs, const char *id, struct amts_error *err);

/* ---- parallel data: pairs that customise a job ---- */

struct amts_parallel_data {
	const char *name;
	const char *status;    /* "ACTIVE"; of the latest update while there is one */
	const char *src, *tgt; /* the first target; "" when the service does not say */
	uint64_t records, failed, skipped;
	double changed;	     /* when it was filled last, seconds since 1970 */
	const char *message; /* the service's; "" for none */
};

/* AMTS_ENOTFOUND when there is none of that name.  Strings live in arena. */
AMTS_MUST_CHECK int amts_parallel_data_get(struct amts_parallel_data *out,
	struct amts_aws *aws, struct amts_arena *arena, const char *name,
	struct amts_error *err);
AMTS_MUST_CHECK int amts_parallel_data_list(struct amts_parallel_data **out, size_t *n,
	struct amts_aws *aws, struct amts_arena *arena, struct amts_error *err);

/* A record that the service did not take when the resource was last filled. */
struct amts_parallel_data_fault {
	const char *where, *why; /* in its words: "Number 12 TU element" */
};
/* From the report that the service keeps; none is no failure.  In arena. */
AMTS_MUST_CHECK int amts_parallel_data_faults(struct amts_parallel_data_fault **out,
	size_t *n, struct amts_aws *aws, struct amts_arena *arena, const char *name,
	struct amts_error *err);

enum amts_parallel_data_how {
	AMTS_PARALLEL_DATA_PUT, /* either */
	AMTS_PARALLEL_DATA_CREATE,
	AMTS_PARALLEL_DATA_UPDATE
};

/*
 * Create the resource, or replace what it holds, with a TMX file, and wait until that is
 * in use.  One that is being filled, here or by another program, is waited for.  The file
 * passes through the bucket and is removed from it.  AMTS_EFAIL with the service's
 * message when the import fails.
 */
AMTS_MUST_CHECK int amts_parallel_data_put(struct amts_parallel_data *out,
	struct amts_aws *aws, struct amts_arena *arena, const char *name,
	struct amts_str tmx, enum amts_parallel_data_how how,
	const struct amts_amazon_options *options, struct amts_error *err);
AMTS_MUST_CHECK int amts_parallel_data_delete(
	struct amts_aws *aws, const char *name, struct amts_error *err);

/* ---- terminologies: how terms are to be translated ---- */

struct amts_terminology {
	const char *name;
	const char *src, *tgt; /* the first target; "" when the service does not say */
	uint64_t terms, skipped, bytes;
	const char *description;
	const char *message; /* the service's; "" for none */
};

/* What was left out of an import. */
struct amts_terminology_counts {
	size_t sent;	 /* terms in the file */
	size_t no_term;	 /* without a translation */
	size_t too_long; /* a side of over 200 bytes */
	int unchanged;	 /* the service has these terms already: nothing was sent */
};

/* AMTS_ENOTFOUND when there is none of that name.  Strings live in arena. */
AMTS_MUST_CHECK int amts_terminology_get(struct amts_terminology *out,
	struct amts_aws *aws, struct amts_arena *arena, const char *name,
	struct amts_error *err);
AMTS_MUST_CHECK int amts_terminology_list(struct amts_terminology **out, size_t *n,
	struct amts_aws *aws, struct amts_arena *arena, struct amts_error *err);
/*
 * Create the resource, or replace what it holds, with the terms of a glossary, each with
 * its first translation, from the source to the target only.  A hash of them is kept in
 * the resource's description: equal ones are not sent again.  AMTS_ETOOBIG over 10 MB,
 * AMTS_ENOTFOUND when there is no term to send.
 */
AMTS_MUST_CHECK int amts_terminology_import(struct amts_terminology *out,
	struct amts_terminology_counts *counts, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, const struct amts_glossary *glossary,
	const char *src_lang, const char *tgt_lang, struct amts_error *err);
AMTS_MUST_CHECK int amts_terminology_delete(
	struct amts_aws *aws, const char *name, struct amts_error *err);

#endif
