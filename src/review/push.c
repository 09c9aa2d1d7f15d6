/* The review branch and its copy at the remote. */
#include "base/process.h"
#include "review/review.h"
#include "sync/sync.h"

#include <stdio.h>
#include <string.h>

#define MESSAGES 4000 /* bytes of what git said */

/* The last line that says what went wrong, without "fatal: ". */
static struct amts_str last_words(struct amts_str s)
{
	static const char *const starts[] = {
		"fatal: ", "error: ", "remote: error: ", "! ["
	};
	struct amts_str line, best = AMTS_STR("");
	size_t beg, end, i;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		line = amts_str_trim(amts_str_sub(s, beg, end));
		for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (amts_str_starts(line, amts_str_z(starts[i])) && !best.n)
				best = line;
	}
	return best.n ? best : amts_str_trim(s);
}

static const char *folder(const struct amts_repo *repo)
{
	const char *work = amts_repo_work_dir(repo);

	return work ? work : amts_repo_common_dir(repo);
}

static int run_git(struct amts_buf *out, struct amts_buf *messages, int *status,
	const struct amts_repo *repo, const char *const *args, size_t n,
	struct amts_error *err)
{
	const char *argv[16] = { "git", "-C", folder(repo) };
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

static int is_outdated(struct amts_str said)
{
	return amts_str_find(said, AMTS_STR("stale info"), 0) < said.n ||
	       amts_str_find(said, AMTS_STR("fetch first"), 0) < said.n;
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

	if (!rc && status) {
		if (is_outdated(amts_buf_str(&out)) ||
			is_outdated(amts_buf_str(&messages)))
			rc = amts_fail(err, AMTS_ECONFLICT,
				"somebody pushed to '%s' of '%s' meanwhile; run sync "
				"again",
				ref + 11, remote);
		else
			rc = amts_fail(err, AMTS_EFAIL,
				"cannot push to '%s': " AMTS_STR_FMT, remote,
				AMTS_STR_ARG(last_words(
					amts_buf_str(messages.n ? &messages : &out))));
	}
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
	return rc;
}

/* ---- fetching ---- */

static int fetch(struct amts_sync *s, const char *remote, struct amts_error *err)
{
	const char *spec =
		amts_arena_fmt(s->arena, "+refs/heads/*:refs/remotes/%s/*", remote).p;
	const char *const args[] = { "fetch", "--quiet", "--no-tags", "--prune", remote,
		spec };
	struct amts_buf out = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	int status, rc = run_git(&out, &messages, &status, s->tgt, args, 6, err);

	if (!rc && status)
		rc = amts_fail(err, AMTS_EFAIL, "cannot fetch from '%s': " AMTS_STR_FMT,
			remote, AMTS_STR_ARG(last_words(amts_buf_str(&messages))));
	amts_buf_release(&out);
	amts_buf_release(&messages);
	return rc;
}

int amts_review_fetch(
	struct amts_project *project, const char *lang, struct amts_error *err)
{
	struct amts_sync *s;
	int rc = amts_sync_open(&s, project, lang, AMTS_SYNC_OFFLINE, err);

	if (rc)
		return rc;
	rc = fetch(s, amts_sync_remote(s), err);
	amts_sync_free(s);
	return rc;
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
