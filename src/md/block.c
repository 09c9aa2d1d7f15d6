/* Containers and the starts of blocks (CommonMark 0.30, chapters 4 and 5). */
#include "base/alloc.h"
#include "md/lines.h"
#include "md/parser.h"
#include "md/scan.h"

#include <string.h>

static struct amts_str line_of(const struct md_parser *p)
{
	return amts_str_sub(p->in, 0, p->end);
}

/* ---- the cursor ------------------------------------------------------------ */

static int at_blank(const struct md_parser *p)
{
	return p->at < p->end && (p->in.p[p->at] == ' ' || p->in.p[p->at] == '\t');
}

/* Move over white space by columns; a tab may be left half way. */
static void advance(struct md_parser *p, size_t columns)
{
	while (columns && at_blank(p)) {
		size_t width = p->in.p[p->at] == '\t' ? 4 - p->col % 4 : 1;
		size_t step = columns < width ? columns : width;

		p->tab = width > columns;
		p->col += step;
		p->at += !p->tab;
		columns -= step;
	}
}

static void find_nonspace(struct md_parser *p)
{
	if (!p->seen || p->nonspace < p->at) {
		p->seen = 1;
		p->nonspace = p->at;
		p->nonspace_col = p->col;
		for (; p->nonspace < p->end; p->nonspace++) {
			if (p->in.p[p->nonspace] == '\t')
				p->nonspace_col += 4 - p->nonspace_col % 4;
			else if (p->in.p[p->nonspace] == ' ')
				p->nonspace_col++;
			else
				break;
		}
	}
	p->indent = p->nonspace_col - p->col;
	p->blank = p->nonspace == p->end;
}

/* Move to n bytes after the first that is no white space. */
static void jump(struct md_parser *p, size_t n)
{
	p->at = p->nonspace + n;
	p->col = p->nonspace_col + n;
	p->tab = 0;
}

static int next_line(struct md_parser *p)
{
	p->beg = p->next;
	if (p->beg >= p->in.n)
		return 0;
	p->next = md_line_end(p->in, p->beg, &p->end);
	p->at = p->beg;
	p->col = 0;
	p->tab = 0;
	p->seen = 0;
	p->rule_dead = 0;
	return 1;
}

/* ---- containers ------------------------------------------------------------ */

static void push(struct md_parser *p, struct md_container c)
{
	const struct md_container none = { 0 },
				  *up = p->depth ? &p->stack[p->depth - 1] : &none;

	c.depth = up->depth + (c.type != MD_FENCE);
	c.quotes = up->quotes + (c.type == MD_QUOTE);
	c.fences = up->fences + (c.type == MD_FENCE);
	if (p->depth)
		p->stack[p->depth - 1].has_child = 1;
	p->stack[p->depth++] = c;
}

/* A list item that ends before it has a block is one of its own. */
static void emit_empty_item(struct md_parser *p)
{
	struct amts_span at = { p->mark_beg, p->mark_next };

	md_emit(p, &(struct md_emit){ .kind = AMTS_BLOCK_OTHER,
			   .beg = at.beg,
			   .next = at.end,
			   .content = at });
}

/* Close the open leaf, and the containers after the first `keep`. */
static void close_to(struct md_parser *p, unsigned keep)
{
	md_leaf_close(p);
	while (p->depth > keep) {
		if (p->mark && p->stack[p->depth - 1].type == MD_ITEM)
			emit_empty_item(p);
		p->depth--;
	}
}

/* 1 if the line goes on inside c, the cursor then stands after its prefix. */
static int continues(struct md_parser *p, const struct md_container *c)
{
	switch (c->type) {
	case MD_QUOTE:
		if (p->indent > 3 || p->blank || p->in.p[p->nonspace] != '>')
			return 0;
		jump(p, 1);
		advance(p, 1);
		return 1;
	case MD_ITEM:
		if (p->indent < c->indent)
			return p->blank && c->has_child;
		advance(p, c->indent);
		return 1;
	case MD_FENCE:
		break;
	}
	if (p->indent <= 3 && !p->blank &&
		md_scan_fence_close(line_of(p), p->nonspace, c->fence, c->fence_len))
		return 0;
	advance(p, c->indent < p->indent ? c->indent : p->indent);
	return 1;
}

