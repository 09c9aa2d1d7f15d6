#include "net/http.h"

#include "base/alloc.h"
#include "net/crypto.h"
#include "net/url.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define MOST_REDIRECTS 5
#define MOST_AGAIN 2

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode once_result;

static void init_curl(void)
{
	once_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

int64_t amts_http_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *keep(struct amts_arena *arena, const char *z)
{
	return z ? amts_arena_z(arena, amts_str_z(z)) : NULL;
}

static void set_defaults(struct amts_http *h)
{
	struct amts_http_options *o = &h->o;

	o->user_agent = keep(
		h->arena, o->user_agent ? o->user_agent : "git-amts-sync/" AMTS_VERSION);
	o->http_proxy = keep(h->arena, o->http_proxy);
	o->https_proxy = keep(h->arena, o->https_proxy);
	o->all_proxy = keep(h->arena, o->all_proxy);
	o->no_proxy = keep(h->arena, o->no_proxy);
	o->ca_file = keep(h->arena, o->ca_file);
	o->connect_ms = o->connect_ms ? o->connect_ms : 10000;
	o->total_ms = o->total_ms ? o->total_ms : 60000;
	o->concurrency = o->concurrency > 0 ? o->concurrency : 8;
	o->attempts = o->attempts > 0 ? o->attempts : 5;
	o->retry_base_ms = o->retry_base_ms ? o->retry_base_ms : 500;
	o->retry_cap_ms = o->retry_cap_ms ? o->retry_cap_ms : 20000;
	o->budget_ms = o->budget_ms ? o->budget_ms : 120000;
}

int amts_http_open(struct amts_http **out, const struct amts_http_options *options,
	struct amts_error *err)
{
	struct amts_http *h;
	CURLM *multi;

	*out = NULL;
	pthread_once(&once, init_curl);
	multi = once_result ? NULL : curl_multi_init();
	if (!multi)
		return amts_fail(
			err, AMTS_EFAIL, "cannot start libcurl; is it installed?");
	h = amts_calloc(1, sizeof(*h));
	h->arena = amts_arena_new();
	h->o = *options;
	h->multi = multi;
	set_defaults(h);
	*out = h;
	return AMTS_OK;
}

void amts_http_free(struct amts_http *h)
{
	size_t i;

	if (!h)
		return;
	for (i = 0; i < h->nsecrets; i++)
		free(h->secrets[i]);
	free(h->secrets);
	curl_multi_cleanup(h->multi);
	amts_arena_free(h->arena);
	free(h);
}

const char *amts_http_header(const struct amts_http_reply *reply, const char *name)
{
	size_t i;

	for (i = 0; i < reply->nheaders; i++)
		if (!strcasecmp(reply->headers[i].name, name))
			return reply->headers[i].value;
	return NULL;
}

/* ---- what to do with the end of an attempt ---- */

static enum amts_http_verdict judge(const struct transfer *t)
{
	const struct amts_http_request *r = &t->job->request;

	if (r->judge)
		return r->judge(r->payload, r, &t->job->reply);
	switch (t->job->reply.status) {
	case 408:
	case 429:
	case 500:
	case 502:
	case 503:
	case 504:
		return AMTS_HTTP_RETRY;
	default:
		return AMTS_HTTP_DONE;
	}
}

/* 1: the request waits for another attempt; 0: it has had enough. */
static int wait_again(struct transfer *t)
{
	const struct amts_http_options *o = &t->h->o;
	struct amts_http_job *job = t->job;
	int most = job->request.attempts ? job->request.attempts : o->attempts;
	long wait = amts_retry_wait(o, job->reply.attempts - 1, amts_random()), asked;

	asked = amts_retry_after(
		amts_http_header(&job->reply, "retry-after"), (int64_t)time(NULL));
	if (wait < asked)
		wait = asked;
	if (job->reply.attempts >= most || wait > o->budget_ms - t->waited)
		return 0;
	t->waited += wait;
	t->due = amts_http_clock() + wait;
	return 1;
}

static int is_redirect(const struct transfer *t)
{
	int status = t->job->reply.status;
	const char *method = t->job->request.method;

	if (status == 307 || status == 308)
		return 1;
	return (status == 301 || status == 302 || status == 303) &&
	       (!strcmp(method, "GET") || !strcmp(method, "HEAD"));
}

/* An absolute address, or a path of the same server. */
static int redirect(struct transfer *t, struct amts_error *err)
{
	const char *to = amts_http_header(&t->job->reply, "location");
	struct amts_url from, next;
	struct amts_str plain = amts_url_plain(amts_str_z(t->url), t->arena);

	if (!to || t->redirects++ >= MOST_REDIRECTS)
		return amts_fail(err, AMTS_EFAIL, "%s %s: too many redirections",
			t->job->request.method, plain.p);
	if (amts_url_split(&from, amts_str_z(t->url), err))
		return err->code;
	if (to[0] == '/' && to[1] != '/')
		to = amts_arena_fmt(t->arena, AMTS_STR_FMT "://%s%s",
			AMTS_STR_ARG(from.scheme), amts_url_authority(&from, t->arena).p,
			to)
			     .p;
	if (amts_url_split(&next, amts_str_z(to), err))
		return amts_error_prefix(
			err, "%s %s: redirected", t->job->request.method, plain.p);
	if (!amts_url_same_origin(&from, &next))
		return amts_fail(err, AMTS_EFAIL,
			"%s %s: redirected to '" AMTS_STR_FMT "', which is not followed",
			t->job->request.method, plain.p, AMTS_STR_ARG(next.host));
	t->url = amts_arena_z(t->arena, amts_str_z(to));
	t->due = 0;
	return AMTS_OK;
}

static void end_job(struct transfer *t, int rc)
{
	t->job->rc = rc;
	t->job = NULL;
}

static void handle_reply(struct transfer *t)
{
	struct amts_http_job *job = t->job;
	enum amts_http_verdict verdict;

	if (job->request.follow && is_redirect(t)) {
		int rc = redirect(t, &job->err);

		if (rc)
			end_job(t, rc);
		return;
	}
	verdict = judge(t);
	if (verdict == AMTS_HTTP_AGAIN && t->again++ < MOST_AGAIN) {
		t->due = 0;
		return;
	}
	if ((verdict == AMTS_HTTP_LATER ||
		    (verdict == AMTS_HTTP_RETRY &&
			    amts_transfer_may_repeat(&job->request))) &&
		wait_again(t))
		return;
	if (job->request.fd && job->reply.status / 100 == 2 &&
		ftruncate(job->request.fd, (off_t)t->size))
		end_job(t, amts_fail(&job->err, AMTS_EFAIL, "cannot cut a file"));
	else
		end_job(t, AMTS_OK);
}

static void handle_end(struct transfer *t, CURLcode code)
{
	int retry, sent, rc;

	t->running = 0;
	t->job->reply.attempts++;
	if (!code) {
		amts_transfer_reply(t);
		handle_reply(t);
		return;
	}
	t->job->reply.status = 0;
	t->job->reply.nheaders = 0;
	rc = amts_transfer_failure(&retry, &sent, t, code, &t->job->err);
	if (retry && (!sent || amts_transfer_may_repeat(&t->job->request)) &&
		wait_again(t))
		return;
	end_job(t, rc);
}

/* ---- the loop ---- */

static void start_due(struct transfer *t)
{
	struct amts_error err = AMTS_ERROR_INIT;
	int rc;

	if (!t->job || t->running || t->due > amts_http_clock())
		return;
	rc = amts_transfer_start(t, &err);
	if (rc) {
		t->job->err = err;
		end_job(t, rc);
	}
}

static void collect(struct amts_http *h)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left))) {
		CURLcode code = m->data.result;
		CURL *easy = m->easy_handle;
		struct transfer *t = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, &t);
		handle_end(t, code);
		curl_multi_remove_handle(h->multi, easy);
	}
}

