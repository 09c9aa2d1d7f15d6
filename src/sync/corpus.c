/* The translations of a target as parallel data. */
#include "sync/sync.h"

static void list_pending(struct amts_corpus_input *in, struct amts_arena *arena,
	const struct amts_record_entry *r)
{
	struct amts_corpus_pending *v;
	size_t i;

	if (!r || !r->npending)
		return;
	v = AMTS_NEW(arena, struct amts_corpus_pending, r->npending);
	for (i = 0; i < r->npending; i++)
		v[i] = (struct amts_corpus_pending){ r->pending[i].src,
			r->pending[i].tgt };
	in->pending = v;
	in->npending = r->npending;
}

int amts_sync_corpus(struct amts_corpus_input **out, size_t *n, struct amts_arena *arena,
	struct amts_sync *sync, struct amts_error *err)
{
	size_t i;
	int rc = amts_base_infer(sync, err);

	*n = 0;
	*out = AMTS_NEW(arena, struct amts_corpus_input, sync->nfiles + 1);
	for (i = 0; i < sync->nfiles && !rc; i++) {
		const struct amts_file *f = &sync->files[i];
		struct amts_corpus_input *in = &(*out)[*n];

		if (!*f->base.hex || !f->tgt_path.n)
			continue;
		in->path = amts_arena_str(arena, f->tgt_path);
		list_pending(in, arena, amts_record_find(&sync->record, f->tgt_path));
		rc = amts_base_read(&in->src, arena, sync, &f->base, err);
		if (!rc)
			rc = amts_repo_blob(&in->tgt, arena, sync->tgt, &f->target, err);
		++*n;
	}
	return rc;
}
