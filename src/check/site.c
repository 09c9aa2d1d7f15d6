/* Names that links of a tree can lead to: files, anchors of pages, labels. */
#include "amts/text.h"
#include "base/alloc.h"
#include "base/map.h"
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

struct amts_check_site {
	struct amts_map names;
};

struct amts_check_site *amts_check_site_new(void)
{
	return amts_calloc(1, sizeof(struct amts_check_site));
}

void amts_check_site_free(struct amts_check_site *site)
{
	if (!site)
		return;
	amts_map_release(&site->names);
	free(site);
}

static uint64_t key(enum site_kind kind, struct amts_str path, struct amts_str name)
{
	char k = (char)kind;
	uint64_t h = amts_str_hash((struct amts_str){ &k, 1 }, AMTS_HASH_SEED);

	h = amts_str_hash(path, h);
	h = amts_str_hash((struct amts_str){ "", 1 }, h);
	return amts_str_hash(name, h);
}

static void put(struct amts_check_site *site, enum site_kind kind, struct amts_str path,
	struct amts_str name)
{
	if (name.n)
		amts_map_add(&site->names, key(kind, path, name), 1);
}

int check_site_has(const struct amts_check_site *site, enum site_kind kind,
	struct amts_str path, struct amts_str name)
{
	return amts_map_get(&site->names, key(kind, path, name)) != AMTS_MAP_NONE;
}

/* A folder exists where a file below it does. */
void amts_check_site_add_file(struct amts_check_site *site, struct amts_str path)
{
	size_t i;

	put(site, SITE_FILE, AMTS_STR(""), path);
	for (i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			put(site, SITE_FILE, AMTS_STR(""), amts_str_sub(path, 0, i));
}

/* ---- anchors ---- */

static int is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || strchr("-_.:", c) || (unsigned char)c >= 0x80;
}

/* {#id}, {slash-star id star-slash}: the id. */
static struct amts_str id_of(struct amts_str s)
{
	size_t beg = 0, end;

	while (beg < s.n && !is_name_char(s.p[beg]))
		beg++;
	for (end = beg; end < s.n && is_name_char(s.p[end]);)
		end++;
	return amts_str_sub(s, beg, end);
}

/* What sites make of a heading's text: lower case, punctuation gone, '-' for spaces (the
 * way of github.com and of most generators of static sites). */
static struct amts_str slug(struct amts_arena *arena, struct amts_str text)
{
	struct amts_buf low = AMTS_BUF_INIT, out = AMTS_BUF_INIT;
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_str s;
	size_t i;

	if (amts_text_lower(&low, amts_str_trim(text), &ignored))
		amts_buf_reset(&low);
	for (i = 0; i < low.n; i++)
		if (low.p[i] == ' ')
			amts_buf_addc(&out, '-');
		else if ((is_name_char(low.p[i]) && !strchr(".:", low.p[i])))
			amts_buf_addc(&out, low.p[i]);
	s = amts_arena_str(arena, amts_buf_str(&out));
	amts_buf_release(&low);
	amts_buf_release(&out);
	return s;
}

/* Values of id="…" and name="…" in raw HTML. */
static void put_html_ids(
	struct amts_check_site *site, struct amts_str path, struct amts_str s)
{
	static const char *const keys[] = { "id=\"", "name=\"", "id='", "name='" };
	size_t k, at, end;

	for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		struct amts_str what = amts_str_z(keys[k]);

		for (at = amts_str_find(s, what, 0); at < s.n;
			at = amts_str_find(s, what, end)) {
			at += what.n;
			for (end = at; end < s.n && is_name_char(s.p[end]);)
				end++;
			put(site, SITE_ANCHOR, path, amts_str_sub(s, at, end));
		}
	}
}

static void put_heading(struct amts_check_site *site, struct amts_arena *arena,
	struct amts_str path, const struct amts_doc *doc, const struct amts_block *b)
{
	struct amts_inline *inl;
	size_t i, n, end = b->text.end;

	amts_doc_inlines(&inl, &n, arena, doc, b, b->text);
	for (i = 0; i < n; i++) {
		if (inl[i].kind == AMTS_INLINE_HTML)
			put_html_ids(site, path, amts_doc_bytes(doc, inl[i].at));
		if (inl[i].kind != AMTS_INLINE_ID)
			continue;
		put(site, SITE_ANCHOR, path, id_of(amts_doc_bytes(doc, inl[i].at)));
		if (inl[i].at.beg < end)
			end = inl[i].at.beg;
	}
	put(site, SITE_ANCHOR, path,
		slug(arena, amts_str_sub(doc->bytes, b->text.beg, end)));
}

/* ---- labels ---- */

/* :label:`x`, :eqlabel:`x`, (x)=: the x. */
static struct amts_str label_of(struct amts_str s)
{
	char close = s.n && s.p[0] == '(' ? ')' : '`';
	size_t beg = 0, end;

	while (beg < s.n && s.p[beg] != '(' && s.p[beg] != '`')
		beg++;
	beg++;
	for (end = beg; end < s.n && s.p[end] != close;)
		end++;
	return end < s.n ? amts_str_sub(s, beg, end) : AMTS_STR("");
}

/* :name: x and :label: x, options of MyST's directives, name what they are written in. */
static void put_options(struct amts_check_site *site, struct amts_str s)
{
	static const char *const keys[] = { ":name:", ":label:" };
	size_t k, at, end;

	for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		struct amts_str what = amts_str_z(keys[k]);

		for (at = amts_str_find(s, what, 0); at < s.n;
			at = amts_str_find(s, what, end)) {
			end = amts_str_find(s, AMTS_STR("\n"), at);
			put(site, SITE_LABEL, AMTS_STR(""),
				amts_str_trim(amts_str_sub(s, at + what.n, end)));
			put(site, SITE_LABEL, AMTS_STR(""),
				label_of(amts_str_sub(s, at + what.n, end)));
		}
	}
}

void amts_check_site_add_page(
	struct amts_check_site *site, struct amts_str path, const struct amts_doc *doc)
{
	struct amts_arena *arena = amts_arena_new();
	size_t i;

	amts_check_site_add_file(site, path);
	for (i = 0; i < doc->n; i++) {
		const struct amts_block *b = &doc->v[i];
		struct amts_str bytes = amts_str_trim(amts_doc_bytes(doc, b->all));

		if (b->kind == AMTS_BLOCK_HEADING)
			put_heading(site, arena, path, doc, b);
		else if (b->kind == AMTS_BLOCK_LABEL)
			put(site, SITE_LABEL, AMTS_STR(""), label_of(bytes));
		else
			put_html_ids(site, path, bytes);
		if (b->opaque || b->kind == AMTS_BLOCK_PARAGRAPH)
			put_options(site, bytes);
	}
	amts_arena_free(arena);
}
