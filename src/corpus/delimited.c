/* CSV (RFC 4180) and TSV. */
#include "amts/text.h"
#include "base/alloc.h"
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

#define TAG_MAX 35 /* bytes of a language tag (RFC 5646, 4.4.1) */

/* ---- writing ---- */

static void put_field(struct amts_buf *out, struct amts_str s, char comma, int quotes)
{
	size_t i, from = 0;

	if (!quotes || (!memchr(s.p, '"', s.n) && !memchr(s.p, comma, s.n))) {
		amts_buf_add(out, s);
		return;
	}
	amts_buf_addc(out, '"');
	for (i = 0; i < s.n; i++)
		if (s.p[i] == '"') {
			amts_buf_add(out, amts_str_sub(s, from, i + 1));
			from = i;
		}
	amts_buf_add(out, amts_str_sub(s, from, s.n));
	amts_buf_addc(out, '"');
}

void bitext_write_delimited(
	struct amts_buf *out, const struct bitext_table *t, char comma, int header)
{
	size_t i, k;

	if (header) {
		amts_buf_addz(out, t->src_lang);
		for (k = 0; k < t->nlangs; k++) {
			amts_buf_addc(out, comma);
			amts_buf_addz(out, t->tgt_lang[k]);
		}
		amts_buf_addc(out, '\n');
	}
	for (i = 0; i < t->n; i++) {
		put_field(out, t->v[i].src, comma, header);
		for (k = 0; k < t->nlangs; k++) {
			amts_buf_addc(out, comma);
			if (t->v[i].v[k].pair)
				put_field(out, t->v[i].v[k].tgt, comma, header);
		}
		amts_buf_addc(out, '\n');
	}
}

/* ---- reading ---- */

/* A record at a time. */
struct reader {
	struct amts_str bytes;
	size_t at, line, next_line; /* of this record, of the next */
	char comma;
	int quotes;	      /* fields may be quoted */
	struct amts_buf room; /* all fields */
	size_t *ends;	      /* of each field in room */
	size_t n, cap;
};

static struct amts_str field(const struct reader *r, size_t i)
{
	return i < r->n ? amts_str_sub(amts_buf_str(&r->room), i ? r->ends[i - 1] : 0,
				  r->ends[i])
			: AMTS_STR("");
}

/* A quoted field up to its closing mark; 0 when there is none. */
static int read_quoted(struct reader *r)
{
	size_t end;

	for (r->at++;; r->at = end + 2) {
		end = amts_str_find(r->bytes, AMTS_STR("\""), r->at);
		amts_buf_add(&r->room, amts_str_sub(r->bytes, r->at, end));
		if (end == r->bytes.n)
			return 0;
		if (end + 1 == r->bytes.n || r->bytes.p[end + 1] != '"')
			break;
		amts_buf_addc(&r->room, '"');
	}
	r->at = end + 1;
	return 1;
}

static int is_line_end(const struct reader *r)
{
	return r->at >= r->bytes.n || r->bytes.p[r->at] == '\n' ||
	       (r->bytes.p[r->at] == '\r' &&
		       (r->at + 1 >= r->bytes.n || r->bytes.p[r->at + 1] == '\n'));
}

static int read_field(struct reader *r)
{
	size_t from;

	if (r->quotes && r->at < r->bytes.n && r->bytes.p[r->at] == '"' &&
		!read_quoted(r))
		return 0;
	/* what is not quoted, or stands after a closing mark */
	for (from = r->at; !is_line_end(r) && r->bytes.p[r->at] != r->comma; r->at++)
		;
	amts_buf_add(&r->room, amts_str_sub(r->bytes, from, r->at));
	AMTS_VEC_PUSH(r->ends, r->n, r->cap, r->room.n);
	return 1;
}

static void count_lines(struct reader *r, size_t from)
{
	const char *p = r->bytes.p + from, *end = r->bytes.p + r->at;

	for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		r->next_line++;
}

/* 1 a record, 0 the end, or a code. */
static int read_record(struct reader *r, const char *name, struct amts_error *err)
{
	size_t from = r->at;

	if (r->at >= r->bytes.n)
		return 0;
	r->n = 0;
	r->line = r->next_line;
	amts_buf_reset(&r->room);
	for (;; r->at++) {
		if (!read_field(r))
			return amts_fail(err, AMTS_EPARSE,
				"%s:%zu: a quoted field does not end", name, r->line);
		if (is_line_end(r))
			break;
	}
	if (r->at < r->bytes.n)
		r->at += r->bytes.p[r->at] == '\r' && r->at + 1 < r->bytes.n ? 2 : 1;
	count_lines(r, from);
	return 1;
}

