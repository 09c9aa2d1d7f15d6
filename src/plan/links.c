/*
 * Word links inside a sentence pair.  A token is looked up in the aligner's lexicon by
 * the words that the statistics cut it into: pairs of characters where a script has no
 * spaces, so that a character shares the links of the two pairs it is part of.
 */
#include "plan/links.h"

#include <string.h>

#define SAME 40.0     /* weight of tokens with the same bytes: anchors */
#define LIFT_MIN 2.0  /* words that meet by chance say nothing */
#define LIFT_MAX 60.0 /* rare words that met once look surer than they are */
#define WORDS 4	      /* of one token */

struct words {
	uint64_t v[WORDS];
	size_t n;
};

/* A letter that is a token of its own; full-width punctuation is not. */
static int is_wide(const struct row *r, size_t i)
{
	return r->v[i].kind == T_WORD && (unsigned char)row_token(r, i).p[0] >= 0xe2 &&
	       amts_text_has_letters(row_token(r, i));
}

static void add(struct words *w, uint64_t hash)
{
	if (w->n < WORDS)
		w->v[w->n++] = hash;
}

/* Tokens [beg, end), single characters that stand side by side: their overlapping pairs.
 */
static void add_pairs(struct words *out, const struct amts_token *tok, size_t ntok,
	size_t beg, size_t end)
{
	size_t i, n = end - beg;

	if (ntok == n && n == 1) {
		add(&out[beg], tok[0].hash);
		return;
	}
	for (i = 0; ntok + 1 == n && i < ntok; i++) {
		add(&out[beg + i], tok[i].hash);
		add(&out[beg + i + 1], tok[i].hash);
	}
}

static struct words *words_of(
	struct amts_arena *arena, const struct row *r, const char *lang)
{
	struct words *w = AMTS_NEW(arena, struct words, r->n + 1);
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i, k, end, n;
	struct amts_token *tok;

	for (i = 0; i < r->n; i = end) {
		struct amts_str s;

		end = i + 1;
		if (r->v[i].kind != T_WORD)
			continue;
		while (is_wide(r, i) && end < r->n && is_wide(r, end) &&
			r->v[end].at.beg == r->v[end - 1].at.end)
			end++;
		s = amts_str_sub(r->doc->bytes, r->v[i].at.beg, r->v[end - 1].at.end);
		if (amts_tokens(&tok, &n, arena, s, lang, &err))
			continue;
		if (is_wide(r, i)) {
			add_pairs(w, tok, n, i, end);
			continue;
		}
		for (k = 0; k < n; k++)
			if (tok[k].kind != AMTS_TOKEN_PUNCT)
				add(&w[i], tok[k].hash);
	}
	return w;
}

/* Of a token: how many there are with its hash, and how many before it. */
struct rank {
	size_t of, at;
};

static struct rank *ranks_of(struct amts_arena *arena, const struct row *r)
{
	struct rank *v = AMTS_NEW(arena, struct rank, r->n + 1);
	size_t i, k;

	for (i = 0; i < r->n; i++)
		for (k = 0; k < r->n; k++)
			if (r->hash[k] == r->hash[i]) {
				v[i].of++;
				v[i].at += k < i;
			}
	return v;
}

static int is_anchor(const struct row *r, size_t i)
{
	return r->hash[i] != ROW_OPEN &&
	       (r->v[i].kind == T_INLINE || r->v[i].kind == T_NUMBER ||
		       (r->v[i].kind == T_WORD && !is_wide(r, i)));
}

/* Tokens that stand on both sides: the first for the first, where there are as many. */
static double same(const struct rank *s, const struct rank *t)
{
	if (s->of == t->of)
		return s->at == t->at ? SAME : 0;
	return SAME / (double)s->of;
}

/* Best of the pairs of words that two tokens are cut into, shared by those of the target.
 */
static double lift(
	const struct amts_aligner *al, const struct words *s, const struct words *t)
{
	double sum = 0;
	size_t i, j;

	for (j = 0; j < t->n; j++) {
		double best = 0;

		for (i = 0; i < s->n; i++) {
			double x = amts_aligner_lift(al, s->v[i], t->v[j]);

			best = x > best ? x : best;
		}
		if (best >= LIFT_MIN)
			sum += best < LIFT_MAX ? best : LIFT_MAX;
	}
	return t->n ? sum / (double)t->n : 0;
}

