#ifndef CLI_ARTICLES_H
#define CLI_ARTICLES_H
/* Documents of files and folders. */
#include "cli.h"

#include "amts/article.h"

struct cli_articles {
	const char *src_lang, *tgt_lang;
	enum amts_unit unit;
	int plain; /* files hold a sentence a line, whatever their names */
};

/*
 * Two files, or those of two folders that belong together (amts_article_matches), as
 * documents for amts_corpus_collect, in the order of their paths.  Files that are no
 * articles by their names, and hidden ones, are passed over; symbolic links are not
 * followed.  AMTS_ENOTFOUND when nothing belongs together.
 */
AMTS_MUST_CHECK int cli_articles_read(struct amts_corpus_input **out, size_t *n,
	struct cli *cli, const char *src, const char *tgt, const struct cli_articles *how,
	struct amts_error *err);

#endif
