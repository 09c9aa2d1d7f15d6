#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gitbox.h"

#include "amts/sync.h"
#include "project/infer_tree.h"
#include "project/record.h"

/*
 * Documents of six sections.  Revision r of the source changed section r % 6: its code
 * and its formula, or (odd r) a word of its text.
 */
#define SECTIONS 6

/* The last revision up to r that changed section s, and the last of these of one kind. */
static int changed(int s, int r, int words)
{
	while (r > 0 && (r % SECTIONS != s || r % 2 != words))
		r--;
	return r;
}

enum language { ENGLISH, FRENCH };

/* Section s of document `name` in revisions of the text and the code. */
static void section(struct amts_buf *out, enum language lang, const char *name, int s,
	int text, int code)
{
	if (lang == ENGLISH)
		amts_buf_addf(out,
			"## Part %d of %s\n\nThe words of part %d are those of round "
			"%d.\n\n",
			s, name, s, changed(s, text, 1));
	else
		amts_buf_addf(out,
			"## Partie %d de %s\n\nLes mots de la partie %d sont ceux du "
			"tour "
			"%d.\n\n",
			s, name, s, changed(s, text, 1));
	amts_buf_addf(out, "```python\nstep_%d = %s(%d)\n```\n\n$$x_{%d} = y^{%d}$$\n\n",
		s, name, changed(s, code, 0), s, changed(s, text, 0));
}

static const char *document(enum language lang, const char *name, int text, int code)
{
	static struct amts_buf out;
	int s;

	if (!out.p)
		out = (struct amts_buf)AMTS_BUF_INIT;
	amts_buf_reset(&out);
	amts_buf_addf(&out, "# %s\n\n", name);
	for (s = 0; s < SECTIONS; s++)
		section(&out, lang, name, s, text, code);
	return out.p;
}

/* Day d of the test's calendar. */
static void on_day(int d)
{
	char date[40];

	snprintf(date, sizeof(date), "%d +0000", 1700000000 + d * 86400);
	setenv("GIT_COMMITTER_DATE", date, 1);
	setenv("GIT_AUTHOR_DATE", date, 1);
}

static void commit_source(const char *name, int revision)
{
	char path[64];

	snprintf(path, sizeof(path), "src/%s.md", name);
	put(path, document(ENGLISH, name, revision, revision));
	commit_all("src", "change");
}

/* Ten days between revisions of the source; revision r is of day 10 r. */
static void make_source(const char *const *names, int revisions)
{
	int r;

	make_repo("src");
	for (r = 0; r < revisions; r++) {
		const char *const *n;

		on_day(10 * r);
		for (n = names; *n; n++)
			commit_source(*n, r);
	}
	make_repo("tgt");
}

static void translate(const char *name, int day, const char *text)
{
	char path[64];

	on_day(day);
	snprintf(path, sizeof(path), "tgt/%s.md", name);
	put(path, text);
	commit_all("tgt", "translate");
}

struct answer {
	char text[1024]; /* the source's bytes; "" for none */
	char path[64];
	double confidence;
};

static void infer(struct answer *out, const char *const *names)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_infer_file files[8] = { 0 };
	struct amts_repo *src, *tgt;
	struct amts_infer_side source, target;
	struct amts_oid from, to;
	struct amts_str bytes;
	size_t n, i;

	for (n = 0; names[n]; n++)
		files[n].src_path = files[n].tgt_path =
			amts_arena_fmt(arena, "%s.md", names[n]);
	ok(amts_repo_open(&src, "src", err));
	ok(amts_repo_open(&tgt, "tgt", err));
	ok(amts_repo_branch(&from, src, NULL, err));
	ok(amts_repo_branch(&to, tgt, NULL, err));
	source = (struct amts_infer_side){ src, &from, "en" };
	target = (struct amts_infer_side){ tgt, &to, "fr" };
	ok(amts_infer(files, n, arena, &source, &target, NULL, err));
	for (i = 0; i < n; i++) {
		memset(&out[i], 0, sizeof(out[i]));
		out[i].confidence = files[i].confidence;
		if (!files[i].base.hex[0])
			continue;
		ok(amts_repo_blob(&bytes, arena, src, &files[i].base, err));
		memcpy(out[i].text, bytes.p, bytes.n < 1023 ? bytes.n : 1023);
		memcpy(out[i].path, files[i].base_path.p, files[i].base_path.n);
	}
	amts_repo_free(src);
	amts_repo_free(tgt);
	amts_arena_free(arena);
}

static void assert_revision(const struct answer *a, const char *name, int revision)
{
	char want[1024];

	snprintf(want, sizeof(want), "%s", document(ENGLISH, name, revision, revision));
	assert_string_equal(a->text, want);
}

static const char *const one[] = { "fit", NULL };

