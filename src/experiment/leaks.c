#include "experiment/leaks.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>

/* Of so many pairs of neighbouring words a text has this share: one word in five to seven
 * may be another one. */
#define NEAR .6
#define SHORTEST 4 /* pairs of words */

struct sentence {
	size_t pairs;	    /* different ones */
	size_t seen, asked; /* pairs met in the text of this number */
};

struct posting {
	size_t sentence, next; /* plus one; 0 ends the list */
};

struct leaks {
	const char *lang;
	struct amts_map lists; /* of a pair of words: index in first */
	size_t *first, nfirst, cap_first;
	struct posting *postings;
	size_t npostings, cap_postings;
	struct sentence *v;
	size_t n, cap;
	size_t texts;
};

struct leaks *leaks_new(const char *lang)
{
	struct leaks *l = amts_calloc(1, sizeof(*l));

	l->lang = lang;
	return l;
}

void leaks_free(struct leaks *l)
{
	if (!l)
		return;
	amts_map_release(&l->lists);
	free(l->first);
	free(l->postings);
	free(l->v);
	free(l);
}

/* The different pairs of neighbouring words of a text. */
static int word_pairs(uint64_t **out, size_t *n, struct amts_arena *arena,
	const struct leaks *l, struct amts_str text, struct amts_error *err)
{
	struct amts_map seen = { 0 };
	struct amts_token *tokens;
	uint64_t last = 0, pair;
	size_t i, ntokens, words = 0;
	int rc = amts_tokens(&tokens, &ntokens, arena, text, l->lang, err);

	*n = 0;
	if (rc)
		return rc;
	*out = AMTS_NEW(arena, uint64_t, ntokens + 1);
	for (i = 0; i < ntokens; i++) {
		if (tokens[i].kind == AMTS_TOKEN_PUNCT)
			continue;
		pair = last * 0x9e3779b97f4a7c15ULL + tokens[i].hash;
		last = tokens[i].hash;
		if (words++ && amts_map_add(&seen, pair, i) == i)
			(*out)[(*n)++] = pair;
	}
	amts_map_release(&seen);
	return AMTS_OK;
}

static void post(struct leaks *l, uint64_t pair)
{
	size_t list = amts_map_add(&l->lists, pair, l->nfirst), none = 0;
	struct posting p = { l->n, 0 };

	if (list == l->nfirst)
		AMTS_VEC_PUSH(l->first, l->nfirst, l->cap_first, none);
	p.next = l->first[list];
	AMTS_VEC_PUSH(l->postings, l->npostings, l->cap_postings, p);
	l->first[list] = l->npostings;
}

int leaks_add(struct leaks *l, struct amts_str sentence, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct sentence s = { 0, 0, 0 };
	uint64_t *pairs = NULL;
	size_t i;
	int rc = word_pairs(&pairs, &s.pairs, arena, l, sentence, err);

	if (!rc && s.pairs >= SHORTEST) {
		for (i = 0; i < s.pairs; i++)
			post(l, pairs[i]);
		AMTS_VEC_PUSH(l->v, l->n, l->cap, s);
	}
	amts_arena_free(arena);
	return rc;
}

/* The sentences that have this pair have one more; 1 when that is most of one. */
static int meet(struct leaks *l, uint64_t pair)
{
	size_t list = amts_map_get(&l->lists, pair), p;

	if (list == AMTS_MAP_NONE)
		return 0;
	for (p = l->first[list]; p; p = l->postings[p - 1].next) {
		struct sentence *s = &l->v[l->postings[p - 1].sentence];

		if (s->asked != l->texts)
			s->seen = 0;
		s->asked = l->texts;
		if ((double)++s->seen >= NEAR * (double)s->pairs)
			return 1;
	}
	return 0;
}

int leaks_find(int *found, struct leaks *l, struct amts_str text, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	uint64_t *pairs = NULL;
	size_t i, n;
	int rc = word_pairs(&pairs, &n, arena, l, text, err);

	l->texts++;
	for (i = 0, *found = 0; !rc && i < n && !*found; i++)
		*found = meet(l, pairs[i]);
	amts_arena_free(arena);
	return rc;
}
