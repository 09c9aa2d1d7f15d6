#include "base/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The one place where the library ends the program: there is nothing sane to unwind to,
 * and every effect is journalled or moves by compare-and-swap. */
static void die_of_hunger(size_t n)
{
	fprintf(stderr, "fatal: out of memory (%zu bytes wanted)\n", n);
	_Exit(128);
}

void *amts_realloc(void *p, size_t n)
{
	void *q = realloc(p, n ? n : 1);

	if (!q)
		die_of_hunger(n);
	return q;
}

void *amts_malloc(size_t n)
{
	return amts_realloc(NULL, n);
}

void *amts_calloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		die_of_hunger(n > SIZE_MAX / (size ? size : 1) ? SIZE_MAX : n * size);
	return p;
}

char *amts_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(amts_malloc(n), s, n);
}
