#ifndef AMTS_FORGE_H
#define AMTS_FORGE_H
/*
 * Services that hold repositories and review changes: GitHub, GitLab, Gitea and Forgejo.
 * What GitLab calls a merge request is a pull request here.
 */
#include "amts/http.h"

enum amts_forge_kind {
	AMTS_FORGE_NONE,
	AMTS_FORGE_GITHUB, /* REST API 2022-11-28 */
	AMTS_FORGE_GITLAB, /* API v4 */
	AMTS_FORGE_GITEA   /* API v1; Forgejo has the same */
};
const char *amts_forge_name(enum amts_forge_kind kind); /* "github"... */
/* 0 for a name that is none of them. */
int amts_forge_parse(enum amts_forge_kind *out, const char *name);

/* What the URL of a git remote says. */
struct amts_forge_place {
	enum amts_forge_kind kind; /* NONE: the host is no known one */
	const char *host;	   /* "github.com"; NULL for a local path */
	const char *repository;	   /* "owner/name", no ".git"; GitLab: with all groups */
	const char *api; /* "https://api.github.com", "https://HOST/api/v4"... */
};
/* kind: NONE to go by the host (github.com, gitlab.com, codeberg.org, gitea.com).  https,
 * ssh and "git@host:owner/name"; strings in arena. */
void amts_forge_locate(struct amts_forge_place *out, struct amts_arena *arena,
	const char *remote_url, enum amts_forge_kind kind);

struct amts_forge_options {
	enum amts_forge_kind kind;
	const char *api;	/* without a slash at its end */
	const char *repository; /* "owner/name" */
	const char *token;	/* NULL with an app */
	/* GitHub App: its id (or client id) and private key, PEM (PKCS#1 or PKCS#8). */
	const char *app_id, *app_key;
	int64_t now; /* seconds since 1970, for the app's token */
};

struct amts_forge;
/* http is borrowed; strings are copied.  An app's token is fetched here. AMTS_EAUTH
 * without a token. */
AMTS_MUST_CHECK int amts_forge_open(struct amts_forge **out, struct amts_http *http,
	const struct amts_forge_options *options, struct amts_error *err);
void amts_forge_free(struct amts_forge *forge); /* NULL is allowed */

/* Longest body of a pull request, in bytes that are surely accepted, with room for what
 * people write around it. */
size_t amts_forge_body_max(enum amts_forge_kind kind);

struct amts_pull_request {
	const char *head, *base; /* branches of the repository */
	const char *title;
	struct amts_str body; /* Markdown */
	const char *const *labels;
	size_t nlabels;
	const char *const *reviewers; /* names of accounts; asked when it is new */
	size_t nreviewers;
	int draft; /* where there is such a thing, and when it is new */
};

enum amts_pull_request_done {
	AMTS_PR_CREATED,
	AMTS_PR_UPDATED,
	AMTS_PR_SAME,	/* it says this already */
	AMTS_PR_NOTHING /* head has nothing that base has not */
};

struct amts_pull_request_result {
	enum amts_pull_request_done done;
	long number;
	const char *url;     /* for people; in arena */
	const char *warning; /* labels or reviewers that were refused; NULL: none */
};

/*
 * The open pull request from head to base: found and brought up to date, else created.
 * Never a second one: before a creation is tried again after a lost reply, and when the
 * service says that there is one, it is looked for; one from a fork's branch of the same
 * name is not it.  The body stands between two comments (amts:begin, amts:end) and only
 * what is between them is replaced; a description that lost them is replaced as a whole.
 * A title that does not begin with "Sync " is a person's and stays.  AMTS_ERETRY when a
 * rate limit is used up, with the time it ends.
 */
AMTS_MUST_CHECK int amts_forge_pull_request(struct amts_pull_request_result *out,
	struct amts_arena *arena, struct amts_forge *forge,
	const struct amts_pull_request *pr, struct amts_error *err);

#endif
