/* Sentence pairs of base and target, with the target's placeholders numbered as the
 * source's. */
#include "plan/plan.h"

#include <string.h>

static struct amts_str join(struct amts_plan *p, const struct amts_segments *s,
	size_t beg, size_t end, size_t *id, const char *between)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i, k;

	if (beg + 1 == end)
		return s->v[beg].text;
	/* placeholders of later segments count on */
	for (i = beg; i < end; i++) {
		struct amts_str t = s->v[i].text;

		if (i > beg)
			amts_buf_addz(&buf, between);
		for (k = 0; k < t.n;) {
			size_t at = amts_str_find(t, AMTS_STR("<x id=\""), k), close;

			amts_buf_add(&buf, amts_str_sub(t, k, at));
			if (at >= t.n)
				break;
			close = amts_str_find(t, AMTS_STR("\"/>"), at);
			amts_buf_addf(&buf, "<x id=\"%zu\"/>", ++*id);
			k = close + 3;
		}
	}
	out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

static size_t inlines(
	const struct amts_segments *s, size_t beg, size_t end, struct amts_inline *out)
{
	size_t i, n = 0;

	for (; beg < end; beg++)
		for (i = 0; i < s->v[beg].ninl; i++) {
			if (out)
				out[n] = s->v[beg].inl[i];
			n++;
		}
	return n;
}

/* For each target inline the source inline it stands for: same bytes first, then same
 * kind in order.  0 when some are left over: such a pair has no use for drafts. */
static int match_inlines(struct amts_plan *p, const struct amts_inline *s,
	const struct amts_inline *t, size_t n, size_t *of)
{
	char *used = AMTS_NEW(p->arena, char, n + 1);
	size_t i, k;
	int pass;

	for (i = 0; i < n; i++)
		of[i] = NONE;
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < n; i++)
			for (k = 0; k < n && of[i] == NONE; k++) {
				if (used[k] || s[k].kind != t[i].kind ||
					(!pass &&
						!amts_str_eq(plan_bytes(p, BASE, s[k].at),
							plan_bytes(p, TGT, t[i].at))))
					continue;
				used[k] = 1;
				of[i] = k;
			}
	for (i = 0; i < n; i++)
		if (of[i] == NONE)
			return 0;
	return 1;
}

static struct amts_str renumber(struct amts_plan *p, struct amts_str t, const size_t *of)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t k = 0, id = 0;

	for (;;) {
		size_t at = amts_str_find(t, AMTS_STR("<x id=\""), k);

		amts_buf_add(&buf, amts_str_sub(t, k, at));
		if (at >= t.n)
			break;
		amts_buf_addf(&buf, "<x id=\"%zu\"/>", of[id++] + 1);
		k = amts_str_find(t, AMTS_STR("\"/>"), at) + 3;
	}
	out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

#define MAX_INLINES 64 /* in a pair: more is a table of links, not a sentence */

static int pair_of(
	struct amts_plan *p, const struct amts_bead *b, struct amts_plan_pair *out)
{
	const struct amts_segments *s = &p->segs[BASE], *t = &p->segs[TGT];
	struct amts_inline si[MAX_INLINES], ti[MAX_INLINES];
	size_t of[MAX_INLINES], n, id = 0;

	if (b->src_beg == b->src_end || b->tgt_beg == b->tgt_end)
		return 0;
	n = inlines(s, b->src_beg, b->src_end, NULL);
	if (n > MAX_INLINES || n != inlines(t, b->tgt_beg, b->tgt_end, NULL))
		return 0;
	inlines(s, b->src_beg, b->src_end, si);
	inlines(t, b->tgt_beg, b->tgt_end, ti);
	if (!match_inlines(p, si, ti, n, of))
		return 0;
	out->src = join(p, s, b->src_beg, b->src_end, &id, " ");
	id = 0;
	out->tgt = join(p, t, b->tgt_beg, b->tgt_end, &id,
		amts_lang_unspaced(p->in.tgt_lang) ? "" : " ");
	if (n)
		out->tgt = renumber(p, out->tgt, of);
	if (b->src_beg)
		out->before = s->v[b->src_beg - 1].text;
	out->score = b->score;
	out->src_print = s->doc->v[s->v[b->src_beg].block].print;
	out->tgt_print = t->doc->v[t->v[b->tgt_beg].block].print;
	return s->v[b->src_beg].letters && !amts_str_eq(out->src, out->tgt);
}

void plan_pairs(struct amts_plan *p)
{
	size_t i;

	p->pairs = AMTS_NEW(p->arena, struct amts_plan_pair, p->sentences.n + 1);
	for (i = 0; i < p->sentences.n; i++)
		if (pair_of(p, &p->sentences.v[i], &p->pairs[p->npairs]))
			p->npairs++;
}
