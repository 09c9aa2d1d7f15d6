/* Opaque text cut into lines or tokens. */
#include "plan/pieces.h"

#include <string.h>

struct amts_str piece(const struct pieces *u, size_t i)
{
	return amts_str_sub(u->all, u->at[i].beg, u->at[i].end);
}

struct amts_str pieces_range(const struct pieces *u, size_t beg, size_t end)
{
	if (beg >= end)
		return AMTS_STR("");
	return amts_str_sub(u->all, u->at[beg].beg, u->at[end - 1].end);
}

static struct amts_str without_eol(struct amts_str s)
{
	while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r' ||
			      s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static void pieces_alloc(
	struct pieces *u, struct amts_arena *arena, struct amts_str s, size_t n)
{
	u->all = s;
	u->at = AMTS_NEW(arena, struct amts_span, n + 1);
	u->hash = AMTS_NEW(arena, uint64_t, n + 1);
	u->n = 0;
}

static void pieces_add(struct pieces *u, size_t beg, size_t end, uint64_t hash)
{
	u->at[u->n] = (struct amts_span){ beg, end };
	u->hash[u->n++] = hash;
}

void pieces_lines(struct pieces *u, struct amts_arena *arena, struct amts_str s)
{
	size_t i = 0, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	pieces_alloc(u, arena, s, n);
	for (i = 0; i < s.n;) {
		const char *nl = memchr(s.p + i, '\n', s.n - i);
		size_t end = nl ? (size_t)(nl - s.p) + 1 : s.n;

		pieces_add(u, i, end,
			amts_str_hash(
				without_eol(amts_str_sub(s, i, end)), AMTS_HASH_SEED));
		i = end;
	}
}

int pieces_is_word(unsigned char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/*
 * End of the token at i: indentation, identifiers and numbers, single other code points.
 */
static size_t token_end(struct amts_str s, size_t i)
{
	size_t j = i + 1;
	unsigned char c = (unsigned char)s.p[i];

	if (pieces_is_word(c))
		while (j < s.n && pieces_is_word((unsigned char)s.p[j]))
			j++;
	else if (c == ' ' || c == '\t')
		while (j < s.n && (s.p[j] == ' ' || s.p[j] == '\t'))
			j++;
	else if (c >= 0xc0)
		while (j < s.n && ((unsigned char)s.p[j] & 0xc0) == 0x80)
			j++;
	return j;
}

/* White space inside a line belongs to no token: translations space code in their own
 * way. */
static int is_token(struct amts_str s, size_t i)
{
	return !i || (s.p[i] != ' ' && s.p[i] != '\t');
}

void pieces_tokens(struct pieces *u, struct amts_arena *arena, struct amts_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i = token_end(s, i))
		n += (size_t)is_token(s, i);
	pieces_alloc(u, arena, s, n);
	for (i = 0; i < s.n; i = token_end(s, i))
		if (is_token(s, i))
			pieces_add(u, i, token_end(s, i),
				amts_str_hash(amts_str_sub(s, i, token_end(s, i)),
					AMTS_HASH_SEED));
}

int pieces_is_blank(struct amts_str s)
{
	return !amts_str_trim(s).n;
}

/* Share of tokens two lines have in common, 0..1 (Dice over multisets, by LCS). */
double pieces_likeness(struct amts_str x, struct amts_str y)
{
	struct amts_arena *scratch;
	struct pieces a, b;
	struct amts_match *m;
	size_t i, k, common = 0, n = 0;

	if (x.n > 4000 || y.n > 4000)
		return amts_str_eq(x, y);
	scratch =
		amts_arena_new(); /* lines are compared many times: nothing may pile up */
	pieces_tokens(&a, scratch, without_eol(x));
	pieces_tokens(&b, scratch, without_eol(y));
	k = amts_lcs(&m, scratch, a.hash, a.n, b.hash, b.n);
	for (i = 0; i < k; i++)
		common += !pieces_is_blank(piece(&a, m[i].i));
	for (i = 0; i < a.n; i++)
		n += !pieces_is_blank(piece(&a, i));
	for (i = 0; i < b.n; i++)
		n += !pieces_is_blank(piece(&b, i));
	amts_arena_free(scratch);
	return n ? 2.0 * (double)common / (double)n : 1;
}
