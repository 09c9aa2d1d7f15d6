/*
 * What a translation reflects.  Of the kinds in the design: a snapshot beside the
 * translation; the record and the merge base, whichever is newer; and the last resort,
 * the history.  All name the source by its blob id, which outlives squashed and rewritten
 * history.
 */
#include "project/infer_tree.h"
#include "project/layout.h"
#include "sync/sync.h"

#include <stdlib.h>

static const struct amts_tree_entry *snapshot_of(
	struct amts_sync *s, struct amts_str tgt_path)
{
	if (!s->target->snapshot)
		return NULL;
	return amts_tree_find(
		&s->tgt_tree, amts_layout_expand(s->arena, s->target->snapshot,
				      s->target->lang, tgt_path));
}

int amts_base_find(struct amts_oid *base, struct amts_str *snapshot, struct amts_sync *s,
	struct amts_str tgt_path, struct amts_error *err)
{
	const struct amts_tree_entry *e = snapshot_of(s, tgt_path);
	const struct amts_record_entry *r = amts_record_find(&s->record, tgt_path);
	struct amts_oid recorded = { "" };

	*snapshot = e ? e->path : AMTS_STR("");
	if (e) {
		*base = e->blob;
		return AMTS_OK;
	}
	if (r && !r->lost)
		recorded = r->source;
	return amts_fork_base_of(base, s, tgt_path, &recorded, err);
}

void amts_base_check_record(struct amts_sync *s)
{
	struct amts_error why = AMTS_ERROR_INIT;
	struct amts_str ignored;
	size_t i;

	for (i = 0; i < s->record.n; i++) {
		struct amts_record_entry *r = &s->record.v[i];

		if (amts_repo_has(s->src, &r->source) ||
			amts_repo_has(s->tgt, &r->source))
			continue;
		r->lost = 1;
		if (!amts_repo_blob(&ignored, s->arena, s->src, &r->source, &why))
			continue;
		amts_sync_note(s, AMTS_RECORD_FILE ":%zu: " AMTS_STR_FMT ": %s", r->line,
			AMTS_STR_ARG(r->path), why.msg);
	}
}

static int has_unknown(const struct amts_sync *s)
{
	size_t i;

	for (i = 0; i < s->nfiles; i++)
		if (s->files[i].state == AMTS_FILE_UNKNOWN)
			return 1;
	return 0;
}

int amts_base_infer(
	struct amts_sync *s, const struct amts_progress *progress, struct amts_error *err)
{
	const struct amts_config *cfg = &s->project->cfg;
	struct amts_infer_tree tree = { &s->tgt_tree, cfg->src_lang, s->target->lang,
		cfg->source_path, s->target->path, progress, s->target };
	struct amts_infer_side src = { s->src, &s->info.source, cfg->src_lang };
	struct amts_infer_side tgt = { s->tgt, &s->info.start, s->target->lang };
	struct amts_infer_file *files;
	size_t n;
	int recorded, rc;

	recorded =
		s->record.n || amts_tree_find(&s->tgt_tree, AMTS_STR(AMTS_RECORD_FILE));
	if (s->target->snapshot || s->fork.at.hex[0] || (recorded && !has_unknown(s)))
		return AMTS_OK;
	rc = amts_infer_tree(&files, &n, &s->record, s->arena, &tree, &src, &tgt, err);
	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK; /* part of the history is not here: they stay unknown */
	if (rc)
		return rc;
	s->inferred = 1;
	free(s->files);
	s->files = NULL;
	s->nfiles = 0;
	return amts_sync_pair_files(s, err);
}

int amts_base_read(struct amts_str *out, struct amts_arena *arena, struct amts_sync *s,
	const struct amts_oid *blob, struct amts_error *err)
{
	if (s->tgt != s->src && amts_repo_has(s->tgt, blob))
		return amts_repo_blob(out, arena, s->tgt, blob, err);
	return amts_repo_blob(out, arena, s->src, blob, err);
}
