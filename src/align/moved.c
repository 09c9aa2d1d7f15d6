/*
 * Sections that stand at another place on the other side.  The path leaves them without
 * counterpart on both sides; so each stretch of such source items is aligned with each
 * stretch of such target items, and what has enough words in common is taken, best first.
 */
#include "align/search.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct run {
	uint32_t beg, end;
};
struct runs {
	struct run *v; /* heap */
	size_t n, cap;
};

/* Two stretches that correspond. */
struct section {
	struct run src, tgt;
	struct links links; /* numbered from the beginnings of the stretches */
};

static int is_alone(const struct link *l, int side)
{
	return side ? l->src_beg == l->src_end : l->tgt_beg == l->tgt_end;
}

/* Stretches of items of one side that the path leaves alone. */
static struct runs runs_of(const struct links *links, int side, size_t nitems)
{
	unsigned char *alone = amts_calloc(nitems + 1, 1);
	struct runs r = { NULL, 0, 0 };

	for (size_t k = 0; k < links->n; k++)
		if (is_alone(&links->v[k], side))
			alone[side ? links->v[k].tgt_beg : links->v[k].src_beg] = 1;
	for (size_t i = 0; i < nitems; i++) {
		struct run run = { (uint32_t)i, (uint32_t)i };

		for (; alone[i]; i++)
			run.end++;
		if (run.end > run.beg)
			AMTS_VEC_PUSH(r.v, r.n, r.cap, run);
	}
	free(alone);
	return r;
}

static struct align_side part_of(const struct align_side *side, struct run r)
{
	struct align_side part = *side;

	part.v += r.beg;
	part.n = r.end - r.beg;
	return part;
}

static void align_section(struct section *out, const struct search *s)
{
	struct align_side src = part_of(s->src, out->src),
			  tgt = part_of(s->tgt, out->tgt);
	struct match match = *s->match;
	struct search part = { s->model, &src, &tgt, &match };
	struct band band, corridor;
	struct fine *fine;

	match.side[0].begin += out->src.beg;
	match.side[0].heard_begin += out->src.beg;
	match.side[1].begin += out->tgt.beg;
	match.side[1].heard_begin += out->tgt.beg;
	band_around_anchors(&band, &part);
	search_coarse(&corridor, &part, &band);
	fine = search_fine_new(&part, &corridor);
	search_fine_links(&out->links, fine, OUTPUT_TEMPER);
	search_fine_free(fine);
	band_release(&band);
	band_release(&corridor);
}

static int cmp_section(const void *x, const void *y)
{
	const struct section *a = x, *b = y;

	if (a->links.evidence != b->links.evidence)
		return a->links.evidence > b->links.evidence ? -1 : 1;
	if (a->src.beg != b->src.beg)
		return a->src.beg < b->src.beg ? -1 : 1;
	return (a->tgt.beg > b->tgt.beg) - (a->tgt.beg < b->tgt.beg);
}

static size_t find_sections(struct section **out, const struct search *s,
	const struct runs *a, const struct runs *b)
{
	size_t n = 0, cap = 0, cells = 0;

	*out = NULL;
	for (size_t i = 0; i < a->n; i++)
		for (size_t j = 0; j < b->n; j++) {
			struct section sec = { a->v[i], b->v[j], { 0 } };

			cells += (sec.src.end - sec.src.beg + MOVED_SETUP) *
				 (sec.tgt.end - sec.tgt.beg + MOVED_SETUP);
			if (cells > MOVED_CELLS)
				return n;
			align_section(&sec, s);
			if (sec.links.evidence < MOVED_EVIDENCE) {
				links_release(&sec.links);
				continue;
			}
			AMTS_VEC_PUSH(*out, n, cap, sec);
		}
	if (n)
		qsort(*out, n, sizeof(**out), cmp_section);
	return n;
}

/* ---- putting them in ------------------------------------------------------------ */

/* Items that have found a counterpart elsewhere. */
struct taken {
	unsigned char *src, *tgt; /* heap */
};

static int is_free(const struct taken *t, const struct link *l)
{
	return !memchr(t->src + l->src_beg, 1, l->src_end - l->src_beg) &&
	       !memchr(t->tgt + l->tgt_beg, 1, l->tgt_end - l->tgt_beg);
}

static struct link shifted(struct link l, const struct section *sec)
{
	/* that it moved at all is as sure as its words are telling */
	double sure = sec->links.evidence / (sec->links.evidence + MOVED_EVIDENCE);

	return (struct link){ l.src_beg + sec->src.beg, l.src_end + sec->src.beg,
		l.tgt_beg + sec->tgt.beg, l.tgt_end + sec->tgt.beg,
		(float)(sure * (double)l.score), 1 };
}

static int cmp_link(const void *x, const void *y)
{
	const struct link *a = x, *b = y;

	if (a->src_beg != b->src_beg)
		return a->src_beg < b->src_beg ? -1 : 1;
	if (a->src_end != b->src_end) /* target items alone come first */
		return a->src_end < b->src_end ? -1 : 1;
	return (a->tgt_beg > b->tgt_beg) - (a->tgt_beg < b->tgt_beg);
}

static void take_section(
	struct links *to, size_t *cap, struct taken *t, const struct section *sec)
{
	for (size_t k = 0; k < sec->links.n; k++) {
		struct link l = shifted(sec->links.v[k], sec);

		if (is_alone(&l, 0) || is_alone(&l, 1) || !is_free(t, &l))
			continue;
		AMTS_VEC_PUSH(to->v, to->n, *cap, l);
		memset(t->src + l.src_beg, 1, l.src_end - l.src_beg);
		memset(t->tgt + l.tgt_beg, 1, l.tgt_end - l.tgt_beg);
	}
}

/* The path without what has been found elsewhere, and what has been found. */
static void merge(struct links *l, struct links *found, const struct taken *t)
{
	size_t n = 0;

	for (size_t k = 0; k < l->n; k++)
		if (is_free(t, &l->v[k]))
			l->v[n++] = l->v[k];
	l->v = amts_realloc(l->v, (n + found->n) * sizeof(*l->v));
	memcpy(l->v + n, found->v, found->n * sizeof(*l->v));
	l->n = n + found->n;
	qsort(l->v, l->n, sizeof(*l->v), cmp_link);
	for (size_t k = 0; k < found->n; k++)
		AMTS_VEC_PUSH(l->all, l->nall, l->all_cap, found->v[k]);
}

void search_moved(struct links *l, const struct search *s)
{
	struct runs a = runs_of(l, 0, s->src->n), b = runs_of(l, 1, s->tgt->n);
	struct section *sections;
	size_t n = find_sections(&sections, s, &a, &b), cap = 0;
	struct taken t = { amts_calloc(s->src->n, 1), amts_calloc(s->tgt->n, 1) };
	struct links found = { 0 };

	for (size_t k = 0; k < n; k++)
		take_section(&found, &cap, &t, &sections[k]);
	if (found.n)
		merge(l, &found, &t);
	for (size_t k = 0; k < n; k++)
		links_release(&sections[k].links);
	free(found.v);
	free(sections);
	free(t.src);
	free(t.tgt);
	free(a.v);
	free(b.v);
}
