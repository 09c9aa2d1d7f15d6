#include "store/harvest.h"

#include "base/alloc.h"
#include "base/map.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

enum harvest_sql {
	HARVEST_OUTDATED,
	HARVEST_ALIGNER_GET,
	HARVEST_ALIGNER_SET,
	HARVEST_TEXT_KEYS,
	HARVEST_TEXT_ADD,
	HARVEST_TEXTS,
	HARVEST_DOCUMENTS,
	HARVEST_DOCUMENT_ADD,
	HARVEST_STATEMENTS
};

/* Of what is made of two blobs: what another version made is made anew. */
#define VERSION "3"
static const char outdated[] = "DELETE FROM harvest_text;"
			       "DROP TABLE harvest_document; DROP TABLE harvest_aligner;";

static const char tables[] =
	"CREATE TABLE IF NOT EXISTS harvest_text(id INTEGER PRIMARY KEY,"
	" direction INTEGER NOT NULL, key INTEGER NOT NULL, src TEXT NOT NULL,"
	" tgt TEXT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS harvest_document(id INTEGER PRIMARY KEY,"
	" direction INTEGER NOT NULL, src TEXT NOT NULL, tgt TEXT NOT NULL,"
	" lexicon INTEGER NOT NULL, sentences BLOB NOT NULL, paragraphs BLOB NOT NULL);"
	"CREATE TABLE IF NOT EXISTS harvest_aligner(direction INTEGER PRIMARY KEY,"
	" version INTEGER NOT NULL, key INTEGER NOT NULL, bytes BLOB NOT NULL);";

