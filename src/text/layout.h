#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H
/*
 * Text laid out for sentence boundaries: UTF-16 with each placeholder and each emphasis
 * marker as one unit of a class that UAX #29 treats rightly: a word is a letter without
 * case, a closer is a closing bracket, an opener is invisible.
 */
#include "text/chars.h"
#include "text/lang.h"
#include "text/sentence.h"

/* What a unit is for sentence boundaries. */
enum text_cls {
	TEXT_CLS_TEXT,
	TEXT_CLS_WORD, /* placeholder */
	TEXT_CLS_OPEN, /* placeholder or emphasis marker */
	TEXT_CLS_CLOSE,
	TEXT_CLS_BEGIN, /* as OPEN, pairs with END */
	TEXT_CLS_END,
	TEXT_CLS_CITE
};

/* One chunk. */
struct text_layout {
	UChar *u;
	uint32_t *off;	/* of each unit in the chunk's bytes; off[n] is their length */
	uint32_t *mate; /* of an opening bracket: index of its closing one; else 0 */
	unsigned char *cls;
	size_t n;
	const struct text_lang *lang;
};

/* text: at most 4 GiB. */
void text_layout_init(struct text_layout *t, const struct text_marked *text,
	const struct text_lang *lang);
void text_layout_free(struct text_layout *t);

static inline int text_plain_at(const struct text_layout *t, size_t i)
{
	return t->cls[i] == TEXT_CLS_TEXT;
}

static inline int text_space_at(const struct text_layout *t, size_t i)
{
	return text_plain_at(t, i) && text_is_space(t->u[i]);
}

static inline int text_wide_at(const struct text_layout *t, size_t i)
{
	return text_plain_at(t, i) &&
	       (U16_IS_SURROGATE(t->u[i]) ? 0 : text_is_wide(t->u[i]));
}

int text_terminator_at(const struct text_layout *t, size_t i);
int text_opener_at(const struct text_layout *t, size_t i);
int text_closer_at(const struct text_layout *t, size_t i);

/* A quotation mark whose direction its neighbours decide. */
int text_is_quote(UChar c);

#endif
