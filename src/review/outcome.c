/* Reviews that were merged: found, compared with their drafts, and kept. */
#include "amts/score.h"
#include "base/alloc.h"
#include "base/map.h"
#include "review/review.h"
#include "sync/revisions.h"
#include "sync/sync.h"
#include "sync/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATES 1000  /* of the target's branch that are looked at */
#define OWN_REACH 50 /* commits of a merged branch that are looked at for drafts */

struct search {
	struct amts_sync *sync;
	struct amts_arena *arena;
	struct amts_commit_info *chain; /* states of that branch, newest first */
	size_t nchain;
	struct amts_map known; /* tips, by id: index in v or anything */
	struct amts_review_outcome *v;
	size_t n, cap;
};

static int is_known(const struct search *x, const struct amts_oid *tip)
{
	return amts_map_get(&x->known, amts_oid_key(tip)) != AMTS_MAP_NONE;
}

/* ---- where it landed ---- */

static int read_chain(struct search *x, struct amts_error *err)
{
	struct amts_oid at = x->sync->info.target;
	int rc = AMTS_OK;

	if (x->nchain)
		return AMTS_OK;
	x->chain = AMTS_NEW(x->arena, struct amts_commit_info, STATES);
	while (!rc && x->nchain < STATES) {
		struct amts_commit_info *info = &x->chain[x->nchain];

		rc = amts_repo_commit_info(info, x->arena, x->sync->tgt, &at, err);
		if (!rc)
			x->nchain++;
		if (rc || !info->nparents)
			break;
		at = info->parents[0];
	}
	return rc == AMTS_ENOTFOUND && x->nchain ? AMTS_OK : rc; /* a shallow clone */
}

