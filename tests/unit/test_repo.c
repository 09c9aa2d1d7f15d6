/* src/git against git itself, in repositories made by git. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gitbox.h"

#include <sys/wait.h>

struct fixture {
	struct amts_arena *arena;
	struct amts_repo *repo;
};

static int with_repo(void **state)
{
	static struct fixture f;

	if (box_open(state))
		return -1;
	make_repo("r");
	put("r/a.md", "# A\n");
	put("r/dir/b.md",
		"# B\n\nText of b, long enough to be found again when renamed.\n");
	put("r/dir/deep/c.md", "# C\n");
	commit_all("r", "first");
	f.arena = amts_arena_new();
	ok(amts_repo_open(&f.repo, "r/dir", err));
	*state = &f;
	return 0;
}

static int without_repo(void **state)
{
	struct fixture *f = *state;

	amts_repo_free(f->repo);
	amts_arena_free(f->arena);
	return box_close(state);
}

static struct amts_oid rev(struct amts_repo *repo, const char *name)
{
	struct amts_oid id;

	ok(amts_repo_resolve(&id, repo, name, err));
	return id;
}

static struct amts_file_write file(const char *path, const char *text)
{
	return (struct amts_file_write){ amts_str_z(path), amts_str_z(text), 0 };
}

static struct amts_oid commit(struct amts_repo *repo, const char *parent,
	const struct amts_file_write *files, size_t n)
{
	struct amts_oid id, up = rev(repo, parent);

	ok(amts_repo_commit(&id, repo, &up, files, n, "by test\n", 1700000000, err));
	return id;
}

static void opens_from_below_and_tells_what_is_no_repository(void **state)
{
	struct fixture *f = *state;
	struct amts_repo *none = NULL;

	assert_non_null(strstr(amts_repo_common_dir(f->repo), "/r/.git/"));
	assert_non_null(strstr(amts_repo_work_dir(f->repo), "/r/"));
	mkdir("empty", 0777);
	fails(amts_repo_open(&none, "empty", err), AMTS_ENOTFOUND,
		"not a git repository: 'empty'");
	assert_null(none);
}

static void opens_bare_and_linked_worktrees(void **state)
{
	struct fixture *f = *state;
	struct amts_repo *bare, *linked;

	git(".", "clone", "-q", "--bare", "r", "bare.git", NULL);
	git("r", "worktree", "add", "-q", "-b", "side", "../linked", NULL);
	ok(amts_repo_open(&bare, "bare.git", err));
	ok(amts_repo_open(&linked, "linked/dir", err));
	assert_null(amts_repo_work_dir(bare));
	assert_string_equal(amts_repo_common_dir(linked), amts_repo_common_dir(f->repo));
	assert_true(amts_repo_is_checked_out(f->repo, "refs/heads/side"));
	git("r", "branch", "free", NULL);
	assert_false(amts_repo_is_checked_out(f->repo, "refs/heads/free"));
	amts_repo_free(bare);
	amts_repo_free(linked);
}

static void resolves_what_git_resolves(void **state)
{
	static const char *const revs[] = { "HEAD", "main", "v1", "HEAD~1",
		"refs/heads/main", "main@{0}", ":/first", "v1^{commit}" };
	struct fixture *f = *state;
	size_t i;

	commit_all("r", "second");
	git("r", "tag", "-a", "-m", "x", "v1", NULL);
	for (i = 0; i < sizeof(revs) / sizeof(*revs); i++) {
		struct amts_oid id = rev(f->repo, revs[i]);
		char peeled[64];

		snprintf(peeled, sizeof(peeled), "%s^0", revs[i]);
		assert_string_equal(
			id.hex, git("r", "rev-parse",
					revs[i][0] == ':' ? revs[i] : peeled, NULL));
	}
}

static void says_why_a_revision_is_not_there(void **state)
{
	struct fixture *f = *state;
	struct amts_repo *unborn;
	struct amts_oid id;

	fails(amts_repo_resolve(&id, f->repo, "nope", err), AMTS_ENOTFOUND,
		"no such revision: 'nope'");
	fails(amts_repo_resolve(&id, f->repo, "HEAD:a.md", err), AMTS_ENOTFOUND,
		"is not a commit");
	make_repo("new");
	ok(amts_repo_open(&unborn, "new", err));
	fails(amts_repo_resolve(&id, unborn, "HEAD", err), AMTS_ENOTFOUND,
		"branch 'main' has no commits yet");
	amts_repo_free(unborn);
}

static void branch_falls_back_to_origin(void **state)
{
	struct fixture *f = *state;
	struct amts_repo *clone;
	struct amts_oid id, want;

	git("r", "branch", "side", NULL);
	want = rev(f->repo, "main");
	git(".", "clone", "-q", "r", "clone", NULL);
	ok(amts_repo_open(&clone, "clone", err));
	ok(amts_repo_branch(&id, clone, "side", err));
	assert_true(amts_oid_eq(&id, &want));
	ok(amts_repo_branch(&id, clone, NULL, err));
	assert_true(amts_oid_eq(&id, &want));
	fails(amts_repo_branch(&id, clone, "none", err), AMTS_ENOTFOUND, "'none'");
	amts_repo_free(clone);
}

static int cut_walk(const struct amts_oid *id, void *payload, struct amts_error *err)
{
	(void)id;
	++*(int *)payload;
	return *(int *)payload < 2 ? 0 : amts_fail(err, AMTS_ECONFLICT, "enough");
}

static int count_walk(const struct amts_oid *id, void *payload, struct amts_error *err)
{
	(void)id;
	(void)err;
	++*(int *)payload;
	return 0;
}

static void walks_history_and_stops_when_told(void **state)
{
	struct fixture *f = *state;
	struct amts_oid head;
	int n = 0;

	commit_all("r", "second");
	commit_all("r", "third");
	head = rev(f->repo, "HEAD");
	ok(amts_repo_walk(f->repo, &head, count_walk, &n, err));
	assert_int_equal(n, 3);
	n = 0;
	fails(amts_repo_walk(f->repo, &head, cut_walk, &n, err), AMTS_ECONFLICT,
		"enough");
	assert_int_equal(n, 2);
}

static void shallow_clone_is_named_as_the_reason(void **state)
{
	struct amts_repo *shallow;
	struct amts_oid head, old;
	struct fixture *f = *state;
	char url[128];
	int n = 0;

	old = rev(f->repo, "HEAD");
	commit_all("r", "second");
	snprintf(url, sizeof(url), "file://%s/r", box);
	git(".", "clone", "-q", "--depth=1", url, "shallow", NULL);
	ok(amts_repo_open(&shallow, "shallow", err));
	assert_true(amts_repo_is_shallow(shallow));
	fails(amts_repo_resolve(&head, shallow, old.hex, err), AMTS_ENOTFOUND,
		"/shallow/' (run \"git fetch --unshallow\" there)");
	head = rev(shallow, "HEAD");
	fails(amts_repo_walk(shallow, &head, count_walk, &n, err), AMTS_ENOTFOUND,
		"shallow clone");
	amts_repo_free(shallow);
}

static void partial_clone_is_named_as_the_reason(void **state)
{
	struct amts_repo *partial;
	struct amts_tree tree;
	struct amts_oid head;
	struct amts_str bytes;
	struct fixture *f = *state;
	char url[128];

	git("r", "config", "uploadpack.allowFilter", "true", NULL);
	snprintf(url, sizeof(url), "file://%s/r", box);
	git(".", "clone", "-q", "--no-checkout", "--filter=blob:none", url, "partial",
		NULL);
	ok(amts_repo_open(&partial, "partial", err));
	head = rev(partial, "HEAD");
	ok(amts_repo_tree(&tree, f->arena, partial, &head, err));
	assert_int_equal(tree.n, 3);
	assert_false(amts_repo_has(partial, &tree.v[0].blob));
	fails(amts_repo_blob(&bytes, f->arena, partial, &tree.v[0].blob, err),
		AMTS_ENOTFOUND, "partial clone");
	amts_repo_free(partial);
}

static void lists_a_tree_as_ls_tree_does(void **state)
{
	struct fixture *f = *state;
	struct amts_buf got = AMTS_BUF_INIT;
	struct amts_tree tree;
	struct amts_oid head;
	size_t i;

	put("r/dir-x/d.md", "d");
	put("r/dir.md", "e");
	put("r/dir0.md", "e");
	put("r/tool", "#!/bin/sh\n");
	chmod("r/tool", 0755);
	assert_int_equal(symlink("a.md", "r/link.md"), 0);
	commit_all("r", "second");
	head = rev(f->repo, "HEAD");
	ok(amts_repo_tree(&tree, f->arena, f->repo, &head, err));
	for (i = 0; i < tree.n; i++) {
		amts_buf_addf(&got, "%s%06o blob %s\t%s", i ? "\n" : "", tree.v[i].mode,
			tree.v[i].blob.hex, tree.v[i].path.p);
		assert_ptr_equal(amts_tree_find(&tree, tree.v[i].path), &tree.v[i]);
	}
	git("r", "rm", "-q", "--cached", "link.md", NULL);
	git("r", "commit", "-qm", "without the link", NULL);
	assert_string_equal(got.p, git("r", "ls-tree", "-r", "HEAD", NULL));
	assert_null(amts_tree_find(&tree, AMTS_STR("link.md")));
	assert_null(amts_tree_find(&tree, AMTS_STR("dir")));
	amts_buf_release(&got);
}

/* Some twenty objects that unfold into millions of folders. */
static void trees_that_unfold_without_end_are_refused(void **state)
{
	struct fixture *f = *state;
	struct amts_tree tree;
	struct amts_oid id;

	snprintf(id.hex, sizeof(id.hex), "%s",
		box_run((const char *const[]){ "sh", "-c",
			"cd r && t=$(git mktree </dev/null) && "
			"for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; "
			"do t=$(printf '040000 tree %s\\ta\\n040000 tree %s\\tb\\n' "
			"$t $t | git mktree); done && git commit-tree -m bomb $t",
			NULL }));
	fails(amts_repo_tree(&tree, f->arena, f->repo, &id, err), AMTS_ETOOBIG,
		"a tree of over 1048576 folders");
}

