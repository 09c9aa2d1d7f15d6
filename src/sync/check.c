/* The translations of a target beside the sources they were made from, checked for
 * faults. */
#include "amts/check.h"
#include "sync/sync.h"

#include <stdlib.h>

/* One translation; what was read of it lives until all are checked. */
struct page {
	const struct amts_file *file;
	struct amts_arena *arena;
	struct amts_doc *src, *tgt;
	struct amts_segments src_segs, tgt_segs;
	int wanted; /* others are read for the names they define */
};

struct checking {
	struct amts_sync *s;
	const struct amts_check_options *opt;
	struct page *v;
	size_t n;
	struct amts_check_site *src_site, *tgt_site;
	struct amts_glossary *glossary;
};

/* Where nothing tells what it was made from, the source of today is the best guess. */
static int read_source(struct amts_str *out, const struct page *p, struct amts_sync *s,
	struct amts_error *err)
{
	const struct amts_file *f = p->file;

	return amts_base_read(
		out, p->arena, s, f->base.hex[0] ? &f->base : &f->head, err);
}

static int read_page(struct page *p, struct amts_sync *s, struct amts_error *err)
{
	const struct amts_file *f = p->file;
	struct amts_str src, tgt;
	int rc = read_source(&src, p, s, err);

	if (!rc)
		rc = amts_repo_blob(&tgt, p->arena, s->tgt, &f->target, err);
	if (!rc)
		rc = amts_doc_parse(&p->src, p->arena, src, err);
	if (!rc)
		rc = amts_doc_parse(&p->tgt, p->arena, tgt, err);
	if (!rc)
		rc = amts_segments(
			&p->src_segs, p->arena, p->src, s->project->cfg.src_lang, err);
	if (!rc)
		rc = amts_segments(&p->tgt_segs, p->arena, p->tgt, s->target->lang, err);
	return rc;
}

static void report(const struct checking *c, const char *what, size_t done)
{
	if (c->opt->progress)
		c->opt->progress->fn(c->opt->progress->payload, what, done, c->n);
}

/* A page that cannot be read is noted, and keeps nobody from checking the others. */
static void read_pages(struct checking *c)
{
	struct amts_sync *s = c->s;
	size_t i;

	c->v = AMTS_NEW(s->arena, struct page, s->nfiles + 1);
	for (i = 0; i < s->nfiles; i++) {
		struct amts_error why = AMTS_ERROR_INIT;
		struct page *p = &c->v[c->n];

		if (!s->files[i].target.hex[0])
			continue;
		p->file = &s->files[i];
		p->arena = amts_arena_new();
		p->wanted = amts_sync_wants(p->file, c->opt->paths, c->opt->npaths);
		if (!read_page(p, s, &why)) {
			c->n++;
			continue;
		}
		amts_sync_note(s, AMTS_STR_FMT ": not checked: %s",
			AMTS_STR_ARG(p->file->tgt_path), why.msg);
		amts_arena_free(p->arena);
	}
}

/*
 * What links can lead to.  Pages that nobody has translated are left out on both sides: a
 * site shows them in the source language, or not at all, and that is no fault of the
 * page that links to them.
 */
static void name_everything(struct checking *c)
{
	struct amts_sync *s = c->s;
	struct amts_str source;
	size_t i;

	c->src_site = amts_check_site_new();
	c->tgt_site = amts_check_site_new();
	for (i = 0; i < s->src_tree.n; i++)
		if (!amts_target_wants(s->target, s->src_tree.v[i].path))
			amts_check_site_add_file(c->src_site, s->src_tree.v[i].path);
	for (i = 0; i < s->tgt_tree.n; i++)
		amts_check_site_add_file(c->tgt_site, s->tgt_tree.v[i].path);
	for (i = 0; i < c->n; i++) {
		source = c->v[i].file->src_path;
		if (!source.n)
			source = c->v[i].file->tgt_path;
		amts_check_site_add_page(c->src_site, source, c->v[i].src);
		amts_check_site_add_page(
			c->tgt_site, c->v[i].file->tgt_path, c->v[i].tgt);
	}
}

static int align_pages(
	struct checking *c, struct amts_align_job *jobs, struct amts_error *err)
{
	struct amts_aligner *al;
	size_t i, n = 0;
	int rc = amts_aligner_new(
		&al, c->s->project->cfg.src_lang, c->s->target->lang, err);

	if (rc)
		return rc;
	for (i = 0; i < c->n; i++)
		if (c->v[i].wanted)
			jobs[n++] = (struct amts_align_job){ .arena = c->v[i].arena,
				.src = &c->v[i].src_segs,
				.tgt = &c->v[i].tgt_segs };
	rc = amts_align_batch(al, jobs, n, 0, err);
	amts_aligner_free(al);
	return rc;
}

static void list_pending(struct amts_check_page *page, struct amts_arena *arena,
	const struct amts_record_entry *r)
{
	uint64_t *v;
	size_t i;

	if (!r || !r->npending)
		return;
	page->pending = v = AMTS_NEW(arena, uint64_t, r->npending);
	for (i = 0; i < r->npending; i++)
		if (r->pending[i].tgt)
			v[page->npending++] = r->pending[i].tgt;
}

static void check_page(
	struct checking *c, const struct page *p, const struct amts_align_job *job)
{
	struct amts_check_page page = {
		.src_path = p->file->src_path.n ? p->file->src_path : p->file->tgt_path,
		.tgt_path = p->file->tgt_path,
		.tgt_lang = c->s->target->lang,
		.src = &p->src_segs,
		.tgt = &p->tgt_segs,
		.blocks = &job->blocks,
		.sentences = &job->sentences,
		.src_site = c->src_site,
		.tgt_site = c->tgt_site,
		.glossary = c->glossary
	};
	struct amts_faults faults;

	list_pending(&page, p->arena, amts_record_find(&c->s->record, p->file->tgt_path));
	amts_check_translation(&faults, p->arena, &page);
	c->opt->show(c->opt->payload, p->file, &faults);
}

static int check_pages(struct checking *c, struct amts_error *err)
{
	struct amts_align_job *jobs;
	size_t i, k = 0;
	int rc = amts_base_infer(c->s, c->opt->progress, err);

	if (rc)
		return rc;
	read_pages(c);
	jobs = AMTS_NEW(c->s->arena, struct amts_align_job, c->n + 1);
	report(c, "Aligning", 0);
	rc = align_pages(c, jobs, err);
	if (rc)
		return rc;
	name_everything(c);
	for (i = 0; i < c->n; i++) {
		if (c->v[i].wanted)
			check_page(c, &c->v[i], &jobs[k++]);
		report(c, "Checking", i + 1);
	}
	return AMTS_OK;
}

int amts_sync_check(struct amts_sync *sync, const struct amts_check_options *opt,
	struct amts_error *err)
{
	struct checking c = { .s = sync, .opt = opt };
	size_t i;
	int rc;

	c.glossary = amts_sync_glossary(sync);
	rc = check_pages(&c, err);
	amts_glossary_free(c.glossary);
	amts_check_site_free(c.src_site);
	amts_check_site_free(c.tgt_site);
	for (i = 0; i < c.n; i++)
		amts_arena_free(c.v[i].arena);
	return rc;
}
