#include "base/json.h"
#include "net/aws.h"
#include "net/crypto.h"
#include "net/http.h"
#include "net/sigv4.h"
#include "net/url.h"
#include "net/xml.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LEAST_SKEW 60 /* seconds; a clock is off by more when a service says so */

/* A call with what signing it needs. */
struct signed_call {
	struct amts_aws *aws;
	const struct amts_aws_keys *keys; /* NULL: those of the login */
	struct amts_aws_call call;
	struct amts_http_header *headers; /* host first */
	size_t nheaders;
	char hash[AMTS_SHA256_HEX];
};

static int is_s3(const struct amts_aws_call *call)
{
	return !strcmp(call->service, "s3");
}

static int sign(void *payload, const struct amts_http_request *request,
	struct amts_http_header **headers, size_t *nheaders, struct amts_arena *arena,
	struct amts_error *err)
{
	const struct signed_call *c = payload;
	const struct amts_aws_keys *keys = c->keys ? c->keys : &c->aws->keys;
	struct amts_sigv4_request in = { .service = c->call.service,
		.method = request->method,
		.path = c->call.path,
		.query = amts_str_z(c->call.query),
		.headers = c->headers,
		.nheaders = c->nheaders,
		.payload_hash = c->hash };
	struct amts_sigv4 *out = AMTS_NEW(arena, struct amts_sigv4, 1);
	int rc = c->keys ? AMTS_OK : amts_aws_login(NULL, c->aws, err);

	if (!rc)
		rc = amts_aws_region(&in.region, c->aws, err);
	if (rc)
		return rc;
	in.region = amts_aws_scope(c->call.service, in.region);
	in.id = keys->id;
	in.secret = keys->secret;
	in.token = keys->token;
	in.time = amts_aws_now(c->aws);
	in.flags = is_s3(&c->call) ? AMTS_SIGV4_SEND_HASH
				   : AMTS_SIGV4_NORMALIZE | AMTS_SIGV4_DOUBLE;
	amts_sigv4_header(out, arena, &in);
	*headers = out->add;
	*nheaders = out->nadd;
	return AMTS_OK;
}

/* ---- what services say ---- */

static void fault_of_xml(struct amts_str *code, struct amts_str *message,
	struct amts_str body, struct amts_arena *arena)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	const struct amts_xml_element *e;
	struct amts_xml *doc;

	if (amts_xml_parse(&doc, body, "error", &ignored))
		return;
	e = amts_xml_root(doc);
	if (!amts_xml_is(e, "Error"))
		e = amts_xml_child(e, "Error");
	*code = amts_str_z(amts_xml_text(e, "Code", arena));
	*message = amts_str_z(amts_xml_text(e, "Message", arena));
	amts_xml_free(doc);
}

/* "com.amazonaws.x#Name:http://..." is Name. */
static struct amts_str plain_code(struct amts_str code)
{
	size_t hash = amts_str_find(code, AMTS_STR("#"), 0);

	if (hash < code.n)
		code = amts_str_sub(code, hash + 1, code.n);
	return amts_str_sub(code, 0, amts_str_find(code, AMTS_STR(":"), 0));
}

static void fault_of_json(struct amts_str *code, struct amts_str *message,
	struct amts_str body, struct amts_arena *arena)
{
	static const char *const types[] = { "__type", "code", "Code" };
	static const char *const texts[] = { "message", "Message" };
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_json *json;
	size_t i;

	if (amts_json_parse(&json, body, "error", &ignored))
		return;
	for (i = 0; !code->n && i < sizeof(types) / sizeof(*types); i++)
		*code = plain_code(amts_arena_str(
			arena, amts_str_z(amts_json_string(json, types[i]))));
	for (i = 0; !message->n && i < sizeof(texts) / sizeof(*texts); i++)
		*message = amts_arena_str(
			arena, amts_str_z(amts_json_string(json, texts[i])));
	amts_json_free(json);
}

void amts_aws_fault(struct amts_str *code, struct amts_str *message,
	const struct amts_http_reply *reply, struct amts_arena *arena)
{
	struct amts_str body = amts_str_trim(reply->body);

	*code = plain_code(amts_str_z(amts_http_header(reply, "x-amzn-errortype")));
	*message = (struct amts_str){ 0 };
	if (body.n && body.p[0] == '<')
		fault_of_xml(code, message, body, arena);
	else if (body.n && body.p[0] == '{')
		fault_of_json(code, message, body, arena);
}

int amts_aws_is_late_error(const struct amts_http_reply *reply)
{
	struct amts_str head = amts_str_sub(reply->body, 0, 200);

	return reply->status == 200 &&
	       amts_str_find(head, AMTS_STR("<Error>"), 0) < head.n &&
	       amts_str_find(head, AMTS_STR("<DeleteResult"), 0) == head.n;
}

