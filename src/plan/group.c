/*
 * Groups: the smallest sets of blocks of the three documents that edits (base..head) and
 * beads (base x target) do not cut.  Every block is in one group; most groups are one of
 * each.
 */
#include "base/chars.h"
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

/* Union-find over the blocks of all three documents, numbered side after side. */
struct sets {
	size_t *up;
	size_t off[SIDES];
};

static size_t find(struct sets *s, size_t x)
{
	while (s->up[x] != x)
		x = s->up[x] = s->up[s->up[x]];
	return x;
}

static void join(struct sets *s, int a, size_t i, int b, size_t j)
{
	size_t x = find(s, s->off[a] + i), y = find(s, s->off[b] + j);

	if (x != y)
		s->up[x > y ? x : y] = x > y ? y : x;
}

static void join_ranges(
	struct sets *s, int a, size_t a0, size_t a1, int b, size_t b0, size_t b1)
{
	size_t i;

	for (i = a0 + 1; i < a1; i++)
		join(s, a, a0, a, i);
	for (i = b0 + 1; i < b1; i++)
		join(s, b, b0, b, i);
	if (a0 < a1 && b0 < b1)
		join(s, a, a0, b, b0);
}

static void join_edits(struct amts_plan *p, struct sets *s)
{
	size_t i, k;

	for (i = 0; i < p->edits.n; i++) {
		const struct amts_edit *e = &p->edits.v[i];

		if (e->op == AMTS_EDIT_CHANGE)
			join_ranges(s, BASE, e->old_beg, e->old_end, HEAD, e->new_beg,
				e->new_end);
		if (e->op == AMTS_EDIT_KEEP || e->op == AMTS_EDIT_MOVE)
			for (k = 0; e->old_beg + k < e->old_end &&
				    e->new_beg + k < e->new_end;
				k++)
				join(s, BASE, e->old_beg + k, HEAD, e->new_beg + k);
	}
}

/* ---- blocks that moved and changed ---------------------------------------------- */

/* So many blocks that went, and that came, are compared; more is a new page. */
#define MAX_RELOCATED 200
#define MIN_WORDS 5
/* From this share of common words on it is the same paragraph or item, reworked. */
#define RELOCATED 0.8
#define RELOCATED_ITEM 0.7

struct words {
	size_t block;
	enum amts_block_kind kind;
	uint64_t key; /* of an item: what it explains; of a heading: its id; 0: nothing */
	uint64_t *v;  /* sorted */
	size_t n;
};

static int by_hash(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

static int is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static uint64_t lower_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];

		h = amts_str_hash((struct amts_str){ &c, 1 }, h);
	}
	return h;
}

/* `name`: what it is; $x$: what it stands for. */
static uint64_t key_of(struct amts_str text)
{
	size_t end = amts_str_find(text, AMTS_STR(": "), 0);

	return end < text.n && strchr("`$*[", text.p[0])
		       ? plan_fold_hash(amts_str_sub(text, 0, end))
		       : 0;
}

/* Of a heading: the id in braces at its end, which links go by. */
static uint64_t id_of(struct amts_str text)
{
	size_t beg = text.n;

	while (beg && text.p[beg - 1] != '{')
		beg--;
	return beg && text.p[text.n - 1] == '}' && beg < text.n &&
			       amts_is_one_of(text.p[beg], "#/")
		       ? plan_fold_hash(amts_str_sub(text, beg, text.n))
		       : 0;
}

size_t plan_words(uint64_t *out, struct amts_str s)
{
	size_t beg, end, n = 0;

	for (beg = 0; beg < s.n; beg = end + 1) {
		for (end = beg; end < s.n && is_word_char(s.p[end]);)
			end++;
		if (end > beg)
			out[n++] = lower_hash(amts_str_sub(s, beg, end));
	}
	return n;
}

