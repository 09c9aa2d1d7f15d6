/* Pull requests on GitHub, GitLab and Gitea, against tests/support/double_forge.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/double.h"
#include "amts/forge.h"
#include "net/crypto.h"

#include <openssl/pem.h>

static const struct amts_http_options quick = { .retry_base_ms = 1,
	.retry_cap_ms = 4,
	.budget_ms = 3000,
	.total_ms = 2000,
	.attempts = 3 };

static struct amts_http *http;
static struct amts_arena *arena;
static struct amts_error failed;

static int open_client(void **state)
{
	arena = amts_arena_new();
	ok(amts_http_open(&http, &quick, err));
	return double_reset(state);
}

static int close_client(void **state)
{
	(void)state;
	amts_http_free(http);
	amts_arena_free(arena);
	return 0;
}

static struct amts_forge *open_forge(enum amts_forge_kind kind, const char *token)
{
	struct amts_forge_options o = { .kind = kind,
		.api = amts_arena_fmt(arena, "%s/%s", double_url, amts_forge_name(kind))
			       .p,
		.repository = "ada/book",
		.token = token };
	struct amts_forge *f;

	ok(amts_forge_open(&f, http, &o, err));
	return f;
}

static const char *const labels[] = { "translation" };
static const char *const people[] = { "ada" };

static struct amts_pull_request request(const char *title)
{
	return (struct amts_pull_request){ .head = "amts/zh",
		.base = "main",
		.title = title,
		.body = AMTS_STR("| files |\n|---|\n| 1 \"x\" |\n"),
		.labels = labels,
		.nlabels = 1,
		.reviewers = people,
		.nreviewers = 1 };
}

/* Number of pull requests the service has. */
static size_t count(const char *service)
{
	struct amts_json *state = double_ask("state", NULL);
	const struct amts_json *e =
		amts_json_first(amts_json_get(amts_json_get(state, service), "pulls"));
	size_t n = 0;

	for (; e; e = amts_json_next(e))
		n++;
	amts_json_free(state);
	return n;
}

/* How often this was asked of the double since its reset. */
static int asked(const char *action)
{
	struct amts_json *log = double_ask("log", NULL);
	const struct amts_json *e = amts_json_first(log);
	int n = 0;

	for (; e; e = amts_json_next(e))
		n += !strcmp(amts_json_string(e, "action"), action);
	amts_json_free(log);
	return n;
}

static const enum amts_forge_kind kinds[] = { AMTS_FORGE_GITHUB, AMTS_FORGE_GITLAB,
	AMTS_FORGE_GITEA };

static void one_is_made_then_kept_up_to_date(void **state)
{
	struct amts_pull_request_result r;
	struct amts_pull_request pr;
	struct amts_forge *f;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		f = open_forge(kinds[i], "t0ken");
		pr = request("Sync zh with en");
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_CREATED);
		assert_int_equal(r.number, 1);
		assert_non_null(strstr(r.url, "https://forge.example/"));
		assert_null(r.warning);
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_SAME);
		pr = request("Sync zh with en 1234567");
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_UPDATED);
		assert_int_equal(r.number, 1);
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_SAME);
		assert_int_equal(count(amts_forge_name(kinds[i])), 1);
		amts_forge_free(f);
	}
}

/* What a person took out of draft stays so. */
static void a_draft_stays_one_until_a_person_ends_it(void **state)
{
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f;
	size_t i;

	(void)state;
	pr.draft = 1;
	for (i = 0; i < 3; i++) {
		f = open_forge(kinds[i], "t0ken");
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_SAME);
		amts_forge_free(f);
	}
}

static void a_lost_reply_makes_no_second_one(void **state)
{
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	static const char *const faults[] = {
		"{\"match\": \"*:Create* *\", \"after\": true, \"close\": true}",
		"{\"match\": \"*:Create* *\", \"after\": true, \"status\": 502, "
		"\"body\": "
		"\"\"}",
		"[{\"match\": \"*:Create* *\", \"status\": 500, \"body\": \"x\"},"
		" {\"match\": \"*:List* *\", \"times\": 2, \"status\": 503, \"body\": "
		"\"\"}]",
	};
	struct amts_forge *f;
	size_t i, k;

	(void)state;
	for (k = 0; k < 3; k++)
		for (i = 0; i < 3; i++) {
			double_reset(NULL);
			f = open_forge(kinds[i], "t0ken");
			double_say("fault", faults[k]);
			ok(amts_forge_pull_request(&r, arena, f, &pr, err));
			assert_int_equal(r.number, 1);
			assert_int_equal(count(amts_forge_name(kinds[i])), 1);
			amts_forge_free(f);
		}
}

