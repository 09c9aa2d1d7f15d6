/*
 * Tables whose columns came, went or changed places: rows are rebuilt cell by cell, and a
 * cell whose source stayed the same keeps the target's bytes.
 */
#include "md/table.h"
#include "plan/links.h"

#define MAX_COLUMNS 64 /* wider tables are left to people */

enum columns_change { COLUMNS_SAME, COLUMNS_MAPPED, COLUMNS_UNCLEAR };

/* What became of the columns of one table. */
struct columns {
	size_t beg[SIDES], end[SIDES]; /* rows, as blocks */
	size_t n[SIDES];	       /* columns; of the target: those of base */
	size_t of[MAX_COLUMNS];	       /* of head's: base's, or NONE for a new one */
	enum columns_change change;
};

struct cells {
	struct amts_span v[MAX_COLUMNS]; /* in the document */
	size_t n;
	int piped; /* a pipe before the first */
};

static int is_row(const struct amts_plan *p, int side, size_t i)
{
	return p->doc[side]->v[i].kind == AMTS_BLOCK_TABLE_ROW;
}

static void cut(struct cells *out, const struct amts_plan *p, int side, size_t block)
{
	const struct amts_block *b = &p->doc[side]->v[block];
	struct amts_str row = plan_bytes(p, side, b->all);
	size_t i;

	out->n = md_table_split(out->v, MAX_COLUMNS, row);
	out->piped = out->v[0].beg > 0 && row.p[out->v[0].beg - 1] == '|';
	for (i = 0; i < out->n && i < MAX_COLUMNS; i++) {
		out->v[i].beg += b->all.beg;
		out->v[i].end += b->all.beg;
	}
}

static uint64_t cell_hash(const struct amts_plan *p, int side, struct amts_span at)
{
	return plan_fold_hash(plan_bytes(p, side, at));
}

static void table_around(struct columns *t, const struct amts_plan *p, int side, size_t i)
{
	const struct amts_doc *d = p->doc[side];

	t->beg[side] = i;
	t->end[side] = i + 1;
	while (t->beg[side] && is_row(p, side, t->beg[side] - 1) &&
		d->v[t->beg[side] - 1].all.end == d->v[t->beg[side]].all.beg)
		t->beg[side]--;
	while (t->end[side] < d->n && is_row(p, side, t->end[side]) &&
		d->v[t->end[side] - 1].all.end == d->v[t->end[side]].all.beg)
		t->end[side]++;
}

static int is_one_each(const struct group *g)
{
	return g->end[BASE] - g->beg[BASE] == 1 && g->end[HEAD] - g->beg[HEAD] == 1 &&
	       g->end[TGT] - g->beg[TGT] == 1;
}

/* ---- which column became which ------------------------------------------------------
 */

/* In how many rows base's column i and head's column j say the same; the names of columns
 * count as much as all that stands below them. */
struct likeness {
	size_t v[MAX_COLUMNS][MAX_COLUMNS];
};

static void compare_rows(
	struct likeness *l, const struct amts_plan *p, size_t b, size_t h, size_t weight)
{
	struct cells x, y;
	size_t i, j;

	cut(&x, p, BASE, b);
	cut(&y, p, HEAD, h);
	for (i = 0; i < x.n; i++)
		for (j = 0; j < y.n; j++)
			if (amts_str_trim(plan_bytes(p, BASE, x.v[i])).n &&
				cell_hash(p, BASE, x.v[i]) == cell_hash(p, HEAD, y.v[j]))
				l->v[i][j] += weight;
}

/* Pair columns, those that are most alike first; then as many as are left on both sides,
 * in order.  0 when it is not clear which of the rest is which. */
