/*
 * Blocks that differ in a few lines: the same code for each framework.  Their likeness
 * lowers the aligner's confidence, though a line of their own tells which is which; and a
 * translation may have one more, for a framework that the source does not know.
 */
#include "plan/plan.h"

#include <stdlib.h>

#define AROUND 20 /* blocks before and after it that a block could be taken for */
#define ALIKE .5  /* share of lines that a block has in common with its counterpart */
#define TWIN .7	  /* … and with another variant of it in the same document */

struct hashes {
	uint64_t *v;
	size_t n;
};

static int is_opaque(const struct amts_plan *p, int side, size_t i)
{
	return p->doc[side]->v[i].opaque != 0;
}

/* Lines of a block without white space around them; blank ones left out. */
static struct hashes lines_of(struct amts_arena *arena, struct amts_str s)
{
	struct hashes h = { NULL, 0 };
	size_t i, end, n = 1;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	h.v = AMTS_NEW(arena, uint64_t, n);
	for (i = 0; i < s.n; i = end + 1) {
		struct amts_str line;

		end = amts_str_find(s, AMTS_STR("\n"), i);
		line = amts_str_trim(amts_str_sub(s, i, end));
		if (line.n)
			h.v[h.n++] = amts_str_hash(line, AMTS_HASH_SEED);
	}
	return h;
}

/* Share of lines that two blocks have in common. */
static double likeness(struct amts_str a, struct amts_str b)
{
	struct amts_arena *scratch = amts_arena_new();
	struct hashes x = lines_of(scratch, a), y = lines_of(scratch, b);
	struct amts_match *m;
	size_t n = amts_lcs(&m, scratch, x.v, x.n, y.v, y.n);

	amts_arena_free(scratch);
	return x.n + y.n ? 2.0 * (double)n / (double)(x.n + y.n) : 0;
}

static struct amts_str block_text(const struct amts_plan *p, int side, size_t i)
{
	return plan_bytes(p, side, p->doc[side]->v[i].all);
}

/* Is the block more like text than all opaque blocks of its document around it? */
static int is_likest(const struct amts_plan *p, int side, size_t at, struct amts_str text)
{
	size_t beg = at > AROUND ? at - AROUND : 0, i;
	size_t end = at + AROUND < p->doc[side]->n ? at + AROUND : p->doc[side]->n;
	double own = likeness(block_text(p, side, at), text);

	if (own < ALIKE)
		return 0;
	for (i = beg; i < end; i++)
		if (i != at && is_opaque(p, side, i) &&
			likeness(block_text(p, side, i), text) >= own)
			return 0;
	return 1;
}

static int is_one_each(const struct group *g)
{
	return g->beg[BASE] + 1 == g->end[BASE] && g->beg[HEAD] + 1 == g->end[HEAD] &&
	       g->beg[TGT] + 1 == g->end[TGT];
}

void plan_twins_judge(struct amts_plan *p)
{
	size_t i;

	for (i = 0; i < p->ngroups; i++) {
		struct group *g = &p->groups[i];

		if (g->changed && g->score < CERTAIN_OPAQUE && is_one_each(g) &&
			is_opaque(p, BASE, g->beg[BASE]) &&
			is_opaque(p, TGT, g->beg[TGT]) &&
			is_likest(
				p, TGT, g->beg[TGT], block_text(p, BASE, g->beg[BASE])) &&
			is_likest(p, BASE, g->beg[BASE], block_text(p, TGT, g->beg[TGT])))
			g->score = CERTAIN_OPAQUE;
	}
}

/* ---- variants that only the translation has ------------------------------------- */

/* The target block that begins at a byte, or NONE. */
static size_t block_at(const struct amts_plan *p, size_t beg)
{
	size_t lo = 0, hi = p->doc[TGT]->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (p->doc[TGT]->v[mid].all.beg < beg)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->doc[TGT]->n && p->doc[TGT]->v[lo].all.beg == beg ? lo : NONE;
}

/* For each target block: the patch that brings the whole of it to head, or NULL. */
static const struct patch **whole_patches(const struct amts_plan *p)
{
	const struct patch **of =
		AMTS_NEW(p->arena, const struct patch *, p->doc[TGT]->n + 1);
	size_t i;

	for (i = 0; i < p->npatches; i++) {
		const struct patch *x = &p->patches[i];
		const struct amts_step *s = &p->steps[x->step];
		size_t k = block_at(p, x->at.beg);

		if ((s->action == AMTS_ACTION_COPY || s->action == AMTS_ACTION_MERGE) &&
			!s->pending && x->nparts == 1 && x->parts[0].request == NONE &&
			k != NONE && p->doc[TGT]->v[k].all.end == x->at.end)
			of[k] = x;
	}
	return of;
}

static int is_own(const struct amts_plan *p, size_t k)
{
	const struct group *g = &p->groups[p->group_of[TGT][k]];

	return is_opaque(p, TGT, k) && p->doc[TGT]->v[k].kind == AMTS_BLOCK_CODE &&
	       g->beg[BASE] == g->end[BASE] && g->beg[HEAD] == g->end[HEAD] &&
	       g->beg[TGT] + 1 == g->end[TGT];
}

/* The block beside k, in one run of code, that is most like it and follows the source. */
static size_t sibling_of(
	const struct amts_plan *p, const struct patch *const *patches, size_t k)
{
	double best = TWIN;
	size_t at = NONE, i, beg = k, end = k + 1;

	while (beg && k - beg < AROUND && is_opaque(p, TGT, beg - 1))
		beg--;
	while (end < p->doc[TGT]->n && end - k < AROUND && is_opaque(p, TGT, end))
		end++;
	for (i = beg; i < end; i++) {
		double x = patches[i] ? likeness(block_text(p, TGT, i),
						block_text(p, TGT, k))
				      : 0;

		if (x >= best) {
			best = x;
			at = i;
		}
	}
	return at;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int has_line(const struct hashes *h, const uint64_t *line)
{
	return h->n && bsearch(line, h->v, h->n, sizeof(*h->v), by_value);
}

/* Did whole lines change?  Then all are from the old text or from the sibling's. */
static int by_line(struct amts_plan *p, struct amts_str text, struct amts_str old,
	struct amts_str sibling)
{
	struct hashes x = lines_of(p->arena, text), o = lines_of(p->arena, old),
		      s = lines_of(p->arena, sibling);
	size_t i;

	if (o.n)
		qsort(o.v, o.n, sizeof(*o.v), by_value);
	if (s.n)
		qsort(s.v, s.n, sizeof(*s.v), by_value);
	for (i = 0; i < x.n; i++)
		if (!has_line(&o, &x.v[i]) && !has_line(&s, &x.v[i]))
			return 0;
	return 1;
}

void plan_twins_follow(struct amts_plan *p)
{
	const struct patch **patches = whole_patches(p);
	size_t k;

	for (k = 0; k < p->doc[TGT]->n; k++) {
		size_t at = is_own(p, k) ? sibling_of(p, patches, k) : NONE;
		struct amts_str was, now;
		struct merge3 m;

		if (at == NONE)
			continue;
		was = block_text(p, TGT, at);
		now = patches[at]->parts[0].text;
		merge3_lines(&m, p->arena, was, now, block_text(p, TGT, k), NULL);
		if (m.applied && !m.conflicts &&
			by_line(p, m.text, block_text(p, TGT, k), now))
			plan_patch(p,
				plan_step(p, &p->groups[p->group_of[TGT][k]],
					AMTS_ACTION_MERGE,
					"a variant that only the translation has: "
					"follows the one beside it"),
				p->doc[TGT]->v[k].all, m.text);
	}
}
