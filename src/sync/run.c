#include "align/parallel.h"
#include "base/alloc.h"
#include "base/wildmatch.h"
#include "sync/work.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of documents that are planned together; plans take some twelve times as much. */
#define GROUP_BYTES ((size_t)12 << 20)
/* … and what one takes however small its document is, in the same bytes. */
#define PLAN_BYTES ((size_t)12 << 10)

/* Documents in threads; progress is told from the calling one. */
struct batch {
	struct work *v;
	size_t n;
	void (*fn)(struct work *w);
	const char *what;
	const struct amts_progress *progress;
	size_t total; /* of the run */
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
		b->progress->fn(b->progress->payload, b->what, done, b->total);
}

/* In a fork a file that the source had already was taken out by people. */
static int is_new_file(const struct amts_sync *s, const struct amts_file *f)
{
	return !strcmp(s->target->new_files, "source") &&
	       !amts_tree_find(&s->fork.tree, f->src_path);
}

int amts_sync_has_work(const struct amts_sync *s, const struct amts_file *f)
{
	switch (f->state) {
	case AMTS_FILE_STALE:
	case AMTS_FILE_RENAMED:
		return 1;
	case AMTS_FILE_UNTRANSLATED:
		return is_new_file(s, f);
	case AMTS_FILE_DELETED:
		return !strcmp(s->target->deleted_files, "remove");
	default:
		return 0;
	}
}

static int matches(const char *pattern, const struct amts_file *f)
{
	struct amts_str p = amts_str_z(pattern);

	return amts_wildmatch(p, f->src_path) || amts_wildmatch(p, f->tgt_path);
}

int amts_sync_wants(const struct amts_file *f, const char *const *paths, size_t npaths)
{
	size_t i;

	for (i = 0; i < npaths; i++)
		if (matches(paths[i], f))
			return 1;
	return !npaths;
}

int amts_sync_matches(
	const struct amts_sync *sync, const char *pattern, struct amts_error *err)
{
	size_t i;
	int rc = amts_wildmatch_check(amts_str_z(pattern), err);

	for (i = 0; !rc && i < sync->nfiles; i++)
		rc = matches(pattern, &sync->files[i]);
	return rc;
}

static int check_paths(const struct amts_sync_options *opt, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < opt->npaths; i++)
		rc = amts_wildmatch_check(amts_str_z(opt->paths[i]), err);
	return rc;
}

/* Git cannot have a branch inside another one: its references are files and folders. */
static int check_branch_name(struct amts_sync *s, struct amts_error *err)
{
	const char *name = s->info.review_ref + sizeof("refs/heads/") - 1;
	struct amts_error ignored;
	struct amts_oid at;

	if (amts_repo_read_ref(&at, s->tgt, "refs/heads/amts", &ignored) != AMTS_OK)
		return AMTS_OK;
	return amts_fail(err, AMTS_ECONFLICT,
		"branch 'amts' is in the way of '%s'; rename it first", name);
}

/* What would make the commits fail in the end. */
static int check_commits(struct amts_sync *s, struct amts_error *err)
{
	struct amts_ident who;
	int rc;

	amts_config_ident(&who, &s->project->cfg, s->project->env);
	amts_repo_set_ident(s->tgt, &who);
	rc = amts_repo_check_ident(s->tgt, err);
	if (!rc)
		rc = check_branch_name(s, err);
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
		if (!amts_sync_wants(&s->files[i], opt->paths, opt->npaths) ||
			!amts_parts_is_mine(s, &s->files[i]))
			continue;
		out->ahead += s->files[i].state == AMTS_FILE_AHEAD;
		out->unknown += s->files[i].state == AMTS_FILE_UNKNOWN;
		if (!amts_sync_has_work(s, &s->files[i]))
			continue;
		v[*n].sync = s;
		v[*n].keep_plan = opt->show != NULL;
		v[*n].outcome = &out->v[*n];
		v[*n].file = v[*n].outcome->file = &s->files[i];
		++*n;
	}
	out->n = *n;
	return v;
}

