#ifndef MT_AMAZON_H
#define MT_AMAZON_H
/* Batch jobs of Amazon Translate. */
#include "amts/amazon.h"
#include "amts/s3.h"
#include "base/map.h"
#include "mt/pages.h"

#define KEPT_ID 32 /* hex digits */

/* A translation that was paid for. */
struct amazon_kept {
	char id[KEPT_ID + 1];
	struct amts_str text, job;
};

struct amts_amazon {
	struct amts_engine base;
	struct amts_engine *first;
	struct amts_amazon_options o; /* strings in arena */
	struct amts_arena *arena;
	struct amts_http *http;
	struct amts_aws *aws;
	struct amts_s3 *s3;
	const char *src, *tgt; /* the service's codes */
	const char *data;      /* parallel data of the next job; NULL: none */
	struct amts_amazon_cost cost;
	int loaded; /* what is kept */
	struct amazon_kept *kept;
	size_t nkept, cap;
	struct amts_map by_id;
};

/* The service's code for a language ("zh-Hant" is "zh-TW"), in arena. */
const char *amts_amazon_language(const char *bcp47, struct amts_arena *arena);

#define AMAZON_TARGET "AWSShineFrontendService_20170701."

struct amts_json;
/* One operation of the service; the answer is the caller's to free. */
AMTS_MUST_CHECK int amts_amazon_call(struct amts_json **out, struct amts_aws *aws,
	const char *operation, struct amts_str body, struct amts_error *err);
/* One that takes a name and nothing else. */
AMTS_MUST_CHECK int amts_amazon_call_named(struct amts_json **out, struct amts_aws *aws,
	const char *operation, const char *name, struct amts_error *err);
/* Entries of a list that comes in pages. */
typedef void amts_amazon_entry_fn(void *payload, const struct amts_json *entry);
AMTS_MUST_CHECK int amts_amazon_list(amts_amazon_entry_fn *fn, void *payload,
	struct amts_aws *aws, const char *operation, const char *list,
	struct amts_error *err);
/* Members of an answer, 0 and "" where they are not. */
uint64_t amts_amazon_count(const struct amts_json *object, const char *name);
const char *amts_amazon_string(
	const struct amts_json *object, const char *name, struct amts_arena *arena);
void amts_amazon_pause(long ms);

struct amts_amazon_outputs {
	struct amts_s3_object *v; /* bodies are translated documents */
	size_t n;
	const char *job;
};

/* ---- amazon.c ---- */

/* Add to what is sent; AMTS_EUSAGE when it costs too much. */
AMTS_MUST_CHECK int amazon_count_cost(struct amts_amazon *a, size_t segments,
	size_t documents, size_t characters, struct amts_error *err);
/* What requests[numbers[0..m)] have become goes to the disk; job: "" for none. */
AMTS_MUST_CHECK int amazon_keep_results(struct amts_amazon *a,
	const struct amts_mt_request *requests, const size_t *numbers, size_t m,
	const struct amts_mt_result *results, const char *job, struct amts_error *err);

/* ---- amazon_text.c ---- */

/* "TerminologyNames" and "Settings" of a request, with a comma after each; what
 * customises it beside parallel data. */
void amazon_put_custom(struct amts_buf *out, const struct amts_amazon *a);
/* Fill the results that are chosen by TranslateText. */
AMTS_MUST_CHECK int amazon_send_texts(struct amts_amazon *a, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, const char *chosen,
	const size_t *numbers, size_t m, struct amts_mt_result *results,
	struct amts_error *err);

/* ---- amazon_kept.c: options have a file to keep things in ---- */

void amazon_kept_id(
	char id[KEPT_ID + 1], const struct amts_amazon *a, struct amts_str text);
AMTS_MUST_CHECK int amazon_kept_load(struct amts_amazon *a, struct amts_error *err);
void amazon_kept_add(struct amts_amazon *a, struct amts_str id, struct amts_str text,
	struct amts_str job);
const struct amazon_kept *amazon_kept_find(const struct amts_amazon *a, const char *id);
/* Write those from this one on, to the disk. */
AMTS_MUST_CHECK int amazon_kept_save(
	struct amts_amazon *a, size_t from, struct amts_error *err);
/* The folder in S3 that is in use, for a run after a kill. */
AMTS_MUST_CHECK int amazon_folder_note(
	struct amts_amazon *a, const char *folder, struct amts_error *err);
const char *amazon_folder_left(const struct amts_amazon *a, struct amts_arena *arena);
void amazon_folder_forget(const struct amts_amazon *a);

/* ---- amazon_data.c ---- */

/* Make the parallel data what the memory holds, where that has changed. */
AMTS_MUST_CHECK int amazon_data_refresh(struct amts_amazon *a, struct amts_error *err);
/* Make the terminology what the glossary holds, where it is ours and that has changed. */
AMTS_MUST_CHECK int amazon_terms_refresh(struct amts_amazon *a, struct amts_error *err);

/* ---- amazon_job.c ---- */

/* Remove what an earlier run has left in S3, unless it is in this folder (NULL: none). */
void amts_amazon_tidy(struct amts_amazon *a, struct amts_arena *arena, const char *but);

/*
 * Translate the pages in one job, which is waited for; outputs live in arena.  Documents
 * the service has refused are left out.  AMTS_EFAIL when the job failed or was stopped.
 * What was put into S3 stays until amts_amazon_tidy, unless the job failed; after a kill
 * the next call with the same pages finds it.
 */
AMTS_MUST_CHECK int amts_amazon_run(struct amts_amazon_outputs *out,
	struct amts_amazon *a, struct amts_arena *arena, const struct amts_pages *pages,
	struct amts_error *err);

#endif
