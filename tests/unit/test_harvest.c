/* What is read of a history, how, and in spite of what. */
#include "amts/corpus.h"
#include "corpus/lexicon.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A history of a page in many pages: page p has revisions 0 to REVISIONS - 1. */
#define PAGES 5
#define REVISIONS 4
#define BULK 300000 /* bytes of code in each, so that few are read together */

struct history {
	struct amts_revision v[PAGES * REVISIONS];
	struct amts_str bulk;
	struct amts_arena *arena;
	int reads, last_read; /* after so many this process dies; 0: never */
	int missing;	      /* revision whose blob is not here, plus one */
};

/* A blob's id says what it holds: "s" or "t", page, revision. */
static void name(struct amts_oid *id, char side, int page, int revision)
{
	snprintf(id->hex, sizeof(id->hex), "%c%d.%d", side, page, revision);
}

static int open_history(void **state)
{
	struct history *h = calloc(1, sizeof(*h));
	char *bulk = calloc(1, BULK + 1);
	int page, i;

	h->arena = amts_arena_new();
	memset(bulk, 'x', BULK);
	h->bulk = amts_arena_str(h->arena, amts_str_z(bulk));
	free(bulk);
	for (i = 0; i < REVISIONS; i++)
		for (page = 0; page < PAGES; page++) {
			struct amts_revision *r = &h->v[i * PAGES + page];

			r->path = amts_arena_fmt(h->arena, "%d.md", page);
			name(&r->src, 's', page, 0);
			name(&r->tgt, 't', page, i);
			snprintf(r->commit.hex, sizeof(r->commit.hex), "c%d", i);
			r->date = 1600000000 + i;
			r->before = i ? (size_t)((i - 1) * PAGES + page)
				      : AMTS_REVISION_FIRST;
			r->current = i + 1 == REVISIONS;
		}
	*state = h;
	return 0;
}

static int close_history(void **state)
{
	struct history *h = *state;

	amts_arena_free(h->arena);
	free(h);
	return 0;
}

static int read_blob(struct amts_str *out, struct amts_arena *arena,
	const struct amts_oid *blob, int side, void *payload, struct amts_error *err)
{
	static const char *const src = "# Page %d\n\nThe cat sleeps on mat %d.\n\n"
				       "It snores %d times a day.\n\n",
				 *const tgt =
					 "# Página %d\n\nEl gato duerme en la estera "
					 "%d.\n\nRonca %d veces al día%s.\n\n";
	static const char *const endings[REVISIONS] = { "", " o más", ", dicen", "" };
	struct history *h = payload;
	int page, revision;

	assert_int_equal(blob->hex[0], side ? 't' : 's');
	assert_int_equal(sscanf(blob->hex + 1, "%d.%d", &page, &revision), 2);
	if (h->last_read && ++h->reads > h->last_read)
		raise(SIGKILL);
	if (h->missing && side && h->missing - 1 == revision)
		return amts_fail(err, AMTS_ENOTFOUND, "not here");
	if (side)
		*out = amts_arena_fmt(
			arena, tgt, page, page, page + 2, endings[revision]);
	else
		*out = amts_arena_fmt(arena, src, page, page, page + 2);
	*out = amts_arena_fmt(arena, "%s```\n%s\n```\n", out->p, h->bulk.p);
	return AMTS_OK;
}

static struct amts_harvest_input input(struct history *h)
{
	return (struct amts_harvest_input){ .src_lang = "en",
		.tgt_lang = "es",
		.v = h->v,
		.n = PAGES * REVISIONS,
		.read = read_blob,
		.payload = h };
}

static size_t harvest(struct amts_memory *mem, const struct amts_harvest_input *in)
{
	struct amts_error err = AMTS_ERROR_INIT;
	size_t fresh = 0;

	if (amts_corpus_harvest(&fresh, mem, in, &err))
		fail_msg("%s", err.msg);
	return fresh;
}

static struct amts_memory *open_memory(const char *path)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_memory *mem;

	if (amts_memory_open(&mem, path, &err))
		fail_msg("%s", err.msg);
	return mem;
}

/* The pairs of both units, as text. */
static void add_pairs(struct amts_buf *b, struct amts_arena *arena,
	struct amts_memory *mem, struct history *h)
{
	struct amts_harvest_input in = input(h);
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_corpus corpus;
	size_t i;
	int unit;

