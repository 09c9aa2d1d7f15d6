#include "amts/corpus.h"
#include "amts/text.h"
#include "base/alloc.h"

#include <stdlib.h>

/* One document pair, aligned. */
struct pair_of_docs {
	struct amts_segments src, tgt;
	struct amts_arena *arena;
};

struct collecting {
	struct amts_corpus_pair *v; /* heap */
	size_t n, cap;
	struct amts_arena *arena; /* the caller's */
	const char *src_lang, *tgt_lang;
	enum amts_unit unit;
	double min_score;
	struct amts_buf text, line;
};

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

/* One segment as the document has it. */
static int add_segment(struct collecting *c, const struct amts_doc *doc,
	const struct amts_segment *seg, struct amts_error *err)
{
	struct amts_buf one = AMTS_BUF_INIT, restored = AMTS_BUF_INIT;
	int rc;

	add_line(&one, seg->text);
	rc = amts_segment_restore(&restored, doc, seg, amts_buf_str(&one), err);
	if (!rc)
		add_line(&c->line, amts_str_trim(amts_buf_str(&restored)));
	amts_buf_release(&one);
	amts_buf_release(&restored);
	return rc;
}

/* What stands between a segment and the one before it. */
static const char *separator(const struct amts_segments *segs, size_t i, const char *lang)
{
	if (segs->doc->v[segs->v[i].block].kind == AMTS_BLOCK_TABLE_ROW)
		return " | ";
	return amts_lang_unspaced(lang) ? "" : " ";
}

/* Segments [beg, end) as one text in the caller's arena; empty if none has letters. */
static int join(struct amts_str *out, struct collecting *c,
	const struct amts_segments *segs, size_t beg, size_t end, const char *lang,
	struct amts_error *err)
{
	int rc = AMTS_OK, letters = 0;
	size_t i;

	amts_buf_reset(&c->text);
	for (i = beg; i < end && !rc; i++) {
		amts_buf_reset(&c->line);
		rc = add_segment(c, segs->doc, &segs->v[i], err);
		if (c->text.n && c->line.n)
			amts_buf_addz(&c->text, separator(segs, i, lang));
		amts_buf_add(&c->text, amts_buf_str(&c->line));
		letters |= segs->v[i].letters;
	}
	*out = AMTS_STR("");
	if (!rc && letters)
		*out = amts_arena_str(c->arena, amts_str_trim(amts_buf_str(&c->text)));
	return rc;
}

/* Segments of a bead's units: sentences, or the blocks that hold them. */
static struct amts_span segments_of(const struct collecting *c,
	const struct amts_segments *segs, size_t beg, size_t end)
{
	if (c->unit == AMTS_UNIT_SENTENCE)
		return (struct amts_span){ beg, end };
	return (struct amts_span){ segs->first[beg], segs->first[end] };
}

/* Do the first segments of both sides stand in blocks that wait for a person? */
static int is_pending(const struct amts_corpus_input *in, const struct pair_of_docs *docs,
	size_t src, size_t tgt)
{
	uint64_t s = docs->src.doc->v[docs->src.v[src].block].print;
	uint64_t t = docs->tgt.doc->v[docs->tgt.v[tgt].block].print;
	size_t i;

	for (i = 0; i < in->npending; i++)
		if (in->pending[i].src == s && in->pending[i].tgt == t)
			return 1;
	return 0;
}

static int collect_bead(struct collecting *c, const struct pair_of_docs *docs,
	const struct amts_corpus_input *in, struct amts_str path,
	const struct amts_bead *b, struct amts_error *err)
{
	struct amts_span s = segments_of(c, &docs->src, b->src_beg, b->src_end);
	struct amts_span t = segments_of(c, &docs->tgt, b->tgt_beg, b->tgt_end);
	struct amts_corpus_pair p = { .path = path, .score = b->score };
	int rc;

	if (b->score < c->min_score || s.beg == s.end || t.beg == t.end ||
		is_pending(in, docs, s.beg, t.beg))
		return AMTS_OK;
	if ((rc = join(&p.src, c, &docs->src, s.beg, s.end, c->src_lang, err)) ||
		(rc = join(&p.tgt, c, &docs->tgt, t.beg, t.end, c->tgt_lang, err)))
		return rc;
	if (p.src.n && p.tgt.n)
		AMTS_VEC_PUSH(c->v, c->n, c->cap, p);
	return AMTS_OK;
}

