#include "amts/doc.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "md/labels.h"
#include "md/lines.h"
#include "md/parser.h"

#include <stdlib.h>
#include <string.h>

#define BYTES_MAX ((uint64_t)4 << 30)

static const char *const kind_names[AMTS_BLOCK_KINDS] = {
	[AMTS_BLOCK_FRONT_MATTER] = "front-matter",
	[AMTS_BLOCK_HEADING] = "heading",
	[AMTS_BLOCK_PARAGRAPH] = "paragraph",
	[AMTS_BLOCK_LIST_ITEM] = "list-item",
	[AMTS_BLOCK_TABLE_ROW] = "table-row",
	[AMTS_BLOCK_CODE] = "code",
	[AMTS_BLOCK_MATH] = "math",
	[AMTS_BLOCK_HTML] = "html",
	[AMTS_BLOCK_COMMENT] = "comment",
	[AMTS_BLOCK_DIRECTIVE] = "directive",
	[AMTS_BLOCK_LABEL] = "label",
	[AMTS_BLOCK_LINK_DEF] = "link-def",
	[AMTS_BLOCK_RULE] = "rule",
	[AMTS_BLOCK_OTHER] = "other",
};

const char *amts_block_kind_name(enum amts_block_kind kind)
{
	return kind_names[kind];
}

int amts_block_kind_has_lines(enum amts_block_kind kind)
{
	return kind == AMTS_BLOCK_CODE || kind == AMTS_BLOCK_MATH ||
	       kind == AMTS_BLOCK_HTML || kind == AMTS_BLOCK_DIRECTIVE ||
	       kind == AMTS_BLOCK_COMMENT;
}

const char *amts_dialect_name(enum amts_dialect one)
{
	static const char *const names[AMTS_DIALECTS] = { "gfm", "front-matter", "d2l",
		"math", "containers", "mdx", "myst" };
	unsigned i;

	for (i = 0; i < AMTS_DIALECTS; i++)
		if (one == 1u << i)
			return names[i];
	return "";
}

static size_t bom(struct amts_str bytes)
{
	return amts_str_starts(bytes, AMTS_STR("\xef\xbb\xbf")) ? 3 : 0;
}

/* Give every block the number of its first line, and see which line endings prevail. */
static void count_lines(struct amts_doc *doc)
{
	size_t at = 0, end, i = 0, line = 1, crlf = 0;

	for (; at < doc->bytes.n; line++) {
		size_t next = md_line_end(doc->bytes, at, &end);

		while (i < doc->n && doc->v[i].all.beg < next)
			doc->v[i++].line = line;
		crlf += next - end == 2;
		at = next;
	}
	doc->crlf = crlf * 2 > line - 1;
}

static int check_size(struct amts_str bytes, struct amts_error *err)
{
	if ((uint64_t)bytes.n <= BYTES_MAX)
		return AMTS_OK;
	return amts_fail(err, AMTS_ETOOBIG, "document of %zu bytes: over 4 GiB", bytes.n);
}

/* Move the blocks into the document and check what everything else relies on. */
static int finish(struct md_parser *p, struct amts_arena *arena, struct amts_error *err)
{
	struct amts_doc *doc = p->doc;
	size_t fault;

	doc->n = p->n;
	doc->v = AMTS_NEW(arena, struct amts_block, p->n);
	if (p->n)
		memcpy(doc->v, p->v, p->n * sizeof(*p->v));
	free(p->v);
	amts_buf_release(&p->text);
	count_lines(doc);
	md_labels_collect(doc, arena);
	fault = amts_doc_fault(doc);
	if (fault)
		return amts_fail(err, AMTS_EFAIL,
			"line %zu: blocks of the document do not cover it (a bug in "
			"amts)",
			fault);
	return AMTS_OK;
}

static void start(struct md_parser *p, struct amts_arena *arena, struct amts_str bytes)
{
	memset(p, 0, sizeof(*p));
	p->doc = AMTS_NEW(arena, struct amts_doc, 1);
	p->doc->bytes = bytes;
	p->in = bytes;
	p->next = bom(bytes);
	p->options = bytes.n;
	p->text = (struct amts_buf)AMTS_BUF_INIT;
	p->text.max = (size_t)BYTES_MAX;
	p->dirty = bytes.n &&
		   (memchr(bytes.p, '\0', bytes.n) || amts_utf8_fault(bytes) < bytes.n);
}

