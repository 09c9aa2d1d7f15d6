#include "base/alloc.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* Texts that differ can score no more than this, even if all their words are the same. */
#define ALMOST .99
#define LOOSE_MAX 32 /* segs with the same words looked at */
#define MIN_SCORE .3

struct found {
	int64_t seg;
	double score;
	struct amts_str text;
};

/* One amts_memory_lookup. */
struct search {
	struct amts_memory *mem;
	struct amts_arena *arena;
	int64_t direction;
	struct amts_str src; /* folded */
	struct store_words words, other;
	int64_t key, before;
	double min;
	struct found *v; /* best first */
	size_t n, max;
};

/* The least score that a further seg must have to be of use. */
static double wanted(const struct search *s)
{
	return s->n == s->max ? s->v[s->n - 1].score : s->min;
}

static double similarity(struct search *s, struct amts_str text)
{
	unsigned longer, d;
	double score;

	if (amts_str_eq(s->src, text))
		return 1;
	store_words_cut(&s->other, text);
	if (store_words_key(&s->other, 0) == store_words_key(&s->words, 0))
		return ALMOST;
	longer = s->words.weight > s->other.weight ? s->words.weight : s->other.weight;
	if (s->words.n > STORE_FUZZY_WORDS || s->other.n > STORE_FUZZY_WORDS)
		return 0;
	d = store_words_distance(
		&s->words, &s->other, (unsigned)((1 - wanted(s)) * longer + 1e-9));
	score = d < longer ? 1 - (double)d / longer : 0;
	return score < ALMOST ? score : ALMOST;
}

/* A seg without wordings only ever stood before one that has some. */
static int has_pairs(struct search *s, int64_t seg, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(s->mem, SQL_PAIR_ANY, err);
	int rc;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, seg);
	rc = store_step(s->mem, st, err);
	sqlite3_reset(st);
	return rc;
}

/* Put a seg in its place among the best. */
static int consider(
	struct search *s, int64_t seg, struct amts_str text, struct amts_error *err)
{
	double score;
	size_t i;
	int rc;

	for (i = 0; i < s->n; i++)
		if (s->v[i].seg == seg)
			return AMTS_OK;
	score = similarity(s, text);
	if (score < s->min || (s->n == s->max && score <= wanted(s)))
		return AMTS_OK;
	if ((rc = has_pairs(s, seg, err)) != 1)
		return rc;
	if (s->n < s->max)
		s->n++;
	for (i = s->n - 1; i && s->v[i - 1].score < score; i--)
		s->v[i] = s->v[i - 1];
	s->v[i] = (struct found){ seg, score, amts_arena_str(s->arena, text) };
	return AMTS_OK;
}

/* Segs whose key is in [from, to]: the same text, or the same words. */
static int find_by_key(struct search *s, int64_t from, int64_t to, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(s->mem, SQL_SEG_FIND, err);
	int rc;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, from);
	sqlite3_bind_int64(st, 2, to);
	sqlite3_bind_int(st, 3, LOOSE_MAX);
	while ((rc = store_step(s->mem, st, err)) == 1) {
		if (sqlite3_column_int64(st, 1) != s->direction)
			continue;
		rc = consider(s, sqlite3_column_int64(st, 0), store_column(st, 2), err);
		if (rc)
			break;
	}
	sqlite3_reset(st);
	return rc;
}

static int find_similar(struct search *s, struct amts_error *err)
{
	struct store_candidate c[STORE_CANDIDATES];
	size_t i, n;
	int rc = store_candidates(c, &n, s->mem, s->direction, &s->words, s->min, err);

	for (i = 0; i < n && !rc; i++) {
		sqlite3_stmt *st;

		if (s->n == s->max && c[i].bound <= wanted(s))
			break;
		if (!(st = store_sql(s->mem, SQL_SEG_GET, err)))
			return err->code;
		sqlite3_bind_int64(st, 1, c[i].seg);
		rc = store_step(s->mem, st, err);
		if (rc == 1 && sqlite3_column_int64(st, 1) == s->direction)
			rc = consider(s, c[i].seg, store_column(st, 2), err);
		else if (rc == 1)
			rc = AMTS_OK;
		sqlite3_reset(st);
	}
	return rc;
}

static int find_before(struct search *s, struct amts_str before, struct amts_error *err)
{
	store_words_cut(&s->other, before);
	return store_seg_find(&s->before, s->mem, s->direction,
		store_key(before, &s->other, s->direction), before, err);
}

