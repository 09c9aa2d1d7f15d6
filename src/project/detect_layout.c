#include "base/alloc.h"
#include "project/detect.h"
#include "project/layout.h"

#include "amts/text.h"

#include <stdlib.h>
#include <string.h>

/* Files of one name that are paired with each other at most; index.md is everywhere. */
#define MAX_SAME_NAME 400

int amts_detect_is_markdown(struct amts_str path)
{
	if (amts_str_starts(path, AMTS_STR(".")) &&
		amts_str_find(path, AMTS_STR("/"), 0) < path.n)
		return 0; /* of tools, as .github: init makes no configuration for it */
	return amts_str_ends(path, AMTS_STR(".md")) ||
	       amts_str_ends(path, AMTS_STR(".mdx")) ||
	       amts_str_ends(path, AMTS_STR(".markdown"));
}

static struct amts_str base_name(struct amts_str path)
{
	size_t i = path.n;

	while (i && path.p[i - 1] != '/')
		i--;
	return amts_str_sub(path, i, path.n);
}

/* A pair of folders, "" or with a final '/', and how many pairs of files they make. */
struct vote {
	struct amts_str src, tgt;
	size_t n;
};

struct votes {
	struct vote *v;
	size_t n, cap;
};

static void vote(struct votes *votes, struct amts_str src, struct amts_str tgt)
{
	struct vote one = { src, tgt, 1 };
	size_t i;

	for (i = 0; i < votes->n; i++)
		if (amts_str_eq(votes->v[i].src, src) &&
			amts_str_eq(votes->v[i].tgt, tgt)) {
			votes->v[i].n++;
			return;
		}
	if (votes->n < 4096)
		AMTS_VEC_PUSH(votes->v, votes->n, votes->cap, one);
}

/* What is left of both paths before the path components they end in alike. */
static void split_common(
	struct amts_str *src, struct amts_str *tgt, struct amts_str a, struct amts_str b)
{
	size_t i = a.n, k = b.n, cut_a = a.n, cut_b = b.n;

	while (i && k && a.p[i - 1] == b.p[k - 1]) {
		i--;
		k--;
		if (a.p[i] == '/') {
			cut_a = i + 1;
			cut_b = k + 1;
		}
	}
	if ((!i || a.p[i - 1] == '/') && (!k || b.p[k - 1] == '/')) {
		cut_a = i;
		cut_b = k;
	}
	*src = amts_str_sub(a, 0, cut_a);
	*tgt = amts_str_sub(b, 0, cut_b);
}

static int by_name(const void *x, const void *y)
{
	const struct amts_str *a = x, *b = y;

	return amts_str_cmp(base_name(*a), base_name(*b));
}

static struct amts_str *names_of(
	size_t *n, struct amts_arena *arena, const struct amts_tree *tree)
{
	struct amts_str *v = AMTS_NEW(arena, struct amts_str, tree->n);
	size_t i;

	*n = 0;
	for (i = 0; i < tree->n; i++)
		if (amts_detect_is_markdown(tree->v[i].path))
			v[(*n)++] = tree->v[i].path;
	if (*n)
		qsort(v, *n, sizeof(*v), by_name);
	return v;
}

static size_t same_name_end(const struct amts_str *v, size_t n, size_t beg)
{
	size_t end = beg + 1;

	while (end < n && amts_str_eq(base_name(v[end]), base_name(v[beg])))
		end++;
	return end;
}

static void vote_all(struct votes *votes, const struct amts_str *a, size_t na,
	const struct amts_str *b, size_t nb)
{
	size_t i = 0, k = 0;

	while (i < na && k < nb) {
		size_t iend = same_name_end(a, na, i), kend = same_name_end(b, nb, k), x,
		       y;
		int c = amts_str_cmp(base_name(a[i]), base_name(b[k]));

		for (x = i; !c && x < iend && x < i + MAX_SAME_NAME; x++)
			for (y = k; y < kend && y < k + MAX_SAME_NAME; y++) {
				struct amts_str src, tgt;

				split_common(&src, &tgt, a[x], b[y]);
				vote(votes, src, tgt);
			}
		if (c <= 0)
			i = iend;
		if (c >= 0)
			k = kend;
	}
}

