#include "amts/article.h"
#include "amts/text.h"
#include "base/map.h"
#include "corpus/bitext.h"
#include "corpus/html.h"

#include <string.h>

enum amts_article_kind amts_article_kind_of(struct amts_str path)
{
	static const char *const html[] = { ".html", ".htm", ".xhtml" };
	size_t i;

	for (i = 0; i < 3; i++)
		if (amts_str_ends(path, amts_str_z(html[i])))
			return AMTS_ARTICLE_HTML;
	return amts_str_ends(path, AMTS_STR(".txt")) ? AMTS_ARTICLE_TEXT
						     : AMTS_ARTICLE_MARKDOWN;
}

static struct amts_str next_line(struct amts_str *rest)
{
	size_t end = amts_str_find(*rest, AMTS_STR("\n"), 0);
	struct amts_str s = amts_str_trim(amts_str_sub(*rest, 0, end));

	*rest = amts_str_sub(*rest, end + 1, rest->n);
	return s;
}

/* Is there a blank line with text on both sides? */
static int has_blank_lines(struct amts_str bytes)
{
	int text = 0, blank = 0;

	while (bytes.n) {
		struct amts_str line = next_line(&bytes);

		if (line.n && blank)
			return 1;
		text |= line.n > 0;
		blank = text && !line.n;
	}
	return 0;
}

static void text_paragraphs(struct amts_buf *out, struct amts_str bytes, const char *lang)
{
	int wrapped = has_blank_lines(bytes);

	while (bytes.n) {
		struct amts_str line = next_line(&bytes);
		char joint;

		if (!line.n || !wrapped) {
			amts_buf_addc(out, '\n');
			amts_buf_add(out, line);
			continue;
		}
		joint = out->n && out->p[out->n - 1] != '\n'
				? amts_line_joint(lang, amts_buf_str(out), line)
				: 0;
		if (joint)
			amts_buf_addc(out, joint);
		amts_buf_add(out, line);
	}
}

/* One paragraph as lines, and a blank one. */
static int put_paragraph(struct amts_buf *out, struct amts_str line, const char *lang,
	enum amts_unit unit, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	size_t *ends, n = 0, i, from = 0;
	int rc = AMTS_OK;

	line = bitext_clean(arena, line);
	if (line.n && unit == AMTS_UNIT_PARAGRAPH) {
		amts_buf_add(out, line);
		amts_buf_addz(out, "\n\n");
	} else if (line.n) {
		rc = amts_sentences(&ends, &n, arena, line, lang, err);
		for (i = 0; i < n && !rc; i++) {
			amts_buf_add(
				out, amts_str_trim(amts_str_sub(line, from, ends[i])));
			amts_buf_addc(out, '\n');
			from = ends[i];
		}
		amts_buf_addc(out, '\n');
	}
	amts_arena_free(arena);
	return rc;
}

int amts_article_text(struct amts_buf *out, struct amts_str bytes,
	enum amts_article_kind kind, const char *lang, enum amts_unit unit,
	struct amts_error *err)
{
	struct amts_buf lines = AMTS_BUF_INIT;
	struct amts_str rest;
	int rc = AMTS_OK;

	if (amts_str_starts(bytes, AMTS_STR("\xef\xbb\xbf")))
		bytes = amts_str_sub(bytes, 3, bytes.n);
	if (kind == AMTS_ARTICLE_MARKDOWN)
		amts_buf_add(out, bytes);
	else if (kind == AMTS_ARTICLE_HTML)
		html_paragraphs(&lines, bytes);
	else
		text_paragraphs(&lines, bytes, lang);
	for (rest = amts_buf_str(&lines); rest.n && !rc;)
		rc = put_paragraph(out, next_line(&rest), lang, unit, err);
	if (!rc)
		rc = amts_buf_check(&lines, "the article", err);
	amts_buf_release(&lines);
	return rc ? rc : amts_buf_check(out, "the article", err);
}

/* ---- which files belong together ---- */

/* A path without its ending, and without the language before it. */
static struct amts_str stem(struct amts_str path, const char *lang)
{
	size_t slash = path.n, dot, n = strlen(lang);

	while (slash && path.p[slash - 1] != '/')
		slash--;
	for (dot = path.n; dot > slash && path.p[dot - 1] != '.'; dot--)
		;
	if (dot > slash + 1)
		path.n = dot - 1;
	if (path.n > slash + n + 1 &&
		amts_str_eq(amts_str_sub(path, path.n - n, path.n), amts_str_z(lang)) &&
		strchr("._-", path.p[path.n - n - 1]))
		path.n -= n + 1;
	return path;
}

static void index_paths(struct amts_map *map, const struct amts_str *v, size_t n,
	const char *lang, int stems)
{
	size_t i;

	for (i = 0; i < n; i++)
		amts_map_add(map,
			amts_str_hash(stems ? stem(v[i], lang) : v[i], AMTS_HASH_SEED),
			i);
}

void amts_article_matches(struct amts_article_match **out, size_t *n,
	struct amts_arena *arena, const struct amts_str *src, size_t nsrc,
	const struct amts_str *tgt, size_t ntgt, const char *src_lang,
	const char *tgt_lang)
{
	struct amts_map same = { NULL, 0, 0 }, stems = { NULL, 0, 0 };
	char *taken = AMTS_NEW(arena, char, ntgt + 1);
	size_t i, at;

	*out = AMTS_NEW(arena, struct amts_article_match, nsrc + 1);
	index_paths(&same, tgt, ntgt, tgt_lang, 0);
	index_paths(&stems, tgt, ntgt, tgt_lang, 1);
	for (*n = i = 0; i < nsrc; i++) {
		at = amts_map_get(&same, amts_str_hash(src[i], AMTS_HASH_SEED));
		if (at == AMTS_MAP_NONE)
			at = amts_map_get(&stems,
				amts_str_hash(stem(src[i], src_lang), AMTS_HASH_SEED));
		if (at == AMTS_MAP_NONE || taken[at])
			continue;
		taken[at] = 1;
		(*out)[(*n)++] = (struct amts_article_match){ src[i], tgt[at] };
	}
	amts_map_release(&same);
	amts_map_release(&stems);
}
