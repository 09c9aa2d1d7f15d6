/*
 * Is the target level with base wherever the source changed?  Then it has nothing of head
 * yet, and need not be aligned with head to tell.
 */
#include "plan/plan.h"

#include <string.h>

/* Blocks of base around an edit that have to be in order, too. */
#define AROUND 2
/* So many beads in a row, as sure as this, have not slipped along, and nothing beyond
 * them has. */
#define RUN 3
#define RUN_SURE .9

/* First target unit of the bead of a base unit when they are one to one, else NONE. */
static size_t only_counterpart(const struct amts_bead *b)
{
	return b->src_beg + 1 == b->src_end && b->tgt_beg + 1 == b->tgt_end ? b->tgt_beg
									    : NONE;
}

/* Are all sentences of a base block one to one with those of a target block? */
static int sentences_level(const struct amts_plan *p, size_t base, size_t tgt)
{
	const struct amts_segments *b = &p->segs[BASE], *t = &p->segs[TGT];
	size_t i;

	if (b->first[base + 1] - b->first[base] != t->first[tgt + 1] - t->first[tgt])
		return 0;
	for (i = b->first[base]; i < b->first[base + 1]; i++) {
		const struct amts_bead *bead = &p->sentences.v[p->base_sentence_bead[i]];

		if (only_counterpart(bead) != t->first[tgt] + i - b->first[base])
			return 0;
	}
	return 1;
}

/* Does a target block have bytes of head's that base does not have? */
static int has_new_bytes(
	const struct amts_plan *p, size_t base, size_t tgt, const struct amts_edit *e)
{
	uint64_t print = p->doc[TGT]->v[tgt].print;
	size_t k;

	if (!p->doc[TGT]->v[tgt].opaque || print == p->doc[BASE]->v[base].print)
		return 0;
	for (k = e->new_beg; k < e->new_end; k++)
		if (p->doc[HEAD]->v[k].print == print)
			return 1;
	return 0;
}

/* The base blocks of an edit and around it. */
static void around(
	const struct amts_plan *p, const struct amts_edit *e, size_t *beg, size_t *end)
{
	size_t n = p->doc[BASE]->n;

	*beg = e->old_beg > AROUND ? e->old_beg - AROUND : 0;
	*end = e->old_end + AROUND < n ? e->old_end + AROUND : n;
}

unsigned char *plan_focus(const struct amts_plan *p)
{
	unsigned char *focus = AMTS_NEW(p->arena, unsigned char, p->doc[BASE]->n + 1);
	size_t i, beg, end;

	for (i = 0; i < p->edits.n; i++)
		if (p->edits.v[i].op != AMTS_EDIT_KEEP) {
			around(p, &p->edits.v[i], &beg, &end);
			memset(focus + beg, 1, end - beg);
		}
	return focus;
}

/* bead: of each base block. */
static int edit_level(
	const struct amts_plan *p, const struct amts_edit *e, const size_t *bead)
{
	size_t i, beg, end, last = NONE;

	around(p, e, &beg, &end);
	for (i = beg; i < end; i++) {
		size_t t = only_counterpart(&p->blocks.v[bead[i]]);

		if (t == NONE || (last != NONE && t != last + 1) || (!i && t))
			return 0;
		if (i + 1 == p->doc[BASE]->n && t + 1 != p->doc[TGT]->n)
			return 0;
		last = t;
		if (i >= e->old_beg && i < e->old_end &&
			(!sentences_level(p, i, t) || has_new_bytes(p, i, t, e)))
			return 0;
	}
	return 1;
}

/* On a walk over the beads away from one that has more target blocks than base has: is an
 * edit reached before a run of sure beads? */
struct walk {
	int slips; /* beads may have slipped along here */
	int sure;  /* sure beads in a row */
};

static int is_focused(const unsigned char *focus, const struct amts_bead *b)
{
	size_t i;

	for (i = b->src_beg; i < b->src_end; i++)
		if (focus[i])
			return 1;
	return 0;
}

/* One bead on; returns whether it may have slipped and matters. */
static int walk_on(struct walk *w, const unsigned char *focus, const struct amts_bead *b)
{
	if (b->tgt_end - b->tgt_beg > b->src_end - b->src_beg)
		*w = (struct walk){ .slips = 1 };
	else if (only_counterpart(b) != NONE && b->score >= RUN_SURE)
		w->slips = w->slips && ++w->sure < RUN;
	else
		w->sure = 0;
	return w->slips && is_focused(focus, b);
}

/* Does the target have more blocks than base has where that may concern an edit?  They
 * may be head's, with some of base's beads slipped along to make room. */
static int has_more(const struct amts_plan *p, const unsigned char *focus)
{
	struct walk down = { 0 }, up = { 0 };
	size_t i, n = p->blocks.n;

	for (i = 0; i < n; i++)
		if (walk_on(&down, focus, &p->blocks.v[i]) ||
			walk_on(&up, focus, &p->blocks.v[n - 1 - i]))
			return 1;
	return 0;
}

/* Blocks that changed places are one to one with base and with head alike: only head
 * tells. */
int plan_is_level(
	const struct amts_plan *p, const size_t *bead, const unsigned char *focus)
{
	size_t i;

	if (has_more(p, focus))
		return 0;
	for (i = 0; i < p->edits.n; i++)
		if (p->edits.v[i].op == AMTS_EDIT_MOVE ||
			(p->edits.v[i].op != AMTS_EDIT_KEEP &&
				!edit_level(p, &p->edits.v[i], bead)))
			return 0;
	return 1;
}
