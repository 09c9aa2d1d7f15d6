#include "amts/corpus.h"

static const char *const names[AMTS_DROPS] = { "", "score" };

const char *amts_drop_name(enum amts_drop drop)
{
	return names[drop];
}

static enum amts_drop judge(
	const struct amts_corpus_pair *p, const struct amts_corpus_filter *filter)
{
	return p->score < filter->min_score ? AMTS_DROP_SCORE : AMTS_DROP_NONE;
}

void amts_corpus_filter(struct amts_corpus *corpus, size_t counts[AMTS_DROPS],
	const struct amts_corpus_filter *filter)
{
	size_t i, n = 0;

	for (i = 0; i < AMTS_DROPS; i++)
		counts[i] = 0;
	for (i = 0; i < corpus->n; i++) {
		enum amts_drop why = judge(&corpus->v[i], filter);

		counts[why]++;
		if (!why)
			corpus->v[n++] = corpus->v[i];
	}
	corpus->n = n;
}