/* "content/zh/" as the layout "content/{lang}/{path}". */
static struct amts_str folder_layout(
	struct amts_arena *arena, struct amts_str folder, const char *lang)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;
	size_t beg, end;

	for (beg = 0; beg < folder.n; beg = end + 1) {
		struct amts_str part;

		end = amts_str_find(folder, AMTS_STR("/"), beg);
		part = amts_str_sub(folder, beg, end);
		amts_buf_add(&b,
			amts_str_eq(part, amts_str_z(lang)) ? AMTS_STR("{lang}") : part);
		amts_buf_addc(&b, '/');
	}
	amts_buf_addz(&b, "{path}");
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

/* More pairs; of as many, the shorter folders. */
static int is_better(const struct vote *a, const struct vote *b)
{
	if (a->n != b->n)
		return a->n > b->n;
	return a->src.n + a->tgt.n < b->src.n + b->tgt.n;
}

void amts_detect_folders(struct detected_layout *out, struct amts_arena *arena,
	const struct amts_tree *src, const struct amts_tree *tgt, const char *src_lang,
	const char *lang)
{
	struct votes votes = { NULL, 0, 0 };
	const struct vote *best = NULL;
	size_t na, nb, i;
	struct amts_str *a = names_of(&na, arena, src), *b = names_of(&nb, arena, tgt);

	vote_all(&votes, a, na, b, nb);
	for (i = 0; i < votes.n; i++)
		if (!best || is_better(&votes.v[i], best))
			best = &votes.v[i];
	memset(out, 0, sizeof(*out));
	if (best) {
		out->pairs = best->n;
		out->source_path = folder_layout(arena, best->src, src_lang);
		out->path = folder_layout(arena, best->tgt, lang);
	}
	free(votes.v);
}

/* ---- one repository ---- */

static struct detected_lang *lang_entry(
	struct detected_langs *l, struct amts_arena *arena, struct amts_str lang)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (amts_str_eq(amts_str_z(l->v[i].lang), lang))
			return &l->v[i];
	if (l->n == 512)
		return NULL;
	l->v[l->n].lang = amts_arena_str(arena, lang).p;
	return &l->v[l->n++];
}

static size_t count_pairs(struct amts_arena *arena, const struct amts_tree *tree,
	const char *src_lang, const char *lang, struct amts_str source_path,
	struct amts_str path)
{
	struct amts_str document;
	size_t i, n = 0;

	for (i = 0; i < tree->n; i++) {
		if (!amts_detect_is_markdown(tree->v[i].path) ||
			!amts_layout_match(
				&document, arena, path.p, lang, tree->v[i].path))
			continue;
		document = amts_layout_expand(arena, source_path.p, src_lang, document);
		n += !amts_str_eq(document, tree->v[i].path) &&
		     amts_tree_find(tree, document);
	}
	return n;
}

static void try_layout(struct detected_lang *l, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang, struct amts_str source_path,
	struct amts_str path)
{
	size_t n;

	if (amts_str_eq(l->layout.path, path) &&
		amts_str_eq(l->layout.source_path, source_path))
		return;
	n = count_pairs(arena, tree, src_lang, l->lang, source_path, path);
	if (n > l->layout.pairs)
		l->layout = (struct detected_layout){ source_path, path, n };
}

/* Files of a tree below a folder, or those that are not. */
static struct amts_tree files_of(struct amts_arena *arena, const struct amts_tree *tree,
	struct amts_str dir, int below)
{
	struct amts_tree out = { AMTS_NEW(arena, struct amts_tree_entry, tree->n + 1),
		0 };
	size_t i;

