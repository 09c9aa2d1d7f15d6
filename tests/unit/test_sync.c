/* From two repositories to a review branch; what git sees afterwards is what counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/sync.h"
#include "gitbox.h"

/* Three pages; the Chinese repository keeps their English beside them. */
static const char *const page_en[] = { "# One\n\nFirst page.\n\n```\ncode 1\n```\n",
	"# Two\n\nSecond page.\n\nSwitch the power off.\n", "# Three\n\nThird page.\n" };
static const char *const page_zh[] = { "# 一\n\n第一页。\n\n```\ncode 1\n```\n",
	"# 二\n\n第二页。\n\n关闭电源。\n", "# 三\n\n第三页。\n" };
static const char *const names[] = { "a/one", "a/two", "three" };

static const struct amts_env env = { .config_system = "" };

static void put_in(
	const char *dir, const char *name, const char *suffix, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s%s", dir, name, suffix);
	put(path, text);
}

static int setup(void **state)
{
	size_t i;

	if (box_open(state))
		return -1;
	make_repo("en");
	make_repo("zh");
	for (i = 0; i < 3; i++) {
		put_in("en", names[i], ".md", page_en[i]);
		put_in("zh", names[i], ".md", page_zh[i]);
		put_in("zh", names[i], "_origin.md", page_en[i]);
	}
	put("zh/.amts", "[amts]\n\tsource = ../en\n[target \"zh\"]\n"
			"\tsnapshot = {dir}/{name}_origin{ext}\n");
	commit_all("en", "pages");
	commit_all("zh", "translate");
	return 0;
}

/* The same with a record in place of snapshots. */
static void use_record(void)
{
	struct amts_buf b = AMTS_BUF_INIT;
	char name[64];
	size_t i;

	for (i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s_origin.md", names[i]);
		git("zh", "rm", "-q", name, NULL);
		snprintf(name, sizeof(name), "HEAD:%s.md", names[i]);
		amts_buf_addf(&b, "%s.md\t%s\t-\n", names[i],
			git("en", "rev-parse", name, NULL));
	}
	put("zh/.amts-record", b.p);
	put("zh/.amts", "[amts]\n\tsource = ../en\n[target \"zh\"]\n\tpath = {path}\n");
	commit_all("zh", "record");
	amts_buf_release(&b);
}

static void change_code(void)
{
	put("en/a/one.md", "# One\n\nFirst page.\n\n```\ncode 2\n```\n");
	commit_all("en", "change code");
}

/* ---- doing it ---- */

struct run {
	struct amts_project *project;
	struct amts_sync *sync;
	struct amts_sync_result result;
};

static int open_sync(struct run *r, struct amts_error *err)
{
	int rc = amts_project_open(&r->project, "zh", &env, err);

	r->sync = NULL;
	if (rc)
		return rc;
	rc = amts_sync_open(&r->sync, r->project, "zh", 0, err);
	if (rc)
		amts_project_free(r->project);
	return rc;
}

static void close_sync(struct run *r)
{
	amts_sync_free(r->sync);
	amts_project_free(r->project);
}

static int run_sync(struct run *r, struct amts_error *err)
{
	struct amts_sync_options opt = { 0 };
	int rc = open_sync(r, err);

	if (rc)
		return rc;
	rc = amts_sync_run(&r->result, r->sync, &opt, err);
	if (rc)
		close_sync(r);
	return rc;
}

/* n files synced, none failed. */
static void syncs(size_t n)
{
	struct run r;

	ok(run_sync(&r, err));
	assert_int_equal(r.result.n, n);
	assert_int_equal(r.result.failed, 0);
	close_sync(&r);
}

/* "state path changed pending" of all files but the untouched. */
static void states_are(const char *want)
{
	struct amts_buf got = AMTS_BUF_INIT;
	const struct amts_file *f;
	struct run r;
	size_t n;

	ok(open_sync(&r, err));
	ok(amts_sync_count(r.sync, NULL, err));
	for (f = amts_sync_files(r.sync, &n); n; n--, f++) {
		if (f->state == AMTS_FILE_CURRENT && !f->pending)
			continue;
		amts_buf_addf(&got, "%s " AMTS_STR_FMT, amts_file_state_name(f->state),
			AMTS_STR_ARG(f->tgt_path.n ? f->tgt_path : f->new_path));
		if (f->state == AMTS_FILE_RENAMED)
			amts_buf_addf(
				&got, " -> " AMTS_STR_FMT, AMTS_STR_ARG(f->new_path));
		amts_buf_addf(&got, " %zu %zu\n", f->changed, f->pending);
	}
	assert_string_equal(got.p, want);
	amts_buf_release(&got);
	close_sync(&r);
}