/* Code of revision 8 is there, that of 10 is not; the number in the text tells 8 from 9.
 */
static void test_exact(void **state)
{
	struct answer a;

	(void)state;
	make_source(one, 14);
	translate("fit", 300, document(FRENCH, "fit", 8, 8));
	infer(&a, one);
	assert_revision(&a, "fit", 8);
	assert_in_range((int)(a.confidence * 100), 40, 100);
}

/* Revisions that differ in words only, and a translation that says nothing about them. */
static void test_ambiguous(void **state)
{
	const char *text = document(ENGLISH, "fit", 4, 4);
	struct answer a;
	char buf[2048];

	(void)state;
	make_source(one, 5);
	snprintf(buf, sizeof(buf), "%s\nOne sentence.\n", text);
	on_day(50);
	put("src/fit.md", buf);
	commit_all("src", "add");
	snprintf(buf, sizeof(buf), "%s\nAnother sentence.\n", text);
	on_day(60);
	put("src/fit.md", buf);
	commit_all("src", "reword");
	snprintf(buf, sizeof(buf), "%s\nUne phrase.\n", document(FRENCH, "fit", 4, 4));
	translate("fit", 300, buf);
	infer(&a, one);
	assert_non_null(strstr(a.text, "sentence."));
	assert_in_range((int)(a.confidence * 100), 25, 75);
}

/* The same, but the rest of the tree was plainly made from the state of day 52. */
static void test_tree(void **state)
{
	const char *const names[] = { "fit", "grow", "join", "keep", NULL };
	struct answer a[4];
	char buf[2048];
	int i;

	(void)state;
	make_source(names, 5);
	on_day(50);
	snprintf(buf, sizeof(buf), "%s\nOne sentence.\n", document(ENGLISH, "fit", 4, 4));
	put("src/fit.md", buf);
	commit_source("grow", 5);
	on_day(60);
	snprintf(buf, sizeof(buf), "%s\nAnother sentence.\n",
		document(ENGLISH, "fit", 4, 4));
	put("src/fit.md", buf);
	for (i = 1; i < 4; i++)
		commit_source(names[i], 6);
	snprintf(buf, sizeof(buf), "%s\nUne phrase.\n", document(FRENCH, "fit", 4, 4));
	translate("fit", 300, buf);
	translate("grow", 300, document(FRENCH, "grow", 5, 5));
	translate("join", 300, document(FRENCH, "join", 4, 4));
	translate("keep", 300, document(FRENCH, "keep", 4, 4));
	infer(a, names);
	assert_non_null(strstr(a[0].text, "One sentence."));
	assert_revision(&a[1], "grow", 5);
	assert_revision(&a[2], "join", 4);
}

/* The source moved twice; the translation stayed at the second path. */
static void test_renamed(void **state)
{
	const char *const names[] = { "middle", NULL };
	struct answer a;

	(void)state;
	make_source(one, 5);
	git("src", "mv", "fit.md", "middle.md", NULL);
	commit_all("src", "move");
	git("src", "mv", "middle.md", "last.md", NULL);
	put("src/last.md", document(ENGLISH, "fit", 6, 6));
	commit_all("src", "move and change");
	translate("middle", 300, document(FRENCH, "fit", 2, 2));
	infer(&a, names);
	assert_revision(&a, "fit", 2);
	assert_string_equal(a.path, "fit.md");
	translate("middle", 400, document(FRENCH, "fit", 6, 6));
	infer(&a, names);
	assert_revision(&a, "fit", 6);
	assert_string_equal(a.path, "last.md");
}

/* Sections and code of the translators' own do not count against the right base. */
static void test_target_ahead(void **state)
{
	struct answer a;
	char buf[2048];

	(void)state;
	make_source(one, 12);
	snprintf(buf, sizeof(buf),
		"%s## Une partie de plus\n\nPour nos lecteurs.\n\n```python\nown = 1\n"
		"more = 2\n```\n",
		document(FRENCH, "fit", 8, 8));
	translate("fit", 300, buf);
	infer(&a, one);
	assert_revision(&a, "fit", 8);
}

/* Nobody translates what is not written yet, whatever the code looks like. */
static void test_not_from_the_future(void **state)
{
	struct answer a;

	(void)state;
	make_source(one, 12);
	translate("fit", 65, document(FRENCH, "fit", 8, 8));
	infer(&a, one);
	assert_revision(&a, "fit", 6);
}

/* People brought the code up to date and left the words: the words are what counts. */
static void test_code_alone(void **state)
{
	const char *const names[] = { "fit", "grow", "join", "keep", NULL };
	struct answer a[4];
	int i;

	(void)state;
	make_source(names, 12);
	for (i = 0; i < 4; i++)
		translate(names[i], 45, document(FRENCH, names[i], 4, 4));
	for (i = 0; i < 4; i++)
		translate(names[i], 300, document(FRENCH, names[i], 4, 10));
	infer(a, names);
	for (i = 0; i < 4; i++)
		assert_revision(&a[i], names[i], 4);
}

