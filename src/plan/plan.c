/* The way of one document: parse, align, plan each group; see plan.h. */
#include "plan/plan.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- one group -----------------------------------------------------------------------
 */

static size_t count_blocks(const struct group *g)
{
	return g->end[BASE] - g->beg[BASE] + g->end[HEAD] - g->beg[HEAD] + g->end[TGT] -
	       g->beg[TGT];
}

static size_t count_opaque(const struct amts_plan *p, const struct group *g)
{
	size_t i, n = 0;
	int side;

	for (side = 0; side < SIDES; side++)
		for (i = g->beg[side]; i < g->end[side]; i++)
			n += p->doc[side]->v[i].opaque != 0;
	return n;
}

/* Did nobody translate or adapt it? */
static int is_copy_of_base(const struct amts_plan *p, const struct group *g)
{
	return plan_fold_hash(plan_bytes(
		       p, BASE, plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]))) ==
	       plan_fold_hash(plan_bytes(
		       p, TGT, plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT])));
}

static void plan_changed(struct amts_plan *p, const struct group *g)
{
	if (g->score < SURE) {
		plan_step(p, g, AMTS_ACTION_PENDING, "no confident counterpart");
		return;
	}
	if (plan_table_row(p, g))
		return;
	if (!count_opaque(p, g))
		plan_prose(p, g);
	else if (count_opaque(p, g) == count_blocks(g) || is_copy_of_base(p, g))
		plan_opaque(p, g);
	else
		plan_step(
			p, g, AMTS_ACTION_PENDING, "text and code changed in one place");
}

/* Blocks that are not text cannot be aligned: then a missing counterpart means nothing.
 */
static int is_text(const struct amts_plan *p)
{
	int side;

	for (side = 0; side < SIDES; side++) {
		struct amts_str s = p->doc[side]->bytes;

		if (amts_utf8_fault(s) < s.n || (s.n && memchr(s.p, 0, s.n)))
			return 0;
	}
	return 1;
}

/* A source with nothing in it is rather a slip than an order to delete the translation.
 */
static int is_emptied(struct amts_plan *p)
{
	struct group all = { .score = 1, .changed = 1 };
	int side;

	if (p->doc[HEAD]->n || !p->doc[BASE]->n || !p->doc[TGT]->n)
		return 0;
	for (side = 0; side < SIDES; side++)
		all.end[side] = p->doc[side]->n;
	plan_step(p, &all, AMTS_ACTION_PENDING,
		"the source has nothing left: delete the translation by hand, or bring "
		"the source back");
	return 1;
}

/* A translation with nothing in it was rather emptied by accident than translated: all of
 * the source waits. */
static int is_empty(struct amts_plan *p)
{
	struct group all = { .score = 1, .changed = 1 };
	size_t step;

	if (p->doc[TGT]->n || !p->doc[BASE]->n || !p->doc[HEAD]->n)
		return 0;
	all.end[BASE] = p->doc[BASE]->n;
	all.end[HEAD] = p->doc[HEAD]->n;
	step = plan_step(p, &all, AMTS_ACTION_PENDING,
		"the translation is empty: bring it back, or delete the file");
	p->steps[step].out_line = 1;
	return 1;
}

static void plan_all(struct amts_plan *p)
{
	size_t i;

	if (is_emptied(p) || is_empty(p))
		return;
	plan_twins_judge(p);
	plan_bind_items(p);
	for (i = 0; i < p->ngroups; i++) {
		const struct group *g = &p->groups[i];
		int base = g->beg[BASE] < g->end[BASE],
		    head = g->beg[HEAD] < g->end[HEAD];
		int tgt = g->beg[TGT] < g->end[TGT];

		if (!g->changed || !base || !head)
			continue; /* insertions, deletions and moves: plan_places */
		if (tgt)
			plan_changed(p, g);
		else if (is_text(p))
			plan_step(p, g, AMTS_ACTION_KEEP,
				"the translation does not have this block");
		else
			plan_step(p, g, AMTS_ACTION_PENDING,
				"no counterpart found: there are bytes that are not "
				"UTF-8");
	}
	plan_twins_follow(p);
	plan_containers(p);
	plan_places(p);
}

/* ---- the whole -----------------------------------------------------------------------
 */

static int parse_side(struct amts_plan *p, int side, struct amts_str bytes,
	const char *lang, const char *name, struct amts_error *err)
{
	int rc = amts_doc_parse(&p->doc[side], p->arena, bytes, err);

	if (!rc)
		rc = amts_segments_revised(&p->segs[side], p->arena, p->doc[side], lang,
			side == HEAD ? &p->segs[BASE] : NULL, err);
	if (rc)
		amts_error_prefix(err, "%s of '%s'", name, p->in.path ? p->in.path : "-");
	return rc;
}

