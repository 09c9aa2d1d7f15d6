#include "corpus/chain.h"

#include "base/alloc.h"

#include <stdlib.h>

static int by_text(const void *x, const void *y)
{
	const struct corpus_said *a = x, *b = y;

	return (a->text > b->text) - (a->text < b->text);
}

static const struct corpus_said *find(const struct corpus_chain *c, uint32_t text)
{
	struct corpus_said key = { text, 0 };

	return c->n ? bsearch(&key, c->v, c->n, sizeof(*c->v), by_text) : NULL;
}

int corpus_chain_has(const struct corpus_chain *c, uint32_t text)
{
	return find(c, text) != NULL;
}

/* Is what this revision brings in doubt? */
static int doubts(const struct amts_revision *v, size_t at)
{
	size_t before = v[at].before;

	return v[at].draft ||
	       (before != AMTS_REVISION_FIRST && amts_oid_eq(&v[before].tgt, &v[at].tgt));
}

void corpus_chain_step(struct corpus_chain *out, unsigned char *brought,
	const struct corpus_chain *c, const struct amts_revision *v, size_t at,
	const struct store_item *items, size_t n)
{
	struct corpus_said *now = amts_malloc((n + 1) * sizeof(*now));
	int doubt = doubts(v, at);
	size_t i;

	for (i = 0; i < n; i++) {
		const struct corpus_said *was = find(c, items[i].text);

		now[i].text = items[i].text;
		now[i].doubt = was ? was->doubt : doubt;
		brought[i] = !was && !doubt;
	}
	qsort(now, n, sizeof(*now), by_text);
	*out = (struct corpus_chain){ now, n };
}

void corpus_chain_release(struct corpus_chain *c)
{
	free(c->v);
	*c = (struct corpus_chain){ NULL, 0 };
}

/* A revision and the first one of its document. */
struct place {
	size_t first, at;
};

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

size_t *corpus_chains_order(const struct amts_revision *v, size_t n)
{
	struct place *p = amts_malloc((n + 1) * sizeof(*p));
	size_t *order = amts_malloc((n + 1) * sizeof(*order)), i;

	for (i = 0; i < n; i++) {
		p[i].at = i;
		p[i].first =
			v[i].before == AMTS_REVISION_FIRST ? i : p[v[i].before].first;
	}
	qsort(p, n, sizeof(*p), by_place);
	for (i = 0; i < n; i++)
		order[i] = p[i].at;
	free(p);
	return order;
}

int corpus_chain_ends(
	const struct amts_revision *v, size_t n, const size_t *order, size_t i)
{
	return i + 1 == n || v[order[i + 1]].before == AMTS_REVISION_FIRST;
}
