#include "sync/evidence.h"

#include "base/alloc.h"
#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void collect(
	struct amts_evidence *ev, const struct amts_traits *versions, size_t n)
{
	struct amts_map index = { NULL, 0, 0 };
	size_t v, i, total = 0, cap = 0;

	for (v = 0; v < n; v++)
		total += versions[v].n;
	ev->list = amts_calloc(total + 1, sizeof(*ev->list));
	ev->first = amts_calloc(n + 1, sizeof(*ev->first));
	ev->nversions = n;
	for (v = 0, total = 0; v < n; v++) {
		for (i = 0; i < versions[v].n; i++) {
			uint64_t t = versions[v].v[i];
			size_t at = amts_map_add(&index, t, ev->ntraits);

			if (at == ev->ntraits)
				AMTS_VEC_PUSH(ev->trait, ev->ntraits, cap, t);
			ev->list[total++] = (uint32_t)at;
		}
		ev->first[v + 1] = total;
	}
	amts_map_release(&index);
}

/* Traits that came and went together are one piece of evidence, not many. */
static void group(struct amts_evidence *ev)
{
	uint64_t *pattern = amts_calloc(ev->ntraits + 1, sizeof(*pattern));
	struct amts_map index = { NULL, 0, 0 };
	size_t v, i;

	for (v = 0; v < ev->nversions; v++)
		for (i = ev->first[v]; i < ev->first[v + 1]; i++)
			pattern[ev->list[i]] +=
				((uint64_t)v + 1) * 0x9e3779b97f4a7c15ULL ^ (v << 7);
	ev->group = amts_calloc(ev->ntraits + 1, sizeof(*ev->group));
	for (i = 0; i < ev->ntraits; i++) {
		ev->group[i] = amts_map_add(&index, pattern[i], ev->ngroups);
		ev->ngroups += ev->group[i] == ev->ngroups;
	}
	amts_map_release(&index);
	free(pattern);
}

static int has(const struct amts_traits *t, uint64_t trait)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->v[mid] < trait)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n && t->v[lo] == trait;
}

void amts_evidence_init(struct amts_evidence *ev, const struct amts_traits *versions,
	size_t n, const struct amts_traits tgt[AMTS_VIEWS])
{
	size_t i, k;

	memset(ev, 0, sizeof(*ev));
	collect(ev, versions, n);
	group(ev);
	ev->shared = amts_calloc(ev->ntraits + 1, 1);
	for (i = 0; i < ev->ntraits; i++)
		for (k = 0; k < AMTS_VIEWS; k++)
			ev->shared[i] |= (unsigned char)(has(&tgt[k], ev->trait[i]) << k);
}

void amts_evidence_release(struct amts_evidence *ev)
{
	free(ev->trait);
	free(ev->shared);
	free(ev->group);
	free(ev->list);
	free(ev->first);
	memset(ev, 0, sizeof(*ev));
}

struct count {
	double n, yes;
};

struct amts_habits {
	double keep[AMTS_TRAIT_KINDS], add[AMTS_TRAIT_KINDS];
	struct count kept[AMTS_TRAIT_KINDS], added[AMTS_TRAIT_KINDS];
	struct amts_map index; /* trait: its count */
	struct count *v;
	size_t n, cap;
};

/* What to believe of a kind before anything was seen, and how many sightings that is
 * worth: a rough guess that a few files overrule. */
#define KEEP_GUESS 0.8
#define ADD_GUESS 0.05
#define GUESS_WEIGHT 20.0
#define TRAIT_WEIGHT 4.0 /* sightings that the rate of its kind is worth to one trait */

struct amts_habits *amts_habits_new(void)
{
	struct amts_habits *h = amts_calloc(1, sizeof(*h));

	amts_habits_update(h);
	return h;
}

void amts_habits_free(struct amts_habits *h)
{
	if (!h)
		return;
	amts_map_release(&h->index);
	free(h->v);
	free(h);
}

void amts_habits_clear(struct amts_habits *h)
{
	memset(h->kept, 0, sizeof(h->kept));
	memset(h->added, 0, sizeof(h->added));
	amts_map_release(&h->index);
	h->n = 0;
}

static void see(struct amts_habits *h, uint64_t trait, int shared)
{
	size_t at = amts_map_add(&h->index, trait, h->n);
	struct count none = { 0, 0 };

	if (at == h->n)
		AMTS_VEC_PUSH(h->v, h->n, h->cap, none);
	h->v[at].n++;
	h->v[at].yes += shared;
}

