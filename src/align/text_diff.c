/* Two texts as one: what stayed, what went and what came, word by word or line by line.
 */
#include "amts/align.h"
#include "amts/mem.h"

#include <string.h>

/* Words, single characters of scripts without spaces, marks and white space. */
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

/* White space is a word of its own in code: there lines are the words. */
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

struct parts {
	struct amts_diff_part *v;
	size_t n;
};

/* Words [beg, end) as one part; lines as one each. */
static void add(struct parts *out, struct amts_arena *arena, const struct words *w,
	size_t beg, size_t end, enum amts_diff_op op, int lines)
{
	struct amts_diff_part *last = out->n ? &out->v[out->n - 1] : NULL;
	struct amts_buf buf = AMTS_BUF_INIT;

	for (; lines && beg < end; beg++)
		out->v[out->n++] = (struct amts_diff_part){ op, w->v[beg] };
	if (beg >= end)
		return;
	if (last && last->op == op)
		amts_buf_add(&buf, last->text);
	else
		last = &out->v[out->n++];
	for (; beg < end; beg++)
		amts_buf_add(&buf, w->v[beg]);
	*last = (struct amts_diff_part){ op, amts_arena_str(arena, amts_buf_str(&buf)) };
	amts_buf_release(&buf);
}

/* Where the run of matches that begins with match k ends. */
static size_t to_next_run(const struct amts_match *m, size_t n, size_t k)
{
	for (k++; k < n && m[k].i == m[k - 1].i + 1 && m[k].j == m[k - 1].j + 1; k++)
		;
	return k;
}

static size_t diff(struct amts_diff_part **out, struct amts_arena *arena,
	struct amts_str old, struct amts_str new, int lines)
{
	struct amts_match *match;
	struct words a, b;
	struct parts parts = { NULL, 0 };
	size_t i = 0, j = 0, k, n;

	(lines ? cut_lines : cut)(&a, arena, old);
	(lines ? cut_lines : cut)(&b, arena, new);
	n = amts_lcs(&match, arena, a.hash, a.n, b.hash, b.n);
	if (!lines)
		n = drop_lone_spaces(match, n, &a, &b);
	parts.v = AMTS_NEW(arena, struct amts_diff_part, a.n + b.n + 1);
	for (k = 0; k <= n; k = to_next_run(match, n, k)) {
		size_t to_i = k < n ? match[k].i : a.n, to_j = k < n ? match[k].j : b.n;
		size_t run = to_next_run(match, n, k) - k;

		add(&parts, arena, &a, i, to_i, AMTS_DIFF_GONE, lines);
		add(&parts, arena, &b, j, to_j, AMTS_DIFF_NEW, lines);
		if (k < n)
			add(&parts, arena, &b, to_j, to_j + run, AMTS_DIFF_SAME, lines);
		i = to_i + run;
		j = to_j + run;
	}
	*out = parts.v;
	return parts.n;
}

size_t amts_diff_words(struct amts_diff_part **out, struct amts_arena *arena,
	struct amts_str old, struct amts_str new)
{
	return diff(out, arena, old, new, 0);
}

size_t amts_diff_lines(struct amts_diff_part **out, struct amts_arena *arena,
	struct amts_str old, struct amts_str new)
{
	return diff(out, arena, old, new, 1);
}

void amts_diff_text(
	struct amts_buf *out, struct amts_str old, struct amts_str new, int lines)
{
	static const char *const open[2][3] = { { "", "[-", "{+" }, { "", "-", "+" } };
	static const char *const close[2][3] = { { "", "-]", "+}" }, { "", "\n", "\n" } };
	struct amts_arena *arena = amts_arena_new();
	struct amts_diff_part *v;
	size_t i, n = diff(&v, arena, old, new, lines);

	for (i = 0; i < n; i++) {
		if (lines && v[i].op == AMTS_DIFF_SAME)
			continue;
		amts_buf_addz(out, open[lines != 0][v[i].op]);
		amts_buf_add(out, v[i].text);
		amts_buf_addz(out, close[lines != 0][v[i].op]);
	}
	amts_arena_free(arena);
}
