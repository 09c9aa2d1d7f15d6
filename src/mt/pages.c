#include "mt/pages.h"

#include "base/alloc.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n"
#define TAIL "</body></html>\n"

/* ---- writing ---- */

/* Length of <x id="N"/> at s[i], its number in *id; 0 for none. */
static size_t placeholder_at(struct amts_str s, size_t i, struct amts_str *id)
{
	size_t beg = i + 7, end = beg;

	if (!amts_str_starts(amts_str_sub(s, i, s.n), AMTS_STR("<x id=\"")))
		return 0;
	while (end < s.n && s.p[end] >= '0' && s.p[end] <= '9')
		end++;
	if (end == beg || !amts_str_starts(amts_str_sub(s, end, s.n), AMTS_STR("\"/>")))
		return 0;
	*id = amts_str_sub(s, beg, end);
	return end + 3 - i;
}

static void put_text(struct amts_buf *out, struct amts_str s)
{
	struct amts_str id;
	size_t i, from = 0, n;

	for (i = 0; i < s.n; i += n ? n : 1) {
		n = placeholder_at(s, i, &id);
		if (!n)
			continue;
		amts_buf_add_html(out, amts_str_sub(s, from, i));
		amts_buf_addf(out, "<span translate=\"no\">x" AMTS_STR_FMT "</span>",
			AMTS_STR_ARG(id));
		from = i + n;
	}
	amts_buf_add_html(out, amts_str_sub(s, from, s.n));
}

/* "path:line" without the line. */
static size_t path_length(const char *where)
{
	const char *colon = where ? strrchr(where, ':') : NULL;

	return colon ? (size_t)(colon - where) : where ? strlen(where) : 0;
}

static int is_same_file(const char *a, const char *b)
{
	size_t n = path_length(a);

	return n == path_length(b) && (!n || !memcmp(a, b, n));
}

struct writer {
	struct amts_pages *out;
	struct amts_arena *arena;
	struct amts_buf page, paragraph;
	size_t most;
	int bare;
	const char *where; /* of the last segment */
};

static void end_page(struct writer *w)
{
	char hash[AMTS_SHA256_HEX];
	struct amts_page *page = &w->out->v[w->out->n];

	if (!w->page.n)
		return;
	if (!w->bare)
		amts_buf_addz(&w->page, TAIL);
	amts_sha256_hex(hash, amts_buf_str(&w->page));
	page->name = amts_arena_fmt(w->arena, "%.32s.html", hash).p;
	page->html = amts_arena_str(w->arena, amts_buf_str(&w->page));
	w->out->n++;
	amts_buf_reset(&w->page);
}

/* Request number `id`, the at-th of the chosen. */
static void put_segment(
	struct writer *w, const struct amts_mt_request *r, size_t id, size_t at)
{
	struct amts_page *page;

	amts_buf_reset(&w->paragraph);
	amts_buf_addf(&w->paragraph, "<p id=\"s%zu\">", id);
	put_text(&w->paragraph, r->text);
	amts_buf_addz(&w->paragraph, "</p>\n");
	if (w->page.n + w->paragraph.n > w->most || !is_same_file(w->where, r->where))
		end_page(w);
	if (w->bare && w->paragraph.n > w->most)
		return;
	page = &w->out->v[w->out->n];
	if (!w->page.n) {
		page->first = at;
		if (!w->bare)
			amts_buf_addz(&w->page, HEAD);
	}
	page->n = at + 1 - page->first;
	amts_buf_add(&w->page, amts_buf_str(&w->paragraph));
	w->where = r->where;
}

static void write_pages(struct amts_pages *out, struct amts_arena *arena,
	const struct amts_mt_request *requests, const size_t *chosen, size_t n,
	size_t most, int bare)
{
	struct writer w = { .out = out,
		.arena = arena,
		.page = AMTS_BUF_INIT,
		.paragraph = AMTS_BUF_INIT,
		.most = most,
		.bare = bare };
	size_t i;

	out->v = AMTS_NEW(arena, struct amts_page, n + 1);
	out->n = 0;
	for (i = 0; i < n; i++)
		put_segment(&w, &requests[chosen[i]], chosen[i], i);
	end_page(&w);
	amts_buf_release(&w.page);
	amts_buf_release(&w.paragraph);
}

