/* JSON lines: a pair an object.  Also read: {"translation": {"en": "…", "zh": "…"}}, the
 * form of Hugging Face's translation data sets. */
#include "base/json.h"
#include "corpus/bitext.h"

#include <stdio.h>
#include <string.h>

/* ---- writing ---- */

static void put_string(struct amts_buf *out, struct amts_str s)
{
	size_t i, from = 0;

	amts_buf_addc(out, '"');
	for (i = 0; i < s.n; i++) {
		if (s.p[i] != '"' && s.p[i] != '\\')
			continue;
		amts_buf_add(out, amts_str_sub(s, from, i));
		amts_buf_addc(out, '\\');
		from = i;
	}
	amts_buf_add(out, amts_str_sub(s, from, s.n));
	amts_buf_addc(out, '"');
}

static void put_member(struct amts_buf *out, struct amts_arena *room, const char *name,
	struct amts_str s)
{
	s = bitext_clean(room, s);
	if (!s.n)
		return;
	amts_buf_addf(out, ",\"%s\":", name);
	put_string(out, s);
}

static void put_object(struct amts_buf *out, const struct bitext_table *t,
	const struct bitext_row *row, size_t lang)
{
	struct amts_arena *room = amts_arena_new();
	const struct amts_pair *p = row->v[lang].pair;

	amts_buf_addz(out, "{\"src_lang\":");
	put_string(out, bitext_clean(room, amts_str_z(t->src_lang)));
	amts_buf_addz(out, ",\"tgt_lang\":");
	put_string(out, bitext_clean(room, amts_str_z(t->tgt_lang[lang])));
	put_member(out, room, "src", row->src);
	put_member(out, room, "tgt", row->v[lang].tgt);
	put_member(out, room, "before", p->before);
	put_member(out, room, "path", p->path);
	put_member(out, room, "commit", p->commit);
	if (p->date > 0)
		amts_buf_addf(out, ",\"date\":%lld", (long long)p->date);
	amts_buf_addz(out, ",\"score\":");
	bitext_put_score(out, p->score);
	amts_buf_addz(out, p->draft ? ",\"draft\":true}\n" : "}\n");
	amts_arena_free(room);
}

void bitext_write_jsonl(struct amts_buf *out, const struct bitext_table *t)
{
	size_t i, k;

	for (i = 0; i < t->n; i++)
		for (k = 0; k < t->nlangs; k++)
			if (t->v[i].v[k].pair)
				put_object(out, t, &t->v[i], k);
}

/* ---- reading ---- */

static struct amts_str member(const struct amts_json *object, const char *name)
{
	return amts_str_z(amts_json_string(object, name));
}

/* Both texts by their languages, which must be said. */
static int read_translation(const struct bitext_reading *r,
	const struct amts_json *object, const char *where, struct amts_error *err)
{
	struct amts_pair pair = { .score = 1 };

	if (!r->src_lang || !r->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE,
			"%s: does not say which language is the source", where);
	pair.src = member(object, r->src_lang);
	pair.tgt = member(object, r->tgt_lang);
	return bitext_pair(r, r->src_lang, r->tgt_lang, &pair, err);
}

static int read_object(const struct bitext_reading *r, const struct amts_json *object,
	const char *where, struct amts_error *err)
{
	const struct amts_json *translation = amts_json_get(object, "translation");
	const char *src_lang = amts_json_string(object, "src_lang");
	const char *tgt_lang = amts_json_string(object, "tgt_lang");
	struct amts_pair pair = { member(object, "src"), member(object, "tgt"),
		member(object, "before"), member(object, "path"),
		member(object, "commit"), 0, 1, amts_json_true(object, "draft") };
	double n;

	if (translation)
		return read_translation(r, translation, where, err);
	if (!src_lang)
		src_lang = r->src_lang;
	if (!tgt_lang)
		tgt_lang = r->tgt_lang;
	if (!src_lang || !tgt_lang)
		return amts_fail(
			err, AMTS_EUSAGE, "%s: has no src_lang and tgt_lang", where);
	if (amts_json_number(&n, object, "date") && n > 0 && n < BITEXT_DATE_END)
		pair.date = (int64_t)n;
	if (amts_json_number(&n, object, "score") && n >= 0 && n <= 1)
		pair.score = n;
	return bitext_pair(r, src_lang, tgt_lang, &pair, err);
}

static int read_line(const struct bitext_reading *r, struct amts_str line, size_t number,
	struct amts_error *err)
{
	struct amts_json *root;
	char where[256];
	int rc;

	if (!line.n)
		return AMTS_OK;
	snprintf(where, sizeof(where), "%s:%zu", r->name, number);
	if ((rc = amts_json_parse(&root, line, where, err)))
		return rc;
	rc = read_object(r, root, where, err);
	amts_json_free(root);
	return rc;
}

int bitext_read_jsonl(
	const struct bitext_reading *r, struct amts_str bytes, struct amts_error *err)
{
	size_t at = 0, number;
	int rc = AMTS_OK;

	for (number = 1; at < bytes.n && !rc; number++) {
		const char *lf = memchr(bytes.p + at, '\n', bytes.n - at);
		size_t end = lf ? (size_t)(lf - bytes.p) : bytes.n;

		rc = read_line(
			r, amts_str_trim(amts_str_sub(bytes, at, end)), number, err);
		at = end + 1;
	}
	return rc;
}