/* Saying the same twice does no harm, so it is said again. */
static void a_lost_reply_to_an_update_is_asked_for_again(void **state)
{
	struct amts_pull_request pr = request("Sync zh"), next = request("Sync zh again");
	struct amts_pull_request_result r;
	struct amts_forge *f;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		f = open_forge(kinds[i], "t0ken");
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		double_say("fault",
			"{\"match\": \"*:Update* *\", \"after\": true, \"close\": true}");
		ok(amts_forge_pull_request(&r, arena, f, &next, err));
		assert_int_equal(r.done, AMTS_PR_UPDATED);
		amts_forge_free(f);
	}
}

/* Two runs at once: the list was empty, and then there is one. */
static void one_that_came_meanwhile_is_taken(void **state)
{
	struct amts_pull_request pr = request("Sync"),
				 other = request("Sync by another run");
	struct amts_pull_request_result r;
	struct amts_forge *f;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		f = open_forge(kinds[i], "t0ken");
		ok(amts_forge_pull_request(&r, arena, f, &other, err));
		double_say(
			"fault", i == 2 ? "{\"match\": \"*:FindPull *\", \"status\": "
					  "404, \"body\": \"{}\"}"
					: "{\"match\": \"*:List* *\", \"status\": 200, "
					  "\"body\": \"[]\"}");
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_UPDATED);
		assert_int_equal(count(amts_forge_name(kinds[i])), 1);
		amts_forge_free(f);
	}
}

/* Its first list has one from a fork, whose branch has the same name. */
static void a_strangers_fork_is_not_taken(void **state)
{
	static const char *const lists[] = {
		"{\"match\": \"github:List* *\", \"status\": 200, \"body\": "
		"\"[{\\\"number\\\": 9, \\\"head\\\": {\\\"ref\\\": \\\"amts/zh\\\", "
		"\\\"repo\\\": {\\\"full_name\\\": \\\"eve/book\\\"}}, "
		"\\\"base\\\": {\\\"ref\\\": \\\"main\\\", \\\"repo\\\": "
		"{\\\"full_name\\\": \\\"ada/book\\\"}}}]\"}",
		"{\"match\": \"gitlab:List* *\", \"status\": 200, \"body\": "
		"\"[{\\\"iid\\\": 9, \\\"source_branch\\\": \\\"amts/zh\\\", "
		"\\\"target_branch\\\": \\\"main\\\", \\\"source_project_id\\\": 6, "
		"\\\"target_project_id\\\": 5}]\"}"
	};
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		f = open_forge(kinds[i], "t0ken");
		double_say("fault", lists[i]);
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_CREATED);
		assert_int_equal(r.number, 1);
		amts_forge_free(f);
	}
}

/* The description of the only pull request, in arena. */
static const char *description(void)
{
	struct amts_json *state = double_ask("state", NULL);
	const struct amts_json *e =
		amts_json_first(amts_json_get(amts_json_get(state, "github"), "pulls"));
	const char *out = amts_arena_z(arena, amts_str_z(amts_json_string(e, "body")));

	amts_json_free(state);
	return out;
}

/* A request as anybody makes it; the reply's status, and what it says in *said. */
static int send(
	const char *method, const char *path, struct amts_str body, const char **said)
{
	struct amts_http_header headers[] = { { "Authorization", "Bearer t0ken" },
		{ "Accept", "application/json" }, { "X-GitHub-Api-Version", "1" } };
	struct amts_http_request request = { .method = method,
		.url = amts_arena_fmt(
			arena, "%s/github/repos/ada/book%s", double_url, path)
			       .p,
		.headers = headers,
		.nheaders = 3,
		.body = body };
	struct amts_http_reply reply;

	ok(amts_http_send(&reply, http, arena, &request, err));
	*said = amts_arena_z(arena, reply.body);
	return reply.status;
}

/* An update as a person makes it. */
static void edit(const char *body)
{
	struct amts_buf json = AMTS_BUF_INIT;
	const char *said;

	amts_buf_addz(&json, "{\"title\":\"For Ada\",\"body\":");
	amts_json_quote(&json, amts_str_z(body));
	amts_buf_addc(&json, '}');
	assert_int_equal(send("PATCH", "/pulls/1", amts_buf_str(&json), &said), 200);
	amts_buf_release(&json);
}