void amts_pages_write(struct amts_pages *out, struct amts_arena *arena,
	const struct amts_mt_request *requests, const size_t *chosen, size_t n)
{
	write_pages(out, arena, requests, chosen, n, AMTS_PAGE_BYTES, 0);
}

void amts_pages_write_bare(struct amts_pages *out, struct amts_arena *arena,
	const struct amts_mt_request *requests, const size_t *chosen, size_t n,
	size_t most)
{
	write_pages(out, arena, requests, chosen, n, most, 1);
}

/* ---- reading ---- */

static void put_code_point(struct amts_buf *out, unsigned long c)
{
	if (c < 0x80) {
		amts_buf_addc(out, (char)c);
	} else if (c < 0x800) {
		amts_buf_addc(out, (char)(0xc0 | c >> 6));
		amts_buf_addc(out, (char)(0x80 | (c & 63)));
	} else if (c < 0x10000) {
		amts_buf_addc(out, (char)(0xe0 | c >> 12));
		amts_buf_addc(out, (char)(0x80 | (c >> 6 & 63)));
		amts_buf_addc(out, (char)(0x80 | (c & 63)));
	} else {
		amts_buf_addc(out, (char)(0xf0 | c >> 18));
		amts_buf_addc(out, (char)(0x80 | (c >> 12 & 63)));
		amts_buf_addc(out, (char)(0x80 | (c >> 6 & 63)));
		amts_buf_addc(out, (char)(0x80 | (c & 63)));
	}
}

static unsigned long number_of(struct amts_str digits)
{
	int hex = digits.n && (digits.p[0] == 'x' || digits.p[0] == 'X');
	char text[12] = "", *end;
	unsigned long c;

	if (hex)
		digits = amts_str_sub(digits, 1, digits.n);
	if (!digits.n || digits.n >= sizeof(text))
		return 0;
	memcpy(text, digits.p, digits.n);
	c = strtoul(text, &end, hex ? 16 : 10);
	return *end || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : c;
}

/* The entity at s[i]: its length; 0 when it is none that we know. */
static size_t put_entity(struct amts_buf *out, struct amts_str s, size_t i)
{
	static const struct {
		const char *name;
		unsigned long c;
	} known[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
		{ "apos", '\'' }, { "nbsp", 0xa0 } };
	size_t end = amts_str_find(amts_str_sub(s, 0, i + 12), AMTS_STR(";"), i), k;
	struct amts_str name = amts_str_sub(s, i + 1, end);
	unsigned long c = 0;

	if (end >= s.n || s.p[end] != ';' || !name.n)
		return 0;
	if (name.p[0] == '#')
		c = number_of(amts_str_sub(name, 1, name.n));
	for (k = 0; k < sizeof(known) / sizeof(*known); k++)
		if (amts_str_eq(name, amts_str_z(known[k].name)))
			c = known[k].c;
	if (!c)
		return 0;
	put_code_point(out, c);
	return end + 1 - i;
}

/* <span translate="no">xN</span> at s[i]; 0 for any other tag. */
static size_t put_placeholder(struct amts_buf *out, struct amts_str s, size_t i)
{
	size_t open = amts_str_find(s, AMTS_STR(">"), i);
	size_t close = amts_str_find(s, AMTS_STR("</span>"), open), k;
	struct amts_str tag = amts_str_sub(s, i, open);
	struct amts_str id = amts_str_trim(amts_str_sub(s, open + 1, close));

	if (close == s.n || !amts_str_starts(tag, AMTS_STR("<span ")) || id.n < 2 ||
		id.n > 10 || (id.p[0] != 'x' && id.p[0] != 'X'))
		return 0;
	for (k = 1; k < id.n; k++)
		if (id.p[k] < '0' || id.p[k] > '9')
			return 0;
	amts_buf_addf(out, "<x id=\"" AMTS_STR_FMT "\"/>", (int)id.n - 1, id.p + 1);
	return close + 7 - i;
}

