#ifndef FORGE_FORGE_H
#define FORGE_FORGE_H
/* What the services share; each is one file that fills in a struct forge_ops. */
#include "amts/forge.h"
#include "base/json.h"

struct forge_found {
	long number; /* 0: there is none */
	const char *url, *title;
	const char *prefix; /* of its title: "Draft: ", which a person takes off; or "" */
	struct amts_str body;
};

/* Paths below the repository's own, errors as amts_forge_pull_request tells them. */
struct forge_ops {
	const char *accept, *version_header, *version;
	const char *auth; /* "Bearer %s": the header's value */
	const char *auth_header;
	int (*find)(struct forge_found *out, struct amts_arena *arena,
		struct amts_forge *f, const struct amts_pull_request *pr,
		struct amts_error *err);
	/* AMTS_ECONFLICT: there is one already; AMTS_ENOTFOUND: nothing to be pulled. */
	int (*create)(struct forge_found *out, struct amts_arena *arena,
		struct amts_forge *f, const struct amts_pull_request *pr,
		struct amts_error *err);
	int (*update)(struct amts_arena *arena, struct amts_forge *f,
		const struct forge_found *found, const struct amts_pull_request *pr,
		struct amts_error *err);
	/* After create; what fails is a warning.  NULL: create did it. */
	int (*label)(struct amts_arena *arena, struct amts_forge *f, long number,
		const struct amts_pull_request *pr, struct amts_error *err);
	int (*ask)(struct amts_arena *arena, struct amts_forge *f, long number,
		const struct amts_pull_request *pr, struct amts_error *err);
};
extern const struct forge_ops forge_github, forge_gitlab, forge_gitea;

struct amts_forge {
	struct amts_arena *arena;
	struct amts_http *http;
	enum amts_forge_kind kind;
	const char *api, *repository, *token;
	const char *root; /* of the repository, below the API */
	const struct forge_ops *ops;
};

/*
 * Send method to `path` below the API with a JSON body (empty: none); *out is the reply's
 * JSON (the caller's to free) or NULL when it has no body.  *status when not NULL: set,
 * and 4xx other than rate limits are no failure then.
 */
AMTS_MUST_CHECK int forge_call(struct amts_json **out, int *status,
	struct amts_arena *arena, struct amts_forge *f, const char *method,
	const char *path, struct amts_str body, struct amts_error *err);
/* The same with another value for the header that authenticates. */
AMTS_MUST_CHECK int forge_call_as(struct amts_json **out, int *status,
	struct amts_arena *arena, struct amts_forge *f, const char *auth,
	const char *method, const char *path, struct amts_str body,
	struct amts_error *err);
/* The same below the repository's own path, with a body that is released; what is replied
 * does not matter. */
AMTS_MUST_CHECK int forge_send(struct amts_arena *arena, struct amts_forge *f,
	const char *method, const char *path, struct amts_buf *body,
	struct amts_error *err);
/* The same with POST, and what it made is read; any refusal is told as it is. */
AMTS_MUST_CHECK int forge_create(struct forge_found *out, struct amts_arena *arena,
	struct amts_forge *f, const char *path, struct amts_buf *body,
	void (*read)(struct forge_found *out, struct amts_arena *arena,
		const struct amts_json *reply),
	struct amts_error *err);
/* Labels by their names, as GitHub takes them, and Gitea from 1.22 on. */
AMTS_MUST_CHECK int forge_label(struct amts_arena *arena, struct amts_forge *f,
	long number, const struct amts_pull_request *pr, struct amts_error *err);
/* What the service said of a failure: its message, and those of its errors. */
const char *forge_said(struct amts_arena *arena, const struct amts_json *reply);

/* Member of a JSON object under construction: ,"name":"value"; the first without comma.
 */
void forge_put(struct amts_buf *out, const char *name, struct amts_str value);
void forge_put_list(
	struct amts_buf *out, const char *name, const char *const *v, size_t n);
/* Title of found without one of the prefixes that make it a draft, which goes to
 * found->prefix. */
void forge_split_title(struct forge_found *found, struct amts_arena *arena,
	const char *title, const char *const *prefixes, size_t n);
/* The path of what is at rest ("/pulls") in the repository. */
const char *forge_below(
	struct amts_arena *arena, const struct amts_forge *f, const char *rest);
/* A copy of a text member; "" where there is none. */
const char *forge_text(
	struct amts_arena *arena, const struct amts_json *object, const char *key);
/* A part of a path, percent-encoded. */
const char *forge_escape(struct amts_arena *arena, const char *s);

#endif
