/*
 * What became of the blocks of one document between two revisions.
 *
 * 1. Pairs that could correspond: blocks whose fingerprint occurs once on each side, and
 *    blocks of one kind that share enough words.  The heaviest chain of them stays in
 * order.
 * 2. Blocks with a fingerprint of their own that did not stay in order were moved.
 * 3. Between the pairs of the chain: equal fingerprints that occur several times; long
 *    ones that are left over then were moved.
 * 4. Left-over neighbours whose words are in a changed block's other side: split or
 * joined.
 * 5. Two left-over blocks of one kind alone between the same neighbours: reworded.
 */
#include "align/chain.h"
#include "align/words.h"
#include "amts/align.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Share of words (Dice) above which two blocks may be versions of each other.  Unrelated
 * paragraphs of one English text share .2 to .35, mostly function words. */
#define SAME_DICE .4
/* ... or share of the smaller one's words found in the other, when it was split or
 * joined. */
#define SAME_INSIDE .7
#define INSIDE_MIN 4
/* Words that occur in more than RARE_MAX pairs of blocks say nothing about which. */
#define RARE_MAX 64
/* Candidates a block, those that share most rare words; bounds the cost. */
#define CANDIDATES 16
/* Share of words of a paragraph and the one that took its place. */
#define REPLACED_DICE .12
/* Equal blocks of which there are several are a move only from this size on. */
#define MOVE_MIN_WORDS 8

#define NONE SIZE_MAX

struct side {
	const struct amts_doc *doc;
	struct amts_arena *arena;  /* of the work */
	struct align_words *words; /* of each block, once asked for: words_at */
	size_t *to;		   /* partner of each block on the other side, or NONE */
	unsigned char *how; /* enum amts_edit_op, once `to` is set or it was attached */
	size_t *lead;	    /* of attached blocks: the block they were attached to */
};

struct revision {
	struct amts_arena *arena; /* of the work */
	struct side a, b;
	struct align_pair *pairs; /* heap */
	size_t npairs, cap;
};

/* An occurrence of a fingerprint or a word. */
struct occurrence {
	uint64_t key;
	size_t block;
	int after;
};

static int cmp_occurrence(const void *x, const void *y)
{
	const struct occurrence *p = x, *q = y;

	if (p->key != q->key)
		return p->key < q->key ? -1 : 1;
	if (p->after != q->after)
		return p->after - q->after;
	return (p->block > q->block) - (p->block < q->block);
}

static struct amts_str bytes_of(const struct amts_doc *doc, size_t i)
{
	return amts_str_sub(doc->bytes, doc->v[i].all.beg, doc->v[i].all.end);
}

static void side_init(
	struct side *s, struct amts_arena *arena, const struct amts_doc *doc)
{
	s->doc = doc;
	s->arena = arena;
	s->words = AMTS_NEW(arena, struct align_words, doc->n);
	s->to = AMTS_NEW(arena, size_t, doc->n);
	s->how = AMTS_NEW(arena, unsigned char, doc->n);
	s->lead = AMTS_NEW(arena, size_t, doc->n);
	for (size_t i = 0; i < doc->n; i++) {
		s->to[i] = s->lead[i] = NONE;
		s->how[i] = AMTS_EDIT_DELETE;
	}
}

/* The words of block i; of most blocks nobody asks. */
static const struct align_words *words_at(const struct side *s, size_t i)
{
	if (!s->words[i].v)
		s->words[i] = align_words_of(s->arena, bytes_of(s->doc, i));
	return &s->words[i];
}

static size_t count_words(const struct side *s, size_t i)
{
	return s->words[i].v ? s->words[i].n : align_words_count(bytes_of(s->doc, i));
}

static int is_free(const struct side *s, size_t i)
{
	return s->to[i] == NONE && s->lead[i] == NONE;
}

static void join(struct revision *r, size_t i, size_t j, enum amts_edit_op op)
{
	r->a.to[i] = j;
	r->b.to[j] = i;
	r->a.how[i] = r->b.how[j] = (unsigned char)op;
}

