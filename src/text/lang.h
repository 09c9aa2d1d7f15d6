#ifndef TEXT_LANG_H
#define TEXT_LANG_H
/* What ICU and our tables know of a language, opened once a thread. */
#include <unicode/ubrk.h>

#include "amts/text.h"

#define TEXT_LANG_MAX 32

struct text_lang {
	char tag[TEXT_LANG_MAX]; /* as given, cut to fit */
	char primary[9];	 /* lower-cased first subtag: "zh" */
	enum amts_script_class tokens;
	int latin;		  /* written in Latin letters */
	int ordinal_dot;	  /* "3." is "third" */
	UBreakIterator *sentence; /* NULL until asked for */
	UBreakIterator *word;
};

/* Valid until this thread asks for other languages; for this thread only.  Never NULL. */
struct text_lang *text_lang_get(const char *lang);

/* Iterators set to text of n units; NULL and err set when ICU cannot. */
UBreakIterator *text_lang_sentences(
	struct text_lang *l, const UChar *text, size_t n, struct amts_error *err);
UBreakIterator *text_lang_words(
	struct text_lang *l, const UChar *text, size_t n, struct amts_error *err);

#endif
