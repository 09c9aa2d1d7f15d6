/* The history of a target, replayed revision by revision. */
#include "align/parallel.h"
#include "base/wildmatch.h"
#include "sync/markers.h"
#include "sync/revisions.h"
#include "sync/sync.h"
#include "sync/tongue.h"

#include "amts/replay.h"

#include <stdlib.h>

/* So many cases are read, then replayed in threads. */
#define BATCH 64

/* A page is translated from this share of text on that the source has not; measured in
 * sync/merge.c. */
#define TRANSLATED 0.1

struct replay_job {
	struct amts_arena *arena;
	struct amts_replay_input in;
	struct amts_replayed *out;
	struct amts_error err;
	int rc;
};

struct replaying {
	struct amts_sync *s;
	const struct amts_replay_options *opt;
	const struct amts_revision *v; /* all */
	size_t *cases;		       /* indices of those that follow a newer source */
	size_t n;
};

static int is_wanted(const struct amts_revision *r, const struct amts_replay_options *opt)
{
	size_t i;

	for (i = 0; i < opt->npaths; i++)
		if (amts_wildmatch(amts_str_z(opt->paths[i]), r->path))
			return 1;
	return !opt->npaths;
}

static int is_case(const struct replaying *x, const struct amts_revision *r)
{
	return r->before != AMTS_REVISION_FIRST && !r->draft && is_wanted(r, x->opt) &&
	       !amts_oid_eq(&x->v[r->before].src, &r->src) &&
	       !amts_oid_eq(&x->v[r->before].tgt, &r->tgt);
}

static int read_job(struct replay_job *j, const struct replaying *x,
	const struct amts_revision *r, struct amts_error *err)
{
	const struct amts_revision *old = &x->v[r->before];
	struct amts_sync *s = x->s;
	int rc = amts_base_read(&j->in.base, j->arena, s, &old->src, err);

	if (!rc)
		rc = amts_base_read(&j->in.head, j->arena, s, &r->src, err);
	if (!rc)
		rc = amts_repo_blob(&j->in.target, j->arena, s->tgt, &old->tgt, err);
	if (!rc)
		rc = amts_repo_blob(&j->in.people, j->arena, s->tgt, &r->tgt, err);
	j->in.src_lang = s->project->cfg.src_lang;
	j->in.tgt_lang = s->target->lang;
	j->in.path = amts_arena_z(j->arena, r->path);
	return rc;
}

/* Was the page a translation, both before and after?  A first translation is no sync, a
 * page in the source language is git's to merge, and texts with committed conflicts are
 * no work of people to compare with. */
static int is_sync(int *out, const struct replay_job *j, struct amts_error *err)
{
	struct amts_tongue source = { .lang = j->in.tgt_lang };
	double before = 0, after = 0;
	int rc = amts_tongue_add(&source, j->in.base, err);

	if (!rc)
		rc = amts_tongue_add(&source, j->in.head, err);
	if (!rc)
		rc = amts_tongue_foreign(&before, &source, j->in.target, err);
	if (!rc)
		rc = amts_tongue_foreign(&after, &source, j->in.people, err);
	amts_tongue_release(&source);
	*out = before >= TRANSLATED && after >= TRANSLATED &&
	       !amts_has_markers(j->in.target) && !amts_has_markers(j->in.people);
	return rc;
}

static void replay_one(void *ctx, size_t i)
{
	struct replay_job *j = (struct replay_job *)ctx + i;
	int wanted = 0;

	j->rc = is_sync(&wanted, j, &j->err);
	if (!j->rc && wanted)
		j->rc = amts_replay_case(&j->out->sums, &j->in, &j->err);
}

/* What cannot be planned is left as it was: all of the work is left, too. */
static void count_failure(struct amts_replayed *r)
{
	r->sums.cases = r->sums.failed = 1;
}

static int replay_batch(
	struct amts_replay *out, struct replaying *x, size_t from, struct amts_error *err)
{
	struct replay_job jobs[BATCH] = { 0 };
	size_t n = x->n - from < BATCH ? x->n - from : BATCH, i;
	int rc = AMTS_OK;

	for (i = 0; i < n; i++)
		jobs[i].arena = amts_arena_new();
	for (i = 0; !rc && i < n; i++) {
		const struct amts_revision *r = &x->v[x->cases[from + i]];

		jobs[i].out = &out->v[from + i];
		*jobs[i].out = (struct amts_replayed){
			.path = r->path, .commit = r->commit, .date = r->date
		};
		rc = read_job(&jobs[i], x, r, err);
	}
	if (!rc)
		align_parallel(0, n, replay_one, jobs);
	for (i = 0; i < n; i++) {
		if (!rc && jobs[i].rc)
			count_failure(jobs[i].out);
		amts_arena_free(jobs[i].arena);
	}
	return rc;
}

static int replay_all(
	struct amts_replay *out, struct replaying *x, struct amts_error *err)
{
	const struct amts_progress *p = x->opt->progress;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < x->n; i += BATCH) {
		if (p)
			p->fn(p->payload, "Replaying", i, x->n);
		rc = replay_batch(out, x, i, err);
	}
	return rc;
}

/* Cases that had nothing to compare are no cases. */
static void sum_up(struct amts_replay *out)
{
	size_t i, n = 0;

	for (i = 0; i < out->n; i++) {
		if (!out->v[i].sums.cases)
			continue;
		amts_replay_add(&out->total, &out->v[i].sums);
		out->v[n++] = out->v[i];
	}
	out->n = n;
}

int amts_replay_run(struct amts_replay *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_replay_options *opt,
	struct amts_error *err)
{
	struct replaying x = { .s = sync, .opt = opt };
	struct amts_revision *v;
	size_t n, i;
	int rc = amts_revisions_find(&v, &n, arena, sync, err);

	*out = (struct amts_replay){ .lang = sync->info.lang };
	if (rc)
		return rc;
	x.v = v;
	x.cases = AMTS_NEW(arena, size_t, n + 1);
	for (i = 0; i < n; i++)
		if (is_case(&x, &v[i]))
			x.cases[x.n++] = i;
	out->n = x.n;
	out->v = AMTS_NEW(arena, struct amts_replayed, x.n + 1);
	rc = replay_all(out, &x, err);
	if (!rc)
		sum_up(out);
	return rc;
}
