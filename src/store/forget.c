/* Taking pairs out, for good. */
#include "base/wildmatch.h"
#include "store/store.h"

#include <stdio.h>
#include <string.h>

/* Pairs to forget: of the language pair and the origins in table gone. */
#define GONE                                                                             \
	"FROM pair WHERE draft >= ?3 AND origin IN (SELECT id FROM gone)"                \
	" AND seg IN (SELECT seg.id FROM seg JOIN direction AS d ON d.id = direction"    \
	" WHERE (?1 = '' OR d.src = ?1) AND (?2 = '' OR d.tgt = ?2))"

/*
 * Segs stay as numbers without text: lists of postings name them, and a number must not
 * be given out twice.
 */
static const char tidy[] =
	"UPDATE direction SET pairs = (SELECT count(*) FROM pair JOIN seg ON seg.id = seg"
	" WHERE seg.direction = direction.id);"
	"CREATE TEMP TABLE used AS SELECT seg AS id FROM pair UNION SELECT before FROM "
	"pair;"
	"CREATE UNIQUE INDEX temp.used_id ON used(id);"
	"DELETE FROM seg_key WHERE seg NOT IN (SELECT id FROM used);"
	"UPDATE seg SET text = '' WHERE text <> '' AND id NOT IN (SELECT id FROM used);"
	"DELETE FROM origin WHERE id NOT IN (SELECT origin FROM pair);"
	"DROP TABLE used;";

static int run_text(struct amts_memory *mem, const char *sql, struct amts_error *err)
{
	if (sqlite3_exec(mem->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return AMTS_OK;
	return store_fail(mem, err);
}

/* Table gone: origins whose path the pattern matches; all of them without one. */
static int list_origins(
	struct amts_memory *mem, const char *pattern, struct amts_error *err)
{
	sqlite3_stmt *st, *add = NULL;
	int rc = run_text(mem,
		"DROP TABLE IF EXISTS temp.gone;"
		"CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)",
		err);

	if (rc || (rc = store_prepare(&st, mem, "SELECT id, path FROM origin", err)))
		return rc;
	rc = store_prepare(&add, mem, "INSERT INTO gone VALUES(?1)", err);
	while (!rc && (rc = store_step(mem, st, err)) == 1) {
		rc = AMTS_OK;
		if (pattern && !amts_wildmatch(amts_str_z(pattern), store_column(st, 1)))
			continue;
		sqlite3_bind_int64(add, 1, sqlite3_column_int64(st, 0));
		rc = store_step(mem, add, err);
	}
	sqlite3_finalize(st);
	sqlite3_finalize(add);
	return rc;
}

static int delete_pairs(int64_t *n, struct amts_memory *mem,
	const struct amts_memory_filter *f, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc = store_prepare(&st, mem, "DELETE " GONE, err);

	if (rc)
		return rc;
	store_bind_langs(st, f->src_lang, f->tgt_lang);
	sqlite3_bind_int(st, 3, f->drafts ? 1 : 0);
	rc = store_step(mem, st, err);
	*n = sqlite3_changes(mem->db);
	sqlite3_finalize(st);
	return rc;
}

static int is_everything(const struct amts_memory_filter *f)
{
	return !f->src_lang && !f->tgt_lang && !f->path && !f->drafts;
}

/* Every row of every table. */
static int delete_all(int64_t *n, struct amts_memory *mem, struct amts_error *err)
{
	sqlite3_stmt *st;
	struct amts_buf sql = AMTS_BUF_INIT;
	int rc = store_prepare(&st, mem, "SELECT count(*) FROM pair", err);

	if (!rc && (rc = store_step(mem, st, err)) == 1)
		*n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	if (rc < 0 || (rc = store_prepare(&st, mem,
			       "SELECT name FROM sqlite_master WHERE type = 'table'"
			       " AND name NOT LIKE 'sqlite_%'",
			       err)))
		return rc;
	while ((rc = store_step(mem, st, err)) == 1)
		amts_buf_addf(&sql, "DELETE FROM \"" AMTS_STR_FMT "\";",
			AMTS_STR_ARG(store_column(st, 0)));
	sqlite3_finalize(st);
	if (!rc)
		rc = run_text(mem, sql.p, err);
	amts_buf_release(&sql);
	return rc;
}

static int forget(int64_t *n, struct amts_memory *mem, const struct amts_memory_filter *f,
	struct amts_error *err)
{
	int rc;

	if (is_everything(f))
		return delete_all(n, mem, err);
	if ((rc = list_origins(mem, f->path, err)) || (rc = delete_pairs(n, mem, f, err)))
		return rc;
	return *n ? run_text(mem, tidy, err) : AMTS_OK;
}

int amts_memory_forget(size_t *forgotten, struct amts_memory *mem,
	const struct amts_memory_filter *f, struct amts_error *err)
{
	int64_t n = 0;
	int rc = f->path ? amts_wildmatch_check(amts_str_z(f->path), err) : AMTS_OK;

	*forgotten = 0;
	if (rc || (rc = store_run(mem, SQL_BEGIN_WRITE, err)))
		return rc;
	rc = forget(&n, mem, f, err);
	if (!rc)
		rc = store_run(mem, SQL_COMMIT, err);
	if (rc) {
		store_rollback(mem);
		return rc;
	}
	*forgotten = (size_t)n;
	/* Free pages still hold the text; other readers may be in the way of that. */
	if (n)
		sqlite3_exec(mem->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL,
			NULL, NULL);
	return AMTS_OK;
}

int amts_memory_is_damaged(const struct amts_memory *mem)
{
	return mem->damaged;
}

int amts_memory_set_aside(const char *path, struct amts_error *err)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	struct amts_buf from = AMTS_BUF_INIT, to = AMTS_BUF_INIT;
	int i, rc = AMTS_OK;

	for (i = 0; i < 3 && !rc; i++) {
		amts_buf_reset(&from);
		amts_buf_reset(&to);
		amts_buf_addf(&from, "%s%s", path, tails[i]);
		amts_buf_addf(&to, "%s" AMTS_MEMORY_ASIDE "%s", path, tails[i]);
		remove(to.p);
		if (rename(from.p, to.p) && !i)
			rc = amts_fail(err, AMTS_EFAIL, "cannot rename '%s' to '%s'",
				from.p, to.p);
	}
	amts_buf_release(&from);
	amts_buf_release(&to);
	return rc;
}