	for (unit = 0; unit < 2; unit++) {
		assert_int_equal(amts_corpus_of_history(&corpus, arena, mem, &in,
					 (enum amts_unit)unit, &err),
			AMTS_OK);
		for (i = 0; i < corpus.n; i++)
			amts_buf_addf(b, "%d %.3f %s %s|%s %s %d%d\n", unit,
				corpus.v[i].score, corpus.v[i].src.p, corpus.v[i].tgt.p,
				corpus.v[i].path.p, corpus.v[i].commit.p,
				(int)corpus.v[i].standing, corpus.v[i].corrected);
	}
}

/* All that is in the file, as text: the pairs, and what the memory gives for a sentence
 * of each page. */
static const char *contents(
	struct amts_arena *arena, struct amts_memory *mem, struct history *h)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_hit hits[8];
	const char *out;
	size_t i, n;
	int page;

	add_pairs(&b, arena, mem, h);
	for (page = 0; page < PAGES; page++) {
		struct amts_str src =
			amts_arena_fmt(arena, "It snores %d times a day.", page + 2);

		assert_int_equal(amts_memory_lookup(hits, &n, 8, arena, mem, "en", "es",
					 src, AMTS_STR(""), .95, &err),
			AMTS_OK);
		for (i = 0; i < n; i++)
			amts_buf_addf(&b, "%s %s %ld\n", hits[i].pair.tgt.p,
				hits[i].pair.commit.p, (long)hits[i].pair.date);
	}
	assert_int_equal(amts_memory_count(&n, mem, "en", "es", &err), AMTS_OK);
	amts_buf_addf(&b, "%zu pairs\n", n);
	out = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

