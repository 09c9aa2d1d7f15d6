/* Translation in real time, by TranslateText. */
#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon.h"

#include <string.h>

/* "Guidelines and quotas" in the Amazon Translate Developer Guide. */
#define MOST_BYTES 10000
#define MOST_AT_ONCE 8
#define MOST_REFUSALS 3 /* rounds in a row in which nothing gets through */

struct texts {
	struct amts_amazon *a;
	struct amts_arena *arena;   /* of results */
	struct amts_arena *scratch; /* of requests and replies */
	const struct amts_mt_request *requests;
	size_t n;
	const char *chosen;
	const size_t *numbers;
	size_t m;
	struct amts_mt_result *results;
	int alone; /* segments that did not come back from their first request */
};

/* ---- requests ---- */

void amazon_put_custom(struct amts_buf *out, const struct amts_amazon *a)
{
	const struct amts_amazon_options *o = &a->o;
	int brevity = o->brevity && a->realtime;

	if (o->terminology) {
		amts_buf_addz(out, "\"TerminologyNames\":[");
		amts_json_quote(out, amts_str_z(o->terminology));
		amts_buf_addz(out, "],");
	}
	if (o->formality || brevity)
		amts_buf_addz(out, "\"Settings\":{");
	if (o->formality)
		amts_buf_addf(out, "\"Formality\":\"%s\"",
			o->formality > 0 ? "FORMAL" : "INFORMAL");
	if (brevity)
		amts_buf_addf(out, "%s\"Brevity\":\"ON\"", o->formality ? "," : "");
	if (o->formality || brevity)
		amts_buf_addz(out, "},");
}

static int make_job(struct amts_http_job *job, const struct texts *t,
	struct amts_str html, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str body;

	amts_buf_addz(&b, "{");
	amazon_put_custom(&b, t->a);
	amts_buf_addf(&b, "\"SourceLanguageCode\":\"%s\",\"TargetLanguageCode\":\"%s\",",
		t->a->src, t->a->tgt);
	amts_buf_addz(&b, "\"Text\":");
	amts_json_quote(&b, html);
	amts_buf_addc(&b, '}');
	body = amts_arena_str(t->scratch, amts_buf_str(&b));
	amts_buf_release(&b);
	return amts_aws_json_request(&job->request, t->a->aws, t->scratch, "translate",
		AMAZON_TARGET "TranslateText", body, 1, err);
}

/* ---- replies ---- */

static int read_reply(
	const struct texts *t, const struct amts_http_job *job, struct amts_error *err)
{
	struct amts_json *json = NULL;
	const char *text;
	int rc = job->rc;

	if (rc)
		*err = job->err;
	else
		rc = amts_aws_check(t->a->aws, &job->request, &job->reply, err);
	if (!rc)
		rc = amts_json_parse(&json, job->reply.body, "TranslateText", err);
	if (rc)
		return rc;
	text = amts_json_string(json, "TranslatedText");
	amts_pages_read(t->results, t->arena, t->chosen, t->n, amts_str_z(text),
		"Amazon Translate");
	amts_json_free(json);
	return AMTS_OK;
}

static void forget(const struct texts *t, size_t number)
{
	t->results[number] = (struct amts_mt_result){ .origin = AMTS_MT_NONE };
}

/* What comes back spoilt is asked for again, alone; so are the neighbours of what does
 * not come back: one of them may have its text. */
static void forget_spoilt(const struct texts *t, const size_t *numbers, size_t m)
{
	int lost = 0, was_lost;
	size_t i;

	for (i = 0; i < m; i++) {
		was_lost = lost;
		lost = t->results[numbers[i]].origin == AMTS_MT_NONE;
		if (was_lost || !amts_pages_is_whole(t->requests[numbers[i]].text,
					t->results[numbers[i]].text))
			forget(t, numbers[i]);
		if (lost && i)
			forget(t, numbers[i - 1]);
	}
}

static int take(const struct texts *t, const struct amts_page *page,
	const struct amts_http_job *job, struct amts_error *err)
{
	const size_t *numbers = t->numbers + page->first;
	int rc = read_reply(t, job, err);

	if (rc)
		return rc;
	if (!t->alone)
		forget_spoilt(t, numbers, page->n);
	return amazon_keep_results(
		t->a, t->requests, numbers, page->n, t->results, "", err);
}

/* ---- rounds ---- */

/*
 * How many requests go out at once: half as many after a round in which the service
 * refused some for the moment, one more after one in which it took all ("additive
 * increase, multiplicative decrease", Chiu and Jain 1989).
 */
struct pace {
	size_t width;
	int refusals; /* rounds in a row */
};

static size_t count_refused(const struct amts_http_job *jobs, size_t n, size_t *through)
{
	size_t i, refused = 0;

	for (*through = i = 0; i < n; i++) {
		refused += jobs[i].rc || jobs[i].reply.attempts > 1;
		*through += !jobs[i].rc && jobs[i].reply.status == 200;
	}
	return refused;
}

static void adapt(struct pace *p, const struct amts_http_job *jobs, size_t n)
{
	size_t through;

	if (count_refused(jobs, n, &through))
		p->width = p->width > 1 ? p->width / 2 : 1;
	else if (p->width < MOST_AT_ONCE)
		p->width++;
	p->refusals = through ? 0 : p->refusals + 1;
}

