#include "amts/memory.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "base/chars.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

struct amts_str store_fold_space(struct amts_buf *room, struct amts_str text)
{
	size_t i, from;

	text = amts_str_trim(text);
	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] <= ' ' && amts_is_space(text.p[i]) &&
			(text.p[i] != ' ' || text.p[i - 1] == ' '))
			break;
	if (i == text.n)
		return text;
	amts_buf_reset(room);
	for (i = 0; i < text.n; i++) {
		for (from = i; i < text.n && !amts_is_space(text.p[i]); i++)
			;
		amts_buf_add(room, amts_str_sub(text, from, i));
		while (i + 1 < text.n && amts_is_space(text.p[i + 1]))
			i++;
		if (i < text.n)
			amts_buf_addc(room, ' ');
	}
	return amts_buf_str(room);
}

static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 32) * 0x9e3779b97f4a7c15ULL;
	return h ^ h >> 32;
}

int64_t store_key(
	struct amts_str folded, const struct store_words *words, int64_t direction)
{
	uint64_t loose = mix(store_words_key(words, mix((uint64_t)direction + 1)));
	uint64_t exact = mix(amts_str_hash(folded, AMTS_HASH_SEED));

	return (int64_t)((loose & ~(uint64_t)0xffffffff) | exact >> 32);
}

int store_direction(int64_t *out, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, int add, struct amts_error *err)
{
	char src[40], tgt[40];
	sqlite3_stmt *st;
	int rc;

	amts_lang_key(src, sizeof(src), src_lang);
	amts_lang_key(tgt, sizeof(tgt), tgt_lang);
	*out = 0;
	if (!(st = store_sql(mem, SQL_DIRECTION_GET, err)))
		return err->code;
	store_bind(st, 1, amts_str_z(src));
	store_bind(st, 2, amts_str_z(tgt));
	if ((rc = store_step(mem, st, err)) < 0)
		return rc;
	if (rc == 1)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if (*out || !add)
		return AMTS_OK;
	if (!(st = store_sql(mem, SQL_DIRECTION_ADD, err)))
		return err->code;
	store_bind(st, 1, amts_str_z(src));
	store_bind(st, 2, amts_str_z(tgt));
	rc = store_step(mem, st, err);
	*out = sqlite3_last_insert_rowid(mem->db);
	return rc;
}

int store_seg_find(int64_t *out, struct amts_memory *mem, int64_t direction, int64_t key,
	struct amts_str folded, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(mem, SQL_SEG_FIND, err);
	int rc;

	*out = 0;
	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, key);
	sqlite3_bind_int64(st, 3, -1);
	while ((rc = store_step(mem, st, err)) == 1)
		if (sqlite3_column_int64(st, 1) == direction &&
			amts_str_eq(store_column(st, 2), folded)) {
			*out = sqlite3_column_int64(st, 0);
			sqlite3_reset(st);
			return AMTS_OK;
		}
	return rc;
}

int amts_memory_count(size_t *out, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, struct amts_error *err)
{
	char src[40] = "", tgt[40] = "";
	sqlite3_stmt *st = store_sql(mem, SQL_COUNT, err);
	int rc;

	*out = 0;
	if (!st)
		return err->code;
	if (src_lang)
		amts_lang_key(src, sizeof(src), src_lang);
	if (tgt_lang)
		amts_lang_key(tgt, sizeof(tgt), tgt_lang);
	store_bind(st, 1, amts_str_z(src));
	store_bind(st, 2, amts_str_z(tgt));
	if ((rc = store_step(mem, st, err)) == 1)
		*out = (size_t)sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return rc < 0 ? rc : AMTS_OK;
}
