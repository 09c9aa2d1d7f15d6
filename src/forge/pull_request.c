/* One open pull request from a branch to another: found, made, kept up to date. */
#include "forge/forge.h"

#include <string.h>

/* Services change line endings and cut white space at the end. */
static int same_text(struct amts_str a, struct amts_str b)
{
	size_t i = 0, k = 0;

	a = amts_str_trim(a);
	b = amts_str_trim(b);
	while (i < a.n && k < b.n) {
		i += a.p[i] == '\r';
		k += b.p[k] == '\r';
		if (i >= a.n || k >= b.n || a.p[i] != b.p[k])
			break;
		i++;
		k++;
	}
	return i == a.n && k == b.n;
}

/* Ours is between these; what people write around it stays. */
#define TITLE "Sync " /* how one of ours begins, see amts_review_text */
#define BEGIN "<!-- amts:begin -->"
#define END "<!-- amts:end -->"

/* A whole description: ours in the place of what stands between the markers in `now`, or
 * of all of it where there are none. */
static struct amts_str placed(
	struct amts_arena *arena, struct amts_str now, struct amts_str ours)
{
	size_t beg = amts_str_find(now, AMTS_STR(BEGIN), 0);
	size_t end = amts_str_find(now, AMTS_STR(END), beg);
	int marked = end < now.n;
	struct amts_str before = amts_str_sub(now, 0, marked ? beg : 0);
	struct amts_str after =
		amts_str_sub(now, marked ? end + strlen(END) : now.n, now.n);

	return amts_arena_fmt(arena,
		AMTS_STR_FMT BEGIN "\n" AMTS_STR_FMT "\n" END AMTS_STR_FMT,
		AMTS_STR_ARG(before), AMTS_STR_ARG(ours), AMTS_STR_ARG(after));
}

/* What an open one is to say; a title that a person gave it stays. */
static struct amts_pull_request wanted_of(struct amts_arena *arena,
	const struct forge_found *found, const struct amts_pull_request *pr)
{
	struct amts_pull_request wanted = *pr;

	if (!amts_str_starts(amts_str_z(found->title), AMTS_STR(TITLE)))
		wanted.title = found->title;
	wanted.body = placed(arena, found->body, pr->body);
	return wanted;
}

static int update(struct amts_pull_request_result *out, struct amts_arena *arena,
	struct amts_forge *f, const struct forge_found *found,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_pull_request wanted = wanted_of(arena, found, pr);

	out->number = found->number;
	out->url = found->url;
	if (!strcmp(found->title, wanted.title) && same_text(found->body, wanted.body)) {
		out->done = AMTS_PR_SAME;
		return AMTS_OK;
	}
	out->done = AMTS_PR_UPDATED;
	return f->ops->update(arena, f, found, &wanted, err);
}

/* What a new one gets besides; a refusal is told, and is no failure. */
static void dress(struct amts_pull_request_result *out, struct amts_arena *arena,
	struct amts_forge *f, const struct amts_pull_request *pr)
{
	struct amts_error err = AMTS_ERROR_INIT;

	if (pr->nlabels && f->ops->label &&
		f->ops->label(arena, f, out->number, pr, &err))
		out->warning = amts_arena_fmt(arena, "labels: %s", err.msg).p;
	if (pr->nreviewers && f->ops->ask && f->ops->ask(arena, f, out->number, pr, &err))
		out->warning = amts_arena_fmt(arena, "%s%sreviewers: %s",
			out->warning ? out->warning : "", out->warning ? "; " : "",
			err.msg)
				       .p;
}

/* Another run, or this one before its reply got lost, may have made it. */
static int find_again(struct amts_pull_request_result *out, struct amts_arena *arena,
	struct amts_forge *f, const struct amts_pull_request *pr, int why,
	struct amts_error *err)
{
	struct amts_error first = *err;
	struct forge_found found = { 0 };
	int rc = f->ops->find(&found, arena, f, pr, err);

	if (!rc && found.number)
		return update(out, arena, f, &found, pr, err);
	*err = first;
	return why;
}

static int create(struct amts_pull_request_result *out, struct amts_arena *arena,
	struct amts_forge *f, const struct amts_pull_request *pr, struct amts_error *err)
{
	struct amts_pull_request marked = *pr;
	struct forge_found made = { 0 };
	int rc;

	marked.body = placed(arena, AMTS_STR(""), pr->body);
	rc = f->ops->create(&made, arena, f, &marked, err);

	if (rc == AMTS_ERETRY) {
		rc = find_again(out, arena, f, pr, rc, err);
		if (!rc)
			return rc;
		rc = f->ops->create(&made, arena, f, &marked, err);
	}
	if (rc == AMTS_ENOTFOUND) {
		out->done = AMTS_PR_NOTHING;
		return AMTS_OK;
	}
	if (rc)
		return rc == AMTS_ECONFLICT || rc == AMTS_ERETRY
			       ? find_again(out, arena, f, pr, rc, err)
			       : rc;
	out->done = AMTS_PR_CREATED;
	out->number = made.number;
	out->url = made.url;
	dress(out, arena, f, pr);
	return AMTS_OK;
}

int amts_forge_pull_request(struct amts_pull_request_result *out,
	struct amts_arena *arena, struct amts_forge *f,
	const struct amts_pull_request *pr, struct amts_error *err)
{
	struct forge_found found = { 0 };
	int rc = f->ops->find(&found, arena, f, pr, err);

	memset(out, 0, sizeof(*out));
	if (rc)
		return rc;
	return found.number ? update(out, arena, f, &found, pr, err)
			    : create(out, arena, f, pr, err);
}