#define REVIEW "amts/zh"

static void review_has(const char *path, const char *want)
{
	char spec[128];

	snprintf(spec, sizeof(spec), REVIEW ":%s", path);
	assert_string_equal(git("zh", "show", spec, NULL), want);
}

static char *tip(void)
{
	static char id[64];

	snprintf(id, sizeof(id), "%s", git("zh", "rev-parse", REVIEW, NULL));
	return id;
}

/* ---- tests ---- */

static void nothing_to_do_writes_nothing(void **state)
{
	(void)state;
	states_are("");
	syncs(0);
	assert_string_equal(git("zh", "for-each-ref", "--format=%(refname)", NULL),
		"refs/heads/main");
}

static void a_change_becomes_a_commit_on_the_review_branch(void **state)
{
	char head[64];

	(void)state;
	snprintf(head, sizeof(head), "%s", git("zh", "rev-parse", "HEAD", NULL));
	change_code();
	states_are("stale a/one.md 1 0\n");
	syncs(1);
	review_has("a/one.md", "# 一\n\n第一页。\n\n```\ncode 2\n```");
	assert_string_equal(git("zh", "diff", "--name-only", "main", REVIEW, NULL),
		"a/one.md\na/one_origin.md");
	assert_string_equal(git("zh", "rev-parse", "HEAD", NULL), head);
	assert_string_equal(git("zh", "symbolic-ref", "HEAD", NULL), "refs/heads/main");
	assert_string_equal(git("zh", "status", "--porcelain", NULL), "");
	git("zh", "fsck", "--strict", NULL);
	states_are("");
	syncs(0);
}

static void the_commit_tells_where_it_comes_from(void **state)
{
	char want[256];

	(void)state;
	change_code();
	syncs(1);
	snprintf(want, sizeof(want), "Amts-Source: en@%s",
		git("en", "rev-parse", "HEAD", NULL));
	assert_string_equal(git("zh", "log", "-1", "--format=%(trailers:key=Amts-Source)",
				    REVIEW, NULL),
		want);
	assert_string_equal(git("zh", "log", "-1",
				    "--format=%(trailers:key=Amts-Lang,valueonly)%an %ct",
				    REVIEW, NULL),
		"zh\nAda Example 1714557600");
	assert_string_equal(
		git("zh", "log", "-1", "--format=%(trailers:key=Amts-Units,valueonly)",
			REVIEW, NULL),
		"0 drafted, 1 kept, 0 pending");
	snprintf(want, sizeof(want), "Sync a/one.md with en %.7s",
		git("en", "rev-parse", "HEAD", NULL));
	assert_string_equal(git("zh", "log", "-1", "--format=%s", REVIEW, NULL), want);
}

static void a_sentence_known_from_another_page_is_drafted(void **state)
{
	(void)state;
	put("en/three.md", "# Three\n\nThird page.\n\nSwitch the power off.\n");
	put("en/a/two.md",
		"# Two\n\nSecond page.\n\nSwitch the power off.\n\n```\nx\n```\n");
	commit_all("en", "warn there too");
	syncs(2);
	review_has("three.md", "# 三\n\n第三页。\n\n关闭电源。");
	assert_int_equal(access("zh/.git/amts/memory.db", F_OK), 0);
}

static void pending_blocks_stay_known_until_somebody_edits_them(void **state)
{
	(void)state;
	put("en/a/two.md", "# Two\n\nQuite another text here, never seen before.\n\n"
			   "Switch the power off.\n");
	commit_all("en", "reword");
	syncs(1);
	states_are("current a/two.md 0 1\n");
	syncs(0);
	git("zh", "merge", "-q", REVIEW, NULL);
	states_are("current a/two.md 0 1\n");
	put("zh/a/two.md", "# 二\n\n这里完全是另一段文字。\n\n关闭电源。\n");
	commit_all("zh", "translate it");
	states_are("");
}