/* How many of the open containers the line continues. */
static unsigned match_containers(struct md_parser *p)
{
	unsigned i;

	for (i = 0; i < p->depth; i++) {
		find_nonspace(p);
		if (!continues(p, &p->stack[i]))
			break;
	}
	return i;
}

/* 1 if the line closed the directive that is the innermost container the line does not
 * continue. */
static int close_fence(struct md_parser *p, unsigned matched)
{
	const struct md_container *c = &p->stack[matched];

	if (c->type != MD_FENCE || p->indent > 3 || p->blank ||
		!md_scan_fence_close(line_of(p), p->nonspace, c->fence, c->fence_len))
		return 0;
	close_to(p, matched);
	md_emit(p, &(struct md_emit){ .kind = AMTS_BLOCK_DIRECTIVE,
			   .beg = p->beg,
			   .next = p->next,
			   .content = { p->nonspace, p->end } });
	return 1;
}

static void open_quote(struct md_parser *p)
{
	jump(p, 1);
	advance(p, 1);
	push(p, (struct md_container){ .type = MD_QUOTE });
}

/* The columns of an item's content: those of its marker and of the white space after it,
 * unless that is so much that it belongs to the content. */
static void open_item(struct md_parser *p, size_t marker)
{
	size_t indent = p->indent + marker, space;

	jump(p, marker);
	find_nonspace(p);
	space = p->blank || p->indent >= 5 ? 1 : p->indent;
	advance(p, space);
	push(p, (struct md_container){ .type = MD_ITEM, .indent = indent + space });
	if (!p->mark) {
		p->mark = 1;
		p->mark_beg = p->beg;
	}
	p->mark_next = p->next;
}

/* 1 if a quote or a list item starts at the cursor. */
static int start_container(struct md_parser *p, unsigned matched, int in_para)
{
	struct amts_str s = line_of(p);
	size_t marker;

	if (p->depth == MD_NEST_MAX && matched == p->depth)
		return 0;
	if (s.p[p->nonspace] == '>') {
		close_to(p, matched);
		open_quote(p);
		return 1;
	}
	marker = md_scan_list_marker(s, p->nonspace, in_para);
	if (!marker || md_scan_rule(s, p->nonspace, &p->rule_dead))
		return 0;
	close_to(p, matched);
	open_item(p, marker);
	return 1;
}

/* ---- leaves ---------------------------------------------------------------- */

/* Make way for a block that starts on this line. */
static void begin(struct md_parser *p, unsigned matched)
{
	close_to(p, matched);
	if (p->depth)
		p->stack[p->depth - 1].has_child = 1;
}

/* A block of the one line, its content from p->nonspace on. */
static struct md_emit one_line(const struct md_parser *p, enum amts_block_kind kind)
{
	return (struct md_emit){ .kind = kind,
		.beg = p->beg,
		.next = p->next,
		.content = { p->nonspace, md_trim_end(p->in, p->nonspace, p->end) } };
}

static void set_tabs(struct md_parser *p, struct amts_span set)
{
	size_t i;

	p->tabs = AMTS_HASH_SEED;
	for (i = set.beg; i < set.end; i++)
		if (!strchr(" \t`", p->in.p[i]))
			p->tabs = amts_str_hash(amts_str_sub(p->in, i, i + 1), p->tabs);
}

/* 1 if a block of another dialect starts here. */
static int start_region(struct md_parser *p, unsigned matched, int in_para)
{
	struct md_region r;
	struct md_place place = { p->in, p->nonspace, p->end, p->next,
		matched ? p->stack[matched - 1].quotes : 0, p->nonspace == p->beg,
		in_para, p->options == p->beg };
	struct md_emit e;

	if (!md_region_at(&r, &place, p->dead))
		return 0;
	begin(p, matched);
	e = one_line(p, r.kind);
	e.next = r.next;
	e.content.end = md_trim_end(p->in, p->nonspace, r.end);
	e.text = r.text;
	if (r.role == MD_REGION_TABS_END)
		p->tabs = 0;
	md_emit(p, &e);
	if (r.role == MD_REGION_TABS)
		set_tabs(p, e.content);
	p->next = r.next;
	if (r.role == MD_REGION_OPEN)
		p->options = r.next;
	p->doc->dialects |= r.dialect;
	return 1;
}

