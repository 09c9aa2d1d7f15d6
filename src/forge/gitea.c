/* Gitea's and Forgejo's API v1. */
#include "forge/forge.h"

#include <string.h>

/* What makes a title that of a draft, the one we write first. */
#define PREFIXES 2
static const char *const prefixes[PREFIXES] = { "WIP: ", "Draft: " };

static void read_one(
	struct forge_found *out, struct amts_arena *arena, const struct amts_json *pr)
{
	double number = 0;

	amts_json_number(&number, pr, "number");
	out->number = (long)number;
	out->url = forge_text(arena, pr, "html_url");
	forge_split_title(out, arena, forge_text(arena, pr, "title"), prefixes, PREFIXES);
	out->body = amts_str_z(forge_text(arena, pr, "body"));
}

static int find(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	const char *path = amts_arena_fmt(arena, "/pulls/%s/%s",
		forge_escape(arena, pr->base), forge_escape(arena, pr->head))
				   .p;
	const char *state;
	struct amts_json *reply;
	int status = 0, rc = forge_call(&reply, &status, arena, f, "GET",
				forge_below(arena, f, path), AMTS_STR(""), err);

	memset(out, 0, sizeof(*out));
	state = rc ? NULL : amts_json_string(reply, "state");
	if (!rc && status != 200 && status != 404)
		rc = amts_fail(err, status == 403 ? AMTS_EAUTH : AMTS_EFAIL,
			"pull requests cannot be listed: %d %s", status,
			forge_said(arena, reply));
	if (state && !strcmp(state, "open"))
		read_one(out, arena, reply);
	amts_json_free(reply);
	return rc;
}

static int create(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put(&body, "head", amts_str_z(pr->head));
	forge_put(&body, "base", amts_str_z(pr->base));
	/* a title that begins with "WIP:" makes a draft */
	forge_put(&body, "title",
		amts_arena_fmt(arena, "%s%s", pr->draft ? prefixes[0] : "", pr->title));
	forge_put(&body, "body", pr->body);
	amts_buf_addc(&body, '}');
	return forge_create(out, arena, f, "/pulls", &body, read_one, err);
}

static int update(struct amts_arena *arena, struct amts_forge *f,
	const struct forge_found *found, const struct amts_pull_request *pr,
	struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put(
		&body, "title", amts_arena_fmt(arena, "%s%s", found->prefix, pr->title));
	forge_put(&body, "body", pr->body);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "PATCH",
		amts_arena_fmt(arena, "/pulls/%ld", found->number).p, &body, err);
}

static int ask(struct amts_arena *arena, struct amts_forge *f, long number,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put_list(&body, "reviewers", pr->reviewers, pr->nreviewers);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "POST",
		amts_arena_fmt(arena, "/pulls/%ld/requested_reviewers", number).p, &body,
		err);
}

const struct forge_ops forge_gitea = { .accept = "application/json",
	.auth_header = "Authorization",
	.auth = "token ",
	.find = find,
	.create = create,
	.update = update,
	.label = forge_label,
	.ask = ask };