static void what_is_pending_inside_a_block_is_known_too(void **state)
{
	const char *field;

	(void)state;
	put("en/a/two.md", "# Two\n\nOpen the lid.\nRead [this](old.md).\n"
			   "Switch the power off.\n");
	put("zh/a/two_origin.md", "# Two\n\nOpen the lid.\nRead [this](old.md).\n"
				  "Switch the power off.\n");
	put("zh/a/two.md", "# 二\n\n打开盖子。\n阅读[这个](old.md)。\n关闭电源。\n");
	commit_all("en", "longer");
	commit_all("zh", "longer");
	put("en/a/two.md", "# Two\n\nOpen the lid.\nRead [this](new.md).\n"
			   "Never do anything like that in the rain at all.\n");
	commit_all("en", "reword the end");
	syncs(1);
	review_has("a/two.md", "# 二\n\n打开盖子。\n阅读[这个](old.md)。\n关闭电源。");
	states_are("current a/two.md 0 1\n");
	field = strrchr(git("zh", "show", REVIEW ":.amts-record", NULL), ':');
	assert_non_null(field);
	assert_true(strtoull(field + 1, NULL, 16) != 0);
	git("zh", "merge", "-q", REVIEW, NULL);
	put("zh/a/two.md",
		"# 二\n\n打开盖子。\n阅读[这个](new.md)。\n下雨时千万别这样做。\n");
	commit_all("zh", "translate it");
	states_are("");
}

static void both_kinds_of_base_work_alike(void **state)
{
	(void)state;
	use_record();
	change_code();
	states_are("stale a/one.md 1 0\n");
	syncs(1);
	review_has("a/one.md", "# 一\n\n第一页。\n\n```\ncode 2\n```");
	assert_string_equal(git("zh", "diff", "--name-only", "main", REVIEW, NULL),
		".amts-record\na/one.md");
	assert_string_equal(git("zh", "diff", "--numstat", "main", REVIEW, "--",
				    ".amts-record", NULL),
		"1\t1\t.amts-record");
	states_are("");
	syncs(0);
}

static void a_record_counts_before_it_is_committed(void **state)
{
	(void)state;
	use_record();
	git("zh", "rm", "-q", "--cached", ".amts-record", NULL);
	git("zh", "commit", "-qm", "not yet", NULL);
	change_code();
	states_are("stale a/one.md 1 0\n");
	syncs(1);
	assert_string_equal(git("zh", "diff", "--numstat", "main", REVIEW, "--",
				    ".amts-record", NULL),
		"3\t0\t.amts-record");
}

static void runs_give_the_same_commits_wherever_they_are_made(void **state)
{
	char first[64];

	(void)state;
	git(".", "clone", "-q", "zh", "again", NULL);
	change_code();
	put("en/three.md", "# Three\n\nThird page!\n\nSwitch the power off.\n");
	commit_all("en", "more");
	syncs(2);
	strcpy(first, tip());
	git("zh", "update-ref", "-d", "refs/heads/" REVIEW, NULL);
	syncs(2);
	assert_string_equal(tip(), first);
}

static void human_commits_on_the_review_branch_are_kept(void **state)
{
	char human[64];

	(void)state;
	change_code();
	syncs(1);
	git("zh", "checkout", "-q", REVIEW, NULL);
	put("zh/three.md", "# 三\n\n第三页，改过。\n");
	commit_all("zh", "better wording");
	strcpy(human, tip());
	git("zh", "checkout", "-q", "main", NULL);
	put("en/three.md", "# Three\n\nThird page.\n\n```\nnew\n```\n");
	commit_all("en", "add code");
	syncs(1);
	assert_string_equal(git("zh", "rev-parse", REVIEW "~1", NULL), human);
	review_has("three.md", "# 三\n\n第三页，改过。\n\n```\nnew\n```");
}

static void a_merged_branch_is_begun_anew(void **state)
{
	(void)state;
	change_code();
	syncs(1);
	git("zh", "merge", "-q", REVIEW, NULL);
	commit_all("zh", "something else");
	put("en/three.md", "# Three\n\nThird page.\n\n```\nnew\n```\n");
	commit_all("en", "add code");
	syncs(1);
	assert_string_equal(git("zh", "rev-list", "--count", "main.." REVIEW, NULL), "1");
	assert_string_equal(git("zh", "rev-list", "--count", REVIEW "..main", NULL), "0");
}

