#include "project/infer_tree.h"

#include "infer/front_matter.h"
#include "project/detect.h"
#include "project/layout.h"
#include "project/record.h"

#include <string.h>

static int is_wanted(const struct amts_infer_tree *tree, struct amts_str src_path)
{
	return tree->target ? amts_target_wants(tree->target, src_path)
			    : amts_detect_is_markdown(src_path);
}

/* The files that the record tells nothing of. */
static size_t list_files(struct amts_infer_file *files, struct amts_arena *arena,
	const struct amts_infer_tree *tree, const struct amts_record *record)
{
	struct amts_str document;
	size_t i, n = 0;

	for (i = 0; i < tree->tgt_tree->n; i++) {
		struct amts_str path = tree->tgt_tree->v[i].path;

		const struct amts_record_entry *r = amts_record_find(record, path);

		if ((r && !r->lost) || !amts_layout_match(&document, arena, tree->path,
					       tree->lang, path))
			continue;
		files[n].tgt_path = path;
		files[n].src_path = amts_layout_expand(
			arena, tree->source_path, tree->src_lang, document);
		n += is_wanted(tree, files[n].src_path) != 0;
	}
	return n;
}

/* The base that the file names in its front matter, if it does. */
static int ask_file(struct amts_infer_file *f, const struct amts_infer_tree *tree,
	const struct amts_infer_side *src, const struct amts_infer_side *tgt,
	struct amts_error *err)
{
	const struct amts_tree_entry *e = amts_tree_find(tree->tgt_tree, f->tgt_path);
	struct amts_arena *arena = amts_arena_new();
	struct amts_commit_info info;
	struct amts_str bytes;
	int rc = amts_repo_blob(&bytes, arena, tgt->repo, &e->blob, err);

	if (rc == AMTS_ENOTFOUND) { /* not fetched */
		amts_arena_free(arena);
		return AMTS_OK;
	}
	if (!rc)
		rc = amts_front_matter_base(
			&f->base, &f->commit, bytes, src->repo, f->src_path, err);
	if (!rc && f->base.hex[0]) {
		f->confidence = 1;
		f->base_path = f->src_path;
		if (f->commit.hex[0])
			rc = amts_repo_commit_info(
				&info, arena, src->repo, &f->commit, err);
		f->time = !rc && f->commit.hex[0] ? info.time : 0;
	}
	amts_arena_free(arena);
	return rc;
}

/* Those that name their base go to the end: *n is how many are left to infer. */
static int ask_files(struct amts_infer_file *files, size_t *n, struct amts_arena *arena,
	const struct amts_infer_tree *tree, const struct amts_infer_side *src,
	const struct amts_infer_side *tgt, struct amts_error *err)
{
	struct amts_infer_file *told = AMTS_NEW(arena, struct amts_infer_file, *n + 1);
	size_t i, ntold = 0, left = 0;
	int rc = AMTS_OK;

	for (i = 0; i < *n && !rc; i++) {
		rc = ask_file(&files[i], tree, src, tgt, err);
		if (files[i].base.hex[0])
			told[ntold++] = files[i];
		else
			files[left++] = files[i];
	}
	*n = left;
	if (ntold)
		memcpy(files + left, told, ntold * sizeof(*told));
	return rc;
}

int amts_infer_tree(struct amts_infer_file **files, size_t *n, struct amts_record *record,
	struct amts_arena *arena, const struct amts_infer_tree *tree,
	const struct amts_infer_side *src, const struct amts_infer_side *tgt,
	struct amts_error *err)
{
	struct amts_record_entry *r;
	size_t i, unknown;
	int rc;

	*files = AMTS_NEW(arena, struct amts_infer_file, tree->tgt_tree->n + 1);
	*n = unknown = list_files(*files, arena, tree, record);
	rc = ask_files(*files, &unknown, arena, tree, src, tgt, err);
	if (!rc && (unknown || !*n))
		rc = amts_infer(*files, unknown, arena, src, tgt, tree->progress, err);
	for (i = 0; i < *n && !rc; i++) {
		if ((*files)[i].confidence < AMTS_INFER_SURE)
			continue;
		r = amts_record_put(record, arena, (*files)[i].tgt_path);
		r->source = (*files)[i].base;
		r->lost = 0;
	}
	return rc;
}
