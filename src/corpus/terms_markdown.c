/* Glossaries as people write them: tables, and lines of two short parts. */
#include "amts/text.h"
#include "base/alloc.h"
#include "corpus/terms.h"

#include <stdlib.h>
#include <string.h>

#define PART_MAX 80 /* bytes of one side of a line */
#define COLUMNS 8

/* Between the two sides of a line; the first that is there. */
static const char *const separators[] = { "\t", "；", ";", "，", " → ", " -> ", " — ",
	" – ", " - ", "：", ": ", " = " };

struct entry {
	struct amts_str left, right;
	size_t line;
};

struct entries {
	struct entry *v;
	size_t n, cap;
};

static int is_latin(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xe1) /* U+1000 and above, but for signs */
			if ((unsigned char)s.p[i] != 0xe2)
				return 0;
	return 1;
}

/* Cells of a table row, without the bars at its ends. */
static size_t cells_of(struct amts_str *cells, struct amts_str line)
{
	size_t n = 0, beg, end;

	if (amts_str_starts(line, AMTS_STR("|")))
		line = amts_str_sub(line, 1, line.n);
	if (amts_str_ends(line, AMTS_STR("|")))
		line.n--;
	for (beg = 0; beg <= line.n && n < COLUMNS; beg = end + 1) {
		end = amts_str_find(line, AMTS_STR("|"), beg);
		cells[n++] = amts_str_trim(amts_str_sub(line, beg, end));
	}
	return n;
}

static int is_delimiter_row(struct amts_str line)
{
	size_t i, dashes = 0;

	for (i = 0; i < line.n; i++) {
		if (!strchr("|-: ", line.p[i]))
			return 0;
		dashes += line.p[i] == '-';
	}
	return dashes > 0;
}

/* A line outside of tables: its two sides, if it has them and is no sentence. */
static int split_line(struct entry *e, struct amts_str line)
{
	size_t i, at;

	if (line.n && strchr("#>:`<![", line.p[0]))
		return 0;
	while (line.n > 1 && strchr("-*+", line.p[0]) && line.p[1] == ' ')
		line = amts_str_trim(amts_str_sub(line, 2, line.n));
	for (i = 0; i < sizeof(separators) / sizeof(*separators); i++) {
		struct amts_str mark = amts_str_z(separators[i]);

		at = amts_str_find(line, mark, 0);
		if (at == line.n)
			continue;
		e->left = amts_str_trim(amts_str_sub(line, 0, at));
		e->right = amts_str_trim(amts_str_sub(line, at + mark.n, line.n));
		return e->left.n && e->right.n && e->left.n <= PART_MAX &&
		       e->right.n <= PART_MAX && e->right.p[e->right.n - 1] != '.' &&
		       !amts_str_ends(e->right, AMTS_STR("。"));
	}
	return 0;
}

static struct amts_str next_line(struct amts_str *rest)
{
	size_t end = amts_str_find(*rest, AMTS_STR("\n"), 0);
	struct amts_str s = amts_str_trim(amts_str_sub(*rest, 0, end));

	*rest = amts_str_sub(*rest, end + 1, rest->n);
	return s;
}

/* The rows of tables below their delimiter rows, and lines of two sides. */
static void collect(struct entries *e, struct amts_str bytes)
{
	struct amts_str cells[COLUMNS];
	size_t line = 0;
	int in_table = 0, fenced = 0;

	while (bytes.n) {
		struct amts_str s = next_line(&bytes);
		struct entry x = { .line = ++line };

		if (amts_str_starts(s, AMTS_STR("```")))
			fenced = !fenced;
		if (fenced)
			continue;
		if (amts_str_find(s, AMTS_STR("|"), 0) < s.n) {
			if (is_delimiter_row(s)) {
				in_table = 1;
			} else if (in_table && cells_of(cells, s) >= 2) {
				x.left = cells[0];
				x.right = cells[1];
				AMTS_VEC_PUSH(e->v, e->n, e->cap, x);
			}
			continue;
		}
		in_table = 0;
		if (split_line(&x, s))
			AMTS_VEC_PUSH(e->v, e->n, e->cap, x);
	}
}

/* Is the source on the right?  Where the languages have different scripts the lines tell.
 */
static int is_reversed(const struct entries *e, const struct amts_glossary *g)
{
	int src_latin = amts_lang_tokens(g->src_lang) == AMTS_TOKENS_PREFIX;
	int tgt_latin = amts_lang_tokens(g->tgt_lang) == AMTS_TOKENS_PREFIX;
	size_t i, left = 0, right = 0;

	if (src_latin == tgt_latin)
		return 0;
	for (i = 0; i < e->n; i++) {
		int l = is_latin(e->v[i].left), r = is_latin(e->v[i].right);

		left += l && !r;
		right += r && !l;
	}
	return src_latin ? right > left : left > right;
}

void terms_read_markdown(struct amts_glossary *g, struct amts_str bytes)
{
	struct entries e = { NULL, 0, 0 };
	int reversed;
	size_t i;

	collect(&e, bytes);
	reversed = is_reversed(&e, g);
	for (i = 0; i < e.n; i++)
		terms_add(g, reversed ? e.v[i].right : e.v[i].left,
			reversed ? e.v[i].left : e.v[i].right, e.v[i].line);
	free(e.v);
}
