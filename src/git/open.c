#define _GNU_SOURCE /* RTLD_NEXT */
#include "base/alloc.h"
#include "base/process.h"
#include "git/git.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t init_lock = PTHREAD_MUTEX_INITIALIZER;

/* libgit2 1.5 refuses repositories that use these although reading them needs nothing
 * new. */
static const char *extensions[] = { "partialclone", "worktreeconfig", "preciousobjects" };

/*
 * Where libgit2 was built with mbed TLS, it parses all certificates of the system when it
 * starts: 4 ms, a third of a hook that has nothing to do, and nothing here talks to a
 * network through libgit2.  So the program answers in its place, only then.
 */
static _Thread_local int is_starting;
int mbedtls_x509_crt_parse_file(void *chain, const char *path);
__attribute__((weak)) int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	int (*parse)(void *, const char *);

	if (is_starting)
		return 0;
	*(void **)&parse = dlsym(RTLD_NEXT, "mbedtls_x509_crt_parse_file");
	return parse ? parse(chain, path) : -1;
}

void amts_git_init(void)
{
	pthread_mutex_lock(&init_lock);
	is_starting = 1;
	if (git_libgit2_init() == 1) {
		git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
			sizeof(extensions) / sizeof(*extensions));
		/* it does not know all of safe.directory: see check_owner */
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		/* git does not hash what it reads either, git fsck does: a quarter of the
		 * time of a status */
		git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	}
	is_starting = 0;
	pthread_mutex_unlock(&init_lock);
}

void amts_git_exit(void)
{
	pthread_mutex_lock(&init_lock);
	git_libgit2_shutdown();
	pthread_mutex_unlock(&init_lock);
}

static enum amts_status status_of(int rc)
{
	switch (rc) {
	case GIT_ENOTFOUND:
	case GIT_EUNBORNBRANCH:
		return AMTS_ENOTFOUND;
	case GIT_EEXISTS:
	case GIT_EMODIFIED:
		return AMTS_ECONFLICT;
	case GIT_ELOCKED:
		return AMTS_ERETRY;
	case GIT_EAMBIGUOUS:
	case GIT_EINVALIDSPEC:
		return AMTS_EUSAGE;
	case GIT_EAUTH:
		return AMTS_EAUTH;
	}
	return AMTS_EFAIL;
}

