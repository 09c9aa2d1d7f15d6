#include "base/map.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): spreads keys that are not. */
static uint64_t spread(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

static struct amts_map_slot *slot(const struct amts_map *m, uint64_t key)
{
	size_t i = (size_t)spread(key) & (m->cap - 1);

	while (m->v[i].value && m->v[i].key != key)
		i = (i + 1) & (m->cap - 1);
	return &m->v[i];
}

static void grow(struct amts_map *m)
{
	struct amts_map old = *m;
	size_t i;

	m->cap = old.cap ? old.cap * 2 : 64;
	m->v = amts_calloc(m->cap, sizeof(*m->v));
	for (i = 0; i < old.cap; i++)
		if (old.v[i].value)
			*slot(m, old.v[i].key) = old.v[i];
	free(old.v);
}

size_t amts_map_get(const struct amts_map *m, uint64_t key)
{
	struct amts_map_slot *s = m->cap ? slot(m, key) : NULL;

	return s && s->value ? s->value - 1 : AMTS_MAP_NONE;
}

size_t amts_map_add(struct amts_map *m, uint64_t key, size_t value)
{
	struct amts_map_slot *s;

	if (m->n * 4 >= m->cap * 3)
		grow(m);
	s = slot(m, key);
	if (!s->value) {
		s->key = key;
		s->value = value + 1;
		m->n++;
	}
	return s->value - 1;
}

int amts_map_is_new(struct amts_map *m, uint64_t key, size_t most)
{
	size_t n = m->n;

	return n < most && amts_map_add(m, key, n) == n;
}

void amts_map_release(struct amts_map *m)
{
	free(m->v);
	memset(m, 0, sizeof(*m));
}
