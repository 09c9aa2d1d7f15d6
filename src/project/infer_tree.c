#include "project/infer_tree.h"

#include "project/detect.h"
#include "project/layout.h"
#include "project/record.h"

static int is_wanted(const struct amts_infer_tree *tree, struct amts_str src_path)
{
	return tree->target ? amts_target_wants(tree->target, src_path)
			    : amts_detect_is_markdown(src_path);
}

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

int amts_infer_tree(struct amts_infer_file **files, size_t *n, struct amts_record *record,
	struct amts_arena *arena, const struct amts_infer_tree *tree,
	const struct amts_infer_side *src, const struct amts_infer_side *tgt,
	struct amts_error *err)
{
	struct amts_record_entry *r;
	size_t i;
	int rc;

	*files = AMTS_NEW(arena, struct amts_infer_file, tree->tgt_tree->n + 1);
	*n = list_files(*files, arena, tree, record);
	rc = amts_infer(*files, *n, arena, src, tgt, tree->progress, err);
	for (i = 0; i < *n && !rc; i++) {
		if ((*files)[i].confidence < AMTS_INFER_SURE)
			continue;
		r = amts_record_put(record, arena, (*files)[i].tgt_path);
		r->source = (*files)[i].base;
		r->lost = 0;
	}
	return rc;
}
