/*
 * bench_parse [FILE...]: parsing into blocks next to cmark's parse of the same bytes,
 * best of five rounds over all files (without any: documents of generated text), and one
 * line of 100 MB.
 */
#include "amts/doc.h"
#include "base/alloc.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define ROUNDS 5

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t parse_blocks(struct amts_str s)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	size_t n;

	if (amts_doc_parse(&doc, arena, s, &err)) {
		fprintf(stderr, "bench_parse: %s\n", err.msg);
		exit(1);
	}
	n = doc->n;
	amts_arena_free(arena);
	return n;
}

static size_t parse_cmark(struct amts_str s)
{
	cmark_node *root = cmark_parse_document(s.p, s.n, CMARK_OPT_DEFAULT);

	cmark_node_free(root);
	return 0;
}

/* Best time of a parser over all documents; *blocks counts what it found. */
static double best(size_t (*parse)(struct amts_str), const struct amts_str *v, size_t n,
	size_t *blocks)
{
	double least = 0;
	size_t i;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		double start = seconds(), took;

		*blocks = 0;
		for (i = 0; i < n; i++)
			*blocks += parse(v[i]);
		took = seconds() - start;
		if (!round || took < least)
			least = took;
	}
	return least;
}

static struct amts_str read_file(const char *path)
{
	struct amts_buf b = AMTS_BUF_INIT;
	FILE *f = fopen(path, "rb");
	char buf[65536];
	size_t n;

	if (!f) {
		perror(path);
		exit(1);
	}
	while ((n = fread(buf, 1, sizeof(buf), f)))
		amts_buf_add(&b, (struct amts_str){ buf, n });
	fclose(f);
	n = b.n;
	return (struct amts_str){ amts_buf_detach(&b), n };
}

/* A chapter of some 20 kB: what documentation is made of. */
static struct amts_str generated(void)
{
	static const char section[] =
		"## A Section of the Handbook\n:label:`sec_handbook`\n\n"
		"A paragraph says what the *reader* is going to do, with `code` and $x + "
		"y$ in\n"
		"it, a [link](https://example.com/page) and, after three or four lines "
		"of\n"
		"prose like these, a reference to :numref:`sec_other`. It ends here.\n\n"
		"$$y = \\mathbf{w}^\\top \\mathbf{x} + b.$$\n:eqlabel:`eq_y`\n\n"
		"1. The first item goes on\n   for two lines.\n2. The second does "
		"not.\n\n"
		"```python\ndef f(x):\n    return x + 1  # a comment\n```\n\n"
		"| Name | Meaning |\n|------|---------|\n| one  | first   |\n\n"
		"Another paragraph, without anything special in it, closes the "
		"section.\n\n";
	struct amts_buf b = AMTS_BUF_INIT;
	size_t n;

	while (b.n < 20000)
		amts_buf_addz(&b, section);
	n = b.n;
	return (struct amts_str){ amts_buf_detach(&b), n };
}

static long peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void compare(const struct amts_str *v, size_t n)
{
	size_t i, bytes = 0, blocks, none;
	double ours, theirs;

	for (i = 0; i < n; i++)
		bytes += v[i].n;
	ours = best(parse_blocks, v, n, &blocks);
	theirs = best(parse_cmark, v, n, &none);
	printf("parse: %zu documents, %.1f MB, %zu blocks: %.0f MB/s (cmark %.0f MB/s, "
	       "%.2f of its time)\n",
		n, (double)bytes / 1e6, blocks, (double)bytes / 1e6 / ours,
		(double)bytes / 1e6 / theirs, ours / theirs);
}

static void one_line(void)
{
	size_t n = 100u << 20, i;
	char *p = amts_malloc(n);
	long before;
	double start;

	for (i = 0; i < n; i++)
		p[i] = "a *b* `c` [d]("[i % 14];
	before = peak_kib();
	start = seconds();
	parse_blocks((struct amts_str){ p, n });
	printf("parse: one line of 100 MiB: %.2f s, %ld KiB above the bytes themselves\n",
		seconds() - start, peak_kib() - before);
	free(p);
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)argc - 1 : 400, i;
	struct amts_str *v = amts_calloc(n, sizeof(*v)), text = generated();

	for (i = 0; i < n; i++)
		v[i] = argc > 1 ? read_file(argv[i + 1]) : text;
	compare(v, n);
	one_line();
	for (i = 0; argc > 1 && i < n; i++)
		free((void *)(uintptr_t)v[i].p);
	free((void *)(uintptr_t)text.p);
	free(v);
	return 0;
}
