/* Addresses, digests, JSON and XML: what the network's parts are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "gitbox.h"
#include "net/crypto.h"
#include "net/url.h"
#include "net/xml.h"

static struct amts_arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = amts_arena_new();
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	amts_arena_free(arena);
	return 0;
}

/* ---- addresses ---- */

static const struct {
	const char *url, *user, *host, *port, *path, *query, *authority, *plain;
} urls[] = {
	{ "http://a.b", "", "a.b", "", "", "", "a.b", "http://a.b" },
	{ "https://u:p@h:8443/x/y?q=1#f", "u:p", "h", "8443", "/x/y", "q=1", "h:8443",
		"https://h:8443/x/y" },
	{ "https://h:443/", "", "h", "443", "/", "", "h", "https://h:443/" },
	{ "http://[::1]:80/x", "", "[::1]", "80", "/x", "", "[::1]",
		"http://[::1]:80/x" },
	{ "http://[fe80::1]", "", "[fe80::1]", "", "", "", "[fe80::1]",
		"http://[fe80::1]" },
	{ "http://h?q@r", "", "h", "", "", "q@r", "h", "http://h" },
	{ "http://h/a@b?c", "", "h", "", "/a@b", "c", "h", "http://h/a@b" },
	{ "http://a@b@h/", "a@b", "h", "", "/", "", "h", "http://h/" },
};

static void addresses_have_parts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct amts_url u;

		ok(amts_url_split(&u, amts_str_z(urls[i].url), err));
		assert_true(amts_str_eq(u.user, amts_str_z(urls[i].user)));
		assert_true(amts_str_eq(u.host, amts_str_z(urls[i].host)));
		assert_true(amts_str_eq(u.port, amts_str_z(urls[i].port)));
		assert_true(amts_str_eq(u.path, amts_str_z(urls[i].path)));
		assert_true(amts_str_eq(u.query, amts_str_z(urls[i].query)));
		assert_string_equal(amts_url_authority(&u, arena).p, urls[i].authority);
		assert_string_equal(
			amts_url_plain(amts_str_z(urls[i].url), arena).p, urls[i].plain);
	}
}

