/* Which articles are translated, and what of the parallel data has nothing of them. */
#include "base/alloc.h"
#include "base/map.h"
#include "base/wildmatch.h"
#include "experiment/experiment.h"
#include "experiment/leaks.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#include <stdlib.h>

/* Of the aligned sentences of d2l-zh 99 % of those that are so sure are right; see
 * mt/memory.c. */
#define SURE .8

static uint64_t path_key(struct amts_str path)
{
	return amts_str_hash(path, AMTS_HASH_SEED);
}

/* ---- articles ---- */

static int is_article(const struct amts_file *f)
{
	return f->tgt_path.n && f->base.hex[0] && f->target.hex[0] && !f->conflicted;
}

static int matches(const char *pattern, const struct amts_file *f)
{
	return amts_wildmatch(amts_str_z(pattern), f->tgt_path) ||
	       amts_wildmatch(amts_str_z(pattern), f->src_path);
}

static int read_article(struct amts_corpus_input *out, struct experiment *x,
	const struct amts_file *f, struct amts_error *err)
{
	int rc = amts_base_read(&out->src, x->arena, x->sync, &f->base, err);

	out->path = amts_arena_str(x->arena, f->tgt_path);
	return rc ? rc
		  : amts_repo_blob(&out->tgt, x->arena, x->sync->tgt, &f->target, err);
}

static int choose_pattern(struct amts_corpus_input *in, size_t *n, struct amts_map *held,
	struct experiment *x, const char *pattern, struct amts_error *err)
{
	size_t i, nfiles, found = 0;
	const struct amts_file *f = amts_sync_files(x->sync, &nfiles);
	int rc = amts_wildmatch_check(amts_str_z(pattern), err);

	for (i = 0; !rc && i < nfiles; i++) {
		if (!is_article(&f[i]) || !matches(pattern, &f[i]))
			continue;
		found++;
		if (amts_map_add(held, path_key(f[i].tgt_path), *n) == *n)
			rc = read_article(&in[(*n)++], x, &f[i], err);
	}
	if (!rc && !found)
		return amts_fail(err, AMTS_ENOTFOUND,
			"'%s' is no article with a translation whose source is known",
			pattern);
	return rc;
}

/* Read them and their sentences.  held: their paths. */
static int choose(struct amts_map *held, struct experiment *x, struct amts_error *err)
{
	struct amts_corpus_input *in;
	size_t i, nfiles, n = 0;
	int rc = AMTS_OK;

	amts_sync_files(x->sync, &nfiles);
	in = AMTS_NEW(x->arena, struct amts_corpus_input, nfiles + 1);
	for (i = 0; !rc && i < x->opt->narticles; i++)
		rc = choose_pattern(in, &n, held, x, x->opt->articles[i], err);
	if (rc)
		return rc;
	x->out->n = n;
	x->out->v = AMTS_NEW(x->arena, struct amts_experiment_article, n + 1);
	for (i = 0; i < n; i++)
		x->out->v[i].path = in[i].path;
	return amts_corpus_collect(&x->test, x->arena, x->sync->project->cfg.src_lang,
		x->sync->info.lang, in, n, AMTS_UNIT_SENTENCE, SURE, 0, err);
}

/* ---- their history ---- */

/* Add every path that an article had. */
static int hold_history(
	struct amts_map *held, struct experiment *x, struct amts_error *err)
{
	struct amts_revision *v;
	size_t i, n, *first;
	char *is_held;
	int rc = amts_revisions_find(&v, &n, x->arena, x->sync, err);

	if (rc)
		return rc;
	first = AMTS_NEW(x->arena, size_t, n + 1);
	is_held = AMTS_NEW(x->arena, char, n + 1);
	for (i = 0; i < n; i++) {
		first[i] = v[i].before == AMTS_REVISION_FIRST ? i : first[v[i].before];
		if (amts_map_get(held, path_key(v[i].path)) != AMTS_MAP_NONE)
			is_held[first[i]] = 1;
	}
	for (i = 0; i < n; i++)
		if (is_held[first[i]])
			amts_map_add(held, path_key(v[i].path), i);
	return AMTS_OK;
}

/* ---- parallel data ---- */

struct sieve {
	struct amts_map held;
	struct leaks *src, *tgt;
};

static void drop_held(
	struct amts_corpus *c, struct amts_experiment_data *d, const struct sieve *s)
{
	size_t i, n = 0;

	for (i = 0; i < c->n; i++)
		if (amts_map_get(&s->held, path_key(c->v[i].path)) == AMTS_MAP_NONE)
			c->v[n++] = c->v[i];
	d->held = c->n - n;
	c->n = n;
}

static int drop_useless(
	struct amts_corpus *c, struct amts_experiment_data *d, struct amts_error *err)
{
	const struct amts_corpus_filter filter = { 0 };
	enum amts_drop *why = amts_calloc(c->n + 1, sizeof(*why));
	size_t counts[AMTS_DROPS], before = c->n;
	int rc = amts_corpus_filter(why, c, &filter, err);

	if (!rc)
		amts_corpus_drop(c, counts, why);
	d->useless = before - c->n;
	free(why);
	return rc;
}

static int drop_leaks(struct amts_corpus *c, struct amts_experiment_data *d,
	struct sieve *s, struct amts_error *err)
{
	size_t i, n = 0;
	int found, rc = AMTS_OK;

	for (i = 0; !rc && i < c->n; i++) {
		rc = leaks_find(&found, s->src, c->v[i].src, err);
		if (!rc && !found)
			rc = leaks_find(&found, s->tgt, c->v[i].tgt, err);
		if (!rc && !found)
			c->v[n++] = c->v[i];
	}
	d->leaks = c->n - n;
	c->n = n;
	d->pairs = n;
	return rc;
}

static int sift(struct experiment *x, struct sieve *s, struct amts_error *err)
{
	size_t i;
	int k, rc = AMTS_OK;

	for (i = 0; !rc && i < x->test.n; i++) {
		rc = leaks_add(s->src, x->test.v[i].src, err);
		if (!rc)
			rc = leaks_add(s->tgt, x->test.v[i].tgt, err);
	}
	for (k = AMTS_SYSTEM_PARAGRAPHS; !rc && k < AMTS_SYSTEMS; k++) {
		drop_held(&x->data[k], &x->out->data[k], s);
		rc = drop_useless(&x->data[k], &x->out->data[k], err);
		if (!rc)
			rc = drop_leaks(&x->data[k], &x->out->data[k], s, err);
	}
	return rc;
}

int experiment_prepare(struct experiment *x, struct amts_error *err)
{
	struct sieve s = { .src = leaks_new(x->sync->project->cfg.src_lang),
		.tgt = leaks_new(x->sync->info.lang) };
	int rc = amts_sync_corpus(&x->data[AMTS_SYSTEM_PARAGRAPHS], x->arena, x->sync,
		AMTS_UNIT_PARAGRAPH, x->opt->progress, err);

	if (!rc)
		rc = amts_sync_corpus(&x->data[AMTS_SYSTEM_SENTENCES], x->arena, x->sync,
			AMTS_UNIT_SENTENCE, x->opt->progress, err);
	if (!rc)
		rc = choose(&s.held, x, err);
	if (!rc)
		rc = hold_history(&s.held, x, err);
	if (!rc)
		rc = sift(x, &s, err);
	amts_map_release(&s.held);
	leaks_free(s.src);
	leaks_free(s.tgt);
	return rc;
}
