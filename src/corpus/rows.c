/* Pairs as the rows of a file: what a profile allows, languages side by side. */
#include "amts/text.h"
#include "base/alloc.h"
#include "base/map.h"
#include "corpus/bitext.h"

#include <stdlib.h>
#include <string.h>

/* All pairs of one source. */
struct group {
	struct amts_str src;
	size_t rows;  /* its first row, counted from 1; others follow by `next` */
	size_t *seen; /* rows taken, by language */
};

struct building {
	struct bitext_table *t;
	struct amts_bitext_counts *counts;
	struct amts_arena *arena;
	int amazon, delimited;
	struct group *groups;
	size_t ngroups, groups_cap;
	size_t *next; /* by row: the next row of its group, counted from 1 */
	size_t next_cap, rows_cap;
	struct amts_map by_src;
};

/* Codes of Amazon Translate that are not the bare language (its developer guide,
 * "Supported languages"); keys are amts_lang_key's or begin the tag. */
static const struct {
	const char *tag, *code;
} amazon_codes[] = {
	{ "zh-hant", "zh-TW" },
	{ "zh-tw", "zh-TW" },
	{ "zh-hk", "zh-TW" },
	{ "zh-mo", "zh-TW" },
	{ "pt-pt", "pt-PT" },
	{ "fr-ca", "fr-CA" },
	{ "es-mx", "es-MX" },
	{ "fa-af", "fa-AF" },
	{ "nb", "no" },
	{ "nn", "no" },
	{ "fil", "tl" },
};

static int begins_tag(const char *tag, const char *prefix)
{
	for (; *prefix; tag++, prefix++) {
		char c = *tag == '_' ? '-' : *tag;

		if ((c >= 'A' && c <= 'Z' ? (char)(c | 32) : c) != *prefix)
			return 0;
	}
	return !*tag || *tag == '-' || *tag == '_';
}

static const char *amazon_code(struct amts_arena *arena, const char *tag)
{
	char key[32];
	size_t i;

	for (i = 0; i < sizeof(amazon_codes) / sizeof(*amazon_codes); i++)
		if (begins_tag(tag, amazon_codes[i].tag))
			return amazon_codes[i].code;
	amts_lang_key(key, sizeof(key), tag);
	key[strcspn(key, "-")] = '\0';
	return amts_arena_z(arena, amts_str_z(key));
}

#define MOST_PLACEHOLDERS 64

/* How often each placeholder is there; 0 when one has no place in counts. */
static int count_placeholders(unsigned char counts[MOST_PLACEHOLDERS], struct amts_str s)
{
	unsigned id;
	size_t at = 0, n;

	memset(counts, 0, MOST_PLACEHOLDERS);
	while ((at = amts_str_find(s, AMTS_STR("<x id"), at)) < s.n) {
		n = bitext_holder(s, at, &id);
		if (n && (id >= MOST_PLACEHOLDERS || counts[id] == 255))
			return 0;
		if (n)
			counts[id]++;
		at += n ? n : 1;
	}
	return 1;
}

static int has_same_placeholders(struct amts_str a, struct amts_str b)
{
	unsigned char in_a[MOST_PLACEHOLDERS], in_b[MOST_PLACEHOLDERS];

	return count_placeholders(in_a, a) && count_placeholders(in_b, b) &&
	       !memcmp(in_a, in_b, sizeof(in_a));
}

/* A placeholder as a job's documents have it between their tags (mt/pages.c): the service
 * says nothing of tags in its files of pairs, and takes text. */
static struct amts_str spell_placeholders(struct amts_arena *arena, struct amts_str s)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i = 0, n;
	unsigned id;

	if (amts_str_find(s, AMTS_STR("<x id"), 0) == s.n)
		return s;
	while (i < s.n) {
		n = bitext_holder(s, i, &id);
		if (n)
			amts_buf_addf(&b, "x%u", id);
		else
			amts_buf_addc(&b, s.p[i]);
		i += n ? n : 1;
	}
	s = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return s;
}

/* NULL when the field can be written, else what to count it as. */
static size_t *refusal(struct building *b, struct amts_str field)
{
	if (!field.n)
		return &b->counts->empty;
	if (!b->amazon)
		return NULL;
	if (field.n > AMTS_BITEXT_AMAZON_FIELD)
		return &b->counts->too_long;
	return b->delimited && strchr("+-=@", field.p[0]) ? &b->counts->leading : NULL;
}

/* The group of a source; two sources of one hash have different groups. */
static struct group *group_of(struct building *b, struct amts_str src)
{
	uint64_t seed = AMTS_HASH_SEED;
	struct group g = { src, 0, NULL };

	for (;; seed++) {
		size_t at =
			amts_map_add(&b->by_src, amts_str_hash(src, seed), b->ngroups);

		if (at == b->ngroups)
			break;
		if (amts_str_eq(b->groups[at].src, src))
			return &b->groups[at];
	}
	g.seen = AMTS_NEW(b->arena, size_t, b->t->nlangs);
	AMTS_VEC_PUSH(b->groups, b->ngroups, b->groups_cap, g);
	return &b->groups[b->ngroups - 1];
}

