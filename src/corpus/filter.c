/*
 * What is no good as parallel data.  Nothing is known of the languages: what is usual is
 * learnt from the pairs themselves.
 */
#include "align/parallel.h"
#include "base/alloc.h"
#include "base/map.h"
#include "corpus/features.h"

#include "amts/corpus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[AMTS_DROPS] = { "", "older", "rewritten", "unreviewed",
	"score", "untranslated", "language", "markup", "placeholders", "numbers", "names",
	"length", "limit", "duplicate" };

const char *amts_drop_name(enum amts_drop drop)
{
	return names[drop];
}

/* Of the bytes of the source, when it has few letters: a link or a formula, no sentence.
 */
#define MARKUP_SHARE .7
#define MARKUP_LETTERS 12
/* Fewer pairs do not say what is usual. */
#define FEW_PAIRS 50
/* Standard deviations of the logarithm of the ratio of lengths. */
#define LENGTH_LIMIT 4.5
/* ... which are so many at least: a book in one voice says little of the next one. */
#define LENGTH_DEVIATION .25
/* Short texts vary more: as if so many characters were added to both sides. */
#define LENGTH_PAD 8
/* Mean log odds of a trigram, how many of them a text must have to be judged, and which
 * share of them may be of the right language: names and terms are given in both. */
#define LANGUAGE_ODDS 1.0
#define LANGUAGE_TRIGRAMS 15
#define LANGUAGE_SHARE .1

struct judged {
	enum amts_drop drop;	  /* before its words are looked at */
	struct amts_arena *arena; /* NULL when they are not */
	struct corpus_features side[2];
	double ratio; /* log of target's to source's length */
	struct amts_error err;
	int rc;
};

struct filtering {
	const struct amts_corpus *corpus;
	const struct amts_corpus_filter *filter;
	struct judged *v;
	struct corpus_trigrams trigrams;
	size_t n;		/* pairs whose words were looked at */
	double mean, deviation; /* of their ratios */
	struct amts_map seen;	/* words of both sides: the first pair that has them */
	size_t *best;		/* of such a pair: the one that stays */
	enum amts_drop *why;
};

/* What is said without looking at the words. */
static enum amts_drop judge_origin(const struct filtering *f, size_t i)
{
	const struct amts_corpus_pair *p = &f->corpus->v[i];

	switch (p->standing) {
	case AMTS_PAIR_OLDER:
		return AMTS_DROP_OLDER;
	case AMTS_PAIR_REWRITTEN:
		return AMTS_DROP_REWRITTEN;
	case AMTS_PAIR_UNREVIEWED:
		return AMTS_DROP_UNREVIEWED;
	default:
		return p->score < f->filter->min_score ? AMTS_DROP_SCORE : AMTS_DROP_NONE;
	}
}

static void look(void *ctx, size_t i)
{
	struct filtering *f = ctx;
	const struct amts_corpus_pair *p = &f->corpus->v[i];
	struct judged *j = &f->v[i];

	j->drop = judge_origin(f, i);
	if (j->drop)
		return;
	j->arena = amts_arena_new();
	j->rc = corpus_features_of(&j->side[0], j->arena, p->src, &j->err);
	if (!j->rc)
		j->rc = corpus_features_of(&j->side[1], j->arena, p->tgt, &j->err);
	j->ratio = log((double)(j->side[1].visible + LENGTH_PAD) /
		       (double)(j->side[0].visible + LENGTH_PAD));
}

/* The next pair that was looked at, from *i on; NULL at the end. */
static const struct judged *next(const struct filtering *f, size_t *i)
{
	while (*i < f->corpus->n && f->v[*i].drop)
		++*i;
	return *i < f->corpus->n ? &f->v[(*i)++] : NULL;
}

static void learn(struct filtering *f)
{
	const struct judged *j;
	double sum = 0, squares = 0;
	size_t i;

	for (i = 0; (j = next(f, &i)); f->n++) {
		sum += j->ratio;
		squares += j->ratio * j->ratio;
		if (amts_str_eq(j->side[0].words, j->side[1].words))
			continue; /* teaches the target's language the source's */
		corpus_trigrams_add(&f->trigrams, 0, j->side[0].words);
		corpus_trigrams_add(&f->trigrams, 1, j->side[1].words);
	}
	corpus_trigrams_ready(&f->trigrams);
	if (!f->n)
		return;
	f->mean = sum / (double)f->n;
	squares = squares / (double)f->n - f->mean * f->mean;
	f->deviation = LENGTH_DEVIATION;
	if (squares > f->deviation * f->deviation)
		f->deviation = sqrt(squares);
}

