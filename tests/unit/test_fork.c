/* What a translation reflects in a repository that shares history with its source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/sync.h"
#include "gitbox.h"
#include "infer/ancestor.h"

static const struct amts_env env = { .config_system = "" };

static void write_en(const char *word)
{
	char text[128];

	snprintf(text, sizeof(text), "# Page\n\nText.\n\n```\ncode %s\n```\n", word);
	put("en/page.md", text);
	commit_all("en", word);
}

/* A source with one page, its fork with that page translated. */
static int setup(void **state)
{
	if (box_open(state))
		return -1;
	make_repo("en");
	put("en/other.md", "# Other\n");
	write_en("1");
	git(".", "clone", "-q", "en", "zh", NULL);
	git("zh", "config", "user.name", "Ada Example", NULL);
	git("zh", "config", "user.email", "ada@example.org", NULL);
	put("zh/page.md", "# 页面\n\n文本。\n\n```\ncode 1\n```\n");
	put("zh/.amts", "[amts]\n\tsource = ../en\n[target \"zh\"]\n\tpath = {path}\n");
	commit_all("zh", "translate");
	return 0;
}

struct at {
	struct amts_project *project;
	struct amts_sync *sync;
};

static int open_at(struct at *a, struct amts_error *err)
{
	int rc = amts_project_open(&a->project, "zh", &env, err);

	return rc ? rc : amts_sync_open(&a->sync, a->project, "zh", 0, err);
}

static void close_at(struct at *a)
{
	amts_sync_free(a->sync);
	amts_project_free(a->project);
}

/* The page is in this state, and its base is page.md of this revision of the source. */
static void page_is(enum amts_file_state state, const char *rev)
{
	const struct amts_file *v;
	char spec[64];
	struct at a;
	size_t n, i;

	ok(open_at(&a, err));
	v = amts_sync_files(a.sync, &n);
	for (i = 0; i < n && !amts_str_eq(v[i].src_path, AMTS_STR("page.md")); i++)
		;
	assert_true(i < n);
	assert_string_equal(
		amts_file_state_name(v[i].state), amts_file_state_name(state));
	snprintf(spec, sizeof(spec), "%s:page.md", rev);
	assert_string_equal(v[i].base.hex, git("en", "rev-parse", spec, NULL));
	close_at(&a);
}

static void record_says(const char *rev)
{
	char spec[64], line[160];

	snprintf(spec, sizeof(spec), "%s:page.md", rev);
	snprintf(line, sizeof(line), "page.md\t%s\t-\n",
		git("en", "rev-parse", spec, NULL));
	put("zh/.amts-record", line);
	commit_all("zh", "record");
}

static void merge_source(const char *rev)
{
	git("zh", "fetch", "-q", "origin", NULL);
	git("zh", "merge", "-q", "-s", "ours", "-m", "merge", rev, NULL);
}

static void base_is_at_the_merge_base(void **state)
{
	(void)state;
	page_is(AMTS_FILE_CURRENT, "HEAD");
	write_en("2");
	write_en("3");
	page_is(AMTS_FILE_STALE, "HEAD~2");
	merge_source("origin/main~1");
	page_is(AMTS_FILE_STALE, "HEAD~1");
	merge_source("origin/main");
	page_is(AMTS_FILE_CURRENT, "HEAD");
}

static void newer_of_record_and_merge_base_wins(void **state)
{
	(void)state;
	write_en("2");
	write_en("3");
	write_en("4");
	record_says("HEAD~1");
	page_is(AMTS_FILE_STALE, "HEAD~1");
	merge_source("origin/main~2"); /* to what the record is ahead of */
	page_is(AMTS_FILE_STALE, "HEAD~1");
	merge_source("origin/main");
	page_is(AMTS_FILE_CURRENT, "HEAD");
	write_en("5");
	page_is(AMTS_FILE_STALE, "HEAD~1");
}

static void a_run_moves_the_base_without_a_merge(void **state)
{
	struct amts_sync_options opt = { 0 };
	struct amts_sync_result result;
	struct at a;

	(void)state;
	write_en("2");
	ok(open_at(&a, err));
	ok(amts_sync_run(&result, a.sync, &opt, err));
	assert_int_equal(result.n, 1);
	close_at(&a);
	git("zh", "merge", "-q", "--squash", "amts/zh", NULL);
	commit_all("zh", "review");
	page_is(AMTS_FILE_CURRENT, "HEAD");
	write_en("3");
	page_is(AMTS_FILE_STALE, "HEAD~1");
}

static void source_can_be_a_remote(void **state)
{
	(void)state;
	put("zh/.amts",
		"[amts]\n\tsource = upstream\n[target \"zh\"]\n\tpath = {path}\n");
	git("zh", "remote", "add", "upstream", "../en", NULL);
	commit_all("zh", "configure");
	write_en("2");
	page_is(AMTS_FILE_STALE, "HEAD~1");
}

