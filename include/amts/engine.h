#ifndef AMTS_ENGINE_H
#define AMTS_ENGINE_H
/* Machine translation, whoever does it. */
#include "amts/mem.h"

/* One segment to translate; placeholders are <x id="N"/>. */
struct amts_mt_request {
	struct amts_str text;
	struct amts_str before; /* the source sentence before it; may be empty */
	/* what stood there, where sentences were changed: may be more than one, may be empty */
	struct amts_str old_src, old_tgt;
	const char *where; /* "path:line" in the source, for messages */
};

enum amts_mt_origin {
	AMTS_MT_NONE,  /* the engine has nothing: the segment stays pending */
	AMTS_MT_EXACT, /* translation memory, same text */
	AMTS_MT_FUZZY, /* translation memory, similar text: a draft to correct */
	AMTS_MT_MACHINE
};

struct amts_mt_result {
	struct amts_str text; /* empty when origin is AMTS_MT_NONE */
	enum amts_mt_origin origin;
	double score; /* 1 for exact; similarity 0..1 for fuzzy; 0 if unknown */
	struct amts_str
		from; /* provenance for people, e.g. "path@commit"; may be empty */
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
 * Answers from a translation memory (borrowed; see amts/memory.h).  Similar segments from
 * min_score (0..1; 0.75 by custom) on are drafts to correct (AMTS_MT_FUZZY), and so is
 * what nobody reviewed.  A hit is only used when every placeholder of the request is in
 * it once; numbers and names that differ are replaced where that is unambiguous, else the
 * hit is passed over: so is one whose translation has a word as it is that is not in the request.  Pairs of doubtful alignment are passed over, and so are sentences that
 * nobody translated.  A similar segment is no answer where old_src is nearer to the
 * request, or old_tgt holds its translation already.
 */
struct amts_memory;
struct amts_engine *amts_engine_memory(struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, double min_score);
/* Has nothing to say: everything stays pending. */
struct amts_engine *amts_engine_none(void);

#endif
