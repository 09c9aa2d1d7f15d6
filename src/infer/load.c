#include "infer/inference.h"

#include "align/parallel.h"
#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#define MANY 0.15      /* share of the lines that makes a commit a view of its own */
#define MIN_SHARE 0.05 /* commits that brought less of the translation do not count */

/* One version of a document, in memory of its own. */
struct page {
	struct amts_arena *arena;
	struct amts_str bytes;
	struct amts_doc *doc;
	struct amts_traits traits;
	struct amts_error err;
	int rc;
};

static int open_page(struct page *p, struct amts_repo *repo, const struct amts_oid *blob,
	struct amts_error *err)
{
	p->arena = amts_arena_new();
	return amts_repo_blob(&p->bytes, p->arena, repo, blob, err);
}

static void parse_page(void *ctx, size_t i)
{
	struct page *p = (struct page *)ctx + i;

	p->rc = amts_doc_parse(&p->doc, p->arena, p->bytes, &p->err);
	if (!p->rc)
		amts_traits_of(&p->traits, p->arena, p->doc);
}

static int parse_pages(struct page *pages, size_t n, struct amts_error *err)
{
	size_t i;

	align_parallel(0, n, parse_page, pages);
	for (i = 0; i < n; i++)
		if (pages[i].rc) {
			*err = pages[i].err;
			return pages[i].rc;
		}
	return AMTS_OK;
}

static void close_pages(struct page *pages, size_t n)
{
	while (n)
		amts_arena_free(pages[--n].arena);
	free(pages);
}

/* The version of the translation at the tip of its branch; vs->n for none.  *since is
 * when it got there. */
static size_t newest(
	int64_t *since, const struct amts_versions *vs, const struct amts_history *h)
{
	size_t v, i;

	for (v = 0; v < vs->n; v++)
		for (i = 0; i < vs->v[v].nalive; i++)
			if (vs->v[v].alive[i].end == h->n) {
				*since = h->v[vs->v[v].alive[i].beg].time;
				return v;
			}
	return vs->n;
}

/* When each line of one version of the translation first appeared. */
static int find_births(struct amts_timeline_file *f, struct inference *in,
	const struct amts_versions *tgt, size_t of, struct amts_error *err)
{
	struct amts_map born = { NULL, 0, 0 };
	size_t *count = amts_calloc(tgt->n + 1, sizeof(*count));
	size_t v, beg, end, total = 0;
	int rc = AMTS_OK;

	for (v = 0; v <= of && !rc; v++) {
		struct amts_arena *scratch = amts_arena_new();
		struct amts_str s = { NULL, 0 };

		rc = amts_repo_blob(&s, scratch, in->tgt, &tgt->v[v].blob, err);
		for (beg = 0; beg < s.n; beg = end + 1) {
			struct amts_str line;
			size_t at;

			end = amts_str_find(s, AMTS_STR("\n"), beg);
			line = amts_str_trim(amts_str_sub(s, beg, end));
			if (!line.n)
				continue;
			at = amts_map_add(&born, amts_str_hash(line, AMTS_HASH_SEED), v);
			if (v == of) {
				count[at]++;
				total++;
			}
		}
		amts_arena_free(scratch);
	}
	f->births = AMTS_NEW(in->arena, struct amts_birth, tgt->n);
	for (v = 0; v <= of && total; v++) {
		double share = (double)count[v] / (double)total;

		if (share >= MIN_SHARE)
			f->births[f->nbirths++] = (struct amts_birth){
				in->tgt_history.v[tgt->v[v].alive[0].beg].time, share, v
			};
	}
	amts_map_release(&born);
	free(count);
	return rc;
}

/* Leave out states after the translation's last change: nobody translates the future. */
static void clip(struct amts_versions *vs, const struct amts_history *h, int64_t last)
{
	size_t *now = amts_calloc(vs->n + 1, sizeof(*now)), v, i, n = 0;

	for (v = 0; v < vs->n; v++) {
		struct amts_version *ver = &vs->v[v];
		size_t kept = 0, before = v ? now[ver->before] : 0;

		for (i = 0; i < ver->nalive; i++) {
			struct amts_states *a = &ver->alive[i];

			while (a->end > a->beg && h->v[a->end - 1].time > last)
				a->end--;
			if (a->end > a->beg)
				ver->alive[kept++] = *a;
		}
		ver->nalive = kept;
		now[v] = before; /* what changed this one changed its predecessor */
		if (kept) {
			ver->before = before;
			now[v] = n;
			vs->v[n++] = *ver;
		}
	}
	vs->n = n;
	free(now);
}

/* See AMTS_VIEWS. */
static void choose_views(size_t view[AMTS_VIEWS], const struct amts_timeline_file *f,
	size_t newest_version)
{
	double most = 0;
	size_t i;

	for (i = 0; i < AMTS_VIEWS; i++)
		view[i] = newest_version;
	for (i = 0; i < f->nbirths; i++) {
		if (f->births[i].share > most) {
			most = f->births[i].share;
			view[1] = f->births[i].version;
		}
		if (f->births[i].share >= MANY)
			view[2] = f->births[i].version;
	}
}

