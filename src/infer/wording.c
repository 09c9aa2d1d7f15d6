#include "infer/wording.h"

#include "align/aligner.h"
#include "align/parallel.h"
#include "align/params.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sentences as words of the lexicon; words it does not know are left out, and numbers and
 * names, which are traits. */
struct sentences {
	uint32_t *word;
	size_t *end; /* of sentence i: word[begin(i)] up to word[end[i]] */
	size_t n, nwords, cap, cap_words;
};

struct job {
	struct amts_wording *file;
	struct amts_arena *arena;
	struct amts_segments src, tgt;
	struct amts_error err;
	int rc;
};

struct batch {
	struct job *jobs;
	size_t n;
	const char *lang[2];
	struct amts_aligner *al;
};

/* ---- learning ---- */

static int segments_of(struct amts_segments *out, struct amts_arena *arena,
	struct amts_str bytes, const char *lang, struct amts_error *err)
{
	struct amts_doc *doc;
	int rc = amts_doc_parse(&doc, arena, bytes, err);

	return rc ? rc : amts_segments(out, arena, doc, lang, err);
}

static void prepare(void *ctx, size_t i)
{
	struct batch *b = ctx;
	struct job *j = &b->jobs[i];

	j->arena = amts_arena_new();
	j->rc = segments_of(&j->src, j->arena, j->file->src, b->lang[0], &j->err);
	if (!j->rc)
		j->rc = segments_of(&j->tgt, j->arena, j->file->tgt, b->lang[1], &j->err);
}

static int first_error(const struct batch *b, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->jobs[i].rc) {
			*err = b->jobs[i].err;
			return b->jobs[i].rc;
		}
	return AMTS_OK;
}

static int learn(struct batch *b, struct amts_error *err)
{
	struct amts_align_job *v = amts_calloc(b->n + 1, sizeof(*v));
	size_t i;
	int rc;

	align_parallel(0, b->n, prepare, b);
	rc = first_error(b, err);
	for (i = 0; i < b->n; i++)
		v[i] = (struct amts_align_job){ .arena = b->jobs[i].arena,
			.src = &b->jobs[i].src,
			.tgt = &b->jobs[i].tgt };
	if (!rc)
		rc = amts_align_batch(b->al, v, b->n, 0, err);
	free(v);
	return rc;
}

/* ---- sentences ---- */

static size_t begin(const struct sentences *s, size_t i)
{
	return i ? s->end[i - 1] : 0;
}

static size_t count(const struct sentences *s, size_t i)
{
	return s->end[i] - begin(s, i);
}

static int read_words(struct sentences *out, struct amts_arena *arena,
	const struct amts_segments *segs, const struct align_vocab *vocab,
	const struct align_table *known, const char *lang, struct amts_error *err)
{
	struct amts_token *tok;
	size_t i, k, n;

	for (i = 0; i < segs->n; i++) {
		int rc = amts_tokens(&tok, &n, arena, segs->v[i].text, lang, err);

		if (rc)
			return rc;
		for (k = 0; k < n; k++) {
			uint32_t w = align_vocab_get(vocab, tok[k].hash);

			if (tok[k].kind == AMTS_TOKEN_WORD && w && w <= known->words &&
				known->row[w] < known->row[w + 1])
				AMTS_VEC_PUSH(out->word, out->nwords, out->cap_words, w);
		}
		AMTS_VEC_PUSH(out->end, out->n, out->cap, out->nwords);
	}
	return AMTS_OK;
}

static void release(struct sentences *s)
{
	free(s->word);
	free(s->end);
}

/* ---- one translation ---- */

/* What a sentence of the translation says of a source word. */
struct hint {
	uint32_t sentence;
	float gain; /* log likelihood over that of a word nothing explains */
};

struct page {
	const struct align_lexicon *lex;
	struct sentences src, tgt;
	struct amts_map types; /* word of the translation: its number here */
	uint32_t *type_word;
	size_t ntypes, cap_types;
	uint32_t *place; /* sentences of type t: place[place_at[t]]… */
	size_t *place_at;
	struct amts_map hinted; /* source word: index into hints_at */
	struct hint *hints;
	size_t *hints_at;
	size_t nhints, cap_hints, nhinted, cap_hinted;
	/* source word: types that explain it */
	struct amts_map explained;
	size_t *explain_at, nexplained;
	struct cause {
		uint32_t type;
		float lift;
	} * causes;
	float *says;	   /* by sentence */
	float *sum;	   /* by sentence */
	uint32_t *touched; /* sentences with says > 0 */
	float *back;	   /* by type */
};

