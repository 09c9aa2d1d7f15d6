#include "base/alloc.h"
#include "base/folder.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APPLICATION_ID 0x616d7473 /* "amts" */
#define SCHEMA_VERSION 1
#define BUSY_MS 30000
#define RETRY_MS 5
/* Big pages: an import is a fifth faster than with the usual 4096 bytes, because fewer
 * lists of postings overflow theirs. */
#define PAGE_SIZE "16384"
#define WAL_PAGES "4096" /* until the log is written back */

static const char schema[] =
	"CREATE TABLE direction(id INTEGER PRIMARY KEY, src TEXT NOT NULL, tgt TEXT NOT "
	"NULL,"
	" pairs INTEGER NOT NULL DEFAULT 0, UNIQUE(src, tgt));"
	"CREATE TABLE origin(id INTEGER PRIMARY KEY, path TEXT NOT NULL, hex TEXT NOT "
	"NULL,"
	" date INTEGER NOT NULL, UNIQUE(path, hex, date));"
	"CREATE TABLE seg(id INTEGER PRIMARY KEY, direction INTEGER NOT NULL, text TEXT "
	"NOT NULL);"
	"CREATE TABLE seg_key(key INTEGER NOT NULL, seg INTEGER NOT NULL,"
	" PRIMARY KEY(key, seg)) WITHOUT ROWID;"
	"CREATE TABLE pair(id INTEGER PRIMARY KEY, seg INTEGER NOT NULL, before INTEGER "
	"NOT NULL,"
	" hash INTEGER NOT NULL, tgt TEXT NOT NULL, origin INTEGER NOT NULL,"
	" score REAL NOT NULL, draft INTEGER NOT NULL);"
	"CREATE INDEX pair_seg ON pair(seg, before, hash);"
	"CREATE TABLE posting(id INTEGER PRIMARY KEY, list BLOB NOT NULL);";

/* Wordings of one seg are looked through up to a bound: a heading may stand in every
 * file. */
#define PAIR_COLUMNS "id, before, tgt, origin, score, draft"
static const char *const statements[SQL_STATEMENTS] = {
	[SQL_DIRECTION_GET] = "SELECT id FROM direction WHERE src = ?1 AND tgt = ?2",
	[SQL_DIRECTION_ADD] = "INSERT INTO direction(src, tgt) VALUES(?1, ?2)",
	[SQL_DIRECTION_COUNT] = "UPDATE direction SET pairs = pairs + ?2 WHERE id = ?1",
	[SQL_COUNT] = "SELECT coalesce(sum(pairs), 0) FROM direction WHERE (?1 = '' OR "
		      "src = ?1)"
		      " AND (?2 = '' OR tgt = ?2)",
	[SQL_ORIGIN_GET] =
		"SELECT id FROM origin WHERE path = ?1 AND hex = ?2 AND date = ?3",
	[SQL_ORIGIN_ADD] = "INSERT INTO origin(path, hex, date) VALUES(?1, ?2, ?3)",
	[SQL_SEG_FIND] = "SELECT seg.id, seg.direction, seg.text FROM seg_key JOIN seg"
			 " ON seg.id = seg_key.seg WHERE key BETWEEN ?1 AND ?2 LIMIT ?3",
	[SQL_SEG_GET] = "SELECT id, direction, text FROM seg WHERE id = ?1",
	[SQL_SEG_ADD] = "INSERT INTO seg(direction, text) VALUES(?1, ?2)",
	[SQL_SEG_LAST] = "SELECT coalesce(max(id), 0) FROM seg",
	[SQL_KEY_ADD] = "INSERT INTO seg_key(key, seg) VALUES(?1, ?2)",
	[SQL_PAIR_ANY] = "SELECT 1 FROM pair WHERE seg = ?1 LIMIT 1",
	[SQL_PAIR_FIND] = "SELECT pair.id, tgt, draft, date FROM pair JOIN origin ON "
			  "origin.id = origin"
			  " WHERE seg = ?1 AND before = ?2 AND hash = ?3",
	[SQL_PAIR_ADD] = "INSERT INTO pair(seg, before, hash, tgt, origin, score, draft)"
			 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SQL_PAIR_RENEW] =
		"UPDATE pair SET origin = ?2, score = ?3, draft = ?4 WHERE id = ?1",
	[SQL_PAIR_OF] =
		"SELECT tgt, path, hex, date, score, draft, (SELECT text "
		"FROM seg"
		" WHERE seg.id = before) FROM"
		" (SELECT * FROM (SELECT " PAIR_COLUMNS " FROM pair WHERE seg = ?1"
		" AND before = ?2 LIMIT 64) UNION ALL"
		" SELECT * FROM (SELECT " PAIR_COLUMNS " FROM pair WHERE seg = ?1"
		" AND before <> ?2 LIMIT 256)) AS p JOIN origin ON origin.id = p.origin"
		" ORDER BY draft, before = ?2 DESC, date DESC, p.id DESC",
	[SQL_POSTING_ADD] =
		"INSERT INTO posting(id, list) VALUES(?1, ?2)"
		" ON CONFLICT(id) DO UPDATE SET list = CAST(list || ?2 AS BLOB)",
	[SQL_POSTING_SIZE] = "SELECT coalesce(sum(length(list)), 0) FROM posting WHERE "
			     "id BETWEEN ?1 AND ?2",
	[SQL_POSTING_GET] = "SELECT id, list FROM posting WHERE id BETWEEN ?1 AND ?2",
	[SQL_BEGIN_READ] = "BEGIN",
	[SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
};

