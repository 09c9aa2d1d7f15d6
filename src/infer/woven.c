#include "infer/woven.h"

#include "amts/doc.h"

/* So many comments at least, which say so much of what the rest says: remarks of
 * translators are neither as many nor as long. */
#define COMMENTS_MIN 3
#define COMMENTS_SHARE .3

/* What is inside a comment; empty for one of another kind. */
static struct amts_str inside(struct amts_str comment)
{
	struct amts_str s = amts_str_trim(comment);

	if (!amts_str_starts(s, AMTS_STR("<!--")) || s.n < 7 ||
		!amts_str_starts(amts_str_sub(s, s.n - 3, s.n), AMTS_STR("-->")))
		return AMTS_STR("");
	return amts_str_sub(s, 4, s.n - 3);
}

/* Only line breaks go: an indented line inside may be a list or code. */
static struct amts_str trim_lines(struct amts_str s)
{
	size_t beg = 0;

	while (beg < s.n && (s.p[beg] == ' ' || s.p[beg] == '\t'))
		beg++;
	if (beg < s.n && (s.p[beg] == '\n' || s.p[beg] == '\r'))
		while (beg < s.n && (s.p[beg] == '\n' || s.p[beg] == '\r'))
			beg++;
	s = amts_str_sub(s, beg, s.n);
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}

struct weave {
	struct amts_buf src, tgt;
	size_t comments, said; /* how many comments, bytes of words in them */
	size_t text;	       /* bytes that the rest gives people to read */
};

static void take_block(struct weave *w, const struct amts_doc *doc,
	const struct amts_block *b, size_t *at)
{
	struct amts_str all = amts_str_sub(doc->bytes, b->all.beg, b->all.end);
	struct amts_str said = AMTS_STR("");

	if (b->kind == AMTS_BLOCK_COMMENT)
		said = trim_lines(inside(all));
	if (!said.n) {
		w->text += b->opaque ? 0 : b->text.end - b->text.beg;
		return;
	}
	w->comments++;
	w->said += said.n;
	amts_buf_add(&w->src, said);
	amts_buf_addz(&w->src, "\n\n");
	amts_buf_add(&w->tgt, amts_str_sub(doc->bytes, *at, b->all.beg));
	*at = b->all.end;
}

int amts_woven(int *woven, struct amts_str *src, struct amts_str *tgt,
	struct amts_arena *arena, struct amts_str document, struct amts_error *err)
{
	struct weave w = { AMTS_BUF_INIT, AMTS_BUF_INIT, 0, 0, 0 };
	struct amts_doc *doc;
	size_t i, at = 0;
	int rc = AMTS_OK;

	*woven = 0;
	if (amts_str_find(document, AMTS_STR("<!--"), 0) == document.n)
		return AMTS_OK;
	rc = amts_doc_parse(&doc, arena, document, err);
	for (i = 0; !rc && i < doc->n; i++)
		take_block(&w, doc, &doc->v[i], &at);
	if (!rc && w.comments >= COMMENTS_MIN &&
		(double)w.said >= COMMENTS_SHARE * (double)w.text) {
		*woven = 1;
		amts_buf_add(&w.tgt, amts_str_sub(document, at, document.n));
		*src = amts_arena_str(arena, amts_buf_str(&w.src));
		*tgt = amts_arena_str(arena, amts_buf_str(&w.tgt));
	}
	amts_buf_release(&w.src);
	amts_buf_release(&w.tgt);
	return rc;
}