static int pair_columns(struct columns *t, const struct likeness *l)
{
	char used[MAX_COLUMNS] = { 0 };
	size_t i, j, bi = 0, bj = 0, left[2] = { t->n[BASE], t->n[HEAD] };

	for (j = 0; j < t->n[HEAD]; j++)
		t->of[j] = NONE;
	for (;;) {
		size_t best = 0;

		for (i = 0; i < t->n[BASE]; i++)
			for (j = 0; j < t->n[HEAD]; j++)
				if (!used[i] && t->of[j] == NONE && l->v[i][j] > best) {
					best = l->v[i][j];
					bi = i;
					bj = j;
				}
		if (!best)
			break;
		used[bi] = 1;
		t->of[bj] = bi;
		left[0]--;
		left[1]--;
	}
	for (i = j = 0; left[0] == left[1] && i < t->n[BASE]; i++) {
		if (used[i])
			continue;
		while (t->of[j] != NONE)
			j++;
		t->of[j] = i;
	}
	return left[0] == left[1] || !left[0] || !left[1];
}

static int is_identity(const struct columns *t)
{
	size_t j;

	for (j = 0; j < t->n[HEAD]; j++)
		if (t->of[j] != j)
			return 0;
	return t->n[BASE] == t->n[HEAD];
}

/* ---- is every row of the translation where it belongs? -------------------------------
 */

/* Cells of columns that changed places, which the target has as base or as head has. */
static void count_places(size_t *as_base, size_t *as_head, const struct amts_plan *p,
	const struct columns *t, const struct group *g)
{
	struct cells h, x;
	size_t j;

	cut(&h, p, HEAD, g->beg[HEAD]);
	cut(&x, p, TGT, g->beg[TGT]);
	for (j = 0; j < t->n[HEAD] && j < x.n && t->of[j] != NONE; j++)
		if (t->of[j] != j && t->of[j] < x.n) {
			uint64_t hash = cell_hash(p, HEAD, h.v[j]);

			*as_base += cell_hash(p, TGT, x.v[t->of[j]]) == hash;
			*as_head += cell_hash(p, TGT, x.v[j]) == hash;
		}
}

static int fits(const struct amts_plan *p, const struct columns *t, const struct group *g)
{
	struct cells b, h, x;

	if (!is_one_each(g) || g->score < SURE || !is_row(p, TGT, g->beg[TGT]))
		return 0;
	cut(&b, p, BASE, g->beg[BASE]);
	cut(&h, p, HEAD, g->beg[HEAD]);
	cut(&x, p, TGT, g->beg[TGT]);
	return b.n == t->n[BASE] && h.n == t->n[HEAD] && x.n == t->n[BASE];
}

/* Rows of the translation that stand in its table without the source. */
static int has_own_rows(const struct amts_plan *p, size_t first)
{
	struct columns t;
	size_t i;

	table_around(&t, p, TGT, first);
	for (i = t.beg[TGT]; i < t.end[TGT]; i++) {
		const struct group *g = &p->groups[p->group_of[TGT][i]];

		if (g->beg[BASE] == g->end[BASE])
			return 1;
	}
	return 0;
}

/* All rows of the target follow, or none: a table has as many cells in each row. */
static int is_followed(const struct amts_plan *p, const struct columns *t)
{
	size_t i, as_base = 0, as_head = 0, first = NONE;

	for (i = t->beg[BASE]; i < t->end[BASE]; i++) {
		const struct group *g = &p->groups[p->group_of[BASE][i]];

		if (g->beg[HEAD] == g->end[HEAD])
			continue; /* the row is gone */
		if (!fits(p, t, g))
			return 0;
		count_places(&as_base, &as_head, p, t, g);
		first = g->beg[TGT];
	}
	return first != NONE && as_head <= as_base && !has_own_rows(p, first);
}

static void find_columns(
	struct columns *t, const struct amts_plan *p, const struct group *g)
{
	struct likeness *l = AMTS_NEW(p->arena, struct likeness, 1);
	size_t i;
	int clear = 1;

