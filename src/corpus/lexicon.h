#ifndef CORPUS_LEXICON_H
#define CORPUS_LEXICON_H
/*
 * The lexicon that all revisions of a history are aligned with: what the documents taught
 * as they were when there were half as many revisions of translations, at least.  It is the same whether
 * the history was read at once or as it grew, and so is all that is aligned with it.
 * When there are twice as many it is learnt anew, until there are LEXICON_REVISIONS.
 */
#include "amts/corpus.h"
#include "store/harvest.h"

#define LEXICON_REVISIONS 1024

/* Which lexicon the history calls for: a hash of what teaches it. */
uint64_t corpus_lexicon_key(const struct amts_harvest_input *in);

/* That lexicon: as it was kept, or learnt, and kept. */
AMTS_MUST_CHECK int corpus_lexicon_open(struct amts_aligner **out,
	struct store_harvest *store, const struct amts_harvest_input *in,
	struct amts_error *err);

#endif
