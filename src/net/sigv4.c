#include "net/sigv4.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "net/crypto.h"
#include "net/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ALGORITHM "AWS4-HMAC-SHA256"

struct pair {
	struct amts_str name, value;
	size_t order; /* among equals */
};

struct signer {
	const struct amts_sigv4_request *in;
	struct amts_arena *arena;
	const char *stamp; /* 20150830T123600Z */
	const char *scope; /* 20150830/us-east-1/service/aws4_request */
	struct pair *query, *headers;
	size_t nquery, nheaders;
	struct amts_str signed_names; /* host;x-amz-date */
};

static int by_name_value(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = amts_str_cmp(x->name, y->name);

	return c ? c : amts_str_cmp(x->value, y->value);
}

static int by_name_order(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = amts_str_cmp(x->name, y->name);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

static void set_times(struct signer *s)
{
	time_t t = (time_t)s->in->time;
	struct tm tm;
	char stamp[32];

	gmtime_r(&t, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	s->stamp = amts_arena_z(s->arena, amts_str_z(stamp));
	s->scope = amts_arena_fmt(
		s->arena, "%.8s/%s/%s/aws4_request", stamp, s->in->region, s->in->service)
			   .p;
}

/* ---- the path ---- */

/* RFC 3986, 5.2.4, and repeated slashes as one. */
static void normalize(struct amts_buf *out, struct amts_str path)
{
	size_t beg = 0, end, *starts = NULL, n = 0, cap = 0;

	while (beg < path.n) {
		struct amts_str part;
		int last;

		end = amts_str_find(path, AMTS_STR("/"), beg);
		part = amts_str_sub(path, beg, end);
		last = end == path.n;
		beg = end + 1;
		if (amts_str_eq(part, AMTS_STR("..")) && n) {
			out->n = starts[--n];
		} else if (part.n && !amts_str_eq(part, AMTS_STR(".")) &&
			   !amts_str_eq(part, AMTS_STR(".."))) {
			AMTS_VEC_PUSH(starts, n, cap, out->n);
			amts_buf_addc(out, '/');
			amts_buf_add(out, part);
			if (last)
				goto done;
		}
	}
	amts_buf_addc(out, '/');
done:
	free(starts);
}

static void add_path(struct amts_buf *out, const struct amts_sigv4_request *in)
{
	struct amts_str path = in->path.n ? in->path : AMTS_STR("/");
	struct amts_buf normal = AMTS_BUF_INIT, once = AMTS_BUF_INIT;

	if (in->flags & AMTS_SIGV4_NORMALIZE) {
		normalize(&normal, path);
		path = amts_buf_str(&normal);
	}
	amts_url_encode(&once, path, "/");
	if (in->flags & AMTS_SIGV4_DOUBLE)
		amts_url_encode(out, amts_buf_str(&once), "/");
	else
		amts_buf_add(out, amts_buf_str(&once));
	amts_buf_release(&normal);
	amts_buf_release(&once);
}

/* ---- the query ---- */

static struct amts_str encoded(struct amts_arena *arena, struct amts_str s)
{
	struct amts_buf plain = AMTS_BUF_INIT, out = AMTS_BUF_INIT;
	struct amts_str r;

	amts_url_decode(&plain, s);
	amts_url_encode(&out, amts_buf_str(&plain), "");
	r = amts_arena_str(arena, amts_buf_str(&out));
	amts_buf_release(&plain);
	amts_buf_release(&out);
	return r;
}

static size_t count_byte(struct amts_str s, char c)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Room for the fields of the URL and six of the signature. */
static void read_query(struct signer *s)
{
	struct amts_str q = s->in->query;
	size_t beg, end;

	s->query = AMTS_NEW(s->arena, struct pair, count_byte(q, '&') + 7);
	for (beg = 0; beg < q.n; beg = end + 1) {
		struct amts_str field;
		size_t eq;

		end = amts_str_find(q, AMTS_STR("&"), beg);
		field = amts_str_sub(q, beg, end);
		if (!field.n)
			continue;
		eq = amts_str_find(field, AMTS_STR("="), 0);
		s->query[s->nquery++] =
			(struct pair){ encoded(s->arena, amts_str_sub(field, 0, eq)),
				encoded(s->arena, amts_str_sub(field, eq + 1, field.n)),
				0 };
	}
}

static void add_field(struct signer *s, const char *name, struct amts_str value)
{
	struct amts_buf out = AMTS_BUF_INIT;

	amts_url_encode(&out, value, "");
	s->query[s->nquery++] = (struct pair){ amts_str_z(name),
		amts_arena_str(s->arena, amts_buf_str(&out)), 0 };
	amts_buf_release(&out);
}

static void put_query(struct amts_buf *out, struct signer *s)
{
	size_t i;

	qsort(s->query, s->nquery, sizeof(*s->query), by_name_value);
	for (i = 0; i < s->nquery; i++)
		amts_buf_addf(out, "%s%s=%s", i ? "&" : "", s->query[i].name.p,
			s->query[i].value.p);
}

/* ---- headers ---- */

static void add_header(struct signer *s, const char *name, const char *value)
{
	struct amts_buf low = AMTS_BUF_INIT, trimmed = AMTS_BUF_INIT;
	struct amts_str v = amts_str_trim(amts_str_z(value));
	size_t i;

	for (; *name; name++) {
		char c = *name;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		amts_buf_addc(&low, c);
	}
	for (i = 0; i < v.n; i++) {
		if (!amts_is_space(v.p[i]))
			amts_buf_addc(&trimmed, v.p[i]);
		else if (!amts_is_space(v.p[i - 1]))
			amts_buf_addc(&trimmed, ' ');
	}
	s->headers[s->nheaders] =
		(struct pair){ amts_arena_str(s->arena, amts_buf_str(&low)),
			amts_arena_str(s->arena, amts_buf_str(&trimmed)), s->nheaders };
	s->nheaders++;
	amts_buf_release(&low);
	amts_buf_release(&trimmed);
}

static void read_headers(struct signer *s)
{
	size_t i;

	s->headers = AMTS_NEW(s->arena, struct pair, s->in->nheaders + 4);
	for (i = 0; i < s->in->nheaders; i++)
		add_header(s, s->in->headers[i].name, s->in->headers[i].value);
}

static int same_as_previous(const struct signer *s, size_t i)
{
	return i && amts_str_eq(s->headers[i].name, s->headers[i - 1].name);
}

static void sort_headers(struct signer *s)
{
	struct amts_buf names = AMTS_BUF_INIT;
	size_t i;

	qsort(s->headers, s->nheaders, sizeof(*s->headers), by_name_order);
	for (i = 0; i < s->nheaders; i++)
		if (!same_as_previous(s, i))
			amts_buf_addf(&names, "%s%s", i ? ";" : "", s->headers[i].name.p);
	s->signed_names = amts_arena_str(s->arena, amts_buf_str(&names));
	amts_buf_release(&names);
}

static void put_headers(struct amts_buf *out, const struct signer *s)
{
	size_t i;

	for (i = 0; i < s->nheaders; i++) {
		if (same_as_previous(s, i))
			amts_buf_addf(out, ",%s", s->headers[i].value.p);
		else
			amts_buf_addf(out, "%s%s:%s", i ? "\n" : "", s->headers[i].name.p,
				s->headers[i].value.p);
	}
	amts_buf_addc(out, '\n');
}

/* ---- the signature ---- */

static void canonical_request(struct amts_sigv4 *out, struct signer *s)
{
	struct amts_buf b = AMTS_BUF_INIT;

	amts_buf_addf(&b, "%s\n", s->in->method);
	add_path(&b, s->in);
	amts_buf_addc(&b, '\n');
	put_query(&b, s);
	amts_buf_addc(&b, '\n');
	put_headers(&b, s);
	amts_buf_addf(&b, "\n%s\n%s", s->signed_names.p, s->in->payload_hash);
	out->canonical_request = amts_arena_str(s->arena, amts_buf_str(&b));
	amts_buf_release(&b);
}

static void hmac_step(unsigned char key[AMTS_SHA256_SIZE], struct amts_str text)
{
	unsigned char next[AMTS_SHA256_SIZE];

	amts_hmac_sha256(
		next, (struct amts_str){ (const char *)key, AMTS_SHA256_SIZE }, text);
	memcpy(key, next, sizeof(next));
}

static void sign(struct amts_sigv4 *out, struct signer *s)
{
	char hash[AMTS_SHA256_HEX], hex[AMTS_SHA256_HEX];
	unsigned char key[AMTS_SHA256_SIZE];
	struct amts_buf secret = AMTS_BUF_INIT;

	amts_sha256_hex(hash, out->canonical_request);
	out->string_to_sign = amts_arena_fmt(
		s->arena, ALGORITHM "\n%s\n%s\n%s", s->stamp, s->scope, hash);
	amts_buf_addf(&secret, "AWS4%s", s->in->secret);
	amts_hmac_sha256(key, amts_buf_str(&secret), (struct amts_str){ s->stamp, 8 });
	amts_buf_release(&secret);
	hmac_step(key, amts_str_z(s->in->region));
	hmac_step(key, amts_str_z(s->in->service));
	hmac_step(key, AMTS_STR("aws4_request"));
	hmac_step(key, out->string_to_sign);
	amts_hex(hex, key, sizeof(key));
	out->signature = amts_arena_str(s->arena, amts_str_z(hex));
}

static void also_send(struct amts_sigv4 *out, const char *name, const char *value)
{
	out->add[out->nadd++] = (struct amts_http_header){ name, value };
}

static void start(struct amts_sigv4 *out, struct signer *s)
{
	memset(out, 0, sizeof(*out));
	set_times(s);
	read_query(s);
	read_headers(s);
}

void amts_sigv4_header(struct amts_sigv4 *out, struct amts_arena *arena,
	const struct amts_sigv4_request *request)
{
	struct signer s = { .in = request, .arena = arena };
	size_t i;

	start(out, &s);
	also_send(out, "X-Amz-Date", s.stamp);
	if (request->flags & AMTS_SIGV4_SEND_HASH)
		also_send(out, "X-Amz-Content-Sha256", request->payload_hash);
	if (request->token && !(request->flags & AMTS_SIGV4_TOKEN_APART))
		also_send(out, "X-Amz-Security-Token", request->token);
	for (i = 0; i < out->nadd; i++)
		add_header(&s, out->add[i].name, out->add[i].value);
	if (request->token && (request->flags & AMTS_SIGV4_TOKEN_APART))
		also_send(out, "X-Amz-Security-Token", request->token);
	sort_headers(&s);
	canonical_request(out, &s);
	sign(out, &s);
	also_send(out, "Authorization",
		amts_arena_fmt(arena,
			ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
			request->id, s.scope, s.signed_names.p, out->signature.p)
			.p);
}

void amts_sigv4_query(struct amts_sigv4 *out, struct amts_arena *arena,
	const struct amts_sigv4_request *request)
{
	struct signer s = { .in = request, .arena = arena };
	int apart = (request->flags & AMTS_SIGV4_TOKEN_APART) != 0;
	struct amts_buf b = AMTS_BUF_INIT;

	start(out, &s);
	sort_headers(&s);
	add_field(&s, "X-Amz-Algorithm", AMTS_STR(ALGORITHM));
	add_field(&s, "X-Amz-Credential",
		amts_arena_fmt(arena, "%s/%s", request->id, s.scope));
	add_field(&s, "X-Amz-Date", amts_str_z(s.stamp));
	add_field(&s, "X-Amz-Expires", amts_arena_fmt(arena, "%ld", request->expires));
	add_field(&s, "X-Amz-SignedHeaders", s.signed_names);
	if (request->token && !apart)
		add_field(&s, "X-Amz-Security-Token", amts_str_z(request->token));
	canonical_request(out, &s);
	sign(out, &s);
	if (request->token && apart)
		add_field(&s, "X-Amz-Security-Token", amts_str_z(request->token));
	put_query(&b, &s);
	amts_buf_addf(&b, "&X-Amz-Signature=%s", out->signature.p);
	out->query = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
}
