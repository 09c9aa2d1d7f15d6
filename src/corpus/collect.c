#include "base/alloc.h"
#include "corpus/extract.h"

#include <stdlib.h>

/* One document pair. */
struct pair_of_docs {
	struct corpus_side src, tgt;
	struct amts_arena *arena;
};

struct collecting {
	struct amts_corpus_pair *v; /* heap */
	size_t n, cap;
	struct amts_arena *arena; /* the caller's */
	const char *src_lang, *tgt_lang;
	enum amts_unit unit;
	double min_score;
};

static int read_docs(struct pair_of_docs *docs, const struct amts_corpus_input *in,
	const struct collecting *c, struct amts_error *err)
{
	int rc;

	docs->arena = amts_arena_new();
	rc = corpus_side_read(
		&docs->src, docs->arena, in->src, in->plain, c->src_lang, err);
	if (!rc)
		rc = corpus_side_read(
			&docs->tgt, docs->arena, in->tgt, in->plain, c->tgt_lang, err);
	return rc ? amts_error_prefix(err, AMTS_STR_FMT, AMTS_STR_ARG(in->path))
		  : AMTS_OK;
}

static int collect_docs(struct collecting *c, const struct pair_of_docs *docs,
	const struct amts_corpus_input *in, const struct amts_align_job *job,
	struct amts_error *err)
{
	struct amts_str path = amts_arena_str(c->arena, in->path);
	struct corpus_texts texts;
	size_t i;
	int rc = corpus_extract(&texts, c->arena, &docs->src, &docs->tgt, job, c->unit,
		in->pending, in->npending, err);

	for (i = 0; !rc && i < texts.n; i++) {
		struct amts_corpus_pair p = { .src = texts.v[i].src,
			.tgt = texts.v[i].tgt,
			.path = path,
			.score = texts.v[i].score };

		if (p.score >= c->min_score)
			AMTS_VEC_PUSH(c->v, c->n, c->cap, p);
	}
	return rc;
}

static int collect_all(struct collecting *c, struct pair_of_docs *docs,
	struct amts_align_job *jobs, const struct amts_corpus_input *in, size_t n,
	unsigned threads, struct amts_error *err)
{
	struct amts_aligner *al;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++) {
		rc = read_docs(&docs[i], &in[i], c, err);
		jobs[i].arena = docs[i].arena;
		jobs[i].src = &docs[i].src.segs;
		jobs[i].tgt = &docs[i].tgt.segs;
	}
	if (rc || (rc = amts_aligner_new(&al, c->src_lang, c->tgt_lang, err)))
		return rc;
	rc = amts_align_batch(al, jobs, n, threads, err);
	for (i = 0; i < n && !rc; i++)
		rc = collect_docs(c, &docs[i], &in[i], &jobs[i], err);
	amts_aligner_free(al);
	return rc;
}

int amts_corpus_collect(struct amts_corpus *out, struct amts_arena *arena,
	const char *src_lang, const char *tgt_lang,
	const struct amts_corpus_input *inputs, size_t n, enum amts_unit unit,
	double min_score, unsigned threads, struct amts_error *err)
{
	struct collecting c = { NULL, 0, 0, arena, src_lang, tgt_lang, unit, min_score };
	struct pair_of_docs *docs = amts_calloc(n, sizeof(*docs));
	struct amts_align_job *jobs = amts_calloc(n, sizeof(*jobs));
	size_t i;
	int rc = collect_all(&c, docs, jobs, inputs, n, threads, err);

	out->src_lang = src_lang;
	out->tgt_lang = tgt_lang;
	out->n = rc ? 0 : c.n;
	out->v = AMTS_NEW(arena, struct amts_corpus_pair, out->n + 1);
	for (i = 0; i < out->n; i++)
		out->v[i] = c.v[i];
	for (i = 0; i < n; i++)
		amts_arena_free(docs[i].arena);
	free(c.v);
	free(docs);
	free(jobs);
	return rc;
}
