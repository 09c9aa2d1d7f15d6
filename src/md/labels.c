#include "md/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "md/lines.h"

/* Labels match with case and white space folded (CommonMark 4.7); case here of ASCII
 * only. */
static uint64_t label_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	s = amts_str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (c == ' ' && s.p[i - 1] == ' ')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		h = amts_str_hash((struct amts_str){ &c, 1 }, h);
	}
	return h;
}

/* The label of a definition that begins at line. */
static struct amts_str label_of(struct amts_str line)
{
	size_t i = 1;
	if (line.n < 4 || line.p[0] != '[' || line.p[1] == '^')
		return (struct amts_str){ NULL, 0 };
	for (; i < line.n && line.p[i] != ']' && line.p[i] != '['; i++)
		if (line.p[i] == '\\')
			i++;
	if (i + 1 >= line.n || line.p[i] != ']' || line.p[i + 1] != ':')
		return (struct amts_str){ NULL, 0 };
	return amts_str_sub(line, 1, i);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

struct hashes {
	uint64_t *v;
	size_t n, cap;
};

static void add_label(struct hashes *out, struct amts_str label)
{
	if (label.n)
		AMTS_VEC_PUSH(out->v, out->n, out->cap, label_hash(label));
}

static void add_labels(
	struct hashes *out, const struct amts_doc *doc, const struct amts_block *block)
{
	struct md_text_lines it;
	struct amts_span line;

	md_text_lines_init(&it, doc, block, block->all);
	while (md_text_lines_next(&it, &line))
		add_label(out, amts_str_trim(label_of(amts_doc_bytes(doc, line))));
}

void md_labels_collect(struct amts_doc *doc, struct amts_arena *arena)
{
	struct hashes h = { NULL, 0, 0 };

	for (size_t b = 0; b < doc->n; b++)
		if (doc->v[b].kind == AMTS_BLOCK_LINK_DEF)
			add_labels(&h, doc, &doc->v[b]);
	doc->labels = AMTS_NEW(arena, uint64_t, h.n);
	doc->nlabels = h.n;
	if (h.n) {
		qsort(h.v, h.n, sizeof(*h.v), by_value);
		memcpy(doc->labels, h.v, h.n * sizeof(*h.v));
	}
	free(h.v);
}

int md_label_known(const struct amts_doc *doc, struct amts_str label)
{
	uint64_t h;
	if (doc->nlabels == 0 || label.n > 999 || amts_str_trim(label).n == 0)
		return 0;
	h = label_hash(label);
	return bsearch(&h, doc->labels, doc->nlabels, sizeof(h), by_value) != NULL;
}
