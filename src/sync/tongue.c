#include "sync/tongue.h"

#include "amts/segment.h"
#include "amts/text.h"

/* Calls fn with the words of each sentence. */
typedef void sentence_fn(void *ctx, const struct amts_token *v, size_t n);

static int each_sentence(struct amts_str document, const char *lang, sentence_fn *fn,
	void *ctx, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_segments segs;
	struct amts_token *v;
	struct amts_doc *doc;
	size_t i, n;
	int rc = amts_doc_parse(&doc, arena, document, err);

	if (!rc)
		rc = amts_segments(&segs, arena, doc, lang, err);
	for (i = 0; !rc && i < segs.n; i++) {
		rc = amts_tokens(&v, &n, arena, segs.v[i].text, lang, err);
		if (!rc)
			fn(ctx, v, n);
	}
	amts_arena_free(arena);
	return rc;
}

static void learn(void *ctx, const struct amts_token *v, size_t n)
{
	struct amts_tongue *w = ctx;
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i].kind != AMTS_TOKEN_PUNCT)
			amts_map_add(&w->known, v[i].hash, 1);
}

int amts_tongue_add(
	struct amts_tongue *w, struct amts_str document, struct amts_error *err)
{
	return each_sentence(document, w->lang, learn, w, err);
}

void amts_tongue_release(struct amts_tongue *w)
{
	amts_map_release(&w->known);
}

struct judgement {
	const struct amts_tongue *words;
	size_t all, foreign;
};

static void judge(void *ctx, const struct amts_token *v, size_t n)
{
	struct judgement *j = ctx;
	size_t i, all = 0, known = 0, words = 0;

	for (i = 0; i < n; i++) {
		if (v[i].kind == AMTS_TOKEN_PUNCT)
			continue;
		all++;
		words += v[i].kind == AMTS_TOKEN_WORD;
		known += amts_map_get(&j->words->known, v[i].hash) != AMTS_MAP_NONE;
	}
	j->all += all;
	j->foreign += words && known * 3 < all ? all : 0;
}

int amts_tongue_foreign(double *share, const struct amts_tongue *w,
	struct amts_str document, struct amts_error *err)
{
	struct judgement j = { .words = w };
	int rc = each_sentence(document, w->lang, judge, &j, err);

	*share = j.all ? (double)j.foreign / (double)j.all : 0;
	return rc;
}
