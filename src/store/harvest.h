#ifndef STORE_HARVEST_H
#define STORE_HARVEST_H
/*
 * What was read from histories, in the memory's file: each pair of blobs that was
 * aligned, once, with the texts that correspond in it.  Which of them count is not said
 * here: that depends on the commits, and is found out anew each time.
 *
 *	harvest_text      a text and its translation, as documents have them
 *	harvest_document  two blobs, the lexicon they were aligned with; per unit a list
 *of (text, score) harvest_aligner   the lexicon that histories of a language pair are
 *aligned with
 */
#include "amts/memory.h"
#include "amts/repo.h"

struct store_harvest;

/* Reads the ledger; texts stay in the file.  mem must outlive it. */
AMTS_MUST_CHECK int store_harvest_open(struct store_harvest **out,
	struct amts_memory *mem, const char *src_lang, const char *tgt_lang,
	struct amts_error *err);
void store_harvest_free(struct store_harvest *h); /* NULL is allowed */

/* What happens between the two is in the file as a whole or not at all, amts_memory_add
 * included. */
/* After a failure of it roll back too. */
AMTS_MUST_CHECK int store_harvest_begin(struct store_harvest *h, struct amts_error *err);
AMTS_MUST_CHECK int store_harvest_commit(struct store_harvest *h, struct amts_error *err);
/* After a failure; the handle may only be freed then. */
void store_harvest_rollback(struct store_harvest *h);

/* Bytes of amts_aligner_save and the key they were kept with; empty and 0 when there are
 * none. */
AMTS_MUST_CHECK int store_harvest_aligner(uint64_t *key, struct amts_str *out,
	struct amts_arena *arena, struct store_harvest *h, struct amts_error *err);
AMTS_MUST_CHECK int store_harvest_set_aligner(struct store_harvest *h, uint64_t key,
	struct amts_str bytes, struct amts_error *err);

/* A text of a document. */
struct store_item {
	uint32_t text;	/* its number */
	uint16_t score; /* of the bead, in thousandths */
};
#define STORE_SCORE 1000

#define STORE_UNITS 2 /* enum amts_unit */
struct store_document {
	int64_t id;			   /* in the file */
	uint64_t key;			   /* of the ids of both blobs */
	uint64_t lexicon;		   /* key of the one it was aligned with */
	struct store_item *v[STORE_UNITS]; /* in the order of the source */
	size_t n[STORE_UNITS];
};

/* NULL when the blobs have not been aligned yet; valid until one is added. */
const struct store_document *store_harvest_find(const struct store_harvest *h,
	const struct amts_oid *src, const struct amts_oid *tgt);

/* The number of a pair of texts, new or old. */
AMTS_MUST_CHECK int store_harvest_text(uint32_t *out, struct store_harvest *h,
	struct amts_str src, struct amts_str tgt, struct amts_error *err);
/* The number that the next new one will have. */
uint32_t store_harvest_next_text(const struct store_harvest *h);
/* The lists are copied; what was there of these blobs is replaced. */
AMTS_MUST_CHECK int store_harvest_add(struct store_harvest *h, const struct amts_oid *src,
	const struct amts_oid *tgt, const struct store_document *doc,
	struct amts_error *err);

/* All texts: out[number], of n; those of other language pairs are empty. */
struct store_text {
	struct amts_str src, tgt;
};
AMTS_MUST_CHECK int store_harvest_texts(struct store_text **out, size_t *n,
	struct amts_arena *arena, struct store_harvest *h, struct amts_error *err);

#endif
