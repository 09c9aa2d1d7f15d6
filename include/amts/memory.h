#ifndef AMTS_MEMORY_H
#define AMTS_MEMORY_H
/*
 * Translation memory: pairs of segments in an SQLite file, several languages in one.
 * Segments keep their <x id="N"/> placeholders.  Safe with several processes at once.
 */
#include "amts/mem.h"

struct amts_memory;

/* Where a repository keeps its memory, below amts_repo_common_dir. */
#define AMTS_MEMORY_PATH "amts/memory.db"

/* One pair and where it comes from. */
struct amts_pair {
	struct amts_str src, tgt; /* segments, placeholders kept */
	struct amts_str
		before;	      /* source segment before it in its document; may be empty */
	struct amts_str path; /* of the target document */
	struct amts_str commit; /* hex id of the target commit; may be empty */
	int64_t date;		/* of that commit, seconds since 1970; 0 unknown */
	double score;		/* of the alignment, 0..1 */
	int draft;		/* machine made and not reviewed */
};

/*
 * path NULL: in memory only.  Creates the file and its folders when missing.  A handle is
 * for one thread at a time and not to be used across fork(2). AMTS_EPARSE from any
 * function: the file is damaged; it may be deleted, because all of it comes from
 * repositories.  AMTS_EUSAGE: it is another program's database, or a version this program
 * does not know.  AMTS_ERETRY: another process kept it locked for 30 seconds.
 */
AMTS_MUST_CHECK int amts_memory_open(
	struct amts_memory **out, const char *path, struct amts_error *err);
void amts_memory_free(struct amts_memory *mem);

/*
 * Add pairs in one transaction: after a failure or a kill all of them are there or none.
 * A pair that is there already (same segments, same `before`) is updated when it is
 * newer, or reviewed where the old one was a draft; another wording of the same segment
 * is kept beside it.  White space is folded; pairs with an empty side are left out.
 * Language tags are normalised: zh-CN is zh, zh-TW is not; other regions are ignored.
 * One call for many documents costs a third of a call for each.
 */
AMTS_MUST_CHECK int amts_memory_add(struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, const struct amts_pair *v, size_t n,
	struct amts_error *err);

struct amts_hit {
	struct amts_pair pair; /* strings in the caller's arena */
	/* 1: same text but for white space; else 1 - word edit distance / longer length,
	 * where a mark of punctuation counts as a quarter of a word, and at most .99:
	 * that is what texts get whose only difference is case (A-Z), numbers or the ids
	 * of placeholders */
	double score;
};

/*
 * Best hits first (score, then reviewed, then same `before`, then newest), at most max,
 * each wording of a segment once; none is not an error.  min_score under .3 counts as .3.
 * Complete, except that at most 256 similar segments are compared, and that in very big
 * memories segments of common words only may be missed.  Segments of over 512 words are
 * found only when they score .99.
 */
AMTS_MUST_CHECK int amts_memory_lookup(struct amts_hit *hits, size_t *nhits, size_t max,
	struct amts_arena *arena, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, struct amts_str src, struct amts_str before,
	double min_score, struct amts_error *err);

/* A pair of a memory or a file; strings until it returns.  A code ends the work. */
typedef int amts_pair_fn(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *pair, struct amts_error *err);

/* All pairs of a language pair (NULL: any), sorted by languages and segments: equal
 * memories give equal lists.  fn must not use mem. */
AMTS_MUST_CHECK int amts_memory_each(struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, amts_pair_fn *fn, void *payload, struct amts_error *err);

/* What there is of one language pair. */
struct amts_memory_stats {
	const char *src_lang, *tgt_lang; /* as amts_lang_key has them */
	size_t pairs, segments, drafts;	 /* segments: different sources */
	size_t documents;
	int64_t oldest, newest; /* seconds since 1970; 0 unknown */
};
AMTS_MUST_CHECK int amts_memory_stats(struct amts_memory_stats **out, size_t *n,
	struct amts_arena *arena, struct amts_memory *mem, struct amts_error *err);

/* What to forget: pairs that all of it applies to. */
struct amts_memory_filter {
	const char *src_lang, *tgt_lang; /* NULL: any */
	const char *path; /* pattern as in .gitignore, of target documents; NULL: any */
	int drafts;	  /* only what nobody reviewed */
};

/*
 * Take pairs out, in one transaction, and their text out of the file.  With an empty
 * filter all goes, also what was read from histories, which are read anew then; else they
 * are not learnt again from what was read.  AMTS_EUSAGE for what is no pattern.
 */
AMTS_MUST_CHECK int amts_memory_forget(size_t *forgotten, struct amts_memory *mem,
	const struct amts_memory_filter *filter, struct amts_error *err);

/* A commit of a target document. */
struct amts_memory_origin {
	struct amts_str path, commit;
};
/* What these commits brought turned out to be drafts that nobody had reviewed: so it is
 * marked, and people's wordings go before it.  What is marked already stays. */
AMTS_MUST_CHECK int amts_memory_distrust(struct amts_memory *mem,
	const struct amts_memory_origin *v, size_t n, struct amts_error *err);

/* 1 after a function has failed because the file is damaged. */
int amts_memory_is_damaged(const struct amts_memory *mem);

/* Rename the file of a damaged memory that nobody has open, so that a new one can take
 * its place. */
#define AMTS_MEMORY_ASIDE ".damaged" /* added to its name */
AMTS_MUST_CHECK int amts_memory_set_aside(const char *path, struct amts_error *err);

/* Number of pairs of a language pair (NULL: any). */
AMTS_MUST_CHECK int amts_memory_count(size_t *out, struct amts_memory *mem,
	const char *src_lang, const char *tgt_lang, struct amts_error *err);

#endif
