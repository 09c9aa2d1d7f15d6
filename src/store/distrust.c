/* Marking what nobody had reviewed after all. */
#include "store/store.h"

static int mark(struct amts_memory *mem, sqlite3_stmt *st,
	const struct amts_memory_origin *v, size_t n, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++) {
		store_bind(st, 1, v[i].path);
		store_bind(st, 2, v[i].commit);
		rc = store_step(mem, st, err);
	}
	return rc;
}

/* Table temp.distrusted: ids of the origins whose pairs are not marked yet. */
static int list_origins(struct amts_memory *mem, const struct amts_memory_origin *v,
	size_t n, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_exec(mem->db,
		    "DROP TABLE IF EXISTS temp.distrusted;"
		    "CREATE TEMP TABLE distrusted(id INTEGER PRIMARY KEY)",
		    NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(mem, err);
	rc = store_prepare(&st, mem,
		"INSERT OR IGNORE INTO temp.distrusted"
		" SELECT id FROM origin WHERE path = ?1 AND hex = ?2",
		err);
	if (rc)
		return rc;
	rc = mark(mem, st, v, n, err);
	sqlite3_finalize(st);
	return rc;
}

/* 1 when there is something to mark: else the file is left alone. */
static int has_unmarked(struct amts_memory *mem, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc = store_prepare(&st, mem,
		"SELECT 1 FROM pair WHERE draft = 0"
		" AND origin IN (SELECT id FROM temp.distrusted) LIMIT 1",
		err);

	if (rc)
		return rc;
	rc = store_step(mem, st, err);
	sqlite3_finalize(st);
	return rc;
}

int amts_memory_distrust(struct amts_memory *mem, const struct amts_memory_origin *v,
	size_t n, struct amts_error *err)
{
	int rc = n ? list_origins(mem, v, n, err) : AMTS_OK;

	if (rc || !n || (rc = has_unmarked(mem, err)) <= 0)
		return rc;
	if (sqlite3_exec(mem->db,
		    "UPDATE pair SET draft = 1 WHERE draft = 0"
		    " AND origin IN (SELECT id FROM temp.distrusted)",
		    NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(mem, err);
	return AMTS_OK;
}
