#ifndef AMTS_BITEXT_H
#define AMTS_BITEXT_H
/*
 * Files of parallel data, for translation engines, other tools and other machines.
 *
 *   TSV    source<TAB>target, a pair a line; what holds a tab or a line break gets
 * blanks. With several targets or a profile: a row of language codes first, and fields
 *          quoted as in CSV where they hold quotes
 *   CSV    RFC 4180, a row of language codes first
 *   TMX    1.4b (LISA OSCAR, 2005): all that is known of a pair
 *   JSONL  an object a line: src_lang, tgt_lang, src, tgt, before, path, commit, date,
 *          score, draft
 *
 * Languages are BCP 47 tags; zh-CN is zh, en-GB is en (amts_lang_key).
 */
#include "amts/memory.h"

enum amts_bitext_format {
	AMTS_BITEXT_TSV,
	AMTS_BITEXT_CSV,
	AMTS_BITEXT_TMX,
	AMTS_BITEXT_JSONL
};
#define AMTS_BITEXT_FORMATS 4

/* By the ending of a file's name; -1 for others. */
int amts_bitext_format_of(struct amts_str path);

enum amts_bitext_profile {
	AMTS_BITEXT_PLAIN,
	/*
	 * Parallel data of Amazon Translate (its developer guide, "Preparing your
	 * parallel data"): that service's language codes, at most 1000 bytes a field, one
	 * row a source (its latest reviewed wording), in CSV and TSV no field that begins
	 * with
	 * + - = or @.  <x id="N"/> is the word "xN", as in what is sent to be translated.
	 * What does not fit is left out and counted.  Not for JSONL.
	 */
	AMTS_BITEXT_AMAZON
};

#define AMTS_BITEXT_AMAZON_FIELD 1000 /* bytes */

/* Pairs of one language pair. */
struct amts_bitext {
	const char *src_lang, *tgt_lang;
	const struct amts_pair *v;
	size_t n;
};

/* What became of the pairs: written, or why they were left out. */
struct amts_bitext_counts {
	size_t written;
	size_t empty;	     /* a side of white space only */
	size_t too_long;     /* over the limit of the profile */
	size_t leading;	     /* begins with + - = @ */
	size_t placeholders; /* <x id="N"/> that the other side has not */
	size_t duplicates;   /* another wording of the same source was taken */
};

/*
 * Add a file of v[0..n) to out: several target languages of one source language share the
 * rows of equal sources, in order of first appearance.  The same pairs give the same
 * bytes.  White space of any kind becomes single blanks, other control characters too,
 * and bytes that are not UTF-8 U+FFFD.  AMTS_EUSAGE for several source languages, one
 * target language twice, and JSONL with a profile.
 */
AMTS_MUST_CHECK int amts_bitext_write(struct amts_buf *out,
	struct amts_bitext_counts *counts, enum amts_bitext_format format,
	enum amts_bitext_profile profile, const struct amts_bitext *v, size_t n,
	struct amts_error *err);

/*
 * Hand on the pairs of a file, in its order.  src_lang, tgt_lang: only these languages;
 * NULL: TMX's srclang or the first column, every other language.  Both are needed where
 * the file does not say: TSV and CSV without a row of language codes.  What is not known
 * of a pair is empty, its score is 1.  Pairs with an empty side are passed over.
 * AMTS_EPARSE with name:line for what is no such file, AMTS_EUSAGE when languages are
 * missing.  Nothing is fetched; entities that a TMX declares, elements that are nested
 * too deeply and texts of over a megabyte are refused.
 */
AMTS_MUST_CHECK int amts_bitext_read(struct amts_str bytes, const char *name,
	enum amts_bitext_format format, const char *src_lang, const char *tgt_lang,
	amts_pair_fn *fn, void *payload, struct amts_error *err);

/* A text with code, formulas, links and other markup as placeholders, as the segments of
 * documents have it, and memories; text itself when there is none.  In arena. */
struct amts_str amts_bitext_protect(struct amts_arena *arena, struct amts_str text);

/*
 * Add what amts_bitext_read hands on to a memory, some thousand pairs a transaction.
 * Markup of documents (`code`, $x$) that both sides have becomes placeholders: parallel
 * data of a project answers as its documents do.  Killed at any moment, the same import
 * again leaves the memory as if it had not been. *n: pairs read, those that were there
 * already among them.
 */
AMTS_MUST_CHECK int amts_bitext_import(size_t *n, struct amts_memory *mem,
	struct amts_str bytes, const char *name, enum amts_bitext_format format,
	const char *src_lang, const char *tgt_lang, const struct amts_progress *progress,
	struct amts_error *err);

/*
 * Add a file of what a memory holds to out: all targets, or one, of the only source
 * language, or src_lang.  Equal memories give equal bytes.  AMTS_ENOTFOUND when there is
 * nothing to write, AMTS_EUSAGE when there are several source languages to choose from.
 */
AMTS_MUST_CHECK int amts_bitext_export(struct amts_buf *out,
	struct amts_bitext_counts *counts, struct amts_memory *mem,
	enum amts_bitext_format format, enum amts_bitext_profile profile,
	const char *src_lang, const char *tgt_lang, struct amts_error *err);

/* "3 too long, 1 with a placeholder": what was left out, in words; "" for nothing. */
void amts_bitext_left_out(struct amts_buf *out, const struct amts_bitext_counts *counts);

#endif