static int is_markup(const struct judged *j, struct amts_str src)
{
	const struct corpus_features *s = &j->side[0];

	return !s->letters || !j->side[1].letters ||
	       (s->letters < MARKUP_LETTERS &&
		       (double)s->markup > MARKUP_SHARE * (double)src.n);
}

/* Is a side written in the language of the other? */
static int is_wrong_language(const struct filtering *f, const struct judged *j)
{
	int side;

	for (side = 0; side < 2 && f->n >= FEW_PAIRS; side++) {
		struct corpus_odds o =
			corpus_trigrams_odds(&f->trigrams, j->side[side].words);

		if (o.n >= LANGUAGE_TRIGRAMS &&
			(side ? -o.mean : o.mean) > LANGUAGE_ODDS &&
			(double)o.side[side] < LANGUAGE_SHARE * (double)o.n)
			return 1;
	}
	return 0;
}

/* The first one stays, or the first that people corrected. */
static int is_duplicate(struct filtering *f, const struct judged *j, size_t i)
{
	uint64_t key = amts_str_hash(j->side[1].words,
		amts_str_hash(
			AMTS_STR("\n"), amts_str_hash(j->side[0].words, AMTS_HASH_SEED)));
	size_t first = amts_map_add(&f->seen, key, i), *best = &f->best[first];

	if (first == i)
		*best = i;
	else if (f->corpus->v[i].corrected && !f->corpus->v[*best].corrected) {
		f->why[*best] = AMTS_DROP_DUPLICATE;
		*best = i;
	}
	return *best != i;
}

static enum amts_drop judge(struct filtering *f, size_t i)
{
	const struct amts_corpus_pair *p = &f->corpus->v[i];
	const struct judged *j = &f->v[i];
	size_t max = f->filter->max_bytes;

	if (j->drop)
		return j->drop;
	if (is_markup(j, p->src))
		return AMTS_DROP_MARKUP;
	if (amts_str_eq(j->side[0].words, j->side[1].words))
		return AMTS_DROP_UNTRANSLATED;
	if (is_wrong_language(f, j))
		return AMTS_DROP_LANGUAGE;
	if (!corpus_has_placeholders(&j->side[0], &j->side[1]) ||
		!corpus_has_placeholders(&j->side[1], &j->side[0]))
		return AMTS_DROP_PLACEHOLDERS;
	if (!corpus_same_numbers(&j->side[0], &j->side[1]))
		return AMTS_DROP_NUMBERS;
	if (corpus_names_differ(&j->side[0], &j->side[1]))
		return AMTS_DROP_NAMES;
	if (f->n >= FEW_PAIRS && fabs(j->ratio - f->mean) > LENGTH_LIMIT * f->deviation)
		return AMTS_DROP_LENGTH;
	if (max && (p->src.n > max || p->tgt.n > max))
		return AMTS_DROP_LIMIT;
	return is_duplicate(f, j, i) ? AMTS_DROP_DUPLICATE : AMTS_DROP_NONE;
}

int amts_corpus_filter(enum amts_drop *why, const struct amts_corpus *corpus,
	const struct amts_corpus_filter *filter, struct amts_error *err)
{
	struct filtering f = { .corpus = corpus, .filter = filter, .why = why };
	size_t i;
	int rc = AMTS_OK;

	f.v = amts_calloc(corpus->n + 1, sizeof(*f.v));
	f.best = amts_calloc(corpus->n + 1, sizeof(*f.best));
	align_parallel(filter->threads, corpus->n, look, &f);
	for (i = 0; !rc && i < corpus->n; i++)
		if ((rc = f.v[i].rc))
			*err = f.v[i].err;
	if (!rc) {
		learn(&f);
		for (i = 0; i < corpus->n; i++)
			why[i] = judge(&f, i);
	}
	for (i = 0; i < corpus->n; i++)
		amts_arena_free(f.v[i].arena);
	corpus_trigrams_release(&f.trigrams);
	amts_map_release(&f.seen);
	free(f.v);
	free(f.best);
	return rc;
}

void amts_corpus_drop(
	struct amts_corpus *corpus, size_t counts[AMTS_DROPS], const enum amts_drop *why)
{
	size_t i, n = 0;

	memset(counts, 0, AMTS_DROPS * sizeof(*counts));
	for (i = 0; i < corpus->n; i++) {
		counts[why[i]]++;
		if (!why[i])
			corpus->v[n++] = corpus->v[i];
	}
	corpus->n = n;
}
