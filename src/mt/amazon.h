#ifndef MT_AMAZON_H
#define MT_AMAZON_H
/* Batch jobs of Amazon Translate. */
#include "amts/amazon.h"
#include "amts/s3.h"
#include "mt/pages.h"

struct amts_amazon {
	struct amts_engine base;
	struct amts_engine *first;
	struct amts_amazon_options o; /* strings in arena */
	struct amts_arena *arena;
	struct amts_http *http;
	struct amts_aws *aws;
	struct amts_s3 *s3;
	const char *src, *tgt; /* the service's codes */
};

/* The service's code for a language ("zh-Hant" is "zh-TW"), in arena. */
const char *amts_amazon_language(const char *bcp47, struct amts_arena *arena);

struct amts_json;
/* One operation of the service; the answer is the caller's to free. */
AMTS_MUST_CHECK int amts_amazon_call(struct amts_json **out, struct amts_aws *aws,
	const char *operation, struct amts_str body, struct amts_error *err);
void amts_amazon_pause(long ms);

struct amts_amazon_outputs {
	struct amts_s3_object *v; /* bodies are translated documents */
	size_t n;
	const char *job;
};

/*
 * Translate the pages in one job, which is waited for; outputs live in arena.  Documents
 * the service has refused are left out.  AMTS_EFAIL when the job failed or was stopped.
 * What was put into S3 is removed, unless the program is killed; then the next call with
 * the same pages finds it.
 */
AMTS_MUST_CHECK int amts_amazon_run(struct amts_amazon_outputs *out,
	struct amts_amazon *a, struct amts_arena *arena, const struct amts_pages *pages,
	struct amts_error *err);

#endif