static void number_types(struct page *p)
{
	size_t i, k, *next;

	for (i = 0; i < p->tgt.nwords; i++) {
		size_t t = amts_map_add(&p->types, p->tgt.word[i], p->ntypes);

		if (t == p->ntypes)
			AMTS_VEC_PUSH(
				p->type_word, p->ntypes, p->cap_types, p->tgt.word[i]);
	}
	p->place_at = amts_calloc(p->ntypes + 2, sizeof(*p->place_at));
	p->place = amts_calloc(p->tgt.nwords + 1, sizeof(*p->place));
	for (i = 0; i < p->tgt.nwords; i++)
		p->place_at[amts_map_get(&p->types, p->tgt.word[i]) + 1]++;
	for (i = 0; i < p->ntypes; i++)
		p->place_at[i + 1] += p->place_at[i];
	next = amts_calloc(p->ntypes + 1, sizeof(*next));
	memcpy(next, p->place_at, p->ntypes * sizeof(*next));
	for (i = 0; i < p->tgt.n; i++)
		for (k = begin(&p->tgt, i); k < p->tgt.end[i]; k++)
			p->place[next[amts_map_get(&p->types, p->tgt.word[k])]++] =
				(uint32_t)i;
	free(next);
}

/* Rows of the backward table, turned around: only words of this translation. */
static void list_causes(struct page *p)
{
	const struct align_table *bwd = &p->lex->bwd;
	size_t t, e, total = 0, *next;

	for (t = 0; t < p->ntypes; t++)
		total += bwd->row[p->type_word[t] + 1] - bwd->row[p->type_word[t]];
	p->explain_at = amts_calloc(total + 2, sizeof(*p->explain_at));
	p->causes = amts_calloc(total + 1, sizeof(*p->causes));
	for (t = 0; t < p->ntypes; t++)
		for (e = bwd->row[p->type_word[t]]; e < bwd->row[p->type_word[t] + 1];
			e++) {
			size_t w = amts_map_add(&p->explained, bwd->to[e], p->nexplained);

			p->nexplained += w == p->nexplained;
			p->explain_at[w + 1]++;
		}
	for (t = 0; t < p->nexplained; t++)
		p->explain_at[t + 1] += p->explain_at[t];
	next = amts_calloc(p->nexplained + 1, sizeof(*next));
	memcpy(next, p->explain_at, p->nexplained * sizeof(*next));
	for (t = 0; t < p->ntypes; t++)
		for (e = bwd->row[p->type_word[t]]; e < bwd->row[p->type_word[t] + 1];
			e++)
			p->causes[next[amts_map_get(&p->explained, bwd->to[e])]++] =
				(struct cause){ (uint32_t)t, bwd->lift[e] };
	free(next);
}

/* log of the likelihood of a word, against chance, that a sentence of n words says
 * `says` times as likely as chance does. */
static double gain(double says, size_t n)
{
	return log((1 - LEX_FLOOR) / (double)(n + 1) * says + LEX_FLOOR);
}

static void add_hints(struct page *p, uint32_t word)
{
	size_t w = amts_map_get(&p->explained, word), c, k, n = 0;

	for (c = w == AMTS_MAP_NONE ? 0 : p->explain_at[w];
		w != AMTS_MAP_NONE && c < p->explain_at[w + 1]; c++) {
		uint32_t t = p->causes[c].type;

		for (k = p->place_at[t]; k < p->place_at[t + 1]; k++) {
			if (p->says[p->place[k]] <= 0)
				p->touched[n++] = p->place[k];
			p->says[p->place[k]] += p->causes[c].lift;
		}
	}
	for (k = 0; k < n; k++) {
		uint32_t j = p->touched[k];
		double g = gain((double)p->says[j], count(&p->tgt, j)) - log(LEX_FLOOR);
		struct hint h = { j, (float)g };

		AMTS_VEC_PUSH(p->hints, p->nhints, p->cap_hints, h);
		p->says[j] = 0;
	}
}

/* Hints of a source word, made when it first comes up. */
static const struct hint *hints_of(size_t *n, struct page *p, uint32_t word)
{
	size_t w = amts_map_add(&p->hinted, word, p->nhinted);

	if (w == p->nhinted) {
		AMTS_VEC_ROOM(p->hints_at, p->nhinted, p->cap_hinted, 2);
		p->hints_at[p->nhinted++] = p->nhints;
		add_hints(p, word);
		p->hints_at[p->nhinted] = p->nhints;
	}
	*n = p->hints_at[w + 1] - p->hints_at[w];
	return p->hints + p->hints_at[w];
}

/* How well source sentence i explains the words of sentence j of the translation. */
static double look_back(struct page *p, size_t i, size_t j)
{
	const struct align_table *fwd = &p->lex->fwd;
	double sum = 0;
	size_t k, e, t;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		for (k = begin(&p->src, i); k < p->src.end[i]; k++) {
			uint32_t w = p->src.word[k];

			for (e = fwd->row[w]; e < fwd->row[w + 1]; e++) {
				t = amts_map_get(&p->types, fwd->to[e]);
				if (t != AMTS_MAP_NONE)
					p->back[t] = pass ? 0 : p->back[t] + fwd->lift[e];
			}
		}
		for (k = begin(&p->tgt, j); k < p->tgt.end[j] && !pass; k++) {
			t = amts_map_get(&p->types, p->tgt.word[k]);
			sum += gain((double)p->back[t], count(&p->src, i));
		}
	}
	return sum;
}

