/* GitLab's API v4: merge requests. */
#include "forge/forge.h"

#include <string.h>

/* What makes a title that of a draft, the one we write first. */
#define PREFIXES 2
static const char *const prefixes[PREFIXES] = { "Draft: ", "WIP: " };

static void read_one(
	struct forge_found *out, struct amts_arena *arena, const struct amts_json *mr)
{
	double number = 0;

	amts_json_number(&number, mr, "iid");
	out->number = (long)number;
	out->url = forge_text(arena, mr, "web_url");
	forge_split_title(out, arena, forge_text(arena, mr, "title"), prefixes, PREFIXES);
	out->body = amts_str_z(forge_text(arena, mr, "description"));
}

/* A fork may have a branch of the same name. */
static int is_it(const struct amts_json *mr, const struct amts_pull_request *want)
{
	const char *head = amts_json_string(mr, "source_branch");
	const char *base = amts_json_string(mr, "target_branch");
	double from = 0, to = 0;

	amts_json_number(&from, mr, "source_project_id");
	amts_json_number(&to, mr, "target_project_id");
	return head && base && !strcmp(head, want->head) && !strcmp(base, want->base) &&
	       (long)from == (long)to;
}

static int find(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	const char *path =
		amts_arena_fmt(arena, "%s?state=opened&source_branch=%s&target_branch=%s",
			forge_below(arena, f, "/merge_requests"),
			forge_escape(arena, pr->head), forge_escape(arena, pr->base))
			.p;
	const struct amts_json *e;
	struct amts_json *list;
	int rc = forge_call(&list, NULL, arena, f, "GET", path, AMTS_STR(""), err);

	memset(out, 0, sizeof(*out));
	for (e = rc ? NULL : amts_json_first(list); e && !out->number;
		e = amts_json_next(e))
		if (is_it(e, pr))
			read_one(out, arena, e);
	amts_json_free(list);
	return rc;
}

/* A title that begins with "Draft:" makes a draft. */
static const char *title(struct amts_arena *arena, const struct amts_pull_request *pr)
{
	return pr->draft ? amts_arena_fmt(arena, "%s%s", prefixes[0], pr->title).p
			 : pr->title;
}

/* Numbers of accounts, as the API wants them; those it does not know are left out. */
static void put_reviewers(struct amts_buf *out, struct amts_arena *arena,
	struct amts_forge *f, const struct amts_pull_request *pr)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	size_t i, n = 0;

	for (i = 0; i < pr->nreviewers; i++) {
		const char *path = amts_arena_fmt(arena, "/users?username=%s",
			forge_escape(arena, pr->reviewers[i]))
					   .p;
		struct amts_json *list = NULL;
		double id;

		if (!forge_call(
			    &list, NULL, arena, f, "GET", path, AMTS_STR(""), &ignored) &&
			amts_json_number(&id, amts_json_first(list), "id"))
			amts_buf_addf(out, "%s%ld", n++ ? "," : ",\"reviewer_ids\":[",
				(long)id);
		amts_json_free(list);
	}
	if (n)
		amts_buf_addc(out, ']');
}

static void put_labels(struct amts_buf *out, const struct amts_pull_request *pr)
{
	struct amts_buf all = AMTS_BUF_INIT;
	size_t i;

	for (i = 0; i < pr->nlabels; i++)
		amts_buf_addf(&all, "%s%s", i ? "," : "", pr->labels[i]);
	if (all.n)
		forge_put(out, "labels", amts_buf_str(&all));
	amts_buf_release(&all);
}

static int create(struct forge_found *out, struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put(&body, "source_branch", amts_str_z(pr->head));
	forge_put(&body, "target_branch", amts_str_z(pr->base));
	forge_put(&body, "title", amts_str_z(title(arena, pr)));
	forge_put(&body, "description", pr->body);
	put_labels(&body, pr);
	put_reviewers(&body, arena, f, pr);
	amts_buf_addc(&body, '}');
	return forge_create(out, arena, f, "/merge_requests", &body, read_one, err);
}

static int update(struct amts_arena *arena, struct amts_forge *f,
	const struct forge_found *found, const struct amts_pull_request *pr,
	struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT;

	amts_buf_addc(&body, '{');
	forge_put(
		&body, "title", amts_arena_fmt(arena, "%s%s", found->prefix, pr->title));
	forge_put(&body, "description", pr->body);
	amts_buf_addc(&body, '}');
	return forge_send(arena, f, "PUT",
		amts_arena_fmt(arena, "/merge_requests/%ld", found->number).p, &body,
		err);
}

const struct forge_ops forge_gitlab = { .accept = "application/json",
	.auth_header = "PRIVATE-TOKEN",
	.auth = "",
	.find = find,
	.create = create,
	.update = update };
