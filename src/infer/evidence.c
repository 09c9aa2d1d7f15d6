#include "infer/evidence.h"
#include "infer/params.h"

#include "base/alloc.h"
#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of traits, made as they come up. */
struct index {
	struct amts_map map;
	size_t cap, nlist, cap_list;
};

static void put(struct amts_evidence *ev, struct index *in, uint64_t trait)
{
	size_t at = amts_map_add(&in->map, trait, ev->ntraits);

	if (at == ev->ntraits)
		AMTS_VEC_PUSH(ev->trait, ev->ntraits, in->cap, trait);
	AMTS_VEC_PUSH(ev->list, in->nlist, in->cap_list, (uint32_t)at);
}

/* Traits of a that b does not have; both ascend. */
static void put_missing(struct amts_evidence *ev, struct index *in,
	const struct amts_traits *a, const struct amts_traits *b)
{
	size_t i, j = 0;

	for (i = 0; i < a->n; i++) {
		while (j < b->n && b->v[j] < a->v[i])
			j++;
		if (j == b->n || b->v[j] != a->v[i])
			put(ev, in, a->v[i]);
	}
}

static void list_steps(struct amts_evidence *ev, const struct amts_versions *versions,
	const struct amts_traits *traits)
{
	const struct amts_traits nothing = { NULL, 0 };
	struct index in = { .cap = 0 };
	size_t v;

	ev->nversions = versions->n;
	ev->steps = amts_calloc(versions->n + 1, sizeof(*ev->steps));
	for (v = 0; v < versions->n; v++) {
		struct amts_evidence_step *s = &ev->steps[v];
		const struct amts_traits *before;

		s->before = versions->v[v].before;
		before = v ? &traits[s->before] : &nothing;
		s->gained = in.nlist;
		put_missing(ev, &in, &traits[v], before);
		s->lost = in.nlist;
		put_missing(ev, &in, before, &traits[v]);
		s->end = in.nlist;
	}
	amts_map_release(&in.map);
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

void amts_evidence_init(struct amts_evidence *ev, const struct amts_versions *versions,
	const struct amts_traits *traits, const struct amts_traits tgt[AMTS_VIEWS])
{
	size_t i, k;

	memset(ev, 0, sizeof(*ev));
	list_steps(ev, versions, traits);
	ev->shared = amts_calloc(ev->ntraits + 1, 1);
	ev->words = amts_calloc(ev->ntraits + 1, sizeof(*ev->words));
	for (i = 0; i < ev->ntraits; i++)
		for (k = 0; k < AMTS_VIEWS; k++)
			ev->shared[i] |= (unsigned char)(has(&tgt[k], ev->trait[i]) << k);
}

void amts_evidence_release(struct amts_evidence *ev)
{
	free(ev->trait);
	free(ev->shared);
	free(ev->words);
	free(ev->steps);
	free(ev->list);
	memset(ev, 0, sizeof(*ev));
}

/* A byte a trait: whether the version has it.  Caller frees. */
static unsigned char *traits_of(const struct amts_evidence *ev, size_t version)
{
	unsigned char *in = amts_calloc(ev->ntraits + 1, 1);
	size_t *path = amts_calloc(ev->nversions + 1, sizeof(*path)), n = 0, i;

	for (path[n++] = version; version; path[n++] = version)
		version = ev->steps[version].before;
	while (n-- > 0) {
		const struct amts_evidence_step *s = &ev->steps[path[n]];

		for (i = s->gained; i < s->end; i++)
			in[ev->list[i]] = i < s->lost;
	}
	free(path);
	return in;
}

static int is_words(const struct amts_evidence *ev, size_t trait)
{
	return amts_trait_kind(ev->trait[trait]) == AMTS_TRAIT_WORDS;
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
	unsigned char *in = traits_of(ev, base);
	size_t i;

	for (i = 0; i < ev->ntraits; i++) {
		struct count *c = in[i] ? h->kept : h->added;
		size_t view = amts_trait_of_code(ev->trait[i]) ? code_view : 0;
		int shared = ev->shared[i] >> view & 1;

		if (is_words(ev, i))
			continue;
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

/* Of the evidence of a commit that changed n traits. */
static double discount(double sum, size_t n)
{
	return n ? INDEPENDENCE * sum / pow((double)n, TOGETHER) : 0;
}

enum part { TEXT, WORDS, CODE };

static enum part part_of(uint64_t trait)
{
	if (amts_trait_kind(trait) == AMTS_TRAIT_WORDS)
		return WORDS;
	return amts_trait_of_code(trait) ? CODE : TEXT;
}

/* What one part of the step to a version says for it. */
static double step_weight(const struct amts_evidence *ev, const struct amts_habits *h,
	const struct amts_evidence_step *s, size_t view, enum part part)
{
	double sum = 0;
	size_t i, n = 0;

	for (i = s->gained; i < s->end; i++) {
		size_t t = ev->list[i];
		double w;

		if (part_of(ev->trait[t]) != part)
			continue;
		w = part == WORDS ? ev->words[t]
				  : weight(h, ev->trait[t], ev->shared[t] >> view & 1);
		sum += i < s->lost ? w : -w;
		n++;
	}
	return discount(sum, n);
}

void amts_evidence_weigh(double *text, double *code[AMTS_VIEWS],
	const struct amts_evidence *ev, const struct amts_habits *h)
{
	size_t v, k;

	for (v = 0; v < ev->nversions; v++) {
		const struct amts_evidence_step *s = &ev->steps[v];

		text[v] = v ? text[s->before] + step_weight(ev, h, s, 0, TEXT) +
					  step_weight(ev, h, s, 0, WORDS)
			    : 0;
		for (k = 0; k < AMTS_VIEWS; k++)
			code[k][v] =
				v ? code[k][s->before] + step_weight(ev, h, s, k, CODE)
				  : 0;
	}
}

double amts_evidence_relation(
	const struct amts_evidence *ev, size_t version, const struct amts_habits *h)
{
	unsigned char *in = traits_of(ev, version);
	double sum = 0;
	size_t t;

	for (t = 0; t < ev->ntraits; t++)
		if (in[t] && !is_words(ev, t))
			sum += weight(h, ev->trait[t], ev->shared[t] & 1);
	free(in);
	return sum;
}
