#include "md/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "md/lines.h"

static void add_line(struct md_join *j, const struct amts_doc *doc, struct amts_span line)
{
	size_t len = line.end - line.beg, n = j->s.n;
	struct md_line l = { n + (j->n > 0), line.beg };

	AMTS_VEC_ROOM(j->bytes, n, j->bytes_cap, len + 1);
	if (j->n > 0)
		j->bytes[n++] = '\n';
	if (len)
		memcpy(j->bytes + n, doc->bytes.p + line.beg, len);
	AMTS_VEC_PUSH(j->lines, j->n, j->cap, l);
	j->s = (struct amts_str){ j->bytes, n + len };
}

void md_join_lines(struct md_join *j, const struct amts_doc *doc,
	const struct amts_block *block, struct amts_span at)
{
	struct md_text_lines it;
	struct amts_span line;

	j->n = 0;
	j->s.n = 0;
	md_text_lines_init(&it, doc, block, at);
	while (md_text_lines_next(&it, &line))
		add_line(j, doc, line);
}

void md_join_release(struct md_join *j)
{
	free(j->bytes);
	free(j->lines);
	*j = (struct md_join)MD_JOIN_INIT;
}

static size_t doc_offset(const struct md_join *j, size_t at)
{
	size_t lo = 0, hi = j->n;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (j->lines[mid].at <= at)
			lo = mid;
		else
			hi = mid;
	}
	return j->lines[lo].doc + (at - j->lines[lo].at);
}

struct amts_span md_join_span(const struct md_join *j, struct amts_span at)
{
	return (struct amts_span){ doc_offset(j, at.beg), doc_offset(j, at.end) };
}

static struct amts_span trimmed(struct amts_str bytes, size_t beg, size_t end)
{
	struct amts_str s = amts_str_trim(amts_str_sub(bytes, beg, end));
	size_t at = s.n ? (size_t)(s.p - bytes.p) : beg;
	return (struct amts_span){ at, at + s.n };
}

int md_next_field(struct amts_span *field, size_t *at, const struct amts_doc *doc,
	const struct amts_block *block, size_t end)
{
	struct amts_str s = doc->bytes;
	while (*at < end) {
		size_t beg = *at, i = beg;
		if (block->kind != AMTS_BLOCK_TABLE_ROW)
			i = end;
		for (; i < end && s.p[i] != '|'; i++)
			if (s.p[i] == '\\')
				i++;
		if (i > end)
			i = end;
		*at = i + 1;
		*field = trimmed(s, beg, i);
		if (field->end > field->beg)
			return 1;
	}
	return 0;
}
