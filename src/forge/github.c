/* GitHub's REST API; what it does not say in its schema is noted where it matters. */
#include "forge/forge.h"

#include <stdio.h>
#include <string.h>

#define PAGE 100
#define PAGES 10 /* of open pull requests of one branch: there is one */

static const char *owner(struct amts_arena *arena, const struct amts_forge *f)
{
	struct amts_str r = amts_str_z(f->repository);

	return amts_arena_z(
		arena, amts_str_sub(r, 0, amts_str_find(r, AMTS_STR("/"), 0)));
}

static void read_one(
	struct forge_found *out, struct amts_arena *arena, const struct amts_json *pr)
{
	double number = 0;

	amts_json_number(&number, pr, "number");
	out->number = (long)number;
	out->url = forge_text(arena, pr, "html_url");
	out->prefix = "";
	out->title = forge_text(arena, pr, "title");
	out->body = amts_str_z(forge_text(arena, pr, "body"));
}

static const char *repository_of(const struct amts_json *side)
{
	return amts_json_string(amts_json_get(side, "repo"), "full_name");
}

/* The filter is ignored when it is not understood: look at what comes.  A fork may have a
 * branch of the same name. */
static int is_it(const struct amts_json *pr, const struct amts_pull_request *want)
{
	const struct amts_json *from = amts_json_get(pr, "head");
	const struct amts_json *to = amts_json_get(pr, "base");
	const char *head = amts_json_string(from, "ref");
	const char *base = amts_json_string(to, "ref");
	const char *theirs = repository_of(from), *ours = repository_of(to);

	if (theirs && ours && strcmp(theirs, ours) != 0)
		return 0;
	return head && base && !strcmp(head, want->head) && !strcmp(base, want->base);
}

static int find_page(struct forge_found *out, int *more, int page,
	struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	const char *path = amts_arena_fmt(arena,
		"%s?state=open&head=%s%%3A%s&base=%s&per_page=%d&page=%d",
		forge_below(arena, f, "/pulls"), forge_escape(arena, owner(arena, f)),
		forge_escape(arena, pr->head), forge_escape(arena, pr->base), PAGE, page)
				   .p;
	const struct amts_json *e;
	struct amts_json *list;
	int n = 0, rc = forge_call(&list, NULL, arena, f, "GET", path, AMTS_STR(""), err);

	if (rc) {
		amts_json_free(list);
		return rc;
	}
	for (e = amts_json_first(list); e && !out->number; e = amts_json_next(e), n++)
		if (is_it(e, pr))
			read_one(out, arena, e);
	*more = n == PAGE;
	amts_json_free(list);
	return AMTS_OK;
}

static int find(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	int page, more = 1, rc = AMTS_OK;

	memset(out, 0, sizeof(*out));
	for (page = 1; !rc && more && !out->number && page <= PAGES; page++)
		rc = find_page(out, &more, page, arena, f, pr, err);
	return rc;
}

/* 422 is "there is one already", "no commits between", or a mistake. */
static int refused(const char *said, struct amts_error *err)
{
	if (strstr(said, "already exists"))
		return amts_fail(err, AMTS_ECONFLICT, "%s", said);
	if (strstr(said, "No commits between"))
		return amts_fail(err, AMTS_ENOTFOUND, "%s", said);
	return amts_fail(err, AMTS_EFAIL, "the pull request was refused: %s", said);
}

static int forbidden(const char *said, struct amts_error *err)
{
	if (strstr(said, "GitHub Actions is not permitted"))
		return amts_fail(err, AMTS_EAUTH,
			"%s: allow it in the repository's settings (Actions, General, "
			"Workflow permissions), or use an app's token",
			said);
	return amts_fail(err, AMTS_EAUTH,
		"the token may not do this (%s): it needs contents: write and "
		"pull-requests: write",
		said);
}

static int create(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;
	struct amts_json *reply;
	const char *said;
	int status = 0, rc;

	amts_buf_addc(&body, '{');
	forge_put(&body, "head", amts_str_z(pr->head));
	forge_put(&body, "base", amts_str_z(pr->base));
	forge_put(&body, "title", amts_str_z(pr->title));
	forge_put(&body, "body", pr->body);
	amts_buf_addf(&body, ",\"maintainer_can_modify\":true,\"draft\":%s}",
		pr->draft ? "true" : "false");
	rc = forge_call(&reply, &status, arena, f, "POST",
		forge_below(arena, f, "/pulls"), amts_buf_str(&body), err);
	amts_buf_release(&body);
	said = forge_said(arena, reply);
	if (!rc && status == 201)
		read_one(out, arena, reply);
	else if (!rc)
		rc = status == 422   ? refused(said, err)
		     : status == 403 ? forbidden(said, err)
				     : amts_fail(err, AMTS_EFAIL,
					       "the pull request was refused: %d %s",
					       status, said);
	if (!rc && !out->number)
		rc = amts_fail(err, AMTS_EPARSE, "the reply names no pull request");
	amts_json_free(reply);
	return rc;
}

static int update(struct amts_arena *arena, struct amts_forge *f,
	const struct forge_found *found, const struct amts_pull_request *pr,
	struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put(&body, "title", amts_str_z(pr->title));
	forge_put(&body, "body", pr->body);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "PATCH",
		amts_arena_fmt(arena, "/pulls/%ld", found->number).p, &body, err);
}

/* "org/team" is a team. */
static int ask(struct amts_arena *arena, struct amts_forge *f, long number,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	const char **people = AMTS_NEW(arena, const char *, pr->nreviewers + 1);
	const char **teams = AMTS_NEW(arena, const char *, pr->nreviewers + 1);
	struct amts_buf body = AMTS_BUF_INIT;
	size_t i, n = 0, t = 0;

	for (i = 0; i < pr->nreviewers; i++) {
		const char *slash = strchr(pr->reviewers[i], '/');

		if (slash)
			teams[t++] = slash + 1;
		else
			people[n++] = pr->reviewers[i];
	}
	amts_buf_addc(&body, '{');
	forge_put_list(&body, "reviewers", people, n);
	forge_put_list(&body, "team_reviewers", teams, t);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "POST",
		amts_arena_fmt(arena, "/pulls/%ld/requested_reviewers", number).p, &body,
		err);
}

const struct forge_ops forge_github = { .accept = "application/vnd.github+json",
	.version_header = "X-GitHub-Api-Version",
	.version = "2022-11-28",
	.auth_header = "Authorization",
	.auth = "Bearer ",
	.find = find,
	.create = create,
	.update = update,
	.label = forge_label,
	.ask = ask };
