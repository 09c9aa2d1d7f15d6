#ifndef AMTS_MEMORY_H
#define AMTS_MEMORY_H
/*
 * Translation memory: pairs of segments in an SQLite file, several languages in one.
 * Segments keep their <x id="N"/> placeholders.  Safe with several processes at once.
 */
#include "amts/mem.h"

struct amts_memory;

/* One pair and where it comes from. */
struct amts_pair {
	struct amts_str src, tgt;   /* segments, placeholders kept */
	struct amts_str before;     /* source segment before it in its document; may be empty */
	struct amts_str path;       /* of the target document */
	struct amts_str commit;     /* hex id of the target commit; may be empty */
	int64_t date;               /* of that commit, seconds since 1970; 0 unknown */
	double score;               /* of the alignment, 0..1 */
	int draft;                  /* machine made and not reviewed */
};

/* path NULL: in memory only.  Creates the file and its folder when missing. */
AMTS_MUST_CHECK int amts_memory_open(struct amts_memory **out, const char *path,
	struct amts_error *err);
void amts_memory_free(struct amts_memory *mem);

/* Add pairs in one transaction; a pair that is there already is updated when it is newer. */
AMTS_MUST_CHECK int amts_memory_add(struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, const struct amts_pair *v, size_t n, struct amts_error *err);

struct amts_hit {
	struct amts_pair pair; /* strings in the caller's arena */
	double score;          /* 1 exact; else 1 - word edit distance / longer length */
};

/* Best hits first (score, then same `before`, then newest), at most max; none is not an error. */
AMTS_MUST_CHECK int amts_memory_lookup(struct amts_hit *hits, size_t *nhits, size_t max,
	struct amts_arena *arena, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, struct amts_str src, struct amts_str before, double min_score,
	struct amts_error *err);

/* Number of pairs of a language pair (NULL: any). */
AMTS_MUST_CHECK int amts_memory_count(size_t *out, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, struct amts_error *err);

#endif
