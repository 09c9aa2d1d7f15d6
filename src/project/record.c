#include "project/record.h"

#include "amts/sync.h"

#include <stdlib.h>
#include <string.h>

static int bad(size_t line, const char *what, struct amts_error *err)
{
	return amts_fail(err, AMTS_EPARSE,
		AMTS_RECORD_FILE
		":%zu: %s; without the line its page's source is looked for",
		line, what);
}

static int hex_digit(int c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ---- paths, quoted as git's quote.c does ---- */

static const char escapes[] = "abtnvfr\"\\", escaped[] = "\a\b\t\n\v\f\r\"\\";

static void write_path(struct amts_buf *out, struct amts_str path)
{
	const char *at;
	size_t i;

	for (i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f ||
			path.p[i] == '"' || path.p[i] == '\\')
			break;
	if (i == path.n && !amts_str_starts(path, AMTS_STR("#"))) {
		amts_buf_add(out, path);
		return;
	}
	amts_buf_addc(out, '"');
	for (i = 0; i < path.n; i++) {
		at = path.p[i] ? strchr(escaped, path.p[i]) : NULL;
		if (at)
			amts_buf_addf(out, "\\%c", escapes[at - escaped]);
		else if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
			amts_buf_addf(out, "\\%03o", (unsigned)path.p[i]);
		else
			amts_buf_addc(out, path.p[i]);
	}
	amts_buf_addc(out, '"');
}

/* Inside the quotes; 0 when it is not what write_path makes. */
static int unquote(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		const char *at;

		if (s.p[i] != '\\') {
			amts_buf_addc(out, s.p[i]);
			continue;
		}
		if (++i == s.n)
			return 0;
		at = s.p[i] ? strchr(escapes, s.p[i]) : NULL;
		if (at) {
			amts_buf_addc(out, escaped[at - escapes]);
		} else if (i + 2 < s.n && s.p[i] >= '0' && s.p[i] <= '3' &&
			   s.p[i + 1] >= '0' && s.p[i + 1] <= '7' && s.p[i + 2] >= '0' &&
			   s.p[i + 2] <= '7') {
			amts_buf_addc(
				out, (char)((s.p[i] - '0') * 64 + (s.p[i + 1] - '0') * 8 +
					     s.p[i + 2] - '0'));
			i += 2;
		} else {
			return 0;
		}
	}
	return 1;
}

static int parse_path(
	struct amts_str *out, struct amts_arena *arena, struct amts_str field)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int fine;

	if (!amts_str_starts(field, AMTS_STR("\""))) {
		*out = amts_arena_str(arena, field);
		return field.n > 0;
	}
	fine = field.n > 2 && field.p[field.n - 1] == '"' &&
	       unquote(&b, amts_str_sub(field, 1, field.n - 1));
	*out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return fine;
}

/* ---- fields ---- */

static int parse_oid(struct amts_oid *out, struct amts_str field)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	if (field.n != 40 && field.n != 64)
		return 0;
	for (i = 0; i < field.n; i++) {
		if (hex_digit(field.p[i]) < 0)
			return 0;
		out->hex[i] = field.p[i];
	}
	return 1;
}

static int parse_print(uint64_t *out, struct amts_str field)
{
	size_t i;

	*out = 0;
	for (i = 0; i < field.n; i++) {
		if (hex_digit(field.p[i]) < 0)
			return 0;
		*out = *out << 4 | (uint64_t)hex_digit(field.p[i]);
	}
	return field.n > 0 && field.n <= 16;
}

static int parse_pending(
	struct amts_record_entry *e, struct amts_arena *arena, struct amts_str field)
{
	size_t beg, end, colon, n = 1;

	if (amts_str_eq(field, AMTS_STR("-")))
		return 1;
	for (beg = 0; beg < field.n; beg++)
		n += field.p[beg] == ',';
	e->pending = AMTS_NEW(arena, struct amts_pending, n);
	for (beg = 0; beg <= field.n; beg = end + 1) {
		struct amts_pending *p = &e->pending[e->npending++];
		struct amts_str item;

		end = amts_str_find(field, AMTS_STR(","), beg);
		item = amts_str_sub(field, beg, end);
		colon = amts_str_find(item, AMTS_STR(":"), 0);
		if (!parse_print(&p->src, amts_str_sub(item, 0, colon)) ||
			!parse_print(&p->tgt, amts_str_sub(item, colon + 1, item.n)))
			return 0;
	}
	return 1;
}

static int parse_from(struct amts_oid *out, struct amts_str field)
{
	return amts_str_starts(field, AMTS_STR("from=")) &&
	       parse_oid(out, amts_str_sub(field, 5, field.n));
}

static struct amts_str next_field(struct amts_str *line)
{
	size_t tab = amts_str_find(*line, AMTS_STR("\t"), 0);
	struct amts_str field = amts_str_sub(*line, 0, tab);

	*line = amts_str_sub(*line, tab + 1, line->n);
	return field;
}

static int parse_line(struct amts_record_entry *e, struct amts_arena *arena,
	struct amts_str line, size_t nr, struct amts_error *err)
{
	struct amts_str all = line, after;

