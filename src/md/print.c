#include "md/print.h"

#include "base/chars.h"
#include "md/lines.h"

/* U+3000 to U+9FFF and U+F000 to U+FFFF, by the first of three bytes. */
static int is_wide_lead(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 0xe3 && u <= 0xe9) || u == 0xef;
}

/* What a hash is fed through, word by word. */
struct fold {
	uint64_t hash;
	char last;     /* byte fed last; NUL: none */
	int wide;      /* it ended a CJK character */
	int broke;     /* nothing but a line ending was seen since */
	int row, rule; /* table row; delimiter row */
};

/* Columns of a delimiter row may be of any width. */
static void feed_rule(struct fold *f, struct amts_str word)
{
	size_t i;

	for (i = 0; i < word.n; i++)
		if (word.p[i] != '-' || !i || word.p[i - 1] != '-')
			f->hash = amts_hash_byte(f->hash, (unsigned char)word.p[i]);
}

static void feed_word(struct fold *f, struct amts_str word)
{
	int joined = f->broke && f->wide && is_wide_lead(word.p[0]);
	int beside_pipe = f->row && (word.p[0] == '|' || f->last == '|');

	if (f->last && !joined && !beside_pipe)
		f->hash = amts_hash_byte(f->hash, ' ');
	if (f->rule)
		feed_rule(f, word);
	else
		f->hash = amts_str_hash(word, f->hash);
	f->last = word.p[word.n - 1];
	f->wide = word.n >= 3 && is_wide_lead(word.p[word.n - 3]);
	f->broke = 0;
}

static void feed_line(struct fold *f, struct amts_str line)
{
	size_t beg = 0, end;

	for (; beg < line.n; beg = end + 1) {
		for (end = beg; end < line.n && !amts_is_space(line.p[end]); end++)
			;
		if (end > beg)
			feed_word(f, amts_str_sub(line, beg, end));
		else
			f->broke = 0;
	}
}

uint64_t md_print(const struct amts_doc *doc, const struct amts_block *block,
	struct amts_span content)
{
	char head[2] = { (char)block->kind, (char)block->level };
	struct fold f = { .hash = amts_str_hash(
				  (struct amts_str){ head, 2 }, AMTS_HASH_SEED) };
	struct md_text_lines it;
	struct amts_span line;

	if (block->kind == AMTS_BLOCK_RULE) /* all rules are the same rule */
		return f.hash;
	f.row = block->kind == AMTS_BLOCK_TABLE_ROW;
	f.rule = f.row && block->opaque;
	md_text_lines_init(&it, doc, block, content);
	while (md_text_lines_next(&it, &line)) {
		feed_line(&f, amts_str_sub(doc->bytes, line.beg, line.end));
		f.broke = 1;
	}
	return f.hash;
}
