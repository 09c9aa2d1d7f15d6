/* The memory's file: several processes, kills, damage, other files. */
#include "amts/memory.h"

#include <dirent.h>
#include <errno.h>
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
	char dir[64], path[96];
	struct amts_error err;
};

static int setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));

	snprintf(f->dir, sizeof(f->dir), "/tmp/amts-memory-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/sub/memory.db", f->dir);
	*state = f;
	return 0;
}

static void empty_folder(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char path[512];

		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	char sub[80];

	snprintf(sub, sizeof(sub), "%s/sub", f->dir);
	empty_folder(sub);
	empty_folder(f->dir);
	test_free(f);
	return 0;
}

/* Add sentences [from, to) of one writer in one transaction. */
static int add(
	struct amts_memory *mem, int writer, int from, int to, struct amts_error *err)
{
	struct amts_arena *a = amts_arena_new();
	struct amts_pair *v = AMTS_NEW(a, struct amts_pair, (size_t)(to - from));
	int i, rc;

	for (i = from; i < to; i++) {
		struct amts_pair *p = &v[i - from];

		p->src = amts_arena_fmt(
			a, "Sentence w%d of writer x%d is about y%d.", i, writer, i / 7);
		p->tgt = amts_arena_fmt(a, "第%d号作者的第%d句", writer, i);
		p->before = i > from ? v[i - from - 1].src : AMTS_STR("");
		p->path = amts_arena_fmt(a, "file-%d.md", i / 10);
	}
	rc = amts_memory_add(mem, "en", "zh", v, (size_t)(to - from), err);
	amts_arena_free(a);
	return rc;
}

/* Number of pairs, each of which must be found by its words as well as by its text. */
static size_t count_and_check(struct fixture *f, int writers, int sentences)
{
	struct amts_arena *a = amts_arena_new();
	struct amts_memory *mem;
	size_t n, found = 0, nhits;
	int w, i;

	if (amts_memory_open(&mem, f->path, &f->err))
		fail_msg("%s", f->err.msg);
	assert_int_equal(amts_memory_count(&n, mem, NULL, NULL, &f->err), 0);
	for (w = 0; w < writers; w++)
		for (i = 0; i < sentences; i++) {
			struct amts_str src = amts_arena_fmt(a,
				"Sentence w%d of writer x%d was about y%d.", i, w, i / 7);
			struct amts_hit hit;

			assert_int_equal(amts_memory_lookup(&hit, &nhits, 1, a, mem, "en",
						 "zh", src, AMTS_STR(""), .86, &f->err),
				0);
			found += nhits;
		}
	amts_memory_free(mem);
	amts_arena_free(a);
	assert_int_equal(found, n);
	return n;
}

static void persists(void **state)
{
	struct fixture *f = *state;
	struct amts_memory *mem;

	assert_int_equal(amts_memory_open(&mem, f->path, &f->err), 0);
	assert_int_equal(add(mem, 0, 0, 50, &f->err), 0);
	amts_memory_free(mem);
	assert_int_equal(count_and_check(f, 1, 60), 50);
	assert_int_equal(count_and_check(f, 1, 60), 50);
}

static void open_and_add(const char *path, int writer)
{
	struct amts_error err;
	struct amts_memory *mem;
	int i;

	if (amts_memory_open(&mem, path, &err))
		_exit(1);
	for (i = 0; i < 100; i += 10)
		if (add(mem, writer, i, i + 10, &err))
			_exit(2);
	amts_memory_free(mem);
	_exit(0);
}

