#ifndef MT_AMAZON_H
#define MT_AMAZON_H
/* Amazon Translate: what its two engines share. */
#include "amts/amazon.h"
#include "amts/s3.h"
#include "base/map.h"
#include "mt/pages.h"

#define KEPT_ID 32 /* hex digits */

/* A segment that doubtful translations came back of is asked for so often. */
#define AMAZON_TRIES 2

/* A translation that was paid for. */
struct amazon_kept {
	char id[KEPT_ID + 1];
	unsigned tries;		   /* how often it was */
	struct amts_str text, job; /* text: empty where nothing came of that */
};

struct amts_amazon {
	struct amts_engine base;
	struct amts_engine *first;
	struct amts_amazon_options o; /* strings in arena */
	struct amts_arena *arena;
	int realtime;
	struct amts_http *http; /* in real time, as is aws */
	struct amts_aws *aws;
	const char *src, *tgt; /* the service's codes */
	struct amts_amazon_cost cost;
	struct amts_map asked; /* texts that are counted */
	int loaded;	       /* what is kept */
	struct amazon_kept *kept;
	size_t nkept, cap;
	struct amts_map by_id;
	struct amts_buf unsaved; /* lines of what is kept */
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
/* The same, whose answer says nothing. */
AMTS_MUST_CHECK int amts_amazon_do_named(struct amts_aws *aws, const char *operation,
	const char *name, struct amts_error *err);
/* Entries of a list that comes in pages, each read into `size` bytes of *out, which lives
 * in arena. */
typedef void amts_amazon_read_fn(
	void *out, const struct amts_json *entry, struct amts_arena *arena);
AMTS_MUST_CHECK int amts_amazon_list(void **out, size_t *n, size_t size,
	amts_amazon_read_fn *read, struct amts_arena *arena, struct amts_aws *aws,
	const char *operation, const char *list, struct amts_error *err);
/* Members of an answer, 0 and "" where they are not. */
uint64_t amts_amazon_count(const struct amts_json *object, const char *name);
const char *amts_amazon_string(
	const struct amts_json *object, const char *name, struct amts_arena *arena);
void amts_amazon_pause(long ms);

/* ---- amazon.c ---- */

/* What an engine is, without services. */
struct amts_amazon *amazon_state_new(const struct amts_amazon_options *options);
void amazon_state_free(struct amts_amazon *a);
/* Characters as they are billed: of documents it is the text, tags are free. */
size_t amazon_characters(struct amts_str segment);

/* Add to what is sent; AMTS_ECOST when it costs too much. */
AMTS_MUST_CHECK int amazon_count_cost(struct amts_amazon *a, size_t segments,
	size_t documents, size_t characters, struct amts_error *err);
/* Whether so many characters would cost more than o->max_cost: AMTS_ECOST. */
AMTS_MUST_CHECK int amazon_check_cost(
	const struct amts_amazon_options *o, size_t characters, struct amts_error *err);
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
/* Anew: what was read before is forgotten. */
AMTS_MUST_CHECK int amazon_kept_load(struct amts_amazon *a, struct amts_error *err);
/* tgt: empty when nothing came of it; without line ends. */
void amazon_kept_put(struct amts_amazon *a, struct amts_str src, struct amts_str tgt,
	struct amts_str job);
/* What was put goes to the disk. */
AMTS_MUST_CHECK int amazon_kept_save(struct amts_amazon *a, struct amts_error *err);
const struct amazon_kept *amazon_kept_find(
	const struct amts_amazon *a, struct amts_str src);

/* ---- amazon_data.c ---- */

/* Make the terminology what the glossary holds, where it is ours and that has changed. */
AMTS_MUST_CHECK int amazon_terms_refresh(struct amts_amazon *a, struct amts_error *err);
/* What the memory holds, as a file of parallel data; empty when that is nothing. */
AMTS_MUST_CHECK int amazon_data_export(
	struct amts_buf *tmx, const struct amts_amazon *a, struct amts_error *err);
/* Make the resource that, unless it was made so by an earlier call and is still there. */
AMTS_MUST_CHECK int amazon_data_ensure(struct amts_amazon *a, struct amts_aws *aws,
	struct amts_str tmx, struct amts_error *err);

/* ---- terminology.c ---- */

/* Is there any that a file of terms would hold?  NULL is allowed. */
int amazon_has_terms(const struct amts_glossary *glossary);
/* A file of them. */
AMTS_MUST_CHECK int amazon_terms_export(
	struct amts_buf *tmx, const struct amts_amazon *a, struct amts_error *err);
/* Make the resource that, unless it is. */
AMTS_MUST_CHECK int amazon_terms_ensure(struct amts_aws *aws, const char *name,
	struct amts_str tmx, struct amts_error *err);

#endif