static uint64_t print_of(const struct side *s, size_t i)
{
	return s->doc->v[i].print;
}

static int is_running_text(const struct amts_block *b)
{
	return b->kind == AMTS_BLOCK_PARAGRAPH || b->kind == AMTS_BLOCK_LIST_ITEM;
}

static int may_pair(const struct revision *r, size_t i, size_t j)
{
	const struct amts_block *a = &r->a.doc->v[i], *b = &r->b.doc->v[j];

	return a->kind == b->kind || (is_running_text(a) && is_running_text(b));
}

/* The end of a directive or a rule is too common to say by itself where it belongs. */
static int says_where(const struct amts_block *b)
{
	return b->kind != AMTS_BLOCK_DIRECTIVE && b->kind != AMTS_BLOCK_RULE &&
	       b->kind != AMTS_BLOCK_OTHER;
}

/* ---- 1. candidates and their chain ------------------------------------------ */

static void add_pair(struct revision *r, size_t i, size_t j, double weight)
{
	AMTS_VEC_PUSH(r->pairs, r->npairs, r->cap, ((struct align_pair){ i, j, weight }));
}

/* Call fn on every run of occurrences of one key: first [beg, mid) before, then [mid,
 * end). */
typedef void run_fn(struct revision *r, const struct occurrence *v, size_t beg,
	size_t mid, size_t end);

static void each_run(struct revision *r, struct occurrence *v, size_t n, run_fn *fn)
{
	if (n)
		qsort(v, n, sizeof(*v), cmp_occurrence);
	for (size_t beg = 0, mid, end; beg < n; beg = end) {
		for (mid = beg; mid < n && v[mid].key == v[beg].key && !v[mid].after;)
			mid++;
		for (end = mid; end < n && v[end].key == v[beg].key;)
			end++;
		if (mid > beg && end > mid)
			fn(r, v, beg, mid, end);
	}
}

/* A fingerprint that occurs once on each side. */
static void pair_unique(struct revision *r, const struct occurrence *v, size_t beg,
	size_t mid, size_t end)
{
	size_t i = v[beg].block, j = v[mid].block;

	if (mid - beg > 1 || end - mid > 1)
		return;
	add_pair(r, i, j, 2.0 + 2.0 * (double)count_words(&r->a, i));
}

static struct occurrence *prints(const struct revision *r, size_t *n)
{
	struct occurrence *v =
		amts_malloc((r->a.doc->n + r->b.doc->n) * sizeof(struct occurrence));

	*n = 0;
	for (size_t i = 0; i < r->a.doc->n; i++)
		if (is_free(&r->a, i))
			v[(*n)++] = (struct occurrence){ print_of(&r->a, i), i, 0 };
	for (size_t j = 0; j < r->b.doc->n; j++)
		if (is_free(&r->b, j))
			v[(*n)++] = (struct occurrence){ print_of(&r->b, j), j, 1 };
	return v;
}

/* Blocks that share a rare word; one pair a shared word. */
static void pair_by_word(struct revision *r, const struct occurrence *v, size_t beg,
	size_t mid, size_t end)
{
	if ((mid - beg) * (end - mid) > RARE_MAX)
		return;
	for (size_t i = beg; i < mid; i++)
		for (size_t j = mid; j < end; j++)
			if (may_pair(r, v[i].block, v[j].block))
				add_pair(r, v[i].block, v[j].block, 1);
}

/* The distinct words of the blocks that `skip` does not mark, and that say where. */
static size_t words_of_side(
	struct occurrence *v, const struct side *s, const unsigned char *skip, int after)
{
	size_t n = 0;

	for (size_t i = 0; i < s->doc->n; i++) {
		const struct align_words *w;

		if (skip[i] || !says_where(&s->doc->v[i]))
			continue;
		w = words_at(s, i);
		for (size_t k = 0; k < w->n; k++)
			if (!k || w->v[k] != w->v[k - 1])
				v[n++] = (struct occurrence){ w->v[k], i, after };
	}
	return n;
}