static void finds_changes_as_diff_does(void **state)
{
	static const char letters[] = "AMDR";
	struct fixture *f = *state;
	struct amts_buf got = AMTS_BUF_INIT;
	struct amts_file_changes d;
	struct amts_oid from, to, none = { "" };
	size_t i;

	from = rev(f->repo, "HEAD");
	git("r", "mv", "dir/b.md", "moved.md", NULL);
	git("r", "rm", "-q", "dir/deep/c.md", NULL);
	put("r/a.md", "# A changed\n");
	put("r/new.md", "# quite new, and not like anything before\n");
	commit_all("r", "second");
	to = rev(f->repo, "HEAD");
	ok(amts_repo_diff(&d, f->arena, f->repo, &from, &to, err));
	for (i = 0; i < d.n; i++) {
		amts_buf_addf(&got, "%s%c", i ? "\n" : "", letters[d.v[i].kind]);
		if (d.v[i].kind == AMTS_CHANGE_RENAMED)
			amts_buf_addf(&got, "100\t%s", d.v[i].old_path.p);
		amts_buf_addf(&got, "\t%s",
			d.v[i].new_path.n ? d.v[i].new_path.p : d.v[i].old_path.p);
	}
	assert_string_equal(
		got.p, git("r", "diff", "-M", "--name-status", "HEAD~1", "HEAD", NULL));
	ok(amts_repo_diff(&d, f->arena, f->repo, &none, &to, err));
	assert_int_equal(d.n, 3);
	assert_int_equal(d.v[0].kind, AMTS_CHANGE_ADDED);
	amts_buf_release(&got);
}

