#include "corpus/lexicon.h"

#include "amts/text.h"
#include "base/alloc.h"
#include "corpus/chain.h"
#include "corpus/task.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of documents that teach. */
#define TEACH_BYTES ((size_t)12 << 20)

/* In a fork most pages are the source itself for long: that teaches nothing. */
static int teaches(const struct amts_revision *r)
{
	return r->woven || !amts_oid_eq(&r->src, &r->tgt);
}

/* The revisions up to which documents teach: as many as the highest power of two of them,
 * and the rest of the commit. */
static size_t horizon(const struct amts_harvest_input *in)
{
	const struct amts_revision *v = in->v;
	size_t i, n = 0, power = 1, end = 0;

	for (i = 0; i < in->n && power <= LEXICON_REVISIONS; i++) {
		n += (size_t)teaches(&v[i]);
		if (n < power)
			continue;
		power *= 2;
		end = i + 1;
	}
	while (end && end < in->n && amts_oid_eq(&v[end].commit, &v[end - 1].commit))
		end++;
	return end;
}

/* The latest revision of each document then; heap. */
static const struct amts_revision **lessons(
	size_t *nlessons, const struct amts_harvest_input *in)
{
	size_t i, n = horizon(in), *order = corpus_chains_order(in->v, n);
	const struct amts_revision **v = amts_malloc((n + 1) * sizeof(*v));

	*nlessons = 0;
	for (i = 0; i < n; i++)
		if (corpus_chain_ends(in->v, n, order, i) && teaches(&in->v[order[i]]))
			v[(*nlessons)++] = &in->v[order[i]];
	free(order);
	return v;
}

uint64_t corpus_lexicon_key(const struct amts_harvest_input *in)
{
	uint64_t key = amts_str_hash(amts_str_z(amts_text_version()),
		amts_str_hash(AMTS_STR(AMTS_VERSION), AMTS_HASH_SEED));
	const struct amts_revision **v;
	size_t i, n;

	v = lessons(&n, in);
	for (i = 0; i < n; i++)
		key = amts_str_hash(amts_str_z(v[i]->tgt.hex),
			amts_str_hash(amts_str_z(v[i]->src.hex), key));
	free(v);
	return key ? key : 1;
}

/* Read what teaches as long as there is room. */
static int open_lessons(struct corpus_tasks *tasks, const struct amts_harvest_input *in,
	struct amts_error *err)
{
	const struct amts_revision **v;
	size_t i, n, bytes = 0;
	int rc = AMTS_OK;

	v = lessons(&n, in);
	for (i = 0; !rc && i < n && bytes < TEACH_BYTES; i++) {
		struct corpus_task t;

		rc = corpus_task_open(&t, in, v[i], err);
		bytes += t.src.n + t.tgt.n;
		if (rc == AMTS_ENOTFOUND || (!rc && corpus_task_cut(&t, in))) {
			amts_arena_free(t.arena);
			rc = AMTS_OK;
			continue;
		}
		AMTS_VEC_PUSH(tasks->v, tasks->n, tasks->cap, t);
	}
	free(v);
	return rc;
}

static int learn(struct amts_buf *learnt, const struct amts_harvest_input *in,
	struct amts_error *err)
{
	struct corpus_tasks tasks = { NULL, 0, 0 };
	struct amts_align_job *jobs = NULL;
	struct amts_aligner *al = NULL;
	size_t i;
	int rc = open_lessons(&tasks, in, err);

	jobs = amts_calloc(tasks.n + 1, sizeof(*jobs));
	for (i = 0; i < tasks.n; i++) {
		jobs[i].arena = tasks.v[i].arena;
		jobs[i].src = &tasks.v[i].side[0].segs;
		jobs[i].tgt = &tasks.v[i].side[1].segs;
	}
	if (!rc)
		rc = amts_aligner_new(&al, in->src_lang, in->tgt_lang, err);
	if (!rc)
		rc = amts_align_batch(al, jobs, tasks.n, in->threads, err);
	if (!rc)
		rc = amts_aligner_save(learnt, al, err);
	amts_aligner_free(al);
	free(jobs);
	corpus_tasks_release(&tasks);
	return rc;
}

static int keep(struct store_harvest *store, uint64_t key, struct amts_str bytes,
	struct amts_error *err)
{
	int rc = store_harvest_begin(store, err);

	if (!rc)
		rc = store_harvest_set_aligner(store, key, bytes, err);
	if (!rc)
		return store_harvest_commit(store, err);
	store_harvest_rollback(store);
	return rc;
}

int corpus_lexicon_open(struct amts_aligner **out, struct store_harvest *store,
	const struct amts_harvest_input *in, struct amts_error *err)
{
	uint64_t kept, key = corpus_lexicon_key(in);
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf learnt = AMTS_BUF_INIT;
	struct amts_str bytes;
	int rc = store_harvest_aligner(&kept, &bytes, arena, store, err);

	*out = NULL;
	if (!rc && kept == key &&
		!amts_aligner_load(out, bytes, in->src_lang, in->tgt_lang, err))
		goto done;
	if (!rc && in->progress)
		in->progress->fn(in->progress->payload, "Learning words", 0, 0);
	if (!rc)
		rc = learn(&learnt, in, err);
	if (!rc)
		rc = keep(store, key, amts_buf_str(&learnt), err);
	if (!rc) /* used as it is kept */
		rc = amts_aligner_load(
			out, amts_buf_str(&learnt), in->src_lang, in->tgt_lang, err);
done:
	amts_buf_release(&learnt);
	amts_arena_free(arena);
	return rc;
}
