/* The block that takes lines: paragraphs (and the tables and link definitions in them),
 * code, HTML. */
#include "md/html.h"
#include "md/lines.h"
#include "md/linkdef.h"
#include "md/parser.h"
#include "md/print.h"
#include "md/table.h"

#include <string.h>

static struct amts_str line_content(const struct md_parser *p)
{
	return amts_str_trim(amts_str_sub(p->in, p->nonspace, p->end));
}

/* Code is compared line by line: container prefixes and white space at line ends do not
 * count, nor do empty lines at its end. */
static void print_code_line(struct md_parser *p)
{
	struct md_leaf *leaf = &p->leaf;
	size_t end = md_trim_end(p->in, p->at, p->end), at = p->at, space;

	if (end <= p->at) {
		leaf->blanks++;
		return;
	}
	for (; leaf->blanks; leaf->blanks--)
		leaf->print = amts_hash_byte(leaf->print, '\n');
	leaf->print = amts_hash_byte(leaf->print, '\n');
	if (p->tab) {
		for (space = 4 - p->col % 4; space; space--)
			leaf->print = amts_hash_byte(leaf->print, ' ');
		at++;
	}
	leaf->print = amts_str_hash(amts_str_sub(p->in, at, end), leaf->print);
}

/* A delimiter row under a row of as many cells makes a table of both and of what follows.
 */
static void find_table(struct md_parser *p)
{
	struct md_leaf *leaf = &p->leaf;
	size_t columns;

	if (leaf->has_table || !strchr("|:-", p->in.p[p->nonspace]))
		return;
	columns = md_table_delimiter(line_content(p));
	if (!columns ||
		md_table_cells(amts_str_sub(p->in, leaf->last, leaf->end)) != columns)
		return;
	leaf->has_table = 1;
	leaf->table = leaf->last;
}

void md_leaf_open(struct md_parser *p, enum md_leaf_type type)
{
	struct md_leaf *leaf = &p->leaf;

	memset(leaf, 0, sizeof(*leaf));
	leaf->type = type;
	leaf->item = p->mark;
	leaf->beg = p->mark ? p->mark_beg : p->beg;
	p->mark = 0;
	leaf->at = leaf->last = p->nonspace;
	leaf->end = p->end;
	leaf->next = p->next;
	leaf->kind = AMTS_BLOCK_CODE;
	leaf->print = AMTS_HASH_SEED;
	if (type == MD_INDENTED)
		print_code_line(p);
}

void md_leaf_add(struct md_parser *p)
{
	struct md_leaf *leaf = &p->leaf;

	switch (leaf->type) {
	case MD_PARAGRAPH:
		find_table(p);
		break;
	case MD_INDENTED:
		print_code_line(p);
		if (p->blank)
			return; /* not of the block unless more code follows */
		break;
	case MD_FENCED:
		print_code_line(p);
		break;
	default:
		break;
	}
	leaf->last = p->nonspace;
	leaf->end = p->end;
	leaf->next = p->next;
}

static struct md_emit whole_leaf(const struct md_parser *p, enum amts_block_kind kind)
{
	const struct md_leaf *leaf = &p->leaf;

	return (struct md_emit){ .kind = kind,
		.beg = leaf->beg,
		.next = leaf->next,
		.content = { leaf->at, md_trim_end(p->in, leaf->at, leaf->end) } };
}

static void text_lines(struct md_text_lines *it, const struct md_parser *p, size_t beg)
{
	struct amts_block b = { .quotes = p->depth ? p->stack[p->depth - 1].quotes : 0 };

	md_text_lines_init(it, p->doc, &b, (struct amts_span){ beg, p->leaf.end });
}

/* The paragraph's lines without prefixes, each with LF after it. */
static struct amts_str leaf_text(struct md_parser *p)
{
	struct md_text_lines it;
	struct amts_span line;

	amts_buf_reset(&p->text);
	text_lines(&it, p, p->leaf.at);
	while (md_text_lines_next(&it, &line)) {
		amts_buf_add(&p->text, amts_str_sub(p->in, line.beg, line.end));
		amts_buf_addc(&p->text, '\n');
	}
	return amts_buf_str(&p->text);
}

