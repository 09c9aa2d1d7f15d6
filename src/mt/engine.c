#include "amts/engine.h"
#include "base/alloc.h"

#include <stdlib.h>

int amts_engine_translate(struct amts_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err)
{
	size_t i;

	for (i = 0; i < n; i++)
		results[i] = (struct amts_mt_result){ .origin = AMTS_MT_NONE };
	return n ? e->ops->translate(e, arena, requests, n, results, err) : AMTS_OK;
}

void amts_engine_free(struct amts_engine *e)
{
	if (e)
		e->ops->free(e);
}

static int translate_nothing(struct amts_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err)
{
	(void)e, (void)arena, (void)requests, (void)n, (void)results, (void)err;
	return AMTS_OK;
}

static void free_none(struct amts_engine *e)
{
	free(e);
}

static const struct amts_engine_ops none_ops = { "none", translate_nothing, free_none };

struct amts_engine *amts_engine_none(void)
{
	struct amts_engine *e = amts_malloc(sizeof(*e));

	e->ops = &none_ops;
	return e;
}
