#include "infer/ancestor.h"
#include "project/layout.h"
#include "sync/sync.h"

int amts_fork_find(struct amts_sync *s, struct amts_error *err)
{
	struct amts_fork *f = &s->fork;
	int rc;

	if (s->src == s->tgt || s->target->snapshot)
		return AMTS_OK;
	rc = amts_infer_ancestor(
		&f->at, s->src, &s->info.source, s->tgt, &s->info.start, err);
	/* a shallow clone may hide that it is a fork; the record goes a long way */
	if (rc == AMTS_ENOTFOUND && s->record.n && amts_repo_is_shallow(s->tgt))
		rc = AMTS_OK;
	if (!rc && f->at.hex[0])
		rc = amts_repo_tree(&f->tree, s->arena, s->src, &f->at, err);
	return rc;
}

static uint64_t version_key(struct amts_str src_path, const struct amts_oid *blob)
{
	return amts_str_hash(
		amts_str_z(blob->hex), amts_str_hash(src_path, AMTS_HASH_SEED));
}

static int learn_since(struct amts_sync *s, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_tree versions;
	size_t i;
	int rc = amts_repo_versions_since(
		&versions, arena, s->src, &s->info.source, &s->fork.at, err);

	for (i = 0; !rc && i < versions.n; i++)
		amts_map_add(&s->fork.since,
			version_key(versions.v[i].path, &versions.v[i].blob), 1);
	s->fork.knows_since = !rc;
	amts_arena_free(arena);
	return rc;
}

int amts_fork_base_of(struct amts_oid *out, struct amts_sync *s, struct amts_str tgt_path,
	const struct amts_oid *recorded, struct amts_error *err)
{
	const struct amts_config *cfg = &s->project->cfg;
	const struct amts_tree_entry *e = NULL;
	struct amts_str document, src_path;
	int rc = AMTS_OK;

	*out = *recorded;
	if (!s->fork.at.hex[0] || !amts_layout_match(&document, s->arena, s->target->path,
					  s->target->lang, tgt_path))
		return AMTS_OK;
	src_path =
		amts_layout_expand(s->arena, cfg->source_path, cfg->src_lang, document);
	e = amts_tree_find(&s->fork.tree, src_path);
	if (!e || amts_oid_eq(&e->blob, recorded))
		return AMTS_OK;
	if (recorded->hex[0] && !s->fork.knows_since)
		rc = learn_since(s, err);
	if (amts_map_get(&s->fork.since, version_key(src_path, recorded)) ==
		AMTS_MAP_NONE)
		*out = e->blob;
	return rc;
}
