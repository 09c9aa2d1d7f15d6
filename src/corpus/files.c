/* Parallel data of files, as if it had been collected from documents. */
#include "amts/bitext.h"
#include "amts/corpus.h"
#include "base/alloc.h"
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

/* One language pair on its way. */
struct growing {
	const char *src_lang, *tgt_lang;
	struct amts_corpus_pair *v; /* heap */
	size_t n, cap;
};

struct reading {
	struct amts_arena *arena;
	struct amts_str name;
	struct growing *v;
	size_t n, cap;
};

static struct growing *find(struct reading *r, const char *src_lang, const char *tgt_lang)
{
	struct growing g = { NULL, NULL, NULL, 0, 0 };
	size_t i;

	for (i = 0; i < r->n; i++)
		if (bitext_same_lang(r->v[i].src_lang, src_lang) &&
			bitext_same_lang(r->v[i].tgt_lang, tgt_lang))
			return &r->v[i];
	g.src_lang = amts_arena_z(r->arena, amts_str_z(src_lang));
	g.tgt_lang = amts_arena_z(r->arena, amts_str_z(tgt_lang));
	AMTS_VEC_PUSH(r->v, r->n, r->cap, g);
	return &r->v[r->n - 1];
}

static struct amts_str copy_clean(struct amts_arena *arena, struct amts_str s)
{
	struct amts_str clean = bitext_clean(arena, s);

	return clean.p == s.p ? amts_arena_str(arena, s) : clean;
}

static int keep(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *pair, struct amts_error *err)
{
	struct reading *r = payload;
	struct growing *g = find(r, src_lang, tgt_lang);
	struct amts_corpus_pair p = { .src = copy_clean(r->arena, pair->src),
		.tgt = copy_clean(r->arena, pair->tgt),
		.path = pair->path.n ? amts_arena_str(r->arena, pair->path) : r->name,
		.commit = amts_arena_str(r->arena, pair->commit),
		.date = pair->date,
		.score = pair->score,
		.standing = pair->draft ? AMTS_PAIR_UNREVIEWED : AMTS_PAIR_CURRENT };

	(void)err;
	if (p.src.n && p.tgt.n)
		AMTS_VEC_PUSH(g->v, g->n, g->cap, p);
	return AMTS_OK;
}

int amts_corpus_read(struct amts_corpus **out, size_t *n, struct amts_arena *arena,
	struct amts_str bytes, const char *name, enum amts_bitext_format format,
	const char *src_lang, const char *tgt_lang, struct amts_error *err)
{
	struct reading r = { .arena = arena,
		.name = amts_arena_str(arena, amts_str_z(name)) };
	int rc = amts_bitext_read(bytes, name, format, src_lang, tgt_lang, keep, &r, err);
	size_t i;

	*n = r.n;
	*out = AMTS_NEW(arena, struct amts_corpus, r.n + 1);
	for (i = 0; i < r.n; i++) {
		const struct growing *g = &r.v[i];
		struct amts_corpus_pair *v =
			AMTS_NEW(arena, struct amts_corpus_pair, g->n + 1);

		if (g->n)
			memcpy(v, g->v, g->n * sizeof(*v));
		(*out)[i] = (struct amts_corpus){ g->src_lang, g->tgt_lang, v, g->n };
		free(g->v);
	}
	free(r.v);
	return rc;
}

void amts_corpus_bitext(struct amts_bitext *out, struct amts_arena *arena,
	const struct amts_corpus *corpus)
{
	struct amts_pair *v = AMTS_NEW(arena, struct amts_pair, corpus->n + 1);
	size_t i;

	for (i = 0; i < corpus->n; i++) {
		const struct amts_corpus_pair *p = &corpus->v[i];

		v[i] = (struct amts_pair){ .src = p->src,
			.tgt = p->tgt,
			.path = p->path,
			.commit = p->commit,
			.date = p->date,
			.score = p->score,
			.draft = p->standing == AMTS_PAIR_UNREVIEWED };
	}
	*out = (struct amts_bitext){ corpus->src_lang, corpus->tgt_lang, v, corpus->n };
}
