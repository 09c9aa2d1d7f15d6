#include "articles.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is read in folders. */
static const char *const endings[] = { ".md", ".markdown", ".mdx", ".txt", ".html",
	".htm", ".xhtml" };

/* Paths below a folder, in a list that lives in the arena. */
struct paths {
	struct amts_arena *arena;
	struct node {
		struct node *next;
		struct amts_str path;
	} * folders, *files; /* folders: still to be read */
	size_t n;
};

static int is_article(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (amts_str_ends(amts_str_z(name), amts_str_z(endings[i])))
			return 1;
	return 0;
}

static void push(struct node **list, struct amts_arena *arena, struct amts_str path)
{
	struct node *node = AMTS_NEW(arena, struct node, 1);

	node->path = path;
	node->next = *list;
	*list = node;
}

static struct amts_str join(
	struct amts_arena *arena, struct amts_str dir, const char *name)
{
	return amts_arena_fmt(
		arena, AMTS_STR_FMT "%s%s", AMTS_STR_ARG(dir), dir.n ? "/" : "", name);
}

/* Sort what is in one folder into folders and files. */
static int read_folder(
	struct paths *p, const char *root, struct amts_str below, struct amts_error *err)
{
	const char *dir = join(p->arena, amts_str_z(root), below.n ? below.p : ".").p;
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;

	if (!d)
		return amts_fail(
			err, AMTS_EFAIL, "cannot open '%s': %s", dir, strerror(errno));
	while ((e = readdir(d))) {
		struct amts_str path;

		if (e->d_name[0] == '.')
			continue;
		path = join(p->arena, below, e->d_name);
		if (lstat(join(p->arena, amts_str_z(root), path.p).p, &st))
			continue;
		if (S_ISDIR(st.st_mode)) {
			push(&p->folders, p->arena, path);
		} else if (S_ISREG(st.st_mode) && is_article(e->d_name)) {
			push(&p->files, p->arena, path);
			p->n++;
		}
	}
	closedir(d);
	return AMTS_OK;
}

static int by_path(const void *a, const void *b)
{
	return amts_str_cmp(*(const struct amts_str *)a, *(const struct amts_str *)b);
}

static int list_files(struct amts_str **out, size_t *n, struct amts_arena *arena,
	const char *root, struct amts_error *err)
{
	struct paths p = { arena, NULL, NULL, 0 };
	struct node *node;
	int rc = read_folder(&p, root, AMTS_STR(""), err);

	while (!rc && p.folders) {
		struct amts_str below = p.folders->path;

		p.folders = p.folders->next;
		rc = read_folder(&p, root, below, err);
	}
	*out = AMTS_NEW(arena, struct amts_str, p.n + 1);
	for (*n = 0, node = p.files; node; node = node->next)
		(*out)[(*n)++] = node->path;
	qsort(*out, *n, sizeof(**out), by_path);
	return rc;
}

/* A file as the library aligns it. */
static int read_side(struct amts_str *out, struct cli *cli, const char *path,
	const char *lang, const struct cli_articles *how, struct amts_error *err)
{
	enum amts_article_kind kind = amts_article_kind_of(amts_str_z(path));
	struct amts_buf text = AMTS_BUF_INIT;
	int rc = cli_read(out, cli->arena, path, err);

	if (rc || how->plain || kind == AMTS_ARTICLE_MARKDOWN)
		return rc;
	rc = amts_article_text(&text, *out, kind, lang, how->unit, err);
	if (!rc)
		*out = amts_arena_str(cli->arena, amts_buf_str(&text));
	amts_buf_release(&text);
	return rc;
}

static int is_markdown(const char *path)
{
	return amts_article_kind_of(amts_str_z(path)) == AMTS_ARTICLE_MARKDOWN;
}

static int read_pair(struct amts_corpus_input *in, struct cli *cli, const char *src,
	const char *tgt, const struct cli_articles *how, struct amts_error *err)
{
	int rc;

	in->plain = how->plain || !is_markdown(src);
	if (!how->plain && is_markdown(src) != is_markdown(tgt))
		return amts_fail(err, AMTS_EUSAGE, "'%s' and '%s' are not both markdown",
			src, tgt);
	rc = read_side(&in->src, cli, src, how->src_lang, how, err);
	return rc ? rc : read_side(&in->tgt, cli, tgt, how->tgt_lang, how, err);
}

static int read_folders(struct amts_corpus_input **out, size_t *n, struct cli *cli,
	const char *src, const char *tgt, const struct cli_articles *how,
	struct amts_error *err)
{
	struct amts_str *s, *t;
	size_t ns, nt, i, nmatches;
	struct amts_article_match *v;
	int rc;

	if ((rc = list_files(&s, &ns, cli->arena, src, err)) ||
		(rc = list_files(&t, &nt, cli->arena, tgt, err)))
		return rc;
	amts_article_matches(
		&v, &nmatches, cli->arena, s, ns, t, nt, how->src_lang, how->tgt_lang);
	if (!nmatches)
		return amts_fail(err, AMTS_ENOTFOUND,
			"no file of '%s' belongs to one of '%s'", src, tgt);
	*out = AMTS_NEW(cli->arena, struct amts_corpus_input, nmatches);
	for (*n = i = 0; i < nmatches && !rc; i++) {
		struct amts_corpus_input *in = &(*out)[*n];
		const char *a = join(cli->arena, amts_str_z(src), v[i].src.p).p;
		const char *b = join(cli->arena, amts_str_z(tgt), v[i].tgt.p).p;

		in->path = v[i].tgt;
		rc = read_pair(in, cli, a, b, how, err);
		if (rc == AMTS_EUSAGE) {
			cli_warn("%s: passed over", err->msg);
			rc = AMTS_OK;
			continue;
		}
		++*n;
	}
	return rc;
}

static int is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int cli_articles_read(struct amts_corpus_input **out, size_t *n, struct cli *cli,
	const char *src, const char *tgt, const struct cli_articles *how,
	struct amts_error *err)
{
	if (is_folder(src) != is_folder(tgt))
		return amts_fail(
			err, AMTS_EUSAGE, "'%s' and '%s' are not both folders", src, tgt);
	if (is_folder(src))
		return read_folders(out, n, cli, src, tgt, how, err);
	*n = 1;
	*out = AMTS_NEW(cli->arena, struct amts_corpus_input, 1);
	(*out)->path = amts_str_z(tgt);
	return read_pair(*out, cli, src, tgt, how, err);
}
