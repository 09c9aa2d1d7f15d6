/* Changed blocks that must not be translated: head's bytes, or a three-way merge. */
#include "base/chars.h"
#include "plan/plan.h"

/* A last line without its ending stays so. */
static struct amts_str fit_end(struct amts_str text, struct amts_str old)
{
	if (old.n && old.p[old.n - 1] != '\n')
		while (text.n &&
			(text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
			text.n--;
	return text;
}

/* Formulas have no layout: spacing and line breaks of the source are its own. */
static int is_relaid_math(const struct amts_plan *p, const struct group *g,
	struct amts_str base, struct amts_str head)
{
	size_t i;

	for (i = g->beg[HEAD]; i < g->end[HEAD]; i++)
		if (p->doc[HEAD]->v[i].kind != AMTS_BLOCK_MATH)
			return 0;
	return plan_letters_hash(base) == plan_letters_hash(head);
}

/* Slide marks around a formula: (**$$…$$**).  Where the translation has them around its
 * own, on lines before and after it, head's are taken off. */
static struct amts_str without_marks_around(
	const struct amts_plan *p, struct amts_span tat, struct amts_str head)
{
	static const char *const marks[][2] = { { "(**", "**)" }, { "[**", "**]" },
		{ "(~~", "~~)" } };
	struct amts_str all = p->doc[TGT]->bytes, s = amts_str_trim(head);
	struct amts_str before = amts_str_trim(amts_str_sub(all, 0, tat.beg));
	struct amts_str after = amts_str_trim(amts_str_sub(all, tat.end, all.n));
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct amts_str open = amts_str_z(marks[i][0]),
				close = amts_str_z(marks[i][1]);

		if (s.n > open.n + close.n && amts_str_starts(s, open) &&
			amts_str_ends(s, close) && amts_str_ends(before, open) &&
			amts_str_starts(after, close))
			return amts_arena_fmt(p->arena, AMTS_STR_FMT AMTS_STR_FMT,
				AMTS_STR_ARG(amts_str_sub(s, open.n, s.n - close.n)),
				AMTS_STR_ARG(amts_str_sub(
					head, (size_t)(s.p - head.p) + s.n, head.n)));
	}
	return head;
}

/* Of a code block: white space counts, but for ends of lines. */
static uint64_t lines_hash(struct amts_str s)
{
	uint64_t h = AMTS_HASH_SEED;
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		struct amts_str line;

		end = amts_str_find(s, AMTS_STR("\n"), beg);
		line = amts_str_sub(s, beg, end);
		while (line.n && amts_is_one_of(line.p[line.n - 1], " \t\r"))
			line.n--;
		h = amts_str_hash(AMTS_STR("\n"), amts_str_hash(line, h));
	}
	return h;
}

static int is_code(const struct amts_plan *p, const struct group *g)
{
	size_t i;

	for (i = g->beg[HEAD]; i < g->end[HEAD]; i++)
		if (p->doc[HEAD]->v[i].kind != AMTS_BLOCK_CODE)
			return 0;
	return 1;
}

/* Code that the translation only spaces in its own way: by line it keeps that, where the
 * lines that changed are the source's. */
static int merge_spaced(struct merge3 *m, const struct amts_plan *p, struct amts_str base,
	struct amts_str head, struct amts_str tgt)
{
	merge3_lines(m, p->arena, base, head, tgt, NULL);
	return m->applied && !m->conflicts;
}

void plan_opaque(struct amts_plan *p, const struct group *g)
{
	struct amts_span bat = plan_blocks_span(p, BASE, g->beg[BASE], g->end[BASE]);
	struct amts_span hat = plan_blocks_span(p, HEAD, g->beg[HEAD], g->end[HEAD]);
	struct amts_span tat = plan_blocks_span(p, TGT, g->beg[TGT], g->end[TGT]);
	struct amts_str base = plan_bytes(p, BASE, bat), tgt = plan_bytes(p, TGT, tat);
	struct amts_str head = without_marks_around(p, tat, plan_head_text(p, hat));
	uint64_t (*hash)(struct amts_str) = is_code(p, g) ? lines_hash : plan_fold_hash;
	uint64_t was = hash(base), is = hash(tgt), now = hash(head);
	struct merge3 m;
	size_t step;

	if (is == now || is_relaid_math(p, g, base, head))
		return;
	if (is == was || plan_fold_hash(tgt) == plan_fold_hash(base)) {
		int spaced = is != was && merge_spaced(&m, p, base, head, tgt);

		step = plan_step(
			p, g, AMTS_ACTION_COPY, "same as the source was: follows it");
		plan_patch(p, step, tat, spaced ? m.text : fit_end(head, tgt));
		return;
	}
	if (g->score < CERTAIN_OPAQUE) {
		plan_step(p, g, AMTS_ACTION_PENDING,
			"the source changed, and its counterpart is not clear");
		return;
	}
	if (!merge3_tag(&m, p->arena, base, head, tgt))
		merge3_lines(&m, p->arena, base, head, tgt, p);
	if (!m.applied && !m.conflicts) {
		if (m.small) {
			step = plan_step(p, g, AMTS_ACTION_KEEP,
				small_edits_reason(p->arena, m.small));
			p->steps[step].small = m.small;
		}
		return;
	}
	step = plan_step(p, g, m.applied ? AMTS_ACTION_MERGE : AMTS_ACTION_PENDING,
		!m.conflicts ? "the change merged around what the translation adapted"
		: m.applied  ? "merged in part: adapted lines changed in the source too"
			     : "the source changed where the translation was adapted");
	p->steps[step].pending = m.conflicts != 0;
	if (m.applied)
		plan_patch(p, step, tat, m.text);
}