int amts_git_fail(struct amts_error *err, int rc, const char *fmt, ...)
{
	const char *why = strerror(errno);
	const git_error *last = git_error_last();
	char what[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return amts_fail(err, status_of(rc), "%s: %s", what, last ? last->message : why);
}

int amts_git_check_written(struct amts_repo *repo, const git_oid *id)
{
	if (git_odb_exists(repo->odb, id))
		return 0;
	git_error_set_str(GIT_ERROR_ODB, "it is not there afterwards; is the disk full?");
	return GIT_ERROR;
}

int amts_git_missing(struct amts_error *err, const struct amts_repo *repo,
	const char *what, const char *name)
{
	if (repo->partial)
		return amts_fail(err, AMTS_ENOTFOUND,
			"%s '%s' is not in the partial clone '%s' (clone without "
			"--filter)",
			what, name, amts_repo_folder(repo));
	if (repo->shallow)
		return amts_fail(err, AMTS_ENOTFOUND,
			"%s '%s' is not in the shallow clone '%s' (run \"git fetch "
			"--unshallow\" there)",
			what, name, amts_repo_folder(repo));
	return amts_fail(err, AMTS_ENOTFOUND, "no such %s: '%s'", what, name);
}

/* A remote that promises objects, as git writes it now, or the older extension. */
static int note_partial(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	struct amts_str k = amts_str_z(key);

	(void)value;
	(void)err;
	if (amts_str_eq(k, AMTS_STR("extensions.partialclone")) ||
		(amts_str_starts(k, AMTS_STR("remote.")) &&
			amts_str_ends(k, AMTS_STR(".promisor"))))
		*(int *)payload = 1;
	return AMTS_OK;
}

static int open_failed(struct amts_error *err, int rc, const char *path)
{
	if (rc == GIT_ENOTFOUND)
		return amts_fail(err, AMTS_ENOTFOUND, "not a git repository: '%s'", path);
	return amts_git_fail(err, rc, "cannot open the repository at '%s'", path);
}

static int is_own(const char *path)
{
	struct stat st;

	return !path || stat(path, &st) || st.st_uid == geteuid();
}

/* Git knows whom the user trusts, from configuration of several kinds; it is asked only
 * about what belongs to somebody else. */
static int check_owner(struct amts_repo *repo, struct amts_error *err)
{
	const char *dir = git_repository_path(repo->git);
	const char *top = git_repository_workdir(repo->git);
	const char *const ask[] = { "git", "-C", top ? top : dir, "rev-parse",
		"--git-dir", NULL };
	struct amts_buf out = AMTS_BUF_INIT, messages = AMTS_BUF_INIT;
	int status = 0, rc;

	if (is_own(dir) && is_own(top))
		return AMTS_OK;
	out.max = messages.max = 1 << 16;
	rc = amts_process_run(&status, &out, &messages, ask, err);
	if (!rc && status)
		rc = amts_fail(err, AMTS_EFAIL,
			"the repository at '%s' belongs to another user; if you trust "
			"it, call: git config --global --add safe.directory '%.*s'",
			ask[2], (int)strlen(ask[2]) - 1, ask[2]);
	amts_buf_release(&out);
	amts_buf_release(&messages);
	return rc;
}

static int finish_opening(struct amts_repo *repo, struct amts_error *err)
{
	int rc = amts_repo_set_config_files(repo, NULL, NULL, err);

	if (!rc)
		rc = amts_repo_config(repo, note_partial, &repo->partial, err);
	repo->shallow = git_repository_is_shallow(repo->git) == 1;
	return rc;
}

/* git(1), GIT_WORK_TREE: without it and core.worktree, GIT_DIR makes the current folder
 * the top. */
static int set_work_tree(struct amts_repo *repo, const struct amts_repo_place *place,
	struct amts_error *err)
{
	const char *top = place->work_tree;
	git_config *cfg = NULL;
	git_config_entry *e = NULL;
	int rc = AMTS_OK;

	if (!top && place->git_dir && !git_repository_is_bare(repo->git) &&
		!git_repository_config(&cfg, repo->git) &&
		git_config_get_entry(&e, cfg, "core.worktree"))
		top = ".";
	git_config_entry_free(e);
	git_config_free(cfg);
	if (top && (rc = git_repository_set_workdir(repo->git, top, 0)))
		rc = amts_git_fail(err, rc, "cannot use '%s' as work tree", top);
	return rc;
}

static int open_found(struct amts_repo **out, const char *path, unsigned flags,
	const struct amts_repo_place *place, struct amts_error *err)
{
	struct amts_repo *repo = amts_calloc(1, sizeof(*repo));
	int rc;

	amts_git_init();
	rc = git_repository_open_ext(&repo->git, path, flags, place->ceilings);
	if (!rc)
		rc = git_repository_odb(&repo->odb, repo->git);
	if (rc)
		rc = open_failed(err, rc, path);
	else if (!place->git_dir)
		rc = check_owner(repo, err);
	if (!rc)
		rc = finish_opening(repo, err);
	if (!rc)
		rc = set_work_tree(repo, place, err);
	if (rc) {
		amts_repo_free(repo);
		return rc;
	}
	*out = repo;
	return AMTS_OK;
}

int amts_git_open(
	struct amts_repo **out, const char *path, unsigned flags, struct amts_error *err)
{
	const struct amts_repo_place anywhere = { NULL, NULL, NULL };

	return open_found(out, path, flags, &anywhere, err);
}

int amts_repo_open(struct amts_repo **out, const char *path, struct amts_error *err)
{
	return amts_git_open(out, path, 0, err);
}

int amts_repo_open_at(struct amts_repo **out, const char *path,
	const struct amts_repo_place *place, struct amts_error *err)
{
	if (!place->git_dir)
		return open_found(out, path, 0, place, err);
	return open_found(out, place->git_dir,
		GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, place,
		err);
}

void amts_repo_free(struct amts_repo *repo)
{
	size_t i;

	if (!repo)
		return;
	for (i = 0; i < 4; i++)
		free(repo->ident[i]);
	for (i = 0; i < repo->nlent; i++)
		free(repo->lent[i].p);
	free(repo->lent);
	git_odb_free(repo->odb);
	git_repository_free(repo->git);
	free(repo);
	amts_git_exit();
}

const char *amts_repo_folder(const struct amts_repo *repo)
{
	const char *work = amts_repo_work_dir(repo);

	return work ? work : amts_repo_common_dir(repo);
}

const char *amts_repo_common_dir(const struct amts_repo *repo)
{
	return git_repository_commondir(repo->git);
}

const char *amts_repo_work_dir(const struct amts_repo *repo)
{
	return git_repository_workdir(repo->git);
}

int amts_repo_is_mirror(const struct amts_repo *repo)
{
	return repo->mirror;
}

int amts_repo_is_shallow(const struct amts_repo *repo)
{
	return repo->shallow;
}

int amts_repo_is_rebasing(const struct amts_repo *repo)
{
	int state = git_repository_state(repo->git);

	return state == GIT_REPOSITORY_STATE_REBASE ||
	       state == GIT_REPOSITORY_STATE_REBASE_INTERACTIVE ||
	       state == GIT_REPOSITORY_STATE_REBASE_MERGE;
}

int amts_oid_eq(const struct amts_oid *a, const struct amts_oid *b)
{
	return !strcmp(a->hex, b->hex);
}

uint64_t amts_oid_key(const struct amts_oid *id)
{
	return amts_str_hash(amts_str_z(id->hex), AMTS_HASH_SEED);
}

int amts_git_oid(git_oid *out, const struct amts_oid *id, struct amts_error *err)
{
	if (strlen(id->hex) == GIT_OID_HEXSZ && !git_oid_fromstr(out, id->hex))
		return AMTS_OK;
	return amts_fail(err, AMTS_EUSAGE, "not an object id: '%s'", id->hex);
}

void amts_git_oid_out(struct amts_oid *out, const git_oid *id)
{
	memset(out, 0, sizeof(*out));
	git_oid_fmt(out->hex, id);
}
