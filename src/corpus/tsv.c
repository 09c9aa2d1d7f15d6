#include "amts/corpus.h"

void amts_corpus_tsv(struct amts_buf *out, const struct amts_corpus *corpus)
{
	size_t i;

	for (i = 0; i < corpus->n; i++) {
		amts_buf_add(out, corpus->v[i].src);
		amts_buf_addc(out, '\t');
		amts_buf_add(out, corpus->v[i].tgt);
		amts_buf_addc(out, '\n');
	}
}