/* Letters, then subtags of letters and digits. */
static int is_tag(struct amts_str s)
{
	size_t i, part = 0;

	if (s.n > TAG_MAX || s.n < 2)
		return 0;
	for (i = 0; i < s.n; i++, part++) {
		char c = s.p[i];

		if ((c == '-' || c == '_') && part >= 2)
			part = (size_t)-1;
		else if (!((c | 32) >= 'a' && (c | 32) <= 'z') &&
			 !(c >= '0' && c <= '9' && i > part))
			return 0;
		if (i == part && i > 2) /* the language itself has two or three */
			return 0;
	}
	return part >= 2;
}

/* A row of language codes? */
static int is_header(const struct reader *r)
{
	size_t i;

	if (r->n < 2 || !amts_lang_is_known(amts_str_trim(field(r, 0))))
		return 0;
	for (i = 1; i < r->n; i++)
		if (!is_tag(amts_str_trim(field(r, i))))
			return 0;
	return 1;
}

/* What the columns are. */
struct columns {
	const char **lang;
	size_t n, src;
};

static int read_columns(struct columns *c, const struct reader *r,
	const struct bitext_reading *file, struct amts_arena *arena,
	struct amts_error *err)
{
	size_t i;

	c->n = r->n;
	c->lang = AMTS_NEW(arena, const char *, c->n);
	for (i = 0; i < c->n; i++)
		c->lang[i] = amts_arena_z(arena, amts_str_trim(field(r, i)));
	if (!file->src_lang)
		return AMTS_OK;
	for (c->src = 0; c->src < c->n; c->src++)
		if (bitext_same_lang(c->lang[c->src], file->src_lang))
			return AMTS_OK;
	return amts_fail(
		err, AMTS_EUSAGE, "%s:1: has no column '%s'", file->name, file->src_lang);
}

/* The first row, or what the caller said. */
static int find_columns(struct columns *c, struct reader *r,
	const struct bitext_reading *file, struct amts_arena *arena,
	struct amts_error *err)
{
	size_t start = r->at;
	int rc;

	r->quotes = 1;
	rc = read_record(r, file->name, err);
	if (rc == 1 && is_header(r))
		return read_columns(c, r, file, arena, err);
	/* a TSV that does not begin so has no quotes either */
	r->quotes = r->comma == ',';
	r->at = start;
	r->next_line = 1;
	if (!file->src_lang || !file->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE,
			"%s:1: is no row of language codes; say which languages it holds",
			file->name);
	c->n = 2;
	c->src = 0;
	c->lang = AMTS_NEW(arena, const char *, 2);
	c->lang[0] = file->src_lang;
	c->lang[1] = file->tgt_lang;
	return AMTS_OK;
}

static int hand_on(const struct reader *r, const struct columns *c,
	const struct bitext_reading *file, struct amts_error *err)
{
	struct amts_pair pair = { .src = field(r, c->src), .score = 1 };
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < c->n && !rc; i++) {
		pair.tgt = field(r, i);
		if (i != c->src)
			rc = bitext_pair(file, c->lang[c->src], c->lang[i], &pair, err);
	}
	return rc;
}

int bitext_read_delimited(const struct bitext_reading *file, struct amts_str bytes,
	char comma, struct amts_error *err)
{
	struct reader r = { .comma = comma, .next_line = 1, .room = AMTS_BUF_INIT };
	struct amts_arena *arena = amts_arena_new();
	struct columns c = { NULL, 0, 0 };
	int rc;

	if (amts_str_starts(bytes, AMTS_STR("\xef\xbb\xbf")))
		bytes = amts_str_sub(bytes, 3, bytes.n);
	r.bytes = bytes;
	rc = bytes.n ? find_columns(&c, &r, file, arena, err) : AMTS_OK;
	while (!rc && (rc = read_record(&r, file->name, err)) == 1)
		rc = hand_on(&r, &c, file, err);
	free(r.ends);
	amts_buf_release(&r.room);
	amts_arena_free(arena);
	return rc;
}