static void so_is_a_squashed_one(void **state)
{
	(void)state;
	change_code();
	syncs(1);
	git("zh", "merge", "-q", "--squash", REVIEW, NULL);
	git("zh", "commit", "-qm", "squashed", NULL);
	states_are("");
	put("en/three.md", "# Three\n\nThird page.\n\n```\nnew\n```\n");
	commit_all("en", "add code");
	syncs(1);
	assert_string_equal(git("zh", "rev-list", "--count", "main.." REVIEW, NULL), "1");
}

/* Somebody's commit on the review branch after all else there was squashed into main. */
static void keeps_human_commit(const char *message)
{
	char human[64];

	commit_all("zh", message);
	strcpy(human, tip());
	git("zh", "checkout", "-q", "main", NULL);
	syncs(1);
	assert_string_equal(git("zh", "rev-parse", REVIEW "~2", NULL), human);
	assert_string_equal(
		git("zh", "diff", "--raw", "--no-renames", REVIEW "~1", human, NULL), "");
	assert_string_equal(git("zh", "rev-list", "--count", REVIEW "..main", NULL), "0");
}

static void begin_human_commit(void)
{
	change_code();
	syncs(1);
	git("zh", "merge", "-q", "--squash", REVIEW, NULL);
	git("zh", "commit", "-qm", "squashed", NULL);
	put("en/three.md", "# Three\n\nThird page.\n\n```\nnew\n```\n");
	commit_all("en", "add code");
	git("zh", "checkout", "-q", REVIEW, NULL);
}

static void human_commits_of_modes_are_kept(void **state)
{
	(void)state;
	begin_human_commit();
	assert_int_equal(chmod("zh/a/two.md", 0755), 0);
	keeps_human_commit("make it executable");
}

static void human_commits_of_links_are_kept(void **state)
{
	(void)state;
	begin_human_commit();
	assert_int_equal(symlink("three.md", "zh/latest.md"), 0);
	keeps_human_commit("add a link");
}

static void human_commits_of_submodules_are_kept(void **state)
{
	char entry[128];

	(void)state;
	begin_human_commit();
	snprintf(entry, sizeof(entry), "160000,%s,theme",
		git("zh", "rev-parse", "HEAD", NULL));
	git("zh", "update-index", "--add", "--cacheinfo", entry, NULL);
	git("zh", "commit", "-qm", "add a submodule", NULL);
	mkdir("zh/theme", 0777); /* so that adding all does not take it out */
	keeps_human_commit("nothing more");
}

static void human_commits_that_arrived_need_no_keeping(void **state)
{
	(void)state;
	begin_human_commit();
	assert_int_equal(chmod("zh/a/two.md", 0755), 0);
	assert_int_equal(symlink("three.md", "zh/latest.md"), 0);
	git("zh", "rm", "-q", "a/two_origin.md", NULL);
	commit_all("zh", "modes and links");
	git("zh", "checkout", "-q", "main", NULL);
	git("zh", "merge", "-q", "--squash", REVIEW, NULL);
	git("zh", "commit", "-qm", "squashed", NULL);
	syncs(1);
	assert_string_equal(git("zh", "rev-list", "--count", "main.." REVIEW, NULL), "1");
}

static void a_branch_moved_meanwhile_is_left_alone(void **state)
{
	struct amts_sync_options opt = { 0 };
	struct amts_sync_result result;
	struct run r;

	(void)state;
	change_code();
	ok(open_sync(&r, err));
	git("zh", "branch", REVIEW, NULL); /* somebody was faster */
	fails(amts_sync_run(&result, r.sync, &opt, err), AMTS_ECONFLICT,
		"moved by someone else meanwhile; nothing was changed, run it again");
	close_sync(&r);
	assert_string_equal(tip(), git("zh", "rev-parse", "main", NULL));
}

static void a_branch_that_is_checked_out_is_left_alone(void **state)
{
	struct run r;

	(void)state;
	git("zh", "checkout", "-qb", REVIEW, NULL);
	change_code();
	fails(run_sync(&r, err), AMTS_ECONFLICT, "branch 'amts/zh' is checked out");
}