/* 1 when a state has all of the branch, as commits or as text. */
static int has_it(int *has, struct search *x, const struct amts_oid *state,
	const struct amts_oid *tip, const struct amts_oid *parted, struct amts_error *err)
{
	struct amts_oid base;
	int rc;

	if (!amts_oid_eq(parted, tip))
		return amts_repo_has_arrived(has, x->sync->tgt, parted, tip, state, err);
	rc = amts_repo_merge_base(&base, x->sync->tgt, state, tip, err);
	*has = !rc && amts_oid_eq(&base, tip);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

/* The oldest state that has it; nchain for none.  Who has its commits has them for good,
 * but text that was squashed can be changed later. */
static int find_landing(size_t *at, struct search *x, const struct amts_oid *tip,
	const struct amts_oid *parted, struct amts_error *err)
{
	size_t i;
	int has = 1, rc = AMTS_OK, squashed = !amts_oid_eq(parted, tip);

	*at = x->nchain;
	for (i = 0; !rc && i < x->nchain && (has || squashed); i++) {
		if (squashed && amts_oid_eq(&x->chain[i].id, parted))
			break;
		rc = has_it(&has, x, &x->chain[i].id, tip, parted, err);
		if (!rc && has)
			*at = i;
	}
	return rc;
}

/* ---- what became of the drafts ---- */

/* Blocks of what landed that a draft was found in, so that an older draft of the same
 * place does not count. */
struct landed_page {
	struct amts_str path;
	struct amts_doc *doc, *last; /* last: as the last run left it on the branch */
	char *claimed;
};

struct comparison {
	struct search *x;
	struct amts_arena *arena;
	struct amts_review_outcome *out;
	struct landed_page *pages;
	size_t npages, cap;
	struct amts_scorer *ter;
};

static struct landed_page *page_at(struct comparison *c, struct amts_str path)
{
	size_t i;

	for (i = 0; i < c->npages; i++)
		if (amts_str_eq(c->pages[i].path, path))
			return &c->pages[i];
	return NULL;
}

static int read_doc(struct amts_doc **out, struct comparison *c,
	const struct amts_oid *blob, struct amts_error *err)
{
	struct amts_str bytes;
	int rc = amts_repo_blob(&bytes, c->arena, c->x->sync->tgt, blob, err);

	return rc ? rc : amts_doc_parse(out, c->arena, bytes, err);
}

/* NULL in *out when the page is not there any more. */
static int landed_page(struct landed_page **out, struct comparison *c,
	struct amts_str path, struct amts_error *err)
{
	struct landed_page page = { .path = path };
	struct amts_oid blob;
	int rc;

	*out = page_at(c, path);
	if (*out)
		return AMTS_OK;
	rc = amts_repo_blob_at(&blob, c->x->sync->tgt, &c->out->landed, path, err);
	if (!rc)
		rc = read_doc(&page.doc, c, &blob, err);
	if (rc)
		return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
	page.claimed = AMTS_NEW(c->arena, char, page.doc->n + 1);
	AMTS_VEC_PUSH(c->pages, c->npages, c->cap, page);
	*out = &c->pages[c->npages - 1];
	return AMTS_OK;
}

static struct amts_review_drafts *drafts_of(struct comparison *c, struct amts_str engine)
{
	struct amts_review_outcome *o = c->out;
	struct amts_review_drafts *v;
	size_t i;

	for (i = 0; i < o->n; i++)
		if (amts_str_eq(o->v[i].engine, engine))
			return &o->v[i];
	v = AMTS_NEW(c->x->arena, struct amts_review_drafts, o->n + 1);
	if (o->n)
		memcpy(v, o->v, o->n * sizeof(*v));
	v[o->n].engine = amts_arena_str(c->x->arena, engine);
	o->v = v;
	return &v[o->n++];
}

/* Words of a text, and how many edits make it the other. */
static int count_edits(struct amts_score *score, struct comparison *c,
	struct amts_str old, struct amts_str new, struct amts_error *err)
{
	int rc = amts_scorer_add(c->ter, old, &new, 1, err);

	if (!rc)
		amts_scorer_segment(score, c->ter, amts_scorer_count(c->ter) - 1);
	return rc;
}

static struct amts_str blocks(const struct amts_doc *doc, size_t beg, size_t end)
{
	return beg >= end ? AMTS_STR("")
			  : amts_str_trim(amts_str_sub(doc->bytes, doc->v[beg].all.beg,
				    doc->v[end - 1].all.end));
}

static int count_draft(struct comparison *c, struct amts_str engine,
	const struct amts_edit *e, const struct amts_doc *doc, struct landed_page *page,
	struct amts_error *err)
{
	struct amts_review_drafts *d = drafts_of(c, engine);
	struct amts_str old = blocks(doc, e->old_beg, e->old_end),
			new = blocks(page->doc, e->new_beg, e->new_end);
	struct amts_score edits, all;
	int rc = count_edits(&edits, c, old, new, err);

	if (!rc)
		rc = count_edits(&all, c, old, old, err);
	if (rc)
		return rc;
	d->drafts++;
	d->as_is += edits.edits < .5;
	d->edits += (size_t)(edits.edits + .5);
	d->words += (size_t)(all.ref_words + .5);
	return AMTS_OK;
}

static int has_block(const struct amts_doc *doc, uint64_t print)
{
	size_t i;

	for (i = 0; i < doc->n; i++)
		if (doc->v[i].print == print)
			return 1;
	return 0;
}

static int count_one(struct comparison *c, const struct amts_told *t,
	const struct amts_doc *doc, const struct amts_edits *edits,
	struct landed_page *page, struct amts_error *err)
{
	size_t i, k;

	for (k = 0; k < doc->n; k++)
		if (k + 1 == doc->n || doc->v[k + 1].line > t->line)
			break;
	for (i = 0; i < edits->n; i++)
		if (k >= edits->v[i].old_beg && k < edits->v[i].old_end)
			break;
	if (i == edits->n)
		return AMTS_OK;
	if (edits->v[i].new_beg == edits->v[i].new_end &&
		!has_block(page->last, doc->v[k].print))
		return AMTS_OK; /* a later run drafted it anew, or took it out */
	for (k = edits->v[i].new_beg; k < edits->v[i].new_end; k++) {
		if (page->claimed[k])
			return AMTS_OK;
		page->claimed[k] = 1;
	}
	return count_draft(c, t->engine, &edits->v[i], doc, page, err);
}

static int count_page(
	struct comparison *c, const struct amts_told_page *told, struct amts_error *err)
{
	struct landed_page *page;
	struct amts_edits edits;
	struct amts_doc *doc;
	size_t i;
	int rc = landed_page(&page, c, told->path, err);

	if (rc || !page)
		return rc;
	rc = read_doc(&doc, c, &told->after, err);
	if (!rc && !page->last) {
		page->last = doc;
		c->out->left += told->pending;
	}
	if (!rc)
		rc = amts_edits_between(&edits, c->arena, doc, page->doc, err);
	for (i = 0; !rc && i < told->n; i++)
		if (told->v[i].engine.n && told->v[i].line)
			rc = count_one(c, &told->v[i], doc, &edits, page, err);
	return rc;
}

static int compare(struct search *x, struct amts_review_outcome *out,
	const struct amts_oid *since, struct amts_error *err)
{
	const struct amts_score_opts ter = {
		.metric = AMTS_TER, .ter_normalized = 1, .ter_asian = 1, .ter_cased = 1
	};
	struct comparison c = { .x = x, .arena = amts_arena_new(), .out = out };
	struct amts_told_page *told;
	size_t i, n;
	int rc = amts_told_branch(&told, &n, c.arena, x->sync, &out->tip, since, err);

	c.ter = amts_scorer_new(&ter);
	if (!rc && n)
		out->source = amts_arena_str(x->arena, told[0].source);
	for (i = 0; !rc && i < n; i++)
		rc = count_page(&c, &told[i], err);
	amts_scorer_free(c.ter);
	free(c.pages);
	amts_arena_free(c.arena);
	return rc;
}

/* ---- the reviews ---- */

/* The branch tip, which the state at has got. */
static int add_review(struct search *x, struct amts_str part, const struct amts_oid *tip,
	size_t at, const struct amts_oid *since, struct amts_error *err)
{
	struct amts_review_outcome o = { .part = part,
		.tip = *tip,
		.landed = x->chain[at].id,
		.time = x->chain[at].time,
		.fresh = 1 };
	int rc = compare(x, &o, since, err);

	amts_map_add(&x->known, amts_oid_key(tip), 1);
	if (!rc && o.source.n)
		AMTS_VEC_PUSH(x->v, x->n, x->cap, o);
	return rc;
}

/* The state before the one at `at`, or what was reviewed last below a branch that
 * the target's was just moved on to. */
static struct amts_oid state_before(const struct search *x, size_t at,
	const struct amts_oid *tip, const struct amts_oid *parted)
{
	size_t i;

	if (!amts_oid_eq(tip, parted))
		return *parted;
	if (!amts_oid_eq(&x->chain[at].id, tip))
		return x->chain[at].parents[0];
	for (i = at + 1; i < x->nchain; i++)
		if (is_known(x, &x->chain[i].id))
			return x->chain[i].id;
	return x->chain[x->nchain - 1].id;
}

/* A review branch of ours, here or as it was fetched. */
static int look_at_branch(struct search *x, const char *part, const struct amts_oid *tip,
	struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_oid parted = { "" }, since;
	int arrived;
	size_t at;
	int rc;

	if (is_known(x, tip) ||
		amts_sync_has_arrived(&arrived, &parted, x->sync, tip, &ignored) ||
		!arrived)
		return AMTS_OK;
	rc = read_chain(x, err);
	if (!rc)
		rc = find_landing(&at, x, tip, &parted, err);
	if (rc || at == x->nchain)
		return rc;
	since = state_before(x, at, tip, &parted);
	return add_review(
		x, amts_arena_str(x->arena, amts_str_z(part)), tip, at, &since, err);
}

/* refs/…/amts/<lang> and refs/…/amts/<lang>.<part>. */
static int look_at_refs(struct search *x, const char *folder, struct amts_error *err)
{
	const char *prefix =
		amts_arena_fmt(x->arena, "%s/amts/%s", folder, x->sync->info.lang).p;
	const char **v;
	struct amts_oid tip;
	size_t i, n;
	int rc = amts_repo_refs(&v, &n, x->arena, x->sync->tgt, prefix, err);

	for (i = 0; !rc && i < n; i++) {
		const char *rest = v[i] + strlen(prefix);

		if (*rest && *rest != '.')
			continue;
		rc = amts_repo_read_ref(&tip, x->sync->tgt, v[i], err);
		if (!rc)
			rc = look_at_branch(x, *rest ? rest + 1 : "", &tip, err);
	}
	return rc;
}

/* Does what was merged look like one of our branches? */
static int has_drafts(int *has, struct search *x, const struct amts_commit_info *merge,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_commit_info info;
	struct amts_oid at = merge->parents[1], base;
	size_t i;
	int rc = amts_repo_merge_base(&base, x->sync->tgt, &merge->parents[0], &at, err);

	*has = 0;
	for (i = 0; !rc && !*has && i < OWN_REACH && !amts_oid_eq(&at, &base); i++) {
		rc = amts_repo_commit_info(&info, arena, x->sync->tgt, &at, err);
		if (rc || !info.nparents)
			break;
		*has = amts_trailer(info.message, AMTS_STR("Amts-Units:")).n > 0;
		at = info.parents[0];
	}
	amts_arena_free(arena);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

static int look_at_history(struct search *x, struct amts_error *err)
{
	size_t i;
	int has, rc = read_chain(x, err);

	for (i = x->nchain; !rc && i-- > 0;) {
		const struct amts_commit_info *m = &x->chain[i];

		if (m->nparents != 2 || is_known(x, &m->parents[1]))
			continue;
		rc = has_drafts(&has, x, m, err);
		if (!rc && has)
			rc = add_review(
				x, AMTS_STR(""), &m->parents[1], i, &m->parents[0], err);
	}
	return rc;
}

static int by_time(const void *a, const void *b)
{
	const struct amts_review_outcome *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return strcmp(x->tip.hex, y->tip.hex);
}

static int search(struct search *x, unsigned flags, struct amts_error *err)
{
	const char *remote =
		amts_arena_fmt(x->arena, "refs/remotes/%s", amts_sync_remote(x->sync)).p;
	int rc = flags & AMTS_REVIEW_HISTORY ? look_at_history(x, err) : AMTS_OK;

	if (!rc)
		rc = look_at_refs(x, "refs/heads", err);
	if (!rc)
		rc = look_at_refs(x, remote, err);
	if (x->n)
		qsort(x->v, x->n, sizeof(*x->v), by_time);
	return rc;
}

int amts_review_outcomes(struct amts_review_outcome **out, size_t *n,
	struct amts_arena *arena, struct amts_sync *sync, unsigned flags,
	struct amts_error *err)
{
	struct search x = { .sync = sync, .arena = arena };
	const char *file = review_file(arena, sync);
	size_t i;
	int rc;

	review_load(&x.v, &x.n, arena, file);
	x.cap = x.n;
	for (i = 0; i < x.n; i++)
		amts_map_add(&x.known, amts_oid_key(&x.v[i].tip), i);
	rc = search(&x, flags, err);
	if (!rc)
		review_keep(file, x.v, x.n);
	*n = rc ? 0 : x.n;
	*out = AMTS_NEW(arena, struct amts_review_outcome, *n + 1);
	if (*n)
		memcpy(*out, x.v, *n * sizeof(**out));
	amts_map_release(&x.known);
	free(x.v);
	return rc;
}