static void test_nothing_fits(void **state)
{
	const char *const names[] = { "fit", "grow", "none", NULL };
	struct answer a[3];

	(void)state;
	make_source(names, 6);
	git("src", "rm", "-q", "none.md", NULL);
	git("src", "commit", "-q", "--amend", "-m", "change", NULL);
	translate("fit", 300, document(FRENCH, "fit", 3, 3));
	translate("grow", 300,
		"# Autre chose\n\n- un\n- deux\n\nUn texte.\n\n> cite\n\n"
		"```c\nint own;\n```\n\nEncore.\n");
	translate("unknown", 300, "# Sans source\n");
	infer(a, names);
	assert_revision(&a[0], "fit", 3);
	assert_string_equal(a[1].text, "");
	assert_true(a[1].confidence == 0);
	assert_string_equal(a[2].text, "");
}

/* A tree with folders for languages: what is sure goes into the record. */
static void test_record(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_infer_tree where = { .src_lang = "en",
		.lang = "fr",
		.source_path = "{path}",
		.path = "{lang}/{path}" };
	struct amts_record record = { 0 };
	struct amts_infer_side source, target;
	struct amts_infer_file *files;
	struct amts_oid from, to;
	struct amts_repo *src, *tgt;
	struct amts_tree tree;
	size_t n;

	(void)state;
	make_source(one, 5);
	translate("fr/fit", 300, document(FRENCH, "fit", 4, 4));
	translate("fr/other", 300, "# Sans source\n");
	translate("de/fit", 300, document(FRENCH, "fit", 2, 2));
	put("tgt/fr/fit.py", "x = 1\n");
	commit_all("tgt", "no markdown");
	ok(amts_repo_open(&src, "src", err));
	ok(amts_repo_open(&tgt, "tgt", err));
	ok(amts_repo_branch(&from, src, NULL, err));
	ok(amts_repo_branch(&to, tgt, NULL, err));
	ok(amts_repo_tree(&tree, arena, tgt, &to, err));
	where.tgt_tree = &tree;
	source = (struct amts_infer_side){ src, &from, "en" };
	target = (struct amts_infer_side){ tgt, &to, "fr" };
	ok(amts_infer_tree(&files, &n, &record, arena, &where, &source, &target, err));
	assert_int_equal(n, 2);
	assert_int_equal(record.n, 1);
	assert_string_equal(record.v[0].path.p, "fr/fit.md");
	assert_string_equal(
		record.v[0].source.hex, git("src", "rev-parse", "HEAD:fit.md", NULL));
	assert_string_equal(files[0].commit.hex, git("src", "rev-parse", "HEAD", NULL));
	assert_int_equal(files[0].time, 1700000000 + 40 * 86400);
	amts_repo_free(src);
	amts_repo_free(tgt);
	amts_arena_free(arena);
}

/* init proposes the record when nothing else tells. */
static void test_init(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_detect_options opt = { .source = "../src", .lang = "fr" };
	struct amts_env env = { .config_system = "", .cache_dir = "cache" };
	struct amts_detected found;
	struct amts_repo *tgt;
	const char *want;

	(void)state;
	make_source(one, 5);
	translate("fit", 300, document(FRENCH, "fit", 4, 4));
	ok(amts_repo_open(&tgt, "tgt", err));
	ok(amts_detect(&found, arena, tgt, &opt, &env, err));
	want = git("src", "rev-parse", "HEAD:fit.md", NULL);
	assert_string_equal(
		found.record.p, amts_arena_fmt(arena, "fit.md\t%s\t-\n", want).p);
	assert_non_null(strstr(found.v[found.n - 2].text.p,
		"1 of 1 translations are placed in the history of src"));
	assert_string_equal(found.v[found.n - 1].text.p,
		"fit.md: made from the source of 2023-12-24");
	amts_repo_free(tgt);
	amts_arena_free(arena);
}

/* One version is no choice: a shallow clone of the source tells nothing. */
static void test_shallow(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_detect_options opt = { .source = "../clone", .lang = "fr" };
	struct amts_env env = { .config_system = "", .cache_dir = "cache" };
	struct amts_detected found;
	struct amts_repo *tgt;
	char url[128];

	(void)state;
	make_source(one, 5);
	snprintf(url, sizeof(url), "file://%s/src", box);
	git(".", "clone", "-q", "--depth", "1", url, "clone", NULL);
	translate("fit", 300, document(FRENCH, "fit", 4, 4));
	ok(amts_repo_open(&tgt, "tgt", err));
	ok(amts_detect(&found, arena, tgt, &opt, &env, err));
	assert_int_equal(found.record.n, 0);
	assert_non_null(strstr(found.v[found.n - 1].text.p, "shallow clone"));
	assert_true(found.v[found.n - 1].sure == 0);
	amts_repo_free(tgt);
	amts_arena_free(arena);
}