static void a_branch_in_the_way_is_told_before_the_work(void **state)
{
	struct run r;

	(void)state;
	change_code();
	git("zh", "branch", "amts", NULL);
	fails(run_sync(&r, err), AMTS_ECONFLICT,
		"branch 'amts' is in the way of 'amts/zh'");
	assert_int_not_equal(access("zh/.git/amts/memory.db", F_OK), 0);
}

static void a_dry_run_commits_nothing(void **state)
{
	struct amts_sync_options opt = { .dry_run = 1 };
	struct run r;

	(void)state;
	change_code();
	git("zh", "config", "--unset", "user.name", NULL); /* not needed */
	ok(open_sync(&r, err));
	ok(amts_sync_run(&r.result, r.sync, &opt, err));
	assert_int_equal(r.result.n, 1);
	assert_string_equal(r.result.v[0].commit.hex, "");
	close_sync(&r);
	assert_string_equal(git("zh", "for-each-ref", "--format=%(refname)", NULL),
		"refs/heads/main");
}

static void paths_limit_a_run(void **state)
{
	static const char *const one[] = { "/three.md" }, *const none[] = { "/nothing" },
				 *const bad[] = { "[" };
	struct amts_sync_options opt = { .paths = one, .npaths = 1 };
	struct run r;

	(void)state;
	change_code();
	put("en/three.md", "# Three\n\nThird page.\n\n```\nnew\n```\n");
	commit_all("en", "add code");
	ok(open_sync(&r, err));
	opt.paths = bad;
	fails(amts_sync_run(&r.result, r.sync, &opt, err), AMTS_EUSAGE,
		"unfinished pattern");
	opt.paths = none;
	ok(amts_sync_run(&r.result, r.sync, &opt, err));
	assert_int_equal(r.result.n, 0);
	opt.paths = one;
	ok(amts_sync_run(&r.result, r.sync, &opt, err));
	assert_int_equal(r.result.n, 1);
	close_sync(&r);
	states_are("stale a/one.md 1 0\n");
}

static void renamed_sources_take_their_translation_along(void **state)
{
	(void)state;
	git("en", "mv", "a/one.md", "a/first.md", NULL);
	commit_all("en", "rename");
	git("en", "mv", "a", "b", NULL);
	put("en/b/first.md", "# One\n\nFirst page.\n\n```\ncode 3\n```\n");
	commit_all("en", "and again");
	states_are(
		"renamed a/one.md -> b/first.md 1 0\nrenamed a/two.md -> b/two.md 0 0\n");
	syncs(2);
	assert_string_equal(git("zh", "ls-tree", "-r", "--name-only", REVIEW, NULL),
		".amts\nb/first.md\nb/first_origin.md\nb/two.md\nb/two_origin.md\n"
		"three.md\nthree_origin.md");
	review_has("b/first.md", "# 一\n\n第一页。\n\n```\ncode 3\n```");
	states_are("");
}

static void renamed_sources_move_in_the_record(void **state)
{
	(void)state;
	use_record();
	git("en", "mv", "three.md", "3.md", NULL);
	commit_all("en", "rename");
	syncs(1);
	assert_string_equal(git("zh", "diff", "--numstat", "main", REVIEW, "--",
				    ".amts-record", NULL),
		"1\t1\t.amts-record");
	states_are("");
}

static void deleted_and_new_sources_are_told(void **state)
{
	(void)state;
	git("en", "rm", "-q", "three.md", NULL);
	put("en/new.md", "# New page\n\nNobody has translated this text so far.\n");
	commit_all("en", "replace");
	put("zh/mine.md", "# 自己的\n"); /* a page of the translators' own */
	commit_all("zh", "own page");
	states_are("untranslated new.md 0 0\ndeleted three.md 0 0\n");
	syncs(0);
}

