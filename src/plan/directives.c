/*
 * Containers: an opening and a closing line with blocks between them (tabs, admonitions,
 * shortcodes, tags).  They come and go together, and not without what they hold.
 */
#include "plan/plan.h"

#include <string.h>

/* So far up the open containers the beginning of one that closes is looked for: others
 * between them never close (shortcodes that stand alone, <br>). */
#define MAX_OPEN 16

enum end_of_container { NEITHER, OPENS, CLOSES };

struct leaving {
	const struct amts_plan *p;
	const struct containers *base;
};

/* Is s the beginning of a line with one of these marks?  Then what follows it. */
static int after(struct amts_str *rest, struct amts_str s, const char *mark)
{
	if (!amts_str_starts(s, amts_str_z(mark)))
		return 0;
	*rest = amts_str_trim(amts_str_sub(s, strlen(mark), s.n));
	return 1;
}

static struct amts_str word(struct amts_str s)
{
	size_t n = 0;

	while (n < s.n && !strchr(" \t\r\n/>%}`:", s.p[n]))
		n++;
	return amts_str_sub(s, 0, n);
}

static size_t run_of(struct amts_str s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* ":::" and fences of directives close without a name; tabs have no other. */
static enum end_of_container plain_end(struct amts_str *name, struct amts_str s)
{
	size_t colons = run_of(s, ':'), ticks = run_of(s, '`'), tildes = run_of(s, '~');
	size_t n = colons > ticks ? colons : ticks > tildes ? ticks : tildes;

	*name = amts_str_sub(s, 0, 1);
	if (n >= 3)
		return n == s.n ? CLOSES : OPENS;
	*name = AMTS_STR("tab");
	if (amts_str_starts(s, AMTS_STR(":end_tab:")))
		return CLOSES;
	return amts_str_starts(s, AMTS_STR(":begin_tab:")) ? OPENS : NEITHER;
}

/* {{< note >}}, {{% /note %}}, {% if x %}, {% endif %} */
static enum end_of_container shortcode_end(struct amts_str *name, struct amts_str s)
{
	struct amts_str rest;

	if (after(&rest, s, "{{<") || after(&rest, s, "{{%")) {
		int closes = after(&rest, rest, "/");

		*name = word(rest);
		return closes ? CLOSES : OPENS;
	}
	if (!after(&rest, s, "{%"))
		return NEITHER;
	after(&rest, rest, "-");
	if (after(&rest, rest, "end")) {
		*name = word(rest);
		return CLOSES;
	}
	*name = word(rest);
	return OPENS;
}

static enum end_of_container tag_end(struct amts_str *name, struct amts_str s)
{
	struct amts_str rest;

	if (!after(&rest, s, "<") || after(&rest, s, "<!"))
		return NEITHER;
	if (after(&rest, rest, "/")) {
		*name = word(rest);
		return CLOSES;
	}
	*name = word(rest);
	return name->n && !amts_str_ends(s, AMTS_STR("/>")) ? OPENS : NEITHER;
}

static enum end_of_container end_of(
	struct amts_str *name, const struct amts_plan *p, int side, size_t k)
{
	const struct amts_block *b = &p->doc[side]->v[k];
	struct amts_str s = amts_str_trim(plan_bytes(p, side, b->all));
	enum end_of_container end;

	if (b->kind == AMTS_BLOCK_HTML)
		return tag_end(name, s);
	if (b->kind != AMTS_BLOCK_DIRECTIVE)
		return NEITHER;
	end = shortcode_end(name, s);
	return end != NEITHER ? end : plain_end(name, s);
}

struct containers *plan_containers_of(struct amts_plan *p, int side)
{
	size_t n = p->doc[side]->n, k, i, depth = 0, far;
	struct containers *c = AMTS_NEW(p->arena, struct containers, 1);
	size_t *open = AMTS_NEW(p->arena, size_t, n + 1);
	struct amts_str *names = AMTS_NEW(p->arena, struct amts_str, n + 1), name;

	c->other = AMTS_NEW(p->arena, size_t, n + 1);
	c->around = AMTS_NEW(p->arena, size_t, n + 1);
	for (k = 0; k < n; k++) {
		enum end_of_container end = end_of(&name, p, side, k);

		c->other[k] = NONE;
		if (end == OPENS) {
			names[depth] = name;
			open[depth++] = k;
		}
		far = depth > MAX_OPEN ? depth - MAX_OPEN : 0;
		for (i = depth; end == CLOSES && i > far; i--)
			if (amts_str_eq(names[i - 1], name)) {
				depth = i - 1;
				c->other[k] = open[depth];
				c->other[open[depth]] = k;
				break;
			}
	}
	for (depth = k = 0; k < n; k++) {
		if (c->other[k] != NONE && c->other[k] < k)
			depth--;
		c->around[k] = depth ? open[depth - 1] : NONE;
		if (c->other[k] != NONE && c->other[k] > k)
			open[depth++] = k;
	}
	return c;
}

void plan_containers_came(struct amts_plan *p)
{
	struct containers *b = plan_containers_of(p, BASE),
			  *h = plan_containers_of(p, HEAD);
	char *taken = AMTS_NEW(p->arena, char, p->doc[BASE]->n + 1);
	size_t j;

	for (j = 0; j < p->doc[HEAD]->n; j++) {
		size_t i = p->came_from[j], was, is;

		if (i == NONE || b->around[i] == NONE || h->around[j] == NONE)
			continue;
		was = b->around[i];
		is = h->around[j];
		if (p->came_from[is] != NONE || taken[was]++)
			continue;
		p->came_from[is] = was;
		p->came_from[h->other[is]] = b->other[was];
	}
}

/*
 * Does target block k keep the container that it stands in?  It stays though the source
 * has it no more, or never had it; or it is none of what the source had in there.
 */
static int is_left_behind(
	const struct leaving *x, const char *gone, size_t k, size_t open)
{
	const struct amts_plan *p = x->p;
	const struct group *g = &p->groups[p->group_of[TGT][k]];
	const struct group *ends = &p->groups[p->group_of[TGT][open]];

	if (gone[k])
		return 0;
	if (g->beg[HEAD] >= g->end[HEAD])
		return 1;
	return open != k && g->beg[BASE] < g->end[BASE] &&
	       ends->beg[BASE] < ends->end[BASE] &&
	       x->base->around[g->beg[BASE]] != ends->beg[BASE];
}

void plan_keep_directives(struct amts_plan *p, const struct containers *c, char *gone)
{
	size_t n = p->doc[TGT]->n, k;
	char *holds = AMTS_NEW(p->arena, char, n + 1); /* of an opening line */
	struct leaving x = { p, plan_containers_of(p, BASE) };

	for (k = 0; k < n; k++) {
		size_t open = c->other[k], around = c->around[k];

		if (open != NONE && open < k) {
			if (holds[open] || is_left_behind(&x, gone, k, k) ||
				is_left_behind(&x, gone, open, open))
				gone[k] = gone[open] = 0;
			if (around != NONE)
				holds[around] |= holds[open];
		} else if (open == NONE && around != NONE &&
			   is_left_behind(&x, gone, k, around)) {
			holds[around] = 1;
		}
	}
}
