/* Small edits of comments in code, which their translations need not follow: as those of
 * text (small.c). */
#include "plan/merge3.h"
#include "plan/row.h"

static int is_letter(struct amts_str s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] >= 0x80 ||
				  ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z'));
}

static int has_word(struct amts_str s, struct amts_str word)
{
	size_t at = amts_str_find(s, word, 0);

	while (at < s.n && ((at && is_letter(s, at - 1)) || is_letter(s, at + word.n)))
		at = amts_str_find(s, word, at + 1);
	return at < s.n;
}

/*
 * Words that differ by a letter: was the old one spelt wrong?  It was when the source has
 * it nowhere any more, and had the new one elsewhere.  (Comments have too few words in
 * common with text for word links to tell, as they do there.)
 */
static int are_misspelt(const struct amts_plan *p, const struct sentence *base,
	const struct sentence *head)
{
	struct row b, h;
	struct hunk *k, *typos;
	size_t i, n, ntypos = 0;

	row_make(&b, p->arena, base);
	row_make(&h, p->arena, head);
	typos = AMTS_NEW(p->arena, struct hunk, b.n + 1);
	n = row_hunks(&k, p->arena, &b, &h);
	for (i = 0; i < n; i++)
		row_words(&b, &h, &k[i], typos, &ntypos);
	for (i = 0; i < ntypos; i++)
		if (has_word(p->doc[HEAD]->bytes, row_token(&b, typos[i].b0)) ||
			!has_word(p->doc[BASE]->bytes, row_token(&h, typos[i].h0)))
			return 0;
	return 1;
}

/* A comment as a sentence; what stands in backticks is code. */
static struct sentence sentence_of(struct amts_arena *arena, const struct amts_doc *doc)
{
	struct amts_str s = doc->bytes;
	struct amts_inline *v = AMTS_NEW(arena, struct amts_inline, s.n / 2 + 1);
	size_t beg = amts_str_find(s, AMTS_STR("`"), 0), end, n = 0;

	for (; beg < s.n; beg = amts_str_find(s, AMTS_STR("`"), end)) {
		end = amts_str_find(s, AMTS_STR("`"), beg + 1) + 1;
		if (end > s.n)
			break;
		v[n++] = (struct amts_inline){ AMTS_INLINE_CODE, { beg, end } };
	}
	return (struct sentence){ doc, { 0, s.n }, v, n };
}

unsigned comment_edits(const struct merge *m, struct amts_str base, struct amts_str head)
{
	const struct amts_plan *p = m->plan;
	struct amts_doc was = { .bytes = base }, is = { .bytes = head };
	struct sentence b = sentence_of(m->arena, &was), h = sentence_of(m->arena, &is);
	unsigned small;

	if (!p || tokens_change(p->arena, &b, &h, &small) != CHANGE_SMALL ||
		((small & SMALL_UNSURE) && !are_misspelt(p, &b, &h)))
		return 0;
	small &= AMTS_SMALL_ALL;
	return small & p->in.strict ? 0 : small;
}

/* Where the comment of a line begins. */
static size_t beginning(struct amts_str line)
{
	return merge3_is_comment(line) ? (size_t)(amts_str_trim(line).p - line.p)
				       : merge3_comment_at(line);
}

unsigned comment_edits_of_line(
	const struct merge *m, struct amts_str base, struct amts_str head)
{
	size_t b = beginning(base), h = beginning(head);

	if (b == base.n || h == head.n ||
		!amts_str_eq(amts_str_sub(base, 0, b), amts_str_sub(head, 0, h)))
		return 0;
	return comment_edits(
		m, amts_str_sub(base, b, base.n), amts_str_sub(head, h, head.n));
}