static void cut_words(struct words *w, struct amts_plan *p, int side, size_t block)
{
	const struct amts_block *b = &p->doc[side]->v[block];
	struct amts_str s = plan_bytes(p, side, b->opaque ? b->all : b->text);

	w->block = block;
	w->kind = p->doc[side]->v[block].kind;
	w->key = !s.n				   ? 0
		 : w->kind == AMTS_BLOCK_LIST_ITEM ? key_of(s)
		 : w->kind == AMTS_BLOCK_HEADING   ? id_of(s)
						   : 0;
	w->v = AMTS_NEW(p->arena, uint64_t, s.n / 2 + 2);
	w->n = plan_words(w->v, s);
	qsort(w->v, w->n, sizeof(*w->v), by_hash);
}

static double common(const struct words *a, const struct words *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->n && k < b->n)
		if (a->v[i] == b->v[k]) {
			n++;
			i++;
			k++;
		} else if (a->v[i] < b->v[k]) {
			i++;
		} else {
			k++;
		}
	return 2 * (double)n / (double)(a->n + b->n);
}

/* How much the same two blocks are, above what they have to be: 0 when not. */
static double likeness(const struct words *a, const struct words *b)
{
	double least = a->kind == AMTS_BLOCK_LIST_ITEM ? RELOCATED_ITEM : RELOCATED,
	       share;

	if (!b->n || a->kind != b->kind)
		return 0;
	share = common(a, b);
	if (a->key && a->key == b->key)
		return 1 + share;
	if (a->kind == AMTS_BLOCK_HEADING)
		return 0;
	return share >= least ? share : 0;
}

/* Paragraphs, items and headings; or tags and directives.  (Code comes once a framework:
 * what is alike there is another's.) */
static int is_relocatable(const struct amts_block *b, int opaque)
{
	if (b->opaque != opaque)
		return 0;
	return opaque ? b->kind == AMTS_BLOCK_HTML || b->kind == AMTS_BLOCK_DIRECTIVE
		      : b->kind == AMTS_BLOCK_PARAGRAPH ||
				b->kind == AMTS_BLOCK_LIST_ITEM ||
				b->kind == AMTS_BLOCK_HEADING;
}

/* Those of one kind of edit; none when there are too many. */
static size_t list_words(
	struct words *v, struct amts_plan *p, enum amts_edit_op op, int opaque)
{
	int side = op == AMTS_EDIT_DELETE ? BASE : HEAD;
	size_t i, k, n = 0;

	for (i = 0; i < p->edits.n; i++) {
		const struct amts_edit *e = &p->edits.v[i];
		size_t end = side == BASE ? e->old_end : e->new_end;

		for (k = side == BASE ? e->old_beg : e->new_beg; e->op == op && k < end;
			k++) {
			if (!is_relocatable(&p->doc[side]->v[k], opaque))
				continue;
			if (n == MAX_RELOCATED)
				return 0;
			cut_words(&v[n], p, side, k);
			n += v[n].kind == AMTS_BLOCK_HEADING ? v[n].key != 0
							     : v[n].n >= MIN_WORDS;
		}
	}
	return n;
}

/* Blocks that went from one place of the source and came back reworked at another: the
 * translation of text is not to be deleted. */
static void find_reworked(struct amts_plan *p, int opaque)
{
	struct words *went = AMTS_NEW(p->arena, struct words, MAX_RELOCATED + 1);
	struct words *came = AMTS_NEW(p->arena, struct words, MAX_RELOCATED + 1);
	size_t n = list_words(went, p, AMTS_EDIT_DELETE, opaque), i, k;
	size_t m = n ? list_words(came, p, AMTS_EDIT_INSERT, opaque) : 0;

	for (i = 0; i < n; i++) {
		size_t best = m;
		double most = 0;

		for (k = 0; k < m; k++) {
			double like = likeness(&went[i], &came[k]);

			if (like > most) {
				most = like;
				best = k;
			}
		}
		if (best == m)
			continue;
		p->reworked[went[i].block] = (char)!opaque;
		p->came_from[came[best].block] = went[i].block;
		came[best].n = 0;
	}
}

static void join_beads(struct amts_plan *p, struct sets *s)
{
	size_t i, k;

	for (i = 0; i < p->blocks.n; i++) {
		const struct amts_bead *b = &p->blocks.v[i];
		size_t taken = 0;

		for (k = b->tgt_beg; k < b->tgt_end && b->src_beg < b->src_end; k++)
			if (!p->adopt[k]) {
				join(s, BASE, b->src_beg, TGT, k);
				taken++;
			}
		if (taken)
			join_ranges(s, BASE, b->src_beg, b->src_end, TGT, 0, 0);
	}
	for (k = 0; k < p->doc[TGT]->n; k++)
		if (p->adopt[k] && p->head_of_tgt[k] != NONE)
			join(s, HEAD, p->head_of_tgt[k], TGT, k);
}

