#include "corpus/extract.h"

#include "amts/text.h"

#include <string.h>

static int is_break(struct amts_str s, size_t i, size_t *len)
{
	unsigned char c = (unsigned char)s.p[i];

	*len = 1;
	if (c <= ' ' || c == 0x7f)
		return 1;
	*len = 2;
	if (c == 0xc2 && i + 1 < s.n) /* C1 controls, next line among them */
		return (unsigned char)s.p[i + 1] < 0xa0;
	*len = 3; /* line and paragraph separator */
	return c == 0xe2 && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80 &&
	       ((unsigned char)s.p[i + 2] | 1) == 0xa9;
}

/* Add s to out on one line: white space and control characters become single blanks. */
static void add_line(struct amts_buf *out, struct amts_str s)
{
	size_t i, len, from = 0, start = out->n;

	for (i = 0; i < s.n; i++) {
		if (!is_break(s, i, &len))
			continue;
		amts_buf_add(out, amts_str_sub(s, from, i));
		if (out->n > start && out->p[out->n - 1] != ' ')
			amts_buf_addc(out, ' ');
		i += len - 1;
		from = i + 1;
	}
	amts_buf_add(out, amts_str_sub(s, from, s.n));
}

struct extract {
	struct amts_arena *arena;
	const struct corpus_side *src, *tgt;
	const struct amts_corpus_pending *pending;
	size_t npending;
	struct amts_buf text, line;
};

/* Marks of D2L around what goes on a slide, which one side often has alone. */
static const char *const slide_marks[] = { "[**", "**]", "(**", "**)", "[~~", "~~]",
	"(~~", "~~)" };

/* The length of what stands at s and is not said by it: the id of a heading, a mark. */
static size_t unsaid(
	struct amts_str s, const struct amts_doc *doc, const struct amts_segment *seg)
{
	size_t i;

	for (i = 0; i < sizeof(slide_marks) / sizeof(*slide_marks); i++)
		if (amts_str_starts(s, amts_str_z(slide_marks[i])))
			return strlen(slide_marks[i]);
	if (amts_str_starts(s, AMTS_STR(":end_slide:")))
		return sizeof(":end_slide:") - 1;
	if (amts_str_starts(s, AMTS_STR(":begin_slide:`"))) {
		i = amts_str_find(s, AMTS_STR("`"), sizeof(":begin_slide:`") - 1);
		return i < s.n ? i + 1 : 0;
	}
	for (i = 0; i < seg->ninl; i++) {
		struct amts_span at = seg->inl[i].at;

		if (seg->inl[i].kind == AMTS_INLINE_ID &&
			amts_str_starts(s, amts_str_sub(doc->bytes, at.beg, at.end)))
			return at.end - at.beg;
	}
	return 0;
}

static void leave_out(struct amts_buf *out, struct amts_str s, const struct amts_doc *doc,
	const struct amts_segment *seg)
{
	size_t i = 0, n;

	while (i < s.n) {
		n = strchr("[(*~{/:", s.p[i]) ? unsaid(amts_str_sub(s, i, s.n), doc, seg)
					      : 0;
		if (!n)
			amts_buf_addc(out, s.p[i]);
		i += n ? n : 1;
	}
}

/* One segment as the document has it. */
static int add_segment(struct extract *x, const struct amts_doc *doc,
	const struct amts_segment *seg, struct amts_error *err)
{
	struct amts_buf one = AMTS_BUF_INIT, restored = AMTS_BUF_INIT;
	int rc;

	add_line(&one, seg->text);
	rc = amts_segment_restore(&restored, doc, seg, amts_buf_str(&one), err);
	if (!rc) {
		amts_buf_reset(&one);
		leave_out(&one, amts_buf_str(&restored), doc, seg);
		add_line(&x->line, amts_str_trim(amts_buf_str(&one)));
	}
	amts_buf_release(&one);
	amts_buf_release(&restored);
	return rc;
}

/* What stands between a segment and the one before it. */
static const char *separator(const struct corpus_side *side, size_t i)
{
	const struct amts_segments *segs = &side->segs;

	if (segs->doc->v[segs->v[i].block].kind == AMTS_BLOCK_TABLE_ROW)
		return " | ";
	return amts_lang_unspaced(side->lang) ? "" : " ";
}