/* The pages of one round: those that have to wait go to the front of the rest. */
static int play_round(struct texts *t, struct amts_page *pages, size_t *at, size_t n,
	size_t *taken, struct pace *pace, struct amts_error *err)
{
	size_t width = n - *at < pace->width ? n - *at : pace->width, i, wait = 0;
	struct amts_http_job jobs[MOST_AT_ONCE] = { 0 };
	struct amts_page again[MOST_AT_ONCE];
	struct amts_error first = AMTS_ERROR_INIT;
	int rc = AMTS_OK, one;

	for (i = 0; !rc && i < width; i++)
		rc = make_job(&jobs[i], t, pages[*at + i].html, err);
	if (rc) {
		*at = n; /* nor can the others be made: a region is missing */
		return rc;
	}
	amts_http_run(amts_aws_http(t->a->aws), t->scratch, jobs, width);
	adapt(pace, jobs, width);
	for (i = 0; i < width; i++) {
		struct amts_error why = AMTS_ERROR_INIT;

		one = take(t, &pages[*at + i], &jobs[i], &why);
		*taken += !one;
		if (one == AMTS_ERETRY && pace->refusals < MOST_REFUSALS)
			again[wait++] = pages[*at + i];
		else if (one && !rc)
			rc = one, first = why;
	}
	*at += width - wait;
	memcpy(pages + *at, again, wait * sizeof(*again));
	if (rc)
		*err = first;
	return rc;
}

/* A page that is refused for good leaves its segments pending, when others are not. */
static int is_fatal(int rc)
{
	return rc == AMTS_ERETRY || rc == AMTS_EAUTH;
}

static int send_pages(struct texts *t, struct amts_pages *pages, struct amts_error *err)
{
	struct pace pace = { .width = MOST_AT_ONCE / 2 };
	struct amts_error why = AMTS_ERROR_INIT;
	size_t at = 0, taken = 0;
	int rc = AMTS_OK, one;

	while (at < pages->n && !is_fatal(rc)) {
		one = play_round(t, pages->v, &at, pages->n, &taken, &pace, &why);
		rc = rc && !is_fatal(one) ? rc : one;
	}
	if (!rc || (taken && !is_fatal(rc)) || t->alone)
		return AMTS_OK;
	*err = why;
	return rc;
}

/* ---- all of them ---- */

static size_t characters(const struct amts_pages *pages)
{
	size_t i, k, n = 0;

	for (i = 0; i < pages->n; i++)
		for (k = 0; k < pages->v[i].html.n; k++)
			n += ((unsigned char)pages->v[i].html.p[k] & 0xc0) != 0x80;
	return n;
}

/* Each segment that has not come back from a request with others, in one of its own. */
static void write_lost(
	struct amts_pages *out, const struct texts *t, const struct amts_pages *sent)
{
	struct amts_pages one;
	size_t i, k;

	*out = (struct amts_pages){ AMTS_NEW(t->scratch, struct amts_page, t->m + 1), 0 };
	for (i = 0; i < sent->n; i++) {
		size_t first = sent->v[i].first, n = sent->v[i].n;

		for (k = first; n > 1 && k < first + n; k++) {
			if (t->results[t->numbers[k]].origin != AMTS_MT_NONE)
				continue;
			amts_pages_write_bare(&one, t->scratch, t->requests,
				t->numbers + k, 1, MOST_BYTES);
			if (!one.n)
				continue;
			out->v[out->n] = one.v[0];
			out->v[out->n++].first = k;
		}
	}
}

/* They were paid for once: what is too dear now stays pending. */
static int ask_again(
	struct texts *t, const struct amts_pages *sent, struct amts_error *err)
{
	const struct amts_amazon_options *o = &t->a->o;
	struct amts_pages lost;
	size_t n;
	int rc;

	t->alone = 1;
	write_lost(&lost, t, sent);
	n = characters(&lost);
	if (!lost.n || (o->max_cost > 0 && (double)(t->a->cost.characters + n) *
							   o->price_per_million / 1e6 >
						   o->max_cost))
		return AMTS_OK;
	rc = amazon_count_cost(t->a, 0, 0, n, err);
	return rc ? rc : send_pages(t, &lost, err);
}

/* What came to nothing counts: it is not asked for again and again. */
static int note_tries(const struct texts *t, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < t->m; i++)
		if (t->results[t->numbers[i]].origin == AMTS_MT_NONE)
			amazon_kept_put(t->a, t->requests[t->numbers[i]].text,
				AMTS_STR(""), AMTS_STR(""));
	return amazon_kept_save(t->a, err);
}

int amazon_send_texts(struct amts_amazon *a, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, const char *chosen,
	const size_t *numbers, size_t m, struct amts_mt_result *results,
	struct amts_error *err)
{
	struct texts t = { a, arena, amts_arena_new(), requests, n, chosen, numbers, m,
		results, 0 };
	struct amts_pages pages;
	int rc;

	amts_pages_write_bare(&pages, t.scratch, requests, numbers, m, MOST_BYTES);
	rc = amazon_count_cost(a, m, pages.n, characters(&pages), err);
	if (!rc && !a->o.dry_run)
		rc = amazon_terms_refresh(a, err);
	if (!rc && !a->o.dry_run) {
		rc = send_pages(&t, &pages, err);
		if (!rc)
			rc = ask_again(&t, &pages, err);
		if (!rc)
			rc = note_tries(&t, err);
	}
	amts_arena_free(t.scratch);
	return rc;
}
