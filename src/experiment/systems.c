/* The systems of an experiment: what each makes of the articles, and how good that is. */
#include "amts/amazon.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "experiment/experiment.h"
#include "sync/sync.h"

#include <string.h>

struct scorers {
	struct amts_scorer *v[AMTS_EXPERIMENT_METRICS];
};

/* ---- directions ---- */

static void turn(struct amts_corpus *c)
{
	struct amts_str s;
	size_t i;

	for (i = 0; i < c->n; i++) {
		s = c->v[i].src;
		c->v[i].src = c->v[i].tgt;
		c->v[i].tgt = s;
	}
}

static void direct(struct experiment *x)
{
	const char *src = x->sync->project->cfg.src_lang, *tgt = x->sync->info.lang;
	int k;

	if (x->opt->reverse) {
		turn(&x->test);
		for (k = 0; k < AMTS_SYSTEMS; k++)
			turn(&x->data[k]);
	}
	x->out->src_lang =
		amts_arena_z(x->arena, amts_str_z(x->opt->reverse ? tgt : src));
	x->out->tgt_lang =
		amts_arena_z(x->arena, amts_str_z(x->opt->reverse ? src : tgt));
}

/* ---- translation ---- */

static int teach(struct amts_memory *mem, const struct experiment *x,
	const struct amts_corpus *data, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_bitext b;
	int rc;

	amts_corpus_bitext(&b, arena, data);
	rc = amts_memory_add(mem, x->out->src_lang, x->out->tgt_lang, b.v, b.n, err);
	amts_arena_free(arena);
	return rc;
}

static int translate(struct amts_mt_result *results, const struct experiment *x,
	struct amts_engine *e, struct amts_error *err)
{
	struct amts_mt_request *v =
		AMTS_NEW(x->arena, struct amts_mt_request, x->test.n + 1);
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < x->test.n; i++) {
		v[i].text = x->test.v[i].src;
		if (experiment_is_amazon(x))
			rc = experiment_protect(&v[i].text, x->arena, v[i].text, err);
		v[i].where = amts_arena_z(x->arena, x->test.v[i].path);
	}
	return rc ? rc : amts_engine_translate(e, x->arena, v, x->test.n, results, err);
}

static void add_cost(
	struct experiment *x, enum amts_system system, const struct amts_engine *e)
{
	const struct amts_amazon_cost *c = amts_amazon_cost(e);

	if (!c)
		return;
	x->out->data[system].characters = c->characters;
	x->out->cost += c->price;
}

static int run_system(struct amts_mt_result *results, struct experiment *x,
	enum amts_system system, struct amts_error *err)
{
	struct amts_engine *e = NULL;
	struct amts_memory *mem;
	int rc = amts_memory_open(&mem, NULL, err);

	if (rc)
		return rc;
	if (x->data[system].n)
		rc = teach(mem, x, &x->data[system], err);
	if (!rc)
		rc = experiment_engine(&e, x, mem, system, err);
	if (!rc)
		rc = translate(results, x, e, err);
	if (!rc)
		add_cost(x, system, e);
	amts_engine_free(e);
	amts_memory_free(mem);
	return rc;
}

/* ---- scores ---- */

static int by_character(const char *lang)
{
	return !strncmp(lang, "zh", 2) || !strncmp(lang, "ja", 2);
}

static void open_scorers(struct scorers *s, const char *lang)
{
	int chars = by_character(lang);
	struct amts_score_opts bleu = { .metric = AMTS_BLEU,
		.tokens = chars ? AMTS_BLEU_ZH : AMTS_BLEU_13A };
	struct amts_score_opts chrf = { .metric = AMTS_CHRF };
	struct amts_score_opts ter = {
		.metric = AMTS_TER, .ter_normalized = chars, .ter_asian = chars
	};

	s->v[AMTS_BY_BLEU] = amts_scorer_new(&bleu);
	s->v[AMTS_BY_CHRF] = amts_scorer_new(&chrf);
	s->v[AMTS_BY_TER] = amts_scorer_new(&ter);
}

static void close_scorers(struct scorers *s)
{
	int m;

	for (m = 0; m < AMTS_EXPERIMENT_METRICS; m++)
		amts_scorer_free(s->v[m]);
}