/* What was compared with GitHub's own description of its API; it is not always here. */
static double compared(void)
{
	struct amts_json *state = double_ask("state", NULL);
	const struct amts_json *github = amts_json_get(state, "github");
	double n = 0;

	amts_json_number(&n, github, "compared");
	amts_json_free(state);
	return n;
}

static const struct {
	const char *method, *path, *body, *wrong;
} undescribed[] = {
	{ "GET", "/pulls?state=opened", "", "OpenAPI: state is none of" },
	{ "GET", "/pulls?stat=open", "", "OpenAPI: unknown parameter stat" },
	{ "GET", "/pulls?per_page=x", "", "OpenAPI: per_page is no integer" },
	{ "POST", "/pulls", "{\"head\":\"a\"}", "OpenAPI: body has no base" },
	{ "POST", "/pulls", "{\"head\":\"a\",\"base\":\"b\",\"draft\":\"no\"}",
		"OpenAPI: body.draft is no boolean" },
	{ "POST", "/pulls", "{\"head\":\"a\",\"base\":\"b\",\"labels\":[]}",
		"OpenAPI: body has an unknown member labels" },
	{ "POST", "/issues/1/labels", "{\"labels\":[]}",
		"OpenAPI: body.labels has 0 items" },
	{ "POST", "/pulls/1/requested_reviewers", "{\"reviewers\":[1]}",
		"OpenAPI: body.reviewers[] is no string" },
};

static void all_that_is_sent_is_as_github_describes_it(void **state)
{
	struct amts_pull_request pr = request("Sync zh");
	struct amts_pull_request_result r;
	struct amts_forge *f = open_forge(AMTS_FORGE_GITHUB, "t0ken");
	double before = compared();
	const char *said;
	size_t i;

	(void)state;
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	pr.title = "Sync zh again";
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	assert_int_equal(r.done, AMTS_PR_UPDATED);
	amts_forge_free(f);
	if (compared() == before)
		return; /* there is no description here */
	assert_int_equal((int)(compared() - before), 6);
	for (i = 0; i < sizeof(undescribed) / sizeof(undescribed[0]); i++) {
		assert_int_equal(send(undescribed[i].method, undescribed[i].path,
					 amts_str_z(undescribed[i].body), &said),
			422);
		assert_non_null(strstr(said, undescribed[i].wrong));
	}
}

#define OURS(text) "<!-- amts:begin -->\n" text "\n<!-- amts:end -->"

static const struct {
	const char *now, *then;
} descriptions[] = {
	{ "- [x] read\n" OURS("old") "\nNB", "- [x] read\n" OURS("new") "\nNB" },
	{ OURS("old"), OURS("new") },
	{ "by hand", OURS("new") },
	{ "<!-- amts:begin --> alone", OURS("new") },
	{ "<!-- amts:end --> <!-- amts:begin -->", OURS("new") },
	{ "", OURS("new") },
};

static void what_people_write_around_ours_stays(void **state)
{
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f = open_forge(AMTS_FORGE_GITHUB, "t0ken");
	size_t i;

	(void)state;
	pr.body = AMTS_STR("old");
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	assert_string_equal(description(), OURS("old"));
	pr.body = AMTS_STR("new");
	for (i = 0; i < sizeof(descriptions) / sizeof(descriptions[0]); i++) {
		edit(descriptions[i].now);
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_UPDATED);
		assert_string_equal(description(), descriptions[i].then);
		pr.title = "Sync again"; /* the title is a person's by now */
		ok(amts_forge_pull_request(&r, arena, f, &pr, err));
		assert_int_equal(r.done, AMTS_PR_SAME);
	}
	amts_forge_free(f);
}

