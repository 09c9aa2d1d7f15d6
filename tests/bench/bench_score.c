/*
 * bench_score [FILE...]: each metric over all files, line by line, against a copy in
 * which every twelfth character or so is another (without files: generated text); best of
 * five rounds, in MB of text (hypothesis and reference together) a second on one core.
 */
#include "amts/score.h"
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define ROUNDS 5
#define GENERATED 20000 /* lines */

struct text {
	struct amts_str hyp, ref;
};

static unsigned seed = 42;

static unsigned draw(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct amts_str read_file(const char *path)
{
	struct amts_buf b = AMTS_BUF_INIT;
	FILE *f = fopen(path, "rb");
	char chunk[65536];
	size_t n;

	if (!f) {
		perror(path);
		exit(1);
	}
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		amts_buf_add(&b, (struct amts_str){ chunk, n });
	fclose(f);
	return amts_buf_str(&b);
}

/* Words with Zipf's frequencies, nearly. */
static struct amts_str generate(void)
{
	struct amts_buf b = AMTS_BUF_INIT;

	for (int line = 0; line < GENERATED; line++) {
		for (unsigned k = 4 + draw(25); k--;)
			amts_buf_addf(&b, "%c%x%s ", 'g' + (char)draw(20),
				draw(1 + draw(3000)), draw(8) ? "" : ",");
		amts_buf_addz(&b, ".\n");
	}
	return amts_buf_str(&b);
}

/* Bytes of ASCII replaced, and sequences of three bytes by another. */
static struct amts_str perturb(struct amts_str s)
{
	char *p = amts_malloc(s.n + 1);

	memcpy(p, s.p, s.n);
	for (size_t i = 0; i + 3 < s.n; i++) {
		if (p[i] == '\n' || draw(12))
			continue;
		if ((unsigned char)p[i] < 0x80)
			p[i] = "etaoin ,"[draw(8)];
		else if (((unsigned char)p[i] & 0xf0) == 0xe0)
			memcpy(p + i, &"的是在"[3 * draw(3)], 3);
	}
	return (struct amts_str){ p, s.n };
}

static double round_of(const struct amts_score_opts *opts, const struct text *v, size_t n,
	struct amts_score *total)
{
	struct amts_scorer *s = amts_scorer_new(opts);
	struct amts_error err = AMTS_ERROR_INIT;
	double start = seconds(), took;

	for (size_t i = 0; i < n; i++) {
		if (amts_scorer_add_lines(s, v[i].hyp, &v[i].ref, 1, &err)) {
			fprintf(stderr, "bench_score: %s\n", err.msg);
			exit(1);
		}
	}
	amts_scorer_total(total, s);
	took = seconds() - start;
	amts_scorer_free(s);
	return took;
}

static void run(const char *name, const struct amts_score_opts *opts,
	const struct text *v, size_t n)
{
	struct amts_score total;
	double least = 0, bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += (double)(v[i].hyp.n + v[i].ref.n);
	for (int round = 0; round < ROUNDS; round++) {
		double took = round_of(opts, v, n, &total);

		if (!round || took < least)
			least = took;
	}
	printf("score %-18s %8.1f MB/s %8.1f ms   score %.2f\n", name,
		bytes / 1e6 / least, 1e3 * least, total.score);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		struct amts_score_opts opts;
	} cases[] = {
		{ "BLEU zh", { .tokens = AMTS_BLEU_ZH } },
		{ "BLEU 13a", { .tokens = AMTS_BLEU_13A } },
		{ "BLEU char", { .tokens = AMTS_BLEU_CHAR } },
		{ "BLEU intl", { .tokens = AMTS_BLEU_INTL } },
		{ "BLEU zh, lower case", { .tokens = AMTS_BLEU_ZH, .lowercase = 1 } },
		{ "chrF", { .metric = AMTS_CHRF } },
		{ "chrF++", { .metric = AMTS_CHRF, .chrf_words = 2 } },
		{ "TER", { .metric = AMTS_TER } },
		{ "TER of characters",
			{ .metric = AMTS_TER, .ter_normalized = 1, .ter_asian = 1 } },
	};
	size_t n = argc > 1 ? (size_t)argc - 1 : 1;
	struct text *v = amts_calloc(n, sizeof(*v));
	struct rusage usage;

	for (size_t i = 0; i < n; i++) {
		v[i].ref = argc > 1 ? read_file(argv[i + 1]) : generate();
		v[i].hyp = perturb(v[i].ref);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run(cases[i].name, &cases[i].opts, v, n);
	getrusage(RUSAGE_SELF, &usage);
	printf("score: %zu files, peak %ld MB\n", n, usage.ru_maxrss >> 10);
	return 0;
}