	for (i = 0; i < tree->n; i++)
		if (amts_str_starts(tree->v[i].path, dir) == below)
			out.v[out.n++] = tree->v[i];
	return out;
}

/* Is the last folder named after what translations are kept in? */
static int is_for_translations(struct amts_str above)
{
	static const char *const names[] = { "i18n", "l10n", "locale", "locales",
		"translation", "translations", "lang", "langs", "language", "languages" };
	size_t i;

	if (above.n)
		above = base_name(amts_str_sub(above, 0, above.n - 1));
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (amts_str_eq(above, amts_str_z(names[i])))
			return 1;
	return 0;
}

/* "i18n/ja/docusaurus-plugin-content-docs/current/a.md", of "docs/a.md": translations
 * apart from their sources, by what the folders have in common.  One page of the same
 * name is no coincidence worth a configuration. */
static void try_apart(struct detected_lang *l, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang, struct amts_str above,
	struct amts_str folder)
{
	struct detected_layout found;
	struct amts_tree src, tgt;

	if (!is_for_translations(above))
		return;
	src = files_of(arena, tree, above, 0);
	tgt = files_of(arena, tree, folder, 1);
	amts_detect_folders(&found, arena, &src, &tgt, src_lang, l->lang);
	if (found.pairs > 1 &&
		amts_str_find(found.path, AMTS_STR("{lang}"), 0) < found.path.n)
		l->layout = found;
}

/* "docs/zh/a.md": sources may be in docs/en/, in docs/ itself, or elsewhere. */
static void try_folder(struct detected_langs *out, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang, struct amts_str path,
	size_t beg, size_t end)
{
	struct amts_str lang = amts_str_sub(path, beg, end),
			above = amts_str_sub(path, 0, beg);
	struct detected_lang *l;

	if (!amts_lang_is_known(lang) || amts_str_eq(lang, amts_str_z(src_lang)))
		return;
	l = lang_entry(out, arena, lang);
	if (!l || l->layout.pairs || amts_str_eq(l->tried, amts_str_sub(path, 0, end)))
		return; /* the first folder that works is the layout */
	l->tried = amts_str_sub(path, 0, end);
	try_layout(l, arena, tree, src_lang,
		amts_arena_fmt(arena, AMTS_STR_FMT "{lang}/{path}", AMTS_STR_ARG(above)),
		amts_arena_fmt(arena, AMTS_STR_FMT "{lang}/{path}", AMTS_STR_ARG(above)));
	try_layout(l, arena, tree, src_lang,
		amts_arena_fmt(arena, AMTS_STR_FMT "{path}", AMTS_STR_ARG(above)),
		amts_arena_fmt(arena, AMTS_STR_FMT "{lang}/{path}", AMTS_STR_ARG(above)));
	if (!l->layout.pairs)
		try_apart(
			l, arena, tree, src_lang, above, amts_str_sub(path, 0, end + 1));
}

/* "a.zh.md" beside "a.md" or "a.en.md". */
static void try_suffix(struct detected_langs *out, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang, struct amts_str path)
{
	struct amts_str name = base_name(path), lang;
	size_t dot = name.n, before;
	struct detected_lang *l;

	while (dot && name.p[dot - 1] != '.')
		dot--;
	for (before = dot ? dot - 1 : 0; before && name.p[before - 1] != '.'; before--)
		;
	lang = before ? amts_str_sub(name, before, dot - 1) : AMTS_STR("");
	if (before < 2 || !amts_lang_is_known(lang) ||
		amts_str_eq(lang, amts_str_z(src_lang)))
		return;
	l = lang_entry(out, arena, lang);
	if (!l || l->layout.pairs)
		return;
	try_layout(l, arena, tree, src_lang, AMTS_STR("{path}"),
		AMTS_STR("{dir}/{name}.{lang}{ext}"));
	try_layout(l, arena, tree, src_lang, AMTS_STR("{dir}/{name}.{lang}{ext}"),
		AMTS_STR("{dir}/{name}.{lang}{ext}"));
}

