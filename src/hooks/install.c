/* Hooks of a repository: written, chained with those that are there, taken away again. */
#include "amts/hooks.h"
#include "base/folder.h"
#include "project/project.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEFORE ".before-amts"
#define CALL "git-amts-sync hook"
#define MAX_HOOK ((size_t)1 << 20)

const char *const amts_hook_names[AMTS_HOOKS] = { "pre-push", "post-merge" };

void amts_hook_script(struct amts_buf *out, const char *name)
{
	amts_buf_addf(out,
		"#!/bin/sh\n"
		"command -v git-amts-sync >/dev/null && exec " CALL " --after \"$0" BEFORE
		"\" -- %s \"$@\"; "
		"[ ! -x \"$0" BEFORE "\" ] || exec \"$0" BEFORE "\" \"$@\"\n",
		name);
}

/* ---- where ---- */

static int ends_in(const char *path, const char *end)
{
	struct amts_str s = amts_str_z(path);

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return amts_str_ends(s, amts_str_z(end));
}

const char *amts_hook_path(struct amts_arena *arena, struct amts_project *project,
	const char *name, const char *home)
{
	const char *dir = amts_config_get(&project->cfg, "core.hookspath");
	const char *top = amts_repo_work_dir(project->repo);

	if (!dir || !*dir)
		return amts_arena_fmt(
			arena, "%shooks/%s", amts_repo_common_dir(project->repo), name)
			.p;
	if (dir[0] == '~' && dir[1] == '/' && home)
		dir = amts_arena_fmt(arena, "%s%s", home, dir + 1).p;
	else if (dir[0] != '/')
		dir = amts_arena_fmt(arena, "%s%s",
			top ? top : amts_repo_common_dir(project->repo), dir)
			      .p;
	if (ends_in(dir, ".husky/_")) /* written anew by husky; people's own are above */
		return amts_arena_fmt(arena, "%s/../%s", dir, name).p;
	return amts_arena_fmt(arena, "%s/%s", dir, name).p;
}

static int is_husky(const char *path)
{
	return strstr(path, "/.husky/") != NULL;
}

/* ---- files ---- */

