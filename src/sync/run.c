#include "align/parallel.h"
#include "base/alloc.h"
#include "base/wildmatch.h"
#include "sync/work.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Documents in threads; progress is told from the calling one. */
struct batch {
	struct work *v;
	size_t n;
	void (*fn)(struct work *w);
	const char *what;
	const struct amts_progress *progress;
	pthread_t caller;
	atomic_size_t done;
};

static void do_one(void *ctx, size_t i)
{
	struct batch *b = ctx;
	size_t done;

	b->fn(&b->v[i]);
	done = atomic_fetch_add(&b->done, 1) + 1;
	if (b->progress && pthread_equal(pthread_self(), b->caller))
		b->progress->fn(b->progress->payload, b->what, done, b->n);
}

static void for_each(struct work *v, size_t n, void (*fn)(struct work *w),
	const char *what, const struct amts_progress *progress)
{
	struct batch b = { v, n, fn, what, progress, pthread_self(), 0 };

	align_parallel(0, n, do_one, &b);
}

static int is_wanted(const struct amts_file *f, const struct amts_sync_options *opt)
{
	size_t i;

	if (f->state != AMTS_FILE_STALE && f->state != AMTS_FILE_RENAMED)
		return 0;
	for (i = 0; i < opt->npaths; i++) {
		struct amts_str pattern = amts_str_z(opt->paths[i]);

		if (amts_wildmatch(pattern, f->src_path) ||
			amts_wildmatch(pattern, f->tgt_path))
			return 1;
	}
	return !opt->npaths;
}

static int check_paths(const struct amts_sync_options *opt, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < opt->npaths; i++)
		rc = amts_wildmatch_check(amts_str_z(opt->paths[i]), err);
	return rc;
}

/* What would make the commits fail in the end. */
static int check_commits(struct amts_sync *s, struct amts_error *err)
{
	struct amts_ident who;
	int rc;

	amts_config_ident(&who, &s->project->cfg, s->project->env);
	amts_repo_set_ident(s->tgt, &who);
	rc = amts_repo_check_ident(s->tgt, err);
	if (!rc && amts_repo_is_checked_out(s->tgt, s->info.review_ref))
		rc = amts_fail(err, AMTS_ECONFLICT,
			"branch '%s' is checked out; switch to another one first",
			s->info.review_ref + sizeof("refs/heads/") - 1);
	return rc;
}

static struct work *select_work(size_t *n, struct amts_sync_result *out,
	struct amts_sync *s, const struct amts_sync_options *opt)
{
	struct work *v = amts_calloc(s->nfiles + 1, sizeof(*v));
	size_t i;

	*n = 0;
	out->v = AMTS_NEW(s->arena, struct amts_sync_outcome, s->nfiles + 1);
	for (i = 0; i < s->nfiles; i++) {
		if (!is_wanted(&s->files[i], opt))
			continue;
		v[*n].sync = s;
		v[*n].out = (struct amts_buf)AMTS_BUF_INIT;
		v[*n].keep_plan = opt->show != NULL;
		v[*n].outcome = &out->v[*n];
		v[*n].file = v[*n].outcome->file = &s->files[i];
		++*n;
	}
	out->n = *n;
	return v;
}

static void tell_failures(
	struct amts_sync_result *out, struct amts_sync *s, const struct work *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!v[i].rc)
			continue;
		out->failed++;
		v[i].outcome->failed =
			amts_arena_str(s->arena, amts_str_z(v[i].err.msg)).p;
	}
}

static void show_all(const struct work *v, size_t n, const struct amts_sync_options *opt)
{
	size_t i;

	for (i = 0; opt->show && i < n; i++) {
		struct amts_sync_text text = { .file = v[i].file,
			.src_lang = v[i].sync->project->cfg.src_lang,
			.tgt_lang = v[i].sync->info.lang,
			.base = v[i].base,
			.head = v[i].head,
			.target = v[i].target,
			.out = amts_buf_str(&v[i].out) };

		if (v[i].rc)
			continue;
		text.steps = amts_plan_steps(v[i].plan, &text.nsteps);
		opt->show(opt->show_payload, &text);
	}
}

int amts_sync_run(struct amts_sync_result *out, struct amts_sync *s,
	const struct amts_sync_options *opt, struct amts_error *err)
{
	const char *engine = opt->engine ? opt->engine : s->target->engine;
	struct work *v;
	size_t n, i;
	int rc;

	*out = (struct amts_sync_result){ .before = s->info.review,
		.after = s->info.review };
	rc = check_paths(opt, err);
	if (!rc)
		rc = amts_base_infer(s, err);
	if (rc)
		return rc;
	v = select_work(&n, out, s, opt);
	if (n && !opt->dry_run)
		rc = check_commits(s, err);
	if (!rc && n) {
		for_each(v, n, amts_work_plan, "Planning", opt->progress);
		rc = amts_draft(s, v, n, engine, err);
	}
	if (!rc && n)
		for_each(v, n, amts_work_apply, "Patching", opt->progress);
	tell_failures(out, s, v, n);
	if (!rc)
		show_all(v, n, opt);
	if (!rc && n && !opt->dry_run)
		rc = amts_publish(out, s, v, n, engine, err);
	for (i = 0; i < n; i++)
		amts_work_release(&v[i]);
	free(v);
	return rc;
}
