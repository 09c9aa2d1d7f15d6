/* One case: what people had, what the program makes of it, what they committed. */
#include "amts/score.h"
#include "replay/lines.h"

#include <string.h>

/* Longer hunks are not aligned word by word: that they differ is all that TER would say.
 */
#define MAX_TER_CHARS 20000

struct measure {
	struct amts_arena *arena;
	const struct amts_replay_input *in;
	struct amts_plan *plan;
	struct lines target, people, made;
	struct amts_replay_sums *sums;
};

static int word_edits(double *edits, struct measure *m, const struct lines *a,
	const struct lines *b, const struct hunk *h, struct amts_error *err)
{
	/* Tercom's own way of cutting Chinese and Japanese; elsewhere it changes nothing
	 */
	struct amts_score_opts opts = {
		.metric = AMTS_TER, .ter_normalized = 1, .ter_asian = 1, .ter_cased = 1
	};
	struct amts_str hyp = lines_join(m->arena, a, h->a_beg, h->a_end);
	struct amts_str ref = lines_join(m->arena, b, h->b_beg, h->b_end);
	struct amts_scorer *s;
	struct amts_score score;
	int rc;

	if (hyp.n + ref.n > MAX_TER_CHARS) {
		*edits += (double)(lines_chars(a, h->a_beg, h->a_end) +
				   lines_chars(b, h->b_beg, h->b_end)) /
			  5; /* letters a word */
		return AMTS_OK;
	}
	s = amts_scorer_new(&opts);
	rc = amts_scorer_add(s, hyp, &ref, 1, err);
	if (!rc) {
		amts_scorer_total(&score, s);
		*edits += score.edits;
	}
	amts_scorer_free(s);
	return rc;
}

/* What turning a into b takes: lines, characters, words. */
static int add_work(struct measure *m, const struct lines *a, const struct lines *b,
	size_t *lines, size_t *chars, double *edits, size_t *by_class,
	struct amts_error *err)
{
	struct hunks h;
	size_t i, k;
	int rc = AMTS_OK;

	lines_diff(&h, m->arena, a, b);
	for (i = 0; !rc && i < h.n; i++) {
		const struct hunk *x = &h.v[i];

		*lines += x->a_end - x->a_beg + x->b_end - x->b_beg;
		*chars += lines_chars(a, x->a_beg, x->a_end) +
			  lines_chars(b, x->b_beg, x->b_end);
		for (k = x->a_beg; k < x->a_end; k++)
			by_class[a->class[k]]++;
		for (k = x->b_beg; k < x->b_end; k++)
			by_class[b->class[k]]++;
		rc = word_edits(edits, m, a, b, x, err);
	}
	return rc;
}

/* Lines of the target that a diff keeps. */
static char *kept_by(struct measure *m, const struct hunks *h)
{
	char *kept = AMTS_NEW(m->arena, char, m->target.n + 1);
	size_t i;

	memset(kept, 1, m->target.n);
	for (i = 0; i < h->n; i++)
		memset(kept + h->v[i].a_beg, 0, h->v[i].a_end - h->v[i].a_beg);
	return kept;
}

static void add_harm(struct measure *m, const struct hunks *people)
{
	struct hunks made;
	const char *by_people, *by_program;
	size_t i;

	lines_diff(&made, m->arena, &m->target, &m->made);
	by_people = kept_by(m, people);
	by_program = kept_by(m, &made);
	for (i = 0; i < m->target.n; i++) {
		m->sums->kept += by_people[i] != 0;
		m->sums->harm += by_people[i] && !by_program[i];
	}
}

/* ---- places ---- */

/* First and last line of a step in the target, counted from 0, one more on each side. */
static int meets(const struct amts_step *s, const struct hunk *h)
{
	size_t beg, end;

	if (!s->tgt_line)
		return 0;
	beg = s->tgt_line - 1;
	end = beg + (s->lines ? s->lines : 1);
	return beg <= h->a_end && h->a_beg <= end;
}

