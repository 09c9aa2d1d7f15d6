/*
 * Reads the output of "git cat-file --batch" from standard input and parses every blob in
 * it: blocks and the gaps between them must be the blob again.  Prints what was read;
 * exits 1 at the first fault.
 */
#include "amts/doc.h"
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct totals {
	size_t docs, bytes, blocks, kinds[AMTS_BLOCK_KINDS];
};

static int die(const char *object, const char *what)
{
	fprintf(stderr, "roundtrip: %s: %s\n", object, what);
	exit(1);
}

/* Blocks and gaps, copied one by one. */
static void rebuild(struct amts_buf *out, const struct amts_doc *doc)
{
	size_t i, at = 0;

	amts_buf_reset(out);
	for (i = 0; i < doc->n; i++) {
		amts_buf_add(out, amts_str_sub(doc->bytes, at, doc->v[i].all.beg));
		amts_buf_add(out, amts_doc_bytes(doc, doc->v[i].all));
		at = doc->v[i].all.end;
	}
	amts_buf_add(out, amts_str_sub(doc->bytes, at, doc->bytes.n));
}

static void check(struct totals *t, const char *object, struct amts_str bytes)
{
	static struct amts_buf again = AMTS_BUF_INIT;
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	size_t i;

	if (amts_doc_parse(&doc, arena, bytes, &err))
		die(object, err.msg);
	if (amts_doc_fault(doc))
		die(object, "blocks do not cover the document");
	rebuild(&again, doc);
	if (!amts_str_eq(amts_buf_str(&again), bytes))
		die(object, "blocks and gaps are not the document");
	for (i = 0; i < doc->n; i++)
		t->kinds[doc->v[i].kind]++;
	t->docs++;
	t->bytes += bytes.n;
	t->blocks += doc->n;
	amts_arena_free(arena);
}

/* An object as large as it is, so that a sanitizer sees reads past its end. */
static char *read_object(size_t size)
{
	char *p = amts_malloc(size ? size : 1);

	if (fread(p, 1, size, stdin) != size || getchar() != '\n')
		die("standard input", "ends inside an object");
	return p;
}

int main(void)
{
	struct totals t = { 0 };
	char object[65], type[16];
	size_t size;
	int i;

	while (scanf("%64s %15s %zu", object, type, &size) == 3 && getchar() == '\n') {
		char *p = read_object(size);

		if (!strcmp(type, "blob"))
			check(&t, object, (struct amts_str){ p, size });
		free(p);
	}
	printf("%zu documents, %.1f MB, %zu blocks:", t.docs, (double)t.bytes / 1e6,
		t.blocks);
	for (i = 0; i < AMTS_BLOCK_KINDS; i++)
		printf(" %s %zu", amts_block_kind_name((enum amts_block_kind)i),
			t.kinds[i]);
	putchar('\n');
	return t.docs == 0;
}