static int start_atx(struct md_parser *p, unsigned matched)
{
	struct amts_str s = line_of(p);
	unsigned level = md_scan_atx(s, p->nonspace);
	struct md_emit e;
	size_t end;

	if (!level)
		return 0;
	begin(p, matched);
	e = one_line(p, AMTS_BLOCK_HEADING);
	e.level = level;
	e.text.beg = md_skip_blanks(s, p->nonspace + level);
	e.text.end = end = md_trim_end(s, e.text.beg, s.n);
	while (end > e.text.beg && s.p[end - 1] == '#')
		end--;
	if (end < e.text.end && (s.p[end - 1] == ' ' || s.p[end - 1] == '\t'))
		e.text.end = md_trim_end(s, e.text.beg, end);
	if (amts_str_find(amts_str_sub(s, 0, e.text.end), AMTS_STR("{#"), e.text.beg) <
		e.text.end)
		p->doc->dialects |= AMTS_DIALECT_CONTAINERS;
	e.content = e.text;
	md_emit(p, &e);
	return 1;
}

static void open_directive(struct md_parser *p, size_t len, struct amts_span info)
{
	struct md_emit e = one_line(p, AMTS_BLOCK_DIRECTIVE);

	e.text = md_directive_title(p->in, info);
	md_emit(p, &e);
	push(p, (struct md_container){ .type = MD_FENCE,
			.indent = p->indent,
			.fence = p->in.p[p->nonspace],
			.fence_len = len });
	p->options = p->next;
}

static int start_fence(struct md_parser *p, unsigned matched)
{
	static const enum amts_block_kind kinds[] = { AMTS_BLOCK_CODE, AMTS_BLOCK_MATH,
		AMTS_BLOCK_DIRECTIVE };
	struct amts_str s = line_of(p), text;
	size_t len = md_scan_fence_open(s, p->nonspace), info;
	enum md_fence_role role;

	if (!len)
		return 0;
	begin(p, matched);
	info = md_skip_blanks(s, p->nonspace + len);
	text = amts_str_trim(amts_str_sub(s, info, s.n));
	role = md_fence_role(text);
	if (role != MD_FENCE_CODE)
		p->doc->dialects |= AMTS_DIALECT_MYST;
	if (amts_str_find(text, AMTS_STR(".input"), 0) < text.n)
		p->doc->dialects |= AMTS_DIALECT_D2L;
	if (role == MD_FENCE_MARKDOWN && p->depth < MD_NEST_MAX) {
		open_directive(p, len, (struct amts_span){ info, s.n });
		return 1;
	}
	md_leaf_open(p, MD_FENCED);
	p->leaf.kind = role == MD_FENCE_MARKDOWN ? AMTS_BLOCK_CODE : kinds[role];
	p->leaf.fence = s.p[p->nonspace];
	p->leaf.fence_len = len;
	p->leaf.indent = p->indent;
	p->leaf.print = amts_str_hash(text, AMTS_HASH_SEED);
	return 1;
}

static int start_html(struct md_parser *p, unsigned matched, int in_para)
{
	int html = md_scan_html(line_of(p), p->nonspace, in_para);

	if (!html)
		return 0;
	begin(p, matched);
	md_leaf_open(p, MD_HTML);
	p->leaf.html = html;
	if (md_scan_html_end(line_of(p), p->nonspace, html))
		md_leaf_close(p);
	return 1;
}

/* The underline of a paragraph that turns out to be a heading. */
static int start_setext(struct md_parser *p)
{
	unsigned level = md_scan_setext(line_of(p), p->nonspace);
	struct md_emit e;

	if (!level || p->leaf.has_table)
		return 0;
	if (!md_leaf_link_defs(p)) {
		md_leaf_open(p, MD_PARAGRAPH);
		return 1;
	}
	e = one_line(p, AMTS_BLOCK_HEADING);
	e.level = level;
	e.beg = p->leaf.beg;
	e.text.beg = p->leaf.at;
	e.text.end = md_trim_end(p->in, p->leaf.at, p->leaf.end);
	e.content = e.text;
	p->leaf.type = MD_NONE;
	md_emit(p, &e);
	return 1;
}