static void limits_are_waited_for_or_told(void **state)
{
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f = open_forge(AMTS_FORGE_GITHUB, "t0ken");

	(void)state;
	double_say("fault", "{\"match\": \"github:List* *\", \"status\": 429, \"body\": "
			    "\"{}\", \"headers\": {\"Retry-After\": \"0\"}}");
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	double_reset(
		NULL); /* a POST that was limited was not done, so it is sent again */
	double_say("fault",
		"{\"match\": \"github:Create* *\", \"status\": 403, \"body\": "
		"\"{}\", \"headers\": {\"Retry-After\": \"0\"}}");
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	assert_int_equal(r.done, AMTS_PR_CREATED);
	assert_int_equal(count("github"), 1);
	assert_int_equal(asked("github:ListPulls"), 1);
	double_say("fault", "{\"match\": \"github:List* *\", \"status\": 403, \"body\": "
			    "\"{}\", \"headers\": {\"Retry-After\": \"3600\"}}");
	assert_int_equal(
		amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_ERETRY);
	assert_non_null(strstr(failed.msg, "run this again in 3600 seconds"));
	double_say("fault",
		"{\"match\": \"github:List* *\", \"status\": 403, \"body\": \"{}\", "
		"\"headers\": {\"X-RateLimit-Remaining\": \"0\", \"X-RateLimit-Reset\": "
		"\"1893456000\"}}");
	assert_int_equal(
		amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_ERETRY);
	assert_non_null(strstr(failed.msg, "after 00:00:00 UTC"));
	double_say("fault", "{\"match\": \"github:List* *\", \"status\": 403, \"body\": "
			    "\"{\\\"message\\\": \\\"You have exceeded a secondary rate "
			    "limit.\\\"}\"}");
	assert_int_equal(
		amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_ERETRY);
	assert_non_null(strstr(failed.msg, "in a minute"));
	amts_forge_free(f);
}

static void refusals_say_what_to_do(void **state)
{
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f = open_forge(AMTS_FORGE_GITHUB, "wrong-token");
	static const char *const author[] = { "author" };

	(void)state;
	assert_int_equal(amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_EAUTH);
	assert_non_null(strstr(failed.msg, "does not know the token"));
	assert_null(strstr(failed.msg, "wrong-token"));
	amts_forge_free(f);
	f = open_forge(AMTS_FORGE_GITHUB, "t0ken");
	pr.head = "empty";
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	assert_int_equal(r.done, AMTS_PR_NOTHING);
	pr = request("Sync");
	pr.reviewers = author;
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	assert_int_equal(r.done, AMTS_PR_CREATED);
	assert_non_null(strstr(r.warning, "reviewers:"));
	double_say("fault",
		"{\"match\": \"github:CreatePull *\", \"status\": 403, \"body\": "
		"\"{\\\"message\\\": \\\"GitHub Actions is not permitted to "
		"create or approve pull requests.\\\"}\"}");
	pr.head = "amts/tr";
	assert_int_equal(amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_EAUTH);
	assert_non_null(strstr(failed.msg, "repository's settings"));
	double_say("fault",
		"{\"match\": \"github:List* *\", \"status\": 200, \"body\": \"<html>\"}");
	assert_int_equal(
		amts_forge_pull_request(&r, arena, f, &pr, &failed), AMTS_EPARSE);
	amts_forge_free(f);
}

/* ---- apps ---- */

static struct amts_str make_key(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	BIO *bio = BIO_new(BIO_s_mem());
	struct amts_str out;
	char *p;
	long n;

	assert_int_equal(
		PEM_write_bio_PrivateKey_traditional(bio, key, NULL, NULL, 0, NULL, NULL),
		1);
	n = BIO_get_mem_data(bio, &p);
	out = amts_arena_str(arena, (struct amts_str){ p, (size_t)n });
	BIO_free(bio);
	EVP_PKEY_free(key);
	return out;
}

static void an_app_gets_a_token(void **state)
{
	struct amts_forge_options o = { .kind = AMTS_FORGE_GITHUB,
		.api = amts_arena_fmt(arena, "%s/github", double_url).p,
		.repository = "ada/book",
		.app_id = "1234",
		.app_key = make_key().p,
		.now = 1893456000 };
	struct amts_pull_request pr = request("Sync");
	struct amts_pull_request_result r;
	struct amts_forge *f;

	(void)state;
	ok(amts_forge_open(&f, http, &o, err));
	ok(amts_forge_pull_request(&r, arena, f, &pr, err));
	amts_forge_free(f);
	o.app_key = "-----BEGIN NOTHING-----";
	assert_int_equal(amts_forge_open(&f, http, &o, &failed), AMTS_EUSAGE);
	assert_non_null(strstr(failed.msg, "not a private RSA key"));
	o.app_key = NULL;
	assert_int_equal(amts_forge_open(&f, http, &o, &failed), AMTS_EAUTH);
}

