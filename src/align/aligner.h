#ifndef ALIGN_ALIGNER_H
#define ALIGN_ALIGNER_H
/* What an aligner has learnt; for those who want its lexicon, not its beads. */
#include "align/lessons.h"
#include "align/lexicon.h"
#include "align/model.h"
#include "align/vocab.h"
#include "amts/align.h"

struct amts_aligner {
	char *lang[2];
	struct align_vocab words[2], same;
	struct align_lexicon lex;
	struct align_model model;
	struct align_lessons lessons; /* of earlier batches */
};

/* Learn the lexicon from c (may be NULL) and from all lessons but those of the documents
 * skip[0..n), sorted. */
void align_aligner_train(struct amts_aligner *al, struct align_corpus *c,
	const uint64_t *skip, size_t n, unsigned threads);

#endif
