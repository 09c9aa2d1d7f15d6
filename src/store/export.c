/* The memory as a whole: all pairs, what there is of each language pair. */
#include "amts/text.h"
#include "base/alloc.h"
#include "store/store.h"

#include <stdlib.h>

/* In an order that does not depend on how they got there. */
static const char all_pairs[] =
	"SELECT d.src, d.tgt, seg.text, p.tgt, b.text, path, hex, date, score, draft"
	" FROM pair AS p JOIN seg ON seg.id = p.seg"
	" JOIN direction AS d ON d.id = seg.direction JOIN origin ON origin.id = p.origin"
	" LEFT JOIN seg AS b ON b.id = p.before"
	" WHERE (?1 = '' OR d.src = ?1) AND (?2 = '' OR d.tgt = ?2)"
	" ORDER BY d.src, d.tgt, seg.text, b.text, p.tgt";

static const char counts[] =
	"SELECT d.src, d.tgt, count(*), count(DISTINCT seg), sum(draft),"
	" count(DISTINCT nullif(path, '')), coalesce(min(nullif(date, 0)), 0), max(date)"
	" FROM pair AS p JOIN seg ON seg.id = p.seg"
	" JOIN direction AS d ON d.id = seg.direction JOIN origin ON origin.id = p.origin"
	" GROUP BY d.id ORDER BY d.src, d.tgt";

int store_prepare(sqlite3_stmt **st, struct amts_memory *mem, const char *sql,
	struct amts_error *err)
{
	*st = NULL;
	if (sqlite3_prepare_v2(mem->db, sql, -1, st, NULL) == SQLITE_OK)
		return AMTS_OK;
	return store_fail(mem, err);
}

void store_bind_langs(sqlite3_stmt *st, const char *src_lang, const char *tgt_lang)
{
	const char *lang[] = { src_lang, tgt_lang };
	int i;

	for (i = 0; i < 2; i++) {
		char key[40] = "";

		if (lang[i])
			amts_lang_key(key, sizeof(key), lang[i]);
		sqlite3_bind_text(st, i + 1, key, -1, SQLITE_TRANSIENT);
	}
}

static const char *text_at(sqlite3_stmt *st, int at)
{
	const char *s = (const char *)sqlite3_column_text(st, at);

	return s ? s : "";
}

int amts_memory_each(struct amts_memory *mem, const char *src_lang, const char *tgt_lang,
	amts_pair_fn *fn, void *payload, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc = store_prepare(&st, mem, all_pairs, err);

	if (rc)
		return rc;
	store_bind_langs(st, src_lang, tgt_lang);
	while ((rc = store_step(mem, st, err)) == 1) {
		struct amts_pair p = { store_column(st, 2), store_column(st, 3),
			store_column(st, 4), store_column(st, 5), store_column(st, 6),
			sqlite3_column_int64(st, 7), sqlite3_column_double(st, 8),
			sqlite3_column_int(st, 9) };

		if ((rc = fn(payload, text_at(st, 0), text_at(st, 1), &p, err)))
			break;
	}
	sqlite3_finalize(st);
	return rc;
}

int amts_memory_stats(struct amts_memory_stats **out, size_t *n, struct amts_arena *arena,
	struct amts_memory *mem, struct amts_error *err)
{
	struct amts_memory_stats *v = NULL;
	size_t cap = 0, i;
	sqlite3_stmt *st;
	int rc = store_prepare(&st, mem, counts, err);

	*n = 0;
	while (!rc && (rc = store_step(mem, st, err)) == 1) {
		struct amts_memory_stats s = { amts_arena_z(arena, store_column(st, 0)),
			amts_arena_z(arena, store_column(st, 1)),
			(size_t)sqlite3_column_int64(st, 2),
			(size_t)sqlite3_column_int64(st, 3),
			(size_t)sqlite3_column_int64(st, 4),
			(size_t)sqlite3_column_int64(st, 5), sqlite3_column_int64(st, 6),
			sqlite3_column_int64(st, 7) };

		AMTS_VEC_PUSH(v, *n, cap, s);
		rc = AMTS_OK;
	}
	sqlite3_finalize(st);
	*out = AMTS_NEW(arena, struct amts_memory_stats, *n + 1);
	for (i = 0; i < *n; i++)
		(*out)[i] = v[i];
	free(v);
	return rc;
}
