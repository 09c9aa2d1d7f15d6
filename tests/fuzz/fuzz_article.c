/*
 * Input: a web page, or from the first 0xff on a text.  Whatever it is, reading ends, and
 * what comes out is valid UTF-8 of lines without white space around them.
 */
#include "amts/article.h"
#include "amts/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void require(int ok)
{
	if (!ok)
		abort();
}

static void check(struct amts_str s, enum amts_article_kind kind)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;
	size_t i;

	require(!amts_article_text(&out, s, kind, "zh", AMTS_UNIT_SENTENCE, &err));
	require(amts_utf8_fault(amts_buf_str(&out)) == out.n);
	for (i = 0; i < out.n; i++) {
		require((unsigned char)out.p[i] >= ' ' || out.p[i] == '\n');
		require(out.p[i] != ' ' || (i && out.p[i - 1] != '\n'));
		require(out.p[i] != ' ' || out.p[i + 1] != '\n');
	}
	require(!out.n || out.p[out.n - 1] == '\n');
	amts_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct amts_str all = { (const char *)data, n };
	size_t at = amts_str_find(all, AMTS_STR("\xff"), 0);

	check(amts_str_sub(all, 0, at), AMTS_ARTICLE_HTML);
	check(amts_str_sub(all, at, n), AMTS_ARTICLE_TEXT);
	return 0;
}