/* All of them open the file that does not exist yet. */
static void several_processes(void **state)
{
	enum { WRITERS = 6 };
	struct fixture *f = *state;
	int i, status;

	for (i = 0; i < WRITERS; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (!pid)
			open_and_add(f->path, i);
	}
	for (i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	assert_int_equal(count_and_check(f, WRITERS, 100), WRITERS * 100);
}

static void add_for_ever(const char *path, int pipe_end)
{
	struct amts_error err;
	struct amts_memory *mem;
	int i;

	if (amts_memory_open(&mem, path, &err))
		_exit(1);
	for (i = 0; !add(mem, 0, i, i + 20, &err); i += 20)
		if (write(pipe_end, "", 1) != 1)
			break;
	_exit(2);
}

/* Killed at many moments, a writer leaves whole transactions, and the next one goes on.
 */
static void kills(void **state)
{
	struct fixture *f = *state;
	int i, status, pipes[2];
	char done[4096];

	for (i = 0; i < 12; i++) {
		struct timespec t = { 0, i * 700000 };
		size_t n;
		ssize_t commits;
		pid_t pid;

		assert_int_equal(pipe(pipes), 0);
		pid = fork();
		assert_true(pid >= 0);
		if (!pid)
			add_for_ever(f->path, pipes[1]);
		close(pipes[1]);
		commits = read(pipes[0], done, 1);
		nanosleep(&t, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		commits += read(pipes[0], done, sizeof(done));
		close(pipes[0]);
		n = count_and_check(f, 1, 3000);
		assert_int_equal(n % 20, 0);
		assert_true(n >= (size_t)commits * 20);
	}
}

static void overwrite(const char *path, long at, const char *bytes, size_t n)
{
	FILE *fp = fopen(path, "r+b");

	assert_non_null(fp);
	assert_int_equal(fseek(fp, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, n, fp), n);
	fclose(fp);
}

static void fill(struct fixture *f)
{
	struct amts_memory *mem;

	assert_int_equal(amts_memory_open(&mem, f->path, &f->err), 0);
	assert_int_equal(add(mem, 0, 0, 2000, &f->err), 0);
	amts_memory_free(mem);
}

static void not_a_database(void **state)
{
	struct fixture *f = *state;
	struct amts_memory *mem;

	fill(f);
	overwrite(f->path, 0, "# Not a database at all", 23);
	assert_int_equal(amts_memory_open(&mem, f->path, &f->err), AMTS_EPARSE);
	assert_non_null(strstr(f->err.msg, "is no translation memory"));
	assert_non_null(strstr(f->err.msg, "memory.db"));
	assert_null(mem);
}

/* Whatever page is lost, the program says so or goes on; it never crashes. */
static void damaged_pages(void **state)
{
	struct fixture *f = *state;
	char junk[4096];
	long page;
	int reported = 0;

	fill(f);
	memset(junk, 0xa5, sizeof(junk));
	for (page = 1; page < 120; page += 9) {
		struct amts_memory *mem;
		struct amts_error err;
		int rc;

		overwrite(f->path, page * 4096, junk, sizeof(junk));
		rc = amts_memory_open(&mem, f->path, &err);
		if (!rc)
			rc = add(mem, 1, 0, 500, &err);
		if (rc) {
			assert_int_equal(rc, AMTS_EPARSE);
			assert_non_null(strstr(err.msg, "is damaged"));
			reported++;
		}
		amts_memory_free(mem);
	}
	assert_true(reported > 0);
}

/* A database of another program, and a memory of the future. */
static void other_databases(void **state)
{
	struct fixture *f = *state;
	struct amts_memory *mem;

	fill(f);
	overwrite(f->path, 63, "\x09", 1); /* the last byte of user_version */
	assert_int_equal(amts_memory_open(&mem, f->path, &f->err), AMTS_EUSAGE);
	assert_non_null(strstr(f->err.msg, "version 9"));
	overwrite(f->path, 68, "xyzw", 4); /* application_id */
	assert_int_equal(amts_memory_open(&mem, f->path, &f->err), AMTS_EUSAGE);
	assert_non_null(strstr(f->err.msg, "not a translation memory"));
}

static void unusable_paths(void **state)
{
	struct fixture *f = *state;
	struct amts_memory *mem;
	char path[160];

	fill(f);
	snprintf(path, sizeof(path), "%s/below/a/file.db", f->path);
	assert_int_equal(amts_memory_open(&mem, path, &f->err), AMTS_EFAIL);
	assert_non_null(strstr(f->err.msg, "cannot create folder"));
	assert_int_equal(amts_memory_open(&mem, f->dir, &f->err), AMTS_EFAIL);
	assert_non_null(strstr(f->err.msg, f->dir));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(persists),
		TEST(several_processes),
		TEST(kills),
		TEST(not_a_database),
		TEST(damaged_pages),
		TEST(other_databases),
		TEST(unusable_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
