#ifndef AMTS_ARTICLE_H
#define AMTS_ARTICLE_H
/* Articles from elsewhere, as the parallel documents that amts/corpus.h aligns. */
#include "amts/corpus.h"

enum amts_article_kind {
	AMTS_ARTICLE_MARKDOWN, /* stays as it is */
	AMTS_ARTICLE_HTML,
	AMTS_ARTICLE_TEXT
};

/* By the ending of a file's name: .html, .htm, .xhtml; .txt; markdown for all else. */
enum amts_article_kind amts_article_kind_of(struct amts_str path);

/*
 * What is there to read, as a plain document (amts_corpus_input.plain): a sentence a line
 * and a blank line between paragraphs; for AMTS_UNIT_PARAGRAPH a paragraph a line.
 *
 * HTML: blocks are paragraphs; what is in <main> or <article> where there are some; no
 * scripts, navigation, forms, code blocks and hidden parts.  Text: paragraphs are lines,
 * or what stands between blank lines where there are some.  Any bytes give a document.
 */
AMTS_MUST_CHECK int amts_article_text(struct amts_buf *out, struct amts_str bytes,
	enum amts_article_kind kind, const char *lang, enum amts_unit unit,
	struct amts_error *err);

/* Two files that belong together; paths below their folders. */
struct amts_article_match {
	struct amts_str src, tgt;
};

/*
 * Match lists of paths: the same path, and the same but for a language tag before the
 * ending ("a/guide.en.html" and "a/guide.zh.html", "guide.html" and "guide_zh.html"), or
 * for the ending.  In order of src; each file at most once.
 */
void amts_article_matches(struct amts_article_match **out, size_t *n,
	struct amts_arena *arena, const struct amts_str *src, size_t nsrc,
	const struct amts_str *tgt, size_t ntgt, const char *src_lang,
	const char *tgt_lang);

#endif
