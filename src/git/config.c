#include "git/git.h"

#include <git2/sys/repository.h>
#include <stdio.h>

static int add_file(git_config *cfg, struct amts_repo *repo, const char *path,
	git_config_level_t level)
{
	int rc = git_config_add_file_ondisk(cfg, path, level, repo->git, 1);

	return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* The file given, none for "", or where find looks for it. */
static int add_user_file(git_config *cfg, struct amts_repo *repo, const char *given,
	int (*find)(git_buf *), git_config_level_t level)
{
	git_buf path = { 0 };
	int rc = 0;

	if (given)
		return *given ? add_file(cfg, repo, given, level) : 0;
	if (!find(&path))
		rc = add_file(cfg, repo, path.ptr, level);
	git_buf_dispose(&path);
	return rc;
}

static int add_repo_file(git_config *cfg, struct amts_repo *repo, const char *dir,
	const char *name, git_config_level_t level)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s%s", dir, name);

	return n > 0 && (size_t)n < sizeof(path) ? add_file(cfg, repo, path, level) : -1;
}

int amts_repo_set_config_files(struct amts_repo *repo, const char *system,
	const char *global, struct amts_error *err)
{
	git_config *cfg = NULL;
	int on = 0, rc = git_config_new(&cfg);

	if (!rc)
		rc = add_user_file(cfg, repo, system, git_config_find_system,
			GIT_CONFIG_LEVEL_SYSTEM);
	if (!rc && !global)
		rc = add_user_file(
			cfg, repo, NULL, git_config_find_xdg, GIT_CONFIG_LEVEL_XDG);
	if (!rc)
		rc = add_user_file(cfg, repo, global, git_config_find_global,
			GIT_CONFIG_LEVEL_GLOBAL);
	if (!rc)
		rc = add_repo_file(cfg, repo, git_repository_commondir(repo->git),
			"config", GIT_CONFIG_LEVEL_LOCAL);
	/* libgit2 1.5 does not know config.worktree */
	if (!rc && !git_config_get_bool(&on, cfg, "extensions.worktreeconfig") && on)
		rc = add_repo_file(cfg, repo, git_repository_path(repo->git),
			"config.worktree", GIT_CONFIG_LEVEL_APP);
	if (!rc)
		rc = git_repository_set_config(repo->git, cfg);
	git_config_free(cfg);
	return rc ? amts_git_fail(err, rc, "cannot read git's configuration") : AMTS_OK;
}

int amts_repo_config(
	struct amts_repo *repo, amts_config_fn *fn, void *payload, struct amts_error *err)
{
	git_config_iterator *it = NULL;
	git_config_entry *e;
	git_config *cfg = NULL;
	int rc = git_repository_config(&cfg, repo->git), stop = 0;

	if (!rc)
		rc = git_config_iterator_new(&it, cfg);
	while (!rc && !stop && !(rc = git_config_next(&e, it)))
		stop = fn(e->name, e->value, payload, err);
	git_config_iterator_free(it);
	git_config_free(cfg);
	if (stop)
		return stop;
	return rc == GIT_ITEROVER
		       ? AMTS_OK
		       : amts_git_fail(err, rc, "cannot read git's configuration");
}

int amts_repo_set_config(struct amts_repo *repo, const char *key, const char *value,
	struct amts_error *err)
{
	git_config *cfg = NULL, *own = NULL;
	int rc = git_repository_config(&cfg, repo->git);

	if (!rc)
		rc = git_config_open_level(&own, cfg, GIT_CONFIG_LEVEL_LOCAL);
	if (!rc)
		rc = git_config_set_string(own, key, value);
	git_config_free(own);
	git_config_free(cfg);
	return rc ? amts_git_fail(err, rc, "cannot set '%s'", key) : AMTS_OK;
}