static void take(struct amts_plan *p, struct sets *s, size_t *group_at)
{
	int side;
	size_t i;

	for (side = 0; side < SIDES; side++) {
		p->group_of[side] = AMTS_NEW(p->arena, size_t, p->doc[side]->n + 1);
		for (i = 0; i < p->doc[side]->n; i++) {
			size_t root = find(s, s->off[side] + i), k = group_at[root];
			struct group *g;

			if (k == NONE) {
				k = group_at[root] = p->ngroups++;
				g = &p->groups[k];
				g->beg[BASE] = g->beg[HEAD] = g->beg[TGT] = NONE;
				g->end[BASE] = g->end[HEAD] = g->end[TGT] = 0;
				g->score = 1;
			}
			g = &p->groups[k];
			if (g->beg[side] == NONE)
				g->beg[side] = i;
			g->end[side] = i + 1;
			p->group_of[side][i] = k;
		}
	}
	for (i = 0; i < p->ngroups; i++)
		for (side = 0; side < SIDES; side++)
			if (p->groups[i].beg[side] == NONE)
				p->groups[i].beg[side] = 0;
}

/* A group whose blocks do not stand together in some document has no clear place. */
static void distrust_scattered(struct amts_plan *p)
{
	int side;
	size_t i, k;

	for (k = 0; k < p->ngroups; k++)
		for (side = 0; side < SIDES; side++)
			for (i = p->groups[k].beg[side]; i < p->groups[k].end[side]; i++)
				if (p->group_of[side][i] != k)
					p->groups[k].score = 0;
}

static void mark_changes(struct amts_plan *p)
{
	size_t i, k;

	for (i = 0; i < p->edits.n; i++) {
		const struct amts_edit *e = &p->edits.v[i];

		for (k = e->old_beg; k < e->old_end; k++) {
			struct group *g = &p->groups[p->group_of[BASE][k]];

			g->changed |= e->op != AMTS_EDIT_KEEP && e->op != AMTS_EDIT_MOVE;
			g->moved |= e->op == AMTS_EDIT_MOVE;
		}
		for (k = e->new_beg; k < e->new_end; k++)
			p->groups[p->group_of[HEAD][k]].changed |=
				e->op != AMTS_EDIT_KEEP && e->op != AMTS_EDIT_MOVE;
	}
	for (i = 0; i < p->blocks.n; i++) {
		const struct amts_bead *b = &p->blocks.v[i];

		if (b->src_beg < b->src_end && b->tgt_beg < b->tgt_end) {
			struct group *g = &p->groups[p->group_of[BASE][b->src_beg]];

			if (b->score < g->score)
				g->score = b->score;
		}
	}
}

void plan_groups(struct amts_plan *p)
{
	struct sets s;
	size_t i, n = 0, *group_at;
	int side;

	for (side = 0; side < SIDES; side++) {
		s.off[side] = n;
		n += p->doc[side]->n;
	}
	s.up = AMTS_NEW(p->arena, size_t, n + 1);
	group_at = AMTS_NEW(p->arena, size_t, n + 1);
	for (i = 0; i < n; i++) {
		s.up[i] = i;
		group_at[i] = NONE;
	}
	join_edits(p, &s);
	p->reworked = AMTS_NEW(p->arena, char, p->doc[BASE]->n + 1);
	p->came_from = AMTS_NEW(p->arena, size_t, p->doc[HEAD]->n + 1);
	for (i = 0; i < p->doc[HEAD]->n; i++)
		p->came_from[i] = NONE;
	find_reworked(p, 0);
	find_reworked(p, 1);
	plan_containers_came(p);
	ahead_blocks(p);
	join_beads(p, &s);
	p->groups = AMTS_NEW(p->arena, struct group, n + 1);
	take(p, &s, group_at);
	mark_changes(p);
	distrust_scattered(p);
}