static void origins_are_scheme_host_and_port(void **state)
{
	static const struct {
		const char *a, *b;
		int same;
	} table[] = {
		{ "https://h/x", "https://H:443/y?z", 1 },
		{ "http://h", "http://h:80", 1 },
		{ "http://h", "https://h", 0 },
		{ "http://h", "http://h:8080", 0 },
		{ "http://h", "http://h.evil", 0 },
		{ "http://h", "http://h@evil", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct amts_url a, b;

		ok(amts_url_split(&a, amts_str_z(table[i].a), err));
		ok(amts_url_split(&b, amts_str_z(table[i].b), err));
		assert_int_equal(amts_url_same_origin(&a, &b), table[i].same);
	}
}

static void escapes_go_both_ways(void **state)
{
	struct amts_buf all = AMTS_BUF_INIT, coded = AMTS_BUF_INIT, back = AMTS_BUF_INIT;
	int c;

	(void)state;
	for (c = 0; c < 256; c++)
		amts_buf_addc(&all, (char)c);
	amts_url_encode(&coded, amts_buf_str(&all), "/");
	amts_url_decode(&back, amts_buf_str(&coded));
	assert_true(amts_str_eq(amts_buf_str(&all), amts_buf_str(&back)));
	assert_non_null(strstr(coded.p, "%2C-./0123"));
	amts_buf_reset(&back);
	amts_url_decode(&back, AMTS_STR("%zz%4%41%"));
	assert_string_equal(back.p, "%zz%4A%");
	amts_buf_release(&all);
	amts_buf_release(&coded);
	amts_buf_release(&back);
}

/* ---- digests: RFC 4231, FIPS 180, RFC 4648 ---- */

static void digests(void **state)
{
	struct amts_buf text = AMTS_BUF_INIT;
	unsigned char mac[AMTS_SHA256_SIZE];
	char hex[AMTS_SHA256_HEX], sha1[41];

	(void)state;
	amts_sha256_hex(hex, AMTS_STR("abc"));
	assert_string_equal(
		hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	amts_hmac_sha256(mac, AMTS_STR("Jefe"), AMTS_STR("what do ya want for nothing?"));
	amts_hex(hex, mac, sizeof(mac));
	assert_string_equal(
		hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	amts_sha1_hex(sha1, AMTS_STR("abc"));
	assert_string_equal(sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
	amts_base64(&text, (const unsigned char *)"fooba", 5);
	assert_string_equal(text.p, "Zm9vYmE=");
	amts_buf_release(&text);
}

static void long_texts_have_one_base64(void **state)
{
	struct amts_buf in = AMTS_BUF_INIT, out = AMTS_BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < 769; i++)
		amts_buf_addc(&in, 'a');
	amts_base64(&out, (const unsigned char *)in.p, in.n);
	assert_int_equal(out.n, 1028);
	assert_int_equal(strspn(out.p, "YWFh"), 1025);
	assert_string_equal(out.p + 1024, "YQ==");
	amts_buf_release(&in);
	amts_buf_release(&out);
}

/* ---- JSON ---- */

static void reads_json(void **state)
{
	struct amts_json *j;
	const struct amts_json *e;
	double n = 0;

	(void)state;
	ok(amts_json_parse(&j,
		AMTS_STR(" {\"a\": \"x\\u00e9\", \"A\": 1, \"n\": -2.5e1, \"t\": true,"
			 " \"l\": [1, \"two\", null], \"o\": {\"p\": \"q\"}}\n"),
		"f", err));
	assert_string_equal(amts_json_string(j, "a"), "x\xc3\xa9");
	assert_null(amts_json_string(j, "A"));
	assert_null(amts_json_string(j, "none"));
	assert_true(amts_json_number(&n, j, "n"));
	assert_true(n == -25);
	assert_false(amts_json_number(&n, j, "a"));
	assert_true(amts_json_true(j, "t"));
	assert_false(amts_json_true(j, "n"));
	e = amts_json_first(amts_json_get(j, "l"));
	assert_null(amts_json_value(e));
	e = amts_json_next(e);
	assert_string_equal(amts_json_value(e), "two");
	assert_null(amts_json_next(amts_json_next(e)));
	assert_string_equal(amts_json_string(amts_json_get(j, "o"), "p"), "q");
	assert_null(amts_json_get(amts_json_get(j, "none"), "p"));
	amts_json_free(j);
}

static void refuses_what_is_no_json(void **state)
{
	static const char *const bad[] = { "", " ", "{", "{}x", "[1,]", "{\"a\":1,}",
		"nul", "<xml/>", "\"a" };
	struct amts_buf deep = AMTS_BUF_INIT;
	struct amts_json *j;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(amts_json_parse(&j, amts_str_z(bad[i]), "reply", err), AMTS_EPARSE,
			"reply: bad JSON at byte ");
	for (i = 0; i < 100000; i++)
		amts_buf_addc(&deep, '[');
	fails(amts_json_parse(&j, amts_buf_str(&deep), "reply", err), AMTS_EPARSE, "bad");
	amts_buf_release(&deep);
}

/* ---- XML ---- */

static void reads_xml(void **state)
{
	const struct amts_xml_element *root, *e;
	struct amts_xml *doc;

	(void)state;
	ok(amts_xml_parse(&doc,
		AMTS_STR(
			"<?xml version=\"1.0\"?>\n<r xmlns=\"urn:x\" "
			"xmlns:n=\"urn:y\"><a>1"
			"</a><n:b>t&amp;<!-- c --><![CDATA[<u>]]></n:b><a>2</a><c/></r>"),
		"f", err));
	root = amts_xml_root(doc);
	assert_true(amts_xml_is(root, "r"));
	assert_string_equal(amts_xml_text(root, "b", arena), "t&<u>");
	assert_string_equal(amts_xml_text(root, "c", arena), "");
	assert_string_equal(amts_xml_text(root, "none", arena), "");
	e = amts_xml_child(root, "a");
	e = amts_xml_next(e, "a");
	assert_non_null(e);
	assert_null(amts_xml_next(e, "a"));
	assert_null(amts_xml_child(NULL, "a"));
	amts_xml_free(doc);
}

static void refuses_what_is_no_plain_xml(void **state)
{
	static const char *const bad[] = { "", "x", "<a>", "<a></b>", "<a>&none;</a>",
		"<!DOCTYPE a><a/>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>", "{}" };
	struct amts_buf deep = AMTS_BUF_INIT;
	struct amts_xml *doc;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(amts_xml_parse(&doc, amts_str_z(bad[i]), "reply", err), AMTS_EPARSE,
			"reply: bad XML");
	for (i = 0; i < 100000; i++)
		amts_buf_addz(&deep, "<a>");
	fails(amts_xml_parse(&doc, amts_buf_str(&deep), "reply", err), AMTS_EPARSE,
		"bad");
	amts_buf_release(&deep);
}

static void escapes_xml(void **state)
{
	struct amts_buf out = AMTS_BUF_INIT;

	(void)state;
	amts_xml_escape(&out, AMTS_STR("a<&>\r\n\"'"));
	assert_string_equal(out.p, "a&lt;&amp;&gt;&#13;\n\"'");
	amts_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)
		T(addresses_have_parts),
		T(origins_are_scheme_host_and_port),
		T(escapes_go_both_ways),
		T(digests),
		T(long_texts_have_one_base64),
		T(reads_json),
		T(refuses_what_is_no_json),
		T(reads_xml),
		T(refuses_what_is_no_plain_xml),
		T(escapes_xml),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
