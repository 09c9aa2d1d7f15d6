#include "amts/mem.h"
#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
	struct chunk *next;
	size_t used, cap;
	max_align_t data[];
};

struct amts_arena {
	struct chunk *top;
};

#define CHUNK_MIN ((size_t)8 << 10)
#define CHUNK_MAX ((size_t)1 << 20)

struct amts_arena *amts_arena_new(void)
{
	return amts_calloc(1, sizeof(struct amts_arena));
}

void amts_arena_free(struct amts_arena *a)
{
	if (!a)
		return;
	while (a->top) {
		struct chunk *next = a->top->next;

		free(a->top);
		a->top = next;
	}
	free(a);
}

/* Chunks double, so that a small document costs a page and a big one few calls. */
static struct chunk *chunk_new(struct chunk *next, size_t need)
{
	size_t cap = next ? next->cap * 2 : CHUNK_MIN;
	struct chunk *c;

	if (cap > CHUNK_MAX)
		cap = CHUNK_MAX;
	if (cap < need)
		cap = need;
	c = amts_malloc(sizeof(*c) + cap);
	c->next = next;
	c->used = 0;
	c->cap = cap;
	return c;
}

void *amts_arena_alloc(struct amts_arena *a, size_t n)
{
	size_t need = (n + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
	char *p;

	if (!a->top || a->top->cap - a->top->used < need)
		a->top = chunk_new(a->top, need);
	p = (char *)a->top->data + a->top->used;
	a->top->used += need;
	return memset(p, 0, n);
}

char *amts_arena_z(struct amts_arena *a, struct amts_str s)
{
	char *p = amts_arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct amts_str amts_arena_str(struct amts_arena *a, struct amts_str s)
{
	return (struct amts_str){ amts_arena_z(a, s), s.n };
}

struct amts_str amts_arena_fmt(struct amts_arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return AMTS_STR("");
	p = amts_arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct amts_str){ p, (size_t)n };
}