/* init proposes nothing that cannot be loaded. */
static void test_init_languages(void **state)
{
	static const char *const bad[] = { "x y z", "zh_CN", "-fr", "xx", "",
		"a\"]\n[b" };
	struct amts_arena *arena = amts_arena_new();
	struct amts_env env = { .config_system = "", .cache_dir = "cache" };
	struct amts_detected found;
	struct amts_repo *tgt;
	size_t i;

	(void)state;
	make_source(one, 5);
	translate("fit", 300, document(FRENCH, "fit", 4, 4));
	ok(amts_repo_open(&tgt, "tgt", err));
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *url = "../src";
		struct amts_detect_options here = { .source = url, .lang = bad[i] };
		struct amts_detect_options there = {
			.target_langs = &bad[i], .target_urls = &url, .ntargets = 1
		};

		fails(amts_detect(&found, arena, tgt, &here, &env, err), AMTS_EUSAGE,
			"not a language");
		fails(amts_detect(&found, arena, tgt, &there, &env, err), AMTS_EUSAGE,
			"not a language");
	}
	amts_repo_free(tgt);
	amts_arena_free(arena);
}

/* A run that finds nothing recorded looks in the history and records what it found. */
static void test_run(void **state)
{
	struct amts_env env = { .config_system = "", .cache_dir = "cache" };
	struct amts_sync_options opt = { .engine = "memory" };
	struct amts_sync_result result;
	struct amts_project *project;
	struct amts_sync *sync;
	const char *want;
	char line[128];

	(void)state;
	make_source(one, 5);
	put("tgt/.amts", "[amts]\nsource = ../src\n[target \"fr\"]\npath = {path}\n");
	translate("fit", 300, document(FRENCH, "fit", 2, 2));
	ok(amts_project_open(&project, "tgt", &env, err));
	ok(amts_sync_open(&sync, project, "fr", 1, err));
	ok(amts_sync_run(&result, sync, &opt, err));
	assert_int_equal(result.n, 1);
	assert_int_equal(result.failed, 0);
	assert_int_equal(result.v[0].file->state, AMTS_FILE_STALE);
	want = git("src", "rev-parse", "HEAD:fit.md", NULL);
	snprintf(line, sizeof(line), "fit.md\t%s\t", want);
	assert_non_null(strstr(git("tgt", "show", "amts/fr:.amts-record", NULL), line));
	assert_non_null(strstr(git("tgt", "show", "amts/fr:fit.md", NULL), "fit(4)"));
	amts_sync_free(sync);
	amts_project_free(project);
}

/* A translation that came after the record was made, beside one that is recorded. */
static void test_run_later(void **state)
{
	static const char *const two[] = { "fit", "late", NULL };
	struct amts_env env = { .config_system = "", .cache_dir = "cache" };
	struct amts_sync_options opt = { .engine = "memory" };
	struct amts_sync_result result;
	struct amts_project *project;
	struct amts_sync *sync;
	char record[128], line[64];

	(void)state;
	make_source(two, 5);
	put("tgt/.amts", "[amts]\nsource = ../src\n[target \"fr\"]\npath = {path}\n");
	translate("fit", 300, document(FRENCH, "fit", 2, 2));
	snprintf(
		line, sizeof(line), "%s", git("src", "rev-parse", "HEAD~5:fit.md", NULL));
	snprintf(record, sizeof(record), "fit.md\t%s\t-\n", line);
	put("tgt/.amts-record", record);
	translate("late", 300, document(FRENCH, "late", 3, 3));
	ok(amts_project_open(&project, "tgt", &env, err));
	ok(amts_sync_open(&sync, project, "fr", 1, err));
	ok(amts_sync_run(&result, sync, &opt, err));
	assert_int_equal(result.n, 2);
	assert_int_equal(result.failed, 0);
	assert_string_equal(result.v[0].file->base.hex, line); /* as recorded */
	assert_string_equal(result.v[1].file->base.hex,
		git("src", "rev-parse", "HEAD~2:late.md", NULL));
	assert_non_null(strstr(git("tgt", "show", "amts/fr:late.md", NULL), "late(4)"));
	amts_sync_free(sync);
	amts_project_free(project);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_exact, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_ambiguous, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_tree, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_renamed, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_target_ahead, box_open, box_close),
		cmocka_unit_test_setup_teardown(
			test_not_from_the_future, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_code_alone, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_nothing_fits, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_record, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_init, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_init_languages, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_run, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_run_later, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_shallow, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
