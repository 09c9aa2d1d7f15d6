#include "md/print.h"
#include "md/lines.h"

uint64_t md_print_byte(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 0x100000001b3ULL;
}

/* U+3000 to U+9FFF and U+F000 to U+FFFF, by the first of three bytes. */
static int is_wide_lead(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 0xe3 && u <= 0xe9) || u == 0xef;
}

/* What a hash is fed through: remembers whether white space is owed. */
struct fold {
	uint64_t hash;
	char last[3];	  /* bytes fed last, newest in [2] */
	int space, lines; /* white space seen since; of line endings only */
	int row, rule;	  /* table row; delimiter row */
};

static void feed(struct fold *f, char c)
{
	int joined = f->lines && is_wide_lead(f->last[0]) && is_wide_lead(c);
	int beside_pipe = f->row && (c == '|' || f->last[2] == '|');

	if (f->rule && c == '-' && f->last[2] == '-')
		return;
	if (f->space && !joined && !beside_pipe)
		f->hash = md_print_byte(f->hash, ' ');
	f->hash = md_print_byte(f->hash, c);
	f->last[0] = f->last[1];
	f->last[1] = f->last[2];
	f->last[2] = c;
	f->space = f->lines = 0;
}

static void feed_line(struct fold *f, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] == ' ' || (p[i] >= '\t' && p[i] <= '\r')) {
			f->space = 1;
			f->lines = 0;
		} else {
			feed(f, p[i]);
		}
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
		feed_line(&f, doc->bytes.p + line.beg, line.end - line.beg);
		f.lines = !f.space;
		f.space = 1;
	}
	return f.hash;
}
