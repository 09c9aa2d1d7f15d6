/*
 * Blocks whose text stayed, but not what they stand in: a list got numbers, an item was
 * nested, a paragraph became a quote.  The marks at the beginning of their lines follow,
 * where the translation has those of base.
 */
#include "base/chars.h"
#include "plan/place.h"

static struct amts_str lead(struct amts_str s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '>'))
		i++;
	return amts_str_sub(s, 0, i);
}

/* The marks of a first line as blanks, quotes apart: what a further line would begin
 * with. */
static struct amts_str as_indent(struct amts_arena *arena, struct amts_str first)
{
	char *p = AMTS_NEW(arena, char, first.n + 1);
	size_t i;

	for (i = 0; i < first.n; i++)
		p[i] = amts_is_one_of(first.p[i], " \t>") ? first.p[i] : ' ';
	return (struct amts_str){ p, first.n };
}

struct marks plan_marks_of(const struct amts_plan *p, int side, size_t i)
{
	const struct amts_block *b = &p->doc[side]->v[i];
	struct amts_str all = plan_bytes(p, side, b->all);
	size_t nl = amts_str_find(all, AMTS_STR("\n"), 0);
	struct marks m = { .depth = b->depth };

	if (b->opaque) {
		m.first = m.rest = lead(all);
		return m;
	}
	m.first = amts_str_sub(all, 0, b->text.beg - b->all.beg);
	m.rest = nl + 1 < all.n ? lead(amts_str_sub(all, nl + 1, all.n))
				: as_indent(p->arena, m.first);
	return m;
}

struct amts_str plan_indent(const struct amts_plan *p, int side, size_t i)
{
	return as_indent(p->arena, plan_marks_of(p, side, i).first);
}

/* Equal but for white space? */
static int same_signs(const struct marks *x, const struct marks *y)
{
	return x->depth == y->depth &&
	       plan_letters_hash(x->first) == plan_letters_hash(y->first);
}

static int same_bytes(const struct marks *x, const struct marks *y)
{
	return amts_str_eq(x->first, y->first) && amts_str_eq(x->rest, y->rest);
}

/* A text block alone with its counterparts. */
static int is_alone(const struct amts_plan *p, const struct group *g)
{
	enum amts_block_kind kind;

	if (g->changed || g->score < SURE || g->end[BASE] - g->beg[BASE] != 1 ||
		g->end[HEAD] - g->beg[HEAD] != 1 || g->end[TGT] - g->beg[TGT] != 1)
		return 0;
	kind = p->doc[BASE]->v[g->beg[BASE]].kind;
	return kind != AMTS_BLOCK_FRONT_MATTER && kind != AMTS_BLOCK_OTHER &&
	       kind != AMTS_BLOCK_TABLE_ROW && kind != AMTS_BLOCK_HEADING &&
	       kind == p->doc[TGT]->v[g->beg[TGT]].kind;
}

static int is_kept(const struct amts_plan *p, const struct group *g)
{
	return !g->moved && is_alone(p, g);
}

/* The target block with head's marks; 0 when it is not marked as base was. */
static int remark(struct amts_str *out, const struct amts_plan *p, const struct group *g)
{
	struct marks b = plan_marks_of(p, BASE, g->beg[BASE]),
		     h = plan_marks_of(p, HEAD, g->beg[HEAD]);
	struct amts_str s = plan_bytes(p, TGT, p->doc[TGT]->v[g->beg[TGT]].all);
	struct amts_buf buf = AMTS_BUF_INIT;
	size_t at = b.first.n, nl;
	int fits = amts_str_starts(s, b.first);

	amts_buf_add(&buf, h.first);
	while (fits && at < s.n) {
		nl = amts_str_find(s, AMTS_STR("\n"), at);
		nl += nl < s.n;
		amts_buf_add(&buf, amts_str_sub(s, at, nl));
		at = nl;
		if (at == s.n ||
			!amts_str_trim(
				amts_str_sub(s, at, amts_str_find(s, AMTS_STR("\n"), at)))
				 .n)
			continue;
		fits = amts_str_starts(amts_str_sub(s, at, s.n), b.rest);
		at += b.rest.n;
		amts_buf_add(&buf, h.rest);
	}
	*out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return fits;
}

/* ---- out of a list --------------------------------------------------------------- */

static int is_in_list(const struct amts_block *b)
{
	return b->depth > b->quotes;
}

/* In an item of which it is not the beginning. */
static int is_nested(const struct amts_block *b)
{
	return b->depth > b->quotes + (b->kind == AMTS_BLOCK_LIST_ITEM);
}

/* Is target block k, marked as in base, to be nested in no item any more? */
static int comes_out(const struct amts_plan *p, size_t k)
{
	const struct group *g = &p->groups[p->group_of[TGT][k]];
	size_t n = g->end[TGT] - g->beg[TGT], i = k - g->beg[TGT];

	return g->score >= SURE && g->end[BASE] - g->beg[BASE] == n &&
	       g->end[HEAD] - g->beg[HEAD] == n &&
	       !is_nested(&p->doc[HEAD]->v[g->beg[HEAD] + i]) &&
	       amts_str_eq(plan_marks_of(p, TGT, k).first,
		       plan_marks_of(p, BASE, g->beg[BASE] + i).first);
}