static void reads_blobs(void **state)
{
	struct fixture *f = *state;
	struct amts_oid id, head = rev(f->repo, "HEAD");
	struct amts_str bytes;

	snprintf(id.hex, sizeof(id.hex), "%s", git("r", "rev-parse", "HEAD:a.md", NULL));
	ok(amts_repo_blob(&bytes, f->arena, f->repo, &id, err));
	assert_string_equal(bytes.p, "# A\n");
	strcpy(id.hex, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"); /* of no bytes */
	assert_false(amts_repo_has(f->repo, &id));
	fails(amts_repo_blob(&bytes, f->arena, f->repo, &id, err), AMTS_ENOTFOUND,
		"no such blob");
	fails(amts_repo_blob(&bytes, f->arena, f->repo, &head, err), AMTS_ENOTFOUND,
		"is not a blob");
	strcpy(id.hex, "xyz");
	fails(amts_repo_blob(&bytes, f->arena, f->repo, &id, err), AMTS_EUSAGE,
		"not an object id: 'xyz'");
}

static void commit_changes_only_its_files(void **state)
{
	struct fixture *f = *state;
	struct amts_file_write files[] = { file("z/y/x.md", "new"),
		file("dir/b.md", "changed"), file("dir/deep/c.md", NULL),
		file("not/there.md", NULL), file("dir-a.md", "") };
	struct amts_oid id;

	git("r", "update-index", "--chmod=+x", "dir/b.md", NULL);
	git("r", "commit", "-qm", "b can be run", NULL);
	id = commit(f->repo, "HEAD", files, 5);
	assert_string_equal(git("r", "diff", "--name-status", "HEAD", id.hex, NULL),
		"A\tdir-a.md\nM\tdir/b.md\nD\tdir/deep/c.md\nA\tz/y/x.md");
	assert_string_equal(git("r", "ls-tree", "-rt", "--name-only", id.hex, NULL),
		"a.md\ndir-a.md\ndir\ndir/b.md\nz\nz/y\nz/y/x.md");
	assert_non_null(strstr(git("r", "ls-tree", id.hex, "dir/b.md", NULL), "100755"));
	git("r", "fsck", "--strict", NULL);
	assert_string_equal(git("r", "status", "--porcelain", NULL), " M dir/b.md");
	assert_string_equal(
		git("r", "log", "-1", "--format=%an <%ae> %at %ct %s", id.hex, NULL),
		"Ada Example <ada@example.org> 1700000000 1700000000 by test");
}

static void commit_is_the_same_each_time(void **state)
{
	struct fixture *f = *state;
	struct amts_file_write one = file("a.md", "x");
	struct amts_oid a = commit(f->repo, "HEAD", &one, 1),
			b = commit(f->repo, "HEAD", &one, 1);

	assert_true(amts_oid_eq(&a, &b));
}

static void commit_refuses_bad_paths(void **state)
{
	static const struct {
		const char *path, *says;
	} bad[] = { { "a.md/x", "'a.md' is not a folder" },
		{ "dir", "is not a regular file" }, { "../x", "cannot write" },
		{ ".git/config", "cannot write" }, { "/x", "cannot write" },
		{ "x//y", "cannot write" }, { "x/", "cannot write" } };
	struct fixture *f = *state;
	struct amts_oid id, head = rev(f->repo, "HEAD");
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct amts_file_write w = file(bad[i].path, "x");

		fails(amts_repo_commit(&id, f->repo, &head, &w, 1, "m", 1, err),
			AMTS_EFAIL, bad[i].says);
	}
}

