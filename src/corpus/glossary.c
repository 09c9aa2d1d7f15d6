#include "amts/bitext.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "corpus/terms.h"

#include <stdlib.h>
#include <string.h>

#define CELL_MAX 400 /* bytes; what is longer explains, and is no term */

/* What stands between alternatives, or around a remark. */
static const char *const separators[] = { "/", ",", ";", "|", "、", "，", "；", "／" };
static const char *const quotes[][2] = { { "\"", "\"" }, { "“", "”" }, { "「", "」" },
	{ "『", "』" }, { "«", "»" } };
static const char *const brackets[][2] = { { "(", ")" }, { "（", "）" }, { "[", "]" } };
/* A term that stays as it is, in words of glossaries seen. */
static const char *const kept[] = { "不翻译", "不译", "保留原文", "保留英文",
	"not translated", "do not translate", "untranslated", "çevrilmez" };

#define COUNT(v) (sizeof(v) / sizeof(*(v)))

static int starts_z(struct amts_str s, size_t at, const char *z)
{
	return amts_str_starts(amts_str_sub(s, at, s.n), amts_str_z(z));
}

/* Length of a bracketed remark at s.p[at], 0 if there is none. */
static size_t remark_len(struct amts_str s, size_t at)
{
	size_t i;

	for (i = 0; i < COUNT(brackets); i++) {
		struct amts_str close = amts_str_z(brackets[i][1]);
		size_t end;

		if (!starts_z(s, at, brackets[i][0]))
			continue;
		end = amts_str_find(s, close, at);
		return (end < s.n ? end + close.n : s.n) - at;
	}
	return 0;
}

static size_t separator_len(struct amts_str s, size_t at)
{
	size_t i;

	for (i = 0; i < COUNT(separators); i++)
		if (starts_z(s, at, separators[i]))
			return strlen(separators[i]);
	return 0;
}

/* Without marks of emphasis around it. */
static struct amts_str bare(struct amts_str s)
{
	s = amts_str_trim(s);
	while (s.n > 1 && strchr("*_`~\"'", s.p[0]) && s.p[0] == s.p[s.n - 1])
		s = amts_str_trim(amts_str_sub(s, 1, s.n - 1));
	return s;
}

/* The alternatives of a cell. */
struct wordings {
	struct amts_str v[16];
	size_t n;
};

static void add_wording(struct wordings *w, struct amts_arena *arena, struct amts_str s)
{
	s = bare(s);
	if (s.n && w->n < COUNT(w->v))
		w->v[w->n++] = amts_arena_str(arena, s);
}

/* What stands in quotation marks is meant, when there are some. */
static int add_quoted(struct wordings *w, struct amts_arena *arena, struct amts_str s)
{
	size_t i, at, end;

	for (i = 0; i < COUNT(quotes); i++) {
		struct amts_str open = amts_str_z(quotes[i][0]);
		struct amts_str close = amts_str_z(quotes[i][1]);

		for (at = 0; (at = amts_str_find(s, open, at)) < s.n;
			at = end + close.n) {
			end = amts_str_find(s, close, at + open.n);
			if (end == s.n)
				break;
			add_wording(w, arena, amts_str_sub(s, at + open.n, end));
		}
	}
	return w->n > 0;
}

static void split(struct wordings *w, struct amts_arena *arena, struct amts_str s)
{
	struct amts_buf part = AMTS_BUF_INIT;
	size_t i = 0, len;

	w->n = 0;
	if (add_quoted(w, arena, s))
		return;
	for (; i < s.n; i += len) {
		if ((len = remark_len(s, i)))
			continue;
		if ((len = separator_len(s, i))) {
			add_wording(w, arena, amts_buf_str(&part));
			amts_buf_reset(&part);
			continue;
		}
		len = 1;
		amts_buf_addc(&part, s.p[i]);
	}
	add_wording(w, arena, amts_buf_str(&part));
	amts_buf_release(&part);
}

static int is_kept(struct amts_str cell)
{
	size_t i;

	for (i = 0; i < COUNT(kept); i++)
		if (amts_str_find(cell, amts_str_z(kept[i]), 0) < cell.n)
			return 1;
	return 0;
}