static int load_tgt(struct page views[AMTS_VIEWS], struct inference *in, size_t f,
	struct amts_arena *scratch, struct amts_error *err)
{
	struct amts_timeline_file *when = &in->when[f];
	struct amts_versions tgt;
	size_t view[AMTS_VIEWS], k, last;
	int64_t since = 0;
	int rc = amts_lineage_of(
		&tgt, scratch, in->tgt_lineage, in->files[f].tgt_path, err);

	last = rc ? 0 : newest(&since, &tgt, &in->tgt_history);
	if (rc || last == tgt.n) {
		when->versions.n = 0;
		return rc;
	}
	rc = find_births(when, in, &tgt, last, err);
	choose_views(view, when, last);
	clip(&when->versions, &in->src_history, since);
	for (k = 0; k < AMTS_VIEWS && !rc; k++)
		rc = open_page(&views[k], in->tgt, &tgt.v[view[k]].blob, err);
	in->sets[f].tgt = tgt.v[last].blob;
	return rc ? rc : parse_pages(views, AMTS_VIEWS, err);
}

static int load_src(
	struct page *pages, struct inference *in, size_t f, struct amts_error *err)
{
	const struct amts_versions *src = &in->when[f].versions;
	size_t v;
	int rc = AMTS_OK;

	for (v = 0; v < src->n && !rc; v++)
		rc = open_page(&pages[v], in->src, &src->v[v].blob, err);
	return rc ? rc : parse_pages(pages, src->n, err);
}

static void open_set(struct inference *in, size_t f)
{
	struct candidate_set *set = &in->sets[f];
	size_t n = in->when[f].versions.n, k;

	set->text = AMTS_NEW(in->arena, double, n);
	set->fit = AMTS_NEW(in->arena, double, n);
	for (k = 0; k < AMTS_VIEWS; k++)
		set->code[k] = AMTS_NEW(in->arena, double, n);
	in->when[f].posterior = AMTS_NEW(in->arena, double, n);
	in->when[f].fit = set->fit;
}

/* Texts of blocks that some version brought or dropped, each once. */
static void collect_pieces(struct inference *in, size_t f, const struct page *pages)
{
	struct candidate_set *set = &in->sets[f];
	const struct amts_evidence *ev = &set->evidence;
	struct amts_map open = { NULL, 0,
		0 }; /* trait: its index, until a text is found */
	size_t v, i, cap = 0, n = 0;

	for (i = ev->nversions ? ev->steps[0].end : 0;
		ev->nversions && i < ev->steps[ev->nversions - 1].end; i++)
		if (amts_trait_kind(ev->trait[ev->list[i]]) == AMTS_TRAIT_WORDS)
			amts_map_add(&open, ev->trait[ev->list[i]], ev->list[i]);
	set->pieces = AMTS_NEW(in->arena, struct amts_str, open.n);
	set->piece_trait = AMTS_NEW(in->arena, size_t, open.n);
	cap = open.n;
	for (v = 0; v < ev->nversions; v++)
		for (i = 0; i < pages[v].doc->n && n < cap; i++) {
			const struct amts_block *b = &pages[v].doc->v[i];
			uint64_t trait = amts_trait_of_words(b);
			size_t at = trait ? amts_map_get(&open, trait) : AMTS_MAP_NONE;

			if (at == AMTS_MAP_NONE || ev->words[at] != 0)
				continue;
			ev->words[at] = 1; /* found */
			set->pieces[n] = amts_arena_str(
				in->arena, amts_doc_bytes(pages[v].doc, b->text));
			set->piece_trait[n++] = at;
		}
	for (i = 0; i < n; i++)
		ev->words[set->piece_trait[i]] = 0;
	set->npieces = n;
	amts_map_release(&open);
}

static void weigh_evidence(struct inference *in, size_t f, const struct page *pages,
	const struct page views[AMTS_VIEWS])
{
	const struct amts_versions *src = &in->when[f].versions;
	struct amts_traits *traits = amts_calloc(src->n + 1, sizeof(*traits));
	struct amts_traits tgt[AMTS_VIEWS];
	size_t i;

	for (i = 0; i < src->n; i++)
		traits[i] = pages[i].traits;
	for (i = 0; i < AMTS_VIEWS; i++)
		tgt[i] = views[i].traits;
	amts_evidence_init(&in->sets[f].evidence, src, traits, tgt);
	free(traits);
	collect_pieces(in, f, pages);
	open_set(in, f);
}

int amts_inference_load(struct inference *in, size_t f, struct amts_error *err)
{
	struct amts_arena *scratch = amts_arena_new();
	struct amts_versions *src = &in->when[f].versions;
	struct page *views = amts_calloc(AMTS_VIEWS, sizeof(*views)), *pages;
	size_t n;
	int rc = amts_lineage_of(
		src, in->arena, in->src_lineage, in->files[f].src_path, err);

	if (!rc)
		rc = load_tgt(views, in, f, scratch, err);
	n = src->n;
	pages = amts_calloc(n + 1, sizeof(*pages));
	if (!rc)
		rc = load_src(pages, in, f, err);
	if (!rc)
		weigh_evidence(in, f, pages, views);
	close_pages(pages, n);
	close_pages(views, AMTS_VIEWS);
	amts_arena_free(scratch);
	return rc;
}
