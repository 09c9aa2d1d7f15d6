/* The journal of batch jobs, and what is kept of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/disk.h"
#include "gitbox.h"
#include "mt/amazon_batch.h"

#include <sys/wait.h>

#define JOB "0123456789abcdef01234567"

static struct amts_error err;

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *path, const char *text)
{
	struct amts_buf b = AMTS_BUF_INIT;

	assert_int_equal(amts_file_read(&b, path, &err), AMTS_OK);
	assert_string_equal(b.p, text);
	amts_buf_release(&b);
}

static struct amazon_job *new_job(const char *name)
{
	struct amazon_job *j = amazon_job_new();

	j->name = amts_arena_z(j->arena, amts_str_z(name));
	j->content = "content";
	amazon_job_make_token(j);
	j->bucket = "bucket";
	j->langs = "zh pt-BR";
	j->kept = "amazon-zh amazon-pt-BR";
	return j;
}

static void free_all(struct amazon_job **v, size_t n)
{
	while (n)
		amazon_job_free(v[--n]);
	free(v);
}

static void a_record_is_read_as_it_was_written(void **state)
{
	struct amazon_job *j = new_job(JOB), **v;
	size_t n;

	(void)state;
	j->id = "id with\nline";
	j->how_data = AMAZON_DATA_MANAGED;
	j->characters = 14061220;
	j->started = 1700000000;
	assert_int_equal(amazon_job_begin(j, ".", AMAZON_RUN, &err), AMTS_OK);
	amazon_journal_read(&v, &n, ".");
	assert_int_equal(n, 1);
	assert_int_equal(v[0]->step, AMAZON_RUN);
	assert_string_equal(v[0]->name, JOB);
	assert_string_equal(v[0]->token, j->token);
	assert_string_equal(v[0]->langs, "zh pt-BR");
	assert_string_equal(v[0]->id, "id with line");
	assert_string_equal(v[0]->output, "");
	assert_int_equal(v[0]->how_data, AMAZON_DATA_MANAGED);
	assert_int_equal(v[0]->characters, 14061220);
	free_all(v, n);
	amazon_job_free(j);
}

static void another_salt_is_another_token(void **state)
{
	struct amazon_job *j = new_job(JOB);
	const char *token = j->token;

	(void)state;
	amazon_job_make_token(j);
	assert_string_equal(j->token, token);
	j->salt = "an earlier job";
	amazon_job_make_token(j);
	assert_string_not_equal(j->token, token);
	amazon_job_free(j);
}

static void what_is_no_record_is_passed_over(void **state)
{
	struct amazon_job *old = new_job("ffffffffffffffffffffffff"), *new = new_job(JOB),
			  **v;
	size_t n;

	(void)state;
	old->started = 1;
	new->started = 2;
	assert_int_equal(amazon_job_begin(old, ".", AMAZON_DATA, &err), AMTS_OK);
	assert_int_equal(amazon_job_begin(new, ".", AMAZON_DATA, &err), AMTS_OK);
	write_file("aaaaaaaaaaaaaaaaaaaaaaaa.job", "step run\nhalf a li");
	write_file("lock", "");
	write_file("notes.job", "token x\n");
	amazon_journal_read(&v, &n, ".");
	assert_int_equal(n, 2);
	assert_string_equal(v[0]->name, old->name);
	assert_string_equal(v[1]->name, JOB);
	free_all(v, n);
	amazon_journal_read(&v, &n, "no/such/folder");
	assert_int_equal(n, 0);
	free(v);
	amazon_job_free(old);
	amazon_job_free(new);
}

static void litter_of_a_kill_is_swept(void **state)
{
	struct amazon_job *j = new_job(JOB);

	(void)state;
	assert_int_equal(amazon_job_begin(j, ".", AMAZON_DATA, &err), AMTS_OK);
	write_file(JOB ".segments", "");
	write_file(JOB ".job.new", "half");
	write_file("aaaaaaaaaaaaaaaaaaaaaaaa.segments", "");
	write_file("notes", "");
	amazon_journal_sweep(".");
	assert_int_equal(access(JOB ".job", F_OK), 0);
	assert_int_equal(access(JOB ".segments", F_OK), 0);
	assert_int_not_equal(access(JOB ".job.new", F_OK), 0);
	assert_int_not_equal(access("aaaaaaaaaaaaaaaaaaaaaaaa.segments", F_OK), 0);
	assert_int_equal(access("notes", F_OK), 0);
	amazon_journal_forget(j, ".");
	assert_int_not_equal(access(JOB ".job", F_OK), 0);
	assert_int_not_equal(access(JOB ".segments", F_OK), 0);
	amazon_job_free(j);
}

static const struct amts_mt_request requests[] = {
	{ .text = { "One.", 4 }, .where = "a.md:1" },
	{ .text = { "tab\there\nline \\n back\\", 22 }, .where = "odd\tname\n:3" },
	{ .text = { "nul\0byte", 8 }, .where = "" },
};
#define COUNT (sizeof(requests) / sizeof(*requests))

static void segments_are_any_bytes(void **state)
{
	struct amazon_job *j = new_job(JOB);
	size_t i;

	(void)state;
	j->segments = COUNT;
	assert_int_equal(
		amazon_job_write_segments(j, ".", requests, COUNT, &err), AMTS_OK);
	assert_int_equal(amazon_job_read_segments(j, ".", &err), AMTS_OK);
	for (i = 0; i < COUNT; i++) {
		assert_true(amts_str_eq(j->requests[i].text, requests[i].text));
		assert_string_equal(j->requests[i].where, requests[i].where);
	}
	amazon_job_free(j);
}

static void segments_that_are_not_whole_are_refused(void **state)
{
	struct amazon_job *j = new_job(JOB);

	(void)state;
	j->segments = 2;
	write_file(JOB ".segments", "a.md:1\tOne.\na.md:2\tTw");
	assert_int_equal(amazon_job_read_segments(j, ".", &err), AMTS_EPARSE);
	assert_non_null(strstr(err.msg, ".segments' line 2: "));
	j->segments = UINT64_MAX; /* and asked once more, it is no better */
	assert_int_equal(amazon_job_read_segments(j, ".", &err), AMTS_EPARSE);
	amazon_job_free(j);
}