	memset(e, 0, sizeof(*e));
	e->line = nr;
	if (amts_str_starts(line, AMTS_STR("<<<<<<< ")) ||
		amts_str_starts(line, AMTS_STR(">>>>>>> ")) ||
		amts_str_eq(line, AMTS_STR("=======")))
		return amts_fail(err, AMTS_EPARSE,
			AMTS_RECORD_FILE
			":%zu: conflict marker; keep the lines of one side",
			nr);
	if (!parse_path(&e->path, arena, next_field(&line)))
		return bad(nr, "bad path", err);
	if (!parse_oid(&e->source, next_field(&line)))
		return bad(nr, "bad source id", err);
	if (!parse_pending(e, arena, next_field(&line)))
		return bad(nr, "bad list of pending blocks", err);
	after = line;
	if (e->npending && parse_from(&e->from, next_field(&after)))
		line = after;
	else
		e->from.hex[0] = '\0';
	if (line.n)
		e->rest = amts_arena_str(
			arena, amts_str_sub(all, (size_t)(line.p - all.p) - 1, all.n));
	return AMTS_OK;
}

static int by_path(const void *a, const void *b)
{
	return amts_str_cmp(((const struct amts_record_entry *)a)->path,
		((const struct amts_record_entry *)b)->path);
}

static int sort(struct amts_record *r, struct amts_error *err)
{
	size_t i;

	if (r->n)
		qsort(r->v, r->n, sizeof(*r->v), by_path);
	for (i = 1; i < r->n; i++)
		if (amts_str_eq(r->v[i].path, r->v[i - 1].path))
			return amts_fail(err, AMTS_EPARSE,
				AMTS_RECORD_FILE ": two lines for '" AMTS_STR_FMT "'",
				AMTS_STR_ARG(r->v[i].path));
	return AMTS_OK;
}

int amts_record_parse(struct amts_record *out, struct amts_arena *arena,
	struct amts_str bytes, struct amts_error *err)
{
	struct amts_buf comments = AMTS_BUF_INIT;
	size_t at, end, nr = 0;
	int rc = AMTS_OK;

	memset(out, 0, sizeof(*out));
	for (at = 0; at < bytes.n; at++)
		out->cap += bytes.p[at] == '\n';
	out->v = AMTS_NEW(arena, struct amts_record_entry, ++out->cap);
	for (at = 0; !rc && at < bytes.n; at = end + 1) {
		struct amts_str line;

		end = amts_str_find(bytes, AMTS_STR("\n"), at);
		line = amts_str_sub(bytes, at, end);
		while (amts_str_ends(line, AMTS_STR("\r")))
			line.n--;
		nr++;
		if (amts_str_starts(line, AMTS_STR("#"))) {
			amts_buf_add(&comments, line);
			amts_buf_addc(&comments, '\n');
		} else if (line.n) {
			rc = parse_line(&out->v[out->n++], arena, line, nr, err);
		}
	}
	out->comments = amts_arena_str(arena, amts_buf_str(&comments));
	amts_buf_release(&comments);
	return rc ? rc : sort(out, err);
}

void amts_record_write(struct amts_buf *out, const struct amts_record *record)
{
	size_t i, k;

	amts_buf_add(out, record->comments);
	for (i = 0; i < record->n; i++) {
		const struct amts_record_entry *e = &record->v[i];

		write_path(out, e->path);
		amts_buf_addf(out, "\t%s\t", e->source.hex);
		for (k = 0; k < e->npending; k++)
			amts_buf_addf(out, "%s%llx:%llx", k ? "," : "",
				(unsigned long long)e->pending[k].src,
				(unsigned long long)e->pending[k].tgt);
		if (!e->npending)
			amts_buf_addc(out, '-');
		else if (e->from.hex[0])
			amts_buf_addf(out, "\tfrom=%s", e->from.hex);
		amts_buf_add(out, e->rest);
		amts_buf_addc(out, '\n');
	}
}

/* Where path is or belongs. */
static size_t position(const struct amts_record *r, struct amts_str path)
{
	size_t lo = 0, hi = r->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (amts_str_cmp(r->v[mid].path, path) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct amts_record_entry *amts_record_find(
	const struct amts_record *record, struct amts_str path)
{
	size_t i = position(record, path);

	return i < record->n && amts_str_eq(record->v[i].path, path) ? &record->v[i]
								     : NULL;
}

struct amts_record_entry *amts_record_put(
	struct amts_record *record, struct amts_arena *arena, struct amts_str path)
{
	size_t i = position(record, path);

	if (i < record->n && amts_str_eq(record->v[i].path, path))
		return &record->v[i];
	if (record->n == record->cap) {
		struct amts_record_entry *v;

		record->cap = record->cap * 2 + 16;
		v = AMTS_NEW(arena, struct amts_record_entry, record->cap);
		if (record->n)
			memcpy(v, record->v, record->n * sizeof(*v));
		record->v = v;
	}
	memmove(&record->v[i + 1], &record->v[i], (record->n - i) * sizeof(*record->v));
	record->n++;
	memset(&record->v[i], 0, sizeof(record->v[i]));
	record->v[i].path = amts_arena_str(arena, path);
	return &record->v[i];
}

int amts_record_same(const struct amts_record_entry *a, const struct amts_record_entry *b)
{
	if (!a || !b)
		return a == b;
	return amts_oid_eq(&a->source, &b->source) && amts_oid_eq(&a->from, &b->from) &&
	       a->npending == b->npending && amts_str_eq(a->rest, b->rest) &&
	       (!a->npending || !memcmp(a->pending, b->pending,
					a->npending * sizeof(*a->pending)));
}

void amts_record_remove(struct amts_record *record, struct amts_str path)
{
	size_t i = position(record, path);

	if (i == record->n || !amts_str_eq(record->v[i].path, path))
		return;
	memmove(&record->v[i], &record->v[i + 1],
		(record->n - i - 1) * sizeof(*record->v));
	record->n--;
}
