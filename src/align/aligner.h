#ifndef ALIGN_ALIGNER_H
#define ALIGN_ALIGNER_H
/* What an aligner has learnt; for those who want its lexicon, not its beads. */
#include "align/lexicon.h"
#include "align/model.h"
#include "align/vocab.h"
#include "amts/align.h"

struct amts_aligner {
	char *lang[2];
	struct align_vocab words[2], same;
	struct align_lexicon lex;
	struct align_model model;
};

#endif