/* Segments as one text; empty if none has letters. */
static int join(struct amts_str *out, struct extract *x, const struct corpus_side *side,
	struct amts_span at, struct amts_error *err)
{
	int rc = AMTS_OK, letters = 0;
	size_t i;

	amts_buf_reset(&x->text);
	for (i = at.beg; i < at.end && !rc; i++) {
		amts_buf_reset(&x->line);
		rc = add_segment(x, side->segs.doc, &side->segs.v[i], err);
		if (x->text.n && x->line.n)
			amts_buf_addz(&x->text, separator(side, i));
		amts_buf_add(&x->text, amts_buf_str(&x->line));
		letters |= side->segs.v[i].letters;
	}
	*out = AMTS_STR("");
	if (!rc && letters)
		*out = amts_arena_str(x->arena, amts_str_trim(amts_buf_str(&x->text)));
	return rc;
}

static uint64_t print_of(const struct corpus_side *side, size_t segment)
{
	return side->segs.doc->v[side->segs.v[segment].block].print;
}

/* Do the first segments of both sides stand in blocks that wait for a person? */
static int is_pending(const struct extract *x, size_t src, size_t tgt)
{
	uint64_t s = print_of(x->src, src), t = print_of(x->tgt, tgt);
	size_t i;

	for (i = 0; i < x->npending; i++)
		if (x->pending[i].src == s && x->pending[i].tgt == t)
			return 1;
	return 0;
}

/* Segments of a bead's units: sentences, or the blocks that hold them. */
static struct amts_span segments_of(
	const struct corpus_side *side, enum amts_unit unit, size_t beg, size_t end)
{
	if (unit == AMTS_UNIT_SENTENCE)
		return (struct amts_span){ beg, end };
	return (struct amts_span){ side->segs.first[beg], side->segs.first[end] };
}

static int extract_bead(struct corpus_texts *out, struct extract *x,
	const struct amts_bead *b, enum amts_unit unit, struct amts_error *err)
{
	struct corpus_text t = { .score = b->score,
		.src_at = segments_of(x->src, unit, b->src_beg, b->src_end),
		.tgt_at = segments_of(x->tgt, unit, b->tgt_beg, b->tgt_end) };
	int rc;

	if (t.src_at.beg == t.src_at.end || t.tgt_at.beg == t.tgt_at.end ||
		is_pending(x, t.src_at.beg, t.tgt_at.beg))
		return AMTS_OK;
	if ((rc = join(&t.src, x, x->src, t.src_at, err)) ||
		(rc = join(&t.tgt, x, x->tgt, t.tgt_at, err)))
		return rc;
	if (t.src.n && t.tgt.n)
		out->v[out->n++] = t;
	return AMTS_OK;
}

int corpus_extract(struct corpus_texts *out, struct amts_arena *arena,
	const struct corpus_side *src, const struct corpus_side *tgt,
	const struct amts_align_job *job, enum amts_unit unit,
	const struct amts_corpus_pending *pending, size_t npending,
	struct amts_error *err)
{
	struct extract x = { arena, src, tgt, pending, npending, AMTS_BUF_INIT,
		AMTS_BUF_INIT };
	const struct amts_alignment *al =
		unit == AMTS_UNIT_SENTENCE ? &job->sentences : &job->blocks;
	size_t i;
	int rc = AMTS_OK;

	out->v = AMTS_NEW(arena, struct corpus_text, al->n);
	out->n = 0;
	for (i = 0; i < al->n && !rc; i++)
		rc = extract_bead(out, &x, &al->v[i], unit, err);
	amts_buf_release(&x.text);
	amts_buf_release(&x.line);
	return rc;
}

int corpus_side_read(struct corpus_side *out, struct amts_arena *arena,
	struct amts_str bytes, int plain, const char *lang, struct amts_error *err)
{
	struct amts_doc *doc;
	int rc = (plain ? amts_doc_plain : amts_doc_parse)(&doc, arena, bytes, err);

	out->lang = lang;
	return rc ? rc : amts_segments(&out->segs, arena, doc, lang, err);
}