static size_t count(struct amts_str s, char c)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* The first `lines` lines of the paragraph are a link definition. */
static void take_link_def(struct md_parser *p, size_t lines)
{
	struct md_leaf *leaf = &p->leaf;
	struct md_emit e = whole_leaf(p, AMTS_BLOCK_LINK_DEF);
	struct md_text_lines it;
	struct amts_span line = { leaf->at, leaf->at };
	size_t i;

	text_lines(&it, p, leaf->at);
	for (i = 0; i < lines; i++)
		md_text_lines_next(&it, &line);
	e.content.end = line.end;
	e.next = it.at < leaf->end ? it.at : leaf->next;
	md_emit(p, &e);
	leaf->beg = it.at;
	leaf->at = md_text_lines_next(&it, &line) ? line.beg : leaf->end;
	leaf->item = 0;
	if (leaf->table < leaf->at)
		leaf->has_table = 0;
}

int md_leaf_link_defs(struct md_parser *p)
{
	struct amts_str s;
	size_t at = 0, end;

	if (p->in.p[p->leaf.at] != '[')
		return 1;
	s = leaf_text(p);
	while ((end = md_link_def(s, at))) {
		take_link_def(p, count(amts_str_sub(s, at, end), '\n'));
		at = end;
	}
	if (at < s.n)
		return 1;
	p->leaf.type = MD_NONE;
	return 0;
}

/* A paragraph up to the line that ends at `end`; a task's box is part of the marker. */
static void emit_paragraph(struct md_parser *p, size_t end, size_t next)
{
	const struct md_leaf *leaf = &p->leaf;
	struct md_emit e =
		whole_leaf(p, leaf->item ? AMTS_BLOCK_LIST_ITEM : AMTS_BLOCK_PARAGRAPH);
	const char *box = p->in.p + leaf->at;

	e.next = next;
	e.content.end = md_trim_end(p->in, leaf->at, end);
	e.text = e.content;
	if (leaf->item && end - leaf->at > 4 && box[0] == '[' && strchr(" xX", box[1]) &&
		box[1] && box[2] == ']' && box[3] == ' ')
		e.text.beg += 4;
	md_emit(p, &e);
}

/* Every row is a block; the second one only says how cells are aligned. */
static void emit_rows(struct md_parser *p, size_t beg)
{
	struct md_text_lines it;
	struct amts_span line;
	size_t row;

	text_lines(&it, p, p->leaf.table);
	for (row = 0; md_text_lines_next(&it, &line); row++) {
		struct md_emit e = { .kind = AMTS_BLOCK_TABLE_ROW,
			.beg = beg,
			.next = it.at < p->leaf.end ? it.at : p->leaf.next,
			.content = { line.beg, md_trim_end(p->in, line.beg, line.end) } };

		if (row != 1)
			e.text = e.content;
		md_emit(p, &e);
		beg = it.at;
	}
	p->doc->dialects |= AMTS_DIALECT_GFM;
}

static void close_table(struct md_parser *p)
{
	const struct md_leaf *leaf = &p->leaf;
	size_t beg = leaf->table;

	if (beg == leaf->at) {
		emit_rows(p, leaf->beg);
		return;
	}
	while (p->in.p[beg - 1] != '\n' && p->in.p[beg - 1] != '\r')
		beg--;
	emit_paragraph(p, beg, beg);
	emit_rows(p, beg);
}

static void close_html(struct md_parser *p)
{
	const struct md_leaf *leaf = &p->leaf;
	struct md_emit e = whole_leaf(p, AMTS_BLOCK_HTML);
	int html = leaf->html;

	if ((html == 2 || html >= 6) &&
		md_html_has_text(amts_str_sub(p->in, leaf->at, leaf->end)))
		e.text = e.content;
	else if (html == 2)
		e.kind = AMTS_BLOCK_COMMENT;
	md_emit(p, &e);
}

void md_leaf_close(struct md_parser *p)
{
	struct md_emit e;

	switch (p->leaf.type) {
	case MD_NONE:
		return;
	case MD_PARAGRAPH:
		if (!md_leaf_link_defs(p))
			return;
		if (p->leaf.has_table)
			close_table(p);
		else
			emit_paragraph(p, p->leaf.end, p->leaf.next);
		break;
	case MD_INDENTED:
	case MD_FENCED:
		e = whole_leaf(p, p->leaf.kind);
		e.print = p->leaf.print ^ (uint64_t)e.kind;
		md_emit(p, &e);
		break;
	case MD_HTML:
		close_html(p);
		break;
	}
	p->leaf.type = MD_NONE;
}
