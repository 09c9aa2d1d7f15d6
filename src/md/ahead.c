#include "md/ahead.h"
#include "md/lines.h"

void md_ahead_init(struct md_ahead *a, const struct md_place *place)
{
	a->in = place->in;
	a->at = place->at;
	a->end = place->end;
	a->next = place->next;
	a->lines = 1;
	a->quotes = place->quotes;
}

int md_ahead_next(struct md_ahead *a)
{
	unsigned quotes = a->quotes;
	size_t beg = a->next;

	if (beg >= a->in.n)
		return 0;
	a->next = md_line_end(a->in, beg, &a->end);
	a->at = md_skip_prefix(amts_str_sub(a->in, 0, a->end), beg, &quotes);
	a->lines++;
	return quotes == 0;
}

struct amts_str md_ahead_line(const struct md_ahead *a)
{
	return amts_str_sub(a->in, a->at, a->end);
}

int md_ahead_close(struct md_region *out, const struct md_ahead *a)
{
	out->end = a->end;
	out->next = a->next;
	return 1;
}
