/*
 * bench_memory [PAIRS]: the translation memory as it grows from 10,000 pairs to PAIRS
 * (1,000,000), next to a scan of the same file with the same similarity.
 *
 * Text is generated: words with Zipf's frequencies over 60,000 forms, sentences of 4 to
 * 34 words, a third of them variants of earlier ones as documentation has them.  A query
 * is a known sentence with some words changed.
 */
#include "amts/memory.h"
#include "store/words.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define VOCABULARY 60000
#define BATCH 50000 /* as an import does it */
#define QUERIES 400
#define SCANS 8

static uint64_t seed = 42;

static uint32_t draw(uint32_t below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)((seed >> 33) % below);
}

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Rank r is drawn with probability about 1 / r. */
static uint32_t draw_word(void)
{
	return (uint32_t)pow(VOCABULARY, draw(1 << 30) / (double)(1 << 30)) - 1;
}

/* Frequent words are short. */
static void spell(struct amts_buf *out, uint32_t rank)
{
	static const char *const syllables[] = { "ba", "co", "di", "fe", "gu", "la",
		"men", "nor", "pi", "qua", "re", "sto", "tu", "ver", "win", "za" };

	do {
		amts_buf_addz(out, syllables[rank % 16]);
		rank /= 16;
	} while (rank);
}

struct sentence {
	uint32_t words[34];
	unsigned n;
};

static void vary(struct sentence *s, unsigned changes)
{
	while (changes--)
		s->words[draw(s->n)] = draw_word();
}

static struct sentence sentence_new(const struct sentence *earlier, size_t n)
{
	struct sentence s;
	unsigned i;

	if (n && !draw(3)) {
		s = earlier[draw((uint32_t)n)];
		vary(&s, 1 + s.n / 8);
		return s;
	}
	s.n = 4 + draw(16) + draw(16);
	for (i = 0; i < s.n; i++)
		s.words[i] = draw_word();
	return s;
}

static struct amts_str write_sentence(
	struct amts_arena *a, const struct sentence *s, uint32_t shift)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;
	unsigned i;

	for (i = 0; i < s->n; i++) {
		if (i)
			amts_buf_addc(&b, ' ');
		spell(&b, s->words[i] + shift);
	}
	amts_buf_addc(&b, '.');
	out = amts_arena_str(a, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

static void check(int rc, const struct amts_error *err)
{
	if (rc) {
		fprintf(stderr, "fatal: %s\n", err->msg);
		exit(1);
	}
}

struct spent {
	double wall, processor;
};

/* Seconds that adding sentences [from, to) takes. */
static struct spent add(
	struct amts_memory *mem, const struct sentence *s, size_t from, size_t to)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct spent spent = { 0, 0 };
	size_t i, n;

	for (; from < to; from += n) {
		struct amts_arena *a = amts_arena_new();
		struct amts_pair *v;

		n = to - from < BATCH ? to - from : BATCH;
		v = AMTS_NEW(a, struct amts_pair, n);
		for (i = 0; i < n; i++) {
			v[i].src = write_sentence(a, &s[from + i], 0);
			v[i].tgt = write_sentence(a, &s[from + i], 7);
			v[i].before = i ? v[i - 1].src : AMTS_STR("");
			v[i].path = amts_arena_fmt(
				a, "chapter/file-%zu.md", (from + i) / 100);
			v[i].commit =
				AMTS_STR("0123456789abcdef0123456789abcdef01234567");
			v[i].score = .97;
		}
		spent.wall -= seconds(CLOCK_MONOTONIC);
		spent.processor -= seconds(CLOCK_PROCESS_CPUTIME_ID);
		check(amts_memory_add(mem, "en", "zh", v, n, &err), &err);
		spent.wall += seconds(CLOCK_MONOTONIC);
		spent.processor += seconds(CLOCK_PROCESS_CPUTIME_ID);
		amts_arena_free(a);
	}
	return spent;
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The best similarity in the file, found by looking at every segment. */
static double scan(sqlite3 *db, struct amts_str src, double least)
{
	struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT;
	sqlite3_stmt *st;
	double best = least;

	store_words_cut(&a, src);
	sqlite3_prepare_v2(db, "SELECT text FROM seg", -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct amts_str t = { (const char *)sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0) };
		unsigned longer, d;

		store_words_cut(&b, t);
		longer = a.weight > b.weight ? a.weight : b.weight;
		d = store_words_distance(&a, &b, (unsigned)((1 - best) * longer));
		if (1 - (double)d / longer > best)
			best = 1 - (double)d / longer;
	}
	sqlite3_finalize(st);
	store_words_release(&a);
	store_words_release(&b);
	return best;
}

