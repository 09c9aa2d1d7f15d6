#ifndef AMTS_AMAZON_H
#define AMTS_AMAZON_H
/* Amazon Translate with Active Custom Translation: asynchronous batch jobs over documents
 * in S3 (Amazon Translate Developer Guide, "Asynchronous batch processing"). */
#include "amts/aws.h"
#include "amts/engine.h"

struct amts_amazon_options {
	const struct amts_http_options *http;
	struct amts_aws_options aws;
	const char *bucket;
	const char *prefix; /* of keys in the bucket; NULL: "amts" */
	const char *role;   /* ARN that the service reads and writes the bucket with */
	const char
		*parallel_data; /* name of the resource; NULL: none, no customisation */
	long poll_ms; /* first wait for a job, doubled up to a minute; 0: 10,000 */
	const char *src_lang, *tgt_lang; /* BCP 47 */
};

/*
 * An engine that asks `first` (taken over), and for what that has nothing to say starts
 * one job: segments travel as paragraphs of HTML documents, a source file's together, and
 * what comes back is found by its id; what does not come back, or damaged, stays pending.
 * The job's client token is a hash of its content: a run that was killed finds its job
 * again when it is repeated, and pays once.  Objects in S3 are removed at the end.
 * AMTS_EUSAGE when bucket or role are missing.
 */
AMTS_MUST_CHECK int amts_engine_amazon(struct amts_engine **out,
	struct amts_engine *first, const struct amts_amazon_options *options,
	struct amts_error *err);

#endif
