/* The revisions of a target whose base is known, from its commits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/sync.h"
#include "gitbox.h"
#include "sync/revisions.h"

static const struct amts_env env = { .config_system = "" };

struct found {
	struct amts_project *project;
	struct amts_sync *sync;
	struct amts_arena *arena;
	struct amts_revision *v;
	size_t n;
};

static void find(struct found *f)
{
	struct amts_error err = AMTS_ERROR_INIT;

	f->arena = amts_arena_new();
	if (amts_project_open(&f->project, "zh", &env, &err) ||
		amts_sync_open(&f->sync, f->project, "zh", AMTS_SYNC_REVIEWED, &err) ||
		amts_revisions_find(&f->v, &f->n, f->arena, f->sync, &err))
		fail_msg("%s", err.msg);
}

static void release(struct found *f)
{
	amts_sync_free(f->sync);
	amts_project_free(f->project);
	amts_arena_free(f->arena);
}

/* Revision i is of this path, and has the first lines that its two blobs begin with. */
static void is(const struct found *f, size_t i, const char *path, const char *src,
	const char *tgt)
{
	assert_true(i < f->n);
	assert_string_equal(f->v[i].path.p, path);
	assert_string_equal(git("en", "cat-file", "-p", f->v[i].src.hex, NULL), src);
	assert_string_equal(git("zh", "cat-file", "-p", f->v[i].tgt.hex, NULL), tgt);
}

static void write_config(const char *more)
{
	char text[200];

	snprintf(text, sizeof(text),
		"[amts]\n\tsource = ../en\n[target \"zh\"]\n\tpath = {path}\n%s", more);
	put("zh/.amts", text);
}

static void record(const char *path)
{
	char line[160];

	snprintf(line, sizeof(line), "%s\t%s\t-\n", path,
		git("en", "hash-object", "en.tmp", NULL));
	put("zh/.amts-record", line);
}

/* A source of one page, and its translation recorded. */
static void recorded(void)
{
	make_repo("en");
	make_repo("zh");
	put("en/page.md", "one");
	put("en/en.tmp", "one");
	commit_all("en", "one");
	write_config("");
	put("zh/page.md", "yi");
	record("page.md");
	commit_all("zh", "yi");
}

static void by_record(void **state)
{
	struct found f;

	(void)state;
	recorded();
	put("zh/page.md", "yi 2");
	commit_all("zh", "yi 2");
	put("en/page.md", "two");
	put("en/en.tmp", "two");
	commit_all("en", "two");
	record("page.md");
	put("zh/page.md", "er");
	put("zh/notes.txt", "not a page");
	commit_all("zh", "er");
	find(&f);
	assert_int_equal(f.n, 3);
	is(&f, 0, "page.md", "one", "yi");
	is(&f, 1, "page.md", "one", "yi 2");
	is(&f, 2, "page.md", "two", "er");
	assert_true(f.v[0].before == AMTS_REVISION_FIRST);
	assert_int_equal(f.v[2].before, 1);
	assert_int_equal(f.v[1].current, 0);
	assert_int_equal(f.v[2].current, 1);
	assert_string_equal(f.v[2].commit.hex, git("zh", "rev-parse", "HEAD", NULL));
	release(&f);
}

/* A record that cannot be read changes nothing; nor does a deletion, or what comes back
 * unchanged. */
static void odd_commits(void **state)
{
	struct found f;

	(void)state;
	recorded();
	put("zh/.amts-record", "<<<<<<< ours\n");
	commit_all("zh", "broken");
	git("zh", "rm", "-q", "page.md", NULL);
	commit_all("zh", "gone");
	put("zh/page.md", "yi");
	record("page.md");
	commit_all("zh", "back");
	find(&f);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.v[0].current, 1);
	release(&f);
	git("zh", "rm", "-q", "page.md", NULL);
	commit_all("zh", "gone again");
	find(&f);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.v[0].current, 0);
	release(&f);
}

static void both(const char *en_path, const char *zh_path, const char *text)
{
	put(en_path, text);
	put(zh_path, text);
}

/* Snapshots that lay elsewhere once say what the translation was made from then. */
static void by_former_snapshots(void **state)
{
	struct found f;

	(void)state;
	recorded();
	git("zh", "rm", "-q", ".amts-record", NULL);
	write_config("\tsnapshot = {dir}/{name}_origin{ext}\n");
	put("zh/page.md", "yi 2");
	both("en/page.md", "zh/page_en.md", "one\nand\nthe\nother");
	commit_all("en", "more");
	put("zh/page_notes.md", "nothing alike");
	commit_all("zh", "a snapshot");
	put("zh/page.md", "er");
	both("en/page.md", "zh/page_origin.md", "one\nand\nthe\nother\ntwo");
	commit_all("en", "two");
	git("zh", "rm", "-q", "page_en.md", "page_notes.md", NULL);
	commit_all("zh", "it is called otherwise");
	find(&f);
	assert_int_equal(f.n, 3);
	is(&f, 0, "page.md", "one", "yi");
	is(&f, 1, "page.md", "one\nand\nthe\nother", "yi 2");
	is(&f, 2, "page.md", "one\nand\nthe\nother\ntwo", "er");
	release(&f);
}

/* A translation that names the commit of the source it was made from. */
static void write_named(const char *commit, const char *text)
{
	char page[300];

	snprintf(page, sizeof(page),
		"---\ntitle: x\nl10n:\n  sourceCommit: '%s'\n---\n%s", commit, text);
	put("zh/page.md", page);
}

