#include "amts/segment.h"
#include "experiment/experiment.h"

int experiment_prose(struct amts_buf *out, struct amts_str text, struct amts_error *err)
{
	struct amts_block all = { .text = { 0, text.n } };
	struct amts_arena *arena = amts_arena_new();
	struct amts_doc *doc;
	struct amts_inline *v;
	size_t i, n, at = 0;
	int rc = amts_doc_plain(&doc, arena, text, err);

	if (!rc) {
		amts_doc_inlines(&v, &n, arena, doc, &all, all.text);
		for (i = 0; i < n; i++) {
			amts_buf_add(out, amts_str_sub(text, at, v[i].at.beg));
			amts_buf_addc(out, ' ');
			at = v[i].at.end;
		}
		amts_buf_add(out, amts_str_sub(text, at, text.n));
	}
	amts_arena_free(arena);
	return rc;
}
