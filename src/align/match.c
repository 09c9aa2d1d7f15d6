#include "align/match.h"

#include "align/order.h"
#include "align/params.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* A side's types while they are matched, as sorted 64-bit keys. */
struct types {
	uint64_t *by_word; /* word << 32 | same, of type k */
	uint64_t *by_same; /* same << 32 | type */
	size_t n;
};

static size_t lower_bound(const uint64_t *v, size_t n, uint64_t key)
{
	const uint64_t *lo = v;

	for (; n > 1; n -= n / 2) /* without a branch: none can be foretold */
		lo += lo[n / 2 - 1] < key ? n / 2 : 0;
	return (size_t)(lo - v) + (n && *lo < key);
}

static int is_known(const struct align_table *t, uint32_t word)
{
	return word && word <= t->words && t->row && t->row[word] < t->row[word + 1];
}

static uint64_t key_of(const struct align_token *t)
{
	return (uint64_t)t->word << 32 | t->same;
}

/* The tokens of a side that the lexicon knows or that the other side has too. */
static void collect(struct match_side *out, struct types *types,
	const struct align_side *side, const struct align_table *table)
{
	uint64_t *key = amts_malloc(side->ntok * sizeof(*key));
	size_t n = 0;

	out->begin = amts_malloc((side->n + 1) * sizeof(*out->begin));
	for (size_t i = 0; i < side->n; i++) {
		const struct align_item *item = &side->v[i];

		out->begin[i] = (uint32_t)n;
		for (uint32_t k = item->tok; k < item->tok + item->ntok; k++)
			if (side->tok[k].same || is_known(table, side->tok[k].word))
				key[n++] = key_of(&side->tok[k]);
	}
	out->begin[side->n] = (uint32_t)n;

	types->by_word = amts_malloc(n * sizeof(*types->by_word));
	memcpy(types->by_word, key, n * sizeof(*key));
	align_sort_u64(types->by_word, n);
	types->n = 0;
	for (size_t k = 0; k < n; k++)
		if (!k || types->by_word[k] != types->by_word[k - 1])
			types->by_word[types->n++] = types->by_word[k];
	out->ntypes = (uint32_t)types->n;
	out->type = amts_malloc(n * sizeof(*out->type));
	for (size_t k = 0; k < n; k++)
		out->type[k] = (uint32_t)lower_bound(types->by_word, types->n, key[k]);
	free(key);
}

static void index_same(struct types *t)
{
	t->by_same = amts_malloc(t->n * sizeof(*t->by_same));
	for (size_t k = 0; k < t->n; k++)
		t->by_same[k] = t->by_word[k] << 32 | k;
	align_sort_u64(t->by_same, t->n);
}

static void add_match(struct match_side *out, size_t to, double lift)
{
	AMTS_VEC_ROOM(out->to, out->nmatch, out->to_cap, 1);
	AMTS_VEC_ROOM(out->lift, out->nmatch, out->lift_cap, 1);
	out->to[out->nmatch] = (uint32_t)to;
	out->lift[out->nmatch++] = (float)lift;
}

/* What the lexicon gives for a word, among the types of the other side. */
static void match_words(struct match_side *out, const struct types *other,
	const struct align_table *table, uint32_t word)
{
	if (!is_known(table, word))
		return;
	for (size_t e = table->row[word]; e < table->row[word + 1]; e++) {
		uint64_t to = table->to[e];
		size_t k = lower_bound(other->by_word, other->n, to << 32);

		for (; k < other->n && other->by_word[k] >> 32 == to; k++)
			add_match(out, k, (double)table->lift[e]);
	}
}

static void match_same(struct match_side *out, const struct types *other, uint32_t same,
	const uint32_t *count, double tokens)
{
	size_t k = lower_bound(other->by_same, other->n, (uint64_t)same << 32);

	for (; same && k < other->n && other->by_same[k] >> 32 == same; k++)
		add_match(out, (uint32_t)other->by_same[k],
			LEX_SAME * tokens / (double)count[same]);
}

static void match_side(struct match_side *out, const struct types *own,
	const struct types *other, const struct align_table *table, const uint32_t *count,
	double tokens)
{
	out->row = amts_malloc((own->n + 1) * sizeof(*out->row));
	for (size_t u = 0; u < own->n; u++) {
		out->row[u] = (uint32_t)out->nmatch;
		match_words(out, other, table, (uint32_t)(own->by_word[u] >> 32));
		match_same(out, other, (uint32_t)own->by_word[u], count, tokens);
	}
	out->row[own->n] = (uint32_t)out->nmatch;
}

/* The tokens of `own` that a match of the other side leads to. */
static void hear(struct match_side *own, const struct match_side *other, size_t nitems)
{
	unsigned char *heard = amts_calloc(own->ntypes, 1);
	uint32_t n = 0;

	for (size_t e = 0; e < other->nmatch; e++)
		heard[other->to[e]] = 1;
	own->heard = amts_malloc(own->begin[nitems] * sizeof(*own->heard));
	own->heard_begin = amts_malloc((nitems + 1) * sizeof(*own->heard_begin));
	for (size_t i = 0; i < nitems; i++) {
		own->heard_begin[i] = n;
		for (uint32_t k = own->begin[i]; k < own->begin[i + 1]; k++)
			if (heard[own->type[k]])
				own->heard[n++] = own->type[k];
	}
	own->heard_begin[nitems] = n;
	free(heard);
}

void match_init(struct match *m, const struct align_side *src,
	const struct align_side *tgt, const struct align_lexicon *lex,
	const struct align_chance *chance)
{
	struct types types[2];

	memset(m, 0, sizeof(*m));
	collect(&m->side[0], &types[0], src, &lex->fwd);
	collect(&m->side[1], &types[1], tgt, &lex->bwd);
	index_same(&types[0]);
	index_same(&types[1]);
	match_side(&m->side[0], &types[0], &types[1], &lex->fwd, chance->same[1],
		chance->tokens[1]);
	match_side(&m->side[1], &types[1], &types[0], &lex->bwd, chance->same[0],
		chance->tokens[0]);
	hear(&m->side[0], &m->side[1], src->n);
	hear(&m->side[1], &m->side[0], tgt->n);
	for (int d = 0; d < 2; d++) {
		free(types[d].by_word);
		free(types[d].by_same);
	}
}

void match_release(struct match *m)
{
	for (int d = 0; d < 2; d++) {
		free(m->side[d].type);
		free(m->side[d].begin);
		free(m->side[d].heard);
		free(m->side[d].heard_begin);
		free(m->side[d].row);
		free(m->side[d].to);
		free(m->side[d].lift);
	}
}