void amts_habits_learn(struct amts_habits *h, const struct amts_evidence *ev, size_t base,
	size_t code_view)
{
	unsigned char *in = amts_calloc(ev->ntraits + 1, 1);
	size_t i;

	for (i = ev->first[base]; i < ev->first[base + 1]; i++)
		in[ev->list[i]] = 1;
	for (i = 0; i < ev->ntraits; i++) {
		struct count *c = in[i] ? h->kept : h->added;
		size_t view = amts_trait_of_code(ev->trait[i]) ? code_view : 0;
		int shared = ev->shared[i] >> view & 1;

		c += amts_trait_kind(ev->trait[i]);
		c->n++;
		c->yes += shared;
		if (in[i])
			see(h, ev->trait[i], shared);
	}
	free(in);
}

static double rate(struct count c, double guess, double weight)
{
	return (c.yes + guess * weight) / (c.n + weight);
}

void amts_habits_update(struct amts_habits *h)
{
	size_t k;

	for (k = 0; k < AMTS_TRAIT_KINDS; k++) {
		h->keep[k] = rate(h->kept[k], KEEP_GUESS, GUESS_WEIGHT);
		h->add[k] = rate(h->added[k], ADD_GUESS, GUESS_WEIGHT);
	}
}

static double keep_rate(const struct amts_habits *h, uint64_t trait)
{
	double kind = h->keep[amts_trait_kind(trait)];
	size_t at = amts_map_get(&h->index, trait);

	return at == AMTS_MAP_NONE ? kind : rate(h->v[at], kind, TRAIT_WEIGHT);
}

/* Log of how much likelier the translation is to have, or to lack, a trait when its base
 * has it than when not. */
static double weight(const struct amts_habits *h, uint64_t trait, int shared)
{
	double keep = keep_rate(h, trait), add = h->add[amts_trait_kind(trait)];

	return shared ? log(keep / add) : log((1 - keep) / (1 - add));
}

/*
 * Traits are not independent, as naive Bayes has it: those that came and went in the same
 * commits are one piece of evidence, and the pieces of one file often go together.  The
 * discount was set on d2l-zh and d2l-tr (tests/bench/infer): from 0.15 to 1 the bases
 * found change little, the confidence is right at about 0.3.
 */
#define INDEPENDENCE 0.3

static double *shares(const struct amts_evidence *ev)
{
	double *share = amts_calloc(ev->ntraits + 1, sizeof(*share));
	double *size = amts_calloc(ev->ngroups + 1, sizeof(*size));
	size_t i;

	for (i = 0; i < ev->ntraits; i++)
		size[ev->group[i]]++;
	for (i = 0; i < ev->ntraits; i++)
		share[i] = INDEPENDENCE / size[ev->group[i]];
	free(size);
	return share;
}

static void weigh_view(double *fit, const struct amts_evidence *ev,
	const struct amts_habits *h, const double *share, size_t view, int of_code)
{
	double *w = amts_calloc(ev->ntraits + 1, sizeof(*w));
	size_t v, i;

	for (i = 0; i < ev->ntraits; i++)
		if (amts_trait_of_code(ev->trait[i]) == of_code)
			w[i] = share[i] *
			       weight(h, ev->trait[i], ev->shared[i] >> view & 1);
	for (v = 0; v < ev->nversions; v++) {
		fit[v] = 0;
		for (i = ev->first[v]; i < ev->first[v + 1]; i++)
			fit[v] += w[ev->list[i]];
	}
	free(w);
}

void amts_evidence_weigh(double *text, double *code[AMTS_VIEWS],
	const struct amts_evidence *ev, const struct amts_habits *h)
{
	double *share = shares(ev);
	size_t k;

	weigh_view(text, ev, h, share, 0, 0);
	for (k = 0; k < AMTS_VIEWS; k++)
		weigh_view(code[k], ev, h, share, k, 1);
	free(share);
}

double amts_evidence_relation(
	const struct amts_evidence *ev, size_t version, const struct amts_habits *h)
{
	double sum = 0;
	size_t i;

	for (i = ev->first[version]; i < ev->first[version + 1]; i++)
		sum += weight(h, ev->trait[ev->list[i]], ev->shared[ev->list[i]] & 1);
	return sum;
}