static void identity_is_given_or_configured(void **state)
{
	struct amts_ident who = { "Grace", NULL, NULL, "ci@example.org" };
	struct amts_file_write one = file("a.md", "x");
	struct fixture *f = *state;
	struct amts_oid id, head = rev(f->repo, "HEAD");

	git("r", "config", "author.email", "grace@example.org", NULL);
	amts_repo_set_ident(f->repo, &who);
	id = commit(f->repo, "HEAD", &one, 1);
	assert_string_equal(
		git("r", "log", "-1", "--format=%an %ae %cn %ce", id.hex, NULL),
		"Grace grace@example.org Ada Example ci@example.org");
	git("r", "config", "--unset", "user.name", NULL);
	fails(amts_repo_check_ident(f->repo, err), AMTS_EFAIL,
		"committer identity unknown: tell git who you are");
	fails(amts_repo_commit(&id, f->repo, &head, &one, 1, "m", 1, err), AMTS_EFAIL,
		"git config --global user.name");
}

static void refs_move_by_compare_and_swap(void **state)
{
	static const char ref[] = "refs/heads/amts/zh";
	struct fixture *f = *state;
	struct amts_oid none = { "" }, a = rev(f->repo, "HEAD"), b, c;

	commit_all("r", "second");
	b = rev(f->repo, "HEAD");
	commit_all("r", "third");
	c = rev(f->repo, "HEAD");
	fails(amts_repo_move_ref(f->repo, ref, &a, &b, "x", err), AMTS_ECONFLICT,
		"moved");
	ok(amts_repo_move_ref(f->repo, ref, &none, &a, "new", err));
	fails(amts_repo_move_ref(f->repo, ref, &none, &b, "x", err), AMTS_ECONFLICT,
		"moved");
	ok(amts_repo_move_ref(f->repo, ref, &a, &b, "sync", err));
	git("r", "update-ref", ref, c.hex, NULL); /* someone else */
	fails(amts_repo_move_ref(f->repo, ref, &b, &a, "x", err), AMTS_ECONFLICT,
		"moved");
	assert_string_equal(git("r", "rev-parse", ref, NULL), c.hex);
	assert_non_null(strstr(git("r", "reflog", "show", ref, NULL), "sync"));
	put("r/.git/refs/heads/amts/zh.lock", "");
	fails(amts_repo_move_ref(f->repo, ref, &c, &a, "x", err), AMTS_ERETRY, "lock");
	unlink("r/.git/refs/heads/amts/zh.lock");
	git("r", "pack-refs", "--all", NULL);
	ok(amts_repo_move_ref(f->repo, ref, &c, &a, "from packed", err));
	git("r", "branch", "flat", NULL);
	fails(amts_repo_move_ref(f->repo, "refs/heads/flat/zh", &none, &a, "x", err),
		AMTS_EFAIL, "cannot move 'refs/heads/flat/zh'");
}

