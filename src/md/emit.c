#include "amts/text.h"
#include "base/alloc.h"
#include "md/lines.h"
#include "md/parser.h"
#include "md/print.h"

#include <string.h>

/* 1 if bytes are text: valid UTF-8 without NUL. */
static int is_text(const struct md_parser *p, struct amts_span at)
{
	struct amts_str s = amts_str_sub(p->in, at.beg, at.end);

	return !p->dirty || (!memchr(s.p, '\0', s.n) && amts_utf8_fault(s) == s.n);
}

static struct amts_span trim(struct amts_str in, struct amts_span at)
{
	struct amts_str s = amts_str_trim(amts_str_sub(in, at.beg, at.end));
	size_t beg = s.n ? (size_t)(s.p - in.p) : at.beg;

	return (struct amts_span){ beg, beg + s.n };
}

void md_emit(struct md_parser *p, const struct md_emit *e)
{
	const struct md_container none = { 0 },
				  *top = p->depth ? &p->stack[p->depth - 1] : &none;
	struct amts_block b = { .kind = e->kind,
		.all = { e->beg, e->next },
		.depth = top->depth,
		.quotes = top->quotes,
		.level = e->level,
		.tabs = p->tabs };

	if (p->mark) {
		b.all.beg = p->mark_beg;
		p->mark = 0;
	}
	b.text = trim(p->in, e->text);
	b.opaque = !p->doc->plain && /* a line of plain text is a sentence, whatever it
					says */
		   (!amts_text_has_letters(amts_str_sub(p->in, b.text.beg, b.text.end)) ||
			   !is_text(p, b.all));
	if (b.opaque)
		b.text.beg = b.text.end = b.all.beg;
	b.print = e->print ? e->print : md_print(p->doc, &b, e->content);
	AMTS_VEC_PUSH(p->v, p->n, p->cap, b);
}