int store_fail(struct amts_memory *mem, struct amts_error *err)
{
	const char *path = *mem->path ? mem->path : "in memory";
	int os;

	switch (sqlite3_errcode(mem->db) & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return amts_fail(err, AMTS_ERETRY,
			"translation memory '%s' is in use by another process", path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		mem->damaged = 1;
		return amts_fail(err, AMTS_EPARSE,
			"translation memory '%s' is damaged (%s); delete it, and it is "
			"filled "
			"anew from the repositories",
			path, sqlite3_errmsg(mem->db));
	default:
		os = sqlite3_system_errno(mem->db);
		return amts_fail(err, AMTS_EFAIL, "translation memory '%s': %s%s%s", path,
			sqlite3_errmsg(mem->db), os ? ": " : "", os ? strerror(os) : "");
	}
}

sqlite3_stmt *store_sql(
	struct amts_memory *mem, enum store_sql id, struct amts_error *err)
{
	sqlite3_stmt **st = &mem->sql[id];

	if (*st)
		sqlite3_reset(*st);
	else if (sqlite3_prepare_v3(mem->db, statements[id], -1,
			 SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
		store_fail(mem, err);
	return *st;
}

int store_step(struct amts_memory *mem, sqlite3_stmt *st, struct amts_error *err)
{
	int code;

	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		sqlite3_reset(st);
		return 0;
	default:
		code = store_fail(mem, err);
		sqlite3_reset(st);
		return code;
	}
}

int store_run(struct amts_memory *mem, enum store_sql id, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(mem, id, err);

	return st ? store_step(mem, st, err) : err->code;
}

void store_rollback(struct amts_memory *mem)
{
	int i;

	for (i = 0; i < SQL_STATEMENTS; i++)
		if (mem->sql[i])
			sqlite3_reset(mem->sql[i]);
	sqlite3_exec(mem->db, "ROLLBACK", NULL, NULL, NULL);
	mem->nwait = 0;
}

void store_bind(sqlite3_stmt *st, int at, struct amts_str s)
{
	sqlite3_bind_text64(st, at, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

struct amts_str store_column(sqlite3_stmt *st, int at)
{
	const char *p = (const char *)sqlite3_column_blob(st, at);

	return (struct amts_str){ p, p ? (size_t)sqlite3_column_bytes(st, at) : 0 };
}

/* First column of the first row as a number. */
static int number(
	int64_t *out, struct amts_memory *mem, const char *sql, struct amts_error *err)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = 0;
	if (sqlite3_prepare_v2(mem->db, sql, -1, &st, NULL) != SQLITE_OK)
		return store_fail(mem, err);
	rc = store_step(mem, st, err);
	if (rc == 1)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc < 0 ? rc : AMTS_OK;
}

static int run_text(struct amts_memory *mem, const char *sql, struct amts_error *err)
{
	if (sqlite3_exec(mem->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return AMTS_OK;
	return store_fail(mem, err);
}

/* Give an empty file its tables; a file with other contents is not ours to touch. */
static int check_schema(struct amts_memory *mem, struct amts_error *err)
{
	int64_t id, version, tables;
	int rc;

	if ((rc = number(&id, mem, "PRAGMA application_id", err)) ||
		(rc = number(&version, mem, "PRAGMA user_version", err)) ||
		(rc = number(&tables, mem, "SELECT count(*) FROM sqlite_master", err)))
		return rc;
	if (id == APPLICATION_ID && version == SCHEMA_VERSION)
		return AMTS_OK;
	if (id == APPLICATION_ID)
		return amts_fail(err, AMTS_EUSAGE,
			"translation memory '%s' has version %lld, this program knows %d",
			mem->path, (long long)version, SCHEMA_VERSION);
	if (tables)
		return amts_fail(err, AMTS_EUSAGE,
			"'%s' is a database, but not a translation memory", mem->path);
	if ((rc = run_text(mem, schema, err)))
		return rc;
	return run_text(
		mem, "PRAGMA application_id = 0x616d7473; PRAGMA user_version = 1;", err);
}

/* SQLite does not wait by itself when two connections switch a new file at once (it could
 * be for ever: both hold a lock that the other wants), so this tries again. */
static int use_wal(struct amts_memory *mem, struct amts_error *err)
{
	int waited, code = SQLITE_BUSY;

	for (waited = 0; code == SQLITE_BUSY && waited < BUSY_MS; waited += RETRY_MS) {
		if (waited)
			sqlite3_sleep(RETRY_MS);
		code = sqlite3_exec(mem->db,
			"PRAGMA page_size = " PAGE_SIZE "; PRAGMA journal_mode = WAL",
			NULL, NULL, NULL);
	}
	return code == SQLITE_OK ? AMTS_OK : store_fail(mem, err);
}

/* Several processes may open a new file at once: one of them gives it its tables. */
static int prepare_file(struct amts_memory *mem, struct amts_error *err)
{
	int64_t id;
	int rc;

	sqlite3_busy_timeout(mem->db, BUSY_MS);
	if ((rc = number(&id, mem, "PRAGMA application_id", err)))
		return rc;
	if ((rc = use_wal(mem, err)))
		return rc;
	if ((rc = run_text(mem,
		     "PRAGMA synchronous = NORMAL;"
		     "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = " WAL_PAGES
		     ";"
		     "PRAGMA cell_size_check = ON",
		     err)))
		return rc;
	if (id == APPLICATION_ID)
		return check_schema(mem, err);
	if ((rc = run_text(mem, "BEGIN IMMEDIATE", err)))
		return rc;
	rc = check_schema(mem, err);
	if (!rc)
		return run_text(mem, "COMMIT", err);
	sqlite3_exec(mem->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

static int make_folder_of(const char *path, struct amts_error *err)
{
	const char *slash = strrchr(path, '/');

	return amts_make_folders(
		(struct amts_str){ path, slash ? (size_t)(slash - path) : 0 }, err);
}

/* SQLite takes a file of some bytes for an empty database, and would overwrite it. */
static int check_file(const char *path, struct amts_error *err)
{
	static const char magic[] = "SQLite format 3";
	char head[sizeof(magic)];
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(head, 1, sizeof(head), f) : 0;

	if (f)
		fclose(f);
	if (!n || (n == sizeof(head) && !memcmp(head, magic, n)))
		return AMTS_OK;
	return amts_fail(err, AMTS_EPARSE, "'%s' is no translation memory", path);
}

int amts_memory_open(struct amts_memory **out, const char *path, struct amts_error *err)
{
	struct amts_memory *mem;
	int rc;

	*out = NULL;
	if (path && ((rc = make_folder_of(path, err)) || (rc = check_file(path, err))))
		return rc;
	mem = amts_calloc(1, sizeof(*mem));
	mem->path = amts_strdup(path ? path : "");
	if (sqlite3_open_v2(path ? path : ":memory:", &mem->db,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		rc = store_fail(mem, err);
	else
		rc = prepare_file(mem, err);
	if (rc)
		amts_memory_free(mem);
	else
		*out = mem;
	return rc;
}

void amts_memory_free(struct amts_memory *mem)
{
	int i;

	if (!mem)
		return;
	for (i = 0; i < SQL_STATEMENTS; i++)
		sqlite3_finalize(mem->sql[i]);
	sqlite3_close(mem->db);
	store_words_release(&mem->words);
	free(mem->wait);
	free(mem->count);
	free(mem->path);
	free(mem);
}
