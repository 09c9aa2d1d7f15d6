#include "base/alloc.h"
#include "git/git.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int unborn(struct amts_error *err, struct amts_repo *repo)
{
	git_reference *head = NULL;
	const char *name = "HEAD";
	int rc;

	if (!git_reference_lookup(&head, repo->git, "HEAD") &&
		git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		name = git_reference_symbolic_target(head);
	if (!strncmp(name, "refs/heads/", 11))
		name += 11;
	rc = amts_fail(err, AMTS_ENOTFOUND, "branch '%s' has no commits yet", name);
	git_reference_free(head);
	return rc;
}

int amts_repo_resolve(struct amts_oid *out, struct amts_repo *repo, const char *rev,
	struct amts_error *err)
{
	git_object *obj = NULL, *commit = NULL;
	int rc = git_revparse_single(&obj, repo->git, rev);

	if (rc == GIT_ENOTFOUND) {
		if (!strncmp(rev, "HEAD", 4) &&
			git_repository_head_unborn(repo->git) == 1)
			return unborn(err, repo);
		return amts_git_missing(err, repo, "revision", rev);
	}
	if (rc)
		return amts_git_fail(err, rc, "bad revision '%s'", rev);
	rc = git_object_peel(&commit, obj, GIT_OBJECT_COMMIT);
	if (!rc)
		amts_git_oid_out(out, git_object_id(commit));
	else
		rc = amts_fail(err, AMTS_ENOTFOUND, "'%s' is not a commit", rev);
	git_object_free(commit);
	git_object_free(obj);
	return rc;
}

int amts_repo_refs(const char ***out, size_t *n, struct amts_arena *arena,
	struct amts_repo *repo, const char *prefix, struct amts_error *err)
{
	git_reference_iterator *it = NULL;
	const char *name, **v = NULL;
	size_t cap = 0;
	int rc = git_reference_iterator_new(&it, repo->git);

	*n = 0;
	while (!rc && !(rc = git_reference_next_name(&name, it)))
		if (!strncmp(name, prefix, strlen(prefix)))
			AMTS_VEC_PUSH(v, *n, cap, amts_arena_z(arena, amts_str_z(name)));
	git_reference_iterator_free(it);
	*out = AMTS_NEW(arena, const char *, *n + 1);
	if (*n)
		memcpy(*out, v, *n * sizeof(*v));
	free(v);
	return rc == GIT_ITEROVER ? AMTS_OK
				  : amts_git_fail(err, rc, "cannot list references");
}

int amts_repo_read_ref(struct amts_oid *out, struct amts_repo *repo, const char *ref,
	struct amts_error *err)
{
	git_reference *r = NULL;
	git_object *commit = NULL;
	int rc = git_reference_lookup(&r, repo->git, ref);

	if (!rc)
		rc = git_reference_peel(&commit, r, GIT_OBJECT_COMMIT);
	if (!rc)
		amts_git_oid_out(out, git_object_id(commit));
	git_object_free(commit);
	git_reference_free(r);
	if (rc == GIT_ENOTFOUND)
		return amts_fail(err, AMTS_ENOTFOUND, "no such branch: '%s'", ref);
	return rc ? amts_git_fail(err, rc, "cannot read '%s'", ref) : AMTS_OK;
}

static int try_ref(struct amts_oid *out, struct amts_repo *repo, const char *prefix,
	const char *name)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	char ref[1024];
	int n = snprintf(ref, sizeof(ref), "%s%s", prefix, name);

	return n > 0 && (size_t)n < sizeof(ref) &&
	       !amts_repo_read_ref(out, repo, ref, &ignored);
}

int amts_repo_branch(struct amts_oid *out, struct amts_repo *repo, const char *branch,
	struct amts_error *err)
{
	if (!branch) {
		if (repo->mirror && try_ref(out, repo, "refs/remotes/origin/", "HEAD"))
			return AMTS_OK;
		return amts_repo_resolve(out, repo, "HEAD", err);
	}
	if (!repo->mirror && try_ref(out, repo, "refs/heads/", branch))
		return AMTS_OK;
	if (try_ref(out, repo, "refs/remotes/origin/", branch))
		return AMTS_OK;
	return amts_repo_resolve(out, repo, branch, err);
}

static int has_branch(struct amts_repo *repo, const char *name)
{
	struct amts_oid id;

	return name && (try_ref(&id, repo, "refs/heads/", name) ||
			       try_ref(&id, repo, "refs/remotes/origin/", name));
}