/* Of a hundred changes a deletion comes last; people must not miss it. */
static void what_takes_words_away_is_told_first(void **state)
{
	struct amts_buf en = AMTS_BUF_INIT, zh = AMTS_BUF_INIT;
	const char *message;
	size_t i;

	(void)state;
	for (i = 0; i < 60; i++) {
		amts_buf_addf(&en, "```\ncode %zu\n```\n\n", i);
		amts_buf_addf(&zh, "```\ncode %zu\n```\n\n", i);
	}
	amts_buf_addz(&zh, "关闭电源。\n再打开它。\n");
	put("zh/a/one.md", zh.p);
	amts_buf_addz(&en, "Switch the power off.\nThen switch it on.\n");
	put("zh/a/one_origin.md", en.p);
	put("en/a/one.md", en.p);
	commit_all("en", "much code");
	commit_all("zh", "much code");
	amts_buf_reset(&en);
	for (i = 0; i < 60; i++)
		amts_buf_addf(&en, "```\nrun %zu\n```\n\n", i);
	put("en/a/one.md", en.p);
	commit_all("en", "other code, and less text");
	syncs(1);
	message = git("zh", "show", "-s", "--format=%b", REVIEW, NULL);
	assert_ptr_equal(strstr(message, "were lines 241 to 242: delete"), message + 2);
	assert_non_null(strstr(message, "  and 20 more\n"));
	amts_buf_release(&en);
	amts_buf_release(&zh);
}

static void newer_pages_are_left_alone(void **state)
{
	static const char newer[] = "# One\n\nFirst page.\n\n```\ncode 7\n```\n";
	const struct amts_file *f;
	struct run r;
	size_t n;

	(void)state;
	git("en", "checkout", "-q", "-b", "next", NULL);
	put("en/a/one.md", newer);
	commit_all("en", "for the next edition");
	git("en", "checkout", "-q", "main", NULL);
	put("zh/a/one_origin.md", newer);
	commit_all("zh", "follow the next edition");
	ok(open_sync(&r, err));
	f = amts_sync_files(r.sync, &n);
	assert_int_equal(f->state, AMTS_FILE_AHEAD);
	close_sync(&r);
	syncs(0);
	/* squashed: what it was made from is older than what is there now */
	git("en", "checkout", "-q", "next", NULL); /* and left there */
	put("en/a/one.md", "# One\n\nFirst page.\n\n```\ncode 8\n```\n");
	commit_all("en", "for the next edition");
	git("en", "checkout", "-q", "main", NULL);
	git("en", "merge", "-q", "--squash", "next", NULL);
	git("en", "commit", "-qm", "squashed", NULL);
	change_code();
	ok(open_sync(&r, err));
	f = amts_sync_files(r.sync, &n);
	assert_int_equal(f->state, AMTS_FILE_STALE);
	close_sync(&r);
}

static void what_nothing_tells_the_base_of_is_left_alone(void **state)
{
	(void)state;
	git("zh", "rm", "-q", "a/one_origin.md", NULL);
	commit_all("zh", "lose a snapshot");
	change_code();
	states_are("unknown a/one.md 0 0\n");
	syncs(0);
}

static void translations_in_the_same_repository_are_no_sources(void **state)
{
	(void)state;
	make_repo("one");
	put("one/guide/x.md", "# X\n\nText.\n");
	put("one/guide/x.zh.md", "# X\n\n文。\n");
	put("one/guide/y.md", "# Y\n\nText.\n");
	put("one/.amts-record", "");
	put("one/.amts", "[target \"zh\"]\n\tpath = {dir}/{name}.{lang}{ext}\n");
	commit_all("one", "start");
	git(".", "clone", "-q", "one", "tmp", NULL);
	box_run((const char *const[]){ "rm", "-rf", "zh", NULL });
	box_run((const char *const[]){ "mv", "one", "zh", NULL });
	states_are("untranslated guide/y.zh.md 0 0\n");
}

static void targets_elsewhere_are_synced_from_the_source(void **state)
{
	char url[128];
	struct amts_sync_options opt = { 0 };
	struct run r;

	(void)state;
	git(".", "clone", "-q", "--bare", "zh", "zh.git", NULL);
	snprintf(url, sizeof(url),
		"[target \"zh\"]\n\turl = ../zh.git\n"
		"\tsnapshot = {dir}/{name}_origin{ext}\n");
	put("en/.amts", url);
	change_code();
	ok(amts_project_open(&r.project, "en/a", &env, err));
	ok(amts_sync_open(&r.sync, r.project, "zh", 0, err));
	ok(amts_sync_run(&r.result, r.sync, &opt, err));
	assert_int_equal(r.result.n, 1);
	close_sync(&r);
	assert_non_null(
		strstr(git("zh.git", "show", REVIEW ":a/one.md", NULL), "code 2"));
}

