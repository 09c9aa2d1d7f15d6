#ifndef AMTS_GLOSSARY_H
#define AMTS_GLOSSARY_H
/* Terms and the translations that a project has agreed on. */
#include "amts/mem.h"

struct amts_term {
	struct amts_str src;
	struct amts_str *tgt; /* any of them will do; none: it is not said which */
	size_t ntgt;
	size_t line; /* where it was found first; 0: unknown */
};

struct amts_glossary;

/*
 * Read a glossary by the ending of its name:
 *
 *	.csv .tsv .tmx .jsonl	as amts_bitext_read has them; without a row of language
 *				codes source and target are the first two columns
 *	.tbx .xml		TBX (ISO 30042), old and new element names
 *	others			markdown: tables, and lines of two short parts ("saddle
 *				point; eyer noktası", "鞍点，saddle point")
 *
 * Of markdown the side that is written in the script of the source language is the
 *source. Alternatives are parted by "/", ",", ";" and the like, remarks in brackets are
 *left out, emphasis and quotation marks too.  AMTS_EPARSE, AMTS_EUSAGE as
 *amts_bitext_read.
 */
AMTS_MUST_CHECK int amts_glossary_parse(struct amts_glossary **out, struct amts_str bytes,
	const char *name, const char *src_lang, const char *tgt_lang,
	struct amts_error *err);
void amts_glossary_free(struct amts_glossary *g); /* NULL is allowed */

const struct amts_term *amts_glossary_terms(const struct amts_glossary *g, size_t *n);

/*
 * The terms of src, a segment, that tgt does not have the translation of: out[0..n), at
 * most max.  Of terms that overlap the longest counts, words match whatever their case,
 * the last also in the English plural, and in the target with other endings; markup that
 * is a placeholder is not looked at.  Of very long segments the first 64 terms are looked
 * at.
 */
size_t amts_glossary_broken(const struct amts_term **out, size_t max,
	const struct amts_glossary *g, struct amts_str src, struct amts_str tgt);

/* "'dropout' is '暂退法'": what the glossary says of a term. */
void amts_glossary_say(struct amts_buf *out, const struct amts_term *term);

#endif