/* ---- what follows from it ---- */

/* What the caller can do, by the name of the error; a name may begin many. */
static const struct {
	const char *name;
	enum amts_status status;
} meanings[] = {
	/* botocore/retries/standard.py, and S3's own */
	{ "Throttl", AMTS_ERETRY },
	{ "TooManyRequests", AMTS_ERETRY },
	{ "RequestThrottled", AMTS_ERETRY },
	{ "RequestLimitExceeded", AMTS_ERETRY },
	{ "BandwidthLimitExceeded", AMTS_ERETRY },
	{ "SlowDown", AMTS_ERETRY },
	{ "RequestTimeout", AMTS_ERETRY },
	{ "InternalError", AMTS_ERETRY },
	{ "InternalFailure", AMTS_ERETRY },
	{ "InternalServer", AMTS_ERETRY },
	{ "ServiceUnavailable", AMTS_ERETRY },
	{ "IDPCommunicationError", AMTS_ERETRY },
	{ "NoSuch", AMTS_ENOTFOUND },
	{ "ResourceNotFound", AMTS_ENOTFOUND },
	{ "Conflict", AMTS_ECONFLICT },
	{ "ConcurrentModification", AMTS_ECONFLICT },
	{ "PreconditionFailed", AMTS_ECONFLICT },
	{ "LimitExceeded", AMTS_ETOOBIG },
	{ "TextSizeLimitExceeded", AMTS_ETOOBIG },
	{ "EntityTooLarge", AMTS_ETOOBIG },
	{ "AccessDenied", AMTS_EAUTH },
	{ "ExpiredToken", AMTS_EAUTH },
	{ "IncompleteSignature", AMTS_EAUTH },
	{ "InvalidAccessKeyId", AMTS_EAUTH },
	{ "InvalidClientTokenId", AMTS_EAUTH },
	{ "InvalidIdentityToken", AMTS_EAUTH },
	{ "IDPRejectedClaim", AMTS_EAUTH },
	{ "InvalidSignature", AMTS_EAUTH },
	{ "InvalidToken", AMTS_EAUTH },
	{ "MissingAuthenticationToken", AMTS_EAUTH },
	{ "RequestTimeTooSkewed", AMTS_EAUTH },
	{ "SignatureDoesNotMatch", AMTS_EAUTH },
	{ "UnrecognizedClient", AMTS_EAUTH },
};

/* AMTS_EFAIL for names that mean nothing here; AMTS_OK without a name. */
static enum amts_status meaning_of(struct amts_str code)
{
	size_t i;

