/*
 * Input: a byte that chooses a format, a glossary, and after the first 0xff a sentence.
 * Whatever they are, reading ends, and neither terms nor their wordings are empty.
 */
#include "amts/glossary.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void require(int ok)
{
	if (!ok)
		abort();
}

static void check(const struct amts_glossary *g, struct amts_str sentence)
{
	const struct amts_term *out[8], *v;
	struct amts_buf all = AMTS_BUF_INIT;
	size_t i, k, n;

	v = amts_glossary_terms(g, &n);
	for (i = 0; i < n; i++) {
		require(v[i].src.n > 0);
		for (k = 0; k < v[i].ntgt; k++) {
			require(v[i].tgt[k].n > 0);
			amts_buf_add(&all, v[i].tgt[k]);
			amts_buf_addc(&all, '\n');
		}
	}
	require(amts_glossary_broken(out, 8, g, sentence, sentence) <= 8);
	amts_glossary_broken(out, 8, g, sentence, amts_buf_str(&all));
	amts_buf_release(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const names[] = { "t.md", "t.csv", "t.tbx", "t.tsv" };
	struct amts_str all = { (const char *)data, n };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_glossary *g;
	size_t at = amts_str_find(all, AMTS_STR("\xff"), 0);

	if (!n)
		return 0;
	if (!amts_glossary_parse(&g, amts_str_sub(all, 1, at), names[data[0] % 4], "en",
		    data[0] & 8 ? "tr" : "zh", &err))
		check(g, amts_str_sub(all, at + 1, n));
	amts_glossary_free(g);
	return 0;
}
