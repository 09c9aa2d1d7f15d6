/* Lines of texts by number. */
#include "align/lines.h"

#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>

struct line_table {
	struct amts_map map;
	struct amts_str *v; /* the line of each id */
	size_t n, cap;
};

struct line_table *align_lines_new(void)
{
	return amts_calloc(1, sizeof(struct line_table));
}

void align_lines_free(struct line_table *t)
{
	if (!t)
		return;
	amts_map_release(&t->map);
	free(t->v);
	free(t);
}

static void keep(struct line_table *t, struct amts_str line)
{
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 256;
		t->v = amts_realloc(t->v, t->cap * sizeof(*t->v));
	}
	t->v[t->n++] = line;
}

/* A merge must not take two lines for one because their hashes are the same. */
static size_t id_of(struct line_table *t, struct amts_str line)
{
	uint64_t seed = AMTS_HASH_SEED;
	size_t id;

	for (;; seed++) {
		id = amts_map_add(&t->map, amts_str_hash(line, seed), t->n);
		if (id == t->n)
			keep(t, line);
		if (amts_str_eq(t->v[id], line))
			return id;
	}
}

static size_t count(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + 1;
}

void align_lines_cut(struct lines *out, struct amts_arena *arena, struct line_table *t,
	struct amts_str text)
{
	size_t max = count(text), at = 0, end;

	out->v = AMTS_NEW(arena, struct amts_str, max);
	out->id = AMTS_NEW(arena, size_t, max);
	for (out->n = 0; at < text.n; at = end) {
		end = amts_str_find(text, AMTS_STR("\n"), at);
		end += end < text.n;
		out->v[out->n] = amts_str_sub(text, at, end);
		out->id[out->n] = id_of(t, out->v[out->n]);
		out->n++;
	}
}