static const char *const statements[HARVEST_STATEMENTS] = {
	/* ?1, which every statement has, is bound for nothing here */
	[HARVEST_OUTDATED] = "SELECT ?1 FROM harvest_aligner WHERE version <> " VERSION,
	[HARVEST_ALIGNER_GET] =
		"SELECT key, bytes FROM harvest_aligner WHERE direction = ?1",
	[HARVEST_ALIGNER_SET] =
		"INSERT OR REPLACE INTO harvest_aligner(direction, version, key, bytes)"
		" VALUES(?1, " VERSION ", ?2, ?3)",
	[HARVEST_TEXT_KEYS] = "SELECT id, key FROM harvest_text WHERE direction = ?1 AND "
			      "id > ?2 ORDER BY id",
	[HARVEST_TEXT_ADD] = "INSERT INTO harvest_text(direction, key, src, tgt) "
			     "VALUES(?1, ?2, ?3, ?4)",
	[HARVEST_TEXTS] =
		"SELECT id, src, tgt FROM harvest_text WHERE direction = ?1 ORDER BY id",
	[HARVEST_DOCUMENTS] = "SELECT src, tgt, sentences, paragraphs, lexicon, id"
			      " FROM harvest_document WHERE direction = ?1 ORDER BY id",
	[HARVEST_DOCUMENT_ADD] =
		"INSERT OR REPLACE INTO harvest_document(direction, src, tgt, sentences,"
		" paragraphs, lexicon, id) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

struct store_harvest {
	struct amts_memory *mem;
	int64_t direction;
	sqlite3_stmt *sql[HARVEST_STATEMENTS];
	struct amts_map texts;	   /* key: number */
	uint32_t last_text;	   /* its number */
	struct amts_map documents; /* key: index */
	struct store_document *v;  /* heap, lists too */
	size_t n, cap;
};

/* ---- plumbing ---- */

/* The statement, reset, with the language pair bound; NULL with err set. */
static sqlite3_stmt *statement(
	struct store_harvest *h, enum harvest_sql id, struct amts_error *err)
{
	sqlite3_stmt **st = &h->sql[id];

	if (*st)
		sqlite3_reset(*st);
	else if (sqlite3_prepare_v3(h->mem->db, statements[id], -1,
			 SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
		store_fail(h->mem, err);
	if (*st)
		sqlite3_bind_int64(*st, 1, h->direction);
	return *st;
}

static void bind_bytes(sqlite3_stmt *st, int at, struct amts_str s)
{
	sqlite3_bind_blob64(st, at, s.p ? s.p : "", s.n, SQLITE_STATIC);
}

/* Texts that came since, from another process perhaps. */
static int read_keys(struct store_harvest *h, struct amts_error *err)
{
	sqlite3_stmt *st = statement(h, HARVEST_TEXT_KEYS, err);
	int rc;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 2, h->last_text);
	while ((rc = store_step(h->mem, st, err)) == 1) {
		h->last_text = (uint32_t)sqlite3_column_int64(st, 0);
		amts_map_add(
			&h->texts, (uint64_t)sqlite3_column_int64(st, 1), h->last_text);
	}
	return rc;
}

int store_harvest_begin(struct store_harvest *h, struct amts_error *err)
{
	int rc = store_run(h->mem, SQL_BEGIN_WRITE, err);

	return rc ? rc : read_keys(h, err);
}

int store_harvest_commit(struct store_harvest *h, struct amts_error *err)
{
	return store_run(h->mem, SQL_COMMIT, err);
}

void store_harvest_rollback(struct store_harvest *h)
{
	int i;

	for (i = 0; i < HARVEST_STATEMENTS; i++)
		sqlite3_reset(h->sql[i]);
	store_rollback(h->mem);
}

/* ---- lists of texts, as bytes: numbers of seven bits a byte, low ones first ---- */

static void put(struct amts_buf *out, uint32_t x)
{
	for (; x > 0x7f; x >>= 7)
		amts_buf_addc(out, (char)(x | 0x80));
	amts_buf_addc(out, (char)x);
}

static uint32_t get(struct amts_str *s)
{
	uint32_t x = 0;
	int shift = 0;

	while (s->n) {
		unsigned char c = (unsigned char)*s->p++;

		s->n--;
		x |= shift < 32 ? (uint32_t)(c & 0x7f) << shift : 0;
		if (c < 0x80)
			break;
		shift += 7;
	}
	return x;
}

/* Numbers mostly follow each other: their difference to the one before, sign last. */
static void pack(struct amts_buf *out, const struct store_item *v, size_t n)
{
	uint32_t last = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t d = v[i].text - last;

		put(out, d << 1 ^ (0 - (d >> 31)));
		put(out, v[i].score);
		last = v[i].text;
	}
}

static struct store_item *unpack(size_t *n, struct amts_str s)
{
	struct store_item *v = NULL;
	uint32_t last = 0;
	size_t cap = 0;

	*n = 0;
	while (s.n) {
		uint32_t d = get(&s);
		struct store_item item;

		last = item.text = last + (d >> 1 ^ (0 - (d & 1)));
		item.score = (uint16_t)get(&s);
		AMTS_VEC_PUSH(v, *n, cap, item);
	}
	return v;
}

/* ---- reading ---- */

static uint64_t document_key(struct amts_str src, struct amts_str tgt)
{
	return amts_str_hash(tgt, amts_str_hash(src, AMTS_HASH_SEED));
}

static uint64_t text_key(struct amts_str src, struct amts_str tgt)
{
	return amts_str_hash(
		tgt, amts_str_hash(AMTS_STR("\n"), amts_str_hash(src, AMTS_HASH_SEED)));
}

static void remember(struct store_harvest *h, struct store_document doc)
{
	size_t at = amts_map_add(&h->documents, doc.key, h->n);

	if (at == h->n) {
		AMTS_VEC_PUSH(h->v, h->n, h->cap, doc);
		return;
	}
	free(h->v[at].v[0]);
	free(h->v[at].v[1]);
	h->v[at] = doc;
}

static int read_documents(struct store_harvest *h, struct amts_error *err)
{
	sqlite3_stmt *st = statement(h, HARVEST_DOCUMENTS, err);
	int rc;

	if (!st)
		return err->code;
	while ((rc = store_step(h->mem, st, err)) == 1) {
		struct store_document d;
		int unit;

		d.key = document_key(store_column(st, 0), store_column(st, 1));
		for (unit = 0; unit < STORE_UNITS; unit++)
			d.v[unit] = unpack(&d.n[unit], store_column(st, 2 + unit));
		d.lexicon = (uint64_t)sqlite3_column_int64(st, 4);
		d.id = sqlite3_column_int64(st, 5);
		remember(h, d);
	}
	return rc;
}

static int make_tables(struct store_harvest *h, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_exec(h->mem->db, tables, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(h->mem, err);
	if (!(st = statement(h, HARVEST_OUTDATED, err)))
		return err->code;
	rc = store_step(h->mem, st, err);
	sqlite3_reset(st);
	if (rc == 1 &&
		(sqlite3_exec(h->mem->db, outdated, NULL, NULL, NULL) != SQLITE_OK ||
			sqlite3_exec(h->mem->db, tables, NULL, NULL, NULL) != SQLITE_OK))
		return store_fail(h->mem, err);
	return rc < 0 ? rc : AMTS_OK;
}

int store_harvest_open(struct store_harvest **out, struct amts_memory *mem,
	const char *src_lang, const char *tgt_lang, struct amts_error *err)
{
	struct store_harvest *h = amts_calloc(1, sizeof(*h));
	int rc;

	h->mem = mem;
	rc = make_tables(h, err);
	if (!rc)
		rc = store_direction(&h->direction, mem, src_lang, tgt_lang, 1, err);
	if (!rc)
		rc = read_documents(h, err);
	if (!rc)
		rc = read_keys(h, err);
	if (rc)
		store_harvest_free(h);
	else
		*out = h;
	return rc;
}

void store_harvest_free(struct store_harvest *h)
{
	size_t i;

	if (!h)
		return;
	for (i = 0; i < HARVEST_STATEMENTS; i++)
		sqlite3_finalize(h->sql[i]);
	for (i = 0; i < h->n; i++) {
		free(h->v[i].v[0]);
		free(h->v[i].v[1]);
	}
	amts_map_release(&h->texts);
	amts_map_release(&h->documents);
	free(h->v);
	free(h);
}

const struct store_document *store_harvest_find(const struct store_harvest *h,
	const struct amts_oid *src, const struct amts_oid *tgt)
{
	size_t at = amts_map_get(
		&h->documents, document_key(amts_str_z(src->hex), amts_str_z(tgt->hex)));

	return at == AMTS_MAP_NONE ? NULL : &h->v[at];
}

int store_harvest_texts(struct store_text **out, size_t *n, struct amts_arena *arena,
	struct store_harvest *h, struct amts_error *err)
{
	sqlite3_stmt *st = statement(h, HARVEST_TEXTS, err);
	struct store_text *v = NULL;
	size_t cap = 0;
	int rc;

	*n = 0;
	if (!st)
		return err->code;
	while ((rc = store_step(h->mem, st, err)) == 1) {
		size_t id = (size_t)sqlite3_column_int64(st, 0);

		AMTS_VEC_ROOM(v, *n, cap, id + 1 - *n);
		memset(v + *n, 0, (id + 1 - *n) * sizeof(*v));
		*n = id + 1;
		v[id].src = amts_arena_str(arena, store_column(st, 1));
		v[id].tgt = amts_arena_str(arena, store_column(st, 2));
	}
	*out = AMTS_NEW(arena, struct store_text, *n + 1);
	if (*n)
		memcpy(*out, v, *n * sizeof(*v));
	free(v);
	return rc;
}

int store_harvest_aligner(uint64_t *key, struct amts_str *out, struct amts_arena *arena,
	struct store_harvest *h, struct amts_error *err)
{
	sqlite3_stmt *st = statement(h, HARVEST_ALIGNER_GET, err);
	int rc;

	*out = AMTS_STR("");
	*key = 0;
	if (!st)
		return err->code;
	if ((rc = store_step(h->mem, st, err)) == 1) {
		*key = (uint64_t)sqlite3_column_int64(st, 0);
		*out = amts_arena_str(arena, store_column(st, 1));
	}
	sqlite3_reset(st);
	return rc < 0 ? rc : AMTS_OK;
}

/* ---- writing ---- */

int store_harvest_set_aligner(struct store_harvest *h, uint64_t key,
	struct amts_str bytes, struct amts_error *err)
{
	sqlite3_stmt *st = statement(h, HARVEST_ALIGNER_SET, err);

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 2, (int64_t)key);
	bind_bytes(st, 3, bytes);
	return store_step(h->mem, st, err);
}

int store_harvest_text(uint32_t *out, struct store_harvest *h, struct amts_str src,
	struct amts_str tgt, struct amts_error *err)
{
	uint64_t key = text_key(src, tgt);
	size_t known = amts_map_get(&h->texts, key);
	sqlite3_stmt *st;
	int rc;

	*out = (uint32_t)known;
	if (known != AMTS_MAP_NONE)
		return AMTS_OK;
	if (!(st = statement(h, HARVEST_TEXT_ADD, err)))
		return err->code;
	sqlite3_bind_int64(st, 2, (int64_t)key);
	store_bind(st, 3, src);
	store_bind(st, 4, tgt);
	rc = store_step(h->mem, st, err);
	*out = h->last_text = (uint32_t)sqlite3_last_insert_rowid(h->mem->db);
	amts_map_add(&h->texts, key, *out);
	return rc;
}

uint32_t store_harvest_next_text(const struct store_harvest *h)
{
	return h->last_text + 1;
}

int store_harvest_add(struct store_harvest *h, const struct amts_oid *src,
	const struct amts_oid *tgt, const struct store_document *doc,
	struct amts_error *err)
{
	const struct store_document *old = store_harvest_find(h, src, tgt);
	sqlite3_stmt *st = statement(h, HARVEST_DOCUMENT_ADD, err);
	struct amts_buf list[STORE_UNITS] = { AMTS_BUF_INIT, AMTS_BUF_INIT };
	struct store_document copy;
	int unit, rc;

	if (!st)
		return err->code;
	copy.key = document_key(amts_str_z(src->hex), amts_str_z(tgt->hex));
	copy.lexicon = doc->lexicon;
	store_bind(st, 2, amts_str_z(src->hex));
	store_bind(st, 3, amts_str_z(tgt->hex));
	sqlite3_bind_int64(st, 6, (int64_t)doc->lexicon);
	if (old)
		sqlite3_bind_int64(st, 7, old->id);
	else
		sqlite3_bind_null(st, 7);
	for (unit = 0; unit < STORE_UNITS; unit++) {
		copy.n[unit] = doc->n[unit];
		copy.v[unit] = amts_malloc((doc->n[unit] + 1) * sizeof(*copy.v[unit]));
		if (doc->n[unit])
			memcpy(copy.v[unit], doc->v[unit],
				doc->n[unit] * sizeof(*copy.v[unit]));
		pack(&list[unit], doc->v[unit], doc->n[unit]);
		bind_bytes(st, 4 + unit, amts_buf_str(&list[unit]));
	}
	rc = store_step(h->mem, st, err);
	copy.id = old ? old->id : sqlite3_last_insert_rowid(h->mem->db);
	remember(h, copy);
	for (unit = 0; unit < STORE_UNITS; unit++)
		amts_buf_release(&list[unit]);
	return rc;
}
