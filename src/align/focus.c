#include "align/focus.h"

/* A walk over the beads in and between the blocks that matter. */
struct focused {
	const struct align_side *src;
	const unsigned char *focus;
	const struct links *links;
	size_t k;   /* of the next link */
	int inside; /* the last one with a source belongs to such a block */
};

/* The next of them; NULL: there is none. */
static const struct link *focused_next(struct focused *f)
{
	while (f->k < f->links->n) {
		const struct link *l = &f->links->v[f->k++];

		if (l->src_beg < l->src_end)
			f->inside = f->focus[f->src->v[l->src_beg].block];
		if (f->inside)
			return l;
	}
	return NULL;
}

static int focus_is_sure(struct focused f)
{
	const struct link *l;

	while ((l = focused_next(&f)))
		if (l->src_beg == l->src_end || l->tgt_beg == l->tgt_end ||
			l->score < SURE_AT_ONCE)
			return 0;
	return 1;
}

/* Did the words change nothing? */
static int focus_stays(struct focused now, struct focused before)
{
	const struct link *a, *b;

	do {
		a = focused_next(&now);
		b = focused_next(&before);
		if (!a || !b)
			return a == b;
	} while (a->src_beg == b->src_beg && a->src_end == b->src_end &&
		 a->tgt_beg == b->tgt_beg && a->tgt_end == b->tgt_end);
	return 0;
}

int focus_is_enough(const unsigned char *focus, const struct align_side *src,
	const struct links *now, const struct links *before)
{
	struct focused a = { .src = src, .focus = focus, .links = now }, b = a;

	b.links = before;
	return focus_is_sure(a) || (before->n && focus_stays(a, b));
}
