#include "plan/plan.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const char *amts_action_name(enum amts_action a)
{
	static const char *const names[AMTS_ACTIONS] = { "keep", "copy", "merge",
		"tokens", "draft", "insert", "delete", "move", "pending" };

	return names[a];
}

struct amts_str plan_bytes(const struct amts_plan *p, int side, struct amts_span at)
{
	return amts_doc_bytes(p->doc[side], at);
}

struct amts_str plan_head_text(const struct amts_plan *p, struct amts_span at)
{
	struct amts_str s = plan_bytes(p, HEAD, at);
	struct amts_buf buf = AMTS_BUF_INIT;
	size_t i;

	if (p->doc[HEAD]->crlf == p->doc[TGT]->crlf)
		return s;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (s.p[i] == '\n' && p->doc[TGT]->crlf)
			amts_buf_addc(&buf, '\r');
		amts_buf_addc(&buf, s.p[i]);
	}
	s = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return s;
}

struct amts_span plan_blocks_span(
	const struct amts_plan *p, int side, size_t beg, size_t end)
{
	const struct amts_block *v = p->doc[side]->v;

	if (beg >= end)
		return (struct amts_span){ 0, 0 };
	return (struct amts_span){ v[beg].all.beg, v[end - 1].all.end };
}

uint64_t plan_fold_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;
	int space = 0;

	s = amts_str_trim(s);
	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			space = 1;
			continue;
		}
		if (space)
			h = amts_str_hash(AMTS_STR(" "), h);
		space = 0;
		h = amts_str_hash((struct amts_str){ &c, 1 }, h);
	}
	return h;
}

uint64_t plan_letters_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && (s.p[i] < '\t' || s.p[i] > '\r'))
			h = amts_str_hash(amts_str_sub(s, i, i + 1), h);
	return h;
}

static size_t count_lines(struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + (s.n && s.p[s.n - 1] != '\n');
}

size_t plan_step(struct amts_plan *p, const struct group *g, enum amts_action action,
	const char *reason)
{
	struct amts_step s = { .action = action, .score = g->score, .reason = reason };
	int side;

	s.base = plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]);
	s.head = plan_blocks_span(p, HEAD, g->beg[HEAD], g->end[HEAD]);
	s.target = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);
	for (side = SIDES - 1; side >= 0; side--)
		if (g->beg[side] < g->end[side])
			s.kind = p->doc[side]->v[g->beg[side]].kind;
	if (g->beg[HEAD] < g->end[HEAD]) {
		s.kind = p->doc[HEAD]->v[g->beg[HEAD]].kind;
		s.src_line = p->doc[HEAD]->v[g->beg[HEAD]].line;
		s.src_print = p->doc[HEAD]->v[g->beg[HEAD]].print;
	}
	if (g->beg[TGT] < g->end[TGT]) {
		s.tgt_line = p->doc[TGT]->v[g->beg[TGT]].line;
		s.lines = count_lines(plan_bytes(p, TGT, s.target));
	}
	s.pending = action == AMTS_ACTION_PENDING;
	AMTS_VEC_PUSH(p->steps, p->nsteps, p->csteps, s);
	return p->nsteps - 1;
}

void plan_patch_parts(struct amts_plan *p, size_t step, struct amts_span at,
	struct part *parts, size_t nparts, int keep_old)
{
	struct patch x = { at, parts, nparts, step, p->npatches, keep_old, 0 };

	AMTS_VEC_PUSH(p->patches, p->npatches, p->cpatches, x);
}

void plan_patch(
	struct amts_plan *p, size_t step, struct amts_span at, struct amts_str text)
{
	struct part *part = AMTS_NEW(p->arena, struct part, 1);

	*part = (struct part){ text, NONE };
	plan_patch_parts(p, step, at, part, 1, 0);
}

size_t plan_request(struct amts_plan *p, size_t step, const struct amts_segment *seg,
	struct amts_str old_src, struct amts_str old_tgt)
{
	const struct amts_segments *all = &p->segs[HEAD];
	size_t i = (size_t)(seg - all->v);
	struct request r = { seg, step };
	struct amts_mt_request mt = {
		.text = seg->text, .old_src = old_src, .old_tgt = old_tgt
	};

	if (i)
		mt.before = all->v[i - 1].text;
	mt.where = amts_arena_fmt(p->arena, "%s:%zu", p->in.path ? p->in.path : "-",
		p->doc[HEAD]->v[seg->block].line)
			   .p;
	AMTS_VEC_PUSH(p->requests, p->nrequests, p->crequests, r);
	p->nrequests--;
	AMTS_VEC_PUSH(p->mt, p->nrequests, p->cmt, mt);
	return p->nrequests - 1;
}

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

static void plan_all(struct amts_plan *p)
{
	size_t i;

	plan_twins_judge(p);
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
		rc = amts_segments(&p->segs[side], p->arena, p->doc[side], lang, err);
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
static int align_base(
	struct amts_plan *p, struct amts_aligner *own, struct amts_error *err)
{
	struct amts_align_job job = { .arena = p->arena,
		.src = &p->segs[BASE],
		.tgt = &p->segs[TGT],
		.focus = plan_focus(p) };
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
	int rc = 0;

	if (!p->in.aligner)
		rc = amts_aligner_new(&p->own, p->in.src_lang, p->in.tgt_lang, err);
	p->aligner = p->own ? p->own : p->in.aligner;
	if (!rc)
		rc = align_base(p, p->own, err);
	if (!rc && !plan_is_level(p, bead_of(p, &p->blocks, BASE, p->doc[BASE]->n)))
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