/* 0 for a paragraph with what was not sent. */
static int read_text(struct amts_buf *out, struct amts_str s)
{
	size_t i = 0, n;

	while (i < s.n) {
		n = 1;
		if (s.p[i] == '<')
			n = put_placeholder(out, s, i);
		else if (s.p[i] == '&')
			n = put_entity(out, s, i);
		else
			amts_buf_addc(out, s.p[i] == '\n' ? ' ' : s.p[i]);
		if (!n && s.p[i] == '<')
			return 0;
		if (!n) {
			amts_buf_addc(out, '&');
			n = 1;
		}
		i += n;
	}
	return 1;
}

/* The number in `<p id="sN"...` that begins at html[at]; SIZE_MAX for another. */
static size_t id_of(struct amts_str html, size_t at)
{
	struct amts_str tag =
		amts_str_sub(html, at, amts_str_find(html, AMTS_STR(">"), at));
	size_t i = amts_str_find(tag, AMTS_STR("id=\"s"), 0) + 5, id = 0;

	if (i >= tag.n || tag.p[i] < '0' || tag.p[i] > '9')
		return SIZE_MAX;
	for (; i < tag.n && tag.p[i] >= '0' && tag.p[i] <= '9' && id < SIZE_MAX / 20; i++)
		id = id * 10 + (size_t)(tag.p[i] - '0');
	return id;
}

static void take(struct amts_mt_result *result, struct amts_arena *arena,
	struct amts_str inner, const char *from)
{
	struct amts_buf text = AMTS_BUF_INIT;
	struct amts_str trimmed;

	if (read_text(&text, inner)) {
		trimmed = amts_str_trim(amts_buf_str(&text));
		if (trimmed.n && result->origin == AMTS_MT_NONE)
			*result = (struct amts_mt_result){ .text = amts_arena_str(
								   arena, trimmed),
				.origin = AMTS_MT_MACHINE,
				.from = amts_str_z(from) };
	}
	amts_buf_release(&text);
}

void amts_pages_read(struct amts_mt_result *results, struct amts_arena *arena,
	const char *chosen, size_t n, struct amts_str html, const char *from)
{
	size_t at = 0;

	while ((at = amts_str_find(html, AMTS_STR("<p "), at)) < html.n) {
		size_t beg = amts_str_find(html, AMTS_STR(">"), at) + 1;
		size_t end = amts_str_find(html, AMTS_STR("</p>"), beg);
		size_t id = id_of(html, at);

		if (end >= html.n)
			return;
		if (id < n && chosen[id])
			take(&results[id], arena, amts_str_sub(html, beg, end), from);
		at = end;
	}
}

/* ---- placeholders ---- */

/* The next placeholder from *at on, which goes behind it. */
static int next_placeholder(struct amts_str *id, struct amts_str s, size_t *at)
{
	size_t n;

	while ((*at = amts_str_find(s, AMTS_STR("<x id="), *at)) < s.n) {
		n = placeholder_at(s, *at, id);
		*at += n ? n : 1;
		if (n)
			return 1;
	}
	return 0;
}

static int by_bytes(const void *a, const void *b)
{
	return amts_str_cmp(*(const struct amts_str *)a, *(const struct amts_str *)b);
}

/* Sorted; the caller's to free. */
static struct amts_str *placeholders(size_t *n, struct amts_str s)
{
	struct amts_str *v = NULL, id;
	size_t at = 0, cap = 0;

	*n = 0;
	while (next_placeholder(&id, s, &at))
		AMTS_VEC_PUSH(v, *n, cap, id);
	if (*n)
		qsort(v, *n, sizeof(*v), by_bytes);
	return v;
}

int amts_pages_is_whole(struct amts_str src, struct amts_str tgt)
{
	size_t n, m, i;
	struct amts_str *a = placeholders(&n, src), *b = placeholders(&m, tgt);
	int same = n == m;

	for (i = 0; same && i < n; i++)
		same = amts_str_eq(a[i], b[i]);
	free(a);
	free(b);
	return same;
}