static void by_front_matter(void **state)
{
	const char *one, *two;
	struct found f;

	(void)state;
	make_repo("en");
	make_repo("zh");
	put("en/page.md", "one");
	commit_all("en", "one");
	one = git("en", "rev-parse", "HEAD", NULL);
	one = strdup(one);
	put("en/page.md", "two");
	commit_all("en", "two");
	two = git("en", "rev-parse", "--short", "HEAD", NULL);
	two = strdup(two);
	write_config("");
	put("zh/page.md", "---\nid: 1234567\n---\nyi 0");
	commit_all("zh", "nothing named");
	write_named(one, "yi");
	commit_all("zh", "yi");
	write_named(one, "yi 2");
	commit_all("zh", "yi 2");
	write_named(two, "er");
	commit_all("zh", "er");
	write_named("0123456789012345678901234567890123456789", "san");
	commit_all("zh", "of a commit that is not here");
	find(&f);
	assert_int_equal(f.n, 3);
	assert_string_equal(git("en", "cat-file", "-p", f.v[0].src.hex, NULL), "one");
	assert_string_equal(git("en", "cat-file", "-p", f.v[1].src.hex, NULL), "one");
	assert_string_equal(git("en", "cat-file", "-p", f.v[2].src.hex, NULL), "two");
	assert_int_equal(f.v[2].before, 1);
	assert_int_equal(f.v[2].current, 0);
	release(&f);
	free((char *)one);
	free((char *)two);
}

#define WOVEN                                                                            \
	"<!--\n# Tea\n-->\n\n# Cha\n\n<!--\nBoil water.\n-->\n\nShao shui.\n\n"          \
	"<!-- Pour it over the leaves. -->\n\nDao zai cha ye shang.\n"

/* English in comments before what it became. */
static void by_what_is_woven_in(void **state)
{
	struct found f;

	(void)state;
	make_repo("en");
	make_repo("zh");
	put("en/page.md", "unlike");
	commit_all("en", "one");
	write_config("");
	put("zh/page.md", WOVEN);
	put("zh/other.md",
		"Cha\n\n<!-- todo -->\n\n<!-- check -->\n\n<!-- this -->\n\n"
		"Dao zai cha ye shang, shao shui, dao zai cha ye shang, he cha.\n");
	commit_all("zh", "yi");
	put("zh/page.md", WOVEN "\nHe cha.\n");
	commit_all("zh", "yi 2");
	find(&f);
	assert_int_equal(f.n, 2);
	assert_int_equal(f.v[0].woven, 1);
	assert_true(amts_oid_eq(&f.v[0].src, &f.v[0].tgt));
	assert_int_equal(f.v[1].woven, 1);
	assert_int_equal(f.v[1].before, 0);
	assert_int_equal(f.v[1].current, 1);
	release(&f);
}

static void in_a_fork(void **state)
{
	struct found f;

	(void)state;
	make_repo("en");
	put("en/page.md", "one");
	commit_all("en", "one");
	git(".", "clone", "-q", "en", "zh", NULL);
	git("zh", "config", "user.name", "Ada Example", NULL);
	git("zh", "config", "user.email", "ada@example.org", NULL);
	write_config("");
	put("zh/page.md", "yi");
	commit_all("zh", "yi");
	put("en/page.md", "two");
	commit_all("en", "two");
	put("zh/page.md", "yi 2");
	commit_all("zh", "yi 2");
	git("zh", "fetch", "-q", "origin", NULL);
	git("zh", "merge", "-q", "-s", "ours", "-m", "merge", "origin/main", NULL);
	put("zh/page.md", "er");
	commit_all("zh", "er");
	find(&f);
	/* the page of the common ancestor, as a translation of itself; and the merge */
	assert_int_equal(f.n, 5);
	is(&f, 0, "page.md", "one", "one");
	is(&f, 1, "page.md", "one", "yi");
	is(&f, 2, "page.md", "one", "yi 2");
	is(&f, 3, "page.md", "two", "yi 2");
	is(&f, 4, "page.md", "two", "er");
	release(&f);
}

/* A commit as sync makes them: `drafted` of the source's head, at its time or another. */
static int is_draft(const char *drafted, const char *date)
{
	struct found f;
	char message[300];
	size_t last;
	int draft;

	put("zh/page.md", drafted);
	snprintf(message, sizeof(message),
		"Sync page.md\n\nAmts-Source: en@%s\nAmts-Units: %s, 0 kept, 0 pending\n",
		git("en", "rev-parse", "HEAD", NULL), drafted);
	setenv("GIT_COMMITTER_DATE", date, 1);
	commit_all("zh", message);
	setenv("GIT_COMMITTER_DATE", "2024-05-01T10:00:00Z", 1);
	find(&f);
	last = f.n - 1;
	assert_int_equal(f.v[last].current, 1);
	draft = f.v[last].draft;
	release(&f);
	return draft;
}

static void drafts(void **state)
{
	(void)state;
	recorded();
	assert_int_equal(is_draft("2 drafted", "2024-05-01T10:00:00Z"), 1);
	assert_int_equal(is_draft("0 drafted", "2024-05-01T10:00:00Z"), 0);
	/* made anew by someone, later */
	assert_int_equal(is_draft("3 drafted", "2024-05-03T10:00:00Z"), 0);
}

#define BOX(test) cmocka_unit_test_setup_teardown(test, box_open, box_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOX(by_record),
		BOX(odd_commits),
		BOX(by_former_snapshots),
		BOX(by_front_matter),
		BOX(by_what_is_woven_in),
		BOX(in_a_fork),
		BOX(drafts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
