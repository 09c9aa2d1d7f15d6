/* Where words end, for those who must not cut one. */
#include "text/chars.h"
#include "text/lang.h"

#include "base/alloc.h"

#include <limits.h>

/* UTF-16 of the text, and where each unit stands in it. */
struct units {
	UChar *u;
	size_t *at;
	size_t n;
};

static void units_of(struct units *x, struct amts_arena *arena, struct amts_str s)
{
	size_t i = 0;

	*x = (struct units){ AMTS_NEW(arena, UChar, s.n + 1),
		AMTS_NEW(arena, size_t, s.n + 1), 0 };
	while (i < s.n) {
		size_t beg = i;
		UChar32 c = text_next(s, &i);
		if (c > 0xffff) {
			x->at[x->n] = beg;
			x->u[x->n++] = U16_LEAD(c);
			c = U16_TRAIL(c);
		}
		x->at[x->n] = beg;
		x->u[x->n++] = (UChar)c;
	}
	x->at[x->n] = s.n;
}

int amts_word_ends(size_t **ends, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err)
{
	struct units x;
	UBreakIterator *it;
	int32_t b;

	*n = 0;
	*ends = AMTS_NEW(arena, size_t, text.n + 1);
	if (!text.n)
		return AMTS_OK;
	if (text.n > INT32_MAX)
		return amts_fail(err, AMTS_ETOOBIG, "text of %zu bytes", text.n);
	units_of(&x, arena, text);
	it = text_lang_words(text_lang_get(lang), x.u, x.n, err);
	if (!it)
		return AMTS_EFAIL;
	ubrk_first(it);
	for (b = ubrk_next(it); b != UBRK_DONE; b = ubrk_next(it))
		(*ends)[(*n)++] = x.at[b];
	return AMTS_OK;
}