int amts_doc_parse(struct amts_doc **out, struct amts_arena *arena, struct amts_str bytes,
	struct amts_error *err)
{
	struct md_parser p;
	int rc = check_size(bytes, err);

	if (rc)
		return rc;
	start(&p, arena, bytes);
	md_front_matter(&p);
	md_parse_lines(&p);
	*out = p.doc;
	return finish(&p, arena, err);
}

int amts_doc_plain(struct amts_doc **out, struct amts_arena *arena, struct amts_str bytes,
	struct amts_error *err)
{
	struct md_parser p;
	struct md_emit e = { .kind = AMTS_BLOCK_PARAGRAPH };
	int rc = check_size(bytes, err), gap = 1;

	if (rc)
		return rc;
	start(&p, arena, bytes);
	p.doc->plain = 1;
	for (e.next = p.next; e.next < bytes.n;) {
		e.beg = e.next;
		e.next = md_line_end(bytes, e.beg, &e.text.end);
		e.text.beg = e.beg;
		e.content = e.text;
		if (!amts_str_trim(amts_str_sub(bytes, e.beg, e.text.end)).n) {
			gap = 1;
			continue;
		}
		e.level += (unsigned)gap;
		gap = 0;
		md_emit(&p, &e);
	}
	*out = p.doc;
	return finish(&p, arena, err);
}

struct amts_str amts_doc_bytes(const struct amts_doc *doc, struct amts_span at)
{
	return amts_str_sub(doc->bytes, at.beg, at.end);
}

static size_t line_at(struct amts_str bytes, size_t offset)
{
	size_t at = 0, end, line = 0;

	do {
		at = md_line_end(bytes, at, &end);
		line++;
	} while (at <= offset && at < bytes.n);
	return line;
}

/* 1 if a line may start at `at`. */
static int is_line_start(struct amts_str bytes, size_t at)
{
	if (at == bom(bytes) || at >= bytes.n)
		return at <= bytes.n;
	return at && (bytes.p[at - 1] == '\n' ||
			     (bytes.p[at - 1] == '\r' && bytes.p[at] != '\n'));
}

/* Offset of the first byte of a gap that is content; end if there is none. */
static size_t gap_content(struct amts_str bytes, size_t beg, size_t end)
{
	if (!beg)
		beg = bom(bytes);
	while (beg < end && bytes.p[beg] && strchr(" \t\n\v\f\r>", bytes.p[beg]))
		beg++;
	return beg;
}

size_t amts_doc_fault(const struct amts_doc *doc)
{
	size_t i, at = 0, content;

	for (i = 0; i < doc->n; i++) {
		const struct amts_block *b = &doc->v[i];

		if (b->all.beg < at || b->all.end <= b->all.beg ||
			b->all.end > doc->bytes.n)
			return line_at(doc->bytes, at);
		content = gap_content(doc->bytes, at, b->all.beg);
		if (content < b->all.beg)
			return line_at(doc->bytes, content);
		if (!is_line_start(doc->bytes, b->all.beg) ||
			!is_line_start(doc->bytes, b->all.end) ||
			b->text.beg < b->all.beg || b->text.end > b->all.end ||
			b->text.beg > b->text.end)
			return line_at(doc->bytes, b->all.beg);
		at = b->all.end;
	}
	content = gap_content(doc->bytes, at, doc->bytes.n);
	return content < doc->bytes.n ? line_at(doc->bytes, content) : 0;
}

int amts_splice(struct amts_buf *out, struct amts_str bytes, const struct amts_splice *v,
	size_t n, struct amts_error *err)
{
	size_t i, at = 0;

	for (i = 0; i < n; i++) {
		if (v[i].at.beg < at || v[i].at.end < v[i].at.beg ||
			v[i].at.end > bytes.n)
			return amts_fail(err, AMTS_EFAIL,
				"splice %zu at %zu..%zu: out of order or outside of the "
				"document",
				i, v[i].at.beg, v[i].at.end);
		amts_buf_add(out, amts_str_sub(bytes, at, v[i].at.beg));
		amts_buf_add(out, v[i].text);
		at = v[i].at.end;
	}
	amts_buf_add(out, amts_str_sub(bytes, at, bytes.n));
	return amts_buf_check(out, "spliced document", err);
}
