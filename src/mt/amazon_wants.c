/* What languages want to have translated, as jobs. */
#include "mt/amazon_batch.h"

#include "base/alloc.h"
#include "base/disk.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME 24 /* hex digits */

/* "Guidelines and quotas" in the Amazon Translate Developer Guide. */
#define MOST_LANGUAGES 10
#define MOST_DOCUMENTS 1000000
#define MOST_BYTES ((size_t)4 << 30) /* of 5 GB, markup not counted */

/* What one language wants. */
struct amazon_wanted {
	struct amts_amazon *state;
	struct amts_arena *arena;
	struct amts_mt_request *v;
	size_t n, cap;
	struct amts_buf tmx, terms;
	enum amazon_data how_data;
	char content[AMTS_SHA256_HEX];
	int planned;
};

static void free_wanted(struct amazon_wanted *w)
{
	amazon_state_free(w->state);
	amts_arena_free(w->arena);
	amts_buf_release(&w->tmx);
	amts_buf_release(&w->terms);
	free(w->v);
}

void amazon_wants_free(struct amts_amazon_jobs *jobs)
{
	size_t i;

	for (i = 0; i < jobs->nwanted; i++)
		free_wanted(&jobs->wanted[i]);
	free(jobs->wanted);
	jobs->wanted = NULL;
	jobs->nwanted = jobs->cap_wanted = 0;
}

/* ---- what is wanted ---- */

static struct amazon_wanted *find_wanted(
	struct amts_amazon_jobs *jobs, const struct amts_amazon *a)
{
	size_t i;

	for (i = 0; i < jobs->nwanted; i++)
		if (!strcmp(jobs->wanted[i].state->o.kept, a->o.kept))
			return &jobs->wanted[i];
	return NULL;
}

/* Memory and glossary are not there any more when the job begins. */
static int new_wanted(struct amazon_wanted **out, struct amts_amazon_jobs *jobs,
	const struct amts_amazon *a, struct amts_error *err)
{
	struct amazon_wanted w = { .tmx = AMTS_BUF_INIT, .terms = AMTS_BUF_INIT };
	int managed = a->o.parallel_data && a->o.memory;
	int rc = managed ? amazon_data_export(&w.tmx, a, err) : AMTS_OK;

	if (!rc && a->o.own_terminology && a->o.terminology)
		rc = amazon_terms_export(&w.terms, a, err);
	if (rc) {
		amts_buf_release(&w.tmx);
		amts_buf_release(&w.terms);
		return rc;
	}
	w.how_data = w.tmx.n			      ? AMAZON_DATA_MANAGED
		     : a->o.parallel_data && !managed ? AMAZON_DATA_GIVEN
						      : AMAZON_DATA_NONE;
	w.state = amazon_state_new(&a->o);
	w.state->o.memory = NULL;
	w.state->o.glossary = NULL;
	w.arena = amts_arena_new();
	AMTS_VEC_PUSH(jobs->wanted, jobs->nwanted, jobs->cap_wanted, w);
	*out = &jobs->wanted[jobs->nwanted - 1];
	return AMTS_OK;
}

int amazon_jobs_add(struct amts_amazon_jobs *jobs, const struct amts_amazon *a,
	const struct amts_mt_request *requests, const size_t *numbers, size_t n,
	struct amts_error *err)
{
	struct amazon_wanted *w = find_wanted(jobs, a);
	size_t i;
	int rc = w || !n ? AMTS_OK : new_wanted(&w, jobs, a, err);

	for (i = 0; !rc && i < n; i++) {
		const struct amts_mt_request *r = &requests[numbers[i]];
		struct amts_mt_request copy = { .text = amts_arena_str(w->arena, r->text),
			.where = amts_arena_z(w->arena, amts_str_z(r->where)) };

		AMTS_VEC_PUSH(w->v, w->n, w->cap, copy);
	}
	return rc;
}

/* ---- planning ---- */

static int by_text(const void *x, const void *y)
{
	return amts_str_cmp(((const struct amts_mt_request *)x)->text,
		((const struct amts_mt_request *)y)->text);
}

