#include "net/http.h"

#include "net/url.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD_MAX ((size_t)64 << 10)
#define BODY_MAX ((size_t)64 << 20)

static long status_of(struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* ---- what curl calls ---- */

static size_t on_header(char *p, size_t size, size_t n, void *payload)
{
	struct transfer *t = payload;

	/* Every answer starts anew: 100 Continue, a proxy's. */
	if (size * n > 5 && !memcmp(p, "HTTP/", 5))
		amts_buf_reset(&t->head);
	amts_buf_add(&t->head, (struct amts_str){ p, size * n });
	return t->head.over ? 0 : size * n;
}

static size_t to_file(struct transfer *t, const char *p, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t w = pwrite(
			t->job->request.fd, p + done, n - done, (off_t)(t->size + done));

		if (w < 0 && errno != EINTR) {
			t->write_errno = errno;
			return 0;
		}
		done += w > 0 ? (size_t)w : 0;
	}
	return n;
}

static size_t on_body(char *p, size_t size, size_t n, void *payload)
{
	struct transfer *t = payload;
	const struct amts_http_request *r = &t->job->request;
	size_t max = r->max_body ? r->max_body : BODY_MAX;

	n *= size;
	if (n > max - t->size) {
		t->body.over = 1;
		return 0;
	}
	if (r->fd && status_of(t) / 100 == 2) {
		if (to_file(t, p, n) != n)
			return 0;
	} else {
		amts_buf_add(&t->body, (struct amts_str){ p, n });
	}
	t->size += n;
	return t->body.over ? 0 : n;
}

static void trace_lines(struct transfer *t, const char *mark, struct amts_str text)
{
	size_t beg, end;

	for (beg = 0; beg < text.n; beg = end + 1) {
		struct amts_buf line = AMTS_BUF_INIT;
		struct amts_str piece;

		end = amts_str_find(text, AMTS_STR("\n"), beg);
		piece = amts_str_trim(amts_str_sub(text, beg, end));
		amts_buf_addz(&line, mark);
		amts_http_redact(&line, t->h, piece);
		if (piece.n)
			t->h->o.trace(t->h->o.trace_payload, line.p);
		amts_buf_release(&line);
	}
}

/* NOLINTNEXTLINE(readability-non-const-parameter): curl says so */
static int on_debug(CURL *easy, curl_infotype type, char *p, size_t n, void *payload)
{
	(void)easy;
	if (type == CURLINFO_TEXT)
		trace_lines(payload, "== Info: ", (struct amts_str){ p, n });
	else if (type == CURLINFO_HEADER_OUT)
		trace_lines(payload, "=> Send header: ", (struct amts_str){ p, n });
	else if (type == CURLINFO_HEADER_IN)
		trace_lines(payload, "<= Recv header: ", (struct amts_str){ p, n });
	return 0;
}

/* ---- setting up ---- */

int amts_transfer_may_repeat(const struct amts_http_request *r)
{
	static const char *const idempotent[] = { "GET", "HEAD", "PUT", "DELETE",
		"OPTIONS" };
	size_t i;

	for (i = 0; i < sizeof(idempotent) / sizeof(*idempotent); i++)
		if (!strcmp(r->method, idempotent[i]))
			return 1;
	return r->repeatable;
}

static int add_header(
	struct transfer *t, const char *name, const char *value, struct amts_error *err)
{
	struct amts_buf line = AMTS_BUF_INIT;

	if (strpbrk(name, "\r\n: ") || strpbrk(value, "\r\n"))
		return amts_fail(
			err, AMTS_EUSAGE, "header '%s' would hold a line break", name);
	amts_buf_addf(&line, *value ? "%s: %s" : "%s;", name, value);
	t->headers = curl_slist_append(t->headers, line.p);
	amts_buf_release(&line);
	return AMTS_OK;
}

static int add_headers(struct transfer *t, const struct amts_http_header *v, size_t n,
	struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < n; i++)
		rc = add_header(t, v[i].name, v[i].value, err);
	return rc;
}

static int set_headers(struct transfer *t, struct amts_error *err)
{
	const struct amts_http_request *r = &t->job->request;
	struct amts_http_header *more = NULL;
	size_t n = 0;
	int rc;

	curl_slist_free_all(t->headers);
	/* Not the form type that curl would name, and no pause before large bodies. */
	t->headers = curl_slist_append(NULL, "Expect:");
	t->headers = curl_slist_append(t->headers, "Content-Type:");
	rc = add_headers(t, r->headers, r->nheaders, err);
	if (!rc && r->sign)
		rc = r->sign(r->payload, r, &more, &n, t->arena, err);
	if (!rc)
		rc = add_headers(t, more, n, err);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	return rc;
}

static void set_method(struct transfer *t)
{
	const struct amts_http_request *r = &t->job->request;

	if (!strcmp(r->method, "HEAD")) {
		curl_easy_setopt(t->easy, CURLOPT_NOBODY, 1L);
		return;
	}
	if (r->body.n || !strcmp(r->method, "POST") || !strcmp(r->method, "PUT")) {
		curl_easy_setopt(
			t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body.n ? r->body.p : "");
	}
	curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, r->method);
}

static void set_proxy(struct transfer *t, int is_https)
{
	const struct amts_http_options *o = &t->h->o;
	const char *proxy = is_https ? o->https_proxy : o->http_proxy;

	if (!proxy)
		proxy = o->all_proxy;
	/* Never NULL: curl would ask the environment. */
	curl_easy_setopt(
		t->easy, CURLOPT_PROXY, proxy && !t->job->request.direct ? proxy : "");
	curl_easy_setopt(t->easy, CURLOPT_NOPROXY, o->no_proxy ? o->no_proxy : "");
}