	table_around(t, p, BASE, g->beg[BASE]);
	table_around(t, p, HEAD, g->beg[HEAD]);
	t->n[BASE] = t->n[HEAD] = 0;
	for (i = t->beg[BASE]; clear && i < t->end[BASE]; i++) {
		const struct group *r = &p->groups[p->group_of[BASE][i]];
		struct cells b, h;

		if (r->end[BASE] - r->beg[BASE] != 1 ||
			r->end[HEAD] - r->beg[HEAD] != 1 ||
			!is_row(p, HEAD, r->beg[HEAD]) || p->doc[BASE]->v[i].opaque)
			continue;
		cut(&b, p, BASE, i);
		cut(&h, p, HEAD, r->beg[HEAD]);
		if (!t->n[BASE]) {
			t->n[BASE] = b.n;
			t->n[HEAD] = h.n;
		}
		clear = b.n == t->n[BASE] && h.n == t->n[HEAD] && b.n <= MAX_COLUMNS &&
			h.n <= MAX_COLUMNS;
		if (clear)
			compare_rows(l, p, i, r->beg[HEAD],
				i == t->beg[BASE] ? t->end[BASE] - i : 1);
	}
	t->change = COLUMNS_SAME;
	if (!t->n[BASE] || (clear && pair_columns(t, l) && is_identity(t)))
		return;
	/* ragged rows with as many cells as before are their own concern */
	if (!clear && t->n[BASE] == t->n[HEAD])
		return;
	t->change = clear && pair_columns(t, l) && is_followed(p, t) ? COLUMNS_MAPPED
								     : COLUMNS_UNCLEAR;
}

static const struct columns *columns_of(struct amts_plan *p, const struct group *g)
{
	struct columns *t = p->columns;

	if (t && g->beg[BASE] >= t->beg[BASE] && g->beg[BASE] < t->end[BASE] &&
		g->beg[HEAD] >= t->beg[HEAD] && g->beg[HEAD] < t->end[HEAD])
		return t;
	p->columns = t = AMTS_NEW(p->arena, struct columns, 1);
	find_columns(t, p, g);
	return t;
}

/* ---- one row -------------------------------------------------------------------------
 */

struct row_maker {
	struct amts_plan *p;
	const struct group *g;
	struct cells cells[SIDES];
	struct part *parts;
	size_t n, step;
};

static void add(struct row_maker *r, struct amts_str text, size_t request)
{
	r->parts[r->n++] = (struct part){ .text = text, .request = request };
}

/* Without pipes around a row its cells are set apart by " | ". */
static struct amts_str fit(const struct row_maker *r, struct amts_str cell)
{
	return r->cells[TGT].piped ? cell : amts_str_trim(cell);
}

/* Head's segments that stand in a cell. */
static size_t segments_in(size_t *first, const struct row_maker *r, struct amts_span cell)
{
	const struct amts_segments *s = &r->p->segs[HEAD];
	size_t i, n = 0;

	for (i = s->first[r->g->beg[HEAD]]; i < s->first[r->g->beg[HEAD] + 1]; i++)
		if (s->v[i].letters && s->v[i].at.beg >= cell.beg &&
			s->v[i].at.end <= cell.end && !n++)
			*first = i;
	return n;
}

static struct amts_str head_text(const struct row_maker *r, size_t beg, size_t end)
{
	return plan_bytes(r->p, HEAD, (struct amts_span){ beg, end });
}

/* A cell of a new column: the source's words until they are drafted. */
static void new_cell(struct row_maker *r, struct amts_span cell)
{
	const struct amts_segments *s = &r->p->segs[HEAD];
	struct amts_str fitted = fit(r, plan_bytes(r->p, HEAD, cell));
	size_t beg = (size_t)(fitted.p - r->p->doc[HEAD]->bytes.p), end = beg + fitted.n;
	size_t i = 0, n = segments_in(&i, r, cell);

	for (; n; n--, i++) {
		const struct amts_segment *g = &s->v[i];

		add(r, head_text(r, beg, g->at.beg), NONE);
		add(r, head_text(r, g->at.beg, g->at.end),
			plan_request(r->p, r->step, g, AMTS_STR(""), AMTS_STR("")));
		beg = g->at.end;
	}
	add(r, head_text(r, beg, end), NONE);
}

static struct sentence cell_sentence(struct row_maker *r, int side, struct amts_span at)
{
	const struct amts_doc *d = r->p->doc[side];
	struct sentence s = { d, at, NULL, 0 };
	struct amts_inline *v;

