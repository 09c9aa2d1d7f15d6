#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H
#include "amts/text.h"

/* What a placeholder stands for, as far as a sentence boundary beside it is concerned. */
enum text_role {
	TEXT_ROLE_WORD,	 /* code, formula, reference: a word */
	TEXT_ROLE_OPEN,	 /* opening tag: belongs to what follows */
	TEXT_ROLE_CLOSE, /* closing tag: belongs to what precedes */
	TEXT_ROLE_BEGIN, /* start of a link or image… */
	TEXT_ROLE_END,	 /* …and its end: no sentence ends in between */
	TEXT_ROLE_CITE,	 /* after a full stop: cites for the sentence before it */
	TEXT_ROLE_SPACE	 /* line break: white space, even between sentences */
};

/* Text with the role (enum text_role) of each placeholder by N - 1; those past nroles are
 * words. */
struct text_marked {
	struct amts_str s;
	const unsigned char *roles;
	size_t nroles;
};

/* amts_sentences with roles. */
AMTS_MUST_CHECK int text_sentences(size_t **ends, size_t *n, struct amts_arena *arena,
	const struct text_marked *text, const char *lang, struct amts_error *err);

#endif
