/* Two texts as one: word by word, [-gone-]{+new+}, or line by line; in colour, red and
 * green. */
#include "cli.h"

#include "amts/align.h"

#include <stdio.h>
#include <string.h>

/* Words, single characters of scripts without spaces, marks and white space; or lines. */
struct words {
	struct amts_str *v;
	uint64_t *hash;
	size_t n;
};

static size_t char_length(struct amts_str s, size_t at)
{
	size_t n = at + 1;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return n - at;
}

enum class { SPACE, LETTER, SINGLE };

/* From U+2E80 on (lead byte 0xe2 0xba) scripts write without spaces, Korean apart. */
static enum class class_at(struct amts_str s, size_t at) {
	unsigned char c = (unsigned char)s.p[at];
	unsigned char next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return SPACE;
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		c == '_') return LETTER;
	if (c >= 0xc3 && c < 0xe2) return LETTER;
	return c >= 0xea && c <= 0xed && !(c == 0xed && next > 0x9f) ? LETTER : SINGLE;
}

static size_t word_end(struct amts_str s, size_t at)
{
	enum class c = class_at(s, at);

	at += char_length(s, at);
	while (c != SINGLE && at < s.n && class_at(s, at) == c)
		at += char_length(s, at);
	return at;
}

/* White space is one word whatever it is, so that re-wrapping does not show. */
static void cut(struct words *out, struct amts_arena *arena, struct amts_str s)
{
	size_t at = 0;

	s = amts_str_trim(s);
	out->v = AMTS_NEW(arena, struct amts_str, s.n + 1);
	out->hash = AMTS_NEW(arena, uint64_t, s.n + 1);
	out->n = 0;
	while (at < s.n) {
		size_t end = word_end(s, at);
		struct amts_str word = class_at(s, at) == SPACE
					       ? AMTS_STR(" ")
					       : amts_str_sub(s, at, end);

		out->v[out->n] = word;
		out->hash[out->n++] = amts_str_hash(word, AMTS_HASH_SEED);
		at = end;
	}
}

static void put_run(
	const struct cli *cli, const struct words *w, size_t beg, size_t end, int new)
{
	if (beg == end)
		return;
	fputs(cli->color ? cli_color(cli, new ? CLI_GREEN : CLI_RED)
		: new	 ? "{+"
			 : "[-",
		stdout);
	for (; beg < end; beg++)
		cli_put_text(w->v[beg]);
	fputs(cli->color ? cli_color(cli, CLI_RESET) : new ? "+}" : "-]", stdout);
}

/* A lone space between two changes belongs to both: "a b" to "c d" is one change, not
 * two. */
static size_t drop_lone_spaces(
	struct amts_match *m, size_t n, const struct words *old, const struct words *new)
{
	size_t k, kept = 0;

	for (k = 0; k < n; k++) {
		int alone =
			(k == 0 || m[k - 1].i + 1 < m[k].i || m[k - 1].j + 1 < m[k].j) &&
			(k + 1 == n ? m[k].i + 1 < old->n || m[k].j + 1 < new->n
				    : m[k].i + 1 < m[k + 1].i || m[k].j + 1 < m[k + 1].j);

		if (!alone || class_at(old->v[m[k].i], 0) != SPACE)
			m[kept++] = m[k];
	}
	return kept;
}

void cli_put_word_diff(const struct cli *cli, struct amts_str old, struct amts_str new)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_match *match;
	struct words a, b;
	size_t i = 0, j = 0, k, n;

	cut(&a, arena, old);
	cut(&b, arena, new);
	n = amts_lcs(&match, arena, a.hash, a.n, b.hash, b.n);
	n = drop_lone_spaces(match, n, &a, &b);
	for (k = 0; k <= n; k++) {
		size_t to_i = k < n ? match[k].i : a.n, to_j = k < n ? match[k].j : b.n;

		put_run(cli, &a, i, to_i, 0);
		put_run(cli, &b, j, to_j, 1);
		if (k < n)
			cli_put_text(b.v[to_j]);
		i = to_i + 1;
		j = to_j + 1;
	}
	amts_arena_free(arena);
}

#define CONTEXT 2 /* unchanged lines shown around changed ones */

static void cut_lines(struct words *out, struct amts_arena *arena, struct amts_str s)
{
	size_t at = 0;

	out->v = AMTS_NEW(arena, struct amts_str, s.n + 1);
	out->hash = AMTS_NEW(arena, uint64_t, s.n + 1);
	out->n = 0;
	while (at < s.n) {
		size_t end = amts_str_find(s, AMTS_STR("\n"), at);

		out->v[out->n] = amts_str_sub(s, at, end);
		out->hash[out->n] = amts_str_hash(out->v[out->n], AMTS_HASH_SEED);
		out->n++;
		at = end + 1;
	}
}

struct marked {
	char mark; /* ' ', '-', '+' */
	struct amts_str text;
};

static size_t mark_lines(struct marked *out, const struct words *old,
	const struct words *new, const struct amts_match *match, size_t nmatch)
{
	size_t i = 0, j = 0, k, n = 0;

	for (k = 0; k <= nmatch; k++) {
		size_t to_i = k < nmatch ? match[k].i : old->n;
		size_t to_j = k < nmatch ? match[k].j : new->n;

		for (; i < to_i; i++)
			out[n++] = (struct marked){ '-', old->v[i] };
		for (; j < to_j; j++)
			out[n++] = (struct marked){ '+', new->v[j] };
		if (k < nmatch)
			out[n++] = (struct marked){ ' ', new->v[j] };
		i++;
		j++;
	}
	return n;
}

static int is_near_change(const struct marked *v, size_t n, size_t at)
{
	size_t i = at < CONTEXT ? 0 : at - CONTEXT;

	for (; i < n && i <= at + CONTEXT; i++) {
		if (v[i].mark != ' ')
			return 1;
	}
	return 0;
}

void cli_put_line_diff(const struct cli *cli, const char *margin, struct amts_str old,
	struct amts_str new)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_match *match;
	struct marked *v;
	struct words a, b;
	size_t i, n;
	int changed = !amts_str_eq(old, new);

	cut_lines(&a, arena, old);
	cut_lines(&b, arena, new);
	n = amts_lcs(&match, arena, a.hash, a.n, b.hash, b.n);
	v = AMTS_NEW(arena, struct marked, a.n + b.n + 1);
	n = mark_lines(v, &a, &b, match, n);
	for (i = 0; i < n; i++) {
		enum cli_color color = v[i].mark == '-'	  ? CLI_RED
				       : v[i].mark == '+' ? CLI_GREEN
							  : CLI_RESET;

		if (changed && !is_near_change(v, n, i))
			continue;
		printf("%s%s%c", margin, cli_color(cli, color), v[i].mark);
		cli_put_text(v[i].text);
		printf("%s\n", cli_color(cli, CLI_RESET));
	}
	amts_arena_free(arena);
}
