#ifndef ALIGN_ITEMS_H
#define ALIGN_ITEMS_H
/* What the aligner sees of a document: one list of sentences and opaque blocks. */
#include "align/params.h"
#include "align/vocab.h"
#include "align/words.h"
#include "amts/segment.h"
#include "amts/text.h"

#define NO_SEGMENT UINT32_MAX

/* A token of a sentence.  Built as hashes, then numbered (see align_side_number). */
struct align_token {
	uint64_t word_hash, same_hash, cognate_hash;
	uint32_t word; /* of its language, for the lexicon; 0: none */
	uint32_t same; /* what may stand on the other side unchanged; 0: none */
	uint16_t chars;
	uint16_t shared; /* the other side has it too */
};

struct align_item {
	uint32_t block;
	uint32_t segment; /* NO_SEGMENT: an opaque block */
	uint32_t tok;	  /* index of its first token */
	uint32_t ntok;
	float length;	   /* characters of text that is not the same on both sides */
	float same_length; /* characters of tokens that the other side has too */
	uint64_t tabs;	   /* set of framework tabs around it, as bits; 0: outside */
	struct align_words words; /* of an opaque block */
	unsigned char kind;	  /* enum amts_block_kind */
	unsigned char level;	  /* of a heading, else 0 */
	unsigned char ends;	  /* last of its block; in plain text of its paragraph */
	/* Of the bead that begins here: how many items of this side it may hold, and,
	 * of its first k + 1 items, lengths in sum and what the borders inside cost. */
	unsigned char joins;
	float lengths[BEAD_MAX], same_lengths[BEAD_MAX], inside[BEAD_MAX];
};

struct align_side {
	struct align_item *v;
	size_t n;
	struct align_token *tok; /* heap */
	size_t ntok, tok_cap;
	int latin;   /* has words in Latin letters that inflect: cognates tell */
	int borders; /* there are several blocks, and some of several sentences */
};

/* List the items of a document with the hashes of their tokens; items in arena. */
AMTS_MUST_CHECK int align_side_init(struct align_side *side, struct amts_arena *arena,
	const struct amts_segments *segs, const char *lang, struct amts_error *err);
void align_side_release(struct align_side *side);

/* Give the tokens their numbers; known: new words get none; cognates: of words that may
 * be related, not only equal. */
void align_side_number(struct align_side *side, struct align_vocab *words, int known,
	struct align_vocab *same, int cognates);

/* Forget what only one of two documents has: an ordinary word is no anchor, nor do the
 * paragraphs of one side help when the other is flat.  Completes the items.  seen: room
 * for one byte a number of `same`, zero before and after. */
void align_sides_match(
	struct align_side *src, struct align_side *tgt, unsigned char *seen);

#endif
