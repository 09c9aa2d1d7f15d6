#ifndef INFER_WORDING_H
#define INFER_WORDING_H
/*
 * Whether a translation says what a piece of the source says, by the words: a lexicon is
 * learnt from all translations and their likeliest sources together, then each sentence
 * of a piece is held against the sentences of the translation.
 */
#include "amts/base.h"

struct amts_wording {
	struct amts_str src, tgt; /* documents: a likely source and the translation */
	const struct amts_str *pieces; /* text of blocks of any version of the source */
	size_t npieces;
	/* out, of each piece: log likelihood that translation and piece explain each
	 * other's words, against chance; what the translation does not say is about 0 or
	 * below */
	double *weight;
};

/* Threads: one a processor.  Linear in the pieces and the words of the translations. */
AMTS_MUST_CHECK int amts_wording_weigh(struct amts_wording *files, size_t n,
	const char *src_lang, const char *tgt_lang, struct amts_error *err);

#endif
