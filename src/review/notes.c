/* What the commits of runs say of blocks that are on a review branch. */
#include "base/alloc.h"
#include "review/review.h"
#include "sync/sync.h"

/* The block that a line is in; n for none. */
static size_t block_at(const struct amts_doc *doc, size_t line)
{
	size_t lo = 0, hi = doc->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->v[mid].line <= line)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? lo - 1 : doc->n;
}

const struct amts_told *review_note_of(const struct review_notes *notes, uint64_t print)
{
	size_t i;

	for (i = 0; i < notes->n; i++)
		if (notes->v[i].print == print)
			return notes->v[i].told;
	return NULL;
}

static void add_notes(struct review_notes *out, const struct amts_doc *doc,
	const struct amts_told_page *told)
{
	size_t i, k;

	for (i = 0; i < told->n; i++) {
		const struct amts_told *t = &told->v[i];
		struct review_note note = { .told = t };

		if (amts_str_eq(t->action, AMTS_STR("keep")))
			out->kept++;
		k = t->line ? block_at(doc, t->line) : doc->n;
		if (k == doc->n || review_note_of(out, doc->v[k].print))
			continue;
		note.print = doc->v[k].print;
		AMTS_VEC_PUSH(out->v, out->n, out->cap, note);
	}
}

int review_notes_read(struct review_notes *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_told_page *told, size_t n,
	struct amts_str path, const struct amts_oid *now, struct amts_error *err)
{
	struct amts_str bytes;
	struct amts_doc *doc;
	size_t i;
	int rc = AMTS_OK, newest = 1;

	out->people = 1;
	for (i = 0; !rc && i < n; i++) {
		if (!amts_str_eq(told[i].path, path) || !told[i].after.hex[0])
			continue;
		if (newest)
			out->people = !amts_oid_eq(&told[i].after, now);
		newest = 0;
		rc = amts_repo_blob(&bytes, arena, sync->tgt, &told[i].after, err);
		if (!rc)
			rc = amts_doc_parse(&doc, arena, bytes, err);
		if (!rc)
			add_notes(out, doc, &told[i]);
	}
	return rc;
}