	amts_doc_inlines(&v, &s.ninl, r->p->arena, d, &d->v[r->g->beg[side]], at);
	s.inl = v;
	return s;
}

/* A cell that changed itself: its code and links follow, other words are for people. */
static void changed_cell(struct row_maker *r, size_t i, size_t j)
{
	struct sentence b = cell_sentence(r, BASE, r->cells[BASE].v[i]),
			h = cell_sentence(r, HEAD, r->cells[HEAD].v[j]),
			t = cell_sentence(r, TGT, r->cells[TGT].v[i]);
	unsigned small;
	enum sentence_change c = tokens_change(r->p->arena, &b, &h, &small);
	struct amts_str old = amts_doc_bytes(t.doc, t.at), text = old;

	if (plan_fold_hash(old) == plan_fold_hash(amts_doc_bytes(b.doc, b.at)))
		text = amts_doc_bytes(h.doc, h.at);
	else if (small & r->p->in.strict ||
		 ((small & SMALL_UNSURE) && !links_confirm_typos(r->p, &b, &h, &t)) ||
		 (c != CHANGE_NONE && c != CHANGE_SMALL &&
			 tokens_carry(&text, r->p->arena, &b, &h, &t) == TOKENS_FAILED))
		r->p->steps[r->step].pending = 1;
	add(r, fit(r, text), NONE);
}

static void make_row(struct row_maker *r, const struct columns *t)
{
	size_t j;

	for (j = 0; j < t->n[HEAD]; j++) {
		size_t i = t->of[j];

		if (j)
			add(r, r->cells[TGT].piped ? AMTS_STR("|") : AMTS_STR(" | "),
				NONE);
		if (i == NONE)
			new_cell(r, r->cells[HEAD].v[j]);
		else if (cell_hash(r->p, BASE, r->cells[BASE].v[i]) ==
			 cell_hash(r->p, HEAD, r->cells[HEAD].v[j]))
			add(r, fit(r, plan_bytes(r->p, TGT, r->cells[TGT].v[i])), NONE);
		else
			changed_cell(r, i, j);
	}
}

int plan_table_row(struct amts_plan *p, const struct group *g)
{
	struct row_maker r = { .p = p, .g = g };
	const struct columns *t;
	struct amts_span at;
	int side;

	if (!is_one_each(g) || !is_row(p, BASE, g->beg[BASE]) ||
		!is_row(p, HEAD, g->beg[HEAD]) || !is_row(p, TGT, g->beg[TGT]))
		return 0;
	t = columns_of(p, g);
	if (t->change == COLUMNS_SAME)
		return 0;
	for (side = 0; side < SIDES; side++)
		cut(&r.cells[side], p, side, g->beg[side]);
	if (t->change == COLUMNS_UNCLEAR) {
		if (r.cells[TGT].n != t->n[HEAD] || t->n[BASE] == t->n[HEAD])
			plan_step(p, g, AMTS_ACTION_PENDING,
				"the columns of the table changed, and those of the "
				"translation are not clear");
		return 1;
	}
	r.step = plan_step(p, g, AMTS_ACTION_MERGE, "the columns of the table changed");
	r.parts = AMTS_NEW(p->arena, struct part,
		4 * t->n[HEAD] +
			2 * (p->segs[HEAD].first[g->end[HEAD]] -
				    p->segs[HEAD].first[g->beg[HEAD]]) +
			1);
	make_row(&r, t);
	at = (struct amts_span){ r.cells[TGT].v[0].beg,
		r.cells[TGT].v[r.cells[TGT].n - 1].end };
	if (!r.cells[TGT].piped) { /* the first cell begins where the row's text does */
		struct amts_str s = amts_str_trim(plan_bytes(p, TGT, at));

		at.beg = (size_t)(s.p - p->doc[TGT]->bytes.p);
		at.end = at.beg + s.n;
	}
	plan_patch_parts(p, r.step, at, r.parts, r.n, 0);
	return 1;
}