/* The signature is one: OpenSSL's own verification takes it. */
static void signs_as_rfc_7518_says(void **state)
{
	struct amts_str pem = make_key();
	BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct amts_buf out = AMTS_BUF_INIT;
	unsigned char sig[512];
	char *p;
	int n;

	(void)state;
	ok(amts_sign_rs256(&out, AMTS_STR("header.claims"), pem, err));
	for (p = out.p; *p; p++)
		*p = *p == '-' ? '+' : *p == '_' ? '/' : *p;
	amts_buf_addz(&out, "=="); /* 342 characters of 256 bytes */
	n = EVP_DecodeBlock(sig, (unsigned char *)out.p + 1, (int)out.n - 1);
	assert_int_equal(n, 258);
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	assert_int_equal(EVP_DigestVerify(ctx, sig, 256,
				 (const unsigned char *)"header.claims", 13),
		1);
	amts_buf_release(&out);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	BIO_free(bio);
}

/* ---- where ---- */

static const struct {
	const char *url;
	enum amts_forge_kind asked, kind;
	const char *repository, *api;
} places[] = {
	{ "https://github.com/d2l-ai/d2l-zh.git", AMTS_FORGE_NONE, AMTS_FORGE_GITHUB,
		"d2l-ai/d2l-zh", "https://api.github.com" },
	{ "git@github.com:d2l-ai/d2l-zh", AMTS_FORGE_NONE, AMTS_FORGE_GITHUB,
		"d2l-ai/d2l-zh", "https://api.github.com" },
	{ "ssh://git@ssh.github.com:443/d2l-ai/d2l-zh.git", AMTS_FORGE_NONE,
		AMTS_FORGE_GITHUB, "d2l-ai/d2l-zh", "https://api.github.com" },
	{ "https://user:secret@git.example.org/a/b", AMTS_FORGE_GITHUB, AMTS_FORGE_GITHUB,
		"a/b", "https://git.example.org/api/v3" },
	{ "https://git.example.org:8443/a/b", AMTS_FORGE_GITEA, AMTS_FORGE_GITEA, "a/b",
		"https://git.example.org:8443/api/v1" },
	{ "ssh://git@git.example.org:2222/a/b", AMTS_FORGE_GITHUB, AMTS_FORGE_GITHUB,
		"a/b", "https://git.example.org/api/v3" },
	{ "https://gitlab.com/group/sub/book/", AMTS_FORGE_NONE, AMTS_FORGE_GITLAB,
		"group/sub/book", "https://gitlab.com/api/v4" },
	{ "https://codeberg.org/a/b.git", AMTS_FORGE_NONE, AMTS_FORGE_GITEA, "a/b",
		"https://codeberg.org/api/v1" },
	{ "https://git.example.org/a/b", AMTS_FORGE_NONE, AMTS_FORGE_NONE, "a/b", NULL },
	{ "../d2l-zh", AMTS_FORGE_NONE, AMTS_FORGE_NONE, NULL, NULL },
	{ "/srv/git/a.git", AMTS_FORGE_NONE, AMTS_FORGE_NONE, NULL, NULL },
	{ "file:///srv/git/a.git", AMTS_FORGE_NONE, AMTS_FORGE_NONE, NULL, NULL },
	{ "", AMTS_FORGE_NONE, AMTS_FORGE_NONE, NULL, NULL },
};

static void urls_say_where(void **state)
{
	struct amts_forge_place p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		amts_forge_locate(&p, arena, places[i].url, places[i].asked);
		assert_int_equal(p.kind, places[i].kind);
		if (places[i].repository)
			assert_string_equal(p.repository, places[i].repository);
		else
			assert_null(p.repository);
		if (places[i].api)
			assert_string_equal(p.api, places[i].api);
		else
			assert_null(p.api);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_client, close_client)
	const struct CMUnitTest tests[] = {
		TEST(one_is_made_then_kept_up_to_date),
		TEST(all_that_is_sent_is_as_github_describes_it),
		TEST(a_draft_stays_one_until_a_person_ends_it),
		TEST(a_lost_reply_makes_no_second_one),
		TEST(a_lost_reply_to_an_update_is_asked_for_again),
		TEST(one_that_came_meanwhile_is_taken),
		TEST(a_strangers_fork_is_not_taken),
		TEST(what_people_write_around_ours_stays),
		TEST(limits_are_waited_for_or_told),
		TEST(refusals_say_what_to_do),
		TEST(an_app_gets_a_token),
		TEST(signs_as_rfc_7518_says),
		TEST(urls_say_where),
	};

	return cmocka_run_group_tests(tests, double_open, double_close);
}
