#include "corpus/task.h"

#include "md/pairing.h"

#include <stdlib.h>
#include <string.h>

/* Alignments that are less sure teach the memory nothing; see src/mt/memory.c. */
#define MEMORY_SCORE .7

/* Bytes; no page that people write comes near, and cost grows with it. */
#define PAGE_MAX ((size_t)4 << 20)

int corpus_task_open(struct corpus_task *t, const struct amts_harvest_input *in,
	const struct amts_revision *r, struct amts_error *err)
{
	int rc;

	memset(t, 0, sizeof(*t));
	t->revision = r;
	t->arena = amts_arena_new();
	rc = in->read(&t->src, t->arena, &r->src, r->woven ? AMTS_BLOB_WOVEN : 0,
		in->payload, err);
	return rc ? rc : in->read(&t->tgt, t->arena, &r->tgt, 1, in->payload, err);
}

int corpus_task_cut(struct corpus_task *t, const struct amts_harvest_input *in)
{
	if (t->src.n > PAGE_MAX || t->tgt.n > PAGE_MAX)
		return t->rc = amts_fail(&t->err, AMTS_ETOOBIG, "the page is too big");
	t->rc = corpus_side_read(&t->side[0], t->arena, t->src, 0, in->src_lang, &t->err);
	if (!t->rc)
		t->rc = corpus_side_read(
			&t->side[1], t->arena, t->tgt, 0, in->tgt_lang, &t->err);
	return t->rc;
}

/* Sentences as the memory wants them, with placeholders. */
static void pair_sentences(struct corpus_task *t, const struct amts_harvest_input *in)
{
	const struct amts_segments *src = &t->side[0].segs, *tgt = &t->side[1].segs;
	size_t i;

	t->pairs = AMTS_NEW(t->arena, struct amts_pair, t->texts[0].n);
	for (i = 0; i < t->texts[0].n; i++) {
		const struct corpus_text *x = &t->texts[0].v[i];
		struct amts_pair *p = &t->pairs[i];

		if (x->score < MEMORY_SCORE ||
			!amts_pair_segments(&p->src, &p->tgt, t->arena, src, x->src_at,
				tgt, x->tgt_at, in->tgt_lang) ||
			amts_str_eq(p->src, p->tgt)) {
			p->src = AMTS_STR("");
			continue;
		}
		if (x->src_at.beg)
			p->before = src->v[x->src_at.beg - 1].text;
		p->path = t->revision->path;
		p->commit = amts_str_z(t->revision->commit.hex);
		p->date = t->revision->date;
		p->score = x->score;
	}
}

void corpus_task_align(struct corpus_task *t, const struct amts_harvest_input *in,
	const struct amts_aligner *al)
{
	struct amts_align_job job = { .arena = t->arena };
	int unit, rc = corpus_task_cut(t, in);

	job.src = &t->side[0].segs;
	job.tgt = &t->side[1].segs;
	if (!rc)
		rc = amts_align_known(al, &job, 1, 1, &t->err);
	for (unit = 0; !rc && unit < STORE_UNITS; unit++)
		rc = corpus_extract(&t->texts[unit], t->arena, &t->side[0], &t->side[1],
			&job, (enum amts_unit)unit, t->revision->pending,
			t->revision->npending, &t->err);
	if (!rc)
		pair_sentences(t, in);
	t->rc = rc;
}

void corpus_tasks_release(struct corpus_tasks *tasks)
{
	while (tasks->n)
		amts_arena_free(tasks->v[--tasks->n].arena);
	free(tasks->v);
	*tasks = (struct corpus_tasks){ NULL, 0, 0 };
}
