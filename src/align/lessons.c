#include "align/lessons.h"

#include "align/order.h"
#include "align/params.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void forget(struct align_lessons *l, size_t k)
{
	l->pairs -= l->v[k].pairs.n;
	align_corpus_release(&l->v[k].pairs);
	memmove(&l->v[k], &l->v[k + 1], (l->n - k - 1) * sizeof(*l->v));
	l->n--;
}

void align_lessons_put(struct align_lessons *l, uint64_t key, struct align_corpus pairs)
{
	struct lesson lesson = { key, pairs };

	for (size_t k = 0; k < l->n; k++)
		if (l->v[k].key == key) {
			forget(l, k);
			break;
		}
	AMTS_VEC_PUSH(l->v, l->n, l->cap, lesson);
	l->pairs += pairs.n;
	while (l->n > 1 && l->pairs > LESSONS_MAX)
		forget(l, 0);
}

static void add_pairs(struct align_corpus *to, struct align_corpus *from)
{
	for (size_t k = 0; k < from->n; k++) {
		size_t s = k ? from->src_end[k - 1] : 0, t = k ? from->tgt_end[k - 1] : 0;

		align_corpus_add(to, from->src + s, from->src_end[k] - s, from->tgt + t,
			from->tgt_end[k] - t, from->weight[k]);
	}
}

void align_lessons_add(struct align_corpus *c, const struct align_lessons *l,
	const uint64_t *skip, size_t n)
{
	for (size_t k = 0; k < l->n; k++)
		if (!n || !bsearch(&l->v[k].key, skip, n, sizeof(*skip), align_cmp_u64))
			add_pairs(c, &l->v[k].pairs);
}

void align_lessons_release(struct align_lessons *l)
{
	for (size_t k = 0; k < l->n; k++)
		align_corpus_release(&l->v[k].pairs);
	free(l->v);
	*l = (struct align_lessons){ NULL, 0, 0, 0 };
}
