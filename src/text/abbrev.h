#ifndef TEXT_ABBREV_H
#define TEXT_ABBREV_H

#define TEXT_ABBREV_MAX 64

/* What stands before a full stop, inner dots kept ("E.g"), NUL terminated UTF-8; empty
 * when it is too long for an abbreviation. */
struct text_word {
	char own[TEXT_ABBREV_MAX], lower[TEXT_ABBREV_MAX];
};

/* 1 if no sentence ends there. */
int text_abbrev_always(const char *primary, const struct text_word *w);
/* 1 if none ends there before a number, a reference or a bracket ("Fig. 3", "et al.
 * [1]"). */
int text_abbrev_number(const char *primary, const struct text_word *w);
/* 1 if the word, in its own case, usually begins a sentence ("The"): tells an initial
 * from a letter that ends a sentence. */
int text_is_starter(const char *word);

#endif
