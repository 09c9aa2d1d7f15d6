#include "md/pairing.h"

#include "amts/text.h"
#include "text/chars.h"

#define NONE SIZE_MAX
#define MAX_INLINES 64 /* in a pair: more is a table of links, not a sentence */

static struct amts_str join(struct amts_arena *arena, const struct amts_segments *s,
	struct amts_span at, const char *between)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t i, k, id = 0;

	if (at.beg + 1 == at.end)
		return s->v[at.beg].text;
	/* placeholders of later segments count on */
	for (i = at.beg; i < at.end; i++) {
		struct amts_str t = s->v[i].text;

		if (i > at.beg)
			amts_buf_addz(&buf, between);
		for (k = 0; k < t.n;) {
			size_t x = amts_str_find(t, AMTS_STR("<x id=\""), k), close;

			amts_buf_add(&buf, amts_str_sub(t, k, x));
			if (x >= t.n)
				break;
			close = amts_str_find(t, AMTS_STR("\"/>"), x);
			text_add_placeholder(&buf, ++id);
			k = close + 3;
		}
	}
	out = amts_arena_str(arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

static size_t count_inlines(const struct amts_segments *s, struct amts_span at)
{
	size_t n = 0;

	for (; at.beg < at.end; at.beg++)
		n += s->v[at.beg].ninl;
	return n;
}

static void list_inlines(
	struct amts_inline *out, const struct amts_segments *s, struct amts_span at)
{
	size_t i;

	for (; at.beg < at.end; at.beg++)
		for (i = 0; i < s->v[at.beg].ninl; i++)
			*out++ = s->v[at.beg].inl[i];
}

static struct amts_str bytes_of(const struct amts_segments *s, struct amts_span at)
{
	return amts_str_sub(s->doc->bytes, at.beg, at.end);
}

/* For each target inline the source inline it stands for: same bytes first, then same
 * kind in order.  0 when some are left over. */
static int match_inlines(size_t *of, const struct amts_segments *src,
	const struct amts_inline *s, const struct amts_segments *tgt,
	const struct amts_inline *t, size_t n)
{
	char used[MAX_INLINES] = { 0 };
	size_t i, k;
	int pass;

	for (i = 0; i < n; i++)
		of[i] = NONE;
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < n; i++)
			for (k = 0; k < n && of[i] == NONE; k++) {
				if (used[k] || s[k].kind != t[i].kind ||
					(!pass && !amts_str_eq(bytes_of(src, s[k].at),
							  bytes_of(tgt, t[i].at))))
					continue;
				used[k] = 1;
				of[i] = k;
			}
	for (i = 0; i < n; i++)
		if (of[i] == NONE)
			return 0;
	return 1;
}

static struct amts_str renumber(
	struct amts_arena *arena, struct amts_str t, const size_t *of)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t k = 0, id = 0;

	for (;;) {
		size_t at = amts_str_find(t, AMTS_STR("<x id=\""), k);

		amts_buf_add(&buf, amts_str_sub(t, k, at));
		if (at >= t.n)
			break;
		text_add_placeholder(&buf, of[id++] + 1);
		k = amts_str_find(t, AMTS_STR("\"/>"), at) + 3;
	}
	out = amts_arena_str(arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}

int amts_pair_segments(struct amts_str *src_text, struct amts_str *tgt_text,
	struct amts_arena *arena, const struct amts_segments *src,
	struct amts_span src_at, const struct amts_segments *tgt, struct amts_span tgt_at,
	const char *tgt_lang)
{
	struct amts_inline si[MAX_INLINES], ti[MAX_INLINES];
	size_t of[MAX_INLINES], n = count_inlines(src, src_at);

	if (n > MAX_INLINES || n != count_inlines(tgt, tgt_at))
		return 0;
	list_inlines(si, src, src_at);
	list_inlines(ti, tgt, tgt_at);
	if (!match_inlines(of, src, si, tgt, ti, n))
		return 0;
	*src_text = join(arena, src, src_at, " ");
	*tgt_text = join(arena, tgt, tgt_at, amts_lang_unspaced(tgt_lang) ? "" : " ");
	if (n)
		*tgt_text = renumber(arena, *tgt_text, of);
	return 1;
}