static int leaves_to_people(const struct amts_step *s)
{
	return s->tgt_line && (s->pending || s->action == AMTS_ACTION_DRAFT);
}

static void add_places(struct measure *m, const struct hunks *people)
{
	const struct amts_step *steps;
	size_t n, i, k, met;

	steps = amts_plan_steps(m->plan, &n);
	for (i = 0; i < people->n; i++) {
		for (met = k = 0; k < n && !met; k++)
			met = meets(&steps[k], &people->v[i]) != 0;
		m->sums->places++;
		m->sums->found += met;
	}
	for (k = 0; k < n; k++) {
		if (!leaves_to_people(&steps[k]))
			continue;
		for (met = i = 0; i < people->n && !met; i++)
			met = meets(&steps[k], &people->v[i]) != 0;
		m->sums->named++;
		m->sums->idle += !met;
	}
}

/* ---- */

static int is_exact(const struct lines *a, const struct lines *b)
{
	return a->n == b->n &&
	       (!a->n || !memcmp(a->hash, b->hash, a->n * sizeof(*a->hash)));
}

static int compare(struct measure *m, struct amts_error *err)
{
	struct amts_replay_sums *s = m->sums;
	struct hunks people;
	int rc = add_work(m, &m->target, &m->people, &s->lines, &s->chars, &s->edits,
		s->class_lines, err);

	if (!rc)
		rc = add_work(m, &m->made, &m->people, &s->left, &s->chars_left,
			&s->edits_left, s->class_left, err);
	lines_diff(&people, m->arena, &m->target, &m->people);
	add_harm(m, &people);
	add_places(m, &people);
	s->exact += is_exact(&m->made, &m->people) != 0;
	return rc;
}

static int make(struct amts_buf *made, struct measure *m, struct amts_error *err)
{
	struct amts_plan_input in = { .base = m->in->base,
		.head = m->in->head,
		.target = m->in->target,
		.src_lang = m->in->src_lang,
		.tgt_lang = m->in->tgt_lang,
		.path = m->in->path };
	int rc = amts_plan_make(&m->plan, &in, err);

	return rc ? rc : amts_plan_apply(made, m->plan, NULL, err);
}

int amts_replay_case(struct amts_replay_sums *sums, const struct amts_replay_input *in,
	struct amts_error *err)
{
	struct amts_replay_sums one = { .cases = 1 };
	struct measure m = { .arena = amts_arena_new(), .in = in, .sums = &one };
	struct amts_buf made = AMTS_BUF_INIT;
	int rc = make(&made, &m, err);

	if (!rc)
		rc = lines_read(&m.target, m.arena, in->target, err);
	if (!rc)
		rc = lines_read(&m.people, m.arena, in->people, err);
	if (!rc)
		rc = lines_read(&m.made, m.arena, amts_buf_str(&made), err);
	if (!rc)
		rc = compare(&m, err);
	if (!rc)
		amts_replay_add(sums, &one);
	amts_plan_free(m.plan);
	amts_buf_release(&made);
	amts_arena_free(m.arena);
	return rc;
}

void amts_replay_add(struct amts_replay_sums *to, const struct amts_replay_sums *from)
{
	size_t i;

	to->cases += from->cases;
	to->failed += from->failed;
	to->exact += from->exact;
	to->lines += from->lines;
	to->left += from->left;
	to->chars += from->chars;
	to->chars_left += from->chars_left;
	to->edits += from->edits;
	to->edits_left += from->edits_left;
	to->kept += from->kept;
	to->harm += from->harm;
	to->places += from->places;
	to->found += from->found;
	to->named += from->named;
	to->idle += from->idle;
	for (i = 0; i < AMTS_REPLAY_CLASSES; i++) {
		to->class_lines[i] += from->class_lines[i];
		to->class_left[i] += from->class_left[i];
	}
}