/* What is translated, and how, whatever the language; the order does not matter. */
static int hash_content(struct amazon_wanted *w, struct amts_error *err)
{
	struct amts_mt_request *sorted = amts_calloc(w->n + 1, sizeof(*sorted));
	const struct amts_amazon_options *o = &w->state->o;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;
	int rc;

	amts_buf_addf(&b, "%s\n%s\n%s\n%d %s\n", o->bucket, o->role, w->state->src,
		(int)w->how_data, o->parallel_data ? o->parallel_data : "");
	amazon_put_custom(&b, w->state);
	memcpy(sorted, w->v, w->n * sizeof(*sorted));
	qsort(sorted, w->n, sizeof(*sorted), by_text);
	for (i = 0; i < w->n; i++) {
		amts_buf_addf(&b, "\n%zu ", sorted[i].text.n);
		amts_buf_add(&b, sorted[i].text);
	}
	rc = amts_buf_check(&b, "what is to be translated", err);
	if (!rc)
		amts_sha256_hex(w->content, amts_buf_str(&b));
	amts_buf_release(&b);
	free(sorted);
	return rc;
}

int amazon_has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (; *list; list += strcspn(list, " "), list += *list == ' ')
		if (strcspn(list, " ") == n && !memcmp(list, word, n))
			return 1;
	return 0;
}

/* The languages that share with the first one; two of one code are none. */
static void share(
	struct amazon_job *j, struct amts_amazon_jobs *jobs, struct amazon_wanted *w)
{
	const char *codes = "";
	size_t n = 0;
	struct amazon_wanted *end = jobs->wanted + jobs->nwanted, *with;

	for (with = w; with < end && n < MOST_LANGUAGES; with++) {
		const char *slash = strrchr(with->state->o.kept, '/');
		const char *sep = n ? " " : "";

		if (with->planned || strcmp(with->content, w->content) != 0 ||
			amazon_has_word(codes, with->state->tgt))
			continue;
		with->planned = 1;
		codes = amts_arena_fmt(j->arena, "%s%s%s", codes, sep, with->state->tgt)
				.p;
		j->langs = amts_arena_fmt(
			j->arena, "%s%s%s", j->langs, sep, with->state->o.tgt_lang)
				   .p;
		j->kept = amts_arena_fmt(j->arena, "%s%s%s", j->kept, sep,
			slash ? slash + 1 : with->state->o.kept)
				  .p;
		n++;
	}
}

static const char *copy(struct amazon_job *j, const char *z)
{
	return amts_arena_z(j->arena, amts_str_z(z));
}

static int is_taken(const struct amts_amazon_jobs *jobs, const char *name)
{
	size_t i;

	for (i = 0; i < jobs->n; i++)
		if (!strcmp(jobs->v[i]->name, name))
			return 1;
	return 0;
}

/* The name, and so the place of the results, follows from the content: where the journal
 * of an earlier process is lost, the service may still have what it paid for. */
static int name_job(struct amazon_job *j, const struct amts_amazon_jobs *jobs,
	const struct amazon_wanted *w, size_t from, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	char hex[AMTS_SHA256_HEX];
	size_t i;
	int rc;

	amts_buf_addf(&b, "%s %s\n", w->content, j->langs);
	for (i = from; i < from + j->segments; i++) {
		amts_buf_addf(&b, "%s %zu ", w->v[i].where, w->v[i].text.n);
		amts_buf_add(&b, w->v[i].text);
	}
	do {
		rc = amts_buf_check(&b, "what is to be translated", err);
		if (rc)
			break;
		amts_sha256_hex(hex, amts_buf_str(&b));
		j->name = amts_arena_z(j->arena, (struct amts_str){ hex, NAME });
		amts_buf_addz(&b, "again");
	} while (is_taken(jobs, j->name));
	amts_buf_release(&b);
	if (rc)
		return rc;
	j->content = copy(j, hex);
	amazon_job_make_token(j);
	return AMTS_OK;
}

static struct amazon_job *make_job(struct amts_amazon_jobs *jobs, struct amazon_wanted *w)
{
	const struct amts_amazon_options *o = &w->state->o;
	struct amazon_job *j = amazon_job_new();

