#include "sync/prints.h"

void prints_index(
	struct prints *out, struct amts_arena *arena, const struct amts_doc *doc)
{
	size_t *last = AMTS_NEW(arena, size_t, doc->n + 1), i, at;

	out->first = (struct amts_map){ 0 };
	out->next = AMTS_NEW(arena, size_t, doc->n + 1);
	out->free = AMTS_NEW(arena, size_t, doc->n + 1);
	for (i = 0; i < doc->n; i++) {
		at = amts_map_add(&out->first, doc->v[i].print, i);
		if (at != i)
			out->next[last[at]] = i;
		last[at] = i;
		out->next[i] = NO_BLOCK;
		out->free[i] = i;
	}
}

void prints_release(struct prints *p)
{
	amts_map_release(&p->first);
}

size_t prints_find(const struct prints *p, uint64_t print)
{
	size_t at = amts_map_get(&p->first, print);

	return at == AMTS_MAP_NONE ? NO_BLOCK : at;
}

size_t prints_take(struct prints *p, uint64_t print)
{
	size_t at = prints_find(p, print), k = at == NO_BLOCK ? NO_BLOCK : p->free[at];

	if (k != NO_BLOCK)
		p->free[at] = p->next[k];
	return k;
}
