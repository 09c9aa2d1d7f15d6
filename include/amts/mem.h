#ifndef AMTS_MEM_H
#define AMTS_MEM_H
/* Memory: arenas for values that die together, buffers for growing bytes. */
#include "amts/base.h"

/*
 * Many small allocations, one release.  What comes out of parsing, aligning and planning
 * one document lives in one arena and is never freed piece by piece.
 * One thread at a time.
 */
struct amts_arena;

struct amts_arena *amts_arena_new(void);
void amts_arena_free(struct amts_arena *a); /* NULL is allowed */
void *amts_arena_alloc(struct amts_arena *a, size_t n); /* zeroed, max-aligned */
struct amts_str amts_arena_str(struct amts_arena *a, struct amts_str s); /* copy, NUL after it */
char *amts_arena_z(struct amts_arena *a, struct amts_str s); /* copy as a C string */
struct amts_str amts_arena_fmt(struct amts_arena *a, const char *fmt, ...) AMTS_PRINTF(2, 3);
#define AMTS_NEW(a, type, n) ((type *)amts_arena_alloc((a), sizeof(type) * (n)))

/*
 * Growable bytes, always NUL terminated.  An addition that would pass `max` is dropped
 * and remembered: add freely, then ask amts_buf_check once.
 */
struct amts_buf {
	char *p;
	size_t n;   /* bytes used, without the NUL */
	size_t cap; /* bytes allocated, 0 while p is the shared empty string */
	size_t max; /* hard limit on n; 0: AMTS_BUF_MAX */
	int over;   /* an addition was dropped */
};

#define AMTS_BUF_MAX ((size_t)1 << 30)
extern char amts_buf_empty[1];
#define AMTS_BUF_INIT                                                                    \
	{                                                                                \
		amts_buf_empty, 0, 0, 0, 0                                               \
	}

void amts_buf_add(struct amts_buf *b, struct amts_str s);
void amts_buf_addz(struct amts_buf *b, const char *zstr);
void amts_buf_addc(struct amts_buf *b, char c);
void amts_buf_add_html(struct amts_buf *b, struct amts_str s); /* & < > as entities */
void amts_buf_addf(struct amts_buf *b, const char *fmt, ...) AMTS_PRINTF(2, 3);
/* AMTS_ETOOBIG naming `what` if an addition was dropped. */
AMTS_MUST_CHECK int amts_buf_check(const struct amts_buf *b, const char *what,
	struct amts_error *err);
struct amts_str amts_buf_str(const struct amts_buf *b); /* borrowed until the next change */
void amts_buf_reset(struct amts_buf *b);   /* n = 0, keeps the memory */
void amts_buf_release(struct amts_buf *b); /* frees; b is AMTS_BUF_INIT again */
char *amts_buf_detach(struct amts_buf *b); /* caller owns, free(3) */

#endif