static int by_pairs(const void *x, const void *y)
{
	const struct detected_lang *a = x, *b = y;

	if (a->layout.pairs != b->layout.pairs)
		return a->layout.pairs < b->layout.pairs ? 1 : -1;
	return strcmp(a->lang, b->lang);
}

void amts_detect_langs(struct detected_langs *out, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang)
{
	size_t i, beg, end;

	out->n = 0;
	out->v = AMTS_NEW(arena, struct detected_lang, 512);
	for (i = 0; i < tree->n; i++) {
		struct amts_str path = tree->v[i].path;

		if (!amts_detect_is_markdown(path))
			continue;
		for (beg = 0; (end = amts_str_find(path, AMTS_STR("/"), beg)) < path.n;
			beg = end + 1)
			try_folder(out, arena, tree, src_lang, path, beg, end);
		try_suffix(out, arena, tree, src_lang, path);
	}
	qsort(out->v, out->n, sizeof(*out->v), by_pairs);
	while (out->n && !out->v[out->n - 1].layout.pairs)
		out->n--;
}

/* ---- names ---- */

/* "lang = zh" of D2L's config.ini, which stands in [project]. */
static const char *lang_of_ini(
	struct amts_arena *arena, struct amts_repo *repo, const struct amts_tree *tree)
{
	const struct amts_tree_entry *e = amts_tree_find(tree, AMTS_STR("config.ini"));
	struct amts_error ignored;
	struct amts_str bytes, line;
	size_t at, end, eq;

	if (!e || amts_repo_blob(&bytes, arena, repo, &e->blob, &ignored))
		return NULL;
	for (at = 0; at < bytes.n; at = end + 1) {
		end = amts_str_find(bytes, AMTS_STR("\n"), at);
		line = amts_str_sub(bytes, at, end);
		eq = amts_str_find(line, AMTS_STR("="), 0);
		if (!amts_str_eq(
			    amts_str_trim(amts_str_sub(line, 0, eq)), AMTS_STR("lang")))
			continue;
		line = amts_str_trim(amts_str_sub(line, eq + 1, line.n));
		return amts_lang_is_known(line) ? amts_arena_str(arena, line).p : NULL;
	}
	return NULL;
}

static int ends_word(char c)
{
	return c == '-' || c == '_' || c == '.' || c == '/';
}

/* Last part of name that is a language and no part of the source's name; "zh-cn" before
 * "zh". */
static const char *lang_of_name(struct amts_arena *arena, const char *name,
	const char *source_name, const char *src_lang)
{
	struct amts_str s = amts_str_z(name), best = AMTS_STR("");
	size_t beg, end;

	for (beg = 0; beg < s.n; beg++) {
		if (beg && !ends_word(s.p[beg - 1]))
			continue;
		for (end = beg + 1; end <= s.n; end++) {
			struct amts_str part = amts_str_sub(s, beg, end);

			if ((end < s.n && !ends_word(s.p[end])) ||
				!amts_lang_is_known(part) ||
				amts_str_eq(part, amts_str_z(src_lang)) ||
				(best.n && beg < (size_t)(best.p - s.p) + best.n &&
					part.n < best.n))
				continue;
			if (part.n > 2 ||
				!strstr(source_name, amts_arena_str(arena, part).p))
				best = part;
		}
	}
	return best.n ? amts_arena_str(arena, best).p : NULL;
}

const char *amts_detect_lang_of(struct amts_arena *arena, struct amts_repo *repo,
	const struct amts_tree *tree, const char *name, const char *source_name,
	const char *src_lang)
{
	const char *lang = lang_of_ini(arena, repo, tree);

	return lang ? lang : lang_of_name(arena, name, source_name, src_lang);
}
