#include "replay/lines.h"

#include <string.h>

const char *amts_replay_class_name(enum amts_replay_class c)
{
	static const char *const names[AMTS_REPLAY_CLASSES] = { "text", "table", "code",
		"math", "markup", "blank" };

	return names[c];
}

static enum amts_replay_class class_of(enum amts_block_kind kind)
{
	switch (kind) {
	case AMTS_BLOCK_HEADING:
	case AMTS_BLOCK_PARAGRAPH:
	case AMTS_BLOCK_LIST_ITEM:
		return AMTS_REPLAY_TEXT;
	case AMTS_BLOCK_TABLE_ROW:
		return AMTS_REPLAY_TABLE;
	case AMTS_BLOCK_CODE:
		return AMTS_REPLAY_CODE;
	case AMTS_BLOCK_MATH:
		return AMTS_REPLAY_MATH;
	default:
		return AMTS_REPLAY_MARKUP;
	}
}

static struct amts_str without_end(struct amts_str s)
{
	while (s.n && strchr(" \t\r\f\v", s.p[s.n - 1]))
		s.n--;
	return s;
}

static size_t count_lines(struct amts_str text)
{
	size_t i, n = 1;

	for (i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static void classify(struct lines *l, const struct amts_doc *doc)
{
	size_t i, k, at, end;

	for (i = 0; i < l->n; i++)
		l->class[i] = AMTS_REPLAY_BLANK;
	for (k = 0; k < doc->n; k++) {
		at = doc->v[k].line - 1;
		end = at + count_lines(without_end(amts_doc_bytes(doc, doc->v[k].all)));
		for (i = at; i < end && i < l->n; i++)
			if (l->v[i].n)
				l->class[i] = class_of(doc->v[k].kind);
	}
}

int lines_read(struct lines *out, struct amts_arena *arena, struct amts_str text,
	struct amts_error *err)
{
	size_t max = count_lines(text), beg, end;
	struct amts_doc *doc;
	int rc = amts_doc_parse(&doc, arena, text, err);

	if (rc)
		return rc;
	out->text = text;
	out->n = 0;
	out->v = AMTS_NEW(arena, struct amts_str, max + 1);
	out->hash = AMTS_NEW(arena, uint64_t, max + 1);
	out->class = AMTS_NEW(arena, enum amts_replay_class, max + 1);
	for (beg = 0; beg <= text.n; beg = end + 1) {
		end = amts_str_find(text, AMTS_STR("\n"), beg);
		out->v[out->n] = without_end(amts_str_sub(text, beg, end));
		out->hash[out->n] = amts_str_hash(out->v[out->n], AMTS_HASH_SEED);
		out->n++;
	}
	while (out->n && !out->v[out->n - 1].n)
		out->n--;
	classify(out, doc);
	return AMTS_OK;
}

void lines_diff(struct hunks *out, struct amts_arena *arena, const struct lines *a,
	const struct lines *b)
{
	struct amts_match *m;
	size_t n = amts_lcs(&m, arena, a->hash, a->n, b->hash, b->n), k, i = 0, j = 0;

	out->v = AMTS_NEW(arena, struct hunk, n + 2);
	out->n = 0;
	for (k = 0; k <= n; k++) {
		size_t to_i = k < n ? m[k].i : a->n, to_j = k < n ? m[k].j : b->n;

		if (to_i > i || to_j > j)
			out->v[out->n++] = (struct hunk){ i, to_i, j, to_j };
		i = to_i + 1;
		j = to_j + 1;
	}
}

struct amts_str lines_join(
	struct amts_arena *arena, const struct lines *l, size_t beg, size_t end)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i;

	for (i = beg; i < end; i++) {
		if (i > beg)
			amts_buf_addc(&b, ' ');
		amts_buf_add(&b, l->v[i]);
	}
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

size_t lines_chars(const struct lines *l, size_t beg, size_t end)
{
	size_t i, k, n = 0;

	for (i = beg; i < end; i++)
		for (k = 0; k < l->v[i].n; k++)
			n += ((unsigned char)l->v[i].p[k] & 0xc0) != 0x80;
	return n;
}