/* Milliseconds until something is to be done that curl does not know of. */
static int pause_for(const struct transfer *slots, size_t n, int more)
{
	int64_t now = amts_http_clock(), least = 1000;
	size_t i, busy = 0;

	for (i = 0; i < n; i++) {
		if (slots[i].job && !slots[i].running && slots[i].due - now < least)
			least = slots[i].due - now;
		busy += slots[i].job != NULL;
	}
	return !busy || (more && busy < n) || least < 0 ? 0 : (int)least;
}

static void take_job(struct transfer *t, struct amts_http_job *job)
{
	t->job = job;
	t->url = job->request.url;
	t->redirects = t->again = 0;
	t->due = 0;
	t->waited = 0;
	job->reply = (struct amts_http_reply){ 0 };
	job->err = (struct amts_error)AMTS_ERROR_INIT;
}

static void release_slot(struct transfer *t)
{
	curl_slist_free_all(t->headers);
	curl_easy_cleanup(t->easy);
	amts_buf_release(&t->head);
	amts_buf_release(&t->body);
}

void amts_http_run(struct amts_http *h, struct amts_arena *arena,
	struct amts_http_job *jobs, size_t n)
{
	size_t nslots = n < (size_t)h->o.concurrency ? n : (size_t)h->o.concurrency;
	struct transfer *slots = amts_calloc(nslots + 1, sizeof(*slots));
	size_t next = 0, busy, i;
	int running;