static void add_target(struct amts_glossary *g, struct amts_term *t, struct amts_str tgt)
{
	struct amts_str *v = AMTS_NEW(g->arena, struct amts_str, t->ntgt + 1);
	size_t i;

	for (i = 0; i < t->ntgt; i++) {
		if (amts_str_eq(t->tgt[i], tgt))
			return;
		v[i] = t->tgt[i];
	}
	v[t->ntgt++] = tgt;
	t->tgt = v;
}

/* Lower case, in the arena. */
static struct amts_str lower(struct amts_arena *arena, struct amts_str s)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_buf b = AMTS_BUF_INIT;

	if (!amts_text_lower(&b, s, &err))
		s = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

static struct amts_term *term_of(
	struct amts_glossary *g, struct amts_str src, size_t line)
{
	uint64_t hash = amts_str_hash(lower(g->arena, src), AMTS_HASH_SEED);
	struct amts_term t = { src, NULL, 0, line };
	size_t at = amts_map_add(&g->by_src, hash, g->n);

	if (at == g->n)
		AMTS_VEC_PUSH(g->v, g->n, g->cap, t);
	return &g->v[at];
}

void terms_add(
	struct amts_glossary *g, struct amts_str src, struct amts_str tgt, size_t line)
{
	struct wordings s, t;
	size_t i, k;

	if (src.n > CELL_MAX || tgt.n > CELL_MAX)
		return;
	split(&s, g->arena, src);
	split(&t, g->arena, tgt);
	for (i = 0; i < s.n; i++) {
		struct amts_term *term = term_of(g, s.v[i], line);

		if (is_kept(tgt))
			add_target(g, term, s.v[i]);
		for (k = 0; k < t.n; k++)
			if (!is_kept(t.v[k]))
				add_target(g, term, t.v[k]);
	}
}

/* ---- reading ---- */

static int add_pair(void *payload, const char *src_lang, const char *tgt_lang,
	const struct amts_pair *pair, struct amts_error *err)
{
	(void)src_lang, (void)tgt_lang, (void)err;
	terms_add(payload, pair->src, pair->tgt, 0);
	return AMTS_OK;
}

static int read_any(struct amts_glossary *g, struct amts_str bytes, const char *name,
	struct amts_error *err)
{
	struct amts_str z = amts_str_z(name);
	int format = amts_bitext_format_of(z);

	if (format >= 0)
		return amts_bitext_read(bytes, name, (enum amts_bitext_format)format,
			g->src_lang, g->tgt_lang, add_pair, g, err);
	if (amts_str_ends(z, AMTS_STR(".tbx")) || amts_str_ends(z, AMTS_STR(".xml")))
		return terms_read_tbx(g, bytes, name, err);
	terms_read_markdown(g, bytes);
	return AMTS_OK;
}

int amts_glossary_parse(struct amts_glossary **out, struct amts_str bytes,
	const char *name, const char *src_lang, const char *tgt_lang,
	struct amts_error *err)
{
	struct amts_glossary *g = amts_calloc(1, sizeof(*g));
	int rc;

	g->arena = amts_arena_new();
	g->src_lang = amts_arena_z(g->arena, amts_str_z(src_lang));
	g->tgt_lang = amts_arena_z(g->arena, amts_str_z(tgt_lang));
	rc = read_any(g, bytes, name, err);
	*out = NULL;
	if (rc) {
		amts_glossary_free(g);
		return rc;
	}
	terms_index(g);
	*out = g;
	return AMTS_OK;
}

void amts_glossary_free(struct amts_glossary *g)
{
	if (!g)
		return;
	amts_map_release(&g->by_src);
	amts_map_release(&g->by_words);
	amts_arena_free(g->arena);
	free(g->v);
	free(g);
}

const struct amts_term *amts_glossary_terms(const struct amts_glossary *g, size_t *n)
{
	*n = g->n;
	return g->v;
}

void amts_glossary_say(struct amts_buf *out, const struct amts_term *term)
{
	size_t i;

	amts_buf_addf(out, "'" AMTS_STR_FMT "' is", AMTS_STR_ARG(term->src));
	for (i = 0; i < term->ntgt; i++)
		amts_buf_addf(out, "%s '" AMTS_STR_FMT "'", i ? " or" : "",
			AMTS_STR_ARG(term->tgt[i]));
}
