/*
 * Repositories that are not on this disk: a bare clone in the user's cache, filled by git
 * itself, which knows the user's credentials, proxies and url rewriting.
 */
#include "base/folder.h"
#include "base/process.h"
#include "git/git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A url as a message may show it: without the password. */
static struct amts_str shown(struct amts_arena *arena, const char *url)
{
	struct amts_str s = amts_str_z(url);
	size_t host = amts_str_find(s, AMTS_STR("://"), 0);
	size_t slash = amts_str_find(s, AMTS_STR("/"), host + 3);
	size_t at = amts_str_find(s, AMTS_STR("@"), host), next;

	if (host == s.n || at > slash)
		return s;
	while ((next = amts_str_find(s, AMTS_STR("@"), at + 1)) < slash)
		at = next;
	return amts_arena_fmt(arena, AMTS_STR_FMT "***" AMTS_STR_FMT, (int)host + 3, s.p,
		AMTS_STR_ARG(amts_str_sub(s, at, s.n)));
}

int amts_repo_check_url(const char *url, struct amts_error *err)
{
	static const char *const schemes[] = { "https", "http", "ssh", "git", "file" };
	struct amts_str s = amts_str_z(url);
	size_t colon = amts_str_find(s, AMTS_STR(":"), 0), i;

	if (!s.n || s.p[0] == '-')
		return amts_fail(err, AMTS_EUSAGE, "not a repository: '%s'", url);
	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return amts_fail(
				err, AMTS_EUSAGE, "control character in url '%s'", url);
	if (colon == s.n || amts_str_find(s, AMTS_STR("/"), 0) < colon)
		return AMTS_OK; /* a path */
	if (s.n > colon + 1 &&
		s.p[colon + 1] == ':') /* git's "helper::address" runs programs */
		return amts_fail(err, AMTS_EUSAGE, "transport not allowed: '%s'", url);
	if (amts_str_find(s, AMTS_STR("://"), 0) != colon)
		return AMTS_OK; /* host:path */
	for (i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (amts_str_eq(amts_str_sub(s, 0, colon), amts_str_z(schemes[i])))
			return AMTS_OK;
	return amts_fail(err, AMTS_EUSAGE, "transport not allowed: '%s'", url);
}

/* What of git's messages tells why: hints and what it says in any case left out, and each
 * line's "fatal: ". */
static struct amts_str reason(struct amts_arena *arena, struct amts_str messages)
{
	static const char *const noise[] = { "hint:", "Please make sure you have",
		"and the repository exists." };
	static const char *const marks[] = { "fatal: ", "error: ", "remote: ", "ssh: " };
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str line, out;
	size_t beg, end, i;
	int skip;

	for (beg = 0; beg < messages.n; beg = end + 1) {
		end = amts_str_find(messages, AMTS_STR("\n"), beg);
		line = amts_str_trim(amts_str_sub(messages, beg, end));
		for (i = skip = 0; i < sizeof(noise) / sizeof(*noise); i++)
			skip |= amts_str_starts(line, amts_str_z(noise[i]));
		for (i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (amts_str_starts(line, amts_str_z(marks[i])))
				line = amts_str_sub(line, strlen(marks[i]), line.n);
		if (skip || !line.n)
			continue;
		amts_buf_addz(&b, b.n ? "; " : "");
		amts_buf_add(&b, line);
	}
	out = amts_arena_str(arena, b.n ? amts_buf_str(&b) : AMTS_STR("git failed"));
	amts_buf_release(&b);
	return out;
}

/* git with up to eight arguments; its messages are ours when it fails. */
static int run_git(const char *const *args, struct amts_str url, struct amts_error *err)
{
	struct amts_buf out = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	const char *argv[10] = { "git" };
	struct amts_arena *arena = amts_arena_new();
	size_t i;
	int status = 0, rc;

	for (i = 0; args[i]; i++)
		argv[i + 1] = args[i];
	out.max = messages.max = 1 << 16;
	rc = amts_process_run(&status, &out, &messages, argv, err);
	if (!rc && status)
		rc = amts_fail(err, AMTS_EFAIL,
			"cannot fetch '" AMTS_STR_FMT "': " AMTS_STR_FMT,
			AMTS_STR_ARG(url),
			AMTS_STR_ARG(reason(arena, amts_buf_str(&messages))));
	amts_arena_free(arena);
	amts_buf_release(&out);
	amts_buf_release(&messages);
	return rc;
}

static int fill(
	const char *path, const char *url, struct amts_str name, struct amts_error *err)
{
	const char *const init[] = { "init", "--quiet", "--bare", path, NULL };
	const char *const set[] = { "-C", path, "config", "remote.origin.url", url,
		NULL };
	const char *const refs[] = { "-C", path, "config", "remote.origin.fetch",
		"+refs/heads/*:refs/remotes/origin/*", NULL };
	int rc = run_git(init, name, err);

	if (!rc)
		rc = run_git(set, name, err);
	return rc ? rc : run_git(refs, name, err);
}

static void remove_all(const char *path)
{
	const char *const rm[] = { "rm", "-rf", "--", path, NULL };
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_error ignored;
	int status;

	out.max = 1 << 12;
	(void)!amts_process_run(&status, &out, &out, rm, &ignored);
	amts_buf_release(&out);
}

/* Under another name until it is whole: we may be killed, or not be alone. */
static int create(struct amts_arena *arena, const char *path, const char *url,
	struct amts_str name, struct amts_error *err)
{
	char *tmp = amts_arena_z(arena, amts_arena_fmt(arena, "%s.XXXXXX", path));
	int rc;

	if (!mkdtemp(tmp))
		return amts_fail(err, AMTS_EFAIL, "cannot make folder '%s': %s", tmp,
			strerror(errno));
	rc = fill(tmp, url, name, err);
	if (!rc && !rename(tmp, path))
		return AMTS_OK;
	if (!rc && !amts_is_folder(path))
		rc = amts_fail(err, AMTS_EFAIL, "cannot make folder '%s': %s", path,
			strerror(errno));
	remove_all(tmp);
	return rc;
}

/* A name in the cache holds a hash of the url, which another url may share. */
static int check_origin(
	const char *path, const char *url, struct amts_str name, struct amts_error *err)
{
	struct amts_buf file = AMTS_BUF_INIT;
	git_config *config = NULL;
	git_buf origin = GIT_BUF_INIT;
	int rc;

	amts_buf_addf(&file, "%s/config", path);
	amts_git_init();
	rc = git_config_open_ondisk(&config, file.p);
	if (!rc)
		rc = git_config_get_string_buf(&origin, config, "remote.origin.url");
	if (rc || strcmp(origin.ptr, url))
		rc = amts_fail(err, AMTS_EFAIL,
			"'%s' is no copy of '" AMTS_STR_FMT "'; remove it", path,
			AMTS_STR_ARG(name));
	git_buf_dispose(&origin);
	git_config_free(config);
	amts_git_exit();
	amts_buf_release(&file);
	return rc;
}

static int fetch(const char *path, struct amts_str name, struct amts_error *err)
{
	const char *const get[] = { "-C", path, "fetch", "--quiet", "--prune", "--tags",
		"origin", NULL };
	const char *const head[] = { "-C", path, "remote", "set-head", "origin", "--auto",
		NULL };
	struct amts_error ignored;
	int rc = run_git(get, name, err);

	if (!rc) /* an empty or detached remote has no default branch */
		(void)!run_git(head, name, &ignored);
	return rc;
}

static struct amts_str mirror_path(
	struct amts_arena *arena, const char *cache_dir, const char *url)
{
	struct amts_str s = amts_str_z(url), base;
	size_t i;
	char *p;

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	if (amts_str_ends(s, AMTS_STR(".git")))
		s.n -= 4;
	for (i = s.n; i && s.p[i - 1] != '/' && s.p[i - 1] != ':'; i--)
		;
	base = amts_str_sub(s, i, s.n);
	p = amts_arena_z(arena, base.n ? base : AMTS_STR("repository"));
	for (i = 0; p[i]; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567"
			    "89-_",
			    p[i]))
			p[i] = '-';
	return amts_arena_fmt(arena, "%s/%.64s-%016llx.git", cache_dir, p,
		(unsigned long long)amts_str_hash(amts_str_z(url), AMTS_HASH_SEED));
}

static int open_mirror(struct amts_repo **out, struct amts_arena *arena, const char *url,
	const char *cache_dir, int offline, struct amts_error *err)
{
	struct amts_str name = shown(arena, url);
	const char *path;
	int rc = amts_repo_check_url(url, err);

	if (rc)
		return rc;
	if (!cache_dir)
		return amts_fail(err, AMTS_EFAIL,
			"no folder to keep a copy of '" AMTS_STR_FMT "'",
			AMTS_STR_ARG(name));
	path = mirror_path(arena, cache_dir, url).p;
	if (offline && !amts_is_folder(path))
		return amts_fail(err, AMTS_ENOTFOUND,
			"no copy of '" AMTS_STR_FMT "' yet, and not to fetch",
			AMTS_STR_ARG(name));
	if (!amts_is_folder(path)) {
		rc = amts_make_folders(amts_str_z(cache_dir), err);
		if (!rc)
			rc = create(arena, path, url, name, err);
	}
	if (!rc)
		rc = check_origin(path, url, name, err);
	if (!rc && !offline)
		rc = fetch(path, name, err);
	if (!rc)
		rc = amts_git_open(out, path, GIT_REPOSITORY_OPEN_NO_SEARCH, err);
	if (!rc)
		(*out)->mirror = 1;
	return rc;
}

int amts_repo_mirror(struct amts_repo **out, const char *url, const char *cache_dir,
	int offline, struct amts_error *err)
{
	struct amts_arena *arena;
	int rc;

	if (amts_str_find(amts_str_z(url), AMTS_STR(":"), 0) == strlen(url) &&
		access(url, F_OK))
		return amts_fail(err, AMTS_ENOTFOUND, "no such repository: '%s'", url);
	if (amts_is_folder(url))
		return amts_git_open(out, url, GIT_REPOSITORY_OPEN_NO_SEARCH, err);
	arena = amts_arena_new();
	rc = open_mirror(out, arena, url, cache_dir, offline, err);
	amts_arena_free(arena);
	return rc;
}
