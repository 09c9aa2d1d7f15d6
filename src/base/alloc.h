#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H
/* Heap memory that is never NULL: running out ends the program with a message. */
#include <stddef.h>

void *amts_malloc(size_t n);
void *amts_calloc(size_t n, size_t size);
void *amts_realloc(void *p, size_t n);
char *amts_strdup(const char *s);

/* Make room for `more` further elements of heap vector v (n used, cap allocated). */
#define AMTS_VEC_ROOM(v, n, cap, more)                                                   \
	((n) + (more) > (cap)                                                            \
			? ((cap) = ((n) + (more)) * 2 > 16 ? ((n) + (more)) * 2 : 16,    \
				  (v) = amts_realloc((v), (cap) * sizeof(*(v))),         \
				  (void)0)                                               \
			: (void)0)

/* Append x to heap vector v. */
#define AMTS_VEC_PUSH(v, n, cap, x)                                                      \
	(AMTS_VEC_ROOM(v, n, cap, 1), (void)((v)[(n)++] = (x)))

#endif
