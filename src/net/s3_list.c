/* Listing and deleting. */
#include "base/alloc.h"
#include "base/map.h"
#include "net/http.h"
#include "net/s3.h"
#include "net/url.h"
#include "net/xml.h"

#include <stdlib.h>
#include <string.h>

#define MOST_KEYS 1000	 /* of one DeleteObjects */
#define MOST_PAGES 10000 /* of a list: a thousand objects each */

struct listing {
	struct amts_s3 *s3;
	struct amts_arena *arena;
	struct amts_s3_entry *v; /* heap */
	size_t n, cap, max;
	const char *prefix;
	struct amts_map asked; /* pages */
	const char *token;     /* NULL: the first page; "": none follows */
};

/* Keys are asked for as fields of a form, since XML cannot hold every character; a server
 * that knows nothing of that does not say that it did so. */
static const char *plain_key(struct listing *l, const char *key, int encoded)
{
	struct amts_buf spaced = AMTS_BUF_INIT, plain = AMTS_BUF_INIT;

	for (; *key; key++) {
		char c = *key;

		if (encoded && c == '+')
			c = ' ';
		amts_buf_addc(&spaced, c);
	}
	if (encoded)
		amts_url_decode(&plain, amts_buf_str(&spaced));
	key = amts_arena_z(l->arena, amts_buf_str(encoded ? &plain : &spaced));
	amts_buf_release(&spaced);
	amts_buf_release(&plain);
	return key;
}

static void add_entries(struct listing *l, const struct amts_xml_element *root,
	struct amts_arena *scratch)
{
	int encoded = !strcmp(amts_xml_text(root, "EncodingType", scratch), "url");
	const struct amts_xml_element *e = amts_xml_child(root, "Contents");

	for (; e; e = amts_xml_next(e, "Contents")) {
		struct amts_s3_entry entry = {
			plain_key(l, amts_xml_text(e, "Key", scratch), encoded),
			strtoull(amts_xml_text(e, "Size", scratch), NULL, 10)
		};

		AMTS_VEC_PUSH(l->v, l->n, l->cap, entry);
	}
}

static int read_page(struct listing *l, struct amts_str text, struct amts_arena *scratch,
	struct amts_error *err)
{
	const struct amts_xml_element *root;
	struct amts_xml *doc;
	int rc = amts_xml_parse(&doc, text, "list of objects", err);

	if (rc)
		return rc;
	root = amts_xml_root(doc);
	add_entries(l, root, scratch);
	l->token = amts_xml_text(root, "NextContinuationToken", l->arena);
	if (!amts_xml_is(root, "ListBucketResult"))
		rc = amts_fail(err, AMTS_EPARSE, "list of objects: no list");
	else if (strcmp(amts_xml_text(root, "IsTruncated", scratch), "true") != 0)
		l->token = "";
	else if (!*l->token ||
		 !amts_map_is_new(
			 &l->asked, amts_str_hash(amts_str_z(l->token), 0), MOST_PAGES))
		rc = amts_fail(err, AMTS_EPARSE, "list of objects: it never ends");
	if (!rc && l->n > l->max)
		rc = amts_fail(err, AMTS_ETOOBIG, "over %zu objects below '%s'", l->max,
			l->prefix);
	amts_xml_free(doc);
	return rc;
}

static int get_page(struct listing *l, struct amts_error *err)
{
	struct amts_arena *scratch = amts_arena_new();
	struct amts_buf query = AMTS_BUF_INIT;
	struct amts_s3_ask ask = { .method = "GET" };
	struct amts_http_reply reply;
	int rc;

	if (l->token)
		amts_s3_field(&query, "continuation-token", amts_str_z(l->token));
	amts_s3_field(&query, "encoding-type", AMTS_STR("url"));
	amts_s3_field(&query, "list-type", AMTS_STR("2"));
	amts_s3_field(&query, "prefix", amts_str_z(l->prefix));
	ask.query = query.p;
	rc = amts_s3_send(&reply, l->s3, scratch, &ask, err);
	if (!rc)
		rc = read_page(l, reply.body, scratch, err);
	amts_buf_release(&query);
	amts_arena_free(scratch);
	return rc;
}

int amts_s3_list(struct amts_s3_entry **out, size_t *n, struct amts_s3 *s3,
	struct amts_arena *arena, const char *prefix, size_t max, struct amts_error *err)
{
	struct listing l = { .s3 = s3, .arena = arena, .prefix = prefix, .max = max };
	int rc = AMTS_OK;

	while (!rc && (!l.token || *l.token))
		rc = get_page(&l, err);
	if (!rc) {
		*out = AMTS_NEW(arena, struct amts_s3_entry, l.n + 1);
		*n = l.n;
		if (l.n)
			memcpy(*out, l.v, l.n * sizeof(*l.v));
	}
	free(l.v);
	amts_map_release(&l.asked);
	return rc;
}

/* ---- deleting ---- */

/* 200 may name keys that stayed. */
static int read_errors(
	struct amts_str text, struct amts_arena *arena, struct amts_error *err)
{
	const struct amts_xml_element *e;
	struct amts_xml *doc;
	int rc = amts_xml_parse(&doc, text, "deletion of objects", err);

	if (rc)
		return rc;
	e = amts_xml_child(amts_xml_root(doc), "Error");
	if (e) {
		const char *code = amts_xml_text(e, "Code", arena);

		rc = amts_fail(err,
			strcmp(code, "AccessDenied") ? AMTS_EFAIL : AMTS_EAUTH,
			"cannot delete '%.200s': %.60s: %.150s",
			amts_xml_text(e, "Key", arena), code,
			amts_xml_text(e, "Message", arena));
	}
	amts_xml_free(doc);
	return rc;
}

static int delete_some(
	struct amts_s3 *s3, const char *const *keys, size_t n, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf xml = AMTS_BUF_INIT;
	struct amts_s3_ask ask = { .method = "POST",
		.query = "delete=",
		.type = "application/xml",
		.with_checksum = 1,
		.repeatable = 1 };
	struct amts_http_reply reply;
	size_t i;
	int rc;

	amts_buf_addz(&xml, "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
	for (i = 0; i < n; i++) {
		amts_buf_addz(&xml, "<Object><Key>");
		amts_xml_escape(&xml, amts_str_z(keys[i]));
		amts_buf_addz(&xml, "</Key></Object>");
	}
	amts_buf_addz(&xml, "<Quiet>true</Quiet></Delete>");
	ask.body = amts_buf_str(&xml);
	rc = amts_s3_send(&reply, s3, arena, &ask, err);
	if (!rc)
		rc = read_errors(reply.body, arena, err);
	amts_buf_release(&xml);
	amts_arena_free(arena);
	return rc;
}

int amts_s3_delete(
	struct amts_s3 *s3, const char *const *keys, size_t n, struct amts_error *err)
{
	size_t beg, m;
	int rc = AMTS_OK;

	for (beg = 0; beg < n; beg += m) {
		struct amts_error failure = AMTS_ERROR_INIT;
		int one;

		m = n - beg < MOST_KEYS ? n - beg : MOST_KEYS;
		one = delete_some(s3, keys + beg, m, &failure);
		if (one && !rc) {
			rc = one;
			*err = failure;
		}
	}
	return rc;
}
