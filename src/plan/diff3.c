/*
 * Three texts line by line: Smith's diff3, as formalized by Khanna, Kunal and Pierce
 * (2007, "A formal investigation of diff3").  Lines that all three have in common order
 * cut the texts into chunks; in a chunk the side that changed wins, and where both did
 * there is a conflict.
 */
#include "plan/plan.h"

struct lines {
	struct amts_str text;
	uint64_t *hash;
	size_t *beg; /* n + 1 offsets */
	size_t n;
};

/* In prose a blank line is no sign that what stands around it belongs together. */
static uint64_t line_hash(struct amts_str line, int code, size_t salt)
{
	if (!code && !amts_str_trim(line).n)
		return salt;
	return amts_str_hash(line, AMTS_HASH_SEED);
}

static void cut(struct lines *l, struct amts_arena *arena, struct amts_str s, int code,
	size_t salt)
{
	size_t i, n = 1;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	l->text = s;
	l->n = 0;
	l->hash = AMTS_NEW(arena, uint64_t, n);
	l->beg = AMTS_NEW(arena, size_t, n + 1);
	for (i = 0; i < s.n; l->n++) {
		size_t end = amts_str_find(s, AMTS_STR("\n"), i);

		end += end < s.n;
		l->hash[l->n] =
			line_hash(amts_str_sub(s, i, end), code, (salt << 32) + l->n);
		i = l->beg[l->n + 1] = end;
	}
}

static struct amts_str part(const struct lines *l, size_t beg, size_t end)
{
	return amts_str_sub(l->text, l->beg[beg], l->beg[end]);
}

/* For each line of base the one it is in the other text, or NONE. */
static size_t *match(
	struct amts_arena *arena, const struct lines *base, const struct lines *other)
{
	size_t *to = AMTS_NEW(arena, size_t, base->n + 1), i, n;
	struct amts_match *m;

	for (i = 0; i < base->n; i++)
		to[i] = NONE;
	n = amts_lcs(&m, arena, base->hash, base->n, other->hash, other->n);
	for (i = 0; i < n; i++)
		to[m[i].i] = m[i].j;
	return to;
}

static void decide(struct diff3_chunk *c, int code)
{
	int ours = !amts_str_eq(c->v[TGT], c->v[BASE]);
	int theirs = !amts_str_eq(c->v[HEAD], c->v[BASE]);

	c->merged = c->v[TGT];
	c->conflict = theirs && !amts_str_eq(c->v[TGT], c->v[HEAD]);
	if (c->conflict && code && !ours) {
		c->merged = c->v[HEAD];
		c->conflict = 0;
	}
}

size_t plan_diff3(struct diff3_chunk **out, struct amts_arena *arena,
	const struct amts_str text[SIDES], int code)
{
	struct lines l[SIDES];
	size_t *to[SIDES], at[SIDES] = { 0 }, i, n = 0;
	int side;

	for (side = 0; side < SIDES; side++) {
		cut(&l[side], arena, text[side], code, (size_t)side + 1);
		to[side] = match(arena, &l[BASE], &l[side]);
	}
	*out = AMTS_NEW(arena, struct diff3_chunk, 2 * l[BASE].n + 2);
	for (i = 0; i <= l[BASE].n; i++) {
		struct diff3_chunk *c = &(*out)[n];
		size_t to_end[SIDES];
		int some = 0;

		if (i < l[BASE].n && (to[HEAD][i] == NONE || to[TGT][i] == NONE))
			continue;
		for (side = 0; side < SIDES; side++) {
			to_end[side] = i < l[BASE].n ? to[side][i] : l[side].n;
			c->v[side] = part(&l[side], at[side], to_end[side]);
			some |= c->v[side].n > 0;
			at[side] = to_end[side] + 1;
		}
		if (some) {
			decide(c, code);
			c = &(*out)[++n];
		}
		if (i < l[BASE].n) {
			c->merged = part(&l[TGT], to_end[TGT], to_end[TGT] + 1);
			c->conflict = 0;
			n++;
		}
	}
	return n;
}