static int cmp_pair_ij(const void *x, const void *y)
{
	const struct align_pair *p = x, *q = y;

	if (p->i != q->i)
		return p->i < q->i ? -1 : 1;
	return (p->j > q->j) - (p->j < q->j);
}

/* Within one i: most shared words first. */
static int cmp_pair_votes(const void *x, const void *y)
{
	const struct align_pair *p = x, *q = y;

	if (p->i != q->i)
		return p->i < q->i ? -1 : 1;
	if (p->weight != q->weight)
		return p->weight > q->weight ? -1 : 1;
	return (p->j > q->j) - (p->j < q->j);
}

/* What pairing two blocks is worth, 0 if they are not alike. */
static double likeness(const struct revision *r, size_t i, size_t j)
{
	const struct align_words *a = words_at(&r->a, i), *b = words_at(&r->b, j);
	double common = (double)align_words_common(a, b);
	double min = (double)(a->n < b->n ? a->n : b->n);
	double gain = 2 * common - SAME_DICE * (double)(a->n + b->n);

	if (print_of(&r->a, i) == print_of(&r->b, j))
		return 2 + 2 * min;
	if (gain > 0)
		return gain;
	return common >= INSIDE_MIN && common >= SAME_INSIDE * min ? .2 * common : 0;
}

/* From pairs[from..): sum up the votes, keep the best of each block, weigh those. */
static void weigh_candidates(struct revision *r, size_t from)
{
	struct align_pair *v = r->pairs + from;
	size_t n = r->npairs - from, m = 0, kept = 0, row = 0;

	if (!n)
		return;
	qsort(v, n, sizeof(*v), cmp_pair_ij);
	for (size_t k = 0; k < n; k++) {
		if (m && v[m - 1].i == v[k].i && v[m - 1].j == v[k].j)
			v[m - 1].weight += 1;
		else
			v[m++] = v[k];
	}
	qsort(v, m, sizeof(*v), cmp_pair_votes);
	for (size_t k = 0; k < m; k++) {
		double gain;

		row = k && v[k].i == v[k - 1].i ? row + 1 : 0;
		if (row >= CANDIDATES)
			continue;
		gain = likeness(r, v[k].i, v[k].j);
		if (gain > 0) {
			r->pairs[from + kept] = v[k];
			r->pairs[from + kept++].weight = gain;
		}
	}
	r->npairs = from + kept;
}

/* Pair up what stayed in order. */
static void chain(struct revision *r)
{
	unsigned char *skip_a = amts_calloc(r->a.doc->n, 1);
	unsigned char *skip_b = amts_calloc(r->b.doc->n, 1);
	size_t n, total = 0;
	struct occurrence *v = prints(r, &n);

	each_run(r, v, n, pair_unique);
	free(v);
	for (size_t k = 0; k < r->npairs; k++)
		skip_a[r->pairs[k].i] = skip_b[r->pairs[k].j] = 1;
	for (size_t i = 0; i < r->a.doc->n; i++)
		total += skip_a[i] ? 0 : words_at(&r->a, i)->n;
	for (size_t j = 0; j < r->b.doc->n; j++)
		total += skip_b[j] ? 0 : words_at(&r->b, j)->n;

	v = amts_malloc(total * sizeof(*v));
	n = words_of_side(v, &r->a, skip_a, 0);
	n += words_of_side(v + n, &r->b, skip_b, 1);
	total = r->npairs;
	each_run(r, v, n, pair_by_word);
	free(v);
	free(skip_a);
	free(skip_b);
	if (!r->npairs)
		return;
	weigh_candidates(r, total);

	n = align_chain(r->pairs, r->npairs, r->b.doc->n);
	for (size_t k = 0; k < n; k++) {
		size_t i = r->pairs[k].i, j = r->pairs[k].j;

		join(r, i, j,
			print_of(&r->a, i) == print_of(&r->b, j) ? AMTS_EDIT_KEEP
								 : AMTS_EDIT_CHANGE);
	}
}

/* ---- between the pairs of the chain ------------------------------------------ */

struct gap {
	size_t abeg, aend, bbeg, bend;
};
typedef void gap_fn(struct revision *r, const struct gap *g);