/* Documents that are up to date but for blocks that nothing could draft. */
static struct work *select_retries(
	size_t *n, struct amts_sync *s, const struct amts_sync_options *opt)
{
	struct work *v = amts_calloc(s->nfiles + 1, sizeof(*v));
	size_t i;

	*n = 0;
	for (i = 0; i < s->nfiles; i++) {
		const struct amts_file *f = &s->files[i];
		const struct amts_record_entry *r =
			amts_record_find(&s->record, f->tgt_path);

		if (f->state != AMTS_FILE_CURRENT || !r || !r->npending ||
			!r->from.hex[0] || !amts_parts_is_mine(s, f) ||
			!amts_sync_wants(f, opt->paths, opt->npaths))
			continue;
		v[*n].sync = s;
		v[*n].retry = 1;
		v[*n].keep_plan = opt->show != NULL;
		v[*n].outcome = AMTS_NEW(s->arena, struct amts_sync_outcome, 1);
		v[*n].file = v[*n].outcome->file = f;
		++*n;
	}
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

		if (v[i].rc || v[i].idle || v[i].file->state == AMTS_FILE_DELETED)
			continue;
		text.steps = amts_plan_steps_by_line(v[i].plan, &text.nsteps);
		opt->show(opt->show_payload, &text);
	}
}

/* A run in progress. */
struct run {
	struct amts_sync *sync;
	const struct amts_sync_options *opt;
	struct work *v, *retries;
	size_t n, nretries;
	struct drafter drafter;
	struct publisher publisher;
};

static void in_threads(struct run *r, size_t beg, size_t end, void (*fn)(struct work *w),
	const char *what)
{
	struct batch b = { r->v + beg, end - beg, fn, what, r->opt->progress, r->n,
		pthread_self(), beg };

	align_parallel(0, b.n, do_one, &b);
}

static void reset(struct run *r, size_t beg, size_t end)
{
	while (beg < end)
		amts_work_reset(&r->v[beg++]);
}

/* Read as many documents as are planned together; where they end. */
static size_t read_group(struct run *r, size_t beg)
{
	size_t bytes = 0, i = beg;

	while (i < r->n && bytes < GROUP_BYTES) {
		amts_work_read(&r->v[i]);
		bytes += amts_work_bytes(&r->v[i++]) + PLAN_BYTES;
	}
	return i;
}

/* From plans to commits. */
static int finish_group(struct run *r, size_t beg, size_t end, struct amts_error *err)
{
	int rc = amts_drafter_ask(&r->drafter, r->v + beg, end - beg, err);

	if (rc)
		return rc;
	in_threads(r, beg, end, amts_work_apply, "Patching");
	show_all(r->v + beg, end - beg, r->opt);
	if (!r->opt->dry_run)
		rc = amts_publisher_add(&r->publisher, r->v + beg, end - beg, err);
	return rc;
}

static int run_groups(struct run *r, struct amts_error *err)
{
	size_t beg, end;
	int rc = amts_sync_lexicon(r->sync, err);

	for (beg = 0; !rc && beg < r->n; beg = end) {
		end = read_group(r, beg);
		in_threads(r, beg, end, amts_work_plan, "Planning");
		rc = finish_group(r, beg, end, err);
		reset(r, beg, end);
	}
	return rc;
}

/* The outcomes of those that came to something. */
static void tell_retries(struct amts_sync_result *out, const struct work *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!v[i].rc && !v[i].idle)
			out->v[out->n++] = *v[i].outcome;
}

static int run_retries(
	struct amts_sync_result *out, struct run *r, struct amts_error *err)
{
	struct run again = *r;
	int rc = AMTS_OK;

	again.v = r->retries;
	again.n = r->nretries;
	if (!r->n && !r->opt->dry_run)
		rc = check_commits(r->sync, err);
	if (!rc && !r->n && !r->opt->dry_run)
		rc = amts_publisher_bring(&again.publisher, err);
	if (!rc)
		rc = run_groups(&again, err);
	r->publisher = again.publisher;
	tell_retries(out, again.v, again.n);
	return rc;
}