static int commit_as_nobody(void)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_file_write w = file("a.md", "x");
	struct amts_oid id, head;
	struct amts_repo *repo;
	int rc;

	if (!geteuid() && (setegid(65534) || seteuid(65534)))
		return 2;
	if (amts_repo_open(&repo, "r", &err))
		return 3;
	rc = amts_repo_resolve(&head, repo, "HEAD", &err);
	if (!rc)
		rc = amts_repo_commit(&id, repo, &head, &w, 1, "m", 1, &err);
	amts_repo_free(repo);
	if (rc != AMTS_EFAIL)
		return 4;
	return strstr(err.msg, "cannot write 'a.md'") ? 0 : 5;
}

static void read_only_repository_is_an_error_not_a_crash(void **state)
{
	const char *const own[] = { "chown", "-R", "65534:65534", box, NULL };
	const char *const ro[] = { "chmod", "-R", "a-w", "r/.git", NULL };
	const char *const rw[] = { "chmod", "-R", "u+w", "r/.git", NULL };
	int st;
	pid_t pid;

	(void)state;
	if (!geteuid())
		box_run(own);
	box_run(ro);
	if (!(pid = fork()))
		_exit(commit_as_nobody());
	waitpid(pid, &st, 0);
	box_run(rw);
	assert_int_equal(WEXITSTATUS(st), 0);
}

static void merge_base_of_forks_and_of_strangers(void **state)
{
	struct fixture *f = *state;
	struct amts_oid base = rev(f->repo, "HEAD"), a, b, got;

	git("r", "checkout", "-qb", "side", NULL);
	commit_all("r", "on side");
	a = rev(f->repo, "HEAD");
	git("r", "checkout", "-q", "main", NULL);
	commit_all("r", "on main");
	b = rev(f->repo, "HEAD");
	ok(amts_repo_merge_base(&got, f->repo, &a, &b, err));
	assert_true(amts_oid_eq(&got, &base));
	git("r", "checkout", "-q", "--orphan", "other", NULL);
	commit_all("r", "unrelated");
	b = rev(f->repo, "HEAD");
	fails(amts_repo_merge_base(&got, f->repo, &a, &b, err), AMTS_ENOTFOUND,
		"merge base");
}

