/* What left its place for one that waits for a person stays, for it is nowhere else. */
#include "base/map.h"
#include "plan/plan.h"

/* Steps that wait make others wait; chains are short. */
#define ROUNDS 8

struct hold {
	struct amts_plan *p;
	struct amts_map base, head; /* how often a sentence is there, by what it says */
	struct amts_map waits;	    /* sentences of head at places that wait */
	struct amts_map copies;	    /* … and where the target has them as head does */
	uint64_t *said[HEAD + 1];   /* by each sentence of base and head */
};

/* The first segment at or behind an offset. */
static size_t seg_from(const struct amts_plan *p, int side, size_t at)
{
	size_t lo = 0, hi = p->segs[side].n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (p->segs[side].v[mid].at.beg < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct amts_span segs_in(const struct amts_plan *p, int side, struct amts_span at)
{
	return (struct amts_span){ seg_from(p, side, at.beg), seg_from(p, side, at.end) };
}

static size_t times(const struct amts_map *m, uint64_t key)
{
	size_t n = amts_map_get(m, key);

	return n == AMTS_MAP_NONE ? 0 : n;
}

static void count(struct amts_map *m, struct hold *x, int side)
{
	struct amts_plan *p = x->p;
	size_t i, n = p->segs[side].n;
	struct amts_map first = { 0 };
	size_t *seen = AMTS_NEW(p->arena, size_t, n + 1);
	uint64_t *said = AMTS_NEW(p->arena, uint64_t, n + 1);

	for (i = 0; i < n; i++) {
		said[i] = plan_fold_hash(p->segs[side].v[i].text);
		seen[amts_map_add(&first, said[i], i)]++;
	}
	for (i = 0; i < n; i++)
		amts_map_add(m, said[i], seen[amts_map_get(&first, said[i])]);
	amts_map_release(&first);
	x->said[side] = said;
}

static void list_waiting(struct hold *x)
{
	struct amts_plan *p = x->p;
	size_t i, k;

	for (i = 0; i < p->nsteps; i++) {
		struct amts_span in = segs_in(p, HEAD, p->steps[i].head);

		for (k = in.beg; p->steps[i].pending && k < in.end; k++)
			amts_map_add(&x->waits, x->said[HEAD][k], i);
	}
}

/* A new block that an earlier run put in, in the words of the source. */
static int is_copy(const struct amts_plan *p, size_t i)
{
	const struct group *g = &p->groups[p->group_of[HEAD][i]];

	return g->beg[BASE] >= g->end[BASE] && g->beg[TGT] < g->end[TGT] &&
	       p->segs[HEAD].first[i] < p->segs[HEAD].first[i + 1] &&
	       p->doc[HEAD]->v[i].print == p->doc[TGT]->v[g->beg[TGT]].print;
}

static void list_copies(struct hold *x)
{
	struct amts_plan *p = x->p;
	size_t i, k;

	for (i = 0; i < p->doc[HEAD]->n; i++) {
		if (!is_copy(p, i))
			continue;
		for (k = p->segs[HEAD].first[i]; k < p->segs[HEAD].first[i + 1]; k++)
			amts_map_add(&x->copies, x->said[HEAD][k], i);
	}
}

/* Does the step take a sentence away that now stands at one of these places, in as many
 * places as before? */
static int takes_away(
	const struct hold *x, const struct amts_map *places, const struct amts_step *s)
{
	const struct amts_plan *p = x->p;
	struct amts_span base = segs_in(p, BASE, s->base),
			 head = segs_in(p, HEAD, s->head);
	struct amts_map kept = { 0 };
	size_t i, k = head.beg;
	int found = 0;

	for (i = base.beg; i < base.end && !found; i++) {
		uint64_t h = x->said[BASE][i];

		if (amts_map_get(places, h) == AMTS_MAP_NONE ||
			times(&x->head, h) < times(&x->base, h))
			continue;
		for (; k < head.end; k++)
			amts_map_add(&kept, x->said[HEAD][k], k);
		found = amts_map_get(&kept, h) == AMTS_MAP_NONE;
	}
	amts_map_release(&kept);
	return found;
}

/* (Beside a copy, the sentence looks as if it were head's already.) */
static int is_held(const struct hold *x, const struct amts_step *s)
{
	return (s->action == AMTS_ACTION_DRAFT && takes_away(x, &x->waits, s)) ||
	       ((s->action == AMTS_ACTION_DRAFT || s->action == AMTS_ACTION_TOKENS) &&
		       takes_away(x, &x->copies, s));
}

static size_t hold(struct hold *x)
{
	size_t i, n = 0;

	list_waiting(x);
	for (i = 0; i < x->p->nsteps; i++) {
		struct amts_step *s = &x->p->steps[i];

		if (s->pending || !is_held(x, s))
			continue;
		s->action = AMTS_ACTION_PENDING;
		s->pending = 1;
		s->reason = "it moved to a place that waits for a person";
		n++;
	}
	return n;
}

/* Does one step wait, or did it in an earlier run, and another change text? */
static int may_hold(const struct amts_plan *p)
{
	int waits = 0, drafts = 0, tokens = 0, copies = 0;
	size_t i;

	for (i = 0; i < p->nsteps; i++) {
		const struct amts_step *s = &p->steps[i];

		waits |= s->pending;
		drafts |= !s->pending && s->action == AMTS_ACTION_DRAFT;
		tokens |= !s->pending && s->action == AMTS_ACTION_TOKENS;
	}
	for (i = 0; (drafts || tokens) && !copies && i < p->doc[HEAD]->n; i++)
		copies = is_copy(p, i);
	return (waits && drafts) || copies;
}

void plan_hold(struct amts_plan *p)
{
	struct hold x = { .p = p };
	int i;

	if (!may_hold(p))
		return;
	count(&x.base, &x, BASE);
	count(&x.head, &x, HEAD);
	list_copies(&x);
	for (i = 0; i < ROUNDS && hold(&x); i++)
		;
	amts_map_release(&x.base);
	amts_map_release(&x.head);
	amts_map_release(&x.waits);
	amts_map_release(&x.copies);
}
