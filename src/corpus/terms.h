#ifndef CORPUS_TERMS_H
#define CORPUS_TERMS_H
/* The inside of amts/glossary.h. */
#include "amts/glossary.h"
#include "base/map.h"

struct amts_glossary {
	struct amts_arena *arena;
	const char *src_lang, *tgt_lang;
	struct amts_term *v; /* heap */
	size_t n, cap;
	struct amts_map by_src;	  /* index, by the text */
	struct amts_map by_words; /* index, by the words */
};

/* glossary.c: add what two cells say. */
void terms_add(
	struct amts_glossary *g, struct amts_str src, struct amts_str tgt, size_t line);

/* terms_markdown.c, terms_tbx.c */
void terms_read_markdown(struct amts_glossary *g, struct amts_str bytes);
AMTS_MUST_CHECK int terms_read_tbx(struct amts_glossary *g, struct amts_str bytes,
	const char *name, struct amts_error *err);

/* terms_check.c: after the last term. */
void terms_index(struct amts_glossary *g);

#endif
