#ifndef CORPUS_BITEXT_H
#define CORPUS_BITEXT_H
/* What the formats of amts/bitext.h share. */
#include "amts/bitext.h"

/* ---- clean.c ---- */

/* Text on one line that any format can hold (see amts_bitext_write); text itself when it
 * is that already, else a copy in arena. */
struct amts_str bitext_clean(struct amts_arena *arena, struct amts_str text);

/* Length of the placeholder <x id="N"/> at s.p[at], 0 if there is none; *id is its N. */
size_t bitext_holder(struct amts_str s, size_t at, unsigned *id);

/* ---- protect.c ---- */

/* Markup of both sides that corresponds becomes placeholders; strings in arena. */
void bitext_protect_pair(struct amts_pair *p, struct amts_arena *arena,
	const char *src_lang, const char *tgt_lang);

/* ---- rows.c ---- */

struct bitext_cell {
	const struct amts_pair *pair; /* NULL: no translation */
	struct amts_str tgt;	      /* clean */
};

struct bitext_row {
	struct amts_str src;   /* clean */
	struct bitext_cell *v; /* one a target language */
};

struct bitext_table {
	const char *src_lang;
	const char **tgt_lang;
	size_t nlangs;
	struct bitext_row *v;
	size_t n;
};

/* Lines of a file: what the profile wants, equal sources of different languages together.
 */
AMTS_MUST_CHECK int bitext_rows(struct bitext_table *out,
	struct amts_bitext_counts *counts, struct amts_arena *arena,
	enum amts_bitext_format format, enum amts_bitext_profile profile,
	const struct amts_bitext *v, size_t n, struct amts_error *err);

/* ---- a file each ---- */

void bitext_write_delimited(
	struct amts_buf *out, const struct bitext_table *t, char comma, int header);
void bitext_write_tmx(struct amts_buf *out, const struct bitext_table *t);
void bitext_write_jsonl(struct amts_buf *out, const struct bitext_table *t);

/* One amts_bitext_read. */
struct bitext_reading {
	const char *name;		 /* of the file */
	const char *src_lang, *tgt_lang; /* wanted, or NULL */
	amts_pair_fn *fn;
	void *payload;
};

/* Hand on a pair if its languages are wanted and its sides are not empty. */
#define BITEXT_TEXT_MAX ((size_t)1 << 20) /* bytes of a side: the file is another one */
int bitext_pair(const struct bitext_reading *r, const char *src_lang,
	const char *tgt_lang, const struct amts_pair *pair, struct amts_error *err);
int bitext_same_lang(const char *a, const char *b);

int bitext_read_delimited(const struct bitext_reading *file, struct amts_str bytes,
	char comma, struct amts_error *err);
int bitext_read_tmx(
	const struct bitext_reading *file, struct amts_str bytes, struct amts_error *err);
int bitext_read_jsonl(
	const struct bitext_reading *r, struct amts_str bytes, struct amts_error *err);

/* ---- values.c ---- */

/* A score as "0.9731", to four places, whatever the locale; and back, 1 for what is none.
 */
void bitext_put_score(struct amts_buf *out, double score);
double bitext_score(struct amts_str s);
#define BITEXT_DATE_END 253402300800 /* year 10000 */
/* Seconds since 1970 as TMX has dates, "20230405T060708Z" (ISO 8601, basic form, UTC);
 * and back, 0 for what is none. */
void bitext_put_date(struct amts_buf *out, int64_t date);
int64_t bitext_date(struct amts_str s);

#endif
