#ifndef TEXT_ABBREV_H
#define TEXT_ABBREV_H

/* word: what stands before a full stop, lower-cased, inner dots kept ("e.g"). */

/* 1 if no sentence ends there. */
int text_abbrev_always(const char *primary, const char *word);
/* 1 if none ends there before a number, a reference or a bracket ("Fig. 3", "et al.
 * [1]"). */
int text_abbrev_number(const char *primary, const char *word);
/* 1 if the word, in its own case, usually begins a sentence ("The"): tells an initial
 * from a letter that ends a sentence. */
int text_is_starter(const char *word);

#endif