static int score_sentence(struct scorers *s, struct amts_str hyp, struct amts_str ref,
	struct amts_error *err)
{
	struct amts_buf h = AMTS_BUF_INIT, r = AMTS_BUF_INIT;
	struct amts_str people;
	int m, rc = experiment_prose(&h, hyp, err);

	if (!rc)
		rc = experiment_prose(&r, ref, err);
	people = amts_buf_str(&r);
	for (m = 0; !rc && m < AMTS_EXPERIMENT_METRICS; m++)
		rc = amts_scorer_add(s->v[m], amts_buf_str(&h), &people, 1, err);
	amts_buf_release(&h);
	amts_buf_release(&r);
	return rc;
}

/* Sentences from *at on that are of this article, or all; *at: where they end. */
static int score_article(struct amts_experiment_article *a, struct scorers *s,
	const struct experiment *x, enum amts_system system,
	const struct amts_mt_result *results, size_t *at, struct amts_error *err)
{
	const struct amts_corpus_pair *p = x->test.v;
	struct amts_score total;
	size_t i, beg = *at;
	int m, rc = AMTS_OK;

	for (i = beg; !rc && i < x->test.n; i++) {
		if (a->path.n && !amts_str_eq(p[i].path, a->path))
			break;
		a->translated[system] += results[i].origin != AMTS_MT_NONE;
		rc = score_sentence(s,
			results[i].origin == AMTS_MT_NONE ? p[i].src : results[i].text,
			p[i].tgt, err);
	}
	a->sentences = i - beg;
	*at = i;
	for (m = 0; !rc && a->sentences && m < AMTS_EXPERIMENT_METRICS; m++) {
		amts_scorer_total(&total, s->v[m]);
		a->score[system][m] = total.score;
	}
	return rc;
}

static int score_articles(const struct experiment *x, enum amts_system system,
	const struct amts_mt_result *results, struct amts_error *err)
{
	struct scorers s;
	size_t i, at = 0;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < x->out->n; i++) {
		open_scorers(&s, x->out->tgt_lang);
		rc = score_article(&x->out->v[i], &s, x, system, results, &at, err);
		close_scorers(&s);
	}
	return rc;
}

static void sign(struct experiment *x, const struct scorers *s)
{
	int m;

	for (m = 0; m < AMTS_EXPERIMENT_METRICS; m++) {
		struct amts_buf b = AMTS_BUF_INIT;

		amts_scorer_signature(&b, s->v[m], 0);
		x->out->signature[m] = amts_arena_str(x->arena, amts_buf_str(&b));
		amts_buf_release(&b);
	}
}

int experiment_measure(struct experiment *x, struct amts_error *err)
{
	struct scorers all[AMTS_SYSTEMS];
	struct amts_mt_result *results =
		AMTS_NEW(x->arena, struct amts_mt_result, x->test.n + 1);
	const struct amts_score_trials usual = { 0 };
	size_t at;
	int k, rc = AMTS_OK;

	direct(x);
	for (k = 0; k < AMTS_SYSTEMS; k++)
		open_scorers(&all[k], x->out->tgt_lang);
	for (k = 0; !rc && k < AMTS_SYSTEMS; k++) {
		if (x->opt->progress)
			x->opt->progress->fn(x->opt->progress->payload, "Translating",
				(size_t)k, AMTS_SYSTEMS);
		rc = run_system(results, x, (enum amts_system)k, err);
		at = 0;
		if (!rc)
			rc = score_articles(x, (enum amts_system)k, results, err);
		if (!rc)
			rc = score_article(&x->out->total, &all[k], x,
				(enum amts_system)k, results, &at, err);
		if (!rc && k)
			rc = amts_scorer_compare(&x->out->test[k], all[k].v[AMTS_BY_BLEU],
				all[AMTS_SYSTEM_PLAIN].v[AMTS_BY_BLEU], &usual, err);
	}
	if (!rc)
		sign(x, &all[0]);
	if (!rc)
		rc = experiment_clean_up(x, err);
	for (k = 0; k < AMTS_SYSTEMS; k++)
		close_scorers(&all[k]);
	return rc;
}
