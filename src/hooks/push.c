/* What new commits of the source make stale. */
#include "amts/hooks.h"
#include "project/layout.h"
#include "project/project.h"
#include "sync/sync.h"

/* A target's tree, where its repository is on this machine. */
struct side {
	const struct amts_target *target;
	struct amts_tree tree;
	int known;
};

struct push {
	struct amts_arena *arena;
	struct amts_project *project;
	const struct amts_oid *to;
	struct side *sides;
	struct amts_push_report *out;
};

static void read_side(struct push *p, struct side *side)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_repo *repo = p->project->repo, *own = NULL;
	struct amts_oid tip = *p->to;
	const char *url;
	int rc = AMTS_OK;

	if (side->target->url) {
		rc = amts_project_url(
			&url, p->project, p->arena, side->target->url, &ignored);
		if (!rc)
			rc = amts_repo_mirror(
				&own, url, p->project->env->cache_dir, 1, &ignored);
		if (!rc)
			rc = amts_repo_branch(&tip, own, side->target->branch, &ignored);
		repo = own;
	}
	side->known = !rc && !amts_repo_tree(&side->tree, p->arena, repo, &tip, &ignored);
	amts_repo_free(own);
}

/* Does the target want the file, and have a translation of it? */
static int concerns(struct push *p, struct side *side, struct amts_str path)
{
	const struct amts_config *cfg = &p->project->cfg;
	struct amts_str document, translation;

	if (!amts_target_wants(side->target, path) ||
		!amts_layout_match(
			&document, p->arena, cfg->source_path, cfg->src_lang, path))
		return 0;
	if (!side->known)
		return 1;
	translation = amts_layout_expand(
		p->arena, side->target->path, side->target->lang, document);
	if (!side->target->url && amts_str_eq(translation, path))
		return 0;
	return amts_tree_find(&side->tree, translation) != NULL;
}

static int count_blocks(struct amts_push_file *f, struct push *p,
	const struct amts_file_change *c, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str old = AMTS_STR(""), new = AMTS_STR("");
	int rc = AMTS_OK;

	if (c->old_blob.hex[0])
		rc = amts_repo_blob(&old, arena, p->project->repo, &c->old_blob, err);
	if (!rc && c->new_blob.hex[0])
		rc = amts_repo_blob(&new, arena, p->project->repo, &c->new_blob, err);
	if (!rc && c->kind != AMTS_CHANGE_DELETED)
		rc = amts_changed_blocks(&f->blocks, arena, old, new, err);
	amts_arena_free(arena);
	return rc;
}

static int take(struct push *p, const struct amts_file_change *c, struct amts_error *err)
{
	struct amts_push_file f = { c->new_path.n ? c->new_path : c->old_path, 0 };
	size_t i, concerned = 0;
	char *some = AMTS_NEW(p->arena, char, p->project->cfg.n + 1);
	int rc;

	for (i = 0; i < p->project->cfg.n; i++)
		concerned += some[i] = (char)concerns(
			p, &p->sides[i], c->old_path.n ? c->old_path : c->new_path);
	if (!concerned || c->kind == AMTS_CHANGE_ADDED)
		return AMTS_OK;
	rc = count_blocks(&f, p, c, err);
	if (rc || (!f.blocks && c->kind == AMTS_CHANGE_MODIFIED))
		return rc; /* white space */
	p->out->v[p->out->n++] = f;
	for (i = 0; i < p->project->cfg.n; i++)
		if (some[i]) {
			p->out->langs[i].files++;
			p->out->langs[i].blocks += f.blocks;
		}
	return AMTS_OK;
}

static void keep_concerned(struct amts_push_report *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->nlangs; i++)
		if (r->langs[i].files)
			r->langs[n++] = r->langs[i];
	r->nlangs = n;
}

/* Does any target want any of the changed files?  Most pushes concern nobody: no other
 * repository is opened for them. */
static int concerns_any(struct push *p, const struct amts_file_changes *changes)
{
	size_t i, k;

	for (i = 0; i < changes->n; i++)
		for (k = 0; k < p->project->cfg.n; k++)
			if (changes->v[i].old_path.n &&
				concerns(p, &p->sides[k], changes->v[i].old_path))
				return 1;
	return 0;
}

int amts_push_stale(struct amts_push_report *out, struct amts_arena *arena,
	struct amts_project *project, const struct amts_oid *from,
	const struct amts_oid *to, struct amts_error *err)
{
	const struct amts_config *cfg = &project->cfg;
	struct push p = { .arena = arena, .project = project, .to = to, .out = out };
	struct amts_file_changes changes;
	size_t i;
	int rc = amts_repo_diff(&changes, arena, project->repo, from, to, err);

	*out = (struct amts_push_report){ 0 };
	if (rc)
		return rc;
	p.sides = AMTS_NEW(arena, struct side, cfg->n + 1);
	out->v = AMTS_NEW(arena, struct amts_push_file, changes.n + 1);
	out->langs = AMTS_NEW(arena, struct amts_push_lang, cfg->n + 1);
	out->nlangs = cfg->n;
	for (i = 0; i < cfg->n; i++) {
		p.sides[i].target = &cfg->targets[i];
		out->langs[i].lang = cfg->targets[i].lang;
	}
	if (concerns_any(&p, &changes)) {
		for (i = 0; i < cfg->n; i++)
			read_side(&p, &p.sides[i]);
		for (i = 0; !rc && i < changes.n; i++)
			rc = take(&p, &changes.v[i], err);
	}
	keep_concerned(out);
	return rc;
}