static int read_side(struct amts_segments *out, struct amts_arena *arena,
	struct amts_str bytes, int plain, const char *lang, struct amts_error *err)
{
	struct amts_doc *doc;
	int rc = (plain ? amts_doc_plain : amts_doc_parse)(&doc, arena, bytes, err);

	return rc ? rc : amts_segments(out, arena, doc, lang, err);
}

static int read_docs(struct pair_of_docs *docs, const struct amts_corpus_input *in,
	const struct collecting *c, struct amts_error *err)
{
	int rc;

	docs->arena = amts_arena_new();
	rc = read_side(&docs->src, docs->arena, in->src, in->plain, c->src_lang, err);
	if (!rc)
		rc = read_side(
			&docs->tgt, docs->arena, in->tgt, in->plain, c->tgt_lang, err);
	return rc ? amts_error_prefix(err, AMTS_STR_FMT, AMTS_STR_ARG(in->path))
		  : AMTS_OK;
}

static int collect_docs(struct collecting *c, const struct pair_of_docs *docs,
	const struct amts_corpus_input *in, const struct amts_align_job *job,
	struct amts_error *err)
{
	const struct amts_alignment *al =
		c->unit == AMTS_UNIT_SENTENCE ? &job->sentences : &job->blocks;
	struct amts_str path = amts_arena_str(c->arena, in->path);
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < al->n && !rc; i++)
		rc = collect_bead(c, docs, in, path, &al->v[i], err);
	return rc;
}

static int collect_all(struct collecting *c, struct pair_of_docs *docs,
	struct amts_align_job *jobs, const struct amts_corpus_input *in, size_t n,
	unsigned threads, struct amts_error *err)
{
	struct amts_aligner *al;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++) {
		rc = read_docs(&docs[i], &in[i], c, err);
		jobs[i].arena = docs[i].arena;
		jobs[i].src = &docs[i].src;
		jobs[i].tgt = &docs[i].tgt;
	}
	if (rc || (rc = amts_aligner_new(&al, c->src_lang, c->tgt_lang, err)))
		return rc;
	rc = amts_align_batch(al, jobs, n, threads, err);
	for (i = 0; i < n && !rc; i++)
		rc = collect_docs(c, &docs[i], &in[i], &jobs[i], err);
	amts_aligner_free(al);
	return rc;
}

int amts_corpus_collect(struct amts_corpus *out, struct amts_arena *arena,
	const char *src_lang, const char *tgt_lang,
	const struct amts_corpus_input *inputs, size_t n, enum amts_unit unit,
	double min_score, unsigned threads, struct amts_error *err)
{
	struct collecting c = { NULL, 0, 0, arena, src_lang, tgt_lang, unit, min_score,
		AMTS_BUF_INIT, AMTS_BUF_INIT };
	struct pair_of_docs *docs = amts_calloc(n, sizeof(*docs));
	struct amts_align_job *jobs = amts_calloc(n, sizeof(*jobs));
	size_t i;
	int rc = collect_all(&c, docs, jobs, inputs, n, threads, err);

	out->src_lang = src_lang;
	out->tgt_lang = tgt_lang;
	out->n = rc ? 0 : c.n;
	out->v = AMTS_NEW(arena, struct amts_corpus_pair, out->n + 1);
	for (i = 0; i < out->n; i++)
		out->v[i] = c.v[i];
	for (i = 0; i < n; i++)
		amts_arena_free(docs[i].arena);
	free(c.v);
	free(docs);
	free(jobs);
	amts_buf_release(&c.text);
	amts_buf_release(&c.line);
	return rc;
}
