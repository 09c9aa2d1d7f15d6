/*
 * What the document's own translation says already: sentences of the source that stand
 * elsewhere in base, with a sure counterpart ("See also:", a tab's caption, a section
 * that was doubled), and lines of code whose comments and strings were translated.
 *
 * Where one text was translated in several ways the most frequent wins, the first of
 * those that are as frequent.  Cost is linear in the document.
 */
#include "plan/plan.h"

#include "base/map.h"

#include <string.h>

/* One translation of one source text. */
struct version {
	struct amts_str tgt;
	size_t n;    /* how often */
	size_t best; /* of the first version of a source: the most frequent one */
};

/* Source texts and their translations. */
struct book {
	struct amts_map first, version; /* by source; by source and translation */
	struct version *v;
	size_t n;
};

struct recall {
	struct amts_arena *arena;
	struct book sentences, lines;
};

static uint64_t hash(struct amts_str s)
{
	return amts_str_hash(s, AMTS_HASH_SEED);
}

static void note(struct book *b, struct amts_str src, struct amts_str tgt)
{
	uint64_t key = hash(src);
	size_t at = amts_map_add(&b->version, amts_str_hash(tgt, key), b->n);
	size_t first = amts_map_add(&b->first, key, at);

	if (at == b->n)
		b->v[b->n++] = (struct version){ tgt, 0, at };
	if (++b->v[at].n > b->v[b->v[first].best].n)
		b->v[first].best = at;
}

/* The translation of src, or NULL. */
static const struct amts_str *look_up(const struct book *b, struct amts_str src)
{
	size_t i = amts_map_get(&b->first, hash(src));

	return i == AMTS_MAP_NONE ? NULL : &b->v[b->v[i].best].tgt;
}

/* Has the target block been left to people, with the translation of something else? */
static int is_stale(const struct amts_plan *p, uint64_t src, uint64_t tgt)
{
	size_t i;

	for (i = 0; i < p->in.nstale; i++)
		if (p->in.stale[i].src == src && p->in.stale[i].tgt == tgt)
			return 1;
	return 0;
}

static void note_sentences(struct recall *r, const struct amts_plan *p)
{
	size_t i;

	r->sentences.v = AMTS_NEW(r->arena, struct version, p->npairs + 1);
	for (i = 0; i < p->npairs; i++)
		if (p->pairs[i].score >= CERTAIN &&
			!is_stale(p, p->pairs[i].src_print, p->pairs[i].tgt_print))
			note(&r->sentences, p->pairs[i].src, p->pairs[i].tgt);
}

/* ---- lines ------------------------------------------------------------------- */

/* The next line of s from *at on, without white space around it. */
static struct amts_str next_line(struct amts_str s, size_t *at)
{
	size_t end = amts_str_find(s, AMTS_STR("\n"), *at);
	struct amts_str line = amts_str_trim(amts_str_sub(s, *at, end));

	*at = end + (end < s.n);
	return line;
}

static size_t count_lines(struct amts_str s)
{
	size_t at = 0, n = 0;

	while (at < s.n) {
		next_line(s, &at);
		n++;
	}
	return n;
}

/* The two sides of a bead of opaque blocks, when they have line for line the same. */
static int bead_text(const struct amts_plan *p, const struct amts_bead *b,
	struct amts_str *src, struct amts_str *tgt)
{
	size_t i;

	if (b->score < CERTAIN_OPAQUE || b->src_beg == b->src_end ||
		b->tgt_beg == b->tgt_end)
		return 0;
	for (i = b->src_beg; i < b->src_end; i++)
		if (!p->doc[BASE]->v[i].opaque ||
			is_stale(p, p->doc[BASE]->v[i].print,
				p->doc[TGT]->v[b->tgt_beg].print))
			return 0;
	*src = plan_bytes(p, BASE, plan_blocks_span(p, BASE, b->src_beg, b->src_end));
	*tgt = plan_bytes(p, TGT, plan_blocks_span(p, TGT, b->tgt_beg, b->tgt_end));
	return count_lines(*src) == count_lines(*tgt);
}

static void note_lines(struct recall *r, const struct amts_plan *p)
{
	struct amts_str src, tgt;
	size_t i, n = 0;

	for (i = 0; i < p->blocks.n; i++)
		if (bead_text(p, &p->blocks.v[i], &src, &tgt))
			n += count_lines(src);
	r->lines.v = AMTS_NEW(r->arena, struct version, n + 1);
	for (i = 0; i < p->blocks.n; i++) {
		size_t s = 0, t = 0;

		if (!bead_text(p, &p->blocks.v[i], &src, &tgt))
			continue;
		while (s < src.n) {
			struct amts_str x = next_line(src, &s), y = next_line(tgt, &t);

			if (x.n && y.n)
				note(&r->lines, x, y);
		}
	}
}

/* ---- what others call -------------------------------------------------------- */

void plan_recall_learn(struct amts_plan *p)
{
	struct recall *r = AMTS_NEW(p->arena, struct recall, 1);

	r->arena = p->arena;
	note_sentences(r, p);
	note_lines(r, p);
	p->recall = r;
}

void plan_recall_free(struct recall *r)
{
	if (!r)
		return;
	amts_map_release(&r->sentences.first);
	amts_map_release(&r->sentences.version);
	amts_map_release(&r->lines.first);
	amts_map_release(&r->lines.version);
}

int plan_recall_segment(
	struct amts_str *out, const struct amts_plan *p, const struct amts_segment *seg)
{
	const struct amts_str *tgt = look_up(&p->recall->sentences, seg->text);
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	int known;

	if (!tgt)
		return 0;
	known = !amts_segment_restore(&buf, p->doc[HEAD], seg, *tgt, &err);
	if (known)
		*out = amts_arena_str(p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return known;
}

struct amts_str plan_recall_lines(const struct recall *r, struct amts_str s)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t at = 0, done = 0;

	while (r && at < s.n) {
		struct amts_str line = next_line(s, &at);
		const struct amts_str *tgt = line.n ? look_up(&r->lines, line) : NULL;
		size_t beg = (size_t)(line.p - s.p);

		if (!tgt || amts_str_eq(*tgt, line) || !merge3_is_translation(line, *tgt))
			continue;
		amts_buf_add(&buf, amts_str_sub(s, done, beg));
		amts_buf_add(&buf, *tgt);
		done = beg + line.n;
	}
	if (!done)
		return s;
	amts_buf_add(&buf, amts_str_sub(s, done, s.n));
	out = amts_arena_str(r->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}
