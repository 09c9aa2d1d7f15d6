#include "base/alloc.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* One amts_memory_add. */
struct adding {
	struct amts_memory *mem;
	int64_t direction;
	int64_t added; /* pairs that were not there */
	struct amts_buf src, tgt;
	/* what the previous pair used: pairs come in the order of their documents */
	struct amts_buf last_text;
	int64_t last_seg;
	struct amts_buf last_path, last_hex;
	int64_t last_date, last_origin;
};

static int insert_seg(int64_t *out, struct adding *a, int64_t key, struct amts_str text,
	struct amts_error *err)
{
	struct amts_memory *mem = a->mem;
	sqlite3_stmt *st = store_sql(mem, SQL_SEG_ADD, err);
	int rc;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, a->direction);
	store_bind(st, 2, text);
	if ((rc = store_step(mem, st, err)))
		return rc;
	*out = sqlite3_last_insert_rowid(mem->db);
	if (!(st = store_sql(mem, SQL_KEY_ADD, err)))
		return err->code;
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, *out);
	return store_step(mem, st, err);
}

/* The seg of a folded text, made (is_new) if need be; mem->words are its words
 * afterwards. */
static int get_seg(int64_t *out, int *is_new, struct adding *a, struct amts_str text,
	struct amts_error *err)
{
	struct amts_memory *mem = a->mem;
	int64_t key;
	int rc;

	store_words_cut(&mem->words, text);
	key = store_key(text, &mem->words, a->direction);
	rc = store_seg_find(out, mem, a->direction, key, text, err);
	*is_new = !rc && !*out;
	if (!*is_new)
		return rc;
	return insert_seg(out, a, key, text, err);
}

/* Seg of the segment before, 0 for none; nearly always that of the previous pair. */
static int get_before(
	int64_t *out, struct adding *a, struct amts_str before, struct amts_error *err)
{
	struct amts_str text = store_fold_space(&a->src, before);
	int is_new;

	*out = 0;
	if (!text.n)
		return AMTS_OK;
	if (a->last_seg && amts_str_eq(text, amts_buf_str(&a->last_text))) {
		*out = a->last_seg;
		return AMTS_OK;
	}
	return get_seg(out, &is_new, a, text, err);
}

static int is_last_origin(const struct adding *a, const struct amts_pair *p)
{
	return a->last_origin && a->last_date == p->date &&
	       amts_str_eq(amts_buf_str(&a->last_path), p->path) &&
	       amts_str_eq(amts_buf_str(&a->last_hex), p->commit);
}

static int get_origin(struct adding *a, const struct amts_pair *p, struct amts_error *err)
{
	enum store_sql ids[] = { SQL_ORIGIN_GET, SQL_ORIGIN_ADD };
	int i, rc = 0;

	if (is_last_origin(a, p))
		return AMTS_OK;
	for (i = 0; i < 2 && !rc; i++) {
		sqlite3_stmt *st = store_sql(a->mem, ids[i], err);

		if (!st)
			return err->code;
		store_bind(st, 1, p->path);
		store_bind(st, 2, p->commit);
		sqlite3_bind_int64(st, 3, p->date);
		if ((rc = store_step(a->mem, st, err)) < 0)
			return rc;
		a->last_origin = rc ? sqlite3_column_int64(st, 0)
				    : sqlite3_last_insert_rowid(a->mem->db);
		sqlite3_reset(st);
	}
	amts_buf_reset(&a->last_path);
	amts_buf_add(&a->last_path, p->path);
	amts_buf_reset(&a->last_hex);
	amts_buf_add(&a->last_hex, p->commit);
	a->last_date = p->date;
	return AMTS_OK;
}

/* A pair at hand. */
struct row {
	int64_t seg, before, hash;
	struct amts_str tgt;
};

/* Id of the pair if it is there already; renew says if p should replace its origin. */
static int find_pair(int64_t *id, int *renew, struct adding *a, const struct row *r,
	const struct amts_pair *p, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(a->mem, SQL_PAIR_FIND, err);
	int rc;

	*id = 0;
	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, r->seg);
	sqlite3_bind_int64(st, 2, r->before);
	sqlite3_bind_int64(st, 3, r->hash);
	while (!*id && (rc = store_step(a->mem, st, err)) == 1) {
		int draft = sqlite3_column_int(st, 2);

		if (!amts_str_eq(store_column(st, 1), r->tgt))
			continue;
		*id = sqlite3_column_int64(st, 0);
		*renew = draft > !!p->draft ||
			 (draft == !!p->draft && p->date > sqlite3_column_int64(st, 3));
	}
	if (!*id)
		return rc;
	sqlite3_reset(st);
	return AMTS_OK;
}

