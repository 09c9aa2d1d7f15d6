/* The review branch and its copy at the remote. */
#include "base/folder.h"
#include "base/process.h"
#include "project/project.h"
#include "review/review.h"
#include "sync/sync.h"

#include <stdio.h>
#include <string.h>

#define MESSAGES 4000 /* bytes of what git said */

/* The first line that says what went wrong, else all of it. */
static struct amts_str first_fault(struct amts_str s)
{
	static const char *const starts[] = { "fatal: ", "error: " };
	struct amts_str line;
	size_t beg, end, i;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		line = amts_str_trim(amts_str_sub(s, beg, end));
		for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (amts_str_starts(line, amts_str_z(starts[i])))
				return line;
	}
	return amts_str_trim(s);
}

/* What the server and its hooks said: the lines that begin with "remote: ". */
static struct amts_str remote_words(struct amts_arena *arena, struct amts_str s)
{
	struct amts_str mark = AMTS_STR("remote:"), line, all = AMTS_STR("");
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		line = amts_str_sub(s, beg, end);
		if (!amts_str_starts(line, mark))
			continue;
		line = amts_str_trim(amts_str_sub(line, mark.n, line.n));
		if (line.n)
			all = amts_arena_fmt(arena, AMTS_STR_FMT "%s" AMTS_STR_FMT,
				AMTS_STR_ARG(all), all.n ? "; " : "", AMTS_STR_ARG(line));
	}
	return all;
}

/* "(pre-receive hook declined)" of git push --porcelain's line for a ref that was
 * refused, without the parentheses; "" when none was. */
static struct amts_str refusal(struct amts_str out)
{
	struct amts_str line;
	size_t beg, end, at;

	for (beg = 0; beg < out.n; beg = end + 1) {
		end = amts_str_find(out, AMTS_STR("\n"), beg);
		line = amts_str_trim(amts_str_sub(out, beg, end));
		at = amts_str_find(line, AMTS_STR("("), 0);
		if (amts_str_starts(line, AMTS_STR("!\t")) && at < line.n &&
			amts_str_ends(line, AMTS_STR(")")))
			return amts_str_sub(line, at + 1, line.n - 1);
	}
	return AMTS_STR("");
}

static int push_failed(struct amts_sync *s, const char *remote, struct amts_str out,
	struct amts_str messages, struct amts_error *err)
{
	const char *branch = s->info.review_ref + sizeof("refs/heads/") - 1;
	struct amts_str why = refusal(out), words;

	words = remote_words(s->arena, messages);
	if (amts_str_eq(why, AMTS_STR("stale info")) ||
		amts_str_eq(why, AMTS_STR("fetch first")) ||
		(why.n && amts_str_find(words, AMTS_STR("cannot lock ref"), 0) < words.n))
		return amts_fail(err, AMTS_ECONFLICT,
			"somebody pushed to '%s' of '%s' meanwhile; run sync again",
			branch, remote);
	if (!why.n)
		return amts_fail(err, AMTS_EFAIL, "cannot push to '%s': " AMTS_STR_FMT,
			remote, AMTS_STR_ARG(first_fault(messages.n ? messages : out)));
	return amts_fail(err, AMTS_EFAIL,
		"'%s' refused '%s': " AMTS_STR_FMT "%s" AMTS_STR_FMT, remote, branch,
		AMTS_STR_ARG(why), words.n ? ": " : "", AMTS_STR_ARG(words));
}

static int run_git(struct amts_buf *out, struct amts_buf *messages, int *status,
	const struct amts_repo *repo, const char *const *args, size_t n,
	struct amts_error *err)
{
	const char *argv[16] = { "git", "-C", amts_repo_folder(repo) };
	size_t i;

	for (i = 0; i < n && i + 4 < sizeof(argv) / sizeof(argv[0]); i++)
		argv[3 + i] = args[i];
	messages->max = MESSAGES;
	return amts_process_run(status, out, messages, argv, err);
}

/* refs/heads/x as refs/remotes/<remote>/x. */
static const char *tracking(struct amts_arena *arena, const char *remote, const char *ref)
{
	return amts_arena_fmt(arena, "refs/remotes/%s/%s", remote, ref + 11).p;
}

static int push(struct amts_sync *s, const char *remote, const struct amts_oid *expected,
	struct amts_error *err)
{
	const char *ref = s->info.review_ref;
	const char *lease =
		amts_arena_fmt(s->arena, "--force-with-lease=%s:%s", ref, expected->hex)
			.p;
	const char *spec = amts_arena_fmt(s->arena, "%s:%s", ref, ref).p;
	const char *const args[] = { "push", "--porcelain", "--no-verify", lease, remote,
		spec };
	struct amts_buf out = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	int status, rc = run_git(&out, &messages, &status, s->tgt, args, 6, err);

	if (!rc && status)
		rc = push_failed(
			s, remote, amts_buf_str(&out), amts_buf_str(&messages), err);
	amts_buf_release(&out);
	amts_buf_release(&messages);
	return rc;
}

