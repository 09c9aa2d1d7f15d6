#ifndef AMTS_TEXT_H
#define AMTS_TEXT_H
/* Text in any language: sentence boundaries, tokens, normal forms (ICU). */
#include "amts/mem.h"

/* How words of a language are cut for statistics. */
enum amts_script_class {
	AMTS_TOKENS_PREFIX,  /* white space between words: first letters of each, lower-cased */
	AMTS_TOKENS_BIGRAM,  /* zh, ja: overlapping character bigrams */
	AMTS_TOKENS_SYLLABLE,/* ko: overlapping syllable bigrams */
	AMTS_TOKENS_DICT     /* th, km, lo, my: ICU's dictionaries */
};
enum amts_script_class amts_lang_tokens(const char *lang);

/* 1 for a language of two letters (ISO 639-1, as ICU lists them), with or without one script
 * or region after '-' or '_': what folders and repositories are named after. */
int amts_lang_is_known(struct amts_str tag);

/* Language tag as a key, NUL terminated: lower case, regions dropped, scripts kept where they
 * tell texts apart, so that zh-CN is zh and zh-TW is zh-hant.  32 bytes are enough. */
void amts_lang_key(char *out, size_t size, const char *tag);

/* 1 if lang is written without spaces between words (zh, ja, th…): hard-wrapped lines
 * join with nothing. */
int amts_lang_unspaced(const char *lang);

/* What joins two lines of a paragraph: 0 when nothing stands between them because lang is
 * unspaced and both characters at the seam are of such a script, else ' '. */
char amts_line_joint(const char *lang, struct amts_str before, struct amts_str after);

/*
 * Sentence boundaries of UTF-8 text in which each placeholder is <x id="N"/> (a word, part
 * of its sentence).  ends[i] is the offset after sentence i, white space after it not
 * counted; the last is the end of the text.  Text of only white space has no sentence.
 */
AMTS_MUST_CHECK int amts_sentences(size_t **ends, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err);

/*
 * Tokens for statistics, as hashes with a kind; case folded, normalised (NFKC).
 * Placeholders give no token, nor do the emphasis markers * _ ~ ` and backslashes.
 * Numbers are compared without grouping commas ("1,000" is "1000"), a decimal comma is a
 * point.  Hashes are of UTF-8 bytes, the same on every machine.
 */
enum amts_token_kind {
	AMTS_TOKEN_WORD,
	AMTS_TOKEN_ANCHOR, /* number, latin word in non-latin text, URL: same on both sides */
	AMTS_TOKEN_PUNCT   /* one punctuation mark or symbol */
};
struct amts_token {
	enum amts_token_kind kind;
	uint64_t hash;   /* of the prefix, n-gram or word */
	uint64_t anchor; /* of the whole word, when it may stand on the other side as it is
	                    (a latin word, a number, a URL); else 0 */
	uint64_t cognate; /* of the first base letters of a latin word in a language written
			     in Latin letters, the same for related words of such languages
			     ("expedition", "expédition"); else equal to anchor */
	unsigned chars;  /* code points it stands for */
};
AMTS_MUST_CHECK int amts_tokens(struct amts_token **out, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err);

/* Where words end (UAX #29, and dictionaries for scripts without spaces): ends[i] is the offset
 * after word i; white space and each punctuation mark count as words, the last ends the text. */
AMTS_MUST_CHECK int amts_word_ends(size_t **ends, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err);

/* Letters, marks and digits only, case folded, NFKC: what is left is equal for texts that differ in
 * white space, case and punctuation. */
AMTS_MUST_CHECK int amts_text_fold(struct amts_buf *out, struct amts_str text,
	struct amts_error *err);

/* Lower case as Unicode has it for no language in particular (The Unicode Standard, 3.13: "İ"
 * gives "i" and a dot above, a final "Σ" gives "ς"); appended to out.  Bytes that are not UTF-8
 * stay. */
AMTS_MUST_CHECK int amts_text_lower(struct amts_buf *out, struct amts_str text,
	struct amts_error *err);

/* What the general category of a code point is one of. */
enum amts_char_group {
	AMTS_CHAR_OTHER,
	AMTS_CHAR_NUMBER, /* N: digits, fractions, letters that are numbers */
	AMTS_CHAR_PUNCT,  /* P */
	AMTS_CHAR_SYMBOL  /* S */
};
enum amts_char_group amts_char_group(uint32_t c);

size_t amts_utf8_fault(struct amts_str s); /* offset of the first invalid byte; s.n if none */
/* AMTS_EPARSE with the line when s is not UTF-8; name: what the message calls it. */
AMTS_MUST_CHECK int amts_text_check(
	struct amts_str s, const char *name, struct amts_error *err);
int amts_text_has_letters(struct amts_str s);         /* outside placeholders */

/* Of the rules and dictionaries that all of this follows: another one may cut otherwise. */
const char *amts_text_version(void);

#endif
