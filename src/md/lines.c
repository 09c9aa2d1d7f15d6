#include "md/lines.h"

#include <string.h>

#define CHUNK ((size_t)512)

size_t md_line_end(struct amts_str bytes, size_t at, size_t *body_end)
{
	/* By chunks, so that a file of CRs is not searched for a LF over and over. */
	while (at < bytes.n) {
		size_t n = bytes.n - at < CHUNK ? bytes.n - at : CHUNK;
		const char *lf = memchr(bytes.p + at, '\n', n), *cr;

		if (lf)
			n = (size_t)(lf - bytes.p) - at;
		cr = memchr(bytes.p + at, '\r', n);
		at = cr ? (size_t)(cr - bytes.p) : at + n;
		if (lf || cr)
			break;
	}
	*body_end = at;
	if (at < bytes.n && bytes.p[at++] == '\r' && at < bytes.n && bytes.p[at] == '\n')
		at++;
	return at;
}

size_t md_skip_blanks(struct amts_str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	return at;
}

size_t md_trim_end(struct amts_str s, size_t beg, size_t end)
{
	while (end > beg && strchr(" \t\n\v\f\r", s.p[end - 1]) && s.p[end - 1])
		end--;
	return end;
}

size_t md_skip_prefix(struct amts_str s, size_t at, unsigned *quotes)
{
	at = md_skip_blanks(s, at);
	for (; *quotes && at < s.n && s.p[at] == '>'; --*quotes)
		at = md_skip_blanks(s, at + 1);
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
	unsigned quotes = it->quotes;

	if (at >= it->end)
		return 0;
	it->at = md_line_end(it->bytes, at, &line->end);
	if (starts)
		at = md_skip_prefix(amts_str_sub(it->bytes, 0, line->end), at, &quotes);
	line->beg = at;
	return 1;
}