/* Is nothing lost when the remote's branch becomes ours? */
static int is_covered(int *covered, struct amts_sync *s, const struct amts_oid *theirs,
	const struct amts_oid *ours, struct amts_error *err)
{
	struct amts_oid base;
	int rc = amts_repo_merge_base(&base, s->tgt, theirs, ours, err);

	*covered = !rc && amts_oid_eq(&base, theirs);
	if (rc && rc != AMTS_ENOTFOUND)
		return rc;
	if (*covered || rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	return amts_sync_has_arrived(covered, &base, s, theirs, err);
}

static int fetch(const struct amts_repo *repo, const char *remote, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *spec =
		amts_arena_fmt(arena, "+refs/heads/*:refs/remotes/%s/*", remote).p;
	const char *const args[] = { "fetch", "--quiet", "--no-tags", "--prune", remote,
		spec };
	struct amts_buf out = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	int status, rc = run_git(&out, &messages, &status, repo, args, 6, err);

	if (!rc && status)
		rc = amts_fail(err, AMTS_EFAIL, "cannot fetch from '%s': " AMTS_STR_FMT,
			remote, AMTS_STR_ARG(first_fault(amts_buf_str(&messages))));
	amts_buf_release(&out);
	amts_buf_release(&messages);
	amts_arena_free(arena);
	return rc;
}

/* Another run on the same source makes the same commits: was it only faster? */
static int is_there(struct amts_sync *s, const char *remote, const struct amts_oid *ours)
{
	const char *at = tracking(s->arena, remote, s->info.review_ref);
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_oid theirs;

	return !fetch(s->tgt, remote, &ignored) &&
	       !amts_repo_read_ref(&theirs, s->tgt, at, &ignored) &&
	       amts_oid_eq(&theirs, ours);
}

int amts_review_push(int *pushed, struct amts_sync *s, struct amts_error *err)
{
	const char *ref = s->info.review_ref, *remote = amts_sync_remote(s);
	struct amts_oid ours, theirs = { "" };
	int covered = 1, rc = amts_repo_read_ref(&ours, s->tgt, ref, err);

	*pushed = 0;
	if (rc)
		return rc == AMTS_ENOTFOUND ? AMTS_OK : rc; /* nothing to review */
	rc = amts_repo_read_ref(&theirs, s->tgt, tracking(s->arena, remote, ref), err);
	if (rc && rc != AMTS_ENOTFOUND)
		return rc;
	if (amts_oid_eq(&ours, &theirs))
		return AMTS_OK;
	rc = theirs.hex[0] ? is_covered(&covered, s, &theirs, &ours, err) : AMTS_OK;
	if (!rc && !covered)
		rc = amts_fail(err, AMTS_ECONFLICT,
			"'%s' of '%s' has commits that are not in yours; merge them "
			"first",
			ref + 11, remote);
	if (!rc)
		rc = push(s, remote, &theirs, err);
	*pushed = !rc;
	return rc == AMTS_ECONFLICT && covered && is_there(s, remote, &ours) ? AMTS_OK
									     : rc;
}

/* ---- fetching ---- */

/* A copy is fetched whenever it is opened; one that is not there yet will be. */
static int fetch_beside(
	struct amts_project *project, const char *url, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_repo *repo = NULL;
	int rc = amts_project_url(&url, project, arena, url, err);

	if (!rc && amts_is_folder(url)) {
		rc = amts_repo_mirror(&repo, url, NULL, 1, err);
		if (!rc)
			rc = fetch(repo, "origin", err);
		amts_repo_free(repo);
	}
	amts_arena_free(arena);
	return rc;
}

int amts_review_fetch(
	struct amts_project *project, const char *lang, struct amts_error *err)
{
	const struct amts_target *target = amts_config_target(&project->cfg, lang);

	if (!target)
		return amts_fail(err, AMTS_EUSAGE,
			"no target '%s' in '" AMTS_CONFIG_FILE "'", lang);
	return target->url ? fetch_beside(project, target->url, err)
			   : fetch(project->repo, amts_project_remote(project), err);
}

struct wanted {
	struct amts_arena *arena;
	const char *key, *value;
};

static int take_url(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	struct wanted *w = payload;

	(void)err;
	if (value && !strcmp(key, w->key))
		w->value = amts_arena_z(w->arena, amts_str_z(value));
	return 0;
}

int amts_review_remote_url(const char **out, int *own, struct amts_arena *arena,
	struct amts_project *project, const char *lang, struct amts_error *err)
{
	struct wanted w = { arena, NULL, "" };
	struct amts_sync *s;
	int rc = amts_sync_open(&s, project, lang, AMTS_SYNC_OFFLINE, err);

	if (rc)
		return rc;
	w.key = amts_arena_fmt(arena, "remote.%s.url", amts_sync_remote(s)).p;
	rc = amts_repo_config(s->tgt, take_url, &w, err);
	*out = w.value;
	*own = !amts_repo_is_mirror(s->tgt);
	amts_sync_free(s);
	return rc;
}

const char *amts_review_base(struct amts_arena *arena, struct amts_project *project,
	const char *lang, struct amts_error *err)
{
	struct amts_sync *s;
	const char *branch;

	if (amts_sync_open(&s, project, lang, AMTS_SYNC_OFFLINE, err))
		return NULL;
	branch = s->target->branch ? s->target->branch
				   : amts_repo_default_branch(arena, s->tgt);
	amts_sync_free(s);
	return branch ? amts_arena_z(arena, amts_str_z(branch)) : NULL;
}
