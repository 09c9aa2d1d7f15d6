/* Blocks left to people are drafted by a later run, when something can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/memory.h"
#include "amts/sync.h"
#include "gitbox.h"

static const struct amts_env env = { .config_system = "" };

static const char zh_old[] = "# 页\n\n按下按钮。然后等待。\n\n一段文字。\n\n- 一项\n";

/* A page of which a sentence changes and to which a paragraph comes, synced and merged:
 * both are pending. */
static int setup(void **state)
{
	static const char was[] =
		"# Page\n\nPress the button. Then wait.\n\nSome text.\n\n"
		"- One item\n";
	static const char is[] = "# Page\n\nPress the big red button twice now. Then "
				 "wait.\n\nSome text.\n\n"
				 "Here is a whole new paragraph.\n\n- One item\n";

	if (box_open(state))
		return -1;
	make_repo("en");
	make_repo("zh");
	put("en/page.md", was);
	put("zh/page.md", zh_old);
	put("zh/page_origin.md", was);
	put("zh/.amts", "[amts]\n\tsource = ../en\n[target \"zh\"]\n"
			"\tsnapshot = {dir}/{name}_origin{ext}\n");
	commit_all("en", "write");
	commit_all("zh", "translate");
	put("en/page.md", is);
	commit_all("en", "change");
	return 0;
}

static void merge(void)
{
	git("zh", "merge", "-q", "amts/zh", NULL);
	git("zh", "branch", "-q", "-d", "amts/zh", NULL);
}

/* Documents that a run changes; what it leaves of the page is in the result. */
static size_t run(const char **page)
{
	struct amts_sync_options opt = { 0 };
	struct amts_sync_result r;
	struct amts_project *project;
	struct amts_sync *sync;
	size_t n;

	ok(amts_project_open(&project, "zh", &env, err));
	ok(amts_sync_open(&sync, project, "zh", 0, err));
	ok(amts_sync_run(&r, sync, &opt, err));
	assert_int_equal(r.failed, 0);
	n = r.n;
	amts_sync_free(sync);
	amts_project_free(project);
	if (page)
		*page = git("zh", "show", n ? "amts/zh:page.md" : "HEAD:page.md", NULL);
	return n;
}

static void remember(const char *src, const char *tgt)
{
	struct amts_pair pair = {
		.src = amts_str_z(src), .tgt = amts_str_z(tgt), .score = 1
	};
	struct amts_memory *mem;

	ok(amts_memory_open(&mem, "zh/.git/amts/memory.db", err));
	ok(amts_memory_add(mem, "en", "zh", &pair, 1, err));
	amts_memory_free(mem);
}

static void remember_button(void)
{
	remember("Press the big red button twice now.", "现在按两次红色大按钮。");
}

static void leave_pending(void)
{
	assert_int_equal(run(NULL), 1);
	merge();
	assert_non_null(strstr(git("zh", "show", "HEAD:page.md", NULL),
		"Here is a whole new paragraph."));
	assert_non_null(strstr(git("zh", "show", "HEAD:.amts-record", NULL), "\tfrom="));
}

static void a_changed_sentence_is_drafted_and_nothing_else_touched(void **state)
{
	const char *page, *record;

	(void)state;
	leave_pending();
	assert_int_equal(run(NULL), 0);
	remember_button();
	assert_int_equal(run(&page), 1);
	assert_string_equal(page,
		"# 页\n\n现在按两次红色大按钮。然后等待。\n\n一段文字。\n\n"
		"Here is a whole new paragraph.\n\n- 一项");
	record = git("zh", "show", "amts/zh:.amts-record", NULL);
	assert_null(strchr(record, ',')); /* one is left */
	assert_non_null(strstr(record, "\tfrom="));
	assert_non_null(strstr(git("zh", "show", "-s", "--format=%s", "amts/zh", NULL),
		"Draft what is pending in page.md from en"));
	merge();
	assert_int_equal(run(NULL), 0);
}

static void a_paragraph_in_the_words_of_the_source_is_drafted(void **state)
{
	const char *page;

	(void)state;
	leave_pending();
	remember("Here is a whole new paragraph.", "这是新的一段。");
	assert_int_equal(run(&page), 1);
	assert_string_equal(page, "# 页\n\n按下按钮。然后等待。\n\n一段文字。\n\n"
				  "这是新的一段。\n\n- 一项");
	merge();
	remember_button();
	assert_int_equal(run(&page), 1);
	merge();
	assert_null(strstr(git("zh", "show", "HEAD:page.md", NULL), "按下按钮"));
	assert_string_equal(git("zh", "show", "HEAD:.amts-record", NULL), "");
}

static void what_people_did_meanwhile_stays(void **state)
{
	const char *page;

	(void)state;
	leave_pending();
	put("zh/page.md", "# 我的页\n\n请按红色按钮两次。然后等待。\n\n我的文字。\n\n"
			  "Here is a whole new paragraph.\n\n- 我的一项\n");
	commit_all("zh", "translate by hand");
	remember_button();
	assert_int_equal(run(NULL), 0);
	remember("Here is a whole new paragraph.", "这是新的一段。");
	assert_int_equal(run(&page), 1);
	assert_string_equal(page,
		"# 我的页\n\n请按红色按钮两次。然后等待。\n\n我的文字。\n\n"
		"这是新的一段。\n\n- 我的一项");
}

static void a_page_put_in_to_be_translated_is_drafted(void **state)
{
	(void)state;
	git("zh", "config", "amts.zh.newFiles", "source", NULL);
	leave_pending();
	put("en/new.md", "# New\n\nHere is a whole new paragraph.\n");
	commit_all("en", "new page");
	assert_int_equal(run(NULL), 1);
	merge();
	remember("New", "新");
	assert_int_equal(run(NULL), 1);
	assert_string_equal(git("zh", "show", "amts/zh:new.md", NULL),
		"# 新\n\nHere is a whole new paragraph.");
}

static void nothing_is_tried_twice(void **state)
{
	char *tried;

	(void)state;
	leave_pending();
	assert_int_equal(run(NULL), 0); /* learns what was merged */
	assert_int_equal(run(NULL), 0);
	tried = amts_strdup(git("zh", "hash-object", ".git/amts/retried-zh", NULL));
	put("zh/.git/amts/memory.db-note", "");
	assert_int_equal(run(NULL), 0);
	assert_string_equal(
		git("zh", "hash-object", ".git/amts/retried-zh", NULL), tried);
	free(tried);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, box_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_changed_sentence_is_drafted_and_nothing_else_touched),
		T(a_paragraph_in_the_words_of_the_source_is_drafted),
		T(what_people_did_meanwhile_stays),
		T(a_page_put_in_to_be_translated_is_drafted),
		T(nothing_is_tried_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
