/* A job's documents: what goes out, and what comes back. */
#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon_batch.h"

#include <string.h>

#define DETAILS_MAX ((size_t)1 << 30)
#define PAGE_MAX ((size_t)20 << 20)
#define FETCHED_AT_ONCE 500 /* documents */

typedef const struct amazon_services services;

const char *amazon_next_word(const char **list, struct amts_arena *arena)
{
	size_t n = strcspn(*list, " ");
	const char *word = *list;

	if (!n)
		return NULL;
	*list += n + (word[n] == ' ');
	return amts_arena_z(arena, (struct amts_str){ word, n });
}

struct amts_amazon *amazon_job_target(const struct amazon_job *j, services *s,
	const char *lang, const char *kept, struct amts_arena *arena)
{
	struct amts_amazon_options o = { .src_lang = j->src_lang,
		.tgt_lang = lang,
		.parallel_data = j->data,
		.terminology = j->terminology,
		.formality = (int)j->formality - 1,
		.bucket = j->bucket,
		.prefix = j->prefix,
		.poll_ms = s->poll_ms,
		.note = s->note,
		.note_payload = s->note_payload };

	o.kept = amts_arena_fmt(arena, "%s/../%s", s->folder, kept).p;
	return amazon_state_new(&o);
}

int amazon_job_pages(struct amts_pages *pages, struct amazon_job *j, services *s,
	struct amts_arena *arena, struct amts_error *err)
{
	size_t *all, i, n = (size_t)j->segments;
	int rc = amazon_job_read_segments(j, s->folder, err);

	if (rc)
		return rc;
	all = AMTS_NEW(arena, size_t, n + 1);
	for (i = 0; i < n; i++)
		all[i] = i;
	amts_pages_write(pages, arena, j->requests, all, n);
	return AMTS_OK;
}

/* One language's documents. */
struct harvest {
	struct amazon_job *j;
	services *s;
	struct amts_amazon *target;
	struct amts_arena *arena;
	const struct amts_pages *pages;
	struct amts_s3_object *v;
	const struct amts_page **page; /* of each */
	size_t n;
};

static const struct amts_page *find_page(
	const struct amts_map *by_name, const struct amts_pages *pages, const char *name)
{
	size_t i = name ? amts_map_get(by_name,
				  amts_str_hash(amts_str_z(name), AMTS_HASH_SEED))
			: AMTS_MAP_NONE;

	return i == AMTS_MAP_NONE ? NULL : &pages->v[i];
}

/* Only the details say which result belongs to which document. */
static void list_outputs(struct harvest *h, const struct amts_json *details)
{
	struct amts_map by_name = { 0 };
	const struct amts_json *e;
	size_t i;

	for (i = 0; i < h->pages->n; i++)
		amts_map_add(&by_name,
			amts_str_hash(amts_str_z(h->pages->v[i].name), AMTS_HASH_SEED),
			i);
	h->v = AMTS_NEW(h->arena, struct amts_s3_object, h->pages->n + 1);
	h->page = AMTS_NEW(h->arena, const struct amts_page *, h->pages->n + 1);
	for (e = amts_json_first(details); e && h->n < h->pages->n;
		e = amts_json_next(e)) {
		const char *file = amts_json_string(e, "targetFile");
		const struct amts_page *page =
			find_page(&by_name, h->pages, amts_json_string(e, "sourceFile"));

		if (!file || !page)
			continue;
		h->page[h->n] = page;
		h->v[h->n++].key = amts_arena_fmt(h->arena, "%s%s", h->j->output, file).p;
	}
	h->j->refused += h->pages->n - h->n;
	amts_map_release(&by_name);
}

static int read_details(struct harvest *h, struct amts_error *err)
{
	const char *key = amts_arena_fmt(h->arena,
		"%sdetails/%s.auxiliary-translation-details.json", h->j->output,
		h->target->tgt)
				  .p;
	struct amts_json *json = NULL;
	struct amts_str text;
	int rc = amts_s3_get(&text, h->s->s3, h->arena, key, DETAILS_MAX, err);

	if (!rc)
		rc = amts_json_parse(&json, text, "details of the job", err);
	if (!rc)
		list_outputs(h, amts_json_get(json, "details"));
	amts_json_free(json);
	return rc;
}

/* What a document that came back has for its segments, or has not. */
static void keep_page(struct harvest *h, struct amts_arena *arena,
	const struct amts_page *page, struct amts_str html, char *chosen,
	struct amts_mt_result *results)
{
	size_t i;

	memset(chosen + page->first, 1, page->n); /* no other's: arena is soon gone */
	amts_pages_read(results, arena, chosen, (size_t)h->j->segments, html, h->j->id);
	memset(chosen + page->first, 0, page->n);
	for (i = page->first; i < page->first + page->n; i++) {
		struct amts_str text = h->j->requests[i].text;
		struct amts_str got = results[i].text;

		if (memchr(got.n ? got.p : "", '\n', got.n) ||
			!amts_pages_is_whole(text, got))
			got = AMTS_STR("");
		amazon_kept_put(h->target, text, got, amts_str_z(h->j->id));
	}
}

/* Some documents at a time: their bytes are not all in memory. */
static int fetch_some(struct harvest *h, size_t beg, size_t n, char *chosen,
	struct amts_mt_result *results, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	size_t i;
	int rc = amts_s3_get_all(h->s->s3, arena, h->v + beg, n, PAGE_MAX, err);

	for (i = beg; !rc && i < beg + n; i++)
		keep_page(h, arena, h->page[i], h->v[i].body, chosen, results);
	if (!rc)
		rc = amazon_kept_save(h->target, err);
	amts_arena_free(arena);
	return rc;
}

static int fetch_language(struct harvest *h, struct amts_error *err)
{
	size_t n = (size_t)h->j->segments, beg, some;
	struct amts_mt_result *results = AMTS_NEW(h->arena, struct amts_mt_result, n + 1);
	char *chosen = AMTS_NEW(h->arena, char, n + 1);
	int rc = read_details(h, err);

	memset(chosen, 0, n);
	if (!rc)
		rc = amazon_kept_load(h->target, err);
	for (beg = 0; !rc && beg < h->n; beg += some) {
		some = h->n - beg < FETCHED_AT_ONCE ? h->n - beg : FETCHED_AT_ONCE;
		rc = fetch_some(h, beg, some, chosen, results, err);
	}
	return rc;
}

static int fetch_languages(struct amazon_job *j, services *s, struct amts_arena *arena,
	struct amts_error *err)
{
	const char *langs = j->langs, *files = j->kept, *lang, *kept;
	struct amts_pages pages = { 0 };
	int rc = amazon_job_pages(&pages, j, s, arena, err);

	j->refused = 0;
	while (!rc && (lang = amazon_next_word(&langs, arena)) &&
		(kept = amazon_next_word(&files, arena))) {
		struct harvest h = { .j = j, .s = s, .arena = arena, .pages = &pages };

		h.target = amazon_job_target(j, s, lang, kept, arena);
		rc = fetch_language(&h, err);
		amazon_state_free(h.target);
	}
	return rc;
}

int amazon_job_fetch(struct amazon_job *j, services *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	int rc = fetch_languages(j, s, arena, err);

	amts_arena_free(arena);
	return rc;
}
