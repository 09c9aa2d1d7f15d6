#ifndef AMTS_ENGINE_H
#define AMTS_ENGINE_H
/* Machine translation, whoever does it. */
#include "amts/mem.h"

struct amts_inline;

/* One segment to translate; placeholders are <x id="N"/>. */
struct amts_mt_request {
	struct amts_str text;
	struct amts_str before; /* the source sentence before it; may be empty */
	/* what stood there, where sentences were changed: may be more than one, may be
	 * empty */
	struct amts_str old_src, old_tgt;
	const char *where; /* "path:line" in the source, for messages */
	/* what the placeholders are (amts/segment.h), the first is <x id="1"/>; may be
	 * none */
	const struct amts_inline *inl;
	size_t ninl;
};

enum amts_mt_origin {
	AMTS_MT_NONE,  /* the engine has nothing: the segment stays pending */
	AMTS_MT_EXACT, /* translation memory, same text */
	AMTS_MT_FUZZY, /* translation memory, similar text: a draft to correct */
	AMTS_MT_MACHINE
};

/* A sentence that people translated and that is like the one asked for, but says
 * something else: a hint for whoever translates it, not a draft. */
struct amts_mt_similar {
	double score;		  /* similarity, 0..1; 0: there is none */
	struct amts_str src, tgt; /* segments */
	struct amts_str from;	  /* provenance */
};

struct amts_mt_result {
	struct amts_str text; /* empty when origin is AMTS_MT_NONE */
	enum amts_mt_origin origin;
	double score; /* 1 for exact; similarity 0..1 for fuzzy; 0 if unknown */
	struct amts_str from; /* provenance for people, e.g. "path@commit"; of
				 AMTS_MT_NONE: why there is nothing; may be empty */
	struct amts_mt_similar similar; /* when origin is AMTS_MT_NONE */
};

struct amts_engine;

struct amts_engine_ops {
	const char *name; /* as in "amts.engine = NAME" */

	/*
	 * Fill results[0..n) in order, strings in arena.  All or nothing:
	 * on failure results are not looked at, and AMTS_ERETRY may be retried.
	 */
	int (*translate)(struct amts_engine *e, struct amts_arena *arena,
		const struct amts_mt_request *requests, size_t n,
		struct amts_mt_result *results, struct amts_error *err);
	void (*free)(struct amts_engine *e);
};

/* First member of every engine. */
struct amts_engine {
	const struct amts_engine_ops *ops;
};

AMTS_MUST_CHECK int amts_engine_translate(struct amts_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err);
void amts_engine_free(struct amts_engine *e); /* NULL is allowed */

/*
 * Answers from a translation memory (borrowed; see amts/memory.h).  A segment is drafted
 * (AMTS_MT_EXACT, or AMTS_MT_FUZZY for what nobody reviewed) where the memory has it, or
 * one that differs in numbers, names and placeholders that can be replaced, in case,
 * articles, commas, contractions and spelling.  One that differs in other words, from
 * min_score on (0..1; 0.75 by custom), is told as `similar` and left to people: two of
 * three words in common say nothing of the third.  Pairs of doubtful alignment are passed
 * over, and so are sentences that nobody translated, translations that have a name more
 * than their source, and what is less like the request than old_src is.  Nor is a similar
 * segment a draft that says a term otherwise than the glossary (borrowed, may be NULL); what
 * people wrote for the very same text is theirs, and stays.
 */
struct amts_memory;
struct amts_glossary;
struct amts_engine *amts_engine_memory(struct amts_memory *mem,
	const struct amts_glossary *glossary, const char *src_lang, const char *tgt_lang,
	double min_score);
/* Has nothing to say: everything stays pending. */
struct amts_engine *amts_engine_none(void);

#endif