/* Call fn on every stretch without a pair that stayed in order, on either side. */
static void each_gap(struct revision *r, gap_fn *fn)
{
	size_t na = r->a.doc->n, nb = r->b.doc->n, i = 0, j = 0;

	while (i < na || j < nb) {
		struct gap g = { i, i, j, j };

		while (g.aend < na &&
			(r->a.to[g.aend] == NONE || r->a.how[g.aend] == AMTS_EDIT_MOVE))
			g.aend++;
		while (g.bend < nb &&
			(r->b.to[g.bend] == NONE || r->b.how[g.bend] == AMTS_EDIT_MOVE))
			g.bend++;
		if (g.aend > g.abeg && g.bend > g.bbeg)
			fn(r, &g);
		i = g.aend + 1;
		j = g.bend + 1;
	}
}

/* Indices of the free blocks in [beg, end) and their fingerprints. */
static size_t free_blocks(
	const struct side *s, size_t beg, size_t end, size_t *at, uint64_t *print)
{
	size_t n = 0;

	for (size_t k = beg; k < end; k++)
		if (is_free(s, k)) {
			at[n] = k;
			print[n++] = print_of(s, k);
		}
	return n;
}

static void keep_repeated(struct revision *r, const struct gap *g)
{
	size_t room = g->aend - g->abeg + g->bend - g->bbeg, na, nb, n;
	size_t *at = amts_malloc(room * sizeof(*at));
	uint64_t *print = amts_malloc(room * sizeof(*print));
	struct amts_match *m;

	na = free_blocks(&r->a, g->abeg, g->aend, at, print);
	nb = free_blocks(&r->b, g->bbeg, g->bend, at + na, print + na);
	n = amts_lcs(&m, r->arena, print, na, print + na, nb);
	for (size_t k = 0; k < n; k++)
		join(r, at[m[k].i], at[na + m[k].j], AMTS_EDIT_KEEP);
	free(at);
	free(print);
}

/* ---- moves -------------------------------------------------------------------- */

static int moved_along(const struct revision *r, size_t i, size_t j)
{
	return i < r->a.doc->n && j < r->b.doc->n && is_free(&r->a, i) &&
	       is_free(&r->b, j) && print_of(&r->a, i) == print_of(&r->b, j);
}

/* Does the block begin with the end of a container: </div>, :::, :end_tab:? */
static int is_closing(const struct side *s, size_t i)
{
	const struct amts_block *b = &s->doc->v[i];
	struct amts_str text = amts_str_trim(amts_doc_bytes(s->doc, b->all));

	if (b->kind == AMTS_BLOCK_HTML)
		return amts_str_starts(text, AMTS_STR("</"));
	return b->kind == AMTS_BLOCK_DIRECTIVE &&
	       (amts_str_starts(text, AMTS_STR(":end")) ||
		       amts_str_eq(text, AMTS_STR(":::")));
}

/*
 * How many blocks before i move along with it.  Those that close a container do so with
 * its beginning only: else they are the end of what stays before the move.
 */
static size_t moved_before(const struct revision *r, size_t i, size_t j)
{
	size_t k, n = 0, open = 0;

	for (k = 1; k <= i && k <= j && moved_along(r, i - k, j - k); k++) {
		if (is_closing(&r->a, i - k))
			open++;
		else if (open && (!says_where(&r->a.doc->v[i - k]) ||
					 r->a.doc->v[i - k].kind == AMTS_BLOCK_HTML))
			open--;
		n = open ? n : k;
	}
	return n;
}

/* Carry a move on to the blocks around it.  The end of a directive moves only with its
 * beginning: a paragraph that moved from one container into another leaves both ends. */
static void extend_move(struct revision *r, size_t i, size_t j)
{
	size_t begun = 0, before = moved_before(r, i, j);

	for (size_t k = 1; k <= before; k++) {
		begun += !says_where(&r->a.doc->v[i - k]);
		join(r, i - k, j - k, AMTS_EDIT_MOVE);
	}
	for (size_t k = 1; moved_along(r, i + k, j + k); k++) {
		if (!begun && !says_where(&r->a.doc->v[i + k]))
			break;
		join(r, i + k, j + k, AMTS_EDIT_MOVE);
	}
}