static void set_limits(struct transfer *t)
{
	const struct amts_http_request *r = &t->job->request;
	const struct amts_http_options *o = &t->h->o;

	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS,
		r->connect_ms ? r->connect_ms : o->connect_ms);
	curl_easy_setopt(
		t->easy, CURLOPT_TIMEOUT_MS, r->total_ms ? r->total_ms : o->total_ms);
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(t->easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(t->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (o->ca_file)
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, o->ca_file);
}

static void set_callbacks(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->message);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	if (t->h->o.trace) {
		curl_easy_setopt(t->easy, CURLOPT_VERBOSE, 1L);
		curl_easy_setopt(t->easy, CURLOPT_DEBUGFUNCTION, on_debug);
		curl_easy_setopt(t->easy, CURLOPT_DEBUGDATA, t);
	}
}

int amts_transfer_start(struct transfer *t, struct amts_error *err)
{
	struct amts_url url;
	int rc = amts_url_split(&url, amts_str_z(t->url), err);

	if (rc)
		return rc;
	if (!t->easy)
		t->easy = curl_easy_init();
	else
		curl_easy_reset(t->easy);
	if (!t->easy)
		return amts_fail(err, AMTS_EFAIL, "cannot start curl");
	amts_buf_reset(&t->head);
	amts_buf_reset(&t->body);
	t->head.max = HEAD_MAX;
	t->size = 0;
	t->write_errno = 0;
	t->message[0] = '\0';
	curl_easy_setopt(t->easy, CURLOPT_URL, t->url);
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, t->h->o.user_agent);
	set_callbacks(t);
	set_limits(t);
	set_proxy(t, amts_str_eq(url.scheme, AMTS_STR("https")));
	set_method(t);
	/* curl repeats by itself what dies on a connection that was used before. */
	if (!amts_transfer_may_repeat(&t->job->request))
		curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, 1L);
	rc = set_headers(t, err);
	if (!rc && curl_multi_add_handle(t->h->multi, t->easy))
		rc = amts_fail(err, AMTS_EFAIL, "cannot start curl");
	t->running = !rc;
	return rc;
}

/* ---- what came back ---- */

static size_t count_lines(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static void read_headers(
	struct amts_http_reply *reply, struct amts_arena *arena, struct amts_str head)
{
	size_t beg, end;

	reply->headers = AMTS_NEW(arena, struct amts_http_header, count_lines(head) + 1);
	for (beg = 0; beg < head.n; beg = end + 1) {
		struct amts_str line;
		size_t colon;
		char *name, *c;

		end = amts_str_find(head, AMTS_STR("\n"), beg);
		line = amts_str_sub(head, beg, end);
		colon = amts_str_find(line, AMTS_STR(":"), 0);
		if (!beg || colon == line.n)
			continue;
		name = amts_arena_z(arena, amts_str_trim(amts_str_sub(line, 0, colon)));
		for (c = name; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c + 32);
		reply->headers[reply->nheaders++] = (struct amts_http_header){ name,
			amts_arena_z(arena,
				amts_str_trim(amts_str_sub(line, colon + 1, line.n))) };
	}
}

void amts_transfer_reply(struct transfer *t)
{
	struct amts_http_reply *reply = &t->job->reply;

	reply->status = (int)status_of(t);
	reply->nheaders = 0;
	read_headers(reply, t->arena, amts_buf_str(&t->head));
	reply->body = amts_arena_str(t->arena, amts_buf_str(&t->body));
	reply->size = t->size;
}

static int describe(struct transfer *t, enum amts_status status, const char *what,
	struct amts_error *err)
{
	struct amts_str url = amts_url_plain(amts_str_z(t->url), t->arena);
	struct amts_buf text = AMTS_BUF_INIT;

	amts_http_redact(&text, t->h, amts_str_z(what));
	amts_fail(err, status, "%s %s: %s", t->job->request.method, url.p, text.p);
	amts_buf_release(&text);
	return status;
}

static int describe_write_error(struct transfer *t, struct amts_error *err)
{
	const struct amts_http_request *r = &t->job->request;
	size_t max = r->max_body ? r->max_body : BODY_MAX;

	if (t->head.over)
		return describe(t, AMTS_ETOOBIG, "the reply's headers are too long", err);
	if (t->write_errno)
		return describe(t, AMTS_EFAIL, strerror(t->write_errno), err);
	return describe(t, AMTS_ETOOBIG,
		amts_arena_fmt(t->arena, "the reply is over %zu bytes", max).p, err);
}

int amts_transfer_failure(
	int *retry, int *sent, struct transfer *t, CURLcode code, struct amts_error *err)
{
	const char *what = t->message[0] ? t->message : curl_easy_strerror(code);

	*retry = 0;
	*sent = 1;
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
		*sent = 0;
		*retry = 1;
		return describe(t, AMTS_ERETRY, what, err);
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		*retry = 1;
		return describe(t, AMTS_ERETRY, what, err);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
		return describe(t, AMTS_EAUTH, what, err);
	case CURLE_URL_MALFORMAT:
		return describe(t, AMTS_EUSAGE, what, err);
	case CURLE_WRITE_ERROR:
		if (t->head.over || t->body.over || t->write_errno)
			return describe_write_error(t, err);
		return describe(t, AMTS_EFAIL, what, err);
	default:
		return describe(t, AMTS_EFAIL, what, err);
	}
}