/* A merge of the source committed as it was left, with a conflict. */
static void commit_markers(const char *theirs)
{
	char page[512];

	git("zh", "fetch", "-q", "origin", NULL);
	git("zh", "merge", "-q", "-s", "ours", "--no-commit", "origin/main", NULL);
	snprintf(page, sizeof(page),
		"# 页面\n\n<<<<<<< HEAD\n文本。\n=======\n%s\n>>>>>>> "
		"origin/main\n\n```\ncode 2\n```\n",
		theirs);
	put("zh/page.md", page);
	commit_all("zh", "Merge");
}

static void change_text(void)
{
	put("en/page.md", "# Page\n\nText that says more.\n\n```\ncode 2\n```\n");
	commit_all("en", "text");
}

static void a_committed_conflict_takes_us_back_before_it(void **state)
{
	struct amts_sync_options opt = { 0 };
	struct amts_sync_result result;
	struct at a;

	(void)state;
	change_text();
	commit_markers("Text that says more.");
	page_is(AMTS_FILE_STALE, "HEAD~1"); /* though the merge base is at HEAD */
	ok(open_at(&a, err));
	ok(amts_sync_run(&result, a.sync, &opt, err));
	assert_int_equal(result.n, 1);
	assert_int_equal(result.v[0].pending, 1);
	close_at(&a);
	assert_string_equal(git("zh", "show", "amts/zh:page.md", NULL),
		"# 页面\n\n文本。\n\n```\ncode 2\n```");
	git("zh", "merge", "-q", "amts/zh", NULL);
	page_is(AMTS_FILE_CURRENT, "HEAD");
}

static void nobodys_translation_is_dropped(void **state)
{
	struct amts_sync_options opt = { 0 };
	struct amts_sync_result result;
	struct at a;

	(void)state;
	change_text();
	commit_markers("另外一种说法的文字。");
	ok(open_at(&a, err));
	ok(amts_sync_run(&result, a.sync, &opt, err));
	assert_int_equal(result.failed, 1);
	assert_non_null(strstr(result.v[0].failed, "line 3: "));
	close_at(&a);
}

/* ---- src/git ---- */

static void strangers_have_no_fork(void **state)
{
	struct amts_repo *en, *other;
	struct amts_oid head, tip, at;

	(void)state;
	make_repo("stranger");
	commit_all("stranger", "alone");
	ok(amts_repo_open(&en, "en", err));
	ok(amts_repo_open(&other, "stranger", err));
	ok(amts_repo_resolve(&head, en, "HEAD", err));
	ok(amts_repo_resolve(&tip, other, "HEAD", err));
	ok(amts_infer_ancestor(&at, en, &head, other, &tip, err));
	assert_string_equal(at.hex, "");
	amts_repo_free(en);
	amts_repo_free(other);
}

static size_t versions_since(struct amts_repo *repo, const char *tip, const char *since)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_oid from, to;
	struct amts_tree v;
	size_t n;

	ok(amts_repo_resolve(&to, repo, tip, err));
	ok(amts_repo_resolve(&from, repo, since, err));
	ok(amts_repo_versions_since(&v, arena, repo, &to, &from, err));
	n = v.n;
	amts_arena_free(arena);
	return n;
}

static void versions_come_along_first_parents(void **state)
{
	struct amts_repo *en;

	(void)state;
	git("en", "checkout", "-q", "-b", "side", NULL);
	write_en("aside");
	write_en("side");
	git("en", "checkout", "-q", "main", NULL);
	put("en/other.md", "# Changed\n");
	commit_all("en", "other");
	git("en", "merge", "-q", "-m", "merge", "side", NULL);
	ok(amts_repo_open(&en, "en", err));
	assert_int_equal(versions_since(en, "main", "main"), 0);
	assert_int_equal(versions_since(en, "main", "main~1"), 1); /* by the merge */
	assert_int_equal(versions_since(en, "main", "main~2"), 2);
	assert_int_equal(versions_since(en, "main", "side"), 2); /* not on the line */
	assert_int_equal(versions_since(en, "main~2", "side"), 0);
	amts_repo_free(en);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			base_is_at_the_merge_base, setup, box_close),
		cmocka_unit_test_setup_teardown(
			newer_of_record_and_merge_base_wins, setup, box_close),
		cmocka_unit_test_setup_teardown(
			a_run_moves_the_base_without_a_merge, setup, box_close),
		cmocka_unit_test_setup_teardown(source_can_be_a_remote, setup, box_close),
		cmocka_unit_test_setup_teardown(
			a_committed_conflict_takes_us_back_before_it, setup, box_close),
		cmocka_unit_test_setup_teardown(
			nobodys_translation_is_dropped, setup, box_close),
		cmocka_unit_test_setup_teardown(strangers_have_no_fork, setup, box_close),
		cmocka_unit_test_setup_teardown(
			versions_come_along_first_parents, setup, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