static void reads_through_alternates(void **state)
{
	struct amts_repo *clone;
	struct amts_tree tree;
	struct amts_str bytes;
	struct amts_oid head;
	struct fixture *f = *state;

	git(".", "clone", "-qs", "r", "shared", NULL);
	ok(amts_repo_open(&clone, "shared", err));
	head = rev(clone, "HEAD");
	ok(amts_repo_tree(&tree, f->arena, clone, &head, err));
	ok(amts_repo_blob(&bytes, f->arena, clone, &tree.v[0].blob, err));
	assert_string_equal(bytes.p, "# A\n");
	amts_repo_free(clone);
}

static void mirror_fetches_and_keeps_our_branches(void **state)
{
	struct fixture *f = *state;
	struct amts_oid first = rev(f->repo, "HEAD"), none = { "" }, id;
	struct amts_repo *m = NULL;
	char url[128];

	snprintf(url, sizeof(url), "file://%s/r", box);
	fails(amts_repo_mirror(&m, url, "cache/amts", 1, err), AMTS_ENOTFOUND,
		"no copy of");
	ok(amts_repo_mirror(&m, url, "cache/amts", 0, err));
	ok(amts_repo_branch(&id, m, NULL, err));
	assert_true(amts_oid_eq(&id, &first));
	ok(amts_repo_move_ref(m, "refs/heads/amts/zh", &none, &first, "x", err));
	amts_repo_free(m);
	commit_all("r", "second");
	ok(amts_repo_mirror(&m, url, "cache/amts", 1, err));
	ok(amts_repo_branch(&id, m, "main", err));
	assert_true(amts_oid_eq(&id, &first)); /* offline: as it was */
	amts_repo_free(m);
	ok(amts_repo_mirror(&m, url, "cache/amts", 0, err));
	ok(amts_repo_branch(&id, m, "main", err));
	assert_string_equal(id.hex, git("r", "rev-parse", "HEAD", NULL));
	ok(amts_repo_read_ref(&id, m, "refs/heads/amts/zh", err));
	fails(amts_repo_read_ref(&id, m, "refs/heads/amts/de", err), AMTS_ENOTFOUND,
		"no such branch");
	amts_repo_free(m);
	ok(amts_repo_mirror(
		&m, "r", "cache/amts", 0, err)); /* a folder is opened in place */
	assert_non_null(amts_repo_work_dir(m));
	amts_repo_free(m);
	fails(amts_repo_mirror(
		      &m, "https://user:secret@127.0.0.1:1/x", "cache/amts", 0, err),
		AMTS_EFAIL, "'https://***@127.0.0.1:1/x'");
}

/* The one name in the cache. */
static const char *cached(void)
{
	return box_run((const char *const[]){ "ls", "cache/amts", NULL });
}

static void mirror_is_whole_or_not_there(void **state)
{
	struct amts_repo *m = NULL;
	char url[128], path[1024], *old = strdup(getenv("PATH"));

	(void)state;
	put("bin/git", "#!/bin/sh\n[ \"$3\" != config ] || exit 1\n"
		       "PATH=${PATH#*:} exec git \"$@\"\n");
	chmod("bin/git", 0755);
	snprintf(path, sizeof(path), "%s/bin:%s", box, old);
	snprintf(url, sizeof(url), "file://%s/r", box);
	setenv("PATH", path, 1);
	fails(amts_repo_mirror(&m, url, "cache/amts", 0, err), AMTS_EFAIL,
		"cannot fetch");
	setenv("PATH", old, 1);
	free(old);
	assert_string_equal(cached(), "");
	ok(amts_repo_mirror(&m, url, "cache/amts", 0, err));
	amts_repo_free(m);
}

static void mirror_of_another_url_is_not_taken(void **state)
{
	struct amts_repo *m = NULL;
	char url[128], path[256];

	(void)state;
	snprintf(url, sizeof(url), "file://%s/r", box);
	ok(amts_repo_mirror(&m, url, "cache/amts", 0, err));
	amts_repo_free(m);
	snprintf(path, sizeof(path), "cache/amts/%s", cached());
	git(path, "config", "remote.origin.url", "file:///other", NULL);
	fails(amts_repo_mirror(&m, url, "cache/amts", 1, err), AMTS_EFAIL,
		"is no copy of 'file://");
	git(path, "config", "--unset", "remote.origin.url", NULL);
	fails(amts_repo_mirror(&m, url, "cache/amts", 0, err), AMTS_EFAIL, "remove it");
}