static int start_rule(struct md_parser *p, unsigned matched)
{
	struct md_emit e;

	if (!md_scan_rule(line_of(p), p->nonspace, &p->rule_dead))
		return 0;
	begin(p, matched);
	e = one_line(p, AMTS_BLOCK_RULE);
	md_emit(p, &e);
	return 1;
}

/* The text of a footnote starts a paragraph even right after another. */
static int start_footnote(struct md_parser *p, unsigned matched)
{
	struct amts_str s = amts_str_sub(p->in, p->nonspace, p->end);
	size_t close = s.n > 4 && s.p[0] == '[' && s.p[1] == '^'
			       ? amts_str_find(s, AMTS_STR("]"), 2)
			       : s.n;

	if (close + 1 >= s.n || s.p[close + 1] != ':' || memchr(s.p, ' ', close))
		return 0;
	begin(p, matched);
	md_leaf_open(p, MD_PARAGRAPH);
	return 1;
}

/* 1 if the line starts a block that is neither a paragraph nor indented code.  lazy: an
 * open paragraph, perhaps of containers that the line does not continue, would take it.
 */
static int start_leaf(struct md_parser *p, unsigned matched, int in_para, int lazy)
{
	return start_region(p, matched, in_para) || start_atx(p, matched) ||
	       start_fence(p, matched) || start_html(p, matched, lazy) ||
	       (in_para && start_setext(p)) || start_rule(p, matched) ||
	       start_footnote(p, matched);
}

/* 1 if the open code or HTML block takes the line. */
static int leaf_takes(struct md_parser *p)
{
	struct md_leaf *leaf = &p->leaf;

	find_nonspace(p);
	switch (leaf->type) {
	case MD_INDENTED:
		if (p->indent < 4 && !p->blank)
			return 0;
		advance(p, 4);
		break;
	case MD_FENCED:
		if (p->indent < 4 && !p->blank &&
			md_scan_fence_close(
				line_of(p), p->nonspace, leaf->fence, leaf->fence_len)) {
			leaf->end = p->end;
			leaf->next = p->next;
			md_leaf_close(p);
			return 1;
		}
		advance(p, leaf->indent < p->indent ? leaf->indent : p->indent);
		break;
	default:
		if (leaf->html >= 6 && p->blank)
			return 0;
	}
	md_leaf_add(p);
	if (leaf->type == MD_HTML &&
		md_scan_html_end(line_of(p), p->nonspace, leaf->html))
		md_leaf_close(p);
	return 1;
}

/* 1 if the open paragraph takes the line although it continues fewer containers. */
static int is_lazy(const struct md_parser *p, unsigned matched)
{
	unsigned fences = matched ? p->stack[matched - 1].fences : 0;

	return matched == p->depth || fences == p->stack[p->depth - 1].fences;
}

/* What the line, after the containers that it continues, starts or adds to. */
static void take_rest(struct md_parser *p, unsigned matched)
{
	int open = p->leaf.type == MD_PARAGRAPH; /* a paragraph may go on lazily */

	for (;;) {
		int in_para = open && matched == p->depth;

		find_nonspace(p);
		if (p->blank)
			break;
		if (p->indent >= 4) {
			if (open)
				break;
			begin(p, matched);
			advance(p, 4);
			md_leaf_open(p, MD_INDENTED);
			return;
		}
		if (start_container(p, matched, in_para)) {
			matched = p->depth;
			open = 0;
			continue;
		}
		if (start_leaf(p, matched, in_para, open))
			return;
		break;
	}
	if (p->blank) {
		close_to(p, matched);
	} else if (open && is_lazy(p, matched)) {
		md_leaf_add(p);
	} else {
		begin(p, matched);
		md_leaf_open(p, MD_PARAGRAPH);
	}
}

void md_parse_lines(struct md_parser *p)
{
	while (next_line(p)) {
		unsigned matched = match_containers(p);

		if (matched < p->depth && close_fence(p, matched))
			continue;
		if (p->leaf.type > MD_PARAGRAPH) {
			if (matched == p->depth && leaf_takes(p))
				continue;
			md_leaf_close(p);
		}
		take_rest(p, matched);
	}
	close_to(p, 0);
}