static void move_unique(struct revision *r, const struct occurrence *v, size_t beg,
	size_t mid, size_t end)
{
	size_t i = v[beg].block, j = v[mid].block;

	if (mid - beg > 1 || end - mid > 1 || !says_where(&r->a.doc->v[i]) ||
		!is_free(&r->a, i) || !is_free(&r->b, j))
		return;
	join(r, i, j, AMTS_EDIT_MOVE);
	extend_move(r, i, j);
}

/* Equal long blocks: in order. */
static void move_repeated(struct revision *r, const struct occurrence *v, size_t beg,
	size_t mid, size_t end)
{
	if (count_words(&r->a, v[beg].block) < MOVE_MIN_WORDS)
		return;
	for (size_t i = beg, j = mid; i < mid && j < end; i++, j++) {
		if (!is_free(&r->a, v[i].block) || !is_free(&r->b, v[j].block))
			continue;
		join(r, v[i].block, v[j].block, AMTS_EDIT_MOVE);
		extend_move(r, v[i].block, v[j].block);
	}
}

static void find_moves(struct revision *r, run_fn *fn)
{
	size_t n;
	struct occurrence *v = prints(r, &n);

	each_run(r, v, n, fn);
	free(v);
}

/* ---- split and joined blocks -------------------------------------------------- */

/* Is most of block k of s among the words that `rest` still has?  Then take them out. */
static int fits(
	struct revision *r, const struct side *s, size_t k, struct align_words *rest)
{
	size_t common = align_words_common(words_at(s, k), rest);

	if (common < INSIDE_MIN ||
		(double)common < SAME_INSIDE * (double)words_at(s, k)->n)
		return 0;
	*rest = align_words_minus(r->arena, rest, words_at(s, k));
	return 1;
}

/* Attach free neighbours of block k of s, whose partner is `whole`, if they are parts of
 * it. */
static void attach_parts(
	struct revision *r, struct side *s, size_t k, const struct align_words *whole)
{
	struct align_words rest = align_words_minus(r->arena, whole, words_at(s, k));

	for (size_t n = k + 1; n < s->doc->n && rest.n >= INSIDE_MIN; n++) {
		if (!is_free(s, n) || !is_running_text(&s->doc->v[n]) ||
			!fits(r, s, n, &rest))
			break;
		s->lead[n] = k;
	}
	for (size_t n = k; n-- && rest.n >= INSIDE_MIN;) {
		if (!is_free(s, n) || !is_running_text(&s->doc->v[n]) ||
			!fits(r, s, n, &rest))
			break;
		s->lead[n] = k;
	}
}

static void find_parts(struct revision *r)
{
	for (size_t i = 0; i < r->a.doc->n; i++) {
		size_t j = r->a.to[i];

		if (j == NONE || r->a.how[i] != AMTS_EDIT_CHANGE ||
			!is_running_text(&r->a.doc->v[i]))
			continue;
		attach_parts(r, &r->a, i, words_at(&r->b, j));
		if (!i || r->a.lead[i - 1] != i)
			attach_parts(r, &r->b, j, words_at(&r->a, i));
	}
}

/* ---- reworded ------------------------------------------------------------------ */

/* Paragraphs and list items count as one kind. */
static int kind_of(const struct side *s, size_t k)
{
	const struct amts_block *b = &s->doc->v[k];

	return is_running_text(b) ? AMTS_BLOCK_PARAGRAPH : (int)b->kind;
}

static int may_replace(const struct revision *r, size_t i, size_t j)
{
	const struct align_words *a = words_at(&r->a, i), *b = words_at(&r->b, j);

	if (!is_running_text(&r->a.doc->v[i]))
		return 1;
	return 2 * (double)align_words_common(a, b) >=
	       REPLACED_DICE * (double)(a->n + b->n);
}

/* As many blocks of one kind were taken away between two neighbours as were put there:
 * they took each other's places. */