	j->own_terms = w->terms.n != 0;
	j->step = w->how_data == AMAZON_DATA_MANAGED || j->own_terms ? AMAZON_DATA
								     : AMAZON_UPLOAD;
	j->bucket = copy(j, o->bucket);
	j->prefix = copy(j, o->prefix);
	j->role = copy(j, o->role);
	j->src_lang = copy(j, o->src_lang);
	j->data = copy(j, o->parallel_data);
	j->terminology = copy(j, o->terminology);
	j->formality = (uint64_t)(o->formality + 1);
	j->how_data = w->how_data;
	j->keep = jobs->o.keep != 0;
	j->started = (uint64_t)time(NULL);
	return j;
}

size_t amazon_count_fitting(const struct amts_mt_request *v, size_t n,
	size_t most_documents, size_t most_bytes)
{
	size_t bytes = 0, i;

	for (i = 0; i < n && i < most_documents; i++) {
		bytes += v[i].text.n;
		if (i && bytes > most_bytes)
			break;
	}
	return i;
}

static void take_some(struct amazon_job *j, const struct amts_mt_request *v, size_t n)
{
	struct amts_arena *arena = amts_arena_new();
	size_t i, *all = AMTS_NEW(arena, size_t, n + 1);
	struct amts_pages pages;

	j->segments = amazon_count_fitting(v, n, MOST_DOCUMENTS, MOST_BYTES);
	for (i = 0; i < j->segments; i++) {
		all[i] = i;
		j->characters += amazon_characters(v[i].text);
	}
	amts_pages_write(&pages, arena, v, all, j->segments);
	j->documents = pages.n;
	amts_arena_free(arena);
}

/* Nothing for empty ones. */
static int write_file(const struct amazon_job *j, const char *folder, const char *suffix,
	const struct amts_buf *b, struct amts_error *err)
{
	return b->n ? amts_file_replace(amazon_journal_path(j->arena, folder, j, suffix),
			      amts_buf_str(b), 0600, err)
		    : AMTS_OK;
}

static int record(const char *folder, struct amazon_job *j, const struct amazon_wanted *w,
	size_t from, struct amts_error *err)
{
	int rc = amazon_job_write_segments(j, folder, w->v + from, j->segments, err);

	if (!rc)
		rc = write_file(j, folder, ".tmx", &w->tmx, err);
	if (!rc)
		rc = write_file(j, folder, ".terms", &w->terms, err);
	return rc ? rc : amazon_job_begin(j, folder, j->step, err);
}

/* More than one job only when there is too much for one. */
static int plan(
	struct amts_amazon_jobs *jobs, struct amazon_wanted *w, struct amts_error *err)
{
	struct amazon_job *j, *first = NULL;
	size_t from;
	int rc = AMTS_OK;

	for (from = 0; !rc && from < w->n; from += (size_t)j->segments) {
		j = make_job(jobs, w);
		if (!first) {
			share(j, jobs, w);
		} else {
			j->langs = copy(j, first->langs);
			j->kept = copy(j, first->kept);
		}
		first = j;
		take_some(j, w->v + from, w->n - from);
		rc = name_job(j, jobs, w, from, err);
		if (rc) {
			amazon_job_free(j);
			return rc;
		}
		AMTS_VEC_PUSH(jobs->v, jobs->n, jobs->cap, j);
		rc = record(jobs->services.folder, j, w, from, err);
	}
	return rc;
}

static int check_cost(const struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	size_t characters = 0, i, k;

	for (i = 0; i < jobs->nwanted; i++)
		for (k = 0; k < jobs->wanted[i].n; k++)
			characters += amazon_characters(jobs->wanted[i].v[k].text);
	return amazon_check_cost(&jobs->o, characters, err);
}

int amts_amazon_jobs_plan(struct amts_amazon_jobs *jobs, struct amts_error *err)
{
	size_t i;
	int rc = check_cost(jobs, err);

	if (!rc && jobs->nwanted)
		rc = amazon_jobs_lock(jobs, err);
	for (i = 0; !rc && i < jobs->nwanted; i++)
		rc = hash_content(&jobs->wanted[i], err);
	for (i = 0; !rc && i < jobs->nwanted; i++)
		if (!jobs->wanted[i].planned)
			rc = plan(jobs, &jobs->wanted[i], err);
	amazon_wants_free(jobs);
	return rc;
}