/* AMTS_ENOTFOUND for none. */
static int read_hook(struct amts_buf *out, const char *path, struct amts_error *err)
{
	FILE *f = fopen(path, "rb");
	char chunk[4096];
	size_t n;

	if (!f)
		return amts_fail(err, errno == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot read '%s': %s", path, strerror(errno));
	out->max = MAX_HOOK;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		amts_buf_add(out, (struct amts_str){ chunk, n });
	n = ferror(f) != 0;
	fclose(f);
	if (n)
		return amts_fail(err, AMTS_EFAIL, "cannot read '%s'", path);
	return amts_buf_check(out, path, err);
}

/* Whole or not at all, and executable. */
static int write_hook(const char *path, struct amts_str bytes, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *temp = amts_arena_fmt(arena, "%s.amts-%ld", path, (long)getpid()).p;
	FILE *f = fopen(temp, "wb");
	int ok = f != NULL;

	if (ok)
		ok = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
	if (f && fclose(f))
		ok = 0;
	if (!ok || chmod(temp, 0755) || rename(temp, path)) {
		amts_fail(
			err, AMTS_EFAIL, "cannot write '%s': %s", path, strerror(errno));
		unlink(temp);
		ok = 0;
	}
	amts_arena_free(arena);
	return ok ? AMTS_OK : AMTS_EFAIL;
}

static int has(const struct amts_buf *b, const char *what)
{
	return amts_str_find(amts_buf_str(b), amts_str_z(what), 0) < b->n;
}

static int is_ours(const struct amts_buf *b, const char *name)
{
	return has(b, CALL " ") && has(b, name);
}

static const char *before(struct amts_arena *arena, const char *path)
{
	return amts_arena_fmt(arena, "%s" BEFORE, path).p;
}

/* ---- installing ---- */

static int write_script(const char *path, const char *name, struct amts_error *err)
{
	struct amts_buf script = AMTS_BUF_INIT;
	int rc;

	amts_hook_script(&script, name);
	rc = write_hook(path, amts_buf_str(&script), err);
	amts_buf_release(&script);
	return rc;
}

static int chain(const char *path, const char *name, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *to = before(arena, path);
	int rc = AMTS_OK;

	if (!access(to, F_OK))
		rc = amts_fail(err, AMTS_ECONFLICT,
			"'%s' is in the way of the hook that is there now", to);
	else if (rename(path, to))
		rc = amts_fail(
			err, AMTS_EFAIL, "cannot rename '%s': %s", path, strerror(errno));
	if (!rc) {
		rc = write_script(path, name, err);
		if (rc && rename(to, path))
			rc = amts_error_prefix(err, "'%s' could not be put back", path);
	}
	amts_arena_free(arena);
	return rc;
}

/* Husky calls its hooks with sh: a line more is enough. */
static int add_line(
	struct amts_buf *old, const char *path, const char *name, struct amts_error *err)
{
	if (old->n && old->p[old->n - 1] != '\n')
		amts_buf_addc(old, '\n');
	amts_buf_addf(old,
		"! command -v git-amts-sync >/dev/null || " CALL " -- %s \"$@\"\n", name);
	return write_hook(path, amts_buf_str(old), err);
}

static int make_folder(const char *path, struct amts_error *err)
{
	const char *slash = strrchr(path, '/');

	return slash ? amts_make_folders(
			       (struct amts_str){ path, (size_t)(slash - path) }, err)
		     : AMTS_OK;
}

int amts_hook_install(enum amts_hook_done *out, const char *path, const char *name,
	struct amts_error *err)
{
	struct amts_buf old = AMTS_BUF_INIT;
	int rc = make_folder(path, err), there;

	if (!rc)
		rc = read_hook(&old, path, err);
	there = rc != AMTS_ENOTFOUND;
	if (rc == AMTS_ENOTFOUND)
		rc = AMTS_OK;
	*out = AMTS_HOOK_THERE;
	if (rc || is_ours(&old, name)) {
		amts_buf_release(&old);
		return rc;
	}
	if (is_husky(path)) {
		*out = AMTS_HOOK_ADDED;
		rc = add_line(&old, path, name, err);
	} else if (has(&old, "lefthook")) {
		*out = AMTS_HOOK_LEFTHOOK;
	} else if (there) {
		*out = AMTS_HOOK_CHAINED;
		rc = chain(path, name, err);
	} else {
		*out = AMTS_HOOK_WRITTEN;
		rc = write_script(path, name, err);
	}
	amts_buf_release(&old);
	return rc;
}

/* ---- uninstalling ---- */

/* The bytes without the lines that call us. */
static void without_call(struct amts_buf *out, const struct amts_buf *old)
{
	struct amts_str s = amts_buf_str(old), line;
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		end += end < s.n;
		line = amts_str_sub(s, beg, end);
		if (amts_str_find(line, AMTS_STR(CALL " "), 0) == line.n)
			amts_buf_add(out, line);
	}
}

static int has_before(const char *path)
{
	struct amts_arena *arena = amts_arena_new();
	int there = !access(before(arena, path), F_OK);

	amts_arena_free(arena);
	return there;
}

static int take_away(const char *path, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *from = before(arena, path);
	int failed = !access(from, F_OK) ? rename(from, path) : unlink(path);

	amts_arena_free(arena);
	return failed ? amts_fail(err, AMTS_EFAIL, "cannot remove '%s': %s", path,
				strerror(errno))
		      : AMTS_OK;
}

int amts_hook_uninstall(enum amts_hook_done *out, const char *path, const char *name,
	struct amts_error *err)
{
	struct amts_buf old = AMTS_BUF_INIT, rest = AMTS_BUF_INIT, script = AMTS_BUF_INIT;
	int rc = read_hook(&old, path, err);

	*out = AMTS_HOOK_ABSENT;
	if (rc == AMTS_ENOTFOUND)
		rc = AMTS_OK;
	amts_hook_script(&script, name);
	if (!rc && is_ours(&old, name)) {
		*out = AMTS_HOOK_REMOVED;
		without_call(&rest, &old);
		if (amts_str_eq(amts_buf_str(&old), amts_buf_str(&script)) ||
			!amts_str_trim(amts_buf_str(&rest)).n || has_before(path))
			rc = take_away(path, err);
		else
			rc = write_hook(path, amts_buf_str(&rest), err);
	}
	amts_buf_release(&old);
	amts_buf_release(&rest);
	amts_buf_release(&script);
	return rc;
}
