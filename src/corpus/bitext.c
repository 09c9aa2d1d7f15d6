#include "corpus/bitext.h"
#include "amts/text.h"

#include <string.h>

static const char *const endings[AMTS_BITEXT_FORMATS] = { ".tsv", ".csv", ".tmx",
	".jsonl" };

int amts_bitext_format_of(struct amts_str path)
{
	int i;

	for (i = 0; i < AMTS_BITEXT_FORMATS; i++)
		if (amts_str_ends(path, amts_str_z(endings[i])))
			return i;
	return -1;
}

int bitext_same_lang(const char *a, const char *b)
{
	char x[32], y[32];

	amts_lang_key(x, sizeof(x), a);
	amts_lang_key(y, sizeof(y), b);
	return !strcmp(x, y);
}

static void write_table(struct amts_buf *out, const struct bitext_table *t,
	enum amts_bitext_format format, enum amts_bitext_profile profile)
{
	switch (format) {
	case AMTS_BITEXT_TSV:
		bitext_write_delimited(
			out, t, '\t', t->nlangs > 1 || profile != AMTS_BITEXT_PLAIN);
		break;
	case AMTS_BITEXT_CSV:
		bitext_write_delimited(out, t, ',', 1);
		break;
	case AMTS_BITEXT_TMX:
		bitext_write_tmx(out, t);
		break;
	case AMTS_BITEXT_JSONL:
		bitext_write_jsonl(out, t);
		break;
	}
}

int amts_bitext_write(struct amts_buf *out, struct amts_bitext_counts *counts,
	enum amts_bitext_format format, enum amts_bitext_profile profile,
	const struct amts_bitext *v, size_t n, struct amts_error *err)
{
	struct amts_arena *arena;
	struct bitext_table t;
	int rc;

	if (format == AMTS_BITEXT_JSONL && profile != AMTS_BITEXT_PLAIN)
		return amts_fail(err, AMTS_EUSAGE,
			"Amazon Translate takes TMX, CSV and TSV, not JSONL");
	arena = amts_arena_new();
	rc = bitext_rows(&t, counts, arena, format, profile, v, n, err);
	if (!rc) {
		write_table(out, &t, format, profile);
		rc = amts_buf_check(out, "the output", err);
	}
	amts_arena_free(arena);
	return rc;
}

int bitext_pair(const struct bitext_reading *r, const char *src_lang,
	const char *tgt_lang, const struct amts_pair *pair, struct amts_error *err)
{
	if ((r->src_lang && !bitext_same_lang(src_lang, r->src_lang)) ||
		(r->tgt_lang && !bitext_same_lang(tgt_lang, r->tgt_lang)) ||
		!amts_str_trim(pair->src).n || !amts_str_trim(pair->tgt).n)
		return AMTS_OK;
	if (pair->src.n > BITEXT_TEXT_MAX || pair->tgt.n > BITEXT_TEXT_MAX)
		return amts_fail(err, AMTS_EPARSE,
			"'%s' is no file of sentences: a text of %zu bytes", r->name,
			pair->src.n > pair->tgt.n ? pair->src.n : pair->tgt.n);
	return r->fn(r->payload, src_lang, tgt_lang, pair, err);
}

int amts_bitext_read(struct amts_str bytes, const char *name,
	enum amts_bitext_format format, const char *src_lang, const char *tgt_lang,
	amts_pair_fn *fn, void *payload, struct amts_error *err)
{
	struct bitext_reading r = { name, src_lang, tgt_lang, fn, payload };

	switch (format) {
	case AMTS_BITEXT_TSV:
		return bitext_read_delimited(&r, bytes, '\t', err);
	case AMTS_BITEXT_CSV:
		return bitext_read_delimited(&r, bytes, ',', err);
	case AMTS_BITEXT_TMX:
		return bitext_read_tmx(&r, bytes, err);
	case AMTS_BITEXT_JSONL:
		break;
	}
	return bitext_read_jsonl(&r, bytes, err);
}

void amts_bitext_left_out(struct amts_buf *out, const struct amts_bitext_counts *counts)
{
	const struct {
		size_t n;
		const char *why;
	} v[] = { { counts->empty, "empty" }, { counts->too_long, "over 1000 bytes" },
		{ counts->leading, "beginning with + - = or @" },
		{ counts->placeholders, "with other placeholders on each side" },
		{ counts->duplicates, "with another wording taken" } };
	size_t i;

	for (i = 0; i < sizeof(v) / sizeof(*v); i++)
		if (v[i].n)
			amts_buf_addf(
				out, "%s%zu %s", out->n ? ", " : "", v[i].n, v[i].why);
}