static int renew_pair(
	struct adding *a, int64_t id, const struct amts_pair *p, struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc = get_origin(a, p, err);

	if (rc)
		return rc;
	if (!(st = store_sql(a->mem, SQL_PAIR_RENEW, err)))
		return err->code;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, a->last_origin);
	sqlite3_bind_double(st, 3, p->score);
	sqlite3_bind_int(st, 4, !!p->draft);
	return store_step(a->mem, st, err);
}

static int insert_pair(struct adding *a, const struct row *r, const struct amts_pair *p,
	struct amts_error *err)
{
	sqlite3_stmt *st;
	int rc = get_origin(a, p, err);

	if (rc)
		return rc;
	if (!(st = store_sql(a->mem, SQL_PAIR_ADD, err)))
		return err->code;
	sqlite3_bind_int64(st, 1, r->seg);
	sqlite3_bind_int64(st, 2, r->before);
	sqlite3_bind_int64(st, 3, r->hash);
	store_bind(st, 4, r->tgt);
	sqlite3_bind_int64(st, 5, a->last_origin);
	sqlite3_bind_double(st, 6, p->score);
	sqlite3_bind_int(st, 7, !!p->draft);
	a->added++;
	return store_step(a->mem, st, err);
}

/* A seg's words are indexed with its first pair; what only ever stood before one is not.
 */
static int index_seg(struct adding *a, int64_t seg, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(a->mem, SQL_PAIR_ANY, err);
	int rc;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, seg);
	rc = store_step(a->mem, st, err);
	sqlite3_reset(st);
	if (rc)
		return rc < 0 ? rc : AMTS_OK;
	return store_postings_add(a->mem, a->direction, seg, &a->mem->words, err);
}

static int add_pair(struct adding *a, const struct amts_pair *p, struct amts_error *err)
{
	struct row r;
	struct amts_str src;
	int64_t id;
	int rc, is_new, renew = 0;

	if ((rc = get_before(&r.before, a, p->before, err)))
		return rc;
	src = store_fold_space(&a->src, p->src);
	r.tgt = store_fold_space(&a->tgt, p->tgt);
	if (!src.n || !r.tgt.n)
		return AMTS_OK;
	r.hash = (int64_t)(amts_str_hash(r.tgt, AMTS_HASH_SEED) >> 40);
	if ((rc = get_seg(&r.seg, &is_new, a, src, err)))
		return rc;
	amts_buf_reset(&a->last_text);
	amts_buf_add(&a->last_text, src);
	a->last_seg = r.seg;
	if (is_new)
		rc = store_postings_add(a->mem, a->direction, r.seg, &a->mem->words, err);
	else if (!(rc = find_pair(&id, &renew, a, &r, p, err))) {
		if (id)
			return renew ? renew_pair(a, id, p, err) : AMTS_OK;
		rc = index_seg(a, r.seg, err);
	}
	return rc ? rc : insert_pair(a, &r, p, err);
}

static int add_all(
	struct adding *a, const struct amts_pair *v, size_t n, struct amts_error *err)
{
	sqlite3_stmt *st;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++)
		rc = add_pair(a, &v[i], err);
	if (rc || (rc = store_postings_flush(a->mem, err)))
		return rc;
	if (!(st = store_sql(a->mem, SQL_DIRECTION_COUNT, err)))
		return err->code;
	sqlite3_bind_int64(st, 1, a->direction);
	sqlite3_bind_int64(st, 2, a->added);
	return store_step(a->mem, st, err);
}

int amts_memory_add(struct amts_memory *mem, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *v, size_t n, struct amts_error *err)
{
	struct adding a = { .mem = mem };
	struct amts_buf *bufs[] = { &a.src, &a.tgt, &a.last_text, &a.last_path,
		&a.last_hex };
	size_t i;
	int rc, own = sqlite3_get_autocommit(mem->db); /* not part of a harvest */

	for (i = 0; i < 5; i++)
		*bufs[i] = (struct amts_buf)AMTS_BUF_INIT;
	if (own && (rc = store_run(mem, SQL_BEGIN_WRITE, err)))
		return rc;
	if (!(rc = store_direction(&a.direction, mem, src_lang, tgt_lang, 1, err)) &&
		!(rc = add_all(&a, v, n, err)) && own)
		rc = store_run(mem, SQL_COMMIT, err);
	if (rc && own)
		store_rollback(mem);
	for (i = 0; i < 5; i++)
		amts_buf_release(bufs[i]);
	return rc;
}
