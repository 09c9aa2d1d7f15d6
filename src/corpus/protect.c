/*
 * Markup of texts as documents have them ("`code`", "$x$", "[text](url)"), as parallel
 * data of other programs and of this one has it, for what a memory knows them by:
 * placeholders, as in the segments of a document.
 */
#include "corpus/bitext.h"
#include "md/pairing.h"

#include <string.h>

/* Is there anything that markup begins with, and no placeholder yet? */
static int may_hold(struct amts_str s)
{
	unsigned id;
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '<' && bitext_holder(s, i, &id))
			return 0;
	for (i = 0; i < s.n; i++)
		if (strchr("`$[<{\\:&@w", s.p[i]) && s.p[i])
			return 1;
	return 0;
}

/* The text as one segment; NULL when it is none. */
static const struct amts_segments *cut(
	struct amts_arena *arena, struct amts_str text, const char *lang)
{
	struct amts_segments *segs = AMTS_NEW(arena, struct amts_segments, 1);
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	if (amts_doc_plain(&doc, arena, text, &ignored) ||
		amts_segments(segs, arena, doc, lang, &ignored) || segs->n != 1)
		return NULL;
	return segs;
}

struct amts_str amts_bitext_protect(struct amts_arena *arena, struct amts_str text)
{
	const struct amts_segments *segs = may_hold(text) ? cut(arena, text, "en") : NULL;

	return segs && segs->v[0].ninl ? segs->v[0].text : text;
}

void bitext_protect_pair(struct amts_pair *p, struct amts_arena *arena,
	const char *src_lang, const char *tgt_lang)
{
	const struct amts_span one = { 0, 1 };
	const struct amts_segments *src, *tgt;
	struct amts_str text[2];

	p->before = amts_bitext_protect(arena, p->before);
	if (!may_hold(p->src) && !may_hold(p->tgt))
		return;
	src = cut(arena, p->src, src_lang);
	tgt = cut(arena, p->tgt, tgt_lang);
	if (!src || !tgt || !(src->v[0].ninl + tgt->v[0].ninl) ||
		!amts_pair_segments(
			&text[0], &text[1], arena, src, one, tgt, one, tgt_lang))
		return; /* as it is: something may be like it */
	p->src = text[0];
	p->tgt = text[1];
}