static size_t *bead_of(
	struct amts_plan *p, const struct amts_alignment *al, int side, size_t n)
{
	size_t *of = AMTS_NEW(p->arena, size_t, n + 1), i, k;

	for (i = 0; i < al->n; i++) {
		const struct amts_bead *b = &al->v[i];

		for (k = side == TGT ? b->tgt_beg : b->src_beg;
			k < (side == TGT ? b->tgt_end : b->src_end); k++)
			of[k] = i;
	}
	return of;
}

/* Base x target; with an aligner of the document's own, it learns from it. */
static int align_base(struct amts_plan *p, struct amts_aligner *own,
	const unsigned char *focus, struct amts_error *err)
{
	struct amts_align_job job = { .arena = p->arena,
		.src = &p->segs[BASE],
		.tgt = &p->segs[TGT],
		.focus = focus };
	int rc = own ? amts_align_batch(own, &job, 1, 1, err)
		     : amts_align_known(p->in.aligner, &job, 1, 1, err);

	if (rc)
		return rc;
	p->blocks = job.blocks;
	p->sentences = job.sentences;
	p->base_sentence_bead = bead_of(p, &p->sentences, BASE, p->segs[BASE].n);
	p->tgt_sentence_bead = bead_of(p, &p->sentences, TGT, p->segs[TGT].n);
	return AMTS_OK;
}

static int align_head(
	struct amts_plan *p, const struct amts_aligner *al, struct amts_error *err)
{
	struct amts_align_job job = {
		.arena = p->arena, .src = &p->segs[HEAD], .tgt = &p->segs[TGT]
	};
	int rc = amts_align_known(al, &job, 1, 1, err);

	if (rc)
		return rc;
	p->ahead = job.blocks;
	p->ahead_sentences = job.sentences;
	p->ahead_bead = bead_of(p, &p->ahead_sentences, TGT, p->segs[TGT].n);
	return AMTS_OK;
}

static int align(struct amts_plan *p, struct amts_error *err)
{
	const unsigned char *focus = plan_focus(p);
	int rc = 0;

	if (!p->in.aligner)
		rc = amts_aligner_new(&p->own, p->in.src_lang, p->in.tgt_lang, err);
	p->aligner = p->own ? p->own : p->in.aligner;
	if (!rc)
		rc = align_base(p, p->own, focus, err);
	if (!rc &&
		!plan_is_level(p, bead_of(p, &p->blocks, BASE, p->doc[BASE]->n), focus))
		rc = align_head(p, p->aligner, err);
	return rc;
}

static int make(struct amts_plan *p, struct amts_error *err)
{
	int rc;

	if ((rc = parse_side(p, BASE, p->in.base, p->in.src_lang, "base", err)) ||
		(rc = parse_side(p, HEAD, p->in.head, p->in.src_lang, "head", err)) ||
		(rc = parse_side(p, TGT, p->in.target, p->in.tgt_lang, "target", err)) ||
		(rc = amts_edits_between(
			 &p->edits, p->arena, p->doc[BASE], p->doc[HEAD], err)) ||
		(rc = align(p, err)))
		return rc;
	plan_groups(p);
	plan_pairs(p);
	plan_recall_learn(p);
	plan_all(p);
	return AMTS_OK;
}

int amts_plan_make(
	struct amts_plan **out, const struct amts_plan_input *in, struct amts_error *err)
{
	struct amts_plan *p = amts_calloc(1, sizeof(*p));
	int rc;

	p->arena = amts_arena_new();
	p->in = *in;
	rc = make(p, err);
	amts_aligner_free(p->own);
	p->aligner = NULL;
	if (rc) {
		amts_plan_free(p);
		return rc;
	}
	*out = p;
	return AMTS_OK;
}

void amts_plan_free(struct amts_plan *plan)
{
	if (!plan)
		return;
	free(plan->steps);
	free(plan->patches);
	free(plan->requests);
	free(plan->mt);
	plan_recall_free(plan->recall);
	amts_arena_free(plan->arena);
	free(plan);
}

const struct amts_mt_request *amts_plan_requests(const struct amts_plan *plan, size_t *n)
{
	*n = plan->nrequests;
	return plan->mt;
}

const struct amts_plan_pair *amts_plan_pairs(const struct amts_plan *plan, size_t *n)
{
	*n = plan->npairs;
	return plan->pairs;
}

const struct amts_step *amts_plan_steps(const struct amts_plan *plan, size_t *n)
{
	*n = plan->nsteps;
	return plan->steps;
}