static void a_line_that_was_cut_off_goes(void **state)
{
	(void)state;
	write_file("kept", "one\ntwo\nthr");
	assert_int_equal(amts_file_append("kept", AMTS_STR("four\n"), &err), AMTS_OK);
	assert_file("kept", "one\ntwo\nfour\n");
	write_file("kept", "on");
	assert_int_equal(amts_file_append("kept", AMTS_STR("two\n"), &err), AMTS_OK);
	assert_file("kept", "two\n");
	assert_int_equal(amts_file_replace("kept", AMTS_STR(""), 0600, &err), AMTS_OK);
	assert_file("kept", "");
	assert_int_equal(
		amts_file_replace("no/folder", AMTS_STR(""), 0600, &err), AMTS_ENOTFOUND);
}

/* Whole lines of two processes, of which one has died in the middle of a line. */
static void what_two_processes_append_is_all_there(void **state)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i, lines = 0;
	int status;
	pid_t child;

	(void)state;
	write_file("kept", "hal");
	child = fork();
	assert_true(child >= 0);
	for (i = 0; i < 200; i++)
		if (amts_file_append("kept", AMTS_STR("a line of some length\n"), &err))
			_exit(1);
	if (!child)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(amts_file_read(&b, "kept", &err), AMTS_OK);
	for (i = 0; i < b.n; i++)
		lines += b.p[i] == '\n';
	assert_int_equal(lines, 400);
	assert_int_equal(b.n, 400 * strlen("a line of some length\n"));
	amts_buf_release(&b);
}