struct figures {
	double median, p95, scan;
	size_t found, missed;
};

static void measure(struct figures *f, struct amts_memory *mem, const char *path,
	const struct sentence *s, size_t n)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_arena *a = amts_arena_new();
	double times[QUERIES], start;
	struct amts_hit hits[5];
	sqlite3 *db;
	size_t i, nhits;

	memset(f, 0, sizeof(*f));
	sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
	for (i = 0; i < QUERIES; i++) {
		struct sentence q = s[draw((uint32_t)n)];
		struct amts_str src;
		double best, found;

		vary(&q, 1 + q.n / 10);
		src = write_sentence(a, &q, 0);
		start = seconds(CLOCK_MONOTONIC);
		check(amts_memory_lookup(hits, &nhits, 5, a, mem, "en", "zh", src,
			      AMTS_STR(""), .75, &err),
			&err);
		times[i] = seconds(CLOCK_MONOTONIC) - start;
		f->found += nhits > 0;
		if (i >= SCANS)
			continue;
		start = seconds(CLOCK_MONOTONIC);
		best = scan(db, src, .75);
		f->scan += (seconds(CLOCK_MONOTONIC) - start) / SCANS;
		found = nhits ? hits[0].score : .75;
		f->missed += found < .99 && found < best - 1e-9;
	}
	sqlite3_close(db);
	qsort(times, QUERIES, sizeof(*times), by_number);
	f->median = times[QUERIES / 2];
	f->p95 = times[QUERIES * 95 / 100];
	amts_arena_free(a);
}

/* Of the file and its write-ahead log. */
static double megabytes(const char *path)
{
	struct stat st;
	char wal[64];
	double n = stat(path, &st) ? 0 : (double)st.st_size / 1e6;

	snprintf(wal, sizeof(wal), "%s-wal", path);
	return n + (stat(wal, &st) ? 0 : (double)st.st_size / 1e6);
}

int main(int argc, char **argv)
{
	size_t max = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000, n = 0, i;
	struct sentence *s = calloc(max, sizeof(*s));
	char path[] = "/tmp/amts-bench-XXXXXX";
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_memory *mem;
	struct rusage use;
	size_t step;

	if (!s || close(mkstemp(path)))
		return 1;
	for (i = 0; i < max; i++)
		s[i] = sentence_new(s, i);
	check(amts_memory_open(&mem, path, &err), &err);
	puts("    pairs  import/s  /processor s   file MB  fuzzy median ms  p95 ms  "
	     "found  scan ms  "
	     "worse than scan");
	for (step = 10000; n < max; step *= 10) {
		size_t to = step < max ? step : max;
		struct spent spent = add(mem, s, n, to);
		struct figures f;

		measure(&f, mem, path, s, to);
		printf("%9zu %9.0f %13.0f %9.1f %16.3f %7.3f %5.0f%% %8.1f %9zu of %d\n",
			to, (double)(to - n) / spent.wall,
			(double)(to - n) / spent.processor, megabytes(path),
			f.median * 1e3, f.p95 * 1e3, 100. * (double)f.found / QUERIES,
			f.scan * 1e3, f.missed, SCANS);
		fflush(stdout);
		n = to;
	}
	amts_memory_free(mem);
	getrusage(RUSAGE_SELF, &use);
	printf("peak memory %ld MB, of which %zu MB hold the generated sentences\n",
		use.ru_maxrss / 1024, max * sizeof(*s) >> 20);
	unlink(path);
	free(s);
	return 0;
}