static size_t row_new(struct building *b, struct amts_str src)
{
	struct bitext_row row = { src,
		AMTS_NEW(b->arena, struct bitext_cell, b->t->nlangs) };
	size_t n = b->t->n;

	AMTS_VEC_PUSH(b->next, n, b->next_cap, 0);
	AMTS_VEC_PUSH(b->t->v, b->t->n, b->rows_cap, row);
	return b->t->n;
}

/* Row k of a group, which has it or k - 1 rows.  Cost k: wordings of one source are few,
 * and their languages are asked for in order. */
static struct bitext_row *row_of(struct building *b, struct group *g, size_t lang)
{
	size_t *at = &g->rows, k = g->seen[lang];

	/* seen[] is the row last taken by the language, counted from 1 */
	if (k)
		at = &b->next[k - 1];
	if (!*at) {
		size_t row = row_new(b, g->src);

		at = k ? &b->next[k - 1] : &g->rows; /* next may have moved */
		*at = row;
	}
	g->seen[lang] = *at;
	return &b->t->v[*at - 1];
}

/* The later of two wordings of one source, a reviewed one before a draft; the last of
 * equals. */
static int replaces(const struct amts_pair *new, const struct amts_pair *old)
{
	if (!new->draft != !old->draft)
		return !new->draft;
	return new->date >= old->date;
}

static void add_pair(struct building *b, size_t lang, const struct amts_pair *p)
{
	struct amts_str src = bitext_clean(b->arena, p->src);
	struct bitext_cell cell = { p, bitext_clean(b->arena, p->tgt) };
	struct bitext_cell *place;
	struct group *g;
	size_t *why = NULL;

	if (b->amazon && !has_same_placeholders(src, cell.tgt)) {
		b->counts->placeholders++;
		return;
	}
	if (b->amazon) {
		src = spell_placeholders(b->arena, src);
		cell.tgt = spell_placeholders(b->arena, cell.tgt);
	}
	if ((why = refusal(b, src)) || (why = refusal(b, cell.tgt))) {
		++*why;
		return;
	}
	g = group_of(b, src);
	if (b->amazon && g->seen[lang]) {
		b->counts->duplicates++;
		place = &b->t->v[g->seen[lang] - 1].v[lang];
		if (!replaces(p, place->pair))
			return;
	} else {
		b->counts->written++;
		place = &row_of(b, g, lang)->v[lang];
	}
	*place = cell;
}

static int check_languages(const struct amts_bitext *v, size_t n, struct amts_error *err)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		if (!bitext_same_lang(v[i].src_lang, v[0].src_lang))
			return amts_fail(err, AMTS_EUSAGE,
				"a file has one source language, not '%s' and '%s'",
				v[0].src_lang, v[i].src_lang);
		for (j = 0; j < i; j++)
			if (!strcmp(v[i].tgt_lang, v[j].tgt_lang))
				return amts_fail(err, AMTS_EUSAGE,
					"language '%s' is there twice", v[i].tgt_lang);
	}
	return n ? AMTS_OK : amts_fail(err, AMTS_EUSAGE, "no language to write");
}

static void add_all(struct building *b, const struct amts_bitext *v, size_t n)
{
	size_t i, k;

	b->t->src_lang = b->amazon ? amazon_code(b->arena, v[0].src_lang) : v[0].src_lang;
	b->t->tgt_lang = AMTS_NEW(b->arena, const char *, n);
	b->t->nlangs = n;
	for (i = 0; i < n; i++) {
		b->t->tgt_lang[i] =
			b->amazon ? amazon_code(b->arena, v[i].tgt_lang) : v[i].tgt_lang;
		for (k = 0; k < v[i].n; k++)
			add_pair(b, i, &v[i].v[k]);
	}
}

int bitext_rows(struct bitext_table *out, struct amts_bitext_counts *counts,
	struct amts_arena *arena, enum amts_bitext_format format,
	enum amts_bitext_profile profile, const struct amts_bitext *v, size_t n,
	struct amts_error *err)
{
	struct building b = { .t = out, .counts = counts, .arena = arena };
	struct bitext_row *rows;
	int rc = check_languages(v, n, err);

	memset(out, 0, sizeof(*out));
	memset(counts, 0, sizeof(*counts));
	if (rc)
		return rc;
	b.amazon = profile == AMTS_BITEXT_AMAZON;
	b.delimited = format == AMTS_BITEXT_TSV || format == AMTS_BITEXT_CSV;
	add_all(&b, v, n);
	rows = AMTS_NEW(arena, struct bitext_row, out->n + 1);
	if (out->n)
		memcpy(rows, out->v, out->n * sizeof(*rows));
	free(out->v);
	out->v = rows;
	free(b.groups);
	free(b.next);
	amts_map_release(&b.by_src);
	return AMTS_OK;
}