static const char *whole(struct amts_arena *arena, struct history *h, unsigned threads)
{
	struct amts_harvest_input in = input(h);
	struct amts_memory *mem = open_memory(NULL);
	const char *out;

	in.threads = threads;
	assert_int_equal(harvest(mem, &in), PAGES * REVISIONS);
	assert_int_equal(harvest(mem, &in), 0);
	out = contents(arena, mem, h);
	amts_memory_free(mem);
	return out;
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static void each_wording_has_its_commit(void **state)
{
	struct amts_arena *a = amts_arena_new();
	const char *all = whole(a, *state, 1);

	/* what came first came back last, and is current; the others are older */
	assert_int_equal(
		count(all, "It snores 2 times a day. Ronca 2 veces al día.|0.md c3 01\n"),
		2);
	assert_int_equal(count(all, "It snores 2 times a day. Ronca 2 veces al día o "
				    "más.|0.md c1 11\n"),
		2);
	assert_int_equal(count(all, "El gato duerme en la estera 4.|4.md c0 00\n"), 2);
	amts_arena_free(a);
}

static void threads_change_nothing(void **state)
{
	struct amts_arena *a = amts_arena_new();

	assert_string_equal(whole(a, *state, 1), whole(a, *state, 4));
	amts_arena_free(a);
}

/* Current revisions alone; the rest another time, and it is all the same. */
static void what_is_present_can_be_read_alone(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	struct amts_memory *mem = open_memory(NULL);
	const char *part;

	in.present = 1;
	assert_int_equal(harvest(mem, &in), PAGES);
	assert_int_equal(harvest(mem, &in), 0);
	part = contents(a, mem, h);
	assert_int_equal(count(part, "Ronca 2 veces al día.|0.md c3 00"), 2);
	assert_int_equal(count(part, " o más"), 0);
	in.present = 0;
	assert_int_equal(harvest(mem, &in), 15);
	assert_int_equal(harvest(mem, &in), 0);
	part = contents(a, mem, h);
	assert_int_equal(count(part, "Ronca 2 veces al día o más.|0.md c1 11"), 2);
	amts_memory_free(mem);
	amts_arena_free(a);
}

/* With drafts before it a current revision cannot be judged alone. */
static void drafts_are_read_back_to(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	struct amts_memory *mem = open_memory(NULL);
	const char *all;

	h->v[1 * PAGES].draft = 1; /* page 0, second revision */
	in.present = 1;
	assert_int_equal(harvest(mem, &in), PAGES - 1 + REVISIONS);
	all = contents(a, mem, h);
	assert_int_equal(count(all, "Ronca 2 veces al día o más.|0.md c1 3"), 2);
	assert_int_equal(count(all, "Ronca 2 veces al día o más. c1"), 0);
	assert_true(count(all, "Ronca 2 veces al día, dicen. c2") > 0);
	amts_memory_free(mem);
	amts_arena_free(a);
}

/* The history up to a commit, as it was then: each of its pages is current. */
static struct amts_harvest_input until(struct history *h, int commits)
{
	struct amts_harvest_input in = input(h);
	size_t i;

	in.n = (size_t)commits * PAGES;
	for (i = 0; i < in.n; i++)
		h->v[i].current = i + PAGES >= in.n;
	return in;
}

static const char *pairs_of(
	struct amts_arena *arena, struct amts_memory *mem, struct history *h)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *out;

	add_pairs(&b, arena, mem, h);
	out = amts_arena_z(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

/* A lexicon that knows other words than the history teaches. */
static struct amts_aligner *other_lexicon(void)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_aligner *al;

	if (amts_aligner_new(&al, "en", "es", &err))
		fail_msg("%s", err.msg);
	return al;
}

/* Read commit by commit, with what sync reads in between, it gives what it gives when it
 * is read at once. */
static void a_history_that_grows(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_aligner *other = other_lexicon();
	struct amts_memory *mem = open_memory(NULL), *fresh = open_memory(NULL);
	struct amts_harvest_input in;
	size_t aligned = 0;
	int commits;

	for (commits = 1; commits <= REVISIONS; commits++) {
		in = until(h, commits);
		in.present = 1;
		in.lexicon = other;
		harvest(mem, &in);
		in.present = 0;
		in.lexicon = NULL;
		aligned += harvest(mem, &in);
		assert_int_equal(harvest(mem, &in), 0);
	}
	in = input(h);
	harvest(fresh, &in);
	assert_string_equal(pairs_of(a, mem, h), pairs_of(a, fresh, h));
	/* anew when there are twice as many revisions, not each time */
	assert_true(aligned > PAGES * REVISIONS && aligned < 3 * PAGES * REVISIONS);
	amts_memory_free(mem);
	amts_memory_free(fresh);
	amts_aligner_free(other);
	amts_arena_free(a);
}

/* Pages of a fork that are the source itself neither teach nor count. */
static void what_is_not_translated_teaches_nothing(void **state)
{
	struct amts_revision v[PAGES * REVISIONS * 3];
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	uint64_t key = corpus_lexicon_key(&in);
	size_t i;

	memcpy(v, h->v, sizeof(h->v));
	for (i = in.n; i < in.n * 3; i++) {
		v[i] = h->v[0];
		snprintf(v[i].commit.hex, sizeof(v[i].commit.hex), "d%zu", i);
		name(&v[i].src, 's', 100 + (int)i, 0);
		v[i].tgt = v[i].src;
	}
	in.v = v;
	in.n *= 3;
	assert_true(corpus_lexicon_key(&in) == key);
	name(&v[in.n - 1].tgt, 't', 0, 0);
	assert_true(corpus_lexicon_key(&in) == key);
	for (i = in.n / 3; i < in.n; i++)
		name(&v[i].tgt, 't', 0, 0);
	assert_true(corpus_lexicon_key(&in) != key);
}

static void what_is_not_here_is_left_out(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	struct amts_memory *mem = open_memory(NULL);
	const char *full = whole(a, h, 0);

	h->missing = 1 + 1;
	harvest(mem, &in);
	assert_int_equal(count(contents(a, mem, h), " o más"), 0);
	h->missing = 0; /* fetched since */
	assert_int_equal(harvest(mem, &in), PAGES);
	assert_int_equal(count(contents(a, mem, h), " o más.|"), count(full, " o más.|"));
	amts_memory_free(mem);
	amts_arena_free(a);
}

/* A blob that is no page costs nothing but reading it, and is not tried again. */
static void what_is_no_page_is_left_out(void **state)
{
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	struct amts_arena *a = amts_arena_new();
	struct amts_memory *mem = open_memory(NULL);
	char *bulk = calloc(1, (5 << 20) + 1);

	memset(bulk, 'x', 5 << 20);
	h->bulk = amts_arena_str(h->arena, amts_str_z(bulk));
	free(bulk);
	in.n = 2;
	harvest(mem, &in);
	assert_int_equal(harvest(mem, &in), 0);
	assert_string_equal(pairs_of(a, mem, h), "");
	amts_memory_free(mem);
	amts_arena_free(a);
}

static void die_reading(struct history *h, const char *path, int last_read)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid) {
		struct amts_harvest_input in = input(h);

		h->last_read = last_read;
		harvest(open_memory(path), &in);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

static void killed_at_every_tenth(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	const char *full = whole(a, h, 0);
	/* the last revisions are read twice: to learn from, and to be kept */
	int reads = 2 * (PAGES * REVISIONS + PAGES), tenth;
	char dir[] = "/tmp/amts-harvest-XXXXXX", path[64], files[3][80];
	size_t left, last = PAGES * REVISIONS;
	struct amts_memory *mem;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/memory.db", dir);
	snprintf(files[0], sizeof(files[0]), "%s", path);
	snprintf(files[1], sizeof(files[1]), "%s-wal", path);
	snprintf(files[2], sizeof(files[2]), "%s-shm", path);
	for (tenth = 1; tenth < 10; tenth++) {
		int k;

		die_reading(h, path, reads * tenth / 10);
		mem = open_memory(path);
		left = harvest(mem, &in);
		assert_true(left <= last); /* what was done is not done again */
		last = left;
		assert_string_equal(contents(a, mem, h), full);
		amts_memory_free(mem);
		for (k = 0; k < 3; k++)
			unlink(files[k]);
	}
	assert_true(last < PAGES * REVISIONS);
	assert_int_equal(rmdir(dir), 0);
	amts_arena_free(a);
}

/* In a process of its own that may write so many bytes: the code of the harvest. */
static int harvest_in(struct history *h, const char *path, size_t bytes)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid) {
		struct rlimit limit = { bytes, bytes };
		struct amts_harvest_input in = input(h);
		struct amts_error err = AMTS_ERROR_INIT;
		struct amts_memory *mem;
		size_t fresh;

		signal(SIGXFSZ, SIG_IGN); /* as a full disk: the write fails */
		if (setrlimit(RLIMIT_FSIZE, &limit))
			_exit(99);
		if (amts_memory_open(&mem, path, &err))
			_exit(err.msg[0] ? -err.code : 98);
		if (amts_corpus_harvest(&fresh, mem, &in, &err))
			_exit(strstr(err.msg, "memory.db") ? -err.code : 98);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* What did not fit is said, and done when there is room again. */
static void a_full_disk(void **state)
{
	struct amts_arena *a = amts_arena_new();
	struct history *h = *state;
	struct amts_harvest_input in = input(h);
	const char *full = whole(a, h, 0);
	char dir[] = "/tmp/amts-harvest-XXXXXX", path[64], file[80];
	static const char *const tails[] = { "", "-wal", "-shm" };
	size_t room, failed = 0, i;
	struct amts_memory *mem;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/memory.db", dir);
	for (room = 20000; room < 600000; room += 60000) {
		int code = harvest_in(h, path, room);

		assert_true(!code || code == -AMTS_EFAIL);
		failed += code != 0;
	}
	assert_true(failed > 1);
	mem = open_memory(path);
	harvest(mem, &in);
	assert_string_equal(contents(a, mem, h), full);
	amts_memory_free(mem);
	for (i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s%s", path, tails[i]);
		unlink(file);
	}
	assert_int_equal(rmdir(dir), 0);
	amts_arena_free(a);
}

#define HISTORY(test) cmocka_unit_test_setup_teardown(test, open_history, close_history)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HISTORY(each_wording_has_its_commit),
		HISTORY(threads_change_nothing),
		HISTORY(what_is_present_can_be_read_alone),
		HISTORY(drafts_are_read_back_to),
		HISTORY(a_history_that_grows),
		HISTORY(what_is_not_translated_teaches_nothing),
		HISTORY(what_is_not_here_is_left_out),
		HISTORY(what_is_no_page_is_left_out),
		HISTORY(killed_at_every_tenth),
		HISTORY(a_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