const char *amts_repo_default_branch(struct amts_arena *arena, struct amts_repo *repo)
{
	static const char prefix[] = "refs/remotes/origin/";
	const char *names[] = { NULL, NULL, "main", "master" };
	git_reference *head = NULL;
	git_config *cfg = NULL;
	const char *found = NULL, *to;
	size_t i;

	if (!git_reference_lookup(&head, repo->git, "refs/remotes/origin/HEAD") &&
		(to = git_reference_symbolic_target(head)) &&
		!strncmp(to, prefix, sizeof(prefix) - 1))
		names[0] = to + sizeof(prefix) - 1;
	if (!git_repository_config_snapshot(&cfg, repo->git))
		(void)!git_config_get_string(&names[1], cfg, "init.defaultBranch");
	for (i = 0; !found && i < 4; i++)
		if (has_branch(repo, names[i]))
			found = amts_arena_str(arena, amts_str_z(names[i])).p;
	git_config_free(cfg);
	git_reference_free(head);
	return found;
}

int amts_repo_is_checked_out(struct amts_repo *repo, const char *ref)
{
	git_reference *r = NULL;
	int yes = 0;

	if (!git_reference_lookup(&r, repo->git, ref))
		yes = git_branch_is_checked_out(r) == 1;
	git_reference_free(r);
	return yes;
}

static int lookup_commit(git_commit **out, struct amts_repo *repo,
	const struct amts_oid *id, struct amts_error *err)
{
	git_oid oid;
	int rc = amts_git_oid(&oid, id, err);

	if (rc)
		return rc;
	rc = git_commit_lookup(out, repo->git, &oid);
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(err, repo, "commit", id->hex);
	return rc ? amts_git_fail(err, rc, "cannot read commit '%s'", id->hex) : AMTS_OK;
}

int amts_git_commit_tree(git_tree **out, struct amts_repo *repo,
	const struct amts_oid *commit, struct amts_error *err)
{
	git_commit *c = NULL;
	int rc;

	*out = NULL;
	if (!commit->hex[0])
		return AMTS_OK;
	rc = lookup_commit(&c, repo, commit, err);
	if (rc)
		return rc;
	rc = git_commit_tree(out, c);
	if (rc == GIT_ENOTFOUND)
		rc = amts_git_missing(err, repo, "tree of commit", commit->hex);
	else if (rc)
		rc = amts_git_fail(err, rc, "cannot read the tree of '%s'", commit->hex);
	git_commit_free(c);
	return rc;
}

int amts_repo_commit_info(struct amts_commit_info *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_oid *commit, struct amts_error *err)
{
	const git_signature *author;
	git_commit *c = NULL;
	size_t i;
	int rc = lookup_commit(&c, repo, commit, err);

	if (rc)
		return rc;
	out->id = *commit;
	amts_git_oid_out(&out->tree, git_commit_tree_id(c));
	out->nparents = git_commit_parentcount(c);
	out->parents = AMTS_NEW(arena, struct amts_oid, out->nparents);
	for (i = 0; i < out->nparents; i++)
		amts_git_oid_out(&out->parents[i], git_commit_parent_id(c, (unsigned)i));
	out->time = git_commit_time(c);
	author = git_commit_author(c);
	out->author_name = amts_arena_str(arena, amts_str_z(author->name));
	out->author_email = amts_arena_str(arena, amts_str_z(author->email));
	out->message = amts_arena_str(arena, amts_str_z(git_commit_message(c)));
	git_commit_free(c);
	return AMTS_OK;
}

int amts_repo_merge_base(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *a, const struct amts_oid *b, struct amts_error *err)
{
	git_oid x, y, base;
	int rc = amts_git_oid(&x, a, err);

	if (!rc)
		rc = amts_git_oid(&y, b, err);
	if (rc)
		return rc;
	rc = git_merge_base(&base, repo->git, &x, &y);
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(err, repo, "merge base with commit", b->hex);
	if (rc)
		return amts_git_fail(
			err, rc, "no merge base of '%s' and '%s'", a->hex, b->hex);
	amts_git_oid_out(out, &base);
	return AMTS_OK;
}

static int walk_failed(struct amts_error *err, struct amts_repo *repo, int rc,
	const struct amts_oid *from)
{
	if (rc == GIT_ENOTFOUND)
		return amts_git_missing(
			err, repo, "part of the history of commit", from->hex);
	return amts_git_fail(err, rc, "cannot walk the history of '%s'", from->hex);
}

int amts_repo_walk(struct amts_repo *repo, const struct amts_oid *from, amts_walk_fn *fn,
	void *payload, struct amts_error *err)
{
	git_revwalk *walk = NULL;
	struct amts_oid id;
	git_oid oid;
	int rc = amts_git_oid(&oid, from, err), stop = 0;

	if (rc)
		return rc;
	rc = git_revwalk_new(&walk, repo->git);
	if (!rc)
		rc = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (!rc)
		rc = git_revwalk_push(walk, &oid);
	while (!rc && !stop && !(rc = git_revwalk_next(&oid, walk))) {
		amts_git_oid_out(&id, &oid);
		stop = fn(&id, payload, err);
	}
	git_revwalk_free(walk);
	if (stop)
		return stop;
	return rc == GIT_ITEROVER ? AMTS_OK : walk_failed(err, repo, rc, from);
}