static void urls_of_strangers_run_nothing(void **state)
{
	static const char *const good[] = { "../d2l-zh", "/srv/x.git", "https://h/x",
		"ssh://u@h/x", "u@h:x/y", "git://h/x", "file:///x", "./a:b" };
	static const char *const bad[] = { "", "ext::sh -c id", "-oProxyCommand=x",
		"--upload-pack=x", "fd::7", "javascript://x", "ftp://h/x", "a\nb" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(amts_repo_check_url(good[i], err));
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(amts_repo_check_url(bad[i], err), AMTS_EUSAGE, "");
}

static int list_key(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	(void)err;
	amts_buf_addf(
		payload, value ? "%s\n%s%c" : "%s%s%c", key, value ? value : "", '\0');
	return 0;
}

static void configuration_is_what_git_lists(void **state)
{
	const char *const list[] = { "git", "-C", "r", "config", "-z", "--list", NULL };
	const char *const here[] = { "git", "config", "-z", "--list", NULL };
	struct amts_buf got = AMTS_BUF_INIT, want = AMTS_BUF_INIT,
			messages = AMTS_BUF_INIT;
	struct fixture *f = *state;
	int status;

	put(".gitconfig", "[user]\n\tname = Global\n[include]\n\tpath = more\n");
	put("more", "[amts]\n\tengine = fromInclude\n\tflag\n");
	git("r", "config", "amts.Zh-TW.url", "../x y", NULL);
	git("r", "config", "extensions.worktreeConfig", "true", NULL);
	git("r", "config", "--worktree", "amts.engine", "ofWorktree", NULL);
	ok(amts_process_run(&status, &want, &messages, list, err));
	amts_repo_free(f->repo);
	ok(amts_repo_open(&f->repo, "r", err));
	ok(amts_repo_set_config_files(f->repo, "", NULL, err));
	ok(amts_repo_config(f->repo, list_key, &got, err));
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.p, want.p, want.n);
	put("system", "[amts]\n\tremote = s\n");
	put("global", "[amts]\n\tremote = g\n");
	setenv("GIT_CONFIG_SYSTEM", "../system", 1);
	setenv("GIT_CONFIG_GLOBAL", "../global", 1);
	amts_buf_reset(&want);
	amts_buf_reset(&got);
	unsetenv("GIT_CONFIG_NOSYSTEM");
	assert_int_equal(chdir("r"), 0);
	ok(amts_process_run(&status, &want, &messages, here, err));
	ok(amts_repo_set_config_files(f->repo, "../system", "../global", err));
	ok(amts_repo_config(f->repo, list_key, &got, err));
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.p, want.p, want.n);
	unsetenv("GIT_CONFIG_SYSTEM");
	unsetenv("GIT_CONFIG_GLOBAL");
	amts_buf_release(&got);
	amts_buf_release(&want);
	amts_buf_release(&messages);
}

#define T(f) cmocka_unit_test_setup_teardown(f, with_repo, without_repo)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(opens_from_below_and_tells_what_is_no_repository),
		T(opens_bare_and_linked_worktrees),
		T(resolves_what_git_resolves),
		T(says_why_a_revision_is_not_there),
		T(branch_falls_back_to_origin),
		T(walks_history_and_stops_when_told),
		T(shallow_clone_is_named_as_the_reason),
		T(partial_clone_is_named_as_the_reason),
		T(lists_a_tree_as_ls_tree_does),
		T(trees_that_unfold_without_end_are_refused),
		T(finds_changes_as_diff_does),
		T(reads_blobs),
		T(commit_changes_only_its_files),
		T(commit_is_the_same_each_time),
		T(commit_refuses_bad_paths),
		T(identity_is_given_or_configured),
		T(refs_move_by_compare_and_swap),
		T(read_only_repository_is_an_error_not_a_crash),
		T(merge_base_of_forks_and_of_strangers),
		T(reads_through_alternates),
		T(mirror_fetches_and_keeps_our_branches),
		T(mirror_is_whole_or_not_there),
		T(mirror_of_another_url_is_not_taken),
		T(urls_of_strangers_run_nothing),
		T(configuration_is_what_git_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
