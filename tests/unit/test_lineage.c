#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gitbox.h"

#include "infer/lineage.h"

struct fixture {
	struct amts_arena *arena;
	struct amts_repo *repo;
	struct amts_history history;
	struct amts_lineage *lineage;
	struct amts_error err;
};

/* The history of all branches, that of main first. */
static void open_history(struct fixture *fx, const char *dir)
{
	struct amts_oid tips[8], *branches;
	size_t n;

	memset(fx, 0, sizeof(*fx));
	fx->arena = amts_arena_new();
	ok(amts_repo_open(&fx->repo, dir, err));
	ok(amts_repo_branch(&tips[0], fx->repo, "main", err));
	ok(amts_repo_branches(&branches, &n, fx->arena, fx->repo, err));
	assert_in_range(n, 1, 7);
	memcpy(tips + 1, branches, n * sizeof(*branches));
	ok(amts_repo_history(&fx->history, fx->arena, fx->repo, tips, n + 1, err));
	amts_lineage_new(&fx->lineage, fx->repo, &fx->history);
}

static void close_history(struct fixture *fx)
{
	amts_lineage_free(fx->lineage);
	amts_repo_free(fx->repo);
	amts_arena_free(fx->arena);
}

/* Versions as text: for each its content, path and states, "one a.md 0-2 5-6; ". */
static const char *versions(struct fixture *fx, const char *path)
{
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_versions vs;
	struct amts_str bytes;
	size_t v, i;

	ok(amts_lineage_of(&vs, fx->arena, fx->lineage, amts_str_z(path), err));
	for (v = 0; v < vs.n; v++) {
		ok(amts_repo_blob(&bytes, fx->arena, fx->repo, &vs.v[v].blob, err));
		bytes.n = amts_str_find(bytes, AMTS_STR("\n"), 0);
		amts_buf_addf(&out, AMTS_STR_FMT " " AMTS_STR_FMT, AMTS_STR_ARG(bytes),
			AMTS_STR_ARG(vs.v[v].path));
		for (i = 0; i < vs.v[v].nalive; i++)
			amts_buf_addf(&out, " %zu-%zu", vs.v[v].alive[i].beg,
				vs.v[v].alive[i].end);
		amts_buf_addz(&out, "; ");
	}
	path = amts_arena_z(fx->arena, amts_buf_str(&out));
	amts_buf_release(&out);
	return path;
}

#define BODY "\nline\nline two\nline three\nline four\n"

static void commit_file(const char *path, const char *text, const char *message)
{
	put(path, text);
	commit_all("r", message);
}

static void test_versions(void **state)
{
	struct fixture fx;

	(void)state;
	make_repo("r");
	commit_file("r/a.md", "one" BODY, "0");
	commit_file("r/other.md", "x", "1");
	commit_file("r/a.md", "two" BODY, "2");
	commit_file("r/a.md", "one" BODY, "3: back again");
	git("r", "rm", "-q", "a.md", NULL);
	commit_all("r", "4: gone");
	commit_file("r/a.md", "three" BODY, "5");
	open_history(&fx, "r");
	assert_int_equal(fx.history.n, 6);
	assert_string_equal(versions(&fx, "a.md"),
		"one a.md 0-2 3-4; two a.md 2-3; three a.md 5-6; ");
	assert_string_equal(versions(&fx, "other.md"), "x other.md 1-6; ");
	assert_string_equal(versions(&fx, "none.md"), "");
	close_history(&fx);
}

static void test_renames(void **state)
{
	struct fixture fx;

	(void)state;
	make_repo("r");
	commit_file("r/a.md", "one" BODY, "0");
	git("r", "mv", "a.md", "b.md", NULL);
	commit_file("r/b.md", "two" BODY, "1: moved and changed");
	commit_file("r/b.md", "three" BODY, "2");
	git("r", "mv", "b.md", "c.md", NULL);
	commit_all("r", "3: moved");
	open_history(&fx, "r");
	assert_string_equal(versions(&fx, "a.md"),
		"one a.md 0-1; two b.md 1-2; three b.md 2-3 3-4; ");
	assert_string_equal(versions(&fx, "b.md"),
		"one a.md 0-1; two b.md 1-2; three b.md 2-3 3-4; ");
	assert_string_equal(versions(&fx, "c.md"),
		"one a.md 0-1; two b.md 1-2; three b.md 2-3 3-4; ");
	close_history(&fx);
}

/* A branch is a chain of its own after the commit where it leaves the one before it. */
static void test_branches(void **state)
{
	struct fixture fx;

	(void)state;
	make_repo("r");
	commit_file("r/a.md", "one" BODY, "0");
	git("r", "branch", "release", NULL);
	commit_file("r/a.md", "two" BODY, "1");
	git("r", "checkout", "-q", "release", NULL);
	commit_file("r/b.md", "new" BODY, "2");
	commit_file("r/a.md", "fixed" BODY, "3");
	open_history(&fx, "r");
	assert_int_equal(fx.history.n, 4);
	assert_true(fx.history.v[0].parent == AMTS_HISTORY_ROOT);
	assert_int_equal(fx.history.v[1].parent, 0);
	assert_int_equal(fx.history.v[2].parent, 0);
	assert_int_equal(fx.history.v[3].parent, 2);
	assert_string_equal(versions(&fx, "a.md"),
		"one a.md 0-1 2-3; two a.md 1-2; fixed a.md 3-4; ");
	assert_string_equal(versions(&fx, "b.md"), "new b.md 2-4; ");
	close_history(&fx);
}

/* What a merged branch went through is not a state of the branch it was merged into. */
static void test_merges(void **state)
{
	struct fixture fx;

	(void)state;
	make_repo("r");
	commit_file("r/a.md", "one" BODY, "0");
	git("r", "checkout", "-q", "-b", "topic", NULL);
	commit_file("r/a.md", "draft" BODY, "draft");
	commit_file("r/a.md", "two" BODY, "ready");
	git("r", "checkout", "-q", "main", NULL);
	git("r", "merge", "-q", "--no-ff", "-m", "1", "topic", NULL);
	git("r", "branch", "-q", "-D", "topic", NULL);
	open_history(&fx, "r");
	assert_int_equal(fx.history.n, 2);
	assert_string_equal(versions(&fx, "a.md"), "one a.md 0-1; two a.md 1-2; ");
	close_history(&fx);
}

static void test_shallow(void **state)
{
	struct fixture fx;
	char url[128];

	(void)state;
	make_repo("r");
	commit_file("r/a.md", "one" BODY, "0");
	commit_file("r/a.md", "two" BODY, "1");
	snprintf(url, sizeof(url), "file://%s/r", box);
	git(".", "clone", "-q", "--depth", "1", url, "s", NULL);
	open_history(&fx, "s");
	assert_int_equal(fx.history.n, 1);
	assert_string_equal(versions(&fx, "a.md"), "two a.md 0-1; ");
	close_history(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_versions, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_renames, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_branches, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_merges, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_shallow, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