static void pair_replaced(struct revision *r, const struct gap *g)
{
	size_t na[AMTS_BLOCK_KINDS] = { 0 }, nb[AMTS_BLOCK_KINDS] = { 0 };
	size_t next[AMTS_BLOCK_KINDS], low = g->bbeg;

	for (size_t i = g->abeg; i < g->aend; i++)
		na[kind_of(&r->a, i)] += is_free(&r->a, i);
	for (size_t j = g->bbeg; j < g->bend; j++)
		nb[kind_of(&r->b, j)] += is_free(&r->b, j);
	for (int k = 0; k < AMTS_BLOCK_KINDS; k++)
		next[k] = g->bbeg;
	for (size_t i = g->abeg; i < g->aend; i++) {
		int kind = kind_of(&r->a, i);
		size_t j = next[kind];

		if (!is_free(&r->a, i) || na[kind] != nb[kind])
			continue;
		while (!is_free(&r->b, j) || kind_of(&r->b, j) != kind)
			j++;
		next[kind] = j + 1;
		if (j < low || !may_replace(r, i, j))
			continue;
		join(r, i, j, AMTS_EDIT_CHANGE);
		low = j + 1;
	}
}

/* ---- output -------------------------------------------------------------------- */

static int in_order(const struct side *s, size_t k)
{
	return s->lead[k] != NONE || (s->to[k] != NONE && s->how[k] != AMTS_EDIT_MOVE);
}

/* The blocks that go with block k of s: itself and those attached to it. */
static void extent(const struct side *s, size_t k, size_t *beg, size_t *end)
{
	for (*beg = k; *beg && s->lead[*beg - 1] == k;)
		--*beg;
	for (*end = k + 1; *end < s->doc->n && s->lead[*end] == k;)
		++*end;
}

static void add_edit(struct amts_edits *out, struct amts_edit e)
{
	out->v[out->n++] = e;
}

/* Deletions from old block i up to the next one that stayed in order; returns that one.
 */
static size_t add_deletions(
	struct amts_edits *out, const struct side *a, size_t i, size_t j)
{
	for (; i < a->doc->n && !in_order(a, i); i++)
		if (is_free(a, i))
			add_edit(out,
				(struct amts_edit){ AMTS_EDIT_DELETE, i, i + 1, j, j });
	return i;
}

static void list_edits(struct amts_edits *out, const struct revision *r)
{
	const struct side *a = &r->a, *b = &r->b;
	size_t i = add_deletions(out, a, 0, 0), j = 0;

	while (j < b->doc->n) {
		size_t k = b->lead[j] == NONE ? j : b->lead[j];
		struct amts_edit e = { AMTS_EDIT_INSERT, i, i, j, j + 1 };

		if (in_order(b, j)) {
			e.op = (enum amts_edit_op)b->how[k];
			extent(b, k, &e.new_beg, &e.new_end);
			extent(a, b->to[k], &e.old_beg, &e.old_end);
		} else if (b->to[j] != NONE) {
			e.op = AMTS_EDIT_MOVE;
			e.old_beg = b->to[j];
			e.old_end = e.old_beg + 1;
		}
		add_edit(out, e);
		j = e.new_end;
		if (in_order(b, k))
			i = add_deletions(out, a, e.old_end, j);
	}
}

int amts_edits_between(struct amts_edits *out, struct amts_arena *arena,
	const struct amts_doc *before, const struct amts_doc *after,
	struct amts_error *err)
{
	struct revision r = { .arena = amts_arena_new() };

	(void)err;
	side_init(&r.a, r.arena, before);
	side_init(&r.b, r.arena, after);
	chain(&r);
	find_moves(&r, move_unique);
	each_gap(&r, keep_repeated);
	find_moves(&r, move_repeated);
	find_parts(&r);
	each_gap(&r, pair_replaced);
	out->n = 0;
	out->v = AMTS_NEW(arena, struct amts_edit, before->n + after->n);
	list_edits(out, &r);
	free(r.pairs);
	amts_arena_free(r.arena);
	return AMTS_OK;
}
