#ifndef STORE_STORE_H
#define STORE_STORE_H
/*
 * The memory's file.
 *
 *   direction  one row a language pair: source segments belong to one of them
 *   seg        source segments; key in seg_key: high half of it is equal for segments
 * that differ in case, white space and numbers, low half for equal text pair wordings of
 * a seg; `before` is the seg that preceded it (0: unknown) posting    which segs hold a
 * word, 4096 segs a row; see postings.c
 */
#include "amts/memory.h"
#include "store/words.h"

#include <sqlite3.h>

enum store_sql {
	SQL_DIRECTION_GET,
	SQL_DIRECTION_ADD,
	SQL_DIRECTION_COUNT,
	SQL_COUNT,
	SQL_ORIGIN_GET,
	SQL_ORIGIN_ADD,
	SQL_SEG_FIND,
	SQL_SEG_GET,
	SQL_SEG_ADD,
	SQL_SEG_LAST,
	SQL_KEY_ADD,
	SQL_PAIR_ANY,
	SQL_PAIR_FIND,
	SQL_PAIR_ADD,
	SQL_PAIR_RENEW,
	SQL_PAIR_OF,
	SQL_POSTING_ADD,
	SQL_POSTING_SIZE,
	SQL_POSTING_GET,
	SQL_BEGIN_READ,
	SQL_BEGIN_WRITE,
	SQL_COMMIT,
	SQL_STATEMENTS
};

/* One word of one seg, waiting to be written. */
struct store_posting {
	int64_t row;	/* of table posting */
	uint32_t entry; /* seg within the row, and its length */
};

struct amts_memory {
	sqlite3 *db;
	char *path; /* "" in memory only */
	int damaged; /* SQLite has said so */
	sqlite3_stmt *sql[SQL_STATEMENTS];
	struct store_words words; /* of the segment at hand */
	struct store_posting *wait;
	size_t nwait, wait_cap;
	unsigned char *count; /* of matched words by seg, all 0 between look-ups */
	size_t count_cap;
};

/* Code and message for the connection's last failure. */
int store_fail(struct amts_memory *mem, struct amts_error *err);

/* The statement, reset; NULL with err set if the file does not have its tables. */
sqlite3_stmt *store_sql(
	struct amts_memory *mem, enum store_sql id, struct amts_error *err);
/* 1 a row, 0 no more (and reset), or a code. */
int store_step(struct amts_memory *mem, sqlite3_stmt *st, struct amts_error *err);
/* Run a statement without parameters or results. */
int store_run(struct amts_memory *mem, enum store_sql id, struct amts_error *err);
void store_rollback(struct amts_memory *mem);

void store_bind(sqlite3_stmt *st, int at, struct amts_str s);
struct amts_str store_column(sqlite3_stmt *st, int at); /* until the next step */

/* For what is not done often: finalize it. */
int store_prepare(sqlite3_stmt **st, struct amts_memory *mem, const char *sql,
	struct amts_error *err);
/* Bind keys of languages to ?1 and ?2, "" for NULL. */
void store_bind_langs(sqlite3_stmt *st, const char *src_lang, const char *tgt_lang);

/* Id of a language pair; 0 if there is none and add is 0. */
int store_direction(int64_t *out, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, int add, struct amts_error *err);

/* White space folded: trimmed, runs as one blank. */
struct amts_str store_fold_space(struct amts_buf *room, struct amts_str text);

/* Key of the folded text whose words are given. */
int64_t store_key(
	struct amts_str folded, const struct store_words *words, int64_t direction);
#define STORE_KEY_LOOSE(key) ((key) & ~(int64_t)0xffffffff)

/* Seg of the folded text, 0 if there is none. */
int store_seg_find(int64_t *out, struct amts_memory *mem, int64_t direction, int64_t key,
	struct amts_str folded, struct amts_error *err);

/* postings.c: remember that seg holds these words; written by store_postings_flush. */
int store_postings_add(struct amts_memory *mem, int64_t direction, int64_t seg,
	const struct store_words *words, struct amts_error *err);
int store_postings_flush(struct amts_memory *mem, struct amts_error *err);

/* A seg that may be similar, best first: bound is the most its score can be. */
struct store_candidate {
	int64_t seg;
	double bound;
};
#define STORE_CANDIDATES 256
/* out: room for STORE_CANDIDATES. */
int store_candidates(struct store_candidate *out, size_t *n, struct amts_memory *mem,
	int64_t direction, const struct store_words *words, double min_score,
	struct amts_error *err);

/* Longer segments are found by their keys only. */
#define STORE_FUZZY_WORDS 512

#endif
