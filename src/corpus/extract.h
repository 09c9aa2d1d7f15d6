#ifndef CORPUS_EXTRACT_H
#define CORPUS_EXTRACT_H
/* From two aligned documents to the texts that correspond. */
#include "amts/corpus.h"

struct corpus_side {
	struct amts_segments segs;
	const char *lang;
};

/* A document as the aligner wants it. */
AMTS_MUST_CHECK int corpus_side_read(struct corpus_side *out, struct amts_arena *arena,
	struct amts_str bytes, int plain, const char *lang, struct amts_error *err);

struct corpus_text {
	struct amts_str src, tgt;	 /* as struct amts_corpus_pair has them */
	struct amts_span src_at, tgt_at; /* segments */
	double score;
};
struct corpus_texts {
	struct corpus_text *v;
	size_t n;
};

/* What corresponds in a unit, in the order of the source, in arena; what waits for a
 * person or has no letters is left out. */
AMTS_MUST_CHECK int corpus_extract(struct corpus_texts *out, struct amts_arena *arena,
	const struct corpus_side *src, const struct corpus_side *tgt,
	const struct amts_align_job *job, enum amts_unit unit,
	const struct amts_corpus_pending *pending, size_t npending,
	struct amts_error *err);

#endif