static int find_segs(struct search *s, struct amts_error *err)
{
	int64_t loose = STORE_KEY_LOOSE(s->key);
	int rc = find_by_key(s, s->key, s->key, err);

	if (!rc && s->min < 1 && s->n < s->max)
		rc = find_by_key(s, loose, loose | 0xffffffff, err);
	if (!rc && s->min < ALMOST && s->n < s->max)
		rc = find_similar(s, err);
	return rc;
}

static void read_pair(struct amts_pair *p, struct amts_arena *arena, sqlite3_stmt *st)
{
	p->tgt = amts_arena_str(arena, store_column(st, 0));
	p->path = amts_arena_str(arena, store_column(st, 1));
	p->commit = amts_arena_str(arena, store_column(st, 2));
	p->date = sqlite3_column_int64(st, 3);
	p->score = sqlite3_column_double(st, 4);
	p->draft = sqlite3_column_int(st, 5);
	p->before = amts_arena_str(arena, store_column(st, 6));
}

/* One wording may stand in many places: the first, which is the best, is enough. */
static int has_wording(
	const struct amts_hit *hits, size_t from, size_t n, struct amts_str tgt)
{
	for (; from < n; from++)
		if (amts_str_eq(hits[from].pair.tgt, tgt))
			return 1;
	return 0;
}

static int add_wordings(struct amts_hit *hits, size_t *n, struct search *s,
	const struct found *f, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(s->mem, SQL_PAIR_OF, err);
	size_t first = *n;
	int rc = 0;

	if (!st)
		return err->code;
	sqlite3_bind_int64(st, 1, f->seg);
	sqlite3_bind_int64(st, 2, s->before);
	while (*n < s->max && (rc = store_step(s->mem, st, err)) == 1) {
		struct amts_hit *h = &hits[*n];

		if (has_wording(hits, first, *n, store_column(st, 0)))
			continue;
		read_pair(&h->pair, s->arena, st);
		h->pair.src = f->text;
		h->score = f->score;
		(*n)++;
	}
	sqlite3_reset(st);
	return rc < 0 ? rc : AMTS_OK;
}

/* Better of two hits: score, same sentence before, reviewed, newest. */
static int is_better(
	const struct amts_hit *a, const struct amts_hit *b, struct amts_str before)
{
	int here = before.n && amts_str_eq(a->pair.before, before);
	int there = before.n && amts_str_eq(b->pair.before, before);

	if (a->score > b->score || a->score < b->score)
		return a->score > b->score;
	if (here != there)
		return here;
	if (a->pair.draft != b->pair.draft)
		return b->pair.draft;
	return a->pair.date > b->pair.date;
}

static void sort_hits(struct amts_hit *v, size_t n, struct amts_str before)
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		struct amts_hit x = v[i];

		for (j = i; j && is_better(&x, &v[j - 1], before); j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

static int search(struct amts_hit *hits, size_t *n, struct search *s,
	struct amts_str before, struct amts_error *err)
{
	struct amts_buf room = AMTS_BUF_INIT;
	size_t i;
	int rc;

	before = store_fold_space(&room, before);
	rc = find_before(s, before, err);
	if (!rc)
		rc = find_segs(s, err);
	for (i = 0; i < s->n && !rc; i++)
		rc = add_wordings(hits, n, s, &s->v[i], err);
	sort_hits(hits, *n, before);
	amts_buf_release(&room);
	return rc;
}

/* A query has that many sides.  NOLINTNEXTLINE(readability-function-size) */
int amts_memory_lookup(struct amts_hit *hits, size_t *nhits, size_t max,
	struct amts_arena *arena, struct amts_memory *mem, const char *src_lang,
	const char *tgt_lang, struct amts_str src, struct amts_str before,
	double min_score, struct amts_error *err)
{
	struct search s = { .mem = mem, .arena = arena, .max = max };
	struct amts_buf room = AMTS_BUF_INIT;
	int rc;

	*nhits = 0;
	s.min = min_score > MIN_SCORE ? min_score : MIN_SCORE;
	s.src = store_fold_space(&room, src);
	s.v = AMTS_NEW(arena, struct found, max + 1);
	/* one read transaction: one lock, one state of the memory */
	if ((rc = store_run(mem, SQL_BEGIN_READ, err)))
		return rc;
	rc = store_direction(&s.direction, mem, src_lang, tgt_lang, 0, err);
	if (!rc && s.direction && s.src.n && max) {
		store_words_cut(&s.words, s.src);
		s.key = store_key(s.src, &s.words, s.direction);
		rc = search(hits, nhits, &s, before, err);
	}
	if (!rc)
		rc = store_run(mem, SQL_COMMIT, err);
	if (rc)
		store_rollback(mem);
	store_words_release(&s.words);
	store_words_release(&s.other);
	amts_buf_release(&room);
	return rc;
}
