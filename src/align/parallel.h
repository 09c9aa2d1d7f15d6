#ifndef ALIGN_PARALLEL_H
#define ALIGN_PARALLEL_H
/* Independent pieces of work in several threads. */
#include <stddef.h>

typedef void align_work_fn(void *ctx, size_t piece);

/* Call fn(ctx, 0) to fn(ctx, n - 1) in some order; returns when all are done.  What
 * pieces write must not overlap.  threads 0: one a processor. */
void align_parallel(unsigned threads, size_t n, align_work_fn *fn, void *ctx);

#endif
