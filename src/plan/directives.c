/*
 * Containers: an opening and a closing directive with blocks between them.  They come and
 * go together, and not without what they hold.
 */
#include "plan/plan.h"

enum side_of_container { NEITHER, OPENS, CLOSES };

static enum side_of_container side_of(const struct amts_plan *p, size_t k)
{
	const struct amts_block *b = &p->doc[TGT]->v[k];
	struct amts_str s = amts_str_trim(plan_bytes(p, TGT, b->all));
	size_t colons = 0;

	if (b->kind != AMTS_BLOCK_DIRECTIVE)
		return NEITHER;
	while (colons < s.n && s.p[colons] == ':')
		colons++;
	if (amts_str_starts(s, AMTS_STR(":end_tab:")) || (colons >= 3 && colons == s.n))
		return CLOSES;
	if (amts_str_starts(s, AMTS_STR(":begin_tab:")) || colons >= 3)
		return OPENS;
	return NEITHER;
}

/* It stays in the target though its container goes from the source: the source has it no
 * more, or never had it. */
static int is_left_behind(const struct amts_plan *p, const char *gone, size_t k)
{
	const struct group *g = &p->groups[p->group_of[TGT][k]];

	return !gone[k] && g->beg[HEAD] >= g->end[HEAD];
}

void plan_keep_directives(const struct amts_plan *p, char *gone)
{
	size_t n = p->doc[TGT]->n, k, depth = 0;
	size_t *open = AMTS_NEW(p->arena, size_t, n + 1);
	char *holds = AMTS_NEW(p->arena, char, n + 2); /* of each depth */

	for (k = 0; k < n; k++) {
		enum side_of_container side = side_of(p, k);

		if (side == OPENS) {
			open[depth++] = k;
			holds[depth] = 0;
		} else if (side == CLOSES && depth) {
			int keep = holds[depth--];

			if (keep || is_left_behind(p, gone, k) ||
				is_left_behind(p, gone, open[depth]))
				gone[k] = gone[open[depth]] = 0;
			holds[depth] |= keep;
		} else if (is_left_behind(p, gone, k)) {
			holds[depth] = 1;
		}
	}
}