	for (i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (amts_str_starts(code, amts_str_z(meanings[i].name)))
			return meanings[i].status;
	return code.n ? AMTS_EFAIL : AMTS_OK;
}

static int contains(struct amts_str s, const char *text)
{
	return amts_str_find(s, amts_str_z(text), 0) < s.n;
}

static int is_about_time(const struct amts_http_reply *reply, struct amts_str code,
	struct amts_str message)
{
	if (contains(code, "TimeTooSkewed") || contains(code, "RequestExpired") ||
		contains(code, "RequestInTheFuture"))
		return 1;
	if (contains(message, "Signature expired") ||
		contains(message, "Signature not yet current"))
		return 1;
	return !code.n && reply->status == 403; /* HEAD: the date tells */
}

/* Take over the server's clock, once: a second complaint is not about the time. */
static int adopt_clock(struct amts_aws *aws, const struct amts_http_reply *reply)
{
	const char *text = amts_http_header(reply, "date");
	time_t date = text ? curl_getdate(text, NULL) : (time_t)-1;
	int64_t skew = (int64_t)date - (int64_t)time(NULL);

	if (date == (time_t)-1 || aws->skew_adopted ||
		llabs((long long)(skew - aws->skew)) < LEAST_SKEW)
		return 0;
	aws->skew = skew;
	aws->skew_adopted = 1;
	return 1;
}

static enum amts_http_verdict judge_fault(struct signed_call *c,
	const struct amts_http_reply *reply, struct amts_arena *arena)
{
	struct amts_str code, message;

	amts_aws_fault(&code, &message, reply, arena);
	if (is_about_time(reply, code, message) && adopt_clock(c->aws, reply))
		return AMTS_HTTP_AGAIN;
	if (contains(code, "ExpiredToken") && !c->keys && c->aws->keys.expires) {
		c->aws->have_keys = 0;
		return AMTS_HTTP_AGAIN;
	}
	if (reply->status >= 500 && reply->status != 501)
		return AMTS_HTTP_RETRY;
	if (reply->status == 429 || meaning_of(code) == AMTS_ERETRY)
		return AMTS_HTTP_RETRY;
	return AMTS_HTTP_DONE;
}

static enum amts_http_verdict judge(void *payload,
	const struct amts_http_request *request, const struct amts_http_reply *reply)
{
	struct signed_call *c = payload;
	struct amts_arena *arena;
	enum amts_http_verdict verdict;

	if (reply->status < 400)
		return is_s3(&c->call) && !strcmp(request->method, "POST") &&
				       amts_aws_is_late_error(reply)
			       ? AMTS_HTTP_RETRY
			       : AMTS_HTTP_DONE;
	arena = amts_arena_new();
	verdict = judge_fault(c, reply, arena);
	amts_arena_free(arena);
	return verdict;
}

/* ---- requests ---- */

static void add_headers(struct signed_call *c, struct amts_arena *arena)
{
	const struct amts_aws_call *call = &c->call;
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_url url;
	const char *host = "";
	size_t i;

	/* A base that is no address fails when it is sent. */
	if (!amts_url_split(&url, amts_str_z(call->base), &ignored))
		host = amts_url_authority(&url, arena).p;
	c->headers = AMTS_NEW(arena, struct amts_http_header, call->nheaders + 1);
	c->headers[c->nheaders++] = (struct amts_http_header){ "Host", host };
	for (i = 0; i < call->nheaders; i++)
		c->headers[c->nheaders++] = (struct amts_http_header){
			amts_arena_z(arena, amts_str_z(call->headers[i].name)),
			amts_arena_z(arena, amts_str_z(call->headers[i].value))
		};
}

void amts_aws_signed(struct amts_http_request *out, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_aws_call *call,
	const struct amts_aws_keys *keys)
{
	struct signed_call *c = AMTS_NEW(arena, struct signed_call, 1);
	struct amts_buf url = AMTS_BUF_INIT;

	c->aws = aws;
	c->keys = keys;
	c->call = *call;
	c->call.path = amts_arena_str(arena, call->path);
	c->call.query = amts_arena_z(arena, amts_str_z(call->query));
	add_headers(c, arena);
	amts_sha256_hex(c->hash, call->body);
	amts_buf_addz(&url, call->base);
	amts_url_encode(&url, call->path, "/");
	if (*c->call.query)
		amts_buf_addf(&url, "?%s", c->call.query);
	*out = (struct amts_http_request){ .method = call->method,
		.url = amts_arena_z(arena, amts_buf_str(&url)),
		.headers = c->headers,
		.nheaders = c->nheaders,
		.body = call->body,
		.repeatable = call->repeatable,
		.sign = sign,
		.judge = judge,
		.payload = c };
	amts_buf_release(&url);
}

void amts_aws_request(struct amts_http_request *out, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_aws_call *call)
{
	amts_aws_signed(out, aws, arena, call, NULL);
}

int amts_aws_json_request(struct amts_http_request *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *service, const char *target,
	struct amts_str body, int repeatable, struct amts_error *err)
{
	const struct amts_http_header headers[] = {
		{ "Content-Type", "application/x-amz-json-1.1" },
		{ "X-Amz-Target", target }
	};
	struct amts_aws_call call = { .service = service,
		.method = "POST",
		.path = AMTS_STR("/"),
		.headers = headers,
		.nheaders = 2,
		.body = body,
		.repeatable = repeatable != 0 };
	int rc = amts_aws_endpoint(&call.base, NULL, aws, service, arena, err);

	if (!rc)
		amts_aws_request(out, aws, arena, &call);
	return rc;
}

int amts_aws_check(struct amts_aws *aws, const struct amts_http_request *request,
	const struct amts_http_reply *reply, struct amts_error *err)
{
	struct amts_arena *arena;
	struct amts_http_reply shown = *reply;
	struct amts_str code, message, detail;
	const char *id = amts_http_header(reply, "x-amzn-requestid");
	enum amts_status meaning;
	int rc;

	if (amts_aws_is_late_error(reply) && !strcmp(request->method, "POST"))
		shown.status = 500;
	if (shown.status / 100 == 2)
		return AMTS_OK;
	arena = amts_arena_new();
	amts_aws_fault(&code, &message, reply, arena);
	id = id ? id : amts_http_header(reply, "x-amz-request-id");
	message = amts_str_sub(message, 0, 200);
	detail = amts_arena_fmt(arena, AMTS_STR_FMT "%s" AMTS_STR_FMT "%s%.80s%s",
		AMTS_STR_ARG(code), code.n && message.n ? ": " : "",
		AMTS_STR_ARG(message), id ? " (request " : "", id ? id : "",
		id ? ")" : "");
	meaning = meaning_of(code);
	rc = amts_http_check(aws->http, request, &shown, detail, err);
	if (meaning && meaning != AMTS_EFAIL)
		rc = err->code = meaning;
	amts_arena_free(arena);
	return rc;
}
