/* Any bytes give blocks that, with the gaps between them, are the bytes. */
#include "amts/doc.h"
#include "md/lines.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
	if (!holds)
		abort();
}

/* Lines of a text are inside it and ascend. */
static void check_lines(const struct amts_doc *doc, const struct amts_block *b)
{
	struct md_text_lines it;
	struct amts_span line;
	size_t at = b->text.beg;

	md_text_lines_init(&it, doc, b, b->text);
	while (md_text_lines_next(&it, &line)) {
		require(line.beg >= at && line.beg <= line.end &&
			line.end <= b->text.end);
		at = line.end;
	}
}

static void check_doc(const struct amts_doc *doc)
{
	size_t i;

	require(amts_doc_fault(doc) == 0);
	for (i = 0; i < doc->n; i++) {
		const struct amts_block *b = &doc->v[i];

		require(b->line > 0 && b->quotes <= b->depth);
		require(b->opaque == (b->text.beg == b->text.end));
		check_lines(doc, b);
	}
}

/* Putting every block back in its place gives the same bytes. */
static void check_round_trip(const struct amts_doc *doc, struct amts_arena *arena)
{
	struct amts_splice *v = AMTS_NEW(arena, struct amts_splice, doc->n + 1);
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t i;

	for (i = 0; i < doc->n; i++)
		v[i] = (struct amts_splice){ doc->v[i].all,
			amts_doc_bytes(doc, doc->v[i].all) };
	require(amts_splice(&out, doc->bytes, v, doc->n, &err) == 0);
	require(amts_str_eq(amts_buf_str(&out), doc->bytes));
	amts_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct amts_str s = { (const char *)data, size };
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;

	require(amts_doc_parse(&doc, arena, s, &err) == 0);
	check_doc(doc);
	check_round_trip(doc, arena);
	require(amts_doc_plain(&doc, arena, s, &err) == 0);
	check_doc(doc);
	amts_arena_free(arena);
	return 0;
}