/* The segments of a side with only the words of blocks that did not change: a run on its
 * own output has to learn the same. */
static struct amts_segments unchanged(
	struct amts_arena *arena, const struct amts_plan *p, int side)
{
	struct amts_segments s = p->segs[side];
	size_t i;

	s.v = AMTS_NEW(arena, struct amts_segment, s.n + 1);
	for (i = 0; i < s.n; i++) {
		const struct group *g =
			&p->groups[p->group_of[side][p->segs[side].v[i].block]];

		s.v[i] = p->segs[side].v[i];
		if (g->changed || g->beg[BASE] == g->end[BASE] ||
			g->beg[TGT] == g->end[TGT])
			s.v[i].text = AMTS_STR("");
	}
	return s;
}

/* An aligner of the document's own may have found its beads without a lexicon. */
static int learn(struct amts_plan *p)
{
	struct amts_segments src, tgt;
	struct amts_align_job job = { .src = &src, .tgt = &tgt };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_arena *scratch;
	int rc;

	if (!p->own || p->learnt)
		return 1;
	p->learnt = 1;
	job.arena = scratch = amts_arena_new();
	src = unchanged(scratch, p, BASE);
	tgt = unchanged(scratch, p, TGT);
	rc = amts_align_batch(p->own, &job, 1, 1, &err);
	amts_arena_free(scratch);
	return !rc;
}

int links_make(struct links *l, struct amts_plan *p, const struct row *src,
	const struct row *tgt)
{
	struct words *sw, *tw;
	struct rank *sr, *tr;
	size_t i, j;

	if (src->n > LINKS_MAX || tgt->n > LINKS_MAX || !learn(p))
		return 0;
	sw = words_of(p->arena, src, p->in.src_lang);
	tw = words_of(p->arena, tgt, p->in.tgt_lang);
	sr = ranks_of(p->arena, src);
	tr = ranks_of(p->arena, tgt);
	*l = (struct links){ src->n, tgt->n,
		AMTS_NEW(p->arena, float, src->n * tgt->n + 1) };
	for (i = 0; i < src->n; i++)
		for (j = 0; j < tgt->n; j++) {
			double w = 0;

			if (src->hash[i] == tgt->hash[j] && is_anchor(src, i))
				w = same(&sr[i], &tr[j]);
			else
				w = lift(p->aligner, &sw[i], &tw[j]);
			l->w[i * tgt->n + j] = (float)w;
		}
	return 1;
}

/* The target token with the strongest link to source token i, where that is also the
 * strongest link of it; else NONE. */
static size_t mutual_best(const struct links *l, size_t i)
{
	float best = 0;
	size_t at = NONE, j, k;

	for (j = 0; j < l->ntgt; j++)
		if (l->w[i * l->ntgt + j] > best) {
			best = l->w[i * l->ntgt + j];
			at = j;
		}
	for (k = 0; at != NONE && k < l->nsrc; k++)
		if (k != i && l->w[k * l->ntgt + at] >= best)
			return NONE;
	return at;
}

/* Does some target token stand for head token h, and not for base token b as much? */
static int says(const struct links *base, size_t b, const struct links *head, size_t h)
{
	size_t j = mutual_best(head, h);

	return j != NONE &&
	       head->w[h * head->ntgt + j] >= 2 * base->w[b * base->ntgt + j];
}

int links_confirm_typos(struct amts_plan *p, const struct sentence *base,
	const struct sentence *head, const struct sentence *tgt)
{
	struct row b, h, t;
	struct links lb, lh;
	struct hunk *k, *typos;
	size_t i, n, ntypos = 0;

	row_make(&b, p->arena, base);
	row_make(&h, p->arena, head);
	row_make(&t, p->arena, tgt);
	typos = AMTS_NEW(p->arena, struct hunk, b.n + 1);
	n = row_hunks(&k, p->arena, &b, &h);
	for (i = 0; i < n; i++)
		row_words(&b, &h, &k[i], typos, &ntypos);
	if (!ntypos)
		return 1;
	if (!links_make(&lb, p, &b, &t) || !links_make(&lh, p, &h, &t))
		return 0;
	for (i = 0; i < ntypos; i++)
		if (!says(&lb, typos[i].b0, &lh, typos[i].h0))
			return 0;
	return 1;
}