const char plan_bound_why[] =
	"the list or quote around it went in the source, and not all of it can follow";

#define CODE 4 /* columns before a line that is code where it stands in no item */

/* Columns that a block is indented by. */
static size_t columns(const struct amts_plan *p, size_t k)
{
	struct amts_str s = plan_indent(p, TGT, k);
	size_t i, n = 0;

	for (i = 0; i < s.n && amts_is_one_of(s.p[i], " \t"); i++)
		n = s.p[i] == ' ' ? n + 1 : n + CODE - n % CODE;
	return n;
}

/* What stays nested behind a block that came out may become code. */
void plan_bind_items(struct amts_plan *p)
{
	const struct amts_doc *d = p->doc[TGT];
	size_t k;
	int behind = 0;

	p->bound = AMTS_NEW(p->arena, char, d->n + 1);
	for (k = d->n; k-- > 0;) {
		const struct amts_block *b = &d->v[k];

		behind &= is_in_list(b);
		p->bound[k] = (char)behind;
		behind = is_nested(b) &&
			 (behind || (columns(p, k) >= CODE && !comes_out(p, k)));
	}
}

int plan_is_bound(const struct amts_plan *p, size_t head, size_t tgt)
{
	return p->bound[tgt] && !is_in_list(&p->doc[HEAD]->v[head]);
}

/* Removed from the source: it leaves the target as well. */
static int is_removed(const struct amts_plan *p, size_t k)
{
	const struct group *g = &p->groups[p->group_of[TGT][k]];

	return place_has(g, BASE) && !place_has(g, HEAD);
}

static int is_parted(const struct amts_plan *p, int side, size_t i)
{
	while (side == TGT && i && !place_newlines(place_gap(p, side, i)) &&
		is_removed(p, i - 1))
		i--;
	return !i || place_newlines(place_gap(p, side, i));
}

struct amts_str plan_parting(const struct amts_plan *p, size_t head, size_t tgt)
{
	return is_in_list(&p->doc[TGT]->v[tgt]) && !is_in_list(&p->doc[HEAD]->v[head]) &&
			       is_parted(p, HEAD, head) && !is_parted(p, TGT, tgt)
		       ? amts_str_z(place_eol(p))
		       : AMTS_STR("");
}

static void follow(struct amts_plan *p, const struct group *g)
{
	struct marks b = plan_marks_of(p, BASE, g->beg[BASE]),
		     h = plan_marks_of(p, HEAD, g->beg[HEAD]),
		     t = plan_marks_of(p, TGT, g->beg[TGT]);
	struct amts_str text;
	size_t step;

	if (same_bytes(&b, &h) || same_signs(&h, &t) || !remark(&text, p, g))
		return;
	if (plan_is_bound(p, g->beg[HEAD], g->beg[TGT])) {
		step = plan_step(p, g, AMTS_ACTION_PENDING, plan_bound_why);
		p->steps[step].pending = 1;
		return;
	}
	step = plan_step(p, g, AMTS_ACTION_TOKENS, "the list or quote around it changed");
	plan_patch(p, step, p->doc[TGT]->v[g->beg[TGT]].all,
		amts_arena_fmt(p->arena, AMTS_STR_FMT AMTS_STR_FMT,
			AMTS_STR_ARG(plan_parting(p, g->beg[HEAD], g->beg[TGT])),
			AMTS_STR_ARG(text)));
}

/* Did the marks of a kept block change by more than white space? */
static int is_remarked(const struct amts_plan *p, const struct group *g)
{
	struct marks b = plan_marks_of(p, BASE, g->beg[BASE]),
		     h = plan_marks_of(p, HEAD, g->beg[HEAD]);

	return !same_signs(&b, &h);
}

int plan_remarked(struct amts_str *out, const struct amts_plan *p, const struct group *g)
{
	return is_alone(p, g) && is_remarked(p, g) && remark(out, p, g);
}

static int is_inside(const struct amts_block *b)
{
	return b->depth || b->kind == AMTS_BLOCK_LIST_ITEM;
}

/*
 * List by list: what is nested in an item goes with it when only its indentation changed,
 * yet white space alone is never followed.
 */
void plan_containers(struct amts_plan *p)
{
	const struct amts_doc *d = p->doc[HEAD];
	size_t beg, end, i;

	for (beg = 0; beg < d->n; beg = end) {
		int remarked = 0;

		for (end = beg;
			end < d->n &&
			(end == beg || (is_inside(&d->v[beg]) && is_inside(&d->v[end])));
			end++) {
			const struct group *g = &p->groups[p->group_of[HEAD][end]];

			remarked |= is_kept(p, g) && is_remarked(p, g);
		}
		for (i = beg; remarked && i < end; i++) {
			const struct group *g = &p->groups[p->group_of[HEAD][i]];

			if (is_kept(p, g))
				follow(p, g);
		}
	}
}
