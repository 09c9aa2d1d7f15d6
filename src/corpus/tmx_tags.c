#include "base/alloc.h"
#include "corpus/tmx.h"

#include <stdlib.h>
#include <string.h>

#define TAGS 512 /* in a unit: looking one up costs as many steps */

void tmx_tags_unit(struct tmx_tags *t)
{
	t->n = 0;
}

void tmx_tags_segment(struct tmx_tags *t)
{
	t->nopen = t->nseen = 0;
}

void tmx_tags_release(struct tmx_tags *t)
{
	free(t->ids);
	free(t->open);
	free(t->seen);
	memset(t, 0, sizeof(*t));
}

/* What a tag is, apart from where it stands. */
static uint64_t hash_of(const struct tmx_tag *tag)
{
	char kind = (char)('0' + tag->kind);
	uint64_t h = amts_str_hash((struct amts_str){ &kind, 1 }, AMTS_HASH_SEED);

	if (tag->x.n)
		return amts_str_hash(tag->x, amts_str_hash(AMTS_STR("x"), h));
	return amts_str_hash(tag->content, h);
}

/* The end of a pair is known by its beginning. */
static uint64_t end_of(const struct tmx_tags *t, const struct tmx_tag *tag)
{
	uint64_t i = amts_str_hash(tag->i, AMTS_HASH_SEED);
	size_t k;

	for (k = t->nopen; k > 0; k--)
		if (t->open[k - 1].i == i)
			return amts_str_hash(AMTS_STR("end"), t->open[k - 1].what);
	return hash_of(tag);
}

/* The first, second, … tag of its kind in the segment. */
static uint64_t numbered(struct tmx_tags *t, uint64_t what)
{
	size_t k, times = 0;
	char n[sizeof(size_t)];

	for (k = 0; k < t->nseen; k++)
		times += t->seen[k] == what;
	AMTS_VEC_PUSH(t->seen, t->nseen, t->seen_cap, what);
	memcpy(n, &times, sizeof(n));
	return amts_str_hash((struct amts_str){ n, sizeof(n) }, what);
}

void tmx_tags_put(struct amts_buf *out, struct tmx_tags *t, const struct tmx_tag *tag)
{
	uint64_t what;
	size_t k;

	if (t->nseen == TAGS)
		return;
	what = numbered(t, tag->kind == TMX_END ? end_of(t, tag) : hash_of(tag));
	if (tag->kind == TMX_BEGIN) {
		struct tmx_open open = { amts_str_hash(tag->i, AMTS_HASH_SEED), what };

		AMTS_VEC_PUSH(t->open, t->nopen, t->open_cap, open);
	}
	for (k = 0; k < t->n && t->ids[k] != what; k++)
		;
	if (k == TAGS)
		return;
	if (k == t->n)
		AMTS_VEC_PUSH(t->ids, t->n, t->cap, what);
	amts_buf_addf(out, "<x id=\"%zu\"/>", k + 1);
}
