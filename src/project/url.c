/* Where other repositories are. */
#include "project/project.h"

#include <string.h>
#include <sys/stat.h>

/* A path below the project whose folders are no links: those come from strangers too. */
static int is_inside(struct amts_arena *arena, const char *root, struct amts_str path)
{
	struct stat st;
	size_t end = 0;

	do {
		end = amts_str_find(path, AMTS_STR("/"), end + 1);
		if (!lstat(amts_arena_fmt(
				   arena, "%s" AMTS_STR_FMT, root, (int)end, path.p)
				    .p,
			    &st) &&
			S_ISLNK(st.st_mode))
			return 0;
	} while (end < path.n);
	return 1;
}

#define DEEPEST 100 /* folders below the project that are looked at */

static int same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is the folder the project's, or below it?  Whatever links it is named by. */
static int is_below(struct amts_arena *arena, const char *root, const char *path)
{
	struct stat top, at, up;
	int i, failed = stat(root, &top) || stat(path, &at);

	for (i = 0; !failed && i < DEEPEST; i++) {
		if (same_file(&at, &top))
			return 1;
		path = amts_arena_fmt(arena, "%s/..", path).p;
		failed = stat(path, &up) || same_file(&at, &up);
		at = up;
	}
	return !failed;
}

static int is_there(struct amts_arena *arena, const char *folder, const char *name)
{
	struct stat st;

	return !stat(amts_arena_fmt(arena, "%s/%s", folder, name).p, &st);
}

/*
 * A bare repository among the files of the project came with them, its configuration too,
 * and that names programs which git runs.  (A tree cannot hold a ".git", so submodules
 * and clones below the project are people's own.)
 */
static int is_embedded(struct amts_arena *arena, const char *root, const char *path)
{
	return is_there(arena, path, "HEAD") && is_there(arena, path, "objects") &&
	       is_below(arena, root, path);
}

int amts_project_url(const char **out, struct amts_project *project,
	struct amts_arena *arena, const char *url, struct amts_error *err)
{
	url = amts_config_remote(&project->cfg, arena, url);
	*out = amts_url_from(arena, project->root, url);
	if (*out != url && !amts_str_starts(amts_str_z(url), AMTS_STR("../")) &&
		!is_inside(arena, project->root, amts_str_z(url)))
		return amts_fail(err, AMTS_EFAIL,
			"'%s' leads out of this repository by a link", url);
	if (is_embedded(arena, project->root, *out))
		return amts_fail(err, AMTS_EFAIL,
			"'%s' is a bare repository among the files of this one", url);
	return AMTS_OK;
}

static int is_path(struct amts_str url)
{
	return amts_str_find(url, AMTS_STR(":"), 0) >=
	       amts_str_find(url, AMTS_STR("/"), 0);
}

static int has_password(struct amts_str url)
{
	size_t host = amts_str_find(url, AMTS_STR("://"), 0) + 3;
	size_t end = amts_str_find(url, AMTS_STR("/"), host), colon, at = end, i;

	for (i = host; i < end; i++)
		if (url.p[i] == '@')
			at = i;
	colon = amts_str_find(url, AMTS_STR(":"), host);
	return host < url.n && at < end && colon < at;
}

/* Beside the project, or beside the folder that it is in: "../../owner/name". */
static int is_near(struct amts_str path)
{
	int up;

	for (up = 0; up < 2 && amts_str_starts(path, AMTS_STR("../")); up++)
		path = amts_str_sub(path, 3, path.n);
	return !amts_str_starts(path, AMTS_STR("../")) &&
	       amts_str_find(path, AMTS_STR("/../"), 0) == path.n &&
	       !amts_str_ends(path, AMTS_STR("/..")) &&
	       !amts_str_eq(path, AMTS_STR(".."));
}

int amts_url_check_shared(const char *url, struct amts_error *err)
{
	struct amts_str s = amts_str_z(url);
	const char *what = NULL;

	if (amts_str_starts(s, AMTS_STR("/")) || amts_str_starts(s, AMTS_STR("~")))
		what = "an absolute path";
	else if (amts_str_starts(s, AMTS_STR("file:")))
		what = "a file url";
	else if (is_path(s) && !is_near(s))
		what = "a path that far away";
	else if (!is_path(s) && has_password(s))
		what = "a url with a password";
	return what ? amts_fail(err, AMTS_EUSAGE,
			      "%s is for your own git configuration only", what)
		    : AMTS_OK;
}

/* Take "." and ".." and doubled slashes out of an absolute path; no slash at the end. */
static struct amts_str normal(struct amts_arena *arena, const char *path)
{
	char *out = amts_arena_z(arena, amts_str_z(path));
	struct amts_str s = amts_str_z(path), part;
	size_t n = 0, beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("/"), beg);
		part = amts_str_sub(s, beg, end);
		if (!part.n || amts_str_eq(part, AMTS_STR(".")))
			continue;
		if (amts_str_eq(part, AMTS_STR(".."))) {
			while (n && out[--n] != '/')
				;
			continue;
		}
		out[n++] = '/';
		memmove(out + n, part.p, part.n);
		n += part.n;
	}
	return (struct amts_str){ out, n };
}

const char *amts_url_relative(struct amts_arena *arena, const char *root, const char *url)
{
	struct amts_str top = normal(arena, root), at;
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i, same = 0;

	if (!is_path(amts_str_z(url)) || !strchr(url, '/'))
		return url;
	at = normal(arena, amts_url_from(arena, root, url));
	for (i = 0; i <= top.n && i <= at.n; i++) {
		if ((i == top.n || top.p[i] == '/') && (i == at.n || at.p[i] == '/'))
			same = i;
		if (i == top.n || i == at.n || top.p[i] != at.p[i])
			break;
	}
	if (!same)
		return url;
	for (i = same; i < top.n; i++)
		amts_buf_addz(&b, top.p[i] == '/' ? "../" : "");
	amts_buf_add(&b, amts_str_sub(at, same + 1, at.n));
	url = amts_arena_str(arena, amts_buf_str(&b)).p;
	amts_buf_release(&b);
	return url;
}

const char *amts_url_from(struct amts_arena *arena, const char *root, const char *url)
{
	struct amts_str s = amts_str_z(url);
	size_t slash = amts_str_find(s, AMTS_STR("/"), 0);

	if (url[0] == '/' || amts_str_find(s, AMTS_STR(":"), 0) < slash)
		return url; /* absolute, scheme://… or host:… */
	return amts_arena_fmt(arena, "%s%s", root, url).p;
}

const char *amts_url_name(struct amts_arena *arena, const char *url)
{
	struct amts_str s = amts_str_z(url);
	size_t i;

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	if (amts_str_ends(s, AMTS_STR("/.git")))
		s.n -= 5;
	else if (amts_str_ends(s, AMTS_STR(".git")))
		s.n -= 4;
	else if (amts_str_ends(s, AMTS_STR(".bundle")))
		s.n -= 7;
	for (i = s.n; i && s.p[i - 1] != '/' && s.p[i - 1] != ':'; i--)
		;
	return amts_arena_str(arena, amts_str_sub(s, i, s.n)).p;
}
