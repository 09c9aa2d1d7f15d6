#include "base/alloc.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>

static void replace(char **slot, const char *value)
{
	free(*slot);
	*slot = value ? amts_strdup(value) : NULL;
}

void amts_repo_set_ident(struct amts_repo *repo, const struct amts_ident *ident)
{
	replace(&repo->ident[0], ident->author_name);
	replace(&repo->ident[1], ident->author_email);
	replace(&repo->ident[2], ident->committer_name);
	replace(&repo->ident[3], ident->committer_email);
}

/* What was set, else the role's own key, else user.*; NULL when none has a value. */
static const char *ident_part(
	const char *set, git_config *cfg, const char *key, const char *fallback)
{
	const char *s = NULL;

	if (set && *set)
		return set;
	if (!git_config_get_string(&s, cfg, key) && *s)
		return s;
	if (!git_config_get_string(&s, cfg, fallback) && *s)
		return s;
	return NULL;
}

static int signature(git_signature **out, struct amts_repo *repo, const char *role,
	char *const set[2], int64_t when, struct amts_error *err)
{
	const char *name, *email;
	git_config *cfg = NULL;
	int author = role[0] == 'a';
	int rc = git_repository_config_snapshot(&cfg, repo->git);

	if (rc)
		return amts_git_fail(err, rc, "cannot read the configuration");
	name = ident_part(
		set[0], cfg, author ? "author.name" : "committer.name", "user.name");
	email = ident_part(
		set[1], cfg, author ? "author.email" : "committer.email", "user.email");
	if (!name || !email)
		rc = amts_fail(err, AMTS_EFAIL,
			"%s identity unknown: tell git who you are (git config --global "
			"%s)",
			role, name ? "user.email" : "user.name");
	else if ((rc = when ? git_signature_new(out, name, email, when, 0)
			    : git_signature_now(out, name, email)))
		rc = amts_git_fail(err, rc, "%s identity '%s <%s>' is not usable", role,
			name, email);
	git_config_free(cfg);
	return rc;
}

int amts_repo_check_ident(struct amts_repo *repo, struct amts_error *err)
{
	git_signature *sig = NULL;
	int rc = signature(&sig, repo, "author", repo->ident, 0, err);

	git_signature_free(sig);
	sig = NULL;
	if (!rc)
		rc = signature(&sig, repo, "committer", repo->ident + 2, 0, err);
	git_signature_free(sig);
	return rc;
}

static int by_path(const void *x, const void *y)
{
	return amts_str_cmp(((const struct amts_file_write *)x)->path,
		((const struct amts_file_write *)y)->path);
}

static int new_tree(git_oid *out, struct amts_repo *repo, const struct amts_oid *parent,
	const struct amts_file_write *files, size_t n, struct amts_error *err)
{
	struct amts_file_write *sorted = amts_malloc(n * sizeof(*sorted));
	git_tree *base;
	int rc = amts_git_commit_tree(&base, repo, parent, err);

	if (n) {
		memcpy(sorted, files, n * sizeof(*sorted));
		qsort(sorted, n, sizeof(*sorted), by_path);
	}
	if (!rc)
		rc = amts_git_edit_tree(out, repo, base, sorted, n, err);
	git_tree_free(base);
	free(sorted);
	return rc;
}

struct ancestors {
	const struct amts_oid *v[2];
	size_t n;
};

static int write_commit(git_oid *out, struct amts_repo *repo,
	const struct ancestors *parents, const git_oid *tree, const git_signature *author,
	const git_signature *committer, const char *message)
{
	git_commit *up[2] = { NULL, NULL };
	git_tree *t = NULL;
	git_oid oid;
	size_t i;
	int rc = git_tree_lookup(&t, repo->git, tree);

	for (i = 0; !rc && i < parents->n; i++) {
		rc = git_oid_fromstr(&oid, parents->v[i]->hex);
		if (!rc)
			rc = git_commit_lookup(&up[i], repo->git, &oid);
	}
	if (!rc)
		rc = git_commit_create(out, repo->git, NULL, author, committer, NULL,
			message, t, parents->n, (const git_commit **)up);
	if (!rc)
		rc = amts_git_check_written(repo, out);
	git_commit_free(up[0]);
	git_commit_free(up[1]);
	git_tree_free(t);
	return rc;
}

static int commit_files(struct amts_oid *out, struct amts_repo *repo,
	const struct ancestors *parents, const git_oid *tree, const char *message,
	int64_t when, struct amts_error *err)
{
	git_signature *author = NULL, *committer = NULL;
	git_oid id;
	int rc = signature(&author, repo, "author", repo->ident, when, err);

	if (!rc)
		rc = signature(&committer, repo, "committer", repo->ident + 2, when, err);
	if (!rc) {
		rc = write_commit(&id, repo, parents, tree, author, committer, message);
		if (rc)
			rc = amts_git_fail(err, rc, "cannot write a commit");
		else
			amts_git_oid_out(out, &id);
	}
	git_signature_free(author);
	git_signature_free(committer);
	return rc;
}

int amts_repo_commit(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *parent, const struct amts_file_write *files, size_t n,
	const char *message, int64_t when, struct amts_error *err)
{
	const struct ancestors parents = { { parent, NULL }, parent->hex[0] != '\0' };
	git_oid tree;
	int rc = amts_repo_check_ident(repo, err);

	if (!rc)
		rc = new_tree(&tree, repo, parent, files, n, err);
	return rc ? rc : commit_files(out, repo, &parents, &tree, message, when, err);
}

int amts_repo_commit_merge(struct amts_oid *out, struct amts_repo *repo,
	const struct amts_oid *parent, const struct amts_oid *merged,
	const struct amts_oid *base, const struct amts_file_write *files, size_t n,
	const char *message, int64_t when, struct amts_error *err)
{
	const struct ancestors parents = { { parent, merged }, 2 };
	git_oid tree;
	int rc = new_tree(&tree, repo, merged, files, n, err);

	if (!rc)
		rc = amts_git_keep_links(&tree, repo, base, parent, err);
	return rc ? rc : commit_files(out, repo, &parents, &tree, message, when, err);
}

int amts_repo_move_ref(struct amts_repo *repo, const char *ref,
	const struct amts_oid *expected, const struct amts_oid *to, const char *why,
	struct amts_error *err)
{
	git_reference *moved = NULL;
	git_oid old = { { 0 } }, id;
	int rc = amts_git_oid(&id, to, err);

	if (!rc && expected->hex[0])
		rc = amts_git_oid(&old, expected, err);
	if (rc)
		return rc;
	/* libgit2 compares under the ref's lock; zero stands for "must not exist". */
	git_repository_set_ident(repo->git, repo->ident[2], repo->ident[3]);
	rc = git_reference_create_matching(&moved, repo->git, ref, &id, 1, &old, why);
	git_reference_free(moved);
	if (rc == GIT_EMODIFIED || rc == GIT_EEXISTS ||
		(rc == GIT_ENOTFOUND && expected->hex[0]))
		return amts_fail(err, AMTS_ECONFLICT,
			"'%s' was moved by someone else meanwhile; nothing was changed, "
			"run it again",
			ref);
	return rc ? amts_git_fail(err, rc, "cannot move '%s'", ref) : AMTS_OK;
}
