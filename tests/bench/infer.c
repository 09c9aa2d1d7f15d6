/*
 * How well the base that nobody recorded is found: a translation that keeps the English
 *it was made from beside it (X_origin.md) is asked without that, and the answer compared.
 *
 *	infer SOURCE TRANSLATION LANG [-v]     two local repositories
 */
#include "infer/infer.h"
#include "amts/doc.h"
#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct truth {
	struct amts_oid blob; /* "" where none is kept */
	int in_source;
};

static void die(const struct amts_error *err)
{
	fprintf(stderr, "fatal: %s\n", err->msg);
	exit(128);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t list_files(struct amts_infer_file **files, struct truth **truths,
	struct amts_arena *a, struct amts_repo *src, const struct amts_tree *tree)
{
	struct amts_str suffix = AMTS_STR(".md"), snapshot = AMTS_STR("_origin.md");
	size_t i, n = 0;

	*files = AMTS_NEW(a, struct amts_infer_file, tree->n);
	*truths = AMTS_NEW(a, struct truth, tree->n);
	for (i = 0; i < tree->n; i++) {
		struct amts_str p = tree->v[i].path;
		const struct amts_tree_entry *e;

		if (!amts_str_ends(p, suffix) || amts_str_ends(p, snapshot))
			continue;
		e = amts_tree_find(tree,
			amts_arena_fmt(a, AMTS_STR_FMT "_origin.md", (int)p.n - 3, p.p));
		if (e) {
			(*truths)[n].blob = e->blob;
			(*truths)[n].in_source = amts_repo_has(src, &e->blob);
		}
		(*files)[n].src_path = (*files)[n].tgt_path = p;
		n++;
	}
	return n;
}

static struct amts_doc *parse(
	struct amts_arena *a, struct amts_repo *repo, const struct amts_oid *blob)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	struct amts_str s;

	if (amts_repo_blob(&s, a, repo, blob, &err) || amts_doc_parse(&doc, a, s, &err))
		die(&err);
	return doc;
}

/* Blocks of the true base that the answer has too, by print. */
static void compare(size_t *same, size_t *all, const struct amts_doc *want,
	const struct amts_doc *got)
{
	struct amts_map index = { NULL, 0, 0 };
	size_t *left = calloc(got->n + 1, sizeof(*left)), i;

	for (i = 0; i < got->n; i++)
		left[amts_map_add(&index, got->v[i].print, i)]++;
	for (i = 0; i < want->n; i++) {
		size_t at = amts_map_get(&index, want->v[i].print);

		if (at != AMTS_MAP_NONE && left[at]) {
			left[at]--;
			++*same;
		}
	}
	*all += want->n;
	amts_map_release(&index);
	free(left);
}

struct score {
	size_t known, exact, same, all, outside, outside_same, outside_all;
	double loss, bin_sum[5];
	size_t bin_n[5], bin_hit[5];
};

static void judge(struct score *s, struct amts_repo *src, struct amts_repo *tgt,
	const struct amts_infer_file *f, const struct truth *t, int verbose)
{
	struct amts_arena *a = amts_arena_new();
	int hit = amts_oid_eq(&f->base, &t->blob);
	size_t same = 0, all = 0, bin = (size_t)(f->confidence * 4.999);
	struct amts_doc *want = parse(a, tgt, &t->blob);

	if (f->base.hex[0])
		compare(&same, &all, want, parse(a, src, &f->base));
	else
		all = want->n;
	if (t->in_source) {
		s->known++;
		s->exact += (size_t)hit;
		s->same += same;
		s->all += all;
		s->bin_n[bin]++;
		s->bin_hit[bin] += (size_t)hit;
		s->bin_sum[bin] += f->confidence;
	} else {
		s->outside++;
		s->outside_same += same;
		s->outside_all += all;
	}
	if (verbose)
		printf("%s %.2f %4zu/%-4zu " AMTS_STR_FMT " %.8s %.8s\n",
			!t->in_source ? "?"
			: hit	      ? "="
				      : "-",
			f->confidence, same, all, AMTS_STR_ARG(f->tgt_path), f->base.hex,
			t->blob.hex);
	amts_arena_free(a);
}

static double share(size_t a, size_t b)
{
	return b ? 100.0 * (double)a / (double)b : 0;
}

static void print_score(const struct score *s)
{
	size_t i;

	printf("exact blob        %zu/%zu %.1f %%\n", s->exact, s->known,
		share(s->exact, s->known));
	printf("equal blocks      %zu/%zu %.1f %%\n", s->same, s->all,
		share(s->same, s->all));
	printf("base not in source: %zu files, equal blocks %.1f %%\n", s->outside,
		share(s->outside_same, s->outside_all));
	for (i = 0; i < 5; i++)
		if (s->bin_n[i])
			printf("confidence %.2f: %zu files, %.1f %% exact\n",
				s->bin_sum[i] / (double)s->bin_n[i], s->bin_n[i],
				share(s->bin_hit[i], s->bin_n[i]));
}

int main(int argc, char **argv)
{
	struct amts_arena *a = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_infer_file *files;
	struct amts_oid from, to;
	struct amts_infer_side source, target;
	struct score score = { 0 };
	struct amts_repo *src, *tgt;
	struct amts_tree tree;
	struct truth *truths;
	size_t n, i, sure = 0, found = 0;
	double start = now();

	if (argc < 4)
		return fprintf(stderr, "usage: infer SOURCE TRANSLATION LANG [-v]\n"),
		       129;
	if (amts_repo_open(&src, argv[1], &err) || amts_repo_open(&tgt, argv[2], &err) ||
		amts_repo_branch(&from, src, NULL, &err) ||
		amts_repo_branch(&to, tgt, NULL, &err) ||
		amts_repo_tree(&tree, a, tgt, &to, &err))
		die(&err);
	n = list_files(&files, &truths, a, src, &tree);
	source = (struct amts_infer_side){ src, &from, "en" };
	target = (struct amts_infer_side){ tgt, &to, argv[3] };
	if (amts_infer(files, n, a, &source, &target, NULL, &err))
		die(&err);
	printf("%zu files, %.2f s\n", n, now() - start);
	for (i = 0; i < n; i++) {
		found += files[i].base.hex[0] != '\0';
		sure += files[i].confidence >= 0.5;
		if (truths[i].blob.hex[0])
			judge(&score, src, tgt, &files[i], &truths[i], argc > 4);
	}
	printf("a base for %zu files, %zu with confidence 0.5 or more\n", found, sure);
	if (score.known)
		print_score(&score);
	amts_repo_free(src);
	amts_repo_free(tgt);
	amts_arena_free(a);
	return 0;
}
