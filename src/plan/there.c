/*
 * Is a draft there already?  A review branch that was squashed, a translation that is
 * ahead, a block that an earlier run put in: what the target says as often as head does
 * is not said again.
 *
 * Texts are compared by their letters, because marks, spaces and stops differ between
 * versions.  Sentences of the target count alone and with the one or two behind them: a
 * draft may have more of them than its source.  Those that go do not count.  Cost is
 * linear in the document.
 */
#include "plan/plan.h"

#include "base/map.h"

#include <string.h>

#define RUN 3	      /* sentences that a draft may have */
#define LETTERS_MIN 9 /* bytes; shorter ones may be said anywhere */

struct there {
	const struct amts_plan *p;
	struct amts_map head, tgt; /* letters of a text: its slot */
	size_t *nhead, *ntgt;	   /* of each slot: how often */
	size_t *where;		   /* … the block of the target that has it last */
};

static int is_letter(struct amts_str s, size_t i, size_t len)
{
	static const char *const signs[] = { "\xe2\x80", "\xe2\x81", "\xe3\x80",
		"\xef\xbc", "\xef\xbd" }; /* dashes and quotes, full-width punctuation */
	unsigned char c = (unsigned char)s.p[i];
	size_t k;

	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
	for (k = 0; k < sizeof(signs) / sizeof(*signs); k++)
		if (len > 1 && !memcmp(s.p + i, signs[k], 2))
			return 0;
	return 1;
}

/* Hash of the letters of s; *n: bytes of them. */
static uint64_t letters(size_t *n, struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i, end;

	*n = 0;
	for (i = 0; i < s.n; i = end) {
		for (end = i + 1; end < s.n && ((unsigned char)s.p[end] & 0xc0) == 0x80;
			end++)
			;
		if (!is_letter(s, i, end - i))
			continue;
		h = amts_str_hash(amts_str_sub(s, i, end), h);
		*n += end - i;
	}
	return h;
}

/* Of each target segment: does some patch put something else in its place? */
static char *replaced(const struct amts_plan *p)
{
	const struct amts_segments *s = &p->segs[TGT];
	char *gone = AMTS_NEW(p->arena, char, s->n + 1);
	size_t *until = AMTS_NEW(p->arena, size_t, s->n + 1), i, far = 0;

	for (i = 0; i < p->npatches; i++) {
		const struct patch *c = &p->patches[i];
		enum amts_action a = p->steps[c->step].action;
		size_t lo = 0, hi = s->n;

		if (c->frame || a == AMTS_ACTION_PENDING || a == AMTS_ACTION_MOVE)
			continue;
		while (lo < hi) {
			size_t mid = (lo + hi) / 2;

			if (s->v[mid].at.beg < c->at.beg)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo < s->n && until[lo] < c->at.end)
			until[lo] = c->at.end;
	}
	for (i = 0; i < s->n; i++) {
		far = until[i] > far ? until[i] : far;
		gone[i] = s->v[i].at.end <= far;
	}
	return gone;
}

static void count_head(struct there *t)
{
	const struct amts_segments *s = &t->p->segs[HEAD];
	size_t i, n;

	t->nhead = AMTS_NEW(t->p->arena, size_t, s->n + 1);
	for (i = 0; i < s->n; i++)
		t->nhead[amts_map_add(
			&t->head, letters(&n, plan_bytes(t->p, HEAD, s->v[i].at)), i)]++;
}

static void count_target(struct there *t)
{
	const struct amts_segments *s = &t->p->segs[TGT];
	const char *gone = replaced(t->p);
	size_t i, k, n, slot;

	t->ntgt = AMTS_NEW(t->p->arena, size_t, RUN * s->n + 1);
	t->where = AMTS_NEW(t->p->arena, size_t, RUN * s->n + 1);
	for (i = 0; i < s->n; i++)
		for (k = 0; k < RUN && i + k < s->n && !gone[i + k] &&
			    s->v[i + k].block == s->v[i].block;
			k++) {
			struct amts_span at = { s->v[i].at.beg, s->v[i + k].at.end };

			slot = amts_map_add(&t->tgt,
				letters(&n, plan_bytes(t->p, TGT, at)), RUN * i + k);
			t->ntgt[slot]++;
			t->where[slot] = s->v[i].block;
		}
}

struct there *there_open(const struct amts_plan *p)
{
	struct there *t = AMTS_NEW(p->arena, struct there, 1);

	t->p = p;
	count_head(t);
	count_target(t);
	return t;
}

void there_free(struct there *t)
{
	amts_map_release(&t->head);
	amts_map_release(&t->tgt);
}

size_t there_find(
	const struct there *t, const struct amts_segment *seg, struct amts_str draft)
{
	size_t n, slot, wanted;
	uint64_t key = letters(&n, draft);

	if (n < LETTERS_MIN || (slot = amts_map_get(&t->tgt, key)) == AMTS_MAP_NONE)
		return NONE;
	wanted = amts_map_get(&t->head, letters(&n, plan_bytes(t->p, HEAD, seg->at)));
	return t->ntgt[slot] >= t->nhead[wanted] ? t->where[slot] : NONE;
}
