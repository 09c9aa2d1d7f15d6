/* The engine that only knows what people have translated before. */
#include "amts/memory.h"
#include "amts/engine.h"
#include "amts/glossary.h"
#include "base/alloc.h"
#include "mt/repair.h"
#include "store/words.h"

#include <stdlib.h>
#include <time.h>

#define HITS 8 /* looked at until one fits */
#define SHORT_ID 10

/*
 * Scores of alignments: from SURE on a pair speaks for itself, under DOUBTFUL it is left
 * alone.  Six hand-aligned sections of d2l-zh, each aligned by itself: of the beads from
 * .8 on 99 % are right (349 of 352), from .7 to .8 80 %, below .7 45 % (12 of 27).
 */
#define SURE .8
#define DOUBTFUL .7
#define LONG 1000    /* words; longer sentences are not compared with what they were */
#define NAME_WORDS 3 /* so many words stay untranslated at most */

struct memory_engine {
	struct amts_engine base;
	struct amts_memory *mem;
	const struct amts_glossary *glossary;
	char *src_lang, *tgt_lang;
	double min;
};

/* ", 2021-05-03" in UTC; empty when no date is known. */
static void write_date(char *out, size_t size, int64_t date)
{
	time_t at = (time_t)date;
	struct tm t;

	*out = '\0';
	if (date && gmtime_r(&at, &t))
		strftime(out, size, ", %Y-%m-%d", &t);
}

static struct amts_str provenance(struct amts_arena *arena, const struct amts_pair *p)
{
	struct amts_str id = amts_str_sub(p->commit, 0, SHORT_ID);
	char date[32];

	write_date(date, sizeof(date), p->date);
	return amts_arena_fmt(arena, AMTS_STR_FMT "%s" AMTS_STR_FMT "%s%s",
		AMTS_STR_ARG(p->path), id.n ? "@" : "", AMTS_STR_ARG(id), date,
		p->draft ? " (draft)" : "");
}

/* A sentence that stands in the translation as it is in the source: nobody got to it yet.
 */
static int is_untranslated(const struct amts_pair *p)
{
	struct store_words words = STORE_WORDS_INIT;
	size_t i, n = 0;

	if (!amts_str_eq(p->src, p->tgt))
		return 0;
	store_words_cut(&words, p->src);
	for (i = 0; i < words.n; i++)
		n += words.v[i].kind == STORE_WORD_TEXT;
	store_words_release(&words);
	return n > NAME_WORDS;
}

/* Did people translate this, as far as anybody knows? */
static int is_usable(const struct amts_pair *p)
{
	return p->score >= DOUBTFUL && !is_untranslated(p);
}

/* 1 if the hit can stand for the request's translation. */
static int use_hit(struct amts_mt_result *out, struct amts_arena *arena,
	const struct amts_mt_request *req, const struct amts_hit *hit)
{
	const struct amts_pair *p = &hit->pair;

	if (!is_usable(p) || !mt_repair(&out->text, arena, req->text, p->src, p->tgt))
		return 0;
	out->origin = hit->score >= 1 && p->score >= SURE && !p->draft ? AMTS_MT_EXACT
								       : AMTS_MT_FUZZY;
	out->score = hit->score;
	out->from = provenance(arena, p);
	return 1;
}

/* How much of the request the old translation covers: nothing from elsewhere is a better
 * hint that is less similar. */
static double covered(const struct amts_mt_request *req)
{
	struct store_words a = STORE_WORDS_INIT, b = STORE_WORDS_INIT;
	double same = 0;
	unsigned longer;

	if (!req->old_tgt.n)
		return 0;
	store_words_cut(&a, req->text);
	store_words_cut(&b, req->old_src);
	longer = a.weight > b.weight ? a.weight : b.weight;
	if (longer && a.n <= LONG && b.n <= LONG)
		same = 1 - (double)store_words_distance(&a, &b, longer) / longer;
	store_words_release(&a);
	store_words_release(&b);
	return same;
}

/* What does not fit may help a person all the same. */
static void suggest(
	struct amts_mt_result *out, struct amts_arena *arena, const struct amts_hit *hit)
{
	out->similar = (struct amts_mt_similar){ hit->score, hit->pair.src, hit->pair.tgt,
		provenance(arena, &hit->pair) };
}

/* 1 when a draft says a term otherwise than the glossary; *why tells which. */
static int breaks_glossary(struct amts_str *why, struct amts_arena *arena,
	const struct memory_engine *e, const struct amts_mt_request *req,
	const struct amts_mt_result *draft)
{
	const struct amts_term *term;
	struct amts_buf b = AMTS_BUF_INIT;
	int broken = e->glossary && draft->origin == AMTS_MT_FUZZY &&
		     amts_glossary_broken(&term, 1, e->glossary, req->text, draft->text);

	if (broken && !why->n) {
		amts_buf_addz(&b, "the glossary says ");
		amts_glossary_say(&b, term);
		amts_buf_addf(&b, ", unlike " AMTS_STR_FMT, AMTS_STR_ARG(draft->from));
		*why = amts_arena_str(arena, amts_buf_str(&b));
	}
	amts_buf_release(&b);
	return broken;
}

static int translate_one(struct memory_engine *e, struct amts_arena *arena,
	const struct amts_mt_request *req, struct amts_mt_result *out,
	struct amts_error *err)
{
	struct amts_hit hits[HITS];
	struct amts_str why = AMTS_STR("");
	double least;
	size_t i, n;
	int rc = amts_memory_lookup(hits, &n, HITS, arena, e->mem, e->src_lang,
		e->tgt_lang, req->text, req->before, e->min, err);

	if (rc)
		return rc;
	for (i = 0; i < n; i++)
		if (use_hit(out, arena, req, &hits[i]) &&
			!breaks_glossary(&why, arena, e, req, out))
			return AMTS_OK;
	*out = (struct amts_mt_result){ .origin = AMTS_MT_NONE, .from = why };
	least = covered(req);
	for (i = 0; i < n && hits[i].score > least; i++)
		if (is_usable(&hits[i].pair)) {
			suggest(out, arena, &hits[i]);
			return AMTS_OK;
		}
	return AMTS_OK;
}

static int translate(struct amts_engine *base, struct amts_arena *arena,
	const struct amts_mt_request *requests, size_t n, struct amts_mt_result *results,
	struct amts_error *err)
{
	struct memory_engine *e = (struct memory_engine *)base;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++)
		rc = translate_one(e, arena, &requests[i], &results[i], err);
	return rc;
}

static void free_memory_engine(struct amts_engine *base)
{
	struct memory_engine *e = (struct memory_engine *)base;

	free(e->src_lang);
	free(e->tgt_lang);
	free(e);
}

static const struct amts_engine_ops memory_ops = { "memory", translate,
	free_memory_engine };

struct amts_engine *amts_engine_memory(struct amts_memory *mem,
	const struct amts_glossary *glossary, const char *src_lang, const char *tgt_lang,
	double min_score)
{
	struct memory_engine *e = amts_malloc(sizeof(*e));

	e->base.ops = &memory_ops;
	e->mem = mem;
	e->glossary = glossary;
	e->src_lang = amts_strdup(src_lang);
	e->tgt_lang = amts_strdup(tgt_lang);
	e->min = min_score;
	return &e->base;
}
