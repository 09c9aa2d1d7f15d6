#include "md/lines.h"

#include <string.h>

size_t md_line_end(struct amts_str bytes, size_t at, size_t *body_end)
{
	while (at < bytes.n && bytes.p[at] != '\n' && bytes.p[at] != '\r')
		at++;
	*body_end = at;
	if (at < bytes.n && bytes.p[at++] == '\r' && at < bytes.n && bytes.p[at] == '\n')
		at++;
	return at;
}

static size_t skip_blanks(struct amts_str s, size_t at, size_t end)
{
	while (at < end && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	return at;
}

/* Offset after the container prefix of the line [at, end). */
static size_t skip_prefix(struct amts_str s, size_t at, size_t end, unsigned quotes)
{
	at = skip_blanks(s, at, end);
	for (; quotes && at < end && s.p[at] == '>'; quotes--)
		at = skip_blanks(s, at + 1, end);
	return at;
}

void md_text_lines_init(struct md_text_lines *it, const struct amts_doc *doc,
	const struct amts_block *block, struct amts_span at)
{
	it->bytes = amts_str_sub(doc->bytes, 0, at.end);
	it->at = at.beg;
	it->end = at.end;
	it->quotes = block->quotes;
}

int md_text_lines_next(struct md_text_lines *it, struct amts_span *line)
{
	size_t at = it->at;
	int starts = !at || it->bytes.p[at - 1] == '\n' || it->bytes.p[at - 1] == '\r';

	if (at >= it->end)
		return 0;
	it->at = md_line_end(it->bytes, at, &line->end);
	line->beg = starts ? skip_prefix(it->bytes, at, line->end, it->quotes) : at;
	return 1;
}
