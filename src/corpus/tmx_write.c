/*
 * TMX 1.4b (LISA OSCAR, 2005).  Where a pair comes from is in <prop>: "file" and "prev"
 * as OmegaT names the document and the segment before, "x-commit", "x-score", "x-draft".
 * A placeholder is <ph x="N">, whose content is what the memory calls it.
 */
#include "corpus/bitext.h"

/* Clean text as character data, or a value. */
static void put_text(struct amts_buf *out, struct amts_str s)
{
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\""), beg);
		amts_buf_add_html(out, amts_str_sub(s, beg, end));
		if (end < s.n)
			amts_buf_addz(out, "&quot;");
	}
}

static void put_seg(struct amts_buf *out, struct amts_str s)
{
	size_t at, from = 0, len;
	unsigned id;

	amts_buf_addz(out, "<seg>");
	while ((at = amts_str_find(s, AMTS_STR("<x id="), from)) < s.n) {
		put_text(out, amts_str_sub(s, from, at));
		if (!(len = bitext_holder(s, at, &id))) {
			amts_buf_addz(out, "&lt;");
			from = at + 1;
			continue;
		}
		amts_buf_addf(out, "<ph x=\"%u\">", id);
		put_text(out, amts_str_sub(s, at, at + len));
		amts_buf_addz(out, "</ph>");
		from = at + len;
	}
	put_text(out, amts_str_sub(s, from, s.n));
	amts_buf_addz(out, "</seg></tuv>\n");
}

static void put_prop(struct amts_buf *out, struct amts_arena *room, const char *type,
	struct amts_str s)
{
	s = bitext_clean(room, s);
	if (!s.n)
		return;
	amts_buf_addf(out, "<prop type=\"%s\">", type);
	put_text(out, s);
	amts_buf_addz(out, "</prop>");
}

static void put_origin(
	struct amts_buf *out, struct amts_arena *room, const struct amts_pair *p)
{
	put_prop(out, room, "file", p->path);
	put_prop(out, room, "prev", p->before);
	put_prop(out, room, "x-commit", p->commit);
	if (p->score <
		.99995) { /* else "1.0000", which is read as none and not written again */
		amts_buf_addz(out, "<prop type=\"x-score\">");
		bitext_put_score(out, p->score);
		amts_buf_addz(out, "</prop>");
	}
	if (p->draft)
		amts_buf_addz(out, "<prop type=\"x-draft\">yes</prop>");
}

static void put_changedate(struct amts_buf *out, int64_t date)
{
	if (date <= 0 || date >= BITEXT_DATE_END)
		return;
	amts_buf_addz(out, " changedate=\"");
	bitext_put_date(out, date);
	amts_buf_addc(out, '"');
}

static void put_lang(struct amts_buf *out, const char *lang)
{
	amts_buf_addz(out, "<tuv xml:lang=\"");
	put_text(out, amts_str_z(lang));
	amts_buf_addc(out, '"');
}

/* Of all languages; 0 when one of them has none, which would take it for its own. */
static int64_t latest(const struct bitext_row *row, size_t n)
{
	int64_t date = 0;
	size_t k;

	for (k = 0; k < n; k++) {
		const struct amts_pair *p = row->v[k].pair;

		if (p && p->date <= 0)
			return 0;
		if (p && p->date > date)
			date = p->date;
	}
	return date;
}

static void put_unit(
	struct amts_buf *out, const struct bitext_table *t, const struct bitext_row *row)
{
	struct amts_arena *room = amts_arena_new();
	size_t k;

	amts_buf_addz(out, "<tu");
	put_changedate(out, latest(row, t->nlangs));
	amts_buf_addz(out, ">\n");
	put_lang(out, t->src_lang);
	amts_buf_addc(out, '>');
	put_seg(out, row->src);
	for (k = 0; k < t->nlangs; k++) {
		if (!row->v[k].pair)
			continue;
		put_lang(out, t->tgt_lang[k]);
		put_changedate(out, row->v[k].pair->date);
		amts_buf_addc(out, '>');
		put_origin(out, room, row->v[k].pair);
		put_seg(out, row->v[k].tgt);
	}
	amts_buf_addz(out, "</tu>\n");
	amts_arena_free(room);
}

void bitext_write_tmx(struct amts_buf *out, const struct bitext_table *t)
{
	size_t i;

	amts_buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<tmx version=\"1.4\">\n"
			   "<header creationtool=\"git-amts-sync\" "
			   "creationtoolversion=\"" AMTS_VERSION
			   "\" segtype=\"sentence\" o-tmf=\"amts\" "
			   "adminlang=\"en\" srclang=\"");
	put_text(out, amts_str_z(t->src_lang));
	amts_buf_addz(out, "\" datatype=\"plaintext\"/>\n<body>\n");
	for (i = 0; i < t->n; i++)
		put_unit(out, t, &t->v[i]);
	amts_buf_addz(out, "</body>\n</tmx>\n");
}