static int run_all(struct amts_sync_result *out, struct run *r, struct amts_error *err)
{
	const char *engine = r->opt->engine ? r->opt->engine : r->sync->target->engine;
	int writes = !r->opt->dry_run, tried;
	int rc = r->n && writes ? check_commits(r->sync, err) : AMTS_OK;

	if (rc)
		return rc;
	amts_publisher_init(&r->publisher, r->sync, engine);
	if (r->n && writes)
		rc = amts_publisher_bring(&r->publisher, err);
	if (rc) {
		amts_publisher_release(&r->publisher);
		return rc;
	}
	rc = amts_drafter_open(&r->drafter, r->sync, engine, r->opt, err);
	if (rc == AMTS_EUSAGE && !r->opt->engine) {
		err->code = AMTS_EPARSE;
		rc = amts_error_prefix(err, "target '%s'", r->sync->info.lang);
	}
	if (!rc && !r->opt->npaths && !amts_retry_is_due(&r->drafter, engine))
		r->nretries = 0;
	if (!rc && (r->n || r->nretries))
		rc = amts_drafter_read_history(&r->drafter, r->opt->progress, err);
	tried = !rc;
	if (rc == AMTS_EFAIL && !r->n)
		rc = AMTS_OK; /* nothing has to be done, and it may not be written to */
	if (tried && r->n)
		rc = run_groups(r, err);
	if (tried && !rc && r->nretries)
		rc = run_retries(out, r, err);
	if (!rc && writes)
		rc = amts_publisher_finish(&out->after, &r->publisher, err);
	if (!rc && tried && writes && !r->opt->npaths &&
		amts_drafter_has_all(&r->drafter))
		amts_retry_done(&r->drafter, engine, &r->publisher.at);
	out->cost = amts_drafter_cost(&r->drafter);
	amts_drafter_close(&r->drafter);
	amts_publisher_release(&r->publisher);
	tell_failures(out, r->sync, r->v, r->n);
	return rc;
}

/* Nothing is to be done but to keep the review branch one that can be merged. */
static int bring_only(struct amts_sync_result *out, struct run *r, struct amts_error *err)
{
	int rc = check_commits(r->sync, err);

	if (rc)
		return rc;
	amts_publisher_init(&r->publisher, r->sync, r->sync->target->engine);
	rc = amts_publisher_bring(&r->publisher, err);
	if (!rc)
		rc = amts_publisher_finish(&out->after, &r->publisher, err);
	amts_publisher_release(&r->publisher);
	return rc;
}

/* Nothing was to be done on top of what people pushed: the branch here is theirs. */
static int follow_remote(
	struct amts_sync_result *out, struct amts_sync *s, struct amts_error *err)
{
	const struct amts_sync_info *info = &s->info;
	int rc;

	if (!info->review.hex[0] || amts_oid_eq(&info->start, &info->target) ||
		amts_oid_eq(&info->start, &info->review))
		return AMTS_OK;
	rc = amts_repo_move_ref(s->tgt, info->review_ref, &info->review, &info->start,
		"amts-sync: as it is at the remote", err);
	if (!rc)
		out->after = info->start;
	return rc;
}

static int refuse_stuck(struct amts_sync *s, struct amts_error *err)
{
	const char *branch = s->target->branch
				     ? s->target->branch
				     : amts_repo_default_branch(s->arena, s->tgt);

	if (!s->bring.stuck)
		return AMTS_OK;
	return amts_fail(err, AMTS_ECONFLICT,
		"merge %s into %s by hand: conflicts in '%s'",
		branch ? branch : "the translation's branch",
		s->info.review_ref + sizeof("refs/heads/") - 1, s->bring.stuck);
}

int amts_sync_run(struct amts_sync_result *out, struct amts_sync *s,
	const struct amts_sync_options *opt, struct amts_error *err)
{
	struct run r = { .sync = s, .opt = opt };
	int rc;

	*out = (struct amts_sync_result){ .before = s->info.review,
		.after = s->info.review };
	rc = check_paths(opt, err);
	if (!rc)
		rc = refuse_stuck(s, err);
	if (!rc)
		rc = amts_base_infer(s, opt->progress, err);
	if (rc)
		return rc;
	r.v = select_work(&r.n, out, s, opt);
	r.retries = select_retries(&r.nretries, s, opt);
	if (r.n || r.nretries)
		rc = run_all(out, &r, err);
	if (!rc && !r.n && s->bring.mixed && !opt->dry_run &&
		amts_oid_eq(&out->before, &out->after))
		rc = bring_only(out, &r, err);
	if (!rc && !opt->dry_run && amts_oid_eq(&out->before, &out->after))
		rc = follow_remote(out, s, err);
	free(r.retries);
	free(r.v);
	return rc;
}
