/* Sentences of one text that changed places. */
#include "base/map.h"
#include "plan/prose.h"

/* Lengths that fit so much better tell the order of sentences... */
#define CLEARLY .7
/* ... and by so much of the text, that there is nothing to do: translators are free. */
#define LOUDLY .25

void prose_find_moved(struct prose *x, const uint64_t *hb, const uint64_t *hh,
	const struct amts_match *kept, size_t n)
{
	struct amts_map gone = { 0 }, came = { 0 };
	size_t i, k;

	x->moved[BASE] = AMTS_NEW(x->p->arena, char, x->n[BASE] + 1);
	x->moved[HEAD] = AMTS_NEW(x->p->arena, char, x->n[HEAD] + 1);
	for (i = k = 0; i < x->n[BASE]; i++)
		if (k < n && kept[k].i == i)
			k++;
		else
			amts_map_add(&gone, hb[i], i);
	for (i = k = 0; i < x->n[HEAD]; i++) {
		if (k < n && kept[k].j == i)
			k++;
		else
			amts_map_add(&came, hh[i], i);
		x->moved[HEAD][i] = amts_map_get(&gone, hh[i]) != AMTS_MAP_NONE;
	}
	for (i = 0; i < x->n[BASE]; i++)
		x->moved[BASE][i] = amts_map_get(&came, hb[i]) != AMTS_MAP_NONE;
	amts_map_release(&gone);
	amts_map_release(&came);
}

/* How far the lengths of the target's sentences are from those of the source's in turn.
 */
static double misfit(const struct prose *x, int side)
{
	double src = 0, tgt = 0, sum = 0, d;
	size_t i;

	for (i = 0; i < x->n[TGT]; i++) {
		src += (double)prose_seg(x, side, i)->text.n;
		tgt += (double)prose_seg(x, TGT, i)->text.n;
	}
	for (i = 0; i < x->n[TGT]; i++) {
		d = (double)prose_seg(x, side, i)->text.n / src -
		    (double)prose_seg(x, TGT, i)->text.n / tgt;
		sum += d < 0 ? -d : d;
	}
	return sum;
}

/*
 * Sentences that changed places and nothing else.  A translation that has followed
 * already looks the same but for the lengths; what these do not tell waits.
 */
int prose_reordered(struct prose *x)
{
	size_t i, moved = 0, same = 0;
	double base, head;

	for (i = 0; i < x->n[BASE]; i++) {
		moved += x->moved[BASE][i] != 0;
		same += x->exact[i] != 0;
	}
	if (!moved)
		return 0;
	if (moved + same == x->n[BASE] && x->n[HEAD] == x->n[BASE] &&
		x->n[TGT] == x->n[BASE]) {
		base = misfit(x, BASE);
		head = misfit(x, HEAD);
		if (base < head * CLEARLY)
			return 0;
		if (head < base / 2 && base - head > LOUDLY) {
			plan_step(x->p, x->g, AMTS_ACTION_KEEP,
				"sentences changed places, as they have in the "
				"translation");
			return 1;
		}
	}
	plan_step(x->p, x->g, AMTS_ACTION_PENDING, "sentences changed places");
	return 1;
}
