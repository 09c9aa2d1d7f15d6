#include <string.h>

#include "amts/segment.h"
#include "amts/text.h"

/* Number of the placeholder at s.p[i] and its length, or 0. */
static size_t placeholder(struct amts_str s, size_t i, size_t *id)
{
	struct amts_str rest = amts_str_sub(s, i, s.n);
	size_t n = 7;

	if (!amts_str_starts(rest, AMTS_STR("<x id=\"")))
		return 0;
	for (*id = 0; n < rest.n && n < 16 && rest.p[n] >= '0' && rest.p[n] <= '9'; n++)
		*id = *id * 10 + (size_t)(rest.p[n] - '0');
	return n > 7 && amts_str_starts(amts_str_sub(rest, n, rest.n), AMTS_STR("\"/>"))
		       ? n + 3
		       : 0;
}

/* What mangled placeholders leave behind: how often, and where first. */
static size_t leftovers(struct amts_str s, size_t *first)
{
	static const char *const v[] = { "<x ", "< x", "</x", "<x/" };
	size_t n = 0, id;
	for (size_t i = 0; (i = amts_str_find(s, AMTS_STR("<"), i)) < s.n; i++) {
		struct amts_str rest = amts_str_sub(s, i, s.n);
		for (size_t k = 0; k < sizeof(v) / sizeof(v[0]); k++)
			if (amts_str_starts(rest, amts_str_z(v[k])) &&
				!placeholder(s, i, &id) && n++ == 0)
				*first = i;
	}
	return n;
}

static int check_text(struct amts_str s, struct amts_str src, struct amts_error *err)
{
	size_t bad = amts_utf8_fault(s), first = 0;
	if (bad < s.n)
		return amts_fail(
			err, AMTS_EPARSE, "translation is not UTF-8 at byte %zu", bad);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return amts_fail(err, AMTS_EPARSE,
				"translation has control character 0x%02x at byte %zu",
				(unsigned)(unsigned char)s.p[i], i);
	if (leftovers(s, &first) > leftovers(src, &bad))
		return amts_fail(err, AMTS_EPARSE,
			"translation has a broken placeholder at byte %zu", first);
	return AMTS_OK;
}

/* Plain text [beg, end) of a translation.  A | would divide a table cell. */
static void add_text(
	struct amts_buf *out, struct amts_str s, size_t beg, size_t end, int in_cell)
{
	for (size_t i = beg; in_cell && i < end; i++) {
		if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == '|') {
			amts_buf_add(out, amts_str_sub(s, beg, i));
			amts_buf_addc(out, '\\');
			beg = i;
		}
	}
	amts_buf_add(out, amts_str_sub(s, beg, end));
}

int amts_segment_restore(struct amts_buf *out, const struct amts_doc *doc,
	const struct amts_segment *seg, struct amts_str translated,
	struct amts_error *err)
{
	int in_cell = doc->v[seg->block].kind == AMTS_BLOCK_TABLE_ROW;
	struct amts_arena *arena = amts_arena_new();
	unsigned char *seen = AMTS_NEW(arena, unsigned char, seg->ninl + 1);
	size_t done = 0, beg = 0, i = 0, id, len;
	struct amts_buf b = AMTS_BUF_INIT;
	int rc = check_text(translated, seg->text, err);

	while (rc == AMTS_OK &&
		(i = amts_str_find(translated, AMTS_STR("<"), i)) < translated.n) {
		len = placeholder(translated, i, &id);
		if (!len) {
			i++;
			continue;
		}
		if (id < 1 || id > seg->ninl)
			rc = amts_fail(err, AMTS_EPARSE,
				"translation has unknown placeholder %zu", id);
		else if (seen[id]++)
			rc = amts_fail(err, AMTS_EPARSE,
				"translation has placeholder %zu twice", id);
		if (rc != AMTS_OK)
			break;
		add_text(&b, translated, beg, i, in_cell);
		amts_buf_add(&b, amts_doc_bytes(doc, seg->inl[id - 1].at));
		done++;
		beg = i += len;
	}
	for (id = 1; rc == AMTS_OK && done < seg->ninl && id <= seg->ninl; id++)
		if (!seen[id])
			rc = amts_fail(err, AMTS_EPARSE,
				"translation lacks placeholder %zu", id);
	if (rc == AMTS_OK) {
		add_text(&b, translated, beg, translated.n, in_cell);
		amts_buf_add(out, amts_buf_str(&b));
		rc = amts_buf_check(out, "restored text", err);
	}
	amts_buf_release(&b);
	amts_arena_free(arena);
	return rc;
}