static void bad_input_is_told_clearly(void **state)
{
	struct run r;
	char url[128];
	size_t notes;

	(void)state;
	put("zh/.amts-record", "a/one.md\tnonsense\n");
	commit_all("zh", "damage");
	fails(run_sync(&r, err), AMTS_EPARSE, ".amts-record:1: bad source id");
	git("zh", "reset", "-q", "--hard", "HEAD~1", NULL);
	put("zh/.amts",
		"[amts]\n\tsource = ext::sh -c id\n[target \"zh\"]\n\tpath = {path}\n");
	fails(run_sync(&r, err), AMTS_EPARSE, ".amts:2: transport not allowed");
	unlink("zh/.amts");
	assert_int_equal(symlink("/etc/passwd", "zh/.amts"), 0);
	fails(run_sync(&r, err), AMTS_EFAIL, "cannot read");
	unlink("zh/.amts");
	put("zh/.amts",
		"[amts]\n\tsource = ../nowhere\n[target \"zh\"]\n\tpath = {path}\n");
	fails(run_sync(&r, err), AMTS_ENOTFOUND, "no such repository");
	put("zh/.amts", "[amts]\n\tsource = ../en\n\tsourceBranch = none\n[target "
			"\"zh\"]\n\tpath = {path}\n");
	fails(run_sync(&r, err), AMTS_ENOTFOUND,
		"sourceBranch in '.amts'): no such revision: 'none'");
	make_repo("unborn");
	put("zh/.amts",
		"[amts]\n\tsource = ../unborn\n[target \"zh\"]\n\tpath = {path}\n");
	fails(run_sync(&r, err), AMTS_ENOTFOUND,
		"source: branch 'main' has no commits yet");
	git("zh", "checkout", "-q", ".amts", NULL);
	change_code();
	use_record(); /* of a blob that only the source has */
	put("en/a/one.md", "# One\n\nFirst page.\n\n```\ncode 3\n```\n");
	commit_all("en", "change code again");
	snprintf(url, sizeof(url), "file://%s/en", box);
	git(".", "clone", "-q", "--depth=1", url, "shallow", NULL);
	put("zh/.amts",
		"[amts]\n\tsource = ../shallow\n[target \"zh\"]\n\tpath = {path}\n");
	ok(run_sync(&r, err));
	assert_int_equal(r.result.n, 0);
	assert_int_equal(r.result.unknown, 1);
	assert_non_null(strstr(
		amts_sync_notes(r.sync, &notes)[0], ".amts-record:1: a/one.md: blob"));
	assert_non_null(
		strstr(amts_sync_notes(r.sync, &notes)[0], "git fetch --unshallow"));
	assert_int_equal(notes, 1);
	assert_string_equal(r.result.after.hex, "");
	close_sync(&r);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, box_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_to_do_writes_nothing),
		T(a_change_becomes_a_commit_on_the_review_branch),
		T(the_commit_tells_where_it_comes_from),
		T(a_sentence_known_from_another_page_is_drafted),
		T(pending_blocks_stay_known_until_somebody_edits_them),
		T(what_is_pending_inside_a_block_is_known_too),
		T(both_kinds_of_base_work_alike),
		T(a_record_counts_before_it_is_committed),
		T(runs_give_the_same_commits_wherever_they_are_made),
		T(human_commits_on_the_review_branch_are_kept),
		T(a_merged_branch_is_begun_anew),
		T(so_is_a_squashed_one),
		T(human_commits_of_modes_are_kept),
		T(human_commits_of_links_are_kept),
		T(human_commits_of_submodules_are_kept),
		T(human_commits_that_arrived_need_no_keeping),
		T(a_branch_moved_meanwhile_is_left_alone),
		T(a_branch_that_is_checked_out_is_left_alone),
		T(a_branch_in_the_way_is_told_before_the_work),
		T(a_dry_run_commits_nothing),
		T(paths_limit_a_run),
		T(renamed_sources_take_their_translation_along),
		T(renamed_sources_move_in_the_record),
		T(deleted_and_new_sources_are_told),
		T(what_takes_words_away_is_told_first),
		T(newer_pages_are_left_alone),
		T(what_nothing_tells_the_base_of_is_left_alone),
		T(translations_in_the_same_repository_are_no_sources),
		T(targets_elsewhere_are_synced_from_the_source),
		T(bad_input_is_told_clearly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