	for (i = 0; i < nslots; i++)
		slots[i] = (struct transfer){ .h = h,
			.arena = arena,
			.head = AMTS_BUF_INIT,
			.body = AMTS_BUF_INIT };
	do {
		for (i = busy = 0; i < nslots; i++) {
			if (!slots[i].job && next < n)
				take_job(&slots[i], &jobs[next++]);
			start_due(&slots[i]);
			busy += slots[i].job != NULL;
		}
		curl_multi_perform(h->multi, &running);
		collect(h);
		curl_multi_poll(
			h->multi, NULL, 0, pause_for(slots, nslots, next < n), NULL);
	} while (busy || next < n);
	for (i = 0; i < nslots; i++)
		release_slot(&slots[i]);
	free(slots);
}

int amts_http_send(struct amts_http_reply *reply, struct amts_http *h,
	struct amts_arena *arena, const struct amts_http_request *request,
	struct amts_error *err)
{
	struct amts_http_job job = { .request = *request };

	amts_http_run(h, arena, &job, 1);
	*reply = job.reply;
	if (job.rc)
		*err = job.err;
	return job.rc;
}

/* ---- what a status means ---- */

static enum amts_status code_of(int status)
{
	switch (status) {
	case 401:
	case 403:
	case 407:
		return AMTS_EAUTH;
	case 404:
	case 410:
		return AMTS_ENOTFOUND;
	case 409:
	case 412:
		return AMTS_ECONFLICT;
	case 413:
		return AMTS_ETOOBIG;
	case 408:
	case 429:
		return AMTS_ERETRY;
	default:
		return status >= 500 ? AMTS_ERETRY : AMTS_EFAIL;
	}
}

int amts_http_check(const struct amts_http *h, const struct amts_http_request *request,
	const struct amts_http_reply *reply, struct amts_str detail,
	struct amts_error *err)
{
	struct amts_arena *arena;
	struct amts_buf text = AMTS_BUF_INIT;
	size_t i;

	if (reply->status / 100 == 2)
		return AMTS_OK;
	arena = amts_arena_new();
	amts_http_redact(&text, h, amts_str_sub(detail, 0, 300));
	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
			text.p[i] = ' ';
	amts_fail(err, code_of(reply->status), "%s %s: %d%s%s", request->method,
		amts_url_plain(amts_str_z(request->url), arena).p, reply->status,
		text.n ? ": " : "", text.p);
	amts_buf_release(&text);
	amts_arena_free(arena);
	return code_of(reply->status);
}
