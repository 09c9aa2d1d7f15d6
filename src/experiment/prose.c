/* Texts apart from what is no language: code, formulas, addresses, references. */
#include "amts/segment.h"
#include "experiment/experiment.h"

/* Writes something for inline number i, from 0. */
typedef void put_fn(struct amts_buf *out, size_t i);

static int replace_inlines(
	struct amts_buf *out, struct amts_str text, put_fn *put, struct amts_error *err)
{
	struct amts_block all = { .text = { 0, text.n } };
	struct amts_arena *arena = amts_arena_new();
	struct amts_doc *doc;
	struct amts_inline *v;
	size_t i, n, at = 0;
	int rc = amts_doc_plain(&doc, arena, text, err);

	if (!rc) {
		amts_doc_inlines(&v, &n, arena, doc, &all, all.text);
		for (i = 0; i < n; i++) {
			amts_buf_add(out, amts_str_sub(text, at, v[i].at.beg));
			put(out, i);
			at = v[i].at.end;
		}
		amts_buf_add(out, amts_str_sub(text, at, text.n));
	}
	amts_arena_free(arena);
	return rc;
}

static void put_blank(struct amts_buf *out, size_t i)
{
	(void)i;
	amts_buf_addc(out, ' ');
}

int experiment_prose(struct amts_buf *out, struct amts_str text, struct amts_error *err)
{
	return replace_inlines(out, text, put_blank, err);
}

static void put_placeholder(struct amts_buf *out, size_t i)
{
	amts_buf_addf(out, "<x id=\"%zu\"/>", i + 1);
}

int experiment_protect(struct amts_str *out, struct amts_arena *arena,
	struct amts_str text, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int rc = replace_inlines(&b, text, put_placeholder, err);

	if (!rc)
		*out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return rc;
}
