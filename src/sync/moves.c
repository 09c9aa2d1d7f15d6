#include "sync/moves.h"

#include "base/alloc.h"
#include "base/map.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

#define SHINGLE 4 /* words in a row (Broder 1997, "On the resemblance of documents") */
#define MIN_SHINGLES 20 /* shorter files say too little */
#define SAME 0.25	/* Dice's coefficient from which one file continues another */
#define HINT 0.1	/* from which it is worth a word to people */

/* ---- shingles of a text, each once ---- */

static int is_word(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') ||
	       ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static struct amts_str next_word(struct amts_str s, size_t *at)
{
	size_t beg;

	while (*at < s.n && !is_word((unsigned char)s.p[*at]))
		++*at;
	beg = *at;
	while (*at < s.n && is_word((unsigned char)s.p[*at]))
		++*at;
	return amts_str_sub(s, beg, *at);
}

typedef void shingle_fn(void *ctx, uint64_t shingle);

/* Returns how many there are. */
static size_t each_shingle(struct amts_str s, shingle_fn *fn, void *ctx)
{
	struct amts_map seen = { 0 };
	uint64_t last[SHINGLE] = { 0 }, h;
	size_t at = 0, words = 0, i, n;
	struct amts_str word;

	while ((word = next_word(s, &at)).n) {
		last[words++ % SHINGLE] = amts_str_hash(word, AMTS_HASH_SEED);
		if (words < SHINGLE)
			continue;
		for (h = 0, i = 0; i < SHINGLE; i++)
			h = (h << 7 | h >> 57) ^ last[(words + i) % SHINGLE];
		n = seen.n;
		amts_map_add(&seen, h, 1);
		if (seen.n > n)
			fn(ctx, h);
	}
	n = seen.n;
	amts_map_release(&seen);
	return n;
}

/* ---- how alike bases and candidates are ---- */

/* Bases that have a shingle, as a list. */
struct posting {
	size_t move, next; /* next: AMTS_MAP_NONE at the end */
};

struct likeness {
	struct amts_map first; /* posting of a shingle */
	struct posting *postings;
	size_t npostings, cap;
	size_t move;	/* being added */
	size_t *size;	/* shingles of each base */
	size_t *common; /* of each base with the candidate at hand */
};

static void add_posting(void *ctx, uint64_t shingle)
{
	struct likeness *l = ctx;
	struct posting p = { l->move, AMTS_MAP_NONE };
	size_t head = amts_map_add(&l->first, shingle, l->npostings);

	if (head != l->npostings) {
		p.next = l->postings[head].next;
		l->postings[head].next = l->npostings;
	}
	AMTS_VEC_PUSH(l->postings, l->npostings, l->cap, p);
}

static void count_common(void *ctx, uint64_t shingle)
{
	struct likeness *l = ctx;
	size_t k = amts_map_get(&l->first, shingle);

	for (; k != AMTS_MAP_NONE; k = l->postings[k].next)
		l->common[l->postings[k].move]++;
}

static int add_bases(struct likeness *l, struct amts_sync *s,
	const struct amts_move *moves, size_t n, struct amts_error *err)
{
	int rc = AMTS_OK;

	for (l->move = 0; !rc && l->move < n; l->move++) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_str text;

		rc = amts_base_read(&text, arena, s, &moves[l->move].base, err);
		if (!rc)
			l->size[l->move] = each_shingle(text, add_posting, l);
		amts_arena_free(arena);
	}
	return rc;
}

/* A move and a file that may be its end. */
struct link {
	size_t move, candidate;
	double score;
	int followed;
};
struct links {
	struct link *v;
	size_t n, cap;
};

static void link_candidate(struct links *out, const struct likeness *l,
	const struct amts_move *moves, size_t n, const struct amts_tree_entry *e,
	size_t candidate, size_t size)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct link link = { i, candidate, 0, 0 };

		link.followed = amts_str_eq(moves[i].followed, e->path);
		if (l->size[i] >= MIN_SHINGLES)
			link.score =
				2.0 * (double)l->common[i] / (double)(l->size[i] + size);
		if (link.followed && link.score < SAME)
			link.score = SAME;
		if (link.score >= HINT)
			AMTS_VEC_PUSH(out->v, out->n, out->cap, link);
	}
}

static int find_links(struct links *out, struct likeness *l, struct amts_sync *s,
	const struct amts_move *moves, size_t n, const struct amts_tree *candidates,
	struct amts_error *err)
{
	size_t i, size;
	int rc = add_bases(l, s, moves, n, err);

	for (i = 0; !rc && i < candidates->n; i++) {
		struct amts_arena *arena = amts_arena_new();
		struct amts_str text;

		rc = amts_repo_blob(&text, arena, s->src, &candidates->v[i].blob, err);
		if (!rc) {
			memset(l->common, 0, n * sizeof(*l->common));
			size = each_shingle(text, count_common, l);
			link_candidate(out, l, moves, n, &candidates->v[i], i, size);
		}
		amts_arena_free(arena);
	}
	return rc;
}

/* ---- who goes where ---- */

static int best_first(const void *x, const void *y)
{
	const struct link *a = x, *b = y;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->followed != b->followed)
		return a->followed ? -1 : 1;
	if (a->move != b->move)
		return a->move < b->move ? -1 : 1;
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static void settle(struct amts_move *moves, const struct links *links,
	const struct amts_tree *candidates)
{
	char *taken = amts_calloc(candidates->n + 1, 1);
	size_t i;

	for (i = 0; i < links->n; i++) {
		const struct link *l = &links->v[i];
		struct amts_move *m = &moves[l->move];

		if (m->now.n)
			continue;
		if (l->score >= SAME && !taken[l->candidate]) {
			m->now = candidates->v[l->candidate].path;
			taken[l->candidate] = 1;
		} else if (!m->like.n) {
			m->like = candidates->v[l->candidate].path;
		}
	}
	free(taken);
}

int amts_moves_find(struct amts_move *moves, size_t n, struct amts_sync *s,
	const struct amts_tree *candidates, struct amts_error *err)
{
	struct likeness l = { 0 };
	struct links links = { NULL, 0, 0 };
	size_t i;
	int rc;

	l.size = amts_calloc(n + 1, sizeof(*l.size));
	l.common = amts_calloc(n + 1, sizeof(*l.common));
	for (i = 0; i < n; i++)
		moves[i].now = moves[i].like = AMTS_STR("");
	rc = find_links(&links, &l, s, moves, n, candidates, err);
	if (!rc && links.n) {
		qsort(links.v, links.n, sizeof(*links.v), best_first);
		settle(moves, &links, candidates);
	}
	amts_map_release(&l.first);
	free(l.postings);
	free(l.size);
	free(l.common);
	free(links.v);
	return rc;
}
