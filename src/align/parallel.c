#include "align/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define THREADS_MAX 64

struct work {
	align_work_fn *fn;
	void *ctx;
	size_t n;
	atomic_size_t next;
};

static void *worker(void *arg)
{
	struct work *w = arg;
	size_t piece;

	while ((piece = atomic_fetch_add(&w->next, 1)) < w->n)
		w->fn(w->ctx, piece);
	return NULL;
}

void align_parallel(unsigned threads, size_t n, align_work_fn *fn, void *ctx)
{
	struct work w = { fn, ctx, n, 0 };
	pthread_t id[THREADS_MAX];
	unsigned started = 0;

	if (!threads) {
		long cpus = sysconf(_SC_NPROCESSORS_ONLN);

		threads = cpus > 0 ? (unsigned)cpus : 1;
	}
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	/* fewer threads than asked for only take longer */
	while (started + 1 < threads && started + 1 < n &&
		!pthread_create(&id[started], NULL, worker, &w))
		started++;
	worker(&w);
	while (started)
		pthread_join(id[--started], NULL);
}