/* Source sentence i against the sentence of the translation that explains it best. */
static double weigh_sentence(struct page *p, size_t i)
{
	size_t k, h, n, best = 0;

	if (!count(&p->src, i) || !p->tgt.n)
		return 0;
	memset(p->sum, 0, p->tgt.n * sizeof(*p->sum));
	for (k = begin(&p->src, i); k < p->src.end[i]; k++) {
		const struct hint *v = hints_of(&n, p, p->src.word[k]);

		for (h = 0; h < n; h++)
			p->sum[v[h].sentence] += v[h].gain;
	}
	for (k = 1; k < p->tgt.n; k++)
		if (p->sum[k] > p->sum[best])
			best = k;
	return LEX_WEIGHT *
	       ((double)p->sum[best] + (double)count(&p->src, i) * log(LEX_FLOOR) +
		       look_back(p, i, best));
}

static void open_page(struct page *p)
{
	number_types(p);
	list_causes(p);
	p->says = amts_calloc(p->tgt.n + 1, sizeof(*p->says));
	p->sum = amts_calloc(p->tgt.n + 1, sizeof(*p->sum));
	p->touched = amts_calloc(p->tgt.n + 1, sizeof(*p->touched));
	p->back = amts_calloc(p->ntypes + 1, sizeof(*p->back));
}

static void close_page(struct page *p)
{
	release(&p->src);
	release(&p->tgt);
	amts_map_release(&p->types);
	amts_map_release(&p->hinted);
	amts_map_release(&p->explained);
	free(p->type_word);
	free(p->place);
	free(p->place_at);
	free(p->hints);
	free(p->hints_at);
	free(p->explain_at);
	free(p->causes);
	free(p->says);
	free(p->sum);
	free(p->touched);
	free(p->back);
}

/* All pieces as one document, a paragraph each; ends[i]: where piece i ends in it. */
static struct amts_str join(
	struct amts_buf *out, size_t *ends, const struct amts_wording *f)
{
	size_t i;

	for (i = 0; i < f->npieces; i++) {
		amts_buf_add(out, f->pieces[i]);
		amts_buf_addz(out, "\n\n");
		ends[i] = out->n;
	}
	return amts_buf_str(out);
}

static int weigh(struct job *j, const struct batch *b)
{
	struct page p = { .lex = &b->al->lex };
	size_t *ends = amts_calloc(j->file->npieces + 1, sizeof(*ends)), i, piece = 0;
	struct amts_buf all = AMTS_BUF_INIT;
	struct amts_segments segs;
	int rc = segments_of(
		&segs, j->arena, join(&all, ends, j->file), b->lang[0], &j->err);

	if (!rc)
		rc = read_words(&p.src, j->arena, &segs, &b->al->words[0], &p.lex->fwd,
			b->lang[0], &j->err);
	if (!rc)
		rc = read_words(&p.tgt, j->arena, &j->tgt, &b->al->words[1], &p.lex->bwd,
			b->lang[1], &j->err);
	if (!rc) {
		open_page(&p);
		for (i = 0; i < segs.n; i++) {
			while (segs.v[i].at.beg >= ends[piece])
				piece++;
			j->file->weight[piece] += weigh_sentence(&p, i);
		}
	}
	close_page(&p);
	amts_buf_release(&all);
	free(ends);
	return rc;
}

static void weigh_job(void *ctx, size_t i)
{
	struct batch *b = ctx;
	struct job *j = &b->jobs[i];

	memset(j->file->weight, 0, j->file->npieces * sizeof(*j->file->weight));
	if (b->al->lex.fwd.row && b->al->lex.bwd.row)
		j->rc = weigh(j, b);
}

int amts_wording_weigh(struct amts_wording *files, size_t n, const char *src_lang,
	const char *tgt_lang, struct amts_error *err)
{
	struct batch b = { .n = n, .lang = { src_lang, tgt_lang } };
	size_t i;
	int rc = amts_aligner_new(&b.al, src_lang, tgt_lang, err);

	if (rc)
		return rc;
	b.jobs = amts_calloc(n + 1, sizeof(*b.jobs));
	for (i = 0; i < n; i++)
		b.jobs[i].file = &files[i];
	rc = learn(&b, err);
	if (!rc) {
		align_parallel(0, n, weigh_job, &b);
		rc = first_error(&b, err);
	}
	for (i = 0; i < n; i++)
		amts_arena_free(b.jobs[i].arena);
	free(b.jobs);
	amts_aligner_free(b.al);
	return rc;
}