/* Whole files of two processes that write other ones, of other sizes, at one time. */
static void what_two_processes_replace_is_whole(void **state)
{
	struct amts_str texts[] = { AMTS_STR("a much longer text than the other\n"),
		AMTS_STR("short\n") };
	struct amts_buf b = AMTS_BUF_INIT;
	int i, status, rc = 0;
	pid_t child;

	(void)state;
	assert_int_equal(amts_file_replace("file", texts[0], 0600, &err), AMTS_OK);
	child = fork();
	assert_true(child >= 0);
	for (i = 0; i < 200 && !rc; i++) {
		rc = amts_file_replace("file", texts[!child], 0600, &err);
		amts_buf_reset(&b);
		rc = rc ? rc : amts_file_read(&b, "file", &err);
		if (!amts_str_eq(amts_buf_str(&b), texts[0]) &&
			!amts_str_eq(amts_buf_str(&b), texts[1]))
			rc = AMTS_EFAIL;
	}
	if (!child)
		_exit(rc != 0);
	assert_int_equal(rc, AMTS_OK);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(access("file.new", F_OK), -1);
	amts_buf_release(&b);
}

static struct amts_amazon *open_state(const char *data)
{
	struct amts_amazon_options o = {
		.src_lang = "en", .tgt_lang = "zh", .kept = "kept", .parallel_data = data
	};
	struct amts_amazon *a = amazon_state_new(&o);

	assert_int_equal(amazon_kept_load(a, &err), AMTS_OK);
	return a;
}

static void what_came_to_nothing_is_counted(void **state)
{
	struct amts_amazon *a = open_state(NULL);
	struct amts_str text = AMTS_STR("One."), job = AMTS_STR("j1");
	const struct amazon_kept *k;

	(void)state;
	assert_null(amazon_kept_find(a, text));
	amazon_kept_put(a, text, AMTS_STR(""), job);
	assert_int_equal(amazon_kept_save(a, &err), AMTS_OK);
	amazon_state_free(a);
	a = open_state(NULL);
	k = amazon_kept_find(a, text);
	assert_non_null(k);
	assert_int_equal(k->tries, 1);
	assert_int_equal(k->text.n, 0);
	amazon_kept_put(a, text, AMTS_STR("\xe4\xb8\x80\xe3\x80\x82"), job);
	amazon_kept_put(a, text, AMTS_STR(""), job);
	assert_int_equal(amazon_kept_save(a, &err), AMTS_OK);
	amazon_state_free(a);
	a = open_state(NULL);
	k = amazon_kept_find(a, text);
	assert_int_equal(k->tries, 3);
	assert_int_equal(k->text.n, 6);
	amazon_state_free(a);
}

static void other_customisation_is_another_translation(void **state)
{
	struct amts_amazon *a = open_state(NULL);

	(void)state;
	amazon_kept_put(a, AMTS_STR("One."), AMTS_STR("1"), AMTS_STR("j"));
	assert_int_equal(amazon_kept_save(a, &err), AMTS_OK);
	amazon_state_free(a);
	a = open_state("handbook");
	assert_null(amazon_kept_find(a, AMTS_STR("One.")));
	amazon_state_free(a);
}

static void jobs_keep_to_the_limits(void **state)
{
	static const struct {
		size_t documents, bytes, fit;
	} table[] = { { 10, 1000, 3 }, { 2, 1000, 2 }, { 10, 4, 1 }, { 10, 26, 2 },
		{ 10, 25, 1 }, { 10, 1, 1 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_int_equal(amazon_count_fitting(requests, COUNT, table[i].documents,
					 table[i].bytes),
			table[i].fit);
	assert_int_equal(amazon_count_fitting(requests, 0, 10, 10), 0);
}

static void words_are_whole(void **state)
{
	(void)state;
	assert_true(amazon_has_word("zh pt-BR", "zh"));
	assert_true(amazon_has_word("zh pt-BR", "pt-BR"));
	assert_false(amazon_has_word("zh pt-BR", "pt"));
	assert_false(amazon_has_word("zh pt-BR", "z"));
	assert_false(amazon_has_word("", "zh"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, box_open, box_close)
		T(a_record_is_read_as_it_was_written),
		T(another_salt_is_another_token),
		T(what_is_no_record_is_passed_over),
		T(litter_of_a_kill_is_swept),
		T(segments_are_any_bytes),
		T(segments_that_are_not_whole_are_refused),
		T(a_line_that_was_cut_off_goes),
		T(what_two_processes_append_is_all_there),
		T(what_two_processes_replace_is_whole),
		T(what_came_to_nothing_is_counted),
		T(other_customisation_is_another_translation),
		T(jobs_keep_to_the_limits),
		T(words_are_whole),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
