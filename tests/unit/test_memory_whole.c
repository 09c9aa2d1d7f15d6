/* The memory as a whole: imported, listed, counted, forgotten, set aside. */
#include "amts/bitext.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char dir[64];
	const char *path;
	struct amts_arena *arena;
	struct amts_memory *mem;
	struct amts_error err;
};

static int setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));

	snprintf(f->dir, sizeof(f->dir), "/tmp/amts-whole-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->arena = amts_arena_new();
	f->path = amts_arena_fmt(f->arena, "%s/m.db", f->dir).p;
	assert_int_equal(amts_memory_open(&f->mem, f->path, &f->err), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = { "m.db", "m.db-wal", "m.db-shm",
		"m.db.damaged", "m.db.damaged-wal", "m.db.damaged-shm", "ref.db",
		"ref.db-wal", "ref.db-shm" };
	struct fixture *f = *state;
	size_t i;

	amts_memory_free(f->mem);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		remove(amts_arena_fmt(f->arena, "%s/%s", f->dir, names[i]).p);
	rmdir(f->dir);
	amts_arena_free(f->arena);
	test_free(f);
	return 0;
}

static void learn(struct fixture *f, const char *tgt_lang, const char *path,
	const char *src, const char *tgt, int draft)
{
	struct amts_pair p = { .src = amts_str_z(src),
		.tgt = amts_str_z(tgt),
		.before = AMTS_STR("Before."),
		.path = amts_str_z(path),
		.date = 100,
		.score = 1,
		.draft = draft };

	if (amts_memory_add(f->mem, "en", tgt_lang, &p, 1, &f->err))
		fail_msg("%s", f->err.msg);
}

static int write_down(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *p, struct amts_error *err)
{
	(void)err;
	amts_buf_addf(payload, "%s-%s %.*s=%.*s (%.*s) %.*s %d\n", src_lang, tgt_lang,
		AMTS_STR_ARG(p->src), AMTS_STR_ARG(p->tgt), AMTS_STR_ARG(p->before),
		AMTS_STR_ARG(p->path), p->draft);
	return AMTS_OK;
}

static struct amts_str all_of(struct fixture *f, struct amts_memory *mem)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str s;

	if (amts_memory_each(mem, NULL, NULL, write_down, &b, &f->err))
		fail_msg("%s", f->err.msg);
	s = amts_arena_str(f->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

static void learn_some(struct fixture *f)
{
	learn(f, "zh", "b.md", "two", "二", 0);
	learn(f, "zh", "a.md", "one", "一", 0);
	learn(f, "tr", "x/a.md", "one", "bir", 1);
}

static void listed(void **state)
{
	struct fixture *f = *state;

	learn_some(f);
	assert_string_equal(all_of(f, f->mem).p, "en-tr one=bir (Before.) x/a.md 1\n"
						 "en-zh one=一 (Before.) a.md 0\n"
						 "en-zh two=二 (Before.) b.md 0\n");
}

static void counted(void **state)
{
	struct fixture *f = *state;
	struct amts_memory_stats *v;
	size_t n;

	learn_some(f);
	learn(f, "zh", "b.md", "two", "贰", 0);
	assert_int_equal(amts_memory_stats(&v, &n, f->arena, f->mem, &f->err), 0);
	assert_int_equal(n, 2);
	assert_string_equal(v[0].tgt_lang, "tr");
	assert_int_equal(v[0].drafts, 1);
	assert_int_equal(v[1].pairs, 3);
	assert_int_equal(v[1].segments, 2);
	assert_int_equal(v[1].documents, 2);
	assert_int_equal(v[1].oldest, 100);
}

static void forgotten(void **state)
{
	static const struct {
		struct amts_memory_filter filter;
		size_t n;
		const char *left;
	} cases[] = {
		{ { NULL, "zh", NULL, 0 }, 2, "en-tr one=bir (Before.) x/a.md 1\n" },
		{ { NULL, NULL, "a.md", 0 }, 2, "en-zh two=二 (Before.) b.md 0\n" },
		{ { "en", NULL, "/x/", 1 }, 1,
			"en-zh one=一 (Before.) a.md 0\n"
			"en-zh two=二 (Before.) b.md 0\n" },
		{ { "de", NULL, NULL, 0 }, 0,
			"en-tr one=bir (Before.) x/a.md 1\n"
			"en-zh one=一 (Before.) a.md 0\n"
			"en-zh two=二 (Before.) b.md 0\n" },
		{ { NULL, NULL, NULL, 0 }, 3, "" },
	};
	struct fixture *f = *state;
	size_t i, n, count;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct amts_hit hit;

		learn_some(f);
		assert_int_equal(
			amts_memory_forget(&n, f->mem, &cases[i].filter, &f->err), 0);
		assert_int_equal(n, cases[i].n);
		assert_string_equal(all_of(f, f->mem).p, cases[i].left);
		assert_int_equal(
			amts_memory_count(&count, f->mem, NULL, NULL, &f->err), 0);
		assert_int_equal(count, 3 - n);
		/* and it is learnt again as if it had never been there */
		learn_some(f);
		assert_int_equal(
			amts_memory_lookup(&hit, &n, 1, f->arena, f->mem, "en", "zh",
				AMTS_STR("two"), AMTS_STR(""), .75, &f->err),
			0);
		assert_int_equal(n, 1);
		assert_int_equal(
			amts_memory_count(&count, f->mem, NULL, NULL, &f->err), 0);
		assert_int_equal(count, 3);
	}
}

static void bad_patterns(void **state)
{
	struct fixture *f = *state;
	struct amts_memory_filter filter = { .path = "[" };
	size_t n;

	assert_int_equal(amts_memory_forget(&n, f->mem, &filter, &f->err), AMTS_EUSAGE);
}

static void set_aside(void **state)
{
	struct fixture *f = *state;
	FILE *file;

	learn_some(f);
	amts_memory_free(f->mem);
	f->mem = NULL;
	file = fopen(f->path, "r+b");
	assert_non_null(file);
	fputs("no database", file);
	fclose(file);
	assert_int_equal(amts_memory_open(&f->mem, f->path, &f->err), AMTS_EPARSE);
	assert_int_equal(amts_memory_set_aside(f->path, &f->err), 0);
	assert_int_equal(amts_memory_open(&f->mem, f->path, &f->err), 0);
	assert_string_equal(all_of(f, f->mem).p, "");
	assert_int_equal(
		access(amts_arena_fmt(f->arena, "%s" AMTS_MEMORY_ASIDE, f->path).p, F_OK),
		0);
	assert_int_equal(amts_memory_set_aside("/nowhere/m.db", &f->err), AMTS_EFAIL);
}

/* A TMX of n sentences, more than one transaction takes. */
#define SENTENCES 60000
#define TRANSACTION 50000
static struct amts_str big_file(struct fixture *f, int n)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str s;
	int i;

	amts_buf_addz(&b, "<tmx><header srclang='en'/><body>");
	for (i = 0; i < n; i++)
		amts_buf_addf(&b,
			"<tu><tuv xml:lang='en'><seg>About w%d.</seg></tuv>"
			"<tuv xml:lang='zh'><seg>第%d句</seg></tuv></tu>",
			i % (n - n / 9), i);
	amts_buf_addz(&b, "</body></tmx>");
	s = amts_arena_str(f->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

static int import(struct amts_memory *mem, struct amts_str file, struct amts_error *err)
{
	size_t n;

	return amts_bitext_import(
		&n, mem, file, "big.tmx", AMTS_BITEXT_TMX, NULL, NULL, NULL, err);
}

static void import_and_exit(const char *path, struct amts_str file)
{
	struct amts_error err;
	struct amts_memory *mem;

	if (amts_memory_open(&mem, path, &err) || import(mem, file, &err))
		_exit(1);
	amts_memory_free(mem);
	_exit(0);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t count_pairs(struct fixture *f, struct amts_memory *mem)
{
	size_t n;

	assert_int_equal(amts_memory_count(&n, mem, NULL, NULL, &f->err), 0);
	return n;
}

/* Killed at every tenth of an import, the next one ends with what one alone gives. */
static void killed_imports(void **state)
{
	struct fixture *f = *state;
	struct amts_str file = big_file(f, SENTENCES), expected;
	const char *ref = amts_arena_fmt(f->arena, "%s/ref.db", f->dir).p;
	struct amts_memory *mem;
	double took = now();
	size_t whole, killed = 0;
	int i, status;

	assert_int_equal(amts_memory_open(&mem, ref, &f->err), 0);
	assert_int_equal(import(mem, file, &f->err), 0);
	took = now() - took;
	expected = all_of(f, mem);
	whole = count_pairs(f, mem);
	amts_memory_free(mem);
	for (i = 1; i < 10; i++) {
		double wait = took * i / 10;
		struct timespec t = { (time_t)wait,
			(long)((wait - (double)(time_t)wait) * 1e9) };
		struct amts_memory_filter everything = { 0 };
		pid_t pid = fork();
		size_t n;

		assert_true(pid >= 0);
		if (!pid)
			import_and_exit(f->path, file);
		nanosleep(&t, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		n = count_pairs(f, f->mem);
		assert_true(n % TRANSACTION == 0 || n == whole);
		killed += WIFSIGNALED(status);
		assert_int_equal(import(f->mem, file, &f->err), 0);
		assert_int_equal(count_pairs(f, f->mem), whole);
		assert_true(amts_str_eq(all_of(f, f->mem), expected));
		assert_int_equal(amts_memory_forget(&n, f->mem, &everything, &f->err), 0);
	}
	assert_true(killed > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(listed),
		TEST(counted),
		TEST(forgotten),
		TEST(bad_patterns),
		TEST(set_aside),
		TEST(killed_imports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
