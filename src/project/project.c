#include "project/project.h"
#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_WORK_FILE ((size_t)64 << 20)

int amts_project_read(struct amts_str *out, struct amts_arena *arena,
	const struct amts_project *project, const char *name, struct amts_error *err)
{
	const char *dir = amts_repo_work_dir(project->repo);
	const char *path = amts_arena_fmt(arena, "%s%s", dir ? dir : "", name).p;
	struct amts_buf b = AMTS_BUF_INIT;
	int rc, fd = -1;
	char chunk[8192];
	ssize_t n;

	if (!dir)
		return amts_fail(err, AMTS_ENOTFOUND, "no work tree");
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return amts_fail(err, errno == ENOENT ? AMTS_ENOTFOUND : AMTS_EFAIL,
			"cannot read '%s': %s", path, strerror(errno));
	b.max = MAX_WORK_FILE;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		amts_buf_add(&b, (struct amts_str){ chunk, (size_t)n });
	if (n < 0)
		rc = amts_fail(
			err, AMTS_EFAIL, "cannot read '%s': %s", path, strerror(errno));
	else
		rc = amts_buf_check(&b, path, err);
	close(fd);
	*out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return rc;
}

static int read_from_commit(struct amts_str *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *commit, struct amts_error *err)
{
	struct amts_oid blob;
	int rc = amts_repo_blob_at(&blob, repo, commit, AMTS_STR(AMTS_CONFIG_FILE), err);

	return rc ? rc : amts_repo_blob(out, arena, repo, &blob, err);
}

/* Where a rebase has checked out the source, the translation's is in what it moves. */
static int read_config(
	struct amts_project *p, struct amts_str *bytes, struct amts_error *err)
{
	struct amts_oid commit;
	int rc = amts_project_read(bytes, p->arena, p, AMTS_CONFIG_FILE, err);

	if (rc == AMTS_ENOTFOUND) {
		rc = amts_repo_branch(&commit, p->repo, NULL, err);
		if (!rc)
			rc = read_from_commit(bytes, p->arena, p->repo, &commit, err);
	}
	if (rc == AMTS_ENOTFOUND && amts_repo_is_rebasing(p->repo)) {
		rc = amts_repo_resolve(&commit, p->repo, "ORIG_HEAD", err);
		if (!rc)
			rc = read_from_commit(bytes, p->arena, p->repo, &commit, err);
	}
	if (rc == AMTS_ENOTFOUND)
		rc = amts_fail(err, AMTS_ENOTFOUND,
			"no '" AMTS_CONFIG_FILE
			"' here: run \"git amts-sync init\" first");
	return rc;
}

int amts_project_open(struct amts_project **out, const char *path,
	const struct amts_env *env, struct amts_error *err)
{
	struct amts_project *p = amts_calloc(1, sizeof(*p));
	struct amts_str bytes = AMTS_STR("");
	int rc;

	p->arena = amts_arena_new();
	p->env = env;
	rc = amts_repo_open_at(&p->repo, path, &env->place, err);
	if (!rc)
		rc = read_config(p, &bytes, err);
	if (!rc)
		rc = amts_config_load(&p->cfg, p->arena, p->repo, bytes, env, err);
	if (rc) {
		amts_project_free(p);
		return rc;
	}
	p->root = amts_repo_folder(p->repo);
	*out = p;
	return AMTS_OK;
}

void amts_project_free(struct amts_project *project)
{
	if (!project)
		return;
	amts_repo_free(project->repo);
	amts_arena_free(project->arena);
	amts_beyond_free(project->beyond);
	free(project);
}

const struct amts_config *amts_project_config(const struct amts_project *project)
{
	return &project->cfg;
}

struct amts_repo *amts_project_repo(struct amts_project *project)
{
	return project->repo;
}

const char *amts_project_remote(const struct amts_project *project)
{
	const char *remote = amts_config_get(&project->cfg, "amts.remote");

	return remote && *remote ? remote : "origin";
}
